//! Masks: how much of each pixel a drawing covers. Filled non-zero, exact across, sampled down.

use crate::{bezier, path};
use core_brand::{Drawing, FillRole};
use kurbo::{Affine, BezPath, CubicBez, ParamCurve, PathSeg, Point, Rect, Vec2};
use std::ops::Range;

/// Lines sampled in each row of pixels.
const SAMPLES: usize = 8;
/// Rows and columns of points in each pixel, for those who count points.
const POINTS: usize = 4;
/// What one point adds to the cover of its pixel.
const POINT: u16 = 16;
/// Chords on a mask may leave the curve by this much of a pixel.
const FLAT_PX: f64 = 0.05;
/// What lies on an edge is outside where the edge is above or to the left of it, and inside where it is beyond.
/// To the side by more than down, or slanted edges would run along themselves.
const NUDGE: Vec2 = Vec2::new(1e-5, 1e-7);
/// Steps between two points that those who count write and measure in, and how many of them a bend may leave the way.
const BEND_STEPS: f64 = 64.0;
const BEND_PASSED: u32 = 32;
/// They cut a curve into two chords at least, and into two to the power of this at most.
const HALVINGS_MAX: u32 = 6;

/// A square of coverages, 0 to 255, row by row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mask {
    pub px: usize,
    pub cover: Vec<u8>,
}

/// The mask of all shapes; the drawing fitted into the square and centred. Shapes that cannot be read cover nothing.
#[must_use]
pub fn mask(drawing: &Drawing, px: u32) -> Mask {
    mask_where(drawing, px, |_| true)
}

/// The mask of the shapes of some roles.
#[must_use]
pub fn mask_where(drawing: &Drawing, px: u32, wanted: impl Fn(FillRole) -> bool) -> Mask {
    mask_of(&outlines(drawing, wanted), drawing.width, drawing.height, px)
}

/// The mask of all shapes by points, as `counted_of`.
#[must_use]
pub fn counted(drawing: &Drawing, px: u32) -> Mask {
    counted_of(&outlines(drawing, |_| true), drawing.width, drawing.height, px)
}

fn outlines(drawing: &Drawing, wanted: impl Fn(FillRole) -> bool) -> Vec<BezPath> {
    let shapes = drawing.shapes.iter().filter(|shape| wanted(shape.fill));
    shapes.filter_map(|shape| path::parse(&shape.path).ok()).collect()
}

/// The mask of the ink alone: cut free, and in the middle of a square with its longer side.
#[must_use]
pub fn cut_free(drawing: &Drawing, px: u32) -> Mask {
    let paths = outlines(drawing, |_| true);
    let inked = paths.iter().filter(|path| !path.is_empty()).map(bezier::bounds);
    let ink = inked.reduce(|all, one| all.union(one)).unwrap_or_default();
    let to_origin = Affine::translate(-ink.origin().to_vec2());
    let paths: Vec<BezPath> = paths.into_iter().map(|path| to_origin * path).collect();
    mask_of(&paths, ink.width(), ink.height(), px)
}

/// The mask of paths in a box of this size.
#[must_use]
pub fn mask_of(paths: &[BezPath], width: f64, height: f64, px: u32) -> Mask {
    filled(paths, width, height, px, |path, _| bezier::polygons(path, FLAT_PX), add)
}

/// The mask as those see it who do not measure areas but count points, four rows of four in each pixel, and lay one
/// shape over another: an edge between two points moves the cover of its pixel by up to an eighth. Their chords are
/// few, and where a curve runs along a row of points a chord misses all of them: so they are cut as they cut them.
#[must_use]
pub fn counted_of(paths: &[BezPath], width: f64, height: f64, px: u32) -> Mask {
    filled(paths, width, height, px, chords_counted, count)
}

/// Closed polygons of a path in pixels, each curve cut where it turns up or down, and then halved as often as it bends.
/// Of a path that leaves the picture curves are cut where they turn aside too.
fn chords_counted(path: &BezPath, px: f64) -> Vec<Vec<Point>> {
    let is_inside = path.control_box().union(Rect::new(0.0, 0.0, px, px)) == Rect::new(0.0, 0.0, px, px);
    let follow = |contour: &Vec<PathSeg>| {
        let mut polygon = Vec::new();
        for segment in contour {
            let PathSeg::Cubic(cubic) = segment else {
                polygon.push(stepped(segment.end()));
                continue;
            };
            let parts = turned(cubic, |point| point.y);
            let aside = |part: &CubicBez| if is_inside { vec![*part] } else { turned(part, |point| point.x) };
            polygon.extend(parts.iter().flat_map(aside).flat_map(|part| halved(&part)));
        }
        polygon
    };
    let nudged = |polygon: Vec<Point>| polygon.into_iter().map(|point| point + NUDGE).collect();
    bezier::contours(path).iter().map(follow).map(nudged).collect()
}

/// Down to the steps that points are written on.
fn stepped(point: Point) -> Point {
    let step = |value: f64| (value * BEND_STEPS * POINTS as f64).floor() / (BEND_STEPS * POINTS as f64);
    Point::new(step(point.x), step(point.y))
}

/// The curve cut where it turns back along one axis.
fn turned(cubic: &CubicBez, axis: fn(Point) -> f64) -> Vec<CubicBez> {
    let [a, b, c, d] = [cubic.p0, cubic.p1, cubic.p2, cubic.p3].map(axis);
    let (square, line, start) = (d - a + 3.0 * (b - c), 2.0 * (a - 2.0 * b + c), b - a);
    let inner = line * line - 4.0 * square * start;
    let half = -0.5 * (line + inner.max(0.0).sqrt().copysign(line));
    let mut cuts = vec![0.0, half / square, start / half, 1.0];
    cuts.retain(|at| (inner >= 0.0 || *at == 0.0 || *at == 1.0) && (0.0..=1.0).contains(at));
    cuts.sort_by(f64::total_cmp);
    cuts.dedup();
    cuts.windows(2).map(|cut| cubic.subsegment(cut[0]..cut[1])).collect()
}

/// The ends of the chords of a curve: even steps, more of them the further its thirds are from the straight way.
fn halved(cubic: &CubicBez) -> impl Iterator<Item = Point> + use<> {
    let [p0, p1, p2, p3] = [cubic.p0, cubic.p1, cubic.p2, cubic.p3].map(stepped);
    let cubic = CubicBez::new(p0, p1, p2, p3);
    let scale = POINTS as f64 * BEND_STEPS;
    let bend = |of: fn(Point) -> f64| {
        let [a, b, c, d] = [cubic.p0, cubic.p1, cubic.p2, cubic.p3].map(|point| of(point) * scale);
        let thirds = [8.0 * a - 15.0 * b + 6.0 * c + d, a + 6.0 * b - 15.0 * c + 8.0 * d];
        thirds.map(|third| third.abs() / 27.0).into_iter().fold(0.0, f64::max)
    };
    let (x, y) = (bend(|point| point.x), bend(|point| point.y));
    let away = (x.max(y) + x.min(y) / 2.0) as u32;
    let left = (away + BEND_PASSED / 2) / BEND_PASSED;
    let halvings = ((u32::BITS - left.leading_zeros()) / 2 + 1).min(HALVINGS_MAX);
    let count = 1_u32 << halvings;
    (1..=count).map(move |step| stepped(cubic.eval(f64::from(step) / f64::from(count))))
}

fn filled(
    paths: &[BezPath],
    width: f64,
    height: f64,
    px: u32,
    flat: impl Fn(&BezPath, f64) -> Vec<Vec<Point>>,
    fill: impl Fn(&mut [u8], usize, &[Vec<Point>]),
) -> Mask {
    let px = px as usize;
    let side = width.max(height).max(1e-9);
    let scale = px as f64 / side;
    let (dx, dy) = ((side - width) / 2.0 * scale, (side - height) / 2.0 * scale);
    let place = Affine::new([scale, 0.0, 0.0, scale, dx, dy]);
    let mut cover = vec![0_u8; px * px];
    for path in paths {
        fill(&mut cover, px, &flat(&(place * path.clone()), px as f64));
    }
    Mask { px, cover }
}

impl Mask {
    /// Whether a pixel counts as ink: half covered or more.
    #[must_use]
    pub fn ink(&self, x: usize, y: usize) -> bool {
        self.cover.get(y * self.px + x).is_some_and(|cover| *cover >= 128)
    }

    /// The same square in pixels that are this many times as large; the side must be a multiple.
    #[must_use]
    pub fn reduced(&self, by: usize) -> Self {
        let px = self.px / by.max(1);
        let mean = |at: usize| {
            let (left, top) = (at % px * by, at / px * by);
            let lines = (top..top + by).map(|y| &self.cover[y * self.px + left..y * self.px + left + by]);
            let sum: usize = lines.flatten().map(|cover| usize::from(*cover)).sum();
            ((sum + by * by / 2) / (by * by)) as u8
        };
        Self { px, cover: (0..px * px).map(mean).collect() }
    }

    /// All pixels, ink or not.
    #[must_use]
    pub fn bits(&self) -> Vec<bool> {
        self.cover.iter().map(|cover| *cover >= 128).collect()
    }
}

/// Adds one path. Shapes that touch share a pixel without a seam, because coverages add up.
fn add(cover: &mut [u8], px: usize, polygons: &[Vec<Point>]) {
    let crossings = Crossings::of(px, SAMPLES, polygons);
    // Two more than pixels: a span may end at the right edge.
    let mut line = vec![0.0_f64; px + 2];
    for row in 0..px {
        let samples = row * SAMPLES..(row + 1) * SAMPLES;
        if crossings.are_none(samples.clone()) {
            continue;
        }
        line.fill(0.0);
        for sample in samples {
            spans(crossings.on(sample), px as f64, |from, to| spread(&mut line, from, to));
        }
        let mut amount = 0.0;
        for (pixel, difference) in cover[row * px..(row + 1) * px].iter_mut().zip(&line) {
            amount += difference;
            // Half a step up and cut off: rounding proper is a call for each pixel.
            *pixel = pixel.saturating_add((amount / SAMPLES as f64 * 255.0 + 0.5) as u8);
        }
    }
}

/// Lays one path over what is there, point by point. Sixteen points would be one more than a pixel holds, so a whole
/// row counts one less where it is the last.
fn count(cover: &mut [u8], px: usize, polygons: &[Vec<Point>]) {
    let crossings = Crossings::of(px, POINTS, polygons);
    let first = |edge: f64| (edge * POINTS as f64 - 0.5).ceil() as usize;
    let mut line = vec![0_u16; px];
    for row in 0..px {
        let samples = row * POINTS..(row + 1) * POINTS;
        if crossings.are_none(samples.clone()) {
            continue;
        }
        line.fill(0);
        for sample in samples {
            let whole = POINT * POINTS as u16 - u16::from(sample % POINTS + 1 == POINTS);
            spans(crossings.on(sample), px as f64, |from, to| {
                let (from, to) = (first(from), first(to));
                for (pixel, sum) in line.iter_mut().enumerate().take(to.div_ceil(POINTS)).skip(from / POINTS)
                {
                    let points = to.min((pixel + 1) * POINTS).saturating_sub(from.max(pixel * POINTS));
                    *sum += if points == POINTS { whole } else { POINT * points as u16 };
                }
            });
        }
        for (below, sum) in cover[row * px..(row + 1) * px].iter_mut().zip(&line) {
            let above = (*sum).min(255);
            *below = (u16::from(*below) + above - u16::from(*below) * above / 255) as u8;
        }
    }
}

/// Where polygons cross each sample line, and which way, from left to right; line after line.
struct Crossings {
    found: Vec<(f64, i32)>,
    /// Where each line starts, and behind the last where it ends.
    starts: Vec<usize>,
}

impl Crossings {
    /// So many lines in a row of pixels.
    fn of(px: usize, samples: usize, polygons: &[Vec<Point>]) -> Self {
        let lines = px * samples;
        let mut starts = vec![0; lines + 1];
        each_edge(px, samples, polygons, |_, _, _, range| range.for_each(|line| starts[line + 1] += 1));
        for line in 0..lines {
            starts[line + 1] += starts[line];
        }
        let mut found = vec![(0.0, 0); starts[lines]];
        let mut next = starts.clone();
        each_edge(px, samples, polygons, |top, bottom, way, range| {
            for line in range {
                let y = (line as f64 + 0.5) / samples as f64;
                found[next[line]] = (top.x + (bottom.x - top.x) * (y - top.y) / (bottom.y - top.y), way);
                next[line] += 1;
            }
        });
        for line in starts.windows(2) {
            found[line[0]..line[1]].sort_by(|a, b| a.0.total_cmp(&b.0));
        }
        Self { found, starts }
    }

    fn on(&self, line: usize) -> &[(f64, i32)] {
        &self.found[self.starts[line]..self.starts[line + 1]]
    }

    fn are_none(&self, lines: Range<usize>) -> bool {
        self.starts[lines.start] == self.starts[lines.end]
    }
}

/// Every edge by its upper and lower end, which way it runs, and the sample lines that it crosses.
fn each_edge(
    px: usize,
    samples: usize,
    polygons: &[Vec<Point>],
    mut meet: impl FnMut(&Point, &Point, i32, Range<usize>),
) {
    let line_of = |y: f64| (y * samples as f64 - 0.5).ceil().clamp(0.0, (px * samples) as f64) as usize;
    for polygon in polygons {
        let next = polygon.iter().cycle().skip(1);
        for (a, b) in polygon.iter().zip(next) {
            let (top, bottom, way) = if a.y < b.y { (a, b, 1) } else { (b, a, -1) };
            meet(top, bottom, way, line_of(top.y)..line_of(bottom.y));
        }
    }
}

fn spans(sample: &[(f64, i32)], width: f64, mut fill: impl FnMut(f64, f64)) {
    let mut winding = 0;
    for pair in sample.windows(2) {
        winding += pair[0].1;
        if winding != 0 {
            fill(pair[0].0.clamp(0.0, width), pair[1].0.clamp(0.0, width));
        }
    }
}

/// Adds a span to a line of differences: every pixel has the sum of all differences up to it.
fn spread(line: &mut [f64], from: f64, to: f64) {
    for (edge, sign) in [(from, 1.0), (to, -1.0)] {
        let pixel = edge.floor();
        let share = edge - pixel;
        line[pixel as usize] += sign * (1.0 - share);
        line[pixel as usize + 1] += sign * share;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form;
    use core_brand::Shape;

    fn drawing(paths: &[&str]) -> Drawing {
        let shapes = paths.iter().map(|d| Shape { fill: FillRole::Mark, path: (*d).to_owned() }).collect();
        Drawing { width: 4.0, height: 4.0, shapes }
    }

    #[test]
    fn covers_pixels_by_area() {
        let mask = mask(&drawing(&["M1 1L2.5 1L2.5 3L1 3Z"]), 4);
        assert_eq!(&mask.cover[4..8], [0, 255, 128, 0]);
        assert_eq!(&mask.cover[12..16], [0, 0, 0, 0]);
    }

    #[test]
    fn fills_non_zero_and_without_seams() {
        let twice = "M0 0L4 0L4 4L0 4ZM1 1L3 1L3 3L1 3Z";
        assert!(mask(&drawing(&[twice]), 4).cover.iter().all(|cover| *cover == 255));
        let hole = "M0 0L4 0L4 4L0 4ZM1 1L1 3L3 3L3 1Z";
        assert_eq!(mask(&drawing(&[hole]), 4).cover[5], 0);
        let halves = ["M0 0L1.5 0L1.5 4L0 4Z", "M1.5 0L4 0L4 4L1.5 4Z"];
        assert!(mask(&drawing(&halves), 4).cover.iter().all(|cover| *cover >= 254));
    }

    #[test]
    fn points_are_counted_and_shapes_laid_over_each_other() {
        // Edges at a tenth of a pixel: no point in between, so the cover is that of whole quarters.
        let bar = counted(&drawing(&["M1.1 1L2.6 1L2.6 3L1.1 3Z"]), 4);
        assert_eq!(&bar.cover[4..8], [0, 255, 128, 0]);
        let twice = "M0 0L2 0L2 4L0 4ZM0 0L2 0L2 4L0 4Z";
        assert_eq!(&counted(&drawing(&[twice]), 4).cover[..4], [255, 255, 0, 0]);
        let halves = ["M0 0L1.5 0L1.5 4L0 4Z", "M1.5 0L4 0L4 4L1.5 4Z"];
        assert_eq!(counted(&drawing(&halves), 4).cover[1], 192);
    }

    #[test]
    fn a_reduced_mask_is_that_of_larger_pixels() {
        let disc = [form::circle(Point::new(50.0, 47.0), 40.0)];
        let (large, small) = (mask_of(&disc, 100.0, 100.0, 96).reduced(6), mask_of(&disc, 100.0, 100.0, 16));
        assert!(large.cover.iter().zip(&small.cover).all(|(a, b)| a.abs_diff(*b) <= 8));
    }

    #[test]
    fn a_disc_has_its_area() {
        let disc = mask_of(&[form::circle(Point::new(50.0, 50.0), 40.0)], 100.0, 100.0, 100);
        let area: f64 = disc.cover.iter().map(|cover| f64::from(*cover) / 255.0).sum();
        assert!((area - 5026.5).abs() < 6.0, "{area}");
    }
}
