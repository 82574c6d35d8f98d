//! Reads the two colorimetric tables of a CMYK profile (ICC version 2, `mft2`), checks them against another colour
//! engine, and writes them as JSON: `cargo run -p core-color --example press -- <profile.icc> > data/press.json`.
//! `data/README.md` says where the profile is from.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a tool that writes to its caller, and may stop"
)]

use core_brand::Rgb;
use core_color::{INK_MAX, Press};
use moxcms::{ColorProfile, Layout, RenderingIntent, TransformOptions};
use serde_json::{Value, json};

/// Where a profile keeps its list of tags, and how long an entry is.
const TAGS: usize = 128;
const TAG_BYTES: usize = 12;
/// Where the tables of an `mft2` tag begin.
const TABLES: usize = 52;
/// Every so many entries of a curve are kept; 1023 is a multiple of it.
const CURVE_STEP: usize = 31;
/// Plates may differ by so many percent from those of the other engine, which interpolates otherwise: at the edge
/// of what can be printed, and usually.
const GAP_MAX: f64 = 10.0;
const GAP_USUAL: f64 = 1.0;

fn main() {
    let path = std::env::args().nth(1).expect("which profile?");
    let profile = std::fs::read(path).unwrap();
    let text = |id: [u8; 4], from: usize| {
        let tag = tag(&profile, id).unwrap();
        let end = tag[from..].iter().position(|byte| *byte == 0).map_or(tag.len(), |at| from + at);
        String::from_utf8_lossy(&tag[from..end]).into_owned()
    };
    let press = json!({
        "name": text(*b"desc", 12),
        "licence": text(*b"cprt", 8),
        "proof": table(tag(&profile, *b"A2B1").unwrap()),
        "separate": table(tag(&profile, *b"B2A1").unwrap()),
    });
    let known = compared(&Press::read(&press.to_string()).unwrap(), &profile);
    eprintln!("{}", known.join("\n"));
    println!("{}", lines(&press));
}

/// One line for each curve, and for each twelve cells.
fn lines(press: &Value) -> String {
    let mut text = String::new();
    let mut run = 0;
    for letter in serde_json::to_string(press).unwrap().chars() {
        text.push(letter);
        run += 1;
        if letter == ',' && run > 100 {
            text.push('\n');
            run = 0;
        }
    }
    text
}

/// The greatest gap is looked for all over the cube; some colours are handed back for the tests.
fn compared(press: &Press, profile: &[u8]) -> Vec<String> {
    let theirs = ColorProfile::new_from_slice(profile).unwrap();
    let options = TransformOptions {
        rendering_intent: RenderingIntent::RelativeColorimetric,
        ..TransformOptions::default()
    };
    let transform =
        ColorProfile::new_srgb().create_transform_8bit(Layout::Rgb, &theirs, Layout::Rgba, options).unwrap();
    let mut known = Vec::new();
    let mut gaps_seen = Vec::new();
    for (turn, value) in (0..0x0100_0000_u32).step_by(9973).enumerate() {
        let [_, r, g, b] = value.to_be_bytes();
        let mut plates = [0; 4];
        transform.transform(&[r, g, b], &mut plates).unwrap();
        let plates = plates.map(|plate| f64::from(plate) / 2.55);
        let rgb = Rgb::new(r, g, b);
        let ours = press.ink(rgb);
        if plates.iter().sum::<f64>() > INK_MAX - 2.0 {
            continue;
        }
        let gaps = ours.cmyk.iter().zip(plates).map(|(own, plate)| (f64::from(*own) - plate).abs());
        let gap = gaps.fold(0.0, f64::max);
        assert!(gap <= GAP_MAX, "{rgb}: {ours:?} {plates:?}");
        gaps_seen.push(gap);
        if turn % 120 == 7 {
            known.push(format!("(\"{rgb}\", {:?}),", plates.map(|plate| plate.round() as u8)));
        }
    }
    gaps_seen.sort_by(f64::total_cmp);
    let [usual, farthest] = [gaps_seen.len() / 2, gaps_seen.len() - 1].map(|at| gaps_seen[at]);
    assert!(usual <= GAP_USUAL, "{usual}");
    known.push(format!(
        "of {} colours, plates differ by {usual:.1} percent usually, {farthest:.1} at most",
        gaps_seen.len()
    ));
    known
}

fn word(bytes: &[u8], at: usize) -> Option<usize> {
    let four: [u8; 4] = bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
    Some(u32::from_be_bytes(four) as usize)
}

fn tag(profile: &[u8], id: [u8; 4]) -> Option<&[u8]> {
    let count = word(profile, TAGS)?;
    let entry = (0..count).map(|index| TAGS + 4 + TAG_BYTES * index);
    let at =
        entry.take_while(|at| *at < profile.len()).find(|at| profile.get(*at..at + 4) == Some(&id[..]))?;
    let start = word(profile, at + 4)?;
    profile.get(start..start.checked_add(word(profile, at + 8)?)?)
}

/// A table in twelve bits, its curves thinned out.
fn table(tag: &[u8]) -> Value {
    assert_eq!(&tag[..4], b"mft2");
    let [inputs, outputs, grid] = [8, 9, 10].map(|at| usize::from(tag[at]));
    let half = |at: usize| usize::from(u16::from_be_bytes([tag[at], tag[at + 1]]));
    let [entries_in, entries_out] = [half(48), half(50)];
    let values: Vec<usize> =
        (0..).map(|index| TABLES + 2 * index).take_while(|at| at + 1 < tag.len()).map(half).collect();
    let twelve = |value: &usize| (*value * 4095 + 32_767) / 65_535;
    let curves = |values: &[usize], entries: usize| -> Vec<Vec<usize>> {
        let curves = values.chunks_exact(entries);
        curves.map(|curve| curve.iter().step_by(CURVE_STEP).map(twelve).collect()).collect()
    };
    let (first, rest) = values.split_at(inputs * entries_in);
    let (cells, last) = rest.split_at(outputs * grid.pow(inputs as u32));
    json!({
        "grid": grid,
        "inputs": curves(first, entries_in),
        "cells": cells.iter().map(twelve).collect::<Vec<_>>(),
        "outputs": curves(&last[..outputs * entries_out], entries_out),
    })
}
