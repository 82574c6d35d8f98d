//! Experiments: which of several ways works better, judged by what people then do. The same draw and the same bets.

use crate::data::share_of;
use crate::sequential::{Bets, Count, interval, needed};
use crate::units::Share;
use core_saga::{BUCKETS, Trial};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Variants of one experiment: with more, nobody ever learns which is best.
const VARIANTS_MAX: usize = 10;
/// Parts of a million that one bucket has. Finer shares are refused.
const PER_BUCKET: u32 = 100;
/// The risk of all intervals of a report together.
pub(crate) const ALPHA: f64 = 0.05;
/// The risk of a false alarm about the draw, for all variants together.
const DRAW_ALPHA: f64 = 0.001;

/// What is tried, and on whom.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Experiment {
    /// Enters every draw.
    pub name: String,
    /// Who takes part. May grow: whoever takes part keeps his variant.
    pub traffic: Share,
    /// Shares of those who take part; they add up to 100%.
    pub variants: BTreeMap<String, Share>,
    /// The variant that the others are compared with.
    pub control: String,
}

/// An analytics event: this person has met this variant. It is written when the variant is met, not when it is drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exposure {
    pub experiment: String,
    pub variant: String,
    /// The pseudonym of the person, who counts once.
    pub subject: String,
    pub at_ms: u64,
}

/// People of one variant: those who met it, and those of them who did what was hoped for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    pub exposed: u64,
    pub converted: u64,
}

/// Shares in parts of a million. All intervals of a report hold together with 95 %, at every look.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct VariantResult {
    pub variant: String,
    pub tally: Tally,
    pub rate: Option<u32>,
    pub interval: (u32, u32),
    /// How much more than the control, if it is not the control.
    pub difference: Option<(i64, i64)>,
    /// Whether more or fewer people met it than were meant to: then the rest means nothing.
    pub is_uneven: bool,
}

impl Experiment {
    /// What gateways are told of it, who draw.
    #[must_use]
    pub fn trial(&self) -> Trial {
        let buckets = |share: Share| u16::try_from(share.0 / PER_BUCKET).unwrap_or(BUCKETS);
        let variants = self.variants.iter().map(|(name, share)| (name.clone(), buckets(*share)));
        Trial { name: self.name.clone(), traffic: buckets(self.traffic), variants: variants.collect() }
    }

    /// What is known by now.
    #[must_use]
    pub fn results(&self, tallies: &BTreeMap<String, Tally>) -> Vec<VariantResult> {
        let tally = |name: &str| tallies.get(name).copied().unwrap_or_default();
        let alpha = ALPHA / self.variants.len().max(1) as f64;
        let within = |name: &str| interval(tally(name).converted, tally(name).exposed, alpha);
        let people = self.variants.keys().fold(0u64, |sum, name| sum.saturating_add(tally(name).exposed));
        let control = within(&self.control);
        let result = |(name, share): (&String, &Share)| {
            let (low, high) = within(name);
            let more = (i64::from(low) - i64::from(control.1), i64::from(high) - i64::from(control.0));
            VariantResult {
                variant: name.clone(),
                tally: tally(name),
                rate: share_of(tally(name).converted.min(tally(name).exposed), tally(name).exposed),
                interval: (low, high),
                difference: (*name != self.control).then_some(more),
                is_uneven: self.is_uneven(*share, tally(name).exposed, people),
            }
        };
        self.variants.iter().map(result).collect()
    }

    /// Shares never change, so one window with everybody in it says the same as many small ones.
    fn is_uneven(&self, share: Share, hits: u64, trials: u64) -> bool {
        let mut bets = Bets::default();
        if share < Share::WHOLE {
            bets.uneven(Count { hits, trials, chance: f64::from(share.0) / 1e6 });
        }
        bets.capital() >= needed(DRAW_ALPHA / self.variants.len().max(1) as f64)
    }

    pub(crate) fn faults(&self) -> Vec<(&'static str, String, &'static str)> {
        let mut faults = Vec::new();
        let count = self.variants.len();
        if !(2..=VARIANTS_MAX).contains(&count) {
            faults.push(("experiment.variants", format!("has {count}"), "write 2 to 10"));
        }
        let sum = self.variants.values().map(|share| u64::from(share.0)).sum::<u64>();
        if sum != u64::from(Share::WHOLE.0) {
            let what = format!("adds up to {sum} parts of a million");
            faults.push(("experiment.variants", what, "let the shares add up to 100%"));
        }
        if self.variants.values().chain([&self.traffic]).any(|share| !share.0.is_multiple_of(PER_BUCKET)) {
            let mend = "write 0.01% or a multiple of it";
            faults.push(("experiment", "has a share finer than one part in 10,000".into(), mend));
        }
        if !self.variants.contains_key(&self.control) {
            let what = format!("`{}` is no variant", self.control);
            faults.push(("experiment.control", what, "name one of the variants"));
        }
        faults
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn experiment() -> Experiment {
        let half = Share(500_000);
        let variants = [("plain".to_owned(), half), ("warm".to_owned(), half)].into();
        Experiment { name: "palette".into(), traffic: Share(200_000), variants, control: "plain".into() }
    }

    #[test]
    fn who_takes_part_keeps_his_variant() {
        let (few, many) =
            (experiment().trial(), Experiment { traffic: Share(800_000), ..experiment() }.trial());
        let mut counts: BTreeMap<Option<&str>, u32> = BTreeMap::new();
        let users: Vec<String> = (0..20_000).map(|number| number.to_string()).collect();
        for user in &users {
            let (before, after) = (few.variant("acme", user), many.variant("acme", user));
            assert!(before.is_none() || before == after, "{user}");
            *counts.entry(after).or_default() += 1;
        }
        // 20,000 people: 4,000 stay out, give or take five standard deviations (57 each).
        assert!(counts[&None].abs_diff(4000) < 285, "{counts:?}");
        assert!(counts[&Some("plain")].abs_diff(8000) < 350, "{counts:?}");
    }

    #[test]
    fn results_say_how_sure_they_are() {
        let tally = |exposed, converted| Tally { exposed, converted };
        let results =
            |plain, warm| experiment().results(&[("plain".into(), plain), ("warm".into(), warm)].into());
        let found = results(tally(10_000, 1000), tally(10_000, 1300));
        let (low, high) = found[1].difference.unwrap();
        assert!(low > 0 && low < 30_000 && high > 30_000, "{found:?}");
        assert!(found.iter().all(|result| !result.is_uneven) && found[0].difference.is_none());
        let same = results(tally(10_000, 1000), tally(10_000, 1020));
        assert!(same[1].difference.is_some_and(|(low, high)| low < 0 && high > 0));
        // 52 to 48 of 20,000 people is no accident.
        assert!(results(tally(10_400, 1000), tally(9600, 1000)).iter().all(|result| result.is_uneven));
        assert_eq!(results(tally(0, 0), tally(0, 0))[0].interval, (0, 1_000_000));
    }
}
