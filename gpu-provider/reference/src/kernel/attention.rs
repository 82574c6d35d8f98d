//! Scaled dot-product attention.

use super::{Packed, product};
use crate::Shape;

/// Queries, keys and values side by side for each head.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Heads {
    pub(crate) count: usize,
    /// Tokens see only what stands before them.
    pub(crate) is_causal: bool,
}

/// Queries answered at once: the scores of all of a large picture would be gigabytes.
pub(crate) const QUERIES_AT_ONCE: usize = 64;

pub(crate) fn attention(
    query: (&[f32], Shape),
    key: (&[f32], Shape),
    value: (&[f32], Shape),
    heads: Heads,
) -> Vec<f32> {
    let (rows, seen) = (query.1.rows(), key.1.rows());
    let (width, value_width) = (query.1.channels / heads.count, value.1.channels / heads.count);
    let scale = 1.0 / (width as f32).sqrt();
    let mut out = vec![0.0; query.1.images * rows * value.1.channels];
    for image in 0..query.1.images {
        for head in 0..heads.count {
            let at = |(_, shape): (&[f32], Shape), row: usize, size: usize| {
                (image * shape.rows() + row) * shape.channels + head * size
            };
            let keys = Packed::from_fn(seen, width, |row, column| key.0[at(key, row, width) + column]);
            let values = Packed::from_fn(value_width, seen, |column, row| {
                value.0[at(value, row, value_width) + column]
            });
            for first in (0..rows).step_by(QUERIES_AT_ONCE) {
                let block = first..(first + QUERIES_AT_ONCE).min(rows);
                let queries: Vec<f32> = block
                    .flat_map(|row| query.0[at(query, row, width)..][..width].iter().map(|one| one * scale))
                    .collect();
                let mut scores = product(&queries, &keys, None);
                for (place, scores) in scores.chunks_mut(seen).enumerate() {
                    let visible = if heads.is_causal { (first + place + 1).min(seen) } else { seen };
                    soften(scores, visible);
                }
                let mixed = product(&scores, &values, None);
                for (place, mixed) in mixed.chunks(value_width).enumerate() {
                    let start = (image * rows + first + place) * value.1.channels + head * value_width;
                    out[start..start + value_width].copy_from_slice(mixed);
                }
            }
        }
    }
    out
}

/// Softmax over the first ones; the others see nothing.
fn soften(scores: &mut [f32], visible: usize) {
    let (seen, hidden) = scores.split_at_mut(visible);
    let max = seen.iter().fold(f32::NEG_INFINITY, |max, score| max.max(*score));
    let mut sum = 0.0;
    for score in &mut *seen {
        *score = libm::expf(*score - max);
        sum += *score;
    }
    for score in seen {
        *score /= sum;
    }
    hidden.fill(0.0);
}
