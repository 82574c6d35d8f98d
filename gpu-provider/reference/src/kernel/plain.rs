//! Operations on each number by itself, and those that only move numbers.

use crate::Shape;
use crate::plan::Activation;

pub(crate) fn activate(input: &[f32], kind: Activation) -> Vec<f32> {
    let one = function(kind);
    input.iter().map(|value| one(*value)).collect()
}

fn function(kind: Activation) -> fn(f32) -> f32 {
    match kind {
        Activation::Silu => silu,
        Activation::Gelu => gelu,
        Activation::QuickGelu => quick_gelu,
    }
}

/// The first half of the channels, each times the GELU of its partner in the second half.
pub(crate) fn geglu(input: &[f32], channels: usize, kind: Activation) -> Vec<f32> {
    let half = channels / 2;
    let one = function(kind);
    let mut out = Vec::with_capacity(input.len() / 2);
    for row in input.chunks(channels) {
        out.extend(row[..half].iter().zip(&row[half..]).map(|(value, gate)| value * one(*gate)));
    }
    out
}

fn silu(x: f32) -> f32 {
    x / (1.0 + libm::expf(-x))
}

/// With the exact error function, not its approximation by tanh.
fn gelu(x: f32) -> f32 {
    0.5 * x * (1.0 + libm::erff(x * std::f32::consts::FRAC_1_SQRT_2))
}

fn quick_gelu(x: f32) -> f32 {
    x / (1.0 + libm::expf(-1.702 * x))
}

/// The rows of `b` again and again: one row for each image, or the same rows for every image.
pub(crate) fn add_rows(a: &[f32], of: Shape, b: &[f32], rows: Shape) -> Vec<f32> {
    let mut sum = Vec::with_capacity(a.len());
    for (place, row) in a.chunks(of.channels).enumerate() {
        let (image, within) = (place / of.rows() % rows.images, place % of.rows() % rows.rows());
        let start = (image * rows.rows() + within) * of.channels;
        sum.extend(row.iter().zip(&b[start..start + of.channels]).map(|(a, b)| a + b));
    }
    sum
}

/// Channels side by side.
pub(crate) fn joined(a: (&[f32], usize), b: (&[f32], usize)) -> Vec<f32> {
    let mut out = Vec::with_capacity(a.0.len() + b.0.len());
    for (a, b) in a.0.chunks(a.1).zip(b.0.chunks(b.1)) {
        out.extend_from_slice(a);
        out.extend_from_slice(b);
    }
    out
}

/// Every pixel four times.
pub(crate) fn upsampled(input: &[f32], from: Shape) -> Vec<f32> {
    let line = from.width * from.channels;
    let mut out = Vec::with_capacity(input.len() * 4);
    for line in input.chunks(line) {
        let wide: Vec<f32> =
            line.chunks(from.channels).flat_map(|pixel| pixel.iter().chain(pixel)).copied().collect();
        out.extend_from_slice(&wide);
        out.extend_from_slice(&wide);
    }
    out
}

/// Cosines, then sines, of each number at falling frequencies.
pub(crate) fn sinusoid(input: &[f32], size: usize) -> Vec<f32> {
    const SLOWEST: f32 = 10_000.0;
    let half = size / 2;
    let frequency = |place: usize| libm::expf(-libm::logf(SLOWEST) * place as f32 / half as f32);
    let waves = |value: f32, wave: fn(f32) -> f32| (0..half).map(move |place| wave(value * frequency(place)));
    input.iter().flat_map(|value| waves(*value, libm::cosf).chain(waves(*value, libm::sinf))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where the approximation by tanh is off by more than any stage may be.
    #[test]
    fn gelu_is_the_exact_one() {
        let cases = [
            (1.0, 0.841_344_8, 0.841_192),
            (-2.0, -0.045_500_26, -0.045_402_3),
            (3.0, 2.995_950_3, 2.996_362_7),
        ];
        for (x, exact, approximate) in cases {
            let found = activate(&[x], Activation::Gelu)[0];
            assert!((found - exact).abs() < 1e-6, "{x}: {found}");
            assert!((found - approximate).abs() > 5e-5, "{x}: {found}");
        }
        assert!((activate(&[1.0], Activation::QuickGelu)[0] - 0.845_795_8).abs() < 1e-6);
    }
}
