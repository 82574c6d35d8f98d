//! Motifs that hands and workshops make.

use crate::art::{Art, MIDDLE, Pen, pt};
use core_vector::combine;
use core_vector::form::{self, Cap};
use core_vector::offset::{self, Corner};
use core_vector::transform::{mirror_x, polar, turn};
use kurbo::{BezPath, Point};

/// An anchor: ring, stock, shank and two arms.
pub(super) fn anchor(pen: &mut Pen) -> Art {
    let s = pen.taste.stroke();
    let eye = s * 0.62 + 52.0;
    let top = 20.0 + eye + s / 2.0;
    let ring = form::ring(pt(500.0, top), eye + s * 0.42, eye - s * 0.42);
    let shank = form::bar(pt(500.0, top + eye), pt(500.0, 900.0), s, Cap::Flat);
    let stock_y = top + eye + pen.between(110.0, 150.0);
    let stock = form::bar(pt(290.0, stock_y), pt(710.0, stock_y), s * 0.92, pen.taste.cap());
    let radius = pen.between(350.0, 395.0);
    let middle = pt(500.0, 958.0 - s / 2.0 - radius);
    let ends = pen.between(8.0, 24.0);
    let arms = form::arc_band(middle, radius, s, ends, 180.0 - ends, Cap::Flat);
    let tip = |degrees: f64, way: f64| {
        let at = polar(middle, radius, degrees);
        let ahead = turn(way, Point::ZERO)
            * (kurbo::Vec2::new(0.0, 0.0).to_point() + core_vector::transform::direction(degrees));
        let (f, n) = (ahead.to_vec2(), core_vector::transform::direction(degrees));
        form::polygon(&[at + n * s * 1.05, at + f * s * 1.5, at - n * s * 1.05])
    };
    let flukes = [tip(ends, -90.0), tip(180.0 - ends, 90.0)];
    let [left, right] = flukes;
    Art::of(&[ring, shank, stock, arms, left, right])
}

/// An open book, its pages swung.
pub(super) fn book(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let (lift, dip) = (pen.between(90.0, 170.0), pen.between(40.0, 100.0));
    let (top, bottom) = (230.0, 800.0);
    let x = 500.0 - gap / 2.0;
    let mut page = BezPath::new();
    page.move_to((x, top + dip));
    page.curve_to((x - 120.0, top - lift * 0.2), (150.0, top - lift * 0.35), (20.0, top - lift * 0.1));
    page.line_to((20.0, bottom - lift * 0.1));
    page.curve_to((150.0, bottom - lift * 0.35), (x - 120.0, bottom - lift * 0.2), (x, bottom + dip));
    page.close_path();
    let other = combine::union(&[mirror_x(500.0) * page.clone()]);
    match pen.count(0, 2) {
        0 => Art::with(&[page], &[other]),
        1 => {
            // Lines of text as one slot on each page.
            let slot = form::bar(pt(150.0, 470.0), pt(360.0, 490.0), gap, pen.taste.cap());
            let slots = [slot.clone(), mirror_x(500.0) * slot];
            Art::of(&[combine::subtract(&combine::union(&[page, other]), &slots)])
        }
        _ => {
            let mark = form::polygon(&[
                pt(620.0, 60.0),
                pt(770.0, 60.0),
                pt(770.0, 480.0),
                pt(695.0, 405.0),
                pt(620.0, 480.0),
            ]);
            let room = [form::rect(400.0, 0.0, 770.0 + gap, 480.0 + gap)];
            Art::with(&[page, combine::subtract(&other, &room)], &[mark])
        }
    }
}

/// A wall in running bond, one stone in the second colour.
pub(super) fn brick(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let rows = 3;
    let height = (900.0 - gap * 2.0) / 3.0;
    let r = pen.taste.corner(46.0);
    let split = pen.between(0.34, 0.46);
    let mut stones = Vec::new();
    for row in 0..rows {
        let y = 50.0 + (height + gap) * f64::from(row);
        let share = if row % 2 == 0 { split } else { 1.0 - split };
        let cut = 30.0 + 940.0 * share;
        stones.push(form::rounded_rect(30.0, y, cut - gap / 2.0, y + height, r));
        stones.push(form::rounded_rect(cut + gap / 2.0, y, 970.0, y + height, r));
    }
    let chosen = pen.rng.below(stones.len());
    let accent = stones.remove(chosen);
    Art::with(&stones, &[accent])
}

/// A cog with a hole.
pub(super) fn gear(pen: &mut Pen) -> Art {
    let teeth = pen.count(6, 9);
    let body = pen.between(345.0, 375.0);
    let hole = pen.between(140.0, 185.0);
    let share = pen.between(0.27, 0.33);
    let solid = cog(teeth, 490.0, body, share, pen.taste.corner(40.0));
    if pen.chance(0.5) {
        let room = form::circle(MIDDLE, hole + pen.taste.gap());
        Art::with(&[combine::subtract(&solid, &[room])], &[form::circle(MIDDLE, hole)])
    } else {
        Art::of(&[combine::subtract(&solid, &[form::circle(MIDDLE, hole)])])
    }
}

/// A solid cog; `share` is how much of its turn a tooth takes.
pub(super) fn cog(teeth: usize, outer: f64, body: f64, share: f64, corner: f64) -> BezPath {
    let step = 360.0 / teeth as f64;
    let half = share * step;
    let tooth = |at: usize| {
        let point = |radius: f64, by: f64| polar(MIDDLE, radius, step * at as f64 - 90.0 + by);
        form::rounded_corners(&[
            (point(body * 0.6, -half * 1.2), 0.0),
            (point(outer, -half * 0.78), corner),
            (point(outer, half * 0.78), corner),
            (point(body * 0.6, half * 1.2), 0.0),
        ])
    };
    let mut parts: Vec<BezPath> = (0..teeth).map(tooth).collect();
    parts.push(form::circle(MIDDLE, body));
    combine::union(&parts)
}

/// A closed book, its back rounded.
pub(super) fn cover() -> BezPath {
    form::rounded_corners(&[
        (pt(130.0, 20.0), 130.0),
        (pt(870.0, 20.0), 20.0),
        (pt(870.0, 980.0), 20.0),
        (pt(130.0, 980.0), 130.0),
    ])
}

/// A solid house.
pub(super) fn gable() -> BezPath {
    form::polygon(&[pt(500.0, 40.0), pt(950.0, 400.0), pt(950.0, 950.0), pt(50.0, 950.0), pt(50.0, 400.0)])
}

/// A house: a gable over a body, and a door.
pub(super) fn house(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let r = pen.taste.corner(50.0);
    let eaves = pen.between(430.0, 520.0);
    let peak = pen.between(470.0, 530.0);
    let body = form::rounded_corners(&[
        (pt(peak, 60.0), r * 0.6),
        (pt(940.0, eaves), r),
        (pt(940.0, 940.0), r),
        (pt(60.0, 940.0), r),
        (pt(60.0, eaves), r),
    ]);
    let door = pen.between(95.0, 130.0);
    let x = pen.one(500.0, &[340.0, 660.0]);
    match pen.count(0, 2) {
        0 => {
            let mut arch = form::rect(x - door, 600.0, x + door, 960.0);
            arch.extend(form::circle(pt(x, 600.0), door));
            Art::of(&[combine::subtract(&body, &[combine::union(&[arch, form::circle(pt(x, 600.0), door)])])])
        }
        1 => {
            // The roof as one folded bar over the room.
            let s = pen.taste.stroke() * 1.25;
            let line = [
                kurbo::PathSeg::Line(kurbo::Line::new(pt(60.0, eaves), pt(peak, 110.0))),
                kurbo::PathSeg::Line(kurbo::Line::new(pt(peak, 110.0), pt(940.0, eaves))),
            ];
            let roof = offset::stroke(
                &line,
                s,
                if pen.taste.is_round() { Corner::Round } else { Corner::Sharp },
                pen.taste.cap(),
            );
            let room = offset::stroke(&line, s + 2.0 * gap, Corner::Sharp, Cap::Flat);
            let above = form::polygon(&[
                pt(-300.0, eaves + 60.0),
                pt(peak, 60.0),
                pt(1300.0, eaves + 60.0),
                pt(1300.0, -400.0),
                pt(-300.0, -400.0),
            ]);
            let walls = combine::subtract(&form::rounded_rect(190.0, 200.0, 810.0, 950.0, r), &[room, above]);
            Art::with(&[roof], &[walls])
        }
        _ => {
            let pane = pen.between(105.0, 130.0);
            let at = pt(peak, 590.0);
            let window =
                form::rect(at.x - pane - gap / 2.0, at.y - pane, at.x + pane + gap / 2.0, at.y + pane + gap);
            let bars = [
                form::rect(at.x - gap / 2.0, 0.0, at.x + gap / 2.0, 1000.0),
                form::rect(0.0, at.y + gap / 2.0 - gap / 2.0, 1000.0, at.y + gap),
            ];
            Art::of(&[combine::subtract(&body, &[combine::subtract(&window, &bars)])])
        }
    }
}

/// A key: bow, shaft and bits.
pub(super) fn key(pen: &mut Pen) -> Art {
    let s = pen.taste.stroke();
    let bow = pen.between(240.0, 275.0);
    let middle = pt(500.0, 20.0 + bow);
    let hole = bow - s * 1.02;
    let head = if pen.taste.is_round() {
        form::ring(middle, bow, hole)
    } else {
        let outer = form::polygon(&form::regular(middle, bow * 1.06, 6, -90.0));
        combine::subtract(&outer, &[form::circle(middle, hole * 0.92)])
    };
    let shaft = form::bar(pt(500.0, middle.y + bow - s * 0.5), pt(500.0, 980.0), s * 1.05, Cap::Flat);
    let mut parts = vec![head, shaft];
    let mut y = 980.0;
    let lengths = [pen.between(190.0, 235.0), pen.between(140.0, 185.0)];
    for length in lengths {
        parts.push(form::rect(500.0, y - s * 0.9, 500.0 + length + s * 0.4, y));
        y -= s * 0.9 + pen.taste.gap();
    }
    Art::of(&parts).turned(pen.one(45.0, &[-45.0, 45.0]))
}

/// A pair of notes under one beam, or one with its flag.
pub(super) fn note(pen: &mut Pen) -> Art {
    let s = pen.taste.stroke() * 0.92;
    let head = |x: f64, y: f64| turn(-22.0, pt(x, y)) * form::ellipse(pt(x, y), 165.0, 122.0);
    if pen.chance(0.5) {
        let rise = pen.between(50.0, 110.0);
        let (left, right) = (330.0, 860.0);
        let beam = form::polygon(&[
            pt(left - s, 90.0 + rise),
            pt(right, 90.0),
            pt(right, 270.0),
            pt(left - s, 270.0 + rise),
        ]);
        let stems =
            [form::rect(left - s, 110.0 + rise, left, 800.0), form::rect(right - s, 120.0, right, 730.0)];
        let [a, b] = stems;
        return Art::with(&[beam, a, b], &[])
            .joined(&[head(left - 145.0, 810.0), head(right - 145.0, 740.0)]);
    }
    let x = 480.0;
    let stem = form::rect(x - s, 60.0, x, 810.0);
    let mut flag = BezPath::new();
    let sweep = pen.between(290.0, 350.0);
    flag.move_to((x - 4.0, 60.0));
    flag.curve_to((x + 40.0, 250.0), (x + sweep, 290.0), (x + sweep * 0.86, 590.0));
    flag.curve_to((x + sweep * 0.74, 440.0), (x + 120.0, 400.0), (x - 4.0, 370.0));
    flag.close_path();
    Art::of(&[stem, flag]).joined(&[head(x - 150.0, 820.0)])
}

impl Art {
    /// More of the main part.
    fn joined(self, parts: &[BezPath]) -> Self {
        let mut all = vec![self.main];
        all.extend_from_slice(parts);
        Self { main: combine::union(&all), accent: self.accent }
    }
}

/// A balance: beam, post and two pans.
pub(super) fn scale(pen: &mut Pen) -> Art {
    let s = pen.taste.stroke() * 0.86;
    let tilt = pen.one(0.0, &[-9.0, 9.0]);
    let hub = pt(500.0, 190.0);
    let beam = turn(tilt, hub) * form::bar(pt(130.0, 190.0), pt(870.0, 190.0), s, pen.taste.cap());
    let post = form::bar(pt(500.0, 110.0), pt(500.0, 890.0), s, Cap::Flat);
    let foot = form::bar(pt(300.0, 925.0), pt(700.0, 925.0), s, pen.taste.cap());
    let pan = pen.between(165.0, 185.0);
    let drop = pen.between(240.0, 290.0);
    let ends = [-1.0, 1.0].map(|side: f64| {
        let at = turn(tilt, hub) * pt(500.0 + side * 310.0, 190.0);
        form::segment(pt(at.x, at.y + drop), pan, 0.0, 180.0)
    });
    Art::with(&[beam, post, foot], &ends)
}

/// A spool of thread.
pub(super) fn thread(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let cap = pen.between(120.0, 150.0);
    let r = pen.taste.corner(70.0).min(cap / 2.0);
    let ends = [
        form::rounded_rect(130.0, 20.0, 870.0, 20.0 + cap, r),
        form::rounded_rect(130.0, 980.0 - cap, 870.0, 980.0, r),
    ];
    let (top, bottom) = (20.0 + cap + gap, 980.0 - cap - gap);
    let body = form::rect(240.0, top, 760.0, bottom);
    let slope = pen.between(90.0, 170.0) * pen.one(1.0, &[-1.0]);
    let turns = pen.count(2, 3);
    let pitch = (bottom - top) / turns as f64;
    let cut = |at: usize| {
        let y = top + pitch * at as f64;
        let half = slope / 2.0;
        form::bar(pt(100.0, y + half * 1.5), pt(900.0, y - half * 1.5), gap, Cap::Flat)
    };
    let cuts: Vec<BezPath> = (1..turns).map(cut).collect();
    let wound = combine::subtract(&body, &cuts);
    let [a, b] = ends;
    let mut main = vec![a, b];
    if pen.chance(0.4) {
        main.push(wound);
        return Art::of(&main);
    }
    Art::with(&main, &[wound])
}

/// A wheel: rim, spokes, hub.
pub(super) fn wheel(pen: &mut Pen) -> Art {
    let s = pen.taste.stroke() * 0.82;
    let spokes = pen.count(5, 8);
    let hub = pen.between(110.0, 140.0);
    let start = pen.one(-90.0, &[0.0]);
    let spoke = |at: usize| {
        let d = start + 360.0 * at as f64 / spokes as f64;
        form::bar(polar(MIDDLE, hub * 0.5, d), polar(MIDDLE, 440.0, d), s * 0.86, Cap::Flat)
    };
    let mut parts: Vec<BezPath> = (0..spokes).map(spoke).collect();
    parts.push(form::ring(MIDDLE, 490.0, 490.0 - s));
    if pen.chance(0.45) {
        let room = form::circle(MIDDLE, hub + pen.taste.gap());
        let rest = combine::subtract(&combine::union(&parts), &[room]);
        return Art::with(&[rest], &[form::circle(MIDDLE, hub)]);
    }
    parts.push(form::circle(MIDDLE, hub));
    Art::of(&parts)
}
