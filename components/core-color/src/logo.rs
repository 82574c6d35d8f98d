//! The colours that logos are drawn in.

use crate::contrast::{Toward, contrast, reach};
use crate::space::{Oklch, from_oklch, to_oklch};
use crate::theme::{Brand, GREY_CHROMA, TOO_LIGHT, better_of};
use core_brand::Rgb;
use core_brand::design::LogoColors;

const GRAPHIC: f64 = 3.05;
/// On the dark ground a mark shines or it is not there: what just reaches the least contrast is murky.
const GRAPHIC_DARK: f64 = 5.2;
/// A brand of black and grey is near white there, as black is on paper.
const GREY_DARK: f64 = 12.0;

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
    LogoColors {
        mark: on_light(if is_too_light { brand.secondary } else { brand.primary }),
        accent: on_light(brand.accent),
        ink: brand.ink,
        ground_dark,
        mark_on_dark: on_dark(brand.primary),
        accent_on_dark: on_dark(brand.accent),
        ink_on_dark: Rgb::WHITE,
        on_primary: better_of(brand.primary, brand.ink),
    }
}
