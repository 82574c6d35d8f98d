//! Where a rollout stands: everything `plan` must know from before.

use crate::data::Meter;
use crate::seen::Arms;
use crate::sequential::Bets;
use crate::shadow::Compared;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The version of the stored form.
pub(crate) const FORMAT: u16 = 1;

/// Stored by the executor under one key, with its revision as the fence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct State {
    pub format: u16,
    /// Enters every draw: the name of the rollout and of this attempt.
    pub rollout: String,
    /// Grows with every change that somebody must obey.
    pub generation: u64,
    pub phase: Phase,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hold: Option<Hold>,
    /// The latest time that was seen: it never goes back.
    pub now_ms: u64,
    /// When the phase began.
    pub since_ms: u64,
    /// The last command that was read.
    pub command: u64,
    /// Regions that the rollout has reached.
    #[serde(default)]
    pub(crate) tracks: BTreeMap<String, Track>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// Nobody has started it.
    Pending {
        is_started: bool,
    },
    /// New versions start in the regions of a wave; nobody has them yet.
    Opening {
        wave: usize,
    },
    /// Before the first stage: nobody has the new version, and it is asked behind the old one.
    Shadow {
        wave: usize,
        is_approved: bool,
    },
    Stage {
        wave: usize,
        stage: usize,
    },
    /// A stage has passed; somebody must agree before the next.
    Gate {
        wave: usize,
        stage: usize,
        is_approved: bool,
    },
    /// A wave is through and is watched before the next begins.
    Bake {
        wave: usize,
    },
    Promoting,
    /// Promoted, and the old version is ready to come back.
    Warm {
        until_ms: u64,
    },
    Promoted,
    RollingBack {
        is_abort: bool,
    },
    RolledBack,
    Aborted,
}

/// Why nothing goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hold {
    /// A person paused it.
    Paused,
    /// Bad numbers, and the policy wants weights to stay where they are.
    Frozen,
    /// Bad numbers, and the policy wants a person to decide.
    Asking,
    /// Numbers have been missing for too long.
    NoData,
    /// It neither passed nor failed for too long.
    Undecided,
    /// The draw is uneven: whatever the numbers say, they compare other people.
    Uneven,
    /// The stored state speaks of a stage that the policy does not have.
    Misfit,
}

/// The names that people see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    Pending,
    Starting,
    Shadow,
    Stage,
    Waiting,
    Baking,
    Paused,
    Frozen,
    Promoting,
    PromotedWarm,
    Promoted,
    RollingBack,
    RolledBack,
    Aborted,
}

/// One region of a rollout.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Track {
    pub(crate) weight: u16,
    /// Buckets of those behind whose jobs the new version is asked, while nobody has it.
    #[serde(skip_serializing_if = "is_none")]
    pub(crate) shadow: u16,
    /// Of the last change here.
    pub(crate) generation: u64,
    /// When that was seen to be obeyed everywhere: then the time of a stage begins.
    pub(crate) applied_ms: Option<u64>,
    /// Weights that were tried here. Each has its own evidence, and its own part of the risk.
    pub(crate) leg: u32,
    /// When the weight was set.
    pub(crate) set_ms: u64,
    /// The look that was counted last: one look counts once.
    pub(crate) looked_ms: u64,
    pub(crate) components: BTreeMap<String, Record>,
    /// The draw at the last look, and what came since the weight was set: those with the new version, and all.
    pub(crate) drawn: Option<(u64, u64)>,
    pub(crate) drawn_new: u64,
    pub(crate) drawn_people: u64,
    pub(crate) draw: Bets,
    /// When hooks and numbers from elsewhere were last counted.
    #[serde(skip_serializing_if = "is_zero")]
    pub(crate) numbers_ms: u64,
    /// Bad looks in a row, by metric or hook.
    pub(crate) bad_looks: BTreeMap<String, u32>,
}

/// Evidence about one component at one weight.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Record {
    /// Meters at the last look.
    pub(crate) last: Arms,
    /// What came since the weight was set.
    pub(crate) canary: Meter,
    pub(crate) baseline: Meter,
    pub(crate) stable: Meter,
    /// What came in the shadow; kept when that is over.
    #[serde(skip_serializing_if = "Compared::is_empty")]
    pub(crate) compared: Compared,
    /// When requests to the new version last came.
    pub(crate) fresh_ms: u64,
    /// Whether the last look could not be read.
    pub(crate) is_broken: bool,
    pub(crate) tests: BTreeMap<String, Bets>,
}

fn is_zero(number: &u64) -> bool {
    *number == 0
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_none(buckets: &u16) -> bool {
    *buckets == 0
}

impl Phase {
    /// The wave that is under way.
    #[must_use]
    pub fn wave(self) -> Option<usize> {
        match self {
            Self::Opening { wave }
            | Self::Shadow { wave, .. }
            | Self::Stage { wave, .. }
            | Self::Gate { wave, .. }
            | Self::Bake { wave } => Some(wave),
            _ => None,
        }
    }
}

impl State {
    /// A rollout that nobody has started. The id must be new: it decides who is tried first.
    #[must_use]
    pub fn new(rollout: &str) -> Self {
        Self {
            format: FORMAT,
            rollout: rollout.to_owned(),
            generation: 0,
            phase: Phase::Pending { is_started: false },
            hold: None,
            now_ms: 0,
            since_ms: 0,
            command: 0,
            tracks: BTreeMap::new(),
        }
    }

    #[must_use]
    pub fn status(&self) -> Status {
        match (self.phase, self.hold) {
            (Phase::Pending { .. }, _) => Status::Pending,
            (Phase::RollingBack { .. }, _) => Status::RollingBack,
            (Phase::RolledBack, _) => Status::RolledBack,
            (Phase::Aborted, _) => Status::Aborted,
            (Phase::Promoted, _) => Status::Promoted,
            (_, Some(Hold::Frozen)) => Status::Frozen,
            (_, Some(_)) => Status::Paused,
            (Phase::Opening { .. }, _) => Status::Starting,
            (Phase::Shadow { .. }, _) => Status::Shadow,
            (Phase::Stage { .. }, _) => Status::Stage,
            (Phase::Gate { .. }, _) => Status::Waiting,
            (Phase::Bake { .. }, _) => Status::Baking,
            (Phase::Promoting, _) => Status::Promoting,
            (Phase::Warm { .. }, _) => Status::PromotedWarm,
        }
    }

    /// Whether nothing can happen any more.
    #[must_use]
    pub fn is_over(&self) -> bool {
        matches!(self.phase, Phase::Promoted | Phase::RolledBack | Phase::Aborted)
    }

    /// The buckets of the new version in a region; nothing where the rollout has not come to.
    #[must_use]
    pub fn weight(&self, region: &str) -> Option<u16> {
        self.tracks.get(region).map(|track| track.weight)
    }
}
