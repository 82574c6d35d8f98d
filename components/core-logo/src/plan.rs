//! Which marks an order gets: the fittest grammars first, all different while there are enough, and of each the
//! best try that is like no mark before it. Tasks then draw exactly these.

use crate::desk::{Desk, Try};
use crate::grammar;
use core_brand::brief::Order;
use core_brand::{Design, Fault, Rng, Studio, broken};
use core_vector::{Mask, measure, raster};
use serde::{Deserialize, Serialize};

/// The fitness of a grammar that the design says nothing about.
const FITNESS_UNSAID: f64 = 0.35;
/// How much the seed may change the order of grammars.
const CHANCE: f64 = 0.3;
/// Tries per idea: enough that the best of them is good, few enough for a fiftieth of a second.
const TRIES: u32 = 6;
/// Ideas of a grammar that are asked in turn.
const IDEAS: u32 = 7;
/// How much chance may lift a try over a better measured one; without it every name would get the same answer.
const LUCK: f64 = 0.12;
/// Shared ink over all ink: marks of one order are never more alike.
pub const LIKENESS_MAX: f64 = 0.68;
/// The side of the masks that marks are compared on.
const LIKENESS_PX: u32 = 48;
/// The grammars that nearly always pass, asked when another has nothing to say about a name.
const SURE: &[&str] = &["orbit", "truchet", "rotation", "interlock", "negative", "motif", "container"];

/// The concept of a task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    pub rank: u32,
    pub mark: Try,
}

/// The concepts of an order, best first: fit for the brief times well measured. Chance has no say in that.
pub fn wishes(order: &Order, design: &Design, studio: &dyn Studio) -> Result<Vec<Wish>, Fault> {
    let desk = Desk::open(order, design, studio)?;
    let ranked = ranked(order, design, &desk);
    let mut chosen: Vec<Mask> = Vec::new();
    let mut told: Vec<&'static str> = Vec::new();
    let mut found: Vec<(f64, Try)> = Vec::new();
    for (at, (fitness, grammar)) in (0..order.concepts).zip(ranked.iter().cycle()) {
        // Rounds of a stand-in must not meet those of the grammar itself.
        let round = at / ranked.len() as u32;
        let stand_ins = SURE.iter().map(|sure| (*sure, 2 + at));
        let asked: Vec<(&str, u32)> = std::iter::once((*grammar, round)).chain(stand_ins).collect();
        let first = |told: &[&str]| {
            asked.iter().find_map(|(grammar, round)| best(&desk, grammar, *round, &chosen, told))
        };
        // An idea is told twice only where all others are told.
        let best = first(&told)
            .or_else(|| first(&[]))
            .ok_or_else(|| broken!("no mark for concept {} passes its gates", at + 1))?;
        chosen.push(best.mask);
        told.push(best.idea);
        let fitness = if best.wanted.grammar == *grammar { *fitness } else { FITNESS_UNSAID };
        found.push((fitness * best.measured, best.wanted));
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    Ok((1..).zip(found).map(|(rank, (_, mark))| Wish { rank, mark }).collect())
}

/// All grammars that suit the name, the fittest first.
fn ranked(order: &Order, design: &Design, desk: &Desk) -> Vec<(f64, &'static str)> {
    let mut rng = Rng::fork(order.seed, &format!("logo/{}/plan", order.brief.company_name));
    let said = |id: &str| design.guidance.grammars.iter().find(|said| said.id == id).map(|said| said.weight);
    let mut all: Vec<(f64, &'static str)> = grammar::ALL
        .iter()
        .map(|(id, _)| (said(id).unwrap_or(FITNESS_UNSAID) + rng.between(0.0, CHANCE), *id))
        .filter(|(_, id)| desk.suits(id))
        .collect();
    all.sort_by(|a, b| b.0.total_cmp(&a.0));
    all
}

/// A try that was taken.
struct Best {
    score: f64,
    measured: f64,
    wanted: Try,
    mask: Mask,
    /// What its sentence is about.
    idea: &'static str,
}

/// The best new try of the first idea that is not told yet and holds at 16 pixels; if none does, the best of all.
fn best(desk: &Desk, grammar: &str, round: u32, chosen: &[Mask], told: &[&str]) -> Option<Best> {
    let mut best: Option<Best> = None;
    for idea in 0..IDEAS {
        let mut holds = false;
        for attempt in 0..TRIES {
            let wanted = Try { grammar: grammar.to_owned(), round, idea, attempt };
            let Some(mark) = desk.mark(&wanted).filter(|mark| !told.contains(&mark.idea.key)) else {
                continue;
            };
            let measured = mark.verdict.score();
            let score = measured + LUCK * mark.luck;
            if best.as_ref().is_some_and(|top| score <= top.score) {
                continue;
            }
            let mask = raster::mask(&mark.drawing, LIKENESS_PX);
            if chosen.iter().all(|other| measure::overlap(&mask, other) <= LIKENESS_MAX) {
                holds |= mark.verdict.holds();
                best = Some(Best { score, measured, wanted, mask, idea: mark.idea.key });
            }
        }
        if holds {
            break;
        }
    }
    best
}
