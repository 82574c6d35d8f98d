//! The backends over streams: the code that decides (`ledger`, `queues`, `values`, `timers`) knows a server only through
//! `port`; `Bus` is JetStream behind it.

pub(crate) mod bus;
pub(crate) mod ledger;
pub(crate) mod outbox;
pub mod port;
mod queues;
mod scan;
pub(crate) mod tail;
mod timers;
mod values;

pub use bus::Bus;
pub use ledger::StreamLedger;
pub use queues::{StreamClaim, StreamQueues};
pub use scan::verify_servers;
pub use timers::{StreamDue, StreamTimers};
pub use values::StreamValues;

use crate::Sealed;
use core_brand::Fault;
use port::Streams;

pub type JetStreamLedger = StreamLedger<Bus>;
pub type JetStreamQueues = StreamQueues<Bus>;
pub type JetStreamTimers = StreamTimers<Bus>;
pub type JetStreamValues = StreamValues<Bus>;

/// The journals of a lattice.
pub type LatticeLedger = Sealed<JetStreamLedger, JetStreamValues>;

impl<S: Streams> Sealed<StreamLedger<S>, StreamValues<S>> {
    /// Uses the streams of journals and of keys, and makes them when there are none.
    pub async fn open(bus: &S) -> Result<Self, Fault> {
        Ok(Self::new(StreamLedger::open(bus).await?, StreamValues::keys(bus).await?))
    }
}
