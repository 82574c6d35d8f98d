//! The six ways a logo is coloured.

use core_brand::design::LogoColors;
use core_brand::{FillRole, Rgb};
use core_color::contrast;

/// Greys stand out from white at least this well: what WCAG 2.2 asks of graphics, and enough to spare for papers
/// that are not quite white.
const GREY_MIN: f64 = 3.5;
/// Two greys side by side are told apart at a glance from about this ratio on (heuristic).
const GREY_STEP: f64 = 1.7;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Colorway {
    /// In brand colours, for light grounds.
    Color,
    /// In brand colours, for the dark ground of the brand.
    Reversed,
    /// One colour, for fax, stamp and engraving.
    Black,
    /// One colour, for dark grounds and photographs.
    White,
    /// Everything in the one colour of the mark, for one ink that is not black.
    Mono,
    /// In greys as light as the colours are, for newspapers and copies.
    Grey,
}

impl Colorway {
    pub const ALL: [Self; 6] =
        [Self::Color, Self::Reversed, Self::Black, Self::White, Self::Mono, Self::Grey];

    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Color => "color",
            Self::Reversed => "reversed",
            Self::Black => "black",
            Self::White => "white",
            Self::Mono => "mono",
            Self::Grey => "grey",
        }
    }

    /// Whether it is the same whatever the brand's colours are.
    #[must_use]
    pub fn is_plain(self) -> bool {
        matches!(self, Self::Black | Self::White)
    }

    /// The colour of a part.
    #[must_use]
    pub fn color(self, role: FillRole, colors: &LogoColors) -> Rgb {
        match (self, role) {
            (Self::Color, FillRole::Mark) => colors.mark,
            (Self::Color, FillRole::Accent) => colors.accent,
            (Self::Color, FillRole::Ink) => colors.ink,
            (Self::Reversed, FillRole::Mark) => colors.mark_on_dark,
            (Self::Reversed, FillRole::Accent) => colors.accent_on_dark,
            (Self::Reversed, FillRole::Ink) => colors.ink_on_dark,
            (Self::Black, _) => Rgb::BLACK,
            (Self::White, _) => Rgb::WHITE,
            (Self::Mono, _) => colors.mark,
            (Self::Grey, FillRole::Ink) => grey(colors.ink),
            (Self::Grey, role) => {
                let [mark, accent] = greys(colors);
                if role == FillRole::Mark { mark } else { accent }
            }
        }
    }

    /// The ground it is shown on; `None` for any light ground. Files have no ground of their own.
    #[must_use]
    pub fn ground(self, colors: &LogoColors) -> Option<Rgb> {
        match self {
            Self::Color | Self::Black | Self::Mono | Self::Grey => None,
            Self::Reversed | Self::White => Some(colors.ground_dark),
        }
    }
}

/// Mark and accent as greys: as light as they are, dark enough for white, and never so near that they run together.
fn greys(colors: &LogoColors) -> [Rgb; 2] {
    let [mark, accent] = [grey(colors.mark), grey(colors.accent)];
    if contrast(mark, accent) >= GREY_STEP {
        return [mark, accent];
    }
    let mark_is_darker = contrast(colors.mark, Rgb::WHITE) >= contrast(colors.accent, Rgb::WHITE);
    let (dark, light) = if mark_is_darker { (mark, accent) } else { (accent, mark) };
    // Half of the missing step to each side, as far as each can go.
    let missing = (GREY_STEP / contrast(dark, light)).sqrt();
    let most = contrast(Rgb::BLACK, Rgb::WHITE) / GREY_STEP;
    let light = with_contrast((contrast(light, Rgb::WHITE) / missing).clamp(GREY_MIN, most));
    let dark = with_contrast(contrast(light, Rgb::WHITE) * GREY_STEP);
    if mark_is_darker { [dark, light] } else { [light, dark] }
}

/// The grey that is as light as a colour, or the lightest that white carries.
fn grey(color: Rgb) -> Rgb {
    with_contrast(contrast(color, Rgb::WHITE).max(GREY_MIN))
}

/// The lightest grey with at least this contrast to white.
fn with_contrast(ratio: f64) -> Rgb {
    let grey = |level: u8| Rgb::new(level, level, level);
    let (mut dark, mut light) = (0_u8, u8::MAX);
    while light - dark > 1 {
        let middle = dark + (light - dark) / 2;
        if contrast(grey(middle), Rgb::WHITE) >= ratio { dark = middle } else { light = middle }
    }
    grey(dark)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colors(mark: &str, accent: &str) -> LogoColors {
        let of = |text: &str| Rgb::parse(text).unwrap();
        LogoColors {
            mark: of(mark),
            accent: of(accent),
            ink: of("#14211c"),
            ground_dark: of("#10241d"),
            mark_on_dark: of("#7fd1b0"),
            accent_on_dark: of("#ff9d5c"),
            ink_on_dark: Rgb::WHITE,
            on_primary: Rgb::WHITE,
        }
    }

    #[test]
    fn greys_stay_apart_and_stand_out() {
        let cases = [
            ("#1f5f4a", "#c2571a"),
            ("#949494", "#949494"),
            ("#000000", "#000000"),
            ("#767676", "#747474"),
            ("#d0021b", "#0a58ca"),
            ("#ff7f00", "#e07020"),
            ("#111111", "#333333"),
        ];
        for (mark, accent) in cases {
            let colors = colors(mark, accent);
            let [mark, accent] =
                [FillRole::Mark, FillRole::Accent].map(|role| Colorway::Grey.color(role, &colors));
            assert!(contrast(mark, accent) >= GREY_STEP - 0.03, "{mark} {accent}");
            for grey in [mark, accent, Colorway::Grey.color(FillRole::Ink, &colors)] {
                assert!(contrast(grey, Rgb::WHITE) >= 3.0 && grey.r == grey.g && grey.g == grey.b, "{grey}");
            }
        }
    }

    #[test]
    fn one_colour_is_one_colour() {
        let colors = colors("#1f5f4a", "#c2571a");
        for colorway in [Colorway::Black, Colorway::White, Colorway::Mono] {
            let of = |role| colorway.color(role, &colors);
            assert!(of(FillRole::Mark) == of(FillRole::Accent) && of(FillRole::Mark) == of(FillRole::Ink));
        }
        let ids: std::collections::BTreeSet<_> = Colorway::ALL.into_iter().map(Colorway::id).collect();
        assert_eq!(ids.len(), 6);
    }
}
