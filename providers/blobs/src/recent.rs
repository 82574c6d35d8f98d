//! Content that was read or written lately, kept in memory. It is immutable, so only erasing makes it wrong.

use bytes::Bytes;
use core_brand::BlobRef;
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// Room for the documents of a few brands in work, and small beside the memory of a host.
const RECENT_BYTES_MAX: usize = 64 << 20;

/// After this long content is read anew, in case the word that it was erased got lost.
const RECENT_AGE_MAX: Duration = Duration::from_secs(60);

type Key = (String, BlobRef);

#[derive(Default)]
pub(crate) struct Recent {
    shelf: Mutex<Shelf>,
}

#[derive(Default)]
struct Shelf {
    content: BTreeMap<Key, Entry>,
    /// The entries by their last use, oldest first.
    order: BTreeMap<u64, Key>,
    uses: u64,
    bytes: usize,
}

struct Entry {
    bytes: Bytes,
    since: Instant,
    last_use: u64,
}

impl Recent {
    pub(crate) fn get(&self, space: &str, content: &BlobRef) -> Option<Bytes> {
        let mut shelf = self.lock();
        let key = (space.to_owned(), content.clone());
        if shelf.content.get(&key)?.since.elapsed() > RECENT_AGE_MAX {
            shelf.remove(&key);
            return None;
        }
        let bytes = shelf.content.get(&key)?.bytes.clone();
        shelf.touch(&key);
        Some(bytes)
    }

    pub(crate) fn put(&self, space: &str, content: &BlobRef, bytes: Bytes) {
        let mut shelf = self.lock();
        let key = (space.to_owned(), content.clone());
        shelf.remove(&key);
        shelf.bytes += bytes.len();
        shelf.content.insert(key.clone(), Entry { bytes, since: Instant::now(), last_use: 0 });
        shelf.touch(&key);
        while shelf.bytes > RECENT_BYTES_MAX {
            let Some(oldest) = shelf.order.values().next().cloned() else { return };
            shelf.remove(&oldest);
        }
    }

    /// Everything of a space goes: clearing is rare, and what was wrong to remove is read again.
    pub(crate) fn forget(&self, space: &str) {
        let mut shelf = self.lock();
        let gone: Vec<Key> = shelf.content.keys().filter(|(of, _)| of == space).cloned().collect();
        for key in gone {
            shelf.remove(&key);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Shelf> {
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Shelf {
    fn touch(&mut self, key: &Key) {
        let Some(entry) = self.content.get_mut(key) else { return };
        self.uses += 1;
        self.order.remove(&entry.last_use);
        entry.last_use = self.uses;
        self.order.insert(self.uses, key.clone());
    }

    fn remove(&mut self, key: &Key) {
        if let Some(entry) = self.content.remove(key) {
            self.order.remove(&entry.last_use);
            self.bytes -= entry.bytes.len();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blob(first: u8, bytes: usize) -> (BlobRef, Bytes) {
        let bytes = Bytes::from([vec![first], vec![0; bytes - 1]].concat());
        (BlobRef::of(&bytes), bytes)
    }

    #[test]
    fn the_least_used_goes_first() {
        let recent = Recent::default();
        let blobs: Vec<_> = (0..5).map(|first| blob(first, RECENT_BYTES_MAX / 4)).collect();
        for (content, bytes) in &blobs[..4] {
            recent.put("a", content, bytes.clone());
        }
        assert!(recent.get("a", &blobs[0].0).is_some(), "used again");
        recent.put("a", &blobs[4].0, blobs[4].1.clone());
        let kept: Vec<_> = blobs.iter().map(|(content, _)| recent.get("a", content).is_some()).collect();
        assert_eq!(kept, [true, false, true, true, true]);
    }

    #[test]
    fn a_space_is_forgotten_alone() {
        let recent = Recent::default();
        let (content, bytes) = blob(1, 9);
        recent.put("a", &content, bytes.clone());
        recent.put("a/b", &content, bytes);
        recent.forget("a");
        assert!(recent.get("a", &content).is_none());
        assert!(recent.get("a/b", &content).is_some());
    }

    #[tokio::test(start_paused = true)]
    async fn old_content_is_read_anew() {
        let recent = Recent::default();
        let (content, bytes) = blob(1, 9);
        recent.put("a", &content, bytes);
        tokio::time::advance(RECENT_AGE_MAX + Duration::from_millis(1)).await;
        assert!(recent.get("a", &content).is_none());
        assert_eq!(recent.lock().bytes, 0);
    }
}
