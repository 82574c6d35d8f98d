//! A frame and what it holds: the motif breaks out of it, or the frame opens for it.

use super::{Subject, Tile};
use crate::art::{Art, MIDDLE, Pen, Sketch, pt};
use core_vector::offset::{self, Corner};
use core_vector::transform::{fitted, polar, turn};
use core_vector::{bezier, combine, form};
use kurbo::{BezPath, Rect};

pub(super) fn sketch(pen: &mut Pen, subject: &Subject) -> Option<Sketch> {
    match pen.idea(4) {
        0 => breakout(pen, subject),
        1 => opened(pen, subject),
        2 => gate(pen, subject),
        _ => seal(pen, subject),
    }
}

fn figure(pen: &mut Pen, subject: &Subject, letters_too: bool) -> Option<(BezPath, Sketch)> {
    let empty = |key| Sketch::new(Art::default(), key);
    if let Some(letter) = subject.letter().filter(|_| letters_too && pen.chance(0.45)) {
        return Some((letter.path.clone(), empty("container-letter").letters(&letter.text)));
    }
    let (id, draw) = crate::motif::find(subject.motif(pen))?;
    Some((draw(pen).whole(), empty("container-motif").motif(id)))
}

/// A heavy frame; the figure stands before it and leans out of one side.
fn breakout(pen: &mut Pen, subject: &Subject) -> Option<Sketch> {
    let (shape, said) = figure(pen, subject, true)?;
    let s = pen.taste.stroke();
    let tile = Tile::choose(pen);
    let frame = combine::subtract(&tile.outline(pen, 60.0), &[tile.outline(pen, 60.0 + s)]);
    let size = pen.between(0.58, 0.66) * 960.0;
    let side = polar(MIDDLE, pen.between(210.0, 250.0), pen.one(-45.0, &[45.0, 135.0, -90.0, 0.0]));
    let placed = fitted(&shape, Rect::from_center_size(side, (size, size)));
    let room = offset::grow(&placed, pen.taste.gap(), Corner::Round);
    let art = Art::with(&[combine::subtract(&frame, &[solid(&room)])], &[placed]);
    Some(Sketch { art, idea: said.idea })
}

/// The outline without its holes.
fn solid(path: &BezPath) -> BezPath {
    let parts: Vec<BezPath> =
        bezier::contours(path).into_iter().map(|contour| bezier::path(&[contour])).collect();
    combine::union(&parts)
}

/// A thick ring with an opening, the figure inside.
fn opened(pen: &mut Pen, subject: &Subject) -> Option<Sketch> {
    let (shape, said) = figure(pen, subject, true)?;
    let s = pen.taste.stroke() * 0.86;
    let tile = Tile::choose(pen);
    let frame = combine::subtract(&tile.outline(pen, 0.0), &[tile.outline(pen, s)]);
    let width = pen.between(130.0, 210.0);
    let degrees = pen.one(-45.0, &[0.0, 45.0, 90.0, -90.0, 135.0]);
    let opening = turn(degrees, MIDDLE) * form::rect(500.0, 500.0 - width, 1400.0, 500.0 + width);
    let size = (960.0 - 2.0 * s - 2.4 * pen.taste.gap()) * 0.86;
    let placed = fitted(&shape, Rect::from_center_size(MIDDLE, (size, size)));
    let art = Art::with(&[combine::subtract(&frame, &[opening])], &[placed]);
    Some(Sketch { art, idea: said.idea })
}

/// A solid arch with the figure standing in its door.
fn gate(pen: &mut Pen, subject: &Subject) -> Option<Sketch> {
    let (shape, said) = figure(pen, subject, false)?;
    let tile = pen.one(Tile::Arch, &[Tile::Arch, Tile::Circle, Tile::Squircle]);
    let body = tile.outline(pen, 0.0);
    let frame = pen.taste.stroke() * pen.between(0.7, 0.95);
    let hole = tile.outline(pen, frame);
    let bounds = bezier::bounds(&hole);
    let size = (bounds.width() - 2.0 * pen.taste.gap()) * pen.between(0.78, 0.86);
    let room = Rect::from_center_size(bounds.center(), (size, size));
    let art = Art::with(&[combine::subtract(&body, &[hole])], &[fitted(&shape, room)]);
    Some(Sketch { art, idea: said.idea })
}

/// A tile parted in two: above the figure, below lines that stand for the ground it works on.
fn seal(pen: &mut Pen, subject: &Subject) -> Option<Sketch> {
    let (shape, said) = figure(pen, subject, false)?;
    let tile = Tile::choose(pen).outline(pen, 0.0);
    let gap = pen.taste.gap();
    let level = pen.between(655.0, 700.0);
    let mut cuts = vec![form::rect(-100.0, level, 1100.0, level + gap)];
    let second = level + gap + pen.between(85.0, 105.0);
    if second + gap < 900.0 {
        cuts.push(form::rect(-100.0, second, 1100.0, second + gap));
    }
    let size = level - 20.0 - 230.0;
    let placed = fitted(&shape, Rect::from_center_size(pt(500.0, (level + 30.0) / 2.0 + 25.0), (size, size)));
    cuts.push(placed);
    let below = form::rect(-100.0, level + gap / 2.0, 1100.0, 1100.0);
    let parts = combine::subtract(&tile, &cuts);
    let art = if pen.chance(0.6) {
        Art::with(
            &[combine::subtract(&parts, std::slice::from_ref(&below))],
            &[combine::intersect(&parts, &below)],
        )
    } else {
        Art::of(&[parts])
    };
    Some(Sketch { art, idea: said.idea })
}
