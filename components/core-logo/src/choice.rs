//! Which of many marks make the set: good ones, far from each other, of as many grammars as there are.
//!
//! Marks are taken one by one, each the best for what it adds; then single marks are exchanged while that makes the
//! set better. What must hold between two marks is eased step by step, and only where the set would stay too small.

use core_brand::{Drawing, Silhouette};
use core_vector::measure::{self, Hash};
use core_vector::{Mask, raster};
use std::collections::BTreeSet;

/// Shared ink over all ink: marks of one order are never more alike.
pub const LIKENESS_MAX: f64 = 0.70;
/// What another look at the same marks, at other pixels and from the exported file, may find them more alike.
const LIKENESS_NOISE: f64 = 0.02;
/// Bits of the hash that marks of one order differ in at least.
pub const BITS_MIN: u32 = 14;
/// What a set aims at between any two marks.
pub const LIKENESS_AIM: f64 = 0.55;
pub const BITS_AIM: u32 = 20;
/// The side of the masks that marks are compared on.
const LOOK_PX: u32 = 48;
/// What likeness to the nearest mark of the set costs, beside a score of about one.
const LIKENESS_COST: f64 = 0.5;
/// What one more sign that everybody in the trade uses costs.
const CLICHE_COST: f64 = 0.3;
/// Grammars that a set has at least, where it has as many marks.
const GRAMMARS_LEAST: usize = 4;
/// Exchanges of one mark for another; each makes the set better, so few are needed.
const SWAPS_MAX: usize = 24;

/// How a mark looks, for comparing.
#[derive(Clone, Debug)]
pub struct Look {
    mask: Mask,
    /// The ink alone, as large as it gets.
    free: Mask,
    hashes: Hashes,
}

/// The hashes of a mark: by its own way to see it, and as most compute it.
pub type Hashes = [Hash; 2];

/// Bits of the second hash that may be noise.
const NOISE_BITS: u32 = 3;

impl Look {
    #[must_use]
    pub fn of(mark: &Drawing) -> Self {
        let mask = measure::centred(&raster::mask(mark, LOOK_PX));
        let free = raster::cut_free(mark, measure::HASH_PX as u32);
        let hashes = [measure::hash(&mask), measure::hash_cut_free(&free)];
        Self { mask, free, hashes }
    }

    /// Shared ink over all ink, both marks centred.
    #[must_use]
    pub fn likeness(&self, other: &Self) -> f64 {
        measure::overlap(&self.mask, &other.mask)
    }

    /// The same where somebody cuts both out and makes them one size.
    #[must_use]
    pub fn likeness_free(&self, other: &Self) -> f64 {
        measure::overlap(&self.free, &other.free)
    }

    #[must_use]
    pub fn hashes(&self) -> Hashes {
        self.hashes
    }

    /// The hashes as they are written down.
    #[must_use]
    pub fn silhouette(&self) -> Silhouette {
        Silhouette(self.hashes.map(|hash| hash.0))
    }

    /// Bits of the hash that differ, by the way that sees fewer.
    #[must_use]
    pub fn bits(&self, other: &Self) -> u32 {
        bits(self.silhouette(), other.silhouette())
    }
}

/// Bits of the hash that two marks differ in, by the way that sees fewer.
#[must_use]
pub fn bits(one: Silhouette, other: Silhouette) -> u32 {
    let [own, usual] = [0, 1].map(|at| Hash(one.0[at]).apart(Hash(other.0[at])));
    own.min(usual.saturating_sub(NOISE_BITS))
}

/// A mark that may be taken.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    pub look: Look,
    /// How much it is wanted: fit for the brief, well measured, and a little luck.
    pub worth: f64,
    pub grammar: &'static str,
    /// What its sentence is about.
    pub idea: &'static str,
    pub is_cliche: bool,
}

/// What must hold between any two marks of a set.
#[derive(Clone, Copy)]
struct Rule {
    likeness_max: f64,
    bits_min: u32,
    /// Whether a grammar may come twice, and an idea.
    grammars_twice: bool,
    ideas_twice: bool,
}

/// Neighbours of a chosen mark may be as alike as these, or they would be no neighbours.
pub const KIN_LIKENESS_MAX: f64 = 0.90;
pub const KIN_BITS_MIN: u32 = 4;

/// What kind of set is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// As far from each other as a set aims at, each mark of another grammar.
    Wide,
    /// As far from each other as can be.
    Set,
    /// The same, but an idea may be told twice.
    Eased,
    /// Around a mark that is held.
    Kin,
}

const KIN_RULES: [Rule; 2] = [
    Rule { likeness_max: 0.80, bits_min: 8, grammars_twice: true, ideas_twice: true },
    Rule { likeness_max: KIN_LIKENESS_MAX, bits_min: KIN_BITS_MIN, grammars_twice: true, ideas_twice: true },
];

/// Marks are chosen as if they could be so much more alike.
const LIKENESS_CALM: f64 = LIKENESS_MAX - LIKENESS_NOISE;

const RULES: [Rule; 4] = [
    Rule { likeness_max: LIKENESS_AIM, bits_min: BITS_AIM, grammars_twice: false, ideas_twice: false },
    Rule { likeness_max: LIKENESS_CALM, bits_min: BITS_MIN, grammars_twice: false, ideas_twice: false },
    Rule { likeness_max: LIKENESS_CALM, bits_min: BITS_MIN, grammars_twice: true, ideas_twice: false },
    Rule { likeness_max: LIKENESS_CALM, bits_min: BITS_MIN, grammars_twice: true, ideas_twice: true },
];

/// The places of so many marks, or of as many as the rules allow; `held` are in any case, and first.
pub(crate) fn choose(pool: &[Candidate], kind: Kind, held: &[usize], count: usize) -> Vec<usize> {
    let rules: &[Rule] = match kind {
        Kind::Wide => &RULES[..1],
        Kind::Set => &RULES[..RULES.len() - 1],
        Kind::Eased => &RULES,
        Kind::Kin => &KIN_RULES,
    };
    let pairs = Pairs::of(pool);
    let mut chosen = held.to_vec();
    let mut rule = &rules[0];
    for eased in rules {
        rule = eased;
        while chosen.len() < count {
            let fits = (0..pool.len()).filter(|at| pairs.allows(pool, &chosen, *at, rule));
            let added = |at: &usize| pairs.added(pool, &chosen, *at);
            let Some(best) = fits.max_by(|a, b| added(a).total_cmp(&added(b)).then(b.cmp(a))) else { break };
            chosen.push(best);
        }
        if chosen.len() >= count {
            break;
        }
    }
    let free = Free { after: held.len(), rule, grammars_least: grammars_least(kind, count) };
    for _ in 0..SWAPS_MAX {
        if !swap(pool, &pairs, &mut chosen, &free) {
            break;
        }
    }
    chosen
}

/// Whether these are of so many grammars as a set of so many marks should have.
pub(crate) fn is_varied(pool: &[Candidate], kind: Kind, chosen: &[usize], count: usize) -> bool {
    grammars(pool, chosen.iter().copied()) >= grammars_least(kind, count)
}

/// Neighbours of a mark may all be of its grammar.
fn grammars_least(kind: Kind, count: usize) -> usize {
    if kind == Kind::Kin { 0 } else { GRAMMARS_LEAST.min(count) }
}

fn grammars(pool: &[Candidate], chosen: impl Iterator<Item = usize>) -> usize {
    chosen.map(|at| pool[at].grammar).collect::<BTreeSet<_>>().len()
}

/// What an exchange is free to do.
struct Free<'a> {
    /// The first so many marks stay.
    after: usize,
    rule: &'a Rule,
    /// The set keeps so many grammars, or those that it has.
    grammars_least: usize,
}

/// Exchanges the one mark that gains most; false where none gains.
fn swap(pool: &[Candidate], pairs: &Pairs, chosen: &mut [usize], free: &Free) -> bool {
    let mut best: Option<(f64, usize, usize)> = None;
    let least = grammars(pool, chosen.iter().copied()).min(free.grammars_least);
    for place in free.after..chosen.len() {
        let others: Vec<usize> =
            chosen.iter().enumerate().filter(|(at, _)| *at != place).map(|(_, one)| *one).collect();
        let now = pairs.added(pool, &others, chosen[place]);
        let keeps = |at: usize| grammars(pool, others.iter().copied().chain([at])) >= least;
        let fits = |at: usize| at != chosen[place] && pairs.allows(pool, &others, at, free.rule) && keeps(at);
        for at in (0..pool.len()).filter(|at| fits(*at)) {
            let gain = pairs.added(pool, &others, at) - now;
            if gain > 1e-9 && best.is_none_or(|(most, ..)| gain > most) {
                best = Some((gain, place, at));
            }
        }
    }
    let Some((_, place, at)) = best else { return false };
    chosen[place] = at;
    true
}

/// What all pairs have in common.
struct Pairs {
    count: usize,
    found: Vec<Pair>,
}

#[derive(Clone, Copy)]
struct Pair {
    likeness: f64,
    likeness_free: f64,
    bits: u32,
}

impl Pairs {
    fn of(pool: &[Candidate]) -> Self {
        let count = pool.len();
        let mut found = vec![Pair { likeness: 1.0, likeness_free: 1.0, bits: 0 }; count * count];
        for (at, first) in pool.iter().enumerate() {
            for (other, second) in pool.iter().enumerate().skip(at + 1) {
                let (one, second) = (&first.look, &second.look);
                let (likeness, likeness_free) = (one.likeness(second), one.likeness_free(second));
                let pair = Pair { likeness, likeness_free, bits: one.bits(second) };
                found[at * count + other] = pair;
                found[other * count + at] = pair;
            }
        }
        Self { count, found }
    }

    fn pair(&self, one: usize, other: usize) -> Pair {
        self.found[one * self.count + other]
    }

    fn allows(&self, pool: &[Candidate], chosen: &[usize], at: usize, rule: &Rule) -> bool {
        chosen.iter().all(|other| {
            let pair = self.pair(at, *other);
            let (one, second) = (&pool[at], &pool[*other]);
            at != *other
                && pair.likeness <= rule.likeness_max
                && pair.likeness_free <= rule.likeness_max.max(LIKENESS_CALM)
                && pair.bits >= rule.bits_min
                && (rule.grammars_twice || one.grammar != second.grammar)
                && (rule.ideas_twice || one.idea != second.idea)
        })
    }

    /// What a mark adds to others: its worth, less what is there already.
    fn added(&self, pool: &[Candidate], others: &[usize], at: usize) -> f64 {
        let nearest = others.iter().map(|other| self.pair(at, *other).likeness).fold(0.0, f64::max);
        let cliche = if pool[at].is_cliche { CLICHE_COST } else { 0.0 };
        pool[at].worth - LIKENESS_COST * nearest - cliche
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use core_brand::{FillRole, Shape};

    fn candidate(path: &str, worth: f64, grammar: &'static str, idea: &'static str) -> Candidate {
        let shapes = vec![Shape { fill: FillRole::Mark, path: path.to_owned() }];
        let look = Look::of(&Drawing { width: 100.0, height: 100.0, shapes });
        Candidate { look, worth, grammar, idea, is_cliche: false }
    }

    const TALL: &str = "M30 0L60 0L60 100L30 100Z";
    const TALL_TOO: &str = "M31 0L62 0L62 100L31 100Z";
    const WIDE: &str = "M0 10L100 10L100 40L0 40ZM0 60L100 60L100 90L0 90Z";
    const CORNER: &str = "M0 0L30 0L30 70L100 70L100 100L0 100Z";

    #[test]
    fn twins_never_stand_in_one_set() {
        let pool = [
            candidate(TALL, 0.9, "a", "one"),
            candidate(TALL_TOO, 0.8, "b", "two"),
            candidate(WIDE, 0.3, "c", "three"),
        ];
        let mut chosen = choose(&pool, Kind::Set, &[], 3);
        chosen.sort_unstable();
        assert_eq!(chosen, [0, 2]);
        assert_eq!(choose(&pool, Kind::Set, &[1], 2), [1, 2], "what is held stays");
    }

    #[test]
    fn grammars_and_ideas_repeat_only_where_nothing_else_is_left() {
        let pool = [
            candidate(TALL, 0.9, "a", "one"),
            candidate(WIDE, 0.8, "a", "two"),
            candidate(CORNER, 0.2, "b", "three"),
        ];
        assert_eq!(choose(&pool, Kind::Set, &[], 2), [0, 2]);
        assert_eq!(choose(&pool, Kind::Set, &[], 3).len(), 3);
        let told = [candidate(TALL, 0.9, "a", "one"), candidate(WIDE, 0.8, "b", "one")];
        assert_eq!(choose(&told, Kind::Set, &[], 2), [0]);
        assert_eq!(choose(&told, Kind::Eased, &[], 2), [0, 1]);
    }

    /// A mark that leaves room around itself is another size, and no other mark.
    #[test]
    fn one_mark_in_two_sizes_is_one() {
        const SMALL: &str = "M40 20L60 20L60 86L40 86Z";
        let pool = [candidate(TALL, 0.9, "a", "one"), candidate(SMALL, 0.8, "b", "two")];
        let looks = [&pool[0].look, &pool[1].look];
        assert!(looks[0].likeness(looks[1]) < LIKENESS_AIM && looks[0].likeness_free(looks[1]) > 0.9);
        assert_eq!(choose(&pool, Kind::Eased, &[], 2), [0]);
    }

    /// Three good marks of one grammar are not worth a set that says one thing only.
    #[test]
    fn an_exchange_keeps_the_grammars() {
        const CROSS: &str = "M40 0L60 0L60 40L100 40L100 60L60 60L60 100L40 100L40 60L0 60L0 40L40 40Z";
        const FRAME: &str = "M0 0L100 0L100 100L0 100ZM10 10L10 90L90 90L90 10Z";
        let mut pool = vec![
            candidate(TALL, 0.9, "a", "one"),
            candidate(WIDE, 0.1, "b", "two"),
            candidate(CORNER, 0.1, "c", "three"),
            candidate(CROSS, 0.1, "d", "four"),
            candidate(FRAME, 0.9, "a", "five"),
        ];
        assert!(is_varied(&pool, Kind::Set, &choose(&pool, Kind::Set, &[], 5), 5));
        let chosen = choose(&pool, Kind::Set, &[], 4);
        assert!(is_varied(&pool, Kind::Set, &chosen, 4), "{chosen:?}");
        // Five are ordered, so two of one grammar are needed: a third takes no other's place.
        pool.push(candidate("M20 20L80 50L20 80Z", 0.9, "a", "six"));
        let chosen = choose(&pool, Kind::Set, &[], 5);
        assert!(is_varied(&pool, Kind::Set, &chosen, 5), "{chosen:?}");
        let kin = choose(&pool, Kind::Kin, &[], 5);
        assert!(is_varied(&pool, Kind::Kin, &kin, 5));
    }

    #[test]
    fn an_exchange_makes_the_set_better() {
        // Taken first, the widest in worth; its place is given up where two others add more.
        let mut pool = vec![candidate(TALL, 0.9, "a", "one"), candidate(WIDE, 0.5, "b", "two")];
        pool.push(Candidate { is_cliche: true, ..candidate(CORNER, 0.95, "c", "three") });
        let mut chosen = choose(&pool, Kind::Set, &[], 2);
        chosen.sort_unstable();
        assert_eq!(chosen, [0, 2]);
        pool[2].worth = 0.6;
        let mut chosen = choose(&pool, Kind::Set, &[], 2);
        chosen.sort_unstable();
        assert_eq!(chosen, [0, 1]);
    }
}
