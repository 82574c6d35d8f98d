//! How a coding assistant uses this kit: rules and values, in English, in one file that such tools look for.

use crate::book::CASES;
use crate::brand::Brand;
use core_brand::kit::FileEntry;
use core_brand::{Rgb, VERSION};
use std::fmt::Write;

pub(crate) const PATH: &str = "AGENTS.md";

/// What each case of the quick reference is, for a reader of code.
const CASES_SAID: &[(&str, &str)] = &[
    ("page", "pages, letters and slides on a light ground"),
    ("dark", "the dark ground of the brand"),
    ("narrow", "places with height and little width"),
    ("profile", "avatars, app icons, favicons"),
    ("one-color", "one-colour print"),
    ("photo", "photographs and strong colours"),
];
/// Token files, and who wants them.
const TOKENS: &[(&str, &str)] = &[
    ("tokens/brand.css", "plain CSS: custom properties with light, dark and high-contrast themes"),
    ("tokens/tailwind.css", "Tailwind 4"),
    ("tokens/tailwind.preset.cjs", "Tailwind 3"),
    ("tokens/brand.mjs", "JavaScript and TypeScript"),
    ("tokens/brand.scss", "Sass"),
    ("tokens/brand.less", "Less"),
    ("tokens/brand.tokens.json", "Design Tokens 2025.10, everything in one file"),
    ("tokens/brand.resolver.json", "Design Tokens 2025.10 with a resolver for the themes"),
    ("tokens/_brand.yml", "Quarto and Shiny"),
    ("tokens/compose/Brand.kt", "Jetpack Compose"),
    ("tokens/swift/Brand.swift", "SwiftUI"),
    ("tokens/flutter/brand.dart", "Flutter"),
];

/// Files that people hand on, and to whom.
const OTHERS: &[(&str, &str)] = &[
    ("index.pdf", "which file for what, on one page"),
    ("email/signature.html", "signature of mails; its placeholders are to be replaced"),
    ("print/business-card.pdf", "two sides with trim, bleed and marks; its placeholders are to be replaced"),
    ("print/letterhead.pdf", "first and following sheet"),
    ("print/envelope.pdf", "front and back"),
];

/// The file for a kit that holds these others.
pub(crate) fn write(brand: &Brand, files: &[FileEntry]) -> String {
    let has = |path: &str| files.iter().any(|entry| entry.path == path);
    let mut text = format!(
        "# Brand of {}\n\nMade by Imprint {VERSION}. Use the files and values below as they are. The whole truth is `brand.json`; what was \
         measured is `report.json`; every file with its hash is `manifest.json`.\n\n## Logo\n\nNever redraw, retype, stretch, \
         recolour, outline or crop the logo. Take the file for the ground it stands on:\n\n",
        name(brand)
    );
    // Writing to a String cannot fail, here and below.
    for (case, lockup, colorway) in CASES {
        let path = format!("logos/{}/{}-{}.svg", brand.logo().id, lockup.id(), colorway.id());
        let said = CASES_SAID.iter().find(|(id, _)| *id == case);
        if let Some((_, said)) = said.filter(|_| has(&path)) {
            let _ = writeln!(text, "- `{path}`: {said}");
        }
    }
    let logo = brand.logo();
    let _ = writeln!(
        text,
        "\nKeep {:.0} % of the mark's height free on every side. Never show the mark below {} px.\n\n## Colour\n\n\
         Never write a hex value into code: use the tokens by role. A colour without a role here is not of this brand.\n",
        logo.clear_space * 100.0,
        logo.mark_px_min
    );
    for swatch in &brand.design.palette.swatches {
        let _ = writeln!(text, "- `{}` is `{}`, {} % of a usual layout", swatch.id, swatch.rgb, swatch.share);
    }
    text.push_str("\nText and its ground are pairs that were measured. The least contrast (WCAG 2.2) of the pairs in use:\n\n");
    text.push_str(&pairs(brand));
    let typography = &brand.design.typography;
    let _ = writeln!(
        text,
        "\n## Type\n\n- Headings: {} {}\n- Text: {} {}, emphasis {}\n",
        typography.display.key.family,
        typography.display.key.weight,
        typography.text.key.family,
        typography.text.key.weight,
        typography.strong.key.weight
    );
    for size in &typography.sizes {
        let _ =
            writeln!(text, "- `{}`: {:.2} px, line height {:.2}", size.role, size.size_px, size.line_height);
    }
    text.push_str("\nThe font files lie in `fonts/` with their licences; ship the licence with the font.\n\n## Tokens\n\n");
    for (path, whom) in TOKENS.iter().filter(|(path, _)| has(path)) {
        let _ = writeln!(text, "- `{path}`: {whom}");
    }
    text.push_str("\n## Print and mail\n\nDo not edit the PDF files: they are what a printer gets.\n\n");
    for (path, whom) in OTHERS.iter().filter(|(path, _)| has(path)) {
        let _ = writeln!(text, "- `{path}`: {whom}");
    }
    text
}

/// The light theme's promised text pairs, by role.
fn pairs(brand: &Brand) -> String {
    let mut text = String::new();
    let wanted = |pair: &&core_brand::design::Contrast| {
        pair.theme == "light"
            && pair.kind == "text"
            && (pair.background == "background" || pair.foreground.starts_with("on-"))
    };
    for pair in brand.design.palette.contrasts.iter().filter(wanted) {
        let hex = |role: &str| brand.role("light", role).unwrap_or(Rgb::BLACK);
        let (front, ground) = (&pair.foreground, &pair.background);
        let _ =
            writeln!(text, "- `{front}` ({}) on `{ground}` ({}): {:.2}", hex(front), hex(ground), pair.ratio);
    }
    text
}

/// A name is data: it must not read as part of the instructions.
fn name(brand: &Brand) -> String {
    let plain: String =
        brand.name().chars().filter(|letter| !letter.is_control() && *letter != '`').collect();
    format!("`{plain}`")
}
