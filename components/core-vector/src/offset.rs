//! Outlines made heavier or lighter by the same amount everywhere.

use crate::{bezier, combine, form};
use kurbo::{BezPath, CubicBez, ParamCurve, ParamCurveDeriv, PathSeg, Point, Vec2};

/// Pieces that a curve is cut into before each is moved sideways; enough for arcs of half a circle.
const PIECES: usize = 3;

/// How the corners of a grown outline look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Corner {
    Round,
    /// Pointed, cut off at three widths.
    Sharp,
}

/// The outline with everything within `by` added.
#[must_use]
pub fn grow(path: &BezPath, by: f64, corner: Corner) -> BezPath {
    let mut parts = vec![path.clone()];
    parts.extend(band(path, by, corner));
    combine::union(&parts)
}

/// The outline with everything within `by` of its edge taken away.
#[must_use]
pub fn shrink(path: &BezPath, by: f64, corner: Corner) -> BezPath {
    combine::subtract(path, &[combine::union(&band(path, by, corner))])
}

/// A band of this width along an outline that is not closed.
#[must_use]
pub fn stroke(segments: &[PathSeg], width: f64, corner: Corner, cap: form::Cap) -> BezPath {
    let mut parts = Vec::new();
    for pair in segments.windows(2) {
        parts.extend(join(&pair[0], &pair[1], width / 2.0, corner));
    }
    parts.extend(segments.iter().flat_map(|segment| sides(segment, width / 2.0)));
    if let (form::Cap::Round, Some(first), Some(last)) = (cap, segments.first(), segments.last()) {
        parts.extend([first.start(), last.end()].map(|end| form::circle(end, width / 2.0)));
    }
    combine::union(&parts)
}

/// The strips and joins that cover all points within `by` of the outline.
fn band(path: &BezPath, by: f64, corner: Corner) -> Vec<BezPath> {
    let mut parts = Vec::new();
    for contour in bezier::contours(path) {
        for (at, segment) in contour.iter().enumerate() {
            parts.extend(sides(segment, by));
            parts.extend(join(segment, &contour[(at + 1) % contour.len()], by, corner));
        }
    }
    parts
}

/// The strip that a segment sweeps to both sides.
fn sides(segment: &PathSeg, by: f64) -> Vec<BezPath> {
    let PathSeg::Cubic(cubic) = segment else {
        return vec![form::bar(segment.start(), segment.end(), 2.0 * by, form::Cap::Flat)];
    };
    let cut = |at: usize| cubic.subsegment(at as f64 / PIECES as f64..(at + 1) as f64 / PIECES as f64);
    (0..PIECES).map(|at| strip(&cut(at), by)).collect()
}

fn strip(cubic: &CubicBez, by: f64) -> BezPath {
    let (left, right) = (moved(cubic, by), moved(cubic, -by));
    let mut path = BezPath::new();
    path.move_to(left.p0);
    path.curve_to(left.p1, left.p2, left.p3);
    path.line_to(right.p3);
    path.curve_to(right.p2, right.p1, right.p0);
    path.close_path();
    path
}

/// A flat curve moved sideways: ends move along their normals, handles stretch with the chord.
fn moved(cubic: &CubicBez, by: f64) -> CubicBez {
    let (start, end) = (normal(cubic, 0.0), normal(cubic, 1.0));
    let (p0, p3) = (cubic.p0 + by * start, cubic.p3 + by * end);
    let before = (cubic.p3 - cubic.p0).hypot2().sqrt().max(1e-9);
    let stretch = (p3 - p0).hypot2().sqrt() / before;
    CubicBez::new(p0, p0 + stretch * (cubic.p1 - cubic.p0), p3 + stretch * (cubic.p2 - cubic.p3), p3)
}

fn normal(cubic: &CubicBez, t: f64) -> Vec2 {
    let mut slope = cubic.deriv().eval(t).to_vec2();
    if slope.hypot2() < 1e-12 {
        slope = cubic.p3 - cubic.p0;
    }
    let unit = slope / slope.hypot2().sqrt().max(1e-9);
    Vec2::new(unit.y, -unit.x)
}

fn join(one: &PathSeg, next: &PathSeg, by: f64, corner: Corner) -> Option<BezPath> {
    let (u, v) = (heading(one, 1.0), heading(next, 0.0));
    let turned = u.cross(v);
    if turned.abs() < 1e-3 && u.dot(v) > 0.0 {
        return None;
    }
    let at = one.end();
    match corner {
        Corner::Round => Some(form::circle(at, by)),
        Corner::Sharp => Some(point(at, u, v, if turned > 0.0 { by } else { -by })),
    }
}

/// The outside of a pointed corner.
fn point(at: Point, u: Vec2, v: Vec2, by: f64) -> BezPath {
    let side = |d: Vec2| by * Vec2::new(d.y, -d.x);
    let (a, b) = (side(u), side(v));
    let middle = a + b;
    // How far the point lies out; corners sharper than about forty degrees are cut off.
    let reach = (2.0 * by * by / middle.hypot2().max(1e-9)).min(3.0);
    form::polygon(&[at, at + a, at + reach * middle, at + b])
}

fn heading(segment: &PathSeg, t: f64) -> Vec2 {
    match segment {
        PathSeg::Cubic(cubic) => {
            let n = normal(cubic, t);
            Vec2::new(-n.y, n.x)
        }
        other => {
            let along = other.end() - other.start();
            along / along.hypot2().sqrt().max(1e-9)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bezier::area;

    #[test]
    fn growing_adds_a_band() {
        let square = form::rect(100.0, 100.0, 300.0, 300.0);
        assert!((area(&grow(&square, 20.0, Corner::Sharp)).abs() - 240.0 * 240.0).abs() < 5.0);
        let round = 240.0 * 240.0 - (4.0 - std::f64::consts::PI) * 400.0;
        assert!((area(&grow(&square, 20.0, Corner::Round)).abs() - round).abs() < 20.0);
        assert!((area(&shrink(&square, 20.0, Corner::Sharp)).abs() - 160.0 * 160.0).abs() < 5.0);
    }

    #[test]
    fn a_grown_disc_is_a_disc() {
        let grown = grow(&form::circle(Point::new(500.0, 500.0), 100.0), 50.0, Corner::Round);
        assert!((area(&grown).abs() - std::f64::consts::PI * 22_500.0).abs() < 120.0, "{}", area(&grown));
    }
}
