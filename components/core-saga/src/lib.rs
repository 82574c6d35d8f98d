//! The brand saga: a table of steps, a journal of events, and `next`, a pure function of both.
//!
//! Pure: no clock, no I/O, no random source; what time it was stands in the journal.
//!
//! **Law.** `next` is total: every journal, however cut, has a decision, and following decisions always ends
//! (`tests/laws.rs` fails every step, cuts every prefix and repeats every act, by loop).
//! **Absent.** Doing the work (`providers/runner`), storing the journal (`providers/ledger`).

mod exposure;
mod journal;
mod moment;
mod next;
mod pins;
mod public;
mod routes;
mod split;
mod table;
mod trial;
mod view;

pub use exposure::{COMPLETED, EXPOSURES, Exposed};
pub use journal::{
    Event, JournalError, OPEN_MAX, Outcome, Pins, Priority, TIMEOUT_MS_DEFAULT, TaskRef, Terms, read,
};
pub use moment::{from_rfc3339, rfc3339};
pub use next::{Decision, State, next, next_from, state, steps};
pub use pins::{component_id, model_key, model_of};
pub use public::{ExperimentContext, GenerationRequested, PublicError, StylePreferences};
pub use routes::{Change, Drawn, PURE, ROUTES, Route, Routes};
pub use split::{Arm, BUCKETS, Choice, Split, Sticky, Who, bucket};
pub use table::{PAINT, STEPS, STEPS_PAINTED, STEPS_VERSION, StepRow, row, steps_of};
pub use trial::Trial;
pub use view::{FileView, Sla, Status, StepView, View};
