//! The edges of regions as closed chains of points, placed between pixels where one colour becomes the other.

use crate::ground::Ground;
use crate::picture::{Color, Picture, distance, dot, less};
use crate::region::Regions;
use kurbo::Point;
use visioncortex::clusters::Cluster;
use visioncortex::{BinaryImage, PathI32, PathSimplifyMode, PointI32};

/// This far to both sides of an edge the colours are those of the regions, where the edge is one.
const CRISP_PX: i32 = 3;
/// This much of the difference of two colours lies across a crisp edge.
const CRISP: f32 = 0.35;
/// Pixels across a side, from inside, among which the edge is sought.
const STEPS: [i32; 4] = [-1, 0, 1, 2];
/// Less of it across a single side of a pixel tells nothing about where the edge is.
const SLOPE: f32 = 0.08;
/// This far to both sides of an edge the colours near by are read, shadows and shades in them.
const LOCAL_PX: i32 = 4;
/// Every how many sides of pixels are looked at for crispness.
const STRIDE: usize = 3;

/// A set of pixels; what lies outside of the picture is not in it.
pub(crate) struct Area {
    pub width: usize,
    pub height: usize,
    pub bits: Vec<bool>,
}

impl Area {
    pub(crate) fn has(&self, x: i32, y: i32) -> bool {
        let is_in = x >= 0 && y >= 0 && x < self.width as i32 && y < self.height as i32;
        is_in && self.bits[y as usize * self.width + x as usize]
    }

    /// Pixels that touch over a corner alone make walks that cross themselves; the corner is filled.
    fn unpinched(mut self) -> Self {
        loop {
            let mut pinches = Vec::new();
            for (x, y) in (1..self.height).flat_map(|y| (1..self.width).map(move |x| (x, y))) {
                let at = y * self.width + x;
                let corner = [at, at - 1, at - self.width, at - self.width - 1].map(|at| self.bits[at]);
                match corner {
                    [true, false, false, true] => pinches.push(at - 1),
                    [false, true, true, false] => pinches.push(at),
                    _ => {}
                }
            }
            if pinches.is_empty() {
                return self;
            }
            for at in pinches {
                self.bits[at] = true;
            }
        }
    }
}

/// One side of a pixel: what is inside of it and what outside.
#[derive(Clone, Copy, Debug)]
struct Side {
    inside: (i32, i32),
    outside: (i32, i32),
}

/// The closed chains around an area; those around holes turn the other way.
pub(crate) fn chains(
    picture: &Picture,
    ground: &Ground,
    fills: &[Color],
    regions: &Regions,
    area: Area,
) -> Vec<Vec<Point>> {
    let area = area.unpinched();
    let scene = Scene { picture, ground, fills, regions };
    let mut image = BinaryImage::new_w_h(area.width, area.height);
    for (at, bit) in area.bits.iter().enumerate().filter(|(_, bit)| **bit) {
        image.set_pixel(at % area.width, at / area.width, *bit);
    }
    let mut chains = Vec::new();
    for cluster in &image.to_clusters(false).clusters {
        let origin = PointI32 { x: cluster.rect.left, y: cluster.rect.top };
        for mut walk in Cluster::image_to_paths(&cluster.to_binary_image(), PathSimplifyMode::None) {
            walk.offset(&origin);
            let points: Vec<Point> = sides(&walk, &area).map(|side| scene.crossing(side)).collect();
            chains.push(softened(&softened(&points)));
        }
    }
    chains
}

/// Share of the edges that are edges and no soft passages.
pub(crate) fn crispness(picture: &Picture, ground: &Ground, fills: &[Color], regions: &Regions) -> f64 {
    let scene = Scene { picture, ground, fills, regions };
    let (mut all, mut crisp) = (0, 0);
    let pixels = (0..regions.height as i32).flat_map(|y| (0..regions.width as i32).map(move |x| (x, y)));
    let sides = pixels.flat_map(|(x, y)| [((x, y), (x + 1, y)), ((x, y), (x, y + 1))]);
    let sides = sides.filter(|(one, other)| {
        let is_in = other.0 < regions.width as i32 && other.1 < regions.height as i32;
        is_in && regions.class(one.0, one.1) != regions.class(other.0, other.1)
    });
    for (inside, outside) in sides.step_by(STRIDE) {
        all += 1;
        let (dx, dy) = (outside.0 - inside.0, outside.1 - inside.1);
        let far = |from: (i32, i32), by: i32| (from.0 + by * dx, from.1 + by * dy);
        let here = |place: (i32, i32)| picture.colors[picture.near(place.0, place.1)];
        let step = distance(here(far(inside, 1 - CRISP_PX)), here(far(outside, CRISP_PX - 1)));
        crisp += usize::from(step >= CRISP * distance(scene.color(inside), scene.color(outside)));
    }
    f64::from(crisp as u32) / f64::from(all.max(1) as u32)
}

/// The sides of pixels that a walk along straight runs goes by.
fn sides<'a>(walk: &'a PathI32, area: &'a Area) -> impl Iterator<Item = Side> + 'a {
    let corners = &walk.path;
    let next = corners.iter().cycle().skip(1);
    corners.iter().zip(next).flat_map(move |(from, to)| {
        let (dx, dy) = ((to.x - from.x).signum(), (to.y - from.y).signum());
        let length = (to.x - from.x).abs().max((to.y - from.y).abs());
        (0..length).map(move |step| {
            let (x, y) = (from.x + dx * step, from.y + dy * step);
            // The two pixels on both sides of the step.
            let [one, other] = match (dx, dy) {
                (1, _) => [(x, y - 1), (x, y)],
                (-1, _) => [(x - 1, y - 1), (x - 1, y)],
                (_, 1) => [(x - 1, y), (x, y)],
                _ => [(x - 1, y - 1), (x, y - 1)],
            };
            if area.has(one.0, one.1) {
                Side { inside: one, outside: other }
            } else {
                Side { inside: other, outside: one }
            }
        })
    })
}

struct Scene<'a> {
    picture: &'a Picture,
    ground: &'a Ground,
    fills: &'a [Color],
    regions: &'a Regions,
}

impl Scene<'_> {
    /// Where across a side the colours are half and half.
    fn crossing(&self, side: Side) -> Point {
        let colors = [self.local(side.inside, side.outside), self.local(side.outside, side.inside)];
        let (dx, dy) = (side.outside.0 - side.inside.0, side.outside.1 - side.inside.1);
        let place = |step: i32| (side.inside.0 + step * dx, side.inside.1 + step * dy);
        let shares = STEPS.map(|step| self.share(colors, place(step)));
        let crossed = STEPS.iter().zip(shares.windows(2)).find_map(|(step, pair)| {
            let slope = pair[0] - pair[1];
            let is_here = pair[0] >= 0.5 && pair[1] < 0.5 && slope >= SLOPE;
            is_here.then(|| f64::from(*step) + f64::from((pair[0] - 0.5) / slope))
        });
        let middle = |(x, y): (i32, i32)| Point::new(f64::from(x) + 0.5, f64::from(y) + 0.5);
        middle(side.inside).lerp(middle(side.outside), crossed.unwrap_or(0.5))
    }

    /// The colour of a region near to its edge: what it is a little away from the edge, if that is the same region.
    fn local(&self, own: (i32, i32), other: (i32, i32)) -> Color {
        let far = (own.0 + (own.0 - other.0) * LOCAL_PX, own.1 + (own.1 - other.1) * LOCAL_PX);
        let is_same = self.regions.class(far.0, far.1) == self.regions.class(own.0, own.1);
        if is_same { self.picture.colors[self.picture.near(far.0, far.1)] } else { self.color(own) }
    }

    /// How much of the inner of two colours a pixel has.
    fn share(&self, [inner, outer]: [Color; 2], (x, y): (i32, i32)) -> f32 {
        let across = less(inner, outer);
        let here = self.picture.colors[self.picture.near(x, y)];
        let length = dot(across, across);
        if length > 0.0 { dot(less(here, outer), across) / length } else { 0.5 }
    }

    /// The colour that a pixel has by its class.
    fn color(&self, (x, y): (i32, i32)) -> Color {
        let at = self.picture.near(x, y);
        match usize::from(self.regions.class(x, y)) {
            0 => self.ground.at(at % self.picture.width, at / self.picture.width),
            class => self.fills[class - 1],
        }
    }
}

/// Each point a little nearer to its neighbours: what is left of the pixels goes.
fn softened(points: &[Point]) -> Vec<Point> {
    let count = points.len();
    let at = |index: usize| points[index % count].to_vec2();
    (0..count)
        .map(|index| (0.25 * at(index + count - 1) + 0.5 * at(index) + 0.25 * at(index + 1)).to_point())
        .collect()
}
