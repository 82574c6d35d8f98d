//! What rollouts promise, on policies, stories and many simulated platforms.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]
#![allow(unreachable_pub, reason = "the world is read by examples/figures.rs too")]

mod draws;
mod laws;
mod policies;
mod runs;
mod stories;
mod world;
