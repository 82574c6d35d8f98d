//! What can be measured about a palette: the figures behind its checks, each from the colours as written.

use crate::contrast::contrast;
use crate::sight::{Sight, seen_difference};
use crate::space::{hue_gap, to_oklch};
use core_brand::design::{Palette, Scale, Theme};

/// Below this a hue is not seen, and the rounding to eight bits turns it about.
const HUE_CHROMA: f64 = 0.04;

/// The smallest step of lightness in a scale; above zero, each step is darker than the one before.
#[must_use]
pub fn least_step(scale: &Scale) -> f64 {
    steps(scale).into_iter().fold(f64::MAX, f64::min)
}

/// How uneven the steps of lightness are: their standard deviation over their mean.
#[must_use]
pub fn unevenness(scale: &Scale) -> f64 {
    let steps = steps(scale);
    let count = steps.len().max(1) as f64;
    let mean = steps.iter().sum::<f64>() / count;
    let variance = steps.iter().map(|step| (step - mean) * (step - mean)).sum::<f64>() / count;
    variance.sqrt() / mean
}

fn steps(scale: &Scale) -> Vec<f64> {
    let lightness: Vec<f64> = scale.steps.iter().map(|step| to_oklch(step.rgb).l).collect();
    lightness.windows(2).map(|pair| pair[0] - pair[1]).collect()
}

/// The most that two steps of a scale differ in hue, in degrees, where they have one.
#[must_use]
pub fn hue_drift(scale: &Scale) -> f64 {
    let colors = scale.steps.iter().map(|step| to_oklch(step.rgb)).filter(|color| color.c >= HUE_CHROMA);
    let hues: Vec<f64> = colors.map(|color| color.h).collect();
    let gaps = hues.iter().flat_map(|a| hues.iter().map(|b| hue_gap(*a, *b)));
    gaps.fold(0.0, f64::max)
}

/// The least contrast between any two steps that lie this many places apart.
#[must_use]
pub fn lattice(scale: &Scale, places: usize) -> f64 {
    let pairs = scale.steps.iter().zip(scale.steps.iter().skip(places));
    pairs.map(|(light, dark)| contrast(light.rgb, dark.rgb)).fold(f64::MAX, f64::min)
}

/// The least CIEDE2000 between any two of these roles, as this sight sees them.
#[must_use]
pub fn least_apart(theme: &Theme, roles: &[&str], sight: Sight) -> f64 {
    let colors: Vec<_> = roles.iter().filter_map(|role| theme.role(role)).collect();
    let pairs = colors.iter().enumerate().flat_map(|(at, a)| colors[at + 1..].iter().map(move |b| (*a, *b)));
    pairs.map(|(a, b)| seen_difference(a, b, sight)).fold(f64::MAX, f64::min)
}

/// How far a role's hue turns between two themes, in degrees; 0 where one of them has no hue.
#[must_use]
pub fn hue_turn(palette: &Palette, role: &str, [one, other]: [&str; 2]) -> f64 {
    let color = |theme: &str| palette.theme(theme).and_then(|theme| theme.role(role)).map(to_oklch);
    match (color(one), color(other)) {
        (Some(a), Some(b)) if a.c >= HUE_CHROMA && b.c >= HUE_CHROMA => hue_gap(a.h, b.h),
        _ => 0.0,
    }
}

/// The least ratio of a theme's pairs that are meant for text (`text`) or for anything else (`ui`).
#[must_use]
pub fn least_contrast(palette: &Palette, theme: &str, is_meant: impl Fn(&str, &str) -> bool) -> f64 {
    let pairs = palette.contrasts.iter().filter(|pair| pair.theme == theme);
    pairs
        .filter(|pair| is_meant(&pair.foreground, &pair.kind))
        .map(|pair| pair.ratio)
        .fold(f64::MAX, f64::min)
}
