//! Few lines and curves through many points: corners stay corners, straight runs become lines, the rest cubic curves
//! that leave no point far (Schneider's fit, which needs no more than square roots).

use crate::knot::{Knot, direction, knots, unit};
use kurbo::{CubicBez, Line, ParamCurve, ParamCurveDeriv, PathSeg, Point, Vec2};

/// How far points may lie from a line and from a curve, in pixels.
const LINE_AWAY: f64 = 0.6;
const CURVE_AWAY: f64 = 0.9;
/// Points at each end that give a curve its direction.
const LEAD: usize = 7;
/// The nearest points to a corner are rounded off by pixels and say nothing.
const BLIND: usize = 2;
/// Rounds in which points look for their places on a curve.
const ROUNDS: usize = 8;
/// A curve that misses by more than this many times what it may is cut at once.
const HOPELESS: f64 = 6.0;
/// Fewer points are not cut any more.
const CUT_MIN: usize = 10;
/// A line of at least this length, this near to level or upright, is meant to be so.
const LEVEL_LENGTH: f64 = 20.0;
const LEVEL: f64 = 0.012;
/// Two lines that turn less than this sine into each other are one.
const COLLINEAR: f64 = 0.03;

/// A closed contour along a closed chain; none for a chain that goes nowhere.
pub(crate) fn contour(points: &[Point]) -> Option<Vec<PathSeg>> {
    let knots = knots(points)?;
    let mut segments = Vec::new();
    for (at, from) in knots.iter().enumerate() {
        let to = &knots[(at + 1) % knots.len()];
        let piece = piece(points, from, to);
        if from.is_straight || (from.ahead.is_none() && to.behind.is_none() && is_straight(&piece)) {
            segments.push(PathSeg::Line(Line::new(from.at, to.at)));
            continue;
        }
        let back: Vec<Point> = piece.iter().rev().copied().collect();
        let start = from.ahead.unwrap_or_else(|| lead(&piece));
        let end = to.behind.unwrap_or_else(|| lead(&back));
        fit(&piece, start, end, &mut segments);
    }
    levelled(&mut segments);
    let segments = joined(segments);
    (segments.len() >= 2).then_some(segments)
}

/// The points from one knot to the next, both at the places that are meant.
fn piece(points: &[Point], from: &Knot, to: &Knot) -> Vec<Point> {
    let count = points.len();
    let last = if to.index > from.index { to.index } else { to.index + count };
    let blind = |direction: Option<Vec2>| if direction.is_none() { BLIND } else { 0 };
    let (first, last) = (from.index + 1 + blind(from.ahead), last.saturating_sub(1 + blind(to.behind)));
    let mut piece = vec![from.at];
    piece.extend((first..=last).map(|index| points[index % count]));
    piece.push(to.at);
    piece
}

pub(crate) fn is_straight(piece: &[Point]) -> bool {
    let [first, .., last] = piece else { return true };
    let along = unit(*last - *first);
    piece.iter().all(|point| (*point - *first).cross(along).abs() <= LINE_AWAY)
}

/// Where the first points of a piece lead.
fn lead(piece: &[Point]) -> Vec2 {
    let last = piece.len().saturating_sub(1).min(LEAD);
    piece.first().zip(piece.get(last)).map_or(Vec2::new(1.0, 0.0), |(from, to)| unit(*to - *from))
}

/// Cubic curves along the points, which leave along `start` and arrive against `end`.
fn fit(points: &[Point], start: Vec2, end: Vec2, segments: &mut Vec<PathSeg>) {
    let (first, last) = (points[0], points[points.len() - 1]);
    let mut places = chord_places(points);
    let mut curve = best(points, &places, start, end);
    let (mut away, mut at) = worst(points, &places, &curve);
    for _ in 0..ROUNDS {
        if away <= CURVE_AWAY || away > HOPELESS * CURVE_AWAY {
            break;
        }
        places = nearer(points, &places, &curve);
        curve = best(points, &places, start, end);
        (away, at) = worst(points, &places, &curve);
    }
    if away <= CURVE_AWAY || points.len() < 2 * CUT_MIN {
        let straight = is_straight(points) && start.cross(last - first).abs() < CURVE_AWAY;
        segments.push(if straight { PathSeg::Line(Line::new(first, last)) } else { PathSeg::Cubic(curve) });
        return;
    }
    let at = at.clamp(CUT_MIN, points.len() - CUT_MIN);
    let along = unit(points[(at + LEAD).min(points.len() - 1)] - points[at.saturating_sub(LEAD)]);
    fit(&points[..=at], start, -along, segments);
    fit(&points[at..], along, end, segments);
}

/// Places on a curve, 0 to 1, by the way along the points.
fn chord_places(points: &[Point]) -> Vec<f64> {
    let mut way = vec![0.0];
    for pair in points.windows(2) {
        way.push(way[way.len() - 1] + (pair[1] - pair[0]).hypot2().sqrt());
    }
    let all = way[way.len() - 1].max(1e-9);
    way.into_iter().map(|one| one / all).collect()
}

/// The curve with given ends and directions whose points at these places lie nearest.
fn best(points: &[Point], places: &[f64], start: Vec2, end: Vec2) -> CubicBez {
    let (first, last) = (points[0], points[points.len() - 1]);
    let (mut c00, mut c01, mut c11, mut x0, mut x1) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for (point, t) in points.iter().zip(places) {
        let s = 1.0 - t;
        let (b0, b1, b2, b3) = (s * s * s, 3.0 * s * s * t, 3.0 * s * t * t, t * t * t);
        let (a0, a1) = (b1 * start, b2 * end);
        let rest = point.to_vec2() - ((b0 + b1) * first.to_vec2() + (b2 + b3) * last.to_vec2());
        c00 += a0.dot(a0);
        c01 += a0.dot(a1);
        c11 += a1.dot(a1);
        x0 += a0.dot(rest);
        x1 += a1.dot(rest);
    }
    let determinant = c00 * c11 - c01 * c01;
    let chord = (last - first).hypot2().sqrt();
    let (mut near, mut far) = ((x0 * c11 - x1 * c01) / determinant, (c00 * x1 - c01 * x0) / determinant);
    // Handles that turn back or run far are none: a third of the chord is always possible.
    let is_handle = |length: f64| length > 0.02 * chord && length < 3.0 * chord;
    if !is_handle(near) || !is_handle(far) {
        (near, far) = (chord / 3.0, chord / 3.0);
    }
    CubicBez::new(first, first + near * start, last + far * end, last)
}

/// How far the farthest point lies, and which it is.
fn worst(points: &[Point], places: &[f64], curve: &CubicBez) -> (f64, usize) {
    let away = |at: usize| (curve.eval(places[at]) - points[at]).hypot2();
    let at = (0..points.len()).max_by(|a, b| away(*a).total_cmp(&away(*b))).unwrap_or_default();
    (away(at).sqrt(), at)
}

/// One step of Newton's towards the nearest places.
fn nearer(points: &[Point], places: &[f64], curve: &CubicBez) -> Vec<f64> {
    let slope = curve.deriv();
    let bend = slope.deriv();
    let step = |(point, t): (&Point, &f64)| {
        let away = curve.eval(*t) - *point;
        let (first, second) = (slope.eval(*t).to_vec2(), bend.eval(*t).to_vec2());
        let by = first.hypot2() + away.dot(second);
        let next = if by.abs() > 1e-9 { t - away.dot(first) / by } else { *t };
        if (0.0..=1.0).contains(&next) { next } else { *t }
    };
    let mut next: Vec<f64> = points.iter().zip(places).map(step).collect();
    next[0] = 0.0;
    let last = next.len() - 1;
    next[last] = 1.0;
    next
}

/// Lines that are nearly level or upright are so.
fn levelled(segments: &mut [PathSeg]) {
    let count = segments.len();
    for at in 0..count {
        let PathSeg::Line(line) = segments[at] else { continue };
        let along = line.p1 - line.p0;
        let middle = line.p0.midpoint(line.p1);
        if along.hypot2() < LEVEL_LENGTH * LEVEL_LENGTH {
            continue;
        }
        let (p0, p1) = if along.y.abs() <= LEVEL * along.x.abs() {
            (Point::new(line.p0.x, middle.y), Point::new(line.p1.x, middle.y))
        } else if along.x.abs() <= LEVEL * along.y.abs() {
            (Point::new(middle.x, line.p0.y), Point::new(middle.x, line.p1.y))
        } else {
            continue;
        };
        segments[at] = PathSeg::Line(Line::new(p0, p1));
        let (before, after) = ((at + count - 1) % count, (at + 1) % count);
        segments[before] = ended(segments[before], p0);
        segments[after] = started(segments[after], p1);
    }
}

fn started(segment: PathSeg, at: Point) -> PathSeg {
    match segment {
        PathSeg::Line(line) => PathSeg::Line(Line::new(at, line.p1)),
        PathSeg::Cubic(c) => PathSeg::Cubic(CubicBez::new(at, c.p1 + (at - c.p0), c.p2, c.p3)),
        other @ PathSeg::Quad(_) => other,
    }
}

fn ended(segment: PathSeg, at: Point) -> PathSeg {
    match segment {
        PathSeg::Line(line) => PathSeg::Line(Line::new(line.p0, at)),
        PathSeg::Cubic(c) => PathSeg::Cubic(CubicBez::new(c.p0, c.p1, c.p2 + (at - c.p3), at)),
        other @ PathSeg::Quad(_) => other,
    }
}

/// Lines that go on in the same direction become one.
fn joined(segments: Vec<PathSeg>) -> Vec<PathSeg> {
    let mut joined: Vec<PathSeg> = Vec::new();
    for segment in segments {
        match joined.last().and_then(|last| one_line(last, &segment)) {
            Some(line) => {
                joined.pop();
                joined.push(line);
            }
            None => joined.push(segment),
        }
    }
    if let [first, .., last] = joined[..]
        && let Some(line) = one_line(&last, &first)
    {
        joined.pop();
        joined[0] = line;
    }
    joined
}

fn one_line(one: &PathSeg, next: &PathSeg) -> Option<PathSeg> {
    let (PathSeg::Line(a), PathSeg::Line(b)) = (one, next) else { return None };
    let (u, v) = (unit(a.p1 - a.p0), unit(b.p1 - b.p0));
    (u.cross(v).abs() < COLLINEAR && u.dot(v) > 0.0).then(|| PathSeg::Line(Line::new(a.p0, b.p1)))
}

/// The direction of a chain at a place.
pub(crate) fn along(points: &[Point], index: usize) -> Vec2 {
    direction(points, index, LEAD)
}
