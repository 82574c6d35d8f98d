//! A browser for the page's test: Chromium of this machine, and what drives it.

use imprint_supply::Places;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Where the test finds the program, and the folder with the packages.
const PROGRAM: &str = "IMPRINT_BROWSER";
const MODULES: &str = "IMPRINT_BROWSER_MODULES";

/// The names that Chromium goes by.
const NAMES: &[&str] = &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
/// What names the packages and their hashes.
const PINS: &[&str] = &["package.json", "package-lock.json", ".npmrc"];
/// Written last: the lock that the folder was made from.
const STAMP: &str = "lock.stamp";

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
    let (from, to) = (places.root.join("tests/e2e/browser"), folder(places));
    if is_current(&from, &to) {
        return Ok(());
    }
    fetch(&from, &to)
}

/// Tells the tests, as far as it is there.
pub(crate) fn tell(command: &mut Command, places: &Places) {
    let modules = folder(places);
    if let Some(program) = program().filter(|_| modules.join(STAMP).is_file()) {
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

fn is_current(from: &Path, to: &Path) -> bool {
    let stamp = fs::read_to_string(to.join(STAMP));
    stamp.is_ok_and(|stamp| fs::read_to_string(from.join(PINS[1])).is_ok_and(|lock| lock == stamp))
}

fn fetch(from: &Path, to: &Path) -> Result<(), String> {
    println!("Fetching what drives the browser (once, about 10 MB).");
    let failed = |why: std::io::Error| format!("`{}`: {why}", to.display());
    fs::create_dir_all(to).map_err(failed)?;
    for name in PINS {
        fs::copy(from.join(name), to.join(name)).map_err(failed)?;
    }
    let mut npm = Command::new("npm");
    npm.current_dir(to).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]);
    let status =
        npm.stdin(Stdio::null()).stdout(Stdio::null()).status().map_err(|why| format!("npm: {why}"))?;
    if !status.success() {
        return Err(format!("npm could not fetch what drives the browser: {status}"));
    }
    fs::copy(to.join(PINS[1]), to.join(STAMP)).map(|_| ()).map_err(failed)
}
