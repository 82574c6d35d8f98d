//! A few tiles on a grid, each turned as the letters of the name say.

use super::Subject;
use crate::art::{Art, Pen, Sketch, pt};
use core_vector::transform::{mirror_x, mirror_y, turn};
use core_vector::{bezier, combine, form};
use kurbo::{BezPath, Point};

/// Parts and holes of a woven figure.
const WOVEN_PARTS_MAX: usize = 9;

pub(super) fn sketch(pen: &mut Pen, _subject: &Subject) -> Option<Sketch> {
    if pen.idea(3) < 2 { mosaic(pen, 2 + pen.idea(3)) } else { woven(pen) }
}

/// A tile of side 1 in a cell, as one of a few shapes.
#[derive(Clone, Copy)]
enum Piece {
    Quarter,
    Half,
    Triangle,
    Disc,
    Leaf,
    Full,
}

impl Piece {
    fn draw(self, corner: Point, side: f64, turns: usize, soft: f64) -> BezPath {
        let (x, y) = (corner.x, corner.y);
        let middle = pt(x + side / 2.0, y + side / 2.0);
        let shape = match self {
            Self::Quarter => form::sector(pt(x, y + side), side, -90.0, 0.0),
            Self::Half => form::segment(pt(x + side / 2.0, y + side), side / 2.0, -180.0, 0.0),
            Self::Triangle => form::polygon(&[pt(x, y + side), pt(x, y), pt(x + side, y + side)]),
            Self::Disc => form::circle(middle, side / 2.0),
            Self::Leaf => form::rounded_corners(&[
                (pt(x, y), 0.0),
                (pt(x + side, y), side),
                (pt(x + side, y + side), 0.0),
                (pt(x, y + side), side),
            ]),
            Self::Full => form::rounded_rect(x, y, x + side, y + side, soft),
        };
        turn(90.0 * turns as f64, middle) * shape
    }
}

fn pieces(pen: &mut Pen) -> [Piece; 3] {
    let angular =
        [[Piece::Triangle, Piece::Full, Piece::Quarter], [Piece::Triangle, Piece::Triangle, Piece::Full]];
    let round = [
        [Piece::Quarter, Piece::Disc, Piece::Leaf],
        [Piece::Quarter, Piece::Quarter, Piece::Disc],
        [Piece::Leaf, Piece::Leaf, Piece::Quarter],
        [Piece::Quarter, Piece::Half, Piece::Full],
    ];
    let from: &[[Piece; 3]] = if pen.taste.round < 0.34 { &angular } else { &round };
    pen.rng.pick(from).copied().unwrap_or([Piece::Quarter, Piece::Disc, Piece::Leaf])
}

/// Two by two or three by three with air between the tiles; one tile in the second colour. Most often the tiles
/// turn with their place, so that the whole has an order the eye finds.
fn mosaic(pen: &mut Pen, cells: usize) -> Option<Sketch> {
    let gap = pen.taste.gap();
    let side = (960.0 - gap * (cells as f64 - 1.0)) / cells as f64;
    let set = pieces(pen);
    let soft = pen.taste.corner(60.0);
    let is_ordered = pen.chance(0.7);
    // One piece and one turn for the corners, for the sides and for the middle.
    let kinds = [set[pen.rng.below(3)], set[pen.rng.below(3)], pen.one(Piece::Disc, &[Piece::Full])];
    // Corners and sides of one plain piece make a grid, not a mark.
    let is_plain = |piece: Piece| matches!(piece, Piece::Full | Piece::Disc);
    if is_ordered && is_plain(kinds[0]) && (cells == 2 || is_plain(kinds[1])) {
        return None;
    }
    let turns = [pen.rng.below(4), pen.rng.below(4), 0];
    let mut tiles = Vec::new();
    for (row, column) in (0..cells).flat_map(|row| (0..cells).map(move |column| (row, column))) {
        let corner = pt(20.0 + (side + gap) * column as f64, 20.0 + (side + gap) * row as f64);
        let (kind, quarter) = place(row, column, cells);
        let (piece, turn) = if is_ordered {
            (kinds[kind], turns[kind] + quarter)
        } else {
            (set[pen.rng.below(3)], pen.rng.below(4))
        };
        tiles.push(piece.draw(corner, side, turn, soft));
    }
    let chosen = tiles.remove(pen.rng.below(tiles.len()));
    Some(Sketch::new(Art::with(&tiles, &[chosen]), "truchet-tiles"))
}

/// Whether a cell is a corner (0), a side (1) or the middle (2), and in which quarter of the turn it lies.
fn place(row: usize, column: usize, cells: usize) -> (usize, usize) {
    let last = cells - 1;
    match (row, column) {
        (0, 0) => (0, 0),
        (0, c) if c == last => (0, 1),
        (r, c) if r == last && c == last => (0, 2),
        (r, 0) if r == last => (0, 3),
        (0, _) => (1, 0),
        (_, c) if c == last => (1, 1),
        (r, _) if r == last => (1, 2),
        (_, 0) => (1, 3),
        _ => (2, 0),
    }
}

/// Quarters without air, mirrored both ways: they grow together into one figure.
fn woven(pen: &mut Pen) -> Option<Sketch> {
    let side = 240.0;
    let set = pieces(pen);
    let soft = 0.0;
    let mut quarter = Vec::new();
    let mut filled = 0;
    for row in 0..2 {
        for column in 0..2 {
            if pen.chance(0.82) {
                let corner = pt(20.0 + side * f64::from(column), 20.0 + side * f64::from(row));
                quarter.push(set[pen.rng.below(3)].draw(corner, side, pen.rng.below(4), soft));
                filled += 1;
            }
        }
    }
    if filled < 3 {
        return None;
    }
    let quarter = combine::union(&quarter);
    // Mirrored, not turned: four hooked arms can look like a sign nobody wants.
    let (across, down) = (mirror_x(500.0), mirror_y(500.0));
    let all = [quarter.clone(), across * quarter.clone(), down * quarter.clone(), across * down * quarter];
    let art = Art::of(&all.map(|part| combine::union(&[part])));
    // More than this is a pattern, not a mark.
    (bezier::contours(&art.main).len() <= WOVEN_PARTS_MAX).then(|| Sketch::new(art, "truchet-woven"))
}
