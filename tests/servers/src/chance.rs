//! Chance that can be repeated.

use std::hash::{BuildHasher as _, Hasher as _, RandomState};

/// The variable that repeats an earlier run.
const VARIABLE: &str = "IMPRINT_SEED";

/// A row of numbers that its seed decides (splitmix64).
pub struct Chance {
    seed: u64,
    state: u64,
}

impl Chance {
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self { seed, state: seed }
    }

    /// From `IMPRINT_SEED`, or another one each time.
    #[must_use]
    pub fn of_environment() -> Self {
        let wanted = std::env::var(VARIABLE).ok().map(|text| text.parse());
        match wanted {
            Some(Ok(seed)) => Self::new(seed),
            Some(Err(why)) => panic!("{VARIABLE}: {why}"),
            None => Self::new(RandomState::new().build_hasher().finish()),
        }
    }

    /// What repeats this row.
    #[must_use]
    pub fn seed(&self) -> u64 {
        self.seed
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below this one.
    pub fn below(&mut self, end: u64) -> u64 {
        self.next() % end.max(1)
    }

    /// One of these.
    pub fn one<T: Copy>(&mut self, of: &[T]) -> Option<T> {
        let place = usize::try_from(self.below(of.len() as u64)).unwrap_or_default();
        of.get(place).copied()
    }

    pub fn shuffle<T>(&mut self, values: &mut [T]) {
        for end in (1..values.len()).rev() {
            let place = usize::try_from(self.below(end as u64 + 1)).unwrap_or_default();
            values.swap(end, place);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_decides_everything() {
        let row = |seed| {
            let mut chance = Chance::new(seed);
            let mut values: Vec<u64> = (0..50).map(|_| chance.below(1000)).collect();
            chance.shuffle(&mut values);
            values
        };
        assert_eq!(row(7), row(7));
        assert_ne!(row(7), row(8));
        let mut sorted = row(7);
        sorted.sort_unstable();
        assert!(sorted.windows(2).filter(|two| two[0] != two[1]).count() > 40, "{sorted:?}");
    }
}
