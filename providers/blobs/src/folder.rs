//! Content in a folder: `<root>/<tenant>/<brand>/<first two digits>/<sha256>`.

use crate::space::Space;
use crate::{Blobs, Collect, GRACE, changed, check_content, check_size, missing};
use core_brand::fault::Code;
use core_brand::{BlobRef, Fault};
use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

/// In the root; no tenant can have this name. Who puts shares it, who collects has it alone. Its time is the clock of
/// the disk, which need not be that of this process.
const LOCK: &str = ".lock";

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

    /// Held until it is dropped. Opened anew each time: a lock belongs to an open file, not to a thread.
    fn lock(&self) -> std::io::Result<File> {
        OpenOptions::new().create(true).truncate(false).write(true).open(self.root.join(LOCK))
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> std::io::Result<()> {
        let Some(folder) = path.parent() else { return Err(ErrorKind::InvalidInput.into()) };
        let lock = self.lock()?;
        lock.lock_shared()?;
        std::fs::create_dir_all(folder)?;
        let number = self.unfinished.fetch_add(1, Ordering::Relaxed);
        let beside = folder.join(format!(".{}-{number}.partial", std::process::id()));
        let mut file = File::create(&beside)?;
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

    /// Removes a file that is old enough. Looking and removing are one act under the lock: a put is before it, and the
    /// file is young, or behind it, and the file is there again.
    fn remove_old(
        &self,
        path: &Path,
        is_old: impl Fn(Duration) -> bool,
        is_dry: bool,
    ) -> std::io::Result<bool> {
        let mut lock = self.lock()?;
        lock.lock()?;
        lock.write_all(b".")?;
        let now = lock.metadata()?.modified()?;
        let goes = match std::fs::metadata(path) {
            Ok(file) => is_old(age(now, file.modified()?)),
            Err(why) if why.kind() == ErrorKind::NotFound => false,
            Err(why) => return Err(why),
        };
        if goes && !is_dry {
            std::fs::remove_file(path)?;
        }
        Ok(goes)
    }

    /// What a killed put left. Never before the grace is over, whatever is asked: it may be under way.
    fn remove_partials(&self, folder: &Path, is_dry: bool) -> std::io::Result<()> {
        for shelf in std::fs::read_dir(folder)? {
            for file in std::fs::read_dir(shelf?.path())? {
                let path = file?.path();
                if path.extension().is_some_and(|extension| extension == "partial") {
                    self.remove_old(&path, |age| age >= GRACE, is_dry)?;
                }
            }
        }
        Ok(())
    }
}

impl Blobs for FolderBlobs {
    async fn put(&self, space: &str, bytes: Vec<u8>) -> Result<BlobRef, Fault> {
        check_size(&bytes)?;
        let content = BlobRef::of(&bytes);
        let path = self.path(space, &content)?;
        // Also when it is there: a new file is young, and right.
        self.write(&path, &bytes).map_err(|why| storage(&path, &why))?;
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

    async fn collect(&self, space: &str, what: &Collect<'_>) -> Result<Vec<BlobRef>, Fault> {
        let mut gone = Vec::new();
        for content in self.list(space).await?.into_iter().filter(|content| !what.spares(content)) {
            let path = self.path(space, &content)?;
            let removed = self.remove_old(&path, |age| what.is_old(age), what.is_dry);
            gone.extend(removed.map_err(|why| storage(&path, &why))?.then_some(content));
        }
        let folder = self.folder(space)?;
        match self.remove_partials(&folder, what.is_dry) {
            Err(why) if why.kind() != ErrorKind::NotFound => Err(storage(&folder, &why)),
            _ => Ok(gone),
        }
    }
}

/// A file of the future is young.
fn age(now: SystemTime, modified: SystemTime) -> Duration {
    now.duration_since(modified).unwrap_or_default()
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
