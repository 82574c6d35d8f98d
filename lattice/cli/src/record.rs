//! What the tasks of a kit made, so that a remake need not do them again. Lies in the cache and is known by the hash of the
//! kit's manifest: the kit itself stays what `imprint make` and the API alike say it is. Without it all is made anew.

use crate::make::Made;
use core_brand::content::sha256_hex;
use core_brand::kit::ManifestFile;
use core_brand::{Body, Document};
use imprint_embedded::Past;
use imprint_supply::Places;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

const FORMAT: u32 = 1;
/// So many kits are remembered, the last ones written: a record has about a megabyte.
const RECORDS_MAX: usize = 32;

/// Tasks by key, and what only lies here.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Record {
    format: u32,
    /// The hash of all components and fonts: what they make is taken for the same only while they are.
    workshop: String,
    tasks: BTreeMap<String, Vec<Document>>,
    /// By hash: documents between the steps, and files that are no longer as their task made them.
    texts: BTreeMap<String, String>,
}

/// The past of a kit that lies in a folder.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    record: Record,
    kit: PathBuf,
}

impl Past for Kept {
    fn made(&self, key: &str) -> Option<Vec<Document>> {
        self.record.tasks.get(key)?.iter().map(|document| self.document(document)).collect()
    }
}

impl Kept {
    /// What is known of the kit with this manifest; nothing where other components made it.
    pub(crate) fn find(places: &Places, kit: &Path, manifest: &[u8], workshop: &str) -> Self {
        let bytes = fs::read(place(places, manifest)).unwrap_or_default();
        let record: Option<Record> = serde_json::from_slice(&bytes).ok();
        let is_ours = |record: &Record| record.format == FORMAT && record.workshop == workshop;
        let record = record.filter(is_ours).unwrap_or_default();
        Self { record, kit: kit.to_owned() }
    }

    /// A document with its bytes, if they are still what was made.
    fn document(&self, document: &Document) -> Option<Document> {
        let sha256 = document.content().sha256;
        let bytes = match self.record.texts.get(&sha256) {
            Some(text) => text.as_bytes().to_vec(),
            None if is_inside(&document.name) => fs::read(self.kit.join(&document.name)).ok()?,
            None => return None,
        };
        let is_same = sha256_hex(&bytes) == sha256;
        is_same.then(|| Document { body: Body::Inline(bytes), ..document.clone() })
    }
}

/// Whether a path of a kit stays in it.
pub(crate) fn is_inside(path: &str) -> bool {
    let parts = Path::new(path).components();
    !path.is_empty() && parts.into_iter().all(|part| matches!(part, std::path::Component::Normal(_)))
}

/// Remembers what was made of the kit with this manifest. A cache that cannot be written costs the next remake time.
pub(crate) fn keep(made: &Made, manifest: &[u8]) {
    let _ = try_keep(made, manifest);
}

fn try_keep(made: &Made, manifest: &[u8]) -> std::io::Result<()> {
    let written: ManifestFile = serde_json::from_slice(manifest)?;
    let lies = |document: &Document, sha256: &str| {
        written.files.iter().any(|file| file.path == document.name && file.sha256 == sha256)
    };
    let mut texts = BTreeMap::new();
    for document in made.account.made.values().flatten() {
        let sha256 = document.content().sha256;
        if let (false, Some(bytes)) = (lies(document, &sha256), made.bytes.get(&sha256)) {
            // What is no text and does not lie in the kit is made anew.
            texts.extend(String::from_utf8(bytes.clone()).ok().map(|text| (sha256, text)));
        }
    }
    let workshop = made.workshop.clone();
    let record = Record { format: FORMAT, workshop, tasks: made.account.made.clone(), texts };
    let place = place(&made.places, manifest);
    let folder = place.parent().unwrap_or(Path::new(""));
    fs::create_dir_all(folder)?;
    let beside = place.with_extension(format!("{}.partial", std::process::id()));
    fs::write(&beside, serde_json::to_vec(&record)?)?;
    fs::rename(&beside, &place)?;
    forget(folder);
    Ok(())
}

/// Removes the oldest records.
fn forget(folder: &Path) {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let age =
        |path: &Path| fs::metadata(path).and_then(|about| about.modified()).unwrap_or(SystemTime::UNIX_EPOCH);
    let mut records: Vec<(SystemTime, PathBuf)> =
        entries.map(|entry| (age(&entry.path()), entry.path())).collect();
    records.sort();
    let old = records.len().saturating_sub(RECORDS_MAX);
    for (_, path) in &records[..old] {
        // Somebody else may have been quicker.
        let _ = fs::remove_file(path);
    }
}

fn place(places: &Places, manifest: &[u8]) -> PathBuf {
    places.cache.join("records").join(format!("{}.json", sha256_hex(manifest)))
}
