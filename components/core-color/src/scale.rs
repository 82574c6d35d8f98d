//! Tonal scales: one hue in eleven even steps of lightness, through the colour itself.

use crate::palette_of::SCALE_STEPS;
use crate::space::{Oklch, chroma_max, from_oklch};
use core_brand::Rgb;
use core_brand::design::{Scale, ScaleStep};

/// Lightness of the first and the last step. Even steps between them give graphics on white from 500 on, text
/// from 600 on, and text between any two steps that lie seven apart; `measure::lattice` says so of each scale.
const TOP: f64 = 0.975;
const BOTTOM: f64 = 0.2;
const LAST: usize = SCALE_STEPS.len() - 1;
/// A mid tone of a colourful hue that is neither dull nor loud.
const BODY_LIGHTNESS: f64 = 0.6;
/// Below this a colour is a grey, and its scale stays one.
const GREY_CHROMA: f64 = 0.03;

/// The scale of a colour. A colour to keep takes the step nearest to it, and the others make room.
pub(crate) fn scale(id: &str, base: Oklch, keep: Option<Rgb>) -> Scale {
    let body = body_chroma(base);
    let place = keep.map(|rgb| (nearest_step(base.l), rgb));
    let lightness = lightness(place.map(|(index, _)| (index, base.l)));
    let steps = SCALE_STEPS.iter().zip(lightness).enumerate().map(|(index, (step, l))| {
        let rgb = match place {
            Some((own, rgb)) if own == index => rgb,
            _ => from_oklch(Oklch { l, c: body * fade(l) * pull(base, body, l), h: base.h }),
        };
        ScaleStep { step: *step, rgb }
    });
    Scale { id: id.to_owned(), steps: steps.collect() }
}

fn even(index: usize) -> f64 {
    TOP - (TOP - BOTTOM) * index as f64 / LAST as f64
}

fn nearest_step(lightness: f64) -> usize {
    let place = (TOP - lightness) / (TOP - BOTTOM) * LAST as f64;
    (place.round().max(0.0) as usize).min(LAST)
}

/// Even steps; through a given point even on either side of it.
fn lightness(through: Option<(usize, f64)>) -> [f64; SCALE_STEPS.len()] {
    let Some((own, at)) = through else { return std::array::from_fn(even) };
    let (top, bottom) = (if own == 0 { at } else { TOP }, if own == LAST { at } else { BOTTOM });
    std::array::from_fn(|index| {
        if index <= own {
            top + (at - top) * index as f64 / own.max(1) as f64
        } else {
            at + (bottom - at) * (index - own) as f64 / (LAST - own) as f64
        }
    })
}

/// How much of the body's chroma a lightness keeps: little in the tints, half in the darkest shade.
fn fade(lightness: f64) -> f64 {
    if lightness > BODY_LIGHTNESS {
        let way = (1.0 - lightness).max(0.0) / (1.0 - BODY_LIGHTNESS);
        libm::pow(way, 0.85)
    } else {
        0.25 + 0.75 * lightness / BODY_LIGHTNESS
    }
}

/// Lightness over which a colour of unusual chroma draws its neighbours along, so that none stands alone.
const REACH: f64 = 0.4;
/// A usual chroma this small says nothing about the colour.
const PULL_MIN: f64 = 0.01;

/// How much more or less chroma the neighbours of a colour get than is usual at their lightness.
fn pull(base: Oklch, body: f64, lightness: f64) -> f64 {
    let usual = body * fade(base.l);
    if usual < PULL_MIN {
        return 1.0;
    }
    let nearness = (1.0 - (lightness - base.l).abs() / REACH).max(0.0);
    1.0 + (base.c / usual - 1.0) * nearness
}

/// The chroma at mid lightness that belongs to a colour: its own, or for dark and light ones the same saturation.
fn body_chroma(base: Oklch) -> f64 {
    let shown = chroma_max(base.l, base.h).max(0.001);
    let saturated = (base.c / shown).min(1.0) * chroma_max(BODY_LIGHTNESS, base.h) * 0.8;
    if base.c < GREY_CHROMA { base.c } else { base.c.max(saturated.min(0.15)) }
}

/// A colour of a neutral scale by its lightness.
pub(crate) fn neutral(lightness: f64, chroma: f64, hue: f64) -> Rgb {
    from_oklch(Oklch::new(lightness, chroma, hue))
}
