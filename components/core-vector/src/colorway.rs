//! The four ways a logo is coloured.

use core_brand::design::LogoColors;
use core_brand::{FillRole, Rgb};

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
}

impl Colorway {
    pub const ALL: [Self; 4] = [Self::Color, Self::Reversed, Self::Black, Self::White];

    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Color => "color",
            Self::Reversed => "reversed",
            Self::Black => "black",
            Self::White => "white",
        }
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
        }
    }

    /// The ground it is shown on; `None` for any light ground. Files have no ground of their own.
    #[must_use]
    pub fn ground(self, colors: &LogoColors) -> Option<Rgb> {
        match self {
            Self::Color | Self::Black => None,
            Self::Reversed | Self::White => Some(colors.ground_dark),
        }
    }
}
