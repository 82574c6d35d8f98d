//! Themes: which colour plays which role, on light, on dark and with high contrast.

use crate::charts::Charts;
use crate::contrast::{Toward, contrast, reach, reads_on};
use crate::scale::neutral;
use crate::space::{Oklch, from_oklch, to_oklch};
use crate::wide::to_p3;
use core_brand::Rgb;
use core_brand::design::Theme;
use std::collections::BTreeMap;

/// What a role is worth on its grounds, a hair above the promise so that no rounding breaks it.
const TEXT: f64 = 12.0;
const TEXT_HIGH: f64 = 15.0;
const MUTED: f64 = 5.0;
const READABLE: f64 = 4.55;
const GRAPHIC: f64 = 3.05;
const HIGH: f64 = 7.05;
/// From here on a small step darker makes a colour readable.
const NEARLY_READABLE: f64 = 3.3;
/// Below this a colour is a grey, and a link in it would look like text.
pub(crate) const GREY_CHROMA: f64 = 0.04;

/// Below this on white a colour would lose its character on the way to a readable one (yellow turns to mud), so
/// the secondary speaks for it there, and the colour itself shows on dark and on tiles.
pub(crate) const TOO_LIGHT: f64 = 1.9;

pub(crate) const HIGH_CONTRAST: &str = "high-contrast";
/// Every theme there is.
pub const THEMES: [&str; 3] = ["light", "dark", HIGH_CONTRAST];
/// Grounds of a theme, first the one that most things lie on.
pub const GROUNDS: [&str; 3] = ["background", "surface", "surface-raised"];
/// Roles that something is written on.
pub const FILLS: [&str; 7] = ["primary", "secondary", "accent", "success", "warning", "danger", "info"];
/// What an interface says by colour.
pub const STATES: [&str; 4] = ["success", "warning", "danger", "info"];
/// Series of a chart, in the order of use.
pub const CHARTS: [&str; 8] =
    ["chart-1", "chart-2", "chart-3", "chart-4", "chart-5", "chart-6", "chart-7", "chart-8"];

/// Hue, then lightness and chroma in each theme, of the states: found like the chart colours, so that no sight
/// mixes two of them up.
const STATE_TONES: [(f64, [(f64, f64); THEMES.len()]); STATES.len()] = [
    (169.0, [(0.519, 0.101), (0.808, 0.161), (0.433, 0.084)]),
    (75.0, [(0.536, 0.113), (0.818, 0.160), (0.441, 0.093)]),
    (18.0, [(0.457, 0.151), (0.712, 0.182), (0.328, 0.131)]),
    (262.0, [(0.401, 0.126), (0.685, 0.165), (0.292, 0.135)]),
];

/// The brand's colours that a theme is made from.
pub(crate) struct Brand {
    pub(crate) primary: Rgb,
    pub(crate) secondary: Rgb,
    pub(crate) accent: Rgb,
    pub(crate) ink: Rgb,
    pub(crate) paper: Rgb,
    /// Chroma and hue of the neutrals.
    pub(crate) tint: (f64, f64),
}

/// The grounds of a theme, and what it asks of everything on them.
pub(crate) struct Stage {
    id: &'static str,
    pub(crate) grounds: [Rgb; 3],
    pub(crate) toward: Toward,
    text: f64,
    muted: f64,
    readable: f64,
    pub(crate) graphic: f64,
    /// Lightness from which text, muted text and border start.
    greys: [f64; 3],
    /// What is written on a fill where white is not.
    dark: Rgb,
}

impl Stage {
    fn light(brand: &Brand) -> Self {
        Self {
            id: THEMES[0],
            grounds: light_grounds(brand.tint),
            toward: Toward::Black,
            text: TEXT,
            muted: MUTED,
            readable: READABLE,
            graphic: GRAPHIC,
            greys: [to_oklch(brand.ink).l, 0.53, 0.68],
            dark: brand.ink,
        }
    }

    fn dark(brand: &Brand) -> Self {
        let (chroma, hue) = brand.tint;
        let grounds = [0.178, 0.222, 0.262].map(|lightness| neutral(lightness, chroma * 1.2, hue));
        let greys = [0.955, 0.74, 0.5];
        Self { id: THEMES[1], grounds, toward: Toward::White, greys, dark: grounds[0], ..Self::light(brand) }
    }

    /// On white, so that it also prints; every promise is 7:1.
    fn high_contrast(brand: &Brand) -> Self {
        let (chroma, hue) = brand.tint;
        Self {
            id: HIGH_CONTRAST,
            grounds: [Rgb::WHITE, neutral(0.985, chroma * 0.3, hue), Rgb::WHITE],
            text: TEXT_HIGH,
            muted: HIGH,
            readable: HIGH,
            graphic: HIGH,
            greys: [0.18, 0.4, 0.44],
            ..Self::light(brand)
        }
    }

    fn on_grounds(&self, color: Oklch, ratio: f64) -> Rgb {
        reach(color, ratio, &self.grounds, self.toward)
    }

    /// A fill that something reads on: moved on, where both white and the dark of the theme are too near.
    fn fill(&self, rgb: Rgb) -> Rgb {
        if reads_on(rgb, self.readable, &[Rgb::WHITE]) || reads_on(rgb, self.readable, &[self.dark]) {
            return rgb;
        }
        let other = if self.toward == Toward::Black { Rgb::WHITE } else { self.dark };
        reach(to_oklch(rgb), self.readable, &[other], self.toward)
    }
}

/// All themes of a brand.
pub(crate) fn themes(brand: &Brand) -> Vec<Theme> {
    let charts = Charts::of(brand);
    let stages = [Stage::light(brand), Stage::dark(brand), Stage::high_contrast(brand)];
    stages.iter().enumerate().map(|(index, stage)| theme(index, stage, brand, &charts)).collect()
}

fn light_grounds((chroma, hue): (f64, f64)) -> [Rgb; 3] {
    [paper((chroma, hue)), neutral(0.962, chroma * 0.6, hue), Rgb::WHITE]
}

/// White with a breath of the brand's hue.
pub(crate) fn paper((chroma, hue): (f64, f64)) -> Rgb {
    neutral(0.984, chroma * 0.3, hue)
}

/// A primary of our own choice, made to read as text on light where that takes a small step only.
pub(crate) fn settled(wanted: Oklch, tint: (f64, f64)) -> Rgb {
    let grounds = light_grounds(tint);
    let rgb = from_oklch(wanted);
    if reads_on(rgb, NEARLY_READABLE, &grounds) {
        reach(wanted, READABLE, &grounds, Toward::Black)
    } else {
        rgb
    }
}

fn theme(index: usize, stage: &Stage, brand: &Brand, charts: &Charts) -> Theme {
    let mut roles = BTreeMap::new();
    let mut set = |role: &str, rgb: Rgb| roles.insert(role.to_owned(), rgb);
    for (role, rgb) in GROUNDS.into_iter().zip(stage.grounds) {
        set(role, rgb);
    }
    let (chroma, hue) = brand.tint;
    let greys = [("text", stage.text), ("muted", stage.muted), ("border", stage.graphic)];
    for ((role, ratio), lightness) in greys.into_iter().zip(stage.greys) {
        set(role, stage.on_grounds(Oklch::new(lightness, chroma, hue), ratio));
    }
    if stage.id == THEMES[0] {
        set("text", brand.ink);
    }
    let accent = stage.fill(stage.on_grounds(to_oklch(brand.accent), stage.graphic));
    set("accent", accent);
    set("focus", accent);
    set("primary", stage.fill(stage.on_grounds(to_oklch(brand.primary), stage.readable)));
    set("secondary", stage.fill(stage.on_grounds(to_oklch(brand.secondary), stage.graphic)));
    set("link", stage.on_grounds(to_oklch(link(stage, brand)), stage.readable));
    for (role, (hue, tones)) in STATES.into_iter().zip(STATE_TONES) {
        let (l, c) = tones[index];
        set(role, stage.fill(stage.on_grounds(Oklch::new(l, c, hue), stage.readable)));
    }
    for (role, rgb) in CHARTS.into_iter().zip(charts.colors(index, stage)) {
        set(role, rgb);
    }
    let on_fills = FILLS.map(|role| (format!("on-{role}"), better_of(roles[role], stage.dark)));
    roles.extend(on_fills);
    let p3 = roles.iter().map(|(role, rgb)| (role.clone(), to_p3(*rgb))).collect();
    Theme { id: stage.id.to_owned(), roles, p3 }
}

/// The colour that links are made from: one that is told from text, and keeps its character.
fn link(stage: &Stage, brand: &Brand) -> Rgb {
    let is_too_light = contrast(brand.primary, Rgb::WHITE) < TOO_LIGHT;
    match () {
        () if to_oklch(brand.primary).c < GREY_CHROMA => brand.accent,
        () if stage.toward == Toward::Black && is_too_light => brand.secondary,
        () => brand.primary,
    }
}

/// White or this dark, whichever reads better; white where it reads at all.
pub(crate) fn better_of(fill: Rgb, dark: Rgb) -> Rgb {
    let on_white = contrast(fill, Rgb::WHITE);
    if on_white >= READABLE || on_white >= contrast(fill, dark) { Rgb::WHITE } else { dark }
}
