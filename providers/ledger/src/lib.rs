//! Journals: events appended at an expected sequence, in memory or in a folder.
//!
//! The contract is `imprint:ledger/journal`; a backend is a type with the same promises, and every backend runs the
//! suite in `providers/conformance`.
//!
//! **Law.** All entries of an append or none; two writers with the same expectation: one wins, the other hears
//! `ledger.conflict`. What was acknowledged is read back after a crash of the process.
//! **Absent.** What events mean (`core-saga`), their envelope and hash chain (`core-brand::envelope`).

mod folder;
mod memory;

pub use folder::FolderLedger;
pub use memory::MemoryLedger;

use core_brand::Fault;
use core_brand::fault::Code;
use std::future::Future;

/// One call reads at most this many entries; a longer journal is read in turns.
pub const READ_ENTRIES_MAX: usize = 1000;
/// An entry is an event with references, never a picture.
pub const ENTRY_BYTES_MAX: usize = 1 << 20;
/// A subject names one job.
pub const SUBJECT_CHARS_MAX: usize = 200;

/// Where journals are kept.
pub trait Ledger: Send + Sync {
    /// Appends all entries or none if the journal ends at `expected`. Gives the new end.
    fn append(
        &self,
        subject: &str,
        expected: u64,
        entries: Vec<Vec<u8>>,
    ) -> impl Future<Output = Result<u64, Fault>> + Send;

    /// The entries after `from`, oldest first, at most `READ_ENTRIES_MAX`.
    fn read(&self, subject: &str, from: u64) -> impl Future<Output = Result<Vec<Vec<u8>>, Fault>> + Send;
}

/// The whole journal.
pub async fn read_all<L: Ledger>(ledger: &L, subject: &str) -> Result<Vec<Vec<u8>>, Fault> {
    let mut entries = Vec::new();
    loop {
        let more = ledger.read(subject, entries.len() as u64).await?;
        if more.is_empty() {
            return Ok(entries);
        }
        entries.extend(more);
    }
}

pub(crate) fn conflict(expected: u64, found: u64) -> Fault {
    Fault::new(Code::Conflict, [("expected", expected.to_string()), ("found", found.to_string())])
}

/// Refuses what no backend may take: strange subjects, entries too large.
pub(crate) fn check(subject: &str, entries: &[Vec<u8>]) -> Result<(), Fault> {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | '_');
    let is_plain = !subject.is_empty() && subject.len() <= SUBJECT_CHARS_MAX && subject.chars().all(plain);
    if !is_plain || subject.starts_with('.') {
        return Err(core_brand::broken!("`{subject}` is not a subject"));
    }
    match entries.iter().map(Vec::len).find(|bytes| *bytes > ENTRY_BYTES_MAX) {
        Some(bytes) => {
            let [size, max] = [bytes, ENTRY_BYTES_MAX].map(|count| count.to_string());
            Err(Fault::new(Code::BlobTooLarge, [("bytes", size), ("max", max)]))
        }
        None => Ok(()),
    }
}
