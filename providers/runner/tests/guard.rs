//! What stands before a callee, with callees that are gone, hang, are slow or crowded.

use core_brand::fault::Code;
use core_brand::{Document, Fault, Task};
use imprint_runner::{CallContext, Callee, Decided, Guard, Guards};
use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, Mutex};
use std::time::Duration;
use tokio::time::{Instant, sleep};

static BEGAN: LazyLock<Instant> = LazyLock::new(Instant::now);

fn now_ms() -> u64 {
    Instant::now().saturating_duration_since(*BEGAN).as_millis() as u64
}

/// What one call does: answers after a while, or never.
#[derive(Clone, Copy)]
enum How {
    After(u64),
    Says(Code),
    Never,
}

/// Does as it is told, call by call, and answers at once when nothing is told.
#[derive(Default)]
struct Script {
    told: Mutex<VecDeque<How>>,
    calls: AtomicUsize,
}

/// The script, shared with its test.
struct Actor(Arc<Script>);

impl Actor {
    async fn act(&self) -> Result<(), Fault> {
        self.0.calls.fetch_add(1, Ordering::SeqCst);
        let how = self.0.told.lock().expect("works").pop_front().unwrap_or(How::After(0));
        match how {
            How::After(ms) => sleep(Duration::from_millis(ms)).await,
            How::Says(code) => return Err(Fault::new(code, [])),
            How::Never => std::future::pending().await,
        }
        Ok(())
    }
}

impl Callee for Actor {
    async fn decide(&self, _: String, _: CallContext, _: Vec<String>) -> Result<Decided, Fault> {
        self.act().await.map(|()| Decided::Rest)
    }

    async fn plan(&self, _: String, _: CallContext, _: String, _: Vec<Document>) -> Result<Vec<Task>, Fault> {
        self.act().await.map(|()| Vec::new())
    }

    async fn build(&self, _: String, _: CallContext, _: Task) -> Result<Vec<Document>, Fault> {
        self.act().await.map(|()| Vec::new())
    }
}

fn guarded(told: &[How], guards: Guards) -> (Arc<Script>, Arc<Guard<Actor>>) {
    let script = Arc::new(Script { told: Mutex::new(told.iter().copied().collect()), ..Script::default() });
    let guard = Guard::new(Actor(script.clone()), guards, now_ms);
    (script, Arc::new(guard))
}

async fn call(guard: &Guard<Actor>, component: &str) -> Result<(), Fault> {
    let task = Task::new("a", "toy", &(), Vec::new()).expect("works");
    guard.build(component.to_owned(), CallContext::default(), task).await.map(|_| ())
}

#[tokio::test(start_paused = true)]
async fn a_silent_call_is_made_a_second_time() {
    let (script, guard) = guarded(&[How::Never], Guards::default());
    let began = Instant::now();
    call(&guard, "logo").await.unwrap();
    assert_eq!(began.elapsed(), Duration::from_secs(3));
    assert_eq!(script.calls.load(Ordering::SeqCst), 2);
}

#[tokio::test(start_paused = true)]
async fn a_callee_known_to_be_slow_is_waited_for() {
    let (script, guard) = guarded(&[How::After(2900), How::After(3900)], Guards::default());
    call(&guard, "logo").await.unwrap();
    call(&guard, "logo").await.unwrap();
    assert_eq!(script.calls.load(Ordering::SeqCst), 2);
}

#[tokio::test(start_paused = true)]
async fn but_not_for_long() {
    let (script, guard) = guarded(&[How::After(2900), How::Never], Guards::default());
    call(&guard, "logo").await.unwrap();
    let began = Instant::now();
    call(&guard, "logo").await.unwrap();
    assert_eq!(began.elapsed(), Duration::from_secs(4));
    assert_eq!(script.calls.load(Ordering::SeqCst), 3);
}

#[tokio::test(start_paused = true)]
async fn silence_of_the_second_call_is_no_answer_of_the_first() {
    let (_, guard) = guarded(&[How::After(9000), How::Says(Code::CalleeMissing)], Guards::default());
    call(&guard, "logo").await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_call_has_a_limit() {
    let (_, guard) = guarded(&[How::Never; 2], Guards::default());
    let began = Instant::now();
    assert!(call(&guard, "logo").await.unwrap_err().is(Code::CalleeTimeout));
    assert_eq!(began.elapsed(), Duration::from_secs(30));
}

#[tokio::test(start_paused = true)]
async fn a_callee_that_is_gone_is_left_alone_and_others_are_not() {
    let (script, guard) = guarded(&[How::Says(Code::CalleeMissing); 10], Guards::default());
    for _ in 0..10 {
        assert!(call(&guard, "logo").await.unwrap_err().is(Code::CalleeMissing));
    }
    let left_alone = call(&guard, "logo").await.unwrap_err();
    assert!(left_alone.is(Code::BreakerOpen));
    assert_eq!(left_alone.retry_after_ms, 30_000);
    assert_eq!(script.calls.load(Ordering::SeqCst), 10);
    call(&guard, "kit").await.unwrap();
    sleep(Duration::from_secs(30)).await;
    call(&guard, "logo").await.unwrap();
    call(&guard, "logo").await.unwrap();
}

/// Tasks of one step come together, and one that is refused takes the others down with it.
#[tokio::test(start_paused = true)]
async fn calls_that_come_together_wait_for_the_one_that_tries() {
    let mut told = vec![How::Says(Code::CalleeMissing); 10];
    told.push(How::After(500));
    let (script, guard) = guarded(&told, Guards::default());
    for _ in 0..10 {
        call(&guard, "logo").await.unwrap_err();
    }
    sleep(Duration::from_secs(30)).await;
    let together = tokio::try_join!(call(&guard, "logo"), call(&guard, "logo"), call(&guard, "logo"));
    together.unwrap();
    assert_eq!(script.calls.load(Ordering::SeqCst), 13);
}

/// It is asked no more than once where it still does not answer.
#[tokio::test(start_paused = true)]
async fn where_the_one_that_tries_fails_the_others_are_refused() {
    let (script, guard) = guarded(&[How::Says(Code::CalleeMissing); 11], Guards::default());
    for _ in 0..10 {
        call(&guard, "logo").await.unwrap_err();
    }
    sleep(Duration::from_secs(30)).await;
    let (one, other) = tokio::join!(call(&guard, "logo"), call(&guard, "logo"));
    assert!(one.unwrap_err().is(Code::CalleeMissing) && other.unwrap_err().is(Code::BreakerOpen));
    assert_eq!(script.calls.load(Ordering::SeqCst), 11);
}

#[tokio::test(start_paused = true)]
async fn a_refusal_is_an_answer() {
    let (_, guard) = guarded(&[How::Says(Code::NameEmpty); 30], Guards::default());
    for _ in 0..30 {
        assert!(call(&guard, "logo").await.unwrap_err().is(Code::NameEmpty));
    }
}

#[tokio::test(start_paused = true)]
async fn a_crowded_callee_says_so_and_leaves_room_for_others() {
    let guards = Guards { calls_max: 2, waiting_max: 3, ..Guards::default() };
    // The third call that goes is that of the other callee.
    let told = [1000, 1000, 0, 1000, 1000, 1000].map(How::After);
    let (_, guard) = guarded(&told, guards);
    let calls: Vec<_> = (0..9)
        .map(|_| {
            let guard = guard.clone();
            tokio::spawn(async move { call(&guard, "logo").await })
        })
        .collect();
    let began = Instant::now();
    tokio::task::yield_now().await;
    call(&guard, "kit").await.unwrap();
    assert_eq!(began.elapsed(), Duration::ZERO);
    let mut full = 0;
    for call in calls {
        match call.await.unwrap() {
            Ok(()) => {}
            Err(fault) => {
                assert!(fault.is(Code::CalleeFull), "{fault:?}");
                full += 1;
            }
        }
    }
    assert_eq!((full, began.elapsed()), (4, Duration::from_secs(3)));
}
