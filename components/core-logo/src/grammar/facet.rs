//! Flat planes under one light: a letter cut like a crystal, a stone, a folded sign.

use super::Subject;
use super::filled;
use super::fold::{self, Folded, Way};
use super::stencil::clean;
use crate::art::{Art, MIDDLE, Pen, Sketch};
use crate::letters::Letter;
use crate::skeleton::{self, HEIGHT};
use crate::stroke::Line;
use core_vector::form::{self, Cap};
use core_vector::offset::{self, Corner};
use core_vector::transform::{direction, scale_xy, turn};
use core_vector::{bezier, combine};
use kurbo::{Affine, BezPath, ParamCurve, PathSeg, Point, Rect, Vec2};

/// Where the light comes from: the upper left, as everywhere.
const LIGHT: Vec2 = Vec2::new(-0.5, -0.866);
/// How much of a round corner its chamfer takes.
const CHAMFER: f64 = 0.6;
/// Letters with more lines and curves throw a ragged shade.
const SHADE_SEGMENTS_MAX: usize = 26;
/// A shade of more parts is torn by the letter before it.
const SHADE_PARTS_MAX: usize = 1;

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
    // Where strokes meet, a ridge of one cuts the flank of the other: letters of one stroke only.
    let bones = skeleton::letter(letter.plain?, 0.0, false).filter(|bones| bones.lines.len() == 1)?;
    let bones = bones.stretched(pen.own_about(70, 0.8, 1.24));
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

/// The trade's sign folded from paper.
fn planes(pen: &mut Pen, subject: &Subject) -> Option<Sketch> {
    let known = |id: &&str| fold::ALL.iter().find(|sign| sign.id == *id);
    let known: Vec<&Folded> = subject.motifs.iter().filter_map(known).collect();
    // A try in three asks the next.
    let at = pen.own(74, known.len().max(1)) + usize::from(pen.chance(0.34));
    let sign = known.get(at % known.len().max(1))?;
    let way = Way { fold: pen.own_between(75, 0.0, 1.0), is_second: pen.own(76, 2) == 1 };
    // A name's own proportion. The sign is stretched before it is drawn, so that its seams keep one width.
    let (low, high) = if sign.is_loose { (0.84, 1.22) } else { (0.9, 1.12) };
    let stretch = scale_xy(pen.own_about(70, low, high), 1.0, MIDDLE);
    let gap = pen.taste.gap() * pen.own_between(77, 0.96, 1.12);
    let art = sign.draw(way, stretch, gap, pen.taste.corner(26.0));
    let side = scale_xy([1.0, -1.0][pen.own(78, 2)], 1.0, MIDDLE);
    let turned = turn(sign.turns[pen.own(79, sign.turns.len())], MIDDLE);
    Some(Sketch::new(art.moved(side * turned), "facet-planes").motif(sign.id))
}

/// The letter as a solid block: its front, and a line of air before its side.
fn block(pen: &mut Pen, letter: &Letter) -> Option<Sketch> {
    let front = letter.path.clone();
    if letter.is_stem() || !letter.takes_cuts() || bezier::segments(&front) > SHADE_SEGMENTS_MAX {
        return None;
    }
    let gap = pen.taste.gap();
    let deep = (gap + pen.own_about(71, 80.0, 170.0)) * std::f64::consts::SQRT_2;
    let by = deep * direction([45.0, 135.0, 45.0, 135.0, 90.0][pen.own(76, 5)]);
    // Only the outer edge throws a shade: what falls into counters are crumbs.
    let body = filled(&front);
    let room = offset::grow(&body, gap, Corner::Sharp);
    let shade = combine::subtract(&swept(&body, by), &[room]);
    if !clean(&shade, 1..=SHADE_PARTS_MAX) {
        return None;
    }
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
