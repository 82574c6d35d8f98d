//! Builds the kernels' own text for the CPU, as a twin of a device or as a whole driver.
#![allow(dead_code, reason = "each suite uses a part")]

use imprint_painter_cuda::kernels;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const SHIM: &str = include_str!("shim.cpp");
const DRIVER: &str = include_str!("driver.cpp");
/// Words of a kernel that other threads have to be waited for.
const WAITS: &[&str] = &["over_warp", "from_lane", "__syncthreads", "most_of_warp"];
/// What a driver is looked for as, and the two libraries beside it.
const NAMES: [&str; 3] = ["libcuda.so.1", "libnvrtc.so.13", "libcublasLt.so.13"];

/// These kernels as a library with `run` and `multiply_matrices`. None where this machine has no compiler of C++.
pub(crate) fn twin(folder: &Path, source: &str) -> Option<PathBuf> {
    build(folder, source, ("shim.cpp", SHIM), "twin.so")
}

/// CUDA's libraries over the kernels as they are, in this folder.
pub(crate) fn driver(folder: &Path) -> Option<()> {
    fs::write(folder.join("shim.cpp"), SHIM).unwrap();
    let made = build(folder, &kernels::source(), ("driver.cpp", DRIVER), NAMES[0])?;
    link(&made, folder);
    Some(())
}

/// The same driver as another device, which knows nothing of the first.
pub(crate) fn another(driver: &Path, folder: &Path) {
    let own = folder.join(NAMES[0]);
    fs::copy(driver.join(NAMES[0]), &own).unwrap();
    link(&own, folder);
}

/// One file with three names is one library with one memory.
fn link(made: &Path, folder: &Path) {
    for name in &NAMES[1..] {
        std::os::unix::fs::symlink(made, folder.join(name)).unwrap();
    }
}

fn build(folder: &Path, source: &str, (name, text): (&str, &str), out: &str) -> Option<PathBuf> {
    let compiler = std::env::var("CXX").unwrap_or_else(|_| "c++".to_owned());
    if Command::new(&compiler).arg("--version").output().is_err() {
        println!("skipped: this machine has no compiler of C++ (`{compiler}`)");
        return None;
    }
    let line = |name: &String| {
        format!("{{\"{name}\", unpack<{name}>, count_of<{name}>(), {}}},\n", waits(source, name))
    };
    fs::write(folder.join("kernels.cu"), source).unwrap();
    fs::write(folder.join("table.inc"), kernels::names().iter().map(line).collect::<String>()).unwrap();
    fs::write(folder.join(name), text).unwrap();
    let out = folder.join(out);
    let options = ["-std=c++20", "-O2", "-shared", "-fPIC", "-U_FORTIFY_SOURCE", "-ffp-contract=off", "-o"];
    let made = Command::new(compiler).args(options).arg(&out).arg(folder.join(name)).output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    Some(out)
}

/// Whether a kernel, or the template of its name that it calls, waits for other threads.
fn waits(source: &str, name: &str) -> bool {
    let body = |start: &str| {
        let at = source.find(start).unwrap_or_else(|| panic!("no `{start}`"));
        source[at..].split("\n}").next().unwrap().to_owned()
    };
    let kernel = body(&format!("KERNEL {name}("));
    let inner = kernel.split_once("{\n    ").and_then(|(_, inside)| inside.split_once('<'));
    let template = inner
        .map(|(template, _)| template)
        .filter(|name| name.chars().all(|c| c.is_alphanumeric() || c == '_'));
    let template = template.map(|template| body(&format!("DEVICE void {template}("))).unwrap_or_default();
    WAITS.iter().any(|word| kernel.contains(word) || template.contains(word))
}
