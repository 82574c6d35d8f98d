//! Bringing a sketch into the square: as large as its kind of outline may be, optically centred, on the grid.
//!
//! Overshoot: a disc may touch the edge of the square, a square of the same side would look larger and is drawn a tenth
//! smaller; what lies between is scaled by how much of its box its convex outline fills. Centring: the middle of the ink
//! pulls the middle of the box most of the way, as far as the square has room. Grid: at last every point of a mark
//! moves to a whole unit of the thousand that its side has, so that edges which are meant to be level are.

use crate::art::Art;
use core_brand::{Drawing, FillRole, Shape};
use core_vector::raster::{self, Mask};
use core_vector::{bezier, path};
use kurbo::{Affine, BezPath, PathEl, PathSeg, Point, Rect, Vec2};

/// The side of the square.
pub(crate) const SIDE: f64 = 1000.0;
/// A disc may touch the edge; a square of the same side would look larger and is drawn this much smaller.
const SQUARE_SHARE: f64 = 0.9;
/// How much of its box a disc fills.
const DISC_FILL: f64 = 0.785;
/// How far the middle of the ink may pull the drawing, as a share of the way.
const PULL: f64 = 0.6;

/// Smaller parts and holes, as a share of the square, are crumbs of the construction.
const CRUMB: f64 = 0.0026;
/// Words are kept to this many steps per unit: a tenth of a thousandth is below what anybody sees.
const STEPS: f64 = 10.0;
/// Marks stand on whole units.
const UNIT: f64 = 1.0;

/// The drawing of an art, fitted: crumbs swept away, the larger role in the main colour.
#[must_use]
pub(crate) fn fit(art: &Art) -> Drawing {
    let art = &swept(art);
    drawing(&art.moved(place(art)))
}

/// The drawing of parts whose roles are already known, fitted the same way.
#[must_use]
pub fn shapes(parts: &[(FillRole, BezPath)]) -> Drawing {
    let all: Vec<BezPath> = parts.iter().map(|(_, outline)| outline.clone()).collect();
    let least = crumb(&Art { main: all.iter().flatten().collect(), accent: BezPath::new() });
    let parts: Vec<(FillRole, BezPath)> =
        parts.iter().map(|(role, outline)| (*role, without_crumbs(outline, least))).collect();
    let place =
        place(&Art { main: parts.iter().flat_map(|(_, part)| part).collect(), accent: BezPath::new() });
    let parts = parts.into_iter().filter(|(_, outline)| !outline.elements().is_empty());
    let shape = |(fill, outline)| Shape { fill, path: path::write(&stepped(&(place * outline))) };
    Drawing { width: SIDE, height: SIDE, shapes: parts.map(shape).collect() }
}

/// What brings an art into the square.
fn place(art: &Art) -> Affine {
    let bounds = ink(art);
    let longest = bounds.width().max(bounds.height()).max(1e-9);
    let fill = hull_area(art) / bounds.area().max(1e-9) * bounds.width().min(bounds.height()) / longest;
    let over = ((fill - DISC_FILL) / (1.0 - DISC_FILL)).clamp(0.0, 1.0);
    let factor = SIDE * (1.0 - (1.0 - SQUARE_SHARE) * over) / longest;
    let center = bounds.center();
    let room = Vec2::new(SIDE - bounds.width() * factor, SIDE - bounds.height() * factor) / 2.0;
    let room = Vec2::new(room.x.max(0.0), room.y.max(0.0));
    let away = (center - middle_of_ink(art)) * factor * PULL;
    let pull = Vec2::new(away.x.clamp(-room.x, room.x), away.y.clamp(-room.y, room.y));
    Affine::translate(Vec2::new(SIDE / 2.0, SIDE / 2.0) + pull)
        * Affine::scale(factor)
        * Affine::translate(-center.to_vec2())
}

fn swept(art: &Art) -> Art {
    let least = crumb(art);
    let (main, accent) = (without_crumbs(&art.main, least), without_crumbs(&art.accent, least));
    if bezier::area(&accent).abs() > bezier::area(&main).abs() {
        Art { main: accent, accent: main }
    } else {
        Art { main, accent }
    }
}

/// The area of the largest crumb.
fn crumb(art: &Art) -> f64 {
    let bounds = ink(art);
    let side = bounds.width().max(bounds.height());
    CRUMB * side * side
}

fn without_crumbs(path: &BezPath, least: f64) -> BezPath {
    let is_large =
        |contour: &Vec<PathSeg>| bezier::area(&bezier::path(std::slice::from_ref(contour))).abs() >= least;
    let kept: Vec<_> = bezier::contours(path).into_iter().filter(is_large).collect();
    bezier::path(&kept)
}

/// A path on the grid that words are kept on.
#[must_use]
pub(crate) fn stepped(path: &BezPath) -> BezPath {
    on_grid(path, STEPS)
}

/// A path whose points lie on a grid of so many steps per unit.
fn on_grid(path: &BezPath, steps: f64) -> BezPath {
    let step = |p: Point| Point::new((p.x * steps).round() / steps, (p.y * steps).round() / steps);
    let element = |element: &PathEl| match *element {
        PathEl::MoveTo(p) => PathEl::MoveTo(step(p)),
        PathEl::LineTo(p) => PathEl::LineTo(step(p)),
        PathEl::QuadTo(c, p) => PathEl::QuadTo(step(c), step(p)),
        PathEl::CurveTo(a, b, p) => PathEl::CurveTo(step(a), step(b), step(p)),
        PathEl::ClosePath => PathEl::ClosePath,
    };
    path.elements().iter().map(element).collect()
}

/// A drawing of both roles; a role without outlines has no shape.
fn drawing(art: &Art) -> Drawing {
    let shape = |fill, outline: &BezPath| Shape { fill, path: path::write(&on_grid(outline, UNIT)) };
    let roles = [(FillRole::Mark, &art.main), (FillRole::Accent, &art.accent)];
    let shapes = roles.into_iter().filter(|(_, outline)| !outline.elements().is_empty());
    Drawing {
        width: SIDE,
        height: SIDE,
        shapes: shapes.map(|(fill, outline)| shape(fill, outline)).collect(),
    }
}

fn ink(art: &Art) -> Rect {
    match (art.main.elements().is_empty(), art.accent.elements().is_empty()) {
        (false, false) => bezier::bounds(&art.main).union(bezier::bounds(&art.accent)),
        (true, false) => bezier::bounds(&art.accent),
        _ => bezier::bounds(&art.main),
    }
}

fn middle_of_ink(art: &Art) -> Point {
    let bounds = ink(art);
    let side = bounds.width().max(bounds.height()).max(1e-9);
    let place = Affine::scale(1.0 / side) * Affine::translate(-bounds.origin().to_vec2());
    let moved = art.moved(place);
    let mask = raster::mask_of(&[moved.main, moved.accent], 1.0, 1.0, 64);
    bounds.origin() + side * middle(&mask)
}

/// The middle of a mask whose drawing starts in the upper left corner.
fn middle(mask: &Mask) -> Vec2 {
    let (mut x, mut y, mut all) = (0.0, 0.0, 0.0);
    for (at, cover) in mask.cover.iter().enumerate() {
        let weight = f64::from(*cover);
        x += weight * ((at % mask.px) as f64 + 0.5);
        y += weight * ((at / mask.px) as f64 + 0.5);
        all += weight;
    }
    if all == 0.0 { Vec2::new(0.5, 0.5) } else { Vec2::new(x, y) / all / mask.px as f64 }
}

/// The area inside the convex outline of all ink.
fn hull_area(art: &Art) -> f64 {
    // Corners alone decide a convex outline: nothing has to be joined for it.
    let corners = |path: &BezPath| bezier::polygons(path, 2.0).into_iter().flatten();
    let mut points: Vec<Point> = corners(&art.main).chain(corners(&art.accent)).collect();
    points.sort_by(|a, b| a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y)));
    let mut hull = half_hull(points.iter());
    hull.extend(half_hull(points.iter().rev()));
    bezier::polygon_area(&hull).abs()
}

fn half_hull<'a>(points: impl Iterator<Item = &'a Point>) -> Vec<Point> {
    let mut hull: Vec<Point> = Vec::new();
    for point in points {
        while let [.., a, b] = hull[..] {
            if (b - a).cross(*point - b) > 0.0 {
                break;
            }
            hull.pop();
        }
        hull.push(*point);
    }
    hull
}
