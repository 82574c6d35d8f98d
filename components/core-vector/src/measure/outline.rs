//! What is counted on the outlines themselves.

use super::likeness::overlap;
use super::topology::topology;
use crate::raster::{self, Mask};
use crate::{bezier, path};
use core_brand::{Drawing, FillRole};
use kurbo::BezPath;

/// The side of the mask that a mark in one colour is compared on.
const ONE_COLOR_PX: u32 = 96;

/// Perimeter squared over the area, 1 for a disc.
#[must_use]
pub fn complexity(drawing: &Drawing) -> f64 {
    let (mut perimeter, mut area) = (0.0, 0.0);
    for path in drawing.shapes.iter().filter_map(|shape| path::parse(&shape.path).ok()) {
        area += bezier::area(&path).abs();
        for polygon in bezier::polygons(&path, bezier::FLAT) {
            let next = polygon.iter().cycle().skip(1);
            perimeter += polygon.iter().zip(next).map(|(a, b)| (*b - *a).hypot2().sqrt()).sum::<f64>();
        }
    }
    if area > 0.0 { perimeter * perimeter / (4.0 * std::f64::consts::PI * area) } else { f64::INFINITY }
}

/// Lines and curves of all shapes.
#[must_use]
pub fn segments(drawing: &Drawing) -> usize {
    let paths = drawing.shapes.iter().filter_map(|shape| path::parse(&shape.path).ok());
    paths.map(|path| bezier::segments(&path)).sum()
}

const ROLES: [FillRole; 3] = [FillRole::Mark, FillRole::Accent, FillRole::Ink];

/// Different flat fills.
#[must_use]
pub fn fills(drawing: &Drawing) -> usize {
    ROLES.iter().filter(|role| drawing.shapes.iter().any(|shape| shape.fill == **role)).count()
}

/// Bytes of path data.
#[must_use]
pub fn bytes(drawing: &Drawing) -> usize {
    drawing.shapes.iter().map(|shape| shape.path.len()).sum()
}

/// What becomes of a mark that is printed in one colour.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OneColor {
    /// Shared ink over all ink: files in one colour write all shapes as one path.
    pub likeness: f64,
    /// Parts that only their colour told apart.
    pub lost: usize,
}

/// Compares the mark in its colours with the mark in one.
#[must_use]
pub fn one_color(drawing: &Drawing) -> OneColor {
    if drawing.shapes.len() < 2 {
        return OneColor { likeness: 1.0, lost: 0 };
    }
    let full = raster::mask(drawing, ONE_COLOR_PX);
    let parsed = drawing.shapes.iter().filter_map(|shape| path::parse(&shape.path).ok());
    let together: BezPath = parsed.flat_map(|path| path.elements().to_vec()).collect();
    let one = raster::mask_of(&[together], drawing.width, drawing.height, ONE_COLOR_PX);
    let parts = |mask: &Mask| topology(mask).parts;
    let own = |wanted| parts(&raster::mask_where(drawing, ONE_COLOR_PX, |role| role == wanted));
    let apart: usize = ROLES.into_iter().map(own).sum();
    OneColor { likeness: overlap(&full, &one), lost: apart.saturating_sub(parts(&one)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use core_brand::Shape;

    fn drawing(shapes: &[(FillRole, &str)]) -> Drawing {
        let shape = |(fill, path): &(FillRole, &str)| Shape { fill: *fill, path: (*path).to_owned() };
        Drawing { width: 100.0, height: 100.0, shapes: shapes.iter().map(shape).collect() }
    }

    #[test]
    fn counts_what_is_written() {
        let two = drawing(&[
            (FillRole::Mark, "M0 0L10 0L10 10Z"),
            (FillRole::Mark, "M50 0L60 0L60 10Z"),
            (FillRole::Accent, "M20 0C20 10 30 10 30 0Z"),
        ]);
        assert_eq!((fills(&two), segments(&two), bytes(&two)), (2, 8, 56));
    }

    #[test]
    fn a_disc_is_the_simplest_outline() {
        let disc = path::write(&crate::form::circle(kurbo::Point::new(50.0, 50.0), 40.0));
        assert!((complexity(&drawing(&[(FillRole::Mark, &disc)])) - 1.0).abs() < 0.01);
        let bar = drawing(&[(FillRole::Mark, "M0 0L100 0L100 10L0 10Z")]);
        assert!((complexity(&bar) - 220.0 * 220.0 / (4000.0 * std::f64::consts::PI)).abs() < 1e-6);
        assert!(complexity(&drawing(&[])).is_infinite());
    }

    #[test]
    fn parts_that_touch_are_lost_in_one_colour() {
        let left = (FillRole::Mark, "M10 10L50 10L50 90L10 90Z");
        let cases = [
            ("M60 10L90 10L90 90L60 90Z", 0, true),
            ("M50 10L90 10L90 90L50 90Z", 1, true),
            ("M30 30L30 70L90 70L90 30Z", 1, false),
        ];
        for (accent, lost, is_whole) in cases {
            let found = one_color(&drawing(&[left, (FillRole::Accent, accent)]));
            assert_eq!((found.lost, found.likeness > 0.98), (lost, is_whole), "{accent}: {found:?}");
        }
    }
}
