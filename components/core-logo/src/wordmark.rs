//! The name as outlines: shaped and kerned by its font, then spaced by eye, on one line or two.
//!
//! What the font kerns is where letters start. Neighbours whose optical gap (`core_vector::spacing`) is not that of
//! the word then move towards it, within bounds, and none comes nearer than a hair. Letters that hold hands (Arabic,
//! Devanagari) or stand in squares (kanji) stay where their font puts them; marks move with the letter they are on.

use crate::fit::stepped;
use crate::line::lines;
use crate::set::{Row, Setter, is_joined};
use core_brand::check::{Comparison, Severity};
use core_brand::{Check, Design, Drawing, FillRole, FontKey, Shape};
use core_typography::Face;
use core_vector::path;
use core_vector::spacing::{Rhythm, VARIATION_MAX};
use kurbo::Affine;

/// Units per em of a wordmark.
pub const EM: f64 = 1000.0;
/// From one baseline to the next, at least, in em; more where letters rise or hang far.
const LEADING_MIN: f64 = 1.02;
/// Between the ink of two lines, in em.
const LINE_GAP: f64 = 0.16;
/// The height of capitals for scripts that have none, as a share of the ink.
const CAP_OF_INK: f64 = 0.62;
/// Height of the capitals beside a mark, as a share of its side: what the lockups set.
const CAP_BESIDE: f64 = 0.46;
/// The thinnest upright beside a light mark, in thousandths of the mark's side, and how much more beside a heavy one.
const STEM_MIN: f64 = 42.0;
const STEM_MORE: f64 = 34.0;
/// Cuts heavier than this close their counters when small.
const WEIGHT_MAX: u16 = 800;

/// What a grammar does to the name besides setting it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Touch {
    #[default]
    Plain,
    /// The sign that starts at this byte, or sits on the letter there, in the second colour.
    Accent(usize),
    /// The letter at this byte and the next become one figure.
    Join(usize),
}

/// The name, and where its lines stand.
#[derive(Clone, Debug)]
pub struct Wordmark {
    pub drawing: Drawing,
    pub baseline: f64,
    pub cap_height: f64,
    pub right_to_left: bool,
    /// Letters and marks that the face could not draw; none for a checked name.
    pub missing: usize,
    /// The gaps between letters that were spaced by eye.
    pub rhythm: Rhythm,
}

impl Wordmark {
    /// The checks of a concept, each with the number of its law among those of logos.
    #[must_use]
    pub fn checks(&self, id: &str) -> Vec<Check> {
        let check = |what: &str, measured, comparison, threshold, unit: &str, message: &str| {
            Check::new(
                format!("logo.{id}.{what}"),
                Severity::Gate,
                measured,
                comparison,
                threshold,
                unit,
                message,
            )
        };
        let letters = "Letters and marks of the name that the display face could not draw.";
        let spacing =
            "How much the optical gaps between the letters of the name vary, as deviation over mean.";
        let collisions = "Neighbouring letters of the name that touch.";
        let touching = self.rhythm.collisions as f64;
        vec![
            check("l02-letters-missing", self.missing as f64, Comparison::Equal, 0.0, "letters", letters),
            check(
                "l17-spacing",
                self.rhythm.variation(),
                Comparison::AtMost,
                VARIATION_MAX,
                "ratio",
                spacing,
            ),
            check("l17-collisions", touching, Comparison::Equal, 0.0, "pairs", collisions),
        ]
    }
}

/// The cut that a name is set in: that of the design, or the next heavier one that can stand beside its mark.
#[must_use]
pub fn cut(design: &Design) -> FontKey {
    let display = &design.typography.display.key;
    let wanted = STEM_MIN + STEM_MORE * design.guidance.weight.clamp(0.0, 1.0);
    let Some(family) = core_typography::family(&display.family) else { return display.clone() };
    let heavier = family.uprights().filter(|font| (display.weight..=WEIGHT_MAX).contains(&font.key.weight));
    let stands =
        |stem: i32, cap: i32| f64::from(stem) / f64::from(cap.max(1)) * CAP_BESIDE * 1000.0 >= wanted;
    let mut best = None;
    for font in heavier {
        best = Some(&font.key);
        if stands(font.stem, font.cap_height) {
            break;
        }
    }
    best.unwrap_or(display).clone()
}

/// Sets a name.
#[must_use]
pub fn set(face: &Face, name: &str, language: &str, design: &Design, touch: &Touch) -> Wordmark {
    let tracking = if name.chars().any(is_joined) { 0.0 } else { tracking(design) * EM };
    let mut setter = Setter::new(face, language, tracking);
    let lines = lines(face, name, language);
    let rows: Vec<Row> = lines.into_iter().map(|line| setter.row(name, line, touch)).collect();
    let right_to_left = core_typography::is_right_to_left(name);
    let (drawing, baseline) = stack(&rows, right_to_left);
    let ink = rows.iter().map(|row| row.ink.height()).fold(0.0, f64::max);
    let has_capitals =
        name.chars().any(|letter| letter.is_uppercase() || letter.is_lowercase() || letter.is_ascii_digit());
    let cap = if has_capitals { face.cap_height() * EM / face.units_per_em() } else { ink * CAP_OF_INK };
    Wordmark {
        drawing,
        baseline,
        cap_height: path::on_grid(cap.max(1.0)),
        right_to_left,
        missing: setter.missing,
        rhythm: setter.rhythm,
    }
}

/// What the design asks between letters, in em.
fn tracking(design: &Design) -> f64 {
    let sizes = &design.typography.sizes;
    sizes.iter().find(|size| size.role == "display").map_or(0.0, |size| f64::from(size.tracking) / 1000.0)
}

/// The rows under each other in a box tight around the ink, and the baseline of the last. A line's second colour
/// follows its first.
fn stack(rows: &[Row], right_to_left: bool) -> (Drawing, f64) {
    let width = rows.iter().map(|row| row.ink.width()).fold(0.0, f64::max);
    let top = rows.first().map_or(0.0, |row| -row.ink.y0);
    let mut baseline = top;
    let mut shapes = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        if let Some(before) = at.checked_sub(1).and_then(|before| rows.get(before)) {
            baseline += (before.ink.y1 - row.ink.y0 + LINE_GAP * EM).max(LEADING_MIN * EM);
        }
        let x = if right_to_left { width - row.ink.width() } else { 0.0 } - row.ink.x0;
        for (fill, outline) in [(FillRole::Ink, &row.outline), (FillRole::Accent, &row.accent)] {
            let placed = Affine::translate((x, baseline)) * outline.clone();
            if fill == FillRole::Ink || !placed.is_empty() {
                shapes.push(Shape { fill, path: path::write(&stepped(&placed)) });
            }
        }
    }
    let height = baseline + rows.last().map_or(0.0, |row| row.ink.y1);
    let drawing = Drawing { width: path::on_grid(width), height: path::on_grid(height), shapes };
    (drawing, path::on_grid(baseline))
}
