//! What a mark must pass, and how candidates are compared.

use core_brand::check::{Comparison, Severity};
use core_brand::{Check, Drawing};
use core_vector::measure::{self, Widths};
use core_vector::raster;

/// Share of the square that is ink: less is a scribble, more is a block.
pub const COVERAGE: (f64, f64) = (0.12, 0.80);
/// How far the ink may lie off the middle, in diagonals.
pub const IMBALANCE_MAX: f64 = 0.08;
/// Lines and curves: more is illustration.
pub const SEGMENTS_MAX: usize = 200;
/// Bytes of path data; with its frame a mark's file stays under eight kilobytes.
pub const BYTES_MAX: usize = 7_400;
/// Thinnest ink and gap in pixels at a side of 16 for any mark: one pixel at 32.
pub const WIDTH_MIN: f64 = 0.5;
/// The same for a mark that is to work at 16.
pub const WIDTH_WANTED: f64 = 1.0;
/// Share of the square that may lie in thin points and slivers.
pub const SHARDS_MAX: f64 = 0.02;
/// Sides that a mark is tried at, smallest first.
pub const SIDES: &[u32] = &[16, 20, 24, 32, 48];

/// Everything that was measured of a mark.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    pub coverage: f64,
    pub imbalance: f64,
    pub segments: usize,
    pub bytes: usize,
    pub widths: Widths,
    pub px_min: u32,
    pub symmetry: f64,
    pub shards: f64,
}

/// Measures a mark; `None` when it fails a gate. Cheap measures come first.
#[must_use]
pub fn judge(mark: &Drawing) -> Option<Verdict> {
    let segments = measure::segments(mark);
    let bytes = mark.shapes.iter().map(|shape| shape.path.len()).sum();
    if segments > SEGMENTS_MAX || bytes > BYTES_MAX || mark.shapes.is_empty() {
        return None;
    }
    let mask = raster::mask(mark, measure::WIDTHS_PX);
    let (coverage, imbalance) = (measure::coverage(&mask), measure::imbalance(&mask));
    if !(COVERAGE.0..=COVERAGE.1).contains(&coverage) || imbalance > IMBALANCE_MAX {
        return None;
    }
    let px_min = measure::smallest_side(mark, SIDES).filter(|side| *side <= 32)?;
    let widths = measure::widths(&mask);
    if widths.ink < WIDTH_MIN || widths.gap < WIDTH_MIN {
        return None;
    }
    let shards = measure::shards(&mask);
    if shards > SHARDS_MAX {
        return None;
    }
    let symmetry = measure::symmetry(&mask);
    Some(Verdict { coverage, imbalance, segments, bytes, widths, px_min, symmetry, shards })
}

/// Measures everything of any drawing, foreign ones too, and says each check by name; a failed gate ends nothing.
#[must_use]
pub fn inspect(mark: &Drawing) -> Vec<Check> {
    let mask = raster::mask(mark, measure::WIDTHS_PX);
    let verdict = Verdict {
        coverage: measure::coverage(&mask),
        imbalance: measure::imbalance(&mask),
        segments: measure::segments(mark),
        bytes: mark.shapes.iter().map(|shape| shape.path.len()).sum(),
        widths: measure::widths(&mask),
        px_min: measure::smallest_side(mark, SIDES).unwrap_or(64),
        symmetry: measure::symmetry(&mask),
        shards: measure::shards(&mask),
    };
    verdict.checks("mark")
}

impl Verdict {
    /// How good a mark is among its like: strong at small sizes first, then calm, simple, balanced.
    #[must_use]
    pub fn score(&self) -> f64 {
        let strength = (self.widths.ink.min(1.5) / 1.5 + self.widths.gap.min(1.2) / 1.2) / 2.0;
        let holds = if self.holds() { 1.0 } else { 0.0 };
        let small = f64::from(48 - self.px_min.min(48)) / 32.0;
        let mass = 1.0 - ((self.coverage - 0.46).abs() / 0.34).min(1.0);
        let plain = 1.0 - (self.segments as f64 / 120.0).min(1.0);
        let calm = 1.0 - self.imbalance / IMBALANCE_MAX;
        0.26 * strength
            + 0.24 * holds
            + 0.12 * small
            + 0.18 * mass
            + 0.10 * plain
            + 0.05 * calm
            + 0.05 * self.symmetry
            - 0.15 * self.shards / SHARDS_MAX
    }

    /// Whether the mark works at 16 pixels.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.widths.ink >= WIDTH_WANTED && self.widths.gap >= WIDTH_WANTED && self.px_min <= SIDES[1]
    }

    /// The checks of a concept.
    #[must_use]
    pub fn checks(&self, id: &str) -> Vec<Check> {
        use Comparison::{AtLeast, AtMost};
        use Severity::{Gate, Info, Warn};
        let check = |what: &str, severity, measured, comparison, threshold, unit: &str, message: &str| {
            Check::new(format!("logo.{id}.{what}"), severity, measured, comparison, threshold, unit, message)
        };
        let ink = "The thinnest part of the mark at a side of 16 pixels.";
        let gap = "The thinnest gap in the mark at a side of 16 pixels.";
        vec![
            check(
                "coverage-min",
                Gate,
                self.coverage,
                AtLeast,
                COVERAGE.0,
                "share",
                "The mark has enough ink to be seen.",
            ),
            check(
                "coverage-max",
                Gate,
                self.coverage,
                AtMost,
                COVERAGE.1,
                "share",
                "The mark leaves enough of its square free.",
            ),
            check(
                "balance",
                Gate,
                self.imbalance,
                AtMost,
                IMBALANCE_MAX,
                "diagonals",
                "The middle of the ink lies near the middle of the square.",
            ),
            check(
                "segments",
                Gate,
                self.segments as f64,
                AtMost,
                SEGMENTS_MAX as f64,
                "segments",
                "The mark is made of few lines and curves.",
            ),
            check(
                "ink-at-32",
                Gate,
                self.widths.ink * 2.0,
                AtLeast,
                1.0,
                "px",
                "The thinnest part of the mark at a side of 32 pixels.",
            ),
            check(
                "gap-at-32",
                Gate,
                self.widths.gap * 2.0,
                AtLeast,
                1.0,
                "px",
                "The thinnest gap in the mark at a side of 32 pixels.",
            ),
            check("ink-at-16", Warn, self.widths.ink, AtLeast, WIDTH_WANTED, "px", ink),
            check("gap-at-16", Warn, self.widths.gap, AtLeast, WIDTH_WANTED, "px", gap),
            check(
                "side-min",
                Gate,
                f64::from(self.px_min),
                AtMost,
                32.0,
                "px",
                "The smallest side at which the mark keeps all its parts and holes.",
            ),
            check(
                "symmetry",
                Info,
                self.symmetry,
                AtLeast,
                0.0,
                "share",
                "The best match of the mark with itself, mirrored or turned.",
            ),
        ]
    }
}
