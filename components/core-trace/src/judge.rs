//! What speaks against a picture becoming a mark, in numbers. What does not hold ends the way.

use crate::color::Found;
use crate::ground::Ground;
use crate::picture::Picture;
use crate::region::Regions;
use core_brand::check::{Comparison, Severity};
use core_brand::{Check, Drawing};
use core_logo::gate;

/// A smaller picture does not show where its edges are.
const SIDE_MIN: usize = 192;
/// Share of the rim that is ground.
const CALM_MIN: f64 = 0.6;
/// Less ink is an empty picture.
const INK_MIN: f64 = 0.01;
/// Share of the ink that is near to one of the fills.
const FLAT_MIN: f64 = 0.8;
/// Share of the edges that are crisp.
const CRISP_MIN: f64 = 0.7;
/// Sides of pixels between regions: a mark with two hundred curves has a third of this; walking them takes time.
const EDGES_MAX: usize = 40_000;

pub(crate) fn large_enough(picture: &Picture) -> Result<(), Vec<Check>> {
    let side = picture.width.min(picture.height);
    at_least("side", side as f64, SIDE_MIN as f64, "px", "The picture is large enough to show its edges.")
        .or("Paint it larger; 1024 pixels are good.")
        .held()
}

pub(crate) fn calm(ground: &Ground) -> Result<(), Vec<Check>> {
    at_least("ground", ground.calm, CALM_MIN, "share", "The rim of the picture is one calm ground.")
        .or("Paint the mark alone on a plain ground, with room around it.")
        .held()
}

pub(crate) fn inked(found: &Found) -> Result<(), Vec<Check>> {
    at_least("ink", found.ink, INK_MIN, "share", "Something stands on the ground, in areas of one colour.")
        .or("Paint a mark of a few large flat areas that differ clearly from the ground.")
        .held()
}

pub(crate) fn few_edges(regions: &Regions) -> Result<(), Vec<Check>> {
    let edges = regions.edges() as f64;
    at_most("edges", edges, EDGES_MAX as f64, "px", "The areas have few and calm edges.")
        .or("Paint less: a mark, not a scene or a texture.")
        .held()
}

pub(crate) fn flat(found: &Found, crisp: f64) -> Result<(), Vec<Check>> {
    let flat = at_least("flat", found.flat, FLAT_MIN, "share", "The ink is made of a few flat colours.");
    let crisp = at_least("crisp", crisp, CRISP_MIN, "share", "The areas end at clear edges.");
    let failed = [flat, crisp].into_iter().filter(|check| !check.passed);
    let failed: Vec<Check> =
        failed.map(|check| check.or("Paint flat areas with hard edges, no shading.")).collect();
    if failed.is_empty() { Ok(()) } else { Err(failed) }
}

/// The gates of drawn marks.
pub(crate) fn mark(drawing: &Drawing) -> Result<Vec<Check>, Vec<Check>> {
    let checks = gate::inspect(drawing);
    let failed: Vec<Check> =
        checks.iter().filter(|check| !check.passed && check.severity == Severity::Gate).cloned().collect();
    if failed.is_empty() { Ok(checks) } else { Err(failed) }
}

trait Held {
    /// Nothing, or the check that does not hold.
    fn held(self) -> Result<(), Vec<Check>>;
}

impl Held for Check {
    fn held(self) -> Result<(), Vec<Check>> {
        if self.passed { Ok(()) } else { Err(vec![self]) }
    }
}

fn at_least(id: &str, measured: f64, threshold: f64, unit: &str, message: &str) -> Check {
    Check::new(format!("trace.{id}"), Severity::Gate, measured, Comparison::AtLeast, threshold, unit, message)
}

fn at_most(id: &str, measured: f64, threshold: f64, unit: &str, message: &str) -> Check {
    Check::new(format!("trace.{id}"), Severity::Gate, measured, Comparison::AtMost, threshold, unit, message)
}
