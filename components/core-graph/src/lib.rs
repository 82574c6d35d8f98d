//! The brand knowledge graph: industries, styles, traits, and the path behind each answer.
//!
//! Pure: the nodes are JSON files compiled in, written for review; queries are arithmetic over words.
//!
//! **Law.** Every edge leads to a node, carries a weight in range and names its evidence, and every node can be
//! reached; kept by `tests/graph.rs`.
//! **Absent.** Colours (`core-color`), faces (`core-typography`), sentences (`core-words`), the choice itself
//! (`core-design`).

mod data;
mod industry;
mod style;
mod word;

pub use data::{
    AXES, Edge, Evidence, GRAMMARS, HARMONIES, Hue, Industry, MOTIFS, Style, TYPES, Traits, evidence, hue,
    hues, industries, styles,
};
pub use industry::{GENERAL, IndustryAnswer, industry};
pub use style::{STYLE_FALLBACK, StyleAnswer, style};
