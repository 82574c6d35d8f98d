//! Motifs that move, and what travels with them.

use super::hand::{airy, bar, cut, disc, flip, join, leaf, poly, slab, soft, turned, way};
use crate::art::{Art, MIDDLE, Pen, pt};
use core_vector::combine;
use core_vector::form::{self, Cap};
use kurbo::BezPath;

/// A rocket on its way up.
pub(super) fn rocket(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let fat = pen.between(0.3, 0.36);
    let low = 720.0;
    let body = cut(&leaf((500.0, 10.0), (500.0, 880.0), fat), &[form::rect(0.0, low, 1000.0, 1000.0)]);
    let window = disc(500.0, 370.0, pen.between(80.0, 100.0));
    let fin = soft(&[(500.0, 430.0, 0.0), (850.0, 720.0, 90.0), (850.0, 880.0, 20.0), (600.0, 740.0, 0.0)]);
    let fins =
        cut(&join(&[fin.clone(), flip(&fin)]), &[airy(&body, gap), form::rect(430.0, 300.0, 570.0, 1000.0)]);
    let fire = leaf((500.0, low + gap), (500.0, 1000.0), 0.34);
    Art::with(&[cut(&body, &[window]), fins], &[fire]).turned(pen.one(45.0, &[0.0, 30.0]))
}

/// A plane from above, or one folded from paper.
pub(super) fn plane(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    if pen.chance(0.5) {
        let (fold, keel) = (pen.between(400.0, 470.0), pen.between(560.0, 640.0));
        let body = poly(
            &[(20.0, fold), (980.0, 40.0), (keel + 40.0, 960.0), (400.0, 610.0)],
            pen.taste.corner(30.0),
        );
        let crease = bar((1040.0, -20.0), (330.0, 690.0), gap);
        return Art::of(&[cut(&body, &[crease])]);
    }
    let half = pen.between(64.0, 80.0);
    let sweep = pen.between(230.0, 300.0);
    let hull = form::bar(pt(500.0, 20.0 + half), pt(500.0, 985.0 - half), 2.0 * half, Cap::Round);
    let wing = poly(&[(500.0, 330.0), (985.0, 330.0 + sweep), (985.0, 430.0 + sweep), (500.0, 600.0)], 16.0);
    let tail = poly(&[(500.0, 760.0), (700.0, 870.0), (700.0, 960.0), (500.0, 910.0)], 10.0);
    Art::of(&[hull, wing.clone(), flip(&wing), tail.clone(), flip(&tail)])
        .turned(pen.one(45.0, &[0.0, -45.0]))
}

/// A boat under two sails.
pub(super) fn sail(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let level = pen.between(640.0, 690.0);
    let mast = pen.between(450.0, 510.0);
    let jib = pen.between(120.0, 220.0);
    let belly = pen.taste.corner(60.0);
    let main = soft(&[(mast, 20.0, 0.0), (mast, level, 0.0), (90.0, level, belly)]);
    let fore = soft(&[(mast + gap, jib, 0.0), (900.0, level, belly), (mast + gap, level, 0.0)]);
    let keel = 240.0 - (level - 640.0) * 0.5;
    let hull = soft(&[
        (30.0, level + gap, 0.0),
        (970.0, level + gap, 0.0),
        (800.0, level + keel, 130.0 * pen.taste.round + 20.0),
        (200.0, level + keel, 130.0 * pen.taste.round + 20.0),
    ]);
    Art::with(&[hull, fore], &[main])
}

/// A bicycle.
pub(super) fn bicycle(pen: &mut Pen) -> Art {
    let s = pen.taste.stroke() * 0.72;
    let wheel = pen.between(205.0, 225.0);
    let (back, front) = (pt(15.0 + wheel, 660.0), pt(985.0 - wheel, 660.0));
    let top = pen.between(310.0, 350.0);
    let crank = (470.0, 660.0);
    let saddle = (390.0, top);
    let head = (front.x - 60.0, top);
    let frame = [
        way(&[(back.x, back.y), saddle, head, (front.x, front.y)], s, Cap::Flat),
        way(&[saddle, crank, head], s, Cap::Flat),
        bar((back.x, back.y), crank, s),
        bar((300.0, top - 60.0), (470.0, top - 60.0), s),
        way(
            &[(head.0 + 12.0, top + 30.0), (head.0 - 24.0, top - 130.0), (head.0 - 150.0, top - 130.0)],
            s,
            Cap::Flat,
        ),
    ];
    let mut parts: Vec<BezPath> = frame.into();
    parts.push(bar(saddle, (saddle.0 - 10.0, top - 60.0), s));
    parts.extend([back, front].map(|at| form::ring(at, wheel, wheel - s)));
    Art::of(&parts)
}

/// A car from the side.
pub(super) fn car(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let (roof, slope) = (pen.between(240.0, 300.0), pen.between(90.0, 150.0));
    let wheel = pen.between(115.0, 130.0);
    let sill = 700.0;
    let cabin = soft(&[
        (200.0, 500.0, 0.0),
        (200.0 + slope, roof, 70.0),
        (680.0, roof, 70.0),
        (690.0 + slope, 500.0, 0.0),
    ]);
    let body = join(&[slab(20.0, 470.0, 980.0, sill, 90.0), cabin]);
    let pane = soft(&[
        (200.0 + slope * 0.2 + gap, 480.0, 0.0),
        (200.0 + slope + gap * 0.7, roof + gap, 20.0),
        (680.0 - gap * 0.4, roof + gap, 20.0),
        (690.0 + slope * 0.86 - gap, 480.0, 0.0),
    ]);
    let post = form::rect(470.0 - gap / 2.0, 0.0, 470.0 + gap / 2.0, 1000.0);
    let wheels = [255.0, 745.0];
    let rooms = wheels.map(|x| disc(x, sill, wheel + gap));
    let [a, b] = rooms;
    let body = cut(&body, &[cut(&pane, &[post]), a, b]);
    let [c, d] = wheels.map(|x| disc(x, sill, wheel));
    Art::with(&[body], &[c, d])
}

/// A lorry from the side.
pub(super) fn truck(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let (end, top) = (pen.between(560.0, 620.0), pen.between(190.0, 260.0));
    let wheel = 112.0;
    let sill = 700.0;
    let r = pen.taste.corner(50.0);
    let load = slab(15.0, top, end, sill, r);
    let x = end + gap;
    let cab =
        soft(&[(x, 370.0, r), (850.0, 370.0, 40.0), (985.0, 540.0, 30.0), (985.0, sill, r), (x, sill, r)]);
    let pane =
        soft(&[(x + 95.0, 450.0, 0.0), (815.0, 450.0, 0.0), (895.0, 550.0, 0.0), (x + 95.0, 550.0, 0.0)]);
    // The front wheel stands at the nose: further back its room would leave a sliver before it.
    let wheels = [230.0, 815.0];
    let [a, b] = wheels.map(|x| disc(x, sill, wheel + gap));
    let rooms = [a, b];
    let [c, d] = wheels.map(|x| disc(x, sill, wheel));
    Art::with(&[cut(&cab, &[pane, rooms[1].clone()]), c, d], &[cut(&load, &rooms)])
}

/// A parcel, seen over its corner.
pub(super) fn parcel(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let corners = form::regular(MIDDLE, 490.0, 6, -90.0);
    let body = form::polygon(&corners);
    let edges =
        [1, 3, 5].map(|at: usize| form::bar(MIDDLE, corners[at] + (corners[at] - MIDDLE), gap, Cap::Flat));
    let flat = cut(&body, &edges);
    let lid = form::polygon(&[corners[5], corners[0], corners[1], MIDDLE]);
    match pen.count(0, 2) {
        0 => Art::with(&[cut(&flat, std::slice::from_ref(&lid))], &[combine::intersect(&flat, &lid)]),
        1 => {
            let middle = corners[0].midpoint(corners[5]);
            let tape = form::bar(middle, middle + (corners[1] - corners[0]) * 1.2, gap, Cap::Flat);
            Art::of(&[cut(&flat, &[tape])])
        }
        _ => {
            let left = form::polygon(&[corners[5], MIDDLE, corners[3], corners[4]]);
            Art::with(&[cut(&flat, std::slice::from_ref(&left))], &[combine::intersect(&flat, &left)])
        }
    }
}

/// A suitcase.
pub(super) fn suitcase(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let s = pen.taste.stroke() * 0.84;
    let (top, inset) = (pen.between(270.0, 310.0), pen.between(150.0, 220.0));
    let r = 30.0 + pen.taste.corner(90.0);
    let body = slab(20.0, top, 980.0, 900.0, r);
    let straps = [20.0 + inset, 980.0 - inset - gap].map(|x| form::rect(x, 0.0, x + gap, 1000.0));
    let [a, b] = straps;
    let grip = cut(
        &slab(320.0, top - 170.0, 680.0, top + 60.0, 60.0),
        &[slab(320.0 + s, top - 170.0 + s, 680.0 - s, top + 70.0, 20.0)],
    );
    Art::of(&[cut(&body, &[a, b]), cut(&grip, &[form::rect(0.0, top, 1000.0, 1000.0)])])
}

/// A compass and its needle.
pub(super) fn compass(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let s = pen.taste.stroke() * 0.9;
    let (long, wide) = (490.0 - s - gap * 0.9, pen.between(105.0, 135.0));
    let ring = form::ring(MIDDLE, 490.0, 490.0 - s);
    let north = poly(
        &[(500.0, 500.0 - long), (500.0 + wide, 500.0 - gap / 2.0), (500.0 - wide, 500.0 - gap / 2.0)],
        0.0,
    );
    let south = poly(
        &[(500.0, 500.0 + long), (500.0 + wide, 500.0 + gap / 2.0), (500.0 - wide, 500.0 + gap / 2.0)],
        0.0,
    );
    Art::with(&[ring, south], &[north]).turned(pen.one(45.0, &[30.0, -45.0, 60.0]))
}

/// A lighthouse and its beams.
pub(super) fn lighthouse(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let (slim, wide) = (pen.between(105.0, 130.0), pen.between(190.0, 230.0));
    let top = 330.0;
    let tower = poly(
        &[(500.0 - slim, top + gap), (500.0 + slim, top + gap), (500.0 + wide, 985.0), (500.0 - wide, 985.0)],
        0.0,
    );
    let bands = [pen.between(540.0, 580.0), pen.between(750.0, 790.0)];
    let slope = pen.one(0.0, &[0.0, -15.0]);
    let [a, b] = bands.map(|y| turned(&form::rect(0.0, y, 1000.0, y + gap), slope, 500.0, y));
    let roof = poly(&[(500.0, 20.0), (500.0 + slim + 60.0, 150.0), (500.0 - slim - 60.0, 150.0)], 0.0);
    let lamp = form::rect(500.0 - slim * 0.72, 140.0, 500.0 + slim * 0.72, top);
    let beam = poly(
        &[
            (500.0 + slim + gap * 0.6, 230.0),
            (940.0, 130.0),
            (940.0, 350.0),
            (500.0 + slim + gap * 0.6, 270.0),
        ],
        0.0,
    );
    let beams = if pen.chance(0.5) { vec![beam.clone(), flip(&beam)] } else { vec![beam] };
    Art::with(&[cut(&tower, &[a, b]), roof, lamp], &beams)
}

/// A tent.
pub(super) fn tent(pen: &mut Pen) -> Art {
    let gap = pen.taste.gap();
    let peak = pen.between(440.0, 560.0);
    let door = pen.between(150.0, 200.0);
    let body = poly(&[(peak, 100.0), (985.0, 880.0), (15.0, 880.0)], pen.taste.corner(40.0));
    let mouth = poly(&[(peak, 420.0), (peak + door, 980.0), (peak - door, 980.0)], 0.0);
    let flap = poly(
        &[(peak + gap * 0.3, 420.0 + gap * 1.9), (peak + door - gap * 0.9, 880.0), (peak + gap * 0.3, 880.0)],
        0.0,
    );
    if pen.chance(0.5) {
        Art::of(&[cut(&body, &[mouth])])
    } else {
        Art::with(&[cut(&body, &[mouth])], &[flap])
    }
}
