//! The trade's own sign, plain or with one turn that makes it this name's.

use super::Subject;
use crate::art::{Art, MIDDLE, Pen, Sketch};
use core_vector::combine;
use core_vector::transform::scale_xy;

pub(super) fn sketch(pen: &mut Pen, subject: &Subject) -> Option<Sketch> {
    if pen.idea(3) == 2 {
        return with_letter(pen, subject);
    }
    let (id, draw) = crate::motif::find(subject.motif(pen))?;
    // A name's own proportion, within what a sign can take.
    let own = scale_xy(pen.own_between(20, 0.88, 1.14), 1.0, MIDDLE);
    Some(Sketch::new(draw(pen).moved(own), "motif-plain").motif(id))
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
