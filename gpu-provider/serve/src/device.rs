//! What lies in the usual places of CUDA, for who wonders why no device was opened. What is painted on says `gpu`, which
//! opens it.

use std::path::{Path, PathBuf};

/// What a painter on a GPU needs of the system.
const LIBRARIES: &[&str] = &["libcuda.so.1", "libcublasLt.so", "libnvrtc.so"];
/// Where Linux and its containers have them.
const PLACES: &[&str] = &[
    "/usr/lib/x86_64-linux-gnu",
    "/usr/lib/aarch64-linux-gnu",
    "/usr/lib64",
    "/usr/local/cuda/lib64",
    "/usr/local/nvidia/lib64",
];
/// The first device, and the one that all programs open.
const DEVICES: &[&str] = &["dev/nvidia0", "dev/nvidiactl"];

/// What was found below a root; that of the system is `/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// By name, and where it lies.
    pub libraries: Vec<(&'static str, Option<PathBuf>)>,
    pub devices: Vec<(&'static str, bool)>,
}

impl Device {
    #[must_use]
    pub fn look(root: &Path, more: &[PathBuf]) -> Self {
        let places: Vec<PathBuf> = PLACES
            .iter()
            .map(|place| root.join(place.trim_start_matches('/')))
            .chain(more.iter().cloned())
            .collect();
        let find = |name: &str| places.iter().find_map(|place| starting(place, name));
        Self {
            libraries: LIBRARIES.iter().map(|name| (*name, find(name))).collect(),
            devices: DEVICES.iter().map(|device| (*device, root.join(device).exists())).collect(),
        }
    }

    /// That of this system; `LD_LIBRARY_PATH` is looked through too.
    #[must_use]
    pub fn here() -> Self {
        let more = std::env::var_os("LD_LIBRARY_PATH").unwrap_or_default();
        Self::look(Path::new("/"), &std::env::split_paths(&more).collect::<Vec<_>>())
    }

    /// One sentence of what was looked for and whether it was there.
    #[must_use]
    pub fn said(&self) -> String {
        let library = |(name, found): &(&str, Option<PathBuf>)| match found {
            Some(path) => format!("{name} found at {}", path.display()),
            None => format!("{name} not found"),
        };
        let device =
            |(name, found): &(&str, bool)| format!("/{name} {}", if *found { "found" } else { "not found" });
        let all: Vec<String> =
            self.devices.iter().map(device).chain(self.libraries.iter().map(library)).collect();
        format!("looked for {}", all.join(", "))
    }
}

/// The library, or the same with more of a version behind it.
fn starting(place: &Path, name: &str) -> Option<PathBuf> {
    let exact = place.join(name);
    if exact.exists() {
        return Some(exact);
    }
    let mut found: Vec<PathBuf> = std::fs::read_dir(place)
        .ok()?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.file_name().is_some_and(|own| own.to_string_lossy().starts_with(name)))
        .collect();
    found.sort();
    found.pop()
}
