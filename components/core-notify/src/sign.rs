//! Signatures of webhooks, as Standard Webhooks 1.0 has them.
//!
//! Signed is `id.timestamp.body`. A receiver may have several keys while one is changed for another: then a message has
//! one signature of each.

use core_brand::content::sha256;
use data_encoding::BASE64;
use ed25519_dalek::{Signer as _, SigningKey};
use std::fmt;

/// Receivers take no more, as the specification advises.
pub const PAYLOAD_BYTES_MAX: usize = 20 * 1024;
/// Bytes of a shared secret, as the specification has them.
const SECRET_BYTES: std::ops::RangeInclusive<usize> = 24..=64;
const SECRET: &str = "whsec_";
const PRIVATE: &str = "whsk_";
const PUBLIC: &str = "whpk_";
/// SHA-256 works on blocks of as many bytes.
const BLOCK: usize = 64;

/// A key of one receiver. It is never printed.
#[derive(Clone)]
pub enum Key {
    Shared(Vec<u8>),
    Private(Box<SigningKey>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyError {
    Prefix,
    Base64,
    Length,
}

/// The three headers of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    pub id: String,
    pub timestamp: String,
    pub signature: String,
}

impl Key {
    /// Reads `whsec_…` (shared) or `whsk_…` (private).
    pub fn read(text: &str) -> Result<Self, KeyError> {
        let bytes = |text: &str| BASE64.decode(text.as_bytes()).map_err(|_| KeyError::Base64);
        if let Some(rest) = text.strip_prefix(SECRET) {
            let secret = bytes(rest)?;
            return if SECRET_BYTES.contains(&secret.len()) {
                Ok(Self::Shared(secret))
            } else {
                Err(KeyError::Length)
            };
        }
        let rest = text.strip_prefix(PRIVATE).ok_or(KeyError::Prefix)?;
        let seed: [u8; 32] = bytes(rest)?.try_into().map_err(|_| KeyError::Length)?;
        Ok(Self::Private(Box::new(SigningKey::from_bytes(&seed))))
    }

    /// What a receiver is told: the secret that both know, or the half that checks.
    #[must_use]
    pub fn told(&self) -> String {
        match self {
            Self::Shared(secret) => format!("{SECRET}{}", BASE64.encode(secret)),
            Self::Private(key) => format!("{PUBLIC}{}", BASE64.encode(key.verifying_key().as_bytes())),
        }
    }

    fn signature(&self, text: &[u8]) -> String {
        match self {
            Self::Shared(secret) => format!("v1,{}", BASE64.encode(&hmac(secret, text))),
            Self::Private(key) => format!("v1a,{}", BASE64.encode(&key.sign(text).to_bytes())),
        }
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Shared(_) => "Key::Shared",
            Self::Private(_) => "Key::Private",
        })
    }
}

/// The headers of a message, signed with every key that is in use. An id must not hold a dot, which parts what is signed.
#[must_use]
pub fn sign(keys: &[Key], id: &str, timestamp_s: u64, body: &[u8]) -> Signed {
    let mut text = format!("{id}.{timestamp_s}.").into_bytes();
    text.extend_from_slice(body);
    let signatures: Vec<String> = keys.iter().map(|key| key.signature(&text)).collect();
    Signed { id: id.to_owned(), timestamp: timestamp_s.to_string(), signature: signatures.join(" ") }
}

/// HMAC of RFC 2104 over SHA-256.
fn hmac(key: &[u8], text: &[u8]) -> [u8; 32] {
    let mut block = [0; BLOCK];
    if key.len() > BLOCK {
        block[..32].copy_from_slice(&sha256(key));
    } else {
        block[..key.len()].copy_from_slice(key);
    }
    let padded = |pad: u8, rest: &[u8]| {
        let bytes: Vec<u8> = block.iter().map(|byte| byte ^ pad).chain(rest.iter().copied()).collect();
        sha256(&bytes)
    };
    padded(0x5c, &padded(0x36, text))
}
