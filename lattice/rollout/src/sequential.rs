//! Tests that may be looked at after every request.
//!
//! A mixture sequential probability ratio. One side says that each of `trials` is a hit with at most this chance; the
//! other that the odds are 2, 4, 16 … times that. The ratio of the two, averaged over the alternatives, is the capital of
//! somebody who bets against the first. If the first is true it is a martingale that begins at 1, so by Ville's inequality
//! it *ever* reaches `1 / alpha` with a chance of at most `alpha`, however often and whenever one looks. Wald's own test
//! would need one alternative to be named beforehand, and would be slow wherever the harm is another; the mixture costs
//! at most `ln 5` for not knowing.
//!
//! One formula serves all: `hits ln w - trials ln(1 + chance (w - 1))`, for odds of `w`.
//!
//! - A limit, such as errors above 1 %: trials are requests, hits are errors, the chance is the limit. A 99th percentile
//!   above 5 s is the same as more than 1 % that take longer than 5 s.
//! - Two versions: trials are the errors of both within one window, hits are those of the new version, the chance is its
//!   share of the requests. Given how many failed, only *where* they failed is judged, so bad weather that meets both
//!   is evidence of nothing, and what happens at night is never compared with what happened at noon. The count is
//!   hypergeometric; by Hoeffding the binomial formula is on the safe side of it.
//! - The draw: trials are people, hits are those who got the new version, the chance is its weight, and odds below 1 count too.
//!
//! A version may go bad late, when those who bet have lost everything in good times. So they stake three quarters at the
//! first look and a part of the rest at each later one (`1 / 4s(s-1)` of it all at the look `s`); that too is a martingale, and
//! what was good for long can never hide for long what is bad now.
//!
//! Logarithms are kept as whole millionths, rounded down: what is stored is read back as it was.

use serde::{Deserialize, Serialize};

/// Odds of the alternatives: from twice as bad to hopeless.
const WORSE: [f64; 5] = [2.0, 4.0, 16.0, 64.0, 512.0];
/// Odds of a draw that is not even, to both sides.
const UNEVEN: [f64; 8] = [0.5, 0.8, 0.9, 0.98, 1.02, 1.1, 1.25, 2.0];
/// The capital is kept in millionths of its logarithm.
const MICRO: f64 = 1e6;
/// Halvings until an interval is exact to a part of a million.
const HALVINGS: u32 = 30;

/// The part that is staked at the first look.
const FIRST_STAKE: f64 = 0.75;

/// The logarithm of the capital of each alternative.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Bets {
    looks: u32,
    logs: Vec<i64>,
}

/// What was counted in one window.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Count {
    pub(crate) hits: u64,
    pub(crate) trials: u64,
    pub(crate) chance: f64,
}

impl Bets {
    /// Bets that there are too many hits, in one game or in several at once.
    pub(crate) fn too_many(&mut self, counts: &[Count]) {
        self.add(counts, &WORSE);
    }

    /// Bets that there are too many or too few.
    pub(crate) fn uneven(&mut self, count: Count) {
        self.add(&[count], &UNEVEN);
    }

    fn add(&mut self, counts: &[Count], odds: &[f64]) {
        // A window in which nothing was tried is no look.
        if counts.iter().all(|count| count.trials == 0) {
            return;
        }
        self.looks = self.looks.saturating_add(1);
        self.logs.resize(counts.len() * odds.len(), i64::MIN);
        let look = f64::from(self.looks);
        let stake = if self.looks == 1 { FIRST_STAKE } else { (1.0 - FIRST_STAKE) / (look * (look - 1.0)) };
        let games = counts.iter().flat_map(|count| odds.iter().map(move |odds| (count, *odds)));
        for (log, (count, odds)) in self.logs.iter_mut().zip(games) {
            let Count { hits, trials, chance } = *count;
            let gained = hits as f64 * libm::log(odds) - trials as f64 * libm::log1p(chance * (odds - 1.0));
            // A cast of a float keeps to the range of the integer.
            *log = with_stake(*log, libm::log(stake)).saturating_add((gained * MICRO).floor() as i64);
        }
    }

    /// The logarithm of the whole capital, in millionths. What is not staked yet is left out: that is on the safe side.
    pub(crate) fn capital(&self) -> i64 {
        let Some(most) = self.logs.iter().max() else { return 0 };
        let share = |log: &i64| libm::exp((log.saturating_sub(*most)) as f64 / MICRO);
        let mean = self.logs.iter().map(share).sum::<f64>() / self.logs.len() as f64;
        most.saturating_add((libm::log(mean) * MICRO).floor() as i64)
    }
}

/// The logarithm of a sum, of which one part is in millionths.
fn with_stake(log: i64, stake: f64) -> i64 {
    let log = log as f64 / MICRO;
    let (more, less) = if log > stake { (log, stake) } else { (stake, log) };
    ((more + libm::log1p(libm::exp(less - more))) * MICRO).floor() as i64
}

/// The chance of a hit for the new version where its odds are so many times those of the old one.
pub(crate) fn chance_among(new: u64, old: u64, odds: f64) -> f64 {
    let (new, old) = (new as f64 * odds, old as f64);
    if new + old > 0.0 { new / (new + old) } else { 1.0 }
}

/// The capital, as a logarithm in millionths, that a risk asks for.
#[must_use]
pub fn needed(alpha: f64) -> i64 {
    (-libm::log(alpha.clamp(f64::MIN_POSITIVE, 1.0)) * MICRO).ceil() as i64
}

/// Where the true share lies, in parts of a million, with a chance of `1 - alpha` at *all* looks together: those shares
/// against which a bet over all alternatives (uniformly mixed) has not won.
#[must_use]
pub fn interval(hits: u64, trials: u64, alpha: f64) -> (u32, u32) {
    let hits = hits.min(trials);
    if trials == 0 {
        return (0, 1_000_000);
    }
    let (hit, miss) = (hits as f64, (trials - hits) as f64);
    let mixed = libm::lgamma(hit + 1.0) + libm::lgamma(miss + 1.0) - libm::lgamma(hit + miss + 2.0);
    let needed = -libm::log(alpha.clamp(f64::MIN_POSITIVE, 1.0));
    let weigh = |count: f64, chance: f64| if count > 0.0 { count * libm::log(chance) } else { 0.0 };
    let is_lost = |chance: f64| mixed - weigh(hit, chance) - weigh(miss, 1.0 - chance) >= needed;
    let middle = hit / (hit + miss);
    let low = edge(0.0, middle, is_lost);
    let high = edge(1.0, middle, is_lost);
    ((low * MICRO).floor() as u32, (high * MICRO).ceil() as u32)
}

/// The border between shares that are lost, beginning at `out`, and `inside`.
fn edge(mut out: f64, mut inside: f64, is_lost: impl Fn(f64) -> bool) -> f64 {
    if !is_lost(out) {
        return out;
    }
    for _ in 0..HALVINGS {
        let between = f64::midpoint(out, inside);
        if is_lost(between) { out = between } else { inside = between }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bets(counts: &[(u64, u64, f64)]) -> i64 {
        let mut bets = Bets::default();
        for (hits, trials, chance) in counts {
            bets.too_many(&[Count { hits: *hits, trials: *trials, chance: *chance }]);
        }
        bets.capital()
    }

    /// The chances of each number of hits.
    fn binomial(trials: u32, chance: f64) -> Vec<f64> {
        let mut ways = 1.0;
        let of = |hits: u32| {
            let all: f64 = (0..trials).map(|at| if at < hits { chance } else { 1.0 - chance }).product();
            let found = ways * all;
            ways = ways * f64::from(trials - hits) / f64::from(hits + 1);
            found
        };
        (0..=trials).map(of).collect()
    }

    /// Over every outcome of two windows, weighted by its chance, there is what was staked: 3/4, and 1/8 more.
    #[test]
    fn the_capital_is_a_martingale() {
        for chance in [0.001, 0.05, 0.3] {
            let (first, second) = (binomial(10, chance), binomial(4, chance));
            let (mut one, mut two) = (0.0, 0.0);
            for (hits, weight) in (0..).zip(&first) {
                one += weight * libm::exp(bets(&[(hits, 10, chance)]) as f64 / MICRO);
                for (more, other) in (0..).zip(&second) {
                    let capital = bets(&[(hits, 10, chance), (more, 4, chance)]);
                    two += weight * other * libm::exp(capital as f64 / MICRO);
                }
            }
            assert!((one - 0.75).abs() < 1e-4 && (two - 0.875).abs() < 1e-4, "{chance}: {one} {two}");
        }
    }

    /// Exactly hypergeometric, as when a known number of 40 requests failed: the mean may not grow above what was staked.
    #[test]
    fn failed_requests_are_dealt_out_without_favour() {
        let (new, old, failed) = (10u64, 30u64, 12u64);
        let choose = |n: u64, k: u64| (0..k).fold(1.0, |ways, at| ways * (n - at) as f64 / (at + 1) as f64);
        let mean: f64 = (0..=new)
            .map(|hits| {
                let chance = choose(new, hits) * choose(old, failed - hits) / choose(new + old, failed);
                chance * libm::exp(bets(&[(hits, failed, chance_among(new, old, 1.0))]) as f64 / MICRO)
            })
            .sum();
        assert!(mean <= FIRST_STAKE && mean > 0.1, "{mean}");
    }

    #[test]
    fn good_times_do_not_hide_bad_ones() {
        let mut bets = Bets::default();
        let mut count = Count { hits: 0, trials: 200, chance: 0.01 };
        (0..1000).for_each(|_| bets.too_many(&[count]));
        assert!(bets.capital() < needed(0.5));
        count.hits = 100;
        bets.too_many(&[count]);
        assert!(bets.capital() > needed(0.0001));
    }

    #[test]
    fn nothing_seen_is_nothing_won() {
        assert_eq!(Bets::default().capital(), 0);
        assert_eq!(bets(&[(0, 0, 0.5)]), 0);
        // Where only the new version has requests, its errors say nothing about two versions.
        assert!(bets(&[(7, 7, chance_among(100, 0, 1.25))]) <= 0);
    }

    #[test]
    fn numbers_beyond_sense_stay_numbers() {
        assert!(bets(&[(u64::MAX, u64::MAX, 0.01), (u64::MAX, u64::MAX, 0.01)]) > 0);
        assert!(bets(&[(0, u64::MAX, 0.5), (0, u64::MAX, 0.5)]) < 0);
        assert_eq!(interval(9, 3, 0.01).1, 1_000_000);
    }

    #[test]
    fn intervals_hold_what_they_promise() {
        assert_eq!(interval(0, 0, 0.01), (0, 1_000_000));
        let (low, high) = interval(50, 1000, 0.05);
        assert!(low < 50_000 && 50_000 < high && low > 25_000 && high < 90_000, "{low} {high}");
        let (low, high) = interval(0, 1000, 0.01);
        assert!(low == 0 && high > 4600 && high < 15_000, "{low} {high}");
        assert_eq!(interval(10, 10, 0.01).1, 1_000_000);
    }
}
