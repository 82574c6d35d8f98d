//! Takes decisions of the saga and does them: calls components, keeps the journal.
//!
//! The same library runs in one process and on a lattice; what differs is behind `Callee`, `Ledger` and `Blobs`.
//!
//! **Law.** Every act is in the journal before the next is decided, so the process may die at any point and a later run
//! goes on where the journal ends. Only `busy` is tried again.
//! **Absent.** Deciding (`core-saga`, in the orchestrator component), reading a clock (handed in).

mod callee;
mod journal;
mod run;

pub use callee::{CallContext, Callee, Decided};
pub use journal::Journal;
pub use run::{Finished, Job, Limits, Progress, Runner, Stop};
