//! The thinnest ink and the thinnest gap, and what is too thin for any brush.

use super::topology::{Topology, WORD, regions, topology_in};
use crate::raster::Mask;

/// The side of the mask that widths are measured on.
pub const WIDTHS_PX: u32 = 96;
/// Wider than this, in pixels of sixteen, is wide enough everywhere.
const WIDTH_MAX: f64 = 2.5;
/// One pixel, and a little for the steps of the mask.
const WIDTH_ONE: f64 = 1.02;
/// Halvings of what is left between the widths: to a twentieth of a pixel.
const STEPS: usize = 5;
/// Corners always lose a little when a shape is opened; more than this share is a part, not a corner.
const CORNER_SHARE: f64 = 0.045;
/// And one place may not lose more than this share of the brush's square, or of a pixel's.
const PLACE_SHARE: f64 = 0.9;

/// Widths in pixels of a 16-pixel square.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Widths {
    pub ink: f64,
    pub gap: f64,
}

/// The thinnest part and the thinnest gap: the widest brush that loses neither a part nor much of the whole.
#[must_use]
pub fn widths(mask: &Mask) -> Widths {
    let bits = mask.bits();
    // Paper goes on around the square, as far as the widest brush reaches.
    let room = mask.px / 12 + 2;
    let px = mask.px + 2 * room;
    let mut paper = vec![true; px * px];
    for (row, line) in bits.chunks(mask.px).enumerate() {
        let start = (row + room) * px + room;
        for (free, ink) in paper[start..start + mask.px].iter_mut().zip(line) {
            *free = !ink;
        }
    }
    let sixteenth = mask.px as f64 / 16.0;
    Widths { ink: thinnest(&bits, mask.px, sixteenth, false), gap: thinnest(&paper, px, sixteenth, true) }
}

/// The brush that shards are sought with, in pixels of a 16-pixel square.
const SHARD_BRUSH: f64 = 0.9;
/// Less than this share of the square is a corner that is meant, not a shard.
const SHARD_SHARE: f64 = 0.0008;

/// Share of the square that lies in points and slivers too thin for a brush: calm marks have next to none.
#[must_use]
pub fn shards(mask: &Mask) -> f64 {
    let bits = mask.bits();
    let radius = SHARD_BRUSH * mask.px as f64 / 32.0;
    let ink = Sheet::of(&bits, mask.px, false);
    let painted = ink.painted(radius, false);
    let lost: Vec<u64> = ink.rows.iter().zip(painted.rows).map(|(own, painted)| own & !painted).collect();
    let least = ((bits.len() as f64 * SHARD_SHARE) as usize).max(1);
    regions(&lost, mask.px, true, true).total(least) as f64 / bits.len().max(1) as f64
}

fn thinnest(bits: &[bool], px: usize, sixteenth: f64, is_paper: bool) -> f64 {
    let sheet = Sheet::of(bits, px, false);
    let is = topology_in(&sheet.rows, px, !is_paper);
    let shape = Shaped { sheet, sixteenth, is_paper, is };
    // A wide brush forgives a place that a narrow one loses: the narrow one is asked in any case, and first.
    let is_one = shape.survives(WIDTH_ONE * sixteenth);
    let (mut low, mut high) = if is_one { (WIDTH_ONE, WIDTH_MAX) } else { (0.0, WIDTH_ONE) };
    if is_one && shape.survives(high * sixteenth) {
        return high;
    }
    for _ in 0..STEPS {
        let middle = (low + high) / 2.0;
        if shape.survives(middle * sixteenth) { low = middle } else { high = middle }
    }
    low
}

/// Pixels with what does not change from brush to brush.
struct Shaped {
    sheet: Sheet,
    sixteenth: f64,
    is_paper: bool,
    is: Topology,
}

impl Shaped {
    /// Whether a round brush of this width paints the same parts and holes, and nearly all of the area.
    fn survives(&self, width: f64) -> bool {
        // The brush cannot reach in from beyond the edge to ink; paper goes on there.
        let mut painted = self.sheet.painted(width / 2.0, self.is_paper);
        // Both are judged against the ink: a thin slit is a small part of a large sheet.
        let all = self.sheet.count();
        let ink = if self.is_paper { self.sheet.px * self.sheet.px - all } else { all };
        let lost = all - painted.count();
        if lost as f64 > CORNER_SHARE * ink as f64
            || topology_in(&painted.rows, self.sheet.px, !self.is_paper) != self.is
        {
            return false;
        }
        // Of brushes below a pixel the mask is too coarse to show single places.
        let most = PLACE_SHARE * (width * width).max(self.sixteenth * self.sixteenth);
        if (lost as f64) < most {
            return true;
        }
        for (word, own) in painted.rows.iter_mut().zip(&self.sheet.rows) {
            *word = own & !*word;
        }
        (regions(&painted.rows, self.sheet.px, true, true).largest() as f64) < most
    }
}

/// A square of pixels, a bit each: a brush moves over a whole row of them at once.
struct Sheet {
    px: usize,
    /// Words of a row.
    words: usize,
    rows: Vec<u64>,
    /// What the pixels beyond the edge are.
    beyond: bool,
}

impl Sheet {
    fn of(bits: &[bool], px: usize, beyond: bool) -> Self {
        let words = px.div_ceil(WORD);
        let word =
            |piece: &[bool]| piece.iter().enumerate().fold(0, |word, (at, bit)| word | u64::from(*bit) << at);
        let rows = bits.chunks(px).flat_map(|row| row.chunks(WORD).map(word)).collect();
        Self { px, words, rows, beyond }.trimmed()
    }

    /// With the bits behind the last pixel of each row as all beyond the edge.
    fn trimmed(mut self) -> Self {
        let used = self.px - (self.words - 1) * WORD;
        let spare = u64::MAX.checked_shl(used as u32).unwrap_or(0);
        for last in self.rows.iter_mut().skip(self.words - 1).step_by(self.words) {
            *last = if self.beyond { *last | spare } else { *last & !spare };
        }
        self
    }

    /// Set pixels, where nothing is beyond the edge.
    fn count(&self) -> usize {
        self.rows.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// What is not set, and whether that goes on beyond the edge.
    fn inverse(&self, beyond: bool) -> Self {
        let rows = self.rows.iter().map(|word| !word).collect();
        Self { rows, beyond, ..*self }.trimmed()
    }

    /// What a round brush of this radius paints without leaving the set pixels, which may go on beyond the edge, and
    /// half a pixel of grace: pixels are no geometry.
    fn painted(&self, radius: f64, goes_on: bool) -> Self {
        let is_near = |square: f64| square < radius * radius;
        let core = self.inverse(!goes_on).spread(is_near).inverse(goes_on);
        let far = (radius + 0.5) * (radius + 0.5);
        let mut painted = core.spread(|square| square <= far);
        for (word, own) in painted.rows.iter_mut().zip(&self.rows) {
            *word &= own;
        }
        painted
    }

    /// All pixels as near to a set one as is asked of the square of the distance; beyond the edge nothing is known.
    fn spread(&self, is_near: impl Fn(f64) -> bool) -> Self {
        // How far the brush reaches to both sides, in its own row, the next and so on.
        let side = |dy: usize| (0..).take_while(|dx| is_near((dx * dx + dy * dy) as f64)).count();
        let reach: Vec<usize> = (0..).map(side).take_while(|count| *count > 0).collect();
        let fill = if self.beyond { u64::MAX } else { 0 };
        let mut spread =
            Self { px: self.px, words: self.words, rows: vec![0; self.rows.len()], beyond: false };
        let mut wide = vec![0_u64; self.words];
        for y in 0..self.px {
            let row = &self.rows[y * self.words..(y + 1) * self.words];
            wide.copy_from_slice(row);
            let mut by = 0;
            // The rows furthest away take the least.
            for (dy, count) in reach.iter().enumerate().rev() {
                while by + 1 < *count {
                    by += 1;
                    widen(&mut wide, row, by, fill);
                }
                for at in [y.checked_sub(dy), Some(y + dy).filter(|at| *at < self.px)].into_iter().flatten() {
                    for (word, own) in spread.rows[at * self.words..].iter_mut().zip(&wide) {
                        *word |= own;
                    }
                }
            }
        }
        if self.beyond {
            let rim = reach.len().saturating_sub(1).min(self.px);
            spread.rows[..rim * self.words].fill(u64::MAX);
            spread.rows[(self.px - rim) * self.words..].fill(u64::MAX);
        }
        spread.trimmed()
    }
}

/// Adds a row moved by so many pixels to both sides; `fill` comes in from beyond the edges.
fn widen(wide: &mut [u64], row: &[u64], by: usize, fill: u64) {
    let (whole, part) = (by / WORD, (by % WORD) as u32);
    let word = |at: Option<usize>| at.and_then(|at| row.get(at)).copied().unwrap_or(fill);
    let over = |word: u64, away: u32, left: bool| {
        let moved = if left { word.checked_shr(away) } else { word.checked_shl(away) };
        moved.unwrap_or(0)
    };
    for (at, wide) in wide.iter_mut().enumerate() {
        let (low, lower) = (word(at.checked_sub(whole)), word(at.checked_sub(whole + 1)));
        let (high, higher) = (word(Some(at + whole)), word(Some(at + whole + 1)));
        *wide |= low << part | over(lower, u64::BITS - part, true);
        *wide |= high >> part | over(higher, u64::BITS - part, false);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form;
    use crate::raster::mask_of;
    use kurbo::{BezPath, Point};

    fn mask(paths: &[BezPath]) -> Mask {
        mask_of(paths, 1000.0, 1000.0, WIDTHS_PX)
    }

    #[test]
    fn widths_are_those_drawn() {
        // A bar of 125 units is two pixels of sixteen; a gap of 94 is one and a half.
        let bars = [form::rect(100.0, 100.0, 225.0, 900.0), form::rect(319.0, 100.0, 719.0, 900.0)];
        let found = widths(&mask(&bars));
        assert!((found.ink - 2.0).abs() < 0.2, "{found:?}");
        assert!((found.gap - 1.5).abs() < 0.2, "{found:?}");
        let edge = widths(&mask(&[form::rect(0.0, 0.0, 900.0, 62.5)]));
        assert!((edge.ink - 1.0).abs() < 0.25, "{edge:?}");
        let disc = widths(&mask(&[form::circle(Point::new(500.0, 500.0), 450.0)]));
        assert!(disc.ink >= WIDTH_MAX && disc.gap >= WIDTH_MAX, "{disc:?}");
    }

    #[test]
    fn shards_are_thin_ends_not_corners() {
        let square = form::rect(100.0, 100.0, 900.0, 900.0);
        assert!(shards(&mask(&[square])) < 1e-9);
        let corners = [(100.0, 850.0), (900.0, 850.0), (900.0, 600.0)].map(Point::from);
        assert!(shards(&mask(&[form::polygon(&corners)])) > 0.001);
    }
}
