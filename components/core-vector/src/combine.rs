//! Union, difference, intersection and exclusion of outlines that keep their curves.
//!
//! Outlines are cut into chords on an integer grid, the chords are combined exactly, and every chord of the result
//! remembers its curve: neighbours of one curve become that piece of it again. So a bitten circle is still made of
//! arcs, and results hold few nodes.

use crate::bezier::{self, FLAT};
use i_overlay::core::edge_data::{EdgeDataMerge, OverlayEdgeData};
use i_overlay::core::edge_overlay::{EdgeOverlay, InputEdge};
use i_overlay::core::fill_rule::FillRule;
use i_overlay::core::overlay::ShapeType;
use i_overlay::core::overlay_rule::OverlayRule;
use i_overlay::i_float::int::point::IntPoint;
use i_overlay::segm::boolean::ShapeCountBoolean;
use i_overlay::vector::edge::DataVectorShape;
use kurbo::{BezPath, CubicBez, Line, ParamCurve, ParamCurveDeriv, PathSeg, Point};

/// Grid lines per unit. On a grid where edges do not close, which happens where many nearly meet, outlines cannot be
/// followed, and the next coarser one is taken.
const GRIDS: [f64; 4] = [4096.0, 3001.0, 1021.0, 257.0];
/// Coordinates beyond this are pulled in; drawings are a thousand units wide.
const REACH: f64 = 100_000.0;
/// Smaller pieces of outline are the noise of combining.
const PIECE_MIN: f64 = 0.12;
/// Smaller contours are too.
const AREA_MIN: f64 = 6.0;
/// Lines that turn by less are one line (sine of the angle).
const STRAIGHT: f64 = 1e-3;

/// Everything that is in any of these.
#[must_use]
pub fn union(paths: &[BezPath]) -> BezPath {
    combine(paths, &[], OverlayRule::Subject)
}

/// What is in the first and in none of the others.
#[must_use]
pub fn subtract(from: &BezPath, these: &[BezPath]) -> BezPath {
    combine(std::slice::from_ref(from), these, OverlayRule::Difference)
}

/// What is in both.
#[must_use]
pub fn intersect(one: &BezPath, other: &BezPath) -> BezPath {
    combine(std::slice::from_ref(one), std::slice::from_ref(other), OverlayRule::Intersect)
}

/// What is in exactly one of the two.
#[must_use]
pub fn exclude(one: &BezPath, other: &BezPath) -> BezPath {
    combine(std::slice::from_ref(one), std::slice::from_ref(other), OverlayRule::Xor)
}

/// The number of the curve that a chord comes from.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Source(u32);

impl OverlayEdgeData for Source {
    type Store = ();

    fn merge(both: EdgeDataMerge<ShapeCountBoolean, Self>, (): &mut ()) -> Self {
        both.lhs_data
    }
}

/// A run of chords of one curve.
struct Run {
    source: Source,
    from: Point,
    to: Point,
}

fn combine(subject: &[BezPath], clip: &[BezPath], rule: OverlayRule) -> BezPath {
    let built = GRIDS.iter().find_map(|grid| Some((*grid, shapes(subject, clip, rule, *grid)?)));
    let Some((grid, Built { shapes, curves })) = built else { return BezPath::new() };
    let mut contours = Vec::new();
    for shape in shapes {
        for contour in shape {
            let corners: Vec<Point> = contour.iter().map(|edge| off_grid(edge.a, grid)).collect();
            if bezier::polygon_area(&corners).abs() >= AREA_MIN {
                let edges = contour
                    .iter()
                    .map(|edge| (off_grid(edge.a, grid), off_grid(edge.b, grid), edge.data))
                    .collect();
                contours.push(tidy(trace(edges, &curves)));
            }
        }
    }
    bezier::path(&contours)
}

/// The outlines of a result, and the curves that its edges come from.
struct Built {
    shapes: Vec<DataVectorShape<i32, Source>>,
    curves: Vec<PathSeg>,
}

/// Combines on one grid; `None` where the edges of the result do not close.
fn shapes(subject: &[BezPath], clip: &[BezPath], rule: OverlayRule, grid: f64) -> Option<Built> {
    let mut curves = Vec::new();
    let mut overlay: EdgeOverlay<i32, Source> = EdgeOverlay::new(1024);
    for (paths, kind) in [(subject, ShapeType::Subject), (clip, ShapeType::Clip)] {
        for path in paths {
            add(&mut overlay, &mut curves, path, kind, grid);
        }
    }
    let edges = overlay.build_vectors(rule, FillRule::NonZero);
    let mut ends: Vec<(i32, i32)> =
        edges.iter().flat_map(|edge| [edge.a, edge.b]).map(|p| (p.x, p.y)).collect();
    ends.sort_unstable();
    let is_closed = ends.chunk_by(|a, b| a == b).all(|ends| ends.len().is_multiple_of(2));
    is_closed.then(|| Built { shapes: overlay.build_vector_shapes(rule, FillRule::NonZero), curves })
}

fn add(
    overlay: &mut EdgeOverlay<i32, Source>,
    curves: &mut Vec<PathSeg>,
    path: &BezPath,
    kind: ShapeType,
    grid: f64,
) {
    let contours = bezier::contours(path);
    // Outlines that turn the other way would cancel others instead of joining them.
    let backwards = bezier::area(path) < 0.0;
    for contour in &contours {
        for segment in contour {
            let segment = if backwards { segment.reverse() } else { *segment };
            let data = Source(curves.len() as u32);
            curves.push(segment);
            let mut from = segment.start();
            for t in bezier::chords(&segment, FLAT) {
                let to = segment.eval(t);
                overlay.add_edge(InputEdge { a: on_grid(from, grid), b: on_grid(to, grid), data }, kind);
                from = to;
            }
        }
    }
}

fn on_grid(p: Point, grid: f64) -> IntPoint<i32> {
    let [x, y] = [p.x, p.y].map(|v| (v.clamp(-REACH, REACH) * grid).round() as i32);
    IntPoint::new(x, y)
}

fn off_grid(p: IntPoint<i32>, grid: f64) -> Point {
    Point::new(f64::from(p.x) / grid, f64::from(p.y) / grid)
}

/// Turns chords back into pieces of their curves.
fn trace(mut edges: Vec<(Point, Point, Source)>, curves: &[PathSeg]) -> Vec<PathSeg> {
    // Start where the curve changes, so that no run is cut in two.
    let start = (0..edges.len())
        .find(|at| edges[*at].2 != edges[(at + edges.len() - 1) % edges.len()].2)
        .unwrap_or(0);
    edges.rotate_left(start);
    let mut runs: Vec<Run> = Vec::new();
    for (from, to, source) in edges {
        match runs.last_mut() {
            Some(run) if run.source == source => run.to = to,
            _ => runs.push(Run { source, from, to }),
        }
    }
    runs.iter().filter_map(|run| Some(piece(curves.get(run.source.0 as usize)?, run.from, run.to))).collect()
}

/// The piece of a curve between two points on it.
fn piece(curve: &PathSeg, from: Point, to: Point) -> PathSeg {
    let PathSeg::Cubic(cubic) = curve else { return PathSeg::Line(Line::new(from, to)) };
    let (start, end) = (parameter(cubic, from), parameter(cubic, to));
    if (start - end).abs() < 1e-9 {
        return PathSeg::Line(Line::new(from, to));
    }
    let part = cubic.subsegment(start..end);
    // The ends lie on the grid; the handles move with them so that the direction stays.
    PathSeg::Cubic(CubicBez::new(from, part.p1 + (from - part.p0), part.p2 + (to - part.p3), to))
}

/// Where on the curve a point lies: the nearest chord, then two steps of Newton's method.
fn parameter(cubic: &CubicBez, point: Point) -> f64 {
    let segment = PathSeg::Cubic(*cubic);
    let (mut best, mut t) = (f64::INFINITY, 0.0);
    let mut last = (0.0, cubic.p0);
    for end in bezier::chords(&segment, FLAT) {
        let next = (end, cubic.eval(end));
        let chord = next.1 - last.1;
        let along = ((point - last.1).dot(chord) / chord.hypot2().max(1e-18)).clamp(0.0, 1.0);
        let away = (last.1 + along * chord - point).hypot2();
        if away < best {
            (best, t) = (away, last.0 + along * (next.0 - last.0));
        }
        last = next;
    }
    for _ in 0..2 {
        let slope = cubic.deriv().eval(t).to_vec2();
        let step = (cubic.eval(t) - point).dot(slope) / slope.hypot2().max(1e-12);
        t = (t - step.clamp(-0.05, 0.05)).clamp(0.0, 1.0);
    }
    t
}

/// Drops the noise: pieces too short to see, corners that are none.
fn tidy(contour: Vec<PathSeg>) -> Vec<PathSeg> {
    let long = |s: &PathSeg| (s.end() - s.start()).hypot2() > PIECE_MIN * PIECE_MIN;
    let mut kept: Vec<PathSeg> = contour.into_iter().filter(long).collect();
    join(&mut kept);
    let mut at = 0;
    while kept.len() > 3 && at < kept.len() {
        let next = (at + 1) % kept.len();
        match (kept[at], kept[next]) {
            (PathSeg::Line(a), PathSeg::Line(b)) if is_straight(a, b) => {
                kept[at] = PathSeg::Line(Line::new(a.p0, b.p1));
                kept.remove(next);
                at = at.saturating_sub(1);
            }
            _ => at += 1,
        }
    }
    kept
}

/// Closes the gaps that dropped pieces left: every piece starts where the one before it ends.
fn join(contour: &mut [PathSeg]) {
    let count = contour.len();
    for at in 0..count {
        let from = contour[(at + count - 1) % count].end();
        contour[at] = match contour[at] {
            PathSeg::Line(line) => PathSeg::Line(Line::new(from, line.p1)),
            PathSeg::Cubic(c) => PathSeg::Cubic(CubicBez::new(from, c.p1 + (from - c.p0), c.p2, c.p3)),
            quad @ PathSeg::Quad(_) => quad,
        };
    }
}

fn is_straight(a: Line, b: Line) -> bool {
    let (u, v) = (a.p1 - a.p0, b.p1 - b.p0);
    let size = (u.hypot2() * v.hypot2()).sqrt();
    u.dot(v) > 0.0 && u.cross(v).abs() < STRAIGHT * size
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form;
    use std::f64::consts::PI;

    fn disc(x: f64) -> BezPath {
        form::circle(Point::new(x, 500.0), 300.0)
    }

    #[test]
    fn a_bitten_disc_is_made_of_arcs() {
        let bitten = subtract(&disc(400.0), &[disc(700.0)]);
        assert_eq!(bezier::contours(&bitten).len(), 1);
        assert!(bezier::segments(&bitten) <= 8, "{}", bezier::segments(&bitten));
        assert!(bitten.segments().all(|segment| matches!(segment, PathSeg::Cubic(_))));
    }

    #[test]
    fn areas_add_up() {
        let (a, b) = (disc(400.0), disc(700.0));
        let area = |path: &BezPath| bezier::area(path).abs();
        let (both, either, one) =
            (area(&intersect(&a, &b)), area(&union(&[a.clone(), b.clone()])), area(&exclude(&a, &b)));
        let whole = PI * 300.0 * 300.0;
        assert!((area(&a) - whole).abs() < whole * 1e-3);
        assert!((both + either - 2.0 * whole).abs() < whole * 2e-3, "{both} {either}");
        assert!((either - both - one).abs() < 20.0);
    }

    #[test]
    fn direction_of_outlines_does_not_matter() {
        let backwards = bezier::path(
            &bezier::contours(&disc(700.0))
                .iter()
                .map(|c| c.iter().rev().map(|s| s.reverse()).collect())
                .collect::<Vec<_>>(),
        );
        assert_eq!(bezier::contours(&union(&[disc(400.0), backwards])).len(), 1);
    }

    #[test]
    fn straight_lines_stay_one_line() {
        let halves = [form::rect(0.0, 0.0, 50.0, 100.0), form::rect(50.0, 0.0, 100.0, 100.0)];
        assert_eq!(bezier::segments(&union(&halves)), 4);
    }

    #[test]
    fn nothing_stays_nothing() {
        assert!(intersect(&disc(0.0), &disc(2000.0)).is_empty());
        assert!(union(&[]).is_empty());
    }
}
