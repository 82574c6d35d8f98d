//! What the graph says to the hand that draws.

use crate::choice::{axis, hundredths, sum};
use core_brand::design::{LogoGuidance, Weighted};
use core_graph::{GRAMMARS, Industry, Style, Traits};

/// What a grammar is worth that nobody speaks for or against.
const GRAMMAR_BASE: f64 = 0.4;
/// How much of form is the style's; the rest is the industry's.
const STYLE_SHARE: f64 = 0.6;

pub(crate) fn guidance(industry: &Industry, style: &Style) -> LogoGuidance {
    let own = |formula: fn(&Traits) -> f64| formula(&industry.traits).clamp(0.0, 1.0);
    let mix =
        |style: f64, own: f64| hundredths((STYLE_SHARE * style + (1.0 - STYLE_SHARE) * own).clamp(0.0, 1.0));
    LogoGuidance {
        grammars: grammars(industry, style),
        motifs: weighted(sum(&[(&industry.motifs, 1.0)], 0.0, &[])),
        roundness: mix(style.roundness, own(|t| 0.5 + 0.2 * axis(t, "warm") + 0.15 * axis(t, "friend"))),
        weight: mix(style.weight, own(|t| 0.5 - 0.2 * axis(t, "quiet") - 0.1 * axis(t, "premium"))),
        energy: mix(style.energy, own(|t| 0.4 - 0.15 * axis(t, "quiet") + 0.15 * axis(t, "playful"))),
    }
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
