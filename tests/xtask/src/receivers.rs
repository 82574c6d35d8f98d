//! Those who take our messages in a test: a mail server, and the libraries of Standard Webhooks; from npm and PyPI.

use crate::packages;
use imprint_supply::Places;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// Where the tests find the folder: `venv` and `node_modules` in it.
const RECEIVERS: &str = "IMPRINT_RECEIVERS";
/// What names the packages of Python and their hashes.
const PINS: &str = "requirements.txt";
/// Written last: the pins that the environment was made from.
const STAMP: &str = "venv.stamp";

pub(crate) fn setup(places: &Places) -> Result<(), String> {
    let (from, to) = (places.root.join("providers/courier/tests/receivers"), folder(places));
    packages::fetch(&from, &to, "the library that checks webhooks in JavaScript")?;
    let pins = fs::read_to_string(from.join(PINS)).map_err(|why| format!("{PINS}: {why}"))?;
    if fs::read_to_string(to.join(STAMP)).is_ok_and(|stamp| stamp == pins) {
        return Ok(());
    }
    println!("Fetching a mail server and what checks mails and webhooks in Python, once.");
    let venv = to.join("venv");
    run(Command::new("python3").args(["-m", "venv"]).arg(&venv))?;
    let mut pip = Command::new(venv.join("bin/pip"));
    run(pip.args(["install", "--quiet", "--require-hashes", "--requirement"]).arg(from.join(PINS)))?;
    fs::write(to.join(STAMP), pins).map_err(|why| format!("{STAMP}: {why}"))
}

/// Tells the tests, once it is there.
pub(crate) fn tell(command: &mut Command, places: &Places) {
    let folder = folder(places);
    if packages::is_there(&folder) && folder.join(STAMP).is_file() {
        command.env(RECEIVERS, folder);
    }
}

fn run(command: &mut Command) -> Result<(), String> {
    let status = command.stdin(Stdio::null()).status().map_err(|why| format!("{command:?}: {why}"))?;
    if status.success() { Ok(()) } else { Err(format!("{command:?}: {status}")) }
}

fn folder(places: &Places) -> PathBuf {
    places.cache.join("receivers")
}
