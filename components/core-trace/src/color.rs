//! Few colours of many: the flat fills of a picture.

use crate::Fill;
use crate::ground::Ground;
use crate::picture::{Color, Picture, add, distance, less, middle};
use crate::region::Regions;
use core_brand::FillRole;
use std::collections::BTreeMap;

/// Of a mark: its main part, its second colour, and one more.
pub const FILLS_MAX: u32 = 3;
/// Nearer to the ground than this is the ground.
const INK: f32 = 0.10;
/// A shade of the ground, without colour of its own, is a shadow up to this share of what stands out most; where
/// that is no dark colour, up to a part of it that soft shadows reach.
const SHADOW: f32 = 0.45;
const SHADOW_DARK: f32 = 0.3;
const SHADOW_PALE: f32 = 0.8;
/// How much colour of its own makes a tint of a shadow.
const TINT: f32 = 0.05;
/// Pixels whose neighbours differ more lie on an edge and have mixed colours.
const EDGE: f32 = 0.05;
/// How far to both sides an edge is sought.
const EDGE_PX: i32 = 2;
/// This near to a fill a pixel is of that fill.
const FLAT: f32 = 0.075;
/// One more fill must bring this share of the ink near to a fill.
const FLAT_MORE: f64 = 0.01;
/// Fills that are nearer to each other are one.
const APART: f32 = 0.12;
/// A fill of a smaller share of the ink is a stain.
const SHARE_MIN: f64 = 0.012;
/// Bins of colour, in OKLAB.
const BIN: f32 = 0.02;
/// Means move no more after a few turns.
const TURNS: usize = 12;

/// The fills of a picture and what speaks against them.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub fills: Vec<Color>,
    /// Share of the picture that is ink away from edges.
    pub ink: f64,
    /// Share of the ink that is near to its fill.
    pub flat: f64,
}

struct Bin {
    color: Color,
    count: f64,
}

/// As many fills as there are, up to a number.
pub(crate) fn reduce(picture: &Picture, ground: &Ground, most: usize) -> Found {
    let ink = inks(picture, ground);
    let bins = bins(picture, &ink);
    let mut found =
        Found { fills: Vec::new(), ink: ink.len() as f64 / picture.colors.len() as f64, flat: 0.0 };
    for count in 1..=most {
        let fills = means(&bins, count);
        let flat = flatness(&bins, &fills);
        if flat >= found.flat + FLAT_MORE {
            (found.fills, found.flat) = (fills, flat);
        }
    }
    found
}

/// Pixels that are ink and lie on no edge.
fn inks(picture: &Picture, ground: &Ground) -> Vec<usize> {
    let away = |at: usize| less(picture.colors[at], ground.at(at % picture.width, at / picture.width));
    let length = |color: Color| distance(color, [0.0; 4]);
    let least = INK.max(6.0 * ground.noise);
    let solid: Vec<usize> = (0..picture.colors.len())
        .filter(|at| length(away(*at)) >= least && is_solid(picture, *at, EDGE + 3.0 * ground.noise))
        .collect();
    let mut lengths: Vec<f32> = solid.iter().map(|at| length(away(*at))).collect();
    lengths.sort_by(f32::total_cmp);
    // What stands out most, a few stray pixels aside.
    let most = lengths.get(lengths.len() * 49 / 50).copied().unwrap_or_default();
    let limit = (SHADOW * most).max((SHADOW_PALE * most).min(SHADOW_DARK));
    let is_shadow = |at: &usize| {
        let [_, a, b, alpha] = away(*at);
        let is_tint = (a * a + b * b).sqrt() > TINT;
        length(away(*at)) < limit && (!is_tint || alpha.abs() > INK)
    };
    solid.into_iter().filter(|at| !is_shadow(at)).collect()
}

fn is_solid(picture: &Picture, at: usize, edge: f32) -> bool {
    let (x, y) = ((at % picture.width) as i32, (at / picture.width) as i32);
    let around = [(EDGE_PX, 0), (-EDGE_PX, 0), (0, EDGE_PX), (0, -EDGE_PX)];
    around
        .iter()
        .all(|(dx, dy)| distance(picture.colors[at], picture.colors[picture.near(x + dx, y + dy)]) <= edge)
}

fn bins(picture: &Picture, ink: &[usize]) -> Vec<Bin> {
    let mut bins: BTreeMap<[i32; 4], Bin> = BTreeMap::new();
    for at in ink {
        let color = picture.colors[*at];
        let bin = bins.entry(color.map(|value| (value / BIN).floor() as i32));
        let bin = bin.or_insert(Bin { color: [0.0; 4], count: 0.0 });
        bin.color = add(bin.color, color);
        bin.count += 1.0;
    }
    let mean = |bin: Bin| Bin { color: bin.color.map(|value| value / bin.count as f32), count: bin.count };
    bins.into_values().map(mean).collect()
}

/// Means of so many clusters, the largest first; those that are near to each other are joined, stains left out.
fn means(bins: &[Bin], count: usize) -> Vec<Color> {
    let mut means = begin(bins, count);
    let mut sizes = Vec::new();
    for _ in 0..TURNS {
        let mut sums = vec![([0.0; 4], 0.0); means.len()];
        for bin in bins {
            let (sum, size) = &mut sums[nearest(&means, bin.color)];
            *sum = add(*sum, bin.color.map(|value| value * bin.count as f32));
            *size += bin.count;
        }
        for (mean, (sum, size)) in means.iter_mut().zip(&sums) {
            if *size > 0.0 {
                *mean = sum.map(|value| value / *size as f32);
            }
        }
        sizes = sums.into_iter().map(|(_, size)| size).collect();
    }
    let all: f64 = sizes.iter().sum();
    let mut ranked: Vec<(f64, Color)> = sizes.into_iter().zip(means).collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut kept: Vec<Color> = Vec::new();
    for (size, mean) in ranked {
        if size >= SHARE_MIN * all && kept.iter().all(|other| distance(*other, mean) >= APART) {
            kept.push(mean);
        }
    }
    kept
}

/// The most common colour, then each time the one that most pixels are far from.
fn begin(bins: &[Bin], count: usize) -> Vec<Color> {
    let mut means: Vec<Color> = Vec::new();
    for _ in 0..count {
        let weight = |bin: &Bin| {
            let far = means.iter().map(|mean| distance(*mean, bin.color)).fold(f32::INFINITY, f32::min);
            if far.is_finite() { bin.count * f64::from(far * far) } else { bin.count }
        };
        let best = bins.iter().max_by(|a, b| weight(a).total_cmp(&weight(b)));
        means.extend(best.map(|bin| bin.color));
    }
    means
}

fn nearest(colors: &[Color], color: Color) -> usize {
    let away = |at: &usize| distance(colors[*at], color);
    (0..colors.len()).min_by(|a, b| away(a).total_cmp(&away(b))).unwrap_or_default()
}

fn flatness(bins: &[Bin], fills: &[Color]) -> f64 {
    let is_near = |bin: &&Bin| fills.iter().any(|fill| distance(*fill, bin.color) <= FLAT);
    let all: f64 = bins.iter().map(|bin| bin.count).sum();
    bins.iter().filter(is_near).map(|bin| bin.count).sum::<f64>() / all.max(1.0)
}

/// How much larger a lighter fill must be to be the main one.
const MAIN_SHARE: f64 = 0.75;

/// Roles for fills: the largest is the mark, or the darkest of two that are nearly as large; the next the accent.
pub(crate) fn named(picture: &Picture, regions: Regions, fills: &[Color]) -> (Regions, Vec<Fill>) {
    let count = |class: usize| regions.classes.iter().filter(|one| usize::from(**one) == class).count();
    let mut ranked: Vec<(usize, usize)> = (1..=fills.len()).map(|class| (count(class), class)).collect();
    ranked.sort_by_key(|(count, class)| (std::cmp::Reverse(*count), *class));
    ranked.retain(|(count, _)| *count > 0);
    if let [first, second, ..] = ranked[..] {
        let is_near = second.0 as f64 >= MAIN_SHARE * first.0 as f64;
        if is_near && fills[second.1 - 1][0] < fills[first.1 - 1][0] {
            ranked.swap(0, 1);
        }
    }
    let all: usize = ranked.iter().map(|(count, _)| count).sum();
    let roles = [FillRole::Mark, FillRole::Accent, FillRole::Ink];
    let fill = |((count, class), role): (&(usize, usize), FillRole)| {
        let is_own = |at: &usize| usize::from(regions.classes[*at]) == *class;
        let own = (0..regions.classes.len()).filter(is_own).map(|at| picture.bytes[at]);
        Fill { role, rgb: middle(own), share: (count * 100 / all.max(1)) as u8 }
    };
    let named = ranked.iter().zip(roles).map(fill).collect();
    let order = ranked.iter().map(|(_, class)| *class as u8).collect();
    (Regions { order, ..regions }, named)
}
