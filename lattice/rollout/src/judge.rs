//! From meters to verdicts.
//!
//! The risk of the file is spent once and for all, so that one may look at everything at any time: equally on regions; in
//! a region on its weights, the first of which gets a half, the next a sixth, a twelfth and so on (`1 / k(k+1)`, which
//! never adds up to more than one, however many come); of each weight four fifths on comparisons with the old
//! version and a fifth on limits, which a sound version is far from; and there equally on components and metrics.

use crate::data::{Measure, is_at_most, share_of};
use crate::evidence::{World, test_of};
use crate::policy::{Baseline, HookKind, Policy, Skew};
use crate::seen::{Answer, Seen};
use crate::sequential::needed;
use crate::state::{Record, Track};
use crate::units::{Level, Limit, Share};
use crate::verdict::{Outcome, Rule, Verdict};
use crate::{BUCKETS, Histogram};
use core_saga::PURE;
use std::collections::{BTreeMap, BTreeSet};

/// The part of the risk that comparisons get.
const CONTROL_PART: f64 = 0.8;
/// The risk of a false alarm about the draw: it is an alarm of its own, which says that something is wrong with us.
const DRAW_ALPHA: f64 = 0.001;
/// Refusals in a row of a hook that is asked at every look.
const REFUSALS: u32 = 3;

/// The bound, in microseconds, under which this part of all observations lies; nothing where it is above the last.
#[must_use]
pub fn quantile_us(histogram: &Histogram, share: Share) -> Option<u64> {
    histogram.quantile(Share::WHOLE.0.saturating_sub(share.0))
}

impl Policy {
    /// Built-in metrics that somebody cares about; errors always.
    pub(crate) fn watched(&self) -> BTreeSet<&str> {
        let criteria = self.canary.stages.iter().flat_map(|stage| stage.success_criteria.keys());
        let named = criteria.chain(self.canary.rollback.conditions.keys()).map(String::as_str);
        let is_compared = |name: &&str| !matches!(Measure::of(name), Measure::Number | Measure::Differences);
        named.filter(is_compared).chain(["error_rate"]).collect()
    }

    pub(crate) fn limits(&self) -> impl Iterator<Item = (&String, &Limit)> {
        self.canary.rollback.conditions.iter().filter(|(name, _)| Measure::of(name) != Measure::Number)
    }

    fn is_dry(&self, metric: &str) -> bool {
        self.dry_run || self.judgement.dry_run.contains(metric)
    }

    /// The part of a region's risk for its current weight.
    fn alpha_of_leg(&self, whole: f64, leg: u32) -> f64 {
        let regions = self.waves.iter().map(|wave| wave.regions.len()).sum::<usize>().max(1);
        whole / regions as f64 / (f64::from(leg) * (f64::from(leg) + 1.0)).max(1.0)
    }

    /// The capital that one test needs.
    fn needed(&self, leg: u32, rule: Rule) -> i64 {
        let (controls, limits) = (self.watched().len(), self.limits().count());
        let has_controls = self.baseline != Baseline::None;
        let (part, tests) = match rule {
            Rule::Control if limits == 0 => (1.0, controls),
            Rule::Control => (CONTROL_PART, controls),
            _ if has_controls => (1.0 - CONTROL_PART, limits),
            _ => (1.0, limits),
        };
        let risk = f64::from(self.judgement.false_alarms.0) / 1e6;
        needed(self.alpha_of_leg(risk, leg) * part / (tests * self.set.len()).max(1) as f64)
    }
}

/// What a stage, or the shadow, asks for.
pub(crate) type Criteria = BTreeMap<String, Limit>;

/// Everything that is asked about a region. Criteria are those of the stage it is in, or of the shadow.
pub(crate) fn judge(
    world: World<'_>,
    region: &str,
    track: &Track,
    criteria: Option<&Criteria>,
) -> Vec<Verdict> {
    let World { policy, seen, .. } = world;
    let mut verdicts = Vec::new();
    // Where nobody has the new version, and nobody asks it, there is nothing to judge.
    if track.weight == 0 && track.shadow == 0 {
        return verdicts;
    }
    // The others are not asked in the shadow.
    let is_asked = |name: &str| track.shadow == 0 || PURE.contains(&name);
    for member in policy.set.iter().filter(|member| is_asked(&member.component)) {
        let mut record = track.components.get(&member.component).cloned().unwrap_or_default();
        if track.shadow > 0 {
            record.canary = record.compared.meter();
        }
        let judge = Judge { policy, track, record: &record, region, component: &member.component };
        judge.all(seen.now_ms, criteria, &mut verdicts);
    }
    let judge = Judge { policy, track, record: &Record::default(), region, component: "" };
    judge.numbers(seen, criteria, &mut verdicts);
    judge.hooks(world, &mut verdicts);
    judge.draw(&mut verdicts);
    verdicts
}

struct Judge<'a> {
    policy: &'a Policy,
    track: &'a Track,
    record: &'a Record,
    region: &'a str,
    component: &'a str,
}

impl Judge<'_> {
    fn verdict(&self, metric: &str, rule: Rule, outcome: Outcome) -> Verdict {
        Verdict {
            region: self.region.to_owned(),
            component: self.component.to_owned(),
            metric: metric.to_owned(),
            rule,
            outcome,
            is_dry: self.policy.is_dry(metric),
            measured: self.level(Measure::of(metric)),
            requests: match Measure::of(metric) {
                Measure::Differences => self.record.compared.answered(),
                _ => self.record.canary.requests,
            },
            control: None,
            limit: None,
            evidence: None,
        }
    }

    fn level(&self, measure: Measure) -> Option<Level> {
        match measure {
            Measure::Differences => self.record.compared.difference().map(Level::Share),
            _ => self.record.canary.level(measure),
        }
    }

    /// Whether this is measured now: differences in the shadow, and times when somebody waits for an answer.
    fn is_measured(&self, metric: &str) -> bool {
        match Measure::of(metric) {
            Measure::Differences => self.track.shadow > 0,
            Measure::Latency(_) => self.track.shadow == 0,
            Measure::Errors | Measure::Number => true,
        }
    }

    fn all(&self, now_ms: u64, criteria: Option<&Criteria>, verdicts: &mut Vec<Verdict>) {
        verdicts.push(self.data(now_ms));
        let limits = self.policy.limits().filter(|(metric, _)| self.is_measured(metric));
        verdicts.extend(limits.map(|(metric, limit)| self.condition(metric, *limit)));
        let has_old = self.policy.baseline != Baseline::None && self.track.shadow == 0;
        if has_old && self.track.weight < BUCKETS {
            verdicts.extend(self.policy.watched().into_iter().map(|metric| self.control(metric)));
        }
        let criteria = criteria.into_iter().flatten();
        let built_in = criteria.filter(|(metric, _)| Measure::of(metric) != Measure::Number);
        verdicts.extend(built_in.map(|(metric, limit)| self.criterion(metric, *limit)));
    }

    fn data(&self, now_ms: u64) -> Verdict {
        let judgement = &self.policy.judgement;
        let is_old = now_ms.saturating_sub(self.record.fresh_ms) > judgement.no_data.after.0;
        let outcome = match self.record.canary.requests {
            _ if self.record.is_broken => Outcome::Broken,
            requests if is_old || requests < judgement.min_requests => Outcome::NoData,
            _ => Outcome::Pass,
        };
        // Going on blindly is no dry run.
        Verdict { is_dry: false, measured: None, ..self.verdict("requests", Rule::Data, outcome) }
    }

    fn condition(&self, metric: &str, limit: Limit) -> Verdict {
        let has_bound = match limit.level {
            Level::Time(us) => self.record.canary.latency.slower_than(us).is_some(),
            _ => true,
        };
        let capital = self.capital(metric, Rule::Condition);
        let needed = self.policy.needed(self.track.leg, Rule::Condition);
        let outcome = match self.count(metric) {
            0 => Outcome::NoData,
            _ if !has_bound => Outcome::Broken,
            _ if capital >= needed => Outcome::Fail,
            _ => Outcome::Pass,
        };
        let verdict = self.verdict(metric, Rule::Condition, outcome);
        Verdict { limit: Some(limit), evidence: Some((capital, needed)), ..verdict }
    }

    fn control(&self, metric: &str) -> Verdict {
        let mut old = self.record.baseline.clone();
        match (Measure::of(metric), self.policy.baseline) {
            (Measure::Errors, _) => old.add(&self.record.stable),
            (_, Baseline::Stable) => old = self.record.stable.clone(),
            _ => {}
        }
        let requests = if metric == "error_rate" { old.requests } else { old.latency.count };
        let capital = self.capital(metric, Rule::Control);
        let needed = self.policy.needed(self.track.leg, Rule::Control);
        let outcome = match self.count(metric) {
            _ if capital >= needed => Outcome::Fail,
            0 => Outcome::NoData,
            _ if requests == 0 => Outcome::NoData,
            _ => Outcome::Pass,
        };
        let control = old.level(Measure::of(metric)).map(|level| (level, requests));
        let verdict = self.verdict(metric, Rule::Control, outcome);
        Verdict { control, evidence: Some((capital, needed)), ..verdict }
    }

    fn criterion(&self, metric: &str, limit: Limit) -> Verdict {
        let canary = &self.record.canary;
        let is_met = match (Measure::of(metric), limit.level) {
            (measure @ (Measure::Errors | Measure::Differences), _) => {
                self.level(measure).map(|level| limit.holds(level))
            }
            (Measure::Latency(slower), Level::Time(us)) => {
                let slow = canary.latency.not_surely_within(us);
                slow.map(|slow| is_at_most(slow, canary.latency.count, slower))
            }
            _ => None,
        };
        let outcome = match (self.count(metric), is_met) {
            (0, _) => Outcome::NoData,
            (_, None) => Outcome::Broken,
            (_, Some(true)) => Outcome::Pass,
            (_, Some(false)) => Outcome::Unsure,
        };
        Verdict { limit: Some(limit), ..self.verdict(metric, Rule::Criterion, outcome) }
    }

    fn capital(&self, metric: &str, rule: Rule) -> i64 {
        self.record.tests.get(&test_of(metric, rule)).map_or(0, |bets| bets.capital())
    }

    fn count(&self, metric: &str) -> u64 {
        match Measure::of(metric) {
            Measure::Latency(_) => self.record.canary.latency.count,
            Measure::Differences => self.record.compared.answered(),
            _ => self.record.canary.requests,
        }
    }

    /// Metrics from elsewhere: the number itself, and how often it was bad in a row.
    fn numbers(&self, seen: &Seen, criteria: Option<&Criteria>, verdicts: &mut Vec<Verdict>) {
        let is_number = |(name, _): &(&String, &Limit)| Measure::of(name) == Measure::Number;
        let number = |name: &str| {
            let number = seen.regions.get(self.region).and_then(|region| region.numbers.get(name).copied());
            number.flatten().filter(|number| number.is_finite()).map(Level::Number)
        };
        let with = |name: &str, limit: &Limit, rule, outcome| Verdict {
            measured: number(name),
            limit: Some(*limit),
            ..self.verdict(name, rule, outcome)
        };
        for (name, limit) in self.policy.canary.rollback.conditions.iter().filter(is_number) {
            let allowed = self.policy.metrics.get(name).map_or(1, |metric| metric.failures.max(1));
            let outcome = match number(name) {
                _ if self.bad_looks(name) >= allowed => Outcome::Fail,
                None => Outcome::NoData,
                Some(level) if limit.holds(level) => Outcome::Unsure,
                Some(_) => Outcome::Pass,
            };
            verdicts.push(with(name, limit, Rule::Condition, outcome));
        }
        for (name, limit) in criteria.into_iter().flatten().filter(is_number) {
            let outcome = match number(name) {
                None => Outcome::NoData,
                Some(level) if limit.holds(level) => Outcome::Pass,
                Some(_) => Outcome::Unsure,
            };
            verdicts.push(with(name, limit, Rule::Criterion, outcome));
        }
    }

    fn hooks(&self, world: World<'_>, verdicts: &mut Vec<Verdict>) {
        for hook in &self.policy.hooks {
            let said = world.answer(&hook.name);
            let outcome = match (hook.on, said) {
                (HookKind::Rollout, _) if self.bad_looks(&hook.name) >= REFUSALS => Outcome::Fail,
                (HookKind::Rollout, Some(Answer::Yes)) => Outcome::Pass,
                (HookKind::Rollout, Some(Answer::No)) => Outcome::Unsure,
                (HookKind::Rollout, None) => Outcome::NoData,
                (HookKind::Rollback, Some(Answer::Yes)) => Outcome::Fail,
                (HookKind::Rollback, _) => Outcome::Pass,
                _ => continue,
            };
            verdicts.push(self.verdict(&hook.name, Rule::Hook, outcome));
        }
    }

    fn bad_looks(&self, name: &str) -> u32 {
        self.track.bad_looks.get(name).copied().unwrap_or(0)
    }

    fn draw(&self, verdicts: &mut Vec<Verdict>) {
        if self.track.drawn_people == 0 {
            return;
        }
        let needed = needed(self.policy.alpha_of_leg(DRAW_ALPHA, self.track.leg));
        let capital = self.track.draw.capital();
        let outcome = if capital >= needed { Outcome::Fail } else { Outcome::Pass };
        let share = share_of(self.track.drawn_new, self.track.drawn_people);
        verdicts.push(Verdict {
            measured: share.map(Level::Share),
            requests: self.track.drawn_people,
            evidence: Some((capital, needed)),
            is_dry: self.policy.judgement.sample_ratio == Skew::Warn,
            ..self.verdict("draw", Rule::SampleRatio, outcome)
        });
    }
}
