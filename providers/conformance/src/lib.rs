//! One suite per capability; every backend runs it.
//!
//! **Law.** A promise that callers rely on is asserted here, against the trait, never against one backend.
//! **Absent.** What only one backend can do (a folder's torn tail): that is tested with the backend.

pub mod blobs;
pub mod ledger;
pub mod queues;
pub mod sealed;
pub mod streams;
pub mod timers;
pub mod values;
