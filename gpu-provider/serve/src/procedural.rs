//! A painter without a model: flat shapes around one centre, in colours that follow from the words and the seed. There is air
//! between all of them, so that the picture can be traced as a mark.
//!
//! For demos and tests of everything around a painter. It is never taken where a model was named, and every picture says
//! what it is.
//!
//! Deterministic: whole numbers, and floats through `libm`; the same bytes on every machine.

use crate::plan::Need;
use core_brand::Rng;
use core_brand::content::sha256;
use imprint_painter::{Order, Picture};

/// Shapes around the centre.
const AROUND_MIN: usize = 3;
const AROUND_MAX: usize = 6;
const KINDS: usize = 4;
/// Between two shapes, of the reach: it is still seen in a small icon.
const AIR: f64 = 0.16;
/// A centre that is smaller is left out.
const CENTRE_MIN: f64 = 0.14;
/// Bytes beside the pictures.
const BESIDE_BYTES: u64 = 1 << 16;
/// The ground of every picture; marks are traced from plain ones.
const GROUND: [u8; 3] = [0xff; 3];
/// Points of an edge in each direction: an edge is as soft as one of 4 x 4 points.
const POINTS: u32 = 4;
/// The mark stays within this part of the shorter side, so that there is ground all around.
const REACH: f32 = 0.36;

/// Bytes of an order.
#[must_use]
pub fn need(order: &Order) -> Need {
    let pixels = u64::from(order.width) * u64::from(order.height) * 3;
    Need { weights: 0, work: pixels * (2 + 2 * u64::from(order.count)) + BESIDE_BYTES }
}

/// One flat shape: a disc, a ring, a box or a leaf, repeated around the centre.
struct Shape {
    kind: usize,
    /// Cosine and sine of each place.
    turns: Vec<(f32, f32)>,
    size: f32,
    distance: f32,
    color: [u8; 3],
}

/// The picture of an order at one seed.
#[must_use]
pub fn picture(order: &Order, seed: u64) -> Picture {
    let shapes = shapes(order, seed);
    let (width, height) = (order.width, order.height);
    let reach = width.min(height) as f32 * REACH;
    // `part` of a pixel's side, from its left or upper edge.
    let at = |pixel: u32, part: f32, side: u32| (pixel as f32 + part - side as f32 / 2.0) / reach;
    let corners = |y: u32| -> Vec<[u8; 3]> {
        (0..=width).map(|x| color_at(&shapes, at(x, 0.0, width), at(y, 0.0, height))).collect()
    };
    let mut rgb = Vec::with_capacity(Picture::bytes_of(width, height));
    let mut above = corners(0);
    for y in 0..height {
        let below = corners(y + 1);
        for x in 0..width {
            let own = [above[x as usize], above[x as usize + 1], below[x as usize], below[x as usize + 1]];
            if own.iter().all(|color| *color == own[0]) {
                rgb.extend(own[0]);
                continue;
            }
            let mut sum = [0_u32; 3];
            for point in 0..POINTS * POINTS {
                let part = |step: u32| (step as f32 + 0.5) / POINTS as f32;
                let (x, y) = (at(x, part(point % POINTS), width), at(y, part(point / POINTS), height));
                for (sum, value) in sum.iter_mut().zip(color_at(&shapes, x, y)) {
                    *sum += u32::from(value);
                }
            }
            rgb.extend(sum.map(|sum| (sum / (POINTS * POINTS)) as u8));
        }
        above = below;
    }
    Picture { width, height, rgb }
}

fn shapes(order: &Order, seed: u64) -> Vec<Shape> {
    let words = sha256(format!("{}\0{}", order.prompt, order.negative_prompt).as_bytes());
    let words = words[..8].iter().fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    let mut rng = Rng::fork(seed ^ words, "paint/procedural");
    let (hue, begin) = (rng.unit(), rng.unit());
    let around = AROUND_MIN + rng.below(AROUND_MAX - AROUND_MIN + 1);
    let turn = |number: usize| {
        let angle = (begin + number as f64 / around as f64) * std::f64::consts::TAU;
        (libm::cos(angle) as f32, libm::sin(angle) as f32)
    };
    let distance = rng.between(0.6, 0.7);
    // Neighbours are so far from each other, from middle to middle.
    let apart = 2.0 * distance * libm::sin(std::f64::consts::PI / around as f64);
    let size = (apart - AIR).min(2.0 * (1.0 - distance)) / 2.0;
    let petals = Shape {
        kind: rng.below(KINDS),
        turns: (0..around).map(turn).collect(),
        size: size as f32,
        distance: distance as f32,
        color: color(hue, 0.75),
    };
    let centre = distance - size - AIR;
    let middle = Shape {
        kind: 0,
        turns: vec![(1.0, 0.0)],
        size: centre as f32,
        distance: 0.0,
        color: color(hue + 0.42, 0.45),
    };
    if centre < CENTRE_MIN { vec![petals] } else { vec![petals, middle] }
}

/// A full colour of this hue, from 0 to 1, and this lightness.
fn color(hue: f64, light: f64) -> [u8; 3] {
    [0.0, 1.0 / 3.0, 2.0 / 3.0].map(|shift| {
        let wave = libm::cos((hue + shift) * std::f64::consts::TAU);
        ((0.5 + 0.5 * wave) * light * 255.0) as u8
    })
}

fn color_at(shapes: &[Shape], x: f32, y: f32) -> [u8; 3] {
    shapes.iter().rev().find(|shape| shape.covers(x, y)).map_or(GROUND, |shape| shape.color)
}

impl Shape {
    fn covers(&self, x: f32, y: f32) -> bool {
        let size = self.size;
        self.turns.iter().any(|(cos, sin)| {
            // Turned so that the shape lies on the positive x.
            let (along, across) = (x * cos + y * sin - self.distance, y * cos - x * sin);
            let far = along * along + across * across;
            match self.kind {
                0 => far <= size * size,
                1 => far <= size * size && far >= size * size * 0.3,
                2 => along.abs() <= size * 0.9 && across.abs() <= size * 0.43,
                // Two circles that cross.
                _ => [-0.5, 0.5].iter().all(|side| {
                    let off = across - side * size;
                    along * along + off * off <= size * size
                }),
            }
        })
    }
}
