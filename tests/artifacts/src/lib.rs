//! The component files, built once for all tests, and a macro over them.
//!
//! `foreach_component!` calls a macro once per component; a suite that calls it with a macro naming a test of the
//! component's name does not compile when the test is missing. `tests/tidy` compares the list with the folders.

use core_brand::Fault;
use imprint_embedded::{ComponentFile, FontEntry};
use imprint_supply::{Places, Quiet};
use std::path::PathBuf;
use std::sync::OnceLock;

/// Calls `$callback!(name)` for every component of a brand job.
#[macro_export]
macro_rules! foreach_component {
    ($callback:ident) => {
        $callback!(assets);
        $callback!(design);
        $callback!(kit);
        $callback!(logo);
        $callback!(orchestrator);
    };
}

/// What an engine is opened with.
#[derive(Clone)]
pub struct Artifacts {
    pub components: Vec<ComponentFile>,
    pub fonts: Vec<FontEntry>,
    /// Where compiled code is kept.
    pub compiled: PathBuf,
    pub root: PathBuf,
}

/// Builds and fetches what is missing, once per process.
pub fn artifacts() -> &'static Artifacts {
    static BUILT: OnceLock<Result<Artifacts, Fault>> = OnceLock::new();
    match BUILT.get_or_init(build) {
        Ok(artifacts) => artifacts,
        Err(fault) => panic!("{fault}"),
    }
}

fn build() -> Result<Artifacts, Fault> {
    let places = Places::find()?;
    let fonts = imprint_supply::fonts(&places, &Quiet)?;
    let components = imprint_supply::components(&places, &Quiet)?;
    let file =
        |one: imprint_supply::Component| ComponentFile { name: one.name, path: one.path, sha256: one.sha256 };
    let font = |one: imprint_supply::Font| FontEntry { key: one.key, path: one.path, content: one.content };
    Ok(Artifacts {
        components: components.into_iter().map(file).collect(),
        fonts: fonts.into_iter().map(font).collect(),
        compiled: places.compiled(),
        root: places.root,
    })
}

#[cfg(test)]
mod tests {
    use imprint_supply::{COMPONENTS, LATTICE_COMPONENTS, Places};
    use std::collections::BTreeSet;

    /// A new component folder must be built and tested, or this says so.
    #[test]
    fn the_lists_are_the_folders() {
        let mut listed = BTreeSet::new();
        macro_rules! collect {
            ($component:ident) => {
                listed.insert(stringify!($component).replace('_', "-"));
            };
        }
        foreach_component!(collect);
        let names =
            |list: &[&str]| -> BTreeSet<String> { list.iter().map(|name| (*name).to_owned()).collect() };
        assert_eq!(listed, names(COMPONENTS));
        let built = &names(COMPONENTS) | &names(LATTICE_COMPONENTS);
        let rooms = std::fs::read_dir(Places::find().unwrap().root.join("components")).unwrap();
        let found = rooms.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
        let folders: BTreeSet<String> =
            found.filter(|name| !name.starts_with("core-") && name != "bindings").collect();
        assert_eq!(built, folders);
    }
}
