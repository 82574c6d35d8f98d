//! What all timers promise.

use imprint_ledger::Timers;
use imprint_ledger::timers::{CLAIM_MS, Clock, Due};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Long enough for anything that happens at all.
const LONG: Duration = Duration::from_secs(20);
/// Whatever is due is handed out by then; what is not must not be.
const SOON: Duration = Duration::from_millis(700);

/// A clock that a test moves.
#[derive(Clone)]
pub struct HandClock {
    now_ms: Arc<AtomicU64>,
}

impl Default for HandClock {
    fn default() -> Self {
        Self { now_ms: Arc::new(AtomicU64::new(1_000_000)) }
    }
}

impl HandClock {
    #[must_use]
    pub fn now_ms(&self) -> u64 {
        self.now_ms.load(Ordering::SeqCst)
    }

    pub fn pass(&self, ms: u64) {
        self.now_ms.fetch_add(ms, Ordering::SeqCst);
    }

    #[must_use]
    pub fn clock(&self) -> Clock {
        let clock = self.clone();
        Arc::new(move || clock.now_ms())
    }
}

/// Runs every promise; `clock` is the one that these timers go by.
pub async fn suite<T: Timers>(timers: &T, clock: &HandClock) {
    a_timer_comes_at_its_time_and_not_before(timers, clock).await;
    the_first_is_the_one_that_is_due_first(timers, clock).await;
    what_was_over_when_it_was_set_is_due_at_once(timers, clock).await;
    a_timer_in_silent_hands_comes_again(timers, clock).await;
    what_is_taken_back_does_not_come(timers, clock).await;
    a_timer_set_again_is_another(timers, clock).await;
    a_timer_set_while_it_is_in_hands_stays(timers, clock).await;
    strange_names_are_refused(timers).await;
}

/// The next timer that is due.
pub async fn take<T: Timers>(timers: &T) -> T::Due {
    timers.due(LONG).await.expect("answers").expect("something is due")
}

/// Nothing is due.
pub async fn nothing<T: Timers>(timers: &T) {
    let due = timers.due(SOON).await.expect("answers");
    assert!(due.is_none(), "unexpected: {:?}", due.map(|due| due.id().to_owned()));
}

async fn a_timer_comes_at_its_time_and_not_before<T: Timers>(timers: &T, clock: &HandClock) {
    timers.set("once.a-b_c", clock.now_ms() + 1000, b"why".to_vec()).await.expect("sets");
    nothing(timers).await;
    clock.pass(999);
    nothing(timers).await;
    clock.pass(1);
    let due = take(timers).await;
    assert_eq!((due.id(), due.payload()), ("once.a-b_c", b"why".as_slice()));
    due.done().await.expect("is done");
    clock.pass(CLAIM_MS * 3);
    nothing(timers).await;
}

async fn the_first_is_the_one_that_is_due_first<T: Timers>(timers: &T, clock: &HandClock) {
    for (id, after) in [("c", 30), ("a", 10), ("b", 20)] {
        timers.set(id, clock.now_ms() + after, Vec::new()).await.expect("sets");
    }
    for id in ["a", "b", "c"] {
        clock.pass(10);
        let due = take(timers).await;
        assert_eq!(due.id(), id);
        due.done().await.expect("is done");
    }
}

async fn what_was_over_when_it_was_set_is_due_at_once<T: Timers>(timers: &T, clock: &HandClock) {
    timers.set("past", clock.now_ms() - 1000, Vec::new()).await.expect("sets");
    take(timers).await.done().await.expect("is done");
}

async fn a_timer_in_silent_hands_comes_again<T: Timers>(timers: &T, clock: &HandClock) {
    timers.set("silent", clock.now_ms() + 1, b"still".to_vec()).await.expect("sets");
    clock.pass(1);
    drop(take(timers).await);
    clock.pass(CLAIM_MS - 1);
    nothing(timers).await;
    clock.pass(1);
    let again = take(timers).await;
    assert_eq!((again.id(), again.payload()), ("silent", b"still".as_slice()));
    again.done().await.expect("is done");
    clock.pass(CLAIM_MS);
    nothing(timers).await;
}

async fn what_is_taken_back_does_not_come<T: Timers>(timers: &T, clock: &HandClock) {
    timers.set("back", clock.now_ms() + 10, Vec::new()).await.expect("sets");
    timers.set("stays", clock.now_ms() + 10, Vec::new()).await.expect("sets");
    for _ in 0..2 {
        timers.cancel("back").await.expect("takes back");
    }
    clock.pass(10);
    let due = take(timers).await;
    assert_eq!(due.id(), "stays");
    nothing(timers).await;
    timers.cancel("stays").await.expect("takes back, also from hands");
    due.done().await.expect("is gone");
    clock.pass(CLAIM_MS);
    nothing(timers).await;
}

async fn a_timer_set_again_is_another<T: Timers>(timers: &T, clock: &HandClock) {
    timers.set("again", clock.now_ms() + 10, b"1".to_vec()).await.expect("sets");
    timers.set("again", clock.now_ms() + 500, b"2".to_vec()).await.expect("sets");
    nothing(timers).await;
    clock.pass(10);
    nothing(timers).await;
    clock.pass(490);
    let due = take(timers).await;
    assert_eq!(due.payload(), b"2");
    due.done().await.expect("is done");
    clock.pass(CLAIM_MS);
    nothing(timers).await;
}

async fn a_timer_set_while_it_is_in_hands_stays<T: Timers>(timers: &T, clock: &HandClock) {
    timers.set("hands", clock.now_ms(), b"1".to_vec()).await.expect("sets");
    let due = take(timers).await;
    timers.set("hands", clock.now_ms() + 50, b"2".to_vec()).await.expect("sets");
    due.done().await.expect("is done");
    nothing(timers).await;
    clock.pass(50);
    let due = take(timers).await;
    assert_eq!(due.payload(), b"2");
    due.done().await.expect("is done");
}

async fn strange_names_are_refused<T: Timers>(timers: &T) {
    for id in ["", ".", "a b", "a/b", "*", "a.>", "a..b"] {
        assert!(timers.set(id, 1, Vec::new()).await.is_err(), "{id:?}");
        assert!(timers.cancel(id).await.is_err(), "{id:?}");
    }
}
