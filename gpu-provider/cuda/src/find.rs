//! Where CUDA's libraries lie.
//!
//! A setting goes first, then the environment, then the `nvidia/*/lib` of Python's packages, then where CUDA installs itself,
//! and last what the system finds by its bare name.

use crate::CudaError;
use std::env;
use std::error::Error;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// Folders with libraries, separated as in `PATH`.
pub const LIBRARIES_VARIABLE: &str = "IMPRINT_CUDA_LIBS";
/// Folders of Python's packages.
pub const PACKAGES_VARIABLE: &str = "IMPRINT_CUDA_PACKAGES";
/// Where CUDA installs itself.
const INSTALLED: &str = "/usr/local/cuda/lib64";

/// A library, by the names that it may have: what is written for version 13 runs with 12 too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub what: &'static str,
    pub names: &'static [&'static str],
    /// What has to be there before, from the same folder.
    pub before: &'static [&'static str],
}

pub const DRIVER: Wanted =
    Wanted { what: "driver of NVIDIA", names: &["libcuda.so.1", "libcuda.so"], before: &[] };
pub const COMPILER: Wanted = Wanted {
    what: "compiler NVRTC",
    names: &["libnvrtc.so.13", "libnvrtc.so.12", "libnvrtc.so"],
    before: &["libnvrtc-builtins.so."],
};
pub const MATRICES: Wanted = Wanted {
    what: "cuBLASLt",
    names: &["libcublasLt.so.13", "libcublasLt.so.12", "libcublasLt.so"],
    before: &[],
};

/// Where to look.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    pub folders: Vec<PathBuf>,
    /// By name alone, as the system finds it.
    pub bare: bool,
}

/// A place that was looked at, and whether a file is there. A bare name is known only when it is opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Looked {
    pub path: PathBuf,
    pub is_there: Option<bool>,
}

impl Places {
    /// What is set here and in the environment, and what is usual.
    #[must_use]
    pub fn here(setting: &[PathBuf]) -> Self {
        let of = |name: &str| env::var_os(name).unwrap_or_default();
        Self::new(setting, &of(LIBRARIES_VARIABLE), &of(PACKAGES_VARIABLE))
    }

    #[must_use]
    pub fn new(setting: &[PathBuf], libraries: &OsString, packages: &OsString) -> Self {
        let mut folders = setting.to_vec();
        folders.extend(env::split_paths(libraries).filter(|path| !path.as_os_str().is_empty()));
        let packages = env::split_paths(packages).filter(|path| !path.as_os_str().is_empty());
        folders.extend(packages.flat_map(|packages| of_packages(&packages)));
        folders.push(PathBuf::from(INSTALLED));
        Self { folders, bare: true }
    }

    /// Every place for a library, in order.
    #[must_use]
    pub fn candidates(&self, wanted: Wanted) -> Vec<Looked> {
        let in_folders =
            self.folders.iter().flat_map(|folder| wanted.names.iter().map(|name| folder.join(name)));
        let mut all: Vec<Looked> =
            in_folders.map(|path| Looked { is_there: Some(path.is_file()), path }).collect();
        if self.bare {
            let bare = wanted.names.iter().map(PathBuf::from);
            all.extend(bare.map(|path| Looked { path, is_there: None }));
        }
        all
    }

    /// A library that opens, or where it was looked for and why none did.
    pub fn open(&self, wanted: Wanted) -> Result<(libloading::Library, PathBuf), CudaError> {
        let mut said = Vec::new();
        for looked in self.candidates(wanted) {
            let path = looked.path.display().to_string();
            if looked.is_there == Some(false) {
                said.push(format!("{path} not found"));
                continue;
            }
            let before = looked.path.parent().map(|folder| helpers(folder, wanted)).unwrap_or_default();
            // What cannot be opened is looked for by the library itself, and missed there if it matters.
            let held: Vec<_> = before.iter().filter_map(|path| open(path).ok()).collect();
            match open(&looked.path) {
                Ok(library) => {
                    // They stay as long as the process, like everything that a library opens for itself.
                    std::mem::forget(held);
                    return Ok((library, looked.path));
                }
                Err(why) => said.push(format!("{path} not opened ({why})")),
            }
        }
        Err(CudaError::Missing { what: wanted.what, looked_for: said.join(", ") })
    }
}

/// The folders with libraries that NVIDIA's packages of Python have.
fn of_packages(packages: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(packages.join("nvidia")).into_iter().flatten();
    let mut folders: Vec<PathBuf> =
        entries.filter_map(|entry| Some(entry.ok()?.path().join("lib"))).filter(|lib| lib.is_dir()).collect();
    folders.sort();
    folders
}

fn helpers(folder: &Path, wanted: Wanted) -> Vec<PathBuf> {
    let is_one = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        wanted.before.iter().any(|start| name.starts_with(start))
    };
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    let mut all: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).filter(is_one).collect();
    all.sort();
    all
}

/// Names of symbols are found when they are called for, not when a library is opened.
fn open(path: &Path) -> Result<libloading::Library, String> {
    // SAFETY: opening a library runs its own beginning. The names are those of NVIDIA's libraries, in folders that the
    // operator named or that only an administrator writes to; a file that is no library is refused by the loader.
    let opened = unsafe { libloading::Library::new(path) };
    opened.map_err(|why| why.source().map_or_else(|| why.to_string(), ToString::to_string))
}
