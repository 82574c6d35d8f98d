//! Folders of pinned packages of npm and PyPI that tests need, fetched once into the cache.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What names the packages and their hashes.
const PINS: &[&str] = &["package.json", "package-lock.json", ".npmrc"];
const PYTHON_PINS: &str = "requirements.txt";
/// Written last: the pins that the folder was made from.
const STAMP: &str = "lock.stamp";
const PYTHON_STAMP: &str = "venv.stamp";

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

/// Makes the folder hold an environment of Python, `venv`, with what the pins say; does nothing where it does.
pub(crate) fn fetch_python(from: &Path, to: &Path, what: &str) -> Result<(), String> {
    let pins = from.join(PYTHON_PINS);
    let wanted = fs::read_to_string(&pins).map_err(|why| format!("`{}`: {why}", pins.display()))?;
    if fs::read_to_string(to.join(PYTHON_STAMP)).is_ok_and(|stamp| stamp == wanted) {
        return Ok(());
    }
    println!("Fetching {what}, once.");
    let venv = to.join("venv");
    let run = |command: &mut Command| {
        let status = command.stdin(Stdio::null()).status().map_err(|why| why.to_string());
        let status =
            status.and_then(|status| if status.success() { Ok(()) } else { Err(status.to_string()) });
        status.map_err(|why| format!("{what} could not be fetched: {command:?}: {why}"))
    };
    run(Command::new("python3").args(["-m", "venv"]).arg(&venv))?;
    let mut pip = Command::new(venv.join("bin/pip"));
    // The pins name everything, also what others want.
    pip.args(["install", "--quiet", "--no-deps", "--require-hashes", "--requirement"]);
    run(pip.arg(&pins))?;
    fs::write(to.join(PYTHON_STAMP), wanted).map_err(|why| format!("`{}`: {why}", to.display()))
}

/// Where the packages of Python lie, once a whole folder was fetched.
pub(crate) fn python(to: &Path) -> Option<PathBuf> {
    let versions = fs::read_dir(to.join("venv/lib")).ok().filter(|_| to.join(PYTHON_STAMP).is_file())?;
    versions.flatten().map(|version| version.path().join("site-packages")).find(|folder| folder.is_dir())
}

fn is_current(from: &Path, to: &Path) -> bool {
    let stamp = fs::read_to_string(to.join(STAMP));
    stamp.is_ok_and(|stamp| fs::read_to_string(from.join(PINS[1])).is_ok_and(|lock| lock == stamp))
}
