//! The shipped saga, ledger and runner on a seeded clock, bus and store that fail; and what must be true behind it.
//!
//! Only the server, the components, the owners and the clock are made up. What decides is what runs on a lattice: `core_saga`,
//! `Desk`, `StreamLedger`, `StreamQueues` and `StreamTimers` over the port that JetStream is behind, `Driver`, `Guard` and `serve`.
//!
//! **Law.** A seed is a run: the same seed and plan give the same story and the same histories, on one thread and without
//! waiting. Nothing is believed that a process says; all is checked on what the server holds (`check.rs`).
//! **Absent.** Seals (`Sealed` draws its keys from the system), the outbox, real servers (`tests/e2e`, `providers/conformance`).

mod chance;
mod check;
mod clock;
mod plan;
mod run;
pub mod server;
mod shelf;
mod shrink;
mod toy;
mod wire;
mod world;

pub use chance::Chance;
pub use plan::{Fault, Plan, Planted};
pub use run::{Outcome, hunt, run};
pub use shrink::shrink;
pub use wire::Wire;
pub use world::World;
