//! What the application is made of, as files. Providers are in the form that a host takes: an archive with a signed
//! description.

use crate::state::State;
use anyhow::{Context as _, Result, anyhow};
use imprint_control::PROVIDERS;
use imprint_supply::{Places, Voice};
use nkeys::KeyPair;
use provider_archive::ProviderArchive;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The file of every component, and of every provider that is wanted, by its name.
pub(crate) async fn files(
    state: &State,
    programs: &Path,
    places: &Places,
    voice: &dyn Voice,
    is_wanted: &dyn Fn(&str) -> bool,
) -> Result<BTreeMap<String, PathBuf>> {
    let components = imprint_supply::lattice_components(places, voice)?;
    let mut files: BTreeMap<String, PathBuf> =
        components.into_iter().map(|one| (one.name, one.path)).collect();
    for (name, program) in PROVIDERS.iter().filter(|(name, _)| is_wanted(name)) {
        let program = programs.join(format!("imprint-{program}-provider"));
        files.insert((*name).to_owned(), pack(name, &program, &state.root.join("images")).await?);
    }
    Ok(files)
}

/// Copies them to a folder, under the names that they have in a registry. Gives what was written.
pub async fn write(
    state: &State,
    programs: &Path,
    places: &Places,
    voice: &dyn Voice,
    folder: &Path,
) -> Result<Vec<PathBuf>> {
    tokio::fs::create_dir_all(folder).await.with_context(|| format!("`{}`", folder.display()))?;
    let mut written = Vec::new();
    for (name, file) in files(state, programs, places, voice, &|_| true).await? {
        let kind = if file.extension().is_some_and(|kind| kind == "wasm") { "wasm" } else { "par" };
        let path = folder.join(format!("imprint-{name}.{kind}"));
        tokio::fs::copy(&file, &path).await.with_context(|| format!("`{}`", path.display()))?;
        written.push(path);
    }
    Ok(written)
}

/// Packs a program. The keys only have to exist: who may start what is decided by who may write to the lattice.
async fn pack(name: &str, program: &Path, to: &Path) -> Result<PathBuf> {
    let bytes = tokio::fs::read(program).await.with_context(|| format!("`{}`", program.display()))?;
    let target = format!("{}-{}", std::env::consts::ARCH, std::env::consts::OS);
    let version = core_brand::VERSION.to_owned();
    let mut archive = ProviderArchive::new(&format!("imprint-{name}"), "Imprint", Some(1), Some(version));
    archive.add_library(&target, &bytes).map_err(|why| anyhow!("{why}"))?;
    // The engine keeps what it has unpacked by the name of the archive, so another program needs another name.
    let hash = &core_brand::content::sha256_hex(&bytes)[..12];
    let path = to.join(format!("imprint-{name}-{hash}.par"));
    if !path.is_file() {
        let beside = to.join(format!("imprint-{name}-{hash}.{}.partial", std::process::id()));
        let (account, service) = (KeyPair::new_account(), KeyPair::new_service());
        archive.write(&beside, &account, &service, false).await.map_err(|why| anyhow!("{why}"))?;
        tokio::fs::rename(&beside, &path).await?;
    }
    Ok(path)
}
