//! Scenarios from brief to kit, on every site, and the command as a person runs it.
//!
//! A scenario is a folder of `suite/`: a request and what is expected of its kit. The tests are in `tests/`.

use std::io::Write as _;

/// Tells the lane runner what cannot run here; it fails the run when that may not be skipped.
///
/// # Panics
/// Where the runner's file cannot be written.
pub fn skip(lane: &str) {
    if let Some(path) = std::env::var_os("IMPRINT_SKIPS") {
        let file = std::fs::OpenOptions::new().create(true).append(true).open(path);
        file.and_then(|mut file| writeln!(file, "{lane}"))
            .expect("the list of what is skipped can be written");
    }
}
