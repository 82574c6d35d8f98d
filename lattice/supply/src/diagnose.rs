//! Looking at what is there, without changing it.

use crate::components::{component_files, has_target};
use crate::fonts::font_files;
use crate::places::{Places, TARGET};
use std::process::Command;

/// One thing looked at.
#[derive(Clone, Debug)]
pub struct Finding {
    pub what: String,
    pub seen: String,
    /// What to do, where something is missing that `make` cannot get by itself.
    pub mend: Option<String>,
}

/// Looks at everything that `imprint make` uses.
#[must_use]
pub fn diagnose() -> Vec<Finding> {
    let mut findings = vec![
        program("cargo", "--version", "Install Rust with rustup."),
        program("npm", "--version", "Install Node.js 20 or later; npm comes with it."),
        target(),
    ];
    match Places::find() {
        Ok(places) => findings.extend([fonts(&places), components(&places), cache(&places)]),
        Err(fault) => findings.push(Finding {
            what: "checkout".to_owned(),
            seen: fault.message,
            mend: Some("Set IMPRINT_ROOT to a checkout of Imprint.".to_owned()),
        }),
    }
    findings
}

fn program(name: &str, question: &str, mend: &str) -> Finding {
    let answer = Command::new(name).arg(question).output().ok().filter(|answer| answer.status.success());
    let seen = answer.map(|answer| String::from_utf8_lossy(&answer.stdout).trim().to_owned());
    let mend = seen.is_none().then(|| mend.to_owned());
    Finding { what: name.to_owned(), seen: seen.unwrap_or_else(|| "does not answer".to_owned()), mend }
}

fn target() -> Finding {
    let seen = if has_target() { "installed" } else { "not installed; `make` adds it with rustup" };
    let has_rustup = Command::new("rustup").arg("--version").output().is_ok();
    let mend = (!has_target() && !has_rustup).then(|| format!("Run `rustup target add {TARGET}`."));
    Finding { what: format!("target {TARGET}"), seen: seen.to_owned(), mend }
}

fn fonts(places: &Places) -> Finding {
    let files = font_files(places);
    let there = files.iter().filter(|font| font.path.is_file()).count();
    let seen = format!("{there} of {} files in {}", files.len(), places.fonts().display());
    let seen = if there == files.len() { seen } else { format!("{seen}; `make` fetches them") };
    Finding { what: "fonts".to_owned(), seen, mend: None }
}

fn components(places: &Places) -> Finding {
    let files = component_files(places);
    let there = files.iter().filter(|path| path.is_file()).count();
    let seen = format!("{there} of {} built", files.len());
    let seen = if there == files.len() { seen } else { format!("{seen}; `make` builds them") };
    Finding { what: "components".to_owned(), seen, mend: None }
}

fn cache(places: &Places) -> Finding {
    let mend = std::fs::create_dir_all(&places.cache).err().map(|why| {
        format!("`{}` cannot be made ({why}). Set IMPRINT_CACHE to another folder.", places.cache.display())
    });
    Finding { what: "cache".to_owned(), seen: places.cache.display().to_string(), mend }
}
