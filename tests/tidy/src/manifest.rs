//! Rules about `Cargo.toml` files, which are read line by line: cargo has already parsed them.

use crate::Finding;
use std::collections::{BTreeMap, BTreeSet};

/// A dependency as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub line: usize,
    pub name: String,
    /// Everything after the first `=`, without the comment.
    pub value: String,
    pub comment: String,
}

impl Entry {
    fn is_inherited(&self) -> bool {
        self.name.ends_with(".workspace") || self.value.contains("workspace = true")
    }

    fn crate_name(&self) -> &str {
        self.name.strip_suffix(".workspace").unwrap_or(&self.name)
    }
}

/// The dependencies of a manifest, those of the workspace table included.
#[must_use]
pub fn entries(text: &str) -> Vec<Entry> {
    let mut entries = Vec::new();
    // The section, and the crate that has one of its own (`[dependencies.serde]`).
    let (mut is_table, mut whole): (bool, Option<String>) = (false, None);
    for (index, line) in text.lines().enumerate() {
        let (body, comment) = split_comment(line);
        if let Some(section) = body.trim().strip_prefix('[') {
            let section = section.trim_end_matches(']');
            is_table = section.ends_with("dependencies");
            whole = section.rsplit_once("dependencies.").map(|(_, name)| name.to_owned());
            continue;
        }
        let Some((key, value)) = body.split_once('=').filter(|_| is_table || whole.is_some()) else {
            continue;
        };
        let (key, value) = (key.trim(), value.trim());
        let (name, value) = match &whole {
            // `key = value` inside a section of one crate reads like the inline form.
            Some(name) => (name.clone(), format!("{key} = {value}")),
            None => (key.to_owned(), value.to_owned()),
        };
        entries.push(Entry { line: index + 1, name, value, comment: comment.to_owned() });
    }
    entries
}

/// An exact version or a git revision will not move by itself, so the next reader must know why it stays.
#[must_use]
pub fn pins_without_reason(path: &str, text: &str) -> Vec<Finding> {
    let is_pin = |entry: &Entry| {
        let is_exact = entry.value.starts_with("\"=") || entry.value.contains("version = \"=");
        is_exact || entry.value.contains("git = \"")
    };
    let bare = entries(text).into_iter().filter(|entry| is_pin(entry) && entry.comment.is_empty());
    bare.map(|entry| {
        Finding::new(
            path,
            entry.line,
            format!("`{}` is pinned without a comment that says why", entry.crate_name()),
        )
    })
    .collect()
}

/// Versions live once: what two crates use stands in the table of the workspace.
#[must_use]
pub fn versions_apart(manifests: &[(String, String)]) -> Vec<Finding> {
    let mut users: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    let mut own: Vec<(&str, Entry)> = Vec::new();
    for (path, text) in manifests.iter().filter(|(path, _)| path != "Cargo.toml") {
        for entry in entries(text) {
            users.entry(entry.crate_name().to_owned()).or_default().insert(path);
            if !entry.is_inherited() {
                own.push((path, entry));
            }
        }
    }
    let shared = own
        .into_iter()
        .filter(|(_, entry)| users.get(entry.crate_name()).is_some_and(|users| users.len() > 1));
    let what = |entry: &Entry| {
        format!("`{}` is used by several crates; move it to the table in Cargo.toml", entry.crate_name())
    };
    shared.map(|(path, entry)| Finding::new(path, entry.line, what(&entry))).collect()
}

/// Comments start at a `#` outside quotes.
fn split_comment(line: &str) -> (&str, &str) {
    let mut is_quoted = false;
    for (at, letter) in line.char_indices() {
        match letter {
            '"' => is_quoted = !is_quoted,
            '#' if !is_quoted => return (&line[..at], line[at + 1..].trim()),
            _ => {}
        }
    }
    (line, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pins_need_a_comment() {
        let cases = [
            ("[dependencies]\na = \"=1.2.3\"\n", 1),
            ("[dependencies]\na = { version = \"=1.2.3\", features = [\"#\"] }\n", 1),
            ("[dependencies]\na = { git = \"https://example.org/a\" }\n", 1),
            ("[dependencies.a]\nversion = \"=1\"\n", 1),
            ("[target.'cfg(unix)'.dev-dependencies]\na = \"=1\"\n", 1),
            ("[workspace.dependencies]\na = \"=1\"\n", 1),
            ("[dependencies]\na = \"=1.2.3\" # 1.2.4 does not build for wasm\n", 0),
            ("[dependencies]\na = \"1.2.3\"\n", 0),
            ("[package]\nversion = \"=1\"\n", 0),
        ];
        for (text, wanted) in cases {
            assert_eq!(pins_without_reason("Cargo.toml", text).len(), wanted, "{text}");
        }
    }

    #[test]
    fn versions_live_once() {
        let manifest = |path: &str, text: &str| (path.to_owned(), format!("[dependencies]\n{text}\n"));
        let one = manifest("a/Cargo.toml", "serde = \"1\"");
        let inherited = manifest("b/Cargo.toml", "serde.workspace = true");
        let options = manifest("c/Cargo.toml", "serde = { workspace = true, features = [\"rc\"] }");
        assert_eq!(versions_apart(std::slice::from_ref(&one)), []);
        assert_eq!(versions_apart(&[inherited.clone(), options.clone()]), []);
        let found = versions_apart(&[one, inherited, options]);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].path.as_str(), found[0].line), ("a/Cargo.toml", 2));
    }
}
