//! Versions that fail for some and not for others.

use std::path::{Path, PathBuf};

/// Writes a copy of a component that cannot read one of its catalogues, the one with this comment in it: who asks in that
/// language is answered with a fault of ours, and nobody else.
///
/// # Panics
/// Where the component has not exactly one such comment.
pub fn speechless(component: &Path, comment: &str, copy: &Path) -> PathBuf {
    let mut bytes = std::fs::read(component).unwrap_or_else(|why| panic!("`{}`: {why}", component.display()));
    let is_it = |part: &[u8]| part == comment.as_bytes();
    let places: Vec<usize> =
        bytes.windows(comment.len()).enumerate().filter(|(_, part)| is_it(part)).map(|(at, _)| at).collect();
    let [place] = places.as_slice() else { panic!("`{comment}` stands {} times in it", places.len()) };
    // Neither a comment nor a message begins so.
    bytes[*place] = b'}';
    std::fs::write(copy, bytes).unwrap_or_else(|why| panic!("`{}`: {why}", copy.display()));
    copy.to_owned()
}
