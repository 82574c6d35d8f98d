//! The nodes and edges, as they stand in `data/`.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The axes of personality, each from -2 to 2. A negative value is the other pole: cool, contemporary, serious,
/// accessible, loud, authority.
pub const AXES: [&str; 6] = ["warm", "classic", "playful", "premium", "quiet", "friend"];
/// The grammars that marks are drawn with.
pub const GRAMMARS: [&str; 18] = [
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
    "join",
    "sign",
    "monoline",
    "emblem",
    "echo",
    "rebus",
    "facet",
    "tally",
];
/// The motifs that can be drawn.
pub const MOTIFS: [&str; 110] = [
    "anchor",
    "apple",
    "arc",
    "bag",
    "ball",
    "balloon",
    "barrel",
    "bars",
    "bean",
    "bell",
    "bicycle",
    "bird",
    "block",
    "bolt",
    "book",
    "bottle",
    "bracket",
    "bread",
    "brick",
    "brush",
    "bubble",
    "button",
    "camera",
    "candle",
    "cap",
    "capsule",
    "car",
    "cat",
    "chair",
    "chip",
    "cloud",
    "coin",
    "column",
    "comb",
    "compass",
    "cone",
    "cross",
    "crown",
    "cup",
    "cursor",
    "dice",
    "drop",
    "dumbbell",
    "eye",
    "film",
    "fish",
    "flame",
    "flask",
    "flower",
    "fork",
    "gamepad",
    "gear",
    "gem",
    "glass",
    "glasses",
    "grape",
    "hammer",
    "hand",
    "hanger",
    "heart",
    "helmet",
    "hourglass",
    "house",
    "key",
    "lamp",
    "layers",
    "leaf",
    "lens",
    "lighthouse",
    "lotus",
    "mask",
    "mic",
    "node",
    "note",
    "parcel",
    "paw",
    "peak",
    "pear",
    "pencil",
    "people",
    "pin",
    "plane",
    "pot",
    "puzzle",
    "ring",
    "rocket",
    "rook",
    "route",
    "sail",
    "scale",
    "scissors",
    "seed",
    "shield",
    "signal",
    "spark",
    "speech",
    "star",
    "steam",
    "suitcase",
    "sun",
    "tent",
    "thread",
    "tooth",
    "tree",
    "truck",
    "umbrella",
    "vinyl",
    "wave",
    "wheel",
    "wrench",
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
/// Colours without a hue that customs speak of.
pub const COLORS: [&str; 2] = ["white", "black"];
/// How well a claim is founded: by a standard or several studies, by single studies, by our own judgement.
pub const GRADES: [&str; 3] = ["strong", "limited", "practice"];

/// The industry that answers when nothing is near.
pub const GENERAL: &str = "general";
/// The style taken when no word of the brief names one.
pub const STYLE_FALLBACK: &str = "modern";

pub type Traits = BTreeMap<String, f64>;
/// Words by language.
pub type Synonyms = BTreeMap<String, Vec<String>>;

/// From a node to another, with what it is worth and why that is believed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edge {
    /// An id; among `cliches` and `notes` with its kind, as in `hue:leaf`.
    pub to: String,
    /// -1 to 1.
    pub weight: f64,
    /// The id of an `Evidence`.
    pub evidence: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    pub id: String,
    /// One of `GRADES`.
    pub grade: String,
    pub source: String,
}

/// A region of colour with a character: ranges of OKLCH hue (degrees), chroma and lightness.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hue {
    pub id: String,
    pub hue: [f64; 2],
    pub chroma: [f64; 2],
    pub lightness: [f64; 2],
    pub traits: Traits,
    pub evidence: String,
}

/// One of the twelve usual characters, as a place on the axes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Archetype {
    pub id: String,
    /// In English.
    pub name: String,
    pub traits: Traits,
    pub evidence: String,
}

/// A basic form, and what it does to a mark; each value from 0 to 1.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    pub id: String,
    pub roundness: f64,
    pub weight: f64,
    pub energy: f64,
    pub evidence: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Motif {
    pub id: String,
    /// Whether it may stand for any trade: an arc may, a paw may not.
    pub is_free: bool,
    pub traits: Traits,
}

/// A class of display faces.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TypeClass {
    pub id: String,
    pub traits: Traits,
}

/// What a hue, a motif or a colour means where a language is spoken.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Custom {
    /// With its kind: `hue:violet`, `motif:cross`, `color:white`.
    pub to: String,
    pub weight: f64,
    pub evidence: String,
    /// The sentence that warns of it; one is needed where the weight is below 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Only for these industries; for all where none is named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub industries: Vec<String>,
    /// Only together with this node.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub beside: Option<String>,
}

/// The customs of those who speak a language; its id is the language's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Culture {
    pub id: String,
    /// In English.
    pub name: String,
    pub notes: Vec<Custom>,
}

/// What a catalogue does not say of a node that an overlay brought.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Said {
    pub name: String,
    /// One sentence: for an industry what matters in it, for a style what it does.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub insight: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Industry {
    pub id: String,
    /// In English.
    pub name: String,
    /// Lower-case words by language.
    pub synonyms: Synonyms,
    pub traits: Traits,
    #[serde(default)]
    pub archetypes: Vec<Edge>,
    pub hues: Vec<Edge>,
    pub types: Vec<Edge>,
    pub motifs: Vec<Edge>,
    pub grammars: Vec<Edge>,
    #[serde(default)]
    pub shapes: Vec<Edge>,
    /// Hues and motifs that everybody in the category already uses, and how much.
    #[serde(default)]
    pub cliches: Vec<Edge>,
    /// By language, for nodes that the catalogues do not know.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub says: BTreeMap<String, Said>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Style {
    pub id: String,
    /// In English.
    pub name: String,
    pub synonyms: Synonyms,
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
    #[serde(default)]
    pub archetypes: Vec<Edge>,
    pub hues: Vec<Edge>,
    pub types: Vec<Edge>,
    pub grammars: Vec<Edge>,
    pub harmonies: Vec<Edge>,
    #[serde(default)]
    pub shapes: Vec<Edge>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub says: BTreeMap<String, Said>,
}

impl Industry {
    /// The edges by the kind that they lead to; clichés apart.
    pub fn edges(&self) -> impl Iterator<Item = (&'static str, &Edge)> {
        let lists = [
            ("archetype", &self.archetypes),
            ("hue", &self.hues),
            ("type", &self.types),
            ("motif", &self.motifs),
            ("grammar", &self.grammars),
            ("shape", &self.shapes),
        ];
        lists.into_iter().flat_map(|(kind, list)| list.iter().map(move |edge| (kind, edge)))
    }

    /// All words that name it, the English ones first.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        [self.id.as_str(), self.name.as_str()].into_iter().chain(english_first(&self.synonyms))
    }

    /// Whether everybody in the category uses this already, such as `hue:leaf`.
    #[must_use]
    pub fn is_cliche(&self, node: &str) -> bool {
        self.cliches.iter().any(|edge| edge.to == node)
    }
}

impl Style {
    pub fn edges(&self) -> impl Iterator<Item = (&'static str, &Edge)> {
        let lists = [
            ("archetype", &self.archetypes),
            ("hue", &self.hues),
            ("type", &self.types),
            ("grammar", &self.grammars),
            ("harmony", &self.harmonies),
            ("shape", &self.shapes),
        ];
        lists.into_iter().flat_map(|(kind, list)| list.iter().map(move |edge| (kind, edge)))
    }

    pub fn words(&self) -> impl Iterator<Item = &str> {
        [self.id.as_str(), self.name.as_str()].into_iter().chain(english_first(&self.synonyms))
    }
}

fn english_first(synonyms: &Synonyms) -> impl Iterator<Item = &str> {
    let english = synonyms.get("en").into_iter();
    let others = synonyms.iter().filter(|(language, _)| *language != "en").map(|(_, words)| words);
    english.chain(others).flatten().map(String::as_str)
}
