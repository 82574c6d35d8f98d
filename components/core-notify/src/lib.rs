//! Notifications: who is told of what and when, whom nobody may reach, how a message is signed, when it is tried again.
//!
//! **Law.** No address of a machine's own, of a private network or of a cloud's metadata passes, however it is written
//! (`tests/tricks.txt`). A message is tried again at the same moments wherever that is reckoned, and never for ever.
//! **Absent.** Clocks, names and sockets: whoever sends looks names up, and asks here about every address it gets.

mod address;
mod retry;
mod rules;
mod sign;
mod target;

pub use address::{Reach, is_public};
pub use retry::{Attempt, Next, TRIES_MAX, next, retry_after};
pub use rules::{Channel, Message, Occasion, Preferences, Quiet, Rule, decide};
pub use sign::{Key, KeyError, PAYLOAD_BYTES_MAX, Signed, sign};
pub use target::{Host, Scheme, Target, TargetError};
