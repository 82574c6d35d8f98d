//! Timers: something is due at a time, also when the process that set it is long gone.
//!
//! A timer is handed out no earlier than its time, to one who asks at a time; whoever does not say that it is done gets
//! or leaves it again. So what a timer leads to must be safe to repeat.

use crate::{Fault, check};
use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::{Instant, timeout};

/// A timer in somebody's hands is due again after this long; what it leads to is one append.
pub const CLAIM_MS: u64 = 5000;
/// Clocks are looked at this often, because one that is handed in may jump.
pub(crate) const TICK: Duration = Duration::from_millis(200);

/// Milliseconds since 1970.
pub type Clock = Arc<dyn Fn() -> u64 + Send + Sync>;

/// Where timers are kept.
pub trait Timers: Send + Sync {
    type Due: Due;

    /// Sets a timer; one of the same id is replaced, also when it is in somebody's hands.
    fn set(&self, id: &str, at_ms: u64, payload: Vec<u8>) -> impl Future<Output = Result<(), Fault>> + Send;

    /// Takes a timer back, if there is one.
    fn cancel(&self, id: &str) -> impl Future<Output = Result<(), Fault>> + Send;

    /// The next timer whose time has come; waits for one up to `wait`.
    fn due(&self, wait: Duration) -> impl Future<Output = Result<Option<Self::Due>, Fault>> + Send;
}

/// A timer whose time has come, in somebody's hands.
pub trait Due: Send {
    fn id(&self) -> &str;

    fn payload(&self) -> &[u8];

    /// It led to what it was set for, and is gone. One that was set anew meanwhile stays.
    fn done(self) -> impl Future<Output = Result<(), Fault>> + Send;
}

/// Timers in the order of their times. Pure.
#[derive(Default)]
pub(crate) struct Wheel {
    times: BTreeSet<(u64, String)>,
    timers: BTreeMap<String, Timer>,
}

/// A timer; its revision tells it from others of the same id, and grows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Timer {
    pub(crate) at_ms: u64,
    pub(crate) revision: u64,
    pub(crate) payload: Vec<u8>,
}

impl Wheel {
    /// Puts a timer in, unless a newer one of this id is there.
    pub(crate) fn put(&mut self, id: &str, timer: Timer) {
        if self.timers.get(id).is_some_and(|known| known.revision >= timer.revision) {
            return;
        }
        self.remove(id);
        self.times.insert((timer.at_ms, id.to_owned()));
        self.timers.insert(id.to_owned(), timer);
    }

    pub(crate) fn remove(&mut self, id: &str) {
        if let Some(timer) = self.timers.remove(id) {
            self.times.remove(&(timer.at_ms, id.to_owned()));
        }
    }

    /// Removes the timer if it is the one of this revision.
    pub(crate) fn remove_revision(&mut self, id: &str, revision: u64) {
        if self.timers.get(id).is_some_and(|timer| timer.revision == revision) {
            self.remove(id);
        }
    }

    /// Takes the first timer out whose time has come.
    pub(crate) fn take_due(&mut self, now_ms: u64) -> Option<(String, Timer)> {
        let (_, id) = self.times.first().filter(|(at_ms, _)| *at_ms <= now_ms)?.clone();
        let timer = self.timers.get(&id).cloned()?;
        self.remove(&id);
        Some((id, timer))
    }

    /// How long until the next time comes; no longer than a tick.
    pub(crate) fn pause(&self, now_ms: u64) -> Duration {
        let next = self.times.first().map(|(at_ms, _)| Duration::from_millis(at_ms.saturating_sub(now_ms)));
        next.unwrap_or(TICK).min(TICK)
    }
}

/// What timers of one process share, whatever keeps them.
#[derive(Clone)]
pub(crate) struct Shared {
    wheel: Arc<Mutex<Wheel>>,
    changed: Arc<Notify>,
    pub(crate) clock: Clock,
}

impl Shared {
    pub(crate) fn new(clock: Clock) -> Self {
        Self { wheel: Arc::default(), changed: Arc::default(), clock }
    }

    pub(crate) fn wheel(&self) -> MutexGuard<'_, Wheel> {
        self.wheel.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn put(&self, id: &str, timer: Timer) {
        self.wheel().put(id, timer);
        self.changed.notify_waiters();
    }

    pub(crate) fn take_due(&self) -> Option<(String, Timer)> {
        let now_ms = (self.clock)();
        self.wheel().take_due(now_ms)
    }

    /// Sleeps until something may be due. `false` when the time to wait is over.
    pub(crate) async fn pause(&self, end: Instant) -> bool {
        let left = end.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return false;
        }
        let now_ms = (self.clock)();
        let pause = self.wheel().pause(now_ms).min(left);
        // A timer that is set between the look and the sleep is found a tick later.
        let _ = timeout(pause, self.changed.notified()).await;
        true
    }
}

/// Timers that live as long as the process.
pub struct MemoryTimers {
    shared: Shared,
    claim_ms: u64,
    revision: Mutex<u64>,
}

/// A timer of `MemoryTimers` whose time has come.
pub struct MemoryDue {
    id: String,
    timer: Timer,
    shared: Shared,
}

impl MemoryTimers {
    #[must_use]
    pub fn new(clock: Clock) -> Self {
        Self::claiming(clock, CLAIM_MS)
    }

    /// The same, claimed for so long.
    #[must_use]
    pub fn claiming(clock: Clock, claim_ms: u64) -> Self {
        Self { shared: Shared::new(clock), claim_ms, revision: Mutex::default() }
    }

    fn revision(&self) -> u64 {
        let mut revision = self.revision.lock().unwrap_or_else(PoisonError::into_inner);
        *revision += 1;
        *revision
    }
}

impl Timers for MemoryTimers {
    type Due = MemoryDue;

    async fn set(&self, id: &str, at_ms: u64, payload: Vec<u8>) -> Result<(), Fault> {
        check(id, std::slice::from_ref(&payload))?;
        self.shared.put(id, Timer { at_ms, revision: self.revision(), payload });
        Ok(())
    }

    async fn cancel(&self, id: &str) -> Result<(), Fault> {
        check(id, &[])?;
        self.shared.wheel().remove(id);
        Ok(())
    }

    async fn due(&self, wait: Duration) -> Result<Option<MemoryDue>, Fault> {
        let end = Instant::now() + wait;
        loop {
            if let Some((id, timer)) = self.shared.take_due() {
                let at_ms = (self.shared.clock)() + self.claim_ms;
                let timer = Timer { at_ms, revision: self.revision(), ..timer };
                self.shared.wheel().put(&id, timer.clone());
                return Ok(Some(MemoryDue { id, timer, shared: self.shared.clone() }));
            }
            if !self.shared.pause(end).await {
                return Ok(None);
            }
        }
    }
}

impl Due for MemoryDue {
    fn id(&self) -> &str {
        &self.id
    }

    fn payload(&self) -> &[u8] {
        &self.timer.payload
    }

    async fn done(self) -> Result<(), Fault> {
        self.shared.wheel().remove_revision(&self.id, self.timer.revision);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn timer(at_ms: u64, revision: u64) -> Timer {
        Timer { at_ms, revision, payload: Vec::new() }
    }

    #[test]
    fn a_wheel_hands_out_in_order_and_never_early() {
        let mut wheel = Wheel::default();
        wheel.put("late", timer(30, 1));
        wheel.put("soon", timer(20, 2));
        assert_eq!(wheel.take_due(19), None);
        assert_eq!(wheel.pause(19), Duration::from_millis(1));
        assert_eq!(wheel.take_due(40).unwrap().0, "soon");
        assert_eq!(wheel.take_due(40).unwrap().0, "late");
        assert_eq!(wheel.take_due(40), None);
        assert_eq!(wheel.pause(40), TICK);
    }

    #[test]
    fn a_newer_timer_stays_and_an_older_one_is_not_heard() {
        let mut wheel = Wheel::default();
        wheel.put("a", timer(10, 5));
        wheel.put("a", timer(1, 4));
        assert_eq!(wheel.take_due(9), None);
        wheel.put("a", timer(20, 6));
        wheel.remove_revision("a", 5);
        assert_eq!(wheel.take_due(20), Some(("a".to_owned(), timer(20, 6))));
    }
}
