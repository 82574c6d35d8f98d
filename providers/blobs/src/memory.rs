//! Content in memory: for one process and for tests.

use crate::{Blobs, check_names, check_size, missing};
use core_brand::{BlobRef, Fault};
use std::collections::BTreeMap;
use std::sync::{PoisonError, RwLock};

/// Content that lives as long as the process.
#[derive(Default)]
pub struct MemoryBlobs {
    content: RwLock<BTreeMap<(String, String), Vec<u8>>>,
}

fn key(tenant: &str, content: &BlobRef) -> (String, String) {
    (tenant.to_owned(), content.sha256.clone())
}

impl Blobs for MemoryBlobs {
    async fn put(&self, tenant: &str, bytes: Vec<u8>) -> Result<BlobRef, Fault> {
        check_size(&bytes)?;
        let content = BlobRef::of(&bytes);
        check_names(tenant, &content)?;
        self.content.write().unwrap_or_else(PoisonError::into_inner).insert(key(tenant, &content), bytes);
        Ok(content)
    }

    async fn get(&self, tenant: &str, content: &BlobRef) -> Result<Vec<u8>, Fault> {
        check_names(tenant, content)?;
        let all = self.content.read().unwrap_or_else(PoisonError::into_inner);
        all.get(&key(tenant, content)).cloned().ok_or_else(|| missing(content))
    }

    async fn exists(&self, tenant: &str, content: &BlobRef) -> Result<bool, Fault> {
        check_names(tenant, content)?;
        Ok(self.content.read().unwrap_or_else(PoisonError::into_inner).contains_key(&key(tenant, content)))
    }

    async fn delete(&self, tenant: &str, content: &BlobRef) -> Result<(), Fault> {
        check_names(tenant, content)?;
        self.content.write().unwrap_or_else(PoisonError::into_inner).remove(&key(tenant, content));
        Ok(())
    }
}
