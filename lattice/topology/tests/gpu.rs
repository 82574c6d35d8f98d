//! `imprint up --gpu`: what there is to paint on is said before anything is started.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

#[test]
fn who_wants_a_gpu_hears_what_there_is() {
    let program = Path::new(env!("CARGO_BIN_EXE_imprint-lattice"));
    let painter = program.with_file_name("imprint-painter-provider");
    if !painter.is_file() {
        imprint_servers::skip("painter: its program is not built; `cargo xtask test` builds it");
        return;
    }
    let devices = Command::new(&painter).arg("devices").output().unwrap();
    let devices = String::from_utf8(devices.stdout).unwrap();
    let has_device = devices.starts_with("There is a device to paint on: ");
    assert!(
        has_device || devices.starts_with("There is no device to paint on, so small models"),
        "{devices}"
    );
    for wanted in ["looked for ", "/dev/nvidiactl ", "libcuda.so"] {
        assert!(devices.contains(wanted), "{wanted}: {devices}");
    }
    let folder = tempfile::tempdir().unwrap();
    let mut up = Command::new(program)
        .arg("--state")
        .arg(folder.path().join("state"))
        .args(["up", "--gpu", "--nats-port", "0", "--port"])
        .arg(imprint_ports::one().unwrap().to_string())
        .env("IMPRINT_MODELS", folder.path().join("models"))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let first = BufReader::new(up.stderr.take().unwrap()).lines().next().unwrap().unwrap();
    // Nothing is started yet, or its children see their parent go.
    up.kill().unwrap();
    up.wait().unwrap();
    assert_eq!(first, devices.trim());
}
