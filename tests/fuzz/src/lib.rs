//! Broken input for everything that reads what strangers send: briefs, requests, tokens, events, policies, drawings, pictures,
//! kits, models and components.
//!
//! A [`Target`] is a reader and what must hold of its answers; `corpus/<target>` has inputs it once failed on or that are good ones
//! to begin with. [`throw`] reads all of them, then changes of them that a seed decides, and keeps those that were answered in
//! a way not seen before: they are changed further.
//!
//! **Law.** A reader never panics. What it refuses is the sender's fault, said in a sentence of bounded length that shows no
//! control characters; what it takes means the same when it is written and read again.
//! **Absent.** Readers inside of programs (`lattice/cli`: zips, lists of briefs), which nobody can link; they have cases of
//! their own there. More of checked files and of weights in `core-check` and `gpu-provider/reference`.

mod answer;
mod change;
mod checksums;
mod component;
mod courier;
mod http;
mod kits;
mod lists;
mod painter;
mod targets;
mod throw;
mod world;

pub use targets::{TARGETS, Target};
pub use throw::{Broken, Thrown, throw};
