//! A browser for the page's test: Chromium of this machine, and what drives it.

use crate::packages;
use imprint_supply::Places;
use std::env;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// Where the test finds the program, and the folder with the packages.
const PROGRAM: &str = "IMPRINT_BROWSER";
const MODULES: &str = "IMPRINT_BROWSER_MODULES";

/// The names that Chromium goes by.
const NAMES: &[&str] = &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

/// Gets what is missing. Without a browser the test says that it is skipped.
pub(crate) fn setup(places: &Places) -> Result<(), String> {
    if program().is_none() {
        install();
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
    let path = env::var_os("PATH")?;
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    let here = |name: &&str| folders.iter().map(|folder| folder.join(name)).find(|file| file.is_file());
    NAMES.iter().find_map(here)
}

/// Only where nobody has to be asked: as root, on a machine with apt. A machine that refuses has no browser.
fn install() {
    println!("Installing Chromium, if this machine lets us.");
    for act in [
        ["update", "--quiet"].as_slice(),
        &["install", "--yes", "--quiet", "--no-install-recommends", "chromium"],
    ] {
        let mut apt = Command::new("apt-get");
        apt.env("DEBIAN_FRONTEND", "noninteractive").args(act).stdin(Stdio::null()).stdout(Stdio::null());
        if !apt.stderr(Stdio::null()).status().is_ok_and(|status| status.success()) {
            return;
        }
    }
}
