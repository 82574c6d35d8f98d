//! The dependency law: who may know whom.

use crate::Finding;
use serde_json::Value;
use std::path::Path;

/// What a crate's tests may use from `tests/`.
const TEST_CRATES: &[&str] = &["imprint-golden", "imprint-artifacts", "imprint-harness", "imprint-servers"];

/// A room of crates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    Core,
    Component,
    Provider,
    Lattice,
    Gpu,
    Test,
    /// Not in this repository.
    Registry,
}

/// A crate of the workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Package {
    pub name: String,
    pub room: Room,
    /// Relative to the root, such as `components/core-brand`.
    pub folder: String,
    pub has_description: bool,
    pub dependencies: Vec<Dependency>,
}

/// An edge of the graph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dependency {
    pub name: String,
    pub room: Room,
    pub is_for_tests: bool,
}

/// The exceptions that the law is read with.
#[derive(Clone, Copy, Debug)]
pub struct Allowed<'a> {
    pub core: &'a [(&'a str, &'a str)],
    pub components: &'a [(&'a str, &'a str, &'a str)],
}

impl Room {
    /// The room of a folder relative to the root.
    #[must_use]
    pub fn of(folder: &str) -> Self {
        match folder.split('/').next().unwrap_or_default() {
            "components" if folder.starts_with("components/core-") => Self::Core,
            "components" => Self::Component,
            "providers" => Self::Provider,
            "lattice" => Self::Lattice,
            "gpu-provider" => Self::Gpu,
            "tests" => Self::Test,
            _ => Self::Registry,
        }
    }
}

/// Reads what `cargo metadata --no-deps` says.
pub fn packages(metadata: &Value, root: &Path) -> Result<Vec<Package>, String> {
    let packages = metadata["packages"].as_array().ok_or("cargo metadata names no packages")?;
    packages.iter().map(|package| read(package, root)).collect()
}

fn read(package: &Value, root: &Path) -> Result<Package, String> {
    let text = |value: &Value| value.as_str().map(str::to_owned).ok_or_else(|| format!("no text: {value}"));
    let relative = |path: &str| {
        let inside = Path::new(path).strip_prefix(root).unwrap_or(Path::new(""));
        inside.to_string_lossy().into_owned()
    };
    let manifest = text(&package["manifest_path"])?;
    let folder = relative(manifest.trim_end_matches("/Cargo.toml"));
    let dependency = |value: &Value| {
        let room = value["path"].as_str().map_or(Room::Registry, |path| Room::of(&relative(path)));
        Ok(Dependency { name: text(&value["name"])?, room, is_for_tests: value["kind"] == "dev" })
    };
    let dependencies: Result<Vec<_>, String> =
        package["dependencies"].as_array().into_iter().flatten().map(dependency).collect();
    Ok(Package {
        name: text(&package["name"])?,
        room: Room::of(&folder),
        folder,
        has_description: package["description"].as_str().is_some_and(|text| !text.is_empty()),
        dependencies: dependencies?,
    })
}

/// Edges that the law does not allow.
#[must_use]
pub fn forbidden_edges(packages: &[Package], allowed: Allowed) -> Vec<Finding> {
    let mut found = Vec::new();
    for package in packages {
        for dependency in &package.dependencies {
            if let Err(law) = judge(package, dependency, allowed) {
                let what = format!("depends on `{}`, but {law}", dependency.name);
                found.push(Finding::new(&format!("{}/Cargo.toml", package.folder), 0, what));
            }
        }
    }
    found
}

fn judge(package: &Package, dependency: &Dependency, allowed: Allowed) -> Result<(), &'static str> {
    let name = dependency.name.as_str();
    if package.room == Room::Test || package.room == Room::Registry {
        return Ok(());
    }
    if dependency.room == Room::Test {
        let is_fine = dependency.is_for_tests && TEST_CRATES.contains(&name);
        return if is_fine { Ok(()) } else { Err("only tests know the crates of tests/") };
    }
    // Tests may use what they like from outside; what they use from here obeys the law.
    if dependency.is_for_tests && dependency.room == Room::Registry {
        return Ok(());
    }
    let (is_fine, law) = match package.room {
        Room::Core => (
            is_core_fine(name, dependency.room, allowed),
            "core crates know core crates and the list in exceptions.rs",
        ),
        Room::Component => (
            is_component_fine(package, dependency, allowed),
            "components know core crates, imprint-bindings and the list in exceptions.rs",
        ),
        Room::Provider => (
            matches!(dependency.room, Room::Provider | Room::Registry)
                || matches!(name, "core-brand" | "core-saga")
                // How a message is signed, tried again and kept from inner addresses is the courier's daily work.
                || (package.name == "imprint-courier" && name == "core-notify"),
            "providers know providers, core-brand and core-saga",
        ),
        Room::Lattice if dependency.room == Room::Provider => (
            // Telemetry provides nothing; it is how every process speaks. Nor does the client of HTTP.
            // `sim` runs what they decide, and nobody links it.
            matches!(package.folder.as_str(), "lattice/embedded" | "lattice/sim")
                || matches!(name, "imprint-telemetry" | "imprint-outbound"),
            "only lattice/embedded and lattice/sim link providers",
        ),
        Room::Lattice if dependency.room == Room::Gpu => {
            (package.folder == "lattice/embedded", "only lattice/embedded links painters")
        }
        Room::Lattice => (
            matches!(dependency.room, Room::Lattice | Room::Core | Room::Registry),
            "the lattice knows itself and core crates",
        ),
        Room::Gpu => (
            matches!(dependency.room, Room::Gpu | Room::Registry)
                || matches!(
                    name,
                    "imprint-provider" | "imprint-telemetry" | "imprint-outbound" | "core-brand"
                ),
            "gpu-provider knows itself, core-brand, and what all providers share",
        ),
        Room::Test | Room::Registry => (true, ""),
    };
    if is_fine { Ok(()) } else { Err(law) }
}

fn is_core_fine(name: &str, room: Room, allowed: Allowed) -> bool {
    room == Room::Core || (room == Room::Registry && allowed.core.iter().any(|(known, _)| *known == name))
}

fn is_component_fine(package: &Package, dependency: &Dependency, allowed: Allowed) -> bool {
    let is_listed = || {
        let mut list = allowed.components.iter();
        list.any(|(who, known, _)| (*who == "*" || *who == package.name) && *known == dependency.name)
    };
    match dependency.room {
        Room::Core => true,
        Room::Component => dependency.name == "imprint-bindings",
        Room::Registry => is_listed(),
        _ => false,
    }
}

/// Entries of the lists that no crate needs.
#[must_use]
pub fn idle_exceptions(packages: &[Package], allowed: Allowed) -> Vec<Finding> {
    const PATH: &str = "tests/tidy/src/exceptions.rs";
    let uses = |room: Room, who: &str, name: &str| {
        let mut of_room =
            packages.iter().filter(|package| package.room == room && (who == "*" || package.name == who));
        of_room.any(|package| {
            package.dependencies.iter().any(|dependency| dependency.name == name && !dependency.is_for_tests)
        })
    };
    // Before the first component there is nothing to need an exception.
    let has_components = packages.iter().any(|package| package.room == Room::Component);
    let core = allowed.core.iter().filter(|(name, _)| !uses(Room::Core, "*", name)).map(|(name, _)| name);
    let components = allowed
        .components
        .iter()
        .filter(|(who, name, _)| has_components && !uses(Room::Component, who, name));
    let idle = core.chain(components.map(|(_, name, _)| name));
    idle.map(|name| Finding::new(PATH, 0, format!("nobody uses `{name}`"))).collect()
}

/// Names and descriptions.
#[must_use]
pub fn misnamed(packages: &[Package], exceptions: &[(&str, &str, &str)]) -> Vec<Finding> {
    let mut found = Vec::new();
    for package in packages {
        let path = format!("{}/Cargo.toml", package.folder);
        let folder = package.folder.rsplit('/').next().unwrap_or_default();
        let own = exceptions
            .iter()
            .find(|(folder, ..)| *folder == package.folder)
            .map(|(_, name, _)| (*name).to_owned());
        let usual = if package.room == Room::Core { folder.to_owned() } else { format!("imprint-{folder}") };
        let wanted = own.unwrap_or(usual);
        if package.name != wanted {
            found.push(Finding::new(
                &path,
                0,
                format!("is named `{}`; the house name is `{wanted}`", package.name),
            ));
        }
        if !package.has_description {
            found.push(Finding::new(&path, 0, "has no description"));
        }
    }
    found
}

/// Worldly crates among the lines of `cargo tree --prefix none` of the core crates.
#[must_use]
pub fn worldly(tree: &str, worldly: &[&str]) -> Vec<Finding> {
    let names = tree.lines().filter_map(|line| line.split(' ').next());
    let mut found: Vec<Finding> = names
        .filter(|name| worldly.contains(name))
        .map(|name| Finding::new("Cargo.lock", 0, format!("`{name}` lies below a core crate")))
        .collect();
    found.dedup();
    found
}

/// Every folder directly inside a room of crates is a crate. `paths` are all tracked files.
#[must_use]
pub fn folders_without_crate(paths: &[String]) -> Vec<Finding> {
    let in_room = |path: &&String| Room::of(path) != Room::Registry && path.split('/').count() > 2;
    let mut folders: Vec<String> = paths
        .iter()
        .filter(in_room)
        .map(|path| path.split('/').take(2).collect::<Vec<_>>().join("/"))
        .collect();
    folders.sort();
    folders.dedup();
    let bare = folders.into_iter().filter(|folder| !paths.contains(&format!("{folder}/Cargo.toml")));
    bare.map(|folder| Finding::new(&folder, 0, "is no crate; a member pattern of cargo fails on it"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const ALLOWED: Allowed = Allowed {
        core: &[("serde", "")],
        components: &[("*", "wit-bindgen", ""), ("imprint-gateway", "wasi", "")],
    };

    fn package(folder: &str, dependency: &str, kind: &str) -> Package {
        let path = dependency.contains('/').then(|| format!("/r/{dependency}"));
        let name = dependency.rsplit('/').next().unwrap();
        let name = match Room::of(dependency) {
            Room::Registry | Room::Core => name.to_owned(),
            // The house name of the one folder of these cases that has another.
            _ if dependency == "providers/sdk" => "imprint-provider".to_owned(),
            _ => format!("imprint-{name}"),
        };
        let own = folder.rsplit('/').next().unwrap();
        let own = if Room::of(folder) == Room::Core { own.to_owned() } else { format!("imprint-{own}") };
        let metadata = json!({ "packages": [{
            "name": own, "manifest_path": format!("/r/{folder}/Cargo.toml"), "description": "What.",
            "dependencies": [{ "name": name, "path": path, "kind": if kind == "dev" { json!("dev") } else { Value::Null } }],
        }] });
        packages(&metadata, Path::new("/r")).unwrap().remove(0)
    }

    #[test]
    fn the_law_allows() {
        let cases = [
            ("components/core-logo", "components/core-brand", ""),
            ("components/core-logo", "serde", ""),
            ("components/core-logo", "proptest", "dev"),
            ("components/core-logo", "tests/golden", "dev"),
            ("components/design", "components/core-design", ""),
            ("components/design", "components/bindings", ""),
            ("components/design", "wit-bindgen", ""),
            ("components/gateway", "wasi", ""),
            ("providers/ledger", "providers/sdk", ""),
            ("providers/ledger", "components/core-brand", ""),
            ("providers/ledger", "tokio", ""),
            ("lattice/embedded", "providers/ledger", ""),
            ("lattice/sim", "providers/runner", ""),
            ("lattice/cli", "lattice/embedded", ""),
            ("lattice/cli", "components/core-brand", ""),
            ("gpu-provider/serve", "providers/sdk", ""),
            ("gpu-provider/serve", "gpu-provider/reference", ""),
            ("lattice/embedded", "gpu-provider/serve", ""),
            ("tests/e2e", "lattice/embedded", ""),
        ];
        for (folder, dependency, kind) in cases {
            assert_eq!(
                forbidden_edges(&[package(folder, dependency, kind)], ALLOWED),
                [],
                "{folder} {dependency}"
            );
        }
    }

    #[test]
    fn the_law_forbids() {
        let cases = [
            ("components/core-logo", "tokio", ""),
            ("components/core-logo", "components/design", ""),
            ("components/core-logo", "providers/sdk", ""),
            ("components/core-logo", "providers/sdk", "dev"),
            ("components/core-logo", "tests/golden", ""),
            ("components/core-logo", "tests/xtask", "dev"),
            ("components/design", "components/logo", ""),
            ("components/design", "providers/sdk", ""),
            ("components/design", "lattice/host", ""),
            ("components/design", "wasi", ""),
            ("components/design", "tokio", ""),
            ("providers/ledger", "components/core-logo", ""),
            ("providers/ledger", "components/design", ""),
            ("providers/ledger", "lattice/host", ""),
            ("lattice/cli", "providers/ledger", ""),
            ("lattice/embedded", "components/design", ""),
            ("lattice/host", "tests/harness", ""),
            ("gpu-provider/api", "lattice/host", ""),
            ("gpu-provider/serve", "providers/blobs", ""),
            ("lattice/cli", "gpu-provider/serve", ""),
        ];
        for (folder, dependency, kind) in cases {
            assert_eq!(
                forbidden_edges(&[package(folder, dependency, kind)], ALLOWED).len(),
                1,
                "{folder} {dependency}"
            );
        }
    }

    #[test]
    fn exceptions_are_needed() {
        let used =
            [package("components/core-logo", "serde", ""), package("components/design", "wit-bindgen", "")];
        let found = idle_exceptions(&used, ALLOWED);
        assert_eq!(
            found.iter().map(|finding| finding.what.as_str()).collect::<Vec<_>>(),
            ["nobody uses `wasi`"]
        );
        assert_eq!(idle_exceptions(&[package("components/core-logo", "serde", "dev")], ALLOWED).len(), 1);
    }

    #[test]
    fn names_follow_folders() {
        let good = package("providers/sdk", "tokio", "");
        assert_eq!(misnamed(std::slice::from_ref(&good), &[]), []);
        let bad = Package { name: "sdk".into(), has_description: false, ..good };
        assert_eq!(misnamed(std::slice::from_ref(&bad), &[]).len(), 2);
        assert_eq!(misnamed(&[bad], &[("providers/sdk", "sdk", "a test")]).len(), 1);
    }

    #[test]
    fn worldly_crates_are_seen() {
        let tree =
            "core-brand v0.1.0 (/r)\nserde v1.0.1\ntokio v1.50.0\ntokio v1.50.0 (*)\ntokio-like v1.0.0\n";
        assert_eq!(worldly(tree, &["tokio"]).len(), 1);
    }

    #[test]
    fn folders_are_crates() {
        let paths = [
            "components/a/Cargo.toml",
            "components/a/src/lib.rs",
            "tests/data/one.json",
            "components/README.md",
            "wit/deps/a.wit",
        ];
        let found = folders_without_crate(&paths.map(str::to_owned));
        assert_eq!(found.iter().map(|finding| finding.path.as_str()).collect::<Vec<_>>(), ["tests/data"]);
    }
}
