//! Letters carved from a solid square: a block, a few slots, nothing else.

use crate::art::{MIDDLE, Pen, pt};
use core_vector::combine;
use core_vector::form::{self, Cap};
use core_vector::offset::{self, Corner};
use kurbo::{BezPath, Line, PathSeg, Point};

/// One thing taken from the block, in hundredths of its side.
enum Cut {
    /// A slot along these points, as wide as the gap.
    Slot(&'static [(f64, f64)]),
    /// A polygon.
    Wedge(&'static [(f64, f64)]),
}
use Cut::{Slot, Wedge};

/// The round corners of a block (top left, top right, bottom right, bottom left) and what is cut from it.
type Plan = ([u8; 4], &'static [Cut]);

/// The block letter in the square, its corners as round as the taste asks.
#[must_use]
pub(crate) fn draw(pen: &mut Pen, letter: char) -> Option<BezPath> {
    let slot = pen.taste.gap() * pen.between(1.12, 1.45);
    let body = boxed(pen, letter, slot, (1000.0, 1000.0))?;
    // A block a little narrower or wider than square gives each name its own proportion.
    Some(core_vector::transform::scale_xy(pen.own_between(50, 0.7, 1.06), 1.0, MIDDLE) * body)
}

/// The block letter in a box of this size from the origin; letters that are no block of their own are one in a pair.
#[must_use]
pub(crate) fn boxed(pen: &mut Pen, letter: char, slot: f64, (width, height): (f64, f64)) -> Option<BezPath> {
    let is_whole = width == height;
    let (corners, cuts) = plan(letter).or_else(|| plan_in(PAIRED, letter).filter(|_| !is_whole))?;
    let least = width.min(height) / 1000.0;
    let round = (60.0 + 400.0 * (pen.taste.round * pen.between(0.7, 1.1)).min(1.0)) * least;
    let small = pen.taste.corner(70.0) * least;
    let radii = corners.map(|is_round| if is_round > 0 && pen.taste.round > 0.2 { round } else { small });
    let at = [pt(0.0, 0.0), pt(width, 0.0), pt(width, height), pt(0.0, height)];
    let outer: Vec<(Point, f64)> = at.into_iter().zip(radii).collect();
    let block = form::rounded_corners(&outer);
    let carved: Vec<BezPath> =
        cuts.iter().map(|cut| carve(cut, slot, pen.taste.cap(), (width, height))).collect();
    Some(combine::subtract(&block, &carved))
}

fn carve(cut: &Cut, slot: f64, cap: Cap, (width, height): (f64, f64)) -> BezPath {
    let place = |points: &[(f64, f64)]| {
        points.iter().map(|(x, y)| pt(x * width / 100.0, y * height / 100.0)).collect::<Vec<Point>>()
    };
    match cut {
        Wedge(points) => form::polygon(&place(points)),
        Slot(points) => {
            let points = place(points);
            let lines: Vec<PathSeg> =
                points.windows(2).map(|pair| PathSeg::Line(Line::new(pair[0], pair[1]))).collect();
            offset::stroke(&lines, slot, Corner::Sharp, cap)
        }
    }
}

fn plan(letter: char) -> Option<Plan> {
    plan_in(LETTERS, letter)
}

fn plan_in(letters: &[(char, [u8; 4], &'static [Cut])], letter: char) -> Option<Plan> {
    letters.iter().find(|(known, ..)| *known == letter).map(|(_, corners, cuts)| (*corners, *cuts))
}

/// Letters that read as blocks only beside another.
const PAIRED: &[(char, [u8; 4], &[Cut])] = &[
    ('J', [0, 0, 1, 1], &[Wedge(&[(-12.0, -12.0), (54.0, -12.0), (54.0, 58.0), (-12.0, 58.0)])]),
    ('L', [0, 0, 0, 1], &[Wedge(&[(46.0, -12.0), (112.0, -12.0), (112.0, 60.0), (46.0, 60.0)])]),
    (
        'T',
        [0, 0, 0, 0],
        &[
            Wedge(&[(-12.0, 40.0), (29.0, 40.0), (29.0, 112.0), (-12.0, 112.0)]),
            Wedge(&[(112.0, 40.0), (71.0, 40.0), (71.0, 112.0), (112.0, 112.0)]),
        ],
    ),
];

/// Letters whose block would be no more than the letter itself (T, L, I, ...) are left to other hands.
const LETTERS: &[(char, [u8; 4], &[Cut])] = &[
    ('A', [1, 1, 0, 0], &[Slot(&[(50.0, 110.0), (50.0, 72.0)]), Slot(&[(50.0, 32.0), (50.0, 45.0)])]),
    (
        'B',
        [0, 1, 1, 0],
        &[
            Slot(&[(38.0, 30.0), (60.0, 30.0)]),
            Slot(&[(38.0, 70.0), (60.0, 70.0)]),
            Wedge(&[(112.0, 38.0), (82.0, 50.0), (112.0, 62.0)]),
        ],
    ),
    ('C', [1, 1, 1, 1], &[Slot(&[(44.0, 50.0), (112.0, 50.0)])]),
    ('D', [0, 1, 1, 0], &[Slot(&[(46.0, 31.0), (46.0, 69.0)])]),
    ('E', [1, 0, 0, 1], &[Slot(&[(38.0, 33.5), (112.0, 33.5)]), Slot(&[(38.0, 66.5), (112.0, 66.5)])]),
    (
        'F',
        [1, 0, 0, 0],
        &[
            Slot(&[(42.0, 32.0), (112.0, 32.0)]),
            Wedge(&[(46.0, 62.0), (112.0, 62.0), (112.0, 112.0), (46.0, 112.0)]),
        ],
    ),
    ('G', [1, 0, 1, 1], &[Slot(&[(112.0, 34.0), (37.0, 34.0), (37.0, 66.0), (66.0, 66.0)])]),
    ('H', [0, 0, 0, 0], &[Slot(&[(50.0, -12.0), (50.0, 35.0)]), Slot(&[(50.0, 65.0), (50.0, 112.0)])]),
    (
        'K',
        [0, 0, 0, 0],
        &[
            Slot(&[(46.0, -12.0), (46.0, 34.0)]),
            Slot(&[(46.0, 112.0), (46.0, 66.0)]),
            Wedge(&[(112.0, 16.0), (66.0, 50.0), (112.0, 84.0)]),
        ],
    ),
    (
        'M',
        [1, 1, 0, 0],
        &[
            Slot(&[(33.5, 112.0), (33.5, 46.0)]),
            Slot(&[(66.5, 112.0), (66.5, 46.0)]),
            Wedge(&[(36.0, -12.0), (50.0, 20.0), (64.0, -12.0)]),
        ],
    ),
    ('N', [1, 0, 1, 0], &[Slot(&[(65.0, -12.0), (65.0, 58.0)]), Slot(&[(35.0, 112.0), (35.0, 42.0)])]),
    ('O', [1, 1, 1, 1], &[Slot(&[(50.0, 32.0), (50.0, 68.0)])]),
    (
        'P',
        [0, 1, 1, 0],
        &[
            Slot(&[(42.0, 34.0), (58.0, 34.0)]),
            Wedge(&[(46.0, 66.0), (112.0, 66.0), (112.0, 112.0), (46.0, 112.0)]),
        ],
    ),
    ('Q', [1, 1, 0, 1], &[Slot(&[(50.0, 38.0), (50.0, 60.0)]), Slot(&[(70.0, 76.0), (112.0, 76.0)])]),
    (
        'R',
        [0, 1, 0, 0],
        &[
            Slot(&[(42.0, 32.0), (60.0, 32.0)]),
            Slot(&[(50.0, 112.0), (50.0, 70.0)]),
            Wedge(&[(112.0, 48.0), (80.0, 58.0), (112.0, 68.0)]),
        ],
    ),
    ('S', [1, 0, 1, 0], &[Slot(&[(38.0, 33.5), (112.0, 33.5)]), Slot(&[(-12.0, 66.5), (62.0, 66.5)])]),
    ('U', [0, 0, 1, 1], &[Slot(&[(50.0, -12.0), (50.0, 62.0)])]),
    (
        'V',
        [0, 0, 0, 0],
        &[
            Wedge(&[(-12.0, 20.0), (34.0, 112.0), (-12.0, 112.0)]),
            Wedge(&[(112.0, 20.0), (66.0, 112.0), (112.0, 112.0)]),
            Wedge(&[(38.0, -12.0), (62.0, -12.0), (52.0, 54.0), (48.0, 54.0)]),
        ],
    ),
    (
        'W',
        [0, 0, 1, 1],
        &[
            Slot(&[(33.5, -12.0), (33.5, 54.0)]),
            Slot(&[(66.5, -12.0), (66.5, 54.0)]),
            Wedge(&[(36.0, 112.0), (50.0, 80.0), (64.0, 112.0)]),
        ],
    ),
    (
        'X',
        [0, 0, 0, 0],
        &[
            Wedge(&[(30.0, -12.0), (50.0, 30.0), (70.0, -12.0)]),
            Wedge(&[(30.0, 112.0), (50.0, 70.0), (70.0, 112.0)]),
            Wedge(&[(-12.0, 30.0), (30.0, 50.0), (-12.0, 70.0)]),
            Wedge(&[(112.0, 30.0), (70.0, 50.0), (112.0, 70.0)]),
        ],
    ),
    (
        'Y',
        [0, 0, 0, 0],
        &[
            Slot(&[(50.0, -12.0), (50.0, 36.0)]),
            Wedge(&[(-12.0, 48.0), (31.0, 68.0), (31.0, 112.0), (-12.0, 112.0)]),
            Wedge(&[(112.0, 48.0), (69.0, 68.0), (69.0, 112.0), (112.0, 112.0)]),
        ],
    ),
    (
        'Z',
        [0, 0, 0, 0],
        &[
            Wedge(&[(-12.0, 29.0), (54.0, 29.0), (-12.0, 84.0)]),
            Wedge(&[(112.0, 71.0), (46.0, 71.0), (112.0, 16.0)]),
        ],
    ),
    ('0', [1, 1, 1, 1], &[Slot(&[(50.0, 34.0), (50.0, 66.0)])]),
    ('2', [0, 1, 0, 1], &[Slot(&[(-12.0, 33.5), (62.0, 33.5)]), Slot(&[(38.0, 66.5), (112.0, 66.5)])]),
    (
        '3',
        [0, 1, 1, 0],
        &[
            Slot(&[(-12.0, 33.5), (60.0, 33.5)]),
            Slot(&[(-12.0, 66.5), (60.0, 66.5)]),
            Wedge(&[(112.0, 40.0), (86.0, 50.0), (112.0, 60.0)]),
        ],
    ),
    ('5', [0, 0, 1, 0], &[Slot(&[(38.0, 33.5), (112.0, 33.5)]), Slot(&[(-12.0, 66.5), (62.0, 66.5)])]),
    ('6', [1, 0, 1, 1], &[Slot(&[(42.0, 32.0), (112.0, 32.0)]), Slot(&[(42.0, 68.0), (58.0, 68.0)])]),
    ('8', [1, 1, 1, 1], &[Slot(&[(42.0, 30.0), (58.0, 30.0)]), Slot(&[(42.0, 70.0), (58.0, 70.0)])]),
    ('9', [1, 1, 1, 0], &[Slot(&[(42.0, 32.0), (58.0, 32.0)]), Slot(&[(-12.0, 68.0), (58.0, 68.0)])]),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::taste::Taste;
    use core_brand::Rng;
    use core_vector::bezier;

    #[test]
    fn every_block_is_solid_and_plain() {
        for (letter, ..) in LETTERS {
            for round in [0.0, 1.0] {
                let mut rng = Rng::new(u64::from(u32::from(*letter)));
                let mut pen =
                    Pen { rng: &mut rng, taste: Taste { round, weight: 0.5, energy: 0.5 }, lead: 0, own: 1 };
                let block = draw(&mut pen, *letter).unwrap();
                let area = bezier::area(&block).abs();
                assert!((250_000.0..950_000.0).contains(&area), "{letter} {area}");
                assert!(bezier::segments(&block) <= 60, "{letter}");
            }
        }
        let mut rng = Rng::new(1);
        let mut pen =
            Pen { rng: &mut rng, taste: Taste { round: 0.5, weight: 0.5, energy: 0.5 }, lead: 0, own: 1 };
        assert!(draw(&mut pen, 'Ж').is_none() && draw(&mut pen, 'T').is_none());
    }
}
