//! Motifs that live: animals, plants, hands and eyes.

use super::hand::{airy, bar, cut, disc, flip, join, leaf, oval, poly, soft, swung, turned, way};
use crate::art::{Art, MIDDLE, Pen, pt};
use core_vector::form::{self, Cap};
use core_vector::transform::{polar, turn};
use kurbo::BezPath;

/// A tree: a fir in steps, or a crown that its branches part.
pub(super) fn tree(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let s = pen.taste.stroke();
    if pen.taste.round < 0.4 || pen.chance(0.3) {
        return fir(pen);
    }
    let (crown, high) = (pen.between(330.0, 390.0), pen.between(0.0, 60.0));
    let middle = 20.0 + crown + high;
    let head = join(&[disc(500.0, middle, crown), disc(500.0, 20.0 + crown, crown)]);
    let fork = middle + pen.between(-20.0, 60.0);
    let reach = crown * 0.4;
    let way_out = pen.one(1.0, &[-1.0]);
    let veins = [
        bar((500.0, fork - 170.0), (500.0, 990.0), gap),
        bar((500.0, fork + 160.0), (500.0 + way_out * reach, fork + 160.0 - reach), gap),
    ];
    let [stem, branch] = veins;
    let trunk = form::rect(500.0 - s / 2.0, middle + crown - 60.0, 500.0 + s / 2.0, 980.0);
    Art::of(&[cut(&head, &[stem, branch]), trunk])
}

fn fir(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let s = pen.taste.stroke();
    let steps = pen.count(2, 3);
    let tall = (840.0 - gap * (steps as f64 - 1.0)) / steps as f64;
    let r = pen.taste.corner(50.0);
    let least = pen.between(250.0, 300.0);
    let mut parts: Vec<BezPath> = (0..steps)
        .map(|at| {
            let y = 20.0 + (tall + gap) * at as f64;
            let half = least + (430.0 - least) * at as f64 / (steps as f64 - 1.0);
            let shoulder = if at == 0 { 0.0 } else { half * 0.42 };
            poly(
                &[
                    (500.0 - shoulder, y),
                    (500.0 + shoulder, y),
                    (500.0 + half, y + tall),
                    (500.0 - half, y + tall),
                ],
                r,
            )
        })
        .collect();
    parts.push(form::rect(500.0 - s / 2.0, 855.0, 500.0 + s / 2.0, 990.0));
    Art::of(&parts)
}

/// A flower from above, or a tulip from the side.
pub(super) fn flower(pen: &mut Pen) -> Art {
    if pen.chance(0.4) {
        return tulip(pen);
    }
    let gap = pen.taste.gap();
    let petals = pen.count(5, 8);
    let core = pen.between(100.0, 140.0);
    let share = libm::tan(std::f64::consts::PI / petals as f64);
    let near = core + gap;
    let half = (0.62 * 490.0 * share - gap / 2.0).min(190.0);
    let petal = if pen.chance(0.5) {
        leaf((500.0, 500.0 - near), (500.0, 8.0), half / (490.0 - near) * 1.1)
    } else {
        form::bar(pt(500.0, 500.0 - near - half), pt(500.0, 10.0 + half), 2.0 * half, Cap::Round)
    };
    let apex = gap / 2.0 / libm::sin(std::f64::consts::PI / petals as f64);
    let tip = pt(500.0, 500.0 - apex);
    let half_turn = 180.0 / petals as f64;
    let wedge = form::polygon(&[
        tip,
        polar(tip, 1400.0, -90.0 - half_turn),
        pt(500.0, -1400.0),
        polar(tip, 1400.0, -90.0 + half_turn),
    ]);
    let petal = core_vector::combine::intersect(&petal, &wedge);
    let all: Vec<BezPath> =
        (0..petals).map(|at| turn(360.0 * at as f64 / petals as f64, MIDDLE) * petal.clone()).collect();
    Art::with(&all, &[form::circle(MIDDLE, core)])
}

fn tulip(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let s = pen.taste.stroke() * 0.9;
    let (half, deep) = (pen.between(260.0, 310.0), pen.between(500.0, 560.0));
    let cup = soft(&[
        (500.0 - half, 60.0, 0.0),
        (500.0 - half * 0.5, 190.0, 20.0),
        (500.0, 20.0, 0.0),
        (500.0 + half * 0.5, 190.0, 20.0),
        (500.0 + half, 60.0, 0.0),
        (500.0 + half, deep, half),
        (500.0 - half, deep, half),
    ]);
    let stem = form::rect(500.0 - s / 2.0, deep + gap, 500.0 + s / 2.0, 980.0);
    let side = pen.one(1.0, &[-1.0]);
    let blade = leaf((500.0 + side * (s / 2.0 + gap), 980.0), (500.0 + side * 390.0, deep + 120.0), 0.26);
    Art::with(&[join(&[stem, blade])], &[cup])
}

/// A water lily: petals that open to both sides.
pub(super) fn lotus(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let bulge = pen.between(0.24, 0.29);
    let open = pen.between(34.0, 40.0);
    let root = (500.0, 860.0);
    let middle = leaf(root, (500.0, 140.0), bulge);
    let side = |degrees: f64, tall: f64| turned(&leaf(root, (500.0, tall), bulge), degrees, root.0, root.1);
    let near = [side(-open, 210.0), side(open, 210.0)].map(|part| cut(&part, &[airy(&middle, gap)]));
    let inner = [airy(&side(-open, 210.0), gap), airy(&side(open, 210.0), gap), airy(&middle, gap)];
    let far = [side(-2.0 * open, 330.0), side(2.0 * open, 330.0)].map(|part| cut(&part, &inner));
    let [a, b] = near;
    let [c, d] = far;
    Art::with(&[a, b, c, d], &[middle])
}

/// A fish, its tail set off.
pub(super) fn fish(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let nose = 20.0;
    let end = pen.between(740.0, 800.0);
    let body = leaf((nose, 500.0), (end, 500.0), pen.between(0.27, 0.33));
    let fin = pen.between(190.0, 250.0);
    let tail = poly(
        &[(end - 110.0, 500.0), (985.0, 500.0 - fin), (900.0, 500.0), (985.0, 500.0 + fin)],
        pen.taste.corner(30.0),
    );
    let tail = cut(&tail, &[airy(&body, gap)]);
    let gill = form::arc_band(pt(90.0, 500.0), 320.0, gap, -60.0, 60.0, Cap::Flat);
    let eye = disc(235.0, 460.0, 52.0);
    let art = Art::with(&[cut(&body, &[gill, eye])], &[tail]);
    if pen.chance(0.5) { art.moved(core_vector::transform::mirror_x(500.0)) } else { art }
}

/// A bird that sits: half a disc, a head, a wing.
pub(super) fn bird(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let level = 430.0;
    let (body, head) = (pen.between(370.0, 410.0), pen.between(165.0, 195.0));
    let x = 460.0;
    let nape = x + body - head;
    let trunk = form::segment(pt(x, level), body, 0.0, 180.0);
    let skull = disc(nape, level - 100.0, head);
    let throat = form::rect(nape - head, level - 100.0, nape + head, level + 10.0);
    let beak = poly(
        &[
            (nape + head - 60.0, level - 190.0),
            (nape + head + 150.0, level - 95.0),
            (nape + head - 60.0, level),
        ],
        0.0,
    );
    let tail =
        poly(&[(x - body, level), (x - body - 20.0, level - 240.0), (x - body + 330.0, level + 60.0)], 0.0);
    let wing = pen.between(185.0, 225.0);
    let at = pt(x - 70.0, level);
    let room = form::segment(at, wing + gap, 0.0, 180.0);
    let solid = join(&[trunk, skull, throat, beak, tail]);
    let art = Art::with(&[cut(&solid, &[room])], &[form::segment(at, wing, 0.0, 180.0)]);
    if pen.chance(0.5) { art.moved(core_vector::transform::mirror_x(500.0)) } else { art }
}

/// A cat's face.
pub(super) fn cat(pen: &mut Pen) -> Art {
    let (cheek, chin) = (pen.between(400.0, 450.0), pen.between(330.0, 370.0));
    let face = oval(500.0, 950.0 - chin, cheek, chin);
    let tip = pen.between(90.0, 140.0);
    let ear = poly(&[(tip, 40.0), (470.0, 330.0), (90.0, 600.0)], pen.taste.corner(40.0));
    let eye = if pen.chance(0.5) {
        disc(330.0, 570.0, 64.0)
    } else {
        turned(&leaf((230.0, 570.0), (430.0, 570.0), 0.3), 16.0, 330.0, 570.0)
    };
    let nose = poly(&[(425.0, 700.0), (575.0, 700.0), (500.0, 790.0)], 20.0);
    Art::of(&[cut(&join(&[face, ear.clone(), flip(&ear)]), &[eye.clone(), flip(&eye), nose])])
}

/// A tooth with two roots.
pub(super) fn tooth(pen: &mut Pen) -> Art {
    let (dip, crotch) = (pen.between(120.0, 190.0), pen.between(640.0, 720.0));
    let wide = pen.between(0.0, 50.0);
    let half = |side: f64| {
        let x = |dx: f64| 500.0 + side * dx;
        swung(
            (500.0, dip),
            &[
                [(x(90.0), dip - 60.0), (x(200.0), 20.0), (x(290.0), 20.0)],
                [(x(440.0 + wide), 20.0), (x(450.0 + wide), 300.0), (x(380.0), 520.0)],
                [(x(330.0), 690.0), (x(330.0), 980.0), (x(230.0), 980.0)],
                [(x(120.0), 980.0), (x(150.0), crotch), (500.0, crotch)],
                [(500.0, crotch - 50.0), (500.0, dip + 50.0), (500.0, dip)],
            ],
        )
    };
    let solid = join(&[half(1.0), half(-1.0)]);
    if pen.chance(0.5) {
        let light = form::arc_band(pt(430.0, 380.0), 210.0, pen.taste.gap(), 180.0, 262.0, pen.taste.cap());
        return Art::of(&[cut(&solid, &[light])]);
    }
    Art::of(&[solid])
}

/// A heart: whole with its beat, or of two halves.
pub(super) fn heart(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let side = 396.0;
    let body = join(&[
        poly(&[(500.0, 108.0 + 792.0), (500.0 - side, 504.0), (500.0, 108.0), (500.0 + side, 504.0)], 0.0),
        disc(302.0, 306.0, 280.0),
        disc(698.0, 306.0, 280.0),
    ]);
    let (low, high) = (pen.between(90.0, 130.0), pen.between(130.0, 180.0));
    match pen.count(0, 2) {
        0 => {
            let beat = [
                (-100.0, 480.0),
                (330.0, 480.0),
                (430.0, 480.0 - high),
                (560.0, 480.0 + low),
                (640.0, 480.0),
                (1100.0, 480.0),
            ];
            Art::of(&[cut(&body, &[way(&beat, gap, pen.taste.cap())])])
        }
        1 => {
            let slope = pen.one(45.0, &[-45.0, 0.0]);
            let line = turned(
                &form::rect(500.0 - gap / 2.0, -300.0, 500.0 + gap / 2.0, 1300.0),
                slope,
                500.0,
                504.0,
            );
            let beyond = turned(&form::rect(500.0, -300.0, 1900.0, 1300.0), slope, 500.0, 504.0);
            let parts = cut(&body, &[line]);
            Art::with(
                &[cut(&parts, std::slice::from_ref(&beyond))],
                &[core_vector::combine::intersect(&parts, &beyond)],
            )
        }
        _ => {
            let inner = core_vector::transform::scale(0.42, pt(500.0, 450.0)) * body.clone();
            let room = airy(&inner, gap);
            Art::with(&[cut(&body, &[room])], &[inner])
        }
    }
}

/// An open hand.
pub(super) fn hand(pen: &mut Pen) -> Art {
    let gap = 66.0;
    let finger = 138.0;
    let left = 210.0;
    let tops = [
        pen.between(150.0, 210.0),
        pen.between(40.0, 90.0),
        pen.between(20.0, 70.0),
        pen.between(150.0, 230.0),
    ];
    let mut parts: Vec<BezPath> = (0..4)
        .map(|at| {
            let x = left + (finger + gap) * f64::from(at);
            form::bar(
                pt(x + finger / 2.0, tops[at as usize] + finger / 2.0),
                pt(x + finger / 2.0, 620.0),
                finger,
                Cap::Round,
            )
        })
        .collect();
    let right = left + finger * 4.0 + gap * 3.0;
    parts.push(soft(&[(left, 540.0, 0.0), (right, 540.0, 0.0), (right, 985.0, 290.0), (left, 985.0, 240.0)]));
    parts.push(form::bar(pt(left + 110.0, 830.0), pt(90.0, 600.0), finger, Cap::Round));
    Art::of(&parts)
}

/// An eye, wide open.
pub(super) fn eye(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let iris = pen.between(190.0, 225.0);
    let body = leaf((10.0, 500.0), (990.0, 500.0), pen.between(0.29, 0.35));
    let pupil = disc(500.0, 500.0, iris - gap);
    Art::with(&[cut(&body, &[disc(500.0, 500.0, iris)])], &[pupil])
}

/// Two or three people, shoulder to shoulder.
pub(super) fn people(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let count = pen.count(2, 3);
    let wide = (1000.0 - gap * (count as f64 - 1.0)) / count as f64;
    let lift = pen.between(60.0, 170.0);
    let tall = if count == 3 { 500.0 } else { 470.0 };
    let mut parts: Vec<BezPath> = Vec::new();
    for at in 0..count {
        let x = (wide + gap) * at as f64;
        let raised = if count == 3 && at == 1 || count == 2 && at == 0 { lift } else { 0.0 };
        let head = wide * 0.36;
        let shoulder = 900.0 - tall - raised;
        let body = soft(&[
            (x, shoulder + 60.0, wide / 2.0),
            (x + wide, shoulder + 60.0, wide / 2.0),
            (x + wide, 940.0, 0.0),
            (x, 940.0, 0.0),
        ]);
        parts.push(join(&[body, disc(x + wide / 2.0, shoulder - head - gap + 60.0, head)]));
    }
    let first = parts.remove(if count == 3 { 1 } else { 0 });
    Art::with(&parts, &[first])
}

/// Soap bubbles, each with its light.
pub(super) fn bubble(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let large = pen.between(300.0, 340.0);
    let at = pt(30.0 + large, 970.0 - large);
    let ball = |x: f64, y: f64, radius: f64| {
        let light = form::arc_band(pt(x, y), radius * 0.56, gap * 0.94, 190.0, 260.0, Cap::Round);
        if radius > 180.0 { cut(&disc(x, y, radius), &[light]) } else { disc(x, y, radius) }
    };
    let second = pen.between(185.0, 215.0);
    let degrees = pen.between(-62.0, -40.0);
    let next = polar(at, large + gap + second, degrees);
    let third = polar(at, large + gap + 110.0, degrees + pen.one(62.0, &[-56.0]));
    Art::of(&[ball(at.x, at.y, large), ball(next.x, next.y, second), ball(third.x, third.y, 105.0)])
}

/// A balloon with its basket.
pub(super) fn balloon(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let radius = pen.between(350.0, 390.0);
    let foot = 840.0;
    let body = {
        let flip_y = kurbo::Affine::new([1.0, 0.0, 0.0, -1.0, 0.0, 20.0 + foot]);
        join(&[flip_y * super::nature::drop_shape(radius, 20.0, foot)])
    };
    let body = cut(&body, &[form::rect(0.0, 670.0, 1000.0, 1000.0)]);
    // Belts, where the cloth is sewn.
    let belt = pen.between(250.0, 300.0);
    let slots = [belt, belt + gap + pen.between(110.0, 150.0)].map(|y| form::rect(0.0, y, 1000.0, y + gap));
    let basket = soft(&[
        (405.0, 670.0 + gap, 0.0),
        (595.0, 670.0 + gap, 0.0),
        (595.0, 900.0, 60.0),
        (405.0, 900.0, 60.0),
    ]);
    Art::with(&[cut(&body, &slots)], &[basket])
}
