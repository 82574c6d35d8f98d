//! The shared words of Imprint: the brief, the faults, the documents that steps hand on, the events.
//!
//! Pure: no clock, no I/O, no random source. Same brief and seed, same bytes, on every machine.
//!
//! **Law.** Every value that is stored or sent is a type of this crate with a format version; the
//! golden files in `golden/` keep each of them (`tests/golden.rs`).
//! **Absent.** Decisions (`core-design`, `core-logo`), the saga (`core-saga`), WIT types (`bindings`).

pub mod brief;
pub mod casing;
pub mod check;
pub mod concept;
pub mod content;
pub mod design;
pub mod envelope;
pub mod fault;
pub mod kit;
mod narrow;
pub mod painting;
pub mod pattern;
pub mod rgb;
pub mod seed;
pub mod silhouette;
pub mod step;
pub mod templates;

pub use brief::{Brief, Complexity};
pub use check::Check;
pub use concept::{ClearFrom, Concept, Drawing, FillRole, Minimum, Shape};
pub use content::BlobRef;
pub use design::Design;
pub use fault::{Blame, Fault, sayable};
pub use rgb::Rgb;
pub use seed::Rng;
pub use silhouette::Silhouette;
pub use step::{Body, Document, DocumentKind, FontKey, Pixels, Step, Studio, Task};

/// The version that stands in every kit. Same brief, seed and version: same bytes.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The date that stands in a kit when the brief gives none: the day this version was released.
/// A kit never reads a clock.
pub const RELEASE_DATE: Date = Date { year: 2026, month: 11, day: 21 };

/// A calendar day, as it is written into documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Date {
    pub year: u16,
    pub month: u8,
    pub day: u8,
}
