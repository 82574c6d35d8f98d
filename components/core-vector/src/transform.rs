//! Moving, turning and fitting of paths. Turns go through `libm`, so that they are the same on every machine.

use crate::bezier;
use kurbo::{Affine, BezPath, Point, Rect, Vec2};

/// The direction of an angle in degrees; 0 points right, 90 down.
#[must_use]
pub fn direction(degrees: f64) -> Vec2 {
    let (sin, cos) = libm::sincos(degrees.to_radians());
    Vec2::new(cos, sin)
}

/// The point at an angle and a distance.
#[must_use]
pub fn polar(center: Point, radius: f64, degrees: f64) -> Point {
    center + radius * direction(degrees)
}

/// A turn about a point, clockwise on the screen.
#[must_use]
pub fn turn(degrees: f64, about: Point) -> Affine {
    let d = direction(degrees);
    let around = Affine::new([d.x, d.y, -d.y, d.x, 0.0, 0.0]);
    Affine::translate(about.to_vec2()) * around * Affine::translate(-about.to_vec2())
}

/// A mirror over the vertical line through a point.
#[must_use]
pub fn mirror_x(about: f64) -> Affine {
    Affine::new([-1.0, 0.0, 0.0, 1.0, 2.0 * about, 0.0])
}

/// A mirror over the horizontal line through a point.
#[must_use]
pub fn mirror_y(about: f64) -> Affine {
    Affine::new([1.0, 0.0, 0.0, -1.0, 0.0, 2.0 * about])
}

/// Scales about a point.
#[must_use]
pub fn scale(factor: f64, about: Point) -> Affine {
    scale_xy(factor, factor, about)
}

/// Scales about a point, each way on its own.
#[must_use]
pub fn scale_xy(x: f64, y: f64, about: Point) -> Affine {
    Affine::new([x, 0.0, 0.0, y, about.x * (1.0 - x), about.y * (1.0 - y)])
}

/// Leans to the right by this much per unit of height, about a point.
#[must_use]
pub fn lean(slope: f64, about: Point) -> Affine {
    Affine::new([1.0, 0.0, -slope, 1.0, slope * about.y, 0.0])
}

/// What brings the box `from` into the box `to`: as large as possible, centred, proportions kept.
#[must_use]
pub fn fit(from: Rect, to: Rect) -> Affine {
    let ratio = |room: f64, size: f64| if size > 0.0 { room / size } else { f64::INFINITY };
    let factor = ratio(to.width(), from.width()).min(ratio(to.height(), from.height()));
    let factor = if factor.is_finite() { factor } else { 1.0 };
    let (a, b) = (from.center(), to.center());
    Affine::new([factor, 0.0, 0.0, factor, b.x - factor * a.x, b.y - factor * a.y])
}

/// A path brought into a box.
#[must_use]
pub fn fitted(path: &BezPath, to: Rect) -> BezPath {
    fit(bezier::bounds(path), to) * path.clone()
}
