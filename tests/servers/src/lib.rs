//! Servers that tests start, and what becomes of a test where there is none to start.
//!
//! **Law.** Each has its own port and folder, and ends with the test. A test that is skipped says so.

mod at_hand;
mod chance;
mod nats;
mod relay;

pub use at_hand::{nats_program, nats_server, nats_server_with, receivers, skip};
pub use chance::Chance;
pub use nats::NatsServer;
pub use relay::Relay;
