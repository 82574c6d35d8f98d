//! Comparing, refusing and accepting with files on disk.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use imprint_golden::{cases, compare_hash, compare_text};
use std::fs;
use std::path::PathBuf;

/// An empty folder of this test's own.
fn folder(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

#[test]
fn a_text_is_accepted_then_compared() {
    let path = folder("text").join("deep/kit.txt");
    let missing = compare_text(&path, "one\n", false).unwrap_err();
    assert!(missing.contains("does not exist yet") && missing.contains("IMPRINT_ACCEPT=1"), "{missing}");
    assert!(!path.exists(), "comparing writes nothing");
    compare_text(&path, "one\n", true).unwrap();
    compare_text(&path, "one\n", false).unwrap();
    let differs = compare_text(&path, "two\n", false).unwrap_err();
    assert!(differs.contains("- one\n+ two\n"), "{differs}");
    assert_eq!(fs::read_to_string(&path).unwrap(), "one\n");
}

#[test]
fn an_empty_text_needs_its_file() {
    let path = folder("empty").join("nothing.txt");
    compare_text(&path, "", false).unwrap_err();
    compare_text(&path, "", true).unwrap();
    compare_text(&path, "", false).unwrap();
}

#[test]
fn hashes_share_a_file() {
    let path = folder("hash").join("kit.sha256");
    for (name, hash) in [("b.pdf", "22"), ("a name with spaces.pdf", "11")] {
        compare_hash(&path, name, hash, false).unwrap_err();
        compare_hash(&path, name, hash, true).unwrap();
        compare_hash(&path, name, hash, false).unwrap();
    }
    assert_eq!(fs::read_to_string(&path).unwrap(), "11  a name with spaces.pdf\n22  b.pdf\n");
    let why = compare_hash(&path, "b.pdf", "33", false).unwrap_err();
    assert!(why.contains("33") && why.contains("22"), "{why}");
}

#[test]
fn cases_come_by_name() {
    let suite = folder("suite");
    for name in ["b", "a"] {
        fs::create_dir(suite.join(name)).unwrap();
        fs::write(suite.join(name).join("order.json"), name).unwrap();
    }
    fs::write(suite.join("README.md"), "not a case").unwrap();
    let found = cases(&suite);
    let names: Vec<_> = found.iter().map(|case| (case.name.as_str(), case.text("order.json"))).collect();
    assert_eq!(names, [("a", "a".to_owned()), ("b", "b".to_owned())]);
    assert!(found[0].has("order.json") && !found[0].has("other.json"));
}

#[test]
fn a_suite_without_cases_is_a_mistake() {
    let suite = folder("none");
    let refused = std::panic::catch_unwind(|| cases(&suite)).unwrap_err();
    let why = refused.downcast_ref::<String>().unwrap();
    assert!(why.ends_with("holds no case"), "{why}");
}
