//! Programs from Debian that tests compare with, installed where nobody has to be asked.

use std::env;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// What draws and judges print files, by program and package.
const PRINT: &[(&str, &str)] =
    &[("gs", "ghostscript"), ("pdftoppm", "poppler-utils"), ("pdfimages", "poppler-utils"), ("qpdf", "qpdf")];

/// Gets what is missing. Without it the tests say that they are skipped.
pub(crate) fn print_tools() {
    let missing: Vec<&str> =
        PRINT.iter().filter(|(program, _)| on_path(program).is_none()).map(|(_, package)| *package).collect();
    if !missing.is_empty() {
        install(&missing);
    }
}

/// Only as root, on a machine with apt; whether it worked is seen by whoever needs the program.
pub(crate) fn install(packages: &[&str]) {
    println!("Installing {}, if this machine lets us.", packages.join(" and "));
    let update: &[&str] = &["update", "--quiet"];
    let install = [&["install", "--yes", "--quiet", "--no-install-recommends"], packages].concat();
    for act in [update, &install] {
        let mut apt = Command::new("apt-get");
        apt.env("DEBIAN_FRONTEND", "noninteractive").args(act).stdin(Stdio::null()).stdout(Stdio::null());
        if !apt.stderr(Stdio::null()).status().is_ok_and(|status| status.success()) {
            return;
        }
    }
}

pub(crate) fn on_path(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|folder| folder.join(name)).find(|program| program.is_file())
}
