//! A rollout as people see it, and as `--json` says it: stages, weights, both versions side by side, verdicts.

use crate::data::{Measure, Meter};
use crate::executor::record::{Change, Record, Sentence};
use crate::plan::SHADOW;
use crate::shadow::Compared;
use crate::state::{Phase, Status};
use crate::units::{Level, Share, Span};
use serde::Serialize;
use std::collections::BTreeMap;

/// What is said of one rollout. `format` is 1; what is here stays.
#[derive(Clone, Debug, Serialize)]
pub struct Shown {
    pub format: u16,
    pub id: String,
    pub status: Status,
    /// Why nothing goes on, if so.
    pub hold: Option<String>,
    pub set: BTreeMap<String, Change>,
    pub by: String,
    pub began_ms: u64,
    /// When a controller looked last.
    pub looked_ms: u64,
    pub over_ms: Option<u64>,
    /// The wave it is in, counted from 1, and how many there are; nothing without waves.
    pub wave: Option<(usize, usize)>,
    pub stages: Vec<Stage>,
    /// Hundredths of a percent of the new version, by region.
    pub weights: BTreeMap<String, u16>,
    /// Both versions since the weight was set, by component.
    pub arms: BTreeMap<String, Arms>,
    /// Answers of the new version in the shadow, by component.
    pub shadow: BTreeMap<String, Shadowed>,
    pub verdicts: Vec<Sentence>,
    pub waits: Vec<String>,
    pub left_ms: Option<u64>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Stage {
    pub name: String,
    pub traffic: String,
    pub duration_ms: u64,
    pub is: Progress,
    /// The part of its time that is over, in hundredths.
    pub part: u64,
    /// Whether a person ends it.
    pub needs_person: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Progress {
    Past,
    Now,
    Next,
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct Arms {
    pub new: Arm,
    pub old: Arm,
}

/// What one version did. What nobody knows is null.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Arm {
    pub requests: u64,
    pub errors: u64,
    pub error_rate: Option<String>,
    /// Upper bounds of the histogram.
    pub p50: Option<String>,
    pub p99: Option<String>,
}

/// Shares are of the answers that could be compared, and of all that were asked for.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Shadowed {
    pub answers: u64,
    pub differs: u64,
    pub errors: u64,
    pub dropped: u64,
    pub difference_rate: Option<String>,
    pub error_rate: Option<String>,
}

impl Shown {
    #[must_use]
    pub fn of(record: &Record) -> Self {
        let policy = record.policy().unwrap_or_default();
        let at = match record.state.phase {
            Phase::Pending { .. } | Phase::Opening { .. } => (record.state.phase.wave(), 0),
            Phase::Stage { wave, stage } | Phase::Gate { wave, stage, .. } => (Some(wave), stage),
            _ => (record.state.phase.wave(), policy.canary.stages.len()),
        };
        let is_running = matches!(record.state.phase, Phase::Stage { .. } | Phase::Gate { .. });
        let stage = |(number, stage): (usize, &crate::Stage)| {
            let is = match number.cmp(&at.1) {
                std::cmp::Ordering::Less => Progress::Past,
                std::cmp::Ordering::Equal if is_running => Progress::Now,
                _ => Progress::Next,
            };
            let is = if record.is_back() { Progress::Next } else { is };
            let is_last = number + 1 == policy.canary.stages.len();
            Stage {
                name: stage.name.clone(),
                traffic: stage.traffic.to_string(),
                duration_ms: stage.duration.0,
                is,
                part: part(is, stage.duration, record.said.left_ms),
                needs_person: stage.manual_gate || (is_last && !stage.auto_promote),
            }
        };
        let mut stages: Vec<Stage> = policy.canary.stages.iter().enumerate().map(stage).collect();
        stages.splice(0..0, shadow_stage(record, &policy));
        let hold = record.state.hold.map(|hold| hold.to_string());
        Self {
            format: 1,
            id: record.id.clone(),
            status: record.state.status(),
            hold,
            set: record.set.clone(),
            by: record.by.clone(),
            began_ms: record.began_ms,
            looked_ms: record.state.now_ms,
            over_ms: record.over_ms,
            wave: at.0.map(|wave| (wave + 1, policy.waves.len())).filter(|(_, all)| *all > 0),
            stages,
            weights: record.state.tracks.iter().map(|(name, track)| (name.clone(), track.weight)).collect(),
            arms: arms(record),
            shadow: shadow(record),
            verdicts: record.said.verdicts.clone(),
            waits: record.said.waits.clone(),
            left_ms: record.said.left_ms,
        }
    }
}

/// The shadow as the stage that comes first, where there is one.
fn shadow_stage(record: &Record, policy: &crate::Policy) -> Option<Stage> {
    let shadow = policy.canary.shadow.as_ref()?;
    let is = match record.state.phase {
        Phase::Pending { .. } | Phase::Opening { wave: 0 } => Progress::Next,
        Phase::Shadow { .. } => Progress::Now,
        _ if record.is_back() => Progress::Next,
        _ => Progress::Past,
    };
    Some(Stage {
        name: SHADOW.to_owned(),
        // Nobody gets the new version.
        traffic: Share(0).to_string(),
        duration_ms: shadow.duration.0,
        is,
        part: part(is, shadow.duration, record.said.left_ms),
        needs_person: shadow.manual_gate,
    })
}

fn part(is: Progress, duration: Span, left_ms: Option<u64>) -> u64 {
    match is {
        Progress::Past => 100,
        Progress::Next => 0,
        Progress::Now => {
            let done = duration.0.saturating_sub(left_ms.unwrap_or(0));
            (done * 100).checked_div(duration.0).unwrap_or(100)
        }
    }
}

/// Sums over regions. Where the weight is 0 there is nothing since it was set.
fn arms(record: &Record) -> BTreeMap<String, Arms> {
    let mut sums: BTreeMap<String, (Meter, Meter)> = BTreeMap::new();
    for track in record.state.tracks.values() {
        for (component, counted) in &track.components {
            let (new, old) = sums.entry(component.clone()).or_default();
            new.add(&counted.canary);
            old.add(&counted.baseline);
            old.add(&counted.stable);
        }
    }
    let of = |(component, (new, old)): (String, (Meter, Meter))| {
        (component, Arms { new: Arm::of(&new), old: Arm::of(&old) })
    };
    sums.into_iter().map(of).collect()
}

fn shadow(record: &Record) -> BTreeMap<String, Shadowed> {
    let mut sums: BTreeMap<String, Compared> = BTreeMap::new();
    for track in record.state.tracks.values() {
        for (component, counted) in track.components.iter().filter(|(_, one)| !one.compared.is_empty()) {
            sums.entry(component.clone()).or_default().add(&counted.compared);
        }
    }
    let of = |(component, all): (String, Compared)| {
        let difference = all.difference().map(|parts| read(Level::Share(parts)));
        let shown = Shadowed {
            answers: all.answered(),
            differs: all.differs,
            errors: all.errors,
            dropped: all.dropped,
            difference_rate: difference,
            error_rate: all.meter().level(Measure::Errors).map(read),
        };
        (component, shown)
    };
    sums.into_iter().map(of).collect()
}

/// A share as exactly as anybody reads it.
fn read(level: Level) -> String {
    match level {
        Level::Share(parts @ 1000..) => Share((parts + 50) / 100 * 100).to_string(),
        level => level.to_string(),
    }
}

impl Arm {
    fn of(meter: &Meter) -> Self {
        let level = |metric: &str| meter.level(Measure::of(metric));
        let time = |metric: &str| level(metric).map(|level| format!("up to {level}"));
        let rate = level("error_rate").map(read);
        Self {
            requests: meter.requests,
            errors: meter.errors,
            error_rate: rate,
            p50: time("latency_p50"),
            p99: time("latency_p99"),
        }
    }
}
