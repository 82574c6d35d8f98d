//! The nodes and edges, as they stand in `data/`.

use core_brand::{Fault, broken};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The axes of personality, each from -2 to 2. A negative value is the other pole: cool, contemporary, serious,
/// accessible, loud, authority.
pub const AXES: [&str; 6] = ["warm", "classic", "playful", "premium", "quiet", "friend"];
/// The grammars that marks are drawn with.
pub const GRAMMARS: [&str; 10] = [
    "monogram",
    "negative",
    "container",
    "rotation",
    "stencil",
    "orbit",
    "truchet",
    "motif",
    "ribbon",
    "interlock",
];
/// The motifs that can be drawn.
pub const MOTIFS: [&str; 30] = [
    "bean", "leaf", "wave", "peak", "bolt", "drop", "spark", "node", "house", "shield", "scale", "cross",
    "gear", "book", "wheel", "route", "coin", "thread", "note", "paw", "steam", "seed", "sun", "star",
    "anchor", "key", "lens", "pin", "arc", "brick",
];
/// The classes of display faces.
pub const TYPES: [&str; 10] = [
    "grotesque",
    "geometric",
    "humanist",
    "rounded",
    "slab",
    "old-style",
    "transitional",
    "didone",
    "display",
    "mono",
];
/// How the hues of a palette stand to each other.
pub const HARMONIES: [&str; 5] = ["tonal", "analogous", "complement", "split", "triad"];

pub type Traits = BTreeMap<String, f64>;

/// From a node to another, with what it is worth and why that is believed.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edge {
    pub to: String,
    /// -1 to 1.
    pub weight: f64,
    /// The id of an `Evidence`.
    pub evidence: String,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    pub id: String,
    /// `strong`, `limited` or `practice`.
    pub grade: String,
    pub source: String,
}

/// A region of colour with a character: ranges of OKLCH hue (degrees), chroma and lightness.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hue {
    pub id: String,
    pub hue: [f64; 2],
    pub chroma: [f64; 2],
    pub lightness: [f64; 2],
    pub traits: Traits,
    pub evidence: String,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Industry {
    pub id: String,
    /// In English.
    pub name: String,
    /// Lower-case words in English, German, French and Spanish.
    pub synonyms: Vec<String>,
    pub traits: Traits,
    pub hues: Vec<Edge>,
    pub types: Vec<Edge>,
    pub motifs: Vec<Edge>,
    pub grammars: Vec<Edge>,
    /// Hues and motifs that everybody in the category already uses.
    pub cliches: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Style {
    pub id: String,
    /// In English.
    pub name: String,
    pub synonyms: Vec<String>,
    /// What the style adds to the personality of an industry.
    pub traits: Traits,
    /// Factor on chroma.
    pub chroma: f64,
    /// 0 is quiet, 1 is loud.
    pub loudness: f64,
    /// 0 is angular, 1 is round.
    pub roundness: f64,
    /// 0 is light, 1 is heavy.
    pub weight: f64,
    /// 0 is still, 1 is moving.
    pub energy: f64,
    pub hues: Vec<Edge>,
    pub types: Vec<Edge>,
    pub grammars: Vec<Edge>,
    pub harmonies: Vec<Edge>,
}

struct Graph {
    industries: Vec<Industry>,
    styles: Vec<Style>,
    hues: Vec<Hue>,
    evidence: Vec<Evidence>,
}

static GRAPH: LazyLock<Result<Graph, String>> = LazyLock::new(|| read().map_err(|why| why.to_string()));

fn read() -> Result<Graph, serde_json::Error> {
    let mut industries = Vec::new();
    for text in [
        include_str!("../data/industries-business.json"),
        include_str!("../data/industries-hospitality.json"),
        include_str!("../data/industries-making.json"),
        include_str!("../data/industries-people.json"),
    ] {
        industries.extend(serde_json::from_str::<Vec<Industry>>(text)?);
    }
    industries.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(Graph {
        industries,
        styles: serde_json::from_str(include_str!("../data/styles.json"))?,
        hues: serde_json::from_str(include_str!("../data/hues.json"))?,
        evidence: serde_json::from_str(include_str!("../data/evidence.json"))?,
    })
}

fn graph() -> Result<&'static Graph, Fault> {
    GRAPH.as_ref().map_err(|why| broken!("the brand graph cannot be read: {why}"))
}

/// All industries, by id. Empty only if the compiled-in files were broken, which the tests rule out.
#[must_use]
pub fn industries() -> &'static [Industry] {
    graph().map(|graph| graph.industries.as_slice()).unwrap_or_default()
}

#[must_use]
pub fn styles() -> &'static [Style] {
    graph().map(|graph| graph.styles.as_slice()).unwrap_or_default()
}

#[must_use]
pub fn hues() -> &'static [Hue] {
    graph().map(|graph| graph.hues.as_slice()).unwrap_or_default()
}

/// A region of colour by id.
pub fn hue(id: &str) -> Result<&'static Hue, Fault> {
    graph()?.hues.iter().find(|hue| hue.id == id).ok_or_else(|| broken!("no hue `{id}` in the brand graph"))
}

/// What stands behind an edge.
pub fn evidence(id: &str) -> Result<&'static Evidence, Fault> {
    let found = graph()?.evidence.iter().find(|evidence| evidence.id == id);
    found.ok_or_else(|| broken!("no evidence `{id}` in the brand graph"))
}
