//! What is done with a job on behalf of its owner, of its deadline and of those who forgot it: written into its journal, and
//! a reminder put into the queue of decisions.
//!
//! The same code over every ledger, queue and timer there is; `Jobs` does it on a lattice, `lattice/sim` over faults.

use super::deadline;
use super::projection::{Job, Stale};
use crate::journal::{Chain, Home, Stamp, entry_of, previous_of, region_of};
use crate::queue::{DECIDE, Queues, Work};
use crate::timers::Timers;
use crate::{Ledger, read_all};
use core_brand::Fault;
use core_brand::fault::Code;
use core_saga::{Event, Priority, View};
use std::sync::Arc;
use tracing::warn;

/// Appends of an owner meet those of the runner; each time it is decided anew.
const TRIES: usize = 8;
/// A job that nobody says anything of for this long is looked at again. A task takes at most five seconds.
pub const STALE_MS: u64 = 20_000;

/// Who asks.
#[derive(Clone, Debug, Default)]
pub struct Asker {
    pub tenant: String,
    pub traceparent: String,
    pub now_ms: u64,
}

/// A job begun, now or earlier under the same id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    pub fresh: bool,
    pub first: Vec<u8>,
}

/// Where jobs are written down.
pub struct Desk<L, Q, T> {
    pub ledger: Arc<L>,
    pub queues: Arc<Q>,
    pub timers: Arc<T>,
}

impl<L, Q, T> Clone for Desk<L, Q, T> {
    fn clone(&self) -> Self {
        Self { ledger: self.ledger.clone(), queues: self.queues.clone(), timers: self.timers.clone() }
    }
}

impl<L: Ledger, Q: Queues, T: Timers> Desk<L, Q, T> {
    /// Stores the first entry of a job: whoever hears that need not wait until others have heard of it.
    pub async fn begin(&self, home: &Home, first: Vec<u8>) -> Result<Receipt, Fault> {
        let subject = home.subject();
        match self.ledger.append(&subject, 0, vec![first.clone()]).await {
            Ok(_) => Ok(Receipt { fresh: true, first }),
            Err(fault) if fault.is(Code::Conflict) => {
                let stored = self.ledger.read(&subject, 0).await?;
                let first = self.ledger.unseal(&subject, 0, &stored).await?.into_iter().next();
                // Taken, and not to be read yet: a replica that is asked may be behind.
                let first = first.ok_or_else(|| Fault::new(Code::KeyInFlight, []))?;
                if matches!(entry_of(&first), Ok((_, None))) {
                    // What was asked then is gone, so nobody can say whether this is the same.
                    return Err(Fault::new(Code::BrandErased, [("id", home.job_id.clone())]));
                }
                Ok(Receipt { fresh: false, first })
            }
            Err(fault) => Err(fault),
        }
    }

    /// Lets others hear of a job that is stored, and keeps its deadline. What does not get through is made up for by the sweeper.
    pub async fn announce(&self, traceparent: &str, home: &Home, priority: Priority, first: &[u8]) {
        let work = work(home, priority, 0, traceparent);
        tokio::join!(self.remind(&work), deadline::set(&*self.timers, home, first));
    }

    /// The journal is the truth; a reminder that does not get through is sent by the sweeper.
    async fn remind(&self, work: &Work) {
        if let Err(fault) = self.queues.enqueue(work).await {
            warn!(code = %fault.code, job = %work.job_id, "a reminder waits for the sweeper: {}", fault.message);
        }
    }

    /// Asks a job to stop; one that has ended stays as it is.
    pub async fn cancel(&self, asker: &Asker, id: &str) -> Result<Option<View>, Fault> {
        self.ask(asker, id, |job| job.may_cancel().then_some(Event::CancelRequested)).await
    }

    /// Forgets a brand, whatever its state.
    pub async fn erase(&self, asker: &Asker, id: &str) -> Result<Option<View>, Fault> {
        self.ask(asker, id, |job| job.may_erase().then_some(Event::EraseRequested)).await
    }

    /// Appends what is asked, if it still may be, and gives the view with it.
    pub(super) async fn ask(
        &self,
        asker: &Asker,
        id: &str,
        wish: impl Fn(&Job) -> Option<Event>,
    ) -> Result<Option<View>, Fault> {
        for _ in 0..TRIES {
            let Some((mut job, stored)) = self.read(asker, id).await? else { return Ok(None) };
            let sequence = stored.len() as u64;
            if let Some(event) = wish(&job) {
                let stamp = Stamp {
                    now_ms: asker.now_ms,
                    traceparent: Some(asker.traceparent.clone()).filter(|text| !text.is_empty()),
                    ..Stamp::default()
                };
                let entry = job.home.entry(sequence, &previous_of(&stored), &event, stamp)?;
                match self.ledger.append(&job.home.subject(), sequence, vec![entry]).await {
                    Ok(_) => job.apply(&event, asker.now_ms, 0),
                    Err(fault) if fault.is(Code::Conflict) => continue,
                    Err(fault) => return Err(fault),
                }
            }
            if job.is_open() {
                // Also when it was asked before: whoever asks again may have seen nothing happen.
                self.remind(&work(&job.home, job.view.priority, job.view.sequence, &asker.traceparent)).await;
            }
            return Ok(Some(job.view));
        }
        Err(Fault::new(Code::Conflict, [("expected", "a pause".to_owned()), ("found", "others".to_owned())]))
    }

    /// A job and its entries, from its journal, with its chain checked.
    pub(super) async fn read(&self, asker: &Asker, id: &str) -> Result<Option<(Job, Vec<Vec<u8>>)>, Fault> {
        let (Some(region), Ok(())) = (region_of(id), check_tenant(&asker.tenant)) else { return Ok(None) };
        let home = Home::new(region, &asker.tenant, id);
        let stored = read_all(&*self.ledger, &home.subject()).await?;
        if stored.is_empty() {
            return Ok(None);
        }
        let entries = self.ledger.entries(&home.subject(), Chain::of(&stored)?).await?;
        Ok(Some((Job::of(home, &entries), stored)))
    }

    /// Reminds of a job of which nothing was heard for long, and ends it if it is late.
    pub async fn look_after(&self, home: &Home, now_ms: u64) -> Result<(), Fault> {
        let asker = Asker { tenant: home.tenant.clone(), ..Asker::default() };
        let Some((job, _)) = self.read(&asker, &home.job_id).await? else { return Ok(()) };
        match job.stale(now_ms.saturating_sub(STALE_MS), now_ms) {
            Some(stale) => self.remind_again(&stale, now_ms).await,
            None => Ok(()),
        }
    }

    pub(super) async fn remind_again(&self, job: &Stale, now_ms: u64) -> Result<(), Fault> {
        if job.is_late {
            // Its timer was never set, or nobody heard of it.
            self.expire(&job.home, now_ms).await?;
        }
        self.queues.enqueue(&again(job, now_ms)).await
    }
}

/// One reminder in each span of time, however many sweepers there are. Spans get longer, each twice the one before: a job that
/// only waits for its turn is not to fill the queues that it waits in.
fn again(job: &Stale, now_ms: u64) -> Work {
    let work = work(&job.home, job.priority, job.sequence, &job.traceparent);
    let span = match job.silent_ms {
        Some(silent_ms) => format!("{}", (silent_ms / STALE_MS).max(1).ilog2()),
        None => format!("at-{}", now_ms / STALE_MS),
    };
    Work { id: format!("{}/{span}", work.id), ..work }
}

fn work(home: &Home, priority: Priority, sequence: u64, traceparent: &str) -> Work {
    Work {
        step: DECIDE.to_owned(),
        priority,
        tenant: home.tenant.clone(),
        home_region: home.region.clone(),
        job_id: home.job_id.clone(),
        id: format!("{}/{DECIDE}/{sequence}", home.job_id),
        traceparent: traceparent.to_owned(),
    }
}

/// The tenant is a token of a subject, and separates the journals of one from those of another.
pub(super) fn check_tenant(tenant: &str) -> Result<(), Fault> {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
    match (1..=64).contains(&tenant.len()) && tenant.chars().all(is_plain) {
        true => Ok(()),
        false => Err(malformed(format!("`{tenant}` is not a tenant"))),
    }
}

pub(super) fn malformed(why: String) -> Fault {
    Fault::new(Code::JobMalformed, [("why", why)])
}
