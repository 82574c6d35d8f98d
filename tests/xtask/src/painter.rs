//! What the painter's tests compare with: the published vocabulary, and the compiler that NVIDIA has for kernels; from PyPI.

use crate::packages;
use imprint_supply::Places;
use std::path::PathBuf;
use std::process::Command;

/// Where the tests find the folders with the packages.
const VOCABULARY: &str = "IMPRINT_VOCABULARY";
const COMPILER: &str = "IMPRINT_NVRTC";

pub(crate) fn setup(places: &Places) -> Result<(), String> {
    let from = places.root.join("gpu-provider/reference/tests/published");
    let what = "the published vocabulary and the compiler for kernels (250 MB unpacked)";
    packages::fetch_python(&from, &folder(places), what)
}

/// Tells the tests, as far as it is there: the compiler is for Linux alone.
pub(crate) fn tell(command: &mut Command, places: &Places) {
    let Some(folder) = packages::python(&folder(places)) else { return };
    if folder.join("nvidia").is_dir() {
        command.env(COMPILER, &folder);
    }
    command.env(VOCABULARY, folder);
}

fn folder(places: &Places) -> PathBuf {
    places.cache.join("painter")
}
