//! The name as number: its letters, in their order, become lengths, steps and points that no other name has.

use super::Subject;
use crate::art::{Art, MIDDLE, Pen, Sketch, pt};
use crate::rhythm::Rhythm;
use core_brand::casing::capital;
use core_vector::form::{self, Cap};
use core_vector::transform::turn;
use kurbo::BezPath;

/// Trades that are heard: bars about a line are a sound.
const SOUNDS: &[&str] = &["mic", "note", "signal", "vinyl"];
/// Forms of a cell: three, each turned four ways.
const FORMS: usize = 12;
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
    let is_heard = subject.motifs.iter().any(|id| SOUNDS.contains(id));
    Some(match pen.idea(3) {
        // A sound stands upright; what names letters is never turned.
        0 if !is_heard => return None,
        0 => Sketch::new(skyline(pen, &beats), "tally-skyline").letters(&Rhythm::of(subject.name).word()),
        1 => Sketch::new(cells(pen, &beats)?, "tally-cells"),
        // Said to be of its letters, so that nobody turns it.
        _ => Sketch::new(arcs(pen, &beats), "tally-arcs")
            .letters(&subject.name.chars().take(2).collect::<String>()),
    })
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

/// A bar for each letter about one line, as a sound is drawn.
fn skyline(pen: &mut Pen, beats: &[Beat]) -> Art {
    let beats = &beats[..beats.len().min(5)];
    let count = beats.len() as f64;
    let gap = pen.taste.gap() * 0.94;
    let width = (1000.0 - gap * (count - 1.0)) / count;
    let radius = if pen.taste.is_round() { width / 2.0 } else { 0.0 };
    let least = width * 1.15;
    let (mut main, mut accent) = (Vec::new(), Vec::new());
    for (at, beat) in beats.iter().enumerate() {
        let x = (width + gap) * at as f64;
        let half = (least + (1000.0 - least) * beat.place) / 2.0;
        let bar = form::rounded_rect(x, 500.0 - half, x + width, 500.0 + half, radius);
        if beat.vowel { accent.push(bar) } else { main.push(bar) }
    }
    Art::with(&main, &accent)
}

/// A square of forms, one a letter: vowels are discs, the others quarters turned as their place says.
fn cells(pen: &mut Pen, beats: &[Beat]) -> Option<Art> {
    // Nine are a pattern, four are a mark.
    let side = 2;
    if beats.len() < side * side {
        return None;
    }
    let gap = pen.taste.gap() * pen.own_between(95, 0.96, 1.5);
    let cell = (1000.0 - gap * (side as f64 - 1.0)) / side as f64;
    // Every name has an alphabet of its own: where its first form stands, and which way it is turned.
    let first = pen.own(96, FORMS);
    let (mut main, mut accent) = (Vec::new(), Vec::new());
    let last = beats.len() - 1;
    // From the first letter to the last, evenly.
    let told = (0..side * side).map(|at| &beats[at * last / (side * side - 1)]);
    for (at, beat) in told.enumerate() {
        let x = (cell + gap) * (at % side) as f64;
        let y = (cell + gap) * (at / side) as f64;
        let middle = pt(x + cell / 2.0, y + cell / 2.0);
        let number = (beat.place * 25.0).round() as usize + first;
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
    let tilt = [0.0, 0.0, 45.0][pen.own(94, 3)];
    Some(Art::with(&main, &accent).turned(tilt))
}

/// One arc of two, in degrees from the right and down.
struct Ring {
    middle: f64,
    from: f64,
    sweep: f64,
    vowel: bool,
}

/// Less of a ring is a crumb beside the core.
const SWEEP_MIN: f64 = 100.0;
/// An arc of less than this that hangs under the core is a mouth, and the core an eye.
const SMILE_MAX: f64 = 220.0;
/// How far from straight down its middle may lie to be one.
const SMILE_ASIDE: f64 = 65.0;

impl Ring {
    /// Whether it would be read as a mouth, turned by so many degrees.
    fn smiles(&self, by: f64) -> bool {
        let middle = self.from + by + self.sweep / 2.0;
        let aside = (middle - 90.0 + 180.0).rem_euclid(360.0) - 180.0;
        self.sweep < SMILE_MAX && aside.abs() < SMILE_ASIDE
    }
}

/// Rings, each as far round as its letter stands in the alphabet, about a core.
fn arcs(pen: &mut Pen, beats: &[Beat]) -> Art {
    let gap = pen.taste.gap();
    // Rings of one width about one disc would be everybody's target.
    let width = (104.0 + 22.0 * pen.taste.weight) * pen.own_between(97, 0.65, 1.15);
    let core = (490.0 - 2.0 * (width + gap)) * pen.own_between(98, 0.35, 0.9);
    let cap = pen.taste.cap();
    let start = 15.0 * pen.own(99, 24) as f64;
    let rings: Vec<Ring> = beats
        .iter()
        .take(2)
        .enumerate()
        .map(|(at, beat)| {
            let middle = 490.0 - width / 2.0 - (width + gap) * at as f64;
            let spare = if cap == Cap::Round { (width / middle).to_degrees() } else { 0.0 };
            let open = (gap / middle).to_degrees();
            // The inner ring starts later than the one outside it, as the name says.
            let from = start + 30.0 * (at * (1 + pen.own(100, 11))) as f64;
            Ring {
                middle,
                from,
                sweep: SWEEP_MIN + (300.0 - SWEEP_MIN - spare - open) * beat.place,
                vowel: beat.vowel,
            }
        })
        .collect();
    let turned = [0.0, 90.0, 180.0, 270.0].into_iter().find(|by| !rings.iter().any(|ring| ring.smiles(*by)));
    let by = turned.unwrap_or(0.0);
    let (mut main, mut accent) = (Vec::new(), Vec::new());
    for ring in &rings {
        let from = ring.from + by;
        let band = form::arc_band(MIDDLE, ring.middle, width, from, from + ring.sweep, cap);
        if ring.vowel { accent.push(band) } else { main.push(band) }
    }
    let heart: BezPath = form::circle(MIDDLE, core);
    if accent.is_empty() {
        accent.push(heart);
    } else {
        main.push(heart);
    }
    Art::with(&main, &accent)
}
