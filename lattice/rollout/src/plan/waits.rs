//! What must come before a phase ends.

use super::Draft;
use crate::evidence::World;
use crate::policy::{Hook, HookKind};
use crate::seen::Answer;
use crate::state::{Phase, State};
use crate::units::Span;
use crate::verdict::Wait;

impl Draft<'_> {
    pub(super) fn waits(&self) -> Vec<Wait> {
        let mut waits: Vec<Wait> = self.next.hold.into_iter().map(Wait::Hold).collect();
        match self.next.phase {
            Phase::Pending { is_started: false } => waits.push(Wait::Start),
            Phase::Pending { is_started: true } => {
                waits.extend(self.schedule());
                waits.extend(self.hooks(HookKind::ConfirmRollout));
            }
            Phase::Opening { .. } => {
                waits.extend(self.unready());
                waits.extend(self.hooks(HookKind::PreRollout));
            }
            Phase::Shadow { is_approved, .. } => {
                waits.extend(self.unpassed());
                let needs_person = self.shadow().is_some_and(|shadow| shadow.manual_gate);
                waits.extend((needs_person && !is_approved).then_some(Wait::Approval));
                waits.extend(self.schedule());
            }
            Phase::Stage { .. } => waits.extend(self.unpassed()),
            Phase::Gate { stage, is_approved, .. } => {
                waits.extend(self.gate(stage).filter(|_| !is_approved));
                waits.extend(self.schedule());
                let is_end = self.is_last_stage(stage) && self.is_last_wave();
                let hooks =
                    if is_end { HookKind::ConfirmPromotion } else { HookKind::ConfirmTrafficIncrease };
                waits.extend(self.hooks(hooks));
                waits.extend(self.blocking());
            }
            Phase::Bake { .. } => {
                waits.extend(self.unapplied());
                waits.extend(self.left(self.wave().map_or(0, |wave| wave.bake.0)));
                waits.extend(self.schedule());
                waits.extend(self.blocking());
            }
            Phase::Promoting | Phase::RollingBack { .. } => waits.extend(self.unapplied()),
            Phase::Warm { until_ms } => {
                let left = until_ms.saturating_sub(self.next.now_ms);
                waits.extend((left > 0).then_some(Wait::Time { left: Span(left) }));
            }
            Phase::Promoted | Phase::RolledBack | Phase::Aborted => {}
        }
        waits
    }

    /// What a stage, or the shadow, still lacks.
    fn unpassed(&self) -> Vec<Wait> {
        let duration = self.duration().map_or(0, |duration| duration.0);
        self.unapplied().into_iter().chain(self.left(duration)).chain(self.blocking()).collect()
    }

    fn schedule(&self) -> Option<Wait> {
        let is_closed =
            self.policy.schedule.as_ref().is_some_and(|schedule| !schedule.is_open(self.next.now_ms));
        is_closed.then_some(Wait::Schedule)
    }

    fn gate(&self, stage: usize) -> Option<Wait> {
        let stage_is_last = self.is_last_stage(stage) && self.is_last_wave();
        let stage = self.policy.canary.stages.get(stage)?;
        let needs_person = stage.manual_gate || (stage_is_last && !stage.auto_promote);
        needs_person.then_some(Wait::Person)
    }

    fn hooks(&self, on: HookKind) -> impl Iterator<Item = Wait> {
        let hooks = self.policy.hooks.iter().filter(move |hook| hook.on == on);
        let world = self.world();
        let unsure: Vec<&Hook> = hooks.filter(|hook| world.answer(&hook.name) != Some(Answer::Yes)).collect();
        unsure.into_iter().map(move |hook| Wait::Hook { name: hook.name.clone(), on })
    }

    pub(super) fn world(&self) -> World<'_> {
        let State { rollout, generation, since_ms, .. } = &self.next;
        World { policy: self.policy, seen: self.seen, rollout, generation: *generation, since_ms: *since_ms }
    }

    fn unready(&self) -> Vec<Wait> {
        let is_ready = |name: &String| self.seen.regions.get(name).is_some_and(|region| region.is_ready);
        let regions = self.wave().into_iter().flat_map(|wave| &wave.regions);
        let late: Vec<&String> = regions.filter(|name| !is_ready(name)).collect();
        if late.is_empty() {
            return Vec::new();
        }
        let models = self.policy.set.iter().filter(|member| member.model().is_some());
        let mut waits: Vec<Wait> = models.map(|member| Wait::Listed { model: member.to.clone() }).collect();
        // Nothing is deployed for a model: where there are only models, painters are all that is waited for.
        if waits.is_empty() || waits.len() < self.policy.set.len() {
            waits.extend(late.into_iter().map(|region| Wait::Ready { region: region.clone() }));
        }
        waits
    }

    fn unapplied(&self) -> Vec<Wait> {
        let late = self.next.tracks.iter().filter(|(_, track)| track.applied_ms.is_none());
        late.map(|(name, _)| Wait::Applied { region: name.clone() }).collect()
    }

    fn blocking(&self) -> impl Iterator<Item = Wait> {
        self.verdicts
            .iter()
            .filter(|verdict| verdict.blocks())
            .map(|verdict| Wait::Verdict(Box::new(verdict.clone())))
    }

    /// What is left of a span that begins when the weights of this wave are obeyed.
    pub(super) fn left(&self, span_ms: u64) -> Option<Wait> {
        let tracks = self.next.tracks.iter().filter(|(name, _)| self.is_current(name));
        let began_ms = tracks.map(|(_, track)| track.applied_ms.unwrap_or(self.next.now_ms)).max();
        let began_ms = began_ms.unwrap_or(self.next.now_ms).max(self.next.since_ms);
        let left = began_ms.saturating_add(span_ms).saturating_sub(self.next.now_ms);
        (left > 0).then_some(Wait::Time { left: Span(left) })
    }
}
