//! How mark and name stand together: six lockups, each set by what the eye weighs.

use crate::name::{Block, Name};
use crate::optics::{self, Piece, Side};
use crate::{combine, form, path};
use core_brand::{Concept, Drawing, FillRole, Shape};
use kurbo::{Affine, BezPath, Point, Rect};

/// The side of the mark in lockups, and of the square one.
pub const SIDE: f64 = 1000.0;
/// Height of the capitals beside a mark of usual weight, as a share of its optical height.
const CAP_BESIDE: f64 = 0.47;
/// The same for names on two lines: together they are nearly as high as the mark.
const CAP_BESIDE_TWO: f64 = 0.335;
/// A name in strokes finer than the mark's is set larger, a heavier one smaller, but not by much: this power of
/// the ratio, inside these bounds.
const WEIGHT_POWER: f64 = 0.13;
const WEIGHT: (f64, f64) = (0.92, 1.16);
/// Between mark and name: so many whites of the face's own, inside these bounds in heights of the capitals.
const GAP_WHITES: f64 = 1.6;
const GAP_BESIDE: (f64, f64) = (0.47, 0.68);
const GAP_OF_BLOCK: f64 = 1.5;
/// How much of the air in a slanted or hollow side counts as gap, and the least that stays.
const RECESS_SHARE: f64 = 0.6;
const GAP_LEAST: f64 = 0.4;
/// Where the name stands: between the middle of its ink and the middle of its capitals.
const MIDDLE_OF_INK: f64 = 0.5;

/// Height of the capitals under the mark, as a share of its side: the shortest names are set largest.
const CAP_UNDER: (f64, f64) = (0.25, 0.4);
/// The width that a name under the mark is brought to where that height allows it, and the most, in sides.
const WIDTH_UNDER: f64 = 1.55;
const WIDTH_UNDER_MAX: f64 = 3.1;
const GAP_UNDER: f64 = 0.92;

/// Inside the square: its air, the most and least of the mark, the largest capitals.
const SQUARE_ROOM: f64 = 0.9 * SIDE;
const SQUARE_MARK: (f64, f64) = (0.42 * SIDE, 0.62 * SIDE);
const SQUARE_CAP_MAX: f64 = 0.19 * SIDE;
/// A further line must make the letters larger by more than this to be worth it.
const LINE_COST: f64 = 0.86;
/// A name of more lines is a paragraph.
const LINES_MAX: usize = 4;

/// The tile of a badge: air around the content and corners, in sides of the mark.
const BADGE_AIR: f64 = 0.28;
const BADGE_CORNER: f64 = 0.13;
/// The name on a badge is not set wider than this many sides, so that the tile stays a badge.
const BADGE_WIDTH_MAX: f64 = 2.0;
/// A tile is not narrower than this share of its height, and not lower than this share of its width.
const BADGE_SHAPE: (f64, f64) = (0.86, 0.6);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lockup {
    /// The mark before the name, in the direction of its script.
    Horizontal,
    /// The mark above the name.
    Stacked,
    Mark,
    Wordmark,
    /// Mark and name in a square of equal sides.
    Square,
    /// Mark and name as one closed figure.
    Badge,
}

impl Lockup {
    pub const ALL: [Self; 6] =
        [Self::Horizontal, Self::Stacked, Self::Mark, Self::Wordmark, Self::Square, Self::Badge];

    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Horizontal => "horizontal",
            Self::Stacked => "stacked",
            Self::Mark => "mark",
            Self::Wordmark => "wordmark",
            Self::Square => "square",
            Self::Badge => "badge",
        }
    }
}

/// A lockup and how large its parts are in it; 0 for a part that is not there or cannot be told from the rest.
#[derive(Clone, Debug)]
pub struct Laid {
    pieces: Vec<Piece>,
    /// What is cut out of the pieces.
    cut: Vec<Piece>,
    pub width: f64,
    pub height: f64,
    /// The side of the mark.
    pub side: f64,
    /// The height of the capitals.
    pub cap: f64,
}

impl Laid {
    /// A drawing as it stands.
    fn alone(of: &Drawing, side: f64, cap: f64) -> Self {
        Self { pieces: optics::pieces(of), cut: Vec::new(), width: of.width, height: of.height, side, cap }
    }

    /// Tight around the ink.
    fn boxed(pieces: &[Piece], cut: &[Piece], side: f64, cap: f64) -> Self {
        let ink = optics::ink(pieces).unwrap_or(Rect::new(0.0, 0.0, SIDE, SIDE));
        let place = Affine::translate(-ink.origin().to_vec2());
        let (pieces, cut) = (moved(pieces, place), moved(cut, place));
        Self { pieces, cut, width: ink.width(), height: ink.height(), side, cap }
    }

    /// One shape for each role, written finely.
    #[must_use]
    pub fn drawing(&self) -> Drawing {
        let cut: Vec<BezPath> = self.cut.iter().map(|(_, outline)| outline.clone()).collect();
        let mut roles: Vec<Piece> = Vec::new();
        for (fill, outline) in &self.pieces {
            let left = if cut.is_empty() { outline.clone() } else { combine::subtract(outline, &cut) };
            match roles.iter_mut().find(|(role, _)| role == fill) {
                Some((_, all)) => all.extend(left),
                None => roles.push((*fill, left)),
            }
        }
        let shape =
            |(fill, outline): &Piece| Shape { fill: *fill, path: path::write(&path::tidied(outline)) };
        let shapes = roles.iter().map(shape).filter(|shape| !shape.path.is_empty()).collect();
        Drawing { width: path::on_grid(self.width), height: path::on_grid(self.height), shapes }
    }
}

/// The drawing of a lockup, its box without clear space.
#[must_use]
pub fn compose(concept: &Concept, lockup: Lockup) -> Drawing {
    lay(concept, lockup).drawing()
}

/// A lockup with the sizes of its parts, not yet written.
#[must_use]
pub fn lay(concept: &Concept, lockup: Lockup) -> Laid {
    match lockup {
        Lockup::Horizontal => horizontal(concept),
        Lockup::Stacked => stacked(concept),
        Lockup::Mark => Laid::alone(&concept.mark, concept.mark.width.max(concept.mark.height), 0.0),
        Lockup::Wordmark => Laid::alone(&concept.wordmark, 0.0, Name::of(concept).cap),
        Lockup::Square => square(concept),
        Lockup::Badge => badge(concept),
    }
}

/// The mark at its size in lockups.
struct Mark {
    pieces: Vec<Piece>,
    ink: Rect,
}

impl Mark {
    fn of(concept: &Concept) -> Self {
        let factor = SIDE / concept.mark.width.max(concept.mark.height).max(1e-9);
        let pieces = moved(&optics::pieces(&concept.mark), Affine::scale(factor));
        let ink = optics::ink(&pieces).unwrap_or(Rect::new(0.0, 0.0, SIDE, SIDE));
        Self { pieces, ink }
    }

    /// As high as it looks: a long low mark looks higher than it is, a narrow one lower.
    fn height(&self) -> f64 {
        let even = (self.ink.width() * self.ink.height()).sqrt();
        (even * self.ink.height()).sqrt()
    }

    /// The middle of the square it was drawn in, where it looks centred.
    fn middle(&self) -> Point {
        Point::new(SIDE / 2.0, SIDE / 2.0)
    }
}

/// How much larger than usual a name is set beside this mark, by the strokes of both.
fn weight(mark: &Mark, name: &Name, word: &[Piece], cap: f64) -> f64 {
    let of_name = optics::stroke(word) * cap / name.cap;
    let ratio = optics::stroke(&mark.pieces) / of_name.max(1e-9);
    libm::pow(ratio.clamp(0.01, 100.0), WEIGHT_POWER).clamp(WEIGHT.0, WEIGHT.1)
}

fn horizontal(concept: &Concept) -> Laid {
    let mark = Mark::of(concept);
    let (name, word) = (Name::of(concept), optics::pieces(&concept.wordmark));
    let usual = mark.height() * if name.lines > 1 { CAP_BESIDE_TWO } else { CAP_BESIDE };
    let cap = usual * weight(&mark, &name, &word, usual);
    let factor = cap / name.cap;
    let gap = gap_beside(concept, &mark, &name, &word, cap);
    let width = concept.wordmark.width * factor;
    let x = if concept.right_to_left { mark.ink.x0 - gap - width } else { mark.ink.x1 + gap };
    let y = mark.middle().y - middle_of_name(concept, &word) * factor;
    let mut pieces = mark.pieces;
    pieces.extend(moved(&word, Affine::translate((x, y)) * Affine::scale(factor)));
    Laid::boxed(&pieces, &[], SIDE, cap)
}

/// Where the eye finds the middle of a wordmark, from its top.
fn middle_of_name(concept: &Concept, name: &[Piece]) -> f64 {
    let height = concept.wordmark.height;
    // Scripts that hang far below the line have their middle in the ink alone.
    let of_box = if concept.right_to_left { height / 2.0 } else { concept.baseline / 2.0 };
    let of_ink = optics::middle(name).map_or(of_box, |middle| middle.y);
    of_box + (of_ink - of_box) * MIDDLE_OF_INK
}

/// From the mark to the name: the white of the face, less the air that both sides bring along.
fn gap_beside(concept: &Concept, mark: &Mark, name: &Name, word: &[Piece], cap: f64) -> f64 {
    let factor = cap / name.cap;
    let lines = name.lines as f64;
    let white = optics::white(word, lines * name.cap) * factor;
    // Two lines are one block, and a block wants more room than a line.
    let cap = if name.lines > 1 { GAP_OF_BLOCK * cap } else { cap };
    let gap = (GAP_WHITES * white).clamp(GAP_BESIDE.0 * cap, GAP_BESIDE.1 * cap);
    let (mark_side, name_side) =
        if concept.right_to_left { (Side::Left, Side::Right) } else { (Side::Right, Side::Left) };
    let half = concept.wordmark.height.min(name.cap * lines) * factor / 2.0;
    let beside = (mark.middle().y - half, mark.middle().y + half);
    let most = GAP_LEAST * cap;
    let air = optics::recess(&mark.pieces, mark_side, beside, most)
        + optics::recess(word, name_side, (0.0, concept.wordmark.height), most / factor) * factor * 0.5;
    (gap - RECESS_SHARE * air).max(GAP_LEAST * cap)
}

fn stacked(concept: &Concept) -> Laid {
    let (pieces, cap) = pile(concept, WIDTH_UNDER_MAX * SIDE);
    Laid::boxed(&pieces, &[], SIDE, cap)
}

/// The mark above the name, not wider than this.
fn pile(concept: &Concept, width_max: f64) -> (Vec<Piece>, f64) {
    let mark = Mark::of(concept);
    let name = Name::of(concept);
    let (block, cap) = under(concept, &mark, &name, width_max);
    let factor = cap / name.cap;
    let gap = gap_under(&mark, &block, factor, cap);
    let place = Affine::translate((
        mark.middle().x - block.width * factor / 2.0,
        mark.ink.y1 + gap - (block.above * factor).min(0.4 * gap),
    ));
    let mut pieces = mark.pieces;
    pieces.extend(moved(&block.pieces, place * Affine::scale(factor)));
    (pieces, cap)
}

/// The lines of a name under the mark, and how high its capitals are: few lines, large enough.
fn under(concept: &Concept, mark: &Mark, name: &Name, width_max: f64) -> (Block, f64) {
    let usual = SIDE * (CAP_UNDER.0 + CAP_UNDER.1) / 2.0;
    let weight = weight(mark, name, &optics::pieces(&concept.wordmark), usual);
    let (least, most) = (SIDE * CAP_UNDER.0 * weight, SIDE * CAP_UNDER.1 * weight);
    let of = |lines: usize| {
        let block = name.block(lines);
        let wide = block.width / name.cap;
        let cap = (WIDTH_UNDER * SIDE / wide.max(1e-9)).clamp(least, most).min(width_max / wide.max(1e-9));
        (block, cap)
    };
    let ways: Vec<(Block, f64)> = (1..=name.lines_max().clamp(1, LINES_MAX)).map(of).collect();
    let worth = |at: &usize| ways[*at].1.min(least) * libm::pow(LINE_COST, *at as f64);
    let at = (0..ways.len()).rev().max_by(|a, b| worth(a).total_cmp(&worth(b))).unwrap_or(0);
    ways.into_iter().nth(at).unwrap_or_else(|| (name.block(1), usual))
}

/// From the mark to the capitals under it; a mark that ends in a point brings air along.
fn gap_under(mark: &Mark, block: &Block, factor: f64, cap: f64) -> f64 {
    let half = block.width * factor / 2.0;
    let beneath = ((mark.middle().x - half).max(mark.ink.x0), (mark.middle().x + half).min(mark.ink.x1));
    let air = optics::recess(&mark.pieces, Side::Bottom, beneath, GAP_LEAST * cap);
    GAP_UNDER * cap - RECESS_SHARE * air
}

fn square(concept: &Concept) -> Laid {
    let mark = Mark::of(concept);
    let name = Name::of(concept);
    let of = |lines: usize| {
        let block = name.block(lines);
        let (wide, high) = (block.width / name.cap, block.height / name.cap);
        let by_height = (SQUARE_ROOM - SQUARE_MARK.0) / (high + GAP_UNDER);
        (block, (SQUARE_ROOM / wide.max(1e-9)).min(by_height).min(SQUARE_CAP_MAX))
    };
    let ways: Vec<(Block, f64)> = (1..=name.lines_max().clamp(1, LINES_MAX)).map(of).collect();
    let worth = |at: &usize| ways[*at].1 * libm::pow(LINE_COST, *at as f64);
    let best = (0..ways.len()).max_by(|a, b| worth(a).total_cmp(&worth(b))).unwrap_or(0);
    let (block, cap) = ways.into_iter().nth(best).unwrap_or_else(|| (name.block(1), SQUARE_CAP_MAX));
    let factor = cap / name.cap;
    // A very small name keeps the air that the mark needs.
    let gap = (GAP_UNDER * cap).max(0.07 * SIDE);
    let high = (SQUARE_ROOM - gap - block.height * factor).min(SQUARE_MARK.1);
    let scale = (high / mark.ink.height()).min(SQUARE_ROOM * 0.86 / mark.ink.width());
    let middle = SIDE / 2.0;
    let top = (SIDE - mark.ink.height() * scale - gap - block.height * factor) / 2.0;
    let place = Affine::translate((middle - mark.middle().x * scale, top - mark.ink.y0 * scale));
    let mut pieces = moved(&mark.pieces, place * Affine::scale(scale));
    let word_y = top + mark.ink.height() * scale + gap;
    let place = Affine::translate((middle - block.width * factor / 2.0, word_y)) * Affine::scale(factor);
    pieces.extend(moved(&block.pieces, place));
    let pieces = in_square(&pieces);
    Laid { pieces, cut: Vec::new(), width: SIDE, height: SIDE, side: SIDE * scale, cap }
}

/// Moved so far towards the middle of its ink as the square's air allows.
fn in_square(pieces: &[Piece]) -> Vec<Piece> {
    let air = (SIDE - SQUARE_ROOM) / 2.0;
    let pull = optics::middle(pieces).zip(optics::ink(pieces)).map_or(0.0, |(middle, ink)| {
        let room = (ink.y0 - air).min(SIDE - air - ink.y1).max(0.0);
        ((SIDE / 2.0 - middle.y) * MIDDLE_OF_INK).clamp(-room, room)
    });
    moved(pieces, Affine::translate((0.0, pull)))
}

/// The badge of the concept; a concept without one gets mark and name cut out of a tile.
fn badge(concept: &Concept) -> Laid {
    if let Some(badge) = &concept.badge {
        return Laid::alone(badge, 0.0, 0.0);
    }
    let (pieces, cap) = pile(concept, BADGE_WIDTH_MAX * SIDE);
    let ink = optics::ink(&pieces).unwrap_or(Rect::new(0.0, 0.0, SIDE, SIDE));
    let air = BADGE_AIR * SIDE;
    let (width, height) = (ink.width() + 2.0 * air, ink.height() + 2.0 * air);
    let (width, height) = (width.max(height * BADGE_SHAPE.0), height.max(width * BADGE_SHAPE.1));
    let tile = Rect::from_center_size(ink.center(), (width, height));
    let corner = BADGE_CORNER * width.min(height);
    let tile = form::rounded_rect(tile.x0, tile.y0, tile.x1, tile.y1, corner);
    Laid::boxed(&[(FillRole::Mark, tile)], &pieces, SIDE, cap)
}

fn moved(pieces: &[Piece], by: Affine) -> Vec<Piece> {
    pieces.iter().map(|(fill, outline)| (*fill, by * outline.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bezier;
    use crate::name::tests as sample;

    #[test]
    fn ids_are_distinct() {
        let ids: std::collections::BTreeSet<_> = Lockup::ALL.into_iter().map(Lockup::id).collect();
        assert_eq!(ids.len(), 6);
    }

    /// A ring as the mark.
    fn logo(lines: &[&str], right_to_left: bool) -> Concept {
        let mut concept = sample::concept(lines, right_to_left);
        let ring = form::ring(Point::new(500.0, 500.0), 500.0, 300.0);
        concept.mark.shapes.push(Shape { fill: FillRole::Mark, path: path::write(&ring) });
        concept
    }

    fn ink_of(drawing: &Drawing, role: FillRole) -> Rect {
        let of: Vec<Piece> = optics::pieces(drawing).into_iter().filter(|(fill, _)| *fill == role).collect();
        optics::ink(&of).unwrap()
    }

    #[test]
    fn the_mark_leads_in_the_direction_of_the_script() {
        for right_to_left in [false, true] {
            let drawing = compose(&logo(&["xxxx xx"], right_to_left), Lockup::Horizontal);
            let (mark, name) = (ink_of(&drawing, FillRole::Mark), ink_of(&drawing, FillRole::Ink));
            assert_eq!(mark.x0 > name.x1, right_to_left, "{mark:?} {name:?}");
            let gap = (name.x0 - mark.x1).max(mark.x0 - name.x1);
            assert!((0.3..0.8).contains(&(gap / name.height())), "{gap}");
            assert!((mark.center().y - name.center().y).abs() < 2.0, "{mark:?} {name:?}");
        }
    }

    #[test]
    fn long_names_break_where_that_makes_them_larger() {
        let long = "xxxxxxxx xxxxxxx xx xxxxxxxxx xxxxxxxxx";
        for lockup in [Lockup::Stacked, Lockup::Square] {
            let (whole, broken) = (logo(&[&long.replace(' ', "x")], false), logo(&[long], false));
            let (whole, broken) = (lay(&whole, lockup), lay(&broken, lockup));
            assert!(broken.cap > 1.8 * whole.cap, "{lockup:?}: {} {}", broken.cap, whole.cap);
            assert!(broken.width <= whole.width);
        }
        // A short one stays on its line.
        let short = lay(&logo(&["xx xx"], false), Lockup::Stacked);
        assert!(ink_of(&short.drawing(), FillRole::Ink).height() <= 1.01 * short.cap);
    }

    #[test]
    fn the_square_is_one_and_holds_everything() {
        for lines in [
            &["x"][..],
            &["xxxx"],
            &["xxxx xxxx", "xxx xxxxxx"],
            &["xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"],
        ] {
            let laid = lay(&logo(lines, false), Lockup::Square);
            let (drawing, side) = (laid.drawing(), laid.side);
            assert!((drawing.width - drawing.height).abs() < 1e-9);
            let ink = optics::ink(&optics::pieces(&drawing)).unwrap();
            let air = ink.x0.min(ink.y0).min(SIDE - ink.x1).min(SIDE - ink.y1);
            assert!(air >= (SIDE - SQUARE_ROOM) / 2.0 - 1.0, "{lines:?}: {ink:?}");
            assert!((SQUARE_MARK.0 - 1.0..=SQUARE_MARK.1 + 1.0).contains(&side), "{lines:?}: {side}");
        }
    }

    #[test]
    fn a_badge_is_the_concepts_own_or_a_tile() {
        let mut concept = logo(&["xxxx"], false);
        let tile = compose(&concept, Lockup::Badge);
        assert_eq!(tile.shapes.len(), 1);
        // Cut out: the ring, its middle, and four letters.
        let outline = path::parse(&tile.shapes[0].path).unwrap();
        assert_eq!(bezier::contours(&outline).len(), 1 + 2 + 4);
        concept.badge = Some(concept.mark.clone());
        let own = lay(&concept, Lockup::Badge);
        assert_eq!((own.width, own.side + own.cap), (1000.0, 0.0));
    }

    #[test]
    fn what_is_drawn_again_is_only_written_more_finely() {
        let shape = Shape { fill: FillRole::Accent, path: "M0 0L5 0L10 0L10 10L0 10Z".into() };
        let before = Drawing { width: 10.0, height: 12.0, shapes: vec![shape] };
        let after = Laid::alone(&before, 10.0, 0.0).drawing();
        assert_eq!((after.width, after.height), (10.0, 12.0));
        assert_eq!(after.shapes[0].path, "M0 0L10 0L10 10L0 10Z");
        let boxed = Laid::boxed(&optics::pieces(&before), &[], 10.0, 0.0).drawing();
        assert_eq!(
            optics::ink(&optics::pieces(&boxed)).unwrap(),
            bezier::bounds(&path::parse("M0 0L10 0L10 10L0 10Z").unwrap())
        );
    }
}
