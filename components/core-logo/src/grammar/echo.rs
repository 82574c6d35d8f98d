//! One form, again and again: lines that follow the initial or the trade's sign, at one distance.

use super::opening::{Door, opened};
use super::{Subject, filled};
use crate::art::{Art, MIDDLE, Pen, Sketch};
use crate::letters::Letter;
use crate::skeleton::{self, HEIGHT};
use crate::stroke::{self, Line};
use core_vector::form::{self, Cap};
use core_vector::offset::{self, Corner};
use core_vector::transform::{self, fitted, scale_xy, turn};
use core_vector::{bezier, combine};
use kurbo::{BezPath, Vec2};

/// Letters with so much room in them that three lines side by side fit.
const ROOMY: &[char] = &['C', 'D', 'J', 'L', 'O', 'U', 'V', '0', '1', '7'];
/// Letters that one line writes without crossing itself: lanes run through from end to end.
const LANES: &[char] = &['C', 'D', 'G', 'J', 'L', 'N', 'O', 'S', 'U', 'V', 'Z', '0', '1', '2', '7'];
/// Of those, the ones of bows.
const BOWED: &[char] = &['C', 'D', 'G', 'J', 'O', 'S', 'U', '0', '2'];
/// Letters with legs: a line around them runs up between those and is a second letter.
const LEGGED: &[char] = &['H', 'M', 'N', 'W', 'X', '4'];
/// Letters with room for two lines around them.
const SLIM: &[char] = &['I', 'L', 'T', '1', '7'];

pub(super) fn sketch(pen: &mut Pen, subject: &Subject) -> Option<Sketch> {
    match pen.idea(3) {
        0 => lines(pen, subject.letter()?),
        1 => nested(pen, subject),
        _ => ripple(pen, subject.letter()?),
    }
}

/// The letter as lanes: two or three lines that never part.
fn lines(pen: &mut Pen, letter: &Letter) -> Option<Sketch> {
    let plain = letter.plain?;
    let is_round = pen.taste.is_round();
    let known = Some(plain).filter(|letter| LANES.contains(letter) && !(*letter == 'N' && is_round))?;
    let bones =
        skeleton::letter(known, if is_round { pen.own_between(51, 1.8, 3.0) } else { 0.0 }, is_round)?;
    // Bows that are drawn in leave no room for lanes within them.
    let bones = bones.stretched(pen.own_about(50, if BOWED.contains(&known) { 0.98 } else { 0.82 }, 1.22));
    let count = if ROOMY.contains(&plain) && pen.own(52, 10) < 6 { 3 } else { 2 };
    let gap = pen.taste.gap() * 0.94;
    let lane =
        if count == 3 { 78.0 } else { 88.0 + 14.0 * pen.taste.weight + pen.own_between(53, 0.0, 34.0) };
    let whole = lane * count as f64 + gap * (count as f64 - 1.0);
    let unit = (1000.0 - whole) / HEIGHT;
    let placed: Vec<Line> = bones.lines.iter().map(|line| line.placed(unit, Vec2::ZERO)).collect();
    let beside = |at: usize| (at as f64 - (count as f64 - 1.0) / 2.0) * (lane + gap);
    let mut lanes: Vec<BezPath> = Vec::new();
    let mut taken: Vec<BezPath> = Vec::new();
    // A later stroke passes under those before it.
    let step = ends(pen, lane);
    for line in placed.iter().rev() {
        for at in 0..count {
            let line = ended(&line.beside(beside(at)), at, count, step);
            let band = line.band(lane, Cap::Flat);
            lanes.push(if taken.is_empty() { band } else { combine::subtract(&band, &taken) });
        }
        taken.push(line.band(whole + 2.0 * gap, Cap::Flat));
    }
    let inner = pen.rng.below(count);
    let is_two = placed.len() == 1 && pen.chance(0.6);
    let (mut main, mut accent) = (Vec::new(), Vec::new());
    for (at, path) in lanes.into_iter().enumerate() {
        if is_two && at % count == inner { accent.push(path) } else { main.push(path) }
    }
    Some(Sketch::new(Art::with(&main, &accent), "echo-lanes").letters(&letter.text))
}

/// By how much each lane ends earlier than the one beside it, at its start and at its end: steps as even as a stair.
fn ends(pen: &Pen, lane: f64) -> [f64; 2] {
    [90, 91].map(|salt| lane * [0.0, 0.0, 0.9, 1.5, -0.9, -1.5][pen.own(salt, 6)])
}

/// A lane taken back at both ends by its place among the others.
fn ended(line: &Line, at: usize, count: usize, steps: [f64; 2]) -> Line {
    let back = |step: f64| step.abs() * if step > 0.0 { at as f64 } else { (count - 1 - at) as f64 };
    let one = line.shorter(back(steps[0])).unwrap_or_else(|| line.clone()).turned();
    one.shorter(back(steps[1])).unwrap_or(one).turned()
}

/// The trade's sign within itself; where there is room, the innermost holds the initial.
fn nested(pen: &mut Pen, subject: &Subject) -> Option<Sketch> {
    let known: Vec<(&'static str, BezPath)> = subject.motifs.iter().filter_map(|id| body(id)).collect();
    // A try in three asks the next.
    let at = pen.own(54, known.len().max(1)) + usize::from(pen.chance(0.34));
    let (id, shape) = known.get(at % known.len().max(1))?.clone();
    let holds = subject.letter().filter(|_| pen.own(55, 10) < 6);
    // What holds a letter stands upright.
    let lean =
        if holds.is_none() && LOOSE.contains(&id) { [0.0, -24.0, 24.0, 48.0][pen.own(56, 4)] } else { 0.0 };
    let wide = if TRUE.contains(&id) { 1.0 } else { pen.own_about(50, 0.76, 1.2) };
    let own = turn(lean, MIDDLE) * scale_xy(wide, 1.0, MIDDLE);
    let shape = fitted(&(own * shape), form::square(0.0));
    let (lane, gap) = (74.0 + 12.0 * pen.taste.weight + pen.own_between(53, 0.0, 34.0), pen.taste.gap());
    let rings = if holds.is_some() { 1 } else { 1 + pen.own(52, 2) };
    let door = door(pen).filter(|_| SMOOTH.contains(&id));
    let inwards = |by: f64| offset::shrink(&shape, by, Corner::Sharp);
    let mut parts = Vec::new();
    for at in 0..rings {
        let from = (lane + gap) * at as f64;
        let outer = if at == 0 { shape.clone() } else { inwards(from) };
        let ring = combine::subtract(&outer, &[inwards(from + lane)]);
        parts.push(match door {
            Some(door) => opened(&ring, &inwards(from + lane / 2.0), lane, door),
            None => ring,
        });
    }
    let core = inwards((lane + gap) * rings as f64);
    if bezier::contours(&core).len() != 1 {
        return None;
    }
    let (Some(letter), Some((_, body, room))) = (holds, crate::motif::body(id)) else {
        return Some(Sketch::new(Art::with(&parts, &[core]), "echo-nested").motif(id));
    };
    // The room for a letter moves with the body that it belongs to.
    let place = transform::fit(bezier::bounds(&body), bezier::bounds(&core));
    let room = place.transform_rect_bbox(room);
    let hole = letter.within(room.inflate(room.width() * 0.1, room.height() * 0.1));
    let art = Art::with(&parts, &[combine::subtract(&core, &[hole])]);
    Some(Sketch::new(art, "echo-around").motif(id).letters(&letter.text))
}

/// Bodies that stand at any angle.
const LOOSE: &[&str] = &["drop", "leaf", "seed"];
/// Bodies that are true to a measure: a stretched star is a star askew.
const TRUE: &[&str] = &["cross", "star"];

/// Bodies with sides long enough to be opened; a star that is open has lost an arm.
const SMOOTH: &[&str] = &["drop", "house", "leaf", "pin", "seed", "shield"];

/// Where the name opens all lines, and how far; some stay closed.
fn door(pen: &Pen) -> Option<Door> {
    (pen.own(62, 4) > 0).then(|| Door {
        degrees: 30.0 * pen.own(60, 12) as f64,
        length: pen.own_between(61, 130.0, 380.0),
        cap: pen.taste.cap(),
    })
}

/// Bodies that stay themselves when lines follow them inwards.
fn body(id: &str) -> Option<(&'static str, BezPath)> {
    Some(match id {
        "bolt" => (
            "bolt",
            form::polygon(
                &[
                    (600.0, 0.0),
                    (130.0, 560.0),
                    (430.0, 560.0),
                    (360.0, 1000.0),
                    (870.0, 400.0),
                    (540.0, 400.0),
                ]
                .map(Into::into),
            ),
        ),
        "peak" => ("peak", form::polygon(&[(500.0, 60.0), (1060.0, 940.0), (-60.0, 940.0)].map(Into::into))),
        "star" => ("star", form::polygon(&form::star(MIDDLE, 560.0, 320.0, 5, -90.0))),
        "cross" => ("cross", form::polygon(&plus())),
        "eye" => ("eye", form::lens((-60.0, 500.0).into(), (1060.0, 500.0).into(), 0.36)),
        "flask" => ("flask", form::polygon(&FLASK.map(Into::into))),
        "gem" => ("gem", form::polygon(&GEM.map(Into::into))),
        "heart" => ("heart", heart()),
        "node" => ("node", form::polygon(&form::regular(MIDDLE, 540.0, 6, -90.0))),
        "seed" => ("seed", form::lens((500.0, -40.0).into(), (500.0, 1040.0).into(), 0.36)),
        "speech" => ("speech", speech()),
        other => {
            let (id, path, _) =
                crate::motif::body(other).filter(|found| found.0 != "gear" && found.0 != "book")?;
            (id, path)
        }
    })
}

const FLASK: [(f64, f64); 6] =
    [(340.0, 0.0), (660.0, 0.0), (660.0, 300.0), (1000.0, 1000.0), (0.0, 1000.0), (340.0, 300.0)];
const GEM: [(f64, f64); 5] = [(-20.0, 370.0), (230.0, 70.0), (770.0, 70.0), (1020.0, 370.0), (500.0, 1000.0)];

fn heart() -> BezPath {
    let lobe = |x: f64| form::circle((x, 290.0).into(), 285.0);
    let below = [(500.0, 90.0), (904.0, 488.0), (500.0, 900.0), (96.0, 488.0)];
    combine::union(&[lobe(298.0), lobe(702.0), form::polygon(&below.map(Into::into))])
}

fn speech() -> BezPath {
    let tail = [(190.0, 700.0), (470.0, 700.0), (190.0, 960.0)];
    combine::union(&[
        form::rounded_rect(-40.0, 60.0, 1040.0, 740.0, 150.0),
        form::polygon(&tail.map(Into::into)),
    ])
}

fn plus() -> [kurbo::Point; 12] {
    let (a, b, c, d) = (0.0, 300.0, 700.0, 1000.0);
    [(b, a), (c, a), (c, b), (d, b), (d, c), (c, c), (c, d), (b, d), (b, c), (a, c), (a, b), (b, b)]
        .map(Into::into)
}

/// The letter, and a line around it as waves are around a stone.
fn ripple(pen: &mut Pen, letter: &Letter) -> Option<Sketch> {
    let plain = letter.plain.filter(|letter| !LEGGED.contains(letter))?;
    let is_round = pen.taste.is_round();
    let bones = skeleton::letter(plain, if is_round { 2.0 } else { 0.0 }, is_round)?;
    let bones = bones.stretched(pen.own_about(50, 0.82, 1.24));
    let (heart, gap, lane) =
        (126.0 + 30.0 * pen.taste.weight + pen.own_between(53, 0.0, 36.0), pen.taste.gap() * 0.96, 82.0);
    let rings = if SLIM.contains(&plain) { 1 + pen.own(52, 2) } else { 1 };
    let whole = heart + 2.0 * rings as f64 * (gap + lane);
    let unit = (1000.0 - whole) / HEIGHT;
    let lines = stroke::centred(&bones.lines, unit, bones.width, HEIGHT);
    let cap = if pen.taste.round >= 0.3 { Cap::Round } else { Cap::Flat };
    let body = stroke::bands(&lines, heart, cap);
    let swollen = |by: f64| {
        let band = |line: &Line| {
            // Flat ends grow as the sides do.
            let line = if cap == Cap::Flat { line.longer(by / 2.0) } else { line.clone() };
            line.band(heart + by, cap)
        };
        filled(&combine::union(&lines.iter().map(band).collect::<Vec<_>>()))
    };
    let door = door(pen);
    let mut rows = Vec::new();
    for at in 0..rings {
        let from = 2.0 * (gap + (gap + lane) * at as f64);
        let ring = combine::subtract(&swollen(from + 2.0 * lane), &[swollen(from)]);
        rows.push(match door {
            Some(door) => opened(&ring, &swollen(from + lane), lane, door),
            None => ring,
        });
    }
    let art = if pen.chance(0.6) { Art::with(&[body], &rows) } else { Art::with(&rows, &[body]) };
    Some(Sketch::new(art, "echo-ripple").letters(&letter.text))
}
