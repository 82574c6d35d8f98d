//! How servers join as leaves: the door where they are let in, and what opens it.
//!
//! **Law.** Nobody is let in without the key of the platform (`tests/regions.rs`). The key is proved by a signature, so it
//! never crosses the link; it stands in files that only their owner can read, in no argument and in no log.

use crate::state::State;
use crate::wrong::wrong;
use anyhow::{Context as _, Result};
use nkeys::{KeyPair, KeyPairType};
use std::net::{IpAddr, Ipv4Addr};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

/// The file of the key, among those of a platform.
const KEY: &str = "edge";
/// What a file must not allow: reading or writing by others than its owner.
const OTHERS: u32 = 0o077;

/// Where edges join: of several regions the first, at the next port the second, ….
#[derive(Clone, Debug)]
pub struct Leaves {
    pub port: u16,
    pub listen: IpAddr,
    pub tls: Option<Certificate>,
}

/// What the door shows, so that nobody else can stand in its place or listen.
#[derive(Clone, Debug)]
pub struct Certificate {
    pub cert: PathBuf,
    pub key: PathBuf,
}

/// Where a server lets leaves in.
#[derive(Clone, Debug)]
pub struct Door {
    pub listen: IpAddr,
    pub port: u16,
    /// The public half of the key.
    pub key: String,
    pub tls: Option<Certificate>,
}

/// What a leaf shows at a door.
#[derive(Clone)]
pub struct Pass {
    seed: String,
    trust: Trust,
}

/// How a leaf knows the door.
#[derive(Clone, Debug)]
pub enum Trust {
    /// Nothing is encrypted: a link within one machine.
    Plain,
    /// Its certificate leads to one of these.
    Authority(PathBuf),
    /// It is on this machine, and its certificate is for those who come from elsewhere.
    OwnMachine,
}

impl Leaves {
    /// Refuses a door that would let others read what passes.
    pub(crate) fn check(&self) -> Result<()> {
        if self.tls.is_none() && !self.listen.is_loopback() {
            wrong!(
                "edges that join at {} come over a network, where others could read: give the link a certificate with \
                 --leaf-cert and --leaf-key, or leave --leaf-listen away.",
                self.listen
            );
        }
        for file in self.tls.iter().flat_map(|tls| [&tls.cert, &tls.key]) {
            if !file.is_file() {
                wrong!("`{}` is no file.", file.display());
            }
        }
        Ok(())
    }

    /// The port of the region with this number.
    pub(crate) fn port_of(&self, region: usize) -> u16 {
        self.port.saturating_add(u16::try_from(region).unwrap_or(u16::MAX))
    }

    /// The door of the region with this number.
    pub(crate) fn door(&self, region: usize, key: &str) -> Door {
        let Self { listen, tls, .. } = self.clone();
        Door { listen, port: self.port_of(region), key: key.to_owned(), tls }
    }
}

impl Door {
    /// On this machine only.
    #[must_use]
    pub fn own(port: u16, key: &str) -> Self {
        Self { listen: Ipv4Addr::LOCALHOST.into(), port, key: key.to_owned(), tls: None }
    }

    /// The part of a configuration of nats-server.
    #[must_use]
    pub fn config(&self) -> String {
        let Self { listen, port, key, tls } = self;
        let listen = std::net::SocketAddr::new(*listen, *port);
        let tls = tls
            .as_ref()
            .map(|Certificate { cert, key }| format!("  tls {{ cert_file: {cert:?}, key_file: {key:?} }}\n"));
        format!(
            "leafnodes {{\n  listen: \"{listen}\"\n  no_advertise: true\n  authorization {{ nkey: {key} }}\n{}}}\n",
            tls.unwrap_or_default()
        )
    }
}

impl Pass {
    #[must_use]
    pub fn new(seed: &str, trust: Trust) -> Self {
        Self { seed: seed.to_owned(), trust }
    }

    /// Reads the key that a region has handed out.
    pub(crate) fn read(path: &Path, trust: Trust) -> Result<Self> {
        let Ok(text) = std::fs::read_to_string(path) else {
            wrong!(
                "`{}` cannot be read; the region has the key in `keys/{KEY}` of its folder.",
                path.display()
            )
        };
        let mode =
            std::fs::metadata(path).with_context(|| format!("`{}`", path.display()))?.permissions().mode();
        if mode & OTHERS != 0 {
            wrong!("`{}` can be read by others: `chmod 600` it.", path.display());
        }
        let seed = text.trim();
        if !KeyPair::from_seed(seed).is_ok_and(|key| matches!(key.key_pair_type(), KeyPairType::User)) {
            wrong!("`{}` holds no key of a region; that is in `keys/{KEY}` of its folder.", path.display());
        }
        Ok(Self::new(seed, trust))
    }

    /// What stands in a remote of nats-server. It holds the key: the file of it is for its owner only.
    #[must_use]
    pub fn config(&self) -> String {
        let tls = match &self.trust {
            Trust::Plain => String::new(),
            Trust::Authority(file) => format!(", tls {{ ca_file: {file:?} }}"),
            Trust::OwnMachine => ", tls { insecure: true }".to_owned(),
        };
        format!("nkey: \"{}\"{tls}", self.seed)
    }
}

/// The key of a platform: its seed, its public half, and its file.
pub(crate) fn key(state: &State) -> Result<(String, String, PathBuf)> {
    let (seed, path) = state.secret(KEY, || Ok(KeyPair::new_user().seed()?))?;
    let pair = KeyPair::from_seed(&seed).with_context(|| format!("`{}` holds no key", path.display()))?;
    Ok((seed, pair.public_key(), path))
}

/// Where the key of a platform lies that edges join with.
#[must_use]
pub fn key_path(state: &State) -> PathBuf {
    state.root.join("keys").join(KEY)
}

/// Whether an address of NATS is on this machine.
pub(crate) fn is_here(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.rsplit_once(':').map_or(rest, |(host, _)| host).trim_matches(['[', ']']);
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops where it fails")]
mod tests {
    use super::*;

    #[test]
    fn what_is_on_this_machine() {
        let cases = [
            ("nats://127.0.0.1:7422", true),
            ("tls://localhost:7422", true),
            ("nats://[::1]:7422", true),
            ("nats://core.us-east-1:7422", false),
            ("nats://10.0.0.1:7422", false),
            ("localhost.example:1", false),
        ];
        for (url, is) in cases {
            assert_eq!(is_here(url), is, "{url}");
        }
    }

    #[test]
    fn a_door_to_a_network_has_a_certificate() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("cert.pem");
        std::fs::write(&file, "").unwrap();
        let leaves = |listen: &str, tls: Option<&Path>| {
            let tls = tls.map(|path| Certificate { cert: file.clone(), key: path.to_owned() });
            Leaves { port: 7422, listen: listen.parse().unwrap(), tls }.check().map_err(|why| why.to_string())
        };
        assert!(leaves("127.0.0.1", None).is_ok() && leaves("0.0.0.0", Some(&file)).is_ok());
        assert!(leaves("0.0.0.0", None).unwrap_err().contains("--leaf-cert"));
        assert!(leaves("0.0.0.0", Some(Path::new("/nowhere"))).unwrap_err().contains("is no file"));
    }

    #[test]
    fn a_key_is_one_and_nobody_elses() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        let read = |text: &str, mode: u32| {
            std::fs::write(&path, text).unwrap();
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
            Pass::read(&path, Trust::Plain).map(|_| ()).map_err(|why| why.to_string())
        };
        let seed = KeyPair::new_user().seed().unwrap();
        assert_eq!(read(&format!("{seed}\n"), 0o600), Ok(()));
        assert!(read(&seed, 0o644).unwrap_err().contains("chmod 600"));
        for other in ["", "secret", &KeyPair::new_server().seed().unwrap()] {
            assert!(
                read(other, 0o600).unwrap_err().contains("holds no key"),
                "a server's key is none either"
            );
        }
        let why = Pass::read(Path::new("/nowhere"), Trust::Plain).map(|_| ()).unwrap_err();
        assert!(why.to_string().contains("cannot be read"), "{why}");
    }
}
