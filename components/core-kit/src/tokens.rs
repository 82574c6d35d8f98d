//! The token files of a kit, and the check that every colour stands in them.

use core_brand::brief::{Complexity, Order};
use core_brand::check::{Check, Comparison, Severity};
use core_brand::{Design, Document, Fault};
use core_tokens::{FORMATS, Format, Tokens, formats};
use serde::{Deserialize, Serialize};

/// What the tokens know of the kit around them.
#[derive(Serialize, Deserialize)]
pub(crate) struct About {
    pub(crate) complexity: Complexity,
    /// The folder of the recommended concept.
    pub(crate) logos: String,
}

/// The files of every format that a kit of this size holds.
pub(crate) fn documents(name: &str, design: &Design, about: &About) -> Result<Vec<Document>, Fault> {
    let tokens = Tokens::of(name, design).with_logos(&about.logos);
    let (mut documents, mut checks) = (Vec::new(), Vec::new());
    for format in formats(about.complexity) {
        let files = format.files(&tokens)?;
        checks.push(check(format, format.stated(&tokens, &files)));
        documents.extend(files.into_iter().map(|file| Document::file(file.path, file.media, file.bytes)));
    }
    documents.push(Document::working("checks-tokens.json", &checks)?);
    Ok(documents)
}

/// The token files of a design by path, for a caller that wants no whole kit; those that are text.
pub fn token_files(order: &Order, design: &Design) -> Result<Vec<(String, String)>, Fault> {
    let tokens = Tokens::of(&order.brief.company_name, design);
    let mut found = Vec::new();
    for format in FORMATS {
        let texts = format.files(&tokens)?.into_iter();
        found.extend(texts.filter_map(|file| Some((file.path, String::from_utf8(file.bytes).ok()?))));
    }
    Ok(found)
}

fn check(format: &Format, (stated, all): (usize, usize)) -> Check {
    let share = if all == 0 { 100.0 } else { 100.0 * stated as f64 / all as f64 };
    let message = format!("{stated} of {all} colours that the format holds stand in its files.");
    let id = format!("tokens.{}.colors", format.id);
    Check::new(id, Severity::Gate, share, Comparison::AtLeast, 100.0, "%", message)
}
