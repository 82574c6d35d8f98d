//! The files of a kit that say what was decided.

use crate::explain::zip;
use core_brand::brief::LANGUAGES;
use core_brand::fault::Code;
use core_brand::kit::{BrandFile, ReportFile};
use core_brand::{Fault, VERSION};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::fmt::Display;
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;

/// The format of `brand.json` that this program knows.
const FORMAT: u64 = 1;
/// Both files of a kit with twelve concepts have less than a tenth of it.
pub(crate) const BYTES_MAX: usize = 8 << 20;

/// A zip of the largest kit has less than a tenth of it.
const ZIP_BYTES_MAX: usize = 512 << 20;

pub(crate) struct KitFiles {
    pub(crate) brand: BrandFile,
    /// Not there where somebody kept `brand.json` alone.
    pub(crate) report: Option<ReportFile>,
}

/// Reads a kit by its folder, by its zip, or by its `brand.json`.
pub(crate) fn read(path: &Path) -> Result<KitFiles, Fault> {
    let [brand, report] = if path.is_dir() {
        [BrandFile::PATH, ReportFile::PATH].map(|name| bytes(&path.join(name), BYTES_MAX))
    } else {
        files(path)
    };
    let brand = brand?.ok_or_else(|| Fault::new(Code::KitMissing, [("path", path.display().to_string())]))?;
    let report = report?.map(|bytes| parse(&path.join(ReportFile::PATH), &bytes)).transpose()?;
    Ok(KitFiles { brand: parse_brand(path, &brand)?, report })
}

type Found = Result<Option<Vec<u8>>, Fault>;

/// The two files from a zip, or the one that was named with its neighbour.
fn files(path: &Path) -> [Found; 2] {
    let named = match bytes(path, ZIP_BYTES_MAX) {
        Ok(Some(named)) => named,
        none => return [none, Ok(None)],
    };
    if zip::is_zip(&named) {
        return [BrandFile::PATH, ReportFile::PATH]
            .map(|name| zip::file(&named, name, BYTES_MAX).map_err(|why| malformed(path, &why)));
    }
    if named.len() > BYTES_MAX {
        return [Err(too_large(path, BYTES_MAX)), Ok(None)];
    }
    [Ok(Some(named)), bytes(&path.with_file_name(ReportFile::PATH), BYTES_MAX)]
}

/// The bytes of a file, if there is one.
fn bytes(path: &Path, max: usize) -> Found {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(why) if matches!(why.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => return Ok(None),
        Err(why) => return Err(malformed(path, &why)),
    };
    let mut bytes = Vec::new();
    file.take(max as u64 + 1).read_to_end(&mut bytes).map_err(|why| malformed(path, &why))?;
    if bytes.len() > max { Err(too_large(path, max)) } else { Ok(Some(bytes)) }
}

/// The SVG files of one folder of a kit, with their paths in it.
pub(crate) fn drawings(kit: &Path, folder: &str) -> Result<Vec<(String, Vec<u8>)>, Fault> {
    // The name comes from the kit's own file, and must not lead out of it.
    if !folder.starts_with("logos/") || folder.contains("..") {
        return Err(malformed(kit, &format!("`{folder}` is no folder of logos")));
    }
    let entries = std::fs::read_dir(kit.join(folder)).map_err(|why| malformed(&kit.join(folder), &why))?;
    let names = entries.flatten().filter_map(|entry| entry.file_name().into_string().ok());
    let mut names: Vec<String> = names.filter(|name| name.ends_with(".svg")).collect();
    names.sort_unstable();
    let mut found = Vec::new();
    for name in names {
        let path = format!("{folder}/{name}");
        found.extend(bytes(&kit.join(&path), BYTES_MAX)?.map(|bytes| (path, bytes)));
    }
    Ok(found)
}

fn too_large(path: &Path, max: usize) -> Fault {
    malformed(path, &format!("it has more than {max} bytes"))
}

/// A newer kit that reads as one of ours is told; one that does not is said to be newer, not to be broken.
fn parse_brand(path: &Path, bytes: &[u8]) -> Result<BrandFile, Fault> {
    let value: Value = parse(path, bytes)?;
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
    let unread = |why: &dyn Display| {
        if numbers(version) > numbers(VERSION) { newer() } else { malformed(path, why) }
    };
    let brand: BrandFile = serde_json::from_value(value.clone()).map_err(|why| unread(&why))?;
    let language = &brand.order.brief.language;
    match LANGUAGES.contains(&language.as_str()) {
        true => Ok(brand),
        false => Err(unread(&format!("its language `{language}` is none of {}", LANGUAGES.join(", ")))),
    }
}

fn parse<T: DeserializeOwned>(path: &Path, bytes: &[u8]) -> Result<T, Fault> {
    serde_json::from_slice(bytes).map_err(|why| malformed(path, &why))
}

fn malformed(path: &Path, why: &dyn Display) -> Fault {
    Fault::new(Code::KitMalformed, [("path", path.display().to_string()), ("why", why.to_string())])
}

/// The numbers of a version, to compare by.
fn numbers(version: &str) -> Vec<u64> {
    let plain = version.split(['-', '+']).next().unwrap_or_default();
    plain.split('.').map(|part| part.parse().unwrap_or_default()).collect()
}
