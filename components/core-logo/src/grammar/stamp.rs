//! A name stamp: the characters of the name cut out of one block, or standing in its frame, as they are pressed on paper.
//!
//! For names in characters that are signs by themselves. They are never cut; they are read whole or not used.

use super::Subject;
use crate::art::{Art, MIDDLE, Pen, Sketch};
use crate::letters::{outline, sturdy};
use core_vector::combine;
use core_vector::form;
use core_vector::offset::{self, Corner};
use core_vector::transform::fitted;
use kurbo::{BezPath, Rect};

/// Columns run from the right, each read downwards: how many characters each holds. Two beside each other would be
/// read the other way round today.
const COLUMNS: &[&[usize]] = &[&[1], &[2], &[2, 2], &[3]];
/// Characters of a family name, which is a name of its own before what the house does.
const FAMILY: usize = 2;

/// Whether the name is written in such characters.
pub(super) fn suits(subject: &Subject) -> bool {
    subject.name.chars().next().is_some_and(is_sign)
}

fn is_sign(letter: char) -> bool {
    matches!(u32::from(letter), 0x3041..=0x30ff | 0x3400..=0x9fff | 0xac00..=0xd7af | 0xf900..=0xfaff)
}

pub(super) fn sketch(pen: &mut Pen, subject: &Subject) -> Option<Sketch> {
    let name: Vec<char> = subject.name.chars().take_while(|letter| is_sign(*letter)).collect();
    let is_kana = |letter: &char| matches!(u32::from(*letter), 0x3041..=0x30ff);
    let first = name.iter().take_while(|letter| is_kana(letter) == name.first().is_some_and(is_kana)).count();
    // A word of kana is written out or only begun; of characters, the first two are a name too.
    let is_whole = |count: usize| {
        count == 1
            || count == name.len()
            || count == first
            || count == FAMILY && !name.first().is_some_and(is_kana)
    };
    let known: Vec<&[usize]> =
        COLUMNS.iter().copied().filter(|columns| is_whole(columns.iter().sum())).collect();
    // The name decides how it is set; another try asks the next.
    let at = pen.own(100, known.len().max(1)) + pen.rng.below(known.len().max(1));
    let columns = *known.get(at % known.len().max(1))?;
    let count = columns.iter().sum::<usize>();
    let said: String = name.get(..count)?.iter().collect();
    let rows = columns.iter().copied().max()? as f64;
    let wide = columns.len() as f64;
    let (width, height) =
        if wide >= rows { (1000.0, 1000.0 * rows / wide) } else { (1000.0 * wide / rows, 1000.0) };
    let room = Rect::from_center_size(MIDDLE, (width.max(640.0), height.max(640.0)));
    let edge = pen.own_between(101, 84.0, 120.0);
    let block = block(pen, room);
    let inner = room.inset(-edge);
    // One character cut out of a block is the letter in any tile.
    let is_cut = count > 1 && pen.own(102, 3) > 0;
    // A frame needs its own air.
    let inner = if is_cut { inner } else { inner.inset(-0.7 * pen.taste.gap()) };
    let signs = set(subject, &said, columns, inner, 0.55 * pen.taste.gap());
    let art = if is_cut {
        Art::of(&[combine::subtract(&block, &[signs])])
    } else {
        let frame = combine::subtract(&block, &[offset::shrink(&block, edge * 0.86, Corner::Sharp)]);
        Art::with(&[signs], &[frame])
    };
    Some(Sketch::new(art, "emblem-stamp").letters(&said))
}

/// The block: its corners as worn as the taste is round, or an oval.
fn block(pen: &Pen, room: Rect) -> BezPath {
    let least = room.width().min(room.height());
    let corner = least * [0.03, 0.12, 0.24][pen.own(103, 3)] * (0.4 + pen.taste.round);
    form::rounded_rect(room.x0, room.y0, room.x1, room.y1, corner)
}

/// The characters in their columns.
fn set(subject: &Subject, said: &str, columns: &[usize], room: Rect, gap: f64) -> BezPath {
    let mut letters = said.chars();
    let mut all = BezPath::new();
    let wide = (room.width() - gap * (columns.len() as f64 - 1.0)) / columns.len() as f64;
    for (column, count) in columns.iter().enumerate() {
        let high = (room.height() - gap * (*count as f64 - 1.0)) / *count as f64;
        let left = room.x1 - wide * (column as f64 + 1.0) - gap * column as f64;
        for (row, letter) in letters.by_ref().take(*count).enumerate() {
            let top = room.y0 + (high + gap) * row as f64;
            let cell = Rect::new(left, top, left + wide, top + high);
            let shape = combine::union(&[outline(subject.face, &letter.to_string(), subject.language)]);
            let shape = sturdy(fitted(&shape, form::square(0.0)));
            all.extend(fitted(&shape, cell));
        }
    }
    all
}
