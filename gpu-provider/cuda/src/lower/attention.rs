//! Attention: one kernel for heads of 64 channels, and two products with a softmax between them for others.

use super::emit::{at, int, work};
use super::{Held, Lowering};
use crate::launch::{Arg, Place, Product, Sizes};
use imprint_painter_reference::ModelError;
use imprint_painter_reference::plan::Value;

/// Channels of a head that the kernel is made for: all of SDXL but its VAE.
const WIDTH: usize = 64;
/// Queries of a block, and its threads.
const QUERIES: usize = 64;
const THREADS: u32 = 128;
/// Two tiles of 64 keys and 64 values in rows of 72 numbers.
const SHARED: usize = 2 * 2 * 64 * 72 * 2;
/// Bytes of scores that are there at once.
const SCORES_BYTES: usize = 256 << 20;
/// Rows that a block softens.
const SOFT_ROWS: usize = 8;

/// What is asked of whom.
#[derive(Clone, Copy)]
struct Asked {
    query: Held,
    key: Held,
    value: Held,
    out: Held,
    images: usize,
    rows: usize,
    seen: usize,
    heads: usize,
    width: usize,
    value_width: usize,
    causal: bool,
}

impl Lowering<'_> {
    pub(super) fn attention(
        &mut self,
        op: usize,
        [query, key, value]: [Value; 3],
        heads: usize,
        causal: bool,
    ) -> Result<(), ModelError> {
        let (of_query, of_key, of_value) = (self.shape(query), self.shape(key), self.shape(value));
        let (query, key, value) = (self.as_bf16(query), self.as_bf16(key), self.as_bf16(value));
        let asked = Asked {
            query,
            key,
            value,
            out: self.make(op),
            images: of_query.images,
            rows: of_query.rows(),
            seen: of_key.rows(),
            heads,
            width: of_query.channels / heads,
            value_width: of_value.channels / heads,
            causal,
        };
        if asked.width == WIDTH && asked.value_width == WIDTH {
            self.attention_in_one(asked);
        } else {
            self.attention_in_three(asked);
        }
        Ok(())
    }

    fn attention_in_one(&mut self, asked: Asked) {
        let by = std::f32::consts::LOG2_E / (WIDTH as f32).sqrt();
        let args = vec![
            work(asked.query),
            work(asked.key),
            work(asked.value),
            work(asked.out),
            int(asked.rows),
            int(asked.seen),
            int(asked.query.next),
            int(asked.key.next),
            int(asked.value.next),
            int(asked.out.next),
            Arg::Float(by),
            Arg::Int(u32::from(asked.causal)),
        ];
        let blocks = [asked.rows.div_ceil(QUERIES), asked.heads, asked.images];
        self.call("attention_64_bf16", blocks, THREADS, SHARED, args);
    }

    fn attention_in_three(&mut self, asked: Asked) {
        // Rows of scores begin at multiples of 16 bytes in bf16 too.
        let line = asked.seen.next_multiple_of(8);
        let at_once = (SCORES_BYTES / (asked.heads * line * 4)).max(1).min(asked.rows);
        let scores = self.arena.take(asked.heads * at_once * line * 4, self.now());
        let weights = self.arena.take(asked.heads * at_once * line * 2, self.now());
        for image in 0..asked.images {
            for first in (0..asked.rows).step_by(at_once) {
                let rows = at_once.min(asked.rows - first);
                self.some_queries(asked, (image, first, rows), (scores, weights, line));
            }
        }
        self.arena.give_back(scores, self.now());
        self.arena.give_back(weights, self.now());
    }

    fn some_queries(
        &mut self,
        asked: Asked,
        (image, first, rows): (usize, usize, usize),
        (scores, weights, line): (usize, usize, usize),
    ) {
        let token =
            |held: Held, each: usize, row: usize| Place::Work(held.at + (image * each + row) * held.next * 2);
        let heads = |sizes: Sizes| Sizes { batches: asked.heads as u32, ..sizes };
        self.product(Product {
            a: token(asked.query, asked.rows, first),
            b: token(asked.key, asked.seen, 0),
            bias: None,
            more: None,
            to: Place::Work(scores),
            ones: None,
            sizes: heads(Sizes {
                next_a: asked.query.next as u32,
                next_b: asked.key.next as u32,
                next_to: line as u32,
                is_wide: true,
                batch_a: asked.width as u64,
                batch_b: asked.width as u64,
                batch_to: (rows * line) as u64,
                by: 1.0 / (asked.width as f32).sqrt(),
                ..Sizes::layer(rows, asked.seen, asked.width)
            }),
        });
        let all = asked.heads * rows;
        let sizes = [int(all), int(rows), int(first), int(asked.seen), int(line)];
        let args = [&[at(scores), at(weights)][..], &sizes, &[Arg::Int(u32::from(asked.causal))]].concat();
        self.call("soften_f32", [all.div_ceil(SOFT_ROWS), 1, 1], SOFT_ROWS as u32 * 32, 0, args);
        self.product(Product {
            a: Place::Work(weights),
            b: token(asked.value, asked.seen, 0),
            bias: None,
            more: None,
            to: token(asked.out, asked.rows, first),
            ones: None,
            sizes: heads(Sizes {
                next_a: line as u32,
                next_b: asked.value.next as u32,
                next_to: asked.out.next as u32,
                is_across: true,
                batch_a: (rows * line) as u64,
                batch_b: asked.value_width as u64,
                batch_to: asked.value_width as u64,
                ..Sizes::layer(rows, asked.value_width, asked.seen)
            }),
        });
    }
}
