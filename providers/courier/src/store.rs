//! Where everything lies: keys, and values as JSON.
//!
//! No key holds the name of a person: it holds a hash, so that nothing personal stands where it is not sealed.

use core_brand::content::sha256_hex;
use core_brand::fault::Code;
use core_brand::{Fault, broken};
use imprint_ledger::{Listed, VALUES_MAX, Values};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Letters of a tenant: it is a part of keys.
const TENANT_CHARS_MAX: usize = 64;
/// Half a SHA-256 tells all there will ever be apart.
const ID_LETTERS: usize = 32;

/// What the courier keeps its things in.
pub struct Shelves<V> {
    /// Endpoints, rules, preferences: until somebody removes them.
    pub settings: V,
    /// Messages and news: for a while.
    pub messages: V,
    /// What secrets and addresses are sealed with, to be destroyed one day.
    pub keys: V,
}

/// Loads a value. What a later version wrote, or somebody else, is a fault.
pub(crate) async fn load<V: Values, T: DeserializeOwned>(
    values: &V,
    key: &str,
) -> Result<Option<(u64, T)>, Fault> {
    let Some((revision, bytes)) = values.get(key).await?.filter(|(_, bytes)| !bytes.is_empty()) else {
        return Ok(None);
    };
    Ok(Some((revision, read(key, &bytes)?)))
}

pub(crate) fn read<T: DeserializeOwned>(key: &str, bytes: &[u8]) -> Result<T, Fault> {
    let unreadable = |why: serde_json::Error| {
        Fault::new(Code::Storage, [("what", key.to_owned()), ("why", why.to_string())])
    };
    serde_json::from_slice(bytes).map_err(unreadable)
}

pub(crate) async fn save<V: Values, T: Serialize + Sync>(
    values: &V,
    key: &str,
    expected: Option<u64>,
    value: &T,
) -> Result<u64, Fault> {
    let bytes = serde_json::to_vec(value).map_err(|why| broken!("{why}"))?;
    values.put(key, expected, bytes).await
}

/// Saves what is new. `false` when there is one already.
pub(crate) async fn create<V: Values, T: Serialize + Sync>(
    values: &V,
    key: &str,
    value: &T,
) -> Result<bool, Fault> {
    match save(values, key, Some(0), value).await {
        Ok(_) => Ok(true),
        Err(fault) if fault.is(Code::Conflict) => Ok(false),
        Err(fault) => Err(fault),
    }
}

/// Everything below a key, up to this many.
pub(crate) async fn all<V: Values>(values: &V, prefix: &str, max: usize) -> Result<Vec<Listed>, Fault> {
    all_after(values, prefix, 0, max).await
}

/// The same, as far as it was written behind this revision.
pub(crate) async fn all_after<V: Values>(
    values: &V,
    prefix: &str,
    revision: u64,
    max: usize,
) -> Result<Vec<Listed>, Fault> {
    let mut found: Vec<Listed> = Vec::new();
    while found.len() < max {
        let more = values.after(prefix, found.last().map_or(revision, |last| last.revision)).await?;
        let is_end = more.len() < VALUES_MAX;
        found.extend(more);
        if is_end {
            break;
        }
    }
    found.truncate(max);
    Ok(found)
}

/// A tenant is a word; anything else would reach into the keys of others.
pub(crate) fn check_tenant(tenant: &str) -> Result<(), Fault> {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
    match !tenant.is_empty() && tenant.len() <= TENANT_CHARS_MAX && tenant.chars().all(is_plain) {
        true => Ok(()),
        false => Err(broken!("`{}` is not a tenant", tenant.escape_debug())),
    }
}

/// Whether this can be an id of ours; a caller's word never becomes a part of a key otherwise.
pub(crate) fn is_id(id: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    (1..=64).contains(&id.len()) && id.bytes().all(is_plain)
}

/// Every word goes in with its length, so that no two lists run together.
pub(crate) fn hash(words: &[&str]) -> String {
    let text: String = words.iter().map(|word| format!("{} {word} ", word.len())).collect();
    let mut hex = sha256_hex(text.as_bytes());
    hex.truncate(ID_LETTERS);
    hex
}

/// What stands for a person in keys.
pub(crate) fn person(tenant: &str, user: &str) -> String {
    hash(&["person", tenant, user])
}

/// What keys of messages begin with.
pub(crate) const NOTICES: &str = "notice.";

pub(crate) fn notices_prefix(tenant: &str) -> String {
    format!("{NOTICES}{tenant}")
}

pub(crate) fn notice_key(tenant: &str, id: &str) -> String {
    format!("{NOTICES}{tenant}.{id}")
}

/// What all digests of a tenant tell.
pub(crate) fn gathered_prefix(tenant: &str) -> String {
    format!("gather.{tenant}")
}

/// What a digest tells, each under the id of its message.
pub(crate) fn gather_prefix(tenant: &str, digest: &str) -> String {
    format!("gather.{tenant}.{digest}")
}

pub(crate) fn feed_prefix(tenant: &str, user: &str) -> String {
    format!("feed.{tenant}.{}", person(tenant, user))
}

/// Who asked for a brand.
pub(crate) fn whose_key(tenant: &str, brand: &str) -> String {
    format!("whose.{tenant}.{}", hash(&["brand", brand]))
}

pub(crate) fn endpoints_prefix(tenant: &str) -> String {
    format!("endpoint.{tenant}")
}

pub(crate) fn endpoint_key(tenant: &str, id: &str) -> String {
    format!("endpoint.{tenant}.{id}")
}

pub(crate) fn setting_key(tenant: &str, kind: &str) -> String {
    format!("set.{tenant}.{kind}")
}

pub(crate) fn person_key(tenant: &str, user: &str) -> String {
    person_place(tenant, &person(tenant, user))
}

/// The same for what stands for a person.
pub(crate) fn person_place(tenant: &str, person: &str) -> String {
    format!("person.{tenant}.{person}")
}

pub(crate) fn marks_key(tenant: &str, user: &str) -> String {
    format!("read.{tenant}.{}", person(tenant, user))
}

pub(crate) fn subscriptions_prefix(tenant: &str, user: &str) -> String {
    format!("push.{tenant}.{}", person(tenant, user))
}

pub(crate) fn suppressed_key(tenant: &str, address: &str) -> String {
    format!("suppressed.{tenant}.{}", hash(&["address", tenant, &address.to_lowercase()]))
}

/// The key that seals the secrets of a tenant's endpoints.
pub(crate) fn endpoints_seal(tenant: &str) -> String {
    format!("courier.{tenant}.endpoints")
}

/// The key that seals what is known of a person.
pub(crate) fn person_seal(tenant: &str, user: &str) -> String {
    seal_of(tenant, &person(tenant, user))
}

/// The same for what stands for a person.
pub(crate) fn seal_of(tenant: &str, person: &str) -> String {
    format!("courier.{tenant}.{person}")
}
