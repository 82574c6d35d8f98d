//! Motifs of kitchen, cellar and table.

use super::hand::{airy, bar, cut, disc, join, leaf, oval, poly, slab, soft, swung, turned};
use super::nature;
use crate::art::{Art, MIDDLE, Pen, pt};
use core_vector::form::{self, Cap};
use core_vector::transform;
use kurbo::{Affine, BezPath};

/// A cup on its saucer, seen from the side.
pub(super) fn cup(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let s = pen.taste.stroke();
    let (right, top) = (pen.between(700.0, 770.0), pen.between(140.0, 240.0));
    let bottom = 900.0 - gap - s;
    let belly = pen.one(260.0, &[150.0, 340.0]);
    let body = soft(&[(90.0, top, 24.0), (right, top, 24.0), (right, bottom, belly), (90.0, bottom, belly)]);
    let ear_y = top + 185.0;
    let ear = cut(&disc(right, ear_y, 185.0), &[disc(right, ear_y, 185.0 - s * 0.86)]);
    let ear = cut(&ear, &[form::rect(0.0, 0.0, right - 4.0, 1000.0)]);
    let saucer = slab(40.0, bottom + gap, right + 60.0, bottom + gap + s, pen.taste.corner(s));
    Art::of(&[body, ear, saucer])
}

/// A fork and a spoon side by side.
pub(super) fn fork(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let (tine, s) = (74.0, pen.taste.stroke());
    let wide = tine * 3.0 + gap * 2.0;
    let neck = pen.between(400.0, 480.0);
    let (fork_x, spoon_x) = (250.0, 750.0);
    let left = fork_x - wide / 2.0;
    let head = soft(&[
        (left, 20.0, 20.0),
        (left + wide, 20.0, 20.0),
        (left + wide, neck, 180.0),
        (left, neck, 180.0),
    ]);
    let slot = |at: f64| {
        let x = left + tine + (tine + gap) * at;
        form::rect(x, -10.0, x + gap, neck - 190.0)
    };
    let round = pen.taste.corner(s);
    let shaft = |x: f64| slab(x - s / 2.0, neck - 60.0, x + s / 2.0, 980.0, round);
    let fork = join(&[cut(&head, &[slot(0.0), slot(1.0)]), shaft(fork_x)]);
    let bowl = oval(spoon_x, 20.0 + neck / 2.0, wide / 2.0, neck / 2.0);
    Art::with(&[fork], &[join(&[bowl, shaft(spoon_x)])])
}

/// A wine glass, filled or half filled.
pub(super) fn glass(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let s = pen.taste.stroke();
    let (half, deep) = (pen.between(270.0, 330.0), pen.between(540.0, 600.0));
    let bowl =
        join(&[form::rect(500.0 - half, 20.0, 500.0 + half, deep - half), disc(500.0, deep - half, half)]);
    let bowl = cut(&bowl, &[form::rect(0.0, -500.0, 1000.0, 20.0)]);
    let foot = [
        bar((500.0, deep - 30.0), (500.0, 960.0), s),
        slab(260.0, 980.0 - s, 740.0, 980.0, pen.taste.corner(s)),
    ];
    let level = pen.between(190.0, 250.0);
    let slot =
        turned(&form::rect(-200.0, level, 1200.0, level + gap), pen.one(0.0, &[-15.0, 15.0]), 500.0, level);
    let [stem, plate] = foot;
    Art::of(&[join(&[cut(&bowl, &[slot]), stem, plate])])
}

/// A bottle with its label.
pub(super) fn bottle(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let (half, neck) = (pen.between(190.0, 240.0), pen.between(72.0, 88.0));
    let shoulder = pen.between(340.0, 440.0);
    let body = swung(
        (500.0 - neck, 20.0),
        &[
            [(500.0 - neck / 3.0, 20.0), (500.0 + neck / 3.0, 20.0), (500.0 + neck, 20.0)],
            [(500.0 + neck, 120.0), (500.0 + neck, 180.0), (500.0 + neck, 250.0)],
            [
                (500.0 + neck, shoulder - 20.0),
                (500.0 + half, shoulder - 60.0),
                (500.0 + half, shoulder + 110.0),
            ],
            [(500.0 + half, 700.0), (500.0 + half, 800.0), (500.0 + half, 980.0)],
            [(560.0, 980.0), (440.0, 980.0), (500.0 - half, 980.0)],
            [(500.0 - half, 800.0), (500.0 - half, 700.0), (500.0 - half, shoulder + 110.0)],
            [(500.0 - half, shoulder - 60.0), (500.0 - neck, shoulder - 20.0), (500.0 - neck, 250.0)],
            [(500.0 - neck, 180.0), (500.0 - neck, 120.0), (500.0 - neck, 20.0)],
        ],
    );
    let label = shoulder + pen.between(150.0, 190.0);
    let slots = [label, label + gap + pen.between(110.0, 160.0)].map(|y| form::rect(0.0, y, 1000.0, y + gap));
    let cap = form::rect(0.0, 130.0, 1000.0, 130.0 + gap);
    let [upper, lower] = slots;
    Art::of(&[cut(&body, &[upper, lower, cap])])
}

/// A bunch of grapes under one leaf.
pub(super) fn grape(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap() * 0.9;
    let radius = 148.0;
    let pitch = 2.0 * radius + gap;
    let rise = pitch * 0.866;
    let top = 330.0;
    let mut berries = Vec::new();
    for (row, count) in [3, 2, 1].into_iter().enumerate() {
        for at in 0..count {
            let x = 500.0 + pitch * (f64::from(at) - (f64::from(count) - 1.0) / 2.0);
            berries.push(disc(x, top + rise * row as f64, radius));
        }
    }
    let way = pen.one(1.0, &[-1.0]);
    let root = (500.0, top - radius - gap * 0.7 + 40.0);
    let blade = leaf(root, (500.0 + way * pen.between(240.0, 330.0), root.1 - 240.0), 0.3);
    let blade = cut(&blade, &berries.iter().map(|berry| airy(berry, gap)).collect::<Vec<_>>());
    Art::with(&berries, &[blade])
}

/// An ice cream: as many scoops as the name has room for, in a cone.
pub(super) fn cone(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let scoops = pen.count(1, 2);
    let half = pen.between(270.0, 310.0);
    let rim = 480.0;
    let wafer = poly(
        &[(500.0 - half, rim + gap), (500.0 + half, rim + gap), (500.0, 1080.0)],
        pen.taste.corner(40.0),
    );
    let slot = bar((300.0, rim - 20.0), (760.0, rim + 500.0), gap);
    let wafer = if pen.chance(0.6) { cut(&wafer, &[slot]) } else { wafer };
    let mut main = Vec::new();
    for at in 0..scoops {
        let y = rim - 40.0 - 330.0 * at as f64;
        let below = form::rect(0.0, if at == 0 { rim } else { y + 150.0 }, 1000.0, 2000.0);
        let ball = disc(500.0, y, half * (1.0 - 0.12 * at as f64));
        main.push(if at == 0 { cut(&ball, &[below]) } else { ball });
    }
    if main.len() == 2 {
        let upper = main[1].clone();
        main[0] = cut(&main[0], &[airy(&upper, gap)]);
    }
    Art::with(&[wafer], &main)
}

/// A loaf with its cuts.
pub(super) fn bread(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let fat = pen.between(250.0, 310.0);
    let cuts = pen.count(2, 3);
    let loaf = oval(500.0, 500.0, 490.0, fat);
    let step = 250.0;
    // Cuts end as far from the crust everywhere: the outer ones are shorter.
    let reach = |x: f64| fat * 0.5 * (1.0 - ((x - 500.0) / 490.0) * ((x - 500.0) / 490.0)).sqrt();
    let slots: Vec<BezPath> = (0..cuts)
        .map(|at| {
            let x = 500.0 + step * (at as f64 - (cuts as f64 - 1.0) / 2.0);
            let (upper, lower) = (x + 60.0, x - 60.0);
            let ends = [pt(upper, 500.0 - reach(upper)), pt(lower, 500.0 + reach(lower))];
            form::bar(ends[0], ends[1], gap, pen.taste.cap())
        })
        .collect();
    Art::of(&[cut(&loaf, &slots)]).turned(pen.one(-30.0, &[30.0, 0.0]))
}

/// A pear and its leaf.
pub(super) fn pear(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let (fat, slim) = (pen.between(320.0, 370.0), pen.between(150.0, 190.0));
    let low = 980.0 - fat;
    let head = 250.0 + slim;
    let body = swung(
        (500.0, head - slim),
        &[
            [(500.0 + slim * 0.6, head - slim), (500.0 + slim, head - slim * 0.5), (500.0 + slim, head)],
            [(500.0 + slim, head + 120.0), (500.0 + fat, low - fat * 0.55), (500.0 + fat, low)],
            [(500.0 + fat, low + fat * 0.55), (500.0 + fat * 0.55, 980.0), (500.0, 980.0)],
            [(500.0 - fat * 0.55, 980.0), (500.0 - fat, low + fat * 0.55), (500.0 - fat, low)],
            [(500.0 - fat, low - fat * 0.55), (500.0 - slim, head + 120.0), (500.0 - slim, head)],
            [(500.0 - slim, head - slim * 0.5), (500.0 - slim * 0.6, head - slim), (500.0, head - slim)],
        ],
    );
    let way = pen.one(1.0, &[-1.0]);
    let blade = leaf((500.0, 250.0 - gap), (500.0 + way * 270.0, 20.0), 0.32);
    if pen.chance(0.5) {
        let light = form::arc_band(pt(500.0, low), fat - 130.0, gap, 100.0, 190.0, pen.taste.cap());
        return Art::with(&[cut(&body, &[light])], &[blade]);
    }
    Art::with(&[body], &[blade])
}

/// An apple with its leaf; some have their seeds.
pub(super) fn apple(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let (fat, top) = (pen.between(400.0, 450.0), pen.between(290.0, 320.0));
    let half = |side: f64| {
        let x = |dx: f64| 500.0 + side * dx;
        swung(
            (500.0, top + 50.0),
            &[
                [(x(70.0), top - 20.0), (x(190.0), top - 50.0), (x(270.0), top - 30.0)],
                [(x(fat), top), (x(fat + 40.0), top + 330.0), (x(fat * 0.78), 780.0)],
                [(x(fat * 0.56), 960.0), (x(180.0), 1000.0), (500.0, 935.0)],
                [(500.0, 800.0), (500.0, 500.0), (500.0, top + 50.0)],
            ],
        )
    };
    let body = join(&[half(1.0), half(-1.0)]);
    let way = pen.one(1.0, &[-1.0]);
    let blade = leaf((500.0, top - gap * 0.6), (500.0 + way * 230.0, 20.0), 0.3);
    let blade = cut(&blade, &[airy(&body, gap * 0.9)]);
    if pen.chance(0.4) {
        let seed = leaf((500.0, 520.0), (500.0, 760.0), 0.34);
        return Art::with(&[cut(&body, &[seed])], &[blade]);
    }
    Art::with(&[body], &[blade])
}

/// A barrel with its hoops.
pub(super) fn barrel(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let (slim, fat) = (pen.between(270.0, 310.0), pen.between(390.0, 440.0));
    let bend = fat + (fat - slim) / 3.0;
    let body = swung(
        (500.0 - slim, 20.0),
        &[
            [(440.0, 20.0), (560.0, 20.0), (500.0 + slim, 20.0)],
            [(500.0 + bend, 300.0), (500.0 + bend, 700.0), (500.0 + slim, 980.0)],
            [(560.0, 980.0), (440.0, 980.0), (500.0 - slim, 980.0)],
            [(500.0 - bend, 700.0), (500.0 - bend, 300.0), (500.0 - slim, 20.0)],
        ],
    );
    let at = pen.between(210.0, 260.0);
    let hoops = [at, 1000.0 - at - gap].map(|y| form::rect(0.0, y, 1000.0, y + gap));
    let [upper, lower] = hoops;
    let bung = disc(500.0, 500.0, pen.between(80.0, 105.0));
    Art::of(&[cut(&body, &[upper, lower, bung])])
}

/// A flame with a flame in it.
pub(super) fn flame(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let body = flame_shape(pen.between(0.0, 60.0));
    let body = if pen.chance(0.5) { transform::mirror_x(500.0) * body } else { body };
    let body = join(&[body]);
    let inner = transform::scale(0.52, pt(500.0, 980.0)) * nature::drop_shape(300.0, 60.0, 880.0);
    let room = airy(&inner, gap);
    if pen.chance(0.4) {
        return Art::of(&[cut(&body, &[inner])]);
    }
    Art::with(&[cut(&body, &[room])], &[inner])
}

/// A solid flame; its tip leans as far as this.
pub(super) fn flame_shape(lick: f64) -> BezPath {
    swung(
        (540.0 + lick, 20.0),
        &[
            [(560.0, 250.0), (850.0, 370.0), (850.0, 640.0)],
            [(850.0, 840.0), (700.0, 980.0), (500.0, 980.0)],
            [(300.0, 980.0), (150.0, 840.0), (150.0, 640.0)],
            [(150.0, 500.0), (210.0, 400.0), (290.0, 310.0)],
            [(300.0, 390.0), (340.0, 430.0), (400.0, 450.0)],
            [(370.0, 290.0), (410.0, 120.0), (540.0 + lick, 20.0)],
        ],
    )
}

/// A candle and its light.
pub(super) fn candle(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let (half, top) = (pen.between(170.0, 210.0), pen.between(560.0, 600.0));
    let body = slab(500.0 - half, top, 500.0 + half, 960.0, pen.taste.corner(60.0));
    let flame = Affine::translate((0.0, top - gap - 520.0))
        * (transform::scale(0.52, pt(500.0, 0.0)) * nature::drop_shape(370.0, 0.0, 1000.0));
    Art::with(&[body], &[flame])
}

/// A small flask, its filling under a slanted line.
pub(super) fn flask(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let (neck, shoulder) = (pen.between(110.0, 130.0), pen.between(330.0, 400.0));
    let body = soft(&[
        (500.0 - neck, 60.0, 0.0),
        (500.0 + neck, 60.0, 0.0),
        (500.0 + neck, shoulder, 60.0),
        (900.0, 980.0, 120.0),
        (100.0, 980.0, 120.0),
        (500.0 - neck, shoulder, 60.0),
    ]);
    let lip = slab(500.0 - neck - 80.0, 20.0, 500.0 + neck + 80.0, 130.0, pen.taste.corner(50.0));
    let level = pen.between(590.0, 660.0);
    let slant = pen.one(0.0, &[-15.0, 15.0]);
    let slot = turned(&form::rect(-300.0, level, 1300.0, level + gap), slant, 500.0, level);
    let below = turned(&form::rect(-300.0, level + gap / 2.0, 1300.0, 1400.0), slant, 500.0, level);
    let parts = cut(&join(&[body, lip]), &[slot]);
    Art::with(
        &[cut(&parts, std::slice::from_ref(&below))],
        &[core_vector::combine::intersect(&parts, &below)],
    )
}

/// A capsule of two halves.
pub(super) fn capsule(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let half = pen.between(200.0, 250.0);
    let body = form::bar(pt(500.0, 10.0 + half), pt(500.0, 990.0 - half), 2.0 * half, Cap::Round);
    let middle = pen.between(440.0, 560.0);
    let upper = form::rect(0.0, 0.0, 1000.0, middle - gap / 2.0);
    let lower = form::rect(0.0, middle + gap / 2.0, 1000.0, 1000.0);
    let [one, other] = [upper, lower].map(|part| core_vector::combine::intersect(&body, &part));
    let light =
        form::bar(pt(500.0 - half * 0.36, 290.0), pt(500.0 - half * 0.36, middle - 150.0), gap, Cap::Round);
    let one = if pen.chance(0.5) { cut(&one, &[light]) } else { one };
    Art::with(&[other], &[one]).moved(transform::turn(pen.one(45.0, &[-45.0, 30.0]), MIDDLE))
}
