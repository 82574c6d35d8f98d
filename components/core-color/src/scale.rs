//! Tonal scales: one hue in eleven steps, each with the contrast on white that its number promises.

use crate::palette_of::SCALE_STEPS;
use crate::space::{Oklch, Toward, chroma_max, contrast, from_oklch, reach};
use core_brand::Rgb;
use core_brand::design::{Scale, ScaleStep};

/// Contrast on white of each step. Even in perceived lightness; from 500 on good for graphics, from 600 on for text.
const RATIOS: [f64; 11] = [1.07, 1.25, 1.55, 2.0, 2.7, 3.75, 5.2, 7.3, 10.2, 13.6, 17.0];
/// A mid tone of a colourful hue that is neither dull nor loud.
const BODY_LIGHTNESS: f64 = 0.6;
/// Below this a colour is a grey, and its scale stays one.
const GREY_CHROMA: f64 = 0.03;

/// The scale of a colour. Where the colour itself lies close to a step, it becomes that step.
pub(crate) fn scale(id: &str, base: Oklch, keep: Option<Rgb>) -> Scale {
    let body = body_chroma(base);
    let mut steps: Vec<ScaleStep> = SCALE_STEPS
        .iter()
        .zip(RATIOS)
        .map(|(step, ratio)| ScaleStep { step: *step, rgb: step_of(base, body, ratio) })
        .collect();
    if let Some((index, rgb)) = keep.and_then(|rgb| Some((place_of(rgb)?, rgb))) {
        steps[index].rgb = rgb;
    }
    Scale { id: id.to_owned(), steps }
}

fn step_of(base: Oklch, body: f64, ratio: f64) -> Rgb {
    // A grey of this luminance has nearly the lightness wanted; from a little above it, walk down to the ratio.
    let lightness = libm::cbrt(1.05 / ratio - 0.05);
    let chroma = body * fade(lightness);
    let start = Oklch { l: (lightness + 0.06).min(0.999), c: chroma, h: base.h };
    reach(start, ratio, &[Rgb::WHITE], Toward::Black)
}

/// How much of the body's chroma a lightness keeps: little in the tints, half in the darkest shade.
fn fade(lightness: f64) -> f64 {
    if lightness > BODY_LIGHTNESS {
        let way = (1.0 - lightness) / (1.0 - BODY_LIGHTNESS);
        libm::pow(way, 0.85)
    } else {
        0.25 + 0.75 * lightness / BODY_LIGHTNESS
    }
}

/// The chroma at mid lightness that belongs to a colour: its own, or for dark and light ones the same saturation.
fn body_chroma(base: Oklch) -> f64 {
    let shown = chroma_max(base.l, base.h).max(0.001);
    let saturated = (base.c / shown).min(1.0) * chroma_max(BODY_LIGHTNESS, base.h) * 0.8;
    if base.c < GREY_CHROMA { base.c } else { base.c.max(saturated.min(0.15)) }
}

/// The step whose contrast this colour has, within a third of the way to its neighbours.
fn place_of(rgb: Rgb) -> Option<usize> {
    let ratio = contrast(rgb, Rgb::WHITE);
    (1..RATIOS.len() - 1).find(|index| {
        let below = RATIOS[*index] - (RATIOS[*index] - RATIOS[index - 1]) * 0.33;
        let above = RATIOS[*index] + (RATIOS[index + 1] - RATIOS[*index]) * 0.33;
        (below..=above).contains(&ratio)
    })
}

/// A colour of a neutral scale by its lightness.
pub(crate) fn neutral(lightness: f64, chroma: f64, hue: f64) -> Rgb {
    from_oklch(Oklch::new(lightness, chroma, hue))
}
