//! What is seen: the time, what people asked for, what hooks answered, and what was measured in each region.

use crate::data::Meter;
use crate::shadow::Compared;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One look at the world.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Seen {
    pub now_ms: u64,
    /// Oldest first. Those that were obeyed before may stand here again.
    pub commands: Vec<Command>,
    /// What hooks said, by the id of the question.
    pub answers: BTreeMap<String, Answer>,
    pub regions: BTreeMap<String, RegionSeen>,
}

/// What a person asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Command {
    /// Grows; one that is not above the last is old.
    pub sequence: u64,
    pub order: Order,
    #[serde(default)]
    pub by: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Order {
    Start,
    Pause,
    /// Goes on after a pause, an alarm or a freeze, and through a gate.
    Resume,
    /// Everybody of this wave gets the new version now.
    Promote,
    /// Ends before promotion: everybody has the old version.
    Abort,
    /// Back to the old version, also after promotion while that one is warm.
    Rollback,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Answer {
    Yes,
    No,
}

/// One region.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RegionSeen {
    /// The generation that every gateway and runner there obeys.
    pub generation: u64,
    /// Whether every component of the set runs there in its new version.
    pub is_ready: bool,
    /// Meters by component.
    pub components: BTreeMap<String, Arms>,
    /// People (or tenants) drawn for the first time: for the new version, and for any.
    pub drawn: Option<(u64, u64)>,
    /// Metrics from elsewhere; nothing where the source did not answer.
    pub numbers: BTreeMap<String, Option<f64>>,
}

/// Meters of one component. What could not be read is not there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Arms {
    pub canary: Option<Meter>,
    pub baseline: Option<Meter>,
    pub stable: Option<Meter>,
    /// Answers of the new version in the shadow.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shadow: Option<Compared>,
}
