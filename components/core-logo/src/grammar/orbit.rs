//! A ring about the initial, parted as the name is: arcs as long as its words or syllables.

use super::Subject;
use crate::art::{Art, MIDDLE, Pen, Sketch};
use crate::rhythm::{Rhythm, clock};
use core_vector::form::{self, Cap};
use kurbo::{BezPath, Rect};

/// An arc for each word or syllable, as long as it is.
pub(super) fn sketch(pen: &mut Pen, subject: &Subject) -> Option<Sketch> {
    let rhythm = Rhythm::of(subject.name);
    let parts = rhythm.parts();
    let total: usize = parts.iter().sum();
    let s = pen.taste.stroke() * pen.own_between(80, 0.8, 1.4);
    let middle = 490.0 - s / 2.0;
    let cap = pen.taste.cap();
    let air = pen.taste.gap() + if cap == Cap::Round { s } else { 0.0 };
    let open = (air / middle).to_degrees();
    let mut from = rhythm.firsts.first().copied().map_or(-90.0, clock);
    let mut ring: Vec<BezPath> = Vec::new();
    let longest = parts.iter().copied().max().unwrap_or(1);
    // Some names step inwards with every shorter part.
    let is_stepped = pen.own(81, 2) == 0;
    for part in &parts {
        let sweep = 360.0 * *part as f64 / total as f64;
        let (start, end) = (from + open / 2.0, from + sweep - open / 2.0);
        if end > start + 8.0 {
            let wide = if is_stepped && *part < longest { s * 0.66 } else { s };
            ring.push(form::arc_band(MIDDLE, 490.0 - s + wide / 2.0, wide, start, end, cap));
        }
        from += sweep;
    }
    let inner = 490.0 - s - pen.taste.gap();
    let told = if rhythm.has_words() { "orbit-words" } else { "orbit-syllables" };
    let core = match subject.letter() {
        Some(letter) => {
            let size = inner * pen.between(1.34, 1.46);
            letter.within(Rect::from_center_size(MIDDLE, (size, size)))
        }
        None => form::circle(MIDDLE, inner * 0.7),
    };
    let sketch = Sketch::new(Art::with(&[core], &ring), told);
    Some(match subject.letter() {
        Some(letter) => sketch.letters(&letter.text),
        None => sketch,
    })
}
