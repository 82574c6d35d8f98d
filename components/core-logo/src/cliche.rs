//! What everybody does: signs that a whole trade uses, and what is recognised as made by a machine.
//!
//! The list is our own judgement: a letter in a disc, cream with terracotta, and the display face that goes with them.
//! Which motifs a trade has worn out stands in the brand graph and comes with the design.

use crate::desk::Mark;
use core_brand::Design;
use core_vector::measure;
use core_vector::raster;

/// The face that is taken where nobody chose one.
const FACE: &str = "Playfair Display";
/// OKLCH from and to: a cream ground, and terracotta on it.
const CREAM: [[f64; 3]; 2] = [[0.93, 0.012, 60.0], [0.985, 0.05, 105.0]];
const TERRACOTTA: [[f64; 3]; 2] = [[0.50, 0.09, 28.0], [0.72, 0.18, 52.0]];
/// The side of the mask that is looked at.
const LOOK_PX: u32 = 48;
/// Rounder than this is a disc, as `measure::roundness` counts.
const DISC_MIN: f64 = 0.96;

/// Whether a mark is what everybody draws.
pub(crate) fn is_cliche(design: &Design, mark: &Mark) -> bool {
    let motif = &mark.idea.motif;
    let is_worn = !motif.is_empty() && design.guidance.cliches.contains(motif);
    let is_in_disc = || measure::roundness(&raster::mask(&mark.drawing, LOOK_PX)) >= DISC_MIN;
    is_worn || !mark.idea.letters.is_empty() && is_in_disc()
}

/// What the design itself has of it, counted.
pub(crate) fn of_design(design: &Design) -> u32 {
    let is_in = |id: &str, [least, most]: [[f64; 3]; 2]| {
        let swatch = design.palette.swatch(id);
        swatch.is_some_and(|swatch| (0..3).all(|at| (least[at]..=most[at]).contains(&swatch.oklch[at])))
    };
    let is_earthen = is_in("paper", CREAM) && (is_in("primary", TERRACOTTA) || is_in("accent", TERRACOTTA));
    let is_usual = design.typography.display.key.family == FACE;
    u32::from(is_earthen) + u32::from(is_usual)
}
