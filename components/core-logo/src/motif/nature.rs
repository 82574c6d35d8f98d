//! Motifs that grow, flow or shine.

use crate::art::{Art, MIDDLE, Pen, curve, pt};
use core_vector::form::{self, Cap};
use core_vector::offset::{self, Corner};
use core_vector::{combine, transform};
use kurbo::{BezPath, Point};

/// A coffee bean: an oval parted by its swinging seam.
pub(super) fn bean(pen: &mut Pen) -> Art {
    let (wide, swing) = (pen.between(305.0, 360.0), pen.between(150.0, 250.0));
    let tilt = pen.between(14.0, 52.0) * pen.one(1.0, &[1.0, -1.0]);
    let body = form::ellipse(MIDDLE, wide, 470.0);
    let seam = offset::stroke(
        &[
            curve((500.0, -60.0), (500.0, 100.0), (500.0 - swing, 330.0), (500.0, 500.0)),
            curve((500.0, 500.0), (500.0 + swing, 670.0), (500.0, 900.0), (500.0, 1060.0)),
        ],
        pen.taste.gap() + 14.0,
        Corner::Round,
        Cap::Flat,
    );
    let halves = combine::subtract(&body, &[seam]);
    let left = form::rect(-200.0, -200.0, 500.0, 1200.0);
    let is_two = pen.chance(0.5);
    let art = if is_two { parted(&halves, &left) } else { Art::of(&[halves]) };
    art.turned(tilt)
}

/// Splits an outline into its contours by where most of each lies; the part outside the region takes the accent.
fn parted(path: &BezPath, region: &BezPath) -> Art {
    let mut art = Art::default();
    for contour in core_vector::bezier::contours(path) {
        let part = core_vector::bezier::path(&[contour]);
        let inside = core_vector::bezier::area(&combine::intersect(&part, region)).abs();
        let role = if inside * 2.0 > core_vector::bezier::area(&part).abs() {
            &mut art.main
        } else {
            &mut art.accent
        };
        role.extend(part);
    }
    art
}

/// A leaf: one blade with its rib, a pair on a stem, or a rising row.
pub(super) fn leaf(pen: &mut Pen) -> Art {
    match pen.count(0, 2) {
        0 => blade_with_rib(pen),
        1 => sprout(pen),
        _ => leaning_pair(pen),
    }
}

fn blade(from: Point, to: Point, bulge: f64) -> BezPath {
    form::lens(from, to, bulge)
}

/// A solid leaf.
pub(super) fn body() -> BezPath {
    form::rounded_corners(&[
        (pt(40.0, 40.0), 40.0),
        (pt(960.0, 40.0), 800.0),
        (pt(960.0, 960.0), 40.0),
        (pt(40.0, 960.0), 800.0),
    ])
}

fn blade_with_rib(pen: &mut Pen) -> Art {
    let bulge = pen.between(0.27, 0.36);
    let gap = pen.taste.gap() + 6.0;
    let body = blade(pt(120.0, 880.0), pt(900.0, 100.0), bulge);
    let reach = pen.between(0.55, 0.72);
    let tip = pt(120.0 + 780.0 * reach, 880.0 - 780.0 * reach);
    let rib = form::bar(pt(60.0, 940.0), tip, gap, pen.taste.cap());
    let side =
        form::bar(pt(120.0 + 780.0 * 0.34, 880.0 - 780.0 * 0.34), pt(470.0, 330.0), gap, pen.taste.cap());
    let cuts = if pen.chance(0.4) { vec![rib, side] } else { vec![rib] };
    Art::of(&[combine::subtract(&body, &cuts)])
}

fn sprout(pen: &mut Pen) -> Art {
    let s = pen.taste.stroke();
    let (low, high) = (pen.between(560.0, 640.0), pen.between(90.0, 170.0));
    let left = quarter_leaf(pt(500.0 - s / 2.0 - 10.0, low), -380.0, -(low - 190.0));
    let right = quarter_leaf(pt(500.0 + s / 2.0 + 10.0, low - 120.0), 400.0, -(low - 120.0 - high));
    let stem = form::bar(pt(500.0, 960.0), pt(500.0, low - 140.0), s, Cap::Flat);
    let joined = combine::subtract(
        &combine::union(&[left, stem]),
        &[offset::grow(&right, pen.taste.gap(), Corner::Sharp)],
    );
    Art::with(&[joined], &[right])
}

/// A leaf with a corner at its root and at its tip, and two quarter rounds.
fn quarter_leaf(root: Point, width: f64, height: f64) -> BezPath {
    let k = 0.5523;
    let (x, y) = (root.x + width, root.y + height);
    let mut path = BezPath::new();
    path.move_to(root);
    path.curve_to((root.x, root.y + height * k), (x - width * k, y), (x, y));
    path.curve_to((x, y - height * k), (root.x + width * k, root.y), (root.x, root.y));
    path.close_path();
    combine::union(&[path])
}

fn leaning_pair(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let bulge = pen.between(0.26, 0.33);
    let turn = pen.between(24.0, 34.0);
    let root = pt(500.0, 960.0);
    let middle = blade(root, pt(500.0, 20.0), bulge);
    let side = |degrees: f64| transform::turn(degrees, root) * blade(root, pt(500.0, 160.0), bulge);
    let mask = offset::grow(&middle, gap, Corner::Round);
    let sides = [side(-turn * 1.5), side(turn * 1.5)]
        .map(|part| combine::subtract(&part, std::slice::from_ref(&mask)));
    if pen.chance(0.5) { Art::with(&sides, &[middle]) } else { Art::with(&[middle], &sides) }
}

/// Waves: bands that swing, alone or in a disc.
pub(super) fn wave(pen: &mut Pen) -> Art {
    let rows = pen.count(2, 3);
    let gap = pen.taste.gap() + 12.0;
    let swing = pen.between(62.0, 92.0);
    let length = pen.one(500.0, &[640.0, 940.0]);
    let shift = pen.between(0.0, length);
    match pen.count(0, 2) {
        0 => {
            let s = if rows == 2 { 210.0 } else { 140.0 };
            let top = 500.0 - ((s + gap) * rows as f64 - gap) / 2.0;
            let frame = form::rect(20.0, -200.0, 980.0, 1200.0);
            let band = |at: usize| swinging(top + (s + gap) * at as f64, swing, length, shift, s);
            let mut bands: Vec<BezPath> = (0..rows).map(|at| combine::intersect(&band(at), &frame)).collect();
            let chosen = bands.remove(pen.rng.below(rows));
            Art::with(&bands, &[chosen])
        }
        1 => {
            let disc = form::circle(MIDDLE, 490.0);
            let first = if rows == 2 { 400.0 } else { 330.0 };
            let pitch = (880.0 - first) / rows as f64;
            let cut = |at: usize| swinging(first + pitch * at as f64, swing, length, shift, gap);
            Art::of(&[combine::subtract(&disc, &(0..rows).map(cut).collect::<Vec<_>>())])
        }
        _ => sea_and_sun(pen, swing, length, shift),
    }
}

fn sea_and_sun(pen: &mut Pen, swing: f64, length: f64, shift: f64) -> Art {
    let disc = form::circle(MIDDLE, 490.0);
    let gap = pen.taste.gap() + 6.0;
    let level = pen.between(520.0, 570.0);
    let sea = combine::intersect(&disc, &swinging(level, swing, length, shift, 900.0));
    let slit = swinging(level + 190.0, swing, length, shift + length * 0.25, gap);
    let sun = form::circle(pt(500.0 + pen.between(-110.0, 110.0), 215.0), 150.0);
    let room = swinging(level - gap, swing, length, shift, 900.0);
    Art::with(&[combine::subtract(&sea, &[slit])], &[combine::subtract(&sun, &[room])])
}

/// A band under a swinging line, of the same height everywhere.
fn swinging(top: f64, swing: f64, length: f64, shift: f64, height: f64) -> BezPath {
    let half = length / 2.0;
    let start = shift % length - 2.0 * length;
    let steps = (1400.0 / half).ceil() as usize + 5;
    let way = |at: usize| if at.is_multiple_of(2) { swing } else { -swing };
    let x = |at: usize| start + half * at as f64;
    // Handles of a cosine between two turning points.
    let near = half * 0.3642;
    let mut path = BezPath::new();
    path.move_to((x(0), top + way(0)));
    for at in 0..steps {
        let (a, b) = (top + way(at), top + way(at + 1));
        path.curve_to((x(at) + near, a), (x(at + 1) - near, b), (x(at + 1), b));
    }
    path.line_to((x(steps), top + way(steps) + height));
    for at in (0..steps).rev() {
        let (a, b) = (top + height + way(at), top + height + way(at + 1));
        path.curve_to((x(at + 1) - near, b), (x(at) + near, a), (x(at), a));
    }
    path.close_path();
    path
}

/// Peaks: one before the other, a gap between them, perhaps a sun.
pub(super) fn peak(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let r = pen.taste.corner(60.0);
    let (left, height) = (pen.between(330.0, 420.0), pen.between(300.0, 420.0));
    let base = 850.0;
    let front = form::rounded_corners(&[
        (pt(20.0, base), r),
        (pt(left, height - 60.0), r),
        (pt(2.0 * left - 20.0, base), r),
    ]);
    let tip = pen.between(610.0, 670.0);
    let back =
        form::rounded_corners(&[(pt(tip - 430.0, base), r), (pt(tip, 150.0), r), (pt(985.0, base), r)]);
    match pen.count(0, 2) {
        0 => {
            let behind = combine::subtract(&back, &[offset::grow(&front, gap, Corner::Sharp)]);
            Art::with(&[behind], &[front])
        }
        1 => {
            let low =
                form::rounded_corners(&[(pt(20.0, base), r), (pt(300.0, 470.0), r), (pt(580.0, base), r)]);
            let behind = combine::subtract(&back, &[offset::grow(&low, gap, Corner::Sharp)]);
            let sun = form::circle(pt(pen.between(230.0, 290.0), 230.0), 125.0);
            Art::with(&[behind, low], &[sun])
        }
        _ => snowy(pen, base),
    }
}

fn snowy(pen: &mut Pen, base: f64) -> Art {
    let gap = pen.taste.gap() + 4.0;
    let tip = pen.between(440.0, 560.0);
    let hill = form::polygon(&[pt(0.0, base), pt(tip, 120.0), pt(1000.0, base)]);
    let y = pen.between(400.0, 470.0);
    let teeth = pen.between(70.0, 110.0);
    let line: Vec<Point> = (0..=8)
        .map(|at| pt(125.0 * f64::from(at), y + if at % 2 == 0 { teeth } else { -teeth * 0.4 }))
        .collect();
    let segments: Vec<_> =
        line.windows(2).map(|w| kurbo::PathSeg::Line(kurbo::Line::new(w[0], w[1]))).collect();
    let cut = offset::stroke(&segments, gap, Corner::Sharp, Cap::Flat);
    let mut upper = line;
    upper.extend([pt(1000.0, -200.0), pt(0.0, -200.0)]);
    let parts = combine::subtract(&hill, &[cut]);
    parted(&parts, &combine::subtract(&form::rect(-100.0, -300.0, 1100.0, 1200.0), &[form::polygon(&upper)]))
}

/// A drop: whole with a light in it, or a ring of small ones.
pub(super) fn drop(pen: &mut Pen) -> Art {
    let fat = pen.between(300.0, 345.0);
    let body = drop_shape(fat, 25.0, 970.0);
    match pen.count(0, 2) {
        0 => {
            let light = form::arc_band(
                pt(500.0, 970.0 - fat),
                fat - 150.0,
                pen.taste.gap(),
                95.0,
                185.0,
                pen.taste.cap(),
            );
            Art::of(&[combine::subtract(&body, &[light])])
        }
        1 => {
            let inner = transform::scale(0.5, pt(500.0, 970.0 - fat * 0.62)) * body.clone();
            let room = offset::grow(&inner, pen.taste.gap(), Corner::Round);
            Art::with(&[combine::subtract(&body, &[room])], &[inner])
        }
        _ => {
            let level = pen.between(600.0, 690.0);
            let swing = pen.between(70.0, 110.0);
            let line = [curve(
                (60.0, level),
                (300.0, level - swing * 2.0),
                (700.0, level + swing * 2.0),
                (940.0, level),
            )];
            let cut = offset::stroke(&line, pen.taste.gap() + 4.0, Corner::Round, Cap::Flat);
            let parts = combine::subtract(&body, &[cut]);
            parted(&parts, &form::rect(0.0, 0.0, 1000.0, level))
        }
    }
}

/// A drop with its point up: a circle and two curves that leave it.
pub(crate) fn drop_shape(radius: f64, top: f64, bottom: f64) -> BezPath {
    let center = bottom - radius;
    let mut path = BezPath::new();
    path.move_to((500.0, top));
    path.curve_to(
        (500.0 + radius * 0.28, top + (center - top) * 0.36),
        (500.0 + radius, center - radius * 0.72),
        (500.0 + radius, center),
    );
    form::arc_to(&mut path, pt(500.0, center), radius, 0.0, 180.0);
    path.curve_to(
        (500.0 - radius, center - radius * 0.72),
        (500.0 - radius * 0.28, top + (center - top) * 0.36),
        (500.0, top),
    );
    path.close_path();
    path
}

/// An ear of grain: pairs of seeds on a stem.
pub(super) fn seed(pen: &mut Pen) -> Art {
    let pairs = pen.count(2, 3);
    let bulge = pen.between(0.3, 0.38);
    let gap = pen.taste.gap();
    let length = if pairs == 2 { 330.0 } else { 260.0 };
    let spread = pen.between(36.0, 48.0);
    let pitch = length * 0.86;
    let mut main = Vec::new();
    for at in 0..pairs {
        let root = pt(500.0, 940.0 - pitch * at as f64);
        for side in [-1.0, 1.0] {
            let start = root + kurbo::Vec2::new(side * (gap / 2.0 + 6.0), 0.0);
            let d = transform::direction(-90.0 + side * spread);
            main.push(form::lens(start, start + length * 1.12 * d, bulge));
        }
    }
    let top = 940.0 - pitch * pairs as f64 - gap * 0.2;
    let head = form::lens(pt(500.0, top + 20.0), pt(500.0, top - length), bulge);
    Art::with(&main, &[head])
}

/// A sun: a disc with rays, or a disc that sets behind lines.
pub(super) fn sun(pen: &mut Pen) -> Art {
    match pen.count(0, 2) {
        0 => rays(pen),
        1 => setting(pen),
        _ => half_sun(pen),
    }
}

fn rays(pen: &mut Pen) -> Art {
    let count = pen.count(7, 10);
    let core = pen.between(200.0, 235.0);
    let s = pen.taste.stroke() * 0.86;
    let near = core + pen.taste.gap() + if pen.taste.is_round() { s / 2.0 } else { 0.0 };
    let reach = if pen.taste.is_round() { 490.0 - s / 2.0 } else { 490.0 };
    let start = pen.one(0.0, &[-90.0, 45.0]);
    let ray = |at: usize| {
        let d = start + 360.0 * at as f64 / count as f64;
        form::bar(transform::polar(MIDDLE, near, d), transform::polar(MIDDLE, reach, d), s, pen.taste.cap())
    };
    let all: Vec<BezPath> = (0..count).map(ray).collect();
    Art::with(&all, &[form::circle(MIDDLE, core)])
}

fn setting(pen: &mut Pen) -> Art {
    let lines = 3;
    let disc = form::circle(MIDDLE, 480.0);
    let gap = pen.taste.gap();
    let mut y = pen.between(470.0, 540.0);
    let mut cuts = Vec::new();
    let mut bar = 150.0;
    for at in 0..lines {
        let g = gap * (0.92 + 0.1 * f64::from(at));
        cuts.push(form::rect(-10.0, y, 1010.0, y + g));
        y += g + bar;
        bar = f64::max(bar * 0.78, 72.0);
    }
    // The last slit would leave a sliver: the disc ends above it.
    cuts.push(form::rect(-10.0, y - bar / 0.78 - gap * 0.0 + 90.0, 1010.0, 1100.0));
    Art::of(&[combine::subtract(&disc, &cuts)])
}

fn half_sun(pen: &mut Pen) -> Art {
    let count = pen.count(5, 7);
    let s = pen.taste.stroke() * if count == 7 { 0.72 } else { 0.84 };
    let middle = pt(500.0, 720.0);
    let core = 215.0;
    let near = core + pen.taste.gap() + if pen.taste.is_round() { s / 2.0 } else { 0.0 };
    let inset = if pen.taste.is_round() { s / 2.0 } else { 0.0 };
    let ray = |at: usize| {
        let d = -180.0 + 180.0 * at as f64 / (count as f64 - 1.0);
        let lift =
            if at == 0 || at + 1 == count { kurbo::Vec2::new(0.0, -s / 2.0) } else { kurbo::Vec2::ZERO };
        form::bar(
            transform::polar(middle, near, d) + lift,
            transform::polar(middle, 500.0 - inset, d) + lift,
            s,
            pen.taste.cap(),
        )
    };
    let mut main: Vec<BezPath> = (0..count).map(ray).collect();
    main.push(form::rect(0.0, 720.0 + pen.taste.gap(), 1000.0, 720.0 + pen.taste.gap() + s));
    Art::with(&main, &[form::segment(middle, core, -180.0, 0.0)])
}

/// Steam over a cup.
pub(super) fn steam(pen: &mut Pen) -> Art {
    let s = pen.taste.stroke() * 0.78;
    let swing = pen.between(40.0, 64.0) * pen.one(1.0, &[-1.0]);
    let lines = pen.count(2, 3);
    let pitch = (s + pen.taste.gap() + 30.0).max(190.0);
    let high = pen.between(60.0, 110.0);
    let line = |at: usize| {
        let x = 470.0 + pitch * (at as f64 - (lines as f64 - 1.0) / 2.0);
        let top = high + if lines == 3 && at != 1 { 80.0 } else { 0.0 };
        rising(x, top, 430.0, swing, s)
    };
    let steam: Vec<BezPath> = (0..lines).map(line).collect();
    let rim = 540.0 + pen.taste.gap() * 0.3;
    let mut cup = BezPath::new();
    cup.move_to((120.0, rim));
    cup.line_to((820.0, rim));
    form::arc_to(&mut cup, pt(820.0 - 350.0, rim), 350.0, 0.0, 180.0);
    cup.close_path();
    let ear = combine::subtract(
        &form::ring(pt(800.0, rim + 130.0), 165.0, 165.0 - s * 0.8),
        &[form::rect(0.0, 0.0, 1000.0, rim)],
    );
    Art::with(
        &[combine::union(&[cup.clone(), combine::subtract(&ear, &[form::circle(pt(470.0, rim), 340.0)])])],
        &steam,
    )
}

/// A wisp that swings once on its way up, as wide everywhere, its ends rounded.
fn rising(x: f64, top: f64, bottom: f64, swing: f64, width: f64) -> BezPath {
    let half = width / 2.0;
    let (start, end) = (bottom - half, top + half);
    let (low, high) = (x - swing / 2.0, x + swing / 2.0);
    let bend = (start - end) * 0.55;
    let mut path = BezPath::new();
    path.move_to((low - half, start));
    path.curve_to((low - half, start - bend), (high - half, end + bend), (high - half, end));
    form::arc_to(&mut path, pt(high, end), half, 180.0, 360.0);
    path.curve_to((high + half, end + bend), (low + half, start - bend), (low + half, start));
    form::arc_to(&mut path, pt(low, start), half, 0.0, 180.0);
    path.close_path();
    path
}

/// A paw: a pad and four toes.
pub(super) fn paw(pen: &mut Pen) -> Art {
    let toe = pen.between(98.0, 116.0);
    let pad = form::rounded_corners(&[
        (pt(500.0, 420.0), 220.0),
        (pt(860.0, 820.0), 170.0),
        (pt(500.0, 860.0), 60.0),
        (pt(140.0, 820.0), 170.0),
    ]);
    let pad = combine::union(&[
        pad,
        form::circle(pt(330.0, 780.0), 130.0),
        form::circle(pt(670.0, 780.0), 130.0),
        form::ellipse(pt(500.0, 690.0), 210.0, 190.0),
    ]);
    let spread = pen.between(0.96, 1.04);
    let toes: Vec<BezPath> =
        [(-345.0, 430.0, -24.0), (-135.0, 235.0, -8.0), (135.0, 235.0, 8.0), (345.0, 430.0, 24.0)]
            .map(|(x, y, turn)| {
                let at = pt(500.0 + x * spread, y);
                transform::turn(turn, at) * form::ellipse(at, toe, toe * 1.34)
            })
            .into();
    if pen.chance(0.5) { Art::with(&[pad], &toes) } else { Art::with(&toes, &[pad]) }
}
