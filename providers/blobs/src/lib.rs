//! Large bytes by content hash, in memory, in a folder, in JetStream or in an S3 bucket; fonts as an index over them.
//!
//! The contracts are `imprint:blobs/store` and `imprint:fonts/library`; every backend runs the suite in
//! `providers/conformance`. Feature `nats` has what a lattice needs: the JetStream backend and the provider; feature
//! `s3` has the bucket.
//!
//! **Law.** What is read has the hash it was asked by: a store that finds other bytes answers with a fault. Content is
//! kept per space, which is a brand of a tenant; no space sees another's, and a cleared space holds nothing. Collecting
//! never takes what a put has made young again; kept by `tests/collect.rs`.
//! **Absent.** What the bytes mean. Who refers to content: a collector is told.

#[cfg(feature = "nats")]
mod any;
mod collect;
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
#[cfg(feature = "s3")]
mod s3;
mod space;

#[cfg(feature = "nats")]
pub use any::AnyBlobs;
pub use collect::{Collect, GRACE};
pub use folder::FolderBlobs;
pub use fonts::{FontEntry, FontShelf};
pub use memory::MemoryBlobs;
#[cfg(feature = "nats")]
pub use nats::NatsBlobs;
#[cfg(feature = "s3")]
pub use s3::S3Blobs;
pub use space::space;

use core_brand::content::BLOB_BYTES_MAX;
use core_brand::fault::Code;
use core_brand::{BlobRef, Fault};
use std::future::Future;

/// Where content is kept. A space is `<tenant>/<brand>`, or a tenant alone; content in one is not in another.
pub trait Blobs: Send + Sync {
    /// Keeps the content. Twice is the same as once, and makes it young again: who wants to refer to content puts it,
    /// and does not ask whether it exists.
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

    /// Removes the content that nobody refers to, half-written too; says which, in the order of the hashes.
    fn collect(
        &self,
        space: &str,
        what: &Collect<'_>,
    ) -> impl Future<Output = Result<Vec<BlobRef>, Fault>> + Send;
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

/// A setting that cannot be used, or is not there.
#[cfg(any(feature = "nats", feature = "s3"))]
pub(crate) fn setting(key: &str, why: impl std::fmt::Display) -> Fault {
    let mend = "Correct it in the configuration.".to_owned();
    Fault::new(
        Code::SetupMissing,
        [("what", format!("A usable `{key}`")), ("why", why.to_string()), ("mend", mend)],
    )
}

pub(crate) fn check_content(content: &BlobRef) -> Result<(), Fault> {
    if content.is_well_formed() { Ok(()) } else { Err(missing(content)) }
}
