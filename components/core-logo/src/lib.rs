//! The logo step: concepts as vector marks and wordmarks of shaped outlines.
//!
//! Pure. The grammars, each one idea, draw from the letters of the name, the motifs of the trade and chance that
//! the whole name and the seed decide. Of several tries the best that passes every gate is taken.
//!
//! **Law.** A mark that leaves this crate passes `gate::judge`; another name or another seed gives other marks; kept
//! by `Desk::mark` and `plan::wishes`, tested in `tests/laws.rs`.
//! **Absent.** How marks are written and measured (`core-vector`), pictures of them (`core-assets`), colours and
//! faces (`core-design`).

mod art;
mod badge;
pub mod choice;
mod cliche;
pub mod concept;
pub mod crowd;
pub mod desk;
pub mod fit;
pub mod gate;
mod grammar;
mod ground;
mod joint;
mod letters;
mod line;
mod motif;
pub mod plan;
pub mod prompt;
mod report;
mod rhythm;
mod set;
mod skeleton;
mod slab;
pub mod small;
pub mod step;
mod stroke;
mod taken;
mod taste;
mod wordbook;
pub mod wordmark;

pub use step::{LogoStep, PAINT, single};
