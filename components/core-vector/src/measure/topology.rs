//! Parts and holes.

use crate::raster::{self, Mask};
use core_brand::Drawing;

/// The side at which all parts and holes of a drawing are there.
pub const LARGE_PX: u32 = 192;
/// Parts smaller than this share of the square are corners of pixels.
const SPECK_SHARE: f64 = 0.0006;
/// From this cover of 255 on a pixel is ink: half covered.
const INK: u8 = 128;
/// Others round otherwise: pixels whose cover lies between these may be ink to them or not.
const DOUBT: (u8, u8) = (122, 134);
/// The same where points are counted: half of the sixteen, one less and one more.
const DOUBT_COUNTED: (u8, u8) = (112, 144);
/// Covers from here on are whole pixels.
const WHOLE: u8 = 250;

/// Parts of ink and holes in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Topology {
    pub parts: usize,
    pub holes: usize,
}

/// Parts touch over corners, holes only over sides. Specks do not count.
#[must_use]
pub fn topology(mask: &Mask) -> Topology {
    topology_from(mask, INK)
}

/// Whether a small mask still has the parts and holes of the large one, however others see the pixels in doubt: all of
/// them as ink, none of them, or any single one the other way.
#[must_use]
pub fn keeps(small: &Mask, large: Topology) -> bool {
    holds(small, large, DOUBT)
}

/// The same for a mask by points: most who draw small pictures count areas, the others points, and a mark must hold
/// for both.
#[must_use]
pub fn keeps_counted(small: &Mask, large: Topology) -> bool {
    holds(small, large, DOUBT_COUNTED)
}

fn holds(small: &Mask, large: Topology, (none, all): (u8, u8)) -> bool {
    if ![INK, none, all].into_iter().all(|least| topology_from(small, least) == large) {
        return false;
    }
    let mut rows = packed(&small.cover, small.px, INK);
    let words = small.px.div_ceil(WORD);
    let doubted = small.cover.iter().enumerate().filter(|(_, cover)| (none..all).contains(*cover));
    doubted.map(|(at, _)| (at % small.px, at / small.px)).all(|(x, y)| {
        let (word, bit) = (y * words + x / WORD, 1 << (x % WORD));
        rows[word] ^= bit;
        let is_same = topology_in(&rows, small.px, true) == large;
        rows[word] ^= bit;
        is_same
    })
}

/// Whether parts hang together by more than a hair, and are apart by more than one: as many parts of whole pixels as
/// of half covered ones.
#[must_use]
pub fn is_firm(large: &Mask) -> bool {
    topology_from(large, WHOLE).parts == topology(large).parts
}

fn topology_from(mask: &Mask, least: u8) -> Topology {
    topology_in(&packed(&mask.cover, mask.px, least), mask.px, true)
}

/// The smallest of these sides at which parts and holes are those of the large drawing.
#[must_use]
pub fn smallest_side(drawing: &Drawing, sides: &[u32]) -> Option<u32> {
    let large = topology(&raster::mask(drawing, LARGE_PX));
    sides.iter().copied().find(|side| {
        keeps_counted(&raster::counted(drawing, *side), large) && keeps(&raster::mask(drawing, *side), large)
    })
}

/// Pixels of a row in one word.
pub(super) const WORD: usize = u64::BITS as usize;

/// Pixels of at least this cover as bits, each row in words of its own.
pub(super) fn packed(cover: &[u8], px: usize, least: u8) -> Vec<u64> {
    let word = |piece: &[u8]| {
        piece.iter().enumerate().fold(0, |word, (at, cover)| word | u64::from(*cover >= least) << at)
    };
    cover.chunks(px).flat_map(|row| row.chunks(WORD).map(word)).collect()
}

/// Parts and holes of what is set, or of what is not.
pub(super) fn topology_in(rows: &[u64], px: usize, of_set: bool) -> Topology {
    // Smaller ones are specks.
    let least = (((px * px) as f64 * SPECK_SHARE) as usize).max(1);
    let (parts, _) = regions(rows, px, of_set, true).count(least);
    let (grounds, at_edge) = regions(rows, px, !of_set, false).count(least);
    Topology { parts, holes: grounds - at_edge }
}

/// Connected regions of what is set, or of what is not: rows are cut into runs, and runs that meet are joined.
pub(super) fn regions(rows: &[u64], px: usize, of_set: bool, over_corners: bool) -> Regions {
    let reach = usize::from(over_corners);
    let mut regions = Regions::default();
    let (mut above, mut here): (Vec<Run>, Vec<Run>) = (Vec::new(), Vec::new());
    for (y, row) in rows.chunks(px.div_ceil(WORD)).enumerate() {
        here.clear();
        let mut start = next(row, px, 0, of_set);
        while start < px {
            let end = next(row, px, start, !of_set);
            let at_edge = y == 0 || y + 1 == px || start == 0 || end == px;
            let region = regions.add(end - start, at_edge);
            for run in above.iter().filter(|run| run.start < end + reach && start < run.end + reach) {
                regions.join(region, run.region);
            }
            here.push(Run { start, end, region });
            start = next(row, px, end, of_set);
        }
        std::mem::swap(&mut above, &mut here);
    }
    regions
}

/// The first pixel from here on that is set, or that is not; the end of the row where there is none.
fn next(row: &[u64], px: usize, from: usize, set: bool) -> usize {
    let mut at = from;
    while let Some(word) = row.get(at / WORD).filter(|_| at < px) {
        let wanted = (if set { *word } else { !*word }) & u64::MAX << (at % WORD);
        if wanted != 0 {
            return (at / WORD * WORD + wanted.trailing_zeros() as usize).min(px);
        }
        at = (at / WORD + 1) * WORD;
    }
    px
}

/// Set pixels of one row, from start to before the end.
struct Run {
    start: usize,
    end: usize,
    region: usize,
}

/// Regions that may turn out to be one.
#[derive(Default)]
pub(super) struct Regions {
    parents: Vec<usize>,
    sizes: Vec<usize>,
    at_edge: Vec<bool>,
}

impl Regions {
    fn add(&mut self, size: usize, at_edge: bool) -> usize {
        self.parents.push(self.parents.len());
        self.sizes.push(size);
        self.at_edge.push(at_edge);
        self.parents.len() - 1
    }

    fn root(&mut self, mut region: usize) -> usize {
        while self.parents[region] != region {
            self.parents[region] = self.parents[self.parents[region]];
            region = self.parents[region];
        }
        region
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        if one != other {
            self.parents[one] = other;
            self.sizes[other] += self.sizes[one];
            self.at_edge[other] |= self.at_edge[one];
        }
    }

    /// Pixels of the largest region.
    pub(super) fn largest(&self) -> usize {
        let roots = (0..self.parents.len()).filter(|at| self.parents[*at] == *at);
        roots.map(|at| self.sizes[at]).max().unwrap_or(0)
    }

    /// Pixels in regions of at least this size.
    pub(super) fn total(&self, least: usize) -> usize {
        let roots = (0..self.parents.len()).filter(|at| self.parents[*at] == *at);
        roots.map(|at| self.sizes[at]).filter(|size| *size >= least).sum()
    }

    /// Regions of at least this size, and those of them that touch the edge.
    fn count(&self, least: usize) -> (usize, usize) {
        let roots = (0..self.parents.len()).filter(|at| self.parents[*at] == *at && self.sizes[*at] >= least);
        roots.fold((0, 0), |(all, edge), at| (all + 1, edge + usize::from(self.at_edge[at])))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form;
    use crate::raster::mask_of;
    use kurbo::{BezPath, Point};

    fn mask(paths: &[BezPath]) -> Mask {
        mask_of(paths, 1000.0, 1000.0, 96)
    }

    #[test]
    fn counts_parts_and_holes() {
        let ring = form::ring(Point::new(300.0, 500.0), 250.0, 100.0);
        let dot = form::circle(Point::new(800.0, 500.0), 100.0);
        assert_eq!(topology(&mask(&[ring, dot])), Topology { parts: 2, holes: 1 });
        assert_eq!(topology(&mask(&[])), Topology { parts: 0, holes: 0 });
    }

    #[test]
    fn thin_gaps_close_when_small() {
        let bars =
            |gap: f64| [form::rect(62.5, 62.5, 437.5, 937.5), form::rect(437.5 + gap, 62.5, 937.5, 937.5)];
        for (gap, expected) in [(125.0, true), (20.0, false)] {
            let large = topology(&mask_of(&bars(gap), 1000.0, 1000.0, LARGE_PX));
            assert_eq!(keeps(&mask_of(&bars(gap), 1000.0, 1000.0, 16), large), expected, "{gap}");
        }
    }
    #[test]
    fn parts_that_meet_in_a_point_are_not_firm() {
        let place = |x: f64, y: f64| form::rect(x, y, x + 370.3, y + 370.3);
        let firm = |by: f64| {
            is_firm(&mask_of(&[place(120.0, 120.0), place(490.3 + by, 490.3 + by)], 1000.0, 1000.0, 512))
        };
        assert!(firm(-60.0) && firm(60.0) && !firm(0.0));
    }
}
