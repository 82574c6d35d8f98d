//! Flat planes under one light: a letter cut like a crystal, a stone, a folded sign.

use super::Subject;
use crate::art::{Art, MIDDLE, Pen, Sketch, pt};
use crate::letters::Letter;
use crate::skeleton::{self, HEIGHT};
use crate::stroke::Line;
use core_vector::form::{self, Cap};
use core_vector::offset::{self, Corner};
use core_vector::transform::{direction, scale_xy};
use core_vector::{bezier, combine};
use kurbo::{Affine, BezPath, ParamCurve, PathSeg, Point, Rect, Vec2};

/// Where the light comes from: the upper left, as everywhere.
const LIGHT: Vec2 = Vec2::new(-0.5, -0.866);
/// How much of a round corner its chamfer takes.
const CHAMFER: f64 = 0.6;
/// Letters with more lines and curves throw a ragged shade.
const SHADE_SEGMENTS_MAX: usize = 26;

pub(super) fn sketch(pen: &mut Pen, subject: &Subject) -> Option<Sketch> {
    match pen.idea(4) {
        0 => prism(pen, subject.letter()?),
        1 => stone(pen, subject),
        2 if subject.has_bare_sign(pen) => planes(pen, subject),
        2 => None,
        _ => block(pen, subject.letter()?),
    }
}

/// The letter with a ridge along every stroke: one side in the light, one in the shade.
fn prism(pen: &mut Pen, letter: &Letter) -> Option<Sketch> {
    let bones = skeleton::letter(letter.plain?, 0.0, false)?.stretched(pen.own_about(70, 0.8, 1.24));
    let width = 200.0 + 26.0 * pen.taste.weight + pen.own_between(71, 0.0, 44.0);
    let ridge = pen.taste.gap() * 0.84;
    let unit = (1000.0 - width) / HEIGHT;
    let (mut light, mut shade) = (Vec::new(), Vec::new());
    let mut taken: Vec<BezPath> = Vec::new();
    for line in bones.lines.iter().rev() {
        let line = chamfered(&line.placed(unit, Vec2::ZERO));
        for (plane, way) in sides(&line, ridge / 2.0, width / 2.0) {
            let plane = if taken.is_empty() { plane } else { combine::subtract(&plane, &taken) };
            if way.dot(LIGHT) > -0.02 { light.push(plane) } else { shade.push(plane) }
        }
        taken.push(line.band(width, Cap::Flat));
    }
    let art = if pen.chance(0.5) { Art::with(&light, &shade) } else { Art::with(&shade, &light) };
    Some(Sketch::new(art, "facet-prism").letters(&letter.text))
}

/// The line with straight cuts instead of arcs.
fn chamfered(line: &Line) -> Line {
    let knees = line.knees();
    let count = knees.len();
    let mut cut: Vec<(Point, f64)> = Vec::new();
    for (at, (point, radius)) in knees.iter().enumerate() {
        let is_end = !line.is_closed() && (at == 0 || at + 1 == count);
        if *radius <= 0.0 || is_end {
            cut.push((*point, 0.0));
            continue;
        }
        for to in [(at + count - 1) % count, (at + 1) % count] {
            let way = knees[to].0 - *point;
            let length = way.hypot2().sqrt();
            cut.push((*point + (CHAMFER * radius).min(length / 2.0) / length.max(1e-9) * way, 0.0));
        }
    }
    if line.is_closed() {
        cut.extend(cut.first().copied());
    }
    Line::new(&cut)
}

/// The planes of a straight-lined band to both sides of its ridge, each with the way it faces.
fn sides(line: &Line, near: f64, far: f64) -> Vec<(BezPath, Vec2)> {
    let mut planes = Vec::new();
    for side in [1.0, -1.0] {
        let (inner, outer) = (line.beside(side * near), line.beside(side * far));
        let (inner, outer, spine) = (inner.knees(), outer.knees(), line.knees());
        let count = spine.len();
        let pieces = if line.is_closed() { count } else { count - 1 };
        for at in 0..pieces {
            let next = (at + 1) % count;
            let along = spine[next].0 - spine[at].0;
            let facing = side * Vec2::new(along.y, -along.x) / along.hypot2().sqrt().max(1e-9);
            let plane = form::polygon(&[inner[at].0, outer[at].0, outer[next].0, inner[next].0]);
            planes.push((combine::union(&[plane]), facing));
        }
    }
    planes
}

/// A cut stone seen from above: facets around a table that holds the initial.
fn stone(pen: &mut Pen, subject: &Subject) -> Option<Sketch> {
    let count = [5, 6, 7, 8][pen.own(72, 4)];
    let gap = pen.taste.gap();
    let first = -90.0 + 180.0 / f64::from(count) * pen.own(73, 2) as f64;
    let wide = scale_xy(pen.own_about(70, 0.74, 1.0), 1.0, MIDDLE);
    let outer = form::regular(MIDDLE, 500.0, count as usize, first);
    let inner = form::regular(MIDDLE, pen.between(345.0, 375.0), count as usize, first);
    let apothem = libm::cos(std::f64::consts::PI / f64::from(count));
    let table = form::regular(MIDDLE, 355.0 - gap * 0.7 / apothem, count as usize, first);
    let (mut light, mut shade) = (Vec::new(), Vec::new());
    for at in 0..count as usize {
        let next = (at + 1) % count as usize;
        let facet = form::polygon(&[outer[at], outer[next], inner[next], inner[at]]);
        let seams = [at, next]
            .map(|at| form::bar(MIDDLE, outer[at] + 0.2 * (outer[at] - MIDDLE), gap * 0.92, Cap::Flat));
        let facet = combine::subtract(&facet, &seams);
        let facing = (outer[at].midpoint(outer[next]) - MIDDLE) / 500.0;
        if facing.dot(LIGHT) > 0.1 { light.push(facet) } else { shade.push(facet) }
    }
    let side = 355.0 * 1.04;
    let room = Rect::from_center_size(MIDDLE, (side, side));
    let said = Sketch::new(Art::default(), "facet-stone");
    let table = form::polygon(&table);
    let (hole, said) = match subject.letter() {
        Some(letter) => (letter.within(room), said.letters(&letter.text)),
        None => return None,
    };
    shade.push(combine::subtract(&table, &[hole]));
    Some(said.drawn(Art::with(&shade, &light).moved(wide)))
}

/// Points in the square of side 1000.
type Points = &'static [(f64, f64)];

/// A sign of planes: its outline, the folds in it, and the planes that lie in the shade.
type Folded = (&'static str, Points, &'static [Points], &'static [Points]);

const FOLDED: &[Folded] = &[
    (
        "shield",
        &[(70.0, 30.0), (930.0, 30.0), (930.0, 560.0), (500.0, 1000.0), (70.0, 560.0)],
        &[&[(500.0, -50.0), (500.0, 1050.0)], &[(0.0, 430.0), (1000.0, 430.0)]],
        &[
            &[(500.0, -50.0), (1000.0, -50.0), (1000.0, 430.0), (500.0, 430.0)],
            &[(0.0, 430.0), (500.0, 430.0), (500.0, 1050.0), (0.0, 1050.0)],
        ],
    ),
    (
        "star",
        &[
            (500.0, -20.0),
            (657.5, 323.2),
            (1032.6, 367.0),
            (754.9, 622.8),
            (829.2, 993.0),
            (500.0, 808.0),
            (170.8, 993.0),
            (245.1, 622.8),
            (-32.6, 367.0),
            (342.5, 323.2),
        ],
        &[
            &[(500.0, 540.0), (657.5, 323.2)],
            &[(500.0, 540.0), (754.9, 622.8)],
            &[(500.0, 540.0), (500.0, 900.0)],
            &[(500.0, 540.0), (245.1, 622.8)],
            &[(500.0, 540.0), (342.5, 323.2)],
        ],
        &[
            &[(500.0, 540.0), (700.0, 265.0), (1200.0, 300.0), (1000.0, 703.0)],
            &[(500.0, 540.0), (1000.0, 703.0), (900.0, 1200.0), (500.0, 1100.0)],
        ],
    ),
    (
        "spark",
        &[
            (500.0, 0.0),
            (666.2, 333.8),
            (1000.0, 500.0),
            (666.2, 666.2),
            (500.0, 1000.0),
            (333.8, 666.2),
            (0.0, 500.0),
            (333.8, 333.8),
        ],
        &[&[(200.0, 200.0), (800.0, 800.0)], &[(800.0, 200.0), (200.0, 800.0)]],
        &[
            &[(500.0, 500.0), (1100.0, -100.0), (1100.0, 1100.0)],
            &[(500.0, 500.0), (1100.0, 1100.0), (-100.0, 1100.0)],
        ],
    ),
    (
        "node",
        &[(500.0, 0.0), (933.0, 250.0), (933.0, 750.0), (500.0, 1000.0), (67.0, 750.0), (67.0, 250.0)],
        &[
            &[(500.0, 500.0), (500.0, 1050.0)],
            &[(500.0, 500.0), (20.0, 222.9)],
            &[(500.0, 500.0), (980.0, 222.9)],
        ],
        &[&[(500.0, 500.0), (980.0, 222.9), (1100.0, 1100.0), (500.0, 1050.0)]],
    ),
    (
        "bolt",
        &[(700.0, 0.0), (60.0, 600.0), (430.0, 600.0), (300.0, 1000.0), (940.0, 370.0), (570.0, 370.0)],
        &[&[(60.0, 650.0), (940.0, 320.0)]],
        &[&[(60.0, 650.0), (940.0, 320.0), (940.0, 1100.0), (60.0, 1100.0)]],
    ),
    (
        "cross",
        &[
            (310.0, 0.0),
            (690.0, 0.0),
            (690.0, 310.0),
            (1000.0, 310.0),
            (1000.0, 690.0),
            (690.0, 690.0),
            (690.0, 1000.0),
            (310.0, 1000.0),
            (310.0, 690.0),
            (0.0, 690.0),
            (0.0, 310.0),
            (310.0, 310.0),
        ],
        &[&[(100.0, 100.0), (900.0, 900.0)], &[(900.0, 100.0), (100.0, 900.0)]],
        &[
            &[(500.0, 500.0), (1100.0, -100.0), (1100.0, 1100.0)],
            &[(500.0, 500.0), (1100.0, 1100.0), (-100.0, 1100.0)],
        ],
    ),
    (
        "leaf",
        &[(500.0, 0.0), (870.0, 360.0), (780.0, 760.0), (500.0, 1000.0), (220.0, 760.0), (130.0, 360.0)],
        &[
            &[(500.0, 190.0), (500.0, 1050.0)],
            &[(500.0, 640.0), (900.0, 330.0)],
            &[(500.0, 640.0), (100.0, 330.0)],
        ],
        &[&[(500.0, -50.0), (1000.0, -50.0), (1000.0, 1050.0), (500.0, 1050.0)]],
    ),
    (
        "drop",
        &[
            (500.0, 0.0),
            (830.0, 500.0),
            (830.0, 740.0),
            (640.0, 980.0),
            (360.0, 980.0),
            (170.0, 740.0),
            (170.0, 500.0),
        ],
        &[
            &[(500.0, 120.0), (500.0, 600.0)],
            &[(500.0, 600.0), (900.0, 820.0)],
            &[(500.0, 600.0), (100.0, 820.0)],
        ],
        &[&[(500.0, -50.0), (1000.0, -50.0), (1000.0, 875.0), (500.0, 600.0)]],
    ),
    (
        "book",
        &[(0.0, 140.0), (500.0, 300.0), (1000.0, 140.0), (1000.0, 760.0), (500.0, 920.0), (0.0, 760.0)],
        &[&[(500.0, 200.0), (500.0, 1000.0)]],
        &[&[(500.0, 100.0), (1100.0, 100.0), (1100.0, 1000.0), (500.0, 1000.0)]],
    ),
];

/// Signs that may lean; what is built or true to a measure stands upright.
const LOOSE: &[&str] = &["bolt", "leaf", "drop"];

/// The trade's sign folded from paper.
fn planes(pen: &mut Pen, subject: &Subject) -> Option<Sketch> {
    let known = |id: &&str| FOLDED.iter().find(|sign| sign.0 == *id);
    let known: Vec<&Folded> = subject.motifs.iter().filter_map(known).collect();
    // A try in three asks the next.
    let at = pen.own(74, known.len().max(1)) + usize::from(pen.chance(0.34));
    let (id, outline, folds, shade) = known.get(at % known.len().max(1))?;
    // A name's own proportion: wider or narrower, broader at the head or at the foot, leaning or not.
    let (wide, loose) = (pen.own_about(70, 0.72, 1.22), if LOOSE.contains(id) { 1.0 } else { 0.3 });
    let taper = loose * pen.own_between(75, -0.28, 0.28);
    let lean = loose * [0.0, 0.2, -0.2][pen.own(76, 3)];
    let own = |(x, y): (f64, f64)| {
        let up = (y - 500.0) / 500.0;
        pt(500.0 + (x - 500.0) * wide * (1.0 + taper * up) - lean * 500.0 * up, y)
    };
    let place = |points: &[(f64, f64)]| form::polygon(&points.iter().copied().map(own).collect::<Vec<_>>());
    let gap = pen.taste.gap() * pen.own_between(77, 1.0, 1.5);
    let air = |fold: &&[(f64, f64)]| {
        Line::new(&fold.iter().map(|point| (own(*point), 0.0)).collect::<Vec<_>>()).band(gap, Cap::Flat)
    };
    let air: Vec<BezPath> = folds.iter().map(air).collect();
    let parts = combine::subtract(&place(outline), &air);
    let shade = combine::union(&shade.iter().map(|plane| place(plane)).collect::<Vec<_>>());
    let (light, dark) =
        (combine::subtract(&parts, std::slice::from_ref(&shade)), combine::intersect(&parts, &shade));
    let side = scale_xy([1.0, -1.0][pen.own(78, 2)], 1.0, MIDDLE);
    // The planes in the shade slide away from the light, as far as the name says.
    let dark = Affine::translate(pen.own_between(79, 0.0, 36.0) * slide(&light, &dark)) * dark;
    let art = Art::with(&[combine::union(&[side * light])], &[combine::union(&[side * dark])]);
    Some(Sketch::new(art, "facet-planes").motif(id))
}

/// From the planes in the light to those in the shade, of length one.
fn slide(light: &BezPath, dark: &BezPath) -> Vec2 {
    let way = bezier::bounds(dark).center() - bezier::bounds(light).center();
    way / way.hypot2().sqrt().max(1.0)
}

/// The letter as a solid block: its front, and a line of air before its side.
fn block(pen: &mut Pen, letter: &Letter) -> Option<Sketch> {
    let front = letter.path.clone();
    if letter.is_stem() || bezier::segments(&front) > SHADE_SEGMENTS_MAX {
        return None;
    }
    let gap = pen.taste.gap();
    let deep = (gap + pen.own_about(71, 80.0, 170.0)) * std::f64::consts::SQRT_2;
    let by = deep * direction([45.0, 135.0, 30.0, 150.0, 90.0][pen.own(76, 5)]);
    let swept = swept(&front, by);
    let room = offset::grow(&front, gap, Corner::Sharp);
    let shade = combine::subtract(&swept, &[room]);
    let art = Art::with(&[front], &[shade]);
    Some(Sketch::new(art, "facet-block").letters(&letter.text))
}

/// Everything that an outline passes over on its way.
fn swept(path: &BezPath, by: Vec2) -> BezPath {
    let away = Affine::translate(by);
    let mut parts = vec![path.clone(), away * path.clone()];
    for segment in bezier::contours(path).iter().flatten() {
        let moved: PathSeg = away * *segment;
        let back = moved.reverse();
        let mut strip = BezPath::new();
        strip.move_to(segment.start());
        for (at, piece) in [*segment, back].into_iter().enumerate() {
            if at == 1 {
                strip.line_to(piece.start());
            }
            match piece {
                PathSeg::Cubic(cubic) => strip.curve_to(cubic.p1, cubic.p2, cubic.p3),
                other => strip.line_to(other.end()),
            }
        }
        strip.close_path();
        parts.push(combine::union(&[strip]));
    }
    combine::union(&parts)
}
