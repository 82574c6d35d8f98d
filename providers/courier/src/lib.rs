//! Delivers notifications: mail, webhooks, SMS, web push and the list of news, each once.
//!
//! What is told to whom, and in which words, is said by the notify component (`Scribe`); everything is kept in the stores
//! of the ledger (`Values`, `Timers`), so the same code runs in one process and on a lattice.
//!
//! **Law.** A message is stored before its event is acknowledged, under an id that is reckoned from the event: at most once
//! on a channel. What is stored comes to an end, whoever dies; a repetition goes out under the same id. No address of this
//! machine or of a network that the operator did not name is connected to. No secret, no address and no text of a message
//! stands in a log, a view or the clear part of a store. Kept by the suites in `tests/`.
//! **Absent.** Rules, words, signatures, the schedule of retries and which addresses may be reached (`core-notify`).

mod config;
mod desk;
mod dispatch;
mod forgetting;
mod gate;
#[cfg(feature = "nats")]
mod hearing;
mod intake;
mod lanes;
#[cfg(feature = "nats")]
mod lattice;
mod leaving;
pub mod limits;
mod lists;
mod meters;
mod model;
mod native;
mod office;
#[cfg(feature = "nats")]
pub mod provider;
mod reports;
mod safe;
pub mod scribe;
mod send;
mod store;
mod ticket;

pub use config::Settings;
pub use desk::{Feed, Page, Query};
pub use leaving::Link;
pub use model::{Endpoint, News, Notice, Status, Tried};
pub use native::Native;
pub use office::{Brands, Hidden, NoBrands, Office, Terms};
pub use scribe::{Asking, Letter, Scribe};
pub use send::{Carrier, Names, Outcome, Parcel, Post, To, Told};
pub use store::Shelves;
