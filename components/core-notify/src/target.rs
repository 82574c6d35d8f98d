//! Where a webhook goes, read strictly: what two readers could read in two ways is refused.

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::fmt;

/// Letters of an address; longer ones break somewhere on the way.
const LETTERS_MAX: usize = 2048;
/// Letters of a name, and of a part of it, as DNS has it.
const NAME_MAX: usize = 253;
const LABEL_MAX: usize = 63;
/// Endings that no public name has.
const LOCAL: &[&str] =
    &["localhost", "local", "localdomain", "internal", "intranet", "lan", "home", "corp", "arpa", "onion"];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    Https,
    Http,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Host {
    /// In small letters. Each address that it leads to is asked about at every attempt.
    Name(String),
    Address(IpAddr),
}

/// An address of a webhook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    pub scheme: Scheme,
    pub host: Host,
    pub port: u16,
    /// From the first slash on, with the query.
    pub path: String,
}

/// Why an address cannot be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TargetError {
    Long,
    /// A letter that has no place in an address: a blank, a control sign, a backslash, one outside of ASCII.
    Letter,
    Scheme,
    /// A name and a password before the host.
    User,
    /// A part behind `#`, which is never sent.
    Fragment,
    Host,
    /// A number that some read as an address.
    NumberAsHost,
    Port,
    /// A name of this machine or of a network of one's own.
    LocalName,
}

impl fmt::Display for TargetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Long => "has more than 2048 letters",
            Self::Letter => "has a letter that must be percent-encoded, or written in punycode",
            Self::Scheme => "does not begin with `https://`",
            Self::User => "has a user before the host; send secrets in another way",
            Self::Fragment => "has a part behind `#`, which is never sent",
            Self::Host => "has no host that can be read",
            Self::NumberAsHost => "has a number for a host; write four numbers from 0 to 255, with dots",
            Self::Port => "has no port that can be read",
            Self::LocalName => "names a machine of a local network",
        })
    }
}

impl Target {
    /// Reads an address. `allows_local` is for operators who let messages reach their own network: also without TLS.
    pub fn read(text: &str, allows_local: bool) -> Result<Self, TargetError> {
        if text.len() > LETTERS_MAX {
            return Err(TargetError::Long);
        }
        if !text.bytes().all(|byte| byte.is_ascii_graphic() && !b"\\\"<>^`{|}".contains(&byte)) {
            return Err(TargetError::Letter);
        }
        let (scheme, rest) = scheme(text, allows_local)?;
        if rest.contains('#') {
            return Err(TargetError::Fragment);
        }
        let at = rest.find(['/', '?']).unwrap_or(rest.len());
        let (authority, path) = rest.split_at(at);
        if authority.contains('@') {
            return Err(TargetError::User);
        }
        let (host, port) = split_port(authority)?;
        let port = match port {
            Some(port) => read_port(port)?,
            None if scheme == Scheme::Https => 443,
            None => 80,
        };
        let path = if path.starts_with('/') { path.to_owned() } else { format!("/{path}") };
        Ok(Self { scheme, host: read_host(host, allows_local)?, port, path })
    }
}

fn scheme(text: &str, allows_plain: bool) -> Result<(Scheme, &str), TargetError> {
    let (scheme, rest) = text.split_once("://").ok_or(TargetError::Scheme)?;
    match scheme.to_ascii_lowercase().as_str() {
        "https" => Ok((Scheme::Https, rest)),
        "http" if allows_plain => Ok((Scheme::Http, rest)),
        _ => Err(TargetError::Scheme),
    }
}

fn split_port(authority: &str) -> Result<(&str, Option<&str>), TargetError> {
    if authority.starts_with('[') {
        let end = authority.find(']').ok_or(TargetError::Host)?;
        let (host, rest) = authority.split_at(end + 1);
        return match rest.strip_prefix(':') {
            Some(port) => Ok((host, Some(port))),
            None if rest.is_empty() => Ok((host, None)),
            None => Err(TargetError::Host),
        };
    }
    Ok(authority.split_once(':').map_or((authority, None), |(host, port)| (host, Some(port))))
}

fn read_port(text: &str) -> Result<u16, TargetError> {
    let is_plain =
        !text.is_empty() && !text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| is_plain).ok_or(TargetError::Port)
}

fn read_host(text: &str, allows_local: bool) -> Result<Host, TargetError> {
    if let Some(inner) = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        // Without a zone: that is a link of this machine.
        let address: Ipv6Addr = inner.parse().map_err(|_| TargetError::Host)?;
        return Ok(Host::Address(IpAddr::V6(address).to_canonical()));
    }
    if let Ok(address) = text.parse::<Ipv4Addr>() {
        return Ok(Host::Address(address.into()));
    }
    let name = text.to_ascii_lowercase();
    let labels: Vec<&str> = name.split('.').collect();
    if name.len() > NAME_MAX || !labels.iter().all(|label| is_label(label)) {
        return Err(TargetError::Host);
    }
    let last = labels.last().copied().unwrap_or_default();
    // As browsers do: a last part that is a number makes it an address, or nothing.
    let is_hex =
        last.strip_prefix("0x").is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_hexdigit()));
    if is_hex || last.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(TargetError::NumberAsHost);
    }
    let is_local = labels.len() < 2 || LOCAL.contains(&last);
    if is_local && !allows_local { Err(TargetError::LocalName) } else { Ok(Host::Name(name)) }
}

fn is_label(label: &str) -> bool {
    let is_fine =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_');
    (1..=LABEL_MAX).contains(&label.len())
        && label.bytes().all(is_fine)
        && !label.starts_with('-')
        && !label.ends_with('-')
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => f.write_str(name),
            Self::Address(IpAddr::V4(address)) => address.fmt(f),
            Self::Address(IpAddr::V6(address)) => write!(f, "[{address}]"),
        }
    }
}
