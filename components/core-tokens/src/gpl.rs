//! A palette for GIMP, Inkscape and Krita.

use crate::names::head;
use crate::{File, Tokens};
use core_brand::{Fault, Rgb};
use std::fmt::Write;

pub(crate) fn files(tokens: &Tokens) -> Result<Vec<File>, Fault> {
    let name: String = tokens.name.chars().filter(|letter| !letter.is_control()).collect();
    let mut gpl = format!("GIMP Palette\nName: {name}\nColumns: 11\n# {}\n", head(tokens.name));
    for (id, rgb) in swatches(tokens) {
        // Writing to a String cannot fail.
        let _ = writeln!(gpl, "{}\t{id}", numbers(rgb));
    }
    Ok(vec![File::text("tokens/brand.gpl", "text/plain", gpl)])
}

pub(crate) fn spell(rgb: Rgb) -> Vec<u8> {
    format!("{}\t", numbers(rgb)).into_bytes()
}

/// Every colour with its dotted name.
pub(crate) fn swatches(tokens: &Tokens) -> Vec<(String, Rgb)> {
    let brand = tokens.brand.iter().map(|(id, _, rgb)| (format!("brand.{id}"), *rgb));
    let logo = tokens.logo.iter().map(|(part, rgb)| (format!("logo.{part}"), *rgb));
    let scales = tokens.scales.iter().flat_map(|scale| {
        scale.steps.iter().map(|step| (format!("scale.{}.{}", scale.id, step.step), step.rgb))
    });
    let themes = tokens
        .themes
        .iter()
        .flat_map(|theme| theme.roles.iter().map(|(role, rgb)| (format!("theme.{}.{role}", theme.id), *rgb)));
    brand.chain(logo).chain(scales).chain(themes).collect()
}

fn numbers(rgb: Rgb) -> String {
    format!("{:>3} {:>3} {:>3}", rgb.r, rgb.g, rgb.b)
}
