//! Where a sheet goes.

use core_brand::Fault;
use core_brand::fault::Code;
use std::fs;
use std::io::{Error, ErrorKind};
use std::path::Path;

/// By its ending; anything else is a PNG.
pub(super) fn is_svg(out: &Path) -> bool {
    out.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("svg"))
}

/// Refuses a place where no file can be written. A picture that is there is replaced; a folder is not.
pub(super) fn check(out: &Path) -> Result<(), Fault> {
    if out.is_dir() {
        return Err(unwritable(out, &Error::from(ErrorKind::IsADirectory)));
    }
    Ok(())
}

pub(super) fn write(out: &Path, bytes: &[u8]) -> Result<(), Fault> {
    let folder = out.parent().unwrap_or(Path::new(""));
    fs::create_dir_all(folder).and_then(|()| fs::write(out, bytes)).map_err(|why| unwritable(out, &why))
}

fn unwritable(out: &Path, why: &Error) -> Fault {
    let path = [("path", out.display().to_string())];
    if why.kind() == ErrorKind::StorageFull {
        return Fault::new(Code::DiskFull, path);
    }
    let [path] = path;
    Fault::new(Code::FileUnwritable, [path, ("why", why.to_string())])
}
