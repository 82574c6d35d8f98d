//! `imprint zip`: a kit, or an earlier revision of it, as one archive; of a kit that `imprint make` wrote the same bytes as
//! the API sends.

use crate::args::Zip;
use crate::publish::unwritable;
use crate::remake::Old;
use crate::say::data;
use core_brand::Fault;
use core_brand::fault::Code;
use std::fs;
use std::path::{Path, PathBuf};

pub(crate) fn run(zip: &Zip) -> Result<(), Fault> {
    let old = Old::read(&zip.kit)?;
    let (brand, files) = old.revision(zip.revision.unwrap_or(old.brand.revision))?;
    let folder = brand.order.brief.slug();
    let named = || zip.revision.map_or_else(|| folder.clone(), |number| format!("{folder}-{number}"));
    let out = zip.out.clone().unwrap_or_else(|| PathBuf::from(format!("{}.zip", named())));
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())).collect();
    write(&out, &folder, &files)?;
    data(&out.display().to_string());
    Ok(())
}

/// Writes files, sorted by path, as an archive of one folder.
pub(crate) fn write(out: &Path, folder: &str, files: &[(&str, &[u8])]) -> Result<(), Fault> {
    if out.is_dir() {
        return Err(Fault::new(
            Code::FileUnwritable,
            [("path", out.display().to_string()), ("why", "it is a folder".to_owned())],
        ));
    }
    let (mut archive, mut bytes) = (core_archive::Archive::default(), Vec::new());
    for (path, content) in files {
        bytes.extend(archive.file(&format!("{folder}/{path}"), content));
        bytes.extend(*content);
    }
    bytes.extend(archive.end());
    // Beside its place, then renamed: an archive of the right name is whole.
    let mut beside = out.as_os_str().to_owned();
    beside.push(format!(".{}.partial", std::process::id()));
    let written = fs::write(&beside, bytes).and_then(|()| fs::rename(&beside, out));
    written.map_err(|why| {
        // The first fault is the one to tell.
        let _ = fs::remove_file(&beside);
        unwritable(out, &why)
    })
}
