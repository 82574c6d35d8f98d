//! How far work goes, and how it is asked to stop.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// How far the runner goes before it gives up.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Calls at once.
    pub width: usize,
    /// One call.
    pub call_ms: u64,
    /// Tries of a call that answers `busy`.
    pub attempts: u32,
    /// Longest wait between two tries.
    pub backoff_ms_max: u64,
    /// How long a painter is waited for; a job that has less time waits for half of that.
    pub paint_ms: u64,
}

/// Asks running work to stop. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    pub fn ask(&self) {
        self.0.store(true, Ordering::Release);
    }

    #[must_use]
    pub fn is_asked(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}
