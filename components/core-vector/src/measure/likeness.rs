//! How much two marks, or a mark and its mirror image, have in common.

use crate::raster::Mask;
use std::f64::consts::PI;
use std::sync::OnceLock;

/// The side of the mask that is hashed.
pub const HASH_PX: usize = 32;
/// Waves of the hash in each direction.
const WAVES: usize = 8;
/// The sheet that is hashed is larger than the mark by this, and the mark lies on it this far from left and top: on
/// the middle of a sheet the waves of what is symmetric would cancel out, and half of the bits be the noise of rounding.
const SHEET: f64 = 1.15;
const ASIDE: [f64; 2] = [0.02, 0.09];
/// Ways to turn a mark into itself: thirds, quarters, fifths, sixths and eighths of a turn.
const TURNS: [u32; 5] = [3, 4, 5, 6, 8];

/// How much two masks have in common: shared ink over all ink.
#[must_use]
pub fn overlap(one: &Mask, other: &Mask) -> f64 {
    let (mut both, mut either) = (0_u64, 0_u64);
    for (a, b) in one.cover.iter().zip(&other.cover) {
        both += u64::from(*a.min(b));
        either += u64::from(*a.max(b));
    }
    if either == 0 { 1.0 } else { both as f64 / either as f64 }
}

/// The mask moved by whole pixels until the middle of its ink is the middle of the square.
#[must_use]
pub fn centred(mask: &Mask) -> Mask {
    let (mut x, mut y, mut all) = (0_u64, 0_u64, 0_u64);
    for (at, cover) in mask.cover.iter().enumerate() {
        let weight = u64::from(*cover);
        x += weight * (2 * (at % mask.px) as u64 + 1);
        y += weight * (2 * (at / mask.px) as u64 + 1);
        all += weight;
    }
    // Sums of whole numbers are the same everywhere; they count half pixels from the left and from the top.
    let px = mask.px as i64;
    let away = |sum: u64| ((sum as f64 / all.max(1) as f64 - px as f64) / 2.0).round() as i64;
    let (dx, dy) = if all == 0 { (0, 0) } else { (away(x), away(y)) };
    let from = |at: usize| {
        let (x, y) = (at as i64 % px + dx, at as i64 / px + dy);
        let is_inside = (0..px).contains(&x) && (0..px).contains(&y);
        if is_inside { mask.cover[(y * px + x) as usize] } else { 0 }
    };
    Mask { px: mask.px, cover: (0..mask.cover.len()).map(from).collect() }
}

/// What a mark looks like from far away, in 64 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hash(pub u64);

impl Hash {
    /// Bits that differ, 0 to 64.
    #[must_use]
    pub fn apart(self, other: Self) -> u32 {
        (self.0 ^ other.0).count_ones()
    }
}

/// The perceptual hash: which of the 64 longest waves that run both ways are stronger than their median.
#[must_use]
pub fn hash(mask: &Mask) -> Hash {
    let waves = waves(&sampled(mask), 1);
    let mut sorted = waves.clone();
    sorted.sort_by(f64::total_cmp);
    let least = sorted[sorted.len() / 2];
    let bit = |(at, wave): (usize, &f64)| u64::from(*wave > least) << at;
    Hash(waves.iter().enumerate().map(bit).sum())
}

/// The perceptual hash as most compute it, of ink that was cut free: the longest waves, those among them that run one way
/// only. Half of its bits are noise where a mark is symmetric, but who looks for twins looks with it.
#[must_use]
pub fn hash_cut_free(mask: &Mask) -> Hash {
    let covers: Vec<f64> = mask.cover.iter().map(|cover| f64::from(*cover) / 255.0).collect();
    let waves = waves(&covers, 0);
    // The first is the ink as a whole.
    let mut sorted = waves[1..].to_vec();
    sorted.sort_by(f64::total_cmp);
    let least = sorted[sorted.len() / 2];
    let bit = |(at, wave): (usize, &f64)| u64::from(*wave > least) << at;
    Hash(waves.iter().enumerate().skip(1).map(bit).sum())
}

/// Covers of 0 to 1 on the sheet that is hashed, each the mean of the pixels of the mask that lie in it.
fn sampled(mask: &Mask) -> Vec<f64> {
    let cell = mask.px as f64 * SHEET / HASH_PX as f64;
    let aside = ASIDE.map(|share| share * mask.px as f64);
    let pixel = |value: f64| value.round().clamp(0.0, mask.px as f64) as usize;
    let span =
        |at: usize, aside: f64| (pixel(at as f64 * cell - aside), pixel((at + 1) as f64 * cell - aside));
    let mean = |(row, column): (usize, usize)| {
        let ((top, bottom), (left, right)) = (span(row, aside[1]), span(column, aside[0]));
        let lines = (top..bottom).map(|y| &mask.cover[y * mask.px + left..y * mask.px + right]);
        let sum: u32 = lines.flatten().map(|cover| u32::from(*cover)).sum();
        f64::from(sum) / 255.0 / (cell * cell)
    };
    (0..HASH_PX * HASH_PX).map(|at| mean((at / HASH_PX, at % HASH_PX))).collect()
}

/// The longest waves of a square by the discrete cosine transform, rows first, from the one of so many halves on.
fn waves(square: &[f64], first: usize) -> Vec<f64> {
    static COSINES: OnceLock<Vec<f64>> = OnceLock::new();
    let cosine = |at: usize| {
        let (wave, x) = ((at / HASH_PX) as f64, (at % HASH_PX) as f64);
        libm::cos(PI * wave * (2.0 * x + 1.0) / (2.0 * HASH_PX as f64))
    };
    let cosines = COSINES.get_or_init(|| (0..(WAVES + 1) * HASH_PX).map(cosine).collect());
    let along = |line: &mut dyn Iterator<Item = f64>, wave: usize| -> f64 {
        let cosines = &cosines[(first + wave) * HASH_PX..(first + wave + 1) * HASH_PX];
        line.zip(cosines).map(|(value, cosine)| value * cosine).sum::<f64>() / HASH_PX as f64
    };
    let across = |at: usize| {
        let (row, wave) = (at / WAVES, at % WAVES);
        along(&mut square[row * HASH_PX..(row + 1) * HASH_PX].iter().copied(), wave)
    };
    let rows: Vec<f64> = (0..HASH_PX * WAVES).map(across).collect();
    let down = |at: usize| along(&mut rows.iter().skip(at % WAVES).step_by(WAVES).copied(), at / WAVES);
    (0..WAVES * WAVES).map(down).collect()
}

/// The best match of the mask with itself mirrored over an axis or turned by a part of a full turn.
#[must_use]
pub fn symmetry(mask: &Mask) -> f64 {
    let (px, last) = (mask.px, mask.px.saturating_sub(1));
    let at = |x: usize, y: usize| mask.cover[y * px + x];
    let mirrored = [
        shared(mask, |x, y| at(last - x, y)),
        shared(mask, |x, y| at(x, last - y)),
        shared(mask, |x, y| at(y, x)),
        shared(mask, |x, y| at(last - y, last - x)),
        shared(mask, |x, y| at(last - x, last - y)),
        shared(mask, |x, y| at(last - y, x)),
    ];
    static PLACES: OnceLock<Turns> = OnceLock::new();
    let known = PLACES.get_or_init(|| Turns::of(px));
    let most = mirrored.into_iter().fold(0.0, f64::max);
    if known.px == px { known.best(mask, most) } else { Turns::of(px).best(mask, most) }
}

/// Shared ink over all ink of a mask and the same moved.
fn shared(mask: &Mask, moved: impl Fn(usize, usize) -> u8) -> f64 {
    let (mut both, mut either) = (0_u64, 0_u64);
    for (y, row) in mask.cover.chunks(mask.px).enumerate() {
        for (x, cover) in row.iter().enumerate() {
            let other = moved(x, y);
            both += u64::from(other.min(*cover));
            either += u64::from(other.max(*cover));
        }
    }
    if either == 0 { 1.0 } else { both as f64 / either as f64 }
}

/// Where each pixel of a square comes from when it is turned about its middle: the same for every mask of a size.
struct Turns {
    px: usize,
    of: Vec<Vec<Place>>,
}

/// The pixel up and left of a place, and how far it is beyond that pixel's middle.
struct Place {
    left: i64,
    top: i64,
    dx: f64,
    dy: f64,
}

impl Turns {
    fn of(px: usize) -> Self {
        let half = px as f64 / 2.0;
        let turned = |parts: &u32| {
            let (sin, cos) = libm::sincos(2.0 * PI / f64::from(*parts));
            let place = |index: usize| {
                let (x, y) = ((index % px) as f64 + 0.5 - half, (index / px) as f64 + 0.5 - half);
                let (x, y) = (cos * x - sin * y + half - 0.5, sin * x + cos * y + half - 0.5);
                let (left, top) = (x.floor(), y.floor());
                Place { left: left as i64, top: top as i64, dx: x - left, dy: y - top }
            };
            (0..px * px).map(place).collect()
        };
        Self { px, of: TURNS.iter().map(turned).collect() }
    }

    /// The best match of the mask with itself turned, or this one; between pixels in proportion.
    fn best(&self, mask: &Mask, least: f64) -> f64 {
        let px = self.px as i64;
        let at = |x: i64, y: i64| {
            let is_inside = (0..px).contains(&x) && (0..px).contains(&y);
            if is_inside { f64::from(mask.cover[(y * px + x) as usize]) } else { 0.0 }
        };
        let cover = |place: &Place| {
            let Place { left, top, dx, dy } = *place;
            let upper = at(left, top) * (1.0 - dx) + at(left + 1, top) * dx;
            let lower = at(left, top + 1) * (1.0 - dx) + at(left + 1, top + 1) * dx;
            // Half a step up and cut off: rounding proper is a call for each pixel.
            (upper * (1.0 - dy) + lower * dy + 0.5) as u8
        };
        let turned = self.of.iter().map(|places| shared(mask, |x, y| cover(&places[y * self.px + x])));
        turned.fold(least, f64::max)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form;
    use crate::raster::{self, mask_of};
    use core_brand::{Drawing, FillRole, Shape};
    use kurbo::{BezPath, Point};

    fn mask(paths: &[BezPath]) -> Mask {
        mask_of(paths, 1000.0, 1000.0, 96)
    }

    #[test]
    fn sees_likeness_and_symmetry() {
        let (a, b) = (form::rect(0.0, 0.0, 1000.0, 500.0), form::rect(0.0, 0.0, 500.0, 1000.0));
        assert!((overlap(&mask(std::slice::from_ref(&a)), &mask(&[b])) - 1.0 / 3.0).abs() < 0.01);
        assert!(symmetry(&mask(&[a])) > 0.99);
        let corner = form::polygon(&[(100.0, 100.0), (900.0, 200.0), (300.0, 700.0)].map(Point::from));
        assert!(symmetry(&mask(&[corner])) < 0.95);
    }

    #[test]
    fn turns_of_any_part_are_symmetric() {
        for corners in [3, 5, 6, 8] {
            let star = form::polygon(&form::star(Point::new(500.0, 500.0), 480.0, 220.0, corners, -77.0));
            let found = symmetry(&mask(&[star]));
            assert!(found > 0.94, "{corners}: {found}");
        }
    }

    #[test]
    fn hashes_are_near_for_what_looks_alike() {
        let disc = |x: f64, r: f64| hash(&centred(&mask(&[form::circle(Point::new(x, 500.0), r)])));
        assert_eq!(disc(500.0, 400.0), disc(500.0, 400.0));
        assert!(disc(500.0, 400.0).apart(disc(520.0, 398.0)) <= 4);
        let bars = [form::rect(60.0, 100.0, 300.0, 900.0), form::rect(560.0, 400.0, 940.0, 900.0)];
        assert!(disc(500.0, 400.0).apart(hash(&centred(&mask(&bars)))) >= 14);
        assert_eq!(hash(&mask(&[])), Hash(0));
        let cut_free = |by: f64| {
            let bars = bars.clone().map(|bar| kurbo::Affine::translate((by, -by)) * bar);
            let shape = Shape {
                fill: FillRole::Mark,
                path: crate::path::write(&bars.into_iter().flatten().collect()),
            };
            let drawing = Drawing { width: 1000.0, height: 1000.0, shapes: vec![shape] };
            hash_cut_free(&raster::cut_free(&drawing, HASH_PX as u32))
        };
        assert!(cut_free(0.0).apart(cut_free(40.0)) <= 2);
        let quarters = [
            hash(&mask(&[form::rect(0.0, 0.0, 500.0, 500.0)])),
            hash(&mask(&[form::rect(500.0, 500.0, 1000.0, 1000.0)])),
        ];
        assert!(quarters[0].apart(quarters[1]) >= 14, "{quarters:?}");
    }

    #[test]
    fn centring_moves_the_ink_and_keeps_it() {
        let aside = mask(&[form::circle(Point::new(300.0, 640.0), 200.0)]);
        let middle = mask(&[form::circle(Point::new(500.0, 500.0), 200.0)]);
        assert!(overlap(&aside, &middle) < 0.5 && overlap(&centred(&aside), &middle) > 0.95);
    }
}
