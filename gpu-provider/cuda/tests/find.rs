//! Libraries are looked for where the README says, and whatever is missing is an error with the places.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use imprint_painter_cuda::CudaError;
use imprint_painter_cuda::find::{COMPILER, DRIVER, MATRICES, Places};
use imprint_painter_cuda::gpu::Gpu;
use imprint_painter_cuda::library::{Compiler, Driver, Matrices};
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

#[test]
fn places_are_looked_at_in_order() {
    let root = tempfile::tempdir().unwrap();
    let packages = root.path().join("site");
    for part in ["cu13", "cublas"] {
        fs::create_dir_all(packages.join("nvidia").join(part).join("lib")).unwrap();
    }
    fs::create_dir_all(packages.join("nvidia/none")).unwrap();
    let places = Places::new(
        &[PathBuf::from("/set")],
        &OsString::from("/env/a:/env/b"),
        &packages.clone().into_os_string(),
    );
    let wanted: Vec<PathBuf> = ["/set", "/env/a", "/env/b"]
        .map(PathBuf::from)
        .into_iter()
        .chain([packages.join("nvidia/cu13/lib"), packages.join("nvidia/cublas/lib")])
        .chain([PathBuf::from("/usr/local/cuda/lib64")])
        .collect();
    assert_eq!(places.folders, wanted);
    let all = places.candidates(DRIVER);
    assert_eq!(all[0].path, Path::new("/set/libcuda.so.1"));
    assert_eq!(all.last().unwrap().path, Path::new("libcuda.so"));
    assert!(all.iter().take(all.len() - 2).all(|looked| looked.is_there == Some(false)));
}

#[test]
fn what_is_missing_is_said_with_every_place() {
    let root = tempfile::tempdir().unwrap();
    let places = Places { folders: vec![root.path().to_owned()], bare: false };
    for (what, found) in [
        (DRIVER.what, Driver::open(&places).err()),
        (COMPILER.what, Compiler::open(&places).err()),
        (MATRICES.what, Matrices::open(&places).err()),
        (DRIVER.what, Gpu::open(&places, false).err()),
    ] {
        let Some(CudaError::Missing { what: said, looked_for }) = found else { panic!("{what}: {found:?}") };
        assert_eq!(said, what);
        assert!(looked_for.contains(&root.path().display().to_string()), "{looked_for}");
    }
}

#[test]
fn files_that_are_no_library_are_passed_over() {
    let root = tempfile::tempdir().unwrap();
    let (first, second) = (root.path().join("a"), root.path().join("b"));
    for folder in [&first, &second] {
        fs::create_dir(folder).unwrap();
    }
    for (name, bytes) in [("libcuda.so.1", &b""[..]), ("libcuda.so", b"\x7fELF and no more")] {
        fs::write(first.join(name), bytes).unwrap();
    }
    let places = Places { folders: vec![first, second], bare: false };
    let found = Driver::open(&places).err();
    let Some(CudaError::Missing { looked_for, .. }) = found else { panic!("{found:?}") };
    assert_eq!(looked_for.matches("not opened").count(), 2, "{looked_for}");
    assert_eq!(looked_for.matches("not found").count(), 2, "{looked_for}");
}

/// A library of that name in which a function is missing: an older one, or somebody else's.
#[test]
fn functions_that_are_missing_are_named() {
    let root = tempfile::tempdir().unwrap();
    let source = root.path().join("old.cpp");
    fs::write(&source, "extern \"C\" int cuInit(unsigned) { return 0; }\n").unwrap();
    let mut compiler = Command::new("c++");
    compiler.args(["-shared", "-fPIC", "-o"]).arg(root.path().join("libcuda.so.1")).arg(source);
    let made = compiler.output();
    let Ok(made) = made else {
        println!("skipped: this machine has no compiler of C++");
        return;
    };
    assert!(made.status.success());
    let places = Places { folders: vec![root.path().to_owned()], bare: false };
    let found = Driver::open(&places).err();
    assert!(
        matches!(&found, Some(CudaError::Symbol { symbol, .. }) if symbol == "cuDriverGetVersion"),
        "{found:?}"
    );
}
