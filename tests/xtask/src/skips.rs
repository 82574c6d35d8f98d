//! Skipped tests. A test that cannot run here writes a line; only lanes on the committed list may do so.

use std::fs;
use std::path::{Path, PathBuf};

/// Where tests find the file to write to.
pub(crate) const VARIABLE: &str = "IMPRINT_SKIPS";

/// What may be skipped, and why that can happen on an honest machine.
const ALLOWED: &str = include_str!("../skippable.txt");

pub(crate) fn path(root: &Path) -> PathBuf {
    root.join("target/skipped.txt")
}

/// Forgets earlier runs.
pub(crate) fn begin(root: &Path) -> Result<(), String> {
    let path = path(root);
    fs::write(&path, "").map_err(|why| format!("{}: {why}", path.display()))
}

/// Prints the list and what was skipped; fails when something was skipped that is not on it.
pub(crate) fn judge(root: &Path) -> Result<(), String> {
    println!("\nMay be skipped:");
    for line in allowed() {
        println!("  {line}");
    }
    let skipped = fs::read_to_string(path(root)).unwrap_or_default();
    println!("Skipped: {}", if skipped.trim().is_empty() { "nothing" } else { skipped.trim() });
    let strange: Vec<&str> = skipped.lines().filter(|line| !is_allowed(line)).collect();
    if strange.is_empty() {
        Ok(())
    } else {
        Err(format!("skipped and not on the list: {}", strange.join("; ")))
    }
}

fn allowed() -> impl Iterator<Item = &'static str> {
    ALLOWED.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'))
}

fn is_allowed(line: &str) -> bool {
    let lane = |text: &str| text.split(':').next().map(str::trim).map(str::to_owned);
    allowed().any(|known| lane(known) == lane(line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lanes_of_the_list_may_be_skipped() {
        assert!(is_allowed("disk-full: no namespaces here"));
        assert!(!is_allowed("determinism: too slow"));
        assert!(allowed().all(|line| line.contains(':')), "every entry has a reason");
    }
}
