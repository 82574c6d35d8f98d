//! A graph ready to be asked: the base, or the base with overlays.

use crate::net::Net;
use crate::node::{Evidence, Hue, Industry, Style};
use crate::source::Source;
use crate::word::fold;
use core_brand::content::sha256_hex;
use core_brand::{Fault, broken};
use std::sync::LazyLock;

/// An overlay that is part of a graph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    pub name: String,
    pub version: String,
    /// Of the document.
    pub sha256: String,
}

/// Nodes and edges, with everything that questions need at hand.
#[derive(Clone, Debug)]
pub struct Graph {
    pub(crate) source: Source,
    pub(crate) net: Net,
    /// The words for industries and styles, folded once.
    pub(crate) industry_names: Vec<Name>,
    pub(crate) style_names: Vec<Name>,
    version: String,
    overlays: Vec<Applied>,
}

/// A word for a node.
#[derive(Clone, Debug)]
pub(crate) struct Name {
    /// Its place in the list of its kind.
    pub(crate) node: usize,
    pub(crate) word: String,
    pub(crate) folded: String,
}

static BASE: LazyLock<Result<Graph, String>> = LazyLock::new(|| {
    let source = serde_json::from_str(include_str!(concat!(env!("OUT_DIR"), "/graph.json")));
    let source = source.map_err(|why| why.to_string())?;
    Graph::of(source, Vec::new()).map_err(|why| why.to_string())
});

impl Graph {
    /// The graph that is compiled in.
    pub fn base() -> Result<&'static Self, Fault> {
        BASE.as_ref().map_err(|why| broken!("the brand graph cannot be read: {why}"))
    }

    /// A graph of a document that was checked.
    pub(crate) fn of(source: Source, overlays: Vec<Applied>) -> Result<Self, Fault> {
        let text = serde_json::to_string(&source).map_err(|why| broken!("the brand graph: {why}"))?;
        let industry_names = names(source.industries.iter().map(Industry::words));
        let style_names = names(source.styles.iter().map(Style::words));
        let net = Net::of(&source);
        Ok(Self { net, industry_names, style_names, version: sha256_hex(text.as_bytes()), overlays, source })
    }

    /// The hash of everything it says: two graphs with one version give the same answers.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The overlays it was made with, in their order.
    #[must_use]
    pub fn overlays(&self) -> &[Applied] {
        &self.overlays
    }

    /// All of it, as a document.
    #[must_use]
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// A region of colour by id.
    pub fn hue(&self, id: &str) -> Result<&Hue, Fault> {
        let found = self.source.hues.iter().find(|hue| hue.id == id);
        found.ok_or_else(|| broken!("no hue `{id}` in the brand graph"))
    }

    /// What stands behind an edge.
    pub fn evidence(&self, id: &str) -> Result<&Evidence, Fault> {
        let found = self.source.evidence.iter().find(|evidence| evidence.id == id);
        found.ok_or_else(|| broken!("no evidence `{id}` in the brand graph"))
    }
}

fn names<'a>(nodes: impl Iterator<Item = impl Iterator<Item = &'a str>>) -> Vec<Name> {
    let named = |(node, words): (usize, _)| {
        let name = move |word: &str| Name { node, word: word.to_owned(), folded: fold(word) };
        Iterator::map(words, name)
    };
    nodes.enumerate().flat_map(named).collect()
}

/// What stands behind an edge of the base.
pub fn evidence(id: &str) -> Result<&'static Evidence, Fault> {
    Graph::base()?.evidence(id)
}

/// All industries of the base, by id. Empty only if the compiled-in document were broken, which the build rules out.
#[must_use]
pub fn industries() -> &'static [Industry] {
    Graph::base().map(|graph| graph.source.industries.as_slice()).unwrap_or_default()
}

/// All styles of the base.
#[must_use]
pub fn styles() -> &'static [Style] {
    Graph::base().map(|graph| graph.source.styles.as_slice()).unwrap_or_default()
}

/// All regions of colour of the base.
#[must_use]
pub fn hues() -> &'static [Hue] {
    Graph::base().map(|graph| graph.source.hues.as_slice()).unwrap_or_default()
}
