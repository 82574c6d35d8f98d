//! The smallest thing in a name as its mark: an ampersand, an apostrophe, the dots of an umlaut, the dot of an i.

use super::{Subject, Tile};
use crate::art::{Art, MIDDLE, Pen, Sketch};
use crate::letters::{outline, parted, shaped, sturdy};
use crate::wordmark::Touch;
use core_vector::offset::{self, Corner};
use core_vector::transform::{fitted, scale_xy};
use core_vector::{bezier, combine};
use kurbo::{Affine, BezPath, Rect};

/// Punctuation that can stand alone. A full stop, a comma, a dash or a quotation mark is too little.
const FIGURES: &[char] = &[
    '&', '+', '\'', '’', '!', '?', ':', '…', '*', '#', '@', '%', '~', '=', '¿', '¡', '†', '§', '؟', '!', '?',
];
/// Those that may stand at the shoulder of an initial.
const SHOULDER: &[char] = &['\'', '’', '+', '!', '*', '?'];
/// Those that are no figure before they are cut from something.
const SLIGHT: &[char] = &['\'', '’', ':', '…', '~', '=', '!', '¡'];
/// A disc fills more of its box than this, an accent less.
const DOT_FILL: f64 = 0.68;
/// Where a dotted letter stands at the latest, and how long the name is at most, for its dot to speak for the name.
const DOTTED_AT_MAX: usize = 4;
const DOTTED_NAME_MAX: usize = 10;
/// A motif of more lines is too fine for the dot of an i.
const DOT_SEGMENTS_MAX: usize = 28;

/// A sign of the name.
#[derive(Clone, Debug)]
struct Sign<'a> {
    at: usize,
    /// The punctuation, or the letter with its mark.
    text: &'a str,
    letter: BezPath,
    sign: BezPath,
}

impl Sign<'_> {
    fn is_figure(&self) -> bool {
        self.letter.is_empty()
    }

    fn is_any(&self, of: &[char]) -> bool {
        self.text.chars().next().is_some_and(|first| of.contains(&first))
    }

    /// One dot alone, cut from a shape, says nothing.
    fn is_dot(&self) -> bool {
        let ink = bezier::bounds(&self.sign);
        let fill = bezier::area(&self.sign).abs() / ink.area().max(1.0);
        let is_even = (0.8..1.25).contains(&(ink.width() / ink.height().max(1.0)));
        bezier::contours(&self.sign).len() == 1 && is_even && fill > DOT_FILL
    }

    /// One slanted stroke, as an acute or a grave: alone it is a splinter.
    fn is_stroke(&self) -> bool {
        let is_one = bezier::contours(&self.sign).len() == 1;
        let decomposed = [
            "á", "é", "í", "ó", "ú", "ý", "à", "è", "ì", "ò", "ù", "ć", "ń", "ś", "ź", "ά", "έ", "ή", "ί",
            "ό", "ύ", "ώ",
        ];
        is_one && decomposed.contains(&self.text.to_lowercase().as_str())
    }

    /// The i and its kin, whose dot is no sign of its own.
    fn is_dotted(&self) -> bool {
        matches!(self.text, "i" | "j" | "і" | "ј")
    }
}

pub(super) fn sketch(pen: &mut Pen, subject: &Subject) -> Option<Sketch> {
    let signs = signs(subject);
    let marked: Vec<&Sign> = signs.iter().filter(|sign| !sign.is_dotted()).collect();
    // The dot of an i speaks only where nothing rarer does.
    let from: Vec<&Sign> = if marked.is_empty() { signs.iter().collect() } else { marked };
    let sign = *from.get(pen.rng.below(from.len()))?;
    let sketch = match (sign.is_figure(), pen.idea(3)) {
        _ if sign.is_dotted() => dot(pen, subject, sign)?,
        (true, 0) if !sign.is_any(SLIGHT) => plain(pen, sign),
        (true, 1) if sign.is_any(SHOULDER) => shoulder(pen, subject, sign)?,
        (false, idea) if idea < 2 || sign.is_dot() || sign.is_stroke() => lettered(pen, sign),
        _ => tile(pen, sign),
    };
    Some(sketch.letters(sign.text).touching(Touch::Accent(sign.at)))
}

/// Whether the name has a sign.
pub(super) fn suits(subject: &Subject) -> bool {
    !signs(subject).is_empty()
}

/// Every sign of the name that a mark can be made of, each once.
fn signs<'a>(subject: &Subject<'a>) -> Vec<Sign<'a>> {
    let mut signs: Vec<Sign> = Vec::new();
    let line = shaped(subject.face, subject.name, subject.language);
    for glyph in &line.glyphs {
        let Some(text) = subject.name.get(glyph.text.clone()) else { continue };
        let Some(first) = text.chars().next() else { continue };
        let is_wanted = FIGURES.contains(&first) || (first.is_alphabetic() && u32::from(first) < 0x590);
        // A ligature is more than one letter; what it carries stays with it.
        let is_one = text.chars().filter(|letter| letter.is_alphanumeric()).count() <= 1;
        if !is_wanted || !is_one || signs.iter().any(|sign| sign.text == text) {
            continue;
        }
        let shape = outline(subject.face, text, subject.language);
        let (letter, sign) = parted(text, &upright(&shape));
        let is_marked = first.is_alphabetic() && !letter.is_empty();
        if !sign.is_empty() && (is_marked || FIGURES.contains(&first)) {
            let sign = Sign { at: glyph.text.start, text, letter, sign };
            if !sign.is_dotted() || speaks(subject.name, sign.at) {
                signs.push(sign);
            }
        }
    }
    signs
}

/// Whether a dotted letter is early enough in a short enough name to stand for it.
fn speaks(name: &str, at: usize) -> bool {
    let before = name.get(..at).map_or(0, |before| before.chars().count());
    before <= DOTTED_AT_MAX && name.chars().count() <= DOTTED_NAME_MAX
}

/// A shape in a box of height 1000.
fn upright(shape: &BezPath) -> BezPath {
    let ink = bezier::bounds(shape);
    let factor = 1000.0 / ink.height().max(1e-9);
    Affine::scale(factor) * Affine::translate((-ink.x0, -ink.y0)) * shape.clone()
}

/// The shape grown by so much; signs of several parts stay as they are, or their parts would run together.
fn heavier(shape: &BezPath, by: f64) -> BezPath {
    if bezier::contours(shape).len() > 1 { shape.clone() } else { offset::grow(shape, by, Corner::Round) }
}

/// The sign alone, as large as the square.
fn plain(pen: &mut Pen, sign: &Sign) -> Sketch {
    let heavy = heavier(&sturdy(upright(&sign.sign)), pen.between(1.0, 20.0));
    let lean = if pen.taste.energy > 0.6 { pen.one(0.0, &[-8.0, 8.0]) } else { 0.0 };
    let own = scale_xy(pen.own_between(95, 0.88, 1.1), 1.0, MIDDLE);
    Sketch::new(Art::of(&[own * heavy]).turned(lean), "sign-plain")
}

/// The sign as a clear hole in a solid shape.
fn tile(pen: &mut Pen, sign: &Sign) -> Sketch {
    let tile = Tile::choose(pen).own_outline(pen);
    let ink = bezier::bounds(&sign.sign);
    let is_flat = ink.width() > 1.6 * ink.height();
    let size = if is_flat { pen.between(600.0, 680.0) } else { pen.between(500.0, 620.0) };
    let placed = fitted(&sturdy(upright(&sign.sign)), Rect::from_center_size(MIDDLE, (size, size)));
    let placed = heavier(&placed, pen.between(4.0, 18.0));
    let key = if sign.is_figure() { "sign-tile" } else { "sign-accent" };
    Sketch::new(Art::of(&[combine::subtract(&tile, &[placed])]), key)
}

/// The letter and its sign, the sign larger than type sets it and in the second colour.
fn lettered(pen: &mut Pen, sign: &Sign) -> Sketch {
    let (body, ink) = (bezier::bounds(&sign.letter), bezier::bounds(&sign.sign));
    let factor = pen.between(1.15, 1.45);
    let room = (0.94 * body.width() / ink.width().max(1.0)).max(factor);
    let large = Affine::scale(factor.min(room)) * sign.sign.clone();
    let large = heavier(&large, pen.between(8.0, 24.0));
    let new = bezier::bounds(&large);
    let gap = pen.taste.gap() * 1.05;
    let y = if ink.center().y < body.center().y { body.y0 - gap - new.y1 } else { body.y1 + gap - new.y0 };
    let placed = Affine::translate((ink.center().x - new.center().x, y)) * large;
    let letter = offset::grow(&sign.letter, pen.between(1.0, 16.0), Corner::Sharp);
    Sketch::new(Art::with(&[letter], &[placed]), "sign-letter")
}

/// The initial, and at its shoulder the sign in the second colour.
fn shoulder(pen: &mut Pen, subject: &Subject, sign: &Sign) -> Option<Sketch> {
    let letter = subject.letter()?;
    let ink = bezier::bounds(&sign.sign);
    let height = if ink.height() > 1.6 * ink.width() && !sign.is_any(&['!', '?']) {
        pen.between(330.0, 400.0)
    } else if sign.is_any(&['!', '?']) {
        1000.0
    } else {
        pen.between(360.0, 460.0)
    };
    let small = Affine::scale(height / ink.height().max(1.0))
        * Affine::translate((-ink.x0, -ink.y0))
        * sign.sign.clone();
    let small = heavier(&small, pen.between(10.0, 22.0));
    let new = bezier::bounds(&small);
    // As near as the gap allows, below the arm of the letter or beside it.
    let x = letter.width + pen.taste.gap() - new.x0;
    let placed = Affine::translate((x, -new.y0)) * small;
    Some(Sketch::new(Art::with(std::slice::from_ref(&letter.path), &[placed]), "sign-initial"))
}

/// The i, its dot a sign of the trade.
fn dot(pen: &mut Pen, subject: &Subject, sign: &Sign) -> Option<Sketch> {
    let first = pen.rng.below(subject.motifs.len());
    let motifs = subject.motifs.iter().cycle().skip(first).take(subject.motifs.len());
    let mut drawn = motifs.filter_map(|id| crate::motif::find(id)).map(|(id, draw)| (id, draw(pen).whole()));
    let is_plain =
        |shape: &BezPath| bezier::segments(shape) <= DOT_SEGMENTS_MAX && bezier::contours(shape).len() <= 2;
    let (id, motif) = drawn.find(|(_, shape)| is_plain(shape))?;
    let (body, ink) = (bezier::bounds(&sign.letter), bezier::bounds(&sign.sign));
    let stem = offset::grow(&sign.letter, pen.between(10.0, 34.0), Corner::Sharp);
    let stem_ink = bezier::bounds(&stem);
    let side = (pen.between(1.5, 1.9) * ink.width()).clamp(380.0, 520.0);
    let top = body.y0 - pen.taste.gap() - side;
    let middle = if sign.text == "j" { ink.center().x } else { stem_ink.center().x };
    let placed = fitted(&motif, Rect::new(middle - side / 2.0, top, middle + side / 2.0, top + side));
    Some(Sketch::new(Art::with(&[stem], &[placed]), "sign-dot").motif(id))
}
