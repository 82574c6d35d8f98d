//! CMYK through the profile of a press: never typed, never by formula.
//!
//! `data/press.json` holds the two colorimetric tables of an ICC profile, as `examples/press.rs` reads them from the
//! file: ink to Lab, and Lab to ink. The values belong to that press; a printer's own profile gives others. Looked at
//! and left: the profiles of Adobe (may not be bundled), of Ghostscript (AGPL), of ECI and FOGRA (in no package that
//! can be had everywhere), and the small one of the PDF readers (reads ink, cannot write it).

use crate::space::channels;
use core_brand::Rgb;
use core_brand::design::Ink;
use palette::color_difference::Ciede2000;
use palette::white_point::D50;
use palette::{FromColor, Lab, Xyz};
use serde::Deserialize;
use std::sync::LazyLock;

/// The most ink that dries on usual coated paper, in percent of all four plates.
pub const INK_MAX: f64 = 300.0;
/// Twelve bits: finer than a tenth of a percent of ink.
const FULL: f64 = 4095.0;
/// Lab in sixteen bits, as version 2 writes it: 100 and 255 are at 0xff00.
const LAB_FULL: f64 = 65_535.0 / 65_280.0;

/// Linear sRGB to the XYZ of D50, the white of a profile (adapted by Bradford).
const TO_D50: [[f64; 3]; 3] = [
    [0.436_074_7, 0.385_064_9, 0.143_080_4],
    [0.222_504_5, 0.716_878_6, 0.060_616_9],
    [0.013_932_2, 0.097_104_5, 0.714_173_3],
];

/// The bundled press; a test reads it, so that it is there.
static PRESS: LazyLock<Option<Press>> = LazyLock::new(|| Press::read(include_str!("../data/press.json")));

/// A press, as its profile describes it.
#[derive(Clone, Debug, Deserialize)]
pub struct Press {
    /// What the profile calls itself.
    pub name: String,
    /// Its own words about who may use it.
    pub licence: String,
    /// Ink to Lab.
    proof: Table,
    /// Lab to ink.
    separate: Table,
}

/// The press that palettes are printed on.
#[must_use]
pub fn press() -> Option<&'static Press> {
    PRESS.as_ref()
}

impl Press {
    /// Reads the tables of a press; `None` where they are none.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let press: Self = serde_json::from_str(text).ok()?;
        (press.proof.is_whole(4, 3) && press.separate.is_whole(3, 4)).then_some(press)
    }

    /// The ink of a colour in whole percent, at most `INK_MAX` in all, and CIEDE2000 from the colour to its print.
    #[must_use]
    pub fn ink(&self, rgb: Rgb) -> Ink {
        let wanted = lab(rgb);
        let scaled = [wanted.l / 100.0, (wanted.a + 128.0) / 255.0, (wanted.b + 128.0) / 255.0];
        let plates = self.separate.at(&scaled.map(|part| part / LAB_FULL));
        let percent: [f64; 4] =
            std::array::from_fn(|plate| (plates[plate] * 100.0).clamp(0.0, 100.0).round());
        let [c, m, y, k] = percent;
        let share = ((INK_MAX - k) / (c + m + y).max(1.0)).min(1.0);
        // Black stays; what is too much is taken from the colours alike.
        self.proved([c * share, m * share, y * share, k].map(|plate| plate as u8), wanted)
    }

    /// Small dark text: black alone, so that four plates need not meet.
    #[must_use]
    pub fn text(&self, rgb: Rgb) -> Ink {
        self.proved([0, 0, 0, 100], lab(rgb))
    }

    fn proved(&self, cmyk: [u8; 4], wanted: Lab<D50, f64>) -> Ink {
        let proof = self.proof.at(&cmyk.map(|plate| f64::from(plate) / 100.0));
        let [l, a, b] = [0, 1, 2].map(|part| proof[part] * LAB_FULL);
        let printed = Lab::<D50, f64>::new(l * 100.0, a * 255.0 - 128.0, b * 255.0 - 128.0);
        let difference = (wanted.difference(printed) * 10.0).ceil() / 10.0;
        Ink { cmyk, total: cmyk.map(u16::from).iter().sum(), difference }
    }
}

fn lab(rgb: Rgb) -> Lab<D50, f64> {
    let [x, y, z] = crate::sight::times(&TO_D50, channels(rgb));
    Lab::from_color(Xyz::<D50, f64>::new(x, y, z))
}

/// Curves, a grid of values, curves; each value from 0 to `FULL`.
#[derive(Clone, Debug, Deserialize)]
struct Table {
    grid: usize,
    inputs: Vec<Vec<u16>>,
    cells: Vec<u16>,
    outputs: Vec<Vec<u16>>,
}

impl Table {
    fn is_whole(&self, inputs: usize, outputs: usize) -> bool {
        let mut curves = self.inputs.iter().chain(&self.outputs);
        let nodes = (0..inputs).try_fold(outputs, |nodes, _| nodes.checked_mul(self.grid));
        (self.inputs.len(), self.outputs.len()) == (inputs, outputs)
            && self.grid >= 2
            && nodes == Some(self.cells.len())
            && curves.all(|curve| curve.len() >= 2)
    }

    /// Between the corners of the cell that a point lies in, along each axis.
    fn at(&self, point: &[f64]) -> Vec<f64> {
        let last = self.grid - 1;
        let places: Vec<(usize, f64)> = self
            .inputs
            .iter()
            .zip(point)
            .map(|(curve, value)| {
                let place = along(curve, *value) * last as f64;
                let below = (place.floor() as usize).min(last - 1);
                (below, place - below as f64)
            })
            .collect();
        let mut sums = vec![0.0; self.outputs.len()];
        for corner in 0..1_usize << places.len() {
            let (mut weight, mut cell) = (1.0, 0);
            for (axis, (below, part)) in places.iter().enumerate() {
                let is_above = corner >> axis & 1;
                weight *= if is_above == 1 { *part } else { 1.0 - part };
                cell = cell * self.grid + below + is_above;
            }
            let values = &self.cells[cell * sums.len()..];
            sums.iter_mut().zip(values).for_each(|(sum, value)| *sum += weight * f64::from(*value) / FULL);
        }
        self.outputs.iter().zip(sums).map(|(curve, value)| along(curve, value)).collect()
    }
}

/// A curve at a place from 0 to 1.
fn along(curve: &[u16], value: f64) -> f64 {
    let last = curve.len() - 1;
    let place = value.clamp(0.0, 1.0) * last as f64;
    let below = (place.floor() as usize).min(last - 1);
    let part = place - below as f64;
    (f64::from(curve[below]) * (1.0 - part) + f64::from(curve[below + 1]) * part) / FULL
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Colour and its plates.
    const KNOWN: &[(&str, [u8; 4])] = &[
        ("#0110b3", [98, 90, 0, 0]),
        ("#13538b", [92, 56, 0, 21]),
        ("#259663", [73, 0, 72, 11]),
        ("#37d93b", [43, 0, 99, 0]),
        ("#4a1c13", [13, 84, 98, 75]),
        ("#5c5eeb", [70, 52, 0, 0]),
        ("#6ea1c3", [49, 11, 3, 13]),
        ("#80e49b", [29, 0, 46, 0]),
        ("#932773", [35, 97, 2, 18]),
        ("#a56a4b", [0, 47, 65, 38]),
        ("#b7ad23", [9, 4, 95, 23]),
        ("#c9effb", [13, 0, 2, 1]),
        ("#dc32d3", [14, 87, 0, 0]),
        ("#ee75ab", [2, 61, 4, 2]),
    ];

    /// Made by another colour engine (moxcms) from the profile itself; `examples/press.rs` compares many more.
    #[test]
    fn agrees_with_another_engine() {
        let press = press().unwrap();
        assert!(
            press.name == "Chemical proof" && press.licence.contains("public domain"),
            "{}",
            press.licence
        );
        for (hex, theirs) in KNOWN.iter().copied() {
            let ours = press.ink(Rgb::parse(hex).unwrap()).cmyk;
            assert!(
                ours.iter().zip(theirs).all(|(own, plate)| own.abs_diff(plate) <= 2),
                "{hex}: {ours:?} {theirs:?}"
            );
        }
    }

    #[test]
    fn ink_stays_within_what_dries_and_paper_takes_none() {
        let press = press().unwrap();
        for value in (0..0x0100_0000_u32).step_by(9973) {
            let [_, r, g, b] = value.to_be_bytes();
            let ink = press.ink(Rgb::new(r, g, b));
            assert!(f64::from(ink.total) <= INK_MAX, "{ink:?}");
        }
        let white = press.ink(Rgb::WHITE);
        assert!(white.total <= 2 && white.difference < 1.0, "{white:?}");
        let grey = press.ink(Rgb::new(119, 119, 119));
        assert!(grey.difference < 3.0, "{grey:?}");
        assert!(press.text(Rgb::BLACK).total == 100);
    }

    #[test]
    fn what_is_no_press_is_refused() {
        let table = |inputs: usize, cells: usize, outputs: usize| serde_json::json!({ "grid": 2, "inputs": vec![[0, 4095]; inputs], "cells": vec![0; cells], "outputs": vec![[0, 4095]; outputs] });
        let press = |proof, separate| {
            serde_json::json!({ "name": "x", "licence": "y", "proof": proof, "separate": separate })
                .to_string()
        };
        assert!(Press::read(&press(table(4, 48, 3), table(3, 32, 4))).is_some());
        for (proof, separate) in [(table(4, 47, 3), table(3, 32, 4)), (table(3, 24, 3), table(3, 32, 4))] {
            assert!(Press::read(&press(proof, separate)).is_none());
        }
        assert!(Press::read("{}").is_none() && Press::read("").is_none());
    }
}
