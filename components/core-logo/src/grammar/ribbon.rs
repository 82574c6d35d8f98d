//! A flat band, folded: every stroke is a piece of its own, and air marks the folds.

use super::Subject;
use crate::art::{Art, MIDDLE, Pen, Sketch, pt};
use core_vector::combine;
use core_vector::form::{self, Cap};
use core_vector::offset::{self, Corner};
use kurbo::BezPath;

pub(super) fn sketch(pen: &mut Pen, subject: &Subject) -> Option<Sketch> {
    let letter = subject.letter().filter(|_| pen.idea(3) != 2);
    let plan = letter.and_then(|letter| plan(letter.plain?).map(|plan| (letter, plan)));
    if let Some((letter, plan)) = plan {
        return Some(Sketch::new(fold(pen, plan), "ribbon-letter").letters(&letter.text));
    }
    Some(Sketch::new(free(pen), "ribbon-fold"))
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
    ('M', &[Slope(30.0, 10.0), Slope(70.0, 90.0), Slope(30.0, 50.0), Slope(70.0, 50.0)]),
    ('N', &[Slope(15.0, 85.0), Bar(14.0, 0.0, 14.0, 100.0), Bar(86.0, 0.0, 86.0, 100.0)]),
    ('O', &[Arc(50.0, 50.0, 37.0, -45.0, 135.0), Arc(50.0, 50.0, 37.0, 135.0, 315.0)]),
    ('P', &[Bar(18.0, 0.0, 18.0, 100.0), Arc(44.0, 32.0, 20.0, -90.0, 90.0)]),
    (
        'Q',
        &[
            Bar(58.0, 58.0, 92.0, 92.0),
            Arc(50.0, 50.0, 37.0, -45.0, 135.0),
            Arc(50.0, 50.0, 37.0, 135.0, 315.0),
        ],
    ),
    ('R', &[Bar(18.0, 0.0, 18.0, 100.0), Arc(44.0, 30.0, 18.0, -90.0, 90.0), Part(50.0, 82.0, 54.0, 100.0)]),
    ('S', &[Bar(14.0, 12.0, 86.0, 12.0), Bar(14.0, 88.0, 86.0, 88.0), Part(26.0, 74.0, 18.0, 82.0)]),
    ('T', &[Bar(8.0, 12.0, 92.0, 12.0), Bar(50.0, 0.0, 50.0, 100.0)]),
    ('U', &[Bar(15.0, 0.0, 15.0, 64.0), Bar(85.0, 0.0, 85.0, 64.0), Arc(50.0, 64.0, 35.0, 0.0, 180.0)]),
    ('V', &[Slope(86.0, 50.0), Slope(14.0, 50.0)]),
    ('W', &[Slope(10.0, 30.0), Slope(50.0, 30.0), Slope(90.0, 70.0), Slope(50.0, 70.0)]),
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
    let tone = pen.rng.below(2);
    let is_one = pen.chance(0.35);
    let (mut main, mut accent) = (Vec::new(), Vec::new());
    for (at, part) in placed.into_iter().enumerate() {
        if !is_one && at % 2 != tone { accent.push(part) } else { main.push(part) }
    }
    let art = Art::with(&main, &accent);
    let stretch = core_vector::transform::scale_xy(pen.between(0.86, 1.08), 1.0, MIDDLE);
    let slope = if pen.chance(0.3 + 0.4 * pen.taste.energy) { pen.between(0.1, 0.24) } else { 0.0 };
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

/// A band that is no letter: a zigzag, a wave of arcs, or chevrons on their way.
fn free(pen: &mut Pen) -> Art {
    match pen.count(0, 2) {
        0 => zigzag(pen),
        1 => arcs(pen),
        _ => chevrons(pen),
    }
}

fn zigzag(pen: &mut Pen) -> Art {
    let folds = pen.count(3, 4);
    let wide = pen.between(150.0, 215.0) + 30.0 * pen.taste.weight;
    let step = (1000.0 - wide * 1.1) / folds as f64;
    let gap = pen.taste.gap();
    let (top, bottom) = (pen.between(60.0, 230.0), pen.between(770.0, 940.0));
    let mut parts: Vec<BezPath> = Vec::new();
    let mut taken: Vec<BezPath> = Vec::new();
    for at in 0..folds {
        let (x0, x1) = (wide * 0.55 + step * at as f64, wide * 0.55 + step * (at as f64 + 1.0));
        let (a, b) = if at % 2 == 0 { (x1, x0) } else { (x0, x1) };
        let band = slope(a, b, top, bottom, wide);
        parts.push(if taken.is_empty() { band.clone() } else { combine::subtract(&band, &taken) });
        taken.push(offset::grow(&band, gap, Corner::Sharp));
    }
    by_turns(pen, parts)
}

/// Two open rings, one running into the other.
fn arcs(pen: &mut Pen) -> Art {
    let radius = pen.between(205.0, 230.0);
    let wide = pen.between(135.0, 190.0) + 36.0 * pen.taste.weight;
    let gap = pen.taste.gap();
    let open = pen.between(0.0, 80.0);
    let way = pen.one(1.0, &[-1.0]);
    let upper = form::arc_band(pt(500.0, 500.0 - radius), radius, wide, 90.0, 360.0 - open, Cap::Flat);
    let lower = form::arc_band(pt(500.0, 500.0 + radius), radius, wide, -90.0, 180.0 - open, Cap::Flat);
    let fold = core_vector::transform::turn(pen.between(-40.0, 40.0), MIDDLE)
        * form::rect(500.0 - gap / 2.0, 0.0, 500.0 + gap / 2.0, 1000.0);
    // The fold parts only the place where the rings meet.
    let near = form::rect(0.0, 500.0 - wide * 0.62, 1000.0, 500.0 + wide * 0.62);
    let cut = combine::intersect(&fold, &near);
    let parts = [upper, lower].map(|part| combine::subtract(&part, std::slice::from_ref(&cut)));
    let squeeze = core_vector::transform::scale_xy(way, 1.0, MIDDLE);
    let [upper, lower] = parts.map(|part| combine::union(&[squeeze * part]));
    let degrees = pen.one(0.0, &[90.0, 45.0]);
    by_turns(pen, vec![upper, lower]).turned(degrees)
}

fn chevrons(pen: &mut Pen) -> Art {
    let count = pen.count(2, 3);
    let wide = (1000.0 / count as f64 - pen.taste.gap() * 1.3) * 0.82;
    let point = pen.between(170.0, 380.0);
    let gap = pen.taste.gap() * 1.18;
    let (top, bottom) = (pen.between(20.0, 150.0), pen.between(850.0, 980.0));
    let chevron = |at: usize| {
        let x = (wide + gap) * at as f64;
        form::polygon(&[
            pt(x, top),
            pt(x + wide, top),
            pt(x + wide + point, 500.0),
            pt(x + wide, bottom),
            pt(x, bottom),
            pt(x + point, 500.0),
        ])
    };
    let halves = pen.chance(0.5);
    let mut parts: Vec<BezPath> = Vec::new();
    for at in 0..count {
        let whole = chevron(at);
        if halves && at + 1 == count {
            let cut = form::rect(-500.0, 500.0 - gap / 2.0, 2500.0, 500.0 + gap / 2.0);
            parts.push(combine::subtract(&whole, &[cut]));
        } else {
            parts.push(whole);
        }
    }
    let degrees = pen.one(0.0, &[-90.0, -45.0]);
    by_turns(pen, parts).turned(degrees)
}

/// Every second part in the second colour.
fn by_turns(pen: &mut Pen, parts: Vec<BezPath>) -> Art {
    if pen.chance(0.3) {
        return Art::of(&parts);
    }
    let tone = pen.rng.below(2);
    let (mut main, mut accent) = (Vec::new(), Vec::new());
    for (at, part) in parts.into_iter().enumerate() {
        if at % 2 == tone { accent.push(part) } else { main.push(part) }
    }
    Art::with(&main, &accent)
}
