//! Signs as a few flat planes that share their edges, as a cut stone or folded paper does.
//!
//! A plane is a polygon in the square of side 1000. Folds run along the axes of the sign or meet in one point; every
//! plane is drawn in by half of the air, so that all seams have one width. What stands on both sides of the axis is
//! written once.

use crate::art::{Art, MIDDLE, pt};
use core_vector::offset::{self, Corner};
use core_vector::transform::{polar, turn};
use core_vector::{bezier, combine, form};
use kurbo::{Affine, BezPath, Point};

/// Which light a plane is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Light,
    Shade,
}
use Side::{Light, Shade};

/// A plane and its light.
pub(super) type Plane = (Vec<Point>, Side);

/// How a name folds its sign: where the folds meet, 0 to 1, and which of two ways.
#[derive(Clone, Copy, Debug)]
pub(super) struct Way {
    pub fold: f64,
    pub is_second: bool,
}

/// A sign that can be folded.
pub(super) struct Folded {
    pub id: &'static str,
    /// Whether it may be much wider or slimmer than it is drawn here.
    pub is_loose: bool,
    /// The angles that it may stand at.
    pub turns: &'static [f64],
    /// A curved edge that its planes are fields of; without one they are the sign.
    pub outline: Option<fn() -> BezPath>,
    pub planes: fn(Way) -> Vec<Plane>,
}

const fn sign(id: &'static str, planes: fn(Way) -> Vec<Plane>) -> Folded {
    Folded { id, is_loose: false, turns: &[0.0], outline: None, planes }
}

const fn loose(id: &'static str, planes: fn(Way) -> Vec<Plane>) -> Folded {
    Folded { is_loose: true, ..sign(id, planes) }
}

/// Every sign that is known in planes.
pub(super) const ALL: &[Folded] = &[
    sign("block", cube),
    sign("book", book),
    sign("column", column),
    sign("compass", rose),
    sign("cross", cross),
    sign("gem", gem),
    sign("heart", heart),
    sign("house", house),
    Folded { outline: Some(blade), turns: &[0.0, 30.0, 45.0], ..sign("leaf", leaf) },
    sign("node", cube),
    sign("parcel", cube),
    loose("peak", peak),
    sign("plane", paper),
    loose("sail", sail),
    sign("shield", shield),
    sign("spark", spark),
    sign("star", star),
    loose("tree", fir),
];

impl Folded {
    /// The planes in their two lights, moved this way, with this much air between them and corners of this radius.
    pub(super) fn draw(&self, way: Way, place: Affine, gap: f64, corner: f64) -> Art {
        let outline = self.outline.map(|outline| place * outline());
        let (mut light, mut shade) = (Vec::new(), Vec::new());
        for (points, side) in (self.planes)(way) {
            let placed: Vec<Point> = points.into_iter().map(|point| place * point).collect();
            let plane = match &outline {
                Some(outline) => combine::intersect(outline, &form::polygon(&placed)),
                None => combine::union(&[form::polygon(&placed)]),
            };
            let plane = offset::shrink(&plane, gap / 2.0, Corner::Sharp);
            let plane = if outline.is_none() { softened(&plane, corner) } else { plane };
            if side == Light { light.push(plane) } else { shade.push(plane) }
        }
        Art::with(&light, &shade)
    }
}

/// A polygon with round corners.
fn softened(plane: &BezPath, corner: f64) -> BezPath {
    if corner <= 0.0 {
        return plane.clone();
    }
    let polygons = bezier::polygons(plane, 1.0);
    let rounded = polygons.iter().map(|polygon| form::rounded_polygon(polygon, corner));
    combine::union(&rounded.collect::<Vec<_>>())
}

fn points(all: &[(f64, f64)]) -> Vec<Point> {
    all.iter().map(|(x, y)| pt(*x, *y)).collect()
}

/// Planes of the left half in the light, and the same of the right half in the shade.
fn mirrored(left: &[&[(f64, f64)]]) -> Vec<Plane> {
    let other = |plane: &[(f64, f64)]| plane.iter().map(|(x, y)| (1000.0 - x, *y)).collect::<Vec<_>>();
    let lit = left.iter().map(|plane| (points(plane), Light));
    lit.chain(left.iter().map(|plane| (points(&other(plane)), Shade))).collect()
}

/// The same with light and shade changed where the second half of the planes lies: a sign in four fields.
fn checked(mut planes: Vec<Plane>) -> Vec<Plane> {
    for at in (1..planes.len()).step_by(2) {
        planes[at].1 = if planes[at].1 == Light { Shade } else { Light };
    }
    planes
}

/// A point between two, by share.
fn between(low: f64, high: f64, share: f64) -> f64 {
    low + (high - low) * share
}

/// The fields of a leaf: two halves about the rib; a vein runs up into one of them, or into both.
fn leaf(way: Way) -> Vec<Plane> {
    let (rib, rise) = (between(600.0, 720.0, way.fold), between(260.0, 420.0, way.fold));
    let mut planes = mirrored(&[
        &[(500.0, 0.0), (0.0, 0.0), (0.0, rib - rise), (500.0, rib)],
        &[(500.0, rib), (0.0, rib - rise), (0.0, 1000.0), (500.0, 1000.0)],
    ]);
    if !way.is_second {
        planes.retain(|plane| plane.1 == Shade);
        planes.push((points(&[(500.0, 0.0), (0.0, 0.0), (0.0, 1000.0), (500.0, 1000.0)]), Light));
    }
    planes
}

fn blade() -> BezPath {
    form::lens(pt(500.0, 0.0), pt(500.0, 1000.0), 0.31)
}

/// Five kites about a point, or the five lit flanks of a star.
fn star(way: Way) -> Vec<Plane> {
    let inner = between(250.0, 290.0, way.fold);
    rays(5, 560.0, inner, way.is_second)
}

/// Four kites about a point.
fn spark(way: Way) -> Vec<Plane> {
    rays(4, 560.0, between(190.0, 260.0, way.fold), way.is_second)
}

/// A wind rose of whole rays: four flanks alone are shards that fly apart.
fn rose(way: Way) -> Vec<Plane> {
    rays(4, 560.0, between(220.0, 280.0, way.fold), false)
}

/// The rays of a star: whole ones, those to the left and above in the light; or one flank of each.
fn rays(count: usize, outer: f64, inner: f64, is_flanks: bool) -> Vec<Plane> {
    let step = 360.0 / count as f64;
    let ray = |at: usize| {
        let degrees = step * at as f64 - 90.0;
        let [before, tip, after] = [(inner, -0.5), (outer, 0.0), (inner, 0.5)]
            .map(|(radius, by)| polar(MIDDLE, radius, degrees + by * step));
        if is_flanks {
            return (vec![MIDDLE, tip, after], Light);
        }
        let is_right = tip.x > 501.0 || (tip.x > 499.0 && tip.y > 500.0);
        (vec![MIDDLE, before, tip, after], if is_right { Shade } else { Light })
    };
    (0..count).map(ray).collect()
}

/// A block seen from above its corner.
fn cube(way: Way) -> Vec<Plane> {
    let (top, low) = (between(0.0, 60.0, way.fold), between(1000.0, 940.0, way.fold));
    let rise = 250.0;
    let heart = (500.0, top + 2.0 * rise);
    let mut planes = mirrored(&[&[(67.0, top + rise), heart, (500.0, low), (67.0, low - rise)]]);
    planes.push((points(&[(500.0, top), (933.0, top + rise), heart, (67.0, top + rise)]), Light));
    if way.is_second { checked(planes) } else { planes }
}

/// Four arms that meet in a point.
fn cross(way: Way) -> Vec<Plane> {
    let half = between(165.0, 195.0, way.fold);
    let arm = |turns: f64, side: Side| {
        let arm = points(&[
            (500.0, 500.0),
            (500.0 - half, 500.0 - half),
            (500.0 - half, 0.0),
            (500.0 + half, 0.0),
            (500.0 + half, 500.0 - half),
        ]);
        (arm.iter().map(|point| turn(90.0 * turns, MIDDLE) * *point).collect(), side)
    };
    let right = if way.is_second { Shade } else { Light };
    vec![
        arm(0.0, Light),
        arm(1.0, right),
        arm(2.0, Shade),
        arm(3.0, if way.is_second { Light } else { Shade }),
    ]
}

/// Four fields: the fold across rises or falls to the edges.
fn shield(way: Way) -> Vec<Plane> {
    let (heart, edge) = (between(400.0, 520.0, way.fold), if way.is_second { 330.0 } else { 440.0 });
    let planes = mirrored(&[
        &[(80.0, 30.0), (500.0, 30.0), (500.0, heart), (80.0, edge)],
        &[(80.0, edge), (500.0, heart), (500.0, 1000.0), (80.0, 600.0)],
    ]);
    checked(planes)
}

/// Two pages, and the cover below them.
fn book(way: Way) -> Vec<Plane> {
    let dip = between(110.0, 200.0, way.fold);
    let (top, low, thick) = (130.0, 640.0, 160.0);
    let page = [(0.0, top), (500.0, top + dip), (500.0, low + dip), (0.0, low)];
    let mut planes = mirrored(&[&page]);
    let cover = [
        (0.0, low),
        (500.0, low + dip),
        (1000.0, low),
        (1000.0, low + thick),
        (500.0, low + dip + thick),
        (0.0, low + thick),
    ];
    planes.iter_mut().for_each(|plane| plane.1 = Light);
    planes.push((points(&cover), Shade));
    planes
}

/// A shaft in flutes between two plates.
fn column(way: Way) -> Vec<Plane> {
    let (slim, head) = (between(170.0, 200.0, way.fold), 190.0);
    let flute = |from: f64, side: Side| {
        (points(&[(from, head), (from + slim, head), (from + slim, 810.0), (from, 810.0)]), side)
    };
    let left = 500.0 - 1.5 * slim;
    let plate = |y: f64| (points(&[(110.0, y), (890.0, y), (890.0, y + 170.0), (110.0, y + 170.0)]), Light);
    let mut planes: Vec<Plane> =
        (0..3).map(|at| flute(left + slim * f64::from(at), [Light, Light, Shade][at as usize])).collect();
    planes.extend([plate(head - 170.0), plate(810.0)]);
    planes
}

/// A stone from the side: crown above, three planes to its point.
fn gem(way: Way) -> Vec<Plane> {
    let girdle = between(350.0, 420.0, way.fold);
    let (left, low) = ((305.0, girdle), (500.0, 1000.0));
    let mut planes = mirrored(&[&[(0.0, girdle), (230.0, 60.0), left], &[(0.0, girdle), left, low]]);
    planes.push((points(&[(230.0, 60.0), (770.0, 60.0), (1000.0 - left.0, girdle), left]), Light));
    planes.push((points(&[left, (1000.0 - left.0, girdle), low]), if way.is_second { Shade } else { Light }));
    planes
}

/// Two lobes, and a stone between them that ends in the point.
fn heart(way: Way) -> Vec<Plane> {
    let (notch, low) = ((500.0, between(230.0, 290.0, way.fold)), (500.0, 980.0));
    let side = (between(150.0, 210.0, way.fold), 640.0);
    let mut planes = mirrored(&[&[notch, (350.0, 50.0), (150.0, 50.0), (0.0, 230.0), (0.0, 440.0), side]]);
    planes.push((
        points(&[notch, side, low, (1000.0 - side.0, side.1)]),
        if way.is_second { Shade } else { Light },
    ));
    planes
}

/// A gable, the roof that runs back from it, and the wall below.
fn house(way: Way) -> Vec<Plane> {
    let (eaves, ridge) = (between(430.0, 500.0, way.fold), 90.0);
    let (wall, back) = (between(440.0, 500.0, way.fold), 770.0);
    vec![
        (points(&[(0.0, eaves), (wall / 2.0, ridge), (wall, eaves), (wall, 930.0), (0.0, 930.0)]), Light),
        (points(&[(wall / 2.0, ridge), (back, ridge), (1000.0, eaves), (wall, eaves)]), Shade),
        (points(&[(wall, eaves), (1000.0, eaves), (1000.0, 930.0), (wall, 930.0)]), Light),
    ]
}

/// A mountain: the tip is lit all round, and below it the ridge zigzags between light and shade.
fn peak(way: Way) -> Vec<Plane> {
    let (foot, by) = (940.0, between(-40.0, 40.0, way.fold));
    let ridge = [(625.0, 280.0), (430.0 + by, 430.0), (570.0 + by, 640.0), (450.0 + by, foot)];
    let mut light = points(&ridge);
    light.extend(points(&[(0.0, foot), (500.0, 60.0)]));
    let mut shade = points(&ridge);
    shade.push(pt(1000.0, foot));
    vec![(light, Light), (shade, Shade)]
}

/// Paper folded to fly.
fn paper(way: Way) -> Vec<Plane> {
    let (nose, keel) = ((1000.0, 40.0), (between(360.0, 410.0, way.fold), 640.0));
    vec![
        (points(&[(0.0, 470.0), nose, keel]), Light),
        (points(&[keel, nose, (between(690.0, 760.0, way.fold), 930.0)]), Shade),
    ]
}

/// Two sails over a hull.
fn sail(way: Way) -> Vec<Plane> {
    let mast = between(470.0, 560.0, way.fold);
    let boom = 690.0;
    vec![
        (points(&[(mast, 0.0), (1000.0, boom), (mast, boom)]), Light),
        (points(&[(mast, 150.0), (mast, boom), (60.0, boom)]), Shade),
        (points(&[(0.0, boom), (1000.0, boom), (830.0, 960.0), (180.0, 960.0)]), Light),
    ]
}

/// Two steps of a fir, each with a lit and a dark flank, on a stem.
fn fir(way: Way) -> Vec<Plane> {
    let step = between(400.0, 450.0, way.fold);
    let mut planes = mirrored(&[
        &[(500.0, 0.0), (150.0, step), (500.0, step)],
        &[(500.0, step), (330.0, step), (0.0, 860.0), (500.0, 860.0)],
    ]);
    planes.push((
        points(&[(395.0, 860.0), (605.0, 860.0), (605.0, 1080.0), (395.0, 1080.0)]),
        if way.is_second { Light } else { Shade },
    ));
    planes
}
