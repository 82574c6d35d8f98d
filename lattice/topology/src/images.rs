//! Providers in the form that a host takes: an archive with a signed description.

use anyhow::{Context as _, Result, anyhow};
use nkeys::KeyPair;
use provider_archive::ProviderArchive;
use std::path::{Path, PathBuf};

/// Packs a program. The keys only have to exist: who may start what is decided by who may write to the lattice.
pub(crate) async fn pack(name: &str, program: &Path, to: &Path) -> Result<PathBuf> {
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
