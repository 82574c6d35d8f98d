//! How long to wait before the next try.

use core_brand::content::sha256;

/// The first wait; each further one is twice as long.
const FIRST_MS: u64 = 1000;

/// Callers that failed together shall not come back together.
const JITTER_MS: u64 = 100;

/// No wait is longer: half a minute is as long as a breaker stays open.
pub const WAIT_MS_MAX: u64 = 30_000;

/// Tries of one call: the first, and three more.
pub const ATTEMPTS: u32 = 4;

/// How long a job waits for a painter: some pictures of a model on a device take seconds, and others are before them. It is well
/// within the time that a job has.
pub const PAINT_MS: u64 = 120_000;

/// Longer waits are not spent with work in hands: it goes back to its queue, where it holds nothing.
pub(crate) const WAIT_IN_HANDS_MS_MAX: u64 = 5000;

/// The wait after this many tries of the act with this key. The key takes the place of chance.
#[must_use]
pub(crate) fn wait_ms(tries: u32, key: &str) -> u64 {
    let doublings = tries.saturating_sub(1).min(u64::BITS / 4);
    let hash = sha256(format!("{key}/{tries}").as_bytes());
    let jitter = u64::from(u16::from_le_bytes([hash[0], hash[1]])) % JITTER_MS;
    ((FIRST_MS << doublings) + jitter).min(WAIT_MS_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_the_longest() {
        for (tries, want) in [(0, 1000), (1, 1000), (2, 2000), (3, 4000), (5, 16_000)] {
            let wait = wait_ms(tries, "br_1/logo/a");
            assert!((want..want + JITTER_MS).contains(&wait), "{tries}: {wait}");
        }
        assert_eq!(wait_ms(6, "br_1"), WAIT_MS_MAX);
        assert_eq!(wait_ms(u32::MAX, "br_1"), WAIT_MS_MAX);
    }

    #[test]
    fn two_acts_do_not_come_back_together() {
        let waits: std::collections::BTreeSet<_> =
            (0..20).map(|number| wait_ms(1, &format!("br_{number}"))).collect();
        assert!(waits.len() > 10, "{waits:?}");
    }
}
