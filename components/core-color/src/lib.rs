//! From one colour to a palette whose contrasts are measured.
//!
//! Colours are made by contrast, not by lightness: each role names the ratio it needs, and the nearest colour of
//! its hue that reaches it is taken. Pure: every float goes through `libm`, every colour ends as eight bits a channel.
//!
//! **Law.** For every sRGB colour, every pair that a palette promises holds, and a colour that a person gave stays
//! as it is; kept by `build`, recomputed from the hex values by other code in `tests/laws.rs`.
//! **Absent.** Which hue suits whom (`core-graph`), names in a language (`core-words`), print colours.

mod companions;
mod logo;
mod name;
mod palette_of;
mod scale;
mod space;
mod theme;

pub use companions::Harmony;
pub use name::{FAMILIES, NEUTRALS, PAPERS, TONES, ink_name, name, paper_name};
pub use palette_of::{Request, SCALE_STEPS, build};
pub use space::{Oklch, Toward, chroma_max, contrast, difference, from_oklch, reach, to_oklch};
