//! Folders of pinned npm packages that tests need, fetched once into the cache.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// What names the packages and their hashes.
const PINS: &[&str] = &["package.json", "package-lock.json", ".npmrc"];
/// Written last: the lock that the folder was made from.
const STAMP: &str = "lock.stamp";

/// Makes the folder hold what the pins say; does nothing where it does.
pub(crate) fn fetch(from: &Path, to: &Path, what: &str) -> Result<(), String> {
    if is_current(from, to) {
        return Ok(());
    }
    println!("Fetching {what}, once.");
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
        return Err(format!("npm could not fetch {what}: {status}"));
    }
    fs::copy(to.join(PINS[1]), to.join(STAMP)).map(|_| ()).map_err(failed)
}

/// Whether a whole folder was fetched at some time.
pub(crate) fn is_there(to: &Path) -> bool {
    to.join(STAMP).is_file()
}

fn is_current(from: &Path, to: &Path) -> bool {
    let stamp = fs::read_to_string(to.join(STAMP));
    stamp.is_ok_and(|stamp| fs::read_to_string(from.join(PINS[1])).is_ok_and(|lock| lock == stamp))
}
