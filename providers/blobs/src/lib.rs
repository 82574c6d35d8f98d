//! Large bytes by content hash, in memory or in a folder; fonts as an index over them.
//!
//! The contracts are `imprint:blobs/store` and `imprint:fonts/library`; every backend runs the suite in
//! `providers/conformance`.
//!
//! **Law.** What is read has the hash it was asked by: a store that finds other bytes answers with a fault. Content is
//! kept per tenant; no tenant sees another's.
//! **Absent.** What the bytes mean.

mod folder;
mod fonts;
mod memory;

pub use folder::FolderBlobs;
pub use fonts::{FontEntry, FontShelf};
pub use memory::MemoryBlobs;

use core_brand::content::BLOB_BYTES_MAX;
use core_brand::fault::Code;
use core_brand::{BlobRef, Fault};
use std::future::Future;

/// Where content is kept.
pub trait Blobs: Send + Sync {
    /// Keeps the content. Twice is the same as once.
    fn put(&self, tenant: &str, bytes: Vec<u8>) -> impl Future<Output = Result<BlobRef, Fault>> + Send;

    /// The content, its hash checked.
    fn get(&self, tenant: &str, content: &BlobRef) -> impl Future<Output = Result<Vec<u8>, Fault>> + Send;

    fn exists(&self, tenant: &str, content: &BlobRef) -> impl Future<Output = Result<bool, Fault>> + Send;

    /// Removes the content. Removing what is not there is no fault.
    fn delete(&self, tenant: &str, content: &BlobRef) -> impl Future<Output = Result<(), Fault>> + Send;
}

pub(crate) fn missing(content: &BlobRef) -> Fault {
    Fault::new(Code::BlobMissing, [("sha256", content.sha256.clone())])
}

pub(crate) fn check_size(bytes: &[u8]) -> Result<(), Fault> {
    if bytes.len() as u64 <= BLOB_BYTES_MAX {
        return Ok(());
    }
    let args = [("bytes", bytes.len().to_string()), ("max", BLOB_BYTES_MAX.to_string())];
    Err(Fault::new(Code::BlobTooLarge, args))
}

/// Names become parts of paths and keys: letters, digits, `-` and `_` only.
pub(crate) fn check_names(tenant: &str, content: &BlobRef) -> Result<(), Fault> {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
    if tenant.is_empty() || tenant.len() > 64 || !tenant.chars().all(plain) {
        return Err(core_brand::broken!("`{tenant}` is not a tenant"));
    }
    if content.is_well_formed() { Ok(()) } else { Err(missing(content)) }
}
