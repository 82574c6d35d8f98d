//! Content in a folder: `<root>/<tenant>/<first two digits>/<sha256>`.

use crate::{Blobs, check_names, check_size, missing};
use core_brand::fault::Code;
use core_brand::{BlobRef, Fault};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// Content that outlives the process. Written beside and renamed, so that a half-written file never has the right name.
pub struct FolderBlobs {
    root: PathBuf,
    /// Makes the names of unfinished files differ.
    unfinished: AtomicU64,
}

impl FolderBlobs {
    /// Uses (and makes) this folder.
    pub fn open(root: &Path) -> Result<Self, Fault> {
        std::fs::create_dir_all(root).map_err(|why| storage(root, &why))?;
        Ok(Self { root: root.to_owned(), unfinished: AtomicU64::new(0) })
    }

    fn path(&self, tenant: &str, content: &BlobRef) -> PathBuf {
        self.root.join(tenant).join(&content.sha256[..2]).join(&content.sha256)
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> std::io::Result<()> {
        let Some(folder) = path.parent() else { return Err(ErrorKind::InvalidInput.into()) };
        std::fs::create_dir_all(folder)?;
        let number = self.unfinished.fetch_add(1, Ordering::Relaxed);
        let beside = folder.join(format!(".{}-{number}.partial", std::process::id()));
        let mut file = std::fs::File::create(&beside)?;
        let written = file.write_all(bytes).and_then(|()| file.sync_all());
        match written.and_then(|()| std::fs::rename(&beside, path)) {
            Ok(()) => Ok(()),
            Err(why) => {
                // The first fault is the one to tell; a file that cannot be removed is found by its name.
                let _ = std::fs::remove_file(&beside);
                Err(why)
            }
        }
    }
}

impl Blobs for FolderBlobs {
    async fn put(&self, tenant: &str, bytes: Vec<u8>) -> Result<BlobRef, Fault> {
        check_size(&bytes)?;
        let content = BlobRef::of(&bytes);
        check_names(tenant, &content)?;
        let path = self.path(tenant, &content);
        if !path.exists() {
            self.write(&path, &bytes).map_err(|why| storage(&path, &why))?;
        }
        Ok(content)
    }

    async fn get(&self, tenant: &str, content: &BlobRef) -> Result<Vec<u8>, Fault> {
        check_names(tenant, content)?;
        let path = self.path(tenant, content);
        match std::fs::read(&path) {
            Ok(bytes) if BlobRef::of(&bytes) == *content => Ok(bytes),
            Ok(_) => {
                let what = format!("`{}`", path.display());
                Err(Fault::new(
                    Code::Storage,
                    [("what", what), ("why", "the content was changed".to_owned())],
                ))
            }
            Err(why) if why.kind() == ErrorKind::NotFound => Err(missing(content)),
            Err(why) => Err(storage(&path, &why)),
        }
    }

    async fn exists(&self, tenant: &str, content: &BlobRef) -> Result<bool, Fault> {
        check_names(tenant, content)?;
        Ok(self.path(tenant, content).exists())
    }

    async fn delete(&self, tenant: &str, content: &BlobRef) -> Result<(), Fault> {
        check_names(tenant, content)?;
        let path = self.path(tenant, content);
        match std::fs::remove_file(&path) {
            Err(why) if why.kind() != ErrorKind::NotFound => Err(storage(&path, &why)),
            _ => Ok(()),
        }
    }
}

fn storage(path: &Path, why: &std::io::Error) -> Fault {
    if why.kind() == ErrorKind::StorageFull {
        return Fault::new(Code::DiskFull, [("path", path.display().to_string())]);
    }
    Fault::new(Code::Storage, [("what", format!("`{}`", path.display())), ("why", why.to_string())])
}
