//! The families: what is bundled, measured and licensed.

use crate::coverage::Coverage;
use crate::language::{exemplars, languages};
use core_brand::design::FontChoice;
use core_brand::fault::Code;
use core_brand::{Fault, FontKey};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// The axes of personality, each -2.0 to 2.0.
pub const AXES: [&str; 6] = ["warm", "classic", "playful", "premium", "quiet", "friend"];

/// The classes of faces. `display` faces have a voice too loud for any other class.
pub const CLASSES: [&str; 10] = [
    "grotesque",
    "geometric",
    "humanist",
    "rounded",
    "slab",
    "old-style",
    "transitional",
    "didone",
    "display",
    "mono",
];

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Family {
    pub name: String,
    /// The npm package that holds the files, and its exact version.
    pub package: String,
    pub version: String,
    /// One of `CLASSES`.
    pub class: String,
    /// SPDX identifier of the fonts.
    pub license: String,
    /// Whose it is, as the licence file says.
    pub notice: String,
    /// Where the family comes from, one phrase.
    pub note: String,
    pub scripts: Vec<String>,
    /// The script that it was made for; the others are guests.
    pub home: String,
    /// `display` for names and heads, `text` for running text.
    pub roles: Vec<String>,
    /// Families drawn as one system share this word; empty where there is none.
    pub system: String,
    /// Who drew it, where the licence says so and there are others by the same hand; else empty.
    pub hand: String,
    /// Personality by axis, set by hand.
    pub traits: BTreeMap<String, f64>,
    pub fonts: Vec<FontFile>,
    /// How the figures stand: one of `FIGURES`.
    pub figures: String,
    /// The languages whose letters every font of the family draws.
    pub languages: Vec<String>,
    /// The letters that every font of the family draws.
    pub coverage: Coverage,
}

/// One font file, measured. Lengths are in thousandths of an em.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FontFile {
    pub key: FontKey,
    /// Inside the npm package, such as `400Regular/Jost_400Regular.ttf`.
    pub path: String,
    pub sha256: String,
    pub bytes: u64,
    pub x_height: i32,
    pub cap_height: i32,
    pub ascender: i32,
    /// Negative: below the baseline.
    pub descender: i32,
    /// Thickness of the upright of the capital I.
    pub stem: i32,
    /// Mean advance of a to z.
    pub width: i32,
    /// Thick against thin in the o, in hundredths: 100 is a line of one thickness.
    pub contrast: i32,
    /// How much ink the two likest of I, l and 1 share, in thousandths: 1000 is the same letter.
    pub likeness: i32,
}

impl Family {
    /// Whether every letter of the text can be drawn.
    #[must_use]
    pub fn covers(&self, text: &str) -> bool {
        self.coverage.missing(text).is_empty()
    }

    /// The letters that cannot be drawn, each once, in order of appearance.
    #[must_use]
    pub fn missing(&self, text: &str) -> Vec<char> {
        self.coverage.missing(text)
    }

    /// Whether a book in this language can be set in it; of an unknown one, in the letters that all have.
    #[must_use]
    pub fn writes(&self, language: &str) -> bool {
        let is_known = languages().contains(&language);
        if is_known {
            self.languages.iter().any(|own| own == language)
        } else {
            self.covers(&exemplars(language))
        }
    }

    #[must_use]
    pub fn has_role(&self, role: &str) -> bool {
        self.roles.iter().any(|own| own == role)
    }

    /// The upright font of that weight.
    #[must_use]
    pub fn upright(&self, weight: u16) -> Option<&FontFile> {
        self.uprights().find(|font| font.key.weight == weight)
    }

    /// How much ink the two likest of I, l and 1 share at worst, in thousandths.
    #[must_use]
    pub fn likeness(&self) -> i32 {
        self.uprights().map(|font| font.likeness).max().unwrap_or_default()
    }

    /// The upright fonts, lightest first.
    pub fn uprights(&self) -> impl Iterator<Item = &FontFile> {
        self.fonts.iter().filter(|font| !font.key.italic)
    }
}

/// All families, in the order of their names.
#[must_use]
pub fn families() -> &'static [Family] {
    static FAMILIES: OnceLock<Vec<Family>> = OnceLock::new();
    // `tests/families.rs` proves that the committed text reads; there is no caller who could mend it.
    FAMILIES.get_or_init(|| serde_json::from_str(include_str!("../data/families.json")).unwrap_or_default())
}

#[must_use]
pub fn family(name: &str) -> Option<&'static Family> {
    families().iter().find(|family| family.name == name)
}

#[must_use]
pub fn font_file(key: &FontKey) -> Option<&'static FontFile> {
    family(&key.family)?.fonts.iter().find(|font| font.key == *key)
}

/// A font as a design names it.
pub fn choice(key: &FontKey) -> Result<FontChoice, Fault> {
    let missing = || Fault::new(Code::FontMissing, [("font", key.to_string())]);
    let family = family(&key.family).ok_or_else(missing)?;
    let font = font_file(key).ok_or_else(missing)?;
    Ok(FontChoice {
        key: key.clone(),
        class: family.class.clone(),
        license: family.license.clone(),
        file: font.path.rsplit('/').next().unwrap_or(&font.path).to_owned(),
        sha256: font.sha256.clone(),
        x_height: font.x_height,
        cap_height: font.cap_height,
        stem: font.stem,
        width: font.width,
        contrast: font.contrast,
        likeness: font.likeness,
        weights: family.uprights().map(|font| font.key.weight).collect(),
        figures: family.figures.clone(),
    })
}
