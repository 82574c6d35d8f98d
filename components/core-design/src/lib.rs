//! The design step: a brief to a design with reasons.
//!
//! Pure: an order in, a design out. The seed explores hue, harmony and faces among what the graph holds fit; a
//! colour that the person gave stays.
//!
//! **Law.** Every gate of a design passes, and every reason is rendered from a path through the graph or from a
//! measured value; kept by `tests/design.rs` over all industries and styles.
//! **Absent.** Marks (`core-logo`), files of the kit (`core-kit`).

mod answers;
mod checks;
mod choice;
mod customs;
mod decide;
mod distance;
mod guidance;
mod named;
mod polish;
mod reasons;
mod speech;
mod step;
mod typography;

pub use decide::{decide, decide_by};
pub use step::{DesignStep, TASK, decide_with};
