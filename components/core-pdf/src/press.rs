//! Sheets for a printer: what stays after the cut, what is printed beyond it, marks around both, colours as inks.

use crate::write::{Cut, Leaf, Paints, bind};
use crate::{Area, Block, Fonts, Meta, Node, Page, Part, moved};
use core_brand::{Fault, Rgb, broken};
use krilla::color::separation::{Color as Tint, SeparationColorant, SeparationSpace};
use krilla::color::{Color, SpecialColor, cmyk, rgb};
use krilla::configure::{Accessibility, Configuration, ConfigurationBuilder};
use krilla::paint::Fill as Paint;
use kurbo::{BezPath, Circle, Rect, Shape};

/// A millimetre in points.
pub const MM: f64 = 72.0 / 25.4;

/// Around the trimmed size: room for marks and for words to the printer.
const SLUG: f64 = 17.0 * MM;
/// Marks begin a little outside of what is printed, and are this long.
const MARK_OFF: f64 = 1.0 * MM;
const MARK: f64 = 5.0 * MM;
/// A quarter of a point: the thinnest line that every press holds.
const HAIRLINE: f64 = 0.25;
/// The ring of a register mark.
const RING: f64 = 1.6 * MM;
/// The side of a patch of ink, and where the row of them begins.
const PATCH: f64 = 4.0 * MM;
const PATCHES_FROM: f64 = 4.0 * MM;
/// Words to the printer begin this far below the trimmed size, outside the marks.
const NOTE_OFF: f64 = 11.0 * MM;
const NOTE_IN: f64 = 3.0 * MM;
/// What is thinner than this is a line, not an area.
const FINE: f64 = 2.0;
/// The chords of a ring lie this near to it.
const FLAT: f64 = 0.01;

/// A page that is printed and cut. Its own size is what stays.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    pub page: Page,
    /// How far colours reach over the cut, in points.
    pub bleed: f64,
    /// What the printer should know.
    pub note: Block,
    /// Patches of ink beside the marks, in percent of each plate.
    pub patches: Vec<[u8; 4]>,
}

/// What a colour is used for: fine things are printed with one plate, so that plates need not meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    Area,
    Fine,
}

/// The ink of a colour, in percent of each plate.
pub type Inks<'a> = &'a dyn Fn(Rgb, Use) -> [u8; 4];

/// The boxes of a page of a file, in points: left, bottom, right, top.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Boxes {
    pub trim: [f64; 4],
    pub bleed: [f64; 4],
}

impl Boxes {
    /// The least distance from the cut to the end of what is printed.
    #[must_use]
    pub fn reach(&self) -> f64 {
        let [left, bottom, right, top] =
            std::array::from_fn(|side| (self.bleed[side] - self.trim[side]).abs());
        left.min(bottom).min(right).min(top)
    }
}

/// Writes the sheets. Without inks they are in the colours of a screen.
pub fn print(sheets: &[Sheet], fonts: &Fonts, inks: Option<Inks>, meta: &Meta) -> Result<Vec<u8>, Fault> {
    let laid: Vec<(Page, Cut)> = sheets.iter().map(|sheet| laid(sheet, inks.is_some())).collect();
    let leaves: Vec<Leaf> = laid.iter().map(|(page, cut)| Leaf { page, cut: Some(cut) }).collect();
    let color = |color: Rgb, width: f64| {
        let what = if width < FINE { Use::Fine } else { Use::Area };
        match inks {
            Some(ink) => plates(ink(color, what)),
            None => rgb::Color::new(color.r, color.g, color.b).into(),
        }
    };
    let paints = Paints { fill: &color, text: &|rgb| color(rgb, 0.0) };
    bind(&leaves, fonts, meta, configuration()?, &paints)
}

/// The boxes of every page that has both, as they stand in the bytes of a file.
#[must_use]
pub fn boxes(pdf: &[u8]) -> Vec<Boxes> {
    let text = String::from_utf8_lossy(pdf);
    let (trims, bleeds) = (numbers(&text, "/TrimBox"), numbers(&text, "/BleedBox"));
    trims.into_iter().zip(bleeds).map(|(trim, bleed)| Boxes { trim, bleed }).collect()
}

fn numbers(text: &str, key: &str) -> Vec<[f64; 4]> {
    let mut found = Vec::new();
    for rest in text.split(key).skip(1) {
        let inside = rest.trim_start().strip_prefix('[').and_then(|rest| rest.split(']').next());
        let numbers: Vec<f64> =
            inside.unwrap_or("").split_whitespace().filter_map(|word| word.parse().ok()).collect();
        found.extend(<[f64; 4]>::try_from(numbers));
    }
    found
}

/// Readable by everyone; archives want one profile for all colours, which a press has not.
fn configuration() -> Result<Configuration, Fault> {
    ConfigurationBuilder::new()
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|why| broken!("PDF standards: {why:?}"))
}

/// The page moved into its slug, and everything around it.
fn laid(sheet: &Sheet, is_press: bool) -> (Page, Cut) {
    let Page { width, height, title, parts, .. } = &sheet.page;
    let mut page = Page::new(width + 2.0 * SLUG, height + 2.0 * SLUG, title);
    page.parts = moved(parts, 1.0, SLUG, SLUG);
    let trim = Area::new(SLUG, SLUG, *width, *height);
    let bleed = trim.inset(-sheet.bleed);
    let mut marks = vec![(marks(trim, bleed), register(is_press))];
    if is_press {
        marks.extend(patches(trim, bleed, &sheet.patches));
    }
    let note = sheet.note.clone().at(trim.x + NOTE_IN, trim.bottom() + NOTE_OFF);
    let note = Part::artifact(note.into_iter().map(Node::Line).collect());
    (page, Cut { trim, bleed, marks, note })
}

/// Where to cut, and whether the plates met.
fn marks(trim: Area, bleed: Area) -> BezPath {
    let mut all = BezPath::new();
    let half = HAIRLINE / 2.0;
    let mut line = |x0: f64, y0: f64, x1: f64, y1: f64| {
        let box_of = Rect::new(x0.min(x1), y0.min(y1), x0.max(x1), y0.max(y1)).inflate(half, half);
        all.extend(box_of.to_path(FLAT));
    };
    let out = bleed.inset(-MARK_OFF);
    let far = out.inset(-MARK);
    for x in [trim.x, trim.right()] {
        line(x, out.y, x, far.y);
        line(x, out.bottom(), x, far.bottom());
    }
    for y in [trim.y, trim.bottom()] {
        line(out.x, y, far.x, y);
        line(out.right(), y, far.right(), y);
    }
    let (middle, centre) = (trim.x + trim.width / 2.0, trim.y + trim.height / 2.0);
    let off = MARK / 2.0;
    let crosses = [
        (middle, out.y - off),
        (middle, out.bottom() + off),
        (out.x - off, centre),
        (out.right() + off, centre),
    ];
    for (x, y) in crosses {
        line(x - off, y, x + off, y);
        line(x, y - off, x, y + off);
    }
    for centre in crosses {
        // Two rounds, the inner one the other way: a ring.
        all.extend(Circle::new(centre, RING + half).to_path(FLAT));
        all.extend(Circle::new(centre, RING - half).to_path(FLAT).reverse_subpaths());
    }
    all
}

/// Small squares by which a printer sees how much ink there is.
fn patches(trim: Area, bleed: Area, inks: &[[u8; 4]]) -> Vec<(BezPath, Paint)> {
    let y = bleed.y - MARK_OFF - PATCH;
    // Those that would reach the register mark in the middle are left out.
    let room = ((trim.width / 2.0 - PATCHES_FROM - MARK) / PATCH).floor().max(0.0) as usize;
    let patch = |(index, ink): (usize, &[u8; 4])| {
        let x = trim.x + PATCHES_FROM + PATCH * index as f64;
        (Rect::new(x, y, x + PATCH, y + PATCH).to_path(FLAT), filled(plates(*ink)))
    };
    inks.iter().enumerate().take(room).map(patch).collect()
}

/// The colour that stands on every plate.
fn register(is_press: bool) -> Paint {
    if !is_press {
        return filled(rgb::Color::black().into());
    }
    let all = cmyk::Color::new(u8::MAX, u8::MAX, u8::MAX, u8::MAX);
    let space = SeparationSpace::new(SeparationColorant::AllColorants, all.into());
    filled(SpecialColor::from(Tint::new(u8::MAX, space)).into())
}

fn plates(percent: [u8; 4]) -> Color {
    let [c, m, y, k] = percent.map(|plate| (f64::from(plate.min(100)) * 2.55).round() as u8);
    cmyk::Color::new(c, m, y, k).into()
}

fn filled(color: Color) -> Paint {
    Paint { paint: color.into(), ..Paint::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_are_read_from_the_bytes() {
        let pdf = b"/TrimBox[48 48 289 204]/BleedBox [39.5 39.5 297.5 212.5] /TrimBox[1 2 3]";
        let found = boxes(pdf);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].trim[2], found[0].reach()), (289.0, 8.5));
        assert!(boxes(b"%PDF-1.7 \xff").is_empty());
    }

    #[test]
    fn marks_stay_off_what_is_printed() {
        let trim = Area::new(100.0, 100.0, 200.0, 150.0);
        let bleed = trim.inset(-3.0 * MM);
        for element in marks(trim, bleed).elements() {
            let Some(at) = element.end_point() else { continue };
            let inside = at.x > bleed.x && at.x < bleed.right() && at.y > bleed.y && at.y < bleed.bottom();
            assert!(!inside, "{at:?}");
        }
    }
}
