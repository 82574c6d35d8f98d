//! Things that circle: arcs as long as the words about the initial, moons where the initials stand.

use super::{Subject, Tile};
use crate::art::{Art, MIDDLE, Pen, Sketch};
use crate::rhythm::{Rhythm, clock};
use core_vector::combine;
use core_vector::form::{self, Cap};
use core_vector::transform::polar;
use kurbo::{BezPath, Rect};

pub(super) fn sketch(pen: &mut Pen, subject: &Subject) -> Option<Sketch> {
    let rhythm = Rhythm::of(subject.name);
    if pen.idea(2) == 0 {
        return Some(arcs(pen, subject, &rhythm));
    }
    // Two names of five have moons: they would be everybody's sky otherwise.
    (pen.own(85, 5) < 2).then(|| moons(pen, &rhythm))
}

/// A ring about the initial, parted as the name is: an arc for each word or syllable, as long as it is.
fn arcs(pen: &mut Pen, subject: &Subject, rhythm: &Rhythm) -> Sketch {
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
    match subject.letter() {
        Some(letter) => sketch.letters(&letter.text),
        None => sketch,
    }
}

/// The body of the leading initial: round for round letters, straight for straight ones, pointed for slanted ones.
fn body(pen: &Pen, letter: char) -> Tile {
    let is_other = pen.own(84, 2) == 1;
    match letter.to_uppercase().next().unwrap_or(letter) {
        'C' | 'G' | 'O' | 'Q' | 'S' | '0' | '3' | '6' | '8' | '9' => Tile::Circle,
        'B' | 'D' | 'P' | 'R' if is_other => Tile::Arch,
        'B' | 'D' | 'P' | 'R' => Tile::Drop,
        'E' | 'F' | 'H' | 'I' | 'L' | 'T' if is_other => Tile::Octagon,
        'E' | 'F' | 'H' | 'I' | 'L' | 'T' => Tile::Square,
        'A' | 'V' | 'W' | 'M' => Tile::Hexagon,
        'K' | 'N' | 'X' | 'Y' | 'Z' if is_other => Tile::Octagon,
        'K' | 'N' | 'X' | 'Y' | 'Z' => Tile::Leaf,
        'J' | 'U' => Tile::Squircle,
        other => [Tile::Circle, Tile::Squircle, Tile::Leaf][u32::from(other) as usize % 3],
    }
}

/// A body that smaller ones bite: one for each word, where its initial stands on the clock of the alphabet.
fn moons(pen: &mut Pen, rhythm: &Rhythm) -> Sketch {
    let firsts: Vec<(char, usize)> =
        rhythm.firsts.iter().copied().zip(rhythm.words.iter().copied()).take(3).collect();
    let firsts = if firsts.is_empty() { vec![('N', 5)] } else { firsts };
    let count = firsts.len();
    let size = if count == 1 { pen.own_between(82, 150.0, 250.0) } else { pen.own_between(82, 120.0, 180.0) };
    let away = pen.own_between(83, 290.0, 380.0);
    let body = body(pen, firsts[0].0).outline(pen, 20.0);
    let longest = firsts.iter().map(|(_, length)| *length).max().unwrap_or(1) as f64;
    let mut moons: Vec<(BezPath, BezPath)> = Vec::new();
    let mut last = f64::NEG_INFINITY;
    for (first, length) in firsts {
        let radius = size * (0.72 + 0.28 * length as f64 / longest);
        // Initials that stand close together are moved apart.
        let degrees = clock(first).max(last + 100.0);
        last = degrees;
        let at = polar(MIDDLE, away, degrees);
        moons.push((form::circle(at, radius), form::circle(at, radius + pen.taste.gap())));
    }
    let rooms: Vec<BezPath> = moons.iter().map(|(_, room)| room.clone()).collect();
    let bodies: Vec<BezPath> = moons.into_iter().map(|(moon, _)| moon).collect();
    let art = Art::with(&[combine::subtract(&body, &rooms)], &bodies);
    Sketch::new(art, "orbit-moon")
}
