//! What a choice means where the language of the brief is spoken.

use core_brand::{Fault, Rgb};
use core_color::to_oklch;
use core_graph::{Custom, Graph};
use core_words::Words;

/// How much a custom counts beside the wishes of industry and style.
const CUSTOM_SHARE: f64 = 0.15;
/// Lighter is white, darker is black, more chroma is neither.
const WHITE: f64 = 0.95;
const BLACK: f64 = 0.25;
const GREY_CHROMA: f64 = 0.03;

/// The customs that touch a brief.
pub(crate) struct Customs<'a> {
    found: Vec<&'a Custom>,
}

impl<'a> Customs<'a> {
    pub(crate) fn of(graph: &'a Graph, language: &str, industry: &str) -> Self {
        let culture = graph.source().cultures.iter().find(|culture| culture.id == language);
        let customs = culture.into_iter().flat_map(|culture| &culture.notes);
        let touches = |custom: &&Custom| {
            custom.industries.is_empty() || custom.industries.iter().any(|id| id == industry)
        };
        Self { found: customs.filter(touches).collect() }
    }

    /// What speaks for a node, or against it, by itself.
    pub(crate) fn weight(&self, node: &str) -> f64 {
        let alone = self.found.iter().filter(|custom| custom.beside.is_none() && custom.to == node);
        alone.map(|custom| CUSTOM_SHARE * custom.weight).sum()
    }

    /// Sentences about what was chosen against a custom, with the ids of the notes; each once.
    pub(crate) fn warnings(
        &self,
        chosen: &[String],
        color: &str,
        words: &Words,
    ) -> Result<Vec<(String, String)>, Fault> {
        let mut said: Vec<(String, String)> = Vec::new();
        let is_chosen = |node: &String| chosen.contains(node);
        for custom in &self.found {
            let meets = is_chosen(&custom.to) && custom.beside.as_ref().is_none_or(is_chosen);
            let Some(note) = custom.note.as_ref().filter(|_| meets && custom.weight < 0.0) else { continue };
            let key = format!("design-culture-{note}");
            // An overlay may name a note that no catalogue has.
            if !words.knows(&key) || said.iter().any(|(known, _)| known == note) {
                continue;
            }
            said.push((note.clone(), words.say(&key, &[("color", color)])?));
        }
        Ok(said)
    }
}

/// White and black, which are no regions of hue.
pub(crate) fn plain(rgb: Rgb) -> Option<&'static str> {
    let color = to_oklch(rgb);
    match color.l {
        _ if color.c >= GREY_CHROMA => None,
        l if l >= WHITE => Some("color:white"),
        l if l <= BLACK => Some("color:black"),
        _ => None,
    }
}
