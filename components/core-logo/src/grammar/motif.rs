//! The trade's own sign, plain or with one turn that makes it this name's.

use super::Subject;
use super::stencil::clean;
use crate::art::{Art, MIDDLE, Pen, Sketch};
use crate::rhythm::{Rhythm, clock};
use core_vector::offset::{self, Corner};
use core_vector::transform::{direction, fitted, polar, scale_xy, turn};
use core_vector::{bezier, combine, form};
use kurbo::{Affine, BezPath, Rect};

/// The angles of cuts: those that letters are made of.
const CUTS: [f64; 6] = [0.0, -30.0, 30.0, -45.0, 45.0, 90.0];
/// The smaller half of a cut sign, as a share of the whole, and the most pieces of a half.
const HALF_MIN: f64 = 0.2;
const PIECES_MAX: usize = 4;
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
    // A name's own proportion, within what a sign can take.
    let own = scale_xy(pen.own_between(20, 0.88, 1.14), 1.0, MIDDLE);
    Some((id, draw(pen).moved(own)))
}

fn plain(pen: &mut Pen, subject: &Subject) -> Option<Sketch> {
    let (id, art) = figure(pen, subject)?;
    Some(Sketch::new(art, "motif-plain").motif(id))
}

/// One straight cut through the sign, where and how the name says; its halves slide along it.
fn cut(pen: &mut Pen, subject: &Subject) -> Option<Sketch> {
    let (id, art) = figure(pen, subject)?;
    let shape = art.whole();
    let bounds = bezier::bounds(&shape);
    let degrees = CUTS[pen.own(21, CUTS.len())];
    let across = direction(degrees + 90.0);
    let size = bounds.width().min(bounds.height());
    let at = bounds.center() + pen.own_about(22, -0.16, 0.16) * size * across;
    let below = turn(degrees, at) * form::rect(at.x - 3000.0, at.y, at.x + 3000.0, at.y + 3000.0);
    let gap = pen.taste.gap();
    let slide = gap * [0.0, 1.0, 1.8][pen.own(23, 3)] * [1.0, -1.0][pen.own(24, 2)];
    let away = slide / 2.0 * direction(degrees) + gap / 2.0 * across;
    let lower = combine::intersect(&shape, &below);
    let upper = combine::subtract(&shape, &[below]);
    let share = bezier::area(&lower).abs() / bezier::area(&shape).abs().max(1.0);
    let is_clean = |half: &BezPath| clean(half, 1..=PIECES_MAX);
    if !(HALF_MIN..=1.0 - HALF_MIN).contains(&share) || !is_clean(&upper) || !is_clean(&lower) {
        return None;
    }
    let art = Art::with(&[Affine::translate(-away) * upper], &[Affine::translate(away) * lower]);
    Some(Sketch::new(art, "motif-cut").motif(id))
}

/// A line around the sign, open where the initial stands on the clock of the alphabet.
fn halo(pen: &mut Pen, subject: &Subject) -> Option<Sketch> {
    let (id, art) = figure(pen, subject)?;
    let shape = art.whole();
    if bezier::contours(&shape).len() > LINED_PARTS_MAX || bezier::segments(&shape) > LINED_SEGMENTS_MAX {
        return None;
    }
    let (gap, wide) = (pen.taste.gap(), pen.taste.stroke() * pen.own_about(25, 0.72, 1.05));
    let side = 1000.0 - 2.0 * (gap + wide);
    let shape = fitted(&shape, Rect::from_center_size(MIDDLE, (side, side)));
    let inner = offset::grow(&solid(&shape), gap * 1.1, Corner::Round);
    let outer = offset::grow(&inner, wide, Corner::Round);
    let first = Rhythm::of(subject.name).firsts.first().copied();
    let degrees = first.map_or(-45.0, clock);
    let half = pen.own_about(26, 18.0, 62.0);
    let tips = [-half, 0.0, half].map(|by| polar(MIDDLE, 3000.0, degrees + by));
    let open = form::polygon(&[MIDDLE, tips[0], tips[1], tips[2]]);
    let line = combine::subtract(&outer, &[inner, open]);
    Some(Sketch::new(Art::with(&[shape], &[line]), "motif-halo").motif(id))
}

/// The outline with its holes filled.
fn solid(shape: &BezPath) -> BezPath {
    let outward = bezier::area(shape).signum();
    let contours = bezier::contours(shape).into_iter().map(|contour| bezier::path(&[contour]));
    combine::union(&contours.filter(|path| bezier::area(path) * outward > 0.0).collect::<Vec<_>>())
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
