//! Where a chain of points changes its kind: corners, the ends of straight runs, and where a round one turns.

use crate::curve::{along, is_straight};
use kurbo::{Point, Vec2};

/// Points ahead and behind that show whether a chain turns sharply.
const ARM: usize = 8;
/// Cosine of the turn that makes a corner: about 38 degrees over two arms.
const CORNER: f64 = 0.79;
/// Pixels take this much off a corner, in pixels across; what is farther from where its sides meet was painted round.
const CORNER_LOST: f64 = 1.1;
/// Points that show the sides of a corner: past what a small rounding takes.
const FLANK: (usize, usize) = (4, 11);
/// Arms that are nearer to one line than this sine meet nowhere in particular.
const CORNER_MEETS: f64 = 0.2;
/// Points ahead and behind that show whether a chain is straight, and the sine that they may turn.
const LONG_ARM: usize = 16;
const STRAIGHT: f64 = 0.022;
/// A shorter run is part of a curve, and so is one whose halves turn more than this sine into each other.
const RUN: usize = 44;
const HALVES: f64 = 0.012;
/// A straight run goes on beyond the last place whose arms are straight, nearly as far as they reach.
const RUN_ON: usize = 13;
/// Ends of two runs that are nearer than this are one.
const ALIKE: usize = 4;
/// Extremes that are nearer along the chain, as a part of it, are one.
const EXTREMES_APART: usize = 16;
/// Points this near to an extreme are as extreme; the middle of them is meant.
const EXTREME_AWAY: f64 = 0.3;

#[derive(Clone, Copy, Debug)]
pub(crate) struct Knot {
    /// Its place in the chain, and where it is meant to be.
    pub index: usize,
    pub at: Point,
    /// Directions that curves leave it with, to both sides; none at a corner.
    pub ahead: Option<Vec2>,
    pub behind: Option<Vec2>,
    /// Whether a line follows.
    pub is_straight: bool,
}

impl Knot {
    fn corner(index: usize, at: Point) -> Self {
        Self { index, at, ahead: None, behind: None, is_straight: false }
    }

    fn is_corner(&self) -> bool {
        self.ahead.is_none() && self.behind.is_none()
    }

    fn smooth(index: usize, at: Point, along: Vec2) -> Self {
        Self { ahead: Some(along), behind: Some(-along), ..Self::corner(index, at) }
    }
}

/// At least two knots in the order of the chain; none for a chain that is too short to have any.
pub(crate) fn knots(points: &[Point]) -> Option<Vec<Knot>> {
    let count = points.len();
    if count < 4 * ARM {
        return None;
    }
    let mut knots: Vec<Knot> =
        corners(points).into_iter().map(|(index, at)| Knot::corner(index, at)).collect();
    let corners: Vec<usize> = knots.iter().map(|knot| knot.index).collect();
    for (from, to) in runs(points, &corners) {
        add_run(points, &mut knots, from, to);
    }
    if knots.is_empty() {
        knots = extremes(points);
    }
    if let [only] = knots[..] {
        // A drop has one corner; its far side is round.
        let index = (only.index + count / 2) % count;
        knots.push(Knot::smooth(index, points[index], along(points, index)));
    }
    knots.sort_by_key(|knot| knot.index);
    Some(knots)
}

pub(crate) fn unit(v: Vec2) -> Vec2 {
    v / v.hypot2().sqrt().max(1e-9)
}

/// The direction of a closed chain at a place, from this many points behind to as many ahead.
pub(crate) fn direction(points: &[Point], index: usize, arm: usize) -> Vec2 {
    let count = points.len();
    unit(points[(index + arm) % count] - points[(index + count - arm) % count])
}

/// Sharp turns: where each is in the chain, and where its sides meet.
fn corners(points: &[Point]) -> Vec<(usize, Point)> {
    let count = points.len();
    let at = |index: usize| points[index % count];
    let turn = |index: usize| {
        let ahead = unit(at(index + ARM) - at(index + 1));
        ahead.dot(unit(at(index + count - 1) - at(index + count - ARM)))
    };
    let turns: Vec<f64> = (0..count).map(turn).collect();
    let is_sharpest = |index: &usize| {
        let own = turns[*index];
        // Of equals the first counts.
        let ahead = (1..=ARM).all(|step| own <= turns[(index + step) % count]);
        own < CORNER && ahead && (1..=ARM).all(|step| own < turns[(index + count - step) % count])
    };
    let meet = |index: usize| {
        let side = |step: &dyn Fn(usize) -> Point| (step(FLANK.0), unit(step(FLANK.1) - step(FLANK.0)));
        let (p, u) = side(&|by| at(index + by));
        let (q, v) = side(&|by| at(index + count - by));
        let cross = u.cross(v);
        let met = p + (q - p).cross(v) / cross * u;
        if cross.abs() < CORNER_MEETS {
            return Some((index, at(index)));
        }
        let half_sine = ((1.0 - u.dot(v)) / 2.0).sqrt().max(1e-3);
        let lost = (met - at(index)).hypot2().sqrt() * half_sine;
        (lost <= CORNER_LOST).then_some((index, met))
    };
    (0..count).filter(is_sharpest).filter_map(meet).collect()
}

/// Straight runs of the chain, from and to; the second may lie beyond the end of the chain.
fn runs(points: &[Point], corners: &[usize]) -> Vec<(usize, usize)> {
    let count = points.len();
    let away = |one: usize, other: usize| one.abs_diff(other).min(count - one.abs_diff(other));
    let at = |index: usize| points[index % count];
    let is_flat = |index: usize| {
        let ahead = unit(at(index + LONG_ARM) - at(index + 1));
        let behind = unit(at(index + count - 1) - at(index + count - LONG_ARM));
        corners.iter().all(|corner| away(*corner, index) >= LONG_ARM)
            && ahead.cross(behind).abs() < STRAIGHT
            && ahead.dot(behind) > 0.0
    };
    let flat: Vec<bool> = (0..count).map(is_flat).collect();
    let Some(bent) = flat.iter().position(|flat| !flat) else { return Vec::new() };
    let mut runs = Vec::new();
    let mut start = None;
    for index in bent..=bent + count {
        match (flat[index % count], start) {
            (true, None) => start = Some(index),
            (false, Some(first)) => {
                let (from, to) = (first + count - RUN_ON, index - 1 + count + RUN_ON);
                let run: Vec<Point> = (from..=to).map(at).collect();
                let halves = run.len() / 2;
                let (one, other) = (run[halves] - run[0], run[run.len() - 1] - run[halves]);
                let is_bent = unit(one).cross(unit(other)).abs() > HALVES;
                if run.len() >= RUN && !is_bent && is_straight(&run) {
                    runs.push((from, to));
                }
                start = None;
            }
            _ => {}
        }
    }
    runs
}

/// A straight run between two places. An end near a knot is that knot; another end is smooth.
fn add_run(points: &[Point], knots: &mut Vec<Knot>, from: usize, to: usize) {
    let count = points.len();
    let (from, to) = (from % count, to % count);
    let near = |knots: &[Knot], place: usize| {
        let away = |knot: &Knot| knot.index.abs_diff(place).min(count - knot.index.abs_diff(place));
        let nearest = (0..knots.len()).min_by_key(|at| away(&knots[*at]));
        let reach = |knot: &Knot| if knot.is_corner() { LONG_ARM } else { ALIKE };
        nearest.filter(|at| away(&knots[*at]) < reach(&knots[*at]))
    };
    let (start, end) = (near(knots, from), near(knots, to));
    if start.is_some() && start == end {
        return;
    }
    let place = |knot: Option<usize>, index: usize| knot.map_or(points[index], |knot| knots[knot].at);
    let along = unit(place(end, to) - place(start, from));
    match start {
        Some(knot) => {
            knots[knot].is_straight = true;
            knots[knot].behind = None;
        }
        None => knots.push(Knot { is_straight: true, ..Knot::smooth(from, points[from], along) }),
    }
    match end {
        Some(knot) => knots[knot].ahead = None,
        None => knots.push(Knot::smooth(to, points[to], along)),
    }
}

/// Where a round chain is leftmost, highest, rightmost and lowest: there it runs level or upright.
fn extremes(points: &[Point]) -> Vec<Knot> {
    let count = points.len();
    let sides: [&dyn Fn(Point) -> f64; 4] = [&|p| p.x, &|p| p.y, &|p| -p.x, &|p| -p.y];
    let mut knots: Vec<Knot> = Vec::new();
    for side in sides {
        let value = |index: usize| side(points[index % count]);
        let Some(most) = (0..count).min_by(|a, b| value(*a).total_cmp(&value(*b))) else { continue };
        let is_as = |index: &usize| value(*index) <= value(most) + EXTREME_AWAY;
        let ahead = (most..most + count / 2).take_while(is_as).count();
        let behind = (0..count / 2).take_while(|step| is_as(&(most + count - step))).count();
        let index = (2 * (most + count) + ahead - behind) / 2 % count;
        let away = |knot: &Knot| knot.index.abs_diff(index).min(count - knot.index.abs_diff(index));
        if knots.iter().all(|knot| away(knot) >= count / EXTREMES_APART) {
            let along = along(points, index);
            let level =
                if along.x.abs() > along.y.abs() { Vec2::new(along.x, 0.0) } else { Vec2::new(0.0, along.y) };
            knots.push(Knot::smooth(index, points[index], unit(level)));
        }
    }
    knots
}
