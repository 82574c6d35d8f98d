//! The backend that the configuration names, for who need not know which one it is.

#[cfg(feature = "s3")]
use crate::S3Blobs;
use crate::{Blobs, Collect, FolderBlobs, NatsBlobs, setting};
use core_brand::{BlobRef, Fault};
use std::collections::BTreeMap;

/// One of the backends that outlive a process.
pub enum AnyBlobs {
    Folder(FolderBlobs),
    Nats(Box<NatsBlobs>),
    #[cfg(feature = "s3")]
    S3(Box<S3Blobs>),
}

impl AnyBlobs {
    /// Opens `backend`: `nats` if not given, `folder` (below the path in `folder`), or `s3`. All who work on the same
    /// brands must be told the same.
    pub async fn open(nats: async_nats::Client, settings: &BTreeMap<String, String>) -> Result<Self, Fault> {
        match settings.get("backend").map_or("nats", String::as_str) {
            "nats" => Ok(Self::Nats(Box::new(NatsBlobs::open(nats, settings).await?))),
            "folder" => match settings.get("folder") {
                Some(root) => Ok(Self::Folder(FolderBlobs::open(root.as_ref())?)),
                None => Err(setting("folder", "the backend `folder` needs a path")),
            },
            #[cfg(feature = "s3")]
            "s3" => Ok(Self::S3(Box::new(S3Blobs::open(settings).await?))),
            #[cfg(not(feature = "s3"))]
            "s3" => Err(setting("backend", "this program was built without the feature `s3`")),
            other => Err(setting("backend", format!("`{other}` is none of nats, folder, s3"))),
        }
    }
}

/// The same call on whichever it is.
macro_rules! each {
    ($self:ident, $store:ident => $call:expr) => {
        match $self {
            Self::Folder($store) => $call,
            Self::Nats($store) => $call,
            #[cfg(feature = "s3")]
            Self::S3($store) => $call,
        }
    };
}

impl Blobs for AnyBlobs {
    async fn put(&self, space: &str, bytes: Vec<u8>) -> Result<BlobRef, Fault> {
        each!(self, store => store.put(space, bytes).await)
    }

    async fn get(&self, space: &str, content: &BlobRef) -> Result<Vec<u8>, Fault> {
        each!(self, store => store.get(space, content).await)
    }

    async fn exists(&self, space: &str, content: &BlobRef) -> Result<bool, Fault> {
        each!(self, store => store.exists(space, content).await)
    }

    async fn delete(&self, space: &str, content: &BlobRef) -> Result<(), Fault> {
        each!(self, store => store.delete(space, content).await)
    }

    async fn list(&self, space: &str) -> Result<Vec<BlobRef>, Fault> {
        each!(self, store => store.list(space).await)
    }

    async fn clear(&self, space: &str) -> Result<u64, Fault> {
        each!(self, store => store.clear(space).await)
    }

    async fn collect(&self, space: &str, what: &Collect<'_>) -> Result<Vec<BlobRef>, Fault> {
        each!(self, store => store.collect(space, what).await)
    }
}
