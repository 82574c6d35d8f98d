//! Themes: which colour plays which role, on light and on dark.

use crate::scale::neutral;
use crate::space::{Oklch, Toward, contrast, from_oklch, reach, reads_on, to_oklch};
use core_brand::Rgb;
use core_brand::design::{Contrast, Theme};
use std::collections::BTreeMap;

/// What a role is worth on its grounds, a hair above the promise so that no rounding breaks it.
const TEXT: f64 = 12.0;
const MUTED: f64 = 5.0;
const READABLE: f64 = 4.55;
/// From here on a small step darker makes a colour readable.
const NEARLY_READABLE: f64 = 3.3;
const GRAPHIC: f64 = 3.05;
/// From here on a colour is a grey, and a link in it would look like text.
const GREY_CHROMA: f64 = 0.04;

/// Below this on white a colour would lose its character on the way to a readable one (yellow turns to mud), so
/// the secondary speaks for it there, and the colour itself shows on dark and on tiles.
pub(crate) const TOO_LIGHT: f64 = 1.9;

/// Grounds of a theme, first the one that most things lie on.
pub(crate) const GROUNDS: [&str; 3] = ["background", "surface", "surface-raised"];
const FILLS: [&str; 6] = ["primary", "secondary", "accent", "success", "warning", "danger"];

/// The promises: foreground, ratio. Each holds on every ground of its theme.
const PROMISES: &[(&str, f64)] = &[
    ("text", 7.0),
    ("muted", 4.5),
    ("link", 4.5),
    ("primary", 4.5),
    ("success", 4.5),
    ("warning", 4.5),
    ("danger", 4.5),
    ("secondary", 3.0),
    ("accent", 3.0),
    ("border", 3.0),
    ("focus", 3.0),
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

pub(crate) fn light(brand: &Brand) -> Theme {
    theme("light", brand, light_grounds(brand.tint), Toward::Black)
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

pub(crate) fn dark(brand: &Brand) -> Theme {
    let (chroma, hue) = brand.tint;
    let grounds = [0.178, 0.222, 0.262].map(|lightness| neutral(lightness, chroma * 1.2, hue));
    theme("dark", brand, grounds, Toward::White)
}

fn theme(id: &str, brand: &Brand, grounds: [Rgb; 3], toward: Toward) -> Theme {
    let (chroma, hue) = brand.tint;
    let is_light = toward == Toward::Black;
    let grey =
        |lightness: f64, ratio: f64| reach(Oklch::new(lightness, chroma, hue), ratio, &grounds, toward);
    let on_grounds = |rgb: Rgb, ratio: f64| reach(to_oklch(rgb), ratio, &grounds, toward);
    let status = |lightness: f64, chroma: f64, hue: f64| {
        reach(Oklch::new(lightness, chroma, hue), READABLE, &grounds, toward)
    };

    let primary = on_grounds(brand.primary, READABLE);
    let accent = fill(on_grounds(brand.accent, GRAPHIC), &grounds, brand, toward);
    let text = if is_light { brand.ink } else { grey(0.955, TEXT) };
    let link = match () {
        () if to_oklch(brand.primary).c < GREY_CHROMA => on_grounds(brand.accent, READABLE),
        () if is_light && contrast(brand.primary, Rgb::WHITE) < TOO_LIGHT => {
            on_grounds(brand.secondary, READABLE)
        }
        () => primary,
    };
    let bright = if is_light { 0.55 } else { 0.74 };
    let mut roles = BTreeMap::from([
        ("text", text),
        ("muted", if is_light { grey(0.53, MUTED) } else { grey(0.74, MUTED) }),
        ("border", if is_light { grey(0.68, GRAPHIC) } else { grey(0.5, GRAPHIC) }),
        ("primary", fill(primary, &grounds, brand, toward)),
        ("secondary", fill(on_grounds(brand.secondary, GRAPHIC), &grounds, brand, toward)),
        ("accent", accent),
        ("link", link),
        ("focus", accent),
        ("success", fill(status(bright, 0.13, 152.0), &grounds, brand, toward)),
        ("warning", fill(status(bright + 0.06, 0.125, 72.0), &grounds, brand, toward)),
        ("danger", fill(status(bright, 0.19, 25.0), &grounds, brand, toward)),
    ]);
    roles.extend(GROUNDS.into_iter().zip(grounds));
    let mut roles: BTreeMap<String, Rgb> =
        roles.into_iter().map(|(role, rgb)| (role.to_owned(), rgb)).collect();
    for role in FILLS {
        let on = on(roles[role], brand, grounds[0], is_light);
        roles.insert(format!("on-{role}"), on);
    }
    Theme { id: id.to_owned(), roles }
}

/// A fill that something reads on: moved on, where both white and the dark of the theme are too near.
fn fill(rgb: Rgb, grounds: &[Rgb], brand: &Brand, toward: Toward) -> Rgb {
    let dark = if toward == Toward::Black { brand.ink } else { grounds[0] };
    if reads_on(rgb, READABLE, &[Rgb::WHITE]) || reads_on(rgb, READABLE, &[dark]) {
        return rgb;
    }
    let other = if toward == Toward::Black { Rgb::WHITE } else { dark };
    reach(to_oklch(rgb), READABLE, &[other], toward)
}

/// What is written on a fill: white where it reads, else the dark of the theme.
fn on(fill: Rgb, brand: &Brand, ground: Rgb, is_light: bool) -> Rgb {
    let dark = if is_light { brand.ink } else { ground };
    better_of(fill, dark)
}

/// White or this dark, whichever reads better.
pub(crate) fn better_of(fill: Rgb, dark: Rgb) -> Rgb {
    let on_white = contrast(fill, Rgb::WHITE);
    if on_white >= READABLE || on_white >= contrast(fill, dark) { Rgb::WHITE } else { dark }
}

/// Every promised pair of a theme, measured.
pub(crate) fn contrasts(theme: &Theme) -> Vec<Contrast> {
    let on_grounds = PROMISES.iter().flat_map(|(role, ratio)| {
        GROUNDS.iter().map(move |ground| ((*role).to_owned(), (*ground).to_owned(), *ratio))
    });
    let on_fills = FILLS.iter().map(|role| (format!("on-{role}"), (*role).to_owned(), 4.5));
    on_grounds
        .chain(on_fills)
        .filter_map(|(front, back, ratio)| measured(theme, front, back, ratio))
        .collect()
}

fn measured(theme: &Theme, foreground: String, background: String, threshold: f64) -> Option<Contrast> {
    let ratio = contrast(theme.role(&foreground)?, theme.role(&background)?);
    let ratio = (ratio * 100.0).floor() / 100.0;
    Some(Contrast { theme: theme.id.clone(), foreground, background, ratio, threshold })
}
