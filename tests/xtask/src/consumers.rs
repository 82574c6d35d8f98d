//! The tools that read our token files in a test: what their users have, from npm.

use crate::packages;
use imprint_supply::Places;
use std::path::PathBuf;
use std::process::Command;

/// Where the test finds the folder with the packages.
const MODULES: &str = "IMPRINT_CONSUMERS";

pub(crate) fn setup(places: &Places) -> Result<(), String> {
    let from = places.root.join("tests/e2e/consumers");
    packages::fetch(&from, &folder(places), "the tools that read tokens (130 MB unpacked)")
}

/// Tells the tests, once it is there.
pub(crate) fn tell(command: &mut Command, places: &Places) {
    let modules = folder(places);
    if packages::is_there(&modules) {
        command.env(MODULES, modules);
    }
}

fn folder(places: &Places) -> PathBuf {
    places.cache.join("consumers")
}
