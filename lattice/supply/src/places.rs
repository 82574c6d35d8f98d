//! Where things lie.

use crate::missing;
use core_brand::Fault;
use std::env;
use std::path::{Path, PathBuf};

/// What the components are compiled to.
pub const TARGET: &str = "wasm32-wasip2";

/// The folders of an installation.
#[derive(Clone, Debug)]
pub struct Places {
    /// The checkout, with the sources of the components.
    pub root: PathBuf,
    /// Fonts and compiled code: `$IMPRINT_CACHE`, else `$XDG_CACHE_HOME/imprint`, else `~/.cache/imprint`.
    pub cache: PathBuf,
}

impl Places {
    pub fn find() -> Result<Self, Fault> {
        let root = env::var_os("IMPRINT_ROOT").map_or_else(built_from, PathBuf::from);
        if !root.join("wit/worlds.wit").is_file() {
            let why = format!("`{}` is not a checkout", root.display());
            return Err(missing(
                "The source of the components",
                why,
                "Set IMPRINT_ROOT to a checkout of Imprint.",
            ));
        }
        Ok(Self { root, cache: cache()? })
    }

    /// Models of painters: `$IMPRINT_MODELS`, else `$XDG_DATA_HOME/imprint/models`, else `~/.local/share/imprint/models`.
    pub fn models() -> Result<PathBuf, Fault> {
        let set = |name| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        let models = set("IMPRINT_MODELS")
            .or_else(|| set("XDG_DATA_HOME").map(|data| data.join("imprint/models")))
            .or_else(|| set("HOME").map(|home| home.join(".local/share/imprint/models")));
        let why = "neither IMPRINT_MODELS nor HOME is set";
        models.ok_or_else(|| missing("A folder for models", why, "Set IMPRINT_MODELS to a folder."))
    }

    /// What a lattice on this machine keeps: `$IMPRINT_STATE`, else `$XDG_STATE_HOME/imprint`, else
    /// `~/.local/state/imprint`.
    pub fn state() -> Result<PathBuf, Fault> {
        let set = |name| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        let state = set("IMPRINT_STATE")
            .or_else(|| set("XDG_STATE_HOME").map(|state| state.join("imprint")))
            .or_else(|| set("HOME").map(|home| home.join(".local/state/imprint")));
        let why = "neither IMPRINT_STATE nor HOME is set";
        state.ok_or_else(|| missing("A folder for state", why, "Set IMPRINT_STATE to a folder."))
    }

    #[must_use]
    pub fn fonts(&self) -> PathBuf {
        self.cache.join("fonts")
    }

    #[must_use]
    pub fn compiled(&self) -> PathBuf {
        self.cache.join("compiled")
    }

    #[must_use]
    pub fn component_target(&self) -> PathBuf {
        self.root.join("target/components")
    }
}

/// The checkout that this program was built from.
fn built_from() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").components().collect()
}

fn cache() -> Result<PathBuf, Fault> {
    let set = |name| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let cache = set("IMPRINT_CACHE")
        .or_else(|| set("XDG_CACHE_HOME").map(|cache| cache.join("imprint")))
        .or_else(|| set("HOME").map(|home| home.join(".cache/imprint")));
    cache.ok_or_else(|| {
        missing("A cache folder", "neither IMPRINT_CACHE nor HOME is set", "Set IMPRINT_CACHE to a folder.")
    })
}
