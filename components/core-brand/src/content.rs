//! Content by its hash.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Values up to this many bytes travel inside a call; larger ones as a content hash, because a call of
/// megabytes over the lattice costs tenths of a second.
pub const INLINE_BYTES_MAX: usize = 262_144;

/// No single value may be larger: it must fit a component's memory several times.
pub const BLOB_BYTES_MAX: u64 = 32 << 20;

/// Bytes in the blob store.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct BlobRef {
    /// Lower-case hexadecimal.
    pub sha256: String,
    pub bytes: u64,
}

impl BlobRef {
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self { sha256: sha256_hex(bytes), bytes: bytes.len() as u64 }
    }

    /// Reads a hash, with the count of bytes behind a full stop where it is known.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (sha256, bytes) =
            text.split_once('.').map_or((text, Some(0)), |(hash, size)| (hash, size.parse().ok()));
        let content = Self { sha256: sha256.to_owned(), bytes: bytes? };
        content.is_well_formed().then_some(content)
    }

    /// Whether the hash has the form of one; a store never turns anything else into a path.
    #[must_use]
    pub fn is_well_formed(&self) -> bool {
        self.sha256.len() == 64
            && self.sha256.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
    }
}

#[must_use]
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

#[must_use]
pub fn sha256_hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    sha256(bytes).iter().fold(String::with_capacity(64), |mut hex, byte| {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
