//! What a painter is told: a prompt per concept, from the same order and design that marks are drawn from.
//!
//! The words are data (`data/painter.json`) and English, because models are. Nothing that a person typed is among
//! them: a name would be painted as letters, and letters are what these models cannot draw.

use core_brand::brief::Order;
use core_brand::{Design, Fault, Rgb, Rng, broken};
use core_color::name;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

const DATA: &str = include_str!("../data/painter.json");
/// A word counts as one token for each of so many letters that it begins: more than CLIP takes for plain English.
const TOKEN_LETTERS: usize = 8;
/// Seeds have 32 bits: every random source of a painter takes those.
const SEED_BITS: u32 = 32;
/// Below and above these a design is neither: angular and round, light and heavy, still and moving.
const BANDS: [f64; 2] = [0.36, 0.66];

/// The prompts of an order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Prompts {
    pub format: u32,
    /// Of the words; other words, other version.
    pub version: u32,
    pub requests: Vec<Request>,
}

/// One picture to paint.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// `paint-01`.
    pub id: String,
    pub motif: String,
    pub grammar: String,
    pub prompt: String,
    pub negative: String,
    pub seed: u64,
    pub width: u32,
    pub height: u32,
    pub steps: u32,
    pub guidance: f64,
    /// Tokens of prompt and negative by the rule of `tokens`; at most as many as one chunk of CLIP takes.
    pub tokens: [usize; 2],
}

impl Prompts {
    pub const DOCUMENT: &str = "painter-prompts.json";
}

/// The words, as the file has them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Lexicon {
    version: u32,
    limits: Limits,
    size: BTreeMap<String, [u32; 2]>,
    steps: u32,
    guidance: f64,
    /// The parts of a prompt; the last are left out first where all are too many.
    frame: Vec<String>,
    negative: Vec<String>,
    grounds: BTreeMap<String, String>,
    tones: BTreeMap<String, String>,
    families: BTreeMap<String, String>,
    neutrals: BTreeMap<String, String>,
    round: [String; 3],
    weight: [String; 3],
    energy: [String; 3],
    motifs: BTreeMap<String, String>,
    /// What may not be forbidden where the motif is just that.
    spared: BTreeMap<String, Vec<String>>,
    wide: Vec<String>,
    tall: Vec<String>,
    subject_any: String,
    ideas: BTreeMap<String, String>,
    idea_any: String,
    styles: BTreeMap<String, String>,
    moods: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Limits {
    tokens: usize,
}

/// The prompts of an order and its design, one for each concept.
pub fn prompts(order: &Order, design: &Design) -> Result<Prompts, Fault> {
    let words: Lexicon =
        serde_json::from_str(DATA).map_err(|why| broken!("the words of the painter: {why}"))?;
    let requests = (1..=order.concepts).map(|rank| request(order, design, &words, rank)).collect();
    Ok(Prompts { format: 1, version: words.version, requests })
}

/// Tokens of a text, counted high: one for each begun run of letters, one for each mark, two for the ends.
#[must_use]
pub fn tokens(text: &str) -> usize {
    let word =
        |word: &str| word.chars().filter(|letter| letter.is_alphanumeric()).count().div_ceil(TOKEN_LETTERS);
    let marks = text.chars().filter(|letter| !letter.is_alphanumeric() && !letter.is_whitespace()).count();
    text.split_whitespace().map(word).sum::<usize>() + marks + 2
}

fn request(order: &Order, design: &Design, words: &Lexicon, rank: u32) -> Request {
    let at = rank as usize - 1;
    let motif = design.guidance.motifs.get(at % design.guidance.motifs.len().max(1));
    let motif = motif.map_or("", |motif| motif.id.as_str());
    let grammar = design.guidance.grammars.get(at % design.guidance.grammars.len().max(1));
    let grammar = grammar.map_or("", |grammar| grammar.id.as_str());
    let filled: Vec<String> = words
        .frame
        .iter()
        .map(|part| filled(part, design, words, motif, grammar))
        .filter(|part| !part.is_empty())
        .collect();
    let prompt = bounded(&filled, words.limits.tokens);
    let negative = bounded(&forbidden(words, motif), words.limits.tokens);
    let is = |list: &[String]| list.iter().any(|one| one == motif);
    let shape = if is(&words.wide) {
        "wide"
    } else if is(&words.tall) {
        "tall"
    } else {
        "mark"
    };
    let [width, height] = words.size.get(shape).copied().unwrap_or([1024; 2]);
    let mut rng = Rng::fork(order.seed, &format!("paint/{}/{rank}", order.brief.company_name));
    Request {
        id: format!("paint-{rank:02}"),
        motif: motif.to_owned(),
        grammar: grammar.to_owned(),
        tokens: [tokens(&prompt), tokens(&negative)],
        prompt,
        negative,
        seed: rng.next_u64() >> (u64::BITS - SEED_BITS),
        width,
        height,
        steps: words.steps,
        guidance: words.guidance,
    }
}

/// What must not be in the picture of a motif.
fn forbidden(words: &Lexicon, motif: &str) -> Vec<String> {
    let spared = words.spared.get(motif).map_or(&[][..], Vec::as_slice);
    words.negative.iter().filter(|word| !spared.contains(word)).cloned().collect()
}

/// A part of the frame with its words; empty where the design says nothing for it.
fn filled(part: &str, design: &Design, words: &Lexicon, motif: &str, grammar: &str) -> String {
    let said = |list: &BTreeMap<String, String>, id: &str| list.get(id).cloned().unwrap_or_default();
    let or = |list: &BTreeMap<String, String>, id: &str, any: &str| {
        list.get(id).map_or(any, String::as_str).to_owned()
    };
    let guidance = &design.guidance;
    match part {
        "{subject}" => or(&words.motifs, motif, &words.subject_any),
        "{idea}" => or(&words.ideas, grammar, &words.idea_any),
        "{form}" => {
            let bands = [
                (&words.round, guidance.roundness),
                (&words.weight, guidance.weight),
                (&words.energy, guidance.energy),
            ];
            bands.map(|(bands, value)| bands[band(value)].as_str()).join(", ")
        }
        "{colors}" => {
            let logo = &design.palette.logo;
            let (mark, accent) = (color(words, logo.mark), color(words, logo.accent));
            if mark == accent { mark } else { format!("{mark} and a little {accent}") }
        }
        "{style}" => style(words, &design.style.id),
        "{mood}" => said(&words.moods, archetype(design)),
        other => other.replace("{ground}", &said(&words.grounds, "light")),
    }
}

/// All that is said of a style; of a blend, whose id joins theirs with `+`, the first thing of each.
fn style(words: &Lexicon, id: &str) -> String {
    let said = |id: &str| words.styles.get(id).map_or("", String::as_str);
    if !id.contains('+') {
        return said(id).to_owned();
    }
    let firsts = id.split('+').filter_map(|id| said(id).split(',').next());
    firsts.filter(|first| !first.is_empty()).collect::<Vec<_>>().join(", ")
}

/// As many parts as there is room for.
fn bounded(parts: &[String], most: usize) -> String {
    (1..=parts.len())
        .rev()
        .map(|count| parts[..count].join(", "))
        .find(|text| tokens(text) <= most)
        .unwrap_or_default()
}

fn band(value: f64) -> usize {
    BANDS.iter().filter(|bound| value > **bound).count()
}

/// A colour in words that painters know.
fn color(words: &Lexicon, rgb: Rgb) -> String {
    let id = name(rgb);
    let said = |list: &BTreeMap<String, String>, id: &str| list.get(id).cloned().unwrap_or_default();
    match id.split_once('-') {
        Some((tone, family)) => format!("{} {}", said(&words.tones, tone), said(&words.families, family)),
        None => said(&words.neutrals, &id),
    }
}

/// The archetype that the graph answered; nothing for designs that have none.
fn archetype(design: &Design) -> &str {
    let answers = design.graph.iter().flat_map(|graph| &graph.answers);
    let found =
        answers.filter(|answer| answer.topic == "archetype").find_map(|answer| answer.node.split_once(':'));
    found.map_or("", |(_, id)| id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{grammar, motif};
    use core_graph::{GRAMMARS, MOTIFS};
    use std::collections::BTreeSet;

    fn words() -> Lexicon {
        serde_json::from_str(DATA).unwrap()
    }

    /// The words that count most tokens.
    fn longest<'a>(words: impl IntoIterator<Item = &'a String>) -> &'a str {
        words.into_iter().max_by_key(|word| tokens(word)).unwrap()
    }

    #[test]
    fn every_motif_and_grammar_has_words_of_its_own_and_nothing_else_has() {
        let words = words();
        let motifs = BTreeSet::from(MOTIFS);
        assert_eq!(motif::ALL.iter().map(|(id, _)| *id).collect::<BTreeSet<_>>(), motifs);
        assert_eq!(words.motifs.keys().map(String::as_str).collect::<BTreeSet<_>>(), motifs);
        let grammars = BTreeSet::from(GRAMMARS);
        assert_eq!(grammar::ALL.iter().map(|(id, _)| *id).collect::<BTreeSet<_>>(), grammars);
        assert_eq!(words.ideas.keys().map(String::as_str).collect::<BTreeSet<_>>(), grammars);
        for id in words.wide.iter().chain(&words.tall).chain(words.spared.keys()) {
            assert!(motifs.contains(id.as_str()), "{id}");
        }
        let mut seen = BTreeSet::from([words.subject_any.as_str()]);
        for (id, subject) in &words.motifs {
            assert!(seen.insert(subject), "{id}: {subject} is said of another too");
            let first = subject.split(' ').next().unwrap();
            assert!(["a", "an", "the", "two", "three", "stacked"].contains(&first), "{id}: {subject}");
            assert!(subject.chars().all(|letter| letter.is_ascii_lowercase() || letter == ' '), "{subject}");
        }
    }

    /// Even where everything is said at its longest, in one style, only the mood is left out.
    #[test]
    fn subject_idea_form_colors_and_style_always_fit() {
        let words = words();
        let bands = [&words.round, &words.weight, &words.energy];
        let form = bands.map(longest).join(", ");
        let color = format!("{} {}", longest(words.tones.values()), longest(words.families.values()));
        let said = |part: &String| match part.as_str() {
            "{subject}" => longest(words.motifs.values()).to_owned(),
            "{idea}" => longest(words.ideas.values()).to_owned(),
            "{form}" => form.clone(),
            "{colors}" => format!("{color} and a little {color}"),
            "{style}" => longest(words.styles.values()).to_owned(),
            "{mood}" => String::new(),
            other => other.replace("{ground}", longest(words.grounds.values())),
        };
        let parts: Vec<String> = words.frame.iter().map(said).filter(|part| !part.is_empty()).collect();
        let whole = parts.join(", ");
        assert!(tokens(&whole) <= words.limits.tokens, "{}: {whole}", tokens(&whole));
    }

    #[test]
    fn of_a_blend_each_style_is_said() {
        let words = words();
        for (id, said) in
            [("bold", "bold, poster like"), ("bold+dynamic", "bold, dynamic"), ("unknown+bold", "bold")]
        {
            assert_eq!(style(&words, id), said, "{id}");
        }
    }

    #[test]
    fn what_a_motif_is_is_not_forbidden() {
        let words = words();
        for (motif, spared) in &words.spared {
            for word in spared {
                assert!(words.negative.contains(word), "{word} is never forbidden");
                assert!(!forbidden(&words, motif).contains(word), "{motif}: {word}");
                assert!(forbidden(&words, "leaf").contains(word), "leaf: {word}");
            }
        }
        for needed in ["text", "letters", "watermark"] {
            assert!(words.spared.values().flatten().all(|word| word != needed), "{needed}");
        }
    }

    #[test]
    fn every_style_archetype_and_color_has_words() {
        let words = words();
        for style in core_graph::styles() {
            assert!(words.styles.contains_key(&style.id), "style {}", style.id);
        }
        let archetypes: Vec<serde_json::Value> =
            serde_json::from_str(include_str!("../../core-graph/data/archetypes.json")).unwrap();
        for archetype in archetypes {
            let id = archetype["id"].as_str().unwrap();
            assert!(words.moods.contains_key(id), "archetype {id}");
        }
        for list in [&words.tones, &words.families, &words.neutrals] {
            assert!(list.values().all(|word| !word.is_empty()));
        }
        for family in core_color::FAMILIES {
            assert!(words.families.contains_key(*family), "{family}");
        }
    }

    #[test]
    fn sizes_are_those_that_painters_learned() {
        for (shape, [width, height]) in words().size {
            let pixels = f64::from(width * height) / f64::from(1024 * 1024);
            assert!(width % 64 == 0 && height % 64 == 0 && (0.9..=1.1).contains(&pixels), "{shape}");
        }
    }

    #[test]
    fn tokens_are_counted_high_and_bound() {
        assert_eq!(tokens("a red leaf, flat"), 7);
        assert_eq!(tokens("extraordinarily"), 4);
        let parts = ["one two three", "four", "five"].map(str::to_owned);
        assert_eq!(bounded(&parts, 7), "one two three, four");
        assert_eq!(bounded(&parts, 2), "");
    }

    #[test]
    fn letters_and_marks_of_others_are_never_asked_for() {
        let words = words();
        let asked: Vec<&String> =
            words.motifs.values().chain(words.ideas.values()).chain(words.styles.values()).collect();
        for word in asked {
            for never in ["letter", "text", "word", "initial", "in the style of", "by "] {
                assert!(!word.contains(never), "{word}");
            }
        }
        for needed in ["text", "letters", "watermark"] {
            assert!(words.negative.iter().any(|word| word == needed), "{needed}");
        }
    }
}
