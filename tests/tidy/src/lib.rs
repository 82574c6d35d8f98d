//! The house rules. Each is a small function from texts to findings; `tests/repository.rs` runs all of them over
//! the files of this repository.
//!
//! **Law.** A rule is tested on a bad sample beside it, so that a rule that finds nothing is not taken for a clean
//! house. An exception stands in `exceptions` with its reason, and one that is no longer needed is itself a finding.
//! **Absent.** What rustfmt, clippy and cargo-deny already check.

pub mod contract;
pub mod exceptions;
pub mod law;
pub mod manifest;
pub mod mask;
pub mod repository;
pub mod schema;
pub mod source;
pub mod text;

use std::fmt;

/// One place where a rule is broken.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    pub path: String,
    /// Counted from 1; 0 where the whole file is meant.
    pub line: usize,
    pub what: String,
}

impl Finding {
    #[must_use]
    pub fn new(path: &str, line: usize, what: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, what: what.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.path, self.what),
            line => write!(f, "{}:{line}: {}", self.path, self.what),
        }
    }
}

/// The line that a byte lies in, counted from 1.
#[must_use]
pub fn line_of(text: &str, byte: usize) -> usize {
    text.as_bytes()[..byte.min(text.len())].iter().filter(|byte| **byte == b'\n').count() + 1
}
