//! Type families with measured metrics, pairing rules, shaping and outlines.
//!
//! Pure: which families there are is committed data; the bytes of a font come in through `core_brand::Studio`.
//!
//! **Law.** Every figure in `data/families.json` is what `measure` says of the pinned file; kept by
//! `tests/families.rs`, which also writes the figures when run with `IMPRINT_ACCEPT=1`.
//! **Law.** A name that passes `check_setting` gets a pair whose faces both hold all its letters and those of the
//! language; kept by `tests/pairs.rs`.
//! **Absent.** Sizes and scales (`core-design`), drawing names as marks (`core-logo`), font files (fetched by
//! `cargo xtask setup` into a cache).

mod bidi;
mod coverage;
mod cut;
mod face;
mod family;
mod language;
mod licence;
mod measure;
mod name;
mod pair;
mod rule;

pub use bidi::is_right_to_left;
pub use coverage::Coverage;
pub use face::{Face, Glyph, Line};
pub use family::{AXES, CLASSES, Family, FontFile, choice, families, family, font_file};
pub use language::{exemplars, fine_marks, languages};
pub use licence::{licence_text, shelf};
pub use measure::{FIGURES, Measured, measure};
pub use name::{check_name, check_setting};
pub use pair::{Pair, pair};
pub use rule::{
    LIKENESS_AIM, LIKENESS_MAX, RULES, WEIGHTS_AIM, WEIGHTS_MIN, X_HEIGHT_MAX, X_HEIGHT_MIN, X_HEIGHT_NEAR,
    x_height_ratio,
};
