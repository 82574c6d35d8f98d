//! Experiments: which of several ways somebody gets, drawn like everything else that is drawn.

use crate::split::bucket;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What gateways are told of an experiment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trial {
    /// Enters every draw.
    pub name: String,
    /// Buckets of those who take part. May grow: whoever takes part keeps his variant.
    pub traffic: u16,
    /// Buckets of each variant; together all there are.
    pub variants: BTreeMap<String, u16>,
}

impl Trial {
    /// The variant of a person, if he takes part. Two draws, so that who takes part says nothing of the variant.
    #[must_use]
    pub fn variant(&self, tenant: &str, user: &str) -> Option<&str> {
        if bucket(&["part", &self.name, tenant, user]) >= self.traffic {
            return None;
        }
        let drawn = bucket(&["variant", &self.name, tenant, user]);
        let mut upper = 0u16;
        let mut variants = self.variants.iter();
        let found = variants.find(|(_, share)| {
            upper = upper.saturating_add(**share);
            drawn < upper
        });
        found.map(|(name, _)| name.as_str())
    }
}
