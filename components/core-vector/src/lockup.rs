//! How mark and wordmark stand together.

use crate::{bezier, path};
use core_brand::{Concept, Drawing, FillRole, Shape};
use kurbo::{Affine, Rect};

/// The side of the mark in every lockup.
const SIDE: f64 = 1000.0;
/// Height of the capitals beside the mark, as a share of its side: the mark leads, the name stays readable.
const CAP_BESIDE: f64 = 0.46;
/// The same for names on two lines.
const CAP_BESIDE_TWO: f64 = 0.33;
/// Height of the capitals under the mark.
const CAP_UNDER: f64 = 0.30;
/// A name under the mark is not set wider than this many sides.
const WIDTH_UNDER_MAX: f64 = 3.4;
/// Between mark and name, in heights of the capitals.
const GAP_BESIDE: f64 = 0.72;
const GAP_UNDER: f64 = 0.95;
/// From this height in capitals on a wordmark has two lines.
const TWO_LINES: f64 = 2.35;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lockup {
    /// The mark before the name, in the direction of its script.
    Horizontal,
    /// The mark above the name.
    Stacked,
    Mark,
    Wordmark,
}

impl Lockup {
    pub const ALL: [Self; 4] = [Self::Horizontal, Self::Stacked, Self::Mark, Self::Wordmark];

    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Horizontal => "horizontal",
            Self::Stacked => "stacked",
            Self::Mark => "mark",
            Self::Wordmark => "wordmark",
        }
    }
}

/// The drawing of a lockup, its box without clear space.
#[must_use]
pub fn compose(concept: &Concept, lockup: Lockup) -> Drawing {
    match lockup {
        Lockup::Horizontal => horizontal(concept),
        Lockup::Stacked => stacked(concept),
        Lockup::Mark => concept.mark.clone(),
        Lockup::Wordmark => concept.wordmark.clone(),
    }
}

fn horizontal(concept: &Concept) -> Drawing {
    let two = concept.wordmark.height > TWO_LINES * concept.cap_height;
    let cap = SIDE * if two { CAP_BESIDE_TWO } else { CAP_BESIDE };
    let factor = scale(concept, cap);
    let (width, height) = (concept.wordmark.width * factor, concept.wordmark.height * factor);
    // One line: the middle of the capitals stands on the middle of the mark. Otherwise, and for scripts that
    // hang from or rise above the line, the middle of the ink does.
    let middle =
        if two || concept.right_to_left { height / 2.0 } else { concept.baseline * factor - cap / 2.0 };
    let (mark, ink) = placed_mark(concept);
    let top = (middle - SIDE / 2.0).max(0.0).max(-ink.y0);
    let gap = GAP_BESIDE * cap;
    let (mark_x, word_x) =
        if concept.right_to_left { (width + gap - ink.x0, 0.0) } else { (-ink.x0, ink.width() + gap) };
    let word_y = top + SIDE / 2.0 - middle;
    let mut shapes = moved(&mark, Affine::translate((mark_x, top)));
    shapes
        .extend(moved(&concept.wordmark.shapes, Affine::translate((word_x, word_y)) * Affine::scale(factor)));
    Drawing { width: ink.width() + gap + width, height: (top + SIDE).max(word_y + height), shapes }.on_grid()
}

fn stacked(concept: &Concept) -> Drawing {
    let widest = SIDE * WIDTH_UNDER_MAX / concept.wordmark.width.max(1e-9);
    let factor = scale(concept, SIDE * CAP_UNDER).min(widest);
    let (width, height) = (concept.wordmark.width * factor, concept.wordmark.height * factor);
    let (mark, ink) = placed_mark(concept);
    let gap = GAP_UNDER * SIDE * CAP_UNDER;
    let whole = width.max(ink.width());
    let mark_x = (whole - ink.width()) / 2.0 - ink.x0;
    let word_y = ink.height() + gap;
    let mut shapes = moved(&mark, Affine::translate((mark_x, -ink.y0)));
    // Every line stands in the middle by itself; what is not ink belongs to the line before it.
    for line in concept.wordmark.shapes.chunk_by(|_, next| next.fill != FillRole::Ink) {
        let place = Affine::translate((whole / 2.0 - ink_of(line).center().x * factor, word_y))
            * Affine::scale(factor);
        shapes.extend(moved(line, place));
    }
    Drawing { width: whole, height: word_y + height, shapes }.on_grid()
}

fn scale(concept: &Concept, cap: f64) -> f64 {
    cap / concept.cap_height.max(1e-9)
}

/// The mark at its size in lockups, and the box of its ink.
fn placed_mark(concept: &Concept) -> (Vec<Shape>, Rect) {
    let factor = SIDE / concept.mark.width.max(concept.mark.height).max(1e-9);
    let shapes = moved(&concept.mark.shapes, Affine::scale(factor));
    let ink = if shapes.is_empty() { Rect::new(0.0, 0.0, SIDE, SIDE) } else { ink_of(&shapes) };
    (shapes, ink)
}

/// The box around some shapes.
fn ink_of(shapes: &[Shape]) -> Rect {
    let boxes =
        shapes.iter().filter_map(|shape| path::parse(&shape.path).ok()).map(|path| bezier::bounds(&path));
    boxes.reduce(|all, one| all.union(one)).unwrap_or_default()
}

fn moved(shapes: &[Shape], by: Affine) -> Vec<Shape> {
    // A path that cannot be read stays away rather than standing in the wrong place.
    let one = |shape: &Shape| {
        path::parse(&shape.path).ok().map(|path| Shape { fill: shape.fill, path: path::write(&(by * path)) })
    };
    shapes.iter().filter_map(one).collect()
}

/// Boxes on the grid that paths are written on.
trait OnGrid {
    fn on_grid(self) -> Self;
}

impl OnGrid for Drawing {
    fn on_grid(self) -> Self {
        Self { width: path::on_grid(self.width), height: path::on_grid(self.height), ..self }
    }
}
