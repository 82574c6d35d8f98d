//! What the surface asks of the courier: messages, where they go, and what people want to hear.
//!
//! Documents of the courier are JSON in text, because it alone knows what stands in them. Who asks stands in the call: its
//! tenant for what belongs to a tenant, its user for what belongs to a person.

use crate::leaving::Link;
use crate::platform::Call;
use core_brand::{Fault, broken};
use serde_json::{Map, Value};

/// Which messages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NoticeQuery {
    pub channel: Option<String>,
    pub status: Option<String>,
    /// The id of an endpoint of webhooks.
    pub endpoint: Option<String>,
    pub cursor: Option<String>,
    pub limit: u32,
}

/// Messages, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notices {
    pub items: Vec<String>,
    pub next: Option<String>,
}

/// News of a person, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct News {
    pub items: Vec<String>,
    pub unread: u32,
    /// Where what comes next begins.
    pub last: u64,
}

/// What a tenant sets for all its people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    Rules,
    Templates,
}

/// The courier. `lattice.unreachable` where there is none.
pub trait Desk {
    fn notices(&self, call: &Call, query: NoticeQuery) -> Result<Notices, Fault>;

    fn notice(&self, call: &Call, id: &str) -> Result<Option<String>, Fault>;

    fn redrive(&self, call: &Call, id: &str) -> Result<Option<String>, Fault>;

    /// News of the caller after this sequence; waits up to `wait_ms` for some.
    fn news(&self, call: &Call, after: u64, limit: u32, wait_ms: u32) -> Result<News, Fault>;

    /// Marks news of the caller as read. Gives how many are left.
    fn mark(&self, call: &Call, ids: &[String], up_to: u64) -> Result<u32, Fault>;

    fn endpoints(&self, call: &Call) -> Result<Vec<String>, Fault>;

    fn endpoint(&self, call: &Call, id: &str) -> Result<Option<String>, Fault>;

    fn add_endpoint(&self, call: &Call, wish: &str) -> Result<String, Fault>;

    fn change_endpoint(&self, call: &Call, id: &str, wish: &str) -> Result<Option<String>, Fault>;

    fn remove_endpoint(&self, call: &Call, id: &str) -> Result<bool, Fault>;

    fn rotate_secret(&self, call: &Call, id: &str) -> Result<Option<String>, Fault>;

    fn try_endpoint(&self, call: &Call, id: &str) -> Result<Option<String>, Fault>;

    fn replay(&self, call: &Call, id: &str, from_ms: u64, until_ms: u64) -> Result<Option<u32>, Fault>;

    fn setting(&self, call: &Call, kind: Setting) -> Result<Option<String>, Fault>;

    fn set(&self, call: &Call, kind: Setting, text: &str) -> Result<String, Fault>;

    fn preferences(&self, call: &Call) -> Result<Option<String>, Fault>;

    fn set_preferences(&self, call: &Call, text: &str) -> Result<String, Fault>;

    fn forget(&self, call: &Call) -> Result<bool, Fault>;

    fn push_key(&self, call: &Call) -> Result<Option<String>, Fault>;

    fn subscribe(&self, call: &Call, subscription: &str) -> Result<String, Fault>;

    fn unsubscribe(&self, call: &Call, id: &str) -> Result<bool, Fault>;

    /// What the link at the foot of a mail stands for, whoever calls; nothing if it is none of ours. Changes nothing.
    fn look(&self, call: &Call, token: &str) -> Result<Option<Link>, Fault>;

    /// Ends the mails that the link stands for.
    fn leave(&self, call: &Call, token: &str) -> Result<Option<Link>, Fault>;

    /// What a provider says of a text message, whoever calls, and how it signed that; `false` if it says nothing of ours.
    fn sms_report(
        &self,
        call: &Call,
        token: &str,
        form: &str,
        signature: Option<&str>,
    ) -> Result<bool, Fault>;
}

impl Setting {
    /// Its name in the contract.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Rules => "rules",
            Self::Templates => "templates",
        }
    }
}

/// A document of the courier.
pub(crate) fn document(text: &str) -> Result<Map<String, Value>, Fault> {
    serde_json::from_str(text).map_err(|why| broken!("a document of the courier: {why}"))
}

/// The part of a document that says which one it is.
pub(crate) fn id_of(document: &Map<String, Value>) -> Result<String, Fault> {
    let id = document.get("id").and_then(Value::as_str);
    id.map(str::to_owned).ok_or_else(|| broken!("a document of the courier without an `id`"))
}

/// Ids of the courier are words. Nothing else reaches it.
pub(crate) fn is_id(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    (1..=ID_BYTES_MAX).contains(&text.len()) && text.bytes().all(is_plain)
}

/// Whether this can be a token of the courier's: a tenant, an id, and what is sealed.
pub(crate) fn is_token(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    (1..=TOKEN_BYTES_MAX).contains(&text.len()) && text.bytes().all(is_plain)
}

/// Those of ours have less than half.
const TOKEN_BYTES_MAX: usize = 512;
/// A hash, with a word before it.
pub(crate) const ID_BYTES_MAX: usize = 96;
/// `is_id` for those who write requests.
pub(crate) const ID_PATTERN: &str = "^[A-Za-z0-9_-]{1,96}$";
