//! The name as number: its letters, in their order, become lengths, steps and points that no other name has.

use super::Subject;
use crate::art::{Art, MIDDLE, Pen, Sketch, pt};
use core_brand::casing::capital;
use core_vector::combine;
use core_vector::form::{self, Cap};
use core_vector::transform::{polar, turn};
use kurbo::BezPath;

/// Figures of fewer parts are no rhythm.
const LETTERS_MIN: usize = 3;

/// A letter as a number: where it stands in its alphabet, 0 to 1, and whether it sounds by itself.
#[derive(Clone, Copy, Debug)]
struct Beat {
    place: f64,
    vowel: bool,
}

pub(super) fn sketch(pen: &mut Pen, subject: &Subject) -> Option<Sketch> {
    let beats = beats(subject);
    if beats.len() < LETTERS_MIN {
        return None;
    }
    // A name is told by two of the figures: if each told every name, all would look like one family.
    let idea = pen.idea(5);
    let told = pen.own(95, 5);
    if idea != told && idea != (told + 1 + pen.own(96, 4)) % 5 {
        return None;
    }
    let art = match idea {
        0 => (rays(pen, &beats), "tally-rays"),
        1 => (skyline(pen, &beats), "tally-skyline"),
        2 => (rows(pen, &beats), "tally-rows"),
        3 => (cells(pen, &beats)?, "tally-cells"),
        _ => (arcs(pen, &beats), "tally-arcs"),
    };
    Some(Sketch::new(art.0, art.1))
}

/// The letters of the name, small words and all: the rhythm is that of the whole name.
fn beats(subject: &Subject) -> Vec<Beat> {
    let base = |letter: char| -> Option<u32> {
        let upper = capital(plain(letter), subject.language).unwrap_or(letter);
        match upper {
            'A'..='Z' => Some(u32::from(upper) - u32::from('A')),
            '0'..='9' => Some((u32::from(upper) - u32::from('0')) * 5 / 2),
            _ if upper.is_alphabetic() => Some(u32::from(upper) % 26),
            _ => None,
        }
    };
    let beat = |letter: char| {
        let at = base(letter)?;
        let vowel = matches!(capital(plain(letter), "en"), Some('A' | 'E' | 'I' | 'O' | 'U' | 'Y'));
        Some(Beat { place: f64::from(at) / 25.0, vowel })
    };
    subject.name.chars().filter_map(beat).collect()
}

/// The letter without its mark, for the marks of our ten languages.
fn plain(letter: char) -> char {
    MARKED.iter().find(|(_, all)| all.contains(letter)).map_or(letter, |(base, _)| *base)
}

const MARKED: &[(char, &str)] = &[
    ('A', "ÁÀÂÄÃÅĄáàâäãåą"),
    ('C', "ÇĆČçćč"),
    ('E', "ÉÈÊËĘéèêëę"),
    ('G', "Ğğ"),
    ('I', "ÍÌÎÏİíìîïı"),
    ('L', "Łł"),
    ('N', "ÑŃñń"),
    ('O', "ÓÒÔÖÕØóòôöõø"),
    ('S', "ŚŞŠśşšß"),
    ('U', "ÚÙÛÜúùûü"),
    ('Z', "ŹŻŽźżž"),
];

/// A slice for each letter, as long as its place says: the vowels stand out.
fn rays(pen: &mut Pen, beats: &[Beat]) -> Art {
    let beats = &beats[..beats.len().min(8)];
    let count = beats.len().max(5);
    let step = 360.0 / count as f64;
    let gap = pen.taste.gap();
    let heart = 92.0 + gap * 0.5 * count as f64 / 6.0;
    let apart = gap / 2.0 / libm::sin((step / 2.0).to_radians());
    let first = pen.one(-90.0, &[-90.0 + step / 2.0]);
    let (mut main, mut accent) = (Vec::new(), Vec::new());
    for (at, beat) in beats.iter().cycle().take(count).enumerate() {
        let degrees = first + step * at as f64;
        let end = 250.0 + 250.0 * beat.place;
        let wedge =
            form::sector(polar(MIDDLE, apart, degrees), 900.0, degrees - step / 2.0, degrees + step / 2.0);
        let ring = form::ring(MIDDLE, end, heart);
        let slice = combine::intersect(&wedge, &ring);
        if beat.vowel { accent.push(slice) } else { main.push(slice) }
    }
    Art::with(&main, &accent)
}

/// A bar for each letter, side by side on one line or about one.
fn skyline(pen: &mut Pen, beats: &[Beat]) -> Art {
    let beats = &beats[..beats.len().min(5)];
    let count = beats.len() as f64;
    let gap = pen.taste.gap() * 0.94;
    let width = (1000.0 - gap * (count - 1.0)) / count;
    let middle = pen.chance(0.5);
    let round = pen.taste.is_round();
    let least = width * 1.15;
    let (mut main, mut accent) = (Vec::new(), Vec::new());
    for (at, beat) in beats.iter().enumerate() {
        let x = (width + gap) * at as f64;
        let radius = if round { width / 2.0 } else { 0.0 };
        let dot = width * 1.0;
        let room = if beat.vowel && !middle { 1000.0 - dot - gap } else { 1000.0 };
        let height = least + (room - least) * beat.place;
        if middle {
            let bar = form::rounded_rect(x, 500.0 - height / 2.0, x + width, 500.0 + height / 2.0, radius);
            if beat.vowel {
                accent.push(bar);
            } else {
                main.push(bar);
            }
            continue;
        }
        main.push(form::rounded_rect(x, 1000.0 - height, x + width, 1000.0, radius));
        if beat.vowel {
            let y = 1000.0 - height - gap - dot;
            accent.push(form::rounded_rect(x, y, x + dot, y + dot, radius));
        }
    }
    Art::with(&main, &accent)
}

/// A square of rows, each parted where its letter stands in the alphabet.
fn rows(pen: &mut Pen, beats: &[Beat]) -> Art {
    let beats = &beats[..beats.len().min(5)];
    let count = beats.len() as f64;
    let gap = pen.taste.gap() * 0.9;
    let height = (1000.0 - gap * (count - 1.0)) / count;
    let radius = if pen.taste.is_round() { height / 2.0 } else { pen.taste.corner(40.0) };
    let (mut main, mut accent) = (Vec::new(), Vec::new());
    for (at, beat) in beats.iter().enumerate() {
        let y = (height + gap) * at as f64;
        // Both pieces are at least as long as they are high.
        let cut = height + (1000.0 - gap - 2.0 * height) * beat.place;
        let left = form::rounded_rect(0.0, y, cut, y + height, radius);
        let right = form::rounded_rect(cut + gap, y, 1000.0, y + height, radius);
        if beat.vowel {
            main.push(right);
            accent.push(left);
        } else {
            main.push(left);
            main.push(right);
        }
    }
    let art = Art::with(&main, &accent);
    if pen.chance(0.4) { art.turned(-90.0) } else { art }
}

/// A square of forms, one a letter: vowels are discs, the others quarters turned as their place says.
fn cells(pen: &mut Pen, beats: &[Beat]) -> Option<Art> {
    let side = if beats.len() >= 9 {
        3
    } else if beats.len() >= 4 {
        2
    } else {
        return None;
    };
    let gap = pen.taste.gap() * if side == 3 { 0.85 } else { 1.0 };
    let cell = (1000.0 - gap * (side as f64 - 1.0)) / side as f64;
    let (mut main, mut accent) = (Vec::new(), Vec::new());
    for (at, beat) in beats.iter().take(side * side).enumerate() {
        let x = (cell + gap) * (at % side) as f64;
        let y = (cell + gap) * (at / side) as f64;
        let middle = pt(x + cell / 2.0, y + cell / 2.0);
        let number = (beat.place * 25.0).round() as usize;
        let turned = turn(90.0 * (number % 4) as f64, middle);
        if beat.vowel {
            accent.push(form::circle(middle, cell / 2.0));
            continue;
        }
        let corners = [(x, y), (x + cell, y), (x + cell, y + cell), (x, y + cell)].map(|(x, y)| pt(x, y));
        let radii = match number / 4 % 3 {
            0 => [cell * 0.98, 0.0, 0.0, 0.0],
            1 => [cell / 2.0, cell / 2.0, 0.0, 0.0],
            _ => [cell * 0.5, 0.0, cell * 0.5, 0.0],
        };
        let quarter = form::rounded_corners(&corners.into_iter().zip(radii).collect::<Vec<_>>());
        main.push(turned * quarter);
    }
    Some(Art::with(&main, &accent))
}

/// Rings, each as far round as its letter stands in the alphabet, about a core.
fn arcs(pen: &mut Pen, beats: &[Beat]) -> Art {
    let gap = pen.taste.gap();
    let width = 104.0 + 22.0 * pen.taste.weight;
    let core = 490.0 - 2.0 * (width + gap);
    let cap = pen.taste.cap();
    let quarter = |beat: &Beat| 90.0 * (beat.place * 25.0).round() % 360.0;
    let start = quarter(&Beat { place: beats[2..].iter().map(|beat| beat.place).sum(), vowel: false });
    let (mut main, mut accent) = (Vec::new(), Vec::new());
    for (at, beat) in beats.iter().take(2).enumerate() {
        let middle = 490.0 - width / 2.0 - (width + gap) * at as f64;
        let spare = if cap == Cap::Round { (width / middle).to_degrees() } else { 0.0 };
        let open = (gap / middle).to_degrees();
        let sweep = 90.0 + (270.0 - spare - open) * beat.place;
        // Each ring starts where the one outside it ends a quarter later.
        let from = start + 90.0 * at as f64;
        let band = form::arc_band(MIDDLE, middle, width, from, from + sweep, cap);
        if beat.vowel { accent.push(band) } else { main.push(band) }
    }
    let heart: BezPath = form::circle(MIDDLE, core);
    if accent.is_empty() {
        accent.push(heart);
    } else {
        main.push(heart);
    }
    Art::with(&main, &accent)
}
