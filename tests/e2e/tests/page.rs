//! The page in a real browser, driven by keyboard alone, on a platform of real processes. What the browser does and what
//! it looks at is `browser/page.mjs`; here it gets its platform.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use imprint_e2e::skip;
use imprint_harness::Lattice;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Set by `cargo xtask test`: the browser, and the folder with what drives it.
const BROWSER: &str = "IMPRINT_BROWSER";
const MODULES: &str = "IMPRINT_BROWSER_MODULES";

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_person_with_a_keyboard_makes_a_brand() {
    let (Some(browser), Some(modules)) = (std::env::var_os(BROWSER), std::env::var_os(MODULES)) else {
        skip("browser: no Chromium at hand");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let pictures =
        std::env::var_os("IMPRINT_PICTURES").map_or_else(|| folder.path().join("pictures"), PathBuf::from);
    std::fs::create_dir_all(&pictures).unwrap();
    let lattice = Lattice::start(folder.path().join("state"), 1).await;
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("browser/page.mjs");
    let done = Command::new("node")
        .arg(script)
        .args([&lattice.card().http_url, &lattice.key_for("local", true)])
        .arg(&pictures)
        .env(BROWSER, browser)
        .env(MODULES, modules)
        .stdin(Stdio::null())
        .status();
    let done = done.expect("node runs");
    let kept = if done.success() { None } else { Some(folder.keep()) };
    lattice.stop().await;
    assert!(done.success(), "the page is not as it should be; pictures and logs are in {kept:?}");
}
