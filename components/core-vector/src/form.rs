//! Primitives. Round forms are cubics with the usual constant; every form turns from x to y.

use crate::transform::{direction, polar};
use kurbo::{BezPath, Point, Rect, Vec2};

/// A box by its edges.
#[must_use]
pub fn rect(left: f64, top: f64, right: f64, bottom: f64) -> BezPath {
    polygon(&[(left, top), (right, top), (right, bottom), (left, bottom)].map(Point::from))
}

/// A box with round corners.
#[must_use]
pub fn rounded_rect(left: f64, top: f64, right: f64, bottom: f64, radius: f64) -> BezPath {
    rounded_polygon(&[(left, top), (right, top), (right, bottom), (left, bottom)].map(Point::from), radius)
}

/// A square with sides that swell into each other.
#[must_use]
pub fn squircle(center: Point, half: f64) -> BezPath {
    let (c, h) = (center, half);
    let near = 0.86 * h;
    let mut path = BezPath::new();
    path.move_to((c.x, c.y - h));
    for (from, to) in [
        ((0.0, -1.0), (1.0, 0.0)),
        ((1.0, 0.0), (0.0, 1.0)),
        ((0.0, 1.0), (-1.0, 0.0)),
        ((-1.0, 0.0), (0.0, -1.0)),
    ] {
        let (from, to) = (Vec2::from(from), Vec2::from(to));
        path.curve_to(c + h * from + near * to, c + h * to + near * from, c + h * to);
    }
    path.close_path();
    path
}

#[must_use]
pub fn polygon(points: &[Point]) -> BezPath {
    let mut path = BezPath::new();
    for (index, point) in points.iter().enumerate() {
        if index == 0 { path.move_to(*point) } else { path.line_to(*point) }
    }
    if !points.is_empty() {
        path.close_path();
    }
    path
}

/// A polygon whose corners are rounded with this radius, less where sides are short.
#[must_use]
pub fn rounded_polygon(points: &[Point], radius: f64) -> BezPath {
    rounded_corners(&points.iter().map(|point| (*point, radius)).collect::<Vec<_>>())
}

/// A polygon with a radius for each corner.
#[must_use]
pub fn rounded_corners(points: &[(Point, f64)]) -> BezPath {
    let mut path = BezPath::new();
    let count = points.len();
    for (index, (corner, radius)) in points.iter().enumerate() {
        let before = points[(index + count - 1) % count].0 - *corner;
        let after = points[(index + 1) % count].0 - *corner;
        let (lb, la) = (length(before), length(after));
        if *radius <= 0.0 || lb <= 0.0 || la <= 0.0 {
            go(&mut path, *corner);
            continue;
        }
        let (u, v) = (before / lb, after / la);
        let cosine = u.dot(v).clamp(-1.0, 1.0);
        // Half of the angle between the sides, by its tangent; cut is how far from the corner the arc starts.
        let half = ((1.0 - cosine) / (1.0 + cosine).max(1e-12)).sqrt();
        let cut = (radius / half.max(1e-6)).min(lb / 2.0).min(la / 2.0);
        // Handles of an arc that turns by the rest of the half circle.
        let turned = std::f64::consts::PI - libm::acos(cosine);
        let handle = 4.0 / 3.0 * libm::tan(turned / 4.0) * cut * half;
        go(&mut path, *corner + cut * u);
        path.curve_to(*corner + (cut - handle) * u, *corner + (cut - handle) * v, *corner + cut * v);
    }
    if count > 0 {
        path.close_path();
    }
    path
}

/// A regular polygon; the first corner lies at the angle.
#[must_use]
pub fn regular(center: Point, radius: f64, corners: usize, degrees: f64) -> Vec<Point> {
    (0..corners).map(|at| polar(center, radius, degrees + 360.0 * at as f64 / corners as f64)).collect()
}

/// A star with rays; corners alternate between the radii.
#[must_use]
pub fn star(center: Point, outer: f64, inner: f64, rays: usize, degrees: f64) -> Vec<Point> {
    let step = 180.0 / rays as f64;
    (0..rays * 2)
        .map(|at| polar(center, if at % 2 == 0 { outer } else { inner }, degrees + step * at as f64))
        .collect()
}

#[must_use]
pub fn circle(center: Point, radius: f64) -> BezPath {
    ellipse(center, radius, radius)
}

#[must_use]
pub fn ellipse(center: Point, rx: f64, ry: f64) -> BezPath {
    let mut path = BezPath::new();
    path.move_to(center + Vec2::new(rx, 0.0));
    let at = |v: Vec2| center + Vec2::new(rx * v.x, ry * v.y);
    for quarter in 0..4 {
        let (a, b) = (90.0 * f64::from(quarter), 90.0 * f64::from(quarter + 1));
        let [_, p1, p2, p3] = unit_arc(a, b);
        path.curve_to(at(p1), at(p2), at(p3));
    }
    path.close_path();
    path
}

/// A disc with a hole.
#[must_use]
pub fn ring(center: Point, outer: f64, inner: f64) -> BezPath {
    let mut path = circle(center, outer);
    path.extend(reversed(&circle(center, inner)));
    path
}

/// A slice of a disc, from one angle to the next in degrees.
#[must_use]
pub fn sector(center: Point, radius: f64, from: f64, to: f64) -> BezPath {
    let mut path = BezPath::new();
    path.move_to(center);
    path.line_to(polar(center, radius, from));
    arc_to(&mut path, center, radius, from, to);
    path.close_path();
    path
}

/// The part of a disc on one side of the chord between two angles.
#[must_use]
pub fn segment(center: Point, radius: f64, from: f64, to: f64) -> BezPath {
    let mut path = BezPath::new();
    path.move_to(polar(center, radius, from));
    arc_to(&mut path, center, radius, from, to);
    path.close_path();
    path
}

/// How the ends of a band look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cap {
    Flat,
    Round,
}

/// A piece of a ring around a middle radius.
#[must_use]
pub fn arc_band(center: Point, middle: f64, width: f64, from: f64, to: f64, cap: Cap) -> BezPath {
    let (outer, inner) = (middle + width / 2.0, middle - width / 2.0);
    let mut path = BezPath::new();
    path.move_to(polar(center, outer, from));
    arc_to(&mut path, center, outer, from, to);
    match cap {
        Cap::Flat => path.line_to(polar(center, inner, to)),
        Cap::Round => arc_to(&mut path, polar(center, middle, to), width / 2.0, to, to + 180.0),
    }
    arc_to(&mut path, center, inner, to, from);
    if cap == Cap::Round {
        arc_to(&mut path, polar(center, middle, from), width / 2.0, from + 180.0, from + 360.0);
    }
    path.close_path();
    path
}

/// A straight bar of this width.
#[must_use]
pub fn bar(from: Point, to: Point, width: f64, cap: Cap) -> BezPath {
    let along = to - from;
    let unit = along / length(along).max(1e-9);
    let side = width / 2.0 * Vec2::new(unit.y, -unit.x);
    let mut path = BezPath::new();
    path.move_to(from + side);
    path.line_to(to + side);
    let degrees = libm::atan2(side.y, side.x).to_degrees();
    match cap {
        Cap::Flat => {
            path.line_to(to - side);
            path.line_to(from - side);
        }
        Cap::Round => {
            arc_to(&mut path, to, width / 2.0, degrees, degrees + 180.0);
            path.line_to(from - side);
            arc_to(&mut path, from, width / 2.0, degrees + 180.0, degrees + 360.0);
        }
    }
    path.close_path();
    path
}

/// Two arcs between two points, like a leaf or an eye; `bulge` is half of its width in lengths.
#[must_use]
pub fn lens(from: Point, to: Point, bulge: f64) -> BezPath {
    let along = to - from;
    let side = Vec2::new(along.y, -along.x);
    // A circle through both ends and the widest point, as one cubic each: good to a hundredth for flat leaves.
    let lift = 4.0 / 3.0 * bulge;
    let pull = 0.5 - 0.28 * (1.0 - bulge).clamp(0.0, 1.0) - 0.02;
    let mut path = BezPath::new();
    path.move_to(from);
    path.curve_to(from + pull * along + lift * side, to - pull * along + lift * side, to);
    path.curve_to(to - pull * along - lift * side, from + pull * along - lift * side, from);
    path.close_path();
    path
}

/// Continues a path along a circle.
pub fn arc_to(path: &mut BezPath, center: Point, radius: f64, from: f64, to: f64) {
    let steps = ((to - from).abs() / 90.0 - 1e-9).ceil().max(1.0);
    let step = (to - from) / steps;
    for index in 0..steps as usize {
        let start = from + step * index as f64;
        let [_, p1, p2, p3] = unit_arc(start, start + step);
        path.curve_to(center + radius * p1, center + radius * p2, center + radius * p3);
    }
}

/// The same outline, turning the other way.
#[must_use]
pub fn reversed(path: &BezPath) -> BezPath {
    let turned: Vec<_> = crate::bezier::contours(path)
        .iter()
        .map(|contour| contour.iter().rev().map(kurbo::PathSeg::reverse).collect())
        .collect();
    crate::bezier::path(&turned)
}

/// A box of side `1000`, smaller by an inset on every side.
#[must_use]
pub fn square(inset: f64) -> Rect {
    Rect::new(inset, inset, 1000.0 - inset, 1000.0 - inset)
}

fn go(path: &mut BezPath, to: Point) {
    if path.elements().is_empty() { path.move_to(to) } else { path.line_to(to) }
}

fn length(v: Vec2) -> f64 {
    v.hypot2().sqrt()
}

/// The cubic of an arc of the unit circle of at most a quarter.
fn unit_arc(from: f64, to: f64) -> [Vec2; 4] {
    let (a, b) = (direction(from), direction(to));
    let handle = 4.0 / 3.0 * libm::tan((to - from).to_radians() / 4.0);
    let ahead = |v: Vec2| Vec2::new(-v.y, v.x);
    [a, a + handle * ahead(a), b - handle * ahead(b), b]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bezier::{area, bounds};

    #[test]
    fn forms_have_their_areas() {
        let c = Point::new(500.0, 500.0);
        let cases = [
            ("rect", rect(0.0, 0.0, 100.0, 50.0), 5000.0),
            ("circle", circle(c, 100.0), 31_415.9),
            ("ring", ring(c, 100.0, 50.0), 23_561.9),
            ("sector", sector(c, 100.0, 0.0, 90.0), 7_854.0),
            ("arc", arc_band(c, 100.0, 20.0, 0.0, 180.0, Cap::Flat), 6_283.2),
            ("arc, round", arc_band(c, 100.0, 20.0, 0.0, 180.0, Cap::Round), 6_597.3),
            ("bar", bar(Point::ZERO, Point::new(100.0, 0.0), 10.0, Cap::Flat), 1000.0),
            ("bar, round", bar(Point::ZERO, Point::new(100.0, 0.0), 10.0, Cap::Round), 1078.5),
            ("rounded", rounded_rect(0.0, 0.0, 100.0, 100.0, 20.0), 9656.6),
            ("pill", rounded_rect(0.0, 0.0, 100.0, 40.0, 20.0), 3656.6),
        ];
        for (name, path, expected) in cases {
            assert!(
                (area(&path) - expected).abs() < expected * 2e-3,
                "{name}: {} for {expected}",
                area(&path)
            );
        }
    }

    #[test]
    fn a_round_bar_ends_beyond_its_points() {
        let bounds = bounds(&bar(Point::new(100.0, 100.0), Point::new(100.0, 300.0), 50.0, Cap::Round));
        assert!((bounds.y0 - 75.0).abs() < 0.1 && (bounds.y1 - 325.0).abs() < 0.1, "{bounds:?}");
    }
}
