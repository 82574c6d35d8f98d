//! What is not there: the letter as the space that a solid shape leaves.

use super::{Subject, Tile};
use crate::art::{Art, MIDDLE, Pen, Sketch};
use crate::letters::Letter;
use core_vector::transform::turn;
use core_vector::{bezier, combine, form, transform};
use kurbo::{Affine, Rect};

/// Less of the tile than this cannot hold a letter between its parts.
const BLEED_LEFT_MIN: f64 = 0.5;
/// Letters that do not hold their place without an outline of their own.
const OPEN: &[char] = &['F', 'I', 'J', 'L', 'T', '1', '7'];

pub(super) fn sketch(pen: &mut Pen, subject: &Subject) -> Option<Sketch> {
    let Some(letter) = subject.letter() else { return motif(pen, subject) };
    match pen.idea(4) {
        0 => bleed(pen, letter),
        1 => Some(counterchange(pen, letter)),
        2 => Some(rising(pen, letter)),
        _ => motif(pen, subject),
    }
}

/// The letter runs out of the tile on two sides, and only its surroundings are drawn.
fn bleed(pen: &mut Pen, letter: &Letter) -> Option<Sketch> {
    // What these leave open is larger than they are: the rest would read as another letter.
    if letter.plain().is_some_and(|letter| OPEN.contains(&letter)) {
        return None;
    }
    let shape = Tile::choose(pen);
    let tile = shape.outline(pen, 0.0);
    let wide = letter.width > 900.0;
    let height =
        if wide { pen.between(700.0, 780.0) / letter.width * 1000.0 } else { pen.between(980.0, 1120.0) };
    let slant = if pen.taste.energy > 0.55 && pen.chance(0.5) { pen.one(-12.0, &[12.0]) } else { 0.0 };
    let figure = turn(slant, MIDDLE) * letter.tall(height);
    let left = combine::subtract(&tile, &[figure]);
    if bezier::area(&left).abs() < BLEED_LEFT_MIN * bezier::area(&tile).abs() {
        return None;
    }
    let art = Art::of(&[left]);
    Some(Sketch::new(art, "negative-bleed").letters(&letter.text))
}

/// Half of the tile is solid; the letter changes sides with it.
fn counterchange(pen: &mut Pen, letter: &Letter) -> Sketch {
    let shape = Tile::choose(pen);
    let tile = shape.outline(pen, 0.0);
    let degrees = pen.one(0.0, &[90.0, 45.0, -45.0, 30.0]);
    let half = turn(degrees, MIDDLE) * form::rect(500.0, -1000.0, 2000.0, 2000.0);
    let side = combine::intersect(&tile, &half);
    let size = pen.between(0.70, 0.80) * 960.0;
    let room = Rect::from_center_size(MIDDLE, (size, size));
    let figure = letter.within(room);
    let solid = combine::subtract(&side, std::slice::from_ref(&figure));
    let free = combine::subtract(&figure, &[half]);
    let art = if pen.chance(0.5) { Art::with(&[solid], &[free]) } else { Art::of(&[solid, free]) };
    Sketch::new(art, "negative-counter").letters(&letter.text)
}

/// The letter stands on the lower edge of the tile and is open to it.
fn rising(pen: &mut Pen, letter: &Letter) -> Sketch {
    // A pointed foot would cut the letter off.
    let shape = match Tile::choose(pen) {
        Tile::Shield | Tile::Hexagon => Tile::Square,
        other => other,
    };
    let tile = shape.outline(pen, 0.0);
    let bounds = bezier::bounds(&tile);
    let height = pen.between(0.6, 0.8) * bounds.height();
    let size = (height / 1000.0).min(0.66 * bounds.width() / letter.width);
    let placed = Affine::translate((500.0 - letter.width * size / 2.0, bounds.y1 - 1000.0 * size + 3.0))
        * Affine::scale(size);
    let figure = placed * letter.path.clone();
    let shifted = Affine::translate((pen.between(-70.0, 70.0), 0.0)) * figure;
    let art = Art::of(&[combine::subtract(&tile, &[shifted])]);
    Sketch::new(art, "negative-rise").letters(&letter.text)
}

/// The trade's motif as a hole in a tile.
fn motif(pen: &mut Pen, subject: &Subject) -> Option<Sketch> {
    let id = subject.motif(pen);
    let (id, draw) = crate::motif::find(id)?;
    let figure = draw(pen).whole();
    let tile = Tile::choose(pen).outline(pen, 0.0);
    let size = pen.between(0.56, 0.64) * 960.0;
    let placed = transform::fitted(&figure, Rect::from_center_size(MIDDLE, (size, size)));
    let art = Art::of(&[combine::subtract(&tile, &[placed])]);
    Some(Sketch::new(art, "negative-motif").motif(id))
}
