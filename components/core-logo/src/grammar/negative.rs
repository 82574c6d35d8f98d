//! What is not there: the letter as the space that a solid shape leaves.

use super::{Subject, Tile};
use crate::art::{Art, MIDDLE, Pen, Sketch};
use crate::letters::Letter;
use core_vector::raster::{self, Mask};
use core_vector::transform::turn;
use core_vector::{bezier, combine, form, measure, transform};
use kurbo::{Affine, BezPath, Rect};

/// Less of the tile than this cannot hold a letter between its parts.
const BLEED_LEFT_MIN: f64 = 0.5;
/// Rows that a letter is cut into to see what it stands on.
const ROWS: usize = 64;
/// Outlines around a letter. A disc is not among them: a letter in a disc is anybody's.
const ROUND: &[Tile] = &[Tile::Drop, Tile::Squircle, Tile::Leaf, Tile::Arch];
const SHARP: &[Tile] = &[Tile::Square, Tile::Hexagon, Tile::Leaf, Tile::Shield, Tile::Octagon];
/// At the upper edge, just below it, and below where serifs are.
const HEAD: [usize; 3] = [0, 3, 11];
/// At the lower edge, just above it, and above where serifs are.
const FOOT: [usize; 3] = [63, 60, 52];
/// How much the ends of stems may differ in width at the edge and just before it: a bowl differs by half.
const TAPER_MAX: f64 = 0.12;
/// How much wider a letter may be at its edge than above it: serifs are wider and leave shards on a tile.
const FLARE_MAX: f64 = 1.15;
/// How much of its own mirror image a letter that changes sides must be.
const EVEN_MIN: f64 = 0.86;
/// How much of a letter that changes sides must lie in its tile.
const INSIDE_MIN: f64 = 0.995;
/// Letters with no more than a bar in their middle: halves of them are stems.
const STEMS: &[char] = &['H', 'I', 'N', '1'];
/// Letters that do not hold their place without an outline of their own.
const OPEN: &[char] = &['F', 'I', 'J', 'L', 'T', '1', '7'];

pub(super) fn sketch(pen: &mut Pen, subject: &Subject) -> Option<Sketch> {
    let letter = subject.letter().filter(|letter| !letter.is_stem());
    let Some(letter) = letter else { return motif(pen, subject) };
    match pen.idea(4) {
        0 => bleed(pen, letter),
        1 => counterchange(pen, letter),
        2 => rising(pen, letter),
        _ => motif(pen, subject),
    }
}

/// Only the surroundings of the letter are drawn.
fn bleed(pen: &mut Pen, letter: &Letter) -> Option<Sketch> {
    // What some letters leave open is larger than they are: the rest would read as another letter. Of the others
    // only whole stems cross an edge cleanly; a bowl or a serif leaves crumbs of the tile.
    let rows = Rows::of(letter);
    let is_open = letter.plain.is_some_and(|letter| OPEN.contains(&letter));
    let is_clean = letter.takes_cuts() && rows.is_cut_clean(&HEAD) && rows.is_cut_clean(&FOOT);
    if is_open || !is_clean { Some(inside(pen, letter)) } else { through(pen, letter) }
}

/// The letter keeps clear of the edges on all sides.
fn inside(pen: &mut Pen, letter: &Letter) -> Sketch {
    // The name decides the outline, not the try: chance would always end at the calmest one.
    let shapes = if pen.taste.is_round() { ROUND } else { SHARP };
    let shape = shapes.get(pen.lead / 4 % shapes.len()).copied().unwrap_or(Tile::Squircle);
    let tile = shape.own_outline(pen);
    let figure = letter.within(room(&tile, pen.own_about(87, 0.54, 0.72)));
    let art = Art::of(&[combine::subtract(&tile, &[figure])]);
    // A whole letter on a whole tile is the sign of many an app.
    Sketch::new(art, "negative-bleed").letters(&letter.text).usual()
}

/// What a tile has room for: this share of its box, about the middle.
fn room(tile: &BezPath, share: f64) -> Rect {
    let bounds = bezier::bounds(tile);
    Rect::from_center_size(MIDDLE, (bounds.width() * share, bounds.height() * share))
}

/// The letter runs out of the tile at head and foot.
fn through(pen: &mut Pen, letter: &Letter) -> Option<Sketch> {
    let tile = flat(Tile::choose(pen)).own_outline(pen);
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
fn counterchange(pen: &mut Pen, letter: &Letter) -> Option<Sketch> {
    // Uneven halves do not read as one letter, and half a tile with one stem reads as another.
    if Rows::of(letter).evenness() < EVEN_MIN
        || !letter.takes_cuts()
        || letter.plain.is_some_and(|letter| STEMS.contains(&letter))
    {
        return None;
    }
    // Half of anything else than a box leaves spikes beside the letter.
    let shape = if pen.taste.is_round() { Tile::Squircle } else { Tile::Square };
    let tile = shape.own_outline(pen);
    // Halves that run along no stem cut letters into needles. A line of air keeps them apart: corners that meet in a
    // point are one part to some eyes and two to others.
    let air = pen.taste.gap() * 0.96;
    let is_right = pen.own(90, 2) == 0;
    let from = |by: f64| match is_right {
        true => form::rect(500.0 + by, -1000.0, 2000.0, 2000.0),
        false => form::rect(-1000.0, -1000.0, 500.0 - by, 2000.0),
    };
    let (half, rest) = (from(air / 2.0), from(-air / 2.0));
    let side = combine::intersect(&tile, &half);
    let figure = letter.within(room(&tile, pen.own_about(86, 0.64, 0.84)));
    // A letter that runs out of the tile leaves crumbs of it.
    let inside = combine::intersect(&figure, &tile);
    if bezier::area(&inside).abs() < INSIDE_MIN * bezier::area(&figure).abs() {
        return None;
    }
    let solid = combine::subtract(&side, std::slice::from_ref(&figure));
    let free = combine::subtract(&figure, &[rest]);
    let art = if pen.chance(0.5) { Art::with(&[solid], &[free]) } else { Art::of(&[solid, free]) };
    Some(Sketch::new(art, "negative-counter").letters(&letter.text))
}

/// The letter stands on the lower edge of the tile and is open to it.
fn rising(pen: &mut Pen, letter: &Letter) -> Option<Sketch> {
    if !Rows::of(letter).is_cut_clean(&FOOT) {
        return None;
    }
    // As inside: the name decides what would else end the same for every name.
    let shape = if (pen.lead / 4).is_multiple_of(2) { Tile::Square } else { Tile::Arch };
    let tile = shape.own_outline(pen);
    let bounds = bezier::bounds(&tile);
    let height = pen.own_about(88, 0.5, 0.8) * bounds.height();
    // Both feet stay on the straight part of the edge, clear of its corners, in the middle or to one side.
    let size = (height / 1000.0).min(0.56 * bounds.width() / letter.width);
    let free = (0.68 * bounds.width() - letter.width * size) / 2.0;
    let middle = 500.0 + [0.0, -0.9, 0.9][pen.own(89, 3)] * free.max(0.0);
    let placed = Affine::translate((middle - letter.width * size / 2.0, bounds.y1 - 1000.0 * size + 3.0))
        * Affine::scale(size);
    let figure = placed * letter.path.clone();
    let art = Art::of(&[combine::subtract(&tile, &[figure])]);
    Some(Sketch::new(art, "negative-rise").letters(&letter.text))
}

/// The tile itself where its lower edge is straight and wide; else the one most like it whose edge is.
fn flat(tile: Tile) -> Tile {
    match tile {
        Tile::Arch | Tile::Square => tile,
        Tile::Circle | Tile::Drop | Tile::Leaf => Tile::Arch,
        _ => Tile::Square,
    }
}

/// A letter in rows, to see what it looks like where a tile cuts it.
struct Rows(Mask);

impl Rows {
    fn of(letter: &Letter) -> Self {
        let square = Affine::scale_non_uniform(1000.0 / letter.width, 1.0) * letter.path.clone();
        Self(raster::mask_of(&[square], 1000.0, 1000.0, ROWS as u32))
    }

    /// Whether only stems end at an edge: rows at it, next to it, and beyond its serifs.
    fn is_cut_clean(&self, [edge, near, beyond]: &[usize; 3]) -> bool {
        let [edge, near, beyond] = [edge, near, beyond].map(|row| self.ink(*row));
        edge > 0.0 && (edge - near).abs() <= TAPER_MAX * near.max(edge) && edge <= FLARE_MAX * beyond
    }

    /// How much of the letter is its own mirror image, left to right.
    fn evenness(&self) -> f64 {
        let mirrored = self.0.cover.chunks(ROWS).flat_map(|row| row.iter().rev().copied()).collect();
        measure::overlap(&self.0, &Mask { px: self.0.px, cover: mirrored })
    }

    fn ink(&self, row: usize) -> f64 {
        self.0.cover.iter().skip(row * ROWS).take(ROWS).map(|cover| f64::from(*cover)).sum()
    }
}

/// The trade's motif as a hole in a tile.
fn motif(pen: &mut Pen, subject: &Subject) -> Option<Sketch> {
    let id = subject.motif(pen);
    let (id, draw) = crate::motif::find(id)?;
    let figure = draw(pen).whole();
    let tile = Tile::choose(pen).own_outline(pen);
    let inner = room(&tile, pen.own_about(87, 0.54, 0.72));
    let figure = if pen.chance(0.5) { transform::mirror_x(500.0) * figure } else { figure };
    let placed = transform::fitted(&figure, inner);
    let art = Art::of(&[combine::subtract(&tile, &[placed])]);
    Some(Sketch::new(art, "negative-motif").motif(id))
}
