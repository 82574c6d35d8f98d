//! Takes decisions of the saga and does them: calls components, keeps the journal.
//!
//! The same acts run in one process (`Runner`) and on a lattice (`Driver`); what differs is behind `Callee`, `Ledger`,
//! `Queues` and `Blobs`. Feature `nats` has what a lattice needs: components by id, and the provider.
//!
//! **Law.** Every act is in the journal before the next is decided, so the process may die at any point and a later run
//! goes on where the journal ends. Only `busy` is tried again. Nothing that a job made outlives a job that came to
//! nothing (`tests/driver.rs` fails, kills, cancels and erases at every point, by loop).
//! **Absent.** Deciding (`core-saga`, in the orchestrator component), reading a clock (handed in).

mod acts;
mod arms;
mod breaker;
mod bulkhead;
mod callee;
mod drive;
mod exposures;
#[cfg(feature = "nats")]
mod gauges;
mod guard;
mod journal;
#[cfg(feature = "nats")]
mod lattice;
mod limits;
mod meters;
#[cfg(feature = "nats")]
mod painter;
#[cfg(feature = "nats")]
pub mod provider;
mod retry;
mod reuse;
mod run;
mod serve;
mod shadows;

pub use callee::{Asked, CallContext, Callee, Decided, Paintings};
pub use drive::{Driver, Verdict};
pub use exposures::Exposures;
pub use guard::{Guard, Guards};
pub use journal::Journal;
#[cfg(feature = "nats")]
pub use lattice::LatticeCallee;
pub use limits::{Limits, Stop};
pub use meters::{Metered, MeteredClaim};
pub use retry::{ATTEMPTS, PAINT_MS, WAIT_MS_MAX};
pub use reuse::{Account, Past, Reusing};
pub use run::{Finished, Job, Progress, Runner};
pub use serve::serve;
pub use shadows::Shadows;
