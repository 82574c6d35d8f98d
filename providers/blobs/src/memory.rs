//! Content in memory: for one process and for tests.

use crate::space::Space;
use crate::{Blobs, check_content, check_size, missing};
use core_brand::{BlobRef, Fault};
use std::collections::BTreeMap;
use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

type Content = BTreeMap<String, BTreeMap<BlobRef, Vec<u8>>>;

/// Content that lives as long as the process.
#[derive(Default)]
pub struct MemoryBlobs {
    spaces: RwLock<Content>,
}

impl MemoryBlobs {
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
        self.write().entry(space.to_owned()).or_default().insert(content.clone(), bytes);
        Ok(content)
    }

    async fn get(&self, space: &str, content: &BlobRef) -> Result<Vec<u8>, Fault> {
        Space::of(space)?;
        let spaces = self.read();
        let bytes = spaces.get(space).and_then(|space| space.get(content));
        bytes.cloned().ok_or_else(|| missing(content))
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
}
