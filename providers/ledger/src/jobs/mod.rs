//! Brand jobs as their owners see them: begin, look, follow, stop, forget.
//!
//! What is asked is appended to the journal, and a reminder put into the queue of decisions; what is seen is folded from
//! the journals, in memory.

mod chain;
mod deadline;
mod desk;
mod follow;
mod projection;
mod public;
mod quota;
mod shelf;
mod whole;

pub use deadline::keep as keep_deadlines;
pub use desk::{Asker, Desk, Receipt, STALE_MS};
pub(crate) use projection::Job;
pub use public::PublicEvent;
pub(crate) use public::tell;
pub(crate) use shelf::said;
pub use shelf::{Order, Shelf, Wish};

use crate::jetstream::outbox::Outbox;
use crate::jetstream::{Bus, JetStreamQueues, JetStreamTimers, LatticeLedger};
use crate::journal::{Home, event_of, region_of};
use core_brand::envelope::GENESIS;
use core_brand::fault::Code;
use core_brand::{Blame, Fault};
use core_saga::{Event, OPEN_MAX, Priority, Status, View};
use desk::{check_tenant, malformed};
use follow::Follower;
use futures::{StreamExt, TryStreamExt, stream};
use projection::Projection;
use quota::QuotaNews;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{Semaphore, watch};
use tokio::task::AbortHandle;
use tokio::time::{Instant, sleep, timeout, timeout_at};
use tracing::warn;

/// One call begins at most this many jobs.
pub const SUBMISSIONS_MAX: usize = 100;
/// One page has at most this many.
pub const PAGE_MAX: u32 = 100;
/// Nobody waits longer in one call; proxies close calls that say nothing for half a minute.
pub const WAIT_MS_MAX: u32 = 20_000;
/// So many journals are written at once.
const WIDTH: usize = 16;
/// Of so many jobs others may not have heard yet when they are answered for.
const BEHIND_MAX: u32 = 256;
/// How often forgotten jobs are looked for.
const SWEEP: Duration = Duration::from_secs(5);
/// One sweep reminds of at most this many; the next one of the others.
const SWEEP_MAX: usize = 1000;
/// A job that is in its journal is in memory by then, or the follower is behind.
const SETTLE: Duration = Duration::from_secs(1);
/// Who has too much in hand comes back after this long; a brand takes some seconds.
const FULL_MS: u32 = 5000;

/// A job to begin.
#[derive(Clone, Debug)]
pub struct Submission {
    pub id: String,
    pub home_region: String,
    /// The envelope of the first event, as it is to be stored.
    pub first: Vec<u8>,
}

/// Jobs of a tenant, newest first.
#[derive(Clone, Debug, PartialEq)]
pub struct Views {
    pub views: Vec<View>,
    /// What to ask for the next ones.
    pub next: Option<String>,
}

/// The jobs of the lattice.
pub struct Jobs {
    desk: Desk<LatticeLedger, JetStreamQueues, JetStreamTimers>,
    projection: Arc<Mutex<Projection>>,
    ready: watch::Receiver<bool>,
    quota: Arc<QuotaNews>,
    /// Jobs of which others have not heard yet take a place each.
    behind: Arc<Semaphore>,
    tasks: Vec<AbortHandle>,
}

impl Jobs {
    /// Begins to follow the journals, to keep deadlines, and to publish. `now_ms` is the clock of timers and sweeper.
    pub async fn start(bus: &Bus, now_ms: fn() -> u64) -> Result<Self, Fault> {
        let ledger = Arc::new(LatticeLedger::open(bus).await?);
        let queues = Arc::new(JetStreamQueues::open(bus).await?);
        let timers = Arc::new(JetStreamTimers::open(bus, Arc::new(now_ms)).await?);
        let outbox = Outbox::open(bus, ledger.clone()).await?;
        let projection: Arc<Mutex<Projection>> = Arc::default();
        let (sender, ready) = watch::channel(false);
        let follower = Follower {
            bus: bus.clone(),
            ledger: ledger.clone(),
            projection: projection.clone(),
            ready: sender,
        };
        let desk = Desk { ledger, queues, timers };
        let quota = Arc::new(QuotaNews::new(bus, now_ms));
        let behind = Arc::new(Semaphore::new(BEHIND_MAX as usize));
        let mut jobs = Self { desk, projection, ready, quota, behind, tasks: Vec::new() };
        jobs.tasks = vec![
            tokio::spawn(follower.run()).abort_handle(),
            tokio::spawn(sweep(jobs.apart(), now_ms)).abort_handle(),
            tokio::spawn(deadline::keep(jobs.desk.clone(), now_ms)).abort_handle(),
            tokio::spawn(outbox.run()).abort_handle(),
        ];
        Ok(jobs)
    }

    /// The same jobs for a task of their own, which ends with them.
    fn apart(&self) -> Self {
        Self {
            desk: self.desk.clone(),
            projection: self.projection.clone(),
            ready: self.ready.clone(),
            quota: self.quota.clone(),
            behind: self.behind.clone(),
            tasks: Vec::new(),
        }
    }

    /// Waits until everything stored before the start is known.
    pub async fn ready(&self) {
        // The sender lives as long as the follower, and that as long as this.
        let _ = self.ready.clone().wait_for(|ready| *ready).await;
    }

    #[must_use]
    pub fn ledger(&self) -> &LatticeLedger {
        &self.desk.ledger
    }

    fn projection(&self) -> MutexGuard<'_, Projection> {
        self.projection.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins jobs, all of which are stored when this answers.
    pub async fn submit(&self, asker: &Asker, submissions: Vec<Submission>) -> Result<Vec<Receipt>, Fault> {
        let count = submissions.len();
        if count == 0 || count > SUBMISSIONS_MAX {
            let [count, max] = [count, SUBMISSIONS_MAX].map(|number| number.to_string());
            return Err(Fault::new(Code::BatchSize, [("count", count), ("max", max)]));
        }
        // All are looked at before the first is stored.
        let checked: Result<Vec<_>, Fault> =
            submissions.into_iter().map(|one| Ok((check(asker, &one)?, one))).collect();
        let checked = checked?;
        self.admit(&asker.tenant, &checked)?;
        let begun = checked.into_iter().map(|((home, priority), one)| async move {
            let receipt = self.desk.begin(&home, one.first).await?;
            self.announce(asker, home, priority, receipt.first.clone()).await;
            Ok(receipt)
        });
        stream::iter(begun).buffered(WIDTH).try_collect().await
    }

    /// Lets others hear of a job that is stored, behind the answer; before it where too many are on the way.
    async fn announce(&self, asker: &Asker, home: Home, priority: Priority, first: Vec<u8>) {
        let (desk, traceparent) = (self.desk.clone(), asker.traceparent.clone());
        let priority = self.projection().queue_of(&asker.tenant, priority);
        let place = self.behind.clone().try_acquire_owned();
        let announcing = async move { desk.announce(&traceparent, &home, priority, &first).await };
        let Ok(place) = place else { return announcing.await };
        tokio::spawn(async move {
            announcing.await;
            drop(place);
        });
    }

    /// Waits until others have heard of everything that was answered, before the process ends.
    pub async fn announced(&self) {
        if timeout(SETTLE, self.behind.acquire_many(BEHIND_MAX)).await.is_err() {
            warn!("jobs that others have not heard of wait for the sweeper");
        }
    }

    /// Refuses what would be too much in hand. What was begun earlier is no more than it was. The count follows the stream,
    /// so a burst may pass it by what is on the way.
    fn admit(&self, tenant: &str, wanted: &[((Home, Priority), Submission)]) -> Result<(), Fault> {
        let (fresh, open) = {
            let projection = self.projection();
            let fresh = wanted.iter().filter(|(_, one)| projection.job(tenant, &one.id).is_none()).count();
            (fresh, projection.open_of(tenant, OPEN_MAX))
        };
        if fresh == 0 || open + fresh <= OPEN_MAX {
            self.quota.used(tenant, open + fresh);
            return Ok(());
        }
        self.quota.refused(tenant, open);
        let [open, count, max] = [open, fresh, OPEN_MAX].map(|number| number.to_string());
        let fault = Fault::new(Code::QuotaOpen, [("open", open), ("count", count), ("max", max)]);
        Err(Fault { retry_after_ms: FULL_MS, ..fault })
    }

    /// A job; nothing if this tenant has none of that id.
    pub async fn view(&self, asker: &Asker, id: &str) -> Result<Option<View>, Fault> {
        if let Some(view) = self.projection().view(&asker.tenant, id) {
            return Ok(Some(view));
        }
        // Begun a moment ago and not yet heard of, or ended long ago, so that its files are no longer in memory.
        let Some((job, _)) = self.desk.read(asker, id).await? else { return Ok(None) };
        self.projection().restore(&job.view);
        Ok(Some(job.view))
    }

    /// The jobs of the tenant.
    pub async fn views(
        &self,
        asker: &Asker,
        status: Option<&str>,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Views, Fault> {
        self.ready().await;
        let status = status.map(status_of).transpose()?;
        let limit = limit.clamp(1, PAGE_MAX) as usize;
        let page = self.projection().page(&asker.tenant, status, after, limit);
        Ok(Views { views: page.views, next: page.next })
    }

    /// The jobs of the tenant in an order, filtered.
    pub async fn shelf(&self, asker: &Asker, wish: &Wish) -> Result<Shelf, Fault> {
        self.ready().await;
        let wish = Wish { limit: wish.limit.clamp(1, PAGE_MAX as usize), ..wish.clone() };
        let projection = self.projection();
        projection
            .tenant(&asker.tenant)
            .map_or_else(|| Ok(Shelf::default()), |tenant| shelf::page(tenant, &wish))
    }

    /// How many jobs of the tenant have not ended; counted no further than there may be.
    pub async fn open(&self, asker: &Asker) -> usize {
        self.ready().await;
        self.projection().open_of(&asker.tenant, OPEN_MAX)
    }

    /// What happened to a job after this sequence; waits for something to happen.
    pub async fn events(
        &self,
        asker: &Asker,
        id: &str,
        after: u64,
        wait_ms: u32,
    ) -> Result<Vec<PublicEvent>, Fault> {
        let end = Instant::now() + Duration::from_millis(u64::from(wait_ms.min(WAIT_MS_MAX)));
        let Some(mut changed) = self.settled(asker, id).await? else { return Ok(Vec::new()) };
        loop {
            if *changed.borrow_and_update() > after {
                let told = self.told(asker, id, after).await?;
                if !told.is_empty() {
                    return Ok(told);
                }
            }
            if !matches!(timeout_at(end, changed.changed()).await, Ok(Ok(()))) {
                return Ok(Vec::new());
            }
        }
    }

    /// What is kept in memory, and what the journal says where nothing is.
    async fn told(&self, asker: &Asker, id: &str, after: u64) -> Result<Vec<PublicEvent>, Fault> {
        let kept = |job: &Job| job.told_after(after);
        if let Some(told) = self.projection().job(&asker.tenant, id).and_then(kept) {
            return Ok(told);
        }
        Ok(self.desk.read(asker, id).await?.and_then(|(job, _)| job.told_after(after)).unwrap_or_default())
    }

    /// Asks a job to stop; one that has ended stays as it is.
    pub async fn cancel(&self, asker: &Asker, id: &str) -> Result<Option<View>, Fault> {
        self.desk.cancel(asker, id).await
    }

    /// Forgets a brand, whatever its state.
    pub async fn erase(&self, asker: &Asker, id: &str) -> Result<Option<View>, Fault> {
        self.desk.erase(asker, id).await
    }

    /// Follows a job that is stored, once the follower has heard of it.
    async fn settled(&self, asker: &Asker, id: &str) -> Result<Option<watch::Receiver<u64>>, Fault> {
        let end = Instant::now() + SETTLE;
        let mut is_stored = false;
        loop {
            if let Some(changed) = self.projection().watch(&asker.tenant, id) {
                return Ok(Some(changed));
            }
            is_stored = is_stored || self.desk.read(asker, id).await?.is_some();
            if !is_stored || Instant::now() >= end {
                return Ok(None);
            }
            sleep(Duration::from_millis(5)).await;
        }
    }
}

impl Drop for Jobs {
    fn drop(&mut self) {
        self.tasks.iter().for_each(AbortHandle::abort);
    }
}

/// Reminds of jobs that nobody seems to work on.
async fn sweep(jobs: Jobs, now_ms: fn() -> u64) {
    jobs.ready().await;
    let mut last = None;
    loop {
        let now = now_ms();
        let stale = jobs.projection().stale(now.saturating_sub(STALE_MS), now, last.as_ref(), SWEEP_MAX);
        for job in stale {
            match jobs.desk.remind_again(&job, now).await {
                Err(fault) if fault.blame == Blame::Busy => {
                    warn!(code = %fault.code, "the sweeper waits: {}", fault.message);
                    break;
                }
                // What is wrong with one job is no reason to forget the others.
                Err(fault) => {
                    warn!(code = %fault.code, job = %job.home.job_id, "not reminded of: {}", fault.message);
                }
                Ok(()) => {}
            }
            last = Some((job.home.tenant, job.home.job_id));
        }
        sleep(SWEEP).await;
    }
}

/// Refuses what is not the beginning of a job of this tenant.
pub(crate) fn check(asker: &Asker, one: &Submission) -> Result<(Home, Priority), Fault> {
    check_tenant(&asker.tenant)?;
    if region_of(&one.id) != Some(&one.home_region) {
        return Err(malformed(format!("`{}` is not the id of a job in {}", one.id, one.home_region)));
    }
    let (envelope, event) = event_of(&one.first).map_err(|fault| malformed(fault.message))?;
    let Event::Requested { terms, .. } = event else {
        return Err(malformed("the first event is not a request".to_owned()));
    };
    let is_at_home = envelope.tenant == asker.tenant
        && envelope.home_region == one.home_region
        && envelope.correlation_id == one.id
        && envelope.previous == GENESIS;
    match is_at_home {
        true => Ok((Home::new(&one.home_region, &asker.tenant, &one.id), terms.priority)),
        false => Err(malformed("the first event belongs to another job".to_owned())),
    }
}

pub(crate) fn status_of(text: &str) -> Result<Status, Fault> {
    serde_json::from_value(serde_json::Value::from(text)).map_err(|_| {
        malformed(format!(
            "`{text}` is not a status; there are queued, running, completed, failed, cancelled, erased"
        ))
    })
}
