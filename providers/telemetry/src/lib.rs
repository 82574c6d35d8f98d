//! What every native process says of itself: meters, log lines, spans.
//!
//! A library counts (`meters`) and names its spans (`trace`); with the feature `process` a program writes log lines in the
//! agreed form and sends spans and lines to an OTLP collector.
//!
//! **Law.** One form for all: a line of the host and one of a provider have the same fields, and samples of one meter from
//! many processes stand together once merged. Tested in `lines`, `meters` and `merge`.
//! **Absent.** How meters travel (`sdk`, and the host), what is measured (whoever measures it).

#[cfg(feature = "process")]
mod lines;
#[cfg(feature = "process")]
mod merge;
pub mod meters;
#[cfg(feature = "process")]
mod otlp;
#[cfg(feature = "process")]
mod process;
pub mod trace;

#[cfg(feature = "process")]
pub use lines::line;
#[cfg(feature = "process")]
pub use merge::merge;
pub use meters::{Kind, Meter, Tally};
#[cfg(feature = "process")]
pub use otlp::Otlp;
#[cfg(feature = "process")]
pub use process::{Installed, More, Process, install};
