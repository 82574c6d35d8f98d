//! One module, turned about a point: once for each letter of the name, or the trade's motif in a ring.

use super::Subject;
use crate::art::{Art, MIDDLE, Pen, Sketch, pt};
use crate::rhythm::Rhythm;
use core_vector::transform::{fitted, polar, turn};
use core_vector::{bezier, combine, form};
use kurbo::{BezPath, Rect};

/// Fewer blades are signs that other things own, more are too thin.
const BLADES: (usize, usize) = (5, 9);
/// More bars than this are hands of a clock.
const RAYS_MAX: usize = 6;
/// A motif of more parts or segments is too busy to be repeated.
const PARTS_MAX: usize = 2;
const SEGMENTS_MAX: usize = 26;
/// Motifs that make a flower or a flock about a point; of others a ring is a machine, or a warning.
const PETALS: &[&str] =
    &["apple", "bean", "bird", "bread", "drop", "fish", "flame", "heart", "leaf", "pear", "seed"];

pub(super) fn sketch(pen: &mut Pen, subject: &Subject) -> Option<Sketch> {
    let rhythm = Rhythm::of(subject.name);
    if pen.idea(4) == 3 { motif(pen, subject) } else { Some(counted(pen, &rhythm)) }
}

/// One blade for each letter of a word of the name, or of the whole name, all alike: what is uneven looks broken.
fn counted(pen: &mut Pen, rhythm: &Rhythm) -> Sketch {
    let told = rhythm.led(BLADES.0..=BLADES.1);
    let count = told.as_ref().map_or_else(|| BLADES.0 + pen.own(93, 4), |told| told.letters.len());
    let half = 180.0 / count as f64;
    let core = [0.0, 0.0, 100.0, 140.0][pen.own(90, 4)];
    let bend = pen.own_about(94, 0.2, 0.5);
    // Bars in a ring are bricks with straight ends, and many with round ones a machine that is busy.
    let shapes = if pen.taste.is_round() && count <= RAYS_MAX { 3 } else { 2 };
    let one = match pen.own(91, shapes) {
        0 => sector(pen, half, core, 490.0),
        1 => petal(pen, half, core, 490.0, bend),
        _ => ray(pen, half, core, 490.0),
    };
    let from = 30.0 * pen.own(92, 12) as f64;
    let mut blades: Vec<BezPath> =
        (0..count).map(|at| turn(from + 2.0 * half * at as f64, MIDDLE) * one.clone()).collect();
    let mut accent = vec![blades.remove(0)];
    let heart = core - pen.taste.gap();
    if heart > 60.0 {
        accent.push(form::circle(MIDDLE, heart));
    }
    let art = Art::with(&blades, &accent);
    match &told {
        Some(told) => Sketch::new(art, "rotation-count").letters(&told.word()),
        None => Sketch::new(art, "rotation-turn"),
    }
}

/// Half of the air between neighbours, as the distance of the tip of a share from the middle.
fn apex(pen: &Pen, half: f64) -> f64 {
    pen.taste.gap() / 2.0 / libm::sin(half.to_radians())
}

/// The share of the turn that a module pointing up may fill.
fn share(pen: &Pen, half: f64) -> BezPath {
    let tip = pt(500.0, 500.0 - apex(pen, half));
    form::polygon(&[
        tip,
        polar(tip, 1400.0, -90.0 - half),
        pt(500.0, -1400.0),
        polar(tip, 1400.0, -90.0 + half),
    ])
}

/// A slice of a disc.
fn sector(pen: &Pen, half: f64, core: f64, reach: f64) -> BezPath {
    let slice = combine::intersect(&form::circle(MIDDLE, reach), &share(pen, half));
    if core > 0.0 { combine::subtract(&slice, &[form::circle(MIDDLE, core)]) } else { slice }
}

/// A petal, its widest place nearer to the end or to the middle.
fn petal(pen: &Pen, half: f64, core: f64, reach: f64, bend: f64) -> BezPath {
    let near = core.max(apex(pen, half) * 1.05);
    let swell = ((0.55 + bend * 0.3) * reach * libm::tan(half.to_radians())).min(210.0);
    let leaf = form::lens(pt(500.0, 500.0 - near), pt(500.0, 500.0 - reach), swell / (reach - near));
    combine::intersect(&leaf, &share(pen, half))
}

/// A slim bar with round ends, far enough out that its foot keeps clear of the neighbours.
fn ray(pen: &Pen, half: f64, core: f64, reach: f64) -> BezPath {
    let across = pen.own_between(95, 62.0, 84.0);
    let foot = core.max((across + pen.taste.gap() / 2.0) / libm::sin(half.to_radians()));
    form::bar(pt(500.0, 500.0 - foot), pt(500.0, 500.0 - reach + across), 2.0 * across, form::Cap::Round)
}

/// The trade's motif in a ring.
fn motif(pen: &mut Pen, subject: &Subject) -> Option<Sketch> {
    let (id, draw) = crate::motif::find(subject.motif(pen)).filter(|(id, _)| PETALS.contains(id))?;
    let whole = draw(pen).whole();
    if bezier::contours(&whole).len() > PARTS_MAX || bezier::segments(&whole) > SEGMENTS_MAX {
        return None;
    }
    // Four hooked figures in a ring can look like a sign nobody wants.
    let count = pen.one(3, &[5, 6]);
    let size = match count {
        3 => 420.0,
        5 => 310.0,
        _ => 280.0,
    };
    let away = 490.0 - size / 2.0;
    let one = fitted(&whole, Rect::from_center_size((500.0, 500.0 - away), (size, size)));
    // The name decides where the first of them stands.
    let (step, first) = (360.0 / f64::from(count), pen.own(94, 4) as f64 / 4.0);
    let all: Vec<_> =
        (0..count).map(|at| turn(step * (f64::from(at) + first), MIDDLE) * one.clone()).collect();
    Some(Sketch::new(Art::of(&all), "rotation-motif").motif(id))
}
