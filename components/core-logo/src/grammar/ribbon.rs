//! A flat band, folded: every stroke is a piece of its own, and air marks the folds.

use super::Subject;
use crate::art::{Art, MIDDLE, Pen, Sketch, pt};
use core_vector::combine;
use core_vector::form::{self, Cap};
use core_vector::offset::{self, Corner};
use kurbo::BezPath;

pub(super) fn sketch(pen: &mut Pen, subject: &Subject) -> Option<Sketch> {
    let letter = subject.letter()?;
    let plan = plan(letter.plain?)?;
    Some(Sketch::new(fold(pen, plan), "ribbon-letter").letters(&letter.text))
}

/// One stroke of a letter, in hundredths; the middle line of the band.
enum Stroke {
    /// Level or upright, with square ends.
    Bar(f64, f64, f64, f64),
    /// From the upper x to the lower x over the whole height, its ends level.
    Slope(f64, f64),
    /// The same between two heights.
    Part(f64, f64, f64, f64),
    /// Part of a ring: middle, radius, angles.
    Arc(f64, f64, f64, f64, f64),
}
use Stroke::{Arc, Bar, Part, Slope};

/// The strokes of a letter, those in front first. Half of the band's width is 12.
fn plan(letter: char) -> Option<&'static [Stroke]> {
    LETTERS.iter().find(|(known, _)| *known == letter).map(|(_, strokes)| *strokes)
}

const LETTERS: &[(char, &[Stroke])] = &[
    ('A', &[Slope(50.0, 86.0), Slope(50.0, 14.0)]),
    (
        'B',
        &[
            Bar(18.0, 0.0, 18.0, 100.0),
            Arc(42.0, 29.0, 17.0, -90.0, 90.0),
            Arc(48.0, 70.5, 18.0, -90.0, 90.0),
        ],
    ),
    ('C', &[Arc(50.0, 50.0, 38.0, 45.0, 180.0), Arc(50.0, 50.0, 38.0, 180.0, 315.0)]),
    ('D', &[Bar(18.0, 0.0, 18.0, 100.0), Arc(44.0, 50.0, 38.0, -90.0, 90.0)]),
    (
        'E',
        &[
            Bar(12.0, 0.0, 12.0, 100.0),
            Bar(0.0, 12.0, 78.0, 12.0),
            Bar(0.0, 50.0, 66.0, 50.0),
            Bar(0.0, 88.0, 78.0, 88.0),
        ],
    ),
    ('F', &[Bar(12.0, 0.0, 12.0, 100.0), Bar(0.0, 12.0, 76.0, 12.0), Bar(0.0, 52.0, 64.0, 52.0)]),
    (
        'G',
        &[
            Bar(50.0, 54.0, 100.0, 54.0),
            Arc(50.0, 50.0, 38.0, 20.0, 180.0),
            Arc(50.0, 50.0, 38.0, 180.0, 315.0),
        ],
    ),
    ('H', &[Bar(14.0, 0.0, 14.0, 100.0), Bar(86.0, 0.0, 86.0, 100.0), Bar(0.0, 50.0, 100.0, 50.0)]),
    ('J', &[Bar(74.0, 0.0, 74.0, 62.0), Arc(48.0, 62.0, 26.0, 0.0, 180.0)]),
    ('K', &[Bar(14.0, 0.0, 14.0, 100.0), Part(84.0, 40.0, 0.0, 50.0), Part(40.0, 84.0, 50.0, 100.0)]),
    ('L', &[Bar(14.0, 0.0, 14.0, 100.0), Bar(14.0, 88.0, 84.0, 88.0)]),
    ('N', &[Slope(15.0, 85.0), Bar(14.0, 0.0, 14.0, 100.0), Bar(86.0, 0.0, 86.0, 100.0)]),
    ('O', &[Arc(50.0, 50.0, 37.0, -45.0, 135.0), Arc(50.0, 50.0, 37.0, 135.0, 315.0)]),
    ('P', &[Bar(18.0, 0.0, 18.0, 100.0), Arc(44.0, 32.0, 20.0, -90.0, 90.0)]),
    ('R', &[Bar(18.0, 0.0, 18.0, 100.0), Arc(44.0, 30.0, 18.0, -90.0, 90.0), Part(50.0, 82.0, 54.0, 100.0)]),
    (
        'S',
        &[
            Bar(46.0, 12.0, 90.0, 12.0),
            Arc(46.0, 31.0, 19.0, 90.0, 270.0),
            Arc(54.0, 69.0, 19.0, -90.0, 90.0),
            Bar(10.0, 88.0, 54.0, 88.0),
        ],
    ),
    ('T', &[Bar(8.0, 12.0, 92.0, 12.0), Bar(50.0, 0.0, 50.0, 100.0)]),
    ('U', &[Bar(15.0, 0.0, 15.0, 64.0), Bar(85.0, 0.0, 85.0, 64.0), Arc(50.0, 64.0, 35.0, 0.0, 180.0)]),
    ('V', &[Slope(86.0, 50.0), Slope(14.0, 50.0)]),
    ('X', &[Slope(86.0, 14.0), Slope(14.0, 86.0)]),
    ('Y', &[Part(86.0, 50.0, 0.0, 56.0), Part(14.0, 50.0, 0.0, 56.0), Bar(50.0, 50.0, 50.0, 100.0)]),
    ('Z', &[Bar(14.0, 12.0, 86.0, 12.0), Bar(14.0, 88.0, 86.0, 88.0), Part(74.0, 26.0, 18.0, 82.0)]),
    ('1', &[Bar(58.0, 0.0, 58.0, 100.0), Part(58.0, 26.0, 0.0, 36.0)]),
    ('4', &[Bar(66.0, 0.0, 66.0, 100.0), Part(60.0, 20.0, 0.0, 70.0), Bar(10.0, 68.0, 92.0, 68.0)]),
    ('7', &[Slope(80.0, 34.0), Bar(10.0, 12.0, 82.0, 12.0)]),
];

/// Lays the strokes over each other, each with a line of air to those before it, in two tones.
fn fold(pen: &mut Pen, strokes: &[Stroke]) -> Art {
    let wide =
        if strokes.len() >= 4 { 152.0 } else { 205.0 } + 26.0 * pen.taste.weight + pen.between(0.0, 36.0);
    let gap = pen.taste.gap();
    let mut placed: Vec<BezPath> = Vec::new();
    let mut taken: Vec<BezPath> = Vec::new();
    for stroke in strokes {
        let band = stroke.band(wide);
        placed.push(if taken.is_empty() { band.clone() } else { combine::subtract(&band, &taken) });
        taken.push(offset::grow(&band, gap, Corner::Sharp));
    }
    let (main, accent) = backs(placed);
    let art = Art::with(&main, &accent);
    let stretch = core_vector::transform::scale_xy(pen.own_between(40, 0.68, 1.14), 1.0, MIDDLE);
    let slope = [0.0, 0.0, 0.12, 0.2][pen.own(41, 4)];
    art.moved(core_vector::transform::lean(slope, MIDDLE) * stretch)
}

impl Stroke {
    fn band(&self, wide: f64) -> BezPath {
        let unit = 10.0;
        match *self {
            Bar(x0, y0, x1, y1) => {
                form::bar(pt(x0 * unit, y0 * unit), pt(x1 * unit, y1 * unit), wide, Cap::Flat)
            }
            Slope(top, bottom) => slope(top * unit, bottom * unit, 0.0, 1000.0, wide),
            Part(top, bottom, from, to) => slope(top * unit, bottom * unit, from * unit, to * unit, wide),
            Arc(x, y, radius, from, to) => {
                form::arc_band(pt(x * unit, y * unit), radius * unit, wide, from, to, Cap::Flat)
            }
        }
    }
}

/// A slanted band with level ends, as wide across as an upright one.
fn slope(top: f64, bottom: f64, from: f64, to: f64, wide: f64) -> BezPath {
    let (run, rise) = (bottom - top, to - from);
    let half = wide / 2.0 * (run * run + rise * rise).sqrt() / rise;
    form::polygon(&[pt(top - half, from), pt(top + half, from), pt(bottom + half, to), pt(bottom - half, to)])
}

/// Front and back of a band: every second part is its back.
fn backs(parts: Vec<BezPath>) -> (Vec<BezPath>, Vec<BezPath>) {
    let (mut main, mut accent) = (Vec::new(), Vec::new());
    for (at, part) in parts.into_iter().enumerate() {
        if at % 2 == 1 { accent.push(part) } else { main.push(part) }
    }
    (main, accent)
}
