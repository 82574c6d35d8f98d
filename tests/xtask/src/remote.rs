//! Contracts as a caller writes them that must survive an absent callee.
//!
//! A callee answers `result<T, E>`; the caller declares `result<result<T, E>, rpc-error>`. On the wire both are the same,
//! and a callee that cannot be reached is a value instead of a trap.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// What is called this way, and what it needs: paths below `wit/deps`.
const CONTRACTS: &[&str] = &[
    "imprint-assets@0.1.0/raster.wit",
    "imprint-blobs@0.1.0/store.wit",
    "imprint-courier@0.1.0/desk.wit",
    "imprint-courier@0.1.0/leaving.wit",
    "imprint-courier@0.1.0/reports.wit",
    "imprint-jobs@0.1.0/step.wit",
    "imprint-ledger@0.1.0/jobs.wit",
    "imprint-ledger@0.1.0/shelf.wit",
    "imprint-logo@0.1.0/marks.wit",
    "imprint-platform@0.1.0/types.wit",
];

const USE: &str = "use wrpc:rpc/error@0.1.0.{error as rpc-error};";

/// Writes `wit/remote/deps`.
pub(crate) fn write(root: &Path) -> Result<(), String> {
    for (path, text) in made(root)? {
        let file = root.join("wit/remote/deps").join(path);
        let folder = file.parent().ok_or("a contract lies in a folder")?;
        fs::create_dir_all(folder)
            .and_then(|()| fs::write(&file, text))
            .map_err(|why| format!("{}: {why}", file.display()))?;
    }
    Ok(())
}

/// The texts in the caller's form, by path below `wit/remote/deps`.
fn made(root: &Path) -> Result<BTreeMap<&'static str, String>, String> {
    let one = |path: &&'static str| {
        let text = fs::read_to_string(root.join("wit/deps").join(path));
        Ok((*path, remote(&text.map_err(|why| format!("wit/deps/{path}: {why}"))?)))
    };
    CONTRACTS.iter().map(one).collect()
}

/// A contract in the caller's form. A text without functions stays as it is.
fn remote(text: &str) -> String {
    if !text.lines().any(is_function) {
        return text.to_owned();
    }
    text.lines().map(|line| format!("{}\n", remote_line(line))).collect()
}

fn remote_line(line: &str) -> String {
    let indent = &line[..line.len() - line.trim_start().len()];
    if line.trim_start().starts_with("use imprint:platform/types@") {
        return format!("{line}\n{indent}{USE}");
    }
    match line.rsplit_once(" -> ") {
        Some((call, answer)) if is_function(line) => {
            format!("{call} -> result<{}, rpc-error>;", answer.trim_end_matches(';'))
        }
        _ => line.to_owned(),
    }
}

fn is_function(line: &str) -> bool {
    !line.trim_start().starts_with("//") && line.contains(": func(")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_wrapped() {
        let text = "interface a {\n  use imprint:platform/types@0.1.0.{error};\n  f: func(a: u8) -> result<u8, error>;\n}\n";
        let wanted = "interface a {\n  use imprint:platform/types@0.1.0.{error};\n  \
            use wrpc:rpc/error@0.1.0.{error as rpc-error};\n  \
            f: func(a: u8) -> result<result<u8, error>, rpc-error>;\n}\n";
        assert_eq!(remote(text), wanted);
    }

    #[test]
    fn every_function_stands_on_a_line() {
        let root = crate::root();
        for path in CONTRACTS {
            let text = fs::read_to_string(root.join("wit/deps").join(path)).unwrap();
            for line in text.lines().filter(|line| is_function(line)) {
                assert!(line.ends_with(';') && line.contains(" -> result<"), "{path}: {line}");
            }
        }
    }

    /// What is in the repository is what would be written.
    #[test]
    fn remote_contracts_are_the_transform() {
        let root = crate::root();
        for (path, text) in made(&root).unwrap() {
            let stored = fs::read_to_string(root.join("wit/remote/deps").join(path)).unwrap_or_default();
            assert_eq!(stored, text, "wit/remote/deps/{path} differs; `cargo xtask remote` writes it");
        }
    }
}
