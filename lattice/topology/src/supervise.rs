//! Starts again what dies.
//!
//! One death is an accident, and the child is back in a moment; each further one within a minute takes longer, and too many
//! are a fault that starting again does not mend.

use crate::children::Running;
use anyhow::{Result, bail};
use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// The first wait; each further one is twice as long.
const WAIT_FIRST: Duration = Duration::from_millis(200);
/// No wait is longer: a person waits for it.
const WAIT_MAX: Duration = Duration::from_secs(5);
/// Deaths older than this are forgotten.
const MEMORY: Duration = Duration::from_secs(60);
/// With the waits between them, so many take half a minute at least.
const DEATHS_MAX: usize = 10;

/// The recent deaths of a child, and when it is to run again.
#[derive(Default)]
pub(crate) struct Watch {
    deaths: VecDeque<Instant>,
    due: Option<Instant>,
}

impl Watch {
    /// Notes a death. How long to wait; nothing when it died too often.
    fn died(&mut self, now: Instant) -> Option<Duration> {
        self.deaths.retain(|death| now.duration_since(*death) < MEMORY);
        if self.deaths.len() >= DEATHS_MAX {
            return None;
        }
        let doublings = u32::try_from(self.deaths.len()).unwrap_or(u32::MAX);
        let wait = WAIT_FIRST.saturating_mul(1_u32.checked_shl(doublings).unwrap_or(u32::MAX)).min(WAIT_MAX);
        self.deaths.push_back(now);
        self.due = Some(now + wait);
        Some(wait)
    }
}

/// Looks at a child, and starts it when that is due. Gives what there is to say.
pub(crate) fn tend(child: &mut Running, now: Instant) -> Result<Option<String>> {
    if let Some(due) = child.watch.due {
        if now >= due {
            child.watch.due = None;
            child.start_again()?;
            return Ok(Some(format!("`{}` runs again (process {}).", child.name, child.pid())));
        }
        return Ok(None);
    }
    let Some(how) = child.ended() else { return Ok(None) };
    // A killed host leaves its providers behind.
    child.end_group();
    let log = child.log().display().to_string();
    let mut wait = child.watch.died(now);
    if crate::regions::is_local(&child.name) {
        wait = wait.map(|wait| wait.max(crate::regions::SETTLE));
        child.watch.due = wait.map(|wait| now + wait);
    }
    match wait {
        Some(wait) => Ok(Some(format!(
            "`{}` ended ({how}) and is started again in {wait:.1?}; see `{log}`",
            child.name
        ))),
        None => bail!(
            "`{}` ended ({how}), {} times within {} s; see `{log}`",
            child.name,
            DEATHS_MAX + 1,
            MEMORY.as_secs()
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_until_it_is_enough() {
        let (mut watch, began) = (Watch::default(), Instant::now());
        let waits: Vec<u128> = (0..DEATHS_MAX)
            .map(|number| began + Duration::from_secs(number as u64))
            .filter_map(|now| watch.died(now).map(|wait| wait.as_millis()))
            .collect();
        assert_eq!(waits, [200, 400, 800, 1600, 3200, 5000, 5000, 5000, 5000, 5000]);
        assert_eq!(watch.died(began + Duration::from_secs(20)), None);
    }

    #[test]
    fn old_deaths_are_forgotten() {
        let (mut watch, mut now) = (Watch::default(), Instant::now());
        for _ in 0..3 * DEATHS_MAX {
            assert_eq!(watch.died(now), Some(WAIT_FIRST));
            now += MEMORY;
        }
    }
}
