//! The brand knowledge graph: industries, styles, characters, traits, and the path behind each answer.
//!
//! Pure: the nodes are JSON files written for review, read and checked when this crate is built; questions are
//! arithmetic over words and over a net of weighted edges. A graph is a value: the base, or the base with overlays.
//!
//! **Law.** Every edge leads to a node, carries a weight in range and names its evidence, and every node can be
//! reached: kept by `check`, which the build asks of `data/` and `overlay` of every overlay; each fault is planted
//! in `tests/faults.rs`.
//! **Absent.** Colours (`core-color`), faces (`core-typography`), sentences (`core-words`), the choice itself
//! (`core-design`).

mod check;
mod graph;
mod industry;
mod linked;
mod net;
mod node;
mod overlay;
mod source;
mod style;
mod word;

pub use check::{EDGES_MIN, Finding, MOTIFS_MAX, Rule, check};
pub use graph::{Applied, Graph, evidence, hues, industries, styles};
pub use industry::{ALTERNATIVES_MAX, Alternative, IndustryAnswer, industry};
pub use net::{Answer, Kind, Link};
pub use node::{
    AXES, Archetype, COLORS, Culture, Custom, Edge, Evidence, Form, GENERAL, GRADES, GRAMMARS, HARMONIES,
    Hue, Industry, MOTIFS, Motif, STYLE_FALLBACK, Said, Style, Synonyms, TYPES, Traits, TypeClass,
};
pub use overlay::{NODES_MAX, OVERLAY_BYTES_MAX, OVERLAY_FORMAT};
pub use source::Source;
pub use style::{StyleAnswer, style};
