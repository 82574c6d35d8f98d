//! What the eye weighs when a mark stands beside a name: stroke, white, middle and outline.

use crate::bezier;
use crate::path;
use core_brand::{Drawing, FillRole};
use kurbo::{BezPath, Point, Rect};

/// Chords may leave their curve by a thousandth of a mark: what is weighed here is rounded far more coarsely.
const COARSE: f64 = 1.0;
/// Lines on which an edge is felt.
const PROBES: usize = 24;

/// A flat outline and what it is.
pub type Piece = (FillRole, BezPath);

/// The outlines of a drawing; what cannot be read stays away rather than standing in the wrong place.
#[must_use]
pub fn pieces(drawing: &Drawing) -> Vec<Piece> {
    drawing.shapes.iter().filter_map(|shape| Some((shape.fill, path::parse(&shape.path).ok()?))).collect()
}

/// The box around all ink.
#[must_use]
pub fn ink(pieces: &[Piece]) -> Option<Rect> {
    pieces.iter().map(|(_, outline)| bezier::bounds(outline)).reduce(|all, one| all.union(one))
}

/// How wide the strokes are on the whole: twice the area over the outline, which for a bar is its width.
#[must_use]
pub fn stroke(pieces: &[Piece]) -> f64 {
    let (mut area, mut around) = (0.0, 0.0);
    for (_, outline) in pieces {
        area += bezier::area(outline).abs();
        around += edges(outline).map(|(a, b)| (b - a).hypot2().sqrt()).sum::<f64>();
    }
    2.0 * area / f64::max(around, 1e-9)
}

/// The white between stems on the whole, inside and between letters: what one reads as the space of a face.
#[must_use]
pub fn white(pieces: &[Piece], height: f64) -> f64 {
    let Some(bounds) = ink(pieces) else { return 0.0 };
    let area: f64 = pieces.iter().map(|(_, outline)| bezier::area(outline).abs()).sum();
    // Every line across meets each stem at two edges.
    let stems: f64 =
        pieces.iter().flat_map(|(_, outline)| edges(outline)).map(|(a, b)| (b.y - a.y).abs()).sum::<f64>()
            / 2.0;
    (bounds.width() * height - area).max(0.0) / stems.max(1e-9)
}

/// The middle of the ink.
#[must_use]
pub fn middle(pieces: &[Piece]) -> Option<Point> {
    let (mut x, mut y, mut all) = (0.0, 0.0, 0.0);
    for (_, outline) in pieces {
        // The triangles of every edge with the origin; holes turn the other way and take off what they hold.
        let (mut part_x, mut part_y, mut part) = (0.0, 0.0, 0.0);
        for (a, b) in edges(outline) {
            let twice = a.x * b.y - b.x * a.y;
            part_x += twice * (a.x + b.x) / 3.0;
            part_y += twice * (a.y + b.y) / 3.0;
            part += twice;
        }
        let way = part.signum();
        x += part_x * way;
        y += part_y * way;
        all += part.abs();
    }
    (all > 1e-9).then(|| Point::new(x / all, y / all))
}

/// How high the ink reaches as a whole: for a bar its height, for letters less where few of them rise or hang.
#[must_use]
pub fn height(pieces: &[Piece]) -> f64 {
    let (mut all, mut first, mut second) = (0.0, 0.0, 0.0);
    for (_, outline) in pieces {
        let (mut part, mut once, mut twice) = (0.0, 0.0, 0.0);
        for (a, b) in edges(outline) {
            let cross = (a.x * b.y - b.x * a.y) / 2.0;
            part += cross;
            once += cross * (a.y + b.y) / 3.0;
            twice += cross * (a.y * a.y + a.y * b.y + b.y * b.y) / 6.0;
        }
        let way = part.signum();
        all += part.abs();
        first += once * way;
        second += twice * way;
    }
    if all < 1e-9 {
        return 0.0;
    }
    let middle = first / all;
    // The variance of a bar is a twelfth of its height squared.
    (12.0 * (second / all - middle * middle).max(0.0)).sqrt()
}

/// A side of a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Left,
    Right,
    Top,
    Bottom,
}

/// How far the ink stays behind a side of its box on the whole, between two lines across; never counted deeper
/// than `most`.
#[must_use]
pub fn recess(pieces: &[Piece], side: Side, (from, to): (f64, f64), most: f64) -> f64 {
    let Some(bounds) = ink(pieces) else { return 0.0 };
    let flat = |p: Point| if matches!(side, Side::Left | Side::Right) { (p.y, p.x) } else { (p.x, p.y) };
    let deep = |at: f64| match side {
        Side::Left => at - bounds.x0,
        Side::Right => bounds.x1 - at,
        Side::Top => at - bounds.y0,
        Side::Bottom => bounds.y1 - at,
    };
    let mut depths = [most; PROBES];
    for (a, b) in pieces.iter().flat_map(|(_, outline)| edges(outline)) {
        let ((u0, v0), (u1, v1)) = (flat(a), flat(b));
        for (at, depth) in depths.iter_mut().enumerate() {
            let probe = from + (to - from) * (at as f64 + 0.5) / PROBES as f64;
            if (u0 <= probe) != (u1 <= probe) {
                *depth = depth.min(deep(v0 + (v1 - v0) * (probe - u0) / (u1 - u0)));
            }
        }
    }
    depths.iter().sum::<f64>() / PROBES as f64
}

fn edges(outline: &BezPath) -> impl Iterator<Item = (Point, Point)> {
    bezier::polygons(outline, COARSE).into_iter().flat_map(|polygon| {
        let next: Vec<Point> = polygon.iter().copied().cycle().skip(1).take(polygon.len()).collect();
        polygon.into_iter().zip(next)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form;

    fn marks(outlines: &[BezPath]) -> Vec<Piece> {
        outlines.iter().map(|outline| (FillRole::Mark, outline.clone())).collect()
    }

    #[test]
    fn strokes_and_white_are_those_drawn() {
        let bars = marks(&[form::rect(0.0, 0.0, 20.0, 1000.0), form::rect(60.0, 0.0, 80.0, 1000.0)]);
        assert!((stroke(&bars) - 20.0).abs() < 0.5, "{}", stroke(&bars));
        // Two stems and one white of 40 between them.
        assert!((white(&bars, 1000.0) - 20.0).abs() < 0.5, "{}", white(&bars, 1000.0));
        assert!(stroke(&[]).abs() < 1e-9 && white(&[], 10.0).abs() < 1e-9);
    }

    #[test]
    fn the_middle_follows_the_ink_and_holes_count_for_nothing() {
        let drop = marks(&[form::polygon(&[(0.0, 0.0), (90.0, 0.0), (45.0, 90.0)].map(Point::from))]);
        assert!((middle(&drop).unwrap() - Point::new(45.0, 30.0)).hypot2() < 1e-6);
        let ring = marks(&[form::ring(Point::new(10.0, 20.0), 8.0, 4.0)]);
        assert!((middle(&ring).unwrap() - Point::new(10.0, 20.0)).hypot2() < 1e-3);
        assert!(middle(&[]).is_none());
    }

    #[test]
    fn a_bar_is_as_high_as_it_is() {
        let bars = marks(&[form::rect(0.0, 30.0, 20.0, 130.0), form::rect(60.0, 30.0, 80.0, 130.0)]);
        assert!((height(&bars) - 100.0).abs() < 1e-6);
        // A flag rises high with little ink.
        let flag = marks(&[form::rect(0.0, 0.0, 100.0, 100.0), form::rect(0.0, -50.0, 5.0, 0.0)]);
        assert!((100.0..112.0).contains(&height(&flag)), "{}", height(&flag));
        assert!(height(&[]).abs() < 1e-9);
    }

    #[test]
    fn a_slant_stays_behind_its_box() {
        let wedge = marks(&[form::polygon(&[(0.0, 0.0), (100.0, 50.0), (0.0, 100.0)].map(Point::from))]);
        assert!((recess(&wedge, Side::Right, (0.0, 100.0), 100.0) - 50.0).abs() < 2.0);
        assert!((recess(&wedge, Side::Right, (0.0, 100.0), 10.0) - 9.0).abs() < 1.0);
        assert!(recess(&wedge, Side::Left, (0.0, 100.0), 100.0).abs() < 1e-9);
        assert!((recess(&wedge, Side::Bottom, (0.0, 100.0), 100.0) - 25.0).abs() < 2.0);
    }
}
