//! Compiled code, kept in a private folder: loading it equals running it.

use core_brand::Fault;
use core_brand::fault::Code;
use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use wasmtime::Engine;
use wasmtime::component::Component;

/// Makes the names of unfinished files differ.
static UNFINISHED: AtomicU64 = AtomicU64::new(0);

/// A folder of compiled components that only its owner can enter.
pub struct CodeCache {
    folder: PathBuf,
}

impl CodeCache {
    /// Uses (and makes) this folder. Refuses one that others can write or enter.
    pub fn open(folder: &Path) -> Result<Self, Fault> {
        fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)
            .map_err(|why| failed(folder, &why))?;
        let about = fs::metadata(folder).map_err(|why| failed(folder, &why))?;
        // The owner of this process, as the kernel tells it without a system call of our own.
        let me = fs::metadata("/proc/self").map_or(about.uid(), |own| own.uid());
        if about.uid() != me || about.permissions().mode() & 0o077 != 0 {
            let why = "other users can change it".to_owned();
            let mend = format!("Remove `{}`; it is made again.", folder.display());
            return Err(Fault::new(
                Code::SetupMissing,
                [("what", "A private folder for compiled code".to_owned()), ("why", why), ("mend", mend)],
            ));
        }
        Ok(Self { folder: folder.to_owned() })
    }

    /// The component, from the cache or compiled now.
    pub(crate) fn component(
        &self,
        engine: &Engine,
        name: &str,
        sha256: &str,
        wasm: &Path,
    ) -> Result<Component, Fault> {
        let path = self.folder.join(format!(
            "{name}-{}-{:016x}.cwasm",
            &sha256[..sha256.len().min(16)],
            settings(engine)
        ));
        if path.is_file() {
            // SAFETY: `deserialize_file` trusts its input as it would trust the running program. The file lies in a
            // folder that `open` has found to belong to this user with no rights for anybody else, under a name that
            // only `keep` below gives, by rename after the whole file was written by this program.
            let loaded = unsafe { Component::deserialize_file(engine, &path) };
            if let Ok(component) = loaded {
                return Ok(component);
            }
        }
        let bytes = fs::read(wasm).map_err(|why| failed(wasm, &why))?;
        let component = Component::from_binary(engine, &bytes).map_err(|why| trapped(name, &why))?;
        let code = component.serialize().map_err(|why| trapped(name, &why))?;
        self.keep(&path, &code).map_err(|why| failed(&path, &why))?;
        Ok(component)
    }

    fn keep(&self, path: &Path, code: &[u8]) -> std::io::Result<()> {
        // Two engines of one process may compile the same component at once.
        let number = UNFINISHED.fetch_add(1, Ordering::Relaxed);
        let beside = path.with_extension(format!("{}-{number}.partial", std::process::id()));
        let mut file = fs::File::create(&beside)?;
        let written =
            file.write_all(code).and_then(|()| file.sync_all()).and_then(|()| fs::rename(&beside, path));
        if written.is_err() {
            // The first fault is the one to tell.
            let _ = fs::remove_file(&beside);
        }
        written
    }
}

/// Engine version and everything that changes generated code.
fn settings(engine: &Engine) -> u64 {
    let mut hasher = DefaultHasher::new();
    engine.precompile_compatibility_hash().hash(&mut hasher);
    hasher.finish()
}

fn failed(path: &Path, why: &std::io::Error) -> Fault {
    if why.kind() == std::io::ErrorKind::StorageFull {
        return Fault::new(Code::DiskFull, [("path", path.display().to_string())]);
    }
    Fault::new(Code::Storage, [("what", format!("`{}`", path.display())), ("why", why.to_string())])
}

fn trapped(name: &str, why: &wasmtime::Error) -> Fault {
    Fault::new(Code::StepTrapped, [("component", name.to_owned()), ("why", format!("{why:#}"))])
}
