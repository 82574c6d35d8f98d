//! What a platform on this machine keeps between its runs.

use anyhow::{Context as _, Result};
use serde::{Deserialize, Serialize};
use std::fs;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

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
    pub hosts: Vec<String>,
    /// Every process that was started, by name.
    pub processes: Vec<(String, u32)>,
}

impl State {
    pub fn open(root: &Path) -> Result<Self> {
        let state = Self { root: root.to_owned() };
        for folder in ["logs", "keys", "images", "tmp"] {
            let path = root.join(folder);
            fs::create_dir_all(&path)
                .with_context(|| format!("the folder `{}` cannot be made", path.display()))?;
        }
        Ok(state)
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

    /// The card of the platform that runs, if one does.
    #[must_use]
    pub fn card(&self) -> Option<Card> {
        let text = fs::read_to_string(self.card_path()).ok()?;
        let card: Card = serde_json::from_str(&text).ok()?;
        crate::children::is_alive(card.pid).then_some(card)
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
