//! Briefs by the hundred: every industry, names of many scripts, styles, colours.
//!
//! Half of them are the same in every run, half are drawn anew: what passes only for briefs that somebody has looked at
//! is found out.

use core_brand::Fault;
use core_brand::brief::{LANGUAGES, Order, RawBrief};
use core_order::Request;
use imprint_harness::Chance;

/// Names of each industry, and briefs of each name, each in a style of its own.
const NAMES: usize = 5;
const STYLES: usize = 3;
/// Of the half that is always the same.
const SEED: u64 = 4;

const FIRST: &[&str] = &[
    "North", "Blue", "Alder", "Quiet", "Iron", "Söder", "Café", "Luna", "Øst", "Żubr", "Kestrel", "Old",
    "Nine", "Açaí", "Ember", "Vela",
];
const SECOND: &[&str] = &[
    "wind", "Harbour", "& Sons", "Works", "Field", "Maria", "Nord", "Étoile", "Straße", "House", "Lab",
    "Twelve",
];
/// Half of the briefs say nothing of it.
const DISTANCES: &[Option<f64>] =
    &[None, None, None, None, None, Some(0.0), Some(0.25), Some(0.5), Some(0.75), Some(1.0)];
/// Names that other scripts write.
const OTHERS: &[&str] = &[
    "Северный Ветер",
    "Ελαία",
    "نور",
    "אור",
    "सूर्य",
    "ดวงดาว",
    "X",
    "Ö",
    "Llanfairpwllgwyngyllgogerychwyrn & Daughters",
];
/// The corners of sRGB, greys, and what is almost one of them.
const EXTREMES: &[&str] = &[
    "#000000", "#ffffff", "#ff0000", "#00ff00", "#0000ff", "#ffff00", "#00ffff", "#ff00ff", "#808080",
    "#7f8081", "#010101", "#fefefe", "#fffffe", "#ffe600", "#1a1a1a", "#f5f5f5",
];

/// Every brief, as orders. The even ones are always the same, the odd ones are drawn.
pub(crate) fn corpus(mut drawn: Chance) -> Result<Vec<Order>, Fault> {
    let mut same = Chance::new(SEED);
    let mut orders = Vec::new();
    // Name by name, so that the first hundred hold every industry once.
    for name in 0..NAMES {
        for industry in core_graph::industries() {
            for style in 0..STYLES {
                let chance = if orders.len() % 2 == 0 { &mut same } else { &mut drawn };
                orders.push(core_order::order(&request(&industry.id, name, style, chance))?);
            }
        }
    }
    Ok(orders)
}

fn request(industry: &str, name: usize, style: usize, chance: &mut Chance) -> Request {
    let styles: Vec<&str> = core_graph::styles().iter().map(|style| style.id.as_str()).collect();
    let company_name = if name == 0 { one(chance, OTHERS).to_owned() } else { name_of(chance) };
    // A language whose letters no font has beside those of the name is refused.
    let has_faces = |language: &&str| core_typography::check_setting(&company_name, language).is_ok();
    let languages: Vec<&str> = LANGUAGES.iter().copied().filter(has_faces).collect();
    let brief = RawBrief {
        company_name,
        industry: industry.to_owned(),
        // A third of the styles each, so that the three of a name differ.
        style: chance
            .one(&styles[styles.len() * style / STYLES..styles.len() * (style + 1) / STYLES])
            .map(str::to_owned),
        primary_color: color(chance),
        complexity: None,
        language: Some(one(chance, &languages).to_owned()),
        distance: chance.one(DISTANCES).flatten(),
    };
    let seed = (chance.below(2) == 0).then(|| chance.below(u64::MAX).to_string());
    Request { format: 1, brief, seed, ..Request::default() }
}

fn one<'a>(chance: &mut Chance, of: &[&'a str]) -> &'a str {
    chance.one(of).unwrap_or_default()
}

fn name_of(chance: &mut Chance) -> String {
    format!("{} {}", one(chance, FIRST), one(chance, SECOND))
}

/// A third has none, a third any of sRGB, a third an extreme.
fn color(chance: &mut Chance) -> Option<String> {
    match chance.below(3) {
        0 => None,
        1 => Some(format!("#{:06x}", chance.below(1 << 24))),
        _ => chance.one(EXTREMES).map(str::to_owned),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use core_brand::check::Severity;
    use std::collections::BTreeSet;

    /// What one run of the tests takes; the whole corpus is measured by `cargo xtask bench design`.
    const TESTED: usize = 100;

    #[test]
    fn the_first_hundred_briefs_pass_every_gate() {
        let chance = Chance::of_environment();
        let seed = chance.seed();
        let orders = corpus(chance).unwrap();
        for order in &orders[..TESTED] {
            let design = core_design::decide(order).unwrap();
            let gates = design.checks.iter().filter(|check| check.severity == Severity::Gate);
            let failed: Vec<_> = gates.clone().filter(|check| !check.passed).collect();
            assert!(failed.is_empty(), "IMPRINT_SEED={seed}, {order:?}: {failed:#?}");
            assert!(gates.count() > 80, "IMPRINT_SEED={seed}, {order:?}");
        }
    }

    #[test]
    fn half_of_the_corpus_is_the_same_and_half_is_drawn() {
        let [one, other] = [1, 2].map(|seed| corpus(Chance::new(seed)).unwrap());
        assert_eq!(one.len(), core_graph::industries().len() * NAMES * STYLES);
        let differ = |index: &usize| one[*index] != other[*index];
        let (even, odd): (Vec<_>, Vec<_>) = (0..one.len()).filter(differ).partition(|index| index % 2 == 0);
        assert!(even.is_empty() && odd.len() > one.len() * 49 / 100, "{} differ", odd.len());
        let industries: BTreeSet<&str> = one.iter().map(|order| order.brief.industry.as_str()).collect();
        assert_eq!(industries.len(), core_graph::industries().len());
    }
}
