//! The shadow: before anybody gets a new version it is asked the same behind the jobs of some, and its answers are compared.

use crate::BUCKETS;
use crate::data::{Meter, share_of};
use crate::units::{Limit, Share, Span};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is wanted of it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shadow {
    /// The people behind whose jobs the new version is asked.
    #[serde(default = "everybody")]
    pub traffic: Share,
    #[serde(default)]
    pub duration: Span,
    #[serde(default)]
    pub success_criteria: BTreeMap<String, Limit>,
    /// A person lets it go on to the first stage.
    #[serde(default)]
    pub manual_gate: bool,
}

/// Answers of a version in the shadow, by what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Compared {
    pub same: u64,
    pub differs: u64,
    /// It failed by its own fault where the old version did not.
    pub errors: u64,
    /// Never asked, or nobody's fault: there was no place, or a store was away.
    pub dropped: u64,
}

fn everybody() -> Share {
    Share::WHOLE
}

impl Shadow {
    /// Buckets of those behind whom it is asked.
    pub(crate) fn buckets(&self) -> u16 {
        u16::try_from(self.traffic.0 / 100).unwrap_or(BUCKETS).min(BUCKETS)
    }
}

impl Compared {
    /// Answers that could be compared.
    pub(crate) fn answered(&self) -> u64 {
        self.same.saturating_add(self.differs)
    }

    /// The part that differs, in parts of a million.
    pub(crate) fn difference(&self) -> Option<u32> {
        share_of(self.differs, self.answered())
    }

    /// As requests to the new version. They have no times: nobody waited for them.
    pub(crate) fn meter(&self) -> Meter {
        let requests = self.answered().saturating_add(self.errors);
        Meter { requests, errors: self.errors, ..Meter::default() }
    }

    /// What came since then; nothing where a counter went back.
    pub(crate) fn since(&self, then: &Self) -> Option<Self> {
        Some(Self {
            same: self.same.checked_sub(then.same)?,
            differs: self.differs.checked_sub(then.differs)?,
            errors: self.errors.checked_sub(then.errors)?,
            dropped: self.dropped.checked_sub(then.dropped)?,
        })
    }

    pub(crate) fn add(&mut self, more: &Self) {
        let Self { same, differs, errors, dropped } = more;
        self.same = self.same.saturating_add(*same);
        self.differs = self.differs.saturating_add(*differs);
        self.errors = self.errors.saturating_add(*errors);
        self.dropped = self.dropped.saturating_add(*dropped);
    }

    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_are_no_differences() {
        let compared = Compared { same: 90, differs: 10, errors: 100, dropped: 7 };
        assert_eq!((compared.difference(), compared.meter().requests), (Some(100_000), 200));
        assert_eq!(Compared::default().difference(), None);
        let then = Compared { same: 91, ..Compared::default() };
        assert_eq!(compared.since(&then), None);
        assert_eq!(compared.since(&Compared::default()), Some(compared));
    }
}
