//! A logo concept: a mark with an idea, and the name as outlines.

use crate::check::Check;
use crate::painting::Origin;
use crate::silhouette::Silhouette;
use crate::step::{Document, DocumentKind};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Concept {
    pub format: u32,
    /// `1-monogram`: rank and grammar; also the folder of its files.
    pub id: String,
    /// 1 is the recommended one.
    pub rank: u32,
    pub grammar: String,
    /// A short name and one sentence, in the brief's language.
    pub title: String,
    pub idea: String,
    /// The symbol, in a square of its own.
    pub mark: Drawing,
    /// The symbol redrawn for the smallest sides, where the symbol itself does not hold at 16 pixels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub small: Option<Drawing>,
    /// Symbol and name as one closed figure; none where the name does not fit into it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub badge: Option<Drawing>,
    /// The name as outlines, the box tight around the ink.
    pub wordmark: Drawing,
    /// Where the baseline of the (last) line lies from the top of the wordmark's box, and the height of its capitals.
    pub baseline: f64,
    pub cap_height: f64,
    /// Clear space around every lockup, in units of the mark's side.
    pub clear_space: f64,
    /// What of the logo the clear space was measured from.
    #[serde(default, skip_serializing_if = "ClearFrom::is_share")]
    pub clear_from: ClearFrom,
    /// The smallest side at which the mark keeps its parts, measured.
    pub mark_px_min: u32,
    /// The smallest size of every lockup, measured.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub minimums: Vec<Minimum>,
    pub right_to_left: bool,
    /// How the mark was drawn, and how it can be drawn again; concepts of before do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recipe: Option<Recipe>,
    /// What the mark looks like from far away; concepts of before do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub silhouette: Option<Silhouette>,
    /// Where the mark was painted; nothing for a drawn one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub painted: Option<Origin>,
    pub checks: Vec<Check>,
}

/// One try at a mark: with the order and its design it decides every point of the drawing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Recipe {
    pub grammar: String,
    /// 0 for the first tries of a grammar in an order; more where those were not enough.
    pub round: u32,
    /// Which of the grammar's ideas, counted from the one that the name leads with.
    pub idea: u32,
    pub attempt: u32,
}

impl Concept {
    /// The document that holds concept number `rank`.
    #[must_use]
    pub fn document(rank: u32) -> String {
        format!("concept-{rank:02}.json")
    }

    /// The documents that hold concepts, by rank. There may be fewer than were ordered.
    #[must_use]
    pub fn documents(inputs: &[Document]) -> Vec<&Document> {
        let is_concept =
            |one: &&Document| one.kind == DocumentKind::Working && one.name.starts_with("concept-");
        let mut found: Vec<&Document> = inputs.iter().filter(is_concept).collect();
        found.sort_by(|a, b| a.name.cmp(&b.name));
        found
    }
}

/// What clear space is measured from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ClearFrom {
    /// A share of the mark's side: what older documents say.
    #[default]
    Share,
    /// Half the height of the letters beside the mark.
    Letters,
    /// The stroke that the mark is drawn with.
    Stroke,
}

impl ClearFrom {
    #[must_use]
    pub fn is_share(&self) -> bool {
        *self == Self::Share
    }
}

/// The smallest size of a lockup at which every part of it can still be seen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Minimum {
    /// `horizontal` and so on; also the first word of its files.
    pub lockup: String,
    /// Width and height on a screen, and in print.
    pub px: [u32; 2],
    pub mm: [f64; 2],
}

/// Flat shapes in a box from (0, 0) to (width, height), y downwards.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Drawing {
    pub width: f64,
    pub height: f64,
    pub shapes: Vec<Shape>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shape {
    pub fill: FillRole,
    /// SVG path data, absolute commands M L C Z only, numbers with at most two decimals, filled non-zero.
    pub path: String,
}

/// What a shape is, so that each colourway decides its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FillRole {
    /// The main part of the mark.
    Mark,
    /// Its second colour.
    Accent,
    /// The wordmark.
    Ink,
}
