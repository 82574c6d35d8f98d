//! Things that circle: open rings, moons, a planet with its band.

use super::Subject;
use crate::art::{Art, MIDDLE, Pen, Sketch};
use core_vector::combine;
use core_vector::form::{self, Cap};
use core_vector::transform::{polar, scale_xy};
use kurbo::BezPath;

pub(super) fn sketch(pen: &mut Pen, _subject: &Subject) -> Option<Sketch> {
    match pen.idea(6) {
        0 => Some(rings(pen)),
        1 => Some(moons(pen)),
        2 => Some(nested(pen)),
        3 => Some(horizon(pen)),
        4 => Some(satellite(pen)),
        _ => Some(planet(pen)),
    }
}

/// Rings about a core, each open somewhere else.
fn rings(pen: &mut Pen) -> Sketch {
    let count = pen.count(1, 2);
    let gap = pen.taste.gap() * 1.06;
    let core = if count == 2 { pen.between(85.0, 150.0) } else { pen.between(150.0, 260.0) };
    let opening = [pen.between(14.0, 52.0), pen.between(10.0, 34.0)];
    let s = (490.0 - core - gap * count as f64) / count as f64;
    let s = s.min(pen.taste.stroke() * pen.between(0.9, 1.4));
    let first = pen.between(0.0, 360.0);
    let step = pen.one(90.0, &[120.0, 180.0, -90.0, 150.0]);
    let round = pen.taste.cap();
    let ring = |at: usize| {
        let middle = core + gap * (at as f64 + 1.0) + s * (at as f64 + 0.5);
        let start = first + step * at as f64;
        let cut = if round == Cap::Round { (s / 2.0 + gap / 2.0) / middle } else { gap * 0.8 / middle };
        let open = opening[at.min(1)] + cut.to_degrees();
        form::arc_band(MIDDLE, middle, s, start + open, start + 360.0 - open, round)
    };
    let all: Vec<BezPath> = (0..count).map(ring).collect();
    let art = Art::with(&all, &[form::circle(MIDDLE, core)]);
    Sketch::new(art, "orbit-rings")
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

/// Rounds within rounds that touch at one point, light and dark by turns.
fn nested(pen: &mut Pen) -> Sketch {
    let steps = pen.count(2, 4);
    let least = pen.between(0.24, 0.34);
    // Radii shrink evenly; every second round is a hole.
    let radius = |at: usize| 480.0 * (1.0 - (1.0 - least) * at as f64 / steps as f64);
    let edge = pen.taste.gap() * 0.55;
    let degrees = pen.one(90.0, &[45.0, 135.0, 0.0, -45.0]) + pen.between(-8.0, 8.0);
    let round = |at: usize| {
        let r = radius(at);
        form::circle(polar(MIDDLE, 480.0 - r - edge * at as f64, degrees), r)
    };
    let mut parts: Vec<BezPath> = Vec::new();
    for at in (0..=steps).step_by(2) {
        parts.push(if at < steps { combine::subtract(&round(at), &[round(at + 1)]) } else { round(at) });
    }
    let last = if parts.len() > 1 { parts.pop() } else { None };
    let art = match last {
        Some(last) => Art::with(&parts, &[last]),
        None => Art::of(&parts),
    };
    Sketch::new(art, "orbit-nested")
}

/// A thick ring, and on it a disc with air around it.
fn satellite(pen: &mut Pen) -> Sketch {
    let s = pen.taste.stroke() * pen.between(1.0, 1.5);
    let body = pen.between(125.0, 165.0);
    let middle = 490.0 - body.max(s / 2.0);
    let degrees = pen.one(-45.0, &[-90.0, 0.0, 45.0, 135.0]) + pen.between(-12.0, 12.0);
    let at = polar(MIDDLE, middle, degrees);
    let room = form::circle(at, body + pen.taste.gap());
    let ring = form::ring(MIDDLE, middle + s / 2.0, middle - s / 2.0);
    let core = middle - s / 2.0 - pen.taste.gap();
    let mut main = vec![combine::subtract(&ring, std::slice::from_ref(&room))];
    if pen.chance(0.5) && core > 110.0 {
        main.push(combine::subtract(&form::circle(MIDDLE, core), &[room]));
    }
    Sketch::new(Art::with(&main, &[form::circle(at, body)]), "orbit-satellite")
}

/// A planet and the band about it, before below and behind above.
fn planet(pen: &mut Pen) -> Sketch {
    let tilt = pen.between(-34.0, -16.0) * pen.one(1.0, &[-1.0]);
    let radius = pen.between(335.0, 355.0);
    let flat = pen.between(0.33, 0.37);
    let s = 84.0 + 10.0 * pen.taste.weight;
    let gap = pen.taste.gap() * 1.04;
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
    let s = (490.0 - gap * (count as f64 - 1.0)) / count as f64
        * if count == 2 { pen.between(0.66, 0.94) } else { pen.between(0.86, 1.0) };
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
    let degrees = pen.one(0.0, &[90.0, -45.0, 45.0]) + pen.between(-20.0, 20.0) * pen.taste.energy;
    let art = if pen.chance(0.5) {
        Art::with(&upper, &lower)
    } else {
        let mut all = upper;
        all.extend(lower);
        Art::of(&all)
    };
    Sketch::new(art.turned(degrees), "orbit-horizon")
}
