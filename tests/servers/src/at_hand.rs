//! What a test needs and a machine may lack. A test that is skipped says so.

use crate::NatsServer;
use std::ffi::OsString;
use std::io::Write;
use std::path::PathBuf;

/// A server for this test, where there is one to start: `$NATS_SERVER`, or `nats-server` on the path.
#[must_use]
pub fn nats_server() -> Option<NatsServer> {
    nats_server_with("")
}

/// The same, with more in its configuration.
#[must_use]
pub fn nats_server_with(config: &str) -> Option<NatsServer> {
    nats_program().map(|program| NatsServer::start(program, config))
}

/// The program alone, for tests of servers that know of each other.
#[must_use]
pub fn nats_program() -> Option<PathBuf> {
    let found = std::env::var_os("NATS_SERVER").map(PathBuf::from).or_else(|| on_path("nats-server"));
    if found.is_none() {
        skip("nats: no nats-server here; set NATS_SERVER");
    }
    found
}

fn on_path(name: &str) -> Option<PathBuf> {
    let path: OsString = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|program| program.is_file())
}

/// The folder with those who take our messages in a test: `venv` and `node_modules`.
#[must_use]
pub fn receivers() -> Option<PathBuf> {
    let folder = std::env::var_os("IMPRINT_RECEIVERS").map(PathBuf::from);
    if folder.is_none() {
        skip(
            "receivers: no mail server here; `cargo xtask setup` fetches one, and IMPRINT_RECEIVERS names its folder",
        );
    }
    folder
}

/// Says that a test, or a part of one, is left out, and why.
pub fn skip(line: &str) {
    eprintln!("skipped: {line}");
    let Some(list) = std::env::var_os("IMPRINT_SKIPS") else { return };
    let list = std::fs::OpenOptions::new().append(true).create(true).open(list);
    list.and_then(|mut list| writeln!(list, "{line}")).expect("the list of skipped tests");
}
