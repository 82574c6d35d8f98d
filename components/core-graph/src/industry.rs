//! Which industry is meant.

use crate::data::{Industry, industries};
use crate::word::{Folded, holds_phrase, is_place, words};
use core_brand::{Fault, broken};
use std::sync::LazyLock;

/// The node that answers when nothing is near.
pub const GENERAL: &str = "general";

/// A synonym inside a longer phrase, by how much of the phrase it explains.
const PHRASE_BASE: f64 = 0.64;
const PHRASE_SHARE: f64 = 0.33;
/// A synonym as part of a compound word (`kaffeemaschinen`).
const COMPOUND: f64 = 0.72;
/// Shorter pieces stand in compounds by accident.
const COMPOUND_LETTERS_MIN: usize = 4;
/// Spelling alike below this is chance.
const LIKENESS_MIN: f64 = 0.5;
/// A likeness is never as sure as a word.
const LIKENESS_SHARE: f64 = 0.85;
/// How sure we are of the general node, whatever was asked.
const GENERAL_CONFIDENCE: f64 = 0.1;

/// The industry meant by some words, how sure that is, and how it was found.
#[derive(Clone, Debug, PartialEq)]
pub struct IndustryAnswer {
    pub industry: &'static Industry,
    /// 1.0 for a known name or synonym, rounded to hundredths.
    pub confidence: f64,
    /// From the words of the brief to the node.
    pub path: Vec<String>,
}

/// A word for an industry, folded once.
struct Name {
    industry: &'static Industry,
    word: &'static str,
    folded: Folded,
}

static NAMES: LazyLock<Vec<Name>> = LazyLock::new(|| {
    let named = |industry: &'static Industry| {
        let words = [&industry.id, &industry.name].into_iter().chain(&industry.synonyms);
        words.map(move |word| Name { industry, word, folded: Folded::new(word) })
    };
    industries().iter().flat_map(named).collect()
});

struct Found {
    name: &'static Name,
    score: f64,
}

/// Finds the industry. Always answers: the general node where nothing is near.
pub fn industry(text: &str) -> Result<IndustryAnswer, Fault> {
    let asked = Folded::new(text);
    if let Some(name) = NAMES.iter().find(|name| name.folded.text == asked.text) {
        return Ok(answer(text, &Found { name, score: 1.0 }));
    }
    let telling: Vec<Folded> = words(&asked.text).into_iter().map(Folded::new).collect();
    let best = NAMES
        .iter()
        .filter(|name| name.industry.id != GENERAL)
        .filter_map(|name| Some(Found { name, score: score(&asked, &telling, &name.folded)? }))
        .reduce(|best, next| if is_better(&next, &best) { next } else { best });
    best.map_or_else(|| general(text), |found| Ok(answer(text, &found)))
}

fn score(asked: &Folded, telling: &[Folded], known: &Folded) -> Option<f64> {
    let share = words(&known.text).len() as f64 / telling.len().max(1) as f64;
    // `shop` says retail only where nothing else is said.
    if is_place(&known.text) && telling.iter().all(|word| word.text != known.text) {
        return None;
    }
    if holds_phrase(&asked.text, &known.text) {
        return Some(PHRASE_BASE + PHRASE_SHARE * share.min(1.0));
    }
    let text = known.text.as_str();
    let is_compound = text.len() >= COMPOUND_LETTERS_MIN
        && telling.iter().any(|word| word.text.starts_with(text) || word.text.ends_with(text));
    if is_compound {
        return Some(COMPOUND + 0.1 * text.len() as f64 / asked.text.len() as f64);
    }
    let nearest = telling.iter().map(|word| word.likeness(known)).fold(asked.likeness(known), f64::max);
    // One near word among several explains less than one alone.
    (nearest >= LIKENESS_MIN).then_some(nearest * LIKENESS_SHARE * (0.75 + 0.25 * share.min(1.0)))
}

fn is_better(next: &Found, best: &Found) -> bool {
    // Of two equals the longer word says more.
    let letters = |found: &Found| found.name.folded.text.len();
    next.score > best.score || (next.score == best.score && letters(next) > letters(best))
}

fn answer(text: &str, found: &Found) -> IndustryAnswer {
    let path = vec![
        format!("brief:{text}"),
        format!("word:{}", found.name.word),
        format!("industry:{}", found.name.industry.id),
    ];
    IndustryAnswer { industry: found.name.industry, confidence: hundredths(found.score), path }
}

fn general(text: &str) -> Result<IndustryAnswer, Fault> {
    let industry = industries().iter().find(|industry| industry.id == GENERAL);
    let industry = industry.ok_or_else(|| broken!("the brand graph has no node `{GENERAL}`"))?;
    let path = vec![format!("brief:{text}"), format!("industry:{GENERAL}")];
    Ok(IndustryAnswer { industry, confidence: GENERAL_CONFIDENCE, path })
}

pub(crate) fn hundredths(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}
