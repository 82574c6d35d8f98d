//! Which style, or mixture of styles, is meant.

use crate::data::{Edge, Style, Traits, styles};
use crate::industry::hundredths;
use crate::word::{Folded, fold, is_filler};
use core_brand::{Fault, broken};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The style taken when no word of the brief names one.
pub const STYLE_FALLBACK: &str = "modern";

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
    pub styles: Vec<&'static Style>,
    /// Their mean; its id joins theirs with `+`.
    pub blend: Style,
    /// 1.0 where every word is known, rounded to hundredths.
    pub confidence: f64,
    pub path: Vec<String>,
}

/// Finds the styles in a text such as `warm and minimal`. Always answers.
pub fn style(text: &str) -> Result<StyleAnswer, Fault> {
    let asked = fold(text);
    let mut found: Vec<&'static Style> = Vec::new();
    let mut path = vec![format!("brief:{text}")];
    let (mut sure, mut count) = (0.0, 0.0);
    for phrase in phrases(&asked) {
        count += 1.0;
        let Some((style, word, score)) = nearest(&phrase) else { continue };
        sure += score;
        if !found.contains(&style) && found.len() < STYLES_MAX {
            path.extend([format!("word:{word}"), format!("style:{}", style.id)]);
            found.push(style);
        }
    }
    let mut confidence = hundredths(sure / f64::max(count, 1.0));
    if found.is_empty() {
        let fallback = styles().iter().find(|style| style.id == STYLE_FALLBACK);
        found.push(fallback.ok_or_else(|| broken!("the brand graph has no style `{STYLE_FALLBACK}`"))?);
        path.push(format!("style:{STYLE_FALLBACK}"));
        confidence = FALLBACK_CONFIDENCE;
    }
    Ok(StyleAnswer { blend: blend(&found), styles: found, confidence, path })
}

/// The telling words, with known phrases of several words kept together.
fn phrases(asked: &str) -> Vec<String> {
    let mut rest: Vec<&str> = asked.split(' ').collect();
    let mut phrases = Vec::new();
    while !rest.is_empty() {
        let longest =
            (2..=rest.len().min(PHRASE_WORDS_MAX)).rev().find(|count| is_known(&rest[..*count].join(" ")));
        let taken = longest.unwrap_or(1);
        let phrase = rest[..taken].join(" ");
        if taken > 1 || !is_filler(&phrase) {
            phrases.push(phrase);
        }
        rest.drain(..taken);
    }
    phrases
}

/// The words for styles, folded once.
static WORDS: LazyLock<Vec<(&'static Style, &'static str, Folded)>> = LazyLock::new(|| {
    let named = |style: &'static Style| {
        style.synonyms.iter().map(move |word| (style, word.as_str(), Folded::new(word)))
    };
    styles().iter().flat_map(named).collect()
});

fn is_known(phrase: &str) -> bool {
    WORDS.iter().any(|(_, _, folded)| folded.text == phrase)
}

fn nearest(phrase: &str) -> Option<(&'static Style, &'static str, f64)> {
    let asked = Folded::new(phrase);
    let scored = WORDS.iter().map(|(style, word, known)| {
        let score = if known.text == phrase { 1.0 } else { known.likeness(&asked) * LIKENESS_SHARE };
        (*style, *word, score)
    });
    scored
        .filter(|(_, _, score)| *score >= LIKENESS_MIN)
        .reduce(|best, next| if next.2 > best.2 { next } else { best })
}

/// The mean of several styles.
fn blend(styles: &[&'static Style]) -> Style {
    let share = 1.0 / styles.len().max(1) as f64;
    let mean = |value: fn(&Style) -> f64| hundredths(styles.iter().map(|style| value(style) * share).sum());
    let join = |text: fn(&Style) -> &str, sign: &str| {
        styles.iter().map(|style| text(style)).collect::<Vec<_>>().join(sign)
    };
    Style {
        id: join(|style| &style.id, "+"),
        name: join(|style| &style.name, " + "),
        synonyms: Vec::new(),
        traits: mean_traits(styles, share),
        chroma: mean(|style| style.chroma),
        loudness: mean(|style| style.loudness),
        roundness: mean(|style| style.roundness),
        weight: mean(|style| style.weight),
        energy: mean(|style| style.energy),
        hues: mean_edges(styles, share, |style| &style.hues),
        types: mean_edges(styles, share, |style| &style.types),
        grammars: mean_edges(styles, share, |style| &style.grammars),
        harmonies: mean_edges(styles, share, |style| &style.harmonies),
    }
}

fn mean_traits(styles: &[&Style], share: f64) -> Traits {
    let mut traits = Traits::new();
    for (axis, value) in styles.iter().flat_map(|style| &style.traits) {
        *traits.entry(axis.clone()).or_default() += value * share;
    }
    traits.into_iter().map(|(axis, value)| (axis, hundredths(value))).collect()
}

fn mean_edges(styles: &[&'static Style], share: f64, edges: fn(&Style) -> &Vec<Edge>) -> Vec<Edge> {
    let mut mean: BTreeMap<&str, Edge> = BTreeMap::new();
    for edge in styles.iter().flat_map(|style| edges(style)) {
        let entry = mean.entry(&edge.to).or_insert_with(|| Edge { weight: 0.0, ..edge.clone() });
        entry.weight = hundredths(entry.weight + edge.weight * share);
    }
    mean.into_values().collect()
}
