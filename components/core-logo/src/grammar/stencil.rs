//! The initial as a stencil: bridges hold it together and part it at once.

use super::{Subject, Tile};
use crate::art::{Art, MIDDLE, Pen, Sketch, pt};
use crate::letters::Letter;
use crate::slab;
use core_vector::transform::turn;
use core_vector::{bezier, combine, form};
use kurbo::{BezPath, Rect};

/// Letters without an upright stem in their middle.
const ROUND: &[char] = &['C', 'G', 'O', 'Q', 'S', '0', '3', '6', '8', '9'];

pub(super) fn sketch(pen: &mut Pen, subject: &Subject) -> Option<Sketch> {
    let letter = subject.letter()?;
    match pen.idea(3) {
        0 => Some(bridges(pen, letter)),
        1 => plate(pen, letter),
        _ => quarters(pen, letter),
    }
}

/// Parallel bridges through the letter.
fn bridges(pen: &mut Pen, letter: &Letter) -> Sketch {
    let shape = letter.tall(960.0);
    let gap = pen.taste.gap();
    // An upright cut beside an upright stem leaves a step; round letters take it well.
    let is_round = letter.plain.is_some_and(|letter| ROUND.contains(&letter));
    let degrees =
        if is_round { pen.one(90.0, &[68.0, 0.0]) } else { pen.one(0.0, &[62.0, 118.0, 24.0, -24.0]) };
    let count = if letter.width > 820.0 { pen.count(1, 2) } else { 1 };
    let room = bezier::bounds(&shape);
    let spread = room.width() * pen.between(0.30, 0.38);
    let shift = if count == 1 { pen.between(-90.0, 90.0) } else { 0.0 };
    let cut = |at: usize| {
        let y = 500.0 + shift + spread * (at as f64 - (count as f64 - 1.0) / 2.0);
        turn(degrees, MIDDLE) * form::rect(-700.0, y - gap / 2.0, 1700.0, y + gap / 2.0)
    };
    let cuts: Vec<BezPath> = (0..count).map(cut).collect();
    let parts = combine::subtract(&shape, &cuts);
    let art = if pen.chance(0.5) { first_part(&parts) } else { Art::of(&[parts]) };
    Sketch::new(art, "stencil-bridge").letters(&letter.text)
}

/// The leftmost part of a stencil takes the second colour, unless it is the only one.
fn first_part(path: &BezPath) -> Art {
    let outer: Vec<BezPath> = bezier::contours(path)
        .into_iter()
        .map(|contour| bezier::path(&[contour]))
        .filter(|part| bezier::area(part) * bezier::area(path) > 0.0)
        .collect();
    let left = |part: &BezPath| bezier::bounds(part).center().x;
    let Some(first) = outer.iter().min_by(|a, b| left(a).total_cmp(&left(b))).filter(|_| outer.len() > 1)
    else {
        return Art::of(std::slice::from_ref(path));
    };
    Art {
        main: combine::subtract(path, std::slice::from_ref(first)),
        accent: combine::intersect(path, first),
    }
}

/// A plate with the letter cut through it; bridges keep its inside in place.
fn plate(pen: &mut Pen, letter: &Letter) -> Option<Sketch> {
    let tile = Tile::choose(pen).outline(pen, 0.0);
    let size = pen.between(0.66, 0.72) * 960.0;
    let figure = letter.within(Rect::from_center_size(MIDDLE, (size, size)));
    let degrees = pen.one(90.0, &[0.0, 90.0]);
    let width = pen.taste.gap() * 1.05;
    let bridge = turn(degrees, MIDDLE) * form::rect(-500.0, 500.0 - width / 2.0, 1500.0, 500.0 + width / 2.0);
    let holes = combine::subtract(&figure, &[bridge]);
    let art = combine::subtract(&tile, &[holes]);
    // A bridge that meets no stroke would be no stencil.
    (bezier::contours(&art).len() > 2)
        .then(|| Sketch::new(Art::of(&[art]), "stencil-plate").letters(&letter.text))
}

/// A block letter parted across.
fn quarters(pen: &mut Pen, letter: &Letter) -> Option<Sketch> {
    let body = slab::draw(pen, letter.plain?)?;
    let gap = pen.taste.gap();
    let at = pt(500.0, 500.0);
    let degrees = pen.one(0.0, &[45.0, -45.0, 30.0]);
    let line = turn(degrees, at) * form::rect(-800.0, 500.0 - gap / 2.0, 1800.0, 500.0 + gap / 2.0);
    let side = turn(degrees, at) * form::rect(-800.0, 500.0, 1800.0, 2400.0);
    let parts = combine::subtract(&body, &[line]);
    let (one, other) =
        (combine::subtract(&parts, std::slice::from_ref(&side)), combine::intersect(&parts, &side));
    let art = if pen.chance(0.6) { Art::with(&[one], &[other]) } else { Art::of(&[one, other]) };
    Some(Sketch::new(art, "stencil-block").letters(&letter.text))
}
