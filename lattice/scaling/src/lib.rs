//! How many instances of a component run: as many as its queue asks for, between two limits, changed seldom.
//!
//! `scale(policy, seen, last)` is a pure function, like the planner of rollouts: the time and the queues stand in `seen`,
//! what was decided before in `last`.
//!
//! **Law.** No input makes it panic or leave the limits of the policy; the same input twice changes nothing. A queue
//! that cannot be seen changes nothing either.
//! `Controller` looks at the queues of a lattice and edits the manifest through wadm.
//! **Absent.** A clock: whoever runs the controller says what time it is. Starting hosts: numbers change on those that are there.

mod controller;
mod depths;
mod manifest;
mod policy;
mod scale;

pub use controller::{Controller, LOOK, Record, record};

pub use policy::{Policy, Rule, Window};
pub use scale::{Change, FORMAT, Seen, Standing, State, Why, scale};
