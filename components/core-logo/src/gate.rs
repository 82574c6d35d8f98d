//! What a mark must pass: one table of what is measured, the gate and the target of each.
//!
//! What has a target beside its gate is measured against both: the target has the same id with `.target`, and is a
//! warning where it is missed. Measures are taken in stages, cheap ones first, and the first gate that fails ends them.

use crate::small::{self, Small};
use core_brand::check::{Comparison, Severity};
use core_brand::{Check, Drawing};
use core_vector::Mask;
use core_vector::measure::{self, Appeal, OneColor, Topology, Widths};
use core_vector::raster;

/// Bytes of path data; with its frame a mark's file stays under eight kilobytes.
const BYTES_MAX: usize = 7_400;
/// Share of the square that may lie in thin points and slivers.
const SHARDS_MAX: f64 = 0.02;
/// Thinnest ink and gap in pixels at a side of 16, in the drawing that is used there.
pub(crate) const WIDTH_MIN: f64 = 1.0;
/// Sides that a mark is tried at, smallest first.
const SIDES: &[u32] = &[16, 20, 24, 32];
/// What stands for a side that is none of these.
const SIDE_NONE: u32 = 48;
/// Where a mark without a special drawing must still hold.
const SIDE_MAX: u32 = 32;
/// The side of the masks that are compared with themselves.
const LOOK_PX: usize = 48;

/// Everything that was measured of a mark.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    pub fills: usize,
    pub segments: usize,
    pub bytes: usize,
    pub complexity: f64,
    pub coverage: f64,
    pub imbalance: f64,
    pub shards: f64,
    pub widths: Widths,
    /// The smallest side at which the mark itself keeps its parts and holes.
    pub px_min: u32,
    /// Parts and holes that the mark itself gains or loses at 16 pixels.
    pub changed: usize,
    pub one_color: OneColor,
    pub symmetry: f64,
    pub appeal: Appeal,
    /// The drawing for 16 pixels, where the mark itself does not hold there and one was found.
    pub small: Option<Small>,
}

/// The gate that a mark failed, by the name it has in checks: `l09-balance`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Refusal {
    pub gate: &'static str,
}

/// How costly a measure is; no gate is asked before what it needs was measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Outline,
    Mask,
    Widths,
    Last,
}

/// One measure with its gate and its target; what has neither is measured for information.
struct Bar {
    id: &'static str,
    stage: Stage,
    of: fn(&Verdict) -> f64,
    comparison: Comparison,
    gate: Option<f64>,
    target: Option<f64>,
    unit: &'static str,
    message: &'static str,
    fix: &'static str,
}

/// A mark that passes every gate; `None` for one that does not.
#[must_use]
pub fn judge(mark: &Drawing) -> Option<Verdict> {
    weigh(mark).and_then(|verdict| settle(verdict, mark)).ok()
}

/// Measures everything of any drawing, foreign ones too, and says each check by name; a failed gate ends nothing.
#[must_use]
pub fn inspect(mark: &Drawing) -> Vec<Check> {
    measured(mark).checks("mark")
}

/// The names of the gates that failed, as in `Refusal`.
#[must_use]
pub fn failed(checks: &[Check]) -> Vec<&str> {
    let failed = checks.iter().filter(|check| check.severity == Severity::Gate && !check.passed);
    failed.filter_map(|check| check.id.rsplit('.').next()).collect()
}

/// Everything but what only the last stage tells, or the first gate that fails.
pub(crate) fn weigh(mark: &Drawing) -> Result<Verdict, Refusal> {
    let mut verdict = Verdict::of_outline(mark);
    verdict.refused(Stage::Outline)?;
    let mask = raster::mask(mark, measure::WIDTHS_PX);
    verdict.add_mask(&mask);
    verdict.refused(Stage::Mask)?;
    verdict.add_widths(mark, &mask);
    verdict.refused(Stage::Widths)?;
    verdict.add_look(&mask);
    Ok(verdict)
}

/// The last stage: one colour, and the drawing for 16 pixels where one is needed.
pub(crate) fn settle(mut verdict: Verdict, mark: &Drawing) -> Result<Verdict, Refusal> {
    verdict.add_last(mark);
    verdict.refused(Stage::Last)?;
    Ok(verdict)
}

fn measured(mark: &Drawing) -> Verdict {
    let mut verdict = Verdict::of_outline(mark);
    let mask = raster::mask(mark, measure::WIDTHS_PX);
    verdict.add_mask(&mask);
    verdict.add_widths(mark, &mask);
    verdict.add_look(&mask);
    verdict.add_last(mark);
    verdict
}

impl Verdict {
    fn of_outline(mark: &Drawing) -> Self {
        Self {
            fills: measure::fills(mark),
            segments: measure::segments(mark),
            bytes: measure::bytes(mark),
            complexity: measure::complexity(mark),
            coverage: 0.0,
            imbalance: 0.0,
            shards: 0.0,
            widths: Widths { ink: 0.0, gap: 0.0 },
            px_min: SIDE_NONE,
            changed: 0,
            one_color: OneColor { likeness: 0.0, lost: 0 },
            symmetry: 0.0,
            appeal: Appeal { balance: 0.0, contrast: 0.0, harmony: 0.0 },
            small: None,
        }
    }

    fn add_mask(&mut self, mask: &Mask) {
        self.coverage = measure::coverage(mask);
        self.imbalance = measure::imbalance(mask);
        self.shards = measure::shards(mask);
    }

    fn add_widths(&mut self, mark: &Drawing, mask: &Mask) {
        self.widths = measure::widths(mask);
        let large = measure::topology(&raster::mask(mark, measure::LARGE_PX));
        self.changed = changed(large, mask, mark);
        self.px_min = if self.changed == 0 {
            SIDES[0]
        } else {
            measure::smallest_side(mark, SIDES).unwrap_or(SIDE_NONE)
        };
    }

    fn add_look(&mut self, mask: &Mask) {
        let mask = mask.reduced(mask.px / LOOK_PX);
        self.symmetry = measure::symmetry(&mask);
        self.appeal = measure::appeal(&mask, self.symmetry);
    }

    fn add_last(&mut self, mark: &Drawing) {
        self.one_color = measure::one_color(mark);
        if !self.holds() {
            self.small = small::draw(mark, self);
        }
    }

    fn refused(&self, stage: Stage) -> Result<(), Refusal> {
        let failed = |bar: &&Bar| bar.stage == stage && bar.gate.is_some_and(|gate| !bar.passes(self, gate));
        BARS.iter().find(failed).map_or(Ok(()), |bar| Err(Refusal { gate: bar.id }))
    }

    /// Whether the mark works at 16 pixels without a special drawing.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.widths.ink >= WIDTH_MIN && self.widths.gap >= WIDTH_MIN && self.changed == 0
    }

    /// The widths of the drawing that is used at 16 pixels.
    fn widths_small(&self) -> Widths {
        self.small.as_ref().map_or(self.widths, |small| small.widths)
    }

    /// How good a mark is among its like: what people find beautiful first, then strong at small sizes and simple.
    #[must_use]
    pub fn score(&self) -> f64 {
        let strength = f64::midpoint(self.widths.ink.min(1.5), self.widths.gap.min(1.5)) / 1.5;
        let holds = f64::from(u8::from(self.holds()));
        let mass = 1.0 - ((self.coverage - 0.46).abs() / 0.34).min(1.0);
        let plain = 1.0 - (self.segments as f64 / 120.0).min(1.0);
        let missed =
            BARS.iter().filter(|bar| bar.target.is_some_and(|target| !bar.passes(self, target))).count();
        0.34 * self.appeal.score() + 0.20 * strength + 0.18 * holds + 0.16 * mass + 0.12 * plain
            - 0.02 * missed as f64
            - 0.10 * self.shards / SHARDS_MAX
    }

    /// The checks of a concept.
    #[must_use]
    pub fn checks(&self, id: &str) -> Vec<Check> {
        BARS.iter().flat_map(|bar| bar.checks(self, &format!("logo.{id}.{}", bar.id))).collect()
    }
}

impl Bar {
    fn passes(&self, verdict: &Verdict, threshold: f64) -> bool {
        let measured = (self.of)(verdict);
        match self.comparison {
            Comparison::AtLeast => measured >= threshold,
            Comparison::AtMost => measured <= threshold,
            Comparison::Equal => measured == threshold,
        }
    }

    fn checks(&self, verdict: &Verdict, id: &str) -> Vec<Check> {
        let measured = (self.of)(verdict);
        let check = |id: String, severity, threshold| {
            Check::new(id, severity, measured, self.comparison, threshold, self.unit, self.message)
                .or(self.fix)
        };
        let gate = self.gate.map(|gate| check(id.to_owned(), Severity::Gate, gate));
        let target = self.target.map(|target| match self.gate {
            Some(_) => check(format!("{id}.target"), Severity::Warn, target),
            None => Check { fix: String::new(), ..check(id.to_owned(), Severity::Info, target) },
        });
        gate.into_iter().chain(target).collect()
    }
}

/// What a drawing fails that only a large picture shows to have other parts.
pub(crate) const CHANGED: Refusal = Refusal { gate: "l06-changed-at-16" };
/// What a drawing fails that is near a mark which somebody has already.
pub(crate) const TAKEN: Refusal = Refusal { gate: "l15-unlike" };
/// The side that parts and holes at 16 pixels are compared with in the end; too slow for every draft.
const FINAL_PX: u32 = 512;

/// Whether a drawing has at 16 pixels all parts and holes of a large picture of it, and none hangs by a hair.
pub(crate) fn keeps(drawing: &Drawing) -> bool {
    let picture = raster::mask(drawing, FINAL_PX);
    let large = measure::topology(&picture);
    let reduced = || raster::mask(drawing, measure::WIDTHS_PX).reduced(measure::WIDTHS_PX as usize / 16);
    measure::is_firm(&picture)
        && measure::keeps_counted(&raster::counted(drawing, 16), large)
        && measure::keeps(&raster::mask(drawing, 16), large)
        && measure::keeps(&reduced(), large)
}

/// Parts and holes gained or lost at 16 pixels; at least one where only a little more or less ink makes the change.
fn changed(large: Topology, mask: &Mask, mark: &Drawing) -> usize {
    let at_16 = mask.reduced(mask.px / 16);
    let found = measure::topology(&at_16);
    let count = large.parts.abs_diff(found.parts) + large.holes.abs_diff(found.holes);
    let is_kept = measure::keeps(&at_16, large) && measure::keeps_counted(&raster::counted(mark, 16), large);
    if is_kept { count } else { count.max(1) }
}

/// Every measure of a mark, in the order in which gates are asked.
const BARS: &[Bar] = &[
    Bar {
        id: "l03-fills",
        stage: Stage::Outline,
        of: |verdict| verdict.fills as f64,
        comparison: Comparison::AtMost,
        gate: Some(3.0),
        target: Some(2.0),
        unit: "fills",
        message: "Different flat fills of the mark.",
        fix: "Draw it with fewer colours.",
    },
    Bar {
        id: "l04-segments",
        stage: Stage::Outline,
        of: |verdict| verdict.segments as f64,
        comparison: Comparison::AtMost,
        gate: Some(200.0),
        target: Some(60.0),
        unit: "segments",
        message: "Lines and curves of the mark: more is illustration.",
        fix: "Leave out what is not needed to know it again.",
    },
    Bar {
        id: "l04-bytes",
        stage: Stage::Outline,
        of: |verdict| verdict.bytes as f64,
        comparison: Comparison::AtMost,
        gate: Some(BYTES_MAX as f64),
        target: None,
        unit: "bytes",
        message: "Path data of the mark.",
        fix: "Leave out what is not needed to know it again.",
    },
    // The band is p1 to p99 of 3470 marks that are in use, and the target p10 to p90: all icons of simple-icons
    // 16.37.0 (CC0, from npm), each joined by `combine::union`, measured by `measure::complexity`.
    Bar {
        id: "l12-complexity-min",
        stage: Stage::Outline,
        of: |verdict| verdict.complexity,
        comparison: Comparison::AtLeast,
        gate: Some(1.87),
        target: Some(3.7),
        unit: "perimeter squared over area, 1 for a disc",
        message: "The mark has enough of a figure to be told from others.",
        fix: "Give the outline one more idea.",
    },
    Bar {
        id: "l12-complexity-max",
        stage: Stage::Outline,
        of: |verdict| verdict.complexity,
        comparison: Comparison::AtMost,
        gate: Some(138.0),
        target: Some(35.7),
        unit: "perimeter squared over area, 1 for a disc",
        message: "The mark is no more elaborate than marks are.",
        fix: "Leave out what is not needed to know it again.",
    },
    Bar {
        id: "l11-coverage-min",
        stage: Stage::Mask,
        of: |verdict| verdict.coverage,
        comparison: Comparison::AtLeast,
        gate: Some(0.12),
        target: Some(0.20),
        unit: "share",
        message: "Share of its square that the mark inks, enough to be seen.",
        fix: "Use it larger than other marks, or make its lines heavier.",
    },
    Bar {
        id: "l11-coverage-max",
        stage: Stage::Mask,
        of: |verdict| verdict.coverage,
        comparison: Comparison::AtMost,
        gate: Some(0.80),
        target: Some(0.65),
        unit: "share",
        message: "Share of its square that the mark inks, little enough to leave a figure.",
        fix: "Use it smaller than other marks, or open it.",
    },
    Bar {
        id: "l09-balance",
        stage: Stage::Mask,
        of: |verdict| verdict.imbalance,
        comparison: Comparison::AtMost,
        gate: Some(0.08),
        target: Some(0.03),
        unit: "diagonals",
        message: "From the middle of the ink to the middle of the square.",
        fix: "Centre it by eye, not by its box.",
    },
    Bar {
        id: "l05-shards",
        stage: Stage::Mask,
        of: |verdict| verdict.shards,
        comparison: Comparison::AtMost,
        gate: Some(SHARDS_MAX),
        target: None,
        unit: "share",
        message: "Share of the square that lies in points and slivers too thin for a brush.",
        fix: "Blunt the thin ends.",
    },
    Bar {
        id: "l06-side-min",
        stage: Stage::Widths,
        of: |verdict| f64::from(verdict.px_min),
        comparison: Comparison::AtMost,
        gate: Some(SIDE_MAX as f64),
        target: Some(16.0),
        unit: "px",
        message: "The smallest side at which the mark itself keeps all its parts and holes.",
        fix: "Use the small drawing below this side.",
    },
    Bar {
        id: "l05-ink-at-32",
        stage: Stage::Widths,
        of: |verdict| verdict.widths.ink * 2.0,
        comparison: Comparison::AtLeast,
        gate: Some(1.0),
        target: None,
        unit: "px",
        message: "The thinnest part of the mark itself at a side of 32 pixels.",
        fix: "Make thin parts heavier.",
    },
    Bar {
        id: "l05-gap-at-32",
        stage: Stage::Widths,
        of: |verdict| verdict.widths.gap * 2.0,
        comparison: Comparison::AtLeast,
        gate: Some(1.0),
        target: None,
        unit: "px",
        message: "The thinnest gap in the mark itself at a side of 32 pixels.",
        fix: "Open narrow gaps.",
    },
    Bar {
        id: "l05-ink-at-16",
        stage: Stage::Last,
        of: |verdict| verdict.widths_small().ink,
        comparison: Comparison::AtLeast,
        gate: Some(WIDTH_MIN),
        target: Some(1.5),
        unit: "px",
        message: "The thinnest part at a side of 16 pixels, in the drawing for that side.",
        fix: "Where it must be this small, print or engrave it larger.",
    },
    Bar {
        id: "l05-gap-at-16",
        stage: Stage::Last,
        of: |verdict| verdict.widths_small().gap,
        comparison: Comparison::AtLeast,
        gate: Some(WIDTH_MIN),
        target: Some(1.5),
        unit: "px",
        message: "The thinnest gap at a side of 16 pixels, in the drawing for that side.",
        fix: "Where it must be this small, print or engrave it larger.",
    },
    Bar {
        id: "l06-changed-at-16",
        stage: Stage::Last,
        of: |verdict| if verdict.small.is_some() { 0.0 } else { verdict.changed as f64 },
        comparison: Comparison::AtMost,
        gate: Some(0.0),
        target: None,
        unit: "parts and holes",
        message: "Parts and holes gained or lost at a side of 16 pixels, in the drawing for that side.",
        fix: "Draw a simpler mark for small sides.",
    },
    Bar {
        id: "l06-holds",
        stage: Stage::Last,
        of: |verdict| f64::from(u8::from(verdict.holds())),
        comparison: Comparison::AtLeast,
        gate: None,
        target: Some(1.0),
        unit: "yes or no",
        message: "The mark itself works at 16 pixels; where it does not, it has a drawing of its own for small sides.",
        fix: "",
    },
    Bar {
        id: "l08-one-colour",
        stage: Stage::Last,
        of: |verdict| verdict.one_color.likeness,
        comparison: Comparison::AtLeast,
        gate: Some(0.98),
        // Pixels are rounded once for each colour: 1.0 but for that.
        target: Some(0.995),
        unit: "share",
        message: "Ink that the mark in one colour shares with the mark in its colours.",
        fix: "Cut the second colour out of the first.",
    },
    Bar {
        id: "l08-parts-lost",
        stage: Stage::Last,
        of: |verdict| verdict.one_color.lost as f64,
        comparison: Comparison::AtMost,
        gate: Some(0.0),
        target: None,
        unit: "parts",
        message: "Parts that cannot be told apart in one colour.",
        fix: "Leave a line of air between the colours.",
    },
    Bar {
        id: "l10-symmetry",
        stage: Stage::Last,
        of: |verdict| verdict.symmetry,
        comparison: Comparison::AtLeast,
        gate: None,
        target: Some(0.90),
        unit: "share",
        message: "The best match of the mark with itself, mirrored or turned.",
        fix: "",
    },
    Bar {
        id: "appeal",
        stage: Stage::Last,
        of: |verdict| verdict.appeal.score(),
        comparison: Comparison::AtLeast,
        gate: None,
        // The median of the marks that the band of complexity is from.
        target: Some(0.74),
        unit: "share",
        message: "Balance, contrast and harmony from pixels alone; it ranks marks and refuses none.",
        fix: "",
    },
];
