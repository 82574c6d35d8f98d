//! How long a palette takes, over colours from all over the cube. `cargo bench -p core-color` prints it.

#![allow(clippy::print_stdout, reason = "a bench says what it measured")]

use core_brand::Rgb;
use core_color::{Harmony, Oklch, Request, build};
use std::hint::black_box;
use std::time::Instant;

/// Enough for a 95th percentile that stays.
const PALETTES: u32 = 2000;
/// Coprime to 2^24, so that the colours are spread and none comes twice.
const STRIDE: u32 = 8_388_617;

fn main() {
    let mut micros: Vec<u128> = (0..PALETTES).map(one).collect();
    micros.sort_unstable();
    let at = |share: usize| micros[(micros.len() - 1) * share / 100];
    println!("palettes {PALETTES}, p50 {} us, p95 {} us, most {} us (P12: 20000)", at(50), at(95), at(100));
}

fn one(index: u32) -> u128 {
    let [_, r, g, b] = (index.wrapping_mul(STRIDE)).to_be_bytes();
    let request = Request {
        given: Some(Rgb::new(r, g, b)),
        wanted: Oklch::new(0.55, 0.15, f64::from(index % 360)),
        harmony: Harmony::ALL[index as usize % Harmony::ALL.len()],
        loudness: 0.6,
        seed: u64::from(index),
    };
    let start = Instant::now();
    black_box(build(black_box(&request)));
    start.elapsed().as_micros()
}
