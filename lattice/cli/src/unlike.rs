//! `--unlike`: what the marks of kits look like that a new one is to keep away from.

use crate::explain::kit;
use core_brand::Fault;
use core_brand::fault::Code;
use core_brand::kit::BrandFile;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The silhouettes of all concepts of these kits, each once, with those that an order has already.
pub(crate) fn silhouettes(kits: &[PathBuf], known: &[String]) -> Result<Vec<String>, Fault> {
    let mut found: BTreeSet<String> = known.iter().cloned().collect();
    for path in kits.iter().map(|path| inside(path)).collect::<Result<Vec<_>, Fault>>()?.concat() {
        let brand = kit::read(&path)?.brand;
        for concept in &brand.concepts {
            let missing = || Fault::new(Code::KitSilhouette, [("path", path.display().to_string())]);
            found.insert(concept.silhouette.ok_or_else(missing)?.to_string());
        }
    }
    Ok(found.into_iter().collect())
}

/// The kit itself; or, where a folder is none, every kit in it. What lies beside them is left alone.
fn inside(path: &Path) -> Result<Vec<PathBuf>, Fault> {
    if !path.is_dir() || is_kit(path) {
        return Ok(vec![path.to_owned()]);
    }
    let missing = || Fault::new(Code::KitMissing, [("path", path.display().to_string())]);
    let entries = std::fs::read_dir(path).map_err(|_| missing())?;
    let mut kits: Vec<PathBuf> =
        entries.flatten().map(|entry| entry.path()).filter(|one| is_kit(one)).collect();
    kits.sort();
    if kits.is_empty() { Err(missing()) } else { Ok(kits) }
}

fn is_kit(path: &Path) -> bool {
    path.join(BrandFile::PATH).is_file() || path.extension().is_some_and(|end| end == "zip") && path.is_file()
}
