//! Large bytes by content hash, in memory, in a folder or in JetStream; fonts as an index over them.
//!
//! The contracts are `imprint:blobs/store` and `imprint:fonts/library`; every backend runs the suite in
//! `providers/conformance`. Feature `nats` has what a lattice needs: the JetStream backend and the provider.
//!
//! **Law.** What is read has the hash it was asked by: a store that finds other bytes answers with a fault. Content is
//! kept per space, which is a brand of a tenant; no space sees another's, and a cleared space holds nothing.
//! **Absent.** What the bytes mean.

mod folder;
mod fonts;
#[cfg(feature = "nats")]
mod index;
mod memory;
#[cfg(feature = "nats")]
mod nats;
#[cfg(feature = "nats")]
pub mod provider;
#[cfg(feature = "nats")]
mod recent;
mod space;

pub use folder::FolderBlobs;
pub use fonts::{FontEntry, FontShelf};
pub use memory::MemoryBlobs;
#[cfg(feature = "nats")]
pub use nats::NatsBlobs;
pub use space::space;

use core_brand::content::BLOB_BYTES_MAX;
use core_brand::fault::Code;
use core_brand::{BlobRef, Fault};
use std::future::Future;

/// Where content is kept. A space is `<tenant>/<brand>`, or a tenant alone; content in one is not in another.
pub trait Blobs: Send + Sync {
    /// Keeps the content. Twice is the same as once.
    fn put(&self, space: &str, bytes: Vec<u8>) -> impl Future<Output = Result<BlobRef, Fault>> + Send;

    /// The content, its hash checked.
    fn get(&self, space: &str, content: &BlobRef) -> impl Future<Output = Result<Vec<u8>, Fault>> + Send;

    /// The bytes from `from` up to `to`, as far as there are so many. The hash of the whole has been checked.
    fn get_range(
        &self,
        space: &str,
        content: &BlobRef,
        from: u64,
        to: u64,
    ) -> impl Future<Output = Result<Vec<u8>, Fault>> + Send {
        async move { Ok(part(self.get(space, content).await?, from, to)) }
    }

    fn exists(&self, space: &str, content: &BlobRef) -> impl Future<Output = Result<bool, Fault>> + Send;

    /// Removes the content. Removing what is not there is no fault.
    fn delete(&self, space: &str, content: &BlobRef) -> impl Future<Output = Result<(), Fault>> + Send;

    /// All content of a space, in the order of the hashes.
    fn list(&self, space: &str) -> impl Future<Output = Result<Vec<BlobRef>, Fault>> + Send;

    /// Removes all content of a space; says how many there were.
    fn clear(&self, space: &str) -> impl Future<Output = Result<u64, Fault>> + Send;
}

fn part(mut bytes: Vec<u8>, from: u64, to: u64) -> Vec<u8> {
    // What does not fit a usize is beyond the end of every value.
    let end = usize::try_from(to).unwrap_or(usize::MAX).min(bytes.len());
    let start = usize::try_from(from).unwrap_or(usize::MAX).min(end);
    bytes.truncate(end);
    bytes.split_off(start)
}

pub(crate) fn missing(content: &BlobRef) -> Fault {
    Fault::new(Code::BlobMissing, [("sha256", content.sha256.clone())])
}

pub(crate) fn changed(what: String) -> Fault {
    Fault::new(Code::Storage, [("what", what), ("why", "the content was changed".to_owned())])
}

pub(crate) fn check_size(bytes: &[u8]) -> Result<(), Fault> {
    if bytes.len() as u64 <= BLOB_BYTES_MAX {
        return Ok(());
    }
    let args = [("bytes", bytes.len().to_string()), ("max", BLOB_BYTES_MAX.to_string())];
    Err(Fault::new(Code::BlobTooLarge, args))
}

pub(crate) fn check_content(content: &BlobRef) -> Result<(), Fault> {
    if content.is_well_formed() { Ok(()) } else { Err(missing(content)) }
}
