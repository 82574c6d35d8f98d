//! What the graph says to the hand that draws.

use crate::choice::{axis, hundredths, sum};
use core_brand::design::{LogoGuidance, Weighted};
use core_graph::{Form, GRAMMARS, Graph, Industry, Style, Traits};

/// What a grammar is worth that nobody speaks for or against.
const GRAMMAR_BASE: f64 = 0.4;
/// How much of form is the style's; the rest is the industry's.
const STYLE_SHARE: f64 = 0.6;
/// How much of the industry's part its shapes have; the rest is its personality's.
const SHAPE_SHARE: f64 = 0.5;

/// Whether a value of form is wanted, from a trait and from the shapes.
type Wish = (fn(&Traits) -> f64, fn(&Form) -> f64);

pub(crate) fn guidance(graph: &Graph, industry: &Industry, style: &Style) -> LogoGuidance {
    let shapes = weighted(sum(&[(&industry.shapes, 1.0)], 0.0, &[]));
    let mix = |style: f64, (by_trait, by_shape): Wish| {
        let own = by_trait(&industry.traits).clamp(0.0, 1.0);
        let own = formed(graph, &shapes, by_shape)
            .map_or(own, |shape| SHAPE_SHARE * shape + (1.0 - SHAPE_SHARE) * own);
        hundredths((STYLE_SHARE * style + (1.0 - STYLE_SHARE) * own).clamp(0.0, 1.0))
    };
    let round: Wish = (|t| 0.5 + 0.2 * axis(t, "warm") + 0.15 * axis(t, "friend"), |form| form.roundness);
    let heavy: Wish = (|t| 0.5 - 0.2 * axis(t, "quiet") - 0.1 * axis(t, "premium"), |form| form.weight);
    let moving: Wish = (|t| 0.4 - 0.15 * axis(t, "quiet") + 0.15 * axis(t, "playful"), |form| form.energy);
    LogoGuidance {
        grammars: grammars(industry, style),
        motifs: weighted(sum(&[(&industry.motifs, 1.0)], 0.0, &[])),
        cliches: industry
            .cliches
            .iter()
            .filter_map(|edge| edge.to.strip_prefix("motif:"))
            .map(str::to_owned)
            .collect(),
        roundness: mix(style.roundness, round),
        weight: mix(style.weight, heavy),
        energy: mix(style.energy, moving),
    }
}

/// The mean of a value over the shapes of an industry; `None` where it has none.
fn formed(graph: &Graph, shapes: &[Weighted], value: fn(&Form) -> f64) -> Option<f64> {
    let forms = graph.source().shapes.iter();
    let known: Vec<(f64, f64)> = forms
        .filter_map(|form| Some((shapes.iter().find(|shape| shape.id == form.id)?.weight, value(form))))
        .collect();
    let total: f64 = known.iter().map(|(weight, _)| weight).sum();
    (total > 0.0).then(|| known.iter().map(|(weight, value)| weight * value).sum::<f64>() / total)
}

fn grammars(industry: &Industry, style: &Style) -> Vec<Weighted> {
    let sums = sum(&[(&industry.grammars, 1.0), (&style.grammars, 1.0)], GRAMMAR_BASE, &GRAMMARS);
    weighted(sums)
}

/// Weights on the grid and in range.
pub(crate) fn weighted(sums: Vec<(String, f64)>) -> Vec<Weighted> {
    sums.into_iter()
        .map(|(id, weight)| Weighted { id, weight: hundredths(weight.clamp(0.05, 1.0)) })
        .collect()
}
