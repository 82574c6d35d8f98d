//! The component files: built by a child cargo, with a stamp that says what they were built from.

use crate::child::{Voice, cargo, run};
use crate::missing;
use crate::places::{Places, TARGET};
use core_brand::content::{sha256, sha256_hex};
use core_brand::fault::Code;
use core_brand::{Fault, broken};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::UNIX_EPOCH;

/// The components of a brand job, by the name of their folder.
// A line each, so that a new one is one line.
#[rustfmt::skip]
pub const COMPONENTS: &[&str] = &[
    "assets",
    "design",
    "kit",
    "logo",
    "orchestrator",
];

/// Components that only a lattice runs: they answer people or the courier, and no step of a brand job calls them.
pub const LATTICE_COMPONENTS: &[&str] = &["gateway", "notify"];

/// What the component files depend on, from the root of the checkout.
const SOURCES: &[&str] = &["Cargo.lock", "Cargo.toml", "rust-toolchain.toml", "components", "wit"];

const PROFILE: &str = "component";
const MEND: &str = "`imprint doctor` shows what is missing.";

/// A component file that was built.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Component {
    pub name: String,
    pub path: PathBuf,
    pub sha256: String,
}

/// What was built, from what.
#[derive(Serialize, Deserialize)]
struct Stamp {
    format: u32,
    sources: String,
    sha256: BTreeMap<String, String>,
}

/// The component files of a brand job, built if their sources are newer.
pub fn components(places: &Places, voice: &dyn Voice) -> Result<Vec<Component>, Fault> {
    let all = lattice_components(places, voice)?;
    Ok(all.into_iter().filter(|one| COMPONENTS.contains(&one.name.as_str())).collect())
}

/// All component files, those of a lattice too. They are built together.
pub fn lattice_components(places: &Places, voice: &dyn Voice) -> Result<Vec<Component>, Fault> {
    let sources = sources_stamp(&places.root)?;
    if let Some(built) = built(places, &sources) {
        return Ok(built);
    }
    // Whoever builds them meanwhile builds them for us too. Held until this is dropped.
    let _lock = lock(places)?;
    if let Some(built) = built(places, &sources) {
        return Ok(built);
    }
    target(voice)?;
    voice.say("Building the components to wasm. The first time this takes some minutes.");
    build(places, voice)?;
    let mut sha256 = BTreeMap::new();
    for name in all() {
        let bytes = fs::read(file(places, name)).map_err(|why| missing("A component file", why, MEND))?;
        sha256.insert(name.to_owned(), sha256_hex(&bytes));
    }
    let stamp = Stamp { format: 1, sources: sources.clone(), sha256 };
    let text = serde_json::to_string(&stamp).map_err(|why| broken!("{why}"))?;
    let path = stamp_path(places);
    fs::write(&path, text).map_err(|why| storage(&path, &why))?;
    built(places, &sources).ok_or_else(|| broken!("the components were built and are not there"))
}

/// Of two processes that want to build, one waits for the other.
fn lock(places: &Places) -> Result<File, Fault> {
    let path = places.component_target().join("stamp.lock");
    let failed = |why| storage(&path, &why);
    fs::create_dir_all(places.component_target()).map_err(failed)?;
    let lock = File::create(&path).map_err(failed)?;
    lock.lock().map_err(failed)?;
    Ok(lock)
}

/// Where the component files lie, built or not.
#[must_use]
pub fn component_files(places: &Places) -> Vec<PathBuf> {
    all().map(|name| file(places, name)).collect()
}

fn built(places: &Places, sources: &str) -> Option<Vec<Component>> {
    let text = fs::read_to_string(stamp_path(places)).ok()?;
    let stamp: Stamp = serde_json::from_str(&text).ok()?;
    if stamp.sources != sources {
        return None;
    }
    let one = |name: &str| {
        let path = file(places, name);
        let sha256 = stamp.sha256.get(name)?.clone();
        path.is_file().then(|| Component { name: name.to_owned(), path, sha256 })
    };
    all().map(one).collect()
}

fn all() -> impl Iterator<Item = &'static str> {
    COMPONENTS.iter().chain(LATTICE_COMPONENTS).copied()
}

fn file(places: &Places, name: &str) -> PathBuf {
    places
        .component_target()
        .join(TARGET)
        .join(PROFILE)
        .join(format!("imprint_{}.wasm", name.replace('-', "_")))
}

fn stamp_path(places: &Places) -> PathBuf {
    places.component_target().join("stamp.json")
}

/// Vectors of 128 bits: every engine of components has them, and they compute the same everywhere.
const FLAGS: (&str, &str) = ("CARGO_TARGET_WASM32_WASIP2_RUSTFLAGS", "-Ctarget-feature=+simd128");

fn build(places: &Places, voice: &dyn Voice) -> Result<(), Fault> {
    let mut command = cargo();
    command.current_dir(&places.root).args(["build", "--locked", "--profile", PROFILE, "--target", TARGET]);
    command.arg("--target-dir").arg(places.component_target());
    for name in all() {
        command.args(["--package", &format!("imprint-{name}")]);
    }
    // Flags meant for this machine's programs do not fit wasm.
    command.env_remove("RUSTFLAGS").env_remove("CARGO_ENCODED_RUSTFLAGS").env_remove("CARGO_BUILD_TARGET");
    command.env(FLAGS.0, FLAGS.1);
    run(&mut command, "A component file", MEND, voice)
}

/// Adds the compilation target when it is not there.
fn target(voice: &dyn Voice) -> Result<(), Fault> {
    if has_target() {
        return Ok(());
    }
    voice.say("Adding the Rust target wasm32-wasip2.");
    let mut command = Command::new("rustup");
    command.args(["target", "add", TARGET]);
    run(
        &mut command,
        "The Rust target wasm32-wasip2",
        "Run `rustup target add wasm32-wasip2`, then try again.",
        voice,
    )
}

/// Whether the compiler at hand has the target.
pub(crate) fn has_target() -> bool {
    let asked = Command::new("rustc").args(["--print", "target-libdir", "--target", TARGET]).output();
    let folder = asked.ok().and_then(|answer| String::from_utf8(answer.stdout).ok());
    folder.is_some_and(|folder| Path::new(folder.trim()).is_dir())
}

/// One hash over path, size and time of every source file: cheap enough for every start.
fn sources_stamp(root: &Path) -> Result<String, Fault> {
    let mut lines = Vec::new();
    for source in SOURCES {
        collect(root, &root.join(source), &mut lines)?;
    }
    lines.sort();
    Ok(sha256_hex(&sha256(lines.join("\n").as_bytes())))
}

fn collect(root: &Path, path: &Path, lines: &mut Vec<String>) -> Result<(), Fault> {
    let about = fs::metadata(path).map_err(|why| storage(path, &why))?;
    if about.is_dir() {
        // What only tests read does not change a component.
        if path.file_name().is_some_and(|name| name == "tests" || name == "examples" || name == "benches") {
            return Ok(());
        }
        for entry in fs::read_dir(path).map_err(|why| storage(path, &why))? {
            collect(root, &entry.map_err(|why| storage(path, &why))?.path(), lines)?;
        }
        return Ok(());
    }
    let changed = about.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    let name = path.strip_prefix(root).unwrap_or(path).display();
    lines.push(format!("{name} {} {}", about.len(), changed.unwrap_or_default().as_nanos()));
    Ok(())
}

fn storage(path: &Path, why: &std::io::Error) -> Fault {
    if why.kind() == std::io::ErrorKind::StorageFull {
        return Fault::new(Code::DiskFull, [("path", path.display().to_string())]);
    }
    Fault::new(Code::Storage, [("what", format!("`{}`", path.display())), ("why", why.to_string())])
}
