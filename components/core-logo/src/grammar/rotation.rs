//! One module, turned about a point: once for each letter of the name, or the trade's motif in a ring.

use super::Subject;
use crate::art::{Art, MIDDLE, Pen, Sketch, pt};
use crate::rhythm::Rhythm;
use core_vector::form::{self, Cap};
use core_vector::transform::{fitted, polar, turn};
use core_vector::{bezier, combine};
use kurbo::{BezPath, Rect};

/// Fewer blades are signs that other things own, more are too thin.
const BLADES: (usize, usize) = (5, 9);
/// The narrowest blade, as a share of the mean.
const NARROWEST: f64 = 0.72;
/// A motif of more parts or segments is too busy to be repeated.
const PARTS_MAX: usize = 2;
const SEGMENTS_MAX: usize = 26;

pub(super) fn sketch(pen: &mut Pen, subject: &Subject) -> Option<Sketch> {
    let rhythm = Rhythm::of(subject.name);
    if pen.idea(4) == 3 { motif(pen, subject) } else { counted(pen, subject, &rhythm) }
}

/// One blade for each letter of a word of the name, or of the whole name: long for tall letters, short for small ones, wide for wide ones.
fn counted(pen: &mut Pen, subject: &Subject, rhythm: &Rhythm) -> Option<Sketch> {
    let told = rhythm.led(BLADES.0..=BLADES.1);
    let sizes = if let Some(told) = &told {
        told.sizes(subject.face, subject.language)
    } else {
        // Nothing that can be counted: a turn that swells.
        let (blades, step) = (5 + pen.own(93, 4), pen.own_between(94, 0.0, 0.5));
        (0..blades)
            .map(|at| (1.0 - 0.5 * step * at as f64 / 8.0, 1.0 - step * at as f64 / blades as f64))
            .collect()
    };
    let least = sizes.iter().map(|(wide, _)| wide).sum::<f64>() / sizes.len() as f64 * NARROWEST;
    let total: f64 = sizes.iter().map(|(wide, _)| wide.max(least)).sum();
    let core = [0.0, 0.0, 100.0, 140.0][pen.own(90, 4)];
    let shape = pen.own(91, 3);
    let mut from = 30.0 * pen.own(92, 12) as f64;
    let bend = pen.between(0.2, 0.5);
    let mut blades: Vec<BezPath> = Vec::new();
    for (wide, tall) in &sizes {
        let half = 180.0 * wide.max(least) / total;
        let reach = 490.0 * tall;
        let one = match shape {
            0 => sector(pen, half, core, reach),
            1 => petal(pen, half, core, reach, bend),
            _ => capsule(pen, half, core, reach),
        };
        blades.push(turn(from + half, MIDDLE) * one);
        from += 2.0 * half;
    }
    let mut accent = vec![blades.remove(0)];
    let heart = core - pen.taste.gap();
    if heart > 60.0 {
        accent.push(form::circle(MIDDLE, heart));
    }
    let art = Art::with(&blades, &accent);
    Some(match &told {
        Some(told) => Sketch::new(art, "rotation-count").letters(&told.word()),
        None => Sketch::new(art, "rotation-turn"),
    })
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

/// A bar with the ends that the taste wants.
fn capsule(pen: &Pen, half: f64, core: f64, reach: f64) -> BezPath {
    let slope = libm::tan(half.to_radians());
    let across = (245.0 * slope).clamp(64.0, 140.0) - pen.taste.gap() * 0.16;
    let foot = (across + pen.taste.gap() / 2.0) / slope;
    let is_round = pen.taste.cap() == Cap::Round;
    let ends = if is_round { across } else { 0.0 };
    let near = core.max(foot.min(250.0) - ends * 0.8);
    let far = (reach - ends).max(near + ends + 40.0);
    let bar =
        form::bar(pt(500.0, 500.0 - near - ends), pt(500.0, 500.0 - far), 2.0 * across, pen.taste.cap());
    combine::intersect(&bar, &share(pen, half))
}

/// The trade's motif in a ring.
fn motif(pen: &mut Pen, subject: &Subject) -> Option<Sketch> {
    let (id, draw) = crate::motif::find(subject.motif(pen))?;
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
    let all: Vec<_> =
        (0..count).map(|at| turn(360.0 * f64::from(at) / f64::from(count), MIDDLE) * one.clone()).collect();
    Some(Sketch::new(Art::of(&all), "rotation-motif").motif(id))
}
