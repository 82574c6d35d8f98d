//! Journals in a folder: one file per subject, batch after batch.
//!
//! A batch is `<sha256> <bytes>\n<payload>\n`; the payload is the entries, each behind its length. A last batch whose
//! hash does not fit is torn: the process died while writing it, so it was never acknowledged, and the next append
//! cuts it off.

use crate::frame::{frame, unframe};
use crate::{Ledger, READ_ENTRIES_MAX, check, conflict};
use core_brand::Fault;
use core_brand::content::sha256_hex;
use core_brand::fault::Code;
use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Journals that outlive the process. One process at a time: each journal is locked while it is written.
pub struct FolderLedger {
    root: PathBuf,
    writing: Mutex<()>,
}

/// What a journal file holds, and where its last whole batch ends.
struct Contents {
    entries: Vec<Vec<u8>>,
    good_bytes: u64,
}

impl FolderLedger {
    /// Uses (and makes) this folder.
    pub fn open(root: &Path) -> Result<Self, Fault> {
        std::fs::create_dir_all(root).map_err(|why| storage(root, &why))?;
        Ok(Self { root: root.to_owned(), writing: Mutex::new(()) })
    }

    /// Every journal there is.
    pub fn subjects(&self) -> Result<Vec<String>, Fault> {
        let mut subjects = Vec::new();
        for found in std::fs::read_dir(&self.root).map_err(|why| storage(&self.root, &why))? {
            let name = found.map_err(|why| storage(&self.root, &why))?.file_name();
            subjects.extend(name.to_str().and_then(|name| name.strip_suffix(".journal")).map(str::to_owned));
        }
        subjects.sort();
        Ok(subjects)
    }

    fn path(&self, subject: &str) -> PathBuf {
        self.root.join(format!("{subject}.journal"))
    }

    /// Appends all entries or none, as `append` does.
    pub(crate) fn put(&self, subject: &str, expected: u64, entries: &[Vec<u8>]) -> Result<u64, Fault> {
        check(subject, entries)?;
        self.append_batch(subject, expected, entries)
    }

    fn append_batch(&self, subject: &str, expected: u64, entries: &[Vec<u8>]) -> Result<u64, Fault> {
        let path = self.path(subject);
        let fail = |why: std::io::Error| storage(&path, &why);
        let _one_writer = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(fail)?;
        file.lock().map_err(fail)?;
        let contents = read_file(&mut file, &path)?;
        let end = contents.entries.len() as u64;
        if end != expected {
            return Err(conflict(expected, end));
        }
        file.set_len(contents.good_bytes).map_err(fail)?;
        file.seek(SeekFrom::Start(contents.good_bytes)).map_err(fail)?;
        file.write_all(&encode(entries)).map_err(fail)?;
        file.sync_data().map_err(fail)?;
        Ok(end + entries.len() as u64)
    }
}

impl Ledger for FolderLedger {
    async fn append(&self, subject: &str, expected: u64, entries: Vec<Vec<u8>>) -> Result<u64, Fault> {
        self.put(subject, expected, &entries)
    }

    async fn read(&self, subject: &str, from: u64) -> Result<Vec<Vec<u8>>, Fault> {
        check(subject, &[])?;
        let path = self.path(subject);
        let mut file = match File::open(&path) {
            Ok(file) => file,
            Err(why) if why.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(why) => return Err(storage(&path, &why)),
        };
        let entries = read_file(&mut file, &path)?.entries;
        Ok(entries.into_iter().skip(from as usize).take(READ_ENTRIES_MAX).collect())
    }
}

fn encode(entries: &[Vec<u8>]) -> Vec<u8> {
    let payload = frame(entries);
    let mut batch = format!("{} {:010}\n", sha256_hex(&payload), payload.len()).into_bytes();
    batch.extend(payload);
    batch.push(b'\n');
    batch
}

/// `<64 hex> <10 digits>\n`
const HEAD_BYTES: usize = 64 + 1 + 10 + 1;

fn read_file(file: &mut File, path: &Path) -> Result<Contents, Fault> {
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(0)).map_err(|why| storage(path, &why))?;
    file.read_to_end(&mut bytes).map_err(|why| storage(path, &why))?;
    let mut contents = Contents { entries: Vec::new(), good_bytes: 0 };
    let mut rest = bytes.as_slice();
    while let Some((entries, after)) = decode(rest) {
        contents.entries.extend(entries);
        contents.good_bytes += (rest.len() - after.len()) as u64;
        rest = after;
    }
    // A torn batch can only be the last. Whole batches behind a bad one mean that the file was changed.
    if has_batch(rest) {
        return Err(Fault::new(Code::Tampered, [("sequence", (contents.entries.len() + 1).to_string())]));
    }
    Ok(contents)
}

/// The first batch and what follows it; `None` when it is not whole.
fn decode(bytes: &[u8]) -> Option<(Vec<Vec<u8>>, &[u8])> {
    let (head, rest) = bytes.split_at_checked(HEAD_BYTES)?;
    let head = std::str::from_utf8(head).ok()?;
    let length: usize = head.get(65..75)?.parse().ok()?;
    let (payload, after) = rest.split_at_checked(length)?;
    if sha256_hex(payload) != head.get(..64)? {
        return None;
    }
    Some((unframe(payload)?, after.strip_prefix(b"\n")?))
}

/// Whether a whole batch starts anywhere after a line break in these bytes.
fn has_batch(bytes: &[u8]) -> bool {
    let starts = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1);
    starts.into_iter().any(|start| decode(&bytes[start..]).is_some())
}

fn storage(path: &Path, why: &std::io::Error) -> Fault {
    if why.kind() == std::io::ErrorKind::StorageFull {
        return Fault::new(Code::DiskFull, [("path", path.display().to_string())]);
    }
    Fault::new(Code::Storage, [("what", format!("`{}`", path.display())), ("why", why.to_string())])
}
