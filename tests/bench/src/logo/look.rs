//! Measures of pixels, written a second time and without a look at the first: what the drawing crates say of a mark
//! is checked against these.

use std::collections::BTreeSet;

/// Sides of the square that likeness is judged on, and of the hash.
const LIKENESS_PX: usize = 64;
const HASH_PX: usize = 32;
const HASH_SIDE: usize = 8;

/// Parts of ink and holes in it. `speck` is the size of what is not counted.
pub(super) fn topology(ink: &[bool], px: usize, speck: usize) -> (usize, usize) {
    let side = px + 2;
    // A rim of ground, so that what is outside is one region.
    let mut field = vec![false; side * side];
    for (at, is_ink) in ink.iter().enumerate() {
        field[(at / px + 1) * side + at % px + 1] = *is_ink;
    }
    let parts = regions(&field, side, true).into_iter().filter(|region| region.len() > speck).count();
    let ground: Vec<bool> = field.iter().map(|ink| !ink).collect();
    let holes = regions(&ground, side, false).into_iter().filter(|region| region.len() > speck).count();
    (parts, holes.saturating_sub(1))
}

/// Connected regions of a square field; over corners too where asked.
pub(super) fn regions(field: &[bool], side: usize, corners: bool) -> Vec<Vec<usize>> {
    let mut seen = vec![false; field.len()];
    let mut found = Vec::new();
    for start in 0..field.len() {
        if !field[start] || seen[start] {
            continue;
        }
        seen[start] = true;
        let (mut region, mut next) = (Vec::new(), vec![start]);
        while let Some(at) = next.pop() {
            region.push(at);
            for other in around(at, side, field.len(), corners) {
                if field[other] && !seen[other] {
                    seen[other] = true;
                    next.push(other);
                }
            }
        }
        found.push(region);
    }
    found
}

fn around(at: usize, side: usize, count: usize, corners: bool) -> impl Iterator<Item = usize> {
    let (x, y, rows) = ((at % side) as i64, (at / side) as i64, (count / side) as i64);
    let steps = (-1..=1).flat_map(|dy| (-1..=1).map(move |dx| (dx, dy)));
    let steps = steps.filter(move |(dx, dy)| (*dx != 0 || *dy != 0) && (corners || *dx == 0 || *dy == 0));
    steps.map(move |(dx, dy)| (x + dx, y + dy)).filter_map(move |(x, y)| {
        let is_inside = x >= 0 && y >= 0 && x < side as i64 && y < rows;
        is_inside.then_some((y * side as i64 + x) as usize)
    })
}

/// Whether something of the field is thinner than a disc of this diameter over at least as much as the disc's square:
/// less is a corner, not a part.
pub(super) fn is_thin(field: &[bool], side: usize, diameter: f64) -> bool {
    // Half a pixel for the grid itself.
    let radius = diameter / 2.0 - 0.5;
    let ground: Vec<bool> = field.iter().map(|ink| !ink).collect();
    let depth = distances(&ground, side);
    let core: Vec<bool> = depth.iter().map(|square| *square > radius * radius).collect();
    let reach = distances(&core, side);
    let lost: Vec<bool> = field
        .iter()
        .zip(&reach)
        .map(|(ink, square)| *ink && *square > (radius + 0.75) * (radius + 0.75))
        .collect();
    regions(&lost, side, true).into_iter().any(|region| region.len() as f64 >= diameter * diameter)
}

/// The square of the distance to the nearest cell that is set, exact: one pass down, one across.
fn distances(set: &[bool], side: usize) -> Vec<f64> {
    let far = (2 * side * side) as f64;
    let mut field: Vec<f64> = set.iter().map(|set| if *set { 0.0 } else { far }).collect();
    let rows = field.len() / side;
    for x in 0..side {
        let column: Vec<f64> = (0..rows).map(|y| field[y * side + x]).collect();
        for (y, value) in envelope(&column).into_iter().enumerate() {
            field[y * side + x] = value;
        }
    }
    for row in field.chunks_mut(side) {
        let line = envelope(row);
        row.copy_from_slice(&line);
    }
    field
}

/// The lower envelope of parabolas, one over each value.
fn envelope(values: &[f64]) -> Vec<f64> {
    let meet = |a: usize, b: usize| {
        ((values[b] + (b * b) as f64) - (values[a] + (a * a) as f64)) / (2.0 * (b as f64 - a as f64))
    };
    let (mut tops, mut starts) = (vec![0_usize], vec![f64::NEG_INFINITY]);
    for at in 1..values.len() {
        while let (Some(top), Some(start)) = (tops.last().copied(), starts.last().copied()) {
            let from = meet(top, at);
            if from > start || tops.len() == 1 && start == f64::NEG_INFINITY {
                tops.push(at);
                starts.push(from);
                break;
            }
            tops.pop();
            starts.pop();
        }
    }
    let mut current = 0;
    (0..values.len())
        .map(|at| {
            while starts.get(current + 1).is_some_and(|start| *start < at as f64) {
                current += 1;
            }
            let top = tops[current];
            let away = at as f64 - top as f64;
            values[top] + away * away
        })
        .collect()
}

/// From the middle of the ink to the middle of the square, in diagonals.
pub(super) fn imbalance(alpha: &[u8], px: usize) -> f64 {
    let sum = |weight: &dyn Fn(usize) -> f64| -> f64 {
        alpha.iter().enumerate().map(|(at, alpha)| weight(at) * f64::from(*alpha)).sum()
    };
    let all = sum(&|_| 1.0).max(1e-9);
    let x = sum(&|at| (at % px) as f64 + 0.5) / all - px as f64 / 2.0;
    let y = sum(&|at| (at / px) as f64 + 0.5) / all - px as f64 / 2.0;
    (x * x + y * y).sqrt() / (px as f64 * 2.0_f64.sqrt())
}

pub(super) fn coverage(alpha: &[u8]) -> f64 {
    alpha.iter().map(|alpha| f64::from(*alpha)).sum::<f64>() / 255.0 / alpha.len().max(1) as f64
}

/// The square of the outline over 4 pi times the ink: one for a disc.
pub(super) fn complexity(ink: &[bool], px: usize) -> f64 {
    // The outline of a staircase is longer than the curve it stands for: by 4 over pi in the mean of all directions.
    let at = |x: usize, y: usize| x < px && y < px && ink[y * px + x];
    let (mut edges, mut area) = (0.0_f64, 0.0_f64);
    for y in 0..=px {
        for x in 0..=px {
            edges += f64::from(u8::from(at(x, y) != (x > 0 && at(x - 1, y))));
            edges += f64::from(u8::from(at(x, y) != (y > 0 && at(x, y - 1))));
            area += f64::from(u8::from(at(x, y)));
        }
    }
    let outline = edges * std::f64::consts::FRAC_PI_4;
    outline * outline / (4.0 * std::f64::consts::PI * area.max(1.0))
}

/// The silhouette cut free and put into the middle of a small square, as shares of ink.
pub(super) fn centred(alpha: &[u8], px: usize, out: usize) -> Vec<f64> {
    let ink =
        || alpha.iter().enumerate().filter(|(_, alpha)| **alpha >= 128).map(|(at, _)| (at % px, at / px));
    let (left, right) =
        (ink().map(|p| p.0).min().unwrap_or(0), ink().map(|p| p.0).max().unwrap_or(px - 1) + 1);
    let (top, bottom) =
        (ink().map(|p| p.1).min().unwrap_or(0), ink().map(|p| p.1).max().unwrap_or(px - 1) + 1);
    let side = (right - left).max(bottom - top) as f64;
    let (x0, y0) = ((left + right) as f64 / 2.0 - side / 2.0, (top + bottom) as f64 / 2.0 - side / 2.0);
    let step = side / out as f64;
    let sample = |x: f64, y: f64| {
        if x < 0.0 || y < 0.0 {
            0.0
        } else {
            let at = (x as usize, y as usize);
            if at.0 < px && at.1 < px { f64::from(alpha[at.1 * px + at.0]) / 255.0 } else { 0.0 }
        }
    };
    // Four samples each way are enough for pixels an eighth of the picture's.
    let mean = |column: usize, row: usize| {
        let mut sum = 0.0;
        for sub in 0..16 {
            let (dx, dy) = (f64::from(sub % 4) / 4.0 + 0.125, f64::from(sub / 4) / 4.0 + 0.125);
            sum += sample(x0 + (column as f64 + dx) * step, y0 + (row as f64 + dy) * step);
        }
        sum / 16.0
    };
    (0..out * out).map(|at| mean(at % out, at / out)).collect()
}

/// A silhouette as others are compared with it.
#[derive(Clone)]
pub(super) struct Silhouette {
    bits: Vec<bool>,
    hash: u64,
}

impl Silhouette {
    pub(super) fn of(alpha: &[u8], px: usize) -> Self {
        let bits = centred(alpha, px, LIKENESS_PX).into_iter().map(|share| share >= 0.5).collect();
        Self { bits, hash: hash(&centred(alpha, px, HASH_PX)) }
    }

    /// Shared ink over all ink.
    pub(super) fn likeness(&self, other: &Self) -> f64 {
        let count = |both: bool| {
            let pairs = self.bits.iter().zip(&other.bits);
            pairs.filter(|(a, b)| if both { **a && **b } else { **a || **b }).count() as f64
        };
        count(true) / count(false).max(1.0)
    }

    /// Bits of the hash that differ.
    pub(super) fn apart(&self, other: &Self) -> u32 {
        (self.hash ^ other.hash).count_ones()
    }
}

/// The signs of the lowest frequencies against their median.
fn hash(picture: &[f64]) -> u64 {
    let side = HASH_PX;
    let wave =
        |k: usize, n: usize| libm::cos(std::f64::consts::PI / side as f64 * (n as f64 + 0.5) * k as f64);
    let waves: Vec<Vec<f64>> = (0..HASH_SIDE).map(|k| (0..side).map(|n| wave(k, n)).collect()).collect();
    let mut low = Vec::with_capacity(HASH_SIDE * HASH_SIDE);
    for v in &waves {
        let column: Vec<f64> =
            (0..side).map(|x| (0..side).map(|y| picture[y * side + x] * v[y]).sum()).collect();
        low.extend(waves.iter().map(|u| column.iter().zip(u).map(|(value, wave)| value * wave).sum::<f64>()));
    }
    // The first is the ink as a whole and would only say how heavy the mark is.
    let mut sorted = low[1..].to_vec();
    sorted.sort_by(f64::total_cmp);
    let median = sorted[sorted.len() / 2];
    low.iter().enumerate().skip(1).fold(0, |hash, (bit, value)| hash | u64::from(*value > median) << bit)
}

/// Whether the outline, holes filled, is a disc.
pub(super) fn is_disc(ink: &[bool], px: usize) -> bool {
    let side = px + 2;
    let mut ground = vec![true; side * side];
    for (at, ink) in ink.iter().enumerate() {
        ground[(at / px + 1) * side + at % px + 1] = !ink;
    }
    let outside: BTreeSet<usize> =
        regions(&ground, side, false).into_iter().next().into_iter().flatten().collect();
    let inside: Vec<usize> = (0..side * side).filter(|at| !outside.contains(at)).collect();
    let span = |of: &dyn Fn(usize) -> usize| {
        let (least, most) = (inside.iter().map(|at| of(*at)).min(), inside.iter().map(|at| of(*at)).max());
        most.zip(least).map_or(0, |(most, least)| most + 1 - least) as f64
    };
    let (width, height) = (span(&|at| at % side), span(&|at| at / side));
    let round = inside.len() as f64 / (std::f64::consts::FRAC_PI_4 * width * height).max(1.0);
    (width / height.max(1.0) - 1.0).abs() < 0.03 && (round - 1.0).abs() < 0.02
}

#[cfg(test)]
mod tests {
    use super::*;

    const PX: usize = 64;

    fn field(is_ink: impl Fn(f64, f64) -> bool) -> Vec<bool> {
        (0..PX * PX).map(|at| is_ink((at % PX) as f64 + 0.5, (at / PX) as f64 + 0.5)).collect()
    }

    fn alpha(field: &[bool]) -> Vec<u8> {
        field.iter().map(|ink| if *ink { 255 } else { 0 }).collect()
    }

    fn from_middle(x: f64, y: f64) -> f64 {
        ((x - 32.0) * (x - 32.0) + (y - 32.0) * (y - 32.0)).sqrt()
    }

    #[test]
    fn parts_and_holes_are_counted() {
        let ring = field(|x, y| (16.0..28.0).contains(&from_middle(x, y)));
        assert_eq!(topology(&ring, PX, 0), (1, 1));
        let bars = field(|x, _| ((x / 8.0) as usize).is_multiple_of(2));
        assert_eq!(topology(&bars, PX, 0), (4, 0));
    }

    #[test]
    fn what_is_thin_is_found_and_corners_are_not() {
        let bar = field(|x, y| (10.0..54.0).contains(&x) && (29.0..35.0).contains(&y));
        assert!(is_thin(&bar, PX, 9.0) && !is_thin(&bar, PX, 5.0));
        let square = field(|x, y| (10.0..54.0).contains(&x) && (10.0..54.0).contains(&y));
        assert!(!is_thin(&square, PX, 16.0));
        let disc = field(|x, y| from_middle(x, y) < 24.0);
        assert!(!is_thin(&disc, PX, 30.0) && is_disc(&disc, PX) && !is_disc(&square, PX));
    }

    #[test]
    fn middle_weight_and_outline() {
        let disc = field(|x, y| from_middle(x, y) < 24.0);
        assert!(imbalance(&alpha(&disc), PX) < 0.001);
        assert!((coverage(&alpha(&disc)) - 0.4418).abs() < 0.005);
        assert!((complexity(&disc, PX) - 1.0).abs() < 0.1, "{}", complexity(&disc, PX));
        let corner = field(|x, y| x < 16.0 && y < 16.0);
        assert!((imbalance(&alpha(&corner), PX) - 0.375).abs() < 0.01);
    }

    #[test]
    fn silhouettes_are_compared_where_they_stand() {
        let [one, other, far] = [
            field(|x, y| (4.0..36.0).contains(&x) && (4.0..36.0).contains(&y)),
            field(|x, y| (30.0..62.0).contains(&x) && (20.0..52.0).contains(&y)),
            field(|x, y| {
                (4.0..60.0).contains(&x) && ((x / 8.0) as usize).is_multiple_of(2) && y > 3.0 && y < 60.0
            }),
        ]
        .map(|field| Silhouette::of(&alpha(&field), PX));
        assert!(one.likeness(&other) > 0.98 && one.apart(&other) <= 2);
        assert!(
            one.likeness(&far) < 0.7 && one.apart(&far) > 6,
            "{} {}",
            one.likeness(&far),
            one.apart(&far)
        );
    }
}
