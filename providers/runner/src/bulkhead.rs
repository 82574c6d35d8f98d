//! A bound on the calls of one callee, so that a slow one does not take all there is.

use core_brand::Fault;
use core_brand::fault::Code;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Calls of one callee at once: more than two hosts of eight cores do at a time.
pub(crate) const CALLS_MAX: usize = 16;

/// Calls that wait for their turn; what comes on top is told to come again.
pub(crate) const WAITING_MAX: usize = 64;

/// The places of one callee. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Bulkhead {
    places: Arc<Semaphore>,
    waiting: Arc<AtomicUsize>,
    waiting_max: usize,
}

/// A call that has a place. Dropped, the place is free.
#[derive(Debug)]
pub(crate) struct Place {
    _permit: Option<OwnedSemaphorePermit>,
}

/// Counts down also when the wait is broken off.
struct Waiting(Arc<AtomicUsize>);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

impl Bulkhead {
    pub(crate) fn new(calls_max: usize, waiting_max: usize) -> Self {
        Self { places: Arc::new(Semaphore::new(calls_max)), waiting: Arc::default(), waiting_max }
    }

    /// A place, if one is free.
    pub(crate) fn try_enter(&self) -> Option<Place> {
        let permit = self.places.clone().try_acquire_owned().ok()?;
        Some(Place { _permit: Some(permit) })
    }

    /// Waits for a place; busy when too many wait.
    pub(crate) async fn enter(&self, callee: &str) -> Result<Place, Fault> {
        if let Some(place) = self.try_enter() {
            return Ok(place);
        }
        let before = self.waiting.fetch_add(1, Ordering::AcqRel);
        let _waiting = Waiting(self.waiting.clone());
        if before >= self.waiting_max {
            let args = [("callee", callee.to_owned()), ("max", self.waiting_max.to_string())];
            return Err(Fault::new(Code::CalleeFull, args));
        }
        // The semaphore is never closed.
        Ok(Place { _permit: self.places.clone().acquire_owned().await.ok() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::pin::pin;
    use std::task::{Context, Waker};

    #[tokio::test]
    async fn so_many_go_so_many_wait_and_no_more() {
        let bulkhead = Bulkhead::new(1, 1);
        let first = bulkhead.enter("logo").await.unwrap();
        let mut second = pin!(bulkhead.enter("logo"));
        assert!(second.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
        assert!(bulkhead.enter("logo").await.unwrap_err().is(Code::CalleeFull));
        assert!(bulkhead.try_enter().is_none());
        drop(first);
        drop(second.await.unwrap());
        assert!(bulkhead.try_enter().is_some());
    }

    #[tokio::test]
    async fn a_wait_that_is_broken_off_leaves_room() {
        let bulkhead = Bulkhead::new(1, 1);
        let _first = bulkhead.enter("logo").await.unwrap();
        for _ in 0..3 {
            let mut waiting = Box::pin(bulkhead.enter("logo"));
            assert!(waiting.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
        }
    }
}
