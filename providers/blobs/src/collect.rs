//! What a collector may take: content that nobody refers to, and that nobody is about to refer to.

use core_brand::BlobRef;
use std::collections::BTreeSet;
use std::time::Duration;

/// How old content must be before a collector may take it while its journal still grows: a day, many times as long
/// as any job may take.
///
/// Why nothing is lost: content is put first and referred to afterwards, and every put makes it young again, in one act
/// that no removal can divide. Who refers to it within half of the grace, and collects within half of the grace of
/// reading the references, cannot meet: at the moment of collecting, content that was referred to too late to be seen is
/// younger than the grace.
pub const GRACE: Duration = Duration::from_secs(24 * 60 * 60);

/// What is collected.
#[derive(Clone, Copy, Debug)]
pub struct Collect<'a> {
    /// The hashes that somebody refers to.
    pub referenced: &'a BTreeSet<String>,
    /// Younger content stays, by the clock of the store: `GRACE`, or nothing where a journal has its end and can refer
    /// to nothing new.
    pub older_than: Duration,
    /// Only say what would go.
    pub is_dry: bool,
}

impl Collect<'_> {
    pub(crate) fn spares(&self, content: &BlobRef) -> bool {
        self.referenced.contains(&content.sha256)
    }

    pub(crate) fn is_old(&self, age: Duration) -> bool {
        age >= self.older_than
    }
}
