//! The colours that logos are drawn in.

use crate::contrast::{Toward, contrast, reach};
use crate::space::{Oklch, from_oklch, hue_gap, to_oklch, turn};
use crate::theme::{Brand, GREY_CHROMA, TOO_LIGHT, better_of};
use core_brand::Rgb;
use core_brand::design::LogoColors;

const GRAPHIC: f64 = 3.05;
/// On the dark ground a mark shines or it is not there: what just reaches the least contrast is murky.
const GRAPHIC_DARK: f64 = 5.2;
/// A brand of black and grey is near white there, as black is on paper.
const GREY_DARK: f64 = 12.0;
/// The second depth of a mark on the dark ground: told apart from the first.
const TONE_DARK: f64 = 9.5;
/// Hues of pinks and purples, and from where on two hues are opposite.
const SHRILL: std::ops::RangeInclusive<f64> = 285.0..=360.0;
const OPPOSITE: f64 = 55.0;
/// From here on a mark is light enough for a deeper second depth; how far that is away.
const TONE_TURN: f64 = 0.5;
const TONE_STEP: f64 = 0.2;

pub(crate) fn logo(brand: &Brand) -> LogoColors {
    let light = [Rgb::WHITE, brand.paper];
    let (_, hue) = brand.tint;
    let ground_dark = from_oklch(Oklch::new(0.225, to_oklch(brand.primary).c.min(0.04), hue));
    let on_light = |rgb: Rgb| reach(to_oklch(rgb), GRAPHIC, &light, Toward::Black);
    let on_dark = |rgb: Rgb| {
        let ratio = if to_oklch(rgb).c < GREY_CHROMA { GREY_DARK } else { GRAPHIC_DARK };
        reach(to_oklch(rgb), ratio, &[ground_dark], Toward::White)
    };
    let is_too_light = contrast(brand.primary, Rgb::WHITE) < TOO_LIGHT;
    let mark = on_light(if is_too_light { brand.secondary } else { brand.primary });
    let accent = if clashes(mark, brand.accent) { tone(mark) } else { brand.accent };
    LogoColors {
        mark,
        accent: on_light(accent),
        ink: brand.ink,
        ground_dark,
        mark_on_dark: on_dark(brand.primary),
        accent_on_dark: if accent == brand.accent {
            on_dark(accent)
        } else {
            reach(to_oklch(accent), TONE_DARK, &[ground_dark], Toward::White)
        },
        ink_on_dark: Rgb::WHITE,
        on_primary: better_of(brand.primary, brand.ink),
    }
}

/// Pinks and purples beside what is opposite them are shrill where they touch, as they do in a mark.
fn clashes(mark: Rgb, accent: Rgb) -> bool {
    let (mark, accent) = (to_oklch(mark), to_oklch(accent));
    let is_shrill = |hue: f64| SHRILL.contains(&turn(hue));
    mark.c >= GREY_CHROMA && is_shrill(mark.h) != is_shrill(accent.h) && hue_gap(mark.h, accent.h) >= OPPOSITE
}

/// A second depth of the same hue: deeper for what is light, lighter for what is deep.
fn tone(mark: Rgb) -> Rgb {
    let own = to_oklch(mark);
    let l = if own.l >= TONE_TURN { own.l - TONE_STEP } else { own.l + TONE_STEP };
    from_oklch(Oklch { l, ..own })
}
