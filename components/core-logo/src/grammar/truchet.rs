//! A few tiles on a grid, each turned as the letters of the name say.

use super::Subject;
use crate::art::{Art, Pen, Sketch, pt};
use core_vector::transform::{mirror_x, turn};
use core_vector::{combine, form};
use kurbo::{BezPath, Point};

pub(super) fn sketch(pen: &mut Pen, _subject: &Subject) -> Option<Sketch> {
    match pen.idea(4) {
        0 => mosaic(pen, 2, Order::Turned),
        1 => mosaic(pen, 3, Order::Turned),
        2 => mosaic(pen, 3, Order::Mirrored),
        _ => mosaic(pen, 2, Order::Free),
    }
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
    fn draw(self, corner: Point, side: f64, turns: usize, (soft, bend): (f64, f64)) -> BezPath {
        let (x, y) = (corner.x, corner.y);
        let middle = pt(x + side / 2.0, y + side / 2.0);
        let shape = match self {
            Self::Quarter => form::sector(pt(x, y + side), side, -90.0, 0.0),
            Self::Half => form::segment(pt(x + side / 2.0, y + side), side / 2.0, -180.0, 0.0),
            Self::Triangle => form::polygon(&[pt(x, y + side), pt(x, y), pt(x + side, y + side)]),
            Self::Disc => form::circle(middle, side / 2.0),
            Self::Leaf => form::rounded_corners(&[
                (pt(x, y), 0.0),
                (pt(x + side, y), side * bend),
                (pt(x + side, y + side), 0.0),
                (pt(x, y + side), side * bend),
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

/// How the tiles of a grid follow each other.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    /// Every tile turns with its place.
    Turned,
    /// The right side mirrors the left.
    Mirrored,
    /// As the letters of the name fall.
    Free,
}

/// Two by two or three by three with air between the tiles; one tile in the second colour. An order that the eye
/// finds makes it a mark.
fn mosaic(pen: &mut Pen, cells: usize, order: Order) -> Option<Sketch> {
    let gap = pen.taste.gap() * if cells == 2 { pen.between(1.0, 1.7) } else { pen.between(1.0, 1.12) };
    let side = (960.0 - gap * (cells as f64 - 1.0)) / cells as f64;
    let set = pieces(pen);
    let soft = pen.taste.corner(60.0);
    let bend = pen.between(0.62, 1.0);
    // One piece and one turn for the corners, for the sides and for the middle.
    let kinds = [set[pen.rng.below(3)], set[pen.rng.below(3)], pen.one(Piece::Disc, &[Piece::Full])];
    let turns = [pen.rng.below(4), pen.rng.below(4), 0];
    let is_plain = |piece: Piece| matches!(piece, Piece::Full | Piece::Disc);
    // Corners and sides of one plain piece make a grid, and four halves fall apart.
    let is_dull = is_plain(kinds[0]) && (cells == 2 || is_plain(kinds[1]))
        || cells == 2 && matches!(kinds[0], Piece::Half);
    if order != Order::Free && is_dull {
        return None;
    }
    let mut tiles = Vec::new();
    for (row, column) in (0..cells).flat_map(|row| (0..cells).map(move |column| (row, column))) {
        let corner =
            |column: usize| pt(20.0 + (side + gap) * column as f64, 20.0 + (side + gap) * row as f64);
        let (kind, quarter) = place(row, column, cells);
        tiles.push(match order {
            Order::Turned => kinds[kind].draw(corner(column), side, turns[kind] + quarter, (soft, bend)),
            Order::Free => set[pen.rng.below(3)].draw(corner(column), side, pen.rng.below(4), (soft, bend)),
            Order::Mirrored => {
                let left = column.min(cells - 1 - column);
                let is_middle = left == column && left * 2 + 1 == cells;
                // The middle column must be its own mirror image.
                let piece = if is_middle { kinds[2] } else { kinds[row % 2] };
                let tile = piece.draw(corner(left), side, turns[row % 2] + row, (soft, bend));
                if left == column { tile } else { combine::union(&[mirror_x(500.0) * tile]) }
            }
        });
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
