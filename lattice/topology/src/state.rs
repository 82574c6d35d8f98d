//! What a platform on this machine keeps between its runs.

use crate::wrong::wrong;
use anyhow::{Context as _, Result};
use serde::{Deserialize, Serialize};
use std::fs;
use std::io::Write as _;
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How often, and how soon again, a folder is asked for before it counts as held by another platform.
const HOLD_TRIES: u32 = 20;
const LOOK: Duration = Duration::from_millis(50);

/// The folder of a platform.
#[derive(Clone, Debug)]
pub struct State {
    pub(crate) root: PathBuf,
}

/// Written while a platform runs.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Card {
    pub format: u32,
    pub pid: u32,
    pub nats_url: String,
    pub http_url: String,
    pub lattice: String,
    /// The home region.
    pub region: String,
    /// Whether briefs may ask for a language model.
    #[serde(default)]
    pub polish: bool,
    /// Whether briefs may ask for painted concepts.
    #[serde(default)]
    pub painter: bool,
    pub hosts: Vec<String>,
    /// Where Prometheus finds the meters of each host.
    #[serde(default)]
    pub metrics_urls: Vec<String>,
    /// Every process that was started, by name.
    pub processes: Vec<(String, u32)>,
    /// Where an edge joins its region.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edge_of: Option<String>,
    /// Where there are several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub regions: Vec<RegionCard>,
}

/// One of several regions.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RegionCard {
    pub name: String,
    pub http_url: String,
    /// Of its local server, which hosts connect to.
    pub nats_url: String,
    /// Where a server at an edge joins as a leaf.
    pub leaf_url: String,
    /// The names of its processes.
    pub processes: Vec<String>,
}

impl Card {
    /// The servers that hosts connect to, of all regions, the first first; with commas between.
    #[must_use]
    pub fn nats_urls(&self) -> String {
        let urls: Vec<&str> = self.regions.iter().map(|region| region.nats_url.as_str()).collect();
        if urls.is_empty() { self.nats_url.clone() } else { urls.join(",") }
    }
}

/// Writes a file that only its owner can read: configurations of servers hold keys.
pub(crate) fn write_private(path: &Path, text: &str) -> Result<()> {
    let write = || {
        let mut file =
            fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)?;
        // One that was there before keeps what it allowed.
        file.set_permissions(fs::Permissions::from_mode(0o600))?;
        file.write_all(text.as_bytes())
    };
    write().with_context(|| format!("`{}`", path.display()))
}

impl State {
    pub fn open(root: &Path) -> Result<Self> {
        let state = Self { root: root.to_owned() };
        // `--fresh` removes the whole folder, so that it has to be ours.
        let is_empty = fs::read_dir(root).map_or(true, |mut entries| entries.next().is_none());
        if !is_empty && !root.join("keys").is_dir() {
            wrong!("`{}` holds other things; choose an empty folder with --state", root.display());
        }
        for folder in ["logs", "keys", "images", "tmp"] {
            let path = root.join(folder);
            fs::create_dir_all(&path)
                .with_context(|| format!("the folder `{}` cannot be made", path.display()))?;
        }
        Ok(state)
    }

    /// Held while a platform is started and runs; the system lets go of it when the process ends, however that is.
    pub(crate) fn hold(&self) -> Result<fs::File> {
        let path = self.lock_path();
        let file = fs::OpenOptions::new().create(true).append(true).open(&path);
        let file = file.with_context(|| format!("`{}`", path.display()))?;
        // Whoever only looks holds it for a moment too.
        let is_held = |_: &u32| file.try_lock().inspect_err(|_| std::thread::sleep(LOOK)).is_ok();
        (0..HOLD_TRIES).find(is_held).with_context(|| {
            format!("another platform starts or stops in `{}`; try again in a moment", self.root.display())
        })?;
        Ok(file)
    }

    /// Whether somebody holds it. A process that was killed does not, also while its number is still taken.
    fn is_held(&self) -> bool {
        let file = fs::File::open(self.lock_path());
        file.is_ok_and(|file| matches!(file.try_lock_shared(), Err(fs::TryLockError::WouldBlock)))
    }

    fn lock_path(&self) -> PathBuf {
        self.root.join("lock")
    }

    /// Where children put what they unpack.
    pub(crate) fn temporary(&self) -> PathBuf {
        self.root.join("tmp")
    }

    /// Forgets everything.
    pub(crate) fn clear(&self) -> Result<Self> {
        fs::remove_dir_all(&self.root)
            .with_context(|| format!("`{}` cannot be removed", self.root.display()))?;
        Self::open(&self.root)
    }

    pub(crate) fn log(&self, name: &str) -> PathBuf {
        self.root.join(format!("logs/{name}.log"))
    }

    /// The list of font files, as the blob provider reads it.
    #[must_use]
    pub fn fonts(&self) -> PathBuf {
        self.root.join("fonts.json")
    }

    /// The card of the platform that runs, if one does.
    #[must_use]
    pub fn card(&self) -> Option<Card> {
        let text = fs::read_to_string(self.card_path()).ok()?;
        let card: Card = serde_json::from_str(&text).ok()?;
        self.is_held().then_some(card)
    }

    pub(crate) fn write_card(&self, card: &Card) -> Result<()> {
        let beside = self.card_path().with_extension("partial");
        fs::write(&beside, serde_json::to_vec_pretty(card)?)
            .with_context(|| format!("`{}`", beside.display()))?;
        fs::rename(&beside, self.card_path()).context("the card cannot be written")
    }

    pub(crate) fn remove_card(&self) {
        // Whoever reads it looks whether the process lives.
        let _ = fs::remove_file(self.card_path());
    }

    fn card_path(&self) -> PathBuf {
        self.root.join("up.json")
    }

    /// A secret of this platform, made when it is first asked for. Only the owner may read it.
    pub(crate) fn secret(
        &self,
        name: &str,
        make: impl FnOnce() -> Result<String>,
    ) -> Result<(String, PathBuf)> {
        let path = self.root.join("keys").join(name);
        if let Ok(secret) = fs::read_to_string(&path) {
            return Ok((secret.trim().to_owned(), path));
        }
        let secret = make()?;
        let file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path);
        let mut file = file.with_context(|| format!("`{}`", path.display()))?;
        file.write_all(secret.as_bytes())?;
        Ok((secret, path))
    }
}
