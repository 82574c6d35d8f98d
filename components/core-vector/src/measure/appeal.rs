//! A score from pixels alone, to rank marks by and never to refuse one.
//!
//! Zhang, Yu, Zhang, Zheng and Zhang (ACM Transactions on Applied Perception, 2017, 10.1145/3058982) let sixty people
//! judge sixty black-and-white logos: what they found beautiful follows from balance, contrast and harmony (r = 0.85),
//! and each of the three can be computed from pixels. The three factors are theirs. How each is measured here, and
//! that all three count the same, is our own heuristic: it was fitted to nobody's answers.

use super::{coverage, imbalance};
use crate::raster::Mask;
use std::f64::consts::PI;

/// Beyond this, in diagonals, a mark is out of balance.
const AWAY_MAX: f64 = 0.08;
/// Blocks along each side of the square; from far away nobody sees more.
const BLOCKS: usize = 8;
/// Directions that outlines are sorted into, over a whole turn.
const DIRECTIONS: usize = 24;
/// Steps between pixels weaker than this, of 255, are no edge.
const EDGE_MIN: f64 = 64.0;

/// The three factors, each 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Appeal {
    /// Ink lies evenly about the middle, and its halves weigh the same.
    pub balance: f64,
    /// Black and white keep apart from far away, and neither drowns the other.
    pub contrast: f64,
    /// Parts repeat or mirror each other, and outlines run in few directions or evenly in all.
    pub harmony: f64,
}

impl Appeal {
    /// All three together.
    #[must_use]
    pub fn score(self) -> f64 {
        (self.balance + self.contrast + self.harmony) / 3.0
    }
}

/// Measures the three factors; `symmetry` is that of the mask.
#[must_use]
pub fn appeal(mask: &Mask, symmetry: f64) -> Appeal {
    let near = 1.0 - (imbalance(mask) / AWAY_MAX).min(1.0);
    let parity = 1.0 - (2.0 * coverage(mask) - 1.0).abs();
    Appeal {
        balance: f64::midpoint(near, evenness(mask)),
        contrast: f64::midpoint(separation(mask), parity),
        harmony: f64::midpoint(symmetry, order(mask)),
    }
}

/// How equal left and right, and upper and lower half weigh.
fn evenness(mask: &Mask) -> f64 {
    let (mut sums, half) = ([0_u64; 4], mask.px / 2);
    for (at, cover) in mask.cover.iter().enumerate() {
        sums[usize::from(at % mask.px >= half)] += u64::from(*cover);
        sums[2 + usize::from(at / mask.px >= half)] += u64::from(*cover);
    }
    let share = |a: u64, b: u64| a.min(b) as f64 / a.max(b).max(1) as f64;
    f64::midpoint(share(sums[0], sums[1]), share(sums[2], sums[3]))
}

/// How far blocks of the square are from grey: fine texture is all grey from afar.
fn separation(mask: &Mask) -> f64 {
    let blocks = mask.reduced(mask.px / BLOCKS);
    let away: f64 = blocks.cover.iter().map(|cover| (f64::from(*cover) / 127.5 - 1.0).abs()).sum();
    away / blocks.cover.len().max(1) as f64
}

/// How far the directions of outlines are from disorder: 1 where all run in one, or where each has its equal share.
fn order(mask: &Mask) -> f64 {
    let found = directions(mask);
    let all: f64 = found.iter().sum();
    if all <= 0.0 {
        return 0.0;
    }
    let shares = found.iter().map(|sum| sum / all).filter(|share| *share > 0.0);
    let disorder =
        shares.map(|share| -share * libm::log2(share)).sum::<f64>() / libm::log2(DIRECTIONS as f64);
    // A disc has every direction and is in order; the worst lies between one direction and all of them.
    (2.0 * disorder - 1.0).abs().max(1.0 - disorder)
}

/// The length of outline in each direction.
fn directions(mask: &Mask) -> [f64; DIRECTIONS] {
    let mut found = [0.0_f64; DIRECTIONS];
    let at = |x: usize, y: usize| f64::from(mask.cover[y * mask.px + x]);
    let last = mask.px.saturating_sub(1);
    for (x, y) in (1..last).flat_map(|y| (1..last).map(move |x| (x, y))) {
        let (dx, dy) = (at(x + 1, y) - at(x - 1, y), at(x, y + 1) - at(x, y - 1));
        let length = (dx * dx + dy * dy).sqrt();
        if length >= EDGE_MIN {
            // Whole steps lie in the middle of a direction, so that straight lines are not parted by rounding.
            let turn = libm::atan2(dy, dx) / (2.0 * PI) + 1.0;
            found[(turn * DIRECTIONS as f64).round() as usize % DIRECTIONS] += length;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form;
    use crate::raster::mask_of;
    use kurbo::{BezPath, Point};

    fn of(paths: &[BezPath]) -> Appeal {
        let mask = mask_of(paths, 1000.0, 1000.0, 48);
        appeal(&mask, crate::measure::symmetry(&mask))
    }

    #[test]
    fn factors_tell_what_they_are_called_for() {
        let ring = of(&[form::ring(Point::new(500.0, 500.0), 480.0, 220.0)]);
        let aside = of(&[form::circle(Point::new(300.0, 360.0), 260.0)]);
        assert!(ring.balance > 0.95 && aside.balance < 0.5, "{ring:?} {aside:?}");
        let line = |at: i32| form::rect(62.5 * f64::from(at), 0.0, 62.5 * f64::from(at) + 31.0, 1000.0);
        let lines = of(&(0..16).map(line).collect::<Vec<_>>());
        assert!(lines.contrast < ring.contrast, "{lines:?} {ring:?}");
        let corners =
            [(30.0, 40.0), (700.0, 220.0), (960.0, 130.0), (610.0, 480.0), (830.0, 950.0), (350.0, 610.0)];
        let crumpled = of(&[form::polygon(&corners.map(Point::from))]);
        assert!(crumpled.harmony < ring.harmony - 0.2, "{crumpled:?} {ring:?}");
        assert!(ring.score() > aside.score() && ring.score() > crumpled.score());
    }

    #[test]
    fn an_empty_square_is_measured_too() {
        let none = of(&[]);
        let factors = [none.balance, none.contrast, none.harmony];
        assert!(factors.iter().all(|factor| (0.0..=1.0).contains(factor)), "{none:?}");
    }
}
