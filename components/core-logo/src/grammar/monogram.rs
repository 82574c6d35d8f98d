//! The initial, made unmistakable by one move: a cut, a full stop, a block with slots, lines that fade; or two
//! initials that share one square.

use super::stencil::clean;
use super::{Subject, Tile};
use crate::art::{Art, Pen, Sketch, pt};
use crate::letters::Letter;
use crate::slab;
use core_vector::form;
use core_vector::offset::{self, Corner};
use core_vector::transform::{direction, turn};
use core_vector::{bezier, combine};
use kurbo::{Affine, BezPath};

/// Block letters whose lower half is one solid: lines across a counter are a tangle.
const LINED: &[char] = &['U', 'V'];
/// Letters of one round or of slanted strokes, which a slanted cut parts in two.
const SLANTED: &[char] = &['A', 'C', 'O', 'Q', 'S', 'U', 'V', 'W', '0', '3', '8'];
/// A letter less wide than this, at a height of 1000, is one stem.
const NARROW: f64 = 480.0;
/// Letters of a bar and a stem: cut across they are two bars, and nobody reads them.
const BARRED: &[char] = &['F', 'I', 'J', 'L', 'T', 'Y', '1', '4', '7'];
/// How many of the names get the full stop: what everybody has is no sign.
const STOPPED: usize = 3;
/// Letters that are told apart by their right side, which a letter before them would hide.
const RIGHT: &[char] = &['D', 'G', 'O', 'Q', '0'];

pub(super) fn sketch(pen: &mut Pen, subject: &Subject) -> Option<Sketch> {
    let letter = subject.letter()?;
    match pen.idea(5) {
        0 => cut(pen, letter),
        1 => (!letter.is_stem() && pen.own(9, STOPPED) == 0).then(|| full_stop(pen, letter)),
        2 => lines(pen, letter),
        3 => pair(pen, letter, subject.letters.second.as_ref()?),
        _ => block(pen, letter),
    }
}

/// One straight cut of the angles that letters are made of; the parts slide along it by one gap.
fn cut(pen: &mut Pen, letter: &Letter) -> Option<Sketch> {
    // A single stem in two pieces is two blocks.
    if letter.width < NARROW
        || !letter.takes_cuts()
        || letter.plain.is_some_and(|letter| BARRED.contains(&letter))
    {
        return None;
    }
    let shape = letter.tall(960.0);
    let gap = pen.taste.gap();
    let is_slanted = letter.plain.is_none_or(|letter| SLANTED.contains(&letter));
    let degrees = if is_slanted { pen.one(-45.0, &[45.0, -30.0, 30.0]) } else { 0.0 };
    // Straight across, a slide would be a mistake in the print.
    let slide = if is_slanted { gap * pen.one(0.0, &[0.0, 1.0]) } else { 0.0 };
    let at = pt(500.0, pen.one(500.0, &[440.0, 560.0, 380.0, 620.0]));
    let below = turn(degrees, at) * form::rect(-1500.0, at.y, 2500.0, 3000.0);
    let along = slide / 2.0 * direction(degrees);
    let apart = gap / 2.0 * direction(degrees + 90.0);
    let lower = Affine::translate(along + apart) * combine::intersect(&shape, &below);
    let upper = Affine::translate(-along - apart) * combine::subtract(&shape, &[below]);
    // Two halves are an idea, shards are not.
    let is_clean = |half: &BezPath| clean(half, 1..=2);
    if !is_clean(&upper)
        || !is_clean(&lower)
        || !clean(&combine::union(&[upper.clone(), lower.clone()]), 2..=3)
    {
        return None;
    }
    Some(Sketch::new(Art::with(&[upper], &[lower]), "monogram-cut").letters(&letter.text))
}

/// The initial and a full stop: said and done.
fn full_stop(pen: &mut Pen, letter: &Letter) -> Sketch {
    let shape = letter.path.clone();
    // The name decides how loud it is said.
    let radius = pen.own_about(60, 96.0, 196.0);
    let center = pt(letter.width + pen.taste.gap() + radius, 1000.0 - radius);
    let square = form::rect(center.x - radius, center.y - radius, center.x + radius, center.y + radius);
    let dot = match (pen.taste.round > 0.35, pen.own(61, 3)) {
        (true, 0) => Tile::drop(center, radius),
        (true, _) => form::circle(center, radius),
        (false, 0) => turn(45.0, center) * square,
        (false, _) => square,
    };
    let room = offset::grow(&dot, pen.taste.gap(), Corner::Round);
    // A stop set into the letter's own foot binds the two.
    let (shape, dot) = if pen.chance(0.5) {
        let back = Affine::translate((-(radius * 1.25), 0.0));
        (combine::subtract(&shape, &[back * room]), back * dot)
    } else {
        (shape, dot)
    };
    Sketch::new(Art::with(&[shape], &[dot]), "monogram-stop").letters(&letter.text)
}

/// A solid block letter whose lower part dissolves into lines, each thinner than the one above.
fn lines(pen: &mut Pen, letter: &Letter) -> Option<Sketch> {
    let shape = slab::draw(pen, letter.plain.filter(|letter| LINED.contains(letter))?)?;
    let gap = pen.taste.gap();
    let bounds = bezier::bounds(&shape);
    let mut cuts = Vec::new();
    let mut y = bounds.y0 + bounds.height() * pen.one(0.44, &[0.5, 0.56]);
    let mut bar = pen.between(112.0, 128.0);
    while y + gap + 60.0 < bounds.y1 {
        cuts.push(form::rect(-600.0, y, 1600.0, y + gap));
        y += gap + bar;
        bar = f64::max(bar - 18.0, 72.0);
    }
    let art = combine::subtract(&shape, &cuts);
    (bezier::contours(&art).len() <= 12)
        .then(|| Sketch::new(Art::of(&[art]), "monogram-lines").letters(&letter.text))
}

/// Two initials: as blocks that fill one square, or the second before the first.
fn pair(pen: &mut Pen, first: &Letter, second: &Letter) -> Option<Sketch> {
    let letters = format!("{}{}", first.text, second.text);
    let blocks = first.plain.zip(second.plain).and_then(|(one, other)| square(pen, one, other));
    match blocks {
        Some(art) => Some(Sketch::new(art, "monogram-square").letters(&letters)),
        None => fused(pen, first, second).map(|art| Sketch::new(art, "monogram-pair").letters(&letters)),
    }
}

/// Two block letters share one square, side by side: one on the other they are read as one strange letter.
fn square(pen: &mut Pen, first: char, second: char) -> Option<Art> {
    let gap = pen.taste.gap();
    let share = pen.one(0.5, &[0.44, 0.56]);
    let (one, other) = ((1000.0 - gap) * share, (1000.0 - gap) * (1.0 - share));
    let a = slab::boxed(pen, first, gap, (one, 1000.0))?;
    let b = slab::boxed(pen, second, gap, (other, 1000.0))?;
    Some(Art::with(&[a], &[Affine::translate((one + gap, 0.0)) * b]))
}

/// The second initial before the first on one line, air around it.
fn fused(pen: &mut Pen, first: &Letter, second: &Letter) -> Option<Art> {
    // Joined scripts do not stand letters before each other; some are told apart by the side that would be hidden.
    let is_hidden = first.plain.is_some_and(|letter| RIGHT.contains(&letter));
    if core_typography::is_right_to_left(&first.text) || is_hidden {
        return None;
    }
    let before = Affine::translate((pen.between(0.66, 0.78) * first.width, 0.0)) * second.path.clone();
    let room = offset::grow(&before, pen.taste.gap(), Corner::Sharp);
    let rest = combine::subtract(&first.path, &[room]);
    let left = bezier::area(&rest).abs() / bezier::area(&first.path).abs().max(1.0);
    // Enough of the first letter must stay to be read, in one piece.
    (left > 0.55 && clean(&rest, 1..=1)).then(|| Art::with(&[rest], &[before]))
}

/// A solid block that a few slots turn into the letter.
fn block(pen: &mut Pen, letter: &Letter) -> Option<Sketch> {
    // The tail of a Q needs more than a slot.
    let plain = letter.plain.filter(|letter| *letter != 'Q')?;
    let body = slab::draw(pen, plain)?;
    Some(Sketch::new(Art::of(&[body]), "monogram-block").letters(&letter.text))
}
