//! Reads every catalogue before the crate is compiled: one that lacks a sentence must not become a kit.

mod audit;

use audit::Catalogue;
use std::fs;
use std::io;
use std::path::Path;
use std::process::exit;

fn main() {
    let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales");
    println!("cargo::rerun-if-changed={}", home.display());
    let complaints = match read(&home) {
        Ok(catalogues) => audit::audit(&catalogues),
        Err(why) => vec![format!("{}: {why}", home.display())],
    };
    for complaint in &complaints {
        println!("cargo::error={complaint}");
    }
    if !complaints.is_empty() {
        exit(1);
    }
}

/// A catalogue per folder, in the order of their names.
fn read(home: &Path) -> io::Result<Vec<Catalogue>> {
    let mut folders = fs::read_dir(home)?.collect::<io::Result<Vec<_>>>()?;
    folders.sort_by_key(fs::DirEntry::file_name);
    let of = |folder: &fs::DirEntry| {
        let mut files = fs::read_dir(folder.path())?.collect::<io::Result<Vec<_>>>()?;
        files.sort_by_key(fs::DirEntry::file_name);
        let named = |file: fs::DirEntry| {
            Ok((file.file_name().to_string_lossy().into_owned(), fs::read_to_string(file.path())?))
        };
        let files = files.into_iter().map(named).collect::<io::Result<Vec<_>>>()?;
        Ok(Catalogue { language: folder.file_name().to_string_lossy().into_owned(), files })
    };
    folders.iter().map(of).collect()
}
