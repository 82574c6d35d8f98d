//! Fonts: an index over content. Which file is which font is data; the bytes are checked when they are read.

use core_brand::fault::Code;
use core_brand::{BlobRef, Fault, FontKey};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Where one font file lies and what it must be.
#[derive(Clone, Debug)]
pub struct FontEntry {
    pub key: FontKey,
    pub path: PathBuf,
    pub content: BlobRef,
}

/// The fonts of an installation. They belong to no tenant.
#[derive(Clone, Debug, Default)]
pub struct FontShelf {
    by_key: BTreeMap<FontKey, BlobRef>,
    paths: BTreeMap<String, PathBuf>,
}

impl FontShelf {
    #[must_use]
    pub fn new(entries: Vec<FontEntry>) -> Self {
        let mut shelf = Self::default();
        for entry in entries {
            shelf.paths.insert(entry.content.sha256.clone(), entry.path);
            shelf.by_key.insert(entry.key, entry.content);
        }
        shelf
    }

    /// The content that is this font.
    pub fn find(&self, key: &FontKey) -> Result<BlobRef, Fault> {
        let found = self.by_key.get(key).cloned();
        found.ok_or_else(|| Fault::new(Code::FontMissing, [("font", key.to_string())]))
    }

    /// The bytes, if this content is a font of the shelf.
    pub fn read(&self, content: &BlobRef) -> Option<Result<Vec<u8>, Fault>> {
        let path = self.paths.get(&content.sha256)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Some(match std::fs::read(path) {
            Ok(bytes) if BlobRef::of(&bytes) == *content => Ok(bytes),
            Ok(_) => {
                let why = "it is not the file this version was made with".to_owned();
                Err(Fault::new(Code::FontMalformed, [("font", name), ("why", why)]))
            }
            Err(_) => Err(Fault::new(Code::FontMissing, [("font", name)])),
        })
    }
}
