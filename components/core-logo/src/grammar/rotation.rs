//! One module, turned about a point.

use super::Subject;
use crate::art::{Art, MIDDLE, Pen, Sketch, pt};
use core_vector::combine;
use core_vector::form;
use core_vector::transform::{polar, turn};
use kurbo::BezPath;

pub(super) fn sketch(pen: &mut Pen, _subject: &Subject) -> Option<Sketch> {
    let turns = if pen.taste.energy > 0.6 { pen.count(5, 8) } else { pen.count(3, 6) };
    // Four hooked arms can look like a sign nobody wants.
    let hooked = if turns == 4 { pen.one(3, &[5]) } else { turns };
    let (module, turns, is_free) = match pen.idea(7) {
        0 => (petal(pen, turns), turns, false),
        1 => (blade(pen, hooked), hooked, true),
        2 => (half_disc(pen, hooked), hooked, false),
        3 => (leaf_tile(pen, turns), turns, false),
        4 => (hook(pen, hooked), hooked, true),
        5 => {
            let turns = turns.max(6);
            (capsule(pen, turns), turns, true)
        }
        _ => (chevron(pen, hooked), hooked, false),
    };
    // Whatever the module, it stays in its share of the turn: the air between neighbours is the same everywhere.
    let module = if is_free { module } else { combine::intersect(&module, &wedge(pen, turns)) };
    let step = 360.0 / turns as f64;
    let start = pen.one(0.0, &[step / 2.0]) + pen.between(-0.3, 0.3) * step * pen.taste.energy;
    let mut all: Vec<BezPath> = (0..turns)
        .map(|at| turn(start + 360.0 * at as f64 / turns as f64, MIDDLE) * module.clone())
        .collect();
    let hole = if pen.chance(0.4) { pen.between(80.0, 190.0) } else { 0.0 };
    if hole > 0.0 {
        all = all.iter().map(|part| combine::subtract(part, &[form::circle(MIDDLE, hole)])).collect();
    }
    let core = hole - pen.taste.gap();
    if core > 70.0 && pen.chance(0.6) {
        return Some(Sketch::new(Art::with(&all, &[form::circle(MIDDLE, core)]), "rotation-turn"));
    }
    let art = match pen.count(0, 2) {
        0 => Art::of(&all),
        1 => {
            let accent = all.remove(pen.rng.below(turns));
            Art::with(&all, &[accent])
        }
        _ if turns.is_multiple_of(2) => {
            let every = |odd: usize| all.iter().skip(odd).step_by(2).cloned().collect::<Vec<_>>();
            Art::with(&every(0), &every(1))
        }
        _ => Art::of(&all),
    };
    Some(Sketch::new(art, "rotation-turn"))
}

/// Half of the angle that one of `turns` modules has, as a tangent.
fn reach(turns: usize) -> f64 {
    libm::tan(std::f64::consts::PI / turns as f64)
}

/// How far from the middle a module of this half width must start to keep its distance from the next.
fn clear(pen: &Pen, half: f64, turns: usize) -> f64 {
    (half + pen.taste.gap() / 2.0) / reach(turns).max(0.2)
}

fn petal(pen: &mut Pen, turns: usize) -> BezPath {
    let widest = (250.0 * reach(turns) - pen.taste.gap() * 0.56).clamp(70.0, 200.0);
    let inner =
        pen.between(60.0, 100.0).max(pen.taste.gap() / 2.0 / libm::sin(std::f64::consts::PI / turns as f64));
    form::lens(pt(500.0, 500.0 - inner), pt(500.0, 8.0), widest / (492.0 - inner))
}

/// A sharp or rounded triangle that leans into the turn.
fn blade(pen: &mut Pen, turns: usize) -> BezPath {
    let inner = pen.taste.gap() * 0.62 / libm::sin(std::f64::consts::PI / turns as f64);
    let step = 360.0 / turns as f64;
    let gap_turn = (pen.taste.gap() / 490.0).to_degrees();
    let a = polar(MIDDLE, inner, -90.0 + step * 0.5);
    let b = polar(MIDDLE, 490.0, -90.0);
    let lean = pen.between(0.5, 0.86);
    let c = polar(MIDDLE, 490.0 * lean, -90.0 + step - gap_turn * 0.9 / lean);
    form::rounded_polygon(&[a, b, c], pen.taste.corner(46.0))
}

/// The share of the turn that a module pointing up may fill.
fn wedge(pen: &Pen, turns: usize) -> BezPath {
    let half = 180.0 / turns as f64;
    let apex = pen.taste.gap() / 2.0 / libm::sin(half.to_radians());
    let tip = pt(500.0, 500.0 - apex);
    form::polygon(&[
        tip,
        polar(tip, 1400.0, -90.0 - half),
        pt(500.0, -1400.0),
        polar(tip, 1400.0, -90.0 + half),
    ])
}

/// Half discs that follow each other around.
fn half_disc(pen: &mut Pen, turns: usize) -> BezPath {
    let radius =
        (490.0 * libm::sin(std::f64::consts::PI / turns as f64)).min(245.0) * pen.between(0.94, 1.06);
    let at = pt(500.0, 500.0 - (490.0 - radius));
    let tilt = pen.one(0.0, &[90.0, 45.0, 0.0]);
    let lift = if tilt == 0.0 { radius * 0.5 } else { 0.0 };
    turn(tilt, at)
        * form::segment(pt(at.x, at.y + lift), radius * if tilt == 0.0 { 1.3 } else { 1.0 }, -180.0, 0.0)
}

/// A tile with two or three round corners.
fn leaf_tile(pen: &mut Pen, turns: usize) -> BezPath {
    let half = if turns <= 4 { 225.0 } else { 520.0 * libm::sin(std::f64::consts::PI / turns as f64) * 0.92 };
    let inner = pen.taste.gap() * 0.6;
    let reach = 490.0 - inner;
    let (top, bottom) = (10.0, 10.0 + reach.min(2.4 * half));
    let small = pen.taste.corner(60.0);
    let corners = [
        (pt(500.0 - half, top), if pen.chance(0.5) { small } else { half * 1.9 }),
        (pt(500.0 + half, top), half * 1.9),
        (pt(500.0 + half, bottom), small),
        (pt(500.0 - half, bottom), half * 1.9),
    ];
    form::rounded_corners(&corners)
}

/// An arc that starts near the middle and sweeps out.
fn hook(pen: &mut Pen, turns: usize) -> BezPath {
    let s = pen.taste.stroke() * if turns > 5 { 0.8 } else { 1.1 };
    let radius = pen.between(205.0, 245.0);
    let center = pt(500.0, 500.0 - radius);
    let from = pen.between(100.0, 120.0);
    let shift = pen.taste.gap() * 0.4;
    let sweep = (300.0 - 22.0 * turns as f64).max(120.0);
    let arc = form::arc_band(
        pt(center.x, center.y - shift),
        radius - s / 2.0 + 30.0,
        s,
        from - sweep,
        from - 25.0,
        pen.taste.cap(),
    );
    combine::union(&[arc])
}

fn capsule(pen: &mut Pen, turns: usize) -> BezPath {
    let half = (245.0 * reach(turns)).clamp(80.0, 150.0) - pen.taste.gap() * 0.2;
    let inner = clear(pen, half, turns).min(250.0) + if pen.taste.is_round() { half * 0.2 } else { 0.0 };
    let lean = pen.one(0.0, &[28.0, -28.0]);
    let ends = if pen.taste.is_round() { half } else { 0.0 };
    let bar = form::bar(pt(500.0, 500.0 - inner - ends), pt(500.0, 10.0 + ends), 2.0 * half, pen.taste.cap());
    turn(lean, pt(500.0, 500.0 - inner)) * bar
}

fn chevron(pen: &mut Pen, turns: usize) -> BezPath {
    let s = pen.taste.stroke() * 1.05;
    let half = (480.0 * reach(turns)).min(460.0);
    let tip = pen.between(160.0, 260.0).min(half);
    let y = 20.0 + tip;
    form::polygon(&[
        pt(500.0 - half, y),
        pt(500.0, y - tip),
        pt(500.0 + half, y),
        pt(500.0 + half, y + s * 1.4),
        pt(500.0, y - tip + s * 1.25),
        pt(500.0 - half, y + s * 1.4),
    ])
}
