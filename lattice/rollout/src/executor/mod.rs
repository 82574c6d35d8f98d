//! What carries plans out: reads the world, asks the planner, writes down what follows, and makes it so.
//!
//! A look goes: record, measure, plan, write the record over the revision that was read, carry out. Whoever loses the write
//! throws his plan away, so any number of executors may run. Carrying out compares what is with what shall be, so that it
//! can be done again at every look and after every crash. What happens once, lines of the history and news for hooks, stands
//! in the record until it was handed over.

mod gather;
mod hooks;
mod look;
mod measure;
mod meters;
mod names;
mod news;
mod painters;
mod people;
mod record;
mod routes;
mod shown;
mod start;
mod store;

pub use gather::{Hosts, Patience, World};
pub use look::{Clock, Executor};
pub use measure::{is_ready, one_number};
pub use meters::{Memory, Sample, Told, samples};
pub use names::{forget, hold, is_told};
pub use news::{News, Operators};
pub use record::{Change, Line, Open, Record, Said, Sentence, Wanted, token};
pub use shown::{Arm, Arms, Progress, Shadowed, Shown, Stage};
pub use start::{Asked, Refused, start};
pub use store::{Store, Version, Versions};
