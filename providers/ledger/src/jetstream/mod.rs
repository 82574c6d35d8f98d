//! The backends on JetStream, and what they share: streams, safe publishing, reading in batches.

pub(crate) mod bus;
mod ledger;
mod queues;
mod values;

pub use bus::Bus;
pub use ledger::JetStreamLedger;
pub use queues::{JetStreamClaim, JetStreamQueues};
pub use values::JetStreamValues;
