//! What a rollout or an experiment has shown by now: who met what, what came of it, and how sure that is.
//!
//! People are counted for what they met first, and requests for the arm that did them. Every interval holds at every look
//! (`interval`), so a report may be read as often as one likes; those of one question hold together with 95 %.

use crate::data::{Histogram, Meter, share_of};
use crate::experiment::{ALPHA, Experiment, Tally, VariantResult};
use crate::seen::Arms;
use crate::sequential::interval;
use core_saga::{Arm, COMPLETED, Exposed};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Everything.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Results {
    /// Of the experiment, where the rollout has one.
    pub variants: Vec<VariantResult>,
    /// People of each arm; the new version is compared with the fresh baseline, or with everybody where there is none.
    pub people: Vec<ArmPeople>,
    /// Requests of each arm, by component.
    pub requests: BTreeMap<String, Vec<ArmRequests>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ArmPeople {
    pub arm: Arm,
    #[serde(flatten)]
    pub tally: Tally,
    pub rate: Option<u32>,
    pub interval: (u32, u32),
    /// How much more of the new version's people came to what was hoped for, in parts of a million.
    pub difference: Option<(i64, i64)>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ArmRequests {
    pub arm: Arm,
    pub requests: u64,
    pub errors: u64,
    pub error_rate: Option<u32>,
    pub error_interval: (u32, u32),
    /// How much more often than the old version it failed.
    pub difference: Option<(i64, i64)>,
    pub p50_us: QuantileRange,
    pub p99_us: QuantileRange,
}

/// Between which bounds of the histogram a quantile lies; nothing where it may lie below the first or above the last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct QuantileRange {
    pub from: Option<u64>,
    pub to: Option<u64>,
}

const ARMS: [Arm; 3] = [Arm::Canary, Arm::Baseline, Arm::Stable];

/// What was noted of a rollout, by key: who met it, and who did what was hoped for.
#[derive(Clone, Debug, Default)]
pub struct Notes {
    met: BTreeMap<String, Exposed>,
    converted: BTreeSet<String>,
}

impl Notes {
    /// Takes one in. What cannot be read is nobody.
    pub fn take(&mut self, key: &str, value: &[u8]) {
        if let Some(person) = key.strip_suffix(&format!(".{COMPLETED}")) {
            self.converted.insert(person.to_owned());
        } else if let Some(met) = std::str::from_utf8(value).ok().and_then(Exposed::read) {
            self.met.entry(key.to_owned()).or_insert(met);
        }
    }

    fn tally<K: Ord>(&self, of: impl Fn(&Exposed) -> Option<K>) -> BTreeMap<K, Tally> {
        let mut tallies: BTreeMap<K, Tally> = BTreeMap::new();
        for (person, met) in &self.met {
            let Some(key) = of(met) else { continue };
            let tally = tallies.entry(key).or_default();
            tally.exposed += 1;
            tally.converted += u64::from(self.converted.contains(person));
        }
        tallies
    }
}

/// What is known by now, from the notes and from the meters of each component since the rollout began.
#[must_use]
pub fn results(experiment: Option<&Experiment>, notes: &Notes, arms: &BTreeMap<String, Arms>) -> Results {
    let variants = experiment.map(|experiment| experiment.results(&notes.tally(|met| met.variant.clone())));
    let of = |(name, arms): (&String, &Arms)| (name.clone(), requests(arms));
    Results {
        variants: variants.unwrap_or_default(),
        people: people(&notes.tally(|met| Some(met.arm))),
        requests: arms.iter().map(of).collect(),
    }
}

fn people(tallies: &BTreeMap<Arm, Tally>) -> Vec<ArmPeople> {
    let tally = |arm: Arm| tallies.get(&arm).copied().unwrap_or_default();
    let within = |arm: Arm| interval(tally(arm).converted, tally(arm).exposed, ALPHA / ARMS.len() as f64);
    let control = if tally(Arm::Baseline).exposed > 0 { Arm::Baseline } else { Arm::Stable };
    let one = |arm: Arm| {
        let Tally { exposed, converted } = tally(arm);
        let has_both = arm == Arm::Canary && exposed > 0 && tally(control).exposed > 0;
        ArmPeople {
            arm,
            tally: tally(arm),
            rate: share_of(converted, exposed),
            interval: within(arm),
            difference: has_both.then(|| difference(within(arm), within(control))),
        }
    };
    ARMS.into_iter().filter(|arm| tally(*arm).exposed > 0).map(one).collect()
}

/// Each arm by itself; errors are rare, so the new version is compared with all of the old one.
fn requests(arms: &Arms) -> Vec<ArmRequests> {
    let meters = [&arms.canary, &arms.baseline, &arms.stable].map(|meter| meter.clone().unwrap_or_default());
    let mut old = meters[1].clone();
    old.add(&meters[2]);
    let within = |meter: &Meter| interval(meter.errors, meter.requests, ALPHA / ARMS.len() as f64);
    let one = |(arm, meter): (Arm, &Meter)| {
        let has_both = arm == Arm::Canary && meter.requests > 0 && old.requests > 0;
        ArmRequests {
            arm,
            requests: meter.requests,
            errors: meter.errors,
            error_rate: share_of(meter.errors, meter.requests),
            error_interval: within(meter),
            difference: has_both.then(|| difference(within(meter), within(&old))),
            p50_us: meter.latency.quantile_range(500_000),
            p99_us: meter.latency.quantile_range(10_000),
        }
    };
    ARMS.into_iter().zip(&meters).filter(|(_, meter)| meter.requests > 0).map(one).collect()
}

/// How much more the first is than the second, when both lie within their intervals.
fn difference(one: (u32, u32), other: (u32, u32)) -> (i64, i64) {
    (i64::from(one.0) - i64::from(other.1), i64::from(one.1) - i64::from(other.0))
}

impl Histogram {
    /// Where the true quantile lies. The share of faster calls is known within an interval at each bound, and that share
    /// only grows from bound to bound, so one wrong bound on each side is all that can deceive.
    fn quantile_range(&self, slower_ppm: u32) -> QuantileRange {
        let faster_ppm = 1_000_000 - slower_ppm.min(1_000_000);
        let within = |up_to: &u64| interval(*up_to, self.count, ALPHA);
        let bounds = || self.le_us.iter().zip(&self.up_to);
        let is_above = |(_, up_to): &(&u64, &u64)| within(up_to).1 < faster_ppm;
        let is_within = |(_, up_to): &(&u64, &u64)| within(up_to).0 >= faster_ppm;
        QuantileRange {
            from: bounds().take_while(is_above).last().map(|(us, _)| *us),
            to: bounds().find(is_within).map(|(us, _)| *us),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Share;

    fn notes(people: &[(&str, &str, bool)]) -> Notes {
        let mut notes = Notes::default();
        for (person, met, is_converted) in people {
            notes.take(&format!("r.{person}"), met.as_bytes());
            if *is_converted {
                notes.take(&format!("r.{person}.completed"), b"");
            }
        }
        notes
    }

    #[test]
    fn people_are_counted_for_what_they_met_first() {
        let met = [
            ("a", "canary eu-west-1 warm", true),
            ("a", "stable eu-west-1 plain", false),
            ("b", "canary us-east-1 plain", false),
            ("c", "stable us-east-1", true),
            ("d", "nonsense", true),
        ];
        let mut notes = notes(&met);
        // Somebody who has come to what was hoped for and met nothing is nobody's.
        notes.take("r.e.completed", b"");
        let half = Share(500_000);
        let variants = [("plain".to_owned(), half), ("warm".to_owned(), half)].into();
        let experiment =
            Experiment { name: "x".into(), traffic: Share::WHOLE, variants, control: "plain".into() };
        let found = results(Some(&experiment), &notes, &BTreeMap::new());
        let tallies = |found: &[ArmPeople]| -> Vec<(Arm, u64, u64)> {
            found.iter().map(|one| (one.arm, one.tally.exposed, one.tally.converted)).collect()
        };
        assert_eq!(tallies(&found.people), [(Arm::Canary, 2, 1), (Arm::Stable, 1, 1)]);
        let variants: Vec<_> =
            found.variants.iter().map(|one| (one.tally.exposed, one.tally.converted)).collect();
        assert_eq!(variants, [(1, 0), (1, 1)]);
        assert!(found.people[0].difference.is_some() && found.people[1].difference.is_none());
    }

    /// The published tables of exact binomial intervals (Clopper and Pearson, 95 %) lie within ours, which hold at every look and
    /// not at one alone; and ours are less than twice as wide from a hundred people on.
    #[test]
    fn intervals_hold_the_exact_ones() {
        // Hits of trials, and the exact interval in parts of a million.
        let cases = [
            (0, 10, (0, 308_497)),
            (1, 10, (2_529, 445_017)),
            (5, 10, (187_086, 812_914)),
            (10, 100, (49_005, 176_223)),
            (50, 100, (398_321, 601_679)),
            (100, 1000, (82_111, 120_291)),
        ];
        for (hits, trials, (low, high)) in cases {
            let ours = interval(hits, trials, 0.05);
            assert!(ours.0 <= low && high <= ours.1, "{hits} of {trials}: {ours:?}");
            if trials >= 100 {
                assert!(ours.1 - ours.0 < 2 * (high - low), "{hits} of {trials}: {ours:?}");
            }
        }
    }

    #[test]
    fn requests_say_how_sure_they_are() {
        let latency = |up_to: [u64; 4], count| Histogram {
            le_us: vec![10_000, 100_000, 1_000_000, 2_000_000],
            up_to: up_to.to_vec(),
            count,
        };
        let meter = |requests, errors, latency| Some(Meter { requests, errors, latency });
        let arms = Arms {
            canary: meter(10_000, 300, latency([1000, 9000, 9990, 10_000], 10_000)),
            stable: meter(90_000, 900, latency([0, 0, 0, 0], 90_000)),
            ..Arms::default()
        };
        let found = results(None, &Notes::default(), &[("design".to_owned(), arms)].into());
        let [new, old] = found.requests["design"].as_slice() else { panic!("{found:?}") };
        let (low, high) = new.difference.expect("both have requests");
        assert!(low > 0 && low < 20_000 && high > 20_000, "{new:?}");
        assert_eq!(new.error_rate, Some(30_000));
        // 99.9 % within a second is surely more than 99 %, and 90 % within a tenth surely less.
        assert_eq!(new.p99_us, QuantileRange { from: Some(100_000), to: Some(1_000_000) });
        assert_eq!(new.p50_us, QuantileRange { from: Some(10_000), to: Some(100_000) });
        // Slower than the last bound, all of them.
        assert_eq!(old.p99_us, QuantileRange { from: Some(2_000_000), to: None });
        assert_eq!((old.arm, old.difference), (Arm::Stable, None));
    }

    #[test]
    fn nothing_is_known_of_nothing() {
        let arms = [("design".to_owned(), Arms::default())].into();
        let found = results(None, &Notes::default(), &arms);
        assert_eq!(
            found,
            Results { requests: [("design".to_owned(), Vec::new())].into(), ..Results::default() }
        );
        assert_eq!(Histogram::default().quantile_range(10_000), QuantileRange::default());
    }
}
