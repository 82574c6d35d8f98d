//! Who may call the API: the signing key of this platform, and the tokens it makes.

use crate::state::{Card, State};
use anyhow::{Context as _, Result, bail};
use core_gateway::token::{Claims, ISSUER, NOTIFY, READ, WRITE, public_key, sign};
use data_encoding::{BASE32_NOPAD, BASE64URL_NOPAD};
use imprint_control::{ACCESS, Control, ROUTES_CONFIG};
use std::collections::BTreeMap;
use std::io::{ErrorKind, Read as _};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// What a new key is for.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub tenant: String,
    pub subject: String,
    pub may_write: bool,
    /// Whether it opens what belongs to the whole tenant: its notifications, webhooks, rules and templates.
    pub may_notify: bool,
    pub life: Duration,
}

/// The name under which the public key stands in the configuration.
const KEY_ID: &str = "local";
/// The ids of the tokens that were taken back, one a line.
const REVOKED: &str = "keys/revoked";

/// Writes what the gateway must know: the public key, what was revoked, the region, whether there are a language model and a painter.
/// What it is told of versions stays as it is; a gateway does not start without.
pub(crate) async fn publish(state: &State, control: &Control, card: &Card) -> Result<()> {
    let mut values = BTreeMap::new();
    values.insert(format!("key.{KEY_ID}"), public_key(&seed(state)?));
    values.insert("region".to_owned(), card.region.clone());
    values.insert("polish".to_owned(), card.polish.to_string());
    values.insert("painter".to_owned(), card.painter.to_string());
    values.insert("revoked".to_owned(), revoked(state)?.join(","));
    control.put_config(ACCESS, &values).await?;
    control.begin_config(ROUTES_CONFIG).await
}

/// A new token.
pub fn create(state: &State, wanted: &Wanted) -> Result<String> {
    let now = now_s()?;
    let mut scopes = vec![READ.to_owned()];
    scopes.extend(wanted.may_write.then(|| WRITE.to_owned()));
    scopes.extend(wanted.may_notify.then(|| NOTIFY.to_owned()));
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
    let mut names = revoked(state)?;
    if !names.contains(&claims.jti) {
        names.push(claims.jti.clone());
    }
    let (path, beside) = (state.root.join(REVOKED), state.root.join("keys/revoked.partial"));
    std::fs::write(&beside, names.join("\n")).with_context(|| format!("`{}`", beside.display()))?;
    std::fs::rename(&beside, &path).with_context(|| format!("`{}`", path.display()))?;
    Ok(claims.jti)
}

/// A list that cannot be read is an error: taken for empty, it would make every token valid again.
fn revoked(state: &State) -> Result<Vec<String>> {
    let path = state.root.join(REVOKED);
    match std::fs::read_to_string(&path) {
        Ok(text) => Ok(text.lines().map(str::to_owned).collect()),
        Err(why) if why.kind() == ErrorKind::NotFound => Ok(Vec::new()),
        Err(why) => Err(why).with_context(|| format!("`{}`", path.display())),
    }
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
