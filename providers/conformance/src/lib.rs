//! One suite per capability; every backend runs it.
//!
//! **Law.** A promise that callers rely on is asserted here, against the trait, never against one backend.
//! **Absent.** What only one backend can do (a folder's torn tail): that is tested with the backend.

mod at_hand;
pub mod blobs;
pub mod ledger;
pub mod queues;
pub mod sealed;
pub mod server;
pub mod timers;
pub mod values;

pub use at_hand::{nats_server, nats_server_with, receivers};
