//! Which marks an order gets: many are drawn with every grammar that suits the name, most are refused by a gate, and
//! of the rest the set is chosen that is good, wide and of many grammars. Tasks then draw exactly these.

mod kin;

use crate::choice::{self, Candidate, Kind, Look};
use crate::cliche;
use crate::crowd;
use crate::desk::{self, Desk, Mark, Try};
use crate::gate::{self, Refusal};
use crate::grammar;
use crate::taken::Taken;
use core_brand::brief::Order;
use core_brand::{Design, Drawing, Fault, Rng, Studio, broken};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The fitness of a grammar that the design says nothing about.
const FITNESS_UNSAID: f64 = 0.35;
/// How much the seed may change the order of grammars.
const CHANCE: f64 = 0.3;
/// What a mark of a grammar without any fitness is still worth.
const WORTH_LEAST: f64 = 0.4;
/// How much chance may lift a mark over a better measured one; without it every name would get the same answer.
const LUCK: f64 = 0.32;
/// Ideas of a grammar that are asked, from the one that the name leads with: no grammar has more.
const IDEAS: u32 = 7;
/// Grammars that draw first, in concepts: the fittest of them, chance counted. The rest is asked where they say too
/// little.
const GRAMMARS_FIRST: f64 = 1.75;
/// Grammars that are asked at once after them.
const GRAMMARS_NEXT: usize = 3;
/// Tries per idea; a grammar with fewer ideas comes back to each of them.
const TRIES: u32 = 2;
/// Marks of a grammar that the choice is made from, and of one idea among them.
const KEPT: usize = 8;
const KEPT_OF_IDEA: usize = 2;
/// Drafts of a grammar that need a small drawing and get a chance to find one, where none holds without: it is slow.
const SMALL_TRIES: usize = 2;
/// Two drafts of one grammar that differ in no more bits are the same figure; what chance draws twice for one name it
/// draws for others too, so each twin costs this much.
const TWIN_BITS: u32 = 8;
const TWIN_COST: f64 = 0.1;
/// A figure that other names get too costs this much: it is taken where nothing else is left to take.
const CROWD_COST: f64 = 0.8;
/// What is left of the worth of a mark that any hand would have come to first: it stands behind one that is nearly as good.
const USUAL: f64 = 0.85;
/// The grammars that nearly always pass, asked when the others have too little to say about a name.
const SURE: &[&str] = &["orbit", "truchet", "rotation", "interlock", "negative", "motif", "container"];
/// The first round of the sure ones when they stand in, and how many rounds they are asked at most. From some round
/// on an idea is told twice rather than none.
const ROUND_SURE: u32 = 2;
const ROUND_EASED: u32 = 5;
const ROUNDS_SURE: u32 = 12;

/// The concept of a task.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Wish {
    pub rank: u32,
    pub mark: Try,
    /// How the mark stands among the others; tasks of before that have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub among: Option<Among>,
}

/// What only the whole set tells.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Among {
    pub concepts: u32,
    /// Different grammars of the set.
    pub grammars: u32,
    /// Shared ink with the nearest other mark.
    pub likeness: f64,
    /// Bits of the hash that the nearest other mark differs in.
    pub bits: u32,
    /// What everybody does, counted over the set.
    pub cliches: u32,
    /// How it stands to the marks of `unlike`; nothing where none are named, or the mark is the one to go on from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unlike: Option<Unlike>,
}

/// How a mark stands to those that somebody has already.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Unlike {
    /// Bits of the hash that the nearest of them differs in.
    pub bits: u32,
    /// Concepts that the set has fewer than were ordered, because of them.
    pub missing: u32,
}

/// How the set of an order came about.
#[derive(Clone, Debug)]
pub struct Survey {
    pub wishes: Vec<Wish>,
    /// Marks that were drawn and judged.
    pub drawn: u32,
    /// Of those the refused ones, by the name of the gate.
    pub rejected: BTreeMap<&'static str, u32>,
}

/// The concepts of an order, best first: fit for the brief times well measured. Chance has no say in that.
pub fn wishes(order: &Order, design: &Design, studio: &dyn Studio) -> Result<Vec<Wish>, Fault> {
    survey(order, design, studio).map(|survey| survey.wishes)
}

/// The same with what was drawn for it.
pub fn survey(order: &Order, design: &Design, studio: &dyn Studio) -> Result<Survey, Fault> {
    let desk = Desk::open(order, design, studio)?;
    let mut table = Table::new(&desk, design, Taken(&order.unlike));
    if let Some(like) = &order.like {
        return kin::survey(order, design, table, like);
    }
    let count = order.concepts as usize;
    let ranked = ranked(order, design, &desk);
    let first = (count as f64 * GRAMMARS_FIRST).ceil() as usize;
    let (first, rest) = ranked.split_at(first.min(ranked.len()));
    let mut chosen = Vec::new();
    for grammars in std::iter::once(first).chain(rest.chunks(GRAMMARS_NEXT)) {
        for (fitness, grammar) in grammars {
            table.draw(grammar, *fitness, 0);
        }
        chosen = table.choose(Kind::Wide, count);
        // What other names get too is replaced while there are ideas that were not asked.
        if chosen.len() >= count && table.in_crowd(&chosen) == 0 {
            break;
        }
    }
    if chosen.len() < count {
        chosen = table.choose(Kind::Set, count);
    }
    for round in ROUND_SURE..ROUND_SURE + ROUNDS_SURE {
        if chosen.len() >= count && choice::is_varied(&table.pool, Kind::Set, &chosen, count) {
            break;
        }
        for sure in SURE {
            table.draw(sure, FITNESS_UNSAID, round);
        }
        chosen = table.choose(if round < ROUND_EASED { Kind::Set } else { Kind::Eased }, count);
    }
    table.surveyed(chosen, count)
}

/// How everything looks that is drawn for an order in one round, of every grammar, before any is chosen.
pub fn looks(order: &Order, design: &Design, studio: &dyn Studio, round: u32) -> Result<Vec<Look>, Fault> {
    let desk = Desk::open(order, design, studio)?;
    let mut table = Table::new(&desk, design, Taken(&[]));
    let grammars = grammar::ALL.iter().filter(|(id, _)| desk.suits(id));
    Ok(grammars.flat_map(|(id, _)| table.drafts(id, round)).map(|draft| draft.look).collect())
}

/// All grammars that suit the name, the fittest first.
fn ranked(order: &Order, design: &Design, desk: &Desk) -> Vec<(f64, &'static str)> {
    let mut rng = Rng::fork(order.seed, &format!("logo/{}/plan", order.brief.company_name));
    let said = |id: &str| design.guidance.grammars.iter().find(|said| said.id == id).map(|said| said.weight);
    let mut all: Vec<(f64, &'static str)> = grammar::ALL
        .iter()
        .map(|(id, _)| {
            (said(id).unwrap_or(FITNESS_UNSAID) + grammar::standing(id) + rng.between(0.0, CHANCE), *id)
        })
        .filter(|(_, id)| desk.suits(id))
        .collect();
    all.sort_by(|a, b| b.0.total_cmp(&a.0));
    all
}

/// What fitness makes of a mark's score.
fn fit(fitness: f64) -> f64 {
    WORTH_LEAST + (1.0 - WORTH_LEAST) * fitness.min(1.0)
}

/// So many drafts are laid out at most.
#[derive(Clone, Copy)]
struct Most {
    marks: usize,
    of_idea: usize,
}

/// A mark that passed the quick gates.
struct Draft {
    wanted: Try,
    mark: Mark,
    look: Look,
    /// What it is worth without luck, and with it.
    merit: f64,
    worth: f64,
    /// Whether other names get this figure too.
    in_crowd: bool,
}

/// A mark that passed all gates.
struct Drawn {
    wanted: Try,
    merit: f64,
    /// As it is used at 16 pixels.
    drawing: Drawing,
    /// Whether its parts and holes were compared with those of a large picture.
    is_kept: bool,
    in_crowd: bool,
}

/// Everything drawn for an order.
struct Table<'a> {
    desk: &'a Desk<'a>,
    design: &'a Design,
    drawn: u32,
    rejected: BTreeMap<&'static str, u32>,
    pool: Vec<Candidate>,
    /// What the candidates of the pool are, in the same places.
    tries: Vec<Drawn>,
    /// So many of the first are in the set in any case.
    held: usize,
    /// What somebody has already, and what was taken out of the pool for it.
    taken: Taken<'a>,
    refused: Vec<(Candidate, Drawn)>,
}

impl<'a> Table<'a> {
    fn new(desk: &'a Desk<'a>, design: &'a Design, taken: Taken<'a>) -> Self {
        Self {
            desk,
            design,
            drawn: 0,
            rejected: BTreeMap::new(),
            pool: Vec::new(),
            tries: Vec::new(),
            held: 0,
            taken,
            refused: Vec::new(),
        }
    }

    /// Draws with one grammar, and lays out the best marks that pass every gate.
    fn draw(&mut self, grammar: &str, fitness: f64, round: u32) {
        let drafts = self.drafts(grammar, round);
        self.lay(drafts, |_| fit(fitness), Most { marks: KEPT, of_idea: KEPT_OF_IDEA });
    }

    /// The tries of a grammar that pass the quick gates.
    fn drafts(&mut self, grammar: &str, round: u32) -> Vec<Draft> {
        let tries = (0..IDEAS).flat_map(|idea| (0..TRIES).map(move |attempt| (idea, attempt)));
        let wanted = |(idea, attempt)| Try { grammar: grammar.to_owned(), round, idea, attempt };
        tries.filter_map(|at| self.draft(wanted(at))).collect()
    }

    fn draft(&mut self, wanted: Try) -> Option<Draft> {
        let drafted = self.desk.draft(&wanted)?;
        self.drawn += 1;
        match drafted {
            Ok(mark) => Some(Draft {
                wanted,
                look: Look::of(&mark.drawing),
                mark,
                merit: 0.0,
                worth: 0.0,
                in_crowd: false,
            }),
            Err(refusal) => {
                self.reject(refusal);
                None
            }
        }
    }

    /// Lays out so many of these drafts at most, the best first. What holds at 16 pixels goes before all that does
    /// not, and a few of those get a small drawing only where nothing else is left.
    fn lay(&mut self, mut drafts: Vec<Draft>, share: impl Fn(&Draft) -> f64, most: Most) {
        let looks: Vec<Look> = drafts.iter().map(|draft| draft.look.clone()).collect();
        for draft in &mut drafts {
            let twins = looks.iter().filter(|look| look.bits(&draft.look) <= TWIN_BITS).count() - 1;
            let usual = if draft.mark.idea.is_usual { USUAL } else { 1.0 };
            draft.merit = share(draft) * draft.mark.verdict.score() * usual;
            draft.in_crowd = crowd::holds(&draft.look);
            let crowd = if draft.in_crowd { CROWD_COST } else { 0.0 };
            draft.worth = draft.merit + LUCK * draft.mark.luck - TWIN_COST * twins as f64 - crowd;
        }
        let holds = |draft: &Draft| draft.mark.verdict.holds();
        drafts.sort_by(|a, b| holds(b).cmp(&holds(a)).then(b.worth.total_cmp(&a.worth)));
        let (mut kept, mut small_tries) = (0, 0);
        let mut told: BTreeMap<&'static str, usize> = BTreeMap::new();
        for draft in drafts {
            let is_slow = !holds(&draft);
            let of_idea = told.entry(draft.mark.idea.key).or_default();
            if *of_idea >= most.of_idea {
                continue;
            }
            if kept >= most.marks || is_slow && (kept > 0 || small_tries >= SMALL_TRIES) {
                break;
            }
            small_tries += usize::from(is_slow);
            let is_kept = usize::from(self.settle(draft));
            kept += is_kept;
            *of_idea += is_kept;
        }
    }

    /// Asks the last gates, and lays the mark out where it passes.
    fn settle(&mut self, draft: Draft) -> bool {
        let mark = match desk::settled(draft.mark) {
            Ok(mark) => mark,
            Err(refusal) => {
                self.reject(refusal);
                return false;
            }
        };
        self.pool.push(Candidate {
            look: draft.look,
            worth: draft.worth,
            grammar: mark.grammar,
            idea: mark.idea.key,
            is_cliche: cliche::is_cliche(self.design, &mark),
        });
        let drawing = mark.at_16().clone();
        let Draft { wanted, merit, in_crowd, .. } = draft;
        self.tries.push(Drawn { wanted, merit, drawing, is_kept: false, in_crowd });
        true
    }

    fn reject(&mut self, refusal: Refusal) {
        *self.rejected.entry(refusal.gate).or_default() += 1;
    }

    /// The places of so many marks, or of as many as there are. What is chosen is looked at once more, and larger.
    fn choose(&mut self, kind: Kind, count: usize) -> Vec<usize> {
        loop {
            let held: Vec<usize> = (0..self.held).collect();
            let chosen = choice::choose(&self.pool, kind, &held, count);
            // Asked only where a mark would be shown: an order that is near none of them keeps its set.
            if chosen.iter().skip(self.held).any(|at| self.taken.holds(&self.pool[*at].look)) {
                self.refuse_taken();
                continue;
            }
            let last = chosen.iter().skip(self.held).copied().find(|at| !self.is_kept(*at));
            let Some(at) = last else { return chosen };
            self.pool.remove(at);
            self.tries.remove(at);
            self.reject(gate::CHANGED);
        }
    }

    /// Takes everything out of the pool that somebody has already; what is held stays.
    fn refuse_taken(&mut self) {
        let all = std::mem::take(&mut self.pool).into_iter().zip(std::mem::take(&mut self.tries));
        for (at, (candidate, drawn)) in all.enumerate() {
            if at >= self.held && self.taken.holds(&candidate.look) {
                self.reject(gate::TAKEN);
                self.refused.push((candidate, drawn));
            } else {
                self.pool.push(candidate);
                self.tries.push(drawn);
            }
        }
    }

    /// Where everything is taken: the one mark that is farthest from what somebody has, back in the pool.
    fn least_taken(&mut self) -> Vec<usize> {
        let mut refused = std::mem::take(&mut self.refused);
        let bits = |(candidate, _): &(Candidate, Drawn)| self.taken.bits(&candidate.look);
        refused.sort_by(|a, b| bits(b).cmp(&bits(a)).then(b.1.merit.total_cmp(&a.1.merit)));
        let Some(best) = refused.into_iter().find(|(_, drawn)| gate::keeps(&drawn.drawing)) else {
            return Vec::new();
        };
        self.pool.push(best.0);
        self.tries.push(best.1);
        vec![self.pool.len() - 1]
    }

    /// How many of these other names get too.
    fn in_crowd(&self, chosen: &[usize]) -> usize {
        chosen.iter().filter(|at| self.tries[**at].in_crowd).count()
    }

    /// Whether all parts and holes of a large picture are there at 16 pixels.
    fn is_kept(&mut self, at: usize) -> bool {
        let drawn = &mut self.tries[at];
        drawn.is_kept = drawn.is_kept || gate::keeps(&drawn.drawing);
        drawn.is_kept
    }

    /// The chosen, best first; a mark that is held before them.
    fn surveyed(mut self, mut chosen: Vec<usize>, count: usize) -> Result<Survey, Fault> {
        if chosen.is_empty() {
            chosen = self.least_taken();
        }
        // Where much is taken there may be fewer, and at least one.
        if chosen.len() < count && (chosen.is_empty() || self.taken.is_empty()) {
            return Err(broken!("only {} marks of {count} pass their gates", chosen.len()));
        }
        chosen[self.held..]
            .sort_by(|a, b| self.tries[*b].merit.total_cmp(&self.tries[*a].merit).then(a.cmp(b)));
        let wish = |(rank, at): (u32, &usize)| Wish {
            rank,
            mark: self.tries[*at].wanted.clone(),
            among: Some(self.among(&chosen, *at, count)),
        };
        let wishes = (1..).zip(&chosen).map(wish).collect();
        Ok(Survey { wishes, drawn: self.drawn, rejected: self.rejected })
    }

    fn among(&self, chosen: &[usize], at: usize, count: usize) -> Among {
        let others = || chosen.iter().filter(|other| **other != at).map(|other| &self.pool[*other].look);
        let own = &self.pool[at].look;
        let mut grammars: Vec<&str> = chosen.iter().map(|at| self.pool[*at].grammar).collect();
        grammars.sort_unstable();
        grammars.dedup();
        let cliches = chosen.iter().filter(|at| self.pool[**at].is_cliche).count();
        let is_asked = !self.taken.is_empty() && at >= self.held;
        let unlike = || Unlike { bits: self.taken.bits(own), missing: (count - chosen.len()) as u32 };
        Among {
            concepts: chosen.len() as u32,
            grammars: grammars.len() as u32,
            likeness: others().map(|other| own.likeness(other)).fold(0.0, f64::max),
            bits: others().map(|other| own.bits(other)).min().unwrap_or(64),
            cliches: cliches as u32 + cliche::of_design(self.design),
            unlike: is_asked.then(unlike),
        }
    }
}
