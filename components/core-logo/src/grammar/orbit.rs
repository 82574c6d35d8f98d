//! Things that circle: open rings, moons, a planet with its band.

use super::Subject;
use crate::art::{Art, MIDDLE, Pen, Sketch};
use core_vector::combine;
use core_vector::form::{self, Cap};
use core_vector::transform::{polar, scale_xy};
use kurbo::BezPath;

pub(super) fn sketch(pen: &mut Pen, _subject: &Subject) -> Option<Sketch> {
    match pen.idea(4) {
        0 => Some(rings(pen)),
        1 => Some(moons(pen)),
        2 => Some(planet(pen)),
        _ => Some(horizon(pen)),
    }
}

/// Rings about a core, each open somewhere else.
fn rings(pen: &mut Pen) -> Sketch {
    let count = pen.count(1, 2);
    let gap = pen.taste.gap() * 1.06;
    let core = if count == 2 { pen.between(95.0, 125.0) } else { pen.between(170.0, 220.0) };
    let s = (490.0 - core - gap * count as f64) / count as f64;
    let s = s.min(pen.taste.stroke() * 1.25);
    let first = pen.between(0.0, 360.0);
    let step = pen.one(90.0, &[120.0, 180.0, -90.0, 150.0]);
    let round = pen.taste.cap();
    let ring = |at: usize| {
        let middle = core + gap * (at as f64 + 1.0) + s * (at as f64 + 0.5);
        let start = first + step * at as f64;
        let cut = if round == Cap::Round { (s / 2.0 + gap / 2.0) / middle } else { gap * 0.8 / middle };
        let open = pen_open(at) + cut.to_degrees();
        form::arc_band(MIDDLE, middle, s, start + open, start + 360.0 - open, round)
    };
    let all: Vec<BezPath> = (0..count).map(ring).collect();
    let art = Art::with(&all, &[form::circle(MIDDLE, core)]);
    Sketch::new(art, "orbit-rings")
}

/// Half of the opening of a ring, in degrees: inner rings open wider.
fn pen_open(at: usize) -> f64 {
    if at == 0 { 26.0 } else { 16.0 }
}

/// A disc that another disc bites, and the small one that did it.
fn moons(pen: &mut Pen) -> Sketch {
    let degrees = pen.one(-45.0, &[0.0, 45.0, 135.0, -135.0, -90.0]) + pen.between(-10.0, 10.0);
    let moon = pen.between(160.0, 235.0);
    let away = pen.between(300.0, 360.0);
    let center = polar(MIDDLE, away, degrees);
    let disc = form::circle(MIDDLE, 480.0);
    let body = combine::subtract(&disc, &[form::circle(center, moon + pen.taste.gap())]);
    Sketch::new(Art::with(&[body], &[form::circle(center, moon)]), "orbit-moon")
}

/// A planet and the band about it, before below and behind above.
fn planet(pen: &mut Pen) -> Sketch {
    let tilt = pen.between(-34.0, -16.0) * pen.one(1.0, &[-1.0]);
    let radius = pen.between(335.0, 355.0);
    let flat = pen.between(0.25, 0.29);
    let s = 76.0 + 10.0 * pen.taste.weight;
    let gap = pen.taste.gap();
    let squeeze = scale_xy(1.0, flat, MIDDLE);
    // Widths across the flattened band are kept by stretching it first.
    let band = combine::subtract(
        &(squeeze * form::circle(MIDDLE, 490.0)),
        &[inner_ellipse(490.0 - s * 0.9, 490.0 * flat - s)],
    );
    let room = combine::subtract(
        &inner_ellipse(490.0 + gap, 490.0 * flat + gap),
        &[inner_ellipse(490.0 - s * 0.9 - gap, (490.0 * flat - s - gap).max(1.0))],
    );
    let front = form::rect(-200.0, 500.0, 1200.0, 1200.0);
    let disc = form::circle(MIDDLE, radius);
    let planet = combine::subtract(&disc, &[combine::intersect(&room, &front)]);
    let behind = combine::subtract(
        &combine::subtract(&band, std::slice::from_ref(&front)),
        &[form::circle(MIDDLE, radius + gap)],
    );
    let before = combine::intersect(&band, &front);
    Sketch::new(Art::with(&[planet], &[behind, before]).turned(tilt), "orbit-planet")
}

fn inner_ellipse(rx: f64, ry: f64) -> BezPath {
    form::ellipse(MIDDLE, rx, ry)
}

/// Half rings over half rings: rise and set.
fn horizon(pen: &mut Pen) -> Sketch {
    let count = pen.count(2, 3);
    let gap = pen.taste.gap();
    let s = (490.0 - gap * (count as f64 - 1.0)) / count as f64 * if count == 2 { 0.82 } else { 0.94 };
    let shift = (s + gap) * pen.one(1.0, &[1.0, -1.0]);
    let half = |at: usize, upper: bool| {
        let outer = 490.0 - (s + gap) * at as f64;
        let (from, to) = if upper { (-180.0, 0.0) } else { (0.0, 180.0) };
        if outer - s < 60.0 {
            form::segment(MIDDLE, outer, from, to)
        } else {
            form::arc_band(MIDDLE, outer - s / 2.0, s, from, to, Cap::Flat)
        }
    };
    let upper: Vec<BezPath> = (0..count).map(|at| half(at, true)).collect();
    let slide = kurbo::Affine::translate((shift, 0.0));
    let lower: Vec<BezPath> = (0..count).map(|at| slide * half(at, false)).collect();
    let degrees = pen.one(0.0, &[90.0, -45.0, 45.0]);
    let art = if pen.chance(0.5) {
        Art::with(&upper, &lower)
    } else {
        let mut all = upper;
        all.extend(lower);
        Art::of(&all)
    };
    Sketch::new(art.turned(degrees), "orbit-horizon")
}
