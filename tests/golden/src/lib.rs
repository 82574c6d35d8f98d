//! Golden files for tests: compare with what was accepted before, show the difference, accept what is new.
//!
//! A path is relative to the crate whose test runs, because cargo runs a test there. `IMPRINT_ACCEPT=1`
//! writes what was made instead of comparing; read the difference before committing it.
//!
//! **Law.** Golden files are text. Large or binary things are kept as a hash (`check_hash`), few small pictures as they
//! are (`check_picture`, for the feature `pictures`).
//! **Absent.** Other dependencies: every crate of the workspace may use this one in its tests.

mod case;
mod diff;
#[cfg(feature = "pictures")]
mod picture;

pub use case::{Case, cases};
pub use diff::difference;
#[cfg(feature = "pictures")]
pub use picture::{check_picture, compare_picture};

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// The variable that turns comparing into accepting.
pub const ACCEPT: &str = "IMPRINT_ACCEPT";

/// Tests of one binary run side by side, and several may accept into one file.
static WRITING: Mutex<()> = Mutex::new(());

/// Compares a text with a golden file; panics with the lines that differ.
#[track_caller]
pub fn check_text(path: impl AsRef<Path>, actual: &str) {
    if let Err(why) = compare_text(path.as_ref(), actual, accepting()) {
        panic!("{why}");
    }
}

/// Compares a hash with the one that a golden file has for this name, a line `hash  name` each.
#[track_caller]
pub fn check_hash(path: impl AsRef<Path>, name: &str, hash: &str) {
    if let Err(why) = compare_hash(path.as_ref(), name, hash, accepting()) {
        panic!("{why}");
    }
}

/// Whether differences are to be accepted.
#[must_use]
pub fn accepting() -> bool {
    std::env::var_os(ACCEPT).is_some_and(|value| value == "1")
}

/// `check_text` without the panic.
pub fn compare_text(path: &Path, actual: &str, accept: bool) -> Result<(), String> {
    let expected = fs::read_to_string(path).unwrap_or_default();
    if expected == actual && path.exists() {
        return Ok(());
    }
    if accept {
        let _guard = WRITING.lock().unwrap_or_else(PoisonError::into_inner);
        return write(path, actual);
    }
    let what = if path.exists() { "differs" } else { "does not exist yet" };
    let lines = difference(&expected, actual);
    Err(format!("{} {what} (- accepted, + made now):\n{lines}{ACCEPT}=1 accepts it.", path.display()))
}

/// `check_hash` without the panic.
pub fn compare_hash(path: &Path, name: &str, hash: &str, accept: bool) -> Result<(), String> {
    let _guard = WRITING.lock().unwrap_or_else(PoisonError::into_inner);
    let mut known = hashes(&fs::read_to_string(path).unwrap_or_default());
    let before = known.get(name).cloned();
    if before.as_deref() == Some(hash) {
        return Ok(());
    }
    if accept {
        known.insert(name.to_owned(), hash.to_owned());
        let lines: Vec<String> = known.iter().map(|(name, hash)| format!("{hash}  {name}\n")).collect();
        return write(path, &lines.concat());
    }
    let before = before.unwrap_or_else(|| "none".to_owned());
    Err(format!(
        "`{name}` in {} has the hash {hash}, accepted is {before}. {ACCEPT}=1 accepts it.",
        path.display()
    ))
}

fn hashes(text: &str) -> BTreeMap<String, String> {
    let entries = text.lines().filter_map(|line| line.split_once("  "));
    entries.map(|(hash, name)| (name.to_owned(), hash.to_owned())).collect()
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(path, text))
        .map_err(|why| format!("{} cannot be written: {why}", path.display()))
}
