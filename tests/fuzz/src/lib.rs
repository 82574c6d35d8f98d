//! Broken input for everything that reads what comes from outside: briefs, requests, tokens, events, policies, drawings,
//! pictures, kits, models and components; what services answer and operators say; what was stored and may be damaged.
//!
//! A [`Target`] is a reader and what must hold of its answers; `corpus/<target>` has inputs it once failed on or that are good ones
//! to begin with. [`throw`] reads all of them, then changes of them that a seed decides, and keeps those that were answered in
//! a way not seen before: they are changed further.
//!
//! **Law.** A reader never panics. What it refuses has a code of the table, is the sender's fault where a stranger sent it, and is
//! said in a sentence of bounded length that shows no control characters and no secret; what it takes means the same when it is
//! written and read again.
//! **Absent.** Readers inside of programs (`lattice/cli`: zips, lists of briefs; what providers read of their settings when they
//! start), which nobody can link; they have cases of their own there. More of checked files and of weights in `core-check` and
//! `gpu-provider/reference`.

mod answer;
mod change;
mod checksums;
mod component;
mod courier;
mod http;
mod kits;
mod ledger;
mod lists;
mod painter;
mod services;
mod settings;
mod targets;
mod throw;
mod ticket;
mod world;

pub use targets::{TARGETS, Target};
pub use throw::{Broken, Thrown, throw};
