//! The event envelope. Frozen: stored events of every past version must still read (golden files).

use crate::content::{BlobRef, sha256_hex};
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The hash before the first event of a journal.
pub const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// One event of a journal, as it is stored. Field order is part of the format: the hash chain runs over the bytes. Who
/// knows what an event is reads its body as that, once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Envelope<Body = Value> {
    pub format: u32,
    /// Unique and the same when the same act is repeated.
    pub id: String,
    /// Such as `brand.generation.requested`.
    #[serde(rename = "type")]
    pub event_type: String,
    pub type_version: u32,
    pub tenant: String,
    pub user: Option<String>,
    pub home_region: String,
    pub correlation_id: String,
    pub causation_id: Option<String>,
    pub traceparent: Option<String>,
    pub data_class: DataClass,
    /// The key that the body is encrypted under, where it holds personal data.
    pub key_id: Option<String>,
    /// The component and version that caused it, such as `design@0.1.0`.
    pub component_version: Option<String>,
    /// When it was recorded, in milliseconds since 1970.
    pub recorded_ms: u64,
    pub meters: Meters,
    pub body: EventBody<Body>,
    /// SHA-256 of the stored bytes of the event before, `GENESIS` for the first.
    pub previous: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DataClass {
    /// May leave the platform.
    Public,
    /// Stays inside.
    Internal,
    /// Names a person or a customer; encrypted where it rests.
    Personal,
}

/// What an event cost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meters {
    pub cpu_ms: u64,
    pub gpu_ms: u64,
    pub bytes: u64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EventBody<Body = Value> {
    Inline(Body),
    Stored(BlobRef),
}

/// An envelope whose body was passed over.
pub type Head = Envelope<IgnoredAny>;

impl Head {
    pub fn read(bytes: &[u8]) -> Result<Self, serde_json::Error> {
        serde_json::from_slice(bytes)
    }
}

impl Envelope {
    /// The bytes that are stored and hashed.
    pub fn to_bytes(&self) -> Result<Vec<u8>, serde_json::Error> {
        serde_json::to_vec(self)
    }

    pub fn from_bytes(bytes: &[u8]) -> Result<Self, serde_json::Error> {
        serde_json::from_slice(bytes)
    }
}

/// The first stored entry (counted from 1) whose `previous` is not the hash of the one before it.
#[must_use]
pub fn first_break<'a>(stored: impl IntoIterator<Item = &'a [u8]>) -> Option<usize> {
    let mut previous = GENESIS.to_owned();
    for (index, bytes) in stored.into_iter().enumerate() {
        match Head::read(bytes) {
            Ok(head) if head.previous == previous => previous = sha256_hex(bytes),
            _ => return Some(index + 1),
        }
    }
    None
}
