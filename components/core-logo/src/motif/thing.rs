//! Motifs that stand in houses and shops, and signs of worth.

use super::hand::{airy, bar, cut, disc, flip, join, leaf, poly, slab, soft, swung, turned, way};
use crate::art::{Art, MIDDLE, Pen, pt};
use core_vector::combine;
use core_vector::form::{self, Cap};
use kurbo::BezPath;

/// Columns, under a gable or a beam.
pub(super) fn column(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let count = pen.count(2, 3);
    let s = if count == 3 { 130.0 } else { 170.0 };
    let step = 120.0;
    let head = 330.0;
    let roof = if pen.chance(0.6) {
        poly(&[(500.0, 30.0), (970.0, head), (30.0, head)], 0.0)
    } else {
        join(&[
            slab(60.0, head - 230.0, 940.0, head - 90.0, 0.0),
            slab(150.0, head - 100.0, 850.0, head, 0.0),
        ])
    };
    let reach = 820.0 - s;
    let pitch = reach / (count as f64 - 1.0) * if count == 2 { 0.72 } else { 1.0 };
    let mut parts = vec![roof, slab(40.0, 970.0 - step, 960.0, 970.0, 0.0)];
    for at in 0..count {
        let x = 500.0 + pitch * (at as f64 - (count as f64 - 1.0) / 2.0);
        parts.push(form::rect(x - s / 2.0, head + gap, x + s / 2.0, 970.0 - step - gap));
    }
    Art::of(&parts)
}

/// A crown.
pub(super) fn crown(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let (dip, side) = (pen.between(430.0, 500.0), pen.between(230.0, 300.0));
    let low = 720.0;
    let body = poly(
        &[(80.0, low), (20.0, side), (280.0, dip), (500.0, 130.0), (720.0, dip), (980.0, side), (920.0, low)],
        pen.taste.corner(36.0),
    );
    let band = slab(80.0, low + gap, 920.0, low + gap + pen.taste.stroke(), pen.taste.corner(50.0));
    Art::with(&[body], &[band])
}

/// A cut stone.
pub(super) fn gem(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let (table, girdle) = (pen.between(250.0, 310.0), pen.between(340.0, 390.0));
    let body = poly(
        &[(500.0 - table, 90.0), (500.0 + table, 90.0), (985.0, girdle), (500.0, 950.0), (15.0, girdle)],
        0.0,
    );
    let facet = pen.between(170.0, 210.0);
    let slots = [
        form::rect(0.0, girdle - gap / 2.0, 1000.0, girdle + gap / 2.0),
        bar((500.0 - facet, girdle - 20.0), (500.0, 1000.0), gap),
        bar((500.0 + facet, girdle - 20.0), (500.0, 1000.0), gap),
    ];
    let parts = cut(&body, &slots);
    let heart = poly(&[(500.0 - facet, girdle), (500.0 + facet, girdle), (500.0, 1000.0)], 0.0);
    if pen.chance(0.5) {
        return Art::with(
            &[cut(&parts, std::slice::from_ref(&heart))],
            &[combine::intersect(&parts, &heart)],
        );
    }
    let upper = form::rect(0.0, 0.0, 1000.0, girdle);
    Art::with(&[cut(&parts, std::slice::from_ref(&upper))], &[combine::intersect(&parts, &upper)])
}

/// A ring and its stone.
pub(super) fn ring(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let s = pen.taste.stroke() * 0.9;
    let radius = pen.between(310.0, 340.0);
    let wide = pen.between(170.0, 210.0);
    let stone = poly(
        &[
            (500.0 - wide * 0.6, 20.0),
            (500.0 + wide * 0.6, 20.0),
            (500.0 + wide, 150.0),
            (500.0, 390.0),
            (500.0 - wide, 150.0),
        ],
        0.0,
    );
    let band = form::ring(pt(500.0, 985.0 - radius), radius, radius - s);
    Art::with(&[cut(&band, &[airy(&stone, gap)])], &[stone])
}

/// A bell.
pub(super) fn bell(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let (slim, wide) = (pen.between(250.0, 290.0), pen.between(400.0, 440.0));
    let low = 770.0;
    let x = |dx: f64| 500.0 + dx;
    let body = swung(
        (500.0, 60.0),
        &[
            [(x(slim * 0.62), 60.0), (x(slim), 60.0 + slim * 0.46), (x(slim), 60.0 + slim)],
            [(x(slim), 560.0), (x(wide), 620.0), (x(wide), low)],
            [(x(wide * 0.5), low), (x(-wide * 0.5), low), (x(-wide), low)],
            [(x(-wide), 620.0), (x(-slim), 560.0), (x(-slim), 60.0 + slim)],
            [(x(-slim), 60.0 + slim * 0.46), (x(-slim * 0.62), 60.0), (500.0, 60.0)],
        ],
    );
    let clapper = form::segment(pt(500.0, low + gap), pen.between(125.0, 150.0), 0.0, 180.0);
    Art::with(&[body], &[clapper]).turned(pen.one(0.0, &[-15.0, 15.0]))
}

/// An hourglass.
pub(super) fn hourglass(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let s = pen.taste.stroke();
    let (half, waist) = (pen.between(270.0, 320.0), pen.between(54.0, 74.0));
    let edge = 20.0 + s + gap;
    let bulb = |flipped: bool| {
        let y = |from: f64| if flipped { 1000.0 - from } else { from };
        soft(&[
            (500.0 - half, y(edge), 20.0),
            (500.0 + half, y(edge), 20.0),
            (500.0 + waist, y(505.0), 30.0),
            (500.0 - waist, y(505.0), 30.0),
        ])
    };
    let caps = [
        slab(500.0 - half - 70.0, 20.0, 500.0 + half + 70.0, 20.0 + s, pen.taste.corner(50.0)),
        slab(500.0 - half - 70.0, 980.0 - s, 500.0 + half + 70.0, 980.0, pen.taste.corner(50.0)),
    ];
    let [upper, lower] = caps;
    let glass = join(&[bulb(false), bulb(true)]);
    let slot = pen.between(300.0, 340.0);
    let line = form::rect(0.0, slot, 1000.0, slot + gap);
    Art::of(&[cut(&glass, &[line]), upper, lower])
}

/// A chair from the side.
pub(super) fn chair(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let s = pen.taste.stroke();
    let seat = pen.between(500.0, 560.0);
    let lean = pen.between(0.0, 80.0);
    let back = soft(&[
        (120.0, 20.0, 40.0),
        (120.0 + s * 1.2, 20.0, 40.0),
        (190.0 + lean + s * 1.2, seat + gap + 30.0, 0.0),
        (190.0 + lean, seat + gap + 30.0, 0.0),
    ]);
    let cushion = slab(190.0 + lean * 0.4, seat + gap, 860.0, seat + gap + s * 1.15, pen.taste.corner(70.0));
    let below = seat + gap + s * 1.15 - 10.0;
    let legs = [bar((300.0, below), (240.0, 985.0), s * 0.82), bar((760.0, below), (820.0, 985.0), s * 0.82)];
    let [a, b] = legs;
    Art::of(&[back, cushion, a, b])
}

/// A lamp over the table.
pub(super) fn lamp(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let s = pen.taste.stroke() * 0.8;
    let level = 640.0;
    let wide = pen.between(420.0, 480.0);
    let shade = if pen.chance(0.5) {
        form::segment(pt(500.0, level), wide, -180.0, 0.0)
    } else {
        soft(&[
            (500.0 - wide * 0.42, level - 330.0, 40.0),
            (500.0 + wide * 0.42, level - 330.0, 40.0),
            (500.0 + wide, level, 0.0),
            (500.0 - wide, level, 0.0),
        ])
    };
    let cord = bar((500.0, 20.0), (500.0, level - 200.0), s);
    let bulb = form::segment(pt(500.0, level + gap), pen.between(150.0, 190.0), 0.0, 180.0);
    Art::with(&[shade, cord], &[bulb])
}

/// A mask for the stage.
pub(super) fn mask(pen: &mut Pen) -> Art {
    let brow = pen.between(90.0, 150.0);
    let face = swung(
        (500.0, brow + 40.0),
        &[
            [(640.0, brow + 40.0), (800.0, brow), (920.0, 60.0)],
            [(980.0, 420.0), (880.0, 960.0), (500.0, 960.0)],
            [(120.0, 960.0), (20.0, 420.0), (80.0, 60.0)],
            [(200.0, brow), (360.0, brow + 40.0), (500.0, brow + 40.0)],
        ],
    );
    let eye = form::segment(pt(305.0, 430.0), 120.0, -180.0, 0.0);
    let smile = form::segment(pt(500.0, 600.0), pen.between(190.0, 225.0), 0.0, 180.0);
    let lip = leaf((250.0, 600.0), (750.0, 600.0), pen.between(0.08, 0.16));
    let mouth = cut(&smile, &[lip]);
    Art::of(&[cut(&face, &[eye.clone(), flip(&eye), mouth])])
}

/// A die; its pips are a throw of chance.
pub(super) fn dice(pen: &mut Pen) -> Art {
    let pips = pen.count(2, 5);
    let r = 60.0 + pen.taste.corner(150.0);
    let dot = pen.between(78.0, 96.0);
    let away = 230.0;
    let spots: &[(f64, f64)] = match pips {
        2 => &[(-1.0, -1.0), (1.0, 1.0)],
        3 => &[(-1.0, -1.0), (0.0, 0.0), (1.0, 1.0)],
        4 => &[(-1.0, -1.0), (1.0, -1.0), (-1.0, 1.0), (1.0, 1.0)],
        _ => &[(-1.0, -1.0), (1.0, -1.0), (0.0, 0.0), (-1.0, 1.0), (1.0, 1.0)],
    };
    let holes: Vec<BezPath> =
        spots.iter().map(|(x, y)| disc(500.0 + x * away, 500.0 + y * away, dot)).collect();
    Art::of(&[cut(&slab(50.0, 50.0, 950.0, 950.0, r), &holes)]).turned(pen.one(0.0, &[-15.0, 15.0, 45.0]))
}

/// A game pad.
pub(super) fn gamepad(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let body = join(&[
        slab(110.0, 250.0, 890.0, 660.0, 200.0),
        disc(220.0, 580.0, 205.0),
        disc(780.0, 580.0, 205.0),
    ]);
    let notch = form::segment(pt(500.0, 800.0), pen.between(170.0, 200.0), -180.0, 0.0);
    let x = pen.between(290.0, 310.0);
    let cross = join(&[bar((x - 100.0, 450.0), (x + 100.0, 450.0), gap), bar((x, 350.0), (x, 550.0), gap)]);
    let buttons = [disc(1000.0 - x - 60.0, 510.0, 46.0), disc(1000.0 - x + 60.0, 400.0, 46.0)];
    let [a, b] = buttons;
    Art::of(&[cut(&body, &[notch, cross, a, b])])
}

/// An umbrella.
pub(super) fn umbrella(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let s = pen.taste.stroke() * 0.8;
    let level = 520.0;
    let folds = 2;
    let wide = 960.0 / f64::from(folds);
    let canopy = form::segment(pt(500.0, level), 480.0, -180.0, 0.0);
    let bites: Vec<BezPath> = (0..folds)
        .map(|at| disc(20.0 + wide * (f64::from(at) + 0.5), level + wide * 0.22, wide * 0.5))
        .collect();
    let hook = form::arc_band(pt(500.0 - 105.0, 720.0), 105.0, s, 0.0, 180.0, pen.taste.cap());
    let top = cut(&canopy, &bites);
    let handle = join(&[bar((500.0, 300.0), (500.0, 722.0), s), hook]);
    let handle = cut(&handle, &[airy(&top, gap)]);
    Art::with(&[top], &[handle]).turned(pen.one(0.0, &[15.0, -15.0]))
}

/// What is said.
pub(super) fn speech(pen: &mut Pen) -> Art {
    let r = 40.0 + pen.taste.corner(220.0);
    let low = pen.between(700.0, 750.0);
    let x = pen.between(200.0, 300.0);
    let body = join(&[
        slab(20.0, 90.0, 980.0, low, r),
        poly(&[(x, low - 60.0), (x + 290.0, low - 60.0), (x, 985.0)], 0.0),
    ]);
    let middle = (90.0 + low) / 2.0;
    let said = if pen.chance(0.5) {
        [270.0, 500.0, 730.0].map(|at| disc(at, middle, 66.0)).to_vec()
    } else {
        let gap = pen.taste.gap();
        vec![
            form::bar(pt(250.0, middle - 90.0), pt(750.0, middle - 90.0), gap, pen.taste.cap()),
            form::bar(
                pt(250.0, middle + 90.0),
                pt(pen.between(450.0, 600.0), middle + 90.0),
                gap,
                pen.taste.cap(),
            ),
        ]
    };
    Art::of(&[cut(&body, &said)])
}

/// A shopping bag.
pub(super) fn bag(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let s = pen.taste.stroke() * 0.78;
    let (top, flare) = (pen.between(290.0, 330.0), pen.between(20.0, 70.0));
    let body = soft(&[
        (120.0 + flare, top, 20.0),
        (880.0 - flare, top, 20.0),
        (920.0, 975.0, 60.0),
        (80.0, 975.0, 60.0),
    ]);
    let radius = 190.0;
    let grip = form::arc_band(pt(500.0, top + 10.0), radius - s / 2.0, s, -180.0, 0.0, Cap::Flat);
    let smile =
        form::arc_band(pt(500.0, top + 130.0), pen.between(170.0, 200.0), gap, 0.0, 180.0, pen.taste.cap());
    Art::of(&[cut(&body, &[smile]), grip])
}

/// A scholar's cap.
pub(super) fn cap(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let (y, rise) = (pen.between(350.0, 390.0), pen.between(225.0, 260.0));
    let board = poly(&[(500.0, y - rise), (985.0, y), (500.0, y + rise), (15.0, y)], 0.0);
    let brow = soft(&[(230.0, y, 0.0), (770.0, y, 0.0), (770.0, 800.0, 210.0), (230.0, 800.0, 210.0)]);
    let brow = cut(&brow, &[airy(&board, gap), form::rect(0.0, 0.0, 1000.0, y)]);
    let s = pen.taste.stroke() * 0.72;
    let tassel = form::bar(pt(905.0, y + 40.0 + gap), pt(905.0, 800.0), s, pen.taste.cap());
    let tassel = cut(&tassel, &[airy(&board, gap * 0.7)]);
    Art::with(&[board, brow], &[tassel])
}

/// A hanger.
pub(super) fn hanger(pen: &mut Pen) -> Art {
    let s = pen.taste.stroke() * 0.86;
    let (low, neck) = (pen.between(740.0, 800.0), pen.between(350.0, 400.0));
    let frame = way(&[(500.0, neck), (930.0, low), (70.0, low), (500.0, neck), (930.0, low)], s, Cap::Round);
    let hook = form::arc_band(pt(500.0, neck - 180.0), 105.0, s, -170.0, 90.0, Cap::Round);
    let stem = bar((500.0, neck - 80.0), (500.0, neck), s);
    Art::of(&[frame, hook, stem])
}

/// A piece that fits the next.
pub(super) fn puzzle(pen: &mut Pen) -> Art {
    let knob = pen.between(115.0, 140.0);
    let edge = 960.0 - knob * 1.6;
    let top = 1000.0 - edge - 20.0;
    let body = slab(20.0, top, 20.0 + edge, 980.0, pen.taste.corner(60.0));
    let middle = (20.0 + edge / 2.0, top + edge / 2.0);
    let out = [disc(middle.0, top - knob * 0.5, knob), disc(20.0 + edge + knob * 0.5, middle.1, knob)];
    let [up, right] = out;
    let bites = [disc(20.0 + knob * 0.5, middle.1, knob), disc(middle.0, 980.0 - knob * 0.5, knob)];
    Art::of(&[cut(&join(&[body, up, right]), &bites)])
}

/// A button with its holes.
pub(super) fn button(pen: &mut Pen) -> Art {
    let holes = pen.one(4, &[2]);
    let away = pen.between(135.0, 165.0);
    let dot = pen.between(62.0, 78.0);
    let rim = pen.taste.gap() * 0.9;
    let spots: Vec<BezPath> = (0..holes)
        .map(|at| {
            let at =
                core_vector::transform::polar(MIDDLE, away, 45.0 + 360.0 * f64::from(at) / f64::from(holes));
            form::circle(at, dot)
        })
        .collect();
    let body = cut(&form::circle(MIDDLE, 490.0), &spots);
    let inner = 490.0 - pen.taste.stroke() * 0.8;
    let groove = form::arc_band(MIDDLE, inner - rim / 2.0, rim, 100.0, 350.0, pen.taste.cap());
    Art::of(&[if pen.chance(0.5) { cut(&body, &[groove]) } else { body }])
        .turned(pen.one(0.0, &[30.0, -30.0]))
}

/// A toy block with its studs.
pub(super) fn block(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let studs = pen.count(2, 3);
    let wide = (800.0 - gap * (studs as f64 - 1.0)) / studs as f64;
    let (top, tall) = (pen.between(330.0, 380.0), pen.between(130.0, 160.0));
    let mut parts = vec![slab(20.0, top, 980.0, pen.between(800.0, 900.0), pen.taste.corner(60.0))];
    for at in 0..studs {
        let x = 100.0 + (wide + gap) * at as f64;
        let stud = [
            (x, top - tall, 30.0),
            (x + wide, top - tall, 30.0),
            (x + wide, top + 40.0, 0.0),
            (x, top + 40.0, 0.0),
        ];
        parts.push(soft(&stud));
    }
    Art::of(&parts)
}

/// A pot with what grows in it.
pub(super) fn pot(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let rim = 560.0;
    let (wide, foot) = (pen.between(290.0, 330.0), pen.between(190.0, 230.0));
    let body = soft(&[
        (500.0 - wide, rim, 20.0),
        (500.0 + wide, rim, 20.0),
        (500.0 + foot, 980.0, 60.0),
        (500.0 - foot, 980.0, 60.0),
    ]);
    let root = (500.0, rim - gap);
    let middle = leaf(root, (500.0, 20.0), 0.26);
    let open = pen.between(38.0, 50.0);
    let sides = [-open, open].map(|degrees| {
        let blade = turned(&leaf(root, (500.0, 110.0), 0.26), degrees, root.0, root.1);
        cut(&blade, &[airy(&middle, gap), form::rect(-500.0, rim - gap, 1500.0, 2000.0)])
    });
    let [a, b] = sides;
    Art::with(&[body], &[middle, a, b])
}

/// A pair of glasses: two rims and what holds them together.
pub(super) fn glasses(pen: &mut Pen) -> Art {
    let s = pen.taste.stroke() * 0.8;
    let (wide, tall) = (pen.between(205.0, 225.0), pen.between(180.0, 215.0));
    let x = 500.0 - wide - pen.taste.gap() * 0.9;
    let brow = if pen.taste.is_round() { tall } else { 0.3 * tall };
    let rim = |by: f64| {
        let (w, t) = (wide - by, tall - by);
        let corner = |radius: f64| (radius - by).max(0.0);
        soft(&[
            (x - w, 500.0 - t, corner(brow)),
            (x + w, 500.0 - t, corner(brow)),
            (x + w, 500.0 + t, corner(tall)),
            (x - w, 500.0 + t, corner(tall)),
        ])
    };
    let lens = cut(&rim(0.0), &[rim(s)]);
    let y = 500.0 - 0.34 * tall;
    let bridge = form::rect(x + wide - s * 0.5, y - s / 2.0, 1000.0 - x - wide + s * 0.5, y + s / 2.0);
    let temple = slab(x - wide - 0.9 * s, y - s / 2.0, x - wide + s * 0.5, y + s / 2.0, 0.0);
    let whole = join(&[lens.clone(), flip(&lens), bridge, temple.clone(), flip(&temple)]);
    if pen.chance(0.4) {
        // Dark glasses: the lenses are solid but for their light.
        let pane = rim(s * 0.6);
        let half = pen.taste.gap() / 2.0;
        let light = turned(&form::rect(x - half, 0.0, x + half, 1000.0), 30.0, x, 500.0);
        let solid = join(&[whole, pane.clone(), flip(&pane)]);
        let light = combine::intersect(&light, &rim(s * 0.7));
        // The light falls the same way on both.
        let other = kurbo::Affine::translate((1000.0 - 2.0 * x, 0.0)) * light.clone();
        return Art::of(&[cut(&solid, &[light, other])]);
    }
    Art::of(&[whole])
}

/// A castle tower, as the rook of chess is one.
pub(super) fn rook(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let (half, foot) = (pen.between(190.0, 225.0), pen.between(300.0, 340.0));
    let r = pen.taste.corner(36.0);
    let crown = slab(500.0 - half - 110.0, 30.0, 500.0 + half + 110.0, 330.0, r);
    let slot = |x: f64| form::rect(x - gap / 2.0, -10.0, x + gap / 2.0, 170.0);
    let third = (2.0 * half + 220.0) / 6.0 + gap * 0.12;
    let crown = cut(&crown, &[slot(500.0 - third), slot(500.0 + third)]);
    let body = poly(
        &[
            (500.0 - half, 330.0 + gap * 0.9),
            (500.0 + half, 330.0 + gap * 0.9),
            (500.0 + foot * 0.88, 800.0),
            (500.0 - foot * 0.88, 800.0),
        ],
        0.0,
    );
    let base = slab(500.0 - foot - 60.0, 800.0, 500.0 + foot + 60.0, 970.0, r);
    let body = join(&[body, base]);
    if pen.chance(0.5) {
        let door = pen.between(70.0, 90.0);
        let gate = join(&[form::rect(500.0 - door, 700.0, 500.0 + door, 1000.0), disc(500.0, 700.0, door)]);
        return Art::with(&[cut(&body, &[gate])], &[crown]);
    }
    Art::with(&[body], &[crown])
}
