//! What numbers show, and whether it goes back, stays, or calls a person.

use super::Draft;
use crate::policy::{Remedy, Skew, Trigger};
use crate::state::{FORMAT, Hold, Phase};
use crate::verdict::{Cause, Outcome, Rule, Verdict};

impl Draft<'_> {
    pub(super) fn heed(&mut self) {
        let is_judged = self.wave_number().is_some() || matches!(self.next.phase, Phase::Warm { .. });
        if !is_judged || matches!(self.next.hold, Some(Hold::Frozen | Hold::Asking)) {
            return;
        }
        if let Some(verdict) = self.harm() {
            match (self.policy.canary.rollback.remedy, self.policy.canary.rollback.trigger) {
                (Remedy::Freeze, _) => self.hold(Hold::Frozen, Some(verdict)),
                (_, Trigger::Manual) => self.hold(Hold::Asking, Some(verdict)),
                _ => self.go_back(Cause::Numbers(Box::new(verdict))),
            }
        } else if let Some((hold, verdict)) = self.alarm().filter(|_| self.next.hold.is_none()) {
            self.hold(hold, verdict);
        }
    }

    fn harm(&self) -> Option<Verdict> {
        let judgement = &self.policy.judgement;
        let is_harm = |verdict: &&Verdict| {
            let is_uneven = verdict.rule == Rule::SampleRatio && verdict.outcome == Outcome::Fail;
            let is_blind = self.is_blind(verdict);
            verdict.is_harm()
                || (is_uneven && judgement.sample_ratio == Skew::Rollback)
                || (is_blind && judgement.no_data.act == Skew::Rollback)
        };
        self.verdicts.iter().find(is_harm).cloned()
    }

    /// Why a person must look, if so.
    fn alarm(&self) -> Option<(Hold, Option<Verdict>)> {
        let judgement = &self.policy.judgement;
        let found =
            |is_it: &dyn Fn(&Verdict) -> bool| self.verdicts.iter().find(|verdict| is_it(verdict)).cloned();
        if self.is_misfit() {
            return Some((Hold::Misfit, None));
        }
        let is_uneven = |verdict: &Verdict| verdict.rule == Rule::SampleRatio && verdict.blocks();
        if let Some(verdict) = found(&is_uneven) {
            return Some((Hold::Uneven, Some(verdict)));
        }
        let is_blind = |verdict: &Verdict| judgement.no_data.act == Skew::Hold && self.is_blind(verdict);
        if let Some(verdict) = found(&is_blind) {
            return Some((Hold::NoData, Some(verdict)));
        }
        let patience = self.duration()?.0.saturating_add(judgement.patience.0);
        let is_timed = matches!(self.next.phase, Phase::Shadow { .. } | Phase::Stage { .. });
        let is_late = self.left(patience).is_none() && is_timed;
        let blocking = found(&Verdict::blocks)?;
        is_late.then_some((Hold::Undecided, Some(blocking)))
    }

    /// Numbers that have been missing for longer than the policy bears.
    fn is_blind(&self, verdict: &Verdict) -> bool {
        let is_bad = matches!(verdict.outcome, Outcome::NoData | Outcome::Broken);
        let is_watched =
            matches!(self.next.phase, Phase::Shadow { .. } | Phase::Stage { .. } | Phase::Bake { .. });
        let fresh_ms = self.next.tracks.get(&verdict.region).map_or(0, |track| {
            let record = track.components.get(&verdict.component);
            record.map_or(0, |record| record.fresh_ms).max(track.set_ms)
        });
        let is_old = self.next.now_ms.saturating_sub(fresh_ms) > self.policy.judgement.no_data.after.0;
        verdict.rule == Rule::Data && is_bad && is_watched && is_old
    }

    fn is_misfit(&self) -> bool {
        let has_stage = self.stage().is_some();
        let needs_stage = matches!(self.next.phase, Phase::Stage { .. } | Phase::Gate { .. });
        let is_shadow = matches!(self.next.phase, Phase::Shadow { .. });
        let needs_wave =
            needs_stage || is_shadow || matches!(self.next.phase, Phase::Opening { .. } | Phase::Bake { .. });
        let lacks_shadow = is_shadow && self.shadow().is_none();
        self.next.format != FORMAT
            || lacks_shadow
            || (needs_stage && !has_stage)
            || (needs_wave && self.wave().is_none())
    }
}
