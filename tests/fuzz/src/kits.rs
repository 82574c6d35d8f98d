//! Kits that are opened again, and files of others that are graded against one.

use crate::answer::{Answer, near, no_text, parted, refused, said, same, taken, told};
use crate::checksums;
use core_brand::Fault;
use core_brand::content::sha256_hex;
use core_brand::kit::{BrandFile, ManifestFile};
use core_check::limits::TOLD_MAX;
use core_check::{Graded, check, own};
use core_order::Request;
use std::collections::BTreeMap;

/// The kit that files are graded against; it is in the corpus of its reader, too.
const BRAND: &str = include_str!("../corpus/brand-file/usual.json");
/// The drawing of its mark, and where it lies.
const DRAWING: &str = include_str!("../corpus/svg/mark.svg");
const DRAWING_PATH: &str = "logos/1-stencil/mark-color.svg";
/// A file of somebody else.
const STYLE: &str = "a { color: #f7ad2b; background: #123456; font-family: Inter }";
/// The name of a file that lies in the kit.
const OWN: &str = "own.css";
/// The longest note tells five names of 80 letters.
const NOTE_BYTES_MAX: usize = 4_000;

/// As the command reads it: first as any JSON, which says whether a newer Imprint wrote it.
pub(crate) fn brand_file(bytes: &[u8]) -> Answer {
    let read = serde_json::from_slice(bytes).and_then(serde_json::from_value::<BrandFile>);
    let brand = match read {
        Ok(brand) => brand,
        Err(why) => return Ok(Err(format!("{:?}", why.classify()))),
    };
    let text = serde_json::to_vec(&brand).map_err(|why| why.to_string())?;
    let again: BrandFile = serde_json::from_slice(&text).map_err(|why| format!("again: {why}"))?;
    near("a brand", &brand, &again)?;
    // It is graded with, and made again.
    match check(&brand, &BTreeMap::new(), "a.css", STYLE.as_bytes()) {
        Err(fault) => return refused(&fault),
        Ok(graded) => clear(&graded)?,
    }
    match core_order::order(&Request::of(&brand.order)) {
        Err(fault) => refused(&fault),
        Ok(_) => taken(brand.concepts.len()),
    }
}

pub(crate) fn manifest(bytes: &[u8]) -> Answer {
    let manifest: ManifestFile = match serde_json::from_slice(bytes) {
        Ok(manifest) => manifest,
        Err(why) => return Ok(Err(format!("{:?}", why.classify()))),
    };
    let text = serde_json::to_vec(&manifest).map_err(|why| why.to_string())?;
    let again = serde_json::from_slice(&text).map_err(|why| format!("again: {why}"))?;
    same("a manifest", &manifest, &again)?;
    let is_listed = manifest.files.iter().any(|file| file.sha256 == sha256_hex(STYLE.as_bytes()));
    let found = own(&brand()?, &manifest, OWN, STYLE.as_bytes()).map_err(|fault| fault.to_string())?;
    same("whether a file is the kit's own", &is_listed, &found.is_some())?;
    found.iter().try_for_each(clear)?;
    taken(is_listed)
}

/// The first line is the name of the file.
pub(crate) fn checked(bytes: &[u8]) -> Answer {
    let Some((name, file)) = parted(bytes) else { return no_text() };
    let file = checksums::mended(file).unwrap_or_else(|| file.to_vec());
    let drawings = BTreeMap::from([(DRAWING_PATH.to_owned(), DRAWING.to_owned())]);
    let brand = brand()?;
    let grade = || check(&brand, &drawings, name, &file);
    match grade() {
        Err(fault) => ours(&fault),
        Ok(graded) => {
            clear(&graded)?;
            let again = grade().map_err(|fault| format!("again: {fault}"))?;
            same("what was found", &format!("{graded:?}"), &format!("{again:?}"))?;
            taken(format!("{} {}", graded.kind, ids(&graded).collect::<Vec<_>>().join(" ")))
        }
    }
}

fn brand() -> Result<BrandFile, String> {
    serde_json::from_str(BRAND).map_err(|why| format!("the kit: {why}"))
}

/// A file is refused by the reader that looked at it.
fn ours(fault: &Fault) -> Answer {
    if !fault.code.starts_with("check.") {
        return Err(format!("`{}` is about no file: {}", fault.code, fault.message));
    }
    refused(fault).map(drop)?;
    told(&fault.message)
}

fn ids(graded: &Graded) -> impl Iterator<Item = &str> {
    let notes = graded.untold.iter().map(|note| note.id);
    let mut ids: Vec<&str> = graded.findings.iter().map(|found| found.id).chain(notes).collect();
    ids.dedup();
    ids.into_iter()
}

/// What is told of a file can be shown, and is not endless.
fn clear(graded: &Graded) -> Result<(), String> {
    for found in &graded.findings {
        said(&found.message)?;
        said(&found.subject)?;
        let told = graded.findings.iter().filter(|other| other.id == found.id).count();
        let numbers = [found.measured, found.allowed];
        if told > TOLD_MAX || numbers.iter().flatten().any(|number| !number.is_finite()) {
            return Err(format!("{told} times {found:?}"));
        }
    }
    for note in &graded.untold {
        said(&note.message)?;
        if note.message.len() > NOTE_BYTES_MAX {
            return Err(format!("a note of {} bytes", note.message.len()));
        }
    }
    Ok(())
}
