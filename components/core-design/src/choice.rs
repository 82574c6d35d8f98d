//! What the graph says, brought to one point: personality, hue, harmony.

use crate::customs::Customs;
use crate::named;
use core_brand::Rgb;
use core_brand::Rng;
use core_color::{Harmony, Oklch, to_oklch};
use core_graph::{AXES, Edge, Graph, Hue, Industry, Style, Traits};
use std::collections::BTreeMap;

/// How much a style's wish for a hue counts beside the industry's.
pub(crate) const STYLE_SHARE: f64 = 0.6;
/// What a hue gains that the name says: it goes before every other that is fit.
const NAMED: f64 = 1.5;
/// How much a hue gains that has the wanted personality on all axes.
const TRAIT_SHARE: f64 = 0.05;
/// Hues this far below the best are still drawn, less often the further.
const WORTH: f64 = 0.62;
/// Below this a colour has no hue.
const GREY_CHROMA: f64 = 0.03;

/// Industry and style added up, each axis from -2 to 2.
pub(crate) fn traits(industry: &Industry, style: &Style) -> Traits {
    let of = |traits: &Traits, axis: &str| traits.get(axis).copied().unwrap_or_default();
    AXES.iter()
        .map(|axis| {
            let sum = of(&industry.traits, axis) + of(&style.traits, axis);
            ((*axis).to_owned(), hundredths(sum.clamp(-2.0, 2.0)))
        })
        .collect()
}

pub(crate) fn axis(traits: &Traits, id: &str) -> f64 {
    traits.get(id).copied().unwrap_or_default()
}

pub(crate) fn hundredths(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

pub(crate) fn weight_to(edges: &[Edge], id: &str) -> f64 {
    edges.iter().find(|edge| edge.to == id).map_or(0.0, |edge| edge.weight)
}

/// How alike two personalities are; 0 where they have nothing to do with each other.
pub(crate) fn kin(one: &Traits, other: &Traits) -> f64 {
    AXES.iter().map(|id| axis(one, id) * axis(other, id)).sum()
}

/// A hue that suits, drawn by chance among those that suit nearly as well.
pub(crate) fn pick_hue<'a>(
    name: &str,
    graph: &'a Graph,
    industry: &Industry,
    style: &Style,
    traits: &Traits,
    customs: &Customs<'_>,
    rng: &mut Rng,
) -> Option<&'a Hue> {
    let scored: Vec<(f64, &Hue)> = graph
        .source()
        .hues
        .iter()
        .filter_map(|hue| {
            let wanted = weight_to(&industry.hues, &hue.id) + STYLE_SHARE * weight_to(&style.hues, &hue.id);
            let liked = customs.weight(&format!("hue:{}", hue.id));
            let said = if named::says(name, &hue.id) { NAMED } else { 0.0 };
            (wanted > 0.0).then_some((wanted + liked + said + TRAIT_SHARE * kin(traits, &hue.traits), hue))
        })
        .collect();
    draw(&scored, rng)
}

/// A harmony that suits the style and the personality.
pub(crate) fn pick_harmony(style: &Style, traits: &Traits, rng: &mut Rng) -> Harmony {
    let scored: Vec<(f64, Harmony)> = Harmony::ALL
        .into_iter()
        .map(|harmony| {
            let by_trait = match harmony {
                Harmony::Tonal => 0.08 * (axis(traits, "quiet") + axis(traits, "premium")),
                Harmony::Analogous => 0.08 * axis(traits, "warm"),
                Harmony::Complement | Harmony::Split => -0.05 * axis(traits, "quiet"),
                Harmony::Triad => 0.1 * axis(traits, "playful"),
            };
            (0.3 + by_trait + weight_to(&style.harmonies, harmony.id()), harmony)
        })
        .collect();
    draw(&scored, rng).unwrap_or(Harmony::Complement)
}

/// Draws one, the better the likelier; what is worth less than `WORTH` of the best is left out.
fn draw<T: Copy>(scored: &[(f64, T)], rng: &mut Rng) -> Option<T> {
    let best = scored.iter().map(|(score, _)| *score).fold(0.0, f64::max);
    let fit: Vec<(f64, T)> = scored
        .iter()
        .filter(|(score, _)| *score > 0.0 && *score >= best * WORTH)
        .map(|(score, item)| (score * score, *item))
        .collect();
    let mut left = rng.unit() * fit.iter().map(|(weight, _)| weight).sum::<f64>();
    for (weight, item) in &fit {
        left -= weight;
        if left <= 0.0 {
            return Some(*item);
        }
    }
    fit.last().map(|(_, item)| *item)
}

/// A colour inside a region, with the chroma of the style.
pub(crate) fn color_in(hue: &Hue, style: &Style, rng: &mut Rng) -> Oklch {
    let mut within = |range: [f64; 2]| rng.between(range[0], range[1]);
    Oklch::new(within(hue.lightness), within(hue.chroma) * style.chroma, within(hue.hue))
}

/// The region that a colour lies in or close to.
pub(crate) fn region_of(graph: &Graph, rgb: Rgb) -> Option<&Hue> {
    let color = to_oklch(rgb);
    let is_grey = color.c < GREY_CHROMA;
    let outside = |value: f64, range: [f64; 2]| (range[0] - value).max(value - range[1]).max(0.0);
    let distance = |hue: &Hue| {
        let turned = [color.h - 360.0, color.h, color.h + 360.0].map(|h| outside(h, hue.hue));
        let by_hue = if is_grey { 0.0 } else { turned.into_iter().fold(f64::MAX, f64::min) / 9.0 };
        by_hue + outside(color.c, hue.chroma) / 0.04 + outside(color.l, hue.lightness) / 0.07
    };
    let near = graph.source().hues.iter().filter(|hue| is_grey == (hue.chroma[1] < GREY_CHROMA));
    near.map(|hue| (distance(hue), hue))
        .filter(|(far, _)| *far <= 1.0)
        .min_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, hue)| hue)
}

/// Weights of edges, added up by target.
pub(crate) fn sum(lists: &[(&[Edge], f64)], base: f64, all: &[&str]) -> Vec<(String, f64)> {
    let mut sums: BTreeMap<&str, f64> = all.iter().map(|id| (*id, base)).collect();
    for (edges, share) in lists {
        for edge in *edges {
            *sums.entry(&edge.to).or_insert(base) += edge.weight * share;
        }
    }
    let mut sums: Vec<(String, f64)> = sums.into_iter().map(|(id, weight)| (id.to_owned(), weight)).collect();
    sums.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    sums
}
