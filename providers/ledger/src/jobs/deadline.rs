//! Ends jobs whose time is over, whether anybody works on them or not.
//!
//! Each job has a timer. The journal is the truth and the timer only a reminder: one that was never set is made up for by
//! the sweeper, and one that comes late or twice finds nothing to do.

use super::desk::{Asker, Desk};
use super::projection::Job;
use crate::Ledger;
use crate::journal::{Home, event_of};
use crate::queue::Queues;
use crate::timers::{Due, Timers};
use core_brand::fault::Code;
use core_brand::{Fault, broken};
use core_saga::Event;
use std::time::Duration;
use tokio::time::sleep;
use tracing::{error, info, warn};

/// One look at the timers waits this long.
const LOOK: Duration = Duration::from_secs(30);
/// While the timers are away they are asked again after this long.
const AWAY: Duration = Duration::from_millis(500);

/// Sets the timer of a job that begins with this entry.
pub(super) async fn set<T: Timers>(timers: &T, home: &Home, first: &[u8]) {
    let set = async {
        let (envelope, event) = event_of(first)?;
        let Event::Requested { terms, .. } = event else {
            return Err(broken!("a job begins with another event"));
        };
        // A job that ends in the millisecond it is due is in time.
        let late_ms = envelope.recorded_ms.saturating_add(terms.timeout_ms).saturating_add(1);
        timers.set(&id(home), late_ms, home.subject().into_bytes()).await
    };
    if let Err(fault) = set.await {
        warn!(code = %fault.code, job = %home.job_id, "a deadline waits for the sweeper: {}", fault.message);
    }
}

/// Does what timers say, for ever.
pub async fn keep<L: Ledger, Q: Queues, T: Timers>(desk: Desk<L, Q, T>, now_ms: fn() -> u64) {
    loop {
        let kept = match desk.timers.due(LOOK).await {
            Ok(Some(due)) => expire(&desk, due, now_ms()).await,
            Ok(None) => Ok(()),
            Err(fault) => Err(fault),
        };
        if let Err(fault) = kept {
            warn!(code = %fault.code, "deadlines wait: {}", fault.message);
            sleep(AWAY).await;
        }
    }
}

async fn expire<L: Ledger, Q: Queues, T: Timers, D: Due>(
    desk: &Desk<L, Q, T>,
    due: D,
    now_ms: u64,
) -> Result<(), Fault> {
    let home = std::str::from_utf8(due.payload()).ok().and_then(Home::of_subject);
    match home {
        Some(home) => match desk.expire(&home, now_ms).await {
            Err(fault) if fault.is(Code::Tampered) || fault.is(Code::Broken) => {
                error!(code = %fault.code, job = %home.job_id, "a journal that cannot be read has no deadline");
            }
            outcome => outcome?,
        },
        None => error!(timer = due.id(), "a timer of no job"),
    }
    due.done().await
}

impl<L: Ledger, Q: Queues, T: Timers> Desk<L, Q, T> {
    /// Writes down that the time of a job is over, if it is and nobody has; the runner takes back what was made.
    pub(super) async fn expire(&self, home: &Home, now_ms: u64) -> Result<(), Fault> {
        let asker = Asker { tenant: home.tenant.clone(), now_ms, ..Asker::default() };
        let late = |job: &Job| job.late(now_ms);
        if let Some(view) = self.ask(&asker, &home.job_id, late).await? {
            info!(job = %home.job_id, missed = view.sla.missed, "the time of a job is over");
        }
        Ok(())
    }
}

fn id(home: &Home) -> String {
    format!("deadline.{}.{}.{}", home.region, home.tenant, home.job_id)
}
