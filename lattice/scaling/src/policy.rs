//! What is wanted: one file, a rule for each component that is scaled.

use imprint_rollout::{Fault, Schedule, Span};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Bytes of a file. The largest sensible one has some thousands.
const FILE_BYTES_MAX: usize = 65_536;
/// Components of a file; an application has fewer.
const RULES_MAX: usize = 64;
/// Windows of a rule: every hour of a week would fit.
const WINDOWS_MAX: usize = 168;
/// Instances of one component on a lattice; more is a slip of the pen.
const REPLICAS_MAX: u32 = 10_000;

/// Rules by the name of a component.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    pub scaling: BTreeMap<String, Rule>,
}

/// How one component follows its queue.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Rule {
    pub min: u32,
    pub max: u32,
    /// Work that one instance may have before it, itself included.
    pub lag: u32,
    /// How long after a change it may grow again.
    pub cool_up: Span,
    /// How long fewer must have been enough before it shrinks.
    pub cool_down: Span,
    /// More than the queue asks for, at certain hours.
    pub scheduled: Vec<Window>,
}

/// Hours with a floor of their own.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Window {
    pub at_least: u32,
    pub when: Schedule,
}

impl Default for Rule {
    fn default() -> Self {
        Self {
            min: 2,
            max: 20,
            lag: 10,
            cool_up: Span(15_000),
            cool_down: Span(300_000),
            scheduled: Vec::new(),
        }
    }
}

impl Policy {
    /// Reads a file; everything that is wrong with it is said at once.
    pub fn read(text: &str) -> Result<Self, Vec<Fault>> {
        let fault =
            |what: String, mend: &str| vec![Fault { at: "the file".into(), what, mend: mend.to_owned() }];
        if text.len() > FILE_BYTES_MAX {
            return Err(fault(format!("has {} bytes", text.len()), "write at most 65536"));
        }
        let read = serde_yaml::from_str::<Self>(text);
        let policy = read.map_err(|why| fault(why.to_string(), "see wadm/scaling/README.md"))?;
        let faults = policy.faults();
        if faults.is_empty() { Ok(policy) } else { Err(faults) }
    }

    fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        let mut add = |at: String, what: &str, mend: &str| {
            faults.push(Fault { at, what: what.to_owned(), mend: mend.to_owned() });
        };
        if self.scaling.len() > RULES_MAX {
            add("scaling".into(), "names more than 64 components", "name fewer");
        }
        for (name, rule) in &self.scaling {
            let at = format!("scaling.{name}");
            for (what, mend) in rule.faults() {
                add(at.clone(), what, mend);
            }
            for (number, window) in rule.scheduled.iter().enumerate() {
                let at = format!("{at}.scheduled[{number}]");
                if !(rule.min..=rule.max).contains(&window.at_least) {
                    add(at.clone(), "lies outside of the limits", "write `at_least` between `min` and `max`");
                }
                for (_, what, mend) in window.when.faults() {
                    add(at.clone(), what, mend);
                }
            }
        }
        faults
    }
}

impl Rule {
    fn faults(&self) -> Vec<(&'static str, &'static str)> {
        let mut faults = Vec::new();
        if self.min == 0 {
            faults
                .push(("has a `min` of 0", "write at least 1: nothing wakes a component that does not run"));
        }
        if self.max < self.min {
            faults.push(("has a `max` below its `min`", "raise `max`"));
        }
        if self.max > REPLICAS_MAX {
            faults.push(("has a `max` above 10000", "lower it"));
        }
        if self.lag == 0 {
            faults.push((
                "has a `lag` of 0",
                "write how much work one instance may have before it, such as 10",
            ));
        }
        if self.scheduled.len() > WINDOWS_MAX {
            faults.push(("has more than 168 windows", "join some"));
        }
        faults
    }

    /// The fewest instances at this moment.
    pub(crate) fn floor(&self, now_ms: u64) -> u32 {
        let open = self.scheduled.iter().filter(|window| window.when.is_open(now_ms));
        open.map(|window| window.at_least).max().unwrap_or(0).clamp(self.min.min(self.max), self.max)
    }
}
