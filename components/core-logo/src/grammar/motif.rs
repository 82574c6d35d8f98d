//! The trade's own sign, plain or with one turn that makes it this name's.

use super::Subject;
use super::hull::Hull;
use super::opening::{Door, opened};
use super::stencil::clean;
use crate::art::{Art, MIDDLE, Pen, Sketch};
use crate::rhythm::{Rhythm, clock};
use core_vector::offset::{self, Corner};
use core_vector::transform::{fitted, scale_xy};
use core_vector::{bezier, combine, form, measure, raster};
use kurbo::{BezPath, Rect};

/// Signs that are known by being round.
const ROUND: &[&str] = &["ball", "button", "coin", "compass", "gear", "ring", "sun", "vinyl", "wheel"];
/// A sign that is parted along its axis is so much of its own mirror image, seen at this many pixels.
const EVEN_MIN: f64 = 0.93;
const LOOK_PX: u32 = 64;
/// Signs that are hurt by a cut.
const WHOLE: &[&str] = &["bird", "cat", "eye", "fish", "hand", "heart", "mask", "paw", "people", "tooth"];
/// The most pieces of a half, and of a half in lines.
const PIECES_MAX: usize = 2;
const LINES_MAX: usize = 7;
/// A sign of more parts or segments has no outline that a line could follow.
const LINED_PARTS_MAX: usize = 4;
const LINED_SEGMENTS_MAX: usize = 40;

pub(super) fn sketch(pen: &mut Pen, subject: &Subject) -> Option<Sketch> {
    match pen.idea(5) {
        0 if subject.has_bare_sign(pen) => plain(pen, subject),
        0 => None,
        1 | 3 => cut(pen, subject),
        2 => halo(pen, subject),
        _ => with_letter(pen, subject),
    }
}

/// The sign of the trade as this name draws it.
fn figure(pen: &mut Pen, subject: &Subject) -> Option<(&'static str, Art)> {
    let (id, draw) = crate::motif::find(subject.motif(pen))?;
    // A name's own proportion, within what a sign can take; a wheel takes none.
    let by = if ROUND.contains(&id) { 1.0 } else { pen.own_between(20, 0.84, 1.18) };
    let own = scale_xy(by, 1.0, MIDDLE);
    Some((id, draw(pen).moved(own)))
}

fn plain(pen: &mut Pen, subject: &Subject) -> Option<Sketch> {
    let (id, art) = figure(pen, subject)?;
    Some(Sketch::new(art, "motif-plain").motif(id))
}

/// The sign parted along the axis that it is the mirror image about: its right half in the second colour, as an
/// outline, or in lines. A cut anywhere else is a sign that broke.
fn cut(pen: &mut Pen, subject: &Subject) -> Option<Sketch> {
    let (id, art) = figure(pen, subject)?;
    if WHOLE.contains(&id) {
        return None;
    }
    let shape = art.whole();
    if bezier::contours(&shape).len() != 1 || evenness(&shape) < EVEN_MIN {
        return None;
    }
    let bounds = bezier::bounds(&shape);
    let (axis, gap) = (bounds.center().x, pen.taste.gap());
    let beyond = |x: f64| form::rect(x, -1000.0, 3000.0, 3000.0);
    let left = combine::subtract(&shape, &[beyond(axis - gap / 2.0)]);
    let half = |of: &BezPath| combine::intersect(of, &beyond(axis + gap / 2.0));
    let right = match pen.own(21, 3) {
        0 => half(&shape),
        1 => {
            let solid = half(&shape);
            let line = pen.taste.stroke() * pen.own_between(22, 0.66, 0.9);
            combine::subtract(&solid, &[offset::shrink(&solid, line, Corner::Sharp)])
        }
        _ => {
            let line = pen.own_about(22, 78.0, 104.0);
            let rows = (bounds.height() / (line + gap)).floor().max(1.0);
            let pitch = (bounds.height() + gap) / rows;
            let air = (1..rows as usize)
                .map(|row| bounds.y0 + pitch * row as f64)
                .map(|y| form::rect(-1000.0, y - gap, 3000.0, y));
            combine::subtract(&half(&shape), &air.collect::<Vec<_>>())
        }
    };
    let is_clean = |half: &BezPath, most: usize| clean(half, 1..=most);
    if !is_clean(&left, PIECES_MAX) || !is_clean(&right, LINES_MAX) {
        return None;
    }
    Some(Sketch::new(Art::with(&[left], &[right]), "motif-cut").motif(id))
}

/// How much of a shape is its own mirror image, left to right.
fn evenness(shape: &BezPath) -> f64 {
    let square = fitted(shape, form::square(0.0));
    let mask = raster::mask_of(&[square], 1000.0, 1000.0, LOOK_PX);
    let mirrored = mask.cover.chunks(LOOK_PX as usize).flat_map(|row| row.iter().rev().copied()).collect();
    measure::overlap(&mask, &raster::Mask { px: mask.px, cover: mirrored })
}

/// A line around the sign, open where the initial stands on the clock of the alphabet.
fn halo(pen: &mut Pen, subject: &Subject) -> Option<Sketch> {
    let (id, art) = figure(pen, subject)?;
    if WHOLE.contains(&id) {
        return None;
    }
    let shape = art.whole();
    if bezier::contours(&shape).len() > LINED_PARTS_MAX || bezier::segments(&shape) > LINED_SEGMENTS_MAX {
        return None;
    }
    let (gap, wide) = (pen.taste.gap(), pen.taste.stroke() * pen.own_about(25, 0.72, 1.05));
    let side = 1000.0 - 2.0 * (gap + wide);
    let shape = fitted(&shape, Rect::from_center_size(MIDDLE, (side, side)));
    let hull = Hull::of(&shape, |line| evenness(line) >= EVEN_MIN)?;
    let round = 60.0 + 110.0 * pen.taste.round;
    let [inner, middle, outer] =
        [0.0, 0.5, 1.0].map(|by| hull.around(1.1 * gap + by * wide, round + by * wide));
    let first = Rhythm::of(subject.name).firsts.first().copied();
    let door = Door {
        degrees: first.map_or(-45.0, clock),
        length: pen.own_about(26, 150.0, 520.0),
        cap: pen.taste.cap(),
    };
    let line = opened(&combine::subtract(&outer, &[inner]), &middle, wide, door);
    Some(Sketch::new(Art::with(&[shape], &[line]), "motif-halo").motif(id))
}

/// The initial as a hole in the motif's solid body.
fn with_letter(pen: &mut Pen, subject: &Subject) -> Option<Sketch> {
    let letter = subject.letter()?;
    let bodies: Vec<_> = subject.motifs.iter().filter_map(|id| crate::motif::body(id)).collect();
    let (id, body, room) = bodies.get(pen.rng.below(bodies.len()))?;
    let size = room.width().min(room.height());
    let shrink = pen.between(0.0, 0.08) * size;
    let figure = letter.within(room.inset(-shrink));
    let art = Art::of(&[combine::subtract(body, &[figure])]);
    let tilt = if pen.taste.energy > 0.6 { pen.one(0.0, &[-10.0, 10.0]) } else { 0.0 };
    Some(Sketch::new(art.turned(tilt), "motif-letter").motif(id).letters(&letter.text))
}
