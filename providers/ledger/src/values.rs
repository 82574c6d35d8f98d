//! Small values by key, each with a revision, so that nobody overwrites what they have not seen.

use crate::{ENTRY_BYTES_MAX, check, conflict, too_large};
use core_brand::Fault;
use std::collections::BTreeMap;
use std::future::Future;
use std::sync::{Mutex, PoisonError};

/// So many values are listed at once: some hundred kilobytes.
pub const VALUES_MAX: usize = 1000;

/// A value with its place in time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub revision: u64,
    pub key: String,
    pub bytes: Vec<u8>,
}

/// Where values are kept.
pub trait Values: Send + Sync {
    /// The value and its revision.
    fn get(&self, key: &str) -> impl Future<Output = Result<Option<(u64, Vec<u8>)>, Fault>> + Send;

    /// Writes a value and gives its revision. With `expected` only over that revision, 0 being no value at all;
    /// `ledger.conflict` otherwise.
    fn put(
        &self,
        key: &str,
        expected: Option<u64>,
        bytes: Vec<u8>,
    ) -> impl Future<Output = Result<u64, Fault>> + Send;

    /// The values whose keys begin with this and a dot, written behind this revision, oldest first and at most
    /// `VALUES_MAX`. Whoever goes on behind the last one sees each value once, and again when it was overwritten.
    fn after(&self, prefix: &str, revision: u64) -> impl Future<Output = Result<Vec<Listed>, Fault>> + Send;

    /// Removes a value, if there is one.
    fn delete(&self, key: &str) -> impl Future<Output = Result<(), Fault>> + Send;

    /// Puts an empty value in the place of one, and overwrites the bytes of that where they lie, as far as the backend can.
    /// Safe to repeat, also when it was broken off.
    fn destroy(&self, key: &str) -> impl Future<Output = Result<(), Fault>> + Send;
}

/// Values that live as long as the process.
#[derive(Default)]
pub struct MemoryValues {
    held: Mutex<Held>,
}

#[derive(Default)]
struct Held {
    revision: u64,
    values: BTreeMap<String, (u64, Vec<u8>)>,
}

impl Values for MemoryValues {
    async fn get(&self, key: &str) -> Result<Option<(u64, Vec<u8>)>, Fault> {
        check_value(key, &[])?;
        Ok(self.held.lock().unwrap_or_else(PoisonError::into_inner).values.get(key).cloned())
    }

    async fn put(&self, key: &str, expected: Option<u64>, bytes: Vec<u8>) -> Result<u64, Fault> {
        check_value(key, &bytes)?;
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let found = held.values.get(key).map_or(0, |(revision, _)| *revision);
        if let Some(expected) = expected.filter(|expected| *expected != found) {
            return Err(conflict(expected, found));
        }
        held.revision += 1;
        let revision = held.revision;
        held.values.insert(key.to_owned(), (revision, bytes));
        Ok(revision)
    }

    async fn after(&self, prefix: &str, revision: u64) -> Result<Vec<Listed>, Fault> {
        check_value(prefix, &[])?;
        let held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let is_below = |key: &str| key.strip_prefix(prefix).is_some_and(|rest| rest.starts_with('.'));
        let found = held.values.iter().filter(|(key, (at, _))| is_below(key) && *at > revision);
        let listed = |(key, (revision, bytes)): (&String, &(u64, Vec<u8>))| Listed {
            revision: *revision,
            key: key.clone(),
            bytes: bytes.clone(),
        };
        let mut found: Vec<_> = found.map(listed).collect();
        found.sort_by_key(|value| value.revision);
        found.truncate(VALUES_MAX);
        Ok(found)
    }

    async fn delete(&self, key: &str) -> Result<(), Fault> {
        check_value(key, &[])?;
        self.held.lock().unwrap_or_else(PoisonError::into_inner).values.remove(key);
        Ok(())
    }

    async fn destroy(&self, key: &str) -> Result<(), Fault> {
        self.put(key, None, Vec::new()).await.map(|_| ())
    }
}

/// Refuses what no backend may take.
pub(crate) fn check_value(key: &str, bytes: &[u8]) -> Result<(), Fault> {
    check(key, &[])?;
    match bytes.len() {
        length if length > ENTRY_BYTES_MAX => Err(too_large(length, ENTRY_BYTES_MAX)),
        _ => Ok(()),
    }
}
