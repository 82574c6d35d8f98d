//! Fonts from the cache, for tests.

use core_brand::FontKey;
use core_typography::{Face, family, font_file};
use std::path::{Path, PathBuf};

/// The bytes of a file of a package. The cache is filled by a set-up step, never by a test.
pub(crate) fn read(package: &str, path: &str) -> Vec<u8> {
    let home = std::env::var_os("HOME").unwrap_or_default();
    let cache = std::env::var_os("IMPRINT_CACHE")
        .map_or_else(|| Path::new(&home).join(".cache/imprint"), PathBuf::from);
    let path = cache.join("fonts/node_modules").join(package).join(path);
    std::fs::read(&path)
        .unwrap_or_else(|why| panic!("{}: {why}. Fetch the fonts first: cargo xtask setup", path.display()))
}

#[allow(dead_code, reason = "every test file is a crate of its own and not all set text")]
pub(crate) fn face(name: &str, weight: u16) -> Face {
    let key = FontKey { family: name.to_owned(), weight, italic: false };
    let bytes = read(&family(name).unwrap().package, &font_file(&key).unwrap().path);
    Face::new(key, bytes).unwrap()
}
