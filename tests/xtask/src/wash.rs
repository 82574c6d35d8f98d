//! What the wash lane needs: wash itself, and a registry.

use crate::apt;
use imprint_supply::Places;
use std::env;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The version whose control interfaces are those of our engine.
const VERSION: &str = "0.43.0";
const REGISTRY: &str = "docker-registry";
const WASH_MEND: &str = "set IMPRINT_WASH to a wash program, or see what cargo said";

/// Tells a command where both are, and where the registry shall listen.
pub(crate) fn tell(command: &mut Command, places: &Places) -> Result<(), String> {
    let address = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|bound| bound.local_addr());
    let address = address.map_err(|why| format!("no port for a registry: {why}"))?;
    command.env("IMPRINT_WASH", wash(places)?).env("IMPRINT_REGISTRY", registry()?);
    command.env("IMPRINT_INSECURE_REGISTRY", address.to_string());
    Ok(())
}

/// `IMPRINT_WASH`, else the one on the path, else the one in the cache, else built into the cache.
fn wash(places: &Places) -> Result<PathBuf, String> {
    if let Some(program) = env::var_os("IMPRINT_WASH").filter(|value| !value.is_empty()) {
        return Ok(PathBuf::from(program));
    }
    let folder = places.cache.join("wash");
    let built = folder.join("bin/wash");
    if let Some(program) = apt::on_path("wash").into_iter().chain([built.clone()]).find(|one| is_wanted(one))
    {
        return Ok(program);
    }
    println!("Building wash {VERSION} into the cache. This takes half an hour, once.");
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["install", "wash", "--version", VERSION, "--locked", "--root"]).arg(&folder);
    let status = cargo.stdin(Stdio::null()).status().map_err(|why| format!("cargo: {why}"))?;
    if status.success() && is_wanted(&built) {
        Ok(built)
    } else {
        Err(format!("wash {VERSION} was not built ({status}); {WASH_MEND}"))
    }
}

fn is_wanted(program: &Path) -> bool {
    let said = Command::new(program).arg("--version").stdin(Stdio::null()).output();
    said.is_ok_and(|said| String::from_utf8_lossy(&said.stdout).contains(VERSION))
}

/// Debian's, installed where nobody has to be asked: as root.
fn registry() -> Result<PathBuf, String> {
    if apt::on_path(REGISTRY).is_none() {
        apt::install(&[REGISTRY]);
    }
    apt::on_path(REGISTRY)
        .ok_or_else(|| format!("there is no `{REGISTRY}`; install Debian's package of that name"))
}
