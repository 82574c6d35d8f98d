//! `imprint remake` and `imprint zip`, as a person runs them.

use super::{folder, imprint, output};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

const BRIEF: [&str; 8] =
    ["Nordwind", "--industry", "law", "--complexity", "simple", "--concepts", "2", "--json"];
/// Files that say which revision a kit is; a kit that was made has fewer of them than one that was remade.
const ABOUT: [&str; 4] = ["brand.json", "manifest.json", "CHANGES.md", "changes.json"];

fn json(folder: &Path, args: &[&str]) -> Value {
    let answer = output(folder, args);
    assert!(answer.status.success(), "{args:?}: {}", String::from_utf8_lossy(&answer.stderr));
    serde_json::from_slice(&answer.stdout).unwrap()
}

/// Every file of a kit but those of earlier revisions.
fn files(kit: &Path) -> BTreeMap<String, Vec<u8>> {
    let (mut open, mut files) = (vec![kit.to_owned()], BTreeMap::new());
    while let Some(at) = open.pop() {
        for entry in fs::read_dir(at).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(kit).unwrap().display().to_string();
            match path.is_dir() {
                true if name == "revisions" => {}
                true => open.push(path),
                false => drop(files.insert(name, fs::read(&path).unwrap())),
            }
        }
    }
    files
}

fn content(kit: &Path) -> BTreeMap<String, Vec<u8>> {
    files(kit).into_iter().filter(|(path, _)| !ABOUT.contains(&path.as_str())).collect()
}

#[test]
fn a_remade_kit_is_the_one_that_would_be_made() {
    let folder = folder();
    let at = folder.path();
    let seed = json(at, &[&["make"], &BRIEF[..], &["--color", "#1f6f5c", "--zip"]].concat())["seed"].clone();
    let kit = at.join("nordwind");
    let first = files(&kit);

    let again = json(at, &["remake", "nordwind", "--json"]);
    let [tasks, files_made] = ["tasks_rebuilt", "files_rebuilt"].map(|key| again[key].as_u64().unwrap());
    assert_eq!([tasks, files_made], [0, 0], "{again}");
    assert!(again["tasks_reused"].as_u64().unwrap() >= 4, "{again}");
    assert_eq!(again["changed"], Value::Bool(false));
    assert_eq!(files(&kit), first);

    let told = json(at, &["remake", "nordwind", "--color", "#7a1f3d", "--json"]);
    assert_eq!((&told["revision"], &told["changed"]), (&Value::from(2), &Value::Bool(true)));
    assert!(told["tasks_reused"].as_u64().unwrap() >= 3, "{told}");
    assert!(told["files_reused"].as_u64().unwrap() >= 10, "{told}");
    let fresh = ["--color", "#7a1f3d", "--seed", seed.as_str().unwrap(), "--out", "fresh"];
    json(at, &[&["make"], &BRIEF[..], &fresh[..]].concat());
    assert!(content(&kit) == content(&at.join("fresh")), "a remade kit is another than a made one");

    // The same zip from the folder, and from its revision.
    for (out, revision) in [("1.zip", "1"), ("2.zip", "2")] {
        assert!(output(at, &["zip", "nordwind", "--revision", revision, "--out", out]).status.success());
    }
    let zip = fs::read(at.join("nordwind.zip")).unwrap();
    assert!(zip == fs::read(at.join("1.zip")).unwrap(), "the first revision is packed as it was made");
    assert!(zip != fs::read(at.join("2.zip")).unwrap());

    let before = files(&kit);
    let refused = output(at, &["remake", "nordwind", "--color", "puce"]);
    assert_eq!(refused.status.code(), Some(2), "{}", String::from_utf8_lossy(&refused.stderr));
    fs::write(kit.join("AGENTS.md"), "mine").unwrap();
    let refused = imprint(at, &["remake", "nordwind", "--color", "#2563eb"]).output().unwrap();
    assert!(String::from_utf8_lossy(&refused.stderr).contains("`AGENTS.md`"));
    assert_eq!(files(&kit).len(), before.len());
}
