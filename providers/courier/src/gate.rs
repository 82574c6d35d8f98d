//! How often addresses are answered that show no key: the link of a mail, and where a provider reports.
//!
//! Counted in this process, before anything is read: an address of ours may be asked so often, and all of them together.

use crate::limits::{OPEN_ALL_MAX, OPEN_SAME_MAX};
use crate::office::{Brands, Office};
use crate::store::hash;
use core_brand::Fault;
use core_brand::fault::Code;
use imprint_ledger::Values;
use std::collections::BTreeMap;
use std::sync::PoisonError;

const SECOND_MS: u64 = 1000;
const MINUTE_MS: u64 = 60_000;

/// What was asked in this second, and in this minute by address.
#[derive(Default)]
pub(crate) struct Gate {
    second: u64,
    all: u32,
    minute: u64,
    /// There are no more than all that may be asked in a minute.
    same: BTreeMap<String, u32>,
}

impl Gate {
    /// Counts a question. Else how long to wait.
    fn pass(&mut self, address: &str, now_ms: u64) -> Result<(), u64> {
        let (second, minute) = (now_ms / SECOND_MS, now_ms / MINUTE_MS);
        if self.second != second {
            (self.second, self.all) = (second, 0);
        }
        if self.minute != minute {
            self.minute = minute;
            self.same.clear();
        }
        if self.all >= OPEN_ALL_MAX {
            return Err(SECOND_MS - now_ms % SECOND_MS);
        }
        self.all += 1;
        let same = self.same.entry(address.to_owned()).or_default();
        if *same >= OPEN_SAME_MAX {
            return Err(MINUTE_MS - now_ms % MINUTE_MS);
        }
        *same += 1;
        Ok(())
    }
}

impl<V, T, S, C, B> Office<V, T, S, C, B>
where
    V: Values,
    B: Brands,
{
    /// Refuses an address that is asked too often. What is sealed in it does not count: whoever turns that asks the same.
    pub(crate) fn let_in(&self, act: &str, token: &str) -> Result<(), Fault> {
        let place = token.rsplit_once('.').map_or(token, |(place, _)| place);
        let passed = {
            let mut gate = self.gate.lock().unwrap_or_else(PoisonError::into_inner);
            gate.pass(&hash(&[act, place]), (self.clock)())
        };
        passed.map_err(|wait_ms| {
            let fault = Fault::new(Code::HttpTooOften, [("wait_ms", wait_ms.to_string())]);
            Fault { retry_after_ms: u32::try_from(wait_ms).unwrap_or(u32::MAX), ..fault }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_and_all_of_them_have_an_end_that_passes() {
        let mut gate = Gate::default();
        let now_ms = 90_000_000_500;
        for _ in 0..OPEN_SAME_MAX {
            assert_eq!(gate.pass("a", now_ms), Ok(()));
        }
        assert_eq!(gate.pass("a", now_ms), Err(MINUTE_MS - now_ms % MINUTE_MS));
        assert_eq!(gate.pass("b", now_ms), Ok(()), "nobody waits for somebody else");
        for number in OPEN_SAME_MAX + 2..OPEN_ALL_MAX {
            assert_eq!(gate.pass(&number.to_string(), now_ms), Ok(()));
        }
        assert_eq!(gate.pass("c", now_ms), Err(500));
        assert_eq!(gate.pass("c", now_ms + 500), Ok(()));
        assert_eq!(gate.pass("a", now_ms + MINUTE_MS), Ok(()));
    }
}
