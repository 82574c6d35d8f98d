//! Convolutions as products: each output pixel's window is one row.

use super::{Packed, product};
use crate::Shape;

/// How a window moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Window {
    pub(crate) side: usize,
    pub(crate) stride: usize,
    /// Zeros before the first row and column.
    pub(crate) before: usize,
}

/// Rows of windows made at once: a few hundred kilobytes.
pub(crate) const WINDOWS_AT_ONCE: usize = 64;

/// `weight` is packed with its inputs in the order window row, window column, channel.
pub(crate) fn convolution(
    input: &[f32],
    from: Shape,
    to: Shape,
    window: Window,
    weight: &Packed,
    bias: &[f32],
) -> Vec<f32> {
    if window == (Window { side: 1, stride: 1, before: 0 }) {
        return product(input, weight, Some(bias));
    }
    let mut out = Vec::with_capacity(to.len());
    let pixels = to.images * to.rows();
    let mut rows = Vec::with_capacity(WINDOWS_AT_ONCE * weight.inputs);
    for first in (0..pixels).step_by(WINDOWS_AT_ONCE) {
        rows.clear();
        for pixel in first..(first + WINDOWS_AT_ONCE).min(pixels) {
            let (image, rest) = (pixel / to.rows(), pixel % to.rows());
            gather(input, from, window, image, (rest / to.width, rest % to.width), &mut rows);
        }
        out.extend(product(&rows, weight, Some(bias)));
    }
    out
}

fn gather(
    input: &[f32],
    from: Shape,
    window: Window,
    image: usize,
    (y, x): (usize, usize),
    rows: &mut Vec<f32>,
) {
    for down in 0..window.side {
        for right in 0..window.side {
            let inside = |at: usize, step: usize, end: usize| {
                (at * window.stride + step).checked_sub(window.before).filter(|at| *at < end)
            };
            match (inside(y, down, from.height), inside(x, right, from.width)) {
                (Some(y), Some(x)) => {
                    let at = ((image * from.height + y) * from.width + x) * from.channels;
                    rows.extend_from_slice(&input[at..at + from.channels]);
                }
                _ => rows.resize(rows.len() + from.channels, 0.0),
            }
        }
    }
}
