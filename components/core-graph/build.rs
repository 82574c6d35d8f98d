//! Reads the files of `data/`, checks them as the library checks an overlay, and hands them on as one document.

// The build asks only part of what these modules offer.
#[allow(dead_code, unreachable_pub, reason = "shared with the library")]
#[path = "src/check.rs"]
mod check;
#[allow(dead_code, unreachable_pub, reason = "shared with the library")]
#[path = "src/node.rs"]
mod node;
#[allow(dead_code, unreachable_pub, reason = "shared with the library")]
#[path = "src/source.rs"]
mod source;
#[allow(dead_code, unreachable_pub, reason = "shared with the library")]
#[path = "src/word.rs"]
mod word;

use std::path::Path;
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=data");
    println!("cargo::rerun-if-changed=src");
    if let Err(why) = graph() {
        for line in why.lines() {
            println!("cargo::error={line}");
        }
    }
}

fn graph() -> Result<(), String> {
    let files = files(Path::new("data")).map_err(|why| format!("data/: {why}"))?;
    let source = source::Source::read(files.iter().map(|(name, text)| (name.as_str(), text.as_str())))?;
    let found = check::check(&source);
    if !found.is_empty() {
        return Err(found.into_iter().map(|one| one.text).collect::<Vec<_>>().join("\n"));
    }
    let text = serde_json::to_string(&source).map_err(|why| why.to_string())?;
    let folder = env::var("OUT_DIR").map_err(|why| why.to_string())?;
    fs::write(Path::new(&folder).join("graph.json"), text).map_err(|why| why.to_string())
}

/// Name and text of every file, by name.
fn files(folder: &Path) -> std::io::Result<Vec<(String, String)>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        files.push((entry.file_name().to_string_lossy().into_owned(), fs::read_to_string(entry.path())?));
    }
    files.sort();
    Ok(files)
}
