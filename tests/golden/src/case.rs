//! Cases as folders of data: a suite is a folder, and every folder inside is one case.

use std::fs;
use std::path::{Path, PathBuf};

/// One folder of data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    pub name: String,
    pub folder: PathBuf,
}

impl Case {
    #[must_use]
    pub fn path(&self, file: &str) -> PathBuf {
        self.folder.join(file)
    }

    #[must_use]
    pub fn has(&self, file: &str) -> bool {
        self.path(file).is_file()
    }

    /// The text of a file; panics with its path where there is none.
    #[must_use]
    #[track_caller]
    pub fn text(&self, file: &str) -> String {
        let path = self.path(file);
        fs::read_to_string(&path).unwrap_or_else(|why| panic!("{}: {why}", path.display()))
    }
}

/// The cases of a suite by name. A suite without cases is a mistake of the test, so it panics.
#[must_use]
#[track_caller]
pub fn cases(suite: impl AsRef<Path>) -> Vec<Case> {
    let suite = suite.as_ref();
    let entries = fs::read_dir(suite).unwrap_or_else(|why| panic!("{}: {why}", suite.display()));
    let folders = entries.filter_map(Result::ok).map(|entry| entry.path()).filter(|path| path.is_dir());
    let mut found: Vec<Case> = folders.map(case).collect();
    assert!(!found.is_empty(), "{} holds no case", suite.display());
    found.sort_by(|a, b| a.name.cmp(&b.name));
    found
}

fn case(folder: PathBuf) -> Case {
    let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Case { name, folder }
}
