//! The trade's own sign, plain or with one turn that makes it this name's.

use super::Subject;
use crate::art::{Art, MIDDLE, Pen, Sketch};
use core_vector::transform::{fitted, mirror_x, scale_xy, turn};
use core_vector::{bezier, combine, offset};
use kurbo::{Affine, Rect};

/// A figure of more parts than this is too busy to stand beside itself.
const PARTS_TWICE_MAX: usize = 5;
const SEGMENTS_TWICE_MAX: usize = 60;
const SEGMENTS_RING_MAX: usize = 26;

pub(super) fn sketch(pen: &mut Pen, subject: &Subject) -> Option<Sketch> {
    if pen.idea(3) == 2 {
        return with_letter(pen, subject);
    }
    let (id, draw) = crate::motif::find(subject.motif(pen))?;
    // A name's own proportion, within what a sign can take.
    let own = scale_xy(pen.between(0.9, 1.1), 1.0, MIDDLE);
    let lean = if pen.taste.energy > 0.5 { pen.one(0.0, &[-8.0, 8.0]) } else { 0.0 };
    let art = draw(pen).moved(own).turned(lean);
    let (parts, segments) = (bezier::contours(&art.whole()).len(), bezier::segments(&art.whole()));
    match pen.count(0, 4) {
        0 if parts <= PARTS_TWICE_MAX && segments <= SEGMENTS_TWICE_MAX => {
            Some(Sketch::new(pair(pen, &art), "motif-pair").motif(id))
        }
        1 if parts <= 2 && segments <= SEGMENTS_RING_MAX => {
            Some(Sketch::new(ring(pen, &art), "motif-ring").motif(id))
        }
        _ => Some(Sketch::new(art, "motif-plain").motif(id)),
    }
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

/// The motif and its smaller second, one behind the other.
fn pair(pen: &mut Pen, art: &Art) -> Art {
    let whole = art.whole();
    let large = fitted(&whole, Rect::new(20.0, 300.0, 720.0, 980.0));
    let small = fitted(&whole, Rect::new(480.0, 20.0, 980.0, 520.0));
    let flip: Affine =
        if pen.chance(0.5) { mirror_x(bezier::bounds(&small).center().x) } else { Affine::IDENTITY };
    let room = offset::grow(&large, pen.taste.gap(), offset::Corner::Round);
    let solid: Vec<_> = bezier::contours(&room).into_iter().map(|contour| bezier::path(&[contour])).collect();
    Art::with(&[large], &[combine::subtract(&(flip * small), &solid)])
}

/// The motif turned about the middle, as often as the name says.
fn ring(pen: &mut Pen, art: &Art) -> Art {
    // Four hooked figures in a ring can look like a sign nobody wants.
    let count = pen.one(3, &[5]);
    let whole = art.whole();
    let size = if count == 3 {
        400.0
    } else if count == 4 {
        350.0
    } else {
        300.0
    };
    let away = 490.0 - size / 2.0;
    let place = Rect::from_center_size((500.0, 500.0 - away), (size, size));
    let one = fitted(&whole, place);
    let mut all: Vec<_> =
        (0..count).map(|at| turn(360.0 * at as f64 / count as f64, MIDDLE) * one.clone()).collect();
    let accent = all.remove(0);
    Art::with(&all, &[accent])
}
