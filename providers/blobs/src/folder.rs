//! Content in a folder: `<root>/<tenant>/<brand>/<first two digits>/<sha256>`.

use crate::space::Space;
use crate::{Blobs, changed, check_content, check_size, missing};
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

    fn folder(&self, space: &str) -> Result<PathBuf, Fault> {
        let space = Space::of(space)?;
        Ok(self.root.join(space.tenant).join(space.brand))
    }

    fn path(&self, space: &str, content: &BlobRef) -> Result<PathBuf, Fault> {
        let folder = self.folder(space)?;
        check_content(content)?;
        Ok(folder.join(&content.sha256[..2]).join(&content.sha256))
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
    async fn put(&self, space: &str, bytes: Vec<u8>) -> Result<BlobRef, Fault> {
        check_size(&bytes)?;
        let content = BlobRef::of(&bytes);
        let path = self.path(space, &content)?;
        if !path.exists() {
            self.write(&path, &bytes).map_err(|why| storage(&path, &why))?;
        }
        Ok(content)
    }

    async fn get(&self, space: &str, content: &BlobRef) -> Result<Vec<u8>, Fault> {
        let path = self.path(space, content)?;
        match std::fs::read(&path) {
            Ok(bytes) if BlobRef::of(&bytes) == *content => Ok(bytes),
            Ok(_) => Err(changed(format!("`{}`", path.display()))),
            Err(why) if why.kind() == ErrorKind::NotFound => Err(missing(content)),
            Err(why) => Err(storage(&path, &why)),
        }
    }

    async fn exists(&self, space: &str, content: &BlobRef) -> Result<bool, Fault> {
        Ok(self.path(space, content)?.exists())
    }

    async fn delete(&self, space: &str, content: &BlobRef) -> Result<(), Fault> {
        let path = self.path(space, content)?;
        match std::fs::remove_file(&path) {
            Err(why) if why.kind() != ErrorKind::NotFound => Err(storage(&path, &why)),
            _ => Ok(()),
        }
    }

    async fn list(&self, space: &str) -> Result<Vec<BlobRef>, Fault> {
        let folder = self.folder(space)?;
        match files(&folder) {
            Ok(mut found) => {
                found.sort();
                Ok(found)
            }
            Err(why) if why.kind() == ErrorKind::NotFound => Ok(Vec::new()),
            Err(why) => Err(storage(&folder, &why)),
        }
    }

    async fn clear(&self, space: &str) -> Result<u64, Fault> {
        let found = self.list(space).await?.len() as u64;
        let folder = self.folder(space)?;
        match std::fs::remove_dir_all(&folder) {
            Err(why) if why.kind() != ErrorKind::NotFound => Err(storage(&folder, &why)),
            _ => Ok(found),
        }
    }
}

/// The content below the folder of a space; unfinished files are none.
fn files(folder: &Path) -> std::io::Result<Vec<BlobRef>> {
    let mut found = Vec::new();
    for shelf in std::fs::read_dir(folder)? {
        for file in std::fs::read_dir(shelf?.path())? {
            let file = file?;
            let sha256 = file.file_name().to_string_lossy().into_owned();
            let content = BlobRef { sha256, bytes: file.metadata()?.len() };
            found.extend(content.is_well_formed().then_some(content));
        }
    }
    Ok(found)
}

fn storage(path: &Path, why: &std::io::Error) -> Fault {
    if why.kind() == ErrorKind::StorageFull {
        return Fault::new(Code::DiskFull, [("path", path.display().to_string())]);
    }
    Fault::new(Code::Storage, [("what", format!("`{}`", path.display())), ("why", why.to_string())])
}
