//! Content in memory: for one process and for tests.

use crate::space::Space;
use crate::{Blobs, Collect, check_content, check_size, missing};
use core_brand::{BlobRef, Fault};
use std::collections::BTreeMap;
use std::sync::{LazyLock, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::time::{Duration, Instant};

type Content = BTreeMap<String, BTreeMap<BlobRef, Kept>>;

struct Kept {
    bytes: Vec<u8>,
    /// When it was put last.
    at_ms: u64,
}

/// Content that lives as long as the process.
pub struct MemoryBlobs {
    spaces: RwLock<Content>,
    clock: fn() -> u64,
}

impl Default for MemoryBlobs {
    fn default() -> Self {
        Self::new(running_ms)
    }
}

impl MemoryBlobs {
    /// The clock counts milliseconds; only differences are looked at.
    #[must_use]
    pub fn new(clock: fn() -> u64) -> Self {
        Self { spaces: RwLock::default(), clock }
    }

    fn read(&self) -> RwLockReadGuard<'_, Content> {
        self.spaces.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Content> {
        self.spaces.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Blobs for MemoryBlobs {
    async fn put(&self, space: &str, bytes: Vec<u8>) -> Result<BlobRef, Fault> {
        check_size(&bytes)?;
        Space::of(space)?;
        let content = BlobRef::of(&bytes);
        let mut spaces = self.write();
        // Inside the lock, so that nothing is collected between the look at the clock and the keeping.
        let kept = Kept { bytes, at_ms: (self.clock)() };
        spaces.entry(space.to_owned()).or_default().insert(content.clone(), kept);
        Ok(content)
    }

    async fn get(&self, space: &str, content: &BlobRef) -> Result<Vec<u8>, Fault> {
        Space::of(space)?;
        let spaces = self.read();
        let kept = spaces.get(space).and_then(|space| space.get(content));
        kept.map(|kept| kept.bytes.clone()).ok_or_else(|| missing(content))
    }

    async fn exists(&self, space: &str, content: &BlobRef) -> Result<bool, Fault> {
        Space::of(space)?;
        check_content(content)?;
        Ok(self.read().get(space).is_some_and(|space| space.contains_key(content)))
    }

    async fn delete(&self, space: &str, content: &BlobRef) -> Result<(), Fault> {
        Space::of(space)?;
        check_content(content)?;
        if let Some(space) = self.write().get_mut(space) {
            space.remove(content);
        }
        Ok(())
    }

    async fn list(&self, space: &str) -> Result<Vec<BlobRef>, Fault> {
        Space::of(space)?;
        Ok(self.read().get(space).map(|space| space.keys().cloned().collect()).unwrap_or_default())
    }

    async fn clear(&self, space: &str) -> Result<u64, Fault> {
        Space::of(space)?;
        Ok(self.write().remove(space).map_or(0, |space| space.len() as u64))
    }

    /// Looking at the age and removing are one act under one lock: a put is before it, and the content is young, or
    /// behind it, and the content is there again.
    async fn collect(&self, space: &str, what: &Collect<'_>) -> Result<Vec<BlobRef>, Fault> {
        Space::of(space)?;
        let mut spaces = self.write();
        let now_ms = (self.clock)();
        let Some(space) = spaces.get_mut(space) else { return Ok(Vec::new()) };
        let is_old = |kept: &Kept| what.is_old(Duration::from_millis(now_ms.saturating_sub(kept.at_ms)));
        let goes = |(content, kept): &(&BlobRef, &Kept)| !what.spares(content) && is_old(kept);
        let gone: Vec<BlobRef> = space.iter().filter(goes).map(|(content, _)| content.clone()).collect();
        if !what.is_dry {
            space.retain(|content, _| gone.binary_search(content).is_err());
        }
        Ok(gone)
    }
}

fn running_ms() -> u64 {
    static BEGAN: LazyLock<Instant> = LazyLock::new(Instant::now);
    u64::try_from(BEGAN.elapsed().as_millis()).unwrap_or(u64::MAX)
}
