//! The three files that say what a kit is: `brand.json`, `report.json`, `manifest.json`.

use crate::brief::Order;
use crate::check::Check;
use crate::concept::{ClearFrom, Concept, Minimum, Recipe};
use crate::design::Design;
use crate::painting::{Missed, Origin};
use crate::silhouette::Silhouette;
use crate::step::Document;
use serde::{Deserialize, Serialize};

/// What was decided and why, and enough to make the same kit again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BrandFile {
    pub format: u32,
    /// 1 for a kit that was made, one more with each time it is remade.
    #[serde(default = "first", skip_serializing_if = "is_first")]
    pub revision: u32,
    /// Brief, seed, number of concepts and version: the same order gives the same bytes.
    pub order: Order,
    pub design: DesignFile,
    pub concepts: Vec<ConceptFile>,
    /// Concepts that were wished for and are not here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missed: Vec<Missed>,
}

impl BrandFile {
    pub const PATH: &str = "brand.json";
}

/// The design, of its checks only the warnings: all of them stand in the report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DesignFile(pub Design);

/// A concept without its outlines, which stand in the SVG files.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConceptFile {
    pub id: String,
    pub rank: u32,
    pub grammar: String,
    pub title: String,
    pub idea: String,
    pub folder: String,
    pub clear_space: f64,
    #[serde(default, skip_serializing_if = "ClearFrom::is_share")]
    pub clear_from: ClearFrom,
    pub mark_px_min: u32,
    /// How the mark was drawn: what `imprint more` goes on from. Kits of before do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recipe: Option<Recipe>,
    /// What the mark looks like from far away: what `unlike` of another order takes. Kits of before do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub silhouette: Option<Silhouette>,
    /// What painted the mark, from which words; nothing for a drawn one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub painted: Option<Origin>,
    /// Whether there is a drawing of the mark for the smallest sides.
    #[serde(default)]
    pub small: bool,
    #[serde(default)]
    pub minimums: Vec<Minimum>,
    /// What was measured on it; the report says more.
    #[serde(default)]
    pub measures: Vec<Measure>,
}

/// A check in short: `logo.1-orbit.balance` of the report is `balance` here.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measure {
    pub id: String,
    pub measured: f64,
    pub threshold: f64,
    pub passed: bool,
}

impl Measure {
    fn of(check: &Check, prefix: &str) -> Self {
        let id = check.id.strip_prefix(prefix).unwrap_or(&check.id).to_owned();
        Self { id, measured: check.measured, threshold: check.threshold, passed: check.passed }
    }
}

impl ConceptFile {
    #[must_use]
    pub fn of(concept: &Concept) -> Self {
        let prefix = format!("logo.{}.", concept.id);
        Self {
            id: concept.id.clone(),
            rank: concept.rank,
            grammar: concept.grammar.clone(),
            title: concept.title.clone(),
            idea: concept.idea.clone(),
            folder: format!("logos/{}", concept.id),
            clear_space: concept.clear_space,
            clear_from: concept.clear_from,
            mark_px_min: concept.mark_px_min,
            recipe: concept.recipe.clone(),
            silhouette: concept.silhouette,
            painted: concept.painted.clone(),
            small: concept.small.is_some(),
            minimums: concept.minimums.clone(),
            measures: concept.checks.iter().map(|check| Measure::of(check, &prefix)).collect(),
        }
    }
}

/// Every check of the kit with what was measured and the threshold. No overall score: it would hide what matters.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReportFile {
    pub format: u32,
    pub version: String,
    pub gates_failed: u32,
    pub warnings: u32,
    pub checks: Vec<Check>,
}

impl ReportFile {
    pub const PATH: &str = "report.json";
}

/// Every other file of the kit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ManifestFile {
    pub format: u32,
    pub version: String,
    /// As in the brand file.
    #[serde(default = "first", skip_serializing_if = "is_first")]
    pub revision: u32,
    /// The SHA-256 of the manifest of the revision before, which lies in `revisions/`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous: Option<String>,
    pub files: Vec<FileEntry>,
}

impl ManifestFile {
    pub const PATH: &str = "manifest.json";
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FileEntry {
    pub path: String,
    pub sha256: String,
    pub bytes: u64,
    pub media_type: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
    /// SPDX identifier, where a file is under the licence of somebody else. All other files are the brand's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licence: Option<String>,
}

impl FileEntry {
    /// A file without a licence of its own.
    #[must_use]
    pub fn of(document: &Document) -> Self {
        let content = document.content();
        Self {
            path: document.name.clone(),
            sha256: content.sha256,
            bytes: content.bytes,
            media_type: document.media_type.clone(),
            width: document.pixels.map(|pixels| pixels.width),
            height: document.pixels.map(|pixels| pixels.height),
            licence: None,
        }
    }
}

fn first() -> u32 {
    1
}

// Serde hands the field by reference; the signature is its own.
#[allow(clippy::trivially_copy_pass_by_ref, reason = "the signature is serde's")]
fn is_first(revision: &u32) -> bool {
    *revision == 1
}
