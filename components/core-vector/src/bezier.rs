//! Closed outlines as lists of lines and cubics, without any call into floating-point transcendentals.

use kurbo::{BezPath, CubicBez, Line, ParamCurve, PathEl, PathSeg, Point, Rect};

/// How far a chord may leave its curve when outlines are flattened: far below what a printer shows.
pub const FLAT: f64 = 0.05;
/// A single curve never needs more chords than this at the sizes drawings have.
const CHORDS_MAX: usize = 96;

/// The closed contours of a path, every quadratic as a cubic, every contour ended by a line where it was open.
#[must_use]
pub fn contours(path: &BezPath) -> Vec<Vec<PathSeg>> {
    let mut all = Vec::new();
    let mut now: Vec<PathSeg> = Vec::new();
    let (mut start, mut at) = (Point::ZERO, Point::ZERO);
    for element in path.elements() {
        match *element {
            PathEl::MoveTo(p) => {
                finish(&mut all, &mut now, start, at);
                start = p;
            }
            PathEl::LineTo(p) => push_line(&mut now, at, p),
            PathEl::QuadTo(c, p) => {
                now.push(PathSeg::Cubic(CubicBez::new(at, at.lerp(c, 2.0 / 3.0), p.lerp(c, 2.0 / 3.0), p)));
            }
            PathEl::CurveTo(a, b, p) => now.push(PathSeg::Cubic(CubicBez::new(at, a, b, p))),
            PathEl::ClosePath => {
                finish(&mut all, &mut now, start, at);
                at = start;
                continue;
            }
        }
        at = element.end_point().unwrap_or(at);
    }
    finish(&mut all, &mut now, start, at);
    all
}

/// A path of closed contours.
#[must_use]
pub fn path(contours: &[Vec<PathSeg>]) -> BezPath {
    let mut path = BezPath::new();
    for contour in contours {
        let Some(first) = contour.first() else { continue };
        path.move_to(first.start());
        for (index, segment) in contour.iter().enumerate() {
            match segment {
                // The closing command draws the last straight line.
                PathSeg::Line(_) if index + 1 == contour.len() => {}
                PathSeg::Line(line) => path.line_to(line.p1),
                PathSeg::Quad(quad) => path.quad_to(quad.p1, quad.p2),
                PathSeg::Cubic(cubic) => path.curve_to(cubic.p1, cubic.p2, cubic.p3),
            }
        }
        path.close_path();
    }
    path
}

/// The parameters at which a segment is cut into chords; ends with 1.
#[must_use]
pub fn chords(segment: &PathSeg, tolerance: f64) -> Vec<f64> {
    let PathSeg::Cubic(c) = segment else { return vec![1.0] };
    // The second differences bound how far chords can leave the curve.
    let bend = |a: Point, b: Point, c: Point| (a.to_vec2() - 2.0 * b.to_vec2() + c.to_vec2()).hypot2().sqrt();
    let most = bend(c.p0, c.p1, c.p2).max(bend(c.p1, c.p2, c.p3));
    let count = ((0.75 * most / tolerance).sqrt().ceil() as usize).clamp(1, CHORDS_MAX);
    (1..=count).map(|step| step as f64 / count as f64).collect()
}

/// Closed polygons that follow the path.
#[must_use]
pub fn polygons(path: &BezPath, tolerance: f64) -> Vec<Vec<Point>> {
    let follow = |contour: &Vec<PathSeg>| {
        contour
            .iter()
            .flat_map(|segment| chords(segment, tolerance).into_iter().map(|t| segment.eval(t)))
            .collect()
    };
    contours(path).iter().map(follow).collect()
}

/// The box around the ink; an empty box at the origin for an empty path.
#[must_use]
pub fn bounds(path: &BezPath) -> Rect {
    let points = polygons(path, FLAT);
    let mut points = points.iter().flatten();
    let Some(first) = points.next() else { return Rect::ZERO };
    points.fold(Rect::from_points(*first, *first), |all, point| all.union_pt(*point))
}

/// Twice-signed area would do for winding; this is the signed area of all contours.
#[must_use]
pub fn area(path: &BezPath) -> f64 {
    polygons(path, FLAT).iter().map(|polygon| polygon_area(polygon)).sum()
}

/// The signed area of a polygon, positive where it turns from x to y.
#[must_use]
pub fn polygon_area(polygon: &[Point]) -> f64 {
    let next = polygon.iter().cycle().skip(1);
    polygon.iter().zip(next).map(|(a, b)| a.x * b.y - b.x * a.y).sum::<f64>() / 2.0
}

/// The number of lines and curves.
#[must_use]
pub fn segments(path: &BezPath) -> usize {
    contours(path).iter().map(Vec::len).sum()
}

fn finish(all: &mut Vec<Vec<PathSeg>>, now: &mut Vec<PathSeg>, start: Point, at: Point) {
    if !now.is_empty() {
        push_line(now, at, start);
        all.push(std::mem::take(now));
    }
}

fn push_line(now: &mut Vec<PathSeg>, from: Point, to: Point) {
    if (to - from).hypot2() > 1e-12 {
        now.push(PathSeg::Line(Line::new(from, to)));
    }
}
