//! Pools over the queues: so many pieces of work at once, renewed while they are done, given back on a stop.
//!
//! Steps that compute share one pool, however many of them have work: more at once would only make each slower, and whoever
//! is in no hurry would take time from who is. Of one priority the later step goes first, so that what was begun ends.
//! Decisions and painting have pools of their own: the one takes a moment, the other waits for somebody else.

use crate::callee::Callee;
use crate::drive::{Driver, Verdict};
use crate::limits::Stop;
use core_brand::Fault;
use core_saga::{PAINT, STEPS_PAINTED};
use imprint_blobs::Blobs;
use imprint_ledger::Ledger;
use imprint_ledger::queue::{CLAIM_MS, Claim, DECIDE, Queues};
use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use tracing::warn;

/// How often a claim is renewed: twice may fail before somebody else gets the work.
const RENEW: Duration = Duration::from_millis(CLAIM_MS / 3);

/// How long one look into a queue waits for work.
const LOOK: Duration = Duration::from_secs(5);

/// While the queues are away they are asked again after this long.
const AWAY: Duration = Duration::from_millis(200);

/// How long a stop waits for work in hands. A task takes about five seconds; what takes longer is given back.
const DRAIN_MAX: Duration = Duration::from_secs(10);

/// Giving back is one message; a server that does not take it will hand the work out by itself.
const GIVE_BACK_MAX: Duration = Duration::from_secs(2);

/// Does the work of all queues until a stop, `width` pieces of each pool at once.
pub async fn serve<L, Q, B, C>(
    driver: Arc<Driver<L, Q, B, C>>,
    width: usize,
    stopping: impl Future<Output = ()> + Send,
) where
    L: Ledger + 'static,
    Q: Queues + 'static,
    B: Blobs + 'static,
    C: Callee,
{
    let stop = Stop::default();
    let (late, is_late) = watch::channel(false);
    let (stopped, is_stopped) = watch::channel(false);
    let mut queues = JoinSet::new();
    let computing = STEPS_PAINTED.iter().rev().map(|row| row.name).filter(|step| *step != PAINT).collect();
    for steps in [vec![DECIDE], vec![PAINT], computing] {
        let worker = Worker { driver: driver.clone(), stop: stop.clone(), late: is_late.clone() };
        queues.spawn(worker.pool(steps, width, is_stopped.clone()));
    }
    stopping.await;
    stop.ask();
    stopped.send_replace(true);
    if timeout(DRAIN_MAX - GIVE_BACK_MAX, async { while queues.join_next().await.is_some() {} })
        .await
        .is_err()
    {
        late.send_replace(true);
        // What cannot even be given back comes back by itself.
        let _ = timeout(GIVE_BACK_MAX, async { while queues.join_next().await.is_some() {} }).await;
    }
}

struct Worker<L, Q, B, C> {
    driver: Arc<Driver<L, Q, B, C>>,
    stop: Stop,
    /// Work in hands is given back at once.
    late: watch::Receiver<bool>,
}

impl<L, Q, B, C> Clone for Worker<L, Q, B, C> {
    fn clone(&self) -> Self {
        Self { driver: self.driver.clone(), stop: self.stop.clone(), late: self.late.clone() }
    }
}

impl<L, Q, B, C> Worker<L, Q, B, C>
where
    L: Ledger + 'static,
    Q: Queues + 'static,
    B: Blobs + 'static,
    C: Callee,
{
    async fn pool(self, steps: Vec<&'static str>, width: usize, mut stopped: watch::Receiver<bool>) {
        let places = Arc::new(Semaphore::new(width.max(1)));
        let mut in_hands = JoinSet::new();
        loop {
            let next = async {
                // The semaphore is never closed.
                let place = places.clone().acquire_owned().await.ok();
                (place, self.driver.queues.claim(&steps, LOOK).await)
            };
            let (place, claimed) = tokio::select! {
                biased; // the same run is the same run again: nothing here is left to chance
                // The sender is alive as long as the pool.
                _ = stopped.wait_for(|stopped| *stopped) => break,
                next = next => next,
            };
            while in_hands.try_join_next().is_some() {}
            match claimed {
                Ok(Some(claim)) => {
                    let worker = self.clone();
                    in_hands.spawn(async move {
                        worker.handle(claim).await;
                        drop(place);
                    });
                }
                Ok(None) => {}
                Err(fault) => {
                    warn!(code = fault.code, queues = steps.join(", "), "queues are away");
                    sleep(AWAY).await;
                }
            }
        }
        while in_hands.join_next().await.is_some() {}
    }

    async fn handle(self, claim: Q::Claim) {
        let work = claim.work().clone();
        let verdict = self.renewed(&claim).await;
        if let Err(fault) = settle(claim, verdict).await {
            // It comes back, and what was done is found in the journal.
            warn!(code = fault.code, job = work.job_id, step = work.step, "a claim is not settled");
        }
    }

    /// Does the work and renews the claim, until the end of one of both.
    async fn renewed(&self, claim: &Q::Claim) -> Verdict {
        let mut late = self.late.clone();
        let mut acting = pin!(self.driver.act(claim.work(), claim.deliveries(), &self.stop));
        loop {
            tokio::select! {
                biased;
                verdict = &mut acting => return verdict,
                _ = late.wait_for(|late| *late) => return Verdict::Again(Duration::ZERO),
                () = sleep(RENEW) => {}
            }
            // The work goes on beside it; a claim that is lost is fenced by the journal.
            tokio::select! {
                biased;
                verdict = &mut acting => return verdict,
                _ = late.wait_for(|late| *late) => return Verdict::Again(Duration::ZERO),
                renewed = claim.renew() => if let Err(fault) = renewed {
                    warn!(code = fault.code, job = claim.work().job_id, "a claim is not renewed");
                },
            }
        }
    }
}

async fn settle<K: Claim>(claim: K, verdict: Verdict) -> Result<(), Fault> {
    match verdict {
        Verdict::Done => claim.done().await,
        Verdict::Again(after) => claim.again(after).await,
        Verdict::Bury(why) => claim.bury(&why).await,
    }
}
