//! Who holds how much, so that one tenant with much work does not keep the others waiting.
//!
//! Pure: the time comes in. Only what is in the hands of this process counts.

use std::collections::BTreeMap;

/// A tenant that had work this long ago still counts as one of those who share.
const ACTIVE_MS: u64 = 10_000;

/// More tenants than this are not told apart by when they were seen; the list starts anew.
const TENANTS_MAX: usize = 10_000;

/// What is in the hands of this process, by tenant.
#[derive(Debug, Default)]
pub(crate) struct Shares {
    held: BTreeMap<String, u64>,
    seen_ms: BTreeMap<String, u64>,
}

impl Shares {
    /// Whether this tenant already holds its share of all that is held, while others have work too.
    pub(crate) fn is_over(&mut self, tenant: &str, now_ms: u64) -> bool {
        self.seen(tenant, now_ms);
        let sharing = self.seen_ms.len() as u64;
        let held: u64 = self.held.values().sum();
        let own = self.held.get(tenant).copied().unwrap_or_default();
        sharing > 1 && own > 0 && own >= (held + 1).div_ceil(sharing)
    }

    pub(crate) fn take(&mut self, tenant: &str) {
        *self.held.entry(tenant.to_owned()).or_default() += 1;
    }

    pub(crate) fn give_back(&mut self, tenant: &str) {
        if let Some(held) = self.held.get_mut(tenant) {
            *held -= 1;
            if *held == 0 {
                self.held.remove(tenant);
            }
        }
    }

    fn seen(&mut self, tenant: &str, now_ms: u64) {
        if self.seen_ms.len() >= TENANTS_MAX {
            self.seen_ms.clear();
        }
        self.seen_ms.retain(|_, seen| now_ms.saturating_sub(*seen) < ACTIVE_MS);
        self.seen_ms.insert(tenant.to_owned(), now_ms);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tenant_alone_is_never_over() {
        let mut shares = Shares::default();
        for _ in 0..100 {
            assert!(!shares.is_over("acme", 0));
            shares.take("acme");
        }
    }

    #[test]
    fn two_tenants_get_half_each() {
        let mut shares = Shares::default();
        let mut taken = Vec::new();
        assert!(!shares.is_over("bolt", 0));
        for round in 0..10 {
            let next = ["acme", "bolt"].into_iter().find(|tenant| !shares.is_over(tenant, round));
            let next = next.expect("somebody is below the share");
            shares.take(next);
            taken.push(next);
        }
        assert_eq!(taken.iter().filter(|tenant| **tenant == "acme").count(), 5, "{taken:?}");
    }

    #[test]
    fn who_gives_back_or_stays_away_makes_room() {
        let mut shares = Shares::default();
        assert!(!shares.is_over("bolt", 0));
        shares.take("acme");
        assert!(shares.is_over("acme", 1));
        assert!(!shares.is_over("acme", ACTIVE_MS + 2), "the other has not been seen for long");
        assert!(!shares.is_over("bolt", ACTIVE_MS + 3));
        shares.give_back("acme");
        assert!(!shares.is_over("acme", ACTIVE_MS + 4));
        assert!(shares.held.is_empty());
    }
}
