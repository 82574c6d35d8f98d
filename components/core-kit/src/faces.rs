//! The font files of the brand as they came, each family with its licence.

use core_brand::check::{Check, Comparison, Severity};
use core_brand::content::sha256_hex;
use core_brand::design::FontChoice;
use core_brand::{Design, Document, Fault, Studio, broken};
use core_typography::{family, licence_text};

/// Fonts may be handed on with their licence only, so that a design from before the ledger ships none.
pub(crate) fn documents(design: &Design, studio: &dyn Studio) -> Result<Vec<Document>, Fault> {
    let mut documents = Vec::new();
    let mut shipped = 0;
    for line in &design.typography.licenses {
        let family = family(&line.family).ok_or_else(|| broken!("{} is not a family", line.family))?;
        let text = licence_text(family);
        if sha256_hex(text.as_bytes()) == line.sha256 {
            shipped += 1;
        }
        documents.push(Document::file(&line.file, "text/plain", text.into_bytes()));
        for font in fonts(design, &line.family) {
            let bytes = studio.font(&font.key)?;
            documents.push(Document::file(format!("fonts/{}", font.file), "font/ttf", bytes));
        }
    }
    documents
        .push(Document::working("checks-fonts.json", &[check(shipped, design.typography.licenses.len())])?);
    Ok(documents)
}

/// The fonts of a family, each once.
fn fonts<'a>(design: &'a Design, family: &str) -> Vec<&'a FontChoice> {
    let faces = &design.typography;
    let mut fonts: Vec<&FontChoice> = Vec::new();
    for font in [&faces.display, &faces.text, &faces.strong] {
        if font.key.family == family && fonts.iter().all(|other| other.key != font.key) {
            fonts.push(font);
        }
    }
    fonts
}

fn check(shipped: usize, of: usize) -> Check {
    let message = format!("{shipped} of {of} licences of the ledger lie beside their fonts, word for word.");
    Check::new(
        "fonts.licences",
        Severity::Gate,
        shipped as f64,
        Comparison::Equal,
        of as f64,
        "files",
        message,
    )
}
