//! Motifs that are signs: geometry first.

use crate::art::{Art, MIDDLE, Pen, curve, pt};
use core_vector::form::{self, Cap};
use core_vector::offset::{self, Corner};
use core_vector::transform::{direction, mirror_x, polar, scale, turn};
use core_vector::{bezier, combine};
use kurbo::{Affine, BezPath, Point, Vec2};

/// Arches within arches: a gate, a bridge, a rainbow.
pub(super) fn arc(pen: &mut Pen) -> Art {
    let rows = pen.count(2, 3);
    let gap = pen.taste.gap();
    let s = if rows == 2 { 150.0 } else { 104.0 } + 20.0 * pen.taste.weight;
    let leg = pen.one(0.0, &[120.0, 260.0]);
    let foot = 735.0 + leg / 2.0;
    let spring = foot - leg;
    let arch = |at: usize| {
        let outer = 490.0 - (s + gap) * at as f64;
        if outer - s < 45.0 {
            // No room for a hole: the innermost arch is a door.
            return doorway(outer, spring, foot);
        }
        let band = form::arc_band(pt(500.0, spring), outer - s / 2.0, s, -180.0, 0.0, Cap::Flat);
        let legs = [-1.0, 1.0].map(|side| {
            let x = 500.0 + side * (outer - s / 2.0);
            form::rect(x - s / 2.0, spring - 1.0, x + s / 2.0, foot)
        });
        if leg > 0.0 { combine::union(&[band, legs[0].clone(), legs[1].clone()]) } else { band }
    };
    let main: Vec<BezPath> = (0..rows).map(arch).collect();
    let inner = 490.0 - (s + gap) * rows as f64;
    // A door smaller than this would be a crumb.
    if inner < 115.0 {
        return Art::of(&main);
    }
    Art::with(&main, &[doorway(inner, spring, foot)])
}

fn doorway(half: f64, spring: f64, foot: f64) -> BezPath {
    let head = form::segment(pt(500.0, spring), half, -180.0, 0.0);
    if foot > spring {
        combine::union(&[head, form::rect(500.0 - half, spring - 1.0, 500.0 + half, foot)])
    } else {
        head
    }
}

/// Lightning: one stroke with a sharp turn, whole or parted.
pub(super) fn bolt(pen: &mut Pen) -> Art {
    let (lean, waist) = (pen.between(-40.0, 60.0), pen.between(-30.0, 30.0));
    let y = 500.0 + waist;
    let points = [
        pt(600.0 + lean, 10.0),
        pt(150.0, y + 80.0),
        pt(470.0, y + 80.0),
        pt(390.0 - lean, 990.0),
        pt(850.0, y - 80.0),
        pt(530.0, y - 80.0),
    ];
    let body = form::rounded_polygon(&points, pen.taste.corner(34.0));
    match pen.count(0, 2) {
        0 => Art::of(&[body]),
        1 => {
            let cut = form::bar(pt(60.0, y + 70.0), pt(940.0, y - 70.0), pen.taste.gap(), Cap::Flat);
            let parts = combine::subtract(&body, &[cut]);
            let upper = form::polygon(&[
                pt(-50.0, -100.0),
                pt(1050.0, -100.0),
                pt(1050.0, y - 88.0),
                pt(-50.0, y + 88.0),
            ]);
            Art::with(&[combine::intersect(&parts, &upper)], &[combine::subtract(&parts, &[upper])])
        }
        _ => {
            let disc = form::circle(MIDDLE, 490.0);
            let hole = scale(0.9, MIDDLE) * body;
            Art::of(&[combine::subtract(&disc, &[hole])])
        }
    }
}

/// Coins: one before the other, like moons.
pub(super) fn coin(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let radius = pen.between(300.0, 335.0);
    let behind = pen.count(1, 2);
    let step = if behind == 1 { pen.between(280.0, 340.0) } else { pen.between(165.0, 185.0) };
    let direction = pen.one(0.0, &[-45.0, -90.0, 45.0]);
    let centers: Vec<Point> =
        (0..=behind).map(|at| polar(pt(500.0, 500.0), step * at as f64, direction)).collect();
    let mut parts = Vec::new();
    for (at, center) in centers.iter().enumerate() {
        let disc = form::circle(*center, radius);
        parts.push(if at == 0 {
            disc
        } else {
            combine::subtract(&disc, &[form::circle(centers[at - 1], radius + gap)])
        });
    }
    let first = parts.remove(0);
    if behind == 1 && pen.chance(0.5) {
        let slot = form::bar(
            centers[0] + Vec2::new(0.0, -radius * 0.42),
            centers[0] + Vec2::new(0.0, radius * 0.42),
            gap,
            pen.taste.cap(),
        );
        return Art::with(&[combine::subtract(&first, &[slot])], &parts);
    }
    Art::with(&[first], &parts)
}

/// A cross of care: bars, petals, or cut from a tile.
pub(super) fn cross(pen: &mut Pen) -> Art {
    let arm = pen.between(150.0, 180.0);
    let r = pen.taste.corner(150.0);
    let bars = [
        form::rounded_rect(500.0 - arm, 20.0, 500.0 + arm, 980.0, r),
        form::rounded_rect(20.0, 500.0 - arm, 980.0, 500.0 + arm, r),
    ];
    match pen.count(0, 3) {
        0 => {
            // One quarter folds away in the second colour.
            let whole = combine::union(&bars);
            let corner =
                form::rect(500.0 + pen.taste.gap() / 2.0, -100.0, 1200.0, 500.0 - pen.taste.gap() / 2.0);
            let room =
                form::rect(500.0 - pen.taste.gap() / 2.0, -100.0, 1200.0, 500.0 + pen.taste.gap() / 2.0);
            Art::with(&[combine::subtract(&whole, &[room])], &[combine::intersect(&whole, &corner)])
        }
        1 => {
            let gap = pen.taste.gap() / 2.0 / 2.0_f64.sqrt();
            let petal = |at: usize| {
                let shape = form::rounded_corners(&[
                    (pt(500.0, 500.0 - gap * 2.0), 0.0),
                    (pt(500.0 + arm * 1.1, 500.0 - gap * 2.0 - arm * 1.1), 60.0),
                    (pt(500.0 + arm * 1.1, 20.0), r.max(40.0)),
                    (pt(500.0 - arm * 1.1, 20.0), r.max(40.0)),
                    (pt(500.0 - arm * 1.1, 500.0 - gap * 2.0 - arm * 1.1), 60.0),
                ]);
                turn(90.0 * at as f64, MIDDLE) * shape
            };
            let mut petals: Vec<BezPath> = (0..4).map(petal).collect();
            let chosen = petals.remove(pen.rng.below(4));
            Art::with(&petals, &[chosen])
        }
        2 => {
            let tile = form::rounded_rect(30.0, 30.0, 970.0, 970.0, 80.0 + 300.0 * pen.taste.round);
            let small = scale(0.62, MIDDLE) * combine::union(&bars);
            Art::of(&[combine::subtract(&tile, &[small])])
        }
        _ => {
            // Four leaves that leave a cross between them.
            let half = pen.taste.gap() * 0.62;
            let leaf = form::rounded_corners(&[
                (pt(500.0 + half, 500.0 - half), 30.0),
                (pt(500.0 + half, 30.0), 420.0),
                (pt(970.0, 30.0), 60.0 + 200.0 * pen.taste.round),
                (pt(970.0, 500.0 - half), 420.0),
            ]);
            let leaves: Vec<BezPath> =
                (1..4).map(|at| turn(90.0 * f64::from(at), MIDDLE) * leaf.clone()).collect();
            Art::with(&leaves, &[leaf])
        }
    }
}

/// An iris of blades around an opening.
pub(super) fn lens(pen: &mut Pen) -> Art {
    let blades = pen.count(5, 7);
    let opening = pen.between(150.0, 200.0);
    let gap = pen.taste.gap() * 0.94;
    let start = pen.between(0.0, 360.0 / blades as f64);
    let disc = form::circle(MIDDLE, 490.0);
    let corners = form::regular(MIDDLE, opening, blades, start);
    let way = pen.chance(0.5);
    let mut cuts: Vec<BezPath> = Vec::new();
    for at in 0..blades {
        let (a, b) = (corners[at], corners[(at + 1) % blades]);
        let (a, b) = if way { (a, b) } else { (b, a) };
        let along = (b - a) / (b - a).hypot2().sqrt();
        cuts.push(form::bar(a, a + 900.0 * along, gap, Cap::Flat));
    }
    cuts.push(form::polygon(&corners));
    let parts = combine::subtract(&disc, &cuts);
    if pen.chance(0.5) {
        return Art::of(&[parts]);
    }
    let mut contours = bezier::contours(&parts);
    let accent = contours.pop().map(|c| bezier::path(&[c])).unwrap_or_default();
    Art { main: bezier::path(&contours), accent }
}

/// Nodes and the bars between them.
pub(super) fn node(pen: &mut Pen) -> Art {
    let s = pen.taste.stroke() * 0.9;
    let gap = pen.taste.gap();
    let start = pen.one(-90.0, &[-30.0, 0.0]);
    if pen.chance(0.4) {
        // A closed triangle; one of its nodes stands free.
        let radius = pen.between(130.0, 150.0);
        let ends = form::regular(MIDDLE, 490.0 - radius, 3, start);
        let bars = (0..3).map(|at| form::bar(ends[at], ends[(at + 1) % 3], s, Cap::Flat));
        let mut main: Vec<BezPath> = bars.collect();
        main.extend(ends.iter().skip(1).map(|end| form::circle(*end, radius)));
        let main = combine::subtract(&combine::union(&main), &[form::circle(ends[0], radius + gap)]);
        return Art::with(&[main], &[form::circle(ends[0], radius)]);
    }
    let arms = pen.count(3, 4);
    let radius = pen.between(105.0, 120.0);
    let ends = form::regular(MIDDLE, 490.0 - radius, arms, start);
    let mut main: Vec<BezPath> = ends.iter().map(|end| form::bar(MIDDLE, *end, s, Cap::Flat)).collect();
    main.push(form::circle(MIDDLE, pen.between(135.0, 165.0)));
    let chosen = pen.rng.below(arms);
    main.extend(
        ends.iter().enumerate().filter(|(at, _)| *at != chosen).map(|(_, end)| form::circle(*end, radius)),
    );
    let main = combine::subtract(&combine::union(&main), &[form::circle(ends[chosen], radius + gap)]);
    Art::with(&[main], &[form::circle(ends[chosen], radius)])
}

/// A pin on a map.
pub(super) fn pin(pen: &mut Pen) -> Art {
    let radius = pen.between(330.0, 365.0);
    let tip = pen.between(900.0, 985.0);
    let body = flipped_drop(radius, 15.0, tip);
    let center = pt(500.0, 15.0 + radius);
    let hole = radius * pen.between(0.4, 0.48);
    match pen.count(0, 2) {
        0 => Art::of(&[combine::subtract(&body, &[form::circle(center, hole)])]),
        1 => {
            let gap = pen.taste.gap();
            Art::with(
                &[combine::subtract(&body, &[form::circle(center, hole * 0.9 + gap)])],
                &[form::circle(center, hole * 0.9)],
            )
        }
        _ => {
            let half = form::rect(500.0 - pen.taste.gap() / 2.0, -100.0, 1200.0, 1200.0);
            let room = form::rect(500.0 + pen.taste.gap() / 2.0, -100.0, 1200.0, 1200.0);
            let solid = combine::subtract(&body, &[form::circle(center, hole)]);
            Art::with(&[combine::subtract(&solid, &[half])], &[combine::intersect(&solid, &room)])
        }
    }
}

/// A solid pin.
pub(super) fn pin_body() -> BezPath {
    flipped_drop(355.0, 15.0, 985.0)
}

fn flipped_drop(radius: f64, top: f64, bottom: f64) -> BezPath {
    let flip = Affine::new([1.0, 0.0, 0.0, -1.0, 0.0, top + bottom]);
    flip * super::nature::drop_shape(radius, top, bottom)
}

/// A way from here to there.
pub(super) fn route(pen: &mut Pen) -> Art {
    let s = pen.taste.stroke();
    let r = s * 0.62 + 60.0;
    let (left, right) = (30.0 + r, 970.0 - r);
    let bend = pen.between(150.0, 210.0);
    let (low, high) = (970.0 - r, 30.0 + r);
    let middle = (low + high) / 2.0;
    let line = [
        curve((left, low), (left + 330.0, low), (left + 330.0 + bend, middle + 130.0), (500.0, middle)),
        curve((500.0, middle), (right - 330.0 - bend, middle - 130.0), (right - 330.0, high), (right, high)),
    ];
    let way = offset::stroke(&line, s, Corner::Round, Cap::Flat);
    let start = form::circle(pt(left, low), r);
    let end = form::circle(pt(right, high), r);
    let room = form::circle(pt(right, high), r + pen.taste.gap());
    let art = Art::with(&[combine::subtract(&combine::union(&[way, start]), &[room])], &[end]);
    if pen.chance(0.5) { art.moved(mirror_x(500.0)) } else { art }
}

/// A shield: quartered, charged with a chevron, or halved.
pub(super) fn shield(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let body = shield_shape(pen.between(0.0, 1.0));
    match pen.count(0, 2) {
        0 => {
            let y = pen.between(430.0, 500.0);
            let cross = [
                form::rect(500.0 - gap / 2.0, -100.0, 500.0 + gap / 2.0, 1100.0),
                form::rect(-100.0, y, 1100.0, y + gap),
            ];
            let parts = combine::subtract(&body, &cross);
            let quarters = combine::union(&[
                form::rect(500.0, -100.0, 1100.0, y + gap / 2.0),
                form::rect(-100.0, y + gap / 2.0, 500.0, 1100.0),
            ]);
            Art::with(
                &[combine::subtract(&parts, std::slice::from_ref(&quarters))],
                &[combine::intersect(&parts, &quarters)],
            )
        }
        1 => {
            let y = pen.between(330.0, 420.0);
            let rise = pen.between(180.0, 250.0);
            let s = pen.taste.stroke() * 1.05;
            let line = [
                kurbo::PathSeg::Line(kurbo::Line::new(pt(-60.0, y + rise + 120.0), pt(500.0, y))),
                kurbo::PathSeg::Line(kurbo::Line::new(pt(500.0, y), pt(1060.0, y + rise + 120.0))),
            ];
            let chevron = combine::intersect(&offset::stroke(&line, s, Corner::Sharp, Cap::Flat), &body);
            let room = offset::stroke(&line, s + 2.0 * gap, Corner::Sharp, Cap::Flat);
            Art::with(&[combine::subtract(&body, &[room])], &[chevron])
        }
        _ => {
            let slope = pen.one(0.0, &[26.0, -26.0]);
            let cut = turn(slope, MIDDLE) * form::rect(500.0 - gap / 2.0, -400.0, 500.0 + gap / 2.0, 1400.0);
            let right = turn(slope, MIDDLE) * form::rect(500.0, -400.0, 1900.0, 1400.0);
            let parts = combine::subtract(&body, &[cut]);
            Art::with(
                &[combine::subtract(&parts, std::slice::from_ref(&right))],
                &[combine::intersect(&parts, &right)],
            )
        }
    }
}

/// Between a heater shield and a rounder one.
pub(crate) fn shield_shape(belly: f64) -> BezPath {
    let mut path = BezPath::new();
    path.move_to((110.0, 60.0));
    path.line_to((890.0, 60.0));
    path.line_to((890.0, 470.0));
    path.curve_to((890.0, 700.0 + 40.0 * belly), (760.0, 860.0 + 30.0 * belly), (500.0, 975.0));
    path.curve_to((240.0, 860.0 + 30.0 * belly), (110.0, 700.0 + 40.0 * belly), (110.0, 470.0));
    path.close_path();
    path
}

/// A gleam, alone or with a smaller one.
fn gleam(pen: &mut Pen) -> Art {
    let slim = pen.between(0.15, 0.22);
    let one = |at: Point, radius: f64| {
        let tip = |degrees: f64| polar(at, radius, degrees);
        // Towards the next tip, past the middle; as blunt as 16 pixels ask for.
        let near = |degrees: f64| polar(at, 0.5 * radius, degrees);
        let mut path = BezPath::new();
        path.move_to(tip(-90.0));
        for quarter in 0..4 {
            let (from, to) = (90.0 * f64::from(quarter) - 90.0, 90.0 * f64::from(quarter));
            let side = |degrees: f64, way: f64| near(degrees) + slim * radius * direction(degrees + way);
            path.curve_to(side(from, 90.0), side(to, -90.0), tip(to));
        }
        path.close_path();
        path
    };
    let (large, small) = (pen.between(410.0, 440.0), pen.between(150.0, 175.0));
    if pen.chance(0.5) {
        return Art::of(&[one(MIDDLE, 490.0)]);
    }
    let way = pen.one(1.0, &[-1.0]);
    let [a, b] = [(-60.0, 60.0, large), (310.0, -310.0, small)]
        .map(|(x, y, radius)| one(Point::new(500.0 + way * x, 500.0 + y), radius));
    Art::with(&[a], &[b])
}

/// A gleam, or a burst of bars.
pub(super) fn spark(pen: &mut Pen) -> Art {
    if pen.chance(0.6) {
        return gleam(pen);
    }
    let arms = pen.count(3, 5);
    let s = pen.taste.stroke() * if arms == 5 { 0.92 } else { 1.12 };
    let open = s * 0.5 / libm::sin(std::f64::consts::PI / (2.0 * arms as f64)) + pen.taste.gap() * 0.55;
    let inset = if pen.taste.is_round() { s / 2.0 } else { 0.0 };
    let start = pen.one(-90.0, &[-90.0 + 90.0 / arms as f64]);
    let cap = pen.taste.cap();
    let ray = |at: usize| {
        let d = start + 180.0 * at as f64 / arms as f64;
        form::bar(polar(MIDDLE, open + inset, d), polar(MIDDLE, 490.0 - inset, d), s, cap)
    };
    if pen.chance(0.45) {
        // Joined in the middle: an asterisk.
        let bars: Vec<BezPath> = (0..arms)
            .map(|at| {
                let d = start + 180.0 * at as f64 / arms as f64;
                form::bar(
                    polar(MIDDLE, 490.0 - inset, d),
                    polar(MIDDLE, 490.0 - inset, d + 180.0),
                    s,
                    pen.taste.cap(),
                )
            })
            .collect();
        return Art::of(&bars);
    }
    let mut rays: Vec<BezPath> = (0..arms * 2).map(ray).collect();
    let chosen = rays.remove(pen.rng.below(arms * 2));
    Art::with(&rays, &[chosen])
}

/// A star: solid, or a wind rose whose rays are light and shade.
pub(super) fn star(pen: &mut Pen) -> Art {
    // Six rays are the sign of a faith.
    let rays = pen.one(4, &[5, 5, 8]);
    let inner = 490.0
        * match rays {
            4 => pen.between(0.34, 0.42),
            8 => pen.between(0.58, 0.64),
            _ => pen.between(0.44, 0.54),
        };
    let points = form::star(MIDDLE, 490.0, inner, rays, -90.0);
    let count = points.len();
    let facet =
        |at: usize, side: usize| form::polygon(&[MIDDLE, points[2 * at], points[(2 * at + side) % count]]);
    let light: Vec<BezPath> = (0..rays).map(|at| facet(at, 1)).collect();
    let shade: Vec<BezPath> = (0..rays).map(|at| facet(at, count - 1)).collect();
    match pen.count(0, 2) {
        0 => Art::with(&shade, &light),
        1 => Art::of(&light),
        _ => {
            let body = form::rounded_polygon(&points, pen.taste.corner(46.0));
            Art::of(&[combine::subtract(&body, &[form::circle(MIDDLE, inner * 0.5)])])
        }
    }
}
