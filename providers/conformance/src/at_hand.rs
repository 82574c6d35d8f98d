//! What a test needs and a machine may lack. A test that is skipped says so.

use crate::server::NatsServer;
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
    let is_on_path = |path: std::ffi::OsString| {
        std::env::split_paths(&path).any(|folder| folder.join("nats-server").is_file())
    };
    if std::env::var_os("NATS_SERVER").is_some() || std::env::var_os("PATH").is_some_and(is_on_path) {
        return Some(NatsServer::start_with(config));
    }
    skip("nats: no nats-server here; set NATS_SERVER");
    None
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

fn skip(line: &str) {
    eprintln!("skipped: {line}");
    let Some(list) = std::env::var_os("IMPRINT_SKIPS") else { return };
    let list = std::fs::OpenOptions::new().append(true).create(true).open(list);
    list.and_then(|mut list| writeln!(list, "{line}")).expect("the list of skipped tests");
}
