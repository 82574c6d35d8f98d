//! Names of colours: a family of hue and a tone, as the id of a word.

use crate::space::{Oklch, chroma_max, to_oklch};
use core_brand::Rgb;

/// Hue families in the order of the circle; `brown` is a dark, `rose` a light of its neighbours.
pub const FAMILIES: &[&str] = &[
    "red",
    "vermilion",
    "orange",
    "amber",
    "yellow",
    "lime",
    "green",
    "emerald",
    "teal",
    "azure",
    "blue",
    "indigo",
    "violet",
    "magenta",
    "rose",
    "brown",
];
pub const TONES: &[&str] = &["deep", "muted", "clear", "light"];
/// Greys, dark to light.
pub const NEUTRALS: &[&str] = &["black", "graphite", "grey", "silver", "white"];
/// Papers and inks have names of their own, by temperature.
pub const PAPERS: &[&str] = &["warm", "fresh", "cool", "blush", "plain"];

/// Where a family begins, in degrees of OKLCH hue.
const BEGINS: &[(f64, &str)] = &[
    (14.0, "red"),
    (34.0, "vermilion"),
    (48.0, "orange"),
    (68.0, "amber"),
    (92.0, "yellow"),
    (114.0, "lime"),
    (136.0, "green"),
    (156.0, "emerald"),
    (176.0, "teal"),
    (215.0, "azure"),
    (248.0, "blue"),
    (272.0, "indigo"),
    (292.0, "violet"),
    (318.0, "magenta"),
    (350.0, "rose"),
];
const GREY_CHROMA: f64 = 0.022;
/// Less than this share of the chroma that can be shown is muted.
const MUTED: f64 = 0.5;

/// `deep-blue`, `graphite`: the id of a colour's name.
#[must_use]
pub fn name(rgb: Rgb) -> String {
    let color = to_oklch(rgb);
    if color.c < GREY_CHROMA {
        let index = [0.18, 0.45, 0.7, 0.94].iter().filter(|bound| color.l > **bound).count();
        return NEUTRALS[index].to_owned();
    }
    let is_brown = color.l < 0.58 && color.c < 0.13 && (34.0..92.0).contains(&color.h);
    let family = if is_brown { "brown" } else { family(color.h) };
    format!("{}-{family}", tone(color, is_brown))
}

fn family(hue: f64) -> &'static str {
    BEGINS.iter().rev().find(|(begins, _)| hue >= *begins).map_or("rose", |(_, family)| family)
}

fn tone(color: Oklch, is_brown: bool) -> &'static str {
    match color.l {
        l if l < 0.42 => "deep",
        l if l > 0.78 => "light",
        l if !is_brown && color.c < MUTED * chroma_max(l, color.h) => "muted",
        _ => "clear",
    }
}

/// `ink-cool`.
#[must_use]
pub fn ink_name(rgb: Rgb) -> String {
    format!("ink-{}", temperature(rgb))
}

/// `paper-warm`.
#[must_use]
pub fn paper_name(rgb: Rgb) -> String {
    format!("paper-{}", temperature(rgb))
}

fn temperature(rgb: Rgb) -> &'static str {
    let color = to_oklch(rgb);
    match color.h {
        _ if color.c < 0.002 => "plain",
        h if (35.0..115.0).contains(&h) => "warm",
        h if (115.0..200.0).contains(&h) => "fresh",
        h if (200.0..310.0).contains(&h) => "cool",
        _ => "blush",
    }
}
