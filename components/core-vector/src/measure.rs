//! What can be measured about a mark without asking anybody.

use crate::raster::{self, Mask};
use crate::{bezier, path};
use core_brand::Drawing;

/// The side of the mask that widths are measured on.
pub const WIDTHS_PX: u32 = 96;
/// The side at which all parts and holes of a drawing are there.
const LARGE_PX: u32 = 192;
/// Wider than this, in pixels of sixteen, is wide enough everywhere.
const WIDTH_MAX: f64 = 2.5;
/// Corners always lose a little when a shape is opened; more than this share is a part, not a corner.
const CORNER_SHARE: f64 = 0.045;
/// Parts smaller than this share of the square are corners of pixels.
const SPECK_SHARE: f64 = 0.0006;

/// Share of the square that is ink.
#[must_use]
pub fn coverage(mask: &Mask) -> f64 {
    let sum: u64 = mask.cover.iter().map(|cover| u64::from(*cover)).sum();
    sum as f64 / 255.0 / mask.cover.len().max(1) as f64
}

/// Distance from the middle of the ink to the middle of the square, in diagonals.
#[must_use]
pub fn imbalance(mask: &Mask) -> f64 {
    let (mut x, mut y, mut all) = (0.0, 0.0, 0.0);
    for (at, cover) in mask.cover.iter().enumerate() {
        let weight = f64::from(*cover);
        x += weight * ((at % mask.px) as f64 + 0.5);
        y += weight * ((at / mask.px) as f64 + 0.5);
        all += weight;
    }
    if all == 0.0 {
        return 1.0;
    }
    let half = mask.px as f64 / 2.0;
    let (dx, dy) = (x / all - half, y / all - half);
    (dx * dx + dy * dy).sqrt() / (2.0_f64.sqrt() * mask.px as f64)
}

/// Parts of ink and holes in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Topology {
    pub parts: usize,
    pub holes: usize,
}

/// Parts touch over corners, holes only over sides. Specks do not count.
#[must_use]
pub fn topology(mask: &Mask) -> Topology {
    topology_of(&mask.bits(), mask.px)
}

/// How much two masks have in common: shared ink over all ink.
#[must_use]
pub fn overlap(one: &Mask, other: &Mask) -> f64 {
    let (mut both, mut either) = (0_u64, 0_u64);
    for (a, b) in one.cover.iter().zip(&other.cover) {
        both += u64::from(*a.min(b));
        either += u64::from(*a.max(b));
    }
    if either == 0 { 1.0 } else { both as f64 / either as f64 }
}

/// Widths in pixels of a 16-pixel square.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Widths {
    pub ink: f64,
    pub gap: f64,
}

/// The thinnest part and the thinnest gap: the widest brush that loses neither a part nor much of the whole.
#[must_use]
pub fn widths(mask: &Mask) -> Widths {
    let bits = mask.bits();
    // Paper goes on around the square, as far as the widest brush reaches.
    let room = mask.px / 12 + 2;
    let px = mask.px + 2 * room;
    let mut paper = vec![true; px * px];
    for (row, line) in bits.chunks(mask.px).enumerate() {
        let start = (row + room) * px + room;
        for (free, ink) in paper[start..start + mask.px].iter_mut().zip(line) {
            *free = !ink;
        }
    }
    let sixteenth = mask.px as f64 / 16.0;
    Widths { ink: thinnest(&bits, mask.px, sixteenth, false), gap: thinnest(&paper, px, sixteenth, true) }
}

/// The brush that shards are sought with, in pixels of a 16-pixel square.
const SHARD_BRUSH: f64 = 0.9;
/// Less than this share of the square is a corner that is meant, not a shard.
const SHARD_SHARE: f64 = 0.0008;

/// Share of the square that lies in points and slivers too thin for a brush: calm marks have next to none.
#[must_use]
pub fn shards(mask: &Mask) -> f64 {
    let bits = mask.bits();
    let radius = SHARD_BRUSH * mask.px as f64 / 32.0;
    let uncored: Vec<bool> = distances(&bits, mask.px, false).iter().map(|d| *d < radius * radius).collect();
    let reach = distances(&uncored, mask.px, false);
    let far = (radius + 0.5) * (radius + 0.5);
    let lost: Vec<bool> = bits.iter().zip(&reach).map(|(bit, d)| *bit && *d > far).collect();
    let least = ((bits.len() as f64 * SHARD_SHARE) as usize).max(1);
    regions(&lost, mask.px, true).total(least) as f64 / bits.len().max(1) as f64
}

/// Perimeter squared over the area, 1 for a disc.
#[must_use]
pub fn complexity(drawing: &Drawing) -> f64 {
    let (mut perimeter, mut area) = (0.0, 0.0);
    for path in drawing.shapes.iter().filter_map(|shape| path::parse(&shape.path).ok()) {
        area += bezier::area(&path).abs();
        for polygon in bezier::polygons(&path, bezier::FLAT) {
            let next = polygon.iter().cycle().skip(1);
            perimeter += polygon.iter().zip(next).map(|(a, b)| (*b - *a).hypot2().sqrt()).sum::<f64>();
        }
    }
    if area > 0.0 { perimeter * perimeter / (4.0 * std::f64::consts::PI * area) } else { f64::INFINITY }
}

/// Lines and curves of all shapes.
#[must_use]
pub fn segments(drawing: &Drawing) -> usize {
    let paths = drawing.shapes.iter().filter_map(|shape| path::parse(&shape.path).ok());
    paths.map(|path| bezier::segments(&path)).sum()
}

/// The best match of the mask with itself mirrored or turned.
#[must_use]
pub fn symmetry(mask: &Mask) -> f64 {
    let last = mask.px - 1;
    let turned = |from: &dyn Fn(usize, usize) -> (usize, usize)| {
        let at = |index: usize| from(index % mask.px, index / mask.px);
        let cover = (0..mask.cover.len()).map(at).map(|(x, y)| mask.cover[y * mask.px + x]).collect();
        overlap(mask, &Mask { px: mask.px, cover })
    };
    let ways: [&dyn Fn(usize, usize) -> (usize, usize); 5] = [
        &|x, y| (last - x, y),
        &|x, y| (x, last - y),
        &|x, y| (y, x),
        &|x, y| (last - y, last - x),
        &|x, y| (last - x, last - y),
    ];
    ways.into_iter().map(turned).fold(0.0, f64::max)
}

/// The smallest of these sides at which parts and holes are those of the large drawing.
#[must_use]
pub fn smallest_side(drawing: &Drawing, sides: &[u32]) -> Option<u32> {
    let large = topology(&raster::mask(drawing, LARGE_PX));
    sides.iter().copied().find(|side| topology(&raster::mask(drawing, *side)) == large)
}

fn thinnest(bits: &[bool], px: usize, sixteenth: f64, is_paper: bool) -> f64 {
    let shape = Shaped {
        bits,
        px,
        is_paper,
        inside: distances(bits, px, is_paper),
        is: topology_in(bits, px, is_paper),
    };
    let (mut low, mut high) = (0.0, WIDTH_MAX);
    if shape.survives(high * sixteenth) {
        return high;
    }
    for _ in 0..5 {
        let middle = (low + high) / 2.0;
        if shape.survives(middle * sixteenth) { low = middle } else { high = middle }
    }
    low
}

/// Pixels with what does not change from brush to brush.
struct Shaped<'a> {
    bits: &'a [bool],
    px: usize,
    is_paper: bool,
    inside: Vec<f64>,
    is: Topology,
}

impl Shaped<'_> {
    /// Whether a round brush of this width paints the same parts and holes, and nearly all of the area.
    fn survives(&self, width: f64) -> bool {
        let radius = width / 2.0;
        let uncored: Vec<bool> = self.inside.iter().map(|d| *d < radius * radius).collect();
        let reach = distances(&uncored, self.px, false);
        // Half a pixel of grace: pixels are no geometry.
        let far = (radius + 0.5) * (radius + 0.5);
        let painted: Vec<bool> = self.bits.iter().zip(&reach).map(|(bit, d)| *bit && *d <= far).collect();
        // Both are judged against the ink: a thin slit is a small part of a large sheet.
        let size = |bits: &[bool]| bits.iter().filter(|bit| **bit).count();
        let all = size(self.bits);
        let ink = if self.is_paper { self.bits.len() - all } else { all };
        let lost = all - size(&painted);
        lost as f64 <= CORNER_SHARE * ink as f64 && topology_in(&painted, self.px, self.is_paper) == self.is
    }
}

fn topology_in(bits: &[bool], px: usize, is_paper: bool) -> Topology {
    if is_paper {
        topology_of(&bits.iter().map(|bit| !bit).collect::<Vec<_>>(), px)
    } else {
        topology_of(bits, px)
    }
}

/// Squared distance of every set pixel to the nearest unset one; beyond an edge that is not open all is unset.
fn distances(bits: &[bool], px: usize, open_edge: bool) -> Vec<f64> {
    let far = (4 * px * px) as f64;
    let mut grid: Vec<f64> = bits.iter().map(|bit| if *bit { far } else { 0.0 }).collect();
    // Down and up the columns it is enough to count; only rows need the envelope.
    let start = if open_edge { f64::INFINITY } else { 0.0 };
    for x in 0..px {
        for upwards in [false, true] {
            let mut away = start;
            for step in 0..px {
                let y = if upwards { px - 1 - step } else { step };
                let here = &mut grid[y * px + x];
                away = if *here == 0.0 { 0.0 } else { away + 1.0 };
                *here = here.min(away * away);
            }
        }
    }
    let mut scratch = Envelope::new(px);
    for row in grid.chunks_mut(px) {
        scratch.run(row, open_edge);
    }
    grid
}

/// The lower envelope of parabolas, one line at a time.
struct Envelope {
    values: Vec<f64>,
    at: Vec<i64>,
    from: Vec<f64>,
}

impl Envelope {
    fn new(px: usize) -> Self {
        Self { values: vec![0.0; px + 2], at: vec![0; px + 2], from: vec![0.0; px + 3] }
    }

    fn run(&mut self, line: &mut [f64], open_edge: bool) {
        let edge = if open_edge { f64::INFINITY } else { 0.0 };
        let count = line.len() + 2;
        self.values[0] = edge;
        self.values[count - 1] = edge;
        self.values[1..count - 1].copy_from_slice(line);
        let mut top: usize = 0;
        let first = usize::from(open_edge);
        let last = if open_edge { count - 1 } else { count };
        self.at[0] = first as i64;
        self.from[0] = f64::NEG_INFINITY;
        self.from[1] = f64::INFINITY;
        for q in first + 1..last {
            let mut cross = self.cross(q, top);
            while cross <= self.from[top] {
                top -= 1;
                cross = self.cross(q, top);
            }
            top += 1;
            self.at[top] = q as i64;
            self.from[top] = cross;
            self.from[top + 1] = f64::INFINITY;
        }
        let mut now = 0;
        for (index, value) in line.iter_mut().enumerate() {
            let x = (index + 1) as f64;
            while self.from[now + 1] < x {
                now += 1;
            }
            let away = x - self.at[now] as f64;
            *value = away * away + self.values[self.at[now] as usize];
        }
    }

    fn cross(&self, q: usize, top: usize) -> f64 {
        let p = self.at[top] as usize;
        let (a, b) = (p as f64, q as f64);
        ((self.values[q] + b * b) - (self.values[p] + a * a)) / (2.0 * b - 2.0 * a)
    }
}

fn topology_of(bits: &[bool], px: usize) -> Topology {
    let paper: Vec<bool> = bits.iter().map(|ink| !ink).collect();
    let (parts, _) = count_parts(bits, px, true);
    let (grounds, at_edge) = count_parts(&paper, px, false);
    Topology { parts, holes: grounds - at_edge }
}

/// Connected regions larger than a speck, and how many of them touch the edge.
fn count_parts(bits: &[bool], px: usize, over_corners: bool) -> (usize, usize) {
    regions(bits, px, over_corners).count(((bits.len() as f64 * SPECK_SHARE) as usize).max(1))
}

/// Connected regions: rows are cut into runs, and runs that meet are joined.
fn regions(bits: &[bool], px: usize, over_corners: bool) -> Regions {
    let reach = usize::from(over_corners);
    let mut regions = Regions::default();
    let (mut above, mut here): (Vec<Run>, Vec<Run>) = (Vec::new(), Vec::new());
    for (y, row) in bits.chunks(px).enumerate() {
        here.clear();
        let mut x = 0;
        while let Some(start) = row[x..].iter().position(|bit| *bit).map(|ahead| x + ahead) {
            let end = row[start..].iter().position(|bit| !bit).map_or(px, |ahead| start + ahead);
            let at_edge = y == 0 || y + 1 == px || start == 0 || end == px;
            let region = regions.add(end - start, at_edge);
            for run in above.iter().filter(|run| run.start < end + reach && start < run.end + reach) {
                regions.join(region, run.region);
            }
            here.push(Run { start, end, region });
            x = end;
        }
        std::mem::swap(&mut above, &mut here);
    }
    regions
}

/// Set pixels of one row, from start to before the end.
struct Run {
    start: usize,
    end: usize,
    region: usize,
}

/// Regions that may turn out to be one.
#[derive(Default)]
struct Regions {
    parents: Vec<usize>,
    sizes: Vec<usize>,
    at_edge: Vec<bool>,
}

impl Regions {
    fn add(&mut self, size: usize, at_edge: bool) -> usize {
        self.parents.push(self.parents.len());
        self.sizes.push(size);
        self.at_edge.push(at_edge);
        self.parents.len() - 1
    }

    fn root(&mut self, mut region: usize) -> usize {
        while self.parents[region] != region {
            self.parents[region] = self.parents[self.parents[region]];
            region = self.parents[region];
        }
        region
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        if one != other {
            self.parents[one] = other;
            self.sizes[other] += self.sizes[one];
            self.at_edge[other] |= self.at_edge[one];
        }
    }

    /// Pixels in regions of at least this size.
    fn total(&self, least: usize) -> usize {
        let roots = (0..self.parents.len()).filter(|at| self.parents[*at] == *at);
        roots.map(|at| self.sizes[at]).filter(|size| *size >= least).sum()
    }

    /// Regions of at least this size, and those of them that touch the edge.
    fn count(&self, least: usize) -> (usize, usize) {
        let roots = (0..self.parents.len()).filter(|at| self.parents[*at] == *at && self.sizes[*at] >= least);
        roots.fold((0, 0), |(all, edge), at| (all + 1, edge + usize::from(self.at_edge[at])))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form;
    use crate::raster::mask_of;
    use kurbo::{BezPath, Point};

    fn mask(paths: &[BezPath]) -> Mask {
        mask_of(paths, 1000.0, 1000.0, WIDTHS_PX)
    }

    #[test]
    fn counts_parts_and_holes() {
        let ring = form::ring(Point::new(300.0, 500.0), 250.0, 100.0);
        let dot = form::circle(Point::new(800.0, 500.0), 100.0);
        assert_eq!(topology(&mask(&[ring, dot])), Topology { parts: 2, holes: 1 });
        assert_eq!(topology(&mask(&[])), Topology { parts: 0, holes: 0 });
    }

    #[test]
    fn widths_are_those_drawn() {
        // A bar of 125 units is two pixels of sixteen; a gap of 94 is one and a half.
        let bars = [form::rect(100.0, 100.0, 225.0, 900.0), form::rect(319.0, 100.0, 719.0, 900.0)];
        let found = widths(&mask(&bars));
        assert!((found.ink - 2.0).abs() < 0.2, "{found:?}");
        assert!((found.gap - 1.5).abs() < 0.2, "{found:?}");
        let disc = widths(&mask(&[form::circle(Point::new(500.0, 500.0), 450.0)]));
        assert!(disc.ink >= WIDTH_MAX && disc.gap >= WIDTH_MAX, "{disc:?}");
    }

    #[test]
    fn shards_are_thin_ends_not_corners() {
        let square = form::rect(100.0, 100.0, 900.0, 900.0);
        assert!(shards(&mask(&[square])) < 1e-9);
        let corners = [(100.0, 850.0), (900.0, 850.0), (900.0, 600.0)].map(Point::from);
        assert!(shards(&mask(&[form::polygon(&corners)])) > 0.001);
    }

    #[test]
    fn balance_and_coverage() {
        let centred = mask(&[form::circle(Point::new(500.0, 500.0), 300.0)]);
        assert!(imbalance(&centred) < 1e-3);
        assert!((coverage(&centred) - 0.2827).abs() < 1e-3);
        assert!(imbalance(&mask(&[form::circle(Point::new(300.0, 500.0), 200.0)])) > 0.1);
        assert!((imbalance(&mask(&[])) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn sees_likeness_and_symmetry() {
        let (a, b) = (form::rect(0.0, 0.0, 1000.0, 500.0), form::rect(0.0, 0.0, 500.0, 1000.0));
        assert!((overlap(&mask(std::slice::from_ref(&a)), &mask(&[b])) - 1.0 / 3.0).abs() < 0.01);
        assert!(symmetry(&mask(&[a])) > 0.99);
        let corner = form::polygon(&[(100.0, 100.0), (900.0, 200.0), (300.0, 700.0)].map(Point::from));
        assert!(symmetry(&mask(&[corner])) < 0.95);
    }
}
