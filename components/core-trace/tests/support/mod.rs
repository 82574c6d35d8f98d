//! Pictures as painters give them: marks of this repository on grounds, with what painters and files add to them.

#![allow(dead_code, reason = "each test takes what it needs")]

use core_brand::{Drawing, FillRole, Shape};
use core_vector::measure::overlap;
use core_vector::raster::{self, Mask};
use serde::Deserialize;
use std::fmt::Write;

/// The side of the masks that silhouettes are compared on.
const SILHOUETTE_PX: u32 = 256;

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Painted {
    pub(crate) name: String,
    pub(crate) shapes: Vec<Flat>,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Flat {
    pub(crate) fill: String,
    pub(crate) path: String,
}

pub(crate) fn marks() -> Vec<Painted> {
    serde_json::from_str(include_str!("../marks.json")).unwrap()
}

impl Painted {
    /// The mark in the middle of a ground, with air around it.
    pub(crate) fn svg(&self, ground: &str) -> String {
        let mut svg =
            String::from(r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="-200 -200 1400 1400">"#);
        if !ground.is_empty() {
            write!(svg, r#"<rect x="-200" y="-200" width="1400" height="1400" fill="{ground}"/>"#).unwrap();
        }
        for shape in &self.shapes {
            write!(svg, r#"<path fill="{}" d="{}"/>"#, shape.fill, shape.path).unwrap();
        }
        svg + "</svg>"
    }

    /// The silhouette as it should come out.
    pub(crate) fn silhouette(&self) -> Mask {
        let shape = |flat: &Flat| Shape { fill: FillRole::Mark, path: flat.path.clone() };
        tight(&Drawing { width: 1000.0, height: 1000.0, shapes: self.shapes.iter().map(shape).collect() })
    }
}

/// The silhouette of a drawing, its ink as large as the square.
pub(crate) fn tight(drawing: &Drawing) -> Mask {
    use core_vector::{bezier, path, transform};
    use kurbo::{BezPath, Rect};
    let all: BezPath = drawing.shapes.iter().flat_map(|shape| path::parse(&shape.path).unwrap()).collect();
    let all = transform::fit(bezier::bounds(&all), Rect::new(0.0, 0.0, 1.0, 1.0)) * all;
    raster::mask_of(&[all], 1.0, 1.0, SILHOUETTE_PX)
}

pub(crate) fn likeness(painted: &Painted, drawing: &Drawing) -> f64 {
    overlap(&painted.silhouette(), &tight(drawing))
}

/// Pixels with four bytes, alpha not multiplied in.
#[derive(Clone, Debug)]
pub(crate) struct Canvas {
    pub(crate) side: usize,
    pub(crate) rgba: Vec<[u8; 4]>,
}

pub(crate) fn draw(svg: &str, side: u32) -> Canvas {
    let tree = usvg::Tree::from_str(svg, &usvg::Options::default()).unwrap();
    let mut pixels = resvg::tiny_skia::Pixmap::new(side, side).unwrap();
    let scale = side as f32 / tree.size().width();
    resvg::render(&tree, resvg::tiny_skia::Transform::from_scale(scale, scale), &mut pixels.as_mut());
    let rgba = pixels.pixels().iter().map(|pixel| pixel.demultiply());
    Canvas { side: side as usize, rgba: rgba.map(|c| [c.red(), c.green(), c.blue(), c.alpha()]).collect() }
}

impl Canvas {
    pub(crate) fn of(side: usize, color: impl Fn(f64, f64) -> [u8; 4]) -> Self {
        let at =
            |index: usize| color((index % side) as f64 / side as f64, (index / side) as f64 / side as f64);
        Self { side, rgba: (0..side * side).map(at).collect() }
    }

    /// Over another picture.
    pub(crate) fn over(&self, ground: &Self) -> Self {
        let mix = |(top, below): (&[u8; 4], &[u8; 4])| {
            let alpha = u32::from(top[3]);
            let one = |at: usize| {
                ((u32::from(top[at]) * alpha + u32::from(below[at]) * (255 - alpha) + 127) / 255) as u8
            };
            [one(0), one(1), one(2), 255]
        };
        Self { side: self.side, rgba: self.rgba.iter().zip(&ground.rgba).map(mix).collect() }
    }

    /// Its own shadow: dark, soft, a little below.
    pub(crate) fn shadow(&self, strength: f64) -> Self {
        let (reach, down) = (self.side / 50, self.side / 40);
        let mut alpha: Vec<f64> = self.rgba.iter().map(|pixel| f64::from(pixel[3])).collect();
        for _ in 0..2 {
            alpha = turned(&blurred(&alpha, self.side, reach), self.side);
            alpha = turned(&blurred(&alpha, self.side, reach), self.side);
        }
        let at = |index: usize| {
            let from = index.saturating_sub(down * self.side + down);
            [20, 20, 30, (alpha[from] * strength) as u8]
        };
        Self { side: self.side, rgba: (0..alpha.len()).map(at).collect() }
    }

    /// What strong compression leaves: blocks that lie a little off, and grain.
    pub(crate) fn compressed(&self, amount: f64, seed: u64) -> Self {
        let mut dice = Dice(seed);
        let blocks: Vec<f64> =
            (0..=self.side / 8 * (self.side / 8 + 2)).map(|_| dice.around(amount * 0.5)).collect();
        let mut out = self.clone();
        for (index, pixel) in out.rgba.iter_mut().enumerate() {
            let (x, y) = (index % self.side, index / self.side);
            let block = blocks[(x / 8 + y / 8 * (self.side / 8)) % blocks.len()];
            for value in &mut pixel[..3] {
                *value = (f64::from(*value) + block + dice.around(amount)).clamp(0.0, 255.0) as u8;
            }
        }
        out
    }

    pub(crate) fn png(&self) -> Vec<u8> {
        let bytes: Vec<u8> = self.rgba.iter().flatten().copied().collect();
        encode(self.side as u32, self.side as u32, png::ColorType::Rgba, png::BitDepth::Eight, &bytes, None)
    }
}

pub(crate) fn encode(
    width: u32,
    height: u32,
    color: png::ColorType,
    depth: png::BitDepth,
    data: &[u8],
    palette: Option<&[u8]>,
) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(color);
    encoder.set_depth(depth);
    if let Some(palette) = palette {
        encoder.set_palette(palette.to_vec());
    }
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(data).unwrap();
    writer.finish().unwrap();
    bytes
}

fn blurred(values: &[f64], side: usize, reach: usize) -> Vec<f64> {
    let row = |row: &[f64]| -> Vec<f64> {
        let at = |x: usize| {
            let part = &row[x.saturating_sub(reach)..(x + reach + 1).min(row.len())];
            part.iter().sum::<f64>() / (2 * reach + 1) as f64
        };
        (0..row.len()).map(at).collect()
    };
    values.chunks(side).flat_map(row).collect()
}

fn turned(values: &[f64], side: usize) -> Vec<f64> {
    (0..values.len()).map(|at| values[at % side * side + at / side]).collect()
}

/// The same numbers each time.
pub(crate) struct Dice(pub u64);

impl Dice {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub(crate) fn below(&mut self, count: usize) -> usize {
        (self.next() >> 11) as usize % count
    }

    /// Between minus and plus this, the middle more often.
    pub(crate) fn around(&mut self, most: f64) -> f64 {
        let unit = |dice: &mut Self| (dice.next() >> 11) as f64 / (1_u64 << 53) as f64;
        (unit(self) + unit(self) - 1.0) * most
    }
}
