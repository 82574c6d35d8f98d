//! The files of a kit that say what was decided.

use core_brand::fault::Code;
use core_brand::kit::{BrandFile, ReportFile};
use core_brand::{Fault, VERSION};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

/// The format of `brand.json` that this program knows.
const FORMAT: u64 = 1;
/// Both files of a kit with twelve concepts have less than a tenth of it.
pub(crate) const BYTES_MAX: usize = 8 << 20;

pub(crate) struct KitFiles {
    pub(crate) brand: BrandFile,
    /// Not there where somebody kept `brand.json` alone.
    pub(crate) report: Option<ReportFile>,
}

/// Reads a kit by its folder, or by its `brand.json`.
pub(crate) fn read(path: &Path) -> Result<KitFiles, Fault> {
    let folder: PathBuf =
        if path.is_file() { path.parent().unwrap_or(path).to_owned() } else { path.to_owned() };
    let brand = if path.is_file() { path.to_owned() } else { folder.join(BrandFile::PATH) };
    let text =
        text(&brand)?.ok_or_else(|| Fault::new(Code::KitMissing, [("path", path.display().to_string())]))?;
    let brand = parse_brand(&brand, &text)?;
    let report = folder.join(ReportFile::PATH);
    let report = self::text(&report)?.map(|text| parse(&report, &text)).transpose()?;
    Ok(KitFiles { brand, report })
}

/// The text of a file, if there is one.
fn text(path: &Path) -> Result<Option<String>, Fault> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(why) if matches!(why.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => return Ok(None),
        Err(why) => return Err(malformed(path, &why)),
    };
    let mut text = String::new();
    let read = file.take(BYTES_MAX as u64 + 1).read_to_string(&mut text);
    read.map_err(|why| malformed(path, &why))?;
    if text.len() > BYTES_MAX {
        return Err(malformed(path, &format!("it has more than {BYTES_MAX} bytes")));
    }
    Ok(Some(text))
}

/// A newer kit that reads as one of ours is told; one that does not is said to be newer, not to be broken.
fn parse_brand(path: &Path, text: &str) -> Result<BrandFile, Fault> {
    let value: Value = parse(path, text)?;
    let version = value["order"]["version"].as_str().unwrap_or_default();
    let newer = || {
        let path = path.display().to_string();
        Fault::new(
            Code::KitNewer,
            [("path", path), ("version", version.to_owned()), ("own", VERSION.to_owned())],
        )
    };
    if value["format"].as_u64().is_some_and(|format| format > FORMAT) {
        return Err(newer());
    }
    serde_json::from_value(value.clone())
        .map_err(|why| if numbers(version) > numbers(VERSION) { newer() } else { malformed(path, &why) })
}

fn parse<T: DeserializeOwned>(path: &Path, text: &str) -> Result<T, Fault> {
    serde_json::from_str(text).map_err(|why| malformed(path, &why))
}

fn malformed(path: &Path, why: &dyn std::fmt::Display) -> Fault {
    Fault::new(Code::KitMalformed, [("path", path.display().to_string()), ("why", why.to_string())])
}

/// The numbers of a version, to compare by.
fn numbers(version: &str) -> Vec<u64> {
    let plain = version.split(['-', '+']).next().unwrap_or_default();
    plain.split('.').map(|part| part.parse().unwrap_or_default()).collect()
}
