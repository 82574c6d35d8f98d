//! The files of this repository, tracked or about to be.

use crate::source::Source;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// The root of the workspace.
#[must_use]
pub fn root() -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    folder.canonicalize().unwrap_or(folder)
}

/// What a command prints; its complaint where it fails.
pub fn output(program: &str, args: &[&str]) -> Result<String, String> {
    let run = Command::new(program).args(args).current_dir(root()).output();
    let done = run.map_err(|why| format!("`{program}` cannot be run: {why}"))?;
    if !done.status.success() {
        return Err(format!("`{program} {}`: {}", args.join(" "), String::from_utf8_lossy(&done.stderr)));
    }
    String::from_utf8(done.stdout).map_err(|why| format!("`{program}`: {why}"))
}

/// Paths with `/`, relative to the root: what git tracks, and what it would with the next `git add`.
pub fn paths() -> Result<Vec<String>, String> {
    let listed = output("git", &["ls-files", "-z", "--cached", "--others", "--exclude-standard"])?;
    let mut paths: Vec<String> =
        listed.split('\0').filter(|path| root().join(path).is_file()).map(str::to_owned).collect();
    paths.sort();
    paths.dedup();
    Ok(paths)
}

pub fn bytes(path: &str) -> Result<Vec<u8>, String> {
    fs::read(root().join(path)).map_err(|why| format!("{path}: {why}"))
}

/// The files that are text; the others are the matter of `text::binary`.
pub fn texts() -> Result<Vec<(String, String)>, String> {
    let mut texts = Vec::new();
    for path in paths()? {
        if let Ok(text) = String::from_utf8(bytes(&path)?) {
            texts.push((path, text));
        }
    }
    Ok(texts)
}

/// Texts with this file name or ending.
pub fn texts_ending(ending: &str) -> Result<Vec<(String, String)>, String> {
    Ok(texts()?.into_iter().filter(|(path, _)| path.ends_with(ending)).collect())
}

pub fn sources() -> Result<Vec<Source>, String> {
    Ok(texts_ending(".rs")?.iter().map(|(path, text)| Source::new(path, text)).collect())
}
