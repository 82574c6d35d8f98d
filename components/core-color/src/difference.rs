//! How far two colours lie apart for the eye.

use crate::space::channels;
use core_brand::Rgb;
use palette::color_difference::Ciede2000;
use palette::white_point::D65;
use palette::{FromColor, Lab, LinSrgb};

/// A colour as CIEDE2000 wants it.
pub(crate) type Point = Lab<D65, f64>;

/// CIELAB of linear light.
pub(crate) fn point(linear: [f64; 3]) -> Point {
    let [r, g, b] = linear.map(|light| light.clamp(0.0, 1.0));
    Lab::from_color(LinSrgb::new(r, g, b))
}

pub(crate) fn point_of(rgb: Rgb) -> Point {
    point(channels(rgb))
}

pub(crate) fn apart(a: Point, b: Point) -> f64 {
    a.difference(b)
}

/// How far two colours lie apart for the eye: CIEDE2000.
#[must_use]
pub fn difference(a: Rgb, b: Rgb) -> f64 {
    apart(point_of(a), point_of(b))
}
