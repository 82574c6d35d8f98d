//! Short names for the forms that motifs are composed of.

use crate::art::pt;
use core_vector::combine;
use core_vector::form::{self, Cap};
use core_vector::offset::{self, Corner};
use core_vector::transform;
use kurbo::{BezPath, Line, PathSeg, Point};

pub(super) fn disc(x: f64, y: f64, radius: f64) -> BezPath {
    form::circle(pt(x, y), radius)
}

pub(super) fn oval(x: f64, y: f64, rx: f64, ry: f64) -> BezPath {
    form::ellipse(pt(x, y), rx, ry)
}

/// A box by its edges, its corners rounded.
pub(super) fn slab(left: f64, top: f64, right: f64, bottom: f64, radius: f64) -> BezPath {
    form::rounded_rect(left, top, right, bottom, radius)
}

pub(super) fn poly(points: &[(f64, f64)], radius: f64) -> BezPath {
    form::rounded_polygon(&points.iter().map(|at| pt(at.0, at.1)).collect::<Vec<Point>>(), radius)
}

/// A polygon whose corners have radii of their own.
pub(super) fn soft(corners: &[(f64, f64, f64)]) -> BezPath {
    form::rounded_corners(&corners.iter().map(|(x, y, radius)| (pt(*x, *y), *radius)).collect::<Vec<_>>())
}

/// A bent bar along these points.
pub(super) fn way(points: &[(f64, f64)], width: f64, cap: Cap) -> BezPath {
    let lines: Vec<PathSeg> = points
        .windows(2)
        .map(|pair| PathSeg::Line(Line::new(pt(pair[0].0, pair[0].1), pt(pair[1].0, pair[1].1))))
        .collect();
    let corner = if cap == Cap::Round { Corner::Round } else { Corner::Sharp };
    offset::stroke(&lines, width, corner, cap)
}

pub(super) fn bar(from: (f64, f64), to: (f64, f64), width: f64) -> BezPath {
    form::bar(pt(from.0, from.1), pt(to.0, to.1), width, Cap::Flat)
}

/// Two arcs between two points.
pub(super) fn leaf(from: (f64, f64), to: (f64, f64), bulge: f64) -> BezPath {
    form::lens(pt(from.0, from.1), pt(to.0, to.1), bulge)
}

pub(super) fn cut(from: &BezPath, these: &[BezPath]) -> BezPath {
    combine::subtract(from, these)
}

pub(super) fn join(parts: &[BezPath]) -> BezPath {
    combine::union(parts)
}

/// The outline with air around it.
pub(super) fn airy(path: &BezPath, gap: f64) -> BezPath {
    offset::grow(path, gap, Corner::Sharp)
}

/// The other side of a figure that is its own mirror image.
pub(super) fn flip(path: &BezPath) -> BezPath {
    // The union turns the outline the way all others turn.
    combine::union(&[transform::mirror_x(500.0) * path.clone()])
}

pub(super) fn turned(path: &BezPath, degrees: f64, x: f64, y: f64) -> BezPath {
    transform::turn(degrees, pt(x, y)) * path.clone()
}

/// A curved outline: where it starts, then cubics of two handles and an end.
pub(super) fn swung(start: (f64, f64), curves: &[[(f64, f64); 3]]) -> BezPath {
    let mut path = BezPath::new();
    path.move_to(start);
    for [a, b, to] in curves {
        path.curve_to(*a, *b, *to);
    }
    path.close_path();
    // Brought to the turn that all forms have.
    combine::union(&[path])
}
