//! The brand saga: a table of steps, a journal of events, and `next`, a pure function of both.
//!
//! Pure: no clock, no I/O, no random source; what time it was stands in the journal.
//!
//! **Law.** `next` is total: every journal, however cut, has a decision, and following decisions always ends
//! (`tests/laws.rs` fails every step, cuts every prefix and repeats every act, by loop).
//! **Absent.** Doing the work (`providers/runner`), storing the journal (`providers/ledger`).

mod journal;
mod next;
mod table;

pub use journal::{Event, JournalError, Outcome, Pins, TaskRef, read};
pub use next::{Decision, State, next, next_from, state};
pub use table::{STEPS, STEPS_VERSION, StepRow, row};
