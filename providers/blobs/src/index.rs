//! The index of the fonts, as the topology writes it.

use crate::{FontEntry, FontShelf};
use core_brand::fault::Code;
use core_brand::{BlobRef, Fault, FontKey};
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// One font file of the installation.
#[derive(Deserialize)]
struct Line {
    family: String,
    weight: u16,
    italic: bool,
    path: PathBuf,
    sha256: String,
    bytes: u64,
}

impl FontShelf {
    /// Reads the index; the fonts themselves are read when they are asked for.
    pub fn open(index: &Path) -> Result<Self, Fault> {
        let unusable = |why: String| {
            let mend = "`imprint doctor` says how to get the fonts.".to_owned();
            let what = format!("A font index at `{}`", index.display());
            Fault::new(Code::SetupMissing, [("what", what), ("why", why), ("mend", mend)])
        };
        let text = std::fs::read(index).map_err(|why| unusable(why.to_string()))?;
        let lines: Vec<Line> = serde_json::from_slice(&text).map_err(|why| unusable(why.to_string()))?;
        Ok(Self::new(lines.into_iter().map(entry).collect()))
    }
}

fn entry(line: Line) -> FontEntry {
    FontEntry {
        key: FontKey { family: line.family, weight: line.weight, italic: line.italic },
        path: line.path,
        content: BlobRef { sha256: line.sha256, bytes: line.bytes },
    }
}
