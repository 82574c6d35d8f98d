//! Figures that many names would get. A mark that looks like one of them is nobody's own, so it is worth less.
//!
//! `data/crowd.txt` and `data/crowd-usual.txt` hold them as hashes of two ways, one a line: of all that is drawn for
//! some hundred made-up names of every trade, what was drawn for two names or more. `IMPRINT_CROWD=write cargo test -p core-logo --test crowd` writes the
//! files anew, which grammars that draw otherwise ask for; without the variable the test compares a part of it.

use crate::choice::{Hashes, Look};
use core_vector::measure::Hash;
use std::sync::OnceLock;

/// Looks that differ in no more bits are one figure to somebody who sees them one after the other.
pub const NEAR_BITS: u32 = 6;
/// A mark keeps so far from those that somebody has already: whoever looks from the exported files, and in another way,
/// sees a little less between them.
pub const TAKEN_BITS: u32 = NEAR_BITS + 2;

/// Whether other names would get this figure.
#[must_use]
pub fn holds(look: &Look) -> bool {
    knows(look.hashes())
}

/// Whether one of the tables has this figure.
#[must_use]
pub fn knows(hashes: Hashes) -> bool {
    let is_near =
        |(table, hash): (&Vec<Hash>, Hash)| table.iter().any(|known| known.apart(hash) <= NEAR_BITS);
    tables().iter().zip(hashes).any(is_near)
}

/// One for each way to hash.
fn tables() -> &'static [Vec<Hash>; 2] {
    static TABLES: OnceLock<[Vec<Hash>; 2]> = OnceLock::new();
    TABLES.get_or_init(|| TEXTS.map(read))
}

const TEXTS: [&str; 2] = [include_str!("../data/crowd.txt"), include_str!("../data/crowd-usual.txt")];

/// A line that is no hash says something to people.
fn read(text: &str) -> Vec<Hash> {
    text.lines().filter_map(|line| u64::from_str_radix(line, 16).ok().map(Hash)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_read_whole() {
        for (text, table) in TEXTS.iter().zip(tables()) {
            let said = text.lines().filter(|line| line.starts_with('#')).count();
            assert_eq!(table.len() + said, text.lines().count());
            assert!(table.len() > 500, "{}", table.len());
        }
    }
}
