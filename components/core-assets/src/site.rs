//! The texts beside the icons: the manifest of the site and the lines for its head.

use crate::web::{Brand, ICONS_PX, LINK_PX, MASKABLE_PX};
use core_brand::{Document, Fault};
use core_vector::svg::escape;
use serde::Serialize;

/// Home screens cut longer names.
const SHORT_NAME_CHARS_MAX: usize = 12;

/// Field order is what a reader sees.
#[derive(Serialize)]
struct Manifest<'a> {
    name: &'a str,
    short_name: String,
    lang: &'a str,
    dir: &'a str,
    start_url: &'a str,
    display: &'a str,
    background_color: String,
    theme_color: String,
    icons: Vec<Icon>,
}

#[derive(Serialize)]
struct Icon {
    src: String,
    sizes: String,
    #[serde(rename = "type")]
    media_type: &'static str,
    purpose: &'static str,
}

pub(crate) fn manifest(brand: &Brand) -> Result<Document, Fault> {
    let mut icons: Vec<Icon> =
        ICONS_PX.iter().map(|px| icon(&format!("icon-{px}.png"), *px, "any")).collect();
    icons.push(icon("icon-maskable-512.png", MASKABLE_PX, "maskable"));
    let manifest = Manifest {
        name: &brand.name,
        short_name: short_name(&brand.name),
        lang: &brand.language,
        dir: if brand.right_to_left { "rtl" } else { "ltr" },
        start_url: "/",
        display: "standalone",
        background_color: brand.background.to_string(),
        theme_color: brand.primary.to_string(),
        icons,
    };
    let document = Document::json_file("web/site.webmanifest", &manifest)?;
    Ok(Document { media_type: "application/manifest+json".to_owned(), ..document })
}

/// The lines for the `<head>` of a page, for files at the root of the site.
pub(crate) fn head(brand: &Brand) -> Document {
    let (width, height) = LINK_PX;
    let (name, primary) = (escape(&brand.name), brand.primary);
    let text = format!(
        r#"<!-- Put the files of this folder at the root of the site. Services that show links want the whole address of og.png. -->
<link rel="icon" href="/favicon.ico" sizes="32x32">
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="apple-touch-icon" href="/apple-touch-icon.png">
<link rel="manifest" href="/site.webmanifest">
<meta name="theme-color" content="{primary}">
<meta property="og:site_name" content="{name}">
<meta property="og:image" content="/og.png">
<meta property="og:image:width" content="{width}">
<meta property="og:image:height" content="{height}">
<meta property="og:image:alt" content="{name}">
<meta name="twitter:card" content="summary_large_image">
"#
    );
    Document::file("web/head.html", "text/html", text.into_bytes())
}

fn icon(src: &str, px: u32, purpose: &'static str) -> Icon {
    Icon { src: src.to_owned(), sizes: format!("{px}x{px}"), media_type: "image/png", purpose }
}

/// As many whole words as fit; a long first word stays whole, because a cut name is no name.
fn short_name(name: &str) -> String {
    let mut short = String::new();
    for word in name.split(' ') {
        let length = short.chars().count() + 1 + word.chars().count();
        if !short.is_empty() && length > SHORT_NAME_CHARS_MAX {
            break;
        }
        if !short.is_empty() {
            short.push(' ');
        }
        short.push_str(word);
    }
    // A name does not end with the word that joins.
    short.trim_end_matches([' ', '&', '+', '-', ',']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_names_are_whole_words() {
        let cases = [
            ("Northwind Coffee", "Northwind"),
            ("Café Nord", "Café Nord"),
            ("Müller & Söhne", "Müller"),
            ("A B C D E F G H", "A B C D E F"),
            ("Donaudampfschiff", "Donaudampfschiff"),
        ];
        for (name, wanted) in cases {
            assert_eq!(short_name(name), wanted);
        }
    }
}
