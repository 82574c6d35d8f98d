//! Every kernel compiles for each generation of device without a warning and without a register too many, where the compiler
//! of NVIDIA is at hand: `pip install --target FOLDER nvidia-cuda-nvrtc==13.0.88`, and `IMPRINT_NVRTC=FOLDER`.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use imprint_painter_cuda::CudaError;
use imprint_painter_cuda::find::Places;
use imprint_painter_cuda::kernels;
use imprint_painter_cuda::library::Compiler;
use std::ffi::OsString;
use std::io::Write as _;

const ARCHITECTURES: &[&str] = &["sm_80", "sm_89", "sm_90a", "sm_100a"];

fn compiler() -> Option<Compiler> {
    let Some(folder) = std::env::var_os("IMPRINT_NVRTC") else {
        skip("nvrtc: IMPRINT_NVRTC names no folder with NVIDIA's compiler; `cargo xtask setup` fetches it");
        return None;
    };
    let places = Places { bare: false, ..Places::new(&[], &OsString::new(), &folder) };
    Some(Compiler::open(&places).unwrap())
}

/// Told in the list of what was left out, where there is one: this lane may not be missed there. NVIDIA has no such compiler
/// for other systems than Linux.
fn skip(line: &str) {
    println!("skipped: {line}");
    let Some(list) = std::env::var_os("IMPRINT_SKIPS").filter(|_| cfg!(target_os = "linux")) else { return };
    let mut list = std::fs::OpenOptions::new().append(true).create(true).open(list).unwrap();
    writeln!(list, "{line}").unwrap();
}

#[test]
fn every_kernel_compiles_for_every_device() {
    let Some(compiler) = compiler() else { return };
    for arch in ARCHITECTURES {
        let (code, log) = compiler.compile(&kernels::source(), arch, &[c"--ptxas-options=-v"]).unwrap();
        assert!(code.starts_with(b"\x7fELF"), "{arch}");
        assert!(!log.contains("warning"), "{arch}: {log}");
        let spills = log.lines().filter(|line| line.contains("spill stores"));
        let bad: Vec<&str> =
            spills.filter(|line| !line.contains(" 0 bytes spill stores, 0 bytes spill loads")).collect();
        assert!(bad.is_empty(), "{arch}: {bad:?}");
        let names = kernels::names();
        let there = names.iter().filter(|name| code.windows(name.len()).any(|part| part == name.as_bytes()));
        assert_eq!(there.count(), names.len(), "{arch}");
    }
}

#[test]
fn what_does_not_compile_is_said() {
    let Some(compiler) = compiler() else { return };
    let found = compiler.compile("KERNEL nothing", "sm_90a", &[]);
    assert!(matches!(&found, Err(CudaError::Compile { log, .. }) if log.contains("error")), "{found:?}");
    let found = compiler.compile("", "sm_1", &[]);
    assert!(matches!(&found, Err(CudaError::Compile { .. })), "{found:?}");
}
