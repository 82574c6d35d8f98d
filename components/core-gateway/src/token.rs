//! Tokens: who calls, and what they may do. A JWT signed with Ed25519, and no other kind.
//!
//! The header names a key; the public keys stand in the live configuration, so that a key or a token is taken back
//! without a restart.

use crate::ids::is_region;
use crate::object;
use crate::platform::Platform;
use core_brand::fault::Code;
use core_brand::{Fault, broken};
use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};

pub const ISSUER: &str = "imprint";
pub const READ: &str = "brands:read";
pub const WRITE: &str = "brands:write";
/// What belongs to a whole tenant: messages to all its people, webhooks, rules, templates.
pub const NOTIFY: &str = "notify:admin";

/// A token of ours has a few hundred bytes.
const TOKEN_BYTES_MAX: usize = 2048;
/// Names of keys, people and tokens are short.
const NAME_BYTES_MAX: usize = 128;
/// Clocks of two machines differ by seconds.
const SKEW_S: u64 = 60;
/// A token that lives longer was not made by `sign` with care; take a new one each year.
const LIFE_S_MAX: u64 = 400 * 86_400;

/// What a token says, and nothing more: a claim that is not known here could narrow it, and would go unheard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claims {
    pub iss: String,
    pub tenant: String,
    /// The person or program.
    pub sub: String,
    pub scopes: Vec<String>,
    /// Seconds since 1970.
    pub iat: u64,
    pub exp: u64,
    /// Names the token, so that it can be revoked.
    pub jti: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    alg: String,
    kid: String,
    #[serde(default)]
    typ: Option<String>,
}

/// A token, signed with the key of this seed.
#[must_use]
pub fn sign(seed: &[u8; 32], kid: &str, claims: &Claims) -> String {
    let header = serde_json::json!({ "alg": "EdDSA", "kid": kid, "typ": "JWT" }).to_string();
    // A struct of strings and numbers always serialises.
    let claims = serde_json::to_vec(claims).unwrap_or_default();
    let signed = format!("{}.{}", BASE64URL_NOPAD.encode(header.as_bytes()), BASE64URL_NOPAD.encode(&claims));
    let signature = SigningKey::from_bytes(seed).sign(signed.as_bytes());
    format!("{signed}.{}", BASE64URL_NOPAD.encode(&signature.to_bytes()))
}

/// The public key of a seed, as it stands in the configuration under `key.<kid>`.
#[must_use]
pub fn public_key(seed: &[u8; 32]) -> String {
    BASE64URL_NOPAD.encode(SigningKey::from_bytes(seed).verifying_key().as_bytes())
}

/// Reads a token that is signed by a known key, is not revoked, and holds now.
pub fn verify(platform: &dyn Platform, token: &str) -> Result<Claims, Fault> {
    if token.len() > TOKEN_BYTES_MAX {
        return Err(invalid("it is too long"));
    }
    let (signed, signature) = token.rsplit_once('.').ok_or_else(|| invalid("it has not three parts"))?;
    let (header, claims) = signed.split_once('.').ok_or_else(|| invalid("it has not three parts"))?;
    let key = key(platform, &parse(header, "its header")?)?;
    let signature = Signature::from_slice(&decode(signature, "its signature")?)
        .map_err(|_| invalid("its signature cannot be read"))?;
    key.verify_strict(signed.as_bytes(), &signature).map_err(|_| invalid("its signature is wrong"))?;
    let claims: Claims = parse(claims, "its claims")?;
    judge(&claims, platform.now_ms() / 1000)?;
    let revoked = platform.setting("revoked")?.unwrap_or_default();
    if revoked.split(',').any(|name| name.trim() == claims.jti) {
        return Err(Fault::new(Code::TokenRevoked, []));
    }
    Ok(claims)
}

/// The key that the header names; nothing else in the header is believed.
fn key(platform: &dyn Platform, header: &Header) -> Result<VerifyingKey, Fault> {
    if header.alg != "EdDSA" || header.typ.as_deref().is_some_and(|typ| typ != "JWT") {
        return Err(invalid("it is not signed with EdDSA"));
    }
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    if !(1..=NAME_BYTES_MAX).contains(&header.kid.len()) || !header.kid.bytes().all(is_name) {
        return Err(invalid("its key is unknown"));
    }
    let text =
        platform.setting(&format!("key.{}", header.kid))?.ok_or_else(|| invalid("its key is unknown"))?;
    let bytes = BASE64URL_NOPAD.decode(text.trim().as_bytes()).ok().and_then(|bytes| bytes.try_into().ok());
    let bytes: [u8; 32] = bytes.ok_or_else(|| broken!("the key `{}` in the configuration", header.kid))?;
    VerifyingKey::from_bytes(&bytes).map_err(|_| broken!("the key `{}` in the configuration", header.kid))
}

fn judge(claims: &Claims, now_s: u64) -> Result<(), Fault> {
    let is_name =
        |text: &str| (1..=NAME_BYTES_MAX).contains(&text.len()) && !text.chars().any(char::is_control);
    let checks = [
        (claims.iss == ISSUER, "it comes from somebody else"),
        (is_region(&claims.tenant), "its tenant is not possible"),
        (is_name(&claims.sub) && is_name(&claims.jti), "its subject or name is not possible"),
        (claims.iat <= now_s.saturating_add(SKEW_S), "it comes from the future"),
        (claims.exp.saturating_sub(claims.iat) <= LIFE_S_MAX, "it lives too long"),
    ];
    if let Some((_, why)) = checks.iter().find(|(is_fine, _)| !is_fine) {
        return Err(invalid(why));
    }
    if claims.exp <= now_s { Err(Fault::new(Code::TokenExpired, [])) } else { Ok(()) }
}

fn parse<T: serde::de::DeserializeOwned>(part: &str, what: &str) -> Result<T, Fault> {
    object::read(&decode(part, what)?).map_err(|_| invalid(&format!("{what} cannot be read")))
}

fn decode(part: &str, what: &str) -> Result<Vec<u8>, Fault> {
    BASE64URL_NOPAD.decode(part.as_bytes()).map_err(|_| invalid(&format!("{what} cannot be read")))
}

fn invalid(why: &str) -> Fault {
    Fault::new(Code::TokenInvalid, [("why", why.to_owned())])
}
