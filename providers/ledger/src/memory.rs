//! Journals in memory: for one process and for tests.

use crate::{Ledger, READ_ENTRIES_MAX, check, conflict};
use core_brand::Fault;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// Journals that live as long as the process.
#[derive(Default)]
pub struct MemoryLedger {
    journals: Mutex<BTreeMap<String, Vec<Vec<u8>>>>,
}

impl Ledger for MemoryLedger {
    async fn append(&self, subject: &str, expected: u64, entries: Vec<Vec<u8>>) -> Result<u64, Fault> {
        check(subject, &entries)?;
        let mut journals = self.journals.lock().unwrap_or_else(PoisonError::into_inner);
        let journal = journals.entry(subject.to_owned()).or_default();
        let end = journal.len() as u64;
        if end != expected {
            return Err(conflict(expected, end));
        }
        journal.extend(entries);
        Ok(journal.len() as u64)
    }

    async fn read(&self, subject: &str, from: u64) -> Result<Vec<Vec<u8>>, Fault> {
        check(subject, &[])?;
        let journals = self.journals.lock().unwrap_or_else(PoisonError::into_inner);
        let journal = journals.get(subject).map(Vec::as_slice).unwrap_or_default();
        Ok(journal.iter().skip(from as usize).take(READ_ENTRIES_MAX).cloned().collect())
    }
}
