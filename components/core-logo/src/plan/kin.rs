//! Neighbours of a chosen mark: the same idea with other numbers, and its letter or its motif in sister ideas.

use super::{
    Draft, FITNESS_UNSAID, IDEAS, Most, ROUND_SURE, ROUNDS_SURE, SURE, Survey, TRIES, Table, fit, ranked,
};
use crate::choice::Kind;
use crate::desk::Try;
use core_brand::brief::Order;
use core_brand::fault::Code;
use core_brand::{Design, Fault};

/// The rounds that stand in for a set have numbers of their own; those of neighbours lie behind them.
const ROUND_KIN: u32 = ROUND_SURE + ROUNDS_SURE;
/// Tries of the chosen idea with other numbers.
const TRIES_KIN: u32 = 30;
/// Marks of the chosen idea, of its grammar, and of all others that the choice is made from.
const KEPT_IDEA: usize = 8;
const KEPT_GRAMMAR: usize = 6;
const KEPT_OTHER: usize = 3;
/// What a neighbour is worth by how near it is: the same idea, the same grammar, the same letter or motif.
const NEAR: [f64; 3] = [1.0, 0.85, 0.65];

/// The chosen mark first, and its neighbours.
pub(super) fn survey(order: &Order, design: &Design, mut table: Table, like: &Try) -> Result<Survey, Fault> {
    let undrawn = || Fault::new(Code::LikeUndrawn, [("grammar", like.grammar.clone())]);
    let chosen = table.draft(like.clone()).ok_or_else(undrawn)?;
    let idea = chosen.mark.idea.clone();
    if !table.settle(chosen) {
        return Err(undrawn());
    }
    table.held = 1;
    let kin = |draft: &Draft| {
        let own = &draft.mark.idea;
        let is_same = |one: &str, other: &str| !one.is_empty() && one == other;
        is_same(&own.letters, &idea.letters) || is_same(&own.motif, &idea.motif)
    };
    let (near, others): (Vec<_>, Vec<_>) =
        own(&mut table, like).into_iter().partition(|draft| draft.mark.idea == idea);
    table.lay(near, |_| NEAR[0], most(KEPT_IDEA));
    // Ideas about neither letter nor motif are sisters in their form.
    let is_form = idea.letters.is_empty() && idea.motif.is_empty();
    let sisters = others.into_iter().filter(|draft| is_form || kin(draft)).collect();
    table.lay(sisters, |_| NEAR[1], most(KEPT_GRAMMAR));
    for (fitness, grammar) in ranked(order, design, table.desk) {
        if grammar != like.grammar {
            let drafts = table.drafts(grammar, 0).into_iter().filter(kin).collect();
            table.lay(drafts, |_| NEAR[2] * fit(fitness), most(KEPT_OTHER));
        }
    }
    let count = order.concepts as usize;
    let mut chosen = table.choose(Kind::Kin, count);
    for round in ROUND_SURE..ROUND_KIN {
        if chosen.len() >= count {
            break;
        }
        let grammars = std::iter::once(like.grammar.as_str()).chain(SURE.iter().copied());
        for grammar in grammars {
            table.draw(grammar, FITNESS_UNSAID, round);
        }
        chosen = table.choose(Kind::Kin, count);
    }
    table.surveyed(chosen, count)
}

/// Neighbours may all tell one idea.
fn most(marks: usize) -> Most {
    Most { marks, of_idea: marks }
}

/// Drafts of the chosen grammar: many of the chosen idea, some of each other.
fn own(table: &mut Table, like: &Try) -> Vec<Draft> {
    let rounds = [like.round, ROUND_KIN];
    let tries = rounds.into_iter().flat_map(|round| {
        (0..IDEAS).flat_map(move |idea| {
            let count = if round == like.round && idea == like.idea { TRIES_KIN } else { TRIES };
            (0..count).map(move |attempt| Try { grammar: like.grammar.clone(), round, idea, attempt })
        })
    });
    tries.filter(|wanted| wanted != like).filter_map(|wanted| table.draft(wanted)).collect()
}
