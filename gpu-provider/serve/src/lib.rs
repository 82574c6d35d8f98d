//! A painter for many: orders wait in a bounded queue, share the device step by step, and become PNG in the blob store.
//!
//! `queue`, `plan` and `registry` decide and touch nothing; `studio` does what they say with threads; `provider` speaks
//! `imprint:painter/orders` on a lattice.
//!
//! **Law.** Every order ends in pictures or in a reason (`tests/studio.rs`). Memory is planned to the byte before anything is
//! loaded (`tests/laws.rs`, and `need` of the reference). What drew a picture stands in the picture and in the answer; the
//! procedural painter draws only where it was named.
//! **Absent.** Judging what a picture shows: `Inspect` is the place for it.

pub mod backend;
mod catalog;
pub mod device;
mod fault;
pub mod gpu;
pub mod home;
pub mod inspect;
mod job;
pub mod limits;
mod meters;
pub mod picture;
pub mod plan;
pub mod procedural;
#[cfg(feature = "nats")]
pub mod provider;
#[cfg(feature = "pull")]
pub mod pull;
pub mod queue;
pub mod registry;
mod studio;

pub use catalog::{Look, look_in};
pub use fault::fault;
pub use job::{Asked, Files, Kept, State};
pub use studio::{Equipment, Keep, Settings, Studio};
