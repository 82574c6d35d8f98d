//! What is wanted: one file per rollout, the canary of which stands alone where nothing more is asked.

mod faults;
mod member;

pub use faults::Fault;
pub use member::Member;
pub(crate) use member::{is_model, is_open_name, key_of};

use crate::schedule::Schedule;
use crate::units::{Limit, Share, Span};
use crate::{BUCKETS, Experiment, Shadow, Sticky};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// Bytes of a file. The largest sensible one has some thousands.
const FILE_BYTES_MAX: usize = 65_536;

/// One rollout as it is wanted.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    #[serde(default)]
    pub name: String,
    /// What changes together: forward together and back together. The command may name it instead.
    #[serde(default)]
    pub set: Vec<Member>,
    pub canary: Canary,
    #[serde(default)]
    pub targeting: Targeting,
    #[serde(default)]
    pub baseline: Baseline,
    /// Metrics beside the built-in ones, by name.
    #[serde(default)]
    pub metrics: BTreeMap<String, Metric>,
    #[serde(default)]
    pub hooks: Vec<Hook>,
    /// Regions one after another; none means everywhere at once.
    #[serde(default)]
    pub waves: Vec<Wave>,
    /// When it may go on. Going back is always allowed.
    #[serde(default)]
    pub schedule: Option<Schedule>,
    #[serde(default)]
    pub judgement: Judgement,
    /// Judge, say what would be done for bad numbers, and do not do it.
    #[serde(default)]
    pub dry_run: bool,
    #[serde(default)]
    pub experiment: Option<Experiment>,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Canary {
    /// What comes before the first stage: the new version is asked, and nobody gets it.
    #[serde(default)]
    pub shadow: Option<Shadow>,
    pub stages: Vec<Stage>,
    #[serde(default)]
    pub rollback: Rollback,
    /// How long the old version stays ready after promotion.
    #[serde(default = "keep_warm")]
    pub keep_warm: Span,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stage {
    pub name: String,
    pub traffic: Share,
    #[serde(default)]
    pub duration: Span,
    #[serde(default)]
    pub success_criteria: BTreeMap<String, Limit>,
    /// The last stage ends by itself; without this a person promotes.
    #[serde(default)]
    pub auto_promote: bool,
    /// A person lets it go on to the next stage.
    #[serde(default)]
    pub manual_gate: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Rollback {
    pub trigger: Trigger,
    pub conditions: BTreeMap<String, Limit>,
    pub remedy: Remedy,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Trigger {
    #[default]
    Automatic,
    /// Holds and calls a person.
    Manual,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Remedy {
    /// Everybody goes back to the old version.
    #[default]
    Return,
    /// Weights stay where they are: for what cannot go back, such as a changed store.
    Freeze,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Targeting {
    pub sticky: Sticky,
    pub tenants: BTreeSet<String>,
    pub headers: BTreeMap<String, String>,
}

/// What the new version is compared with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Baseline {
    /// As many buckets of the old version, started at the same time.
    #[default]
    Fresh,
    /// The old version as it runs.
    Stable,
    /// Only limits judge.
    None,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Metric {
    pub source: Source,
    pub query: String,
    /// Looks in a row that a rollback condition must hold: a bare number has no sample size to judge by.
    #[serde(default = "failures")]
    pub failures: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    Prometheus,
    Meters,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hook {
    pub name: String,
    pub on: HookKind,
    pub url: String,
    #[serde(default = "hook_timeout")]
    pub timeout: Span,
}

/// The eight moments that Flagger has too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HookKind {
    /// Must agree before anything starts.
    ConfirmRollout,
    /// Must agree before the first traffic: smoke tests.
    PreRollout,
    /// Asked at every look; a refusal is a bad look.
    Rollout,
    /// Must agree before a weight grows.
    ConfirmTrafficIncrease,
    /// Must agree before promotion.
    ConfirmPromotion,
    /// Is told how it ended.
    PostRollout,
    /// Asked at every look; agreeing sends the new version back.
    Rollback,
    /// Is told of every change.
    Event,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wave {
    pub regions: Vec<String>,
    /// How long a finished wave is watched before the next begins.
    #[serde(default)]
    pub bake: Span,
}

/// How numbers are read.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Judgement {
    /// How many healthy rollouts may be sent back by chance, over all looks, metrics, stages and regions together.
    pub false_alarms: Share,
    /// How much worse than the old version is no harm. A quarter, as Kayenta has it.
    pub tolerance: Share,
    /// Requests to the new version that a stage needs before it may pass.
    pub min_requests: u64,
    pub no_data: NoData,
    /// Going on without passing for so long, beyond its duration, calls a person.
    pub patience: Span,
    /// What an uneven draw does.
    pub sample_ratio: Skew,
    /// Metrics that are judged and not acted upon.
    pub dry_run: BTreeSet<String>,
}

/// Numbers that are missing or broken never let a stage pass; after a while they stop it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoData {
    pub after: Span,
    #[serde(default, rename = "do")]
    pub act: Skew,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Skew {
    #[default]
    Hold,
    Rollback,
    Warn,
}

impl Default for Judgement {
    fn default() -> Self {
        Self {
            false_alarms: Share(10_000),
            tolerance: Share(250_000),
            min_requests: 50,
            no_data: NoData { after: Span(600_000), act: Skew::Hold },
            patience: Span(3_600_000),
            sample_ratio: Skew::Hold,
            dry_run: BTreeSet::new(),
        }
    }
}

fn keep_warm() -> Span {
    Span(3_600_000)
}

fn failures() -> u32 {
    3
}

fn hook_timeout() -> Span {
    Span(10_000)
}

impl Stage {
    /// Buckets of the new version.
    #[must_use]
    pub fn weight(&self) -> u16 {
        u16::try_from(self.traffic.0 / 100).unwrap_or(BUCKETS).min(BUCKETS)
    }
}

impl Policy {
    /// Reads a file. Everything that is wrong with its contents is said at once.
    pub fn read(text: &str) -> Result<Self, Vec<Fault>> {
        let fault =
            |at: &str, what: String, mend: &str| Fault { at: at.to_owned(), what, mend: mend.to_owned() };
        if text.len() > FILE_BYTES_MAX {
            let what = format!("has {} bytes", text.len());
            return Err(vec![fault("the file", what, &format!("at most {FILE_BYTES_MAX} are read"))]);
        }
        let policy: Self = serde_yaml::from_str(text).map_err(|why| {
            vec![fault("the file", why.to_string(), "wadm/rollouts/README.md has every field")]
        })?;
        let faults = policy.faults();
        if faults.is_empty() { Ok(policy) } else { Err(faults) }
    }
}
