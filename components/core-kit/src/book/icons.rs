//! Nine icons on a square of 24, drawn with the stroke and the corners that the brand's character asks for.

use core_brand::design::LogoGuidance;
use core_vector::form::{self, Cap};
use core_vector::offset::{Corner, stroke};
use kurbo::{BezPath, Line, PathSeg, Point};

/// The side of the square that icons are drawn on, in its fields.
pub(crate) const SIDE: f64 = 24.0;
/// Lengths in a field: outlines are combined on the scale of a drawing.
pub(crate) const FIELD: f64 = 40.0;
pub(crate) const COUNT: usize = 9;
/// The thinnest and the heaviest line.
const STROKE: (f64, f64) = (1.5, 2.5);
/// The corners of a round icon.
const RADIUS: f64 = 2.5;
/// A brand is round from here on.
const ROUND: f64 = 0.5;

/// How icons are drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Pen {
    pub(crate) width: f64,
    pub(crate) is_round: bool,
}

impl Pen {
    /// In steps of a quarter, so that lines stay sharp.
    pub(crate) fn of(guidance: &LogoGuidance) -> Self {
        let width = STROKE.0 + (STROKE.1 - STROKE.0) * guidance.weight.clamp(0.0, 1.0);
        Self { width: (width * 4.0).round() / 4.0, is_round: guidance.roundness >= ROUND }
    }

    fn cap(self) -> Cap {
        if self.is_round { Cap::Round } else { Cap::Flat }
    }

    fn line(self, points: &[(f64, f64)]) -> BezPath {
        let segments: Vec<PathSeg> =
            points.windows(2).map(|pair| PathSeg::Line(Line::new(at(pair[0]), at(pair[1])))).collect();
        let corner = if self.is_round { Corner::Round } else { Corner::Sharp };
        stroke(&segments, self.width * FIELD, corner, self.cap())
    }

    fn ring(self, x: f64, y: f64, radius: f64) -> BezPath {
        let half = self.width / 2.0;
        form::ring(at((x, y)), (radius + half) * FIELD, (radius - half) * FIELD)
    }

    fn arc(self, x: f64, y: f64, radius: f64, from: f64, to: f64) -> BezPath {
        form::arc_band(at((x, y)), radius * FIELD, self.width * FIELD, from, to, self.cap())
    }

    fn frame(self, left: f64, top: f64, right: f64, bottom: f64) -> BezPath {
        let half = self.width / 2.0;
        let radius = if self.is_round { RADIUS } else { 0.0 };
        let of = |by: f64| {
            let [left, top, right, bottom] =
                [left - by, top - by, right + by, bottom + by].map(|side| side * FIELD);
            form::rounded_rect(left, top, right, bottom, grown(radius, by) * FIELD)
        };
        let (mut path, inner) = (of(half), of(-half));
        path.extend(form::reversed(&inner));
        path
    }

    /// The icons in the order in which they are read out.
    pub(crate) fn icons(self) -> [Vec<BezPath>; COUNT] {
        [
            vec![self.ring(10.5, 10.5, 6.75), self.line(&[(15.4, 15.4), (20.5, 20.5)])],
            vec![self.ring(12.0, 12.0, 9.0), self.line(&[(12.0, 6.8), (12.0, 12.4), (15.8, 14.6)])],
            vec![self.frame(3.0, 5.0, 21.0, 19.0), self.line(&[(3.6, 6.6), (12.0, 13.2), (20.4, 6.6)])],
            vec![self.ring(12.0, 7.8, 4.2), self.arc(12.0, 22.0, 8.0, 192.0, 348.0)],
            vec![
                self.line(&[(3.5, 6.5), (20.5, 6.5)]),
                self.line(&[(3.5, 12.0), (20.5, 12.0)]),
                self.line(&[(3.5, 17.5), (14.0, 17.5)]),
            ],
            vec![
                self.frame(3.5, 5.0, 20.5, 20.5),
                self.line(&[(3.5, 10.0), (20.5, 10.0)]),
                self.line(&[(8.0, 2.6), (8.0, 6.6)]),
                self.line(&[(16.0, 2.6), (16.0, 6.6)]),
            ],
            vec![self.frame(7.0, 2.5, 17.0, 21.5), self.line(&[(10.8, 18.2), (13.2, 18.2)])],
            vec![
                self.arc(12.0, 9.8, 6.8, 150.0, 390.0),
                self.line(&[(6.11, 13.2), (12.0, 21.6), (17.89, 13.2)]),
                self.ring(12.0, 9.8, 2.3),
            ],
            vec![self.ring(12.0, 12.0, 9.0), self.line(&[(7.6, 12.2), (10.8, 15.3), (16.4, 8.9)])],
        ]
    }
}

/// A place on the square in lengths.
fn at((x, y): (f64, f64)) -> Point {
    Point::new(x * FIELD, y * FIELD)
}

/// A corner that keeps its middle line; a sharp one stays sharp.
fn grown(radius: f64, by: f64) -> f64 {
    if radius > 0.0 { (radius + by).max(0.0) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use core_vector::bezier;

    #[test]
    fn icons_stay_in_their_square() {
        for width in [1.5, 2.0, 2.5] {
            for is_round in [true, false] {
                let pen = Pen { width, is_round };
                for (index, icon) in pen.icons().iter().enumerate() {
                    for path in icon {
                        assert!(!path.is_empty(), "icon {index}, {pen:?} lacks a part");
                        let bounds = bezier::bounds(path).scale_from_origin(1.0 / FIELD);
                        let inside =
                            bounds.x0 >= 0.5 && bounds.y0 >= 0.5 && bounds.x1 <= 23.5 && bounds.y1 <= 23.8;
                        assert!(inside, "icon {index}, {pen:?}: {bounds:?}");
                    }
                }
            }
        }
    }
}
