//! Writing a kit: beside its place, then renamed, so that a folder of the right name is always whole.

use core_brand::Fault;
use core_brand::fault::Code;
use imprint_embedded::{KitFile, Stop};
use std::ffi::OsString;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Refuses a place where no kit can be written, before any work is done.
pub(crate) fn check(out: &Path) -> Result<(), Fault> {
    match fs::metadata(out) {
        Ok(about) if !about.is_dir() => {
            return Err(Fault::new(Code::OutNotFolder, [("path", out.display().to_string())]));
        }
        Ok(_) => {
            let mut entries = fs::read_dir(out).map_err(|why| unwritable(out, &why))?;
            if entries.next().is_some() {
                return Err(Fault::new(Code::OutNotEmpty, [("path", out.display().to_string())]));
            }
        }
        Err(why) if why.kind() == ErrorKind::NotFound => {}
        Err(why) => return Err(unwritable(out, &why)),
    }
    // Making and removing the folder is the only answer that permissions, quotas and read-only disks all agree with.
    let beside = beside(out)?;
    let above = missing_above(&beside);
    let made = fs::create_dir_all(&beside).map_err(|why| unwritable(out, &why));
    // What is not there need not be removed.
    let _ = fs::remove_dir(&beside);
    remove_empty(&above);
    made
}

/// Writes all files or nothing.
pub(crate) fn write(out: &Path, files: &[KitFile], stop: &Stop) -> Result<(), Fault> {
    let beside = beside(out)?;
    let above = missing_above(&beside);
    let written = write_all(&beside, files, stop).and_then(|()| take_place(&beside, out));
    if written.is_err() {
        // The first fault is the one to tell; what cannot be removed is found by its name.
        let _ = fs::remove_dir_all(&beside);
        remove_empty(&above);
    }
    written
}

/// The folders above a path that are not there yet, deepest first.
fn missing_above(path: &Path) -> Vec<PathBuf> {
    path.ancestors().skip(1).take_while(|folder| !folder.exists()).map(Path::to_owned).collect()
}

/// Takes back folders that were made, unless somebody has put something there meanwhile.
fn remove_empty(folders: &[PathBuf]) {
    for folder in folders {
        let _ = fs::remove_dir(folder);
    }
}

fn write_all(beside: &Path, files: &[KitFile], stop: &Stop) -> Result<(), Fault> {
    fs::create_dir_all(beside).map_err(|why| unwritable(beside, &why))?;
    for file in files {
        if stop.is_asked() {
            return Err(Fault::new(Code::Cancelled, []));
        }
        let path = beside.join(&file.path);
        let folder = path.parent().unwrap_or(beside);
        let made = fs::create_dir_all(folder).and_then(|()| fs::write(&path, &file.bytes));
        made.map_err(|why| unwritable(&path, &why))?;
    }
    Ok(())
}

fn take_place(beside: &Path, out: &Path) -> Result<(), Fault> {
    match fs::rename(beside, out) {
        Ok(()) => Ok(()),
        Err(why) if matches!(why.kind(), ErrorKind::DirectoryNotEmpty | ErrorKind::AlreadyExists) => {
            Err(Fault::new(Code::OutNotEmpty, [("path", out.display().to_string())]))
        }
        Err(why) => Err(unwritable(out, &why)),
    }
}

/// A hidden folder on the same disk, of a name that says what it is.
pub(crate) fn beside(out: &Path) -> Result<PathBuf, Fault> {
    let absolute = std::path::absolute(out).map_err(|why| unwritable(out, &why))?;
    let (Some(parent), Some(name)) = (absolute.parent(), absolute.file_name()) else {
        return Err(Fault::new(Code::OutNotEmpty, [("path", out.display().to_string())]));
    };
    let mut hidden = OsString::from(".");
    hidden.push(name);
    hidden.push(format!(".{}.partial", std::process::id()));
    Ok(parent.join(hidden))
}

pub(crate) fn unwritable(path: &Path, why: &std::io::Error) -> Fault {
    let path = path.display().to_string();
    match why.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Fault::new(Code::DiskFull, [("path", path)]),
        _ => Fault::new(Code::OutUnwritable, [("path", path), ("why", why.to_string())]),
    }
}
