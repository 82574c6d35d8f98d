//! The backends on JetStream, and what they share: streams, safe publishing, reading in batches.

pub(crate) mod bus;
pub(crate) mod ledger;
pub(crate) mod outbox;
mod queues;
pub(crate) mod tail;
mod timers;
mod values;

pub use bus::Bus;
pub use ledger::JetStreamLedger;
pub use queues::{JetStreamClaim, JetStreamQueues};
pub use timers::{JetStreamDue, JetStreamTimers};
pub use values::JetStreamValues;

use crate::Sealed;
use core_brand::Fault;

/// The journals of a lattice.
pub type LatticeLedger = Sealed<JetStreamLedger, JetStreamValues>;

impl LatticeLedger {
    /// Uses the streams of journals and of keys, and makes them when there are none.
    pub async fn open(bus: &Bus) -> Result<Self, Fault> {
        Ok(Self::new(JetStreamLedger::open(bus).await?, JetStreamValues::keys(bus).await?))
    }
}
