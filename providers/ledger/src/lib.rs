//! Journals, queues and values: in memory, in a folder, on JetStream; and the jobs that owners see.
//!
//! The contracts are `imprint:ledger/journal` and `imprint:ledger/jobs`; a backend is a type with the same promises,
//! and every backend runs the suite in `providers/conformance`.
//!
//! **Law.** All entries of an append or none; two writers with the same expectation: one wins, the other hears
//! `ledger.conflict`. What was acknowledged is read back after a crash of the process. Work is never lost, and may be
//! handed out twice. Journals of a lattice hold no brief that could be read without a key, and keys can be destroyed.
//! **Absent.** What events mean (`core-saga`), their envelope and hash chain (`core-brand::envelope`).

#[cfg(feature = "nats")]
pub mod admin;
#[cfg(feature = "nats")]
pub mod copy;
#[cfg(feature = "nats")]
mod edge;
mod fair;
mod folder;
mod frame;
#[cfg(feature = "nats")]
pub mod jetstream;
#[cfg(feature = "nats")]
pub mod jobs;
pub mod journal;
#[cfg(feature = "nats")]
pub mod keys;
mod memory;
mod memory_queues;
#[cfg(feature = "nats")]
pub mod outbox;
#[cfg(feature = "nats")]
pub mod provider;
pub mod queue;
#[cfg(feature = "nats")]
mod sealed;
pub mod timers;
pub mod values;
pub mod verify;

pub use folder::FolderLedger;
#[cfg(feature = "nats")]
pub use jetstream::{
    Bus, JetStreamLedger, JetStreamQueues, JetStreamTimers, JetStreamValues, LatticeLedger, StreamLedger,
    StreamQueues, StreamTimers, StreamValues, verify_servers,
};
pub use memory::MemoryLedger;
pub use memory_queues::MemoryQueues;
#[cfg(feature = "nats")]
pub use sealed::Sealed;
pub use timers::{MemoryTimers, Timers};
pub use values::{Listed, MemoryValues, VALUES_MAX, Values};

use core_brand::Fault;
use core_brand::fault::Code;
use journal::{Chain, Entry};
use std::future::{Future, ready};

/// One call reads at most this many entries; a longer journal is read in turns.
pub const READ_ENTRIES_MAX: usize = 1000;
/// An entry is an event with references, never a picture.
pub const ENTRY_BYTES_MAX: usize = 512 << 10;
/// An append is one message, and a server takes messages of at most 1 MiB by default, headers included.
pub const APPEND_BYTES_MAX: usize = 960 << 10;
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

    /// An entry as it will be stored behind `place` others, for those who need its hash. Unchanged where nothing is sealed.
    fn seal(
        &self,
        _subject: &str,
        _place: u64,
        entry: Vec<u8>,
    ) -> impl Future<Output = Result<Vec<u8>, Fault>> + Send {
        ready(Ok(entry))
    }

    /// Stored entries, the first behind `place` others, as they were written. What nobody may read any more stays sealed.
    fn unseal(
        &self,
        _subject: &str,
        _place: u64,
        stored: &[Vec<u8>],
    ) -> impl Future<Output = Result<Vec<Vec<u8>>, Fault>> + Send {
        ready(Ok(stored.to_vec()))
    }

    /// What the entries of a journal say, where nobody needs them as they were written.
    fn entries(
        &self,
        _subject: &str,
        chain: Chain<'_>,
    ) -> impl Future<Output = Result<Vec<Entry>, Fault>> + Send {
        ready(chain.entries())
    }

    /// Makes what is sealed of a journal unreadable for everybody and for ever. Safe to repeat.
    fn shred(&self, _subject: &str) -> impl Future<Output = Result<(), Fault>> + Send {
        ready(Ok(()))
    }
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
    let is_plain = subject.len() <= SUBJECT_CHARS_MAX && subject.chars().all(plain);
    if !is_plain || subject.split('.').any(str::is_empty) {
        return Err(core_brand::broken!("`{subject}` is not a subject"));
    }
    let framed = |entry: &Vec<u8>| entry.len() + size_of::<u32>();
    match entries.iter().map(Vec::len).find(|bytes| *bytes > ENTRY_BYTES_MAX) {
        Some(bytes) => Err(too_large(bytes, ENTRY_BYTES_MAX)),
        None => match entries.iter().map(framed).sum() {
            all if all > APPEND_BYTES_MAX => Err(too_large(all, APPEND_BYTES_MAX)),
            _ => Ok(()),
        },
    }
}

pub(crate) fn too_large(bytes: usize, max: usize) -> Fault {
    Fault::new(Code::BlobTooLarge, [("bytes", bytes.to_string()), ("max", max.to_string())])
}
