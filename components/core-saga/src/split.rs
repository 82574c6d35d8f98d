//! Which version a job or a call gets while two run side by side.
//!
//! No state and no cookie: a key falls into one of 10,000 buckets for as long as a rollout lasts, and the new version
//! has the buckets below its weight. So nobody flips back while the weight grows, at whatever gateway he arrives.

use core_brand::content::sha256;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Weights count hundredths of a percent.
pub const BUCKETS: u16 = 10_000;

/// The header that always goes to the new version.
const CANARY_HEADER: (&str, &str) = ("canary", "true");

/// What gateways and runners know of one rollout in one region.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Split {
    /// Enters every draw, so that the next rollout tries other people first.
    pub rollout: String,
    /// A lower one than was seen before is refused.
    pub generation: u64,
    /// Buckets of the new version.
    pub weight: u16,
    /// Whether as many buckets of the old version are set aside to be compared.
    #[serde(default)]
    pub has_baseline: bool,
    #[serde(default)]
    pub sticky: Sticky,
    /// Who takes part at all; nobody named is everybody.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub tenants: BTreeSet<String>,
    /// Headers that go to the new version, beside `canary: true`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub headers: BTreeMap<String, String>,
}

/// Who stays together on one version.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sticky {
    #[default]
    User,
    Tenant,
}

impl Sticky {
    #[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
    pub(crate) fn is_user(&self) -> bool {
        *self == Self::User
    }
}

/// Whose job or call it is.
#[derive(Clone, Copy)]
pub struct Who<'a> {
    pub tenant: &'a str,
    pub user: &'a str,
    /// Whether a header is there and has this value.
    pub has_header: &'a dyn Fn(&str, &str) -> bool,
}

/// Where it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Arm {
    /// The new version.
    Canary,
    /// The old version, as many buckets as the new one has.
    Baseline,
    /// The old version, everybody else.
    Stable,
}

impl Arm {
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        [Self::Canary, Self::Baseline, Self::Stable].into_iter().find(|arm| arm.as_str() == text)
    }

    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Canary => "canary",
            Self::Baseline => "baseline",
            Self::Stable => "stable",
        }
    }
}

/// An arm, and whether chance chose it. What was forced is no sample of anything and is not counted as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    pub arm: Arm,
    pub is_drawn: bool,
}

impl Split {
    /// The version of this job or call.
    #[must_use]
    pub fn choose(&self, who: &Who<'_>) -> Choice {
        let own = self.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let mut forcing = own.chain([CANARY_HEADER]);
        if forcing.any(|(name, value)| (who.has_header)(name, value)) {
            return Choice { arm: Arm::Canary, is_drawn: false };
        }
        if !self.tenants.is_empty() && !self.tenants.contains(who.tenant) {
            return Choice { arm: Arm::Stable, is_drawn: false };
        }
        let bucket = match self.sticky {
            // Two tenants may each have a user of the same name.
            Sticky::User => bucket(&[&self.rollout, who.tenant, who.user]),
            Sticky::Tenant => bucket(&[&self.rollout, who.tenant]),
        };
        Choice { arm: self.arm(bucket), is_drawn: true }
    }

    /// The new version grows from below and the baseline from above, so both keep whom they have until they meet.
    #[must_use]
    pub fn arm(&self, bucket: u16) -> Arm {
        let weight = self.weight.min(BUCKETS);
        let baseline = if self.has_baseline { weight.min(BUCKETS - weight) } else { 0 };
        match bucket {
            _ if bucket < weight => Arm::Canary,
            _ if bucket >= BUCKETS - baseline => Arm::Baseline,
            _ => Arm::Stable,
        }
    }
}

/// The bucket of a key. Every word goes in with its length, so that no two keys run together.
#[must_use]
pub fn bucket(words: &[&str]) -> u16 {
    let mut bytes = Vec::with_capacity(64);
    for word in words {
        bytes.extend_from_slice(&(word.len() as u64).to_be_bytes());
        bytes.extend_from_slice(word.as_bytes());
    }
    let [a, b, c, d, e, f, g, h, ..] = sha256(&bytes);
    let number = u64::from_be_bytes([a, b, c, d, e, f, g, h]) % u64::from(BUCKETS);
    u16::try_from(number).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(weight: u16) -> Split {
        Split { rollout: "design-0_2_0".into(), weight, has_baseline: true, ..Split::default() }
    }

    #[test]
    fn buckets_stay_what_they_are() {
        // Stored weights speak of these numbers: another hash would move everybody.
        assert_eq!(bucket(&["design-0_2_0", "acme", "ann"]), 776);
        assert_eq!(bucket(&["design-0_2_0", "acme"]), 9779);
        assert_ne!(bucket(&["a", "bc"]), bucket(&["ab", "c"]));
    }

    #[test]
    fn what_was_stored_is_read() {
        let stored =
            r#"{"rollout":"design-0_2_0","generation":3,"weight":500,"has_baseline":true,"sticky":"tenant"}"#;
        let read: Split = serde_json::from_str(stored).unwrap();
        assert_eq!(read, Split { generation: 3, sticky: Sticky::Tenant, ..split(500) });
        assert_eq!(serde_json::to_string(&read).unwrap(), stored);
    }

    #[test]
    fn the_baseline_is_as_large_and_never_overlaps() {
        for weight in [0, 1, 500, 2500, 5000, 7500, 9999, BUCKETS, u16::MAX] {
            let arms: Vec<Arm> = (0..BUCKETS).map(|bucket| split(weight).arm(bucket)).collect();
            let count = |arm| arms.iter().filter(|found| **found == arm).count();
            let weight = usize::from(weight.min(BUCKETS));
            assert_eq!(count(Arm::Canary), weight);
            assert_eq!(count(Arm::Baseline), weight.min(usize::from(BUCKETS) - weight));
        }
    }

    #[test]
    fn headers_force_and_tenants_narrow() {
        type Has = fn(&str, &str) -> bool;
        let none: Has = |_, _| false;
        let canary: Has = |name, value| (name, value) == ("canary", "true");
        let beta: Has = |name, value| (name, value) == ("x-ring", "beta");
        let mut split = split(0);
        split.headers.insert("x-ring".into(), "beta".into());
        split.tenants.insert("acme".into());
        let cases = [
            ("acme", none, 0, Arm::Stable, true),
            ("acme", none, BUCKETS, Arm::Canary, true),
            ("other", none, BUCKETS, Arm::Stable, false),
            ("other", canary, 0, Arm::Canary, false),
            ("other", beta, 0, Arm::Canary, false),
        ];
        for (tenant, has_header, weight, arm, is_drawn) in cases {
            let split = Split { weight, ..split.clone() };
            let who = Who { tenant, user: "ann", has_header: &has_header };
            assert_eq!(split.choose(&who), Choice { arm, is_drawn }, "{tenant} {weight}");
        }
    }
}
