//! Chance that is the same for the same seed.

use core_brand::Rng;

/// Numbers of a seed, as the plan of a run draws them.
#[derive(Clone, Debug)]
pub struct Chance(Rng);

impl Chance {
    #[must_use]
    pub fn new(seed: u64) -> Self {
        // Seeds are counted from 0, and rows of neighbours would overlap.
        Self(Rng::new(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5851_f42d_4c95_7f2d))
    }

    pub fn number(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// A number from `low` up to and without `high`.
    pub fn between(&mut self, low: u64, high: u64) -> u64 {
        low + self.number() % (high - low).max(1)
    }

    /// True so often in a thousand.
    pub fn often(&mut self, per_mille: u64) -> bool {
        self.number() % 1000 < per_mille
    }

    pub fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[(self.number() % all.len() as u64) as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::Chance;

    #[test]
    fn a_seed_is_a_row_of_numbers_and_another_seed_another_row() {
        let row = |seed| {
            let mut chance = Chance::new(seed);
            [(); 4].map(|()| chance.number())
        };
        assert_eq!(row(7), row(7));
        assert_ne!(row(7), row(8));
        let mut chance = Chance::new(1);
        let hits = (0..10_000).filter(|_| chance.often(100)).count();
        assert!((800..1200).contains(&hits), "{hits}");
        assert!((0..1000).all(|_| (3..9).contains(&chance.between(3, 9))));
    }
}
