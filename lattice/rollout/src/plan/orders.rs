//! What people order, and what is refused.

use super::Draft;
use crate::seen::{Command, Order};
use crate::state::{Hold, Phase};
use crate::verdict::{Cause, Event};

impl Draft<'_> {
    pub(super) fn obey(&mut self) {
        let seen = self.seen;
        for command in &seen.commands {
            if command.sequence <= self.next.command {
                continue;
            }
            self.next.command = command.sequence;
            let Command { order, by, .. } = command.clone();
            match self.refusal(order) {
                Some(why) => self.events.push(Event::Refused { order, by, why }),
                None => {
                    self.events.push(Event::Obeyed { order, by });
                    self.carry_out(order);
                }
            }
        }
    }

    fn refusal(&self, order: Order) -> Option<&'static str> {
        let is_running = self.wave_number().is_some();
        let is_warm = matches!(self.next.phase, Phase::Warm { .. });
        match order {
            _ if self.next.is_over() => Some("it is over"),
            Order::Start if self.next.phase != (Phase::Pending { is_started: false }) => Some("it has begun"),
            Order::Start if self.policy.set.is_empty() => Some("it names no component"),
            Order::Pause | Order::Rollback if !is_running && !is_warm => Some("it is not running"),
            Order::Resume if self.next.hold.is_none() && !self.is_gate() => Some("nothing holds it"),
            Order::Promote if self.next.hold == Some(Hold::Misfit) => Some("the file has no such stage"),
            Order::Promote => match self.next.phase {
                Phase::Stage { .. } | Phase::Gate { .. } => None,
                _ => Some("nobody has the new version, or everybody has"),
            },
            Order::Abort if is_warm => Some("it is promoted; `rollback` goes back"),
            Order::Abort if matches!(self.next.phase, Phase::RollingBack { .. }) => {
                Some("it goes back already")
            }
            _ => None,
        }
    }

    /// Whether a person may let it through.
    fn is_gate(&self) -> bool {
        let has_gate = self.shadow().is_some_and(|shadow| shadow.manual_gate);
        has_gate || matches!(self.next.phase, Phase::Gate { .. })
    }

    fn carry_out(&mut self, order: Order) {
        match order {
            Order::Start => self.enter(Phase::Pending { is_started: true }, Event::Started),
            Order::Pause => self.next.hold = Some(Hold::Paused),
            Order::Resume => self.resume(),
            Order::Promote => {
                self.next.hold = None;
                self.close_wave();
            }
            Order::Abort if matches!(self.next.phase, Phase::Pending { .. }) => {
                self.enter(Phase::Aborted, Event::Aborted);
            }
            Order::Abort | Order::Rollback => self.go_back(Cause::Person(order)),
        }
    }

    /// Somebody has looked at the numbers and wants to go on: what alarmed is forgotten, and counted from here.
    fn resume(&mut self) {
        let hold = self.next.hold.take();
        if let (None, Phase::Gate { wave, stage, .. }) = (hold, self.next.phase) {
            self.next.phase = Phase::Gate { wave, stage, is_approved: true };
        } else if let (None, Phase::Shadow { wave, .. }) = (hold, self.next.phase) {
            self.next.phase = Phase::Shadow { wave, is_approved: true };
        } else if hold != Some(Hold::Paused) {
            let now_ms = self.next.now_ms;
            for track in self.next.tracks.values_mut().filter(|track| track.leg > 0) {
                track.begin_leg(now_ms);
                track.applied_ms = track.applied_ms.map(|_| now_ms);
            }
            self.verdicts.clear();
        }
    }
}
