//! The mark as a pattern behind things: so near to its ground that it does not compete. One measure for screens, print and
//! whoever has to know which colours a kit holds.

use crate::design::Palette;
use crate::rgb::Rgb;

/// How far a pattern stands from its ground, and its accent, in parts of the way to what is read on that ground.
pub const TONE: f64 = 0.09;
pub const TONE_ACCENT: f64 = 0.15;
/// On paper it is fainter: letters are written over it.
pub const TONE_PAPER: f64 = 0.05;

/// A colour that a pattern may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tone {
    pub id: String,
    pub ground: Rgb,
    pub rgb: Rgb,
}

/// Every tone that a pattern of a kit may have.
#[must_use]
pub fn tones(palette: &Palette) -> Vec<Tone> {
    let logo = &palette.logo;
    let mut grounds = vec![("dark", logo.ground_dark, logo.ink_on_dark, TONE)];
    if let Some(primary) = palette.swatch("primary").map(|swatch| swatch.rgb) {
        // In print the other colour is paper or plain black.
        let over = [logo.on_primary, Rgb::WHITE, Rgb::BLACK];
        grounds.extend(over.map(|over| ("primary", primary, over, TONE)));
        grounds.push(("paper", Rgb::WHITE, primary, TONE_PAPER));
    }
    grounds.push(("dark", logo.ground_dark, Rgb::WHITE, TONE));
    let of = |(id, ground, over, tone): (&str, Rgb, Rgb, f64)| {
        [(tone, ""), (tone * TONE_ACCENT / TONE, "-accent")].map(|(share, part)| Tone {
            id: format!("pattern.{id}{part}"),
            ground,
            rgb: ground.mix(over, share),
        })
    };
    grounds.into_iter().flat_map(of).collect()
}
