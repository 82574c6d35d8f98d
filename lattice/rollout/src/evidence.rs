//! From one look to the evidence of many: what came since the last look, and what it does to the bets.

use crate::BUCKETS;
use crate::data::{Histogram, Measure, Meter};
use crate::policy::{Baseline, HookKind, Policy};
use crate::seen::{Answer, Arms, RegionSeen, Seen};
use crate::sequential::{Count, chance_among};
use crate::shadow::Compared;
use crate::state::{Record, Track};
use crate::units::Level;
use crate::verdict::Rule;
use std::collections::BTreeMap;

/// How often a number without a sample size, or the answer of a hook, counts as a look of its own: the first are scraped every
/// ten seconds or so, and three refusals within six seconds are one.
const NUMBERS_MS: u64 = 10_000;

/// What all questions of one look have in common.
#[derive(Clone, Copy)]
pub(crate) struct World<'a> {
    pub(crate) policy: &'a Policy,
    pub(crate) seen: &'a Seen,
    pub(crate) rollout: &'a str,
    pub(crate) generation: u64,
    /// When the phase began.
    pub(crate) since_ms: u64,
}

impl World<'_> {
    /// The id of what a hook is asked: each change asks anew.
    pub(crate) fn question(&self, hook: &str) -> String {
        format!("{}.{}.{hook}", self.rollout, self.generation)
    }

    /// Nobody answers before he was asked.
    pub(crate) fn answer(&self, hook: &str) -> Option<Answer> {
        let answer = self.seen.answers.get(&self.question(hook)).copied();
        answer.filter(|_| self.seen.now_ms > self.since_ms)
    }
}

/// Takes in one look at a region. The same look again changes nothing.
pub(crate) fn observe(world: World<'_>, region: &RegionSeen, track: &mut Track) {
    let World { policy, seen, .. } = world;
    if seen.now_ms <= track.looked_ms {
        return;
    }
    track.looked_ms = seen.now_ms;
    for member in &policy.set {
        let record = track.components.entry(member.component.clone()).or_default();
        let none = Arms::default();
        let arms = region.components.get(&member.component).unwrap_or(&none);
        record.observe(policy, arms, seen.now_ms);
        if track.shadow > 0 {
            record.compare(policy, arms, seen.now_ms);
        }
    }
    observe_draw(region, track);
    // Hooks and numbers from elsewhere do not become new because we look more often.
    let has_numbers =
        !policy.metrics.is_empty() || policy.hooks.iter().any(|hook| hook.on == HookKind::Rollout);
    let is_due = track.numbers_ms == 0 || seen.now_ms.saturating_sub(track.numbers_ms) >= NUMBERS_MS;
    if has_numbers && is_due {
        track.numbers_ms = seen.now_ms;
        observe_numbers(world, region, track);
    }
}

fn observe_numbers(world: World<'_>, region: &RegionSeen, track: &mut Track) {
    let policy = world.policy;
    let hooks = policy.hooks.iter().filter(|hook| hook.on == HookKind::Rollout);
    let refused = hooks.map(|hook| (hook.name.as_str(), world.answer(&hook.name) == Some(Answer::No)));
    let conditions = policy.canary.rollback.conditions.iter();
    let bad = conditions.filter(|(name, _)| Measure::of(name) == Measure::Number).map(|(name, limit)| {
        let number = region.numbers.get(name).copied().flatten();
        (name.as_str(), number.is_some_and(|number| limit.holds(Level::Number(number))))
    });
    let looks: BTreeMap<String, bool> =
        refused.chain(bad).map(|(name, is_bad)| (name.to_owned(), is_bad)).collect();
    track.bad_looks.retain(|name, _| looks.get(name) == Some(&true));
    for (name, _) in looks.into_iter().filter(|(_, is_bad)| *is_bad) {
        let count = track.bad_looks.entry(name).or_default();
        *count = count.saturating_add(1);
    }
}

/// Only from when the weight is obeyed: before, another one was drawn by.
fn observe_draw(region: &RegionSeen, track: &mut Track) {
    let before = track.drawn;
    track.drawn = region.drawn.or(before);
    let Some(((new, all), (new_before, all_before))) = region.drawn.zip(before) else { return };
    let since = new.checked_sub(new_before).zip(all.checked_sub(all_before));
    let Some((hits, trials)) = since.filter(|(hits, trials)| hits <= trials) else { return };
    if track.applied_ms.is_some() && (1..BUCKETS).contains(&track.weight) {
        let chance = f64::from(track.weight) / f64::from(BUCKETS);
        track.draw.uneven(Count { hits, trials, chance });
        track.drawn_new = track.drawn_new.saturating_add(hits);
        track.drawn_people = track.drawn_people.saturating_add(trials);
    }
}

impl Record {
    fn observe(&mut self, policy: &Policy, now: &Arms, now_ms: u64) {
        let canary = step(&mut self.last.canary, now.canary.as_ref());
        let baseline = step(&mut self.last.baseline, now.baseline.as_ref());
        let stable = step(&mut self.last.stable, now.stable.as_ref());
        self.is_broken = canary.is_err();
        let Ok(new) = canary else { return };
        if new.requests > 0 {
            self.fresh_ms = now_ms;
        }
        // A missing old version is no evidence, and no reason to overlook a limit.
        let (baseline, stable) = (baseline.unwrap_or_default(), stable.unwrap_or_default());
        self.bet_on_limits(policy, &new, &Compared::default());
        self.bet_on_controls(policy, &new, &baseline, &stable);
        self.canary.add(&new);
        self.baseline.add(&baseline);
        self.stable.add(&stable);
    }

    /// Takes in answers of the shadow. They are the only numbers that there are then.
    fn compare(&mut self, policy: &Policy, now: &Arms, now_ms: u64) {
        let then = now.shadow.and_then(|now| self.last.shadow.replace(now));
        let new = now.shadow.and_then(|now| now.since(&then.unwrap_or(now)));
        self.is_broken = new.is_none();
        let Some(new) = new else { return };
        if new.meter().requests > 0 {
            self.fresh_ms = now_ms;
        }
        self.bet_on_limits(policy, &new.meter(), &new);
        self.compared.add(&new);
    }

    fn bet_on_limits(&mut self, policy: &Policy, new: &Meter, compared: &Compared) {
        for (name, limit) in policy.limits() {
            let count = match (Measure::of(name), limit.level) {
                (Measure::Errors, Level::Share(share)) => Some((new.errors, new.requests, share)),
                (Measure::Differences, Level::Share(share)) => {
                    Some((compared.differs, compared.answered(), share))
                }
                (Measure::Latency(slower), Level::Time(us)) => {
                    new.latency.slower_than(us).map(|slow| (slow, new.latency.count, slower))
                }
                _ => None,
            };
            if let Some((hits, trials, share)) = count {
                let bets = self.tests.entry(test_of(name, Rule::Condition)).or_default();
                bets.too_many(&[Count { hits, trials, chance: f64::from(share) / 1e6 }]);
            }
        }
    }

    /// Errors are compared with everybody on the old version, since they are rare; latency with the fresh baseline,
    /// which is as warm and as busy as the new version. Where to cut the times is decided before they are seen: at the two
    /// bounds between which the old quantile lay until now.
    fn bet_on_controls(&mut self, policy: &Policy, new: &Meter, baseline: &Meter, stable: &Meter) {
        if policy.baseline == Baseline::None {
            return;
        }
        let odds = 1.0 + f64::from(policy.judgement.tolerance.0) / 1e6;
        for name in policy.watched() {
            let counts = if let Measure::Latency(slower) = Measure::of(name) {
                let [now, past] = self.latency_control(policy, baseline, stable);
                let chance = chance_among(new.latency.count, now.count, odds);
                let cut = |us: u64| {
                    let hits = new.latency.slower_than(us)?;
                    Some(Count { hits, trials: hits.saturating_add(now.slower_than(us)?), chance })
                };
                past.around(slower).into_iter().flatten().filter_map(cut).collect()
            } else {
                let chance =
                    chance_among(new.requests, baseline.requests.saturating_add(stable.requests), odds);
                let trials = new.errors.saturating_add(baseline.errors).saturating_add(stable.errors);
                vec![Count { hits: new.errors, trials, chance }]
            };
            self.tests.entry(test_of(name, Rule::Control)).or_default().too_many(&counts);
        }
    }

    /// The times of this window that latency is compared with, and those of the windows before.
    fn latency_control<'a>(
        &'a self,
        policy: &Policy,
        baseline: &'a Meter,
        stable: &'a Meter,
    ) -> [&'a Histogram; 2] {
        match policy.baseline {
            Baseline::Fresh => [&baseline.latency, &self.baseline.latency],
            _ => [&stable.latency, &self.stable.latency],
        }
    }
}

pub(crate) fn test_of(metric: &str, rule: Rule) -> String {
    format!("{metric}/{}", if rule == Rule::Control { "control" } else { "limit" })
}

/// What came since the last look. A version that has not been seen yet begins here.
fn step(last: &mut Option<Meter>, now: Option<&Meter>) -> Result<Meter, ()> {
    let now = now.filter(|now| now.is_sound()).ok_or(())?;
    let then = last.replace(now.clone());
    then.map_or(Ok(Meter::default()), |then| now.since(&then).ok_or(()))
}
