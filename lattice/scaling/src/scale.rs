//! From queues to numbers of instances.
//!
//! Growing follows the queue as soon as the last change has had time to show; shrinking waits until fewer were enough
//! all the time, and then goes to the most that was needed meanwhile. So a queue that swings costs instances and
//! never restarts: a host takes up a component anew each time its number changes.

use crate::policy::{Policy, Rule};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// The version of the stored form.
pub const FORMAT: u16 = 1;

/// One look.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    pub now_ms: u64,
    /// Work that waits or is claimed, by component; one that could not be seen is not there.
    pub depths: BTreeMap<String, u64>,
}

/// What was decided before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct State {
    pub format: u16,
    pub components: BTreeMap<String, Standing>,
}

/// Where one component stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Standing {
    pub replicas: u32,
    pub changed_ms: u64,
    /// Since when fewer would have been enough, and the most that was needed since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    low: Option<Low>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Low {
    since_ms: u64,
    needed: u32,
}

/// A number that becomes another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub component: String,
    pub from: u32,
    pub to: u32,
    pub why: Why,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It is scaled from now on.
    Begun,
    /// The queue asks for more.
    Depth(u64),
    /// An hour with a floor of its own, or limits that are others now.
    Limits,
    /// Fewer were enough for as long as the policy wants.
    Calm,
}

impl Default for State {
    fn default() -> Self {
        Self { format: FORMAT, components: BTreeMap::new() }
    }
}

/// Decides. What comes back is to be stored before the manifest is edited.
#[must_use]
pub fn scale(policy: &Policy, seen: &Seen, last: &State) -> (State, Vec<Change>) {
    let mut next = State::default();
    let mut changes = Vec::new();
    for (name, rule) in &policy.scaling {
        let depth = seen.depths.get(name).copied();
        let before = last.components.get(name);
        if before.is_none() && depth.is_none() {
            // As long as nothing was seen of it, it stays as its manifest has it.
            continue;
        }
        let (standing, why) = step(rule, depth, seen.now_ms, before);
        let from = before.map_or(0, |before| before.replicas);
        if let Some(why) = why.filter(|_| from != standing.replicas) {
            changes.push(Change { component: name.clone(), from, to: standing.replicas, why });
        }
        next.components.insert(name.clone(), standing);
    }
    (next, changes)
}

fn step(rule: &Rule, depth: Option<u64>, now_ms: u64, before: Option<&Standing>) -> (Standing, Option<Why>) {
    let floor = rule.floor(now_ms);
    let Some(before) = before else {
        let replicas = needed(rule, floor, depth.unwrap_or(0));
        return (Standing { replicas, changed_ms: now_ms, low: None }, Some(Why::Begun));
    };
    let set = |replicas| Standing { replicas, changed_ms: now_ms, low: None };
    // Limits are obeyed at once; they seldom change.
    if before.replicas < floor || before.replicas > rule.max {
        return (set(before.replicas.clamp(floor, rule.max)), Some(Why::Limits));
    }
    let Some(depth) = depth else {
        return (Standing { low: None, ..before.clone() }, None);
    };
    let needed = needed(rule, floor, depth);
    if needed >= before.replicas {
        let is_rested = now_ms.saturating_sub(before.changed_ms) >= rule.cool_up.0;
        return match needed > before.replicas && is_rested {
            true => (set(needed), Some(Why::Depth(depth))),
            false => (Standing { low: None, ..before.clone() }, None),
        };
    }
    let low = before.low.unwrap_or(Low { since_ms: now_ms, needed });
    let low = Low { needed: low.needed.max(needed), ..low };
    match now_ms.saturating_sub(low.since_ms) >= rule.cool_down.0 {
        true => (set(low.needed), Some(Why::Calm)),
        false => (Standing { low: Some(low), ..before.clone() }, None),
    }
}

/// The instances that this much work asks for.
fn needed(rule: &Rule, floor: u32, depth: u64) -> u32 {
    let asked = depth.div_ceil(u64::from(rule.lag.max(1)));
    u32::try_from(asked).unwrap_or(u32::MAX).clamp(floor, rule.max)
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { component, from, to, why } = self;
        match why {
            Why::Begun => write!(f, "{component}: {to} from now on"),
            Why::Depth(depth) => write!(f, "{component}: {from} to {to}, {depth} in its queue"),
            Why::Limits => write!(f, "{component}: {from} to {to}, the limits of this hour"),
            Why::Calm => write!(f, "{component}: {from} to {to}, which was enough for a while"),
        }
    }
}
