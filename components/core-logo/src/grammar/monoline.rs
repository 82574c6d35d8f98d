//! One line of one width: it draws the initial and goes on, or it draws what the trade is known by.

use super::Subject;
use crate::art::{Art, MIDDLE, Pen, Sketch, pt};
use crate::letters::Letter;
use crate::skeleton::{self, HEIGHT, Skeleton};
use crate::stroke::{self, Line};
use core_vector::form::{self, Cap};
use core_vector::{combine, transform};
use kurbo::{BezPath, Point, Vec2};

/// From the foot of the letter to the line under it, in units of the skeleton, and the way that the line goes back, as a
/// share of all there is.
const UNDER: (f64, f64) = (3.1, 4.2);
const BACK: (f64, f64) = (0.6, 1.0);
/// An end with less air around it, in units of the skeleton, is no place for a point.
const FREE: f64 = 2.2;
/// Wider pairs of letters are no longer one sign.
const PAIR_WIDTH_MAX: f64 = 18.0;

/// Letters that a line around them makes another sign: a C is an e, a J is a b.
const ROUND: &[char] = &['C', 'G', 'J', 'O', 'Q', '0'];
/// Letters that would be another one with a line under them: an F is an E.
const GROUNDED: &[char] = &['F', 'N', 'P', 'T', 'Y', '7'];

pub(super) fn sketch(pen: &mut Pen, subject: &Subject) -> Option<Sketch> {
    match pen.idea(5) {
        0 => tail(pen, subject.letter()?),
        1 => ring(pen, subject.letter()?),
        2 => motif(pen, subject),
        3 => dot(pen, subject.letter()?),
        _ => pair(pen, subject),
    }
}

/// The bones of a letter as this hand writes them.
fn bones(pen: &mut Pen, letter: &Letter) -> Option<Skeleton> {
    let soft = if pen.taste.is_round() { pen.own_between(40, 0.8, 2.4) } else { 0.0 };
    let plain = letter.plain?;
    let bones = skeleton::letter(plain, soft, pen.taste.is_round())?;
    let waisted = bones.waisted(plain, pen.own_about(39, -1.0, 1.0));
    Some(waisted.stretched(pen.own_about(41, 0.76, 1.22)))
}

fn cap(pen: &Pen) -> Cap {
    if pen.taste.round >= 0.3 { Cap::Round } else { Cap::Flat }
}

/// The line leaves the letter, turns and comes back under it; a point ends it.
fn tail(pen: &mut Pen, letter: &Letter) -> Option<Sketch> {
    if letter.plain.is_some_and(|letter| GROUNDED.contains(&letter)) {
        return None;
    }
    let bones = bones(pen, letter)?;
    let drop = pen.own_about(54, UNDER.0, UNDER.1);
    let (under, turn) = (HEIGHT + drop, drop / 2.0);
    let last = bones.lines.last()?;
    let (end, way) = last.exit()?;
    let (left, right) = (-0.2, bones.width + 0.2);
    let mut further = match (way.x.round() as i32, way.y.round() as i32) {
        (0, 1) => {
            let far = if end.x > bones.width / 2.0 { left } else { right };
            vec![(pt(end.x, under), turn), (pt(far, under), 0.0)]
        }
        (1, 0) if end.y > 9.0 => {
            vec![(pt(right + turn, HEIGHT), turn), (pt(right + turn, under), turn), (pt(left, under), 0.0)]
        }
        (-1, 0) if end.y > 9.0 => {
            vec![(pt(left - turn, HEIGHT), turn), (pt(left - turn, under), turn), (pt(right, under), 0.0)]
        }
        // A slanted leg goes on as far as the lower line.
        (1, 1) => vec![(end + drop / way.y * way, 1.2), (pt(left, under), 0.0)],
        _ => return None,
    };
    let back = pen.own_between(55, BACK.0, BACK.1);
    if let [.., (from, _), (to, _)] = &mut further[..] {
        *to = from.lerp(*to, back);
    }
    let drawn = last.going_on(0.0, &further);
    let mut lines = bones.lines[..bones.lines.len() - 1].to_vec();
    let unit = 1000.0 / (under + 1.4);
    let width = 88.0 + 18.0 * pen.taste.weight + pen.own_between(42, 0.0, 30.0);
    let cap = cap(pen);
    let radius = 0.62 * width;
    // The point stands where the line would have ended.
    let back = (pen.taste.gap() + radius + if cap == Cap::Round { width / 2.0 } else { 0.0 }) / unit;
    let has_point = pen.own(43, 10) < 7;
    let finish = further.last()?.0;
    lines.push(if has_point { drawn.shorter(back)? } else { drawn });
    let placed: Vec<Line> = lines.iter().map(|line| line.placed(unit, Vec2::ZERO)).collect();
    let body = stroke::bands(&placed, width, cap);
    let accent =
        if has_point { vec![stop(pen, (unit * finish.to_vec2()).to_point(), radius)] } else { Vec::new() };
    Some(Sketch::new(Art::with(&[body], &accent), "monoline-tail").letters(&letter.text))
}

/// A point: round, or square where the taste is.
fn stop(pen: &Pen, at: Point, radius: f64) -> BezPath {
    if pen.taste.round >= 0.3 {
        form::circle(at, radius)
    } else {
        let r = radius * 0.92;
        form::rect(at.x - r, at.y - r, at.x + r, at.y + r)
    }
}

/// The line leaves the letter and runs once around it.
fn ring(pen: &mut Pen, letter: &Letter) -> Option<Sketch> {
    if letter.plain.is_some_and(|letter| ROUND.contains(&letter)) {
        return None;
    }
    let bones = bones(pen, letter)?;
    let last = bones.lines.last()?;
    let (_, way) = last.exit()?;
    let width = 84.0 + 14.0 * pen.taste.weight;
    // Where the letter ends straight, the name decides what the line runs along: a circle or a box.
    if pen.own(49, 5) > 1
        && let Some(art) = boxed(pen, &bones, width)
    {
        return Some(Sketch::new(Art::of(&[art]), "monoline-ring").letters(&letter.text));
    }
    let radius = 495.0 - width / 2.0;
    let room = (radius - width - pen.taste.gap() - 20.0) * pen.own_between(42, 0.76, 1.0);
    let diagonal = (bones.width * bones.width + HEIGHT * HEIGHT).sqrt();
    let unit = (2.0 * room / diagonal).min(58.0);
    let placed = stroke::centred(&bones.lines, unit, bones.width, HEIGHT);
    let last = placed.last()?;
    let (end, _) = last.exit()?;
    // Where the way out of the letter meets the circle.
    let from = end - MIDDLE;
    let ahead = from.dot(way);
    let reach = -ahead + (ahead * ahead - from.hypot2() + radius * radius).max(0.0).sqrt();
    let meets = end + reach * way;
    let at = meets - MIDDLE;
    let degrees = libm::atan2(at.y, at.x).to_degrees();
    // The ring goes the way that the line was turning already, or the way the name decides.
    let side = at.cross(way);
    let clockwise = if side.abs() > 0.12 * radius { side > 0.0 } else { pen.own(44, 2) == 0 };
    let cap = cap(pen);
    let spare = if cap == Cap::Round { width } else { width / 2.0 };
    let open = ((spare + pen.taste.gap() * pen.own_about(43, 1.1, 12.0)) / radius).to_degrees() + 4.0;
    let (a, b) =
        if clockwise { (degrees, degrees + 360.0 - open) } else { (degrees - 360.0 + open, degrees) };
    let mut parts: Vec<BezPath> = placed.iter().take(placed.len() - 1).map(|l| l.band(width, cap)).collect();
    parts.push(last.going_on(0.0, &[(meets, 0.0)]).band(width, cap));
    let band = form::arc_band(MIDDLE, radius, width, a, b, cap);
    let art = if cap == Cap::Flat {
        // A flat end is hidden in the ring.
        parts.push(form::arc_band(MIDDLE, radius, width, degrees - 5.0, degrees + 5.0, Cap::Flat));
        parts.push(band);
        combine::union(&parts)
    } else {
        parts.push(band);
        combine::union(&parts)
    };
    Some(Sketch::new(Art::of(&[art]), "monoline-ring").letters(&letter.text))
}

/// The line leaves the letter, turns into a box with round corners and runs along it, as far as the name says.
fn boxed(pen: &mut Pen, bones: &Skeleton, width: f64) -> Option<BezPath> {
    let (_, way) = bones.lines.last()?.exit()?;
    if way.x.abs().min(way.y.abs()) > 0.02 {
        return None;
    }
    let most = 495.0 - width / 2.0;
    let slim = most * pen.own_about(42, 0.78, 1.0);
    let half = if pen.own(44, 2) == 0 { Vec2::new(most, slim) } else { Vec2::new(slim, most) };
    let corner = half.x.min(half.y) * if pen.taste.is_round() { pen.own_between(50, 0.34, 0.9) } else { 0.2 };
    let room = 2.0 * (half - Vec2::new(1.0, 1.0) * (width + pen.taste.gap() + 0.1 * corner));
    let unit = (room.x / bones.width).min(room.y / HEIGHT) * pen.own_between(51, 0.86, 1.0);
    let mut lines = stroke::centred(&bones.lines, unit, bones.width, HEIGHT);
    let last = lines.pop()?;
    let (end, _) = last.exit()?;
    let reach = if way.x.abs() > way.y.abs() { half.x } else { half.y };
    let meets = end + (reach - (end - MIDDLE).dot(way)) * way;
    // From the meeting point along the box; the name decides which way, where it can.
    let side = Vec2::new(-way.y, way.x) * if pen.own(52, 2) == 0 { 1.0 } else { -1.0 };
    let (out, along) =
        (way.x.abs() * half.x + way.y.abs() * half.y, side.x.abs() * half.x + side.y.abs() * half.y);
    let corners = [(1.0, 1.0), (-1.0, 1.0), (-1.0, -1.0), (1.0, -1.0)]
        .map(|(o, a)| MIDDLE + o * out * way + a * along * side);
    let ahead = (corners[0] - meets).dot(side);
    let turn = corner.min(0.8 * (ahead - corner)).min(0.8 * (meets - end).hypot2().sqrt());
    if turn < 0.5 * width {
        return None;
    }
    // It ends before it meets itself, or a side earlier.
    let back = corners[3] + (corner + width) * side;
    let near = meets - (width + 1.3 * pen.taste.gap()) * side;
    let is_whole = pen.own(43, 2) == 0 && (near - back).dot(side) > 0.0;
    let short = corners[2].lerp(corners[3], pen.own_between(53, 0.35, 0.8));
    let mut knees = vec![(meets, turn)];
    knees.extend(corners[..3].iter().map(|at| (*at, corner)));
    knees.extend(if is_whole { vec![(corners[3], corner), (near, 0.0)] } else { vec![(short, 0.0)] });
    lines.push(last.going_on(0.0, &knees));
    Some(stroke::bands(&lines, width, cap(pen)))
}

/// The letter in one heavy line, its end set apart as a point.
fn dot(pen: &mut Pen, letter: &Letter) -> Option<Sketch> {
    let bones = bones(pen, letter)?;
    let width = 126.0 + 30.0 * pen.taste.weight + pen.own_between(42, 0.0, 52.0);
    let unit = (1000.0 - width) / HEIGHT;
    let mut lines = bones.lines;
    let point = parted(pen, &mut lines, width, unit)?;
    let placed: Vec<Line> = lines.iter().map(|line| line.placed(unit, Vec2::ZERO)).collect();
    let cap = cap(pen);
    let art = Art::with(&[stroke::bands(&placed, width, cap)], &[point]);
    Some(Sketch::new(art, "monoline-dot").letters(&letter.text))
}

/// Whether the end of this way stands free of all other strokes, its own among them.
fn is_free(lines: &[Line], at: usize, way: &Line) -> bool {
    let Some((end, _)) = way.exit() else { return false };
    let knees = way.knees();
    let own = knees.windows(2).take(knees.len() - 2);
    let others = lines.iter().enumerate().filter(|(other, _)| *other != at);
    let mut all = own.chain(others.flat_map(|(_, line)| line.knees().windows(2)));
    all.all(|piece| off(end, piece[0].0, piece[1].0) > FREE)
}

/// How far a point is from a straight piece.
fn off(point: Point, from: Point, to: Point) -> f64 {
    let (along, away) = (to - from, point - from);
    let share = (away.dot(along) / along.hypot2().max(1e-9)).clamp(0.0, 1.0);
    (away - share * along).hypot2().sqrt()
}

/// Letters with an upright on the right, and on the left.
const STEM_RIGHT: &[char] = &['H', 'M', 'N', 'U'];
const STEM_LEFT: &[char] = &['B', 'D', 'E', 'F', 'H', 'K', 'L', 'M', 'N', 'P', 'R', 'U'];

/// Two initials that share one upright.
fn pair(pen: &mut Pen, subject: &Subject) -> Option<Sketch> {
    let (first, second) = (subject.letter()?, subject.letters.second.as_ref()?);
    let (a, b) = (first.plain?, second.plain?);
    let is_arch = pen.taste.is_round() && a == 'A';
    if !(STEM_RIGHT.contains(&a) || is_arch) || !STEM_LEFT.contains(&b) {
        return None;
    }
    let (one, two) = (bones(pen, first)?, bones(pen, second)?);
    let width = one.width + two.width;
    if width > PAIR_WIDTH_MAX {
        return None;
    }
    // The second letter hangs half a step lower, so that both are read.
    let drop = [0.0, 2.2, 2.8, 3.4][pen.own(45, 4)];
    let stroke = 88.0 + 12.0 * pen.taste.weight;
    let unit = (1000.0 - stroke) / width.max(HEIGHT + drop);
    let place = |lines: &[Line], x: f64, y: f64| -> Vec<Line> {
        lines.iter().map(|line| line.placed(unit, Vec2::new(x * unit, y * unit))).collect()
    };
    let mut lines = place(&one.lines, 0.0, 0.0);
    lines.extend(place(&two.lines, one.width, drop));
    let art = Art::of(&[stroke::bands(&lines, stroke, cap(pen))]);
    let letters = format!("{}{}", first.text, second.text);
    Some(Sketch::new(art, "monoline-pair").letters(&letters))
}

/// What the trade is known by, in one line.
fn motif(pen: &mut Pen, subject: &Subject) -> Option<Sketch> {
    let known: Vec<_> =
        subject.motifs.iter().filter_map(|id| MOTIFS.iter().find(|(known, _)| known == id)).collect();
    // A try in three asks the next.
    let at = pen.own(46, known.len().max(1)) + usize::from(pen.chance(0.34));
    let (id, knees) = known.get(at % known.len().max(1))?;
    let soft = if pen.taste.is_round() { pen.own_between(40, 0.6, 2.6) } else { 0.0 };
    // A slim ridge has no room for its valley.
    let own = pen.own_about(41, if *id == "peak" { 1.04 } else { 0.78 }, 1.24);
    let (aside, waist) = (pen.own_about(38, -1.1, 1.1), pen.own_about(39, -1.0, 1.0));
    let line = |knees: &&[(f64, f64, f64)]| {
        let knee = |(x, y, r): &(f64, f64, f64)| {
            let (x, across) = if *id == "peak" { bent(*x, aside) } else { (*x, 1.0) };
            let (y, down) = if BENT.contains(id) { bent(*y, waist) } else { (*y, 1.0) };
            (pt(own * x, y), if *r < 0.0 { soft } else { *r * across.min(down).min(1.0) })
        };
        Line::new(&knees.iter().map(knee).collect::<Vec<_>>())
    };
    let width = 88.0 + 20.0 * pen.taste.weight + pen.own_about(42, 0.0, 56.0);
    let unit = (1000.0 - width) / 10.0;
    let cap = cap(pen);
    let mut lines: Vec<Line> = knees.iter().map(line).collect();
    // Where the name says so, a free end stands apart as a point.
    // A leaf with a ball beside it is a racket.
    let point = (pen.own(43, 3) > 0 && *id != "leaf").then(|| parted(pen, &mut lines, width, unit)).flatten();
    let placed: Vec<Line> = lines.iter().map(|line| line.placed(unit, Vec2::ZERO)).collect();
    let side = if pen.own(47, 2) == 0 { transform::mirror_x(500.0) } else { kurbo::Affine::IDENTITY };
    let lean = if LOOSE.contains(id) { LEANS[pen.own(48, LEANS.len())] } else { 0.0 };
    let art = Art::with(&[stroke::bands(&placed, width, cap)], &point.into_iter().collect::<Vec<_>>());
    Some(Sketch::new(art.moved(side).turned(lean), "monoline-motif").motif(id))
}

/// Motifs whose inside may lie higher or lower.
const BENT: &[&str] = &["anchor", "book", "note", "peak", "shield"];

/// A place between 0 and 10, moved as the middle moves, and how much longer its half became; both ends stay.
fn bent(at: f64, by: f64) -> (f64, f64) {
    let half = HEIGHT / 2.0;
    let (before, after) = ((half + by) / half, (half - by) / half);
    if at < half { (at * before, before) } else { (HEIGHT - (HEIGHT - at) * after, after) }
}

/// Motifs that stand at any angle, and the angles.
const LEANS: [f64; 7] = [0.0, -30.0, -20.0, -10.0, 10.0, 20.0, 40.0];
const LOOSE: &[&str] = &["bean", "key", "leaf", "spark"];

/// Takes a free end of these lines back, and returns the point that stands in its place.
fn parted(pen: &Pen, lines: &mut [Line], width: f64, unit: f64) -> Option<BezPath> {
    let cap = cap(pen);
    let radius = width * 0.58;
    let back = (pen.taste.gap() * 1.05 + radius + if cap == Cap::Round { width / 2.0 } else { 0.0 }) / unit;
    // Any free end will do; the name decides which is asked first.
    let ends: Vec<(usize, Line)> = (0..lines.len())
        .flat_map(|at| [(at, lines[at].clone()), (at, lines[at].turned())])
        .filter(|(at, way)| is_free(lines, *at, way))
        .collect();
    let first = pen.own(44, ends.len().max(1));
    let (at, shorter, end) = (0..ends.len()).find_map(|step| {
        let (at, way) = &ends[(first + step) % ends.len()];
        let (end, _) = way.exit()?;
        Some((*at, way.shorter(back)?, end))
    })?;
    lines[at] = shorter;
    Some(stop(pen, (unit * end.to_vec2()).to_point(), radius))
}

/// Points and the radii of their corners.
type Knees = &'static [(f64, f64, f64)];

/// A corner whose radius the taste decides.
const SOFT: f64 = -1.0;

/// Motifs that one line can draw, in a square of ten units.
const MOTIFS: &[(&str, &[Knees])] = &[
    (
        "anchor",
        &[
            &[(5.0, 10.0, 0.0), (5.0, 3.4, 0.0)],
            &[
                (5.0, 3.4, 1.6),
                (3.4, 3.4, 1.6),
                (3.4, 0.2, 1.6),
                (6.6, 0.2, 1.6),
                (6.6, 3.4, 1.6),
                (5.0, 3.4, 1.6),
            ],
            &[(0.4, 5.6, 0.0), (0.4, 10.0, 4.4), (9.6, 10.0, 4.4), (9.6, 5.6, 0.0)],
        ],
    ),
    (
        "bean",
        &[
            &[
                (5.0, 10.0, 4.2),
                (0.8, 10.0, 4.2),
                (0.8, 0.0, 4.2),
                (9.2, 0.0, 4.2),
                (9.2, 10.0, 4.2),
                (5.0, 10.0, 4.2),
            ],
            &[(5.0, 0.0, 0.0), (3.7, 3.3, 2.6), (6.3, 6.7, 2.6), (5.0, 10.0, 0.0)],
        ],
    ),
    (
        "book",
        &[&[
            (5.0, 9.4, 0.0),
            (5.0, 1.2, 2.0),
            (0.0, 1.2, SOFT),
            (0.0, 8.2, SOFT),
            (5.0, 8.2, 1.0),
            (10.0, 8.2, SOFT),
            (10.0, 1.2, SOFT),
            (5.0, 1.2, 2.0),
            (5.0, 5.0, 0.0),
        ]],
    ),
    ("drop", &[&[(5.0, 9.8, 0.0), (-0.77, 9.8, 3.3), (5.0, 0.0, 0.3), (10.77, 9.8, 3.3), (5.0, 9.8, 0.0)]]),
    (
        "house",
        &[
            // The roof is a line of its own and stands over the walls, its corners as good as sharp in every taste:
            // rounded, a gable over a door is a heart.
            &[(-0.3, 5.0, 0.0), (5.0, 0.2, 0.3), (10.3, 5.0, 0.0)],
            &[(4.1, 7.0, 0.0), (4.1, 9.8, 0.4), (1.5, 9.8, 0.4), (1.5, 3.4, 0.0)],
            &[(8.5, 3.4, 0.0), (8.5, 9.8, 0.4), (6.4, 9.8, 0.0)],
        ],
    ),
    (
        "key",
        &[
            &[
                (5.0, 5.0, 2.5),
                (5.0, 7.5, 2.5),
                (0.0, 7.5, 2.5),
                (0.0, 2.5, 2.5),
                (5.0, 2.5, 2.5),
                (5.0, 5.0, 2.5),
            ],
            &[(5.0, 5.0, 0.0), (10.0, 5.0, SOFT), (10.0, 7.6, 0.0)],
            &[(7.5, 5.0, 0.0), (7.5, 7.2, 0.0)],
        ],
    ),
    (
        "leaf",
        &[
            &[(0.0, 10.0, 0.0), (4.6, 5.4, 0.0)],
            &[
                (2.0, 8.0, 0.0),
                (1.2, 8.0, 0.0),
                (1.2, 0.0, 6.0),
                (10.0, 0.0, 0.5),
                (10.0, 8.0, 6.0),
                (2.0, 8.0, 0.0),
            ],
        ],
    ),
    (
        "note",
        &[
            &[
                (4.6, 8.0, 2.0),
                (4.6, 10.0, 2.0),
                (0.4, 10.0, 2.0),
                (0.4, 6.0, 2.0),
                (4.6, 6.0, 2.0),
                (4.6, 8.0, 2.0),
            ],
            &[(4.6, 8.0, 0.0), (4.6, 0.0, SOFT), (9.0, 0.0, 2.4), (9.0, 4.4, 0.0)],
        ],
    ),
    // Closed by its foot: an open ridge is an M.
    (
        "peak",
        &[&[
            (5.0, 9.2, 0.0),
            (-0.4, 9.2, 0.4),
            (3.7, 0.8, 0.4),
            (6.1, 6.2, 0.3),
            (7.6, 3.2, 0.4),
            (10.6, 9.2, 0.4),
            (5.0, 9.2, 0.0),
        ]],
    ),
    (
        "pin",
        &[
            &[(5.0, 4.6, 0.0), (3.0, 4.6, 0.0)],
            &[
                (5.0, 10.0, 0.0),
                (1.2, 5.6, 2.0),
                (1.2, 0.0, 3.8),
                (8.8, 0.0, 3.8),
                (8.8, 5.6, 2.0),
                (5.0, 10.0, 0.0),
            ],
        ],
    ),
    (
        "shield",
        &[&[
            (5.0, 4.8, 0.0),
            (5.0, 0.4, SOFT),
            (0.8, 0.4, SOFT),
            (0.8, 6.0, 3.6),
            (5.0, 10.0, SOFT),
            (9.2, 6.0, 3.6),
            (9.2, 0.4, 0.0),
        ]],
    ),
    (
        "spark",
        &[
            &[(5.0, 0.0, 0.0), (5.0, 5.0, 4.4), (10.0, 5.0, 0.0)],
            &[(10.0, 5.0, 0.0), (5.0, 5.0, 4.4), (5.0, 10.0, 0.0)],
            &[(5.0, 10.0, 0.0), (5.0, 5.0, 4.4), (0.0, 5.0, 0.0)],
            &[(0.0, 5.0, 0.0), (5.0, 5.0, 4.4), (5.0, 0.0, 0.0)],
        ],
    ),
    (
        "steam",
        &[
            &[(8.0, 4.4, 0.0), (10.0, 4.4, 1.3), (10.0, 7.0, 1.3), (8.0, 7.0, 0.0)],
            &[(0.6, 3.2, 0.0), (8.0, 3.2, SOFT), (8.0, 10.0, 3.4), (0.6, 10.0, 3.4), (0.6, 3.2, 0.0)],
            &[(4.3, 0.0, 0.0), (4.3, 1.2, 0.0)],
        ],
    ),
];
