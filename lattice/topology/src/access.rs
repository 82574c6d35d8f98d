//! Who may call the API: the signing key of this platform, and the tokens it makes.

use crate::control::Control;
use crate::manifest::ACCESS;
use crate::state::State;
use anyhow::{Context as _, Result, bail};
use core_gateway::token::{Claims, ISSUER, READ, WRITE, public_key, sign};
use data_encoding::{BASE32_NOPAD, BASE64URL_NOPAD};
use std::collections::BTreeMap;
use std::io::Read as _;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// What a new key is for.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub tenant: String,
    pub subject: String,
    pub may_write: bool,
    pub life: Duration,
}

/// The name under which the public key stands in the configuration.
const KEY_ID: &str = "local";

/// Writes what the gateway must know: the public key, what was revoked, the region.
pub(crate) async fn publish(state: &State, control: &Control, region: &str) -> Result<()> {
    let mut values = BTreeMap::new();
    values.insert(format!("key.{KEY_ID}"), public_key(&seed(state)?));
    values.insert("region".to_owned(), region.to_owned());
    values.insert("revoked".to_owned(), revoked(state).join(","));
    control.put_config(ACCESS, &values).await
}

/// A new token.
pub fn create(state: &State, wanted: &Wanted) -> Result<String> {
    let now = now_s()?;
    let mut scopes = vec![READ.to_owned()];
    scopes.extend(wanted.may_write.then(|| WRITE.to_owned()));
    let claims = Claims {
        iss: ISSUER.to_owned(),
        tenant: wanted.tenant.clone(),
        sub: wanted.subject.clone(),
        scopes,
        iat: now,
        exp: now + wanted.life.as_secs(),
        jti: BASE32_NOPAD.encode(&random::<10>()?).to_lowercase(),
    };
    Ok(sign(&seed(state)?, KEY_ID, &claims))
}

/// Takes a token back. It stops working when the configuration has been published.
pub fn revoke(state: &State, token: &str) -> Result<String> {
    let claims = token.split('.').nth(1).context("this is not a token")?;
    let claims = BASE64URL_NOPAD.decode(claims.as_bytes()).context("this is not a token")?;
    let claims: Claims = serde_json::from_slice(&claims).context("this is not a token of Imprint")?;
    let mut names = revoked(state);
    if !names.contains(&claims.jti) {
        names.push(claims.jti.clone());
    }
    std::fs::write(state.root.join("keys/revoked"), names.join("\n"))?;
    Ok(claims.jti)
}

fn revoked(state: &State) -> Vec<String> {
    let text = std::fs::read_to_string(state.root.join("keys/revoked")).unwrap_or_default();
    text.lines().map(str::to_owned).collect()
}

fn seed(state: &State) -> Result<[u8; 32]> {
    let (text, path) = state.secret("tokens", || Ok(BASE64URL_NOPAD.encode(&random::<32>()?)))?;
    let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).ok().and_then(|bytes| bytes.try_into().ok());
    let Some(seed) = bytes else { bail!("`{}` holds no key; remove it to make a new one", path.display()) };
    Ok(seed)
}

/// The system's random source.
fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    std::fs::File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(bytes)
}

#[allow(clippy::disallowed_methods, reason = "a token holds from now on; nothing of it enters a kit")]
fn now_s() -> Result<u64> {
    Ok(SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs())
}
