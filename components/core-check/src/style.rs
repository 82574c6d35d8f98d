//! What declarations say about colours and fonts.

use crate::css::{self, Declaration, Sheet};
use crate::limits::CSS_VARIABLES_DEPTH_MAX;
use crate::report::plain;
use crate::scene::{Colors, Contents, Fonts, Pair, Place, Tint, Untold};
use core_brand::Rgb;
use core_color::{Oklch, from_oklch};
use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;
use svgtypes::Color;
use usvg::roxmltree::Node;

/// What text needs by WCAG 2.2, and what large text does.
const TEXT_MIN: f64 = 4.5;
const LARGE_MIN: f64 = 3.0;
/// Large is text from 18 points on, or from 14 points on where it is bold: in pixels of CSS.
const LARGE_PX: f64 = 24.0;
const LARGE_BOLD_PX: f64 = 18.66;
const BOLD: f64 = 700.0;

/// Where colours stand, beside everything that ends in `color`.
const COLORED: &[&str] = &[
    "background",
    "background-image",
    "border",
    "border-top",
    "border-right",
    "border-bottom",
    "border-left",
    "border-block",
    "border-inline",
    "border-image",
    "box-shadow",
    "column-rule",
    "fill",
    "mask",
    "outline",
    "stroke",
    "text-decoration",
    "text-emphasis",
    "text-shadow",
    "-webkit-text-stroke",
    "filter",
];
/// Ways of writing a colour that are not compared here.
const OTHER_SPACES: &[&str] =
    &["lab", "lch", "hwb", "color", "color-mix", "oklab", "light-dark", "device-cmyk"];
/// Words that stand for no family, and families that a brand need not have.
const NO_FAMILY: &[&str] = &[
    "inherit",
    "initial",
    "unset",
    "revert",
    "revert-layer",
    "monospace",
    "ui-monospace",
    "emoji",
    "math",
    "none",
    "",
];
/// Attributes of SVG that are declarations too.
const ATTRIBUTES: &[&str] = &["fill", "stroke", "font-family", "font"];

pub(crate) struct Reader<'a> {
    variables: BTreeMap<&'a str, BTreeSet<&'a str>>,
    spaces: BTreeSet<String>,
}

/// Reads a style sheet that is a file of its own.
pub(crate) fn read(sheet: &Sheet, contents: &mut Contents) {
    let mut reader = Reader::new(sheet);
    reader.all(sheet, contents);
    let imports: BTreeSet<String> = sheet.imports.iter().cloned().collect();
    if !imports.is_empty() {
        contents.untold.push(Untold::External(imports.into_iter().collect()));
    }
    contents.untold.extend(reader.untold());
}

/// The declarations that an element of an SVG or a page holds in its attributes.
pub(crate) fn attributes(node: &Node) -> Vec<Declaration> {
    let mut all = node.attribute("style").and_then(|text| css::read_inline(text).ok()).unwrap_or_default();
    for name in ATTRIBUTES {
        if let Some(value) = node.attribute(*name) {
            let (property, value) = ((*name).to_owned(), value.trim().to_owned());
            all.push(Declaration { rule: "".into(), block: 0, property, value, line: 0 });
        }
    }
    all
}

impl<'a> Reader<'a> {
    pub(crate) fn new(sheet: &'a Sheet) -> Self {
        let mut variables: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for declaration in sheet.declarations.iter().filter(|one| one.property.starts_with("--")) {
            variables.entry(&declaration.property).or_default().insert(&declaration.value);
        }
        Self { variables, spaces: BTreeSet::new() }
    }

    pub(crate) fn all(&mut self, sheet: &Sheet, contents: &mut Contents) {
        for declaration in &sheet.declarations {
            self.color(declaration, &mut contents.colors);
            if declaration.property.starts_with("font") {
                self.font(declaration, &mut contents.fonts, || place(declaration));
            }
        }
        for block in sheet.declarations.chunk_by(|one, other| one.block == other.block) {
            contents.pairs.extend(self.pair(block));
        }
    }

    pub(crate) fn untold(&self) -> Option<Untold> {
        (!self.spaces.is_empty()).then(|| Untold::Spaces(self.spaces.iter().cloned().collect()))
    }

    fn color(&mut self, declaration: &Declaration, colors: &mut Colors) {
        let property = declaration.property.as_str();
        let found = if property.starts_with("--") {
            // A variable may hold anything; alone in it, a colour is meant.
            self.only(&declaration.value).into_iter().collect()
        } else if property.ends_with("color") || COLORED.contains(&property) {
            self.colors(&declaration.value)
        } else {
            Vec::new()
        };
        for rgb in found {
            colors.add(Tint::Screen(rgb), || place(declaration));
        }
    }

    /// The one colour that a value is.
    fn only(&mut self, value: &str) -> Option<Rgb> {
        let mut pieces = pieces(value).into_iter();
        let one = pieces.next()?;
        if pieces.next().is_some() { None } else { self.piece(one) }
    }

    /// Every colour in a value; what is written in a way that is not compared here is remembered.
    pub(crate) fn colors(&mut self, value: &str) -> Vec<Rgb> {
        pieces(value).into_iter().filter_map(|piece| self.piece(piece)).collect()
    }

    fn piece(&mut self, piece: &str) -> Option<Rgb> {
        let name = piece.split('(').next().unwrap_or_default().to_ascii_lowercase();
        if name == "oklch" {
            let found = oklch(piece);
            if found.is_none() {
                self.spaces.insert(name);
            }
            return found;
        }
        if piece.contains('(') && OTHER_SPACES.contains(&name.as_str()) {
            self.spaces.insert(name);
            return None;
        }
        match Color::from_str(piece) {
            Ok(color) if color.alpha > 0 => Some(Rgb::new(color.red, color.green, color.blue)),
            _ => None,
        }
    }

    /// The first family of a list: the others are for where it is missing.
    pub(crate) fn font(&self, declaration: &Declaration, fonts: &mut Fonts, place: impl Fn() -> Place) {
        if declaration.rule.starts_with("@font-face") {
            return;
        }
        for value in self.resolved(&declaration.value, 0) {
            let list = match declaration.property.as_str() {
                "font-family" => Some(value.as_str()),
                "font" => families_of_shorthand(&value),
                _ => None,
            };
            let first = list.map(|list| list.split(',').next().unwrap_or_default());
            let first = first.map(|family| family.trim().trim_matches(['"', '\'']).trim().to_owned());
            let is_family = |family: &String| {
                !NO_FAMILY.contains(&family.to_ascii_lowercase().as_str()) && !family.contains("var(")
            };
            if let Some(family) = first.filter(is_family) {
                fonts.add(&family, &place);
            }
        }
    }

    /// A value with what its first variable may hold.
    fn resolved(&self, value: &str, depth: usize) -> Vec<String> {
        let variable = value.split_once("var(").filter(|_| depth < CSS_VARIABLES_DEPTH_MAX);
        let Some((before, after)) = variable else { return vec![value.to_owned()] };
        let Some(end) = closing(after) else { return vec![value.to_owned()] };
        let (inside, rest) = (&after[..end], &after[end + 1..]);
        let (name, fallback) = inside.split_once(',').unwrap_or((inside, ""));
        let known = self.variables.get(name.trim());
        // A few themes are all that is meant; a sheet that defines one variable a thousand times is not followed.
        let values = known.map(|values| values.iter().take(4).copied().collect::<Vec<_>>());
        let values = values.unwrap_or_else(|| vec![fallback.trim()]);
        let whole = values.into_iter().map(|value| format!("{before}{value}{rest}"));
        whole.flat_map(|value| self.resolved(&value, depth + 1)).take(16).collect()
    }

    /// Text and ground where one block says both.
    fn pair(&mut self, block: &[Declaration]) -> Option<Pair> {
        let last = |names: &[&str]| block.iter().rev().find(|one| names.contains(&one.property.as_str()));
        let text = last(&["color"])?;
        let ground = last(&["background-color", "background"])?;
        let mut one = |declaration: &Declaration| {
            let values = self.resolved(&declaration.value, 0);
            let [value] = values.as_slice() else { return None };
            match self.colors(value).as_slice() {
                [color] if is_opaque(value) => Some(*color),
                _ => None,
            }
        };
        let (text_color, ground_color) = (one(text)?, one(ground)?);
        let number = |name: &str| {
            let value = last(&[name])?.value.to_ascii_lowercase();
            let value = if value == "bold" { "700".to_owned() } else { value };
            value.trim_end_matches("px").parse::<f64>().ok()
        };
        let is_bold = number("font-weight").is_some_and(|weight| weight >= BOLD);
        let large = if is_bold { LARGE_BOLD_PX } else { LARGE_PX };
        let needed = if number("font-size").is_some_and(|px| px >= large) { LARGE_MIN } else { TEXT_MIN };
        Some(Pair { text: text_color, ground: ground_color, needed, place: place(text) })
    }
}

fn place(declaration: &Declaration) -> Place {
    let rule = (!declaration.rule.is_empty()).then(|| plain(&declaration.rule));
    Place { line: Some(declaration.line), rule, ..Place::default() }
}

/// Whether no part of a value shows what lies under it.
fn is_opaque(value: &str) -> bool {
    pieces(value).into_iter().all(|piece| Color::from_str(piece).map_or(true, |color| color.alpha == 255))
        && !value.contains("gradient(")
        && !value.contains("url(")
}

/// What may be a colour: words, and functions with what is in them. Addresses and strings are left out.
fn pieces(value: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = value;
    loop {
        rest = rest.trim_start_matches(|letter: char| letter.is_whitespace() || ",()/".contains(letter));
        let Some(first) = rest.chars().next() else { return found };
        if first == '"' || first == '\'' {
            rest = rest[1..].split_once(first).map_or("", |(_, after)| after);
            continue;
        }
        let end = rest.find(|letter: char| letter.is_whitespace() || ",()/\"'".contains(letter));
        let end = end.unwrap_or(rest.len());
        let name = rest[..end].to_ascii_lowercase();
        let is_call = rest[end..].starts_with('(');
        let is_color = ["rgb", "rgba", "hsl", "hsla", "oklch"].contains(&name.as_str());
        if is_call && (is_color || name == "url" || OTHER_SPACES.contains(&name.as_str())) {
            let close = closing(&rest[end + 1..]).map_or(rest.len(), |at| end + 1 + at + 1);
            if name != "url" {
                found.push(&rest[..close]);
            }
            rest = &rest[close..];
        } else {
            // The name of a function is no colour; what it holds may be.
            if !is_call && end > 0 {
                found.push(&rest[..end]);
            }
            rest = &rest[end.max(1)..];
        }
    }
}

/// Where the bracket closes that was opened before this text.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, letter) in text.char_indices() {
        match letter {
            '(' => depth += 1,
            ')' if depth == 0 => return Some(at),
            ')' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// `oklch(0.7 0.1 200)`, with percent and `deg` where CSS allows them.
fn oklch(piece: &str) -> Option<Rgb> {
    let inside = piece.split_once('(')?.1.trim_end_matches(')');
    let inside = inside.split('/').next()?;
    let mut numbers = inside.split_whitespace();
    let mut next = |whole: f64| -> Option<f64> {
        let text = numbers.next()?;
        let number = match text.strip_suffix('%') {
            Some(percent) => percent.parse::<f64>().ok()? / 100.0 * whole,
            None => text.trim_end_matches("deg").parse().ok()?,
        };
        number.is_finite().then_some(number)
    };
    // A hundred percent of chroma is 0.4 by CSS Color 4.
    let (l, c, h) = (next(1.0)?, next(0.4)?, next(360.0)?);
    Some(from_oklch(Oklch::new(l.clamp(0.0, 1.0), c.clamp(0.0, 0.5), h)))
}

/// The families behind the size of a `font`.
fn families_of_shorthand(value: &str) -> Option<&str> {
    let is_size = |word: &str| {
        word.starts_with(|letter: char| letter.is_ascii_digit() || letter == '.')
            && word.contains(|letter: char| letter.is_ascii_alphabetic() || letter == '%')
    };
    let size = value.split_whitespace().find(|word| is_size(word))?;
    let start = value.find(size)? + size.len();
    value.get(start..).map(str::trim)
}
