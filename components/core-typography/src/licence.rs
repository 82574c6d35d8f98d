//! What the fonts may be used for, and the texts that say so.

use crate::family::{Family, family};
use core_brand::content::sha256_hex;
use core_brand::design::{FontChoice, FontLicense};

/// The only licence that bundled fonts have; `tests/families.rs` compares it with the file of each package.
const OFL: &str = include_str!("../data/OFL-1.1.txt");

/// What the SIL Open Font License lets everybody do with an unchanged font. A font may not be sold by itself.
const USES: [&str; 6] = ["outline", "print", "web", "app", "pdf", "redistribute"];

/// The text that must go with the fonts of a family.
#[must_use]
pub fn licence_text(family: &Family) -> String {
    format!("{}\n\n{OFL}", family.notice)
}

/// The families behind some fonts, each once, with what goes with them.
#[must_use]
pub fn shelf(choices: &[&FontChoice]) -> Vec<FontLicense> {
    let mut shelf: Vec<FontLicense> = Vec::new();
    for choice in choices {
        let is_new = shelf.iter().all(|other| other.family != choice.key.family);
        shelf.extend(family(&choice.key.family).filter(|_| is_new).map(entry));
    }
    shelf
}

fn entry(family: &Family) -> FontLicense {
    let text = licence_text(family);
    FontLicense {
        family: family.name.clone(),
        spdx: family.license.clone(),
        notice: family.notice.clone(),
        reserved: family.notice.contains("Reserved Font Name"),
        file: format!("fonts/{}-OFL.txt", family.name.to_lowercase().replace(' ', "-")),
        sha256: sha256_hex(text.as_bytes()),
        uses: USES.map(str::to_owned).into(),
    }
}
