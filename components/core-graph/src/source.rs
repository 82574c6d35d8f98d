//! A whole graph as a document: what the files of `data/` say together.

use crate::node::{Archetype, Culture, Evidence, Form, Hue, Industry, Motif, Style, TypeClass};
use serde::{Deserialize, Serialize};

/// Every node by kind. The order of hues, styles and forms is theirs; industries stand by id.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    pub industries: Vec<Industry>,
    pub styles: Vec<Style>,
    pub hues: Vec<Hue>,
    pub archetypes: Vec<Archetype>,
    pub shapes: Vec<Form>,
    pub motifs: Vec<Motif>,
    pub types: Vec<TypeClass>,
    pub cultures: Vec<Culture>,
    pub evidence: Vec<Evidence>,
}

impl Source {
    /// Reads files by what their names begin with: `industries-making-1.json` holds industries.
    pub fn read<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, String> {
        let mut source = Self::default();
        for (name, text) in files {
            source.add(name, text).map_err(|why| format!("data/{name}: {why}"))?;
        }
        source.industries.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(source)
    }

    fn add(&mut self, name: &str, text: &str) -> Result<(), String> {
        fn more<'a, T: Deserialize<'a>>(list: &mut Vec<T>, text: &'a str) -> Result<(), String> {
            list.extend(serde_json::from_str::<Vec<T>>(text).map_err(|why| why.to_string())?);
            Ok(())
        }
        match name.split(['-', '.']).next().unwrap_or_default() {
            "industries" => more(&mut self.industries, text),
            "styles" => more(&mut self.styles, text),
            "hues" => more(&mut self.hues, text),
            "archetypes" => more(&mut self.archetypes, text),
            "shapes" => more(&mut self.shapes, text),
            "motifs" => more(&mut self.motifs, text),
            "types" => more(&mut self.types, text),
            "cultures" => more(&mut self.cultures, text),
            "evidence" => more(&mut self.evidence, text),
            other => Err(format!("`{other}` is no kind of node")),
        }
    }
}
