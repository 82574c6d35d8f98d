//! The new kit takes the place of the old one in one move: before it there is the old kit, after it the new one, and nothing
//! between. What fails on the way leaves the old kit as it was.

use super::revision::{FOLDER, Next, Old};
use crate::publish::{beside, unwritable};
use crate::record::is_inside;
use core_brand::Fault;
use core_brand::fault::Code;
use imprint_embedded::Stop;
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Files that somebody put into a kit stay in it; more of them than this is no kit any more.
const CARRIED_MAX: usize = 10_000;

/// Writes the next revision beside the kit, then exchanges the two.
pub(super) fn write(old: &Old, next: &Next, stop: &Stop) -> Result<(), Fault> {
    let new = beside(&old.kit)?;
    let written = fill(old, next, &new, stop).and_then(|()| exchange(&new, &old.kit));
    // Either the new one, which came to nothing, or the old one, all of whose files are in the new. What cannot be removed is
    // found by its name.
    let _ = fs::remove_dir_all(&new);
    written
}

fn fill(old: &Old, next: &Next, new: &Path, stop: &Stop) -> Result<(), Fault> {
    let mut written = BTreeSet::new();
    for (path, bytes) in &next.files {
        going(stop)?;
        put(&new.join(path), bytes)?;
        written.insert(PathBuf::from(path));
    }
    let earlier = Path::new(FOLDER).join(old.brand.revision.to_string());
    for path in &next.kept {
        going(stop)?;
        let to = earlier.join(path);
        copy(&old.kit.join(path), &new.join(&to))?;
        written.insert(to);
    }
    let listed: BTreeSet<PathBuf> = old.listed().map(PathBuf::from).collect();
    for path in files_in(&old.kit)? {
        going(stop)?;
        // Earlier revisions, and what somebody put there; where the new kit has a file of that name, the other stays with
        // the revision that it lay in.
        if listed.contains(&path) {
            continue;
        }
        let to = if written.contains(&path) { earlier.join(&path) } else { path.clone() };
        if !written.contains(&to) {
            copy(&old.kit.join(&path), &new.join(&to))?;
        }
    }
    Ok(())
}

fn going(stop: &Stop) -> Result<(), Fault> {
    if stop.is_asked() { Err(Fault::new(Code::Cancelled, [])) } else { Ok(()) }
}

fn put(path: &Path, bytes: &[u8]) -> Result<(), Fault> {
    let folder = path.parent().unwrap_or(path);
    let made = fs::create_dir_all(folder).and_then(|()| fs::write(path, bytes));
    made.map_err(|why| unwritable(path, &why))
}

fn copy(from: &Path, to: &Path) -> Result<(), Fault> {
    let folder = to.parent().unwrap_or(to);
    let made = fs::create_dir_all(folder).and_then(|()| fs::copy(from, to));
    made.map(drop).map_err(|why| unwritable(to, &why))
}

/// Every file below a folder, by its path in it. Links are not followed: they could lead anywhere.
fn files_in(folder: &Path) -> Result<Vec<PathBuf>, Fault> {
    let (mut open, mut files) = (vec![PathBuf::new()], Vec::new());
    while let Some(inner) = open.pop() {
        let at = folder.join(&inner);
        let unreadable = |why: io::Error| unwritable(&at, &why);
        for entry in fs::read_dir(&at).map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?;
            let (path, kind) = (inner.join(entry.file_name()), entry.file_type().map_err(unreadable)?);
            if kind.is_dir() {
                open.push(path);
            } else if kind.is_file() {
                files.push(path);
            } else {
                return Err(unwritable(
                    &folder.join(&path),
                    &io::Error::other("it is neither a file nor a folder"),
                ));
            }
        }
        if files.len() > CARRIED_MAX {
            return Err(unwritable(
                folder,
                &io::Error::other(format!("it holds more than {CARRIED_MAX} files")),
            ));
        }
    }
    files.sort();
    Ok(files)
}

/// Where the system can, two names change places in one act; elsewhere the old kit steps aside and comes back if the new
/// one cannot take its place.
fn exchange(new: &Path, kit: &Path) -> Result<(), Fault> {
    match at_once(new, kit) {
        Ok(()) => return Ok(()),
        Err(why) if !matches!(why.kind(), io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput) => {
            return Err(unwritable(kit, &why));
        }
        Err(_) => {}
    }
    let aside = new.with_extension("before");
    fs::rename(kit, &aside).map_err(|why| unwritable(kit, &why))?;
    if let Err(why) = fs::rename(new, kit) {
        // If even this fails, the fault names the place where the old kit lies.
        fs::rename(&aside, kit).map_err(|back| unwritable(&aside, &back))?;
        return Err(unwritable(kit, &why));
    }
    // What cannot be removed is found by its name.
    let _ = fs::remove_dir_all(&aside);
    Ok(())
}

#[cfg(target_os = "linux")]
fn at_once(new: &Path, kit: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    // Not every file system knows it, and each says so in its own way.
    renameat_with(CWD, new, CWD, kit, RenameFlags::EXCHANGE).map_err(|why| match why {
        rustix::io::Errno::NOSYS | rustix::io::Errno::INVAL | rustix::io::Errno::OPNOTSUPP => {
            io::Error::from(io::ErrorKind::Unsupported)
        }
        other => io::Error::from(other),
    })
}

#[cfg(not(target_os = "linux"))]
fn at_once(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::Error::from(io::ErrorKind::Unsupported))
}

impl Old {
    /// Files that the kit's own manifest names, itself among them.
    fn listed(&self) -> impl Iterator<Item = &str> {
        let manifest = [core_brand::kit::ManifestFile::PATH];
        self.files.files.iter().map(|file| file.path.as_str()).filter(|path| is_inside(path)).chain(manifest)
    }
}
