//! Follows the stream of journals, from its beginning and for as long as it goes on.

use crate::frame::unframe;
use crate::jetstream::ledger::end_of;
use crate::jetstream::port::{Kept, unreachable};
use crate::jetstream::tail::tail;
use crate::jetstream::{Bus, LatticeLedger};
use crate::jobs::projection::Projection;
use crate::journal::{Home, SUBJECTS};
use async_nats::jetstream::stream::Stream;
use core_brand::Fault;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::sleep;
use tracing::{error, warn};

/// Between two tries.
const PAUSE: Duration = Duration::from_millis(200);

pub(crate) struct Follower {
    pub(crate) bus: Bus,
    pub(crate) ledger: Arc<LatticeLedger>,
    pub(crate) projection: Arc<Mutex<Projection>>,
    /// Set once everything that was there at the start is taken in.
    pub(crate) ready: watch::Sender<bool>,
}

impl Follower {
    /// Follows for ever; whatever breaks, it goes on behind the last message it took in.
    pub(crate) async fn run(self) {
        let mut last = 0;
        loop {
            if let Err(fault) = self.follow(&mut last).await {
                warn!(code = %fault.code, "following the journals: {}", fault.message);
            }
            sleep(PAUSE).await;
        }
    }

    async fn follow(&self, last: &mut u64) -> Result<(), Fault> {
        let info = self.stream().get_info().await.map_err(|why| unreachable(&why))?;
        let target = info.state.last_sequence;
        self.caught_up(*last, target);
        let take = |message: Kept| async move {
            self.take(&message).await?;
            self.caught_up(message.sequence, target);
            Ok(())
        };
        tail(&self.bus, self.stream(), &format!("{SUBJECTS}>"), last, take).await
    }

    fn stream(&self) -> &Stream {
        self.ledger.ledger().stream()
    }

    fn caught_up(&self, last: u64, target: u64) {
        if last >= target {
            self.ready.send_if_modified(|ready| !std::mem::replace(ready, true));
        }
    }

    /// A fault means that it has to be taken again.
    async fn take(&self, message: &Kept) -> Result<(), Fault> {
        let place = message.sequence;
        let Some(home) = Home::of_subject(&message.subject) else { return Ok(()) };
        let (Some(entries), Some(end)) = (unframe(&message.payload), end_of(message)) else {
            warn!(subject = %message.subject, "an append is not whole");
            return Ok(());
        };
        let begin = end.saturating_sub(entries.len() as u64);
        let said = self.ledger.said_where_it_opens(&home, begin, &entries).await?;
        let mut projection = self.projection.lock().unwrap_or_else(PoisonError::into_inner);
        if let Err(fault) = projection.check(&home, place, begin, &entries) {
            error!(code = %fault.code, subject = %message.subject, "{}", fault.message);
        } else if let Err(fault) = projection.take(&home, place, said) {
            warn!(code = %fault.code, subject = %message.subject, "{}", fault.message);
        }
        Ok(())
    }
}
