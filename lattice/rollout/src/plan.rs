//! What follows from what is wanted, seen and decided before.
//!
//! Each phase has a list of what it still waits for; when the list is empty it goes on. What people order and what numbers
//! show comes before that, and going back comes before everything.

mod heed;
mod orders;
mod waits;

use crate::evidence::{World, observe};
use crate::judge::{Criteria, judge};
use crate::policy::{HookKind, Policy, Stage, Wave};
use crate::seen::{Order, Seen};
use crate::shadow::{Compared, Shadow};
use crate::state::{Hold, Phase, Record, State, Track};
use crate::units::Span;
use crate::verdict::{Cause, Event, Verdict, Wait};
use crate::{BUCKETS, Split};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A look every two seconds. A version that only fails is seen within one, and the weight is back before ten have passed, also
/// where a second or third request is needed to be sure. A look costs one question to each host.
const LOOK_MS: u64 = 2000;
/// Changes in one plan. The longest way without a new look has five.
const CHANGES_MAX: usize = 8;
/// What the shadow is called among the stages.
pub(crate) const SHADOW: &str = "shadow";
/// Where everything happens when the policy names no regions: the sum over all of them.
pub(crate) const EVERYWHERE: &str = "all";

/// What is to be done. It describes how things shall be, not steps, so that doing it twice does no harm.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Plan {
    /// To be stored in place of the state that this plan came from, and before anything else is done.
    pub next: State,
    /// The generation that this one replaces.
    pub parent: u64,
    /// How each region shall be that the rollout has reached. Others are left alone.
    pub routes: BTreeMap<String, Route>,
    /// Hooks to ask; the answers belong into the next look.
    pub asks: Vec<Ask>,
    /// Hooks to tell. The id is always the same for the same news.
    pub tells: Vec<Tell>,
    pub verdicts: Vec<Verdict>,
    /// What changed, oldest first.
    pub events: Vec<Event>,
    /// What must come before it goes on.
    pub waits: Vec<Wait>,
    /// When to look again; nothing when it is over.
    pub look_again_ms: Option<u64>,
}

/// One region as it shall be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Route {
    pub split: Split,
    /// Whoever is drawn stays on the old version, and the new one is asked behind it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub is_shadow: bool,
    /// Versions that must run. One that need not may be stopped when no job is pinned to it.
    pub runs_new: bool,
    pub runs_old: bool,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_false(value: &bool) -> bool {
    !value
}

/// A question to a hook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Ask {
    pub id: String,
    pub hook: String,
    pub on: HookKind,
}

/// News for a hook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tell {
    pub id: String,
    pub hook: String,
    pub text: String,
}

/// Decides.
#[must_use]
pub fn plan(policy: &Policy, seen: &Seen, last: &State) -> Plan {
    let mut draft = Draft::new(policy, seen, last);
    draft.look();
    draft.obey();
    draft.heed();
    for _ in 0..CHANGES_MAX {
        if !draft.waits().is_empty() || !draft.go_on() {
            break;
        }
    }
    draft.finish(last)
}

struct Draft<'a> {
    policy: &'a Policy,
    seen: &'a Seen,
    waves: Vec<Wave>,
    next: State,
    verdicts: Vec<Verdict>,
    events: Vec<Event>,
}

impl<'a> Draft<'a> {
    fn new(policy: &'a Policy, seen: &'a Seen, last: &State) -> Self {
        let everywhere = || vec![Wave { regions: vec![EVERYWHERE.to_owned()], bake: Span(0) }];
        let waves = if policy.waves.is_empty() { everywhere() } else { policy.waves.clone() };
        let mut next = last.clone();
        next.now_ms = next.now_ms.max(seen.now_ms);
        Self { policy, seen, waves, next, verdicts: Vec::new(), events: Vec::new() }
    }

    fn look(&mut self) {
        let (generation, since_ms, rollout) =
            (self.next.generation, self.next.since_ms, self.next.rollout.clone());
        let world = World { policy: self.policy, seen: self.seen, rollout: &rollout, generation, since_ms };
        let now_ms = self.next.now_ms;
        for (name, track) in &mut self.next.tracks {
            let Some(region) = self.seen.regions.get(name) else { continue };
            observe(world, region, track);
            // A later look than the one that set the weight: the same look twice changes nothing.
            if track.applied_ms.is_none() && region.generation >= track.generation && now_ms > track.set_ms {
                track.applied_ms = Some(now_ms);
            }
        }
        let criteria = self.criteria();
        let tracks = self.next.tracks.iter();
        let verdicts = tracks
            .flat_map(|(name, track)| judge(world, name, track, criteria.filter(|_| self.is_current(name))));
        self.verdicts = verdicts.collect();
    }

    fn is_current(&self, region: &str) -> bool {
        self.wave().is_some_and(|wave| wave.regions.iter().any(|name| name == region))
    }

    fn wave_number(&self) -> Option<usize> {
        match self.next.phase {
            Phase::Promoting => Some(self.waves.len().saturating_sub(1)),
            phase => phase.wave(),
        }
    }

    fn wave(&self) -> Option<&Wave> {
        self.waves.get(self.wave_number()?)
    }

    fn is_last_wave(&self) -> bool {
        self.wave_number().is_some_and(|wave| wave.saturating_add(1) >= self.waves.len())
    }

    fn stage(&self) -> Option<&'a Stage> {
        match self.next.phase {
            Phase::Stage { stage, .. } | Phase::Gate { stage, .. } => self.policy.canary.stages.get(stage),
            _ => None,
        }
    }

    fn shadow(&self) -> Option<&'a Shadow> {
        matches!(self.next.phase, Phase::Shadow { .. }).then(|| self.policy.canary.shadow.as_ref()).flatten()
    }

    /// What the stage, or the shadow, that is under way asks for, and how long it takes.
    fn criteria(&self) -> Option<&'a Criteria> {
        let shadow = self.shadow().map(|shadow| &shadow.success_criteria);
        shadow.or_else(|| self.stage().map(|stage| &stage.success_criteria))
    }

    fn duration(&self) -> Option<Span> {
        let shadow = self.shadow().map(|shadow| shadow.duration);
        shadow.or_else(|| self.stage().map(|stage| stage.duration))
    }

    fn is_last_stage(&self, stage: usize) -> bool {
        stage.saturating_add(1) >= self.policy.canary.stages.len()
    }

    fn go_on(&mut self) -> bool {
        match self.next.phase {
            Phase::Pending { .. } => self.open(0),
            Phase::Opening { wave: 0 } if self.policy.canary.shadow.is_some() => self.start_shadow(),
            Phase::Opening { wave } => self.start_stage(wave, 0),
            Phase::Shadow { wave, .. } => {
                self.events.push(Event::Passed { wave, stage: SHADOW.to_owned() });
                self.start_stage(wave, 0);
            }
            Phase::Stage { wave, stage } => {
                let name = self.stage().map(|stage| stage.name.clone()).unwrap_or_default();
                self.enter(
                    Phase::Gate { wave, stage, is_approved: false },
                    Event::Passed { wave, stage: name },
                );
            }
            Phase::Gate { stage, .. } if self.is_last_stage(stage) => self.close_wave(),
            Phase::Gate { wave, stage, .. } => self.start_stage(wave, stage + 1),
            Phase::Bake { wave } => self.open(wave + 1),
            Phase::Promoting => {
                let until_ms = self.next.now_ms.saturating_add(self.policy.canary.keep_warm.0);
                self.enter(Phase::Warm { until_ms }, Event::Promoted { warm_until_ms: until_ms });
            }
            Phase::Warm { .. } => self.enter(Phase::Promoted, Event::Retired),
            Phase::RollingBack { is_abort: true } => self.enter(Phase::Aborted, Event::Aborted),
            Phase::RollingBack { is_abort: false } => self.enter(Phase::RolledBack, Event::Returned),
            Phase::Promoted | Phase::RolledBack | Phase::Aborted => return false,
        }
        true
    }

    fn enter(&mut self, phase: Phase, event: Event) {
        self.next.phase = phase;
        self.next.since_ms = self.next.now_ms;
        self.next.generation = self.next.generation.saturating_add(1);
        self.events.push(event);
    }

    fn hold(&mut self, hold: Hold, because: Option<Verdict>) {
        self.next.hold = Some(hold);
        self.events.push(Event::Held { hold, because: because.map(Box::new) });
    }

    fn open(&mut self, wave: usize) {
        let Some(regions) = self.waves.get(wave).map(|wave| wave.regions.clone()) else { return };
        self.enter(Phase::Opening { wave }, Event::Opened { wave, regions: regions.clone() });
        self.weigh(&regions, 0);
    }

    /// What comes before the first stage of the first wave: answers are the same everywhere.
    fn start_shadow(&mut self) {
        let (Some(shadow), Some(place)) = (&self.policy.canary.shadow, self.waves.first()) else { return };
        let regions = place.regions.clone();
        let event = Event::Shadowed { traffic: shadow.traffic };
        self.enter(Phase::Shadow { wave: 0, is_approved: false }, event);
        self.set(&regions, (0, shadow.buckets()));
    }

    fn start_stage(&mut self, wave: usize, stage: usize) {
        let (Some(wanted), Some(place)) = (self.policy.canary.stages.get(stage), self.waves.get(wave)) else {
            return;
        };
        let regions = place.regions.clone();
        let event = Event::Entered { wave, stage: wanted.name.clone(), traffic: wanted.traffic };
        self.enter(Phase::Stage { wave, stage }, event);
        self.weigh(&regions, wanted.weight());
    }

    /// Everybody of this wave gets the new version.
    fn close_wave(&mut self) {
        let Some((wave, place)) = self.wave_number().zip(self.wave()) else { return };
        let regions = place.regions.clone();
        if self.is_last_wave() {
            self.enter(Phase::Promoting, Event::Promoting);
        } else {
            self.enter(Phase::Bake { wave }, Event::Baking { wave });
        }
        self.weigh(&regions, BUCKETS);
    }

    fn go_back(&mut self, because: Cause) {
        let is_abort = because == Cause::Person(Order::Abort);
        self.enter(Phase::RollingBack { is_abort }, Event::Returning { because });
        self.next.hold = None;
        let regions: Vec<String> = self.next.tracks.keys().cloned().collect();
        self.weigh(&regions, 0);
    }

    fn weigh(&mut self, regions: &[String], weight: u16) {
        self.set(regions, (weight, 0));
    }

    /// Those who get the new version, and those behind whom it is asked.
    fn set(&mut self, regions: &[String], (weight, shadow): (u16, u16)) {
        let (generation, set_ms) = (self.next.generation, self.next.now_ms);
        for name in regions {
            let mut track = self.next.tracks.remove(name).unwrap_or_default();
            let is_new = track.generation == 0;
            if is_new {
                self.meet(name, &mut track);
            }
            if is_new || (track.weight, track.shadow) != (weight, shadow) {
                track = Track { weight, shadow, generation, set_ms, applied_ms: None, ..track };
                if weight > 0 || shadow > 0 {
                    track.begin_leg(set_ms);
                }
            }
            self.next.tracks.insert(name.clone(), track);
        }
    }

    /// The first look at a region: what its meters show was before us.
    fn meet(&self, name: &str, track: &mut Track) {
        if let Some(region) = self.seen.regions.get(name) {
            observe(self.world(), region, track);
        }
        track.looked_ms = self.next.now_ms;
        for member in &self.policy.set {
            track.components.entry(member.component.clone()).or_default().fresh_ms = self.next.now_ms;
        }
    }

    fn finish(self, last: &State) -> Plan {
        let waits = self.waits();
        let asks = self.asks();
        let tells = self.tells();
        let routes = self.next.tracks.iter().map(|(name, track)| (name.clone(), self.route(track))).collect();
        let look_again_ms = (!self.next.is_over()).then(|| self.next.now_ms.saturating_add(LOOK_MS));
        let Self { next, verdicts, events, .. } = self;
        Plan { next, parent: last.generation, routes, asks, tells, verdicts, events, waits, look_again_ms }
    }

    fn route(&self, track: &Track) -> Route {
        let targeting = &self.policy.targeting;
        let split = Split {
            rollout: self.next.rollout.clone(),
            generation: track.generation,
            weight: track.weight.max(track.shadow),
            has_baseline: self.policy.baseline == crate::Baseline::Fresh,
            sticky: targeting.sticky,
            tenants: targeting.tenants.clone(),
            headers: targeting.headers.clone(),
        };
        let is_back = matches!(self.next.phase, Phase::RolledBack | Phase::Aborted);
        Route {
            split,
            is_shadow: track.shadow > 0,
            runs_new: !is_back,
            runs_old: self.next.phase != Phase::Promoted,
        }
    }

    fn asks(&self) -> Vec<Ask> {
        let due = |on: HookKind| match self.next.phase {
            Phase::Pending { is_started } => is_started && on == HookKind::ConfirmRollout,
            Phase::Opening { .. } => on == HookKind::PreRollout,
            Phase::Shadow { .. } | Phase::Stage { .. } | Phase::Bake { .. } => {
                matches!(on, HookKind::Rollout | HookKind::Rollback)
            }
            Phase::Gate { stage, .. } => match on {
                HookKind::Rollout | HookKind::Rollback => true,
                HookKind::ConfirmPromotion => self.is_last_stage(stage) && self.is_last_wave(),
                HookKind::ConfirmTrafficIncrease => !(self.is_last_stage(stage) && self.is_last_wave()),
                _ => false,
            },
            Phase::Promoting | Phase::Warm { .. } => on == HookKind::Rollback,
            _ => false,
        };
        let world = self.world();
        let hooks = self.policy.hooks.iter().filter(|hook| due(hook.on));
        hooks
            .map(|hook| Ask { id: world.question(&hook.name), hook: hook.name.clone(), on: hook.on })
            .collect()
    }

    fn tells(&self) -> Vec<Tell> {
        let mut tells = Vec::new();
        for hook in &self.policy.hooks {
            for (number, event) in self.events.iter().enumerate() {
                let is_end = matches!(event, Event::Promoted { .. } | Event::Returned | Event::Aborted);
                if hook.on == HookKind::Event || (hook.on == HookKind::PostRollout && is_end) {
                    let id = format!("{}.{number}", self.world().question(&hook.name));
                    tells.push(Tell { id, hook: hook.name.clone(), text: event.to_string() });
                }
            }
        }
        tells
    }
}

impl Track {
    /// From here on numbers are those of this weight. Calls that still go by the older one do no harm: what is compared
    /// is what each version really got. Only the draw and the time of the stage wait until the weight is obeyed.
    fn begin_leg(&mut self, now_ms: u64) {
        let is_first = self.leg == 0;
        self.leg = self.leg.saturating_add(1);
        self.drawn_new = 0;
        self.drawn_people = 0;
        self.draw = crate::sequential::Bets::default();
        self.bad_looks.clear();
        for record in self.components.values_mut() {
            let mut last = std::mem::take(&mut record.last);
            if is_first {
                // Nobody had it before, so its meters begin at zero, also those that are not there yet.
                last.canary.get_or_insert_default();
                last.shadow = (self.shadow > 0).then(|| last.shadow.unwrap_or_default());
            }
            // What the shadow showed is shown on; its own legs begin anew.
            let compared = if self.shadow > 0 { Compared::default() } else { record.compared };
            *record = Record { last, compared, fresh_ms: now_ms, ..Record::default() };
        }
    }
}
