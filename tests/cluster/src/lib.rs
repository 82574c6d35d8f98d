//! Three real servers that fail, the shipped ledger and store of content over them, and a checker that believes none of them.
//!
//! **Law.** What the checker knows of a run are the histories of the clients and the raw messages of each server; it asks
//! the ledger and the store nothing. The same seed gives the same faults at the same times; what real processes make of them may differ.
//! **Absent.** Hosts and components: `tests/e2e` kills those. Faults that only a made-up server can have: `lattice/sim`.

mod check;
mod content;
mod copies;
mod disk;
mod kept;
mod load;
mod plan;
mod run;
mod second;
mod servers;
mod sum;

pub use check::{Raw, Verdict, judge};
pub use content::Content;
pub use load::{Act, Deed, Outcome};
pub use plan::{Fault, Plan, Trouble};
pub use run::{Ended, run};
pub use sum::{line, table};
