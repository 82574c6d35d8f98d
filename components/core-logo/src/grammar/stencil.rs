//! The initial as a stencil: solid pieces with air between them, alone or cut through a plate.

use super::{Subject, Tile};
use crate::art::{Art, MIDDLE, Pen, Sketch, pt};
use crate::letters::Letter;
use core_vector::transform::{fitted, scale_xy, turn};
use core_vector::{bezier, combine, form};
use kurbo::{Affine, BezPath, Point, Rect};

/// Letters without an upright stem in their middle. An upright bridge through an S is the sign of a currency.
const ROUND: &[char] = &['C', 'G', 'O', 'Q', '0', '6', '8', '9'];
/// A part smaller than this share of the letter looks like a crumb.
const PART_MIN: f64 = 0.16;
/// How large the pieces stand in a plate.
const IN_PLATE: f64 = 0.64;

pub(super) fn sketch(pen: &mut Pen, subject: &Subject) -> Option<Sketch> {
    let letter = subject.letter().filter(|letter| !letter.is_stem())?;
    match pen.idea(3) {
        0 => solids(pen, letter),
        1 => plate(pen, letter),
        _ => bridges(pen, letter),
    }
}

/// The letter from a few solid pieces that never touch.
fn solids(pen: &mut Pen, letter: &Letter) -> Option<Sketch> {
    let parts = pieces(pen, letter.plain?)?;
    let wide = pen.own_between(30, 0.58, 1.2);
    let art = Art::of(&parts).moved(core_vector::transform::scale_xy(wide, 1.0, MIDDLE));
    Some(Sketch::new(art, "stencil-solid").letters(&letter.text))
}

/// A plate with the letter cut through it; the air between its pieces is what holds the plate together.
fn plate(pen: &mut Pen, letter: &Letter) -> Option<Sketch> {
    let parts = pieces(pen, letter.plain?)?;
    let tile = Tile::choose(pen).own_outline(pen);
    let size = pen.between(IN_PLATE - 0.04, IN_PLATE + 0.03) * 960.0;
    let whole = fitted(&combine::union(&parts), Rect::from_center_size(MIDDLE, (size * 0.86, size)));
    Some(Sketch::new(Art::of(&[combine::subtract(&tile, &[whole])]), "stencil-plate").letters(&letter.text))
}

/// One bridge through a letter that has no pieces of its own.
fn bridges(pen: &mut Pen, letter: &Letter) -> Option<Sketch> {
    let shape = letter.tall(960.0);
    let gap = pen.taste.gap();
    let is_round = letter.plain.is_some_and(|letter| ROUND.contains(&letter));
    // A letter that has pieces is never only bridged; an upright bridge beside an upright stem leaves a step.
    if letter.plain.is_some() && !is_round || !letter.takes_cuts() {
        return None;
    }
    let degrees = if is_round { 90.0 } else { pen.one(0.0, &[45.0, -45.0, 90.0]) };
    let at = 500.0 + pen.between(-90.0, 90.0);
    let bridge = turn(degrees, MIDDLE) * form::rect(-700.0, at - gap / 2.0, 1700.0, at + gap / 2.0);
    let parts = combine::subtract(&shape, &[bridge]);
    clean(&parts, 2..=4).then(|| Sketch::new(Art::of(&[parts]), "stencil-bridge").letters(&letter.text))
}

/// Whether a letter fell into so many parts and none of them is a crumb.
pub(super) fn clean(path: &BezPath, wanted: std::ops::RangeInclusive<usize>) -> bool {
    let all = bezier::area(path);
    let areas: Vec<f64> = bezier::contours(path)
        .into_iter()
        .map(|contour| bezier::area(&bezier::path(&[contour])) * all.signum())
        .collect();
    let solid: Vec<f64> = areas.into_iter().filter(|area| *area > 0.0).collect();
    wanted.contains(&solid.len()) && solid.iter().all(|area| *area >= PART_MIN * all.abs())
}

/// One piece in a box of hundredths; what it looks like there.
enum Piece {
    Rect(f64, f64, f64, f64),
    /// A quarter disc about a corner of its box: upper left 0, upper right 1, lower right 2, lower left 3.
    Quarter(f64, f64, f64, f64, u8),
    /// A half disc: round to the right 0, downwards 1, to the left 2, upwards 3.
    Half(f64, f64, f64, f64, u8),
    /// A triangle with its right angle in a corner.
    Wedge(f64, f64, f64, f64, u8),
}
use Piece::{Half, Quarter, Wedge};

/// The pieces of a letter, each drawn in by half of the air between them.
fn pieces(pen: &mut Pen, letter: char) -> Option<Vec<BezPath>> {
    let (_, plan) = LETTERS.iter().find(|(known, _)| *known == letter)?;
    let inset = pen.taste.gap() / 2.0;
    // Where a letter has a stem, the name says how wide it is; of all, how high their waist lies.
    let has_stem = matches!(plan.first(), Some(Piece::Rect(0.0, 0.0, 37.0, 100.0)));
    let stem = if has_stem { pen.own_about(32, -7.0, 7.0) } else { 0.0 };
    let waist = pen.own_about(33, -11.0, 11.0);
    let place = |at: Point| pt(bent(at.x, 37.0, stem), bent(at.y, 50.0, waist));
    Some(plan.iter().map(|piece| piece.draw(inset, &place)).collect())
}

/// A place between 0 and 100, moved as the place of the knee moves; both ends stay.
fn bent(at: f64, knee: f64, by: f64) -> f64 {
    if at <= knee { at * (knee + by) / knee } else { at + by * (100.0 - at).max(0.0) / (100.0 - knee) }
}

impl Piece {
    fn draw(&self, inset: f64, place: &impl Fn(Point) -> Point) -> BezPath {
        let (Self::Rect(x0, y0, x1, y1)
        | Quarter(x0, y0, x1, y1, _)
        | Half(x0, y0, x1, y1, _)
        | Wedge(x0, y0, x1, y1, _)) = *self;
        let (from, to) = (place(pt(x0, y0)), place(pt(x1, y1)));
        let to = Rect::new(from.x * 10.0, from.y * 10.0, to.x * 10.0, to.y * 10.0).inset(-inset);
        // In a box of side 1, turned by quarters about its middle.
        let (shape, turns) = match *self {
            Self::Rect(..) => (form::rect(0.0, 0.0, 1.0, 1.0), 0),
            Quarter(.., corner) => (form::sector(pt(0.0, 0.0), 1.0, 0.0, 90.0), corner),
            Half(.., side) => {
                (scale_xy(2.0, 1.0, pt(0.0, 0.5)) * form::segment(pt(0.0, 0.5), 0.5, -90.0, 90.0), side)
            }
            Wedge(.., corner) => (form::polygon(&[pt(0.0, 0.0), pt(1.0, 0.0), pt(0.0, 1.0)]), corner),
        };
        let turned = turn(90.0 * f64::from(turns), pt(0.5, 0.5)) * shape;
        let place = Affine::new([to.width(), 0.0, 0.0, to.height(), to.x0, to.y0]);
        combine::union(&[place * turned])
    }
}

const fn rect(x0: f64, y0: f64, x1: f64, y1: f64) -> Piece {
    Piece::Rect(x0, y0, x1, y1)
}

const STEM: Piece = rect(0.0, 0.0, 37.0, 100.0);

/// Letters as solids; I would be one bar and is left to other hands.
const LETTERS: &[(char, &[Piece])] = &[
    (
        'A',
        &[
            Wedge(0.0, 0.0, 50.0, 60.0, 2),
            Wedge(50.0, 0.0, 100.0, 60.0, 3),
            rect(0.0, 60.0, 38.0, 100.0),
            rect(62.0, 60.0, 100.0, 100.0),
        ],
    ),
    ('B', &[STEM, Half(37.0, 0.0, 92.0, 48.0, 0), Half(37.0, 48.0, 100.0, 100.0, 0)]),
    (
        'C',
        &[
            Half(0.0, 0.0, 56.0, 100.0, 2),
            Quarter(56.0, 0.0, 98.0, 40.0, 3),
            Quarter(56.0, 60.0, 98.0, 100.0, 0),
        ],
    ),
    ('D', &[STEM, Half(37.0, 0.0, 96.0, 100.0, 0)]),
    ('E', &[STEM, rect(37.0, 0.0, 96.0, 31.0), rect(37.0, 34.5, 84.0, 65.5), rect(37.0, 69.0, 96.0, 100.0)]),
    ('F', &[STEM, rect(37.0, 0.0, 96.0, 34.0), rect(37.0, 37.0, 82.0, 68.0)]),
    (
        'G',
        &[Half(0.0, 0.0, 56.0, 100.0, 2), Quarter(56.0, 0.0, 98.0, 40.0, 3), rect(56.0, 52.0, 98.0, 100.0)],
    ),
    ('H', &[STEM, rect(37.0, 33.0, 63.0, 67.0), rect(63.0, 0.0, 100.0, 100.0)]),
    (
        'J',
        &[
            rect(54.0, 0.0, 96.0, 58.0),
            Quarter(54.0, 58.0, 96.0, 100.0, 0),
            Quarter(8.0, 58.0, 54.0, 100.0, 1),
        ],
    ),
    ('K', &[STEM, Wedge(37.0, 0.0, 98.0, 50.0, 2), Wedge(37.0, 50.0, 98.0, 100.0, 1)]),
    ('L', &[STEM, Quarter(37.0, 56.0, 92.0, 100.0, 3)]),
    (
        'M',
        &[
            rect(0.0, 0.0, 29.0, 100.0),
            Wedge(29.0, 0.0, 55.0, 74.0, 1),
            Wedge(55.0, 0.0, 81.0, 74.0, 0),
            rect(81.0, 0.0, 110.0, 100.0),
        ],
    ),
    ('N', &[Wedge(0.0, 0.0, 90.0, 100.0, 3), Wedge(10.0, 0.0, 100.0, 100.0, 1)]),
    ('O', &[Half(0.0, 0.0, 50.0, 100.0, 2), Half(50.0, 0.0, 100.0, 100.0, 0)]),
    ('P', &[STEM, Half(37.0, 0.0, 94.0, 60.0, 0)]),
    (
        'Q',
        &[Half(0.0, 0.0, 50.0, 100.0, 2), Quarter(50.0, 0.0, 100.0, 52.0, 3), rect(50.0, 52.0, 100.0, 100.0)],
    ),
    ('R', &[STEM, Half(37.0, 0.0, 94.0, 52.0, 0), Wedge(37.0, 52.0, 98.0, 100.0, 3)]),
    (
        'S',
        &[
            Half(0.0, 0.0, 50.0, 52.0, 2),
            rect(50.0, 0.0, 94.0, 30.0),
            Half(46.0, 48.0, 96.0, 100.0, 0),
            rect(2.0, 70.0, 46.0, 100.0),
        ],
    ),
    ('T', &[rect(0.0, 0.0, 96.0, 36.0), rect(28.0, 36.0, 68.0, 100.0)]),
    ('U', &[rect(0.0, 0.0, 38.0, 52.0), rect(62.0, 0.0, 100.0, 52.0), Half(0.0, 52.0, 100.0, 100.0, 1)]),
    ('V', &[Wedge(0.0, 0.0, 52.0, 100.0, 1), Wedge(52.0, 0.0, 104.0, 100.0, 0)]),
    (
        'W',
        &[
            Wedge(0.0, 0.0, 32.0, 100.0, 1),
            Wedge(32.0, 0.0, 64.0, 100.0, 0),
            Wedge(60.0, 0.0, 92.0, 100.0, 1),
            Wedge(92.0, 0.0, 124.0, 100.0, 0),
        ],
    ),
    ('X', &[Half(0.0, 0.0, 50.0, 100.0, 0), Half(50.0, 0.0, 100.0, 100.0, 2)]),
    ('Y', &[Wedge(0.0, 0.0, 50.0, 56.0, 1), Wedge(50.0, 0.0, 100.0, 56.0, 0), rect(31.0, 56.0, 69.0, 100.0)]),
    ('Z', &[rect(0.0, 0.0, 96.0, 32.0), Wedge(0.0, 32.0, 96.0, 68.0, 2), rect(0.0, 68.0, 96.0, 100.0)]),
    ('0', &[Half(0.0, 0.0, 44.0, 100.0, 2), Half(44.0, 0.0, 88.0, 100.0, 0)]),
];
