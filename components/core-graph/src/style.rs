//! Which style, or mixture of styles, is meant.

use crate::graph::{Graph, Name};
use crate::industry::{IndustryAnswer, hundredths};
use crate::node::{Edge, STYLE_FALLBACK, Style, Synonyms, Traits};
use crate::word::{fold, is_filler, is_place, is_spaceless, likeness};
use core_brand::brief::STYLE_DEFAULT;
use core_brand::{Fault, broken};
use std::collections::BTreeMap;

/// More than this many words are a description, not a direction; the first ones count.
const STYLES_MAX: usize = 3;
/// The longest synonym has this many words.
const PHRASE_WORDS_MAX: usize = 3;
/// Spelling alike below this is chance.
const LIKENESS_MIN: f64 = 0.55;
/// A likeness is never as sure as a word.
const LIKENESS_SHARE: f64 = 0.95;
const FALLBACK_CONFIDENCE: f64 = 0.1;

/// The styles meant by some words, blended into one.
#[derive(Clone, Debug, PartialEq)]
pub struct StyleAnswer {
    /// The styles found, in the order of the words.
    pub styles: Vec<Style>,
    /// Their mean; its id joins theirs with `+`.
    pub blend: Style,
    /// 1.0 where every word is known, rounded to hundredths.
    pub confidence: f64,
    pub path: Vec<String>,
}

/// Styles as they are found, word by word.
struct Reading<'a> {
    graph: &'a Graph,
    found: Vec<usize>,
    path: Vec<String>,
}

impl Reading<'_> {
    fn take(&mut self, name: &Name) {
        if !self.found.contains(&name.node) && self.found.len() < STYLES_MAX {
            let id = &self.graph.source.styles[name.node].id;
            self.path.extend([format!("word:{}", name.word), format!("style:{id}")]);
            self.found.push(name.node);
        }
    }

    fn answer(mut self, mut confidence: f64) -> Result<StyleAnswer, Fault> {
        let all = &self.graph.source.styles;
        if self.found.is_empty() {
            let fallback = all.iter().position(|style| style.id == STYLE_FALLBACK);
            let fallback =
                fallback.ok_or_else(|| broken!("the brand graph has no style `{STYLE_FALLBACK}`"))?;
            self.found.push(fallback);
            self.path.push(format!("style:{STYLE_FALLBACK}"));
            confidence = FALLBACK_CONFIDENCE;
        }
        let styles: Vec<Style> = self.found.iter().map(|node| all[*node].clone()).collect();
        Ok(StyleAnswer { blend: blend(&styles), styles, confidence, path: self.path })
    }
}

impl Graph {
    /// Finds the styles in a text such as `warm and minimal`. Always answers.
    pub fn style(&self, text: &str) -> Result<StyleAnswer, Fault> {
        let (reading, confidence) = self.read_style(text);
        reading.answer(confidence)
    }

    /// Finds the styles in the style of a brief and in the free text of its industry: `a playful bakery` is playful.
    pub fn style_of(&self, text: &str, industry: &IndustryAnswer) -> Result<StyleAnswer, Fault> {
        let (mut reading, confidence) = self.read_style(text);
        let said = self.said_in(industry);
        if said.is_empty() {
            return reading.answer(confidence);
        }
        // The style that stands for none gives way to one that was said.
        let is_default = text == STYLE_DEFAULT;
        if is_default {
            reading.found.clear();
            reading.path.clear();
        }
        reading.path.push(format!("brief:{}", industry.asked));
        for name in said {
            reading.take(name);
        }
        reading.answer(if is_default { 1.0 } else { confidence })
    }

    fn read_style(&self, text: &str) -> (Reading<'_>, f64) {
        let mut reading = Reading { graph: self, found: Vec::new(), path: vec![format!("brief:{text}")] };
        let asked = fold(text);
        let (mut sure, mut count) = (0.0, 0.0);
        for phrase in self.phrases(&asked) {
            count += 1.0;
            if let Some((name, score)) = self.nearest_style(&phrase) {
                sure += score;
                reading.take(name);
            }
        }
        (reading, hundredths(sure / f64::max(count, 1.0)))
    }

    /// Known words for styles that stand in the text of an industry and do not name the industry.
    fn said_in(&self, industry: &IndustryAnswer) -> Vec<&Name> {
        let phrases = self.phrases(&industry.asked);
        let is_free = |phrase: &&String| {
            let names = phrase.split(' ').any(|word| industry.used.contains(word));
            !names && !is_place(phrase) && !is_filler(phrase)
        };
        let known = |phrase: &String| self.style_names.iter().find(|name| name.folded == *phrase);
        phrases.iter().filter(is_free).filter_map(known).collect()
    }

    /// The telling words, with known phrases of several words kept together.
    fn phrases(&self, asked: &str) -> Vec<String> {
        if is_spaceless(asked) {
            return self.pieces(asked);
        }
        let mut rest: Vec<&str> = asked.split(' ').collect();
        let mut phrases = Vec::new();
        while !rest.is_empty() {
            let known = |count: &usize| self.is_style(&rest[..*count].join(" "));
            let taken = (2..=rest.len().min(PHRASE_WORDS_MAX)).rev().find(known).unwrap_or(1);
            let phrase = rest[..taken].join(" ");
            if taken > 1 || !is_filler(&phrase) {
                phrases.push(phrase);
            }
            rest.drain(..taken);
        }
        phrases
    }

    /// The known words inside a text without spaces, in its order; the text itself where there is none.
    fn pieces(&self, asked: &str) -> Vec<String> {
        let inside = self.style_names.iter().filter(|name| is_spaceless(&name.folded));
        let mut pieces: Vec<(usize, &str)> =
            inside.filter_map(|name| Some((asked.find(&name.folded)?, name.folded.as_str()))).collect();
        pieces.sort_unstable();
        if pieces.is_empty() {
            return vec![asked.to_owned()];
        }
        pieces.into_iter().map(|(_, piece)| piece.to_owned()).collect()
    }

    fn is_style(&self, phrase: &str) -> bool {
        self.style_names.iter().any(|name| name.folded == phrase)
    }

    fn nearest_style(&self, phrase: &str) -> Option<(&Name, f64)> {
        if let Some(name) = self.style_names.iter().find(|name| name.folded == phrase) {
            return Some((name, 1.0));
        }
        let scored =
            self.style_names.iter().map(|name| (name, likeness(&name.folded, phrase) * LIKENESS_SHARE));
        scored
            .filter(|(_, score)| *score >= LIKENESS_MIN)
            .reduce(|best, next| if next.1 > best.1 { next } else { best })
    }
}

/// Finds the styles in the base graph.
pub fn style(text: &str) -> Result<StyleAnswer, Fault> {
    Graph::base()?.style(text)
}

/// The mean of several styles.
fn blend(styles: &[Style]) -> Style {
    let share = 1.0 / styles.len().max(1) as f64;
    let mean = |value: fn(&Style) -> f64| hundredths(styles.iter().map(|style| value(style) * share).sum());
    let join = |text: fn(&Style) -> &str, sign: &str| styles.iter().map(text).collect::<Vec<_>>().join(sign);
    Style {
        id: join(|style| &style.id, "+"),
        name: join(|style| &style.name, " + "),
        synonyms: Synonyms::new(),
        traits: mean_traits(styles, share),
        chroma: mean(|style| style.chroma),
        loudness: mean(|style| style.loudness),
        roundness: mean(|style| style.roundness),
        weight: mean(|style| style.weight),
        energy: mean(|style| style.energy),
        archetypes: mean_edges(styles, share, |style| &style.archetypes),
        hues: mean_edges(styles, share, |style| &style.hues),
        types: mean_edges(styles, share, |style| &style.types),
        grammars: mean_edges(styles, share, |style| &style.grammars),
        harmonies: mean_edges(styles, share, |style| &style.harmonies),
        shapes: mean_edges(styles, share, |style| &style.shapes),
        says: BTreeMap::new(),
    }
}

fn mean_traits(styles: &[Style], share: f64) -> Traits {
    let mut traits = Traits::new();
    for (axis, value) in styles.iter().flat_map(|style| &style.traits) {
        *traits.entry(axis.clone()).or_default() += value * share;
    }
    traits.into_iter().map(|(axis, value)| (axis, hundredths(value))).collect()
}

fn mean_edges(styles: &[Style], share: f64, edges: fn(&Style) -> &Vec<Edge>) -> Vec<Edge> {
    let mut mean: BTreeMap<&str, Edge> = BTreeMap::new();
    for edge in styles.iter().flat_map(edges) {
        let entry = mean.entry(&edge.to).or_insert_with(|| Edge { weight: 0.0, ..edge.clone() });
        entry.weight = hundredths(entry.weight + edge.weight * share);
    }
    mean.into_values().collect()
}
