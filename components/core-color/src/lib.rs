//! From one colour to a palette whose contrasts are measured.
//!
//! Colours are made by contrast, not by lightness: each role names the ratio it needs, and the nearest colour of
//! its hue that reaches it is taken. Pure: every float goes through `libm`, every colour ends as eight bits a channel.
//!
//! **Law.** For every sRGB colour, every pair that a palette promises holds, no sight mixes up its states or its
//! chart colours, and a colour that a person gave stays as it is; kept by `build`, recomputed from the hex values
//! by other code in `tests/laws.rs` and `tests/sight.rs`.
//! **Absent.** Which hue suits whom (`core-graph`), names in a language (`core-words`), spot inks: their numbers
//! belong to others.

mod charts;
mod companions;
mod contrast;
mod difference;
mod logo;
mod matrix;
pub mod measure;
mod name;
mod palette_of;
mod print;
mod scale;
mod sight;
mod space;
mod theme;
mod wide;

pub use companions::Harmony;
pub use contrast::{Toward, contrast, reach};
pub use difference::difference;
pub use matrix::pairs_of_a_theme;
pub use name::{FAMILIES, NEUTRALS, PAPERS, TONES, ink_name, name, paper_name};
pub use palette_of::{Request, SCALE_STEPS, build};
pub use print::{INK_MAX, Press, press};
pub use sight::{Sight, seen, seen_difference};
pub use space::{Oklch, chroma_max, from_oklch, to_oklch};
pub use theme::{CHARTS, FILLS, GROUNDS, STATES, THEMES};
pub use wide::{Wide, richer};
