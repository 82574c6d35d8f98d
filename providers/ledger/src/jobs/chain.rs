//! Whether what comes next in a journal follows from what came before.

use core_brand::content::sha256_hex;
use core_brand::envelope::{GENESIS, Head};

/// The end of a journal as far as it was followed.
pub(super) struct Chain {
    previous: String,
    is_broken: bool,
}

impl Default for Chain {
    fn default() -> Self {
        Self { previous: GENESIS.to_owned(), is_broken: false }
    }
}

impl Chain {
    /// Takes stored entries in, and gives the place of the first that does not follow, counted from 0. Behind such a place
    /// nothing follows any more.
    pub(super) fn take(&mut self, end: u64, begin: u64, stored: &[Vec<u8>]) -> Option<u64> {
        self.is_broken |= begin != end;
        for (place, bytes) in (begin..).zip(stored) {
            self.is_broken |= Head::read(bytes).map_or(true, |entry| entry.previous != self.previous);
            if self.is_broken {
                return Some(place);
            }
            self.previous = sha256_hex(bytes);
        }
        None
    }
}
