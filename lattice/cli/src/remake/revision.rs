//! Revisions of a kit. The kit itself is the newest; `revisions/<n>/` holds of an earlier one what is no longer so: the files
//! that say what it was, and each file that was changed or removed after it. The rest is where it always was, so a small
//! change costs little room, and each revision can be put together again from its own manifest.

use super::changes::Changes;
use crate::explain::kit;
use crate::record::is_inside;
use core_brand::content::sha256_hex;
use core_brand::fault::Code;
use core_brand::kit::{BrandFile, FileEntry, ManifestFile, ReportFile};
use core_brand::{Document, Fault, broken};
use core_words::Words;
use imprint_embedded::{Kit, KitFile};
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// A file's path in the kit, and its bytes.
pub(crate) type Packed = (String, Vec<u8>);

/// Where earlier revisions lie.
pub(crate) const FOLDER: &str = "revisions";
const CHANGES_MD: &str = "CHANGES.md";
const CHANGES_JSON: &str = "changes.json";
/// Files that say what a revision is: another revision has others.
pub(super) const IS_ABOUT: [&str; 3] = [BrandFile::PATH, CHANGES_MD, CHANGES_JSON];

/// A kit on a disk.
pub(crate) struct Old {
    pub(crate) kit: PathBuf,
    pub(crate) brand: BrandFile,
    pub(super) files: ManifestFile,
    /// The manifest as it is written.
    pub(crate) manifest: Vec<u8>,
}

impl Old {
    /// Reads what a kit says of itself, and compares each file with it: what somebody changed by hand is not replaced.
    pub(crate) fn read(kit: &Path) -> Result<Self, Fault> {
        if kit.exists() && !kit.is_dir() {
            return Err(Fault::new(Code::KitNotFolder, [("path", kit.display().to_string())]));
        }
        let brand = kit::read(kit)?.brand;
        let path = kit.join(ManifestFile::PATH);
        let unreadable = |why: &dyn std::fmt::Display| malformed(&path, why);
        let manifest = fs::read(&path).map_err(|why| unreadable(&why))?;
        let files: ManifestFile = serde_json::from_slice(&manifest).map_err(|why| unreadable(&why))?;
        let old = Self { kit: kit.to_owned(), brand, files, manifest };
        for file in &old.files.files {
            old.whole(file)?;
        }
        Ok(old)
    }

    /// A file of the kit as its manifest says it is.
    fn whole(&self, file: &FileEntry) -> Result<Vec<u8>, Fault> {
        let bytes = if is_inside(&file.path) { fs::read(self.kit.join(&file.path)).ok() } else { None };
        bytes.filter(|bytes| sha256_hex(bytes) == file.sha256).ok_or_else(|| changed(&self.kit, &file.path))
    }

    /// Every file of a revision, sorted by path, its manifest among them.
    pub(crate) fn revision(&self, number: u32) -> Result<(BrandFile, Vec<Packed>), Fault> {
        let last = self.brand.revision;
        if !(1..=last).contains(&number) {
            let args = [("path", self.kit.display().to_string()), ("value", number.to_string())];
            let [path, value] = args;
            return Err(Fault::new(Code::KitRevision, [path, value, ("last", last.to_string())]));
        }
        let base =
            if number == last { self.kit.clone() } else { self.kit.join(FOLDER).join(number.to_string()) };
        let manifest = fs::read(base.join(ManifestFile::PATH)).map_err(|why| malformed(&base, &why))?;
        let listed: ManifestFile = parse(&base, &manifest)?;
        let mut files = vec![(ManifestFile::PATH.to_owned(), manifest)];
        for file in &listed.files {
            files.push((file.path.clone(), self.at(number, file)?));
        }
        files.sort_by(|a, b| a.0.cmp(&b.0));
        let brand = files.iter().find(|(path, _)| path == BrandFile::PATH);
        let brand = brand.ok_or_else(|| malformed(&base, &"it lists no brand.json"))?;
        Ok((parse(&base, &brand.1)?, files))
    }

    /// A file as it was: it lies with the last revision that had it so.
    fn at(&self, number: u32, file: &FileEntry) -> Result<Vec<u8>, Fault> {
        let folders = (number..self.brand.revision).map(|at| self.kit.join(FOLDER).join(at.to_string()));
        let found = folders
            .chain([self.kit.clone()])
            .filter(|_| is_inside(&file.path))
            .filter_map(|folder| fs::read(folder.join(&file.path)).ok())
            .find(|bytes| sha256_hex(bytes) == file.sha256);
        found.ok_or_else(|| changed(&self.kit, &file.path))
    }
}

/// What a remake makes of a kit.
pub(crate) struct Next {
    pub(crate) changes: Changes,
    /// Every file of the kit as it will be.
    pub(super) files: BTreeMap<String, Vec<u8>>,
    /// Paths of the earlier revision that go into `revisions/<n>/`.
    pub(super) kept: Vec<String>,
    is_new: bool,
    revision: u32,
}

impl Next {
    pub(crate) fn of(old: &Old, made: &Kit) -> Result<Self, Fault> {
        let brand: BrandFile = find(&made.files, BrandFile::PATH)?;
        let manifest: ManifestFile = find(&made.files, ManifestFile::PATH)?;
        let changes = Changes::between((&old.brand, &old.files), (&brand, &manifest));
        let is_same = BrandFile { revision: old.brand.revision, ..brand.clone() } == old.brand;
        if is_same && !changes.has_files() {
            let (revision, changes) = (old.brand.revision, Changes { to: old.brand.revision, ..changes });
            return Ok(Self { changes, files: BTreeMap::new(), kept: Vec::new(), is_new: false, revision });
        }
        let revision = changes.to;
        let words = Words::new(&brand.order.brief.language)?;
        let about = [
            Document::json_file(BrandFile::PATH, &BrandFile { revision, ..brand })?,
            Document::file(CHANGES_MD, "text/markdown", changes.markdown(&words)?.into_bytes()),
            Document::json_file(CHANGES_JSON, &changes)?,
        ];
        let mut listed: Vec<FileEntry> =
            manifest.files.into_iter().filter(|file| !IS_ABOUT.contains(&file.path.as_str())).collect();
        listed.extend(about.iter().map(FileEntry::of));
        listed.sort();
        let previous = Some(sha256_hex(&old.manifest));
        let manifest = ManifestFile { revision, previous, files: listed, ..manifest };
        let mut files: BTreeMap<String, Vec<u8>> =
            made.files.iter().map(|file| (file.path.clone(), file.bytes.clone())).collect();
        for document in about.into_iter().chain([Document::json_file(ManifestFile::PATH, &manifest)?]) {
            files.insert(document.name.clone(), inline(document)?);
        }
        let kept = kept(&old.files, &changes);
        Ok(Self { changes, files, kept, is_new: true, revision })
    }

    /// Whether anything is another.
    pub(crate) fn is_new(&self) -> bool {
        self.is_new
    }

    pub(crate) fn revision(&self) -> u32 {
        self.revision
    }

    pub(crate) fn manifest(&self) -> &[u8] {
        self.files.get(ManifestFile::PATH).map_or(&[], Vec::as_slice)
    }
}

/// What of the earlier revision is no longer so, and its report, which is read with it.
fn kept(old: &ManifestFile, changes: &Changes) -> Vec<String> {
    let about = IS_ABOUT.iter().filter(|path| old.files.iter().any(|file| file.path == **path));
    let mut kept: Vec<String> = about.map(|path| (*path).to_owned()).collect();
    kept.extend([ManifestFile::PATH.to_owned(), ReportFile::PATH.to_owned()]);
    kept.extend(changes.files.changed.iter().chain(&changes.files.removed).cloned());
    kept.sort();
    kept.dedup();
    kept
}

fn find<T: DeserializeOwned>(files: &[KitFile], path: &str) -> Result<T, Fault> {
    let file = files.iter().find(|file| file.path == path);
    let file = file.ok_or_else(|| broken!("the kit has no {path}"))?;
    serde_json::from_slice(&file.bytes).map_err(|why| broken!("{path}: {why}"))
}

fn inline(document: Document) -> Result<Vec<u8>, Fault> {
    match document.body {
        core_brand::Body::Inline(bytes) => Ok(bytes),
        core_brand::Body::Stored(_) => Err(broken!("{} is not at hand", document.name)),
    }
}

fn parse<T: DeserializeOwned>(path: &Path, bytes: &[u8]) -> Result<T, Fault> {
    serde_json::from_slice(bytes).map_err(|why| malformed(path, &why))
}

fn malformed(path: &Path, why: &dyn std::fmt::Display) -> Fault {
    Fault::new(Code::KitMalformed, [("path", path.display().to_string()), ("why", why.to_string())])
}

fn changed(kit: &Path, file: &str) -> Fault {
    Fault::new(Code::KitChanged, [("path", kit.display().to_string()), ("file", file.to_owned())])
}
