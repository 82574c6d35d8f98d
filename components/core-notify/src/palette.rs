//! The colours of a mail, from four of a brand: what a brand gave stays where it can be read, and is moved where it cannot.

use crate::matter::Colors;
use core_brand::Rgb;
use core_color::{Oklch, Toward, contrast, from_oklch, reach, to_oklch};

/// Contrasts after WCAG 2.2: of text that is read, of quiet text, of what can be pressed.
pub(crate) const TEXT: f64 = 7.0;
pub(crate) const QUIET: f64 = 4.5;
pub(crate) const SHAPE: f64 = 3.0;
/// How quiet text is, and how faint a line, on the way to the ground.
const SOFT_SHARE: f64 = 0.36;
const LINE_SHARE: f64 = 0.86;
/// How far the page is from the sheet that lies on it.
const PAGE_SHARE: f64 = 0.05;
/// Lightness of the sheet and of the page where a screen is dark, the most colour they have, and the least that is one.
const DARK_SHEET: f64 = 0.225;
const DARK_PAGE: f64 = 0.165;
const DARK_CHROMA_MAX: f64 = 0.018;
const DARK_CHROMA_MIN: f64 = 0.004;
const DARK_TEXT: f64 = 0.95;

/// Of a mail about no brand: those of our page.
const OURS: Colors = Colors {
    primary: Rgb::new(0xf8, 0xad, 0x2c),
    on_primary: Rgb::new(0x26, 0x1c, 0x0e),
    surface: Rgb::new(0xfc, 0xf9, 0xf6),
    text: Rgb::new(0x26, 0x1c, 0x0e),
};

/// A mail in light and in the dark.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Palette {
    /// The field of the title.
    pub(crate) field: Rgb,
    pub(crate) on_field: Rgb,
    pub(crate) light: Scheme,
    pub(crate) dark: Scheme,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Scheme {
    pub(crate) page: Rgb,
    pub(crate) sheet: Rgb,
    pub(crate) text: Rgb,
    pub(crate) soft: Rgb,
    pub(crate) line: Rgb,
    pub(crate) button: Rgb,
    pub(crate) on_button: Rgb,
}

impl Palette {
    pub(crate) fn of(colors: Option<Colors>) -> Self {
        let colors = colors.unwrap_or(OURS);
        let field = colors.primary;
        // Where the brand's own pair cannot be read its text comes first, a made colour last.
        let known =
            [colors.on_primary, colors.text].into_iter().find(|color| contrast(*color, field) >= QUIET);
        let on_field = known.unwrap_or_else(|| readable(colors.on_primary, field, QUIET));
        // The dark is that of the paper, or of the brand where the paper is white.
        let (paper, own) = (to_oklch(colors.surface), to_oklch(colors.primary));
        let tint = if paper.c >= DARK_CHROMA_MIN { paper } else { own };
        let dark = |l: f64| from_oklch(Oklch::new(l, tint.c.min(DARK_CHROMA_MAX), tint.h));
        let sheet = dark(DARK_SHEET);
        Self {
            field,
            on_field,
            light: Scheme::of(
                colors.surface.mix(colors.text, PAGE_SHARE),
                colors.surface,
                colors.text,
                (field, on_field),
            ),
            dark: Scheme::of(dark(DARK_PAGE), sheet, dark(DARK_TEXT), (field, on_field)),
        }
    }
}

impl Scheme {
    fn of(page: Rgb, sheet: Rgb, text: Rgb, (field, on_field): (Rgb, Rgb)) -> Self {
        let text = readable(text, sheet, TEXT);
        // A button that does not stand out from the sheet is no button.
        let (button, on_button) = match contrast(field, sheet) >= SHAPE {
            true => (field, on_field),
            false => (text, sheet),
        };
        // It stands on the sheet and on the page.
        let soft = readable(readable(text.mix(sheet, SOFT_SHARE), sheet, QUIET), page, QUIET);
        let soft = if contrast(soft, sheet) >= QUIET { soft } else { text };
        Self { page, sheet, text, soft, line: text.mix(sheet, LINE_SHARE), button, on_button }
    }
}

/// The colour, or the nearest of its hue that can be read on this ground.
fn readable(color: Rgb, ground: Rgb, ratio: f64) -> Rgb {
    if contrast(color, ground) >= ratio {
        return color;
    }
    let toward = if contrast(Rgb::BLACK, ground) >= contrast(Rgb::WHITE, ground) {
        Toward::Black
    } else {
        Toward::White
    };
    reach(to_oklch(color), ratio, &[ground], toward)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Corners and middles of the cube of colours.
    fn samples() -> Vec<Rgb> {
        let levels = [0_u8, 64, 119, 128, 200, 255];
        let all = levels.iter().flat_map(|r| levels.iter().map(move |g| (*r, *g)));
        all.flat_map(|(r, g)| levels.iter().map(move |b| Rgb::new(r, g, *b))).collect()
    }

    #[test]
    fn everything_can_be_read_whatever_a_brand_gave() {
        for (index, primary) in samples().into_iter().enumerate() {
            let all = samples();
            let other = |step: usize| all[(index * step + step) % all.len()];
            let colors = Colors { primary, on_primary: other(7), surface: other(13), text: other(29) };
            let palette = Palette::of(Some(colors));
            assert!(contrast(palette.on_field, palette.field) >= QUIET, "{colors:?}");
            for scheme in [palette.light, palette.dark] {
                // A middle grey has no colour of 7 to 1 on it: then black or white is the best there is.
                let best = contrast(Rgb::BLACK, scheme.sheet).max(contrast(Rgb::WHITE, scheme.sheet));
                assert!(contrast(scheme.text, scheme.sheet) >= TEXT.min(best), "{colors:?} {scheme:?}");
                assert!(contrast(scheme.soft, scheme.sheet) >= QUIET, "{colors:?} {scheme:?}");
                assert!(contrast(scheme.on_button, scheme.button) >= QUIET, "{colors:?} {scheme:?}");
                assert!(contrast(scheme.button, scheme.sheet) >= SHAPE, "{colors:?} {scheme:?}");
            }
        }
    }

    #[test]
    fn a_brand_that_can_be_read_stays_as_it_is() {
        let palette = Palette::of(Some(OURS));
        assert_eq!((palette.field, palette.on_field), (OURS.primary, OURS.on_primary));
        assert_eq!((palette.light.sheet, palette.light.text), (OURS.surface, OURS.text));
        // Amber on paper is no button, and on a dark sheet it is.
        assert_eq!((palette.light.button, palette.dark.button), (OURS.text, OURS.primary));
    }
}
