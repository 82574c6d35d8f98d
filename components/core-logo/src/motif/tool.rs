//! Motifs that work is done with.

use super::hand::{airy, bar, cut, disc, flip, join, poly, slab, soft, swung, turned, way};
use crate::art::{Art, MIDDLE, Pen, pt};
use core_vector::combine;
use core_vector::form::{self, Cap};
use kurbo::BezPath;

/// Open scissors, one blade before the other.
pub(super) fn scissors(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let s = pen.taste.stroke() * 0.92;
    let eye = pen.between(150.0, 175.0);
    let spread = pen.between(150.0, 180.0);
    let low = 975.0 - eye;
    let handle = |side: f64| {
        let x = 500.0 - side * (spread + 60.0);
        form::ring(pt(x, low), eye, eye - s * 0.82)
    };
    let blade = |side: f64| {
        let foot = (500.0 - side * (spread - 30.0), low - eye * 0.62);
        let tip = (500.0 + side * (spread + 120.0), 20.0);
        let hole = disc(500.0 - side * (spread + 60.0), low, eye - s * 0.5);
        join(&[cut(&bar(foot, tip, s), &[hole]), handle(side)])
    };
    let (front, back) = (blade(1.0), blade(-1.0));
    let crossing = form::rect(0.0, 0.0, 1000.0, low - eye * 0.9);
    let room = combine::intersect(&airy(&front, gap), &crossing);
    Art::with(&[front], &[cut(&back, &[room])])
}

/// A comb.
pub(super) fn comb(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let teeth = pen.count(5, 6);
    let spine = pen.between(170.0, 240.0);
    let wide = (960.0 - gap * (teeth as f64 - 1.0)) / teeth as f64;
    let body = slab(20.0, 230.0, 980.0, 770.0, pen.taste.corner(90.0));
    let slots: Vec<BezPath> = (1..teeth)
        .map(|at| {
            let x = 20.0 + wide * at as f64 + gap * (at as f64 - 1.0);
            form::rect(x, 230.0 + spine, x + gap, 900.0)
        })
        .collect();
    Art::of(&[cut(&body, &slots)]).turned(pen.one(-45.0, &[0.0, -30.0]))
}

/// A hammer.
pub(super) fn hammer(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let s = pen.taste.stroke() * 1.25;
    let (head, face) = (pen.between(230.0, 270.0), pen.between(170.0, 215.0));
    let x = 430.0;
    let block = soft(&[
        (160.0, 60.0, 20.0),
        (600.0, 60.0, 0.0),
        (940.0, 60.0 + head * 0.55, 20.0),
        (600.0, 60.0 + head, 90.0),
        (160.0, 60.0 + head, 20.0),
    ]);
    let cheek = slab(160.0, 60.0 + head / 2.0 - face * 0.8, 310.0, 60.0 + head / 2.0 + face * 0.8, 24.0);
    let handle = slab(x - s / 2.0, 60.0 + head + gap, x + s / 2.0, 985.0, pen.taste.corner(60.0));
    Art::with(&[join(&[block, cheek])], &[handle]).turned(pen.one(30.0, &[45.0, 0.0, -30.0]))
}

/// A spanner, open above and closed below.
pub(super) fn wrench(pen: &mut Pen) -> Art {
    let s = pen.taste.stroke() * 1.3;
    let (jaw, foot) = (pen.between(230.0, 260.0), pen.between(150.0, 175.0));
    let mouth = jaw * 0.42;
    let top = 15.0 + jaw;
    let head = cut(
        &disc(500.0, top, jaw),
        &[form::rect(500.0 - mouth, -100.0, 500.0 + mouth, top - 10.0), disc(500.0, top, mouth)],
    );
    let shaft = bar((500.0, top + jaw * 0.7), (500.0, 985.0 - foot * 1.4), s);
    let ring = cut(&disc(500.0, 985.0 - foot, foot), &[disc(500.0, 985.0 - foot, foot * 0.5)]);
    Art::of(&[head, shaft, ring]).turned(pen.one(45.0, &[-45.0, 30.0]))
}

/// A pencil, its point set off.
pub(super) fn pencil(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let half = pen.between(135.0, 175.0);
    let point = 985.0 - half * 1.73;
    let cap = 20.0 + pen.between(110.0, 150.0);
    let eraser = soft(&[
        (500.0 - half, 20.0, 50.0),
        (500.0 + half, 20.0, 50.0),
        (500.0 + half, cap, 0.0),
        (500.0 - half, cap, 0.0),
    ]);
    let body = form::rect(500.0 - half, cap + gap, 500.0 + half, point - gap);
    let tip = poly(&[(500.0 - half, point), (500.0 + half, point), (500.0, 985.0)], 0.0);
    Art::with(&[eraser, body], &[tip]).turned(pen.one(45.0, &[-45.0, 30.0]))
}

/// A brush, its hair full of paint.
pub(super) fn brush(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let half = pen.between(150.0, 180.0);
    let top = 560.0;
    let hair = soft(&[
        (500.0 - half, top + gap, 0.0),
        (500.0 + half, top + gap, 0.0),
        (500.0 + half * 0.96, 880.0, half * 1.2),
        (500.0 + half * 0.3, 1010.0, 10.0),
        (500.0 - half, 900.0, half),
    ]);
    let neck = half * 0.6;
    let handle = swung(
        (500.0 - half, top),
        &[
            [(500.0 - half, top - 120.0), (500.0 - neck, top - 120.0), (500.0 - neck, top - 260.0)],
            [(500.0 - neck, 160.0), (460.0, 20.0), (500.0, 20.0)],
            [(540.0, 20.0), (500.0 + neck, 160.0), (500.0 + neck, top - 260.0)],
            [(500.0 + neck, top - 120.0), (500.0 + half, top - 120.0), (500.0 + half, top)],
            [(560.0, top), (440.0, top), (500.0 - half, top)],
        ],
    );
    Art::with(&[handle], &[hair]).turned(pen.one(45.0, &[30.0, -45.0]))
}

/// A hard hat.
pub(super) fn helmet(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let (radius, level) = (pen.between(380.0, 410.0), 640.0);
    let ridge = pen.between(75.0, 100.0);
    let dome = form::segment(pt(500.0, level), radius, -180.0, 0.0);
    let crest = slab(500.0 - ridge, level - radius - 70.0, 500.0 + ridge, level, 40.0);
    let room = form::rect(500.0 - ridge - gap, 0.0, 500.0 + ridge + gap, level + 10.0);
    let brim = slab(20.0, level + gap, 980.0, level + gap + pen.taste.stroke(), pen.taste.corner(70.0));
    Art::of(&[cut(&dome, &[room]), crest, brim])
}

/// A camera.
pub(super) fn camera(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let r = 40.0 + pen.taste.corner(90.0);
    let eye = pen.between(200.0, 230.0);
    let x = pen.one(500.0, &[500.0, 420.0]);
    let hump = soft(&[
        (x - 200.0, 300.0, 0.0),
        (x - 130.0, 120.0, 40.0),
        (x + 130.0, 120.0, 40.0),
        (x + 200.0, 300.0, 0.0),
    ]);
    let body = join(&[slab(20.0, 230.0, 980.0, 880.0, r), hump]);
    let core = disc(x, 560.0, eye - gap);
    let light = disc(840.0, 360.0, 50.0);
    let body = cut(&body, &[disc(x, 560.0, eye), light]);
    Art::with(&[body], &[core])
}

/// A clapper board.
pub(super) fn film(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let r = pen.taste.corner(60.0);
    let stick = 190.0;
    let low = 250.0 + stick;
    let body = slab(40.0, low + gap, 960.0, 980.0, r);
    let middle = (low + gap + 980.0) / 2.0;
    let way_on =
        poly(&[(410.0, middle - 140.0), (410.0, middle + 140.0), (650.0, middle)], pen.taste.corner(30.0));
    let slots = [300.0, 560.0].map(|x| bar((x, low + 60.0), (x + 150.0, 250.0 - 60.0), gap));
    let [a, b] = slots;
    let lid = cut(&slab(40.0, 250.0, 960.0, low, 0.0), &[a, b]);
    let tilt = pen.between(-15.0, -8.0);
    Art::with(&[cut(&body, &[way_on])], &[turned(&lid, tilt, 40.0, low)])
}

/// A microphone on its stand.
pub(super) fn mic(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let s = pen.taste.stroke() * 0.86;
    let half = pen.between(145.0, 175.0);
    let low = pen.between(540.0, 600.0);
    let head = form::bar(pt(500.0, 20.0 + half), pt(500.0, low - half), 2.0 * half, Cap::Round);
    let reach = half + gap + s / 2.0;
    let yoke = form::arc_band(pt(500.0, low - half), reach, s, 0.0, 180.0, pen.taste.cap());
    let foot_y = 985.0 - s / 2.0;
    let post = bar((500.0, low - half + reach), (500.0, foot_y), s);
    let foot = form::bar(pt(330.0, foot_y), pt(670.0, foot_y), s, pen.taste.cap());
    let slots: Vec<BezPath> = if pen.chance(0.4) {
        vec![form::rect(500.0, low * 0.46, 1000.0, low * 0.46 + gap)]
    } else {
        Vec::new()
    };
    Art::with(&[yoke, post, foot], &[cut(&head, &slots)])
}

/// A record with its groove and its label.
pub(super) fn vinyl(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let label = pen.between(140.0, 175.0);
    let start = pen.between(0.0, 90.0);
    let sweep = pen.between(60.0, 110.0);
    let middle = (490.0 + label + gap) / 2.0 + 5.0;
    let groove =
        |at: f64| form::arc_band(MIDDLE, middle, gap * 0.94, start + at, start + at + sweep, Cap::Round);
    let body =
        cut(&form::circle(MIDDLE, 490.0), &[groove(0.0), groove(180.0), form::circle(MIDDLE, label + gap)]);
    Art::with(&[body], &[form::circle(MIDDLE, label)])
}

/// A chip with its pins.
pub(super) fn chip(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let pins = pen.count(2, 3);
    let wide = if pins == 3 { 92.0 } else { 120.0 };
    let edge = pen.between(190.0, 220.0);
    let r = pen.taste.corner(110.0);
    let body = slab(edge, edge, 1000.0 - edge, 1000.0 - edge, r);
    let pitch = if pins == 3 { 172.0 } else { 240.0 };
    let mut parts = vec![body];
    for at in 0..pins {
        let x = 500.0 + pitch * (at as f64 - (pins as f64 - 1.0) / 2.0);
        parts.push(bar((x, 20.0), (x, 980.0), wide));
        parts.push(bar((20.0, x), (980.0, x), wide));
    }
    let core = pen.between(110.0, 140.0);
    let inner = slab(500.0 - core, 500.0 - core, 500.0 + core, 500.0 + core, r * 0.4);
    if pen.chance(0.5) {
        return Art::of(&[cut(&join(&parts), &[inner])]);
    }
    let room = slab(500.0 - core - gap, 500.0 - core - gap, 500.0 + core + gap, 500.0 + core + gap, r * 0.6);
    Art::with(&[cut(&join(&parts), &[room])], &[inner])
}

/// A pointer on its way.
pub(super) fn cursor(pen: &mut Pen) -> Art {
    let r = pen.taste.corner(46.0);
    let wide = pen.between(0.0, 60.0);
    if pen.chance(0.5) {
        let arrow = poly(&[(80.0, 60.0), (960.0, 400.0 - wide), (560.0, 540.0), (400.0 - wide, 960.0)], r);
        let line = bar((300.0, 300.0), (1100.0, 1100.0), pen.taste.gap());
        return Art::of(&[if pen.chance(0.5) { cut(&arrow, &[line]) } else { arrow }]);
    }
    Art::of(&[poly(
        &[
            (190.0, 20.0),
            (190.0, 820.0),
            (380.0, 660.0),
            (510.0, 980.0),
            (660.0, 915.0),
            (530.0, 610.0),
            (790.0 + wide, 590.0),
        ],
        r,
    )])
}

/// Brackets, and a stroke between them.
pub(super) fn bracket(pen: &mut Pen) -> Art {
    let s = pen.taste.stroke();
    let (high, deep) = (pen.between(230.0, 320.0), pen.between(230.0, 290.0));
    let x = 20.0 + s * 0.7;
    let left = way(&[(x + deep, 500.0 - high), (x, 500.0), (x + deep, 500.0 + high)], s, pen.taste.cap());
    let lean = pen.between(60.0, 100.0);
    let stroke = form::bar(
        pt(500.0 + lean, 500.0 - high - 60.0),
        pt(500.0 - lean, 500.0 + high + 60.0),
        s,
        pen.taste.cap(),
    );
    let right = flip(&left);
    Art::with(&[left, right], &[stroke])
}

/// A cloud, whole or with what it holds.
pub(super) fn cloud(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let (large, small) = (pen.between(250.0, 285.0), pen.between(170.0, 205.0));
    let base = 830.0;
    let body = join(&[
        disc(430.0, base - 90.0 - large, large),
        disc(20.0 + small, base - small, small),
        disc(980.0 - small * 1.16, base - small * 1.16, small * 1.16),
        form::rect(20.0 + small, base - 300.0, 980.0 - small * 1.16, base),
    ]);
    match pen.count(0, 2) {
        0 => Art::of(&[body]),
        1 => {
            let arrow = join(&[
                bar((480.0, base + 60.0), (480.0, base - 270.0), gap * 1.1),
                way(
                    &[(330.0, base - 200.0), (480.0, base - 350.0), (630.0, base - 200.0)],
                    gap * 1.1,
                    Cap::Flat,
                ),
            ]);
            Art::of(&[cut(&body, &[arrow])])
        }
        _ => {
            let line = form::rect(-100.0, base - small - gap / 2.0, 1100.0, base - small + gap / 2.0);
            let below = form::rect(-100.0, base - small, 1100.0, 1100.0);
            let parts = cut(&body, &[line]);
            Art::with(&[cut(&parts, std::slice::from_ref(&below))], &[combine::intersect(&parts, &below)])
        }
    }
}

/// Bars that rise, as high as the name's chance sets them.
pub(super) fn bars(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let count = pen.count(3, 4);
    let wide = (900.0 - gap * (count as f64 - 1.0)) / count as f64;
    let r = pen.taste.corner(wide / 2.0);
    let mut high = pen.between(440.0, 520.0);
    let rest = 940.0 - high;
    let mut parts: Vec<BezPath> = Vec::new();
    for at in 0..count {
        let x = 50.0 + (wide + gap) * at as f64;
        parts.push(soft(&[
            (x, 970.0 - high, r),
            (x + wide, 970.0 - high, r),
            (x + wide, 970.0, 0.0),
            (x, 970.0, 0.0),
        ]));
        high = f64::min(high + rest / (count as f64 - 1.0) * pen.between(0.6, 1.3), 950.0);
    }
    let last = parts.pop().unwrap_or_default();
    Art::with(&parts, &[last])
}

/// A dumbbell.
pub(super) fn dumbbell(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let r = pen.taste.corner(60.0);
    let (inner, outer) = (pen.between(270.0, 330.0), pen.between(150.0, 200.0));
    let s = pen.taste.stroke();
    let wide = pen.between(120.0, 150.0);
    let near = slab(20.0 + wide + gap * 0.9, 500.0 - inner, 20.0 + 2.0 * wide + gap * 0.9, 500.0 + inner, r);
    let far = slab(20.0, 500.0 - outer, 20.0 + wide, 500.0 + outer, r);
    let grip = bar((200.0, 500.0), (800.0, 500.0), s);
    let grip = cut(
        &grip,
        &[
            form::rect(0.0, 0.0, 20.0 + 1.5 * wide + gap, 1000.0),
            form::rect(980.0 - 1.5 * wide - gap, 0.0, 1000.0, 1000.0),
        ],
    );
    let plates = [near.clone(), flip(&near), far.clone(), flip(&far), grip];
    Art::of(&plates).turned(pen.one(-45.0, &[-30.0, 0.0]))
}

/// A seam ball.
pub(super) fn ball(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let reach = pen.between(430.0, 500.0);
    let away = pen.between(600.0, 660.0);
    let mut slots = vec![form::arc_band(pt(500.0 - away, 500.0), reach, gap, -80.0, 80.0, Cap::Flat)];
    slots.push(form::arc_band(pt(500.0 + away, 500.0), reach, gap, 100.0, 260.0, Cap::Flat));
    if pen.chance(0.5) {
        slots.push(form::rect(0.0, 500.0 - gap / 2.0, 1000.0, 500.0 + gap / 2.0));
    }
    Art::of(&[cut(&form::circle(MIDDLE, 490.0), &slots)]).turned(pen.one(-30.0, &[30.0, 45.0]))
}

/// A ring of waves from one point.
pub(super) fn signal(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let core = pen.between(105.0, 140.0);
    let s = (760.0 - core - 2.0 * gap) / 2.0 * 0.62;
    let open = pen.one(45.0, &[45.0, 60.0]);
    let root = pt(500.0, 850.0);
    let mut parts = Vec::new();
    let mut near = core + gap;
    for _ in 0..2 {
        parts.push(form::arc_band(root, near + s / 2.0, s, -90.0 - open, -90.0 + open, Cap::Flat));
        near += s + gap;
    }
    Art::with(&parts, &[form::circle(root, core)]).turned(pen.one(0.0, &[45.0, -45.0]))
}

/// Sheets over each other.
pub(super) fn layers(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap() * 1.15;
    let (half, rise) = (480.0, pen.between(230.0, 277.0));
    let count = pen.count(2, 3);
    let step = if count == 3 { 210.0 } else { 290.0 };
    let top = 20.0 + rise;
    let r = pen.taste.corner(40.0);
    let sheet = |y: f64, r: f64| {
        poly(&[(500.0, y - rise), (500.0 + half, y), (500.0, y + rise), (500.0 - half, y)], r)
    };
    let mut parts = Vec::new();
    for at in 1..count {
        let y = top + step * at as f64;
        let above = y - step + gap;
        let room = sheet(above, 0.0);
        let lid = form::rect(-200.0, -1000.0, 1200.0, above);
        parts.push(cut(&sheet(y, r), &[room, lid]));
    }
    Art::with(&parts, &[sheet(top, r)])
}
