//! Which industry is meant.

use crate::graph::{Graph, Name};
use crate::node::{GENERAL, Industry};
use crate::word::{fold, head, holds_phrase, is_filler, is_place, is_spaceless, likeness, words};
use core_brand::{Fault, broken};
use std::collections::BTreeSet;

/// More suggestions than this are a list, not help.
pub const ALTERNATIVES_MAX: usize = 3;

/// A synonym inside a longer phrase, by how much of the phrase it explains.
const PHRASE_BASE: f64 = 0.64;
const PHRASE_SHARE: f64 = 0.33;
/// What is made counts before those it is made for.
const HEAD_SHARE: f64 = 0.04;
/// Where another industry explains as much, either may be meant.
const RIVAL_SHARE: f64 = 0.85;
const RIVAL_GAP: f64 = 0.02;
/// A synonym as part of a compound word (`kaffeemaschinen`).
const COMPOUND: f64 = 0.72;
/// Shorter pieces stand in compounds by accident.
const COMPOUND_LETTERS_MIN: usize = 4;
/// Spelling alike below this is chance.
const LIKENESS_MIN: f64 = 0.5;
/// What is worth a question, though it is no answer.
const SUGGESTION_MIN: f64 = 0.34;
/// A likeness is never as sure as a word; that of several words together is surer than that of one.
const LIKENESS_SHARE: f64 = 0.85;
const PHRASE_LIKENESS_SHARE: f64 = 0.95;
/// How sure we are of the general node, whatever was asked.
const GENERAL_CONFIDENCE: f64 = 0.1;

/// The industry meant by some words, how sure that is, and how it was found.
#[derive(Clone, Debug, PartialEq)]
pub struct IndustryAnswer {
    pub industry: Industry,
    /// 1.0 for a known name or synonym, rounded to hundredths.
    pub confidence: f64,
    /// From the words of the brief to the node.
    pub path: Vec<String>,
    /// What else may be meant, nearest first.
    pub alternatives: Vec<Alternative>,
    /// What was asked, and the words of it that name the industry; folded.
    pub(crate) asked: String,
    pub(crate) used: BTreeSet<String>,
}

/// Another industry that some words may mean.
#[derive(Clone, Debug, PartialEq)]
pub struct Alternative {
    pub id: String,
    /// The known word that is near.
    pub word: String,
    pub confidence: f64,
}

/// How well an industry answers.
struct Found<'a> {
    name: &'a Name,
    score: f64,
    is_answer: bool,
    /// The words of the question that name the industry.
    used: BTreeSet<String>,
}

/// A text as it is looked up.
struct Asked {
    text: String,
    telling: Vec<String>,
    head: Option<String>,
}

impl Graph {
    /// Finds the industry in words or in a sentence. Always answers: the general node where nothing is near.
    pub fn industry(&self, text: &str) -> Result<IndustryAnswer, Fault> {
        let folded = fold(text);
        if let Some(name) = self.industry_names.iter().find(|name| name.folded == folded) {
            let used = folded.split(' ').map(str::to_owned).collect();
            return Ok(self.answer(text, &[Found { name, score: 1.0, is_answer: true, used }]));
        }
        let telling = words(&folded).into_iter().map(str::to_owned).collect();
        let found = self.ranked(&Asked { head: head(&folded), telling, text: folded });
        match found.first() {
            Some(first) if first.is_answer => Ok(self.answer(text, &found)),
            _ => self.general(text, &found),
        }
    }

    /// Every industry that is near, the nearest first.
    fn ranked(&self, asked: &Asked) -> Vec<Found<'_>> {
        let mut best: Vec<Option<Found<'_>>> = self.source.industries.iter().map(|_| None).collect();
        for name in &self.industry_names {
            let Some(next) = look(asked, name) else { continue };
            let slot = &mut best[name.node];
            *slot = Some(match slot.take() {
                None => next,
                Some(known) => merge(known, next),
            });
        }
        let mut found: Vec<Found<'_>> = best.into_iter().flatten().collect();
        found.retain(|found| self.source.industries[found.name.node].id != GENERAL);
        for one in &mut found {
            settle(asked, one);
        }
        let letters = |found: &Found<'_>| found.name.folded.chars().count();
        // Of two equals the longer word says more.
        found.sort_by(|a, b| {
            let by_answer = b.is_answer.cmp(&a.is_answer).then_with(|| b.score.total_cmp(&a.score));
            by_answer.then_with(|| letters(b).cmp(&letters(a))).then_with(|| a.name.node.cmp(&b.name.node))
        });
        found
    }

    fn answer(&self, text: &str, found: &[Found<'_>]) -> IndustryAnswer {
        let first = &found[0];
        let industry = self.source.industries[first.name.node].clone();
        let is_rival = |rival: &Found<'_>| {
            rival.is_answer && !rival.used.is_empty() && first.score - rival.score <= RIVAL_GAP
        };
        let share = if found.get(1).is_some_and(is_rival) { RIVAL_SHARE } else { 1.0 };
        IndustryAnswer {
            path: vec![
                format!("brief:{text}"),
                format!("word:{}", first.name.word),
                format!("industry:{}", industry.id),
            ],
            confidence: hundredths(first.score * share),
            alternatives: self.alternatives(&found[1..], share),
            asked: fold(text),
            used: first.used.clone(),
            industry,
        }
    }

    fn general(&self, text: &str, found: &[Found<'_>]) -> Result<IndustryAnswer, Fault> {
        let industry = self.source.industries.iter().find(|industry| industry.id == GENERAL);
        let industry = industry.ok_or_else(|| broken!("the brand graph has no node `{GENERAL}`"))?;
        Ok(IndustryAnswer {
            industry: industry.clone(),
            confidence: GENERAL_CONFIDENCE,
            path: vec![format!("brief:{text}"), format!("industry:{GENERAL}")],
            alternatives: self.alternatives(found, 1.0),
            asked: fold(text),
            used: BTreeSet::new(),
        })
    }

    fn alternatives(&self, found: &[Found<'_>], share: f64) -> Vec<Alternative> {
        let alternative = |found: &Found<'_>| Alternative {
            id: self.source.industries[found.name.node].id.clone(),
            word: found.name.word.clone(),
            confidence: hundredths(found.score * share),
        };
        found.iter().take(ALTERNATIVES_MAX).map(alternative).collect()
    }
}

/// How well one word answers.
fn look<'a>(asked: &Asked, name: &'a Name) -> Option<Found<'a>> {
    let known = name.folded.as_str();
    let share = words(known).len() as f64 / asked.telling.len().max(1) as f64;
    // `shop` says retail only where nothing else is said.
    let says_little = is_place(known) || is_filler(known);
    if says_little && asked.telling.iter().all(|word| word != known) {
        return None;
    }
    let found = |score, is_answer| Some(Found { name, score, is_answer, used: BTreeSet::new() });
    if holds_phrase(&asked.text, known) {
        let used = used(asked, known);
        return Some(Found { name, score: PHRASE_BASE, is_answer: true, used });
    }
    let is_compound = known.len() >= COMPOUND_LETTERS_MIN
        && asked.telling.iter().any(|word| word.starts_with(known) || word.ends_with(known));
    if is_compound && !is_spaceless(known) {
        return found(COMPOUND + 0.1 * known.len() as f64 / asked.text.len() as f64, true);
    }
    let whole = likeness(&asked.text, known);
    let nearest = asked.telling.iter().map(|word| likeness(word, known)).fold(whole, f64::max);
    let is_phrase = asked.telling.len() > 1 && whole >= nearest;
    let sure = if is_phrase { PHRASE_LIKENESS_SHARE } else { LIKENESS_SHARE };
    // One near word among several explains less than one alone.
    let score = nearest * sure * (0.75 + 0.25 * share.min(1.0));
    if nearest < SUGGESTION_MIN { None } else { found(score, nearest >= LIKENESS_MIN) }
}

/// The words of the question that a known phrase explains.
fn used(asked: &Asked, known: &str) -> BTreeSet<String> {
    if is_spaceless(known) {
        return BTreeSet::from([known.to_owned()]);
    }
    let parts: Vec<&str> = known.split(' ').collect();
    let is_part = |word: &&str| parts.iter().any(|part| *word == *part || **word == format!("{part}s"));
    asked.text.split(' ').filter(is_part).map(str::to_owned).collect()
}

/// Two words of one industry: what they explain adds up, and the better one speaks.
fn merge<'a>(one: Found<'a>, other: Found<'a>) -> Found<'a> {
    let letters = |found: &Found<'_>| found.name.folded.chars().count();
    let is_better = (other.is_answer, other.used.len()) > (one.is_answer, one.used.len())
        || (other.is_answer == one.is_answer
            && other.used.len() == one.used.len()
            && (other.score > one.score || (other.score == one.score && letters(&other) > letters(&one))));
    let (mut best, rest) = if is_better { (other, one) } else { (one, other) };
    best.used.extend(rest.used);
    best
}

/// A phrase is worth what it explains.
fn settle(asked: &Asked, found: &mut Found<'_>) {
    if found.used.is_empty() {
        return;
    }
    let letters = |text: &str| text.chars().count() as f64;
    let share = if is_spaceless(&asked.text) {
        found.used.iter().map(|word| letters(word)).sum::<f64>() / letters(&asked.text)
    } else {
        let used = asked.telling.iter().filter(|word| found.used.contains(*word)).count();
        used.max(1) as f64 / asked.telling.len().max(1) as f64
    };
    found.score = PHRASE_BASE + PHRASE_SHARE * share.min(1.0);
    let leads = asked.head.as_ref().is_some_and(|head| holds_phrase(head, &found.name.folded));
    if leads {
        found.score = (found.score + HEAD_SHARE).min(PHRASE_BASE + PHRASE_SHARE);
    }
}

pub(crate) fn hundredths(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

/// Finds the industry in the base graph.
pub fn industry(text: &str) -> Result<IndustryAnswer, Fault> {
    Graph::base()?.industry(text)
}
