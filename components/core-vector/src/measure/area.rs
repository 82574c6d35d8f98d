//! How much ink there is, and where.

use crate::raster::Mask;

/// Share of the square that is ink.
#[must_use]
pub fn coverage(mask: &Mask) -> f64 {
    let sum: u64 = mask.cover.iter().map(|cover| u64::from(*cover)).sum();
    sum as f64 / 255.0 / mask.cover.len().max(1) as f64
}

/// Distance from the middle of the ink to the middle of the square, in diagonals.
#[must_use]
pub fn imbalance(mask: &Mask) -> f64 {
    let (mut x, mut y, mut all) = (0.0, 0.0, 0.0);
    for (at, cover) in mask.cover.iter().enumerate() {
        let weight = f64::from(*cover);
        x += weight * ((at % mask.px) as f64 + 0.5);
        y += weight * ((at / mask.px) as f64 + 0.5);
        all += weight;
    }
    if all == 0.0 {
        return 1.0;
    }
    let half = mask.px as f64 / 2.0;
    let (dx, dy) = (x / all - half, y / all - half);
    (dx * dx + dy * dy).sqrt() / (2.0_f64.sqrt() * mask.px as f64)
}

/// Share of the disc around the ink that the ink covers, its holes filled; 1 for a disc and for a ring.
#[must_use]
pub fn roundness(mask: &Mask) -> f64 {
    let inside = filled(mask);
    let place = |at: usize| ((at % mask.px) as f64 + 0.5, (at / mask.px) as f64 + 0.5);
    let inked = || inside.iter().enumerate().filter(|(_, ink)| **ink).map(|(at, _)| place(at));
    let count = inked().count().max(1) as f64;
    let sum = inked().fold((0.0, 0.0), |sum, (x, y)| (sum.0 + x, sum.1 + y));
    let (x, y) = (sum.0 / count, sum.1 / count);
    let away = |(px, py): (f64, f64)| (px - x) * (px - x) + (py - y) * (py - y);
    // To the middle of the outermost pixel; its edge would make a small disc less round than a large one.
    let reach = inked().map(away).fold(0.25, f64::max);
    count / (std::f64::consts::PI * reach)
}

/// The ink and everything that it encloses.
fn filled(mask: &Mask) -> Vec<bool> {
    let px = mask.px;
    let mut inside = vec![true; px * px];
    let is_edge = |at: &usize| at.is_multiple_of(px) || at % px + 1 == px || *at < px || at + px >= px * px;
    let is_paper = |at: usize| mask.cover[at] < 128;
    let mut open: Vec<usize> = (0..px * px).filter(|at| is_edge(at) && is_paper(*at)).collect();
    while let Some(at) = open.pop() {
        if !inside[at] {
            continue;
        }
        inside[at] = false;
        let (x, y) = (at % px, at / px);
        let beside = [
            (x > 0, at.wrapping_sub(1)),
            (x + 1 < px, at + 1),
            (y > 0, at.wrapping_sub(px)),
            (y + 1 < px, at + px),
        ];
        open.extend(
            beside.into_iter().filter(|(is, at)| *is && inside[*at] && is_paper(*at)).map(|(_, at)| at),
        );
    }
    inside
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
    fn balance_and_coverage() {
        let centred = mask(&[form::circle(Point::new(500.0, 500.0), 300.0)]);
        assert!(imbalance(&centred) < 1e-3);
        assert!((coverage(&centred) - 0.2827).abs() < 1e-3);
        assert!(imbalance(&mask(&[form::circle(Point::new(300.0, 500.0), 200.0)])) > 0.1);
        assert!((imbalance(&mask(&[])) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn discs_and_rings_are_round() {
        let middle = Point::new(500.0, 500.0);
        for round in [form::circle(middle, 480.0), form::ring(middle, 480.0, 300.0)] {
            assert!(roundness(&mask(&[round])) > 0.97);
        }
        for other in [form::squircle(middle, 480.0), form::rect(100.0, 100.0, 900.0, 900.0)] {
            assert!(roundness(&mask(&[other])) < 0.93);
        }
    }
}
