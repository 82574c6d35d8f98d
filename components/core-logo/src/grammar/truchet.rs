//! The name in tiles: every letter becomes the plainest solid that has its outline, and the word is set from them.

use super::Subject;
use crate::art::{Art, Pen, Sketch, pt};
use crate::rhythm::Rhythm;
use core_vector::transform::{scale_xy, turn};
use core_vector::{combine, form};
use kurbo::{Affine, BezPath, Point};

/// Fewer tiles are no field, more are no mark.
const TILES: (usize, usize) = (3, 6);
/// What stands for a longer word: a square or, of the longest, two rows of three.
const TILES_OF_LONG: usize = 4;

pub(super) fn sketch(pen: &mut Pen, subject: &Subject) -> Option<Sketch> {
    let rhythm = Rhythm::of(subject.name);
    let letters: Vec<char> = if rhythm.letters.len() >= TILES.0 {
        rhythm.letters
    } else {
        subject.name.chars().filter(|letter| letter.is_alphanumeric()).collect()
    };
    let is_told = (TILES.0..=TILES.1).contains(&letters.len());
    let letters = if letters.len() < TILES.0 {
        // Too little to set: the name's own numbers fill a field of four.
        subject.name.chars().cycle().take(4).collect()
    } else {
        let is_wide = letters.len() > TILES.1 && pen.own(66, 2) == 0;
        if is_told { letters } else { spread(&letters, if is_wide { TILES.1 } else { TILES_OF_LONG }) }
    };
    let rows = rows(pen, letters.len());
    let art = field(pen, &letters, &rows);
    Some(if is_told {
        Sketch::new(art, "truchet-word").letters(&letters.iter().collect::<String>())
    } else {
        Sketch::new(art, "truchet-tiles")
    })
}

/// The letters that stand for a longer word: from its first to its last, evenly.
fn spread(letters: &[char], count: usize) -> Vec<char> {
    let last = letters.len().saturating_sub(1);
    (0..count).filter_map(|at| letters.get(at * last / (count - 1)).copied()).collect()
}

/// How many tiles each row holds; what is short of a rectangle is set about the middle.
fn rows(pen: &Pen, count: usize) -> Vec<usize> {
    let many: &[&[usize]] = match count {
        3 => &[&[1, 2], &[2, 1]],
        4 => &[&[2, 2]],
        5 => &[&[1, 3, 1]],
        _ => &[&[3, 3], &[2, 2, 2]],
    };
    many.get(pen.own(60, many.len())).map_or(vec![count], |rows| rows.to_vec())
}

fn field(pen: &mut Pen, letters: &[char], rows: &[usize]) -> Art {
    let columns = rows.iter().copied().max().unwrap_or(1);
    let most = columns.max(rows.len()) as f64;
    let gap = pen.taste.gap() * pen.own_between(63, 0.86, 1.14);
    let side = (960.0 - gap * (most - 1.0)) / most;
    let soft = pen.taste.corner(side * pen.own_between(65, 0.12, 0.4));
    let mut parts: Vec<BezPath> = Vec::new();
    let mut taken = letters.iter();
    for (row, count) in rows.iter().enumerate() {
        // Rows stand about one axis: what hangs over to one side is a heap.
        let indent = (side + gap) * (columns - count) as f64 / 2.0;
        for column in 0..*count {
            let Some(letter) = taken.next() else { break };
            let corner = pt(indent + (side + gap) * column as f64, (side + gap) * row as f64);
            parts.push(tile(*letter, corner, side, soft));
        }
    }
    let first = parts.remove(0);
    let own = scale_xy(pen.own_between(64, 0.82, 1.0), 1.0, crate::art::MIDDLE);
    Art::with(&parts, &[first]).moved(own)
}

/// The solid of a letter: round where it is round, straight where it is straight, pointed where it is pointed.
fn tile(letter: char, corner: Point, side: f64, soft: f64) -> BezPath {
    let unit = solid(letter, soft / side * 100.0);
    Affine::translate(corner.to_vec2()) * scale_xy(side / 100.0, side / 100.0, Point::ZERO) * unit
}

/// In a square of side 100.
fn solid(letter: char, soft: f64) -> BezPath {
    let middle = pt(50.0, 50.0);
    // Round corners, clockwise from the upper left.
    let block = |corners: [f64; 4]| {
        let at = [(0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0)].map(Point::from);
        form::rounded_corners(&at.into_iter().zip(corners).collect::<Vec<_>>())
    };
    let quarter = |turns: f64| turn(90.0 * turns, middle) * form::sector(pt(0.0, 100.0), 100.0, -90.0, 0.0);
    let wedge = |turns: f64| {
        turn(90.0 * turns, middle) * form::polygon(&[pt(0.0, 0.0), pt(100.0, 100.0), pt(0.0, 100.0)])
    };
    // Stout enough to stand beside the others.
    let gable = |turns: f64| {
        let corners = [(50.0, 0.0), (100.0, 50.0), (100.0, 100.0), (0.0, 100.0), (0.0, 50.0)];
        turn(90.0 * turns, middle) * form::polygon(&corners.map(Point::from))
    };
    let half = |turns: f64| {
        turn(90.0 * turns, middle)
            * combine::union(&[form::segment(middle, 50.0, -180.0, 0.0), form::rect(0.0, 50.0, 100.0, 100.0)])
    };
    let upper = letter.to_uppercase().next().unwrap_or(letter);
    let latin = if upper.is_ascii_alphanumeric() {
        upper
    } else {
        // Other scripts have no such table: the number of the letter chooses.
        char::from(b'A' + (u32::from(upper) % 26) as u8)
    };
    match latin {
        'A' => gable(0.0),
        'B' | '8' => block([0.0, 50.0, 50.0, 0.0]),
        'C' => half(3.0),
        'D' => half(1.0),
        'E' | '3' => block([soft, 0.0, 0.0, soft]),
        'F' => wedge(1.0),
        'G' | '6' => block([50.0, 50.0, 0.0, 50.0]),
        'H' | '4' => block([soft; 4]),
        'I' | '1' => form::rounded_rect(22.0, 0.0, 78.0, 100.0, soft),
        'J' => quarter(3.0),
        'K' => gable(3.0),
        'L' => wedge(0.0),
        'M' => block([50.0, 50.0, 0.0, 0.0]),
        'N' => block([50.0, 0.0, 50.0, 0.0]),
        'O' | '0' => form::circle(middle, 50.0),
        'P' | '9' => block([0.0, 50.0, 50.0, 50.0]),
        'Q' => block([50.0, 50.0, 0.0, 50.0]),
        'R' => quarter(0.0),
        'S' | '5' => block([50.0, 0.0, 50.0, 0.0]),
        'T' | '7' => gable(2.0),
        'U' => half(2.0),
        'V' => wedge(2.0),
        'W' => block([0.0, 0.0, 50.0, 50.0]),
        'X' => form::polygon(&[pt(50.0, 0.0), pt(100.0, 50.0), pt(50.0, 100.0), pt(0.0, 50.0)]),
        'Y' => quarter(1.0),
        _ => block([0.0, 50.0, 0.0, 50.0]),
    }
}
