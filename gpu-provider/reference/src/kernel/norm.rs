//! Norms. Sums are taken in f64: a mean over a million pixels has to be one.

use crate::Shape;

pub(crate) fn layer_norm(input: &[f32], channels: usize, weight: &[f32], bias: &[f32], eps: f32) -> Vec<f32> {
    let mut out = Vec::with_capacity(input.len());
    for row in input.chunks(channels) {
        let (mean, scale) = moments(row.iter().copied(), eps);
        out.extend(
            row.iter()
                .zip(weight)
                .zip(bias)
                .map(|((one, weight), bias)| (one - mean) * scale * weight + bias),
        );
    }
    out
}

pub(crate) fn group_norm(
    input: &[f32],
    shape: Shape,
    groups: usize,
    weight: &[f32],
    bias: &[f32],
    eps: f32,
) -> Vec<f32> {
    let (channels, size) = (shape.channels, shape.channels / groups);
    let mut out = vec![0.0; input.len()];
    let image_len = shape.rows() * channels;
    for (image, out) in input.chunks(image_len).zip(out.chunks_mut(image_len)) {
        for group in 0..groups {
            let own = group * size..(group + 1) * size;
            let all = image.chunks(channels).flat_map(|row| row[own.clone()].iter().copied());
            let (mean, scale) = moments(all, eps);
            for (row, out) in image.chunks(channels).zip(out.chunks_mut(channels)) {
                for channel in own.clone() {
                    out[channel] = (row[channel] - mean) * scale * weight[channel] + bias[channel];
                }
            }
        }
    }
    out
}

/// The mean, and one over the deviation.
fn moments(values: impl Iterator<Item = f32> + Clone, eps: f32) -> (f32, f32) {
    let (mut sum, mut count) = (0.0_f64, 0.0_f64);
    for value in values.clone() {
        sum += f64::from(value);
        count += 1.0;
    }
    let mean = sum / count;
    let mut squares = 0.0_f64;
    for value in values {
        let apart = f64::from(value) - mean;
        squares += apart * apart;
    }
    (mean as f32, (1.0 / (squares / count + f64::from(eps)).sqrt()) as f32)
}
