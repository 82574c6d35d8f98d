//! Rules about contracts: one place, and nothing released changes.

use crate::Finding;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write;

/// The list of contracts with their hashes, `sha256  path` a line.
pub const FROZEN: &str = "wit/frozen.txt";

/// Contracts outside `wit/`, and folders that look like a second place for them.
#[must_use]
pub fn strays(paths: &[String], templates: &[(&str, &str)]) -> Vec<Finding> {
    let mut found = Vec::new();
    for path in paths.iter().filter(|path| !templates.iter().any(|(start, _)| path.starts_with(start))) {
        let is_home = path.starts_with("wit/");
        if path.ends_with(".wit") && !is_home {
            found.push(Finding::new(path, 0, "is a contract outside wit/"));
        } else if !is_home && path.split('/').rev().skip(1).any(|folder| folder == "wit") {
            found.push(Finding::new(
                path,
                0,
                "lies in a wit folder of its own; contracts live once, in wit/",
            ));
        }
    }
    found
}

/// The list as it should be.
#[must_use]
pub fn freeze(contracts: &BTreeMap<String, Vec<u8>>) -> String {
    contracts.iter().map(|(path, bytes)| format!("{}  {path}\n", sha256(bytes))).collect()
}

/// Contracts that are not in the list, differ from it, or are gone.
#[must_use]
pub fn thawed(frozen: &str, contracts: &BTreeMap<String, Vec<u8>>) -> Vec<Finding> {
    const MEND: &str = "IMPRINT_ACCEPT=1 cargo test -p imprint-tidy writes the list";
    let listed: BTreeMap<&str, &str> =
        frozen.lines().filter_map(|line| line.split_once("  ")).map(|(hash, path)| (path, hash)).collect();
    let mut found = Vec::new();
    for (path, bytes) in contracts {
        match listed.get(path.as_str()) {
            None => found.push(Finding::new(path, 0, format!("is not in {FROZEN}; {MEND}"))),
            Some(hash) if *hash != sha256(bytes) => {
                let what = format!(
                    "was released and differs now. Make a new version in a new folder; before a release, {MEND}"
                );
                found.push(Finding::new(path, 0, what));
            }
            Some(_) => {}
        }
    }
    let gone = listed.keys().filter(|path| !contracts.contains_key(**path));
    found.extend(
        gone.map(|path| Finding::new(path, 0, format!("is in {FROZEN} and no longer there; {MEND}"))),
    );
    found
}

pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut hex, byte| {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contracts_live_once() {
        let paths = [
            "wit/imprint-jobs@0.1.0/step.wit",
            "components/a/wit/a.wit",
            "components/a/wit/README.md",
            "components/a/src/wit.rs",
            "tests/xtask/template/service.wit",
            "a.wit",
        ];
        let found = strays(&paths.map(str::to_owned), &[("tests/xtask/template/", "filled in later")]);
        let where_found: Vec<_> = found.iter().map(|finding| finding.path.as_str()).collect();
        assert_eq!(where_found, ["components/a/wit/a.wit", "components/a/wit/README.md", "a.wit"]);
    }

    #[test]
    fn contracts_are_frozen() {
        let now = BTreeMap::from([
            ("wit/a.wit".to_owned(), b"a".to_vec()),
            ("wit/b.wit".to_owned(), b"b".to_vec()),
        ]);
        let list = freeze(&now);
        assert!(
            list.starts_with("ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb  wit/a.wit\n"),
            "{list}"
        );
        assert_eq!(thawed(&list, &now), []);
        let of = |files: &[(&str, &[u8])]| -> BTreeMap<String, Vec<u8>> {
            files.iter().map(|(path, bytes)| ((*path).to_owned(), bytes.to_vec())).collect()
        };
        let cases = [
            ("changed", of(&[("wit/a.wit", b"x"), ("wit/b.wit", b"b")])),
            ("gone", of(&[("wit/a.wit", b"a")])),
            ("new", of(&[("wit/a.wit", b"a"), ("wit/b.wit", b"b"), ("wit/c.wit", b"")])),
        ];
        for (what, contracts) in cases {
            assert_eq!(thawed(&list, &contracts).len(), 1, "{what}");
        }
    }
}
