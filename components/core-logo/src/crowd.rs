//! Figures that many names would get. A mark that looks like one of them is nobody's own, so it is worth less.
//!
//! `data/crowd.txt` holds them as hashes, one a line: of all that is drawn for some hundred made-up names of every
//! trade, what was drawn for two names or more. `IMPRINT_CROWD=write cargo test -p core-logo --test crowd` writes the
//! file anew, which grammars that draw otherwise ask for; without the variable the test compares a part of it.

use crate::choice::Look;
use core_vector::measure::Hash;
use std::sync::OnceLock;

/// Looks that differ in no more bits are one figure to somebody who sees them one after the other.
pub const NEAR_BITS: u32 = 6;

/// Whether other names would get this figure.
#[must_use]
pub fn holds(look: &Look) -> bool {
    let hash = look.hash();
    table().iter().any(|known| known.apart(hash) <= NEAR_BITS)
}

fn table() -> &'static [Hash] {
    static TABLE: OnceLock<Vec<Hash>> = OnceLock::new();
    TABLE.get_or_init(|| read(include_str!("../data/crowd.txt")))
}

/// A line that is no hash says something to people.
fn read(text: &str) -> Vec<Hash> {
    text.lines().filter_map(|line| u64::from_str_radix(line, 16).ok().map(Hash)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_read_whole() {
        let text = include_str!("../data/crowd.txt");
        let said = text.lines().filter(|line| line.starts_with('#')).count();
        assert_eq!(table().len() + said, text.lines().count());
        assert!(table().len() > 500, "{}", table().len());
    }
}
