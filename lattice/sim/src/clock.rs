//! Two clocks of a run: one that only passes, and one on the wall that may jump.

use std::cell::Cell;
use tokio::time::Instant;

/// When every run begins.
const BEGIN_MS: u64 = 1_790_000_000_000;

thread_local! {
    /// A run has a thread for itself, and what is shipped takes its clock as a plain function.
    static CLOCK: Cell<Option<(Instant, i64)>> = const { Cell::new(None) };
}

/// The run on this thread begins.
pub(crate) fn begin() {
    CLOCK.set(Some((Instant::now(), 0)));
}

/// Milliseconds since the run began.
pub(crate) fn passed_ms() -> u64 {
    CLOCK.get().map_or(0, |(began, _)| Instant::now().saturating_duration_since(began).as_millis() as u64)
}

/// Milliseconds since 1970, as the wall says.
pub(crate) fn now_ms() -> u64 {
    let off_ms = CLOCK.get().map_or(0, |(_, off_ms)| off_ms);
    (BEGIN_MS + passed_ms()).saturating_add_signed(off_ms)
}

/// The wall says another time from now on.
pub(crate) fn jump(by_ms: i64) {
    if let Some((began, off_ms)) = CLOCK.get() {
        CLOCK.set(Some((began, off_ms + by_ms)));
    }
}
