//! Which grammars an order gets: the fittest first, all different while there are enough.

use crate::concept::Wish;
use crate::grammar;
use core_brand::brief::Order;
use core_brand::{Design, Rng};

/// The fitness of a grammar that the design says nothing about.
const FITNESS_UNSAID: f64 = 0.35;
/// How much the seed may change the order.
const CHANCE: f64 = 0.3;

/// The concepts of an order, best first.
#[must_use]
pub fn wishes(order: &Order, design: &Design) -> Vec<Wish> {
    let ranked = ranked(order, design);
    (0..order.concepts)
        .zip(ranked.iter().cycle())
        .map(|(at, id)| Wish { rank: at + 1, grammar: (*id).to_owned(), round: at / ranked.len() as u32 })
        .collect()
}

/// All grammars that suit the name, the fittest first.
fn ranked(order: &Order, design: &Design) -> Vec<&'static str> {
    let name = &order.brief.company_name;
    let mut rng = Rng::fork(order.seed, &format!("logo/{name}/plan"));
    let has_letters = name.chars().any(char::is_alphanumeric);
    let said = |id: &str| {
        design.guidance.grammars.iter().find(|grammar| grammar.id == id).map(|grammar| grammar.weight)
    };
    let mut all: Vec<(f64, &'static str)> = grammar::ALL
        .iter()
        .map(|(id, _)| (said(id).unwrap_or(FITNESS_UNSAID) + rng.between(0.0, CHANCE), *id))
        .filter(|(_, id)| has_letters || !grammar::needs_letter(id))
        .collect();
    all.sort_by(|a, b| b.0.total_cmp(&a.0));
    all.into_iter().map(|(_, id)| id).collect()
}
