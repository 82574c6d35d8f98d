//! Calls are taken as far as there is room, and a stop waits for those in hand.

use crate::metrics::{CALL_SECONDS, CALLS};
use anyhow::Result;
use futures::stream::{self, Stream, StreamExt};
use imprint_telemetry::Tally;
use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::Instant;

/// Calls in hand at once. Each may hold a value of several megabytes; what comes on top waits in the subscription.
pub const CALLS_MAX: usize = 256;

/// How long a stop waits for the calls in hand. A call takes at most about five seconds; this is twice that.
pub const DRAIN_MAX: Duration = Duration::from_secs(10);

type Call = Pin<Box<dyn Future<Output = Result<()>> + Send>>;
type Calls = Pin<Box<dyn Stream<Item = Result<Call>> + Send>>;

/// What the generated `serve` gives: interface, function, calls.
pub type Invocations = Vec<(&'static str, &'static str, Calls)>;

/// The streams end after the stop, when what has arrived has been taken; a stream that does not is left after a while.
pub(crate) async fn serve(
    invocations: Invocations,
    stopping: impl Future<Output = ()>,
    calls_max: usize,
    meters: &Tally,
) {
    let named =
        invocations.into_iter().map(|(instance, name, calls)| calls.map(move |call| (instance, name, call)));
    let mut calls = stream::select_all(named);
    let mut late = pin!(async {
        stopping.await;
        tokio::time::sleep(DRAIN_MAX).await;
    });
    let room = Arc::new(Semaphore::new(calls_max));
    let mut in_hand = JoinSet::new();
    loop {
        tokio::select! {
            next = take(&mut calls, &room) => match next {
                Some(next) => in_hand.spawn(work(next, meters.clone())),
                None => break,
            },
            Some(_) = in_hand.join_next() => continue,
            () = &mut late => return cut(&in_hand),
        };
    }
    drain(in_hand, late).await;
}

async fn work((instance, name, call, _place): Next, meters: Tally) {
    let began = Instant::now();
    let done = async { call?.await }.await;
    let result = if done.is_ok() { "answered" } else { "lost" };
    meters.count(&CALLS, &[("function", name), ("result", result)]);
    meters.observe(&CALL_SECONDS, &[("function", name)], began.elapsed().as_secs_f64());
    if let Err(why) = done {
        tracing::warn!(instance, name, why = format!("{why:#}"), "a call was not served");
    }
}

type Next = (&'static str, &'static str, Result<Call>, tokio::sync::OwnedSemaphorePermit);

/// The next call, taken only when there is room for it. Cancel-safe: a call is lost in no await.
async fn take(
    calls: &mut (impl Stream<Item = (&'static str, &'static str, Result<Call>)> + Unpin),
    room: &Arc<Semaphore>,
) -> Option<Next> {
    // The semaphore is never closed.
    let place = Arc::clone(room).acquire_owned().await.ok()?;
    let (instance, name, call) = calls.next().await?;
    Some((instance, name, call, place))
}

async fn drain(mut in_hand: JoinSet<()>, late: impl Future<Output = ()>) {
    tokio::select! {
        () = async { while in_hand.join_next().await.is_some() {} } => {}
        () = late => cut(&in_hand),
    }
}

fn cut(in_hand: &JoinSet<()>) {
    tracing::warn!(left = in_hand.len(), "calls were cut off by the stop");
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use tokio::sync::oneshot;
    use tokio::time::sleep;

    /// Calls that take this long each, until the stop; counts those in hand and those done.
    fn calls(
        number: usize,
        (each, stop): (Duration, Duration),
        in_hand: &Arc<AtomicUsize>,
        done: &Arc<AtomicUsize>,
    ) -> Invocations {
        let (in_hand, done) = (Arc::clone(in_hand), Arc::clone(done));
        let calls = stream::iter(0..number).map(move |_| {
            let (in_hand, done) = (Arc::clone(&in_hand), Arc::clone(&done));
            let call: Call = Box::pin(async move {
                in_hand.fetch_add(1, Ordering::SeqCst);
                sleep(each).await;
                in_hand.fetch_sub(1, Ordering::SeqCst);
                done.fetch_add(1, Ordering::SeqCst);
                Ok(())
            });
            Ok(call)
        });
        vec![("i", "f", Box::pin(calls.chain(stream::pending()).take_until(sleep(stop))))]
    }

    async fn stopped_after(number: usize, each: Duration, stop: Duration) -> (usize, usize) {
        let (in_hand, done) = (Arc::default(), Arc::default());
        serve(calls(number, (each, stop), &in_hand, &done), sleep(stop), 3, &Tally::default()).await;
        (in_hand.load(Ordering::SeqCst), done.load(Ordering::SeqCst))
    }

    #[tokio::test(start_paused = true)]
    async fn a_stop_waits_for_the_calls_in_hand() {
        let each = Duration::from_secs(4);
        // Three fit; they end in the drain, and no other is begun after the stop.
        assert_eq!(stopped_after(9, each, Duration::from_secs(1)).await, (0, 3));
        assert_eq!(stopped_after(9, each, Duration::from_secs(5)).await, (0, 6));
        assert_eq!(stopped_after(9, each, Duration::from_secs(99)).await, (0, 9));
    }

    #[tokio::test(start_paused = true)]
    async fn a_stop_does_not_wait_for_ever() {
        let (left, done) = stopped_after(1, DRAIN_MAX * 9, Duration::from_secs(1)).await;
        assert_eq!((left, done), (1, 0));
    }

    #[tokio::test(start_paused = true)]
    async fn a_failed_call_stops_nobody() {
        let (tell, told) = oneshot::channel();
        let bad: Call = Box::pin(async { anyhow::bail!("no") });
        let good: Call = Box::pin(async {
            // The test waits for it.
            let _ = tell.send(());
            Ok(())
        });
        let calls = stream::iter([Err(anyhow::anyhow!("not accepted")), Ok(bad), Ok(good)]);
        let stopping = async {
            // Both ends are here.
            let _ = told.await;
        };
        serve(vec![("i", "f", Box::pin(calls.chain(stream::pending())))], stopping, 1, &Tally::default())
            .await;
    }
}
