//! A letter in which one part is the trade's own sign: read first, seen second.

use super::Subject;
use crate::art::{Art, MIDDLE, Pen, Sketch, pt};
use crate::letters::Letter;
use crate::skeleton::{self, HEIGHT};
use crate::stroke::{self, Line};
use core_vector::form::{self, Cap};
use core_vector::offset::{self, Corner};
use core_vector::transform::{fit, fitted, scale_xy, turn};
use core_vector::{bezier, combine};
use kurbo::{BezPath, Rect, Vec2};

/// A sign fills at least this share of the height or width of the place it is to take, whichever it fills less.
const FILL_MIN: f64 = 0.58;

pub(super) fn sketch(pen: &mut Pen, subject: &Subject) -> Option<Sketch> {
    let letter = subject.letter()?;
    match pen.idea(3) {
        0 => counter(pen, subject, letter),
        1 => part(pen, subject, letter),
        _ => stop(pen, subject, letter),
    }
}

/// A sign that is simple enough to be part of a letter, in the name's own pose, and its id.
fn sign(pen: &mut Pen, subject: &Subject) -> Option<(&'static str, BezPath)> {
    let is_simple = |id: &&str| PAPER.contains(id) || SOLID.iter().any(|(known, _)| known == id);
    let known: Vec<&'static str> = subject.motifs.iter().copied().filter(is_simple).collect();
    // A try in three asks the next.
    let at = pen.own(30, known.len().max(1)) + usize::from(pen.chance(0.34));
    let id = *known.get(at % known.len().max(1))?;
    let plain = match SOLID.iter().find(|(own, _)| *own == id) {
        Some((_, draw)) => draw(),
        None => silhouette(&crate::motif::find(id)?.1(pen).whole()),
    };
    let wide = pen.own_between(31, 0.9, 1.1);
    let side = if MIRRORED.contains(&id) && pen.own(32, 2) == 0 { -1.0 } else { 1.0 };
    let lean = if LOOSE.contains(&id) { [0.0, -18.0, 18.0][pen.own(33, 3)] } else { 0.0 };
    let pose = turn(lean, MIDDLE) * scale_xy(wide * side, 1.0, MIDDLE);
    Some((id, combine::union(&[pose * plain])))
}

/// Motifs that are read when they are cut from paper: one piece, nothing cut out.
const PAPER: &[&str] = &[
    "bag",
    "balloon",
    "barrel",
    "bell",
    "bird",
    "bottle",
    "cap",
    "capsule",
    "car",
    "cat",
    "cloud",
    "cone",
    "crown",
    "cursor",
    "fish",
    "flame",
    "flask",
    "flower",
    "glass",
    "grape",
    "hammer",
    "hand",
    "hanger",
    "heart",
    "helmet",
    "hourglass",
    "lamp",
    "lighthouse",
    "lotus",
    "parcel",
    "pear",
    "pencil",
    "plane",
    "pot",
    "puzzle",
    "ring",
    "rocket",
    "sail",
    "signal",
    "speech",
    "suitcase",
    "tent",
    "thread",
    "tooth",
    "tree",
    "truck",
    "umbrella",
    "wrench",
];
/// Signs that may look the other way.
const MIRRORED: &[&str] = &[
    "bean", "bird", "bolt", "car", "cat", "cup", "fish", "flame", "hammer", "key", "leaf", "lens", "peak",
    "pear", "pencil", "plane", "rocket", "sail", "speech", "truck", "wrench",
];
/// Signs that may lean.
const LOOSE: &[&str] = &[
    "balloon", "bean", "bell", "bird", "bolt", "bottle", "capsule", "drop", "fish", "flame", "flower",
    "hammer", "heart", "key", "leaf", "pear", "pencil", "plane", "rocket", "star", "tooth", "wrench",
];

/// A silhouette by the id of its motif.
type Solid = (&'static str, fn() -> BezPath);

/// Silhouettes for small places; motifs of many parts have none.
const SOLID: &[Solid] = &[
    ("bolt", || {
        form::polygon(
            &[(620.0, 0.0), (130.0, 580.0), (440.0, 580.0), (340.0, 1000.0), (870.0, 390.0), (550.0, 390.0)]
                .map(Into::into),
        )
    }),
    ("drop", || solid("drop")),
    ("house", || solid("house")),
    ("leaf", || solid("leaf")),
    ("shield", || solid("shield")),
    ("star", || form::polygon(&form::star(pt(500.0, 520.0), 520.0, 240.0, 5, -90.0))),
    ("gem", || {
        let corners = [(240.0, 120.0), (760.0, 120.0), (1000.0, 390.0), (500.0, 920.0), (0.0, 390.0)];
        form::polygon(&corners.map(Into::into))
    }),
    ("peak", || {
        form::polygon(
            &[(360.0, 120.0), (620.0, 560.0), (740.0, 380.0), (1000.0, 860.0), (0.0, 860.0)].map(Into::into),
        )
    }),
    ("spark", || {
        let mut path = BezPath::new();
        path.move_to((500.0, 0.0));
        for (to, a) in [
            ((1000.0, 500.0), (560.0, 440.0)),
            ((500.0, 1000.0), (560.0, 560.0)),
            ((0.0, 500.0), (440.0, 560.0)),
            ((500.0, 0.0), (440.0, 440.0)),
        ] {
            path.curve_to(a, a, to);
        }
        path.close_path();
        path
    }),
    ("note", || {
        let head = form::ellipse(pt(300.0, 800.0), 230.0, 190.0);
        let stem = form::rect(400.0, 40.0, 530.0, 800.0);
        let flag = form::polygon(
            &[(400.0, 40.0), (530.0, 40.0), (880.0, 260.0), (880.0, 470.0), (530.0, 290.0)].map(Into::into),
        );
        combine::union(&[head, stem, flag])
    }),
    ("wave", || {
        let knees = [
            (0.0, 640.0, 0.0),
            (0.0, 640.0, 0.0),
            (250.0, 330.0, 150.0),
            (500.0, 640.0, 150.0),
            (750.0, 330.0, 150.0),
            (1000.0, 640.0, 0.0),
        ];
        Line::new(&knees[1..].iter().map(|(x, y, r)| (pt(*x, *y), *r)).collect::<Vec<_>>())
            .band(230.0, Cap::Round)
    }),
    ("gear", || solid("gear")),
    ("book", || {
        form::polygon(
            &[(0.0, 160.0), (500.0, 280.0), (1000.0, 160.0), (1000.0, 760.0), (500.0, 880.0), (0.0, 760.0)]
                .map(Into::into),
        )
    }),
    ("bars", || {
        form::polygon(
            &[
                (0.0, 1000.0),
                (0.0, 640.0),
                (333.0, 640.0),
                (333.0, 320.0),
                (667.0, 320.0),
                (667.0, 0.0),
                (1000.0, 0.0),
                (1000.0, 1000.0),
            ]
            .map(Into::into),
        )
    }),
    ("cup", || {
        let corners =
            [((0.0, 130.0), 0.0), ((720.0, 130.0), 0.0), ((720.0, 870.0), 340.0), ((0.0, 870.0), 340.0)];
        let bowl = form::rounded_corners(&corners.map(|(point, radius)| (point.into(), radius)));
        let handle = form::ring(pt(720.0, 400.0), 270.0, 130.0);
        combine::union(&[bowl, combine::subtract(&handle, &[form::rect(0.0, 0.0, 700.0, 1000.0)])])
    }),
    ("key", || {
        let bow = form::ring(pt(500.0, 260.0), 260.0, 95.0);
        let rest = [
            form::rect(420.0, 480.0, 580.0, 1000.0),
            form::rect(500.0, 620.0, 790.0, 760.0),
            form::rect(500.0, 860.0, 790.0, 1000.0),
        ];
        combine::union(&[vec![bow], rest.to_vec()].concat())
    }),
    ("lens", || {
        let glass = form::ring(pt(400.0, 400.0), 400.0, 215.0);
        combine::union(&[glass, form::bar(pt(660.0, 660.0), pt(930.0, 930.0), 200.0, Cap::Flat)])
    }),
    ("pin", || solid("pin")),
    ("cross", || {
        combine::union(&[form::rect(340.0, 0.0, 660.0, 1000.0), form::rect(0.0, 340.0, 1000.0, 660.0)])
    }),
    ("bean", || {
        let slot = Line::new(&[
            (pt(500.0, -80.0), 0.0),
            (pt(420.0, 330.0), 200.0),
            (pt(580.0, 670.0), 200.0),
            (pt(500.0, 1080.0), 0.0),
        ])
        .band(130.0, Cap::Flat);
        combine::subtract(&form::ellipse(pt(500.0, 500.0), 380.0, 500.0), &[slot])
    }),
];

fn solid(id: &str) -> BezPath {
    crate::motif::body(id).map(|found| found.1).unwrap_or_default()
}

/// The outline of a motif as if cut from paper: its parts one piece, nothing cut out.
fn silhouette(path: &BezPath) -> BezPath {
    let bounds = bezier::bounds(path);
    let by = 0.055 * bounds.width().max(bounds.height());
    let one = filled(&offset::grow(path, by, Corner::Sharp));
    filled(&offset::shrink(&one, by, Corner::Sharp))
}

/// Where closed letters keep their counters, in units of the skeleton.
const COUNTERS: &[(char, [f64; 4])] = &[
    ('A', [1.6, 2.4, 7.4, 8.6]),
    ('B', [1.4, 5.4, 6.8, 9.6]),
    ('D', [0.6, 1.4, 7.8, 8.6]),
    ('O', [1.2, 1.2, 8.8, 8.8]),
    ('P', [0.6, 0.2, 7.0, 5.8]),
    ('Q', [1.2, 1.2, 8.4, 8.4]),
    ('R', [0.6, 0.2, 7.0, 5.6]),
    ('0', [0.8, 1.6, 6.8, 8.4]),
    ('4', [1.6, 2.6, 5.8, 6.8]),
    ('6', [0.8, 4.4, 6.8, 9.8]),
    ('9', [0.8, 0.2, 6.8, 5.6]),
];

/// The letter's bowl is solid, and its counter is the sign.
fn counter(pen: &mut Pen, subject: &Subject, letter: &Letter) -> Option<Sketch> {
    let plain = letter.plain?;
    let (_, [x0, y0, x1, y1]) = COUNTERS.iter().find(|(known, _)| *known == plain)?;
    let is_round = pen.taste.is_round() && plain != 'A';
    let soft = if is_round { pen.own_between(34, 0.8, 2.4) } else { 0.0 };
    let bones = skeleton::letter(plain, soft, is_round)?;
    let own = pen.own_about(35, 0.86, 1.2);
    let bones = bones.stretched(own);
    let (id, sign) = sign(pen, subject)?;
    let width = 158.0 + 40.0 * pen.taste.weight + pen.own_between(36, -16.0, 40.0);
    let unit = (1000.0 - width) / HEIGHT;
    let lines: Vec<Line> = bones.lines.iter().map(|line| line.placed(unit, Vec2::ZERO)).collect();
    let cap = if pen.taste.round >= 0.3 { Cap::Round } else { Cap::Flat };
    let body = filled(&stroke::bands(&lines, width, cap));
    let room = Rect::new(x0 * own * unit, y0 * unit, x1 * own * unit, y1 * unit);
    let (bounds, size) = (bezier::bounds(&sign), room.size());
    let factor = (size.width / bounds.width()).min(size.height / bounds.height());
    let room = Rect::from_center_size(room.center(), (bounds.width() * factor, bounds.height() * factor));
    let hole = fitted(&sign, room);
    if pen.own(37, 2) == 0 && matches!(plain, 'O' | 'D' | 'Q' | '0') {
        // The sign stands free in the open counter.
        let ring = stroke::bands(&lines, width, cap);
        let inner = room.inset(-(width / 2.0 + pen.taste.gap() - 0.9 * unit).max(0.0));
        let art = Art::with(&[ring], &[fit(bezier::bounds(&sign), inner) * sign]);
        return Some(Sketch::new(art, "rebus-counter").letters(&letter.text).motif(id));
    }
    let art = Art::of(&[combine::subtract(&body, &[hole])]);
    Some(Sketch::new(art, "rebus-counter").letters(&letter.text).motif(id))
}

/// The outline without its counters.
fn filled(path: &BezPath) -> BezPath {
    let whole = bezier::area(path).signum();
    let outer: Vec<_> = bezier::contours(path)
        .into_iter()
        .filter(|contour| bezier::area(&bezier::path(std::slice::from_ref(contour))) * whole > 0.0)
        .collect();
    bezier::path(&outer)
}

/// Which strokes of a letter stay, and where the sign stands for the others, in units of the skeleton.
type Part = (char, &'static [&'static [(f64, f64, f64)]], [f64; 4]);

/// Soft corners are decided by the taste.
const SOFT: f64 = -1.0;

const PARTS: &[Part] = &[
    ('A', &[&[(0.0, 10.0, 0.0), (4.6, 0.0, SOFT), (9.2, 10.0, 0.0)]], [2.7, 6.0, 6.5, 10.8]),
    (
        'C',
        &[&[
            (8.54, 1.46, 0.0),
            (7.07, 0.0, 5.0),
            (0.0, 0.0, 5.0),
            (0.0, 10.0, 5.0),
            (7.07, 10.0, 5.0),
            (8.54, 8.54, 0.0),
        ]],
        [3.0, 2.8, 8.4, 7.2],
    ),
    ('E', &[&[(7.4, 0.0, 0.0), (0.0, 0.0, SOFT), (0.0, 10.0, SOFT), (7.4, 10.0, 0.0)]], [2.6, 3.0, 7.6, 7.0]),
    ('F', &[&[(7.4, 0.0, 0.0), (0.0, 0.0, SOFT), (0.0, 10.0, 0.0)]], [2.5, 2.9, 7.4, 7.6]),
    (
        'H',
        &[
            &[(0.0, 0.0, 0.0), (0.0, 10.0, 0.0)],
            &[(9.2, 0.0, 0.0), (9.2, 10.0, 0.0)],
            &[(0.0, 6.3, 0.0), (9.2, 6.3, 0.0)],
        ],
        [2.0, -0.8, 7.2, 4.4],
    ),
    ('I', &[&[(3.0, 4.2, 0.0), (3.0, 10.0, 0.0)]], [0.6, -1.4, 5.4, 2.2]),
    ('J', &[&[(7.0, 0.0, 0.0), (7.0, 10.0, 3.5), (0.0, 10.0, 3.5), (0.0, 6.6, 0.0)]], [0.0, -0.9, 4.6, 4.0]),
    ('L', &[&[(0.0, 0.0, 0.0), (0.0, 10.0, SOFT), (7.6, 10.0, 0.0)]], [2.8, 1.0, 8.4, 7.2]),
    (
        'M',
        &[&[(0.0, 10.0, 0.0), (0.0, 0.0, SOFT), (5.0, 5.2, SOFT), (10.0, 0.0, SOFT), (10.0, 10.0, 0.0)]],
        [2.8, 7.2, 7.2, 10.9],
    ),
    ('N', &[&[(0.0, 10.0, 0.0), (0.0, 0.0, 4.4), (8.8, 0.0, 4.4), (8.8, 10.0, 0.0)]], [2.5, 4.6, 6.3, 10.6]),
    ('U', &[&[(0.0, 0.0, 0.0), (0.0, 10.0, 4.6), (9.2, 10.0, 4.6), (9.2, 0.0, 0.0)]], [2.4, -0.6, 6.8, 6.6]),
    ('V', &[&[(0.0, 0.0, 0.0), (5.0, 10.0, SOFT), (10.0, 0.0, 0.0)]], [3.0, -1.2, 7.0, 2.6]),
    (
        'W',
        &[&[(0.0, 0.0, 0.0), (0.0, 10.0, SOFT), (5.0, 4.8, SOFT), (10.0, 10.0, SOFT), (10.0, 0.0, 0.0)]],
        [2.7, -0.9, 7.3, 3.0],
    ),
    (
        'Y',
        &[&[(0.0, 0.0, 0.0), (4.8, 5.6, SOFT), (9.6, 0.0, 0.0)], &[(4.8, 5.4, 0.0), (4.8, 10.0, 0.0)]],
        [3.0, -1.4, 6.6, 1.1],
    ),
    ('7', &[&[(0.0, 0.0, 0.0), (8.6, 0.0, SOFT), (4.2, 10.0, 0.0)]], [-0.9, 2.7, 3.6, 7.6]),
];

/// A stroke is left away; the sign stands in its place or in the room that it gives.
fn part(pen: &mut Pen, subject: &Subject, letter: &Letter) -> Option<Sketch> {
    let plain = letter.plain?;
    let (_, strokes, [x0, y0, x1, y1]) = PARTS.iter().find(|(known, ..)| *known == plain)?;
    let (id, sign) = sign(pen, subject)?;
    let soft = if pen.taste.is_round() { pen.own_between(34, 0.8, 2.4) } else { 0.0 };
    let width = 136.0 + 30.0 * pen.taste.weight + pen.own_between(36, -14.0, 44.0);
    let wide = pen.own_about(35, 0.8, 1.24);
    let unit = (1000.0 - width) / HEIGHT;
    let line = |knees: &&[(f64, f64, f64)]| {
        let knee = |(x, y, r): &(f64, f64, f64)| (pt(wide * x, *y), if *r < 0.0 { soft } else { *r });
        Line::new(&knees.iter().map(knee).collect::<Vec<_>>()).placed(unit, Vec2::ZERO)
    };
    let lines: Vec<Line> = strokes.iter().map(line).collect();
    let cap = if pen.taste.round >= 0.3 { Cap::Round } else { Cap::Flat };
    let body = stroke::bands(&lines, width, cap);
    // Between heavier or nearer strokes there is less room.
    let less = ((width - 150.0) / 2.0).max(0.0) + (1.0 - wide).max(0.0) * 110.0;
    let room = Rect::new(wide * x0 * unit + less, y0 * unit, wide * x1 * unit - less, y1 * unit);
    // As large as the room, or somewhat smaller, and as high in it as the name says.
    let whole = fit(bezier::bounds(&sign), room).transform_rect_bbox(bezier::bounds(&sign));
    let size = whole.size() * pen.own_between(38, 0.82, 1.0);
    let free = room.height() - size.height;
    let center = pt(room.center().x, room.center().y + free * pen.own_between(39, -0.5, 0.5));
    let placed = fitted(&sign, Rect::from_center_size(center, size));
    if (whole.width() / room.width()).min(whole.height() / room.height()) < FILL_MIN {
        return None;
    }
    // Where they would touch, the letter gives way.
    let around = offset::grow(&filled(&placed), pen.taste.gap(), Corner::Round);
    let rest = combine::subtract(&body, &[around]);
    let kept = bezier::area(&rest).abs() / bezier::area(&body).abs().max(1.0);
    (kept > 0.9)
        .then(|| Sketch::new(Art::with(&[rest], &[placed]), "rebus-part").letters(&letter.text).motif(id))
}

/// The initial, and the sign as its full stop.
fn stop(pen: &mut Pen, subject: &Subject, letter: &Letter) -> Option<Sketch> {
    if letter.is_stem() {
        return None;
    }
    let (id, sign) = sign(pen, subject)?;
    let size = pen.own_about(38, 320.0, 470.0);
    let gap = pen.taste.gap();
    let bounds = bezier::bounds(&sign);
    // What is flat would be an underscore.
    if bounds.height() < 0.55 * bounds.width() {
        return None;
    }
    let factor = size / bounds.width().max(bounds.height());
    let (width, height) = (bounds.width() * factor, bounds.height() * factor);
    // The sign is set into the foot of the letter by as much as the letter can give.
    let x = letter.width - width * pen.own_about(39, 0.04, 0.5);
    let placed = fitted(&sign, Rect::new(x, 1000.0 - height, x + width, 1000.0));
    let around = offset::grow(&filled(&placed), gap, Corner::Round);
    let rest = combine::subtract(&letter.path, &[around]);
    let kept = bezier::area(&rest).abs() / bezier::area(&letter.path).abs().max(1.0);
    (kept > 0.8)
        .then(|| Sketch::new(Art::with(&[rest], &[placed]), "rebus-stop").letters(&letter.text).motif(id))
}
