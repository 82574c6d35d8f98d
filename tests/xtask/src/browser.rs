//! A browser for the page's test: Chromium of this machine, and what drives it.

use crate::{apt, packages};
use imprint_supply::Places;
use std::env;
use std::path::PathBuf;
use std::process::Command;

/// Where the test finds the program, and the folder with the packages.
const PROGRAM: &str = "IMPRINT_BROWSER";
const MODULES: &str = "IMPRINT_BROWSER_MODULES";

/// The names that Chromium goes by.
const NAMES: &[&str] = &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

/// Gets what is missing. Without a browser the test says that it is skipped.
pub(crate) fn setup(places: &Places) -> Result<(), String> {
    if program().is_none() {
        apt::install(&["chromium"]);
    }
    let Some(program) = program() else {
        println!("No Chromium is here, so the page is not looked at in a browser.");
        return Ok(());
    };
    println!("The page is looked at with {}.", program.display());
    let from = places.root.join("tests/e2e/browser");
    packages::fetch(&from, &folder(places), "what drives the browser (10 MB)")
}

/// Tells the tests, as far as it is there.
pub(crate) fn tell(command: &mut Command, places: &Places) {
    let modules = folder(places);
    if let Some(program) = program().filter(|_| packages::is_there(&modules)) {
        command.env(PROGRAM, program).env(MODULES, modules);
    }
}

fn folder(places: &Places) -> PathBuf {
    places.cache.join("browser")
}

fn program() -> Option<PathBuf> {
    if let Some(program) = env::var_os(PROGRAM).filter(|value| !value.is_empty()) {
        return Some(PathBuf::from(program));
    }
    NAMES.iter().find_map(|name| apt::on_path(name))
}
