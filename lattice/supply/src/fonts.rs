//! The font files: npm packages, pinned by a lock file, fetched once into the cache.

use crate::child::{Voice, run};
use crate::places::Places;
use core_brand::content::sha256_hex;
use core_brand::fault::Code;
use core_brand::{BlobRef, Fault, FontKey};
use core_typography::families;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What names the packages and their hashes.
const PINS: &[(&str, &str)] = &[
    ("package.json", include_str!("../fonts/package.json")),
    ("package-lock.json", include_str!("../fonts/package-lock.json")),
    (".npmrc", include_str!("../fonts/.npmrc")),
];

/// Written last: the lock that the folder was made from.
const STAMP: &str = "imprint-fonts.sha256";

/// A font file of the cache.
#[derive(Clone, Debug)]
pub struct Font {
    pub key: FontKey,
    pub path: PathBuf,
    pub content: BlobRef,
}

/// The font files, fetched if they are not there.
pub fn fonts(places: &Places, voice: &dyn Voice) -> Result<Vec<Font>, Fault> {
    let folder = places.fonts();
    if !is_current(&folder) {
        let failed = |why: std::io::Error| storage(&folder, &why);
        fs::create_dir_all(&places.cache).map_err(failed)?;
        // Two programs that start at once: the second waits, then finds the work done.
        let lock = fs::File::create(places.cache.join("fonts.lock")).map_err(failed)?;
        lock.lock().map_err(failed)?;
        if !is_current(&folder) {
            voice.say("Fetching the fonts (once, about 130 MB).");
            fetch(&places.cache, &folder, voice)?;
        }
    }
    Ok(font_files(places))
}

/// Where the font files lie, fetched or not.
#[must_use]
pub fn font_files(places: &Places) -> Vec<Font> {
    let modules = places.fonts().join("node_modules");
    let mut files = Vec::new();
    for family in families() {
        for font in &family.fonts {
            let content = BlobRef { sha256: font.sha256.clone(), bytes: font.bytes };
            let path = modules.join(&family.package).join(&font.path);
            files.push(Font { key: font.key.clone(), path, content });
        }
    }
    files
}

fn is_current(folder: &Path) -> bool {
    fs::read_to_string(folder.join(STAMP)).is_ok_and(|stamp| stamp.trim() == pins_hash())
}

fn pins_hash() -> String {
    let all: Vec<&str> = PINS.iter().map(|(_, text)| *text).collect();
    sha256_hex(all.join("\n").as_bytes())
}

/// Fetches beside and renames, so that a folder of the right name is always whole.
fn fetch(cache: &Path, folder: &Path, voice: &dyn Voice) -> Result<(), Fault> {
    let beside = cache.join(format!("fonts.{}.partial", std::process::id()));
    let fetched = fetch_into(&beside, voice).and_then(|()| {
        prune(&beside.join("node_modules")).map_err(|why| storage(&beside, &why))?;
        let _ = fs::remove_dir_all(folder);
        fs::rename(&beside, folder).map_err(|why| storage(folder, &why))
    });
    if fetched.is_err() {
        // The first fault is the one to tell.
        let _ = fs::remove_dir_all(&beside);
    }
    fetched
}

fn fetch_into(beside: &Path, voice: &dyn Voice) -> Result<(), Fault> {
    fs::create_dir_all(beside).map_err(|why| storage(beside, &why))?;
    for (name, text) in PINS {
        fs::write(beside.join(name), text).map_err(|why| storage(beside, &why))?;
    }
    let mut npm = Command::new("npm");
    npm.current_dir(beside).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]);
    run(
        &mut npm,
        "The fonts",
        "Install npm (Node.js 20 or later) and check that its registry can be reached, then try again.",
        voice,
    )?;
    fs::write(beside.join(STAMP), pins_hash()).map_err(|why| storage(beside, &why))
}

/// Packages hold every weight of a family, and most of what they hold is never set: what no table names goes.
fn prune(modules: &Path) -> std::io::Result<()> {
    let wanted: BTreeSet<PathBuf> = families()
        .iter()
        .flat_map(|family| family.fonts.iter().map(|font| modules.join(&family.package).join(&font.path)))
        .collect();
    for family in families() {
        for weight in fs::read_dir(modules.join(&family.package))? {
            let folder = weight?.path();
            if folder.is_dir() && !wanted.iter().any(|font| font.starts_with(&folder)) {
                fs::remove_dir_all(&folder)?;
            }
        }
    }
    Ok(())
}

fn storage(path: &Path, why: &std::io::Error) -> Fault {
    if why.kind() == std::io::ErrorKind::StorageFull {
        return Fault::new(Code::DiskFull, [("path", path.display().to_string())]);
    }
    Fault::new(Code::Storage, [("what", format!("`{}`", path.display())), ("why", why.to_string())])
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

    use super::*;

    #[test]
    fn weights_that_nobody_sets_are_not_kept() {
        let modules = std::env::temp_dir().join(format!("imprint-prune-{}", std::process::id()));
        for family in families() {
            let package = modules.join(&family.package);
            for font in &family.fonts {
                let path = package.join(&font.path);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, "font").unwrap();
            }
            fs::create_dir_all(package.join("100Thin")).unwrap();
            fs::write(package.join("100Thin/Thin.ttf"), "font").unwrap();
            fs::write(package.join("LICENSE_FONT"), "licence").unwrap();
        }
        prune(&modules).unwrap();
        for family in families() {
            let package = modules.join(&family.package);
            assert!(family.fonts.iter().all(|font| package.join(&font.path).exists()), "{}", family.name);
            assert!(!package.join("100Thin").exists() && package.join("LICENSE_FONT").exists());
        }
        fs::remove_dir_all(&modules).unwrap();
    }
}
