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
}
