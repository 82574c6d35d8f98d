//! brand.yml, which Quarto, Shiny and their like read.

use crate::names::{head, quoted};
use crate::{File, Tokens};
use core_brand::Fault;
use std::fmt::Write;

/// The keys that the format knows, and the roles of our themes that fill them.
const ROLES: &[(&str, &str)] = &[
    ("foreground", "text"),
    ("background", "background"),
    ("primary", "primary"),
    ("secondary", "secondary"),
    ("tertiary", "accent"),
    ("success", "success"),
    ("info", "info"),
    ("warning", "warning"),
    ("danger", "danger"),
];

pub(crate) fn files(tokens: &Tokens) -> Result<Vec<File>, Fault> {
    let name: String = tokens.name.chars().filter(|letter| !letter.is_control()).collect();
    let mut yml = format!("# {}\nmeta:\n  name: {}\n", head(tokens.name), yaml(&name));
    if let Some(folder) = tokens.logos {
        yml.push_str(&logos(folder, &yaml(&name)));
    }
    yml.push_str("color:\n  palette:\n");
    // Writing to a String cannot fail, here and below.
    for (id, _, rgb) in &tokens.brand {
        let _ = writeln!(yml, "    brand-{id}: \"{rgb}\"");
    }
    for (key, role) in ROLES {
        // One value each: a reader of the format that knows no other form refuses the whole file.
        if let Some(light) = tokens.theme("light").and_then(|theme| theme.role(role)) {
            let _ = writeln!(yml, "  {key}: \"{light}\"");
        }
    }
    yml.push_str("typography:\n  fonts:\n");
    let mut families: Vec<&str> = tokens.fonts.iter().map(|(_, font)| font.family).collect();
    families.dedup();
    for family in families {
        let source = if tokens.logos.is_some() { "file" } else { "system" };
        let _ = writeln!(yml, "    - family: {}\n      source: {source}", quoted(family));
        if tokens.logos.is_some() {
            yml.push_str(&faces(tokens, family));
        }
    }
    for (key, id) in [("headings", "display"), ("base", "text")] {
        if let Some((_, font)) = tokens.fonts.iter().find(|(own, _)| *own == id) {
            let (family, style) = (quoted(font.family), font.style());
            let _ = writeln!(
                yml,
                "  {key}:\n    family: {family}\n    weight: {}\n    style: {style}",
                font.weight
            );
        }
    }
    Ok(vec![File::text("tokens/_brand.yml", "application/yaml", yml)])
}

/// The sizes that the format knows, and the lockups for them; each for a light and for a dark ground.
const LOGOS: &[(&str, &str)] = &[("small", "mark"), ("medium", "horizontal"), ("large", "stacked")];
const GROUNDS: &[(&str, &str)] = &[("light", "color"), ("dark", "reversed")];
/// Logos that are asked for by name.
const IMAGES: &[&str] =
    &["mark-black", "mark-white", "horizontal-black", "horizontal-white", "wordmark-color", "badge-color"];

/// Paths start at the file itself, which lies in `tokens/`.
fn logos(folder: &str, name: &str) -> String {
    let image = |file: &str| format!("{{path: {}, alt: {name}}}", yaml(&format!("../{folder}/{file}.svg")));
    let mut yml = String::from("logo:\n  images:\n");
    for file in IMAGES {
        // Writing to a String cannot fail, here and below.
        let _ = writeln!(yml, "    {file}: {}", image(file));
    }
    for (size, lockup) in LOGOS {
        let _ = writeln!(yml, "  {size}:");
        for (ground, colorway) in GROUNDS {
            let _ = writeln!(yml, "    {ground}: {}", image(&format!("{lockup}-{colorway}")));
        }
    }
    yml
}

/// The files of a family, which lie in the kit.
fn faces(tokens: &Tokens, family: &str) -> String {
    let mut yml = String::from("      files:\n");
    let mut known: Vec<&str> = Vec::new();
    for (_, font) in tokens.fonts.iter().filter(|(_, font)| font.family == family) {
        if known.contains(&font.file) {
            continue;
        }
        known.push(font.file);
        let (path, weight, style) = (yaml(&format!("../fonts/{}", font.file)), font.weight, font.style());
        // Writing to a String cannot fail.
        let _ = writeln!(yml, "        - path: {path}\n          weight: {weight}\n          style: {style}");
    }
    yml
}

/// Text between double quotes, where only quotes and backslashes are special.
fn yaml(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
