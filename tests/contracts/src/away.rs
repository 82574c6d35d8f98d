//! Content in memory, behind a door that can be shut.

use core_brand::fault::Code;
use core_brand::{BlobRef, Fault};
use imprint_blobs::{Blobs, Collect, MemoryBlobs};
use std::sync::atomic::{AtomicBool, Ordering};

/// A store that is `busy` while it is away.
#[derive(Default)]
pub(crate) struct Door {
    kept: MemoryBlobs,
    is_away: AtomicBool,
}

impl Door {
    pub(crate) fn set_away(&self, is_away: bool) {
        self.is_away.store(is_away, Ordering::Release);
    }

    /// The store, whether it is away or not.
    pub(crate) fn behind(&self) -> &MemoryBlobs {
        &self.kept
    }

    fn open(&self) -> Result<&MemoryBlobs, Fault> {
        if !self.is_away.load(Ordering::Acquire) {
            return Ok(&self.kept);
        }
        let args = [("callee", "imprint-blobs".to_owned()), ("why", "it is away".to_owned())];
        Err(Fault { retry_after_ms: 70, ..Fault::new(Code::Unreachable, args) })
    }
}

impl Blobs for Door {
    async fn put(&self, space: &str, bytes: Vec<u8>) -> Result<BlobRef, Fault> {
        self.open()?.put(space, bytes).await
    }

    async fn get(&self, space: &str, content: &BlobRef) -> Result<Vec<u8>, Fault> {
        self.open()?.get(space, content).await
    }

    async fn exists(&self, space: &str, content: &BlobRef) -> Result<bool, Fault> {
        self.open()?.exists(space, content).await
    }

    async fn delete(&self, space: &str, content: &BlobRef) -> Result<(), Fault> {
        self.open()?.delete(space, content).await
    }

    async fn list(&self, space: &str) -> Result<Vec<BlobRef>, Fault> {
        self.open()?.list(space).await
    }

    async fn clear(&self, space: &str) -> Result<u64, Fault> {
        self.open()?.clear(space).await
    }
    async fn collect(&self, space: &str, what: &Collect<'_>) -> Result<Vec<BlobRef>, Fault> {
        self.open()?.collect(space, what).await
    }
}
