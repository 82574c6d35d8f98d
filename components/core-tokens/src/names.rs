//! Names and numbers as the platforms spell them.

use core_brand::{Rgb, VERSION};

/// `on-primary` as `onPrimary`.
pub(crate) fn camel(parts: &[&str]) -> String {
    let mut out = String::new();
    for word in parts.iter().flat_map(|part| part.split('-')) {
        if out.is_empty() { out.push_str(word) } else { out.push_str(&capital(word)) }
    }
    out
}

/// `on-primary` as `OnPrimary`.
pub(crate) fn pascal(parts: &[&str]) -> String {
    parts.iter().flat_map(|part| part.split('-')).map(capital).collect()
}

/// `on-primary` as `on_primary`.
pub(crate) fn snake(parts: &[&str]) -> String {
    parts.join("_").replace('-', "_")
}

/// Six upper-case digits.
pub(crate) fn digits(rgb: Rgb) -> String {
    format!("{:02X}{:02X}{:02X}", rgb.r, rgb.g, rgb.b)
}

/// The first line of files that take comments; a name must end neither a comment nor its line.
pub(crate) fn head(name: &str) -> String {
    let name: String = name.chars().filter(|letter| !letter.is_control()).collect();
    format!("{}: brand tokens, made by Imprint {VERSION}", name.replace("*/", "* /"))
}

/// A number that has a point, for languages in which whole numbers are another type.
pub(crate) fn float(value: f64) -> String {
    format!("{value:?}")
}

/// A string literal that Kotlin, Swift, Dart and YAML read alike: family names hold letters, digits and spaces.
pub(crate) fn quoted(text: &str) -> String {
    let plain: String =
        text.chars().filter(|letter| !matches!(letter, '"' | '\\' | '$') && !letter.is_control()).collect();
    format!("\"{plain}\"")
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
