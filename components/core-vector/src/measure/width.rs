//! The thinnest ink and the thinnest gap, and what is too thin for any brush.

use super::topology::{Topology, regions, topology_in};
use crate::raster::Mask;

/// The side of the mask that widths are measured on.
pub const WIDTHS_PX: u32 = 96;
/// Wider than this, in pixels of sixteen, is wide enough everywhere.
const WIDTH_MAX: f64 = 2.5;
/// One pixel, and a little for the steps of the mask.
const WIDTH_ONE: f64 = 1.02;
/// Halvings of what is left between the widths: to a twentieth of a pixel.
const STEPS: usize = 5;
/// Corners always lose a little when a shape is opened; more than this share is a part, not a corner.
const CORNER_SHARE: f64 = 0.045;
/// And one place may not lose more than this share of the brush's square, or of a pixel's.
const PLACE_SHARE: f64 = 0.9;

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
    let reach = reach(radius);
    let is_near = |d: &u16, radius: f64| f64::from(*d) < radius * radius;
    let uncored: Vec<bool> =
        distances(&bits, mask.px, false, reach).iter().map(|d| is_near(d, radius)).collect();
    let away = distances(&uncored, mask.px, true, reach);
    let far = (radius + 0.5) * (radius + 0.5);
    let lost: Vec<bool> = bits.iter().zip(&away).map(|(bit, d)| *bit && f64::from(*d) > far).collect();
    let least = ((bits.len() as f64 * SHARD_SHARE) as usize).max(1);
    regions(&lost, mask.px, true).total(least) as f64 / bits.len().max(1) as f64
}

fn thinnest(bits: &[bool], px: usize, sixteenth: f64, is_paper: bool) -> f64 {
    let shape = Shaped {
        bits,
        px,
        sixteenth,
        is_paper,
        inside: distances(bits, px, is_paper, reach(WIDTH_MAX * sixteenth / 2.0)),
        is: topology_in(bits, px, is_paper),
    };
    // A wide brush forgives a place that a narrow one loses: the narrow one is asked in any case, and first.
    let is_one = shape.survives(WIDTH_ONE * sixteenth);
    let (mut low, mut high) = if is_one { (WIDTH_ONE, WIDTH_MAX) } else { (0.0, WIDTH_ONE) };
    if is_one && shape.survives(high * sixteenth) {
        return high;
    }
    for _ in 0..STEPS {
        let middle = (low + high) / 2.0;
        if shape.survives(middle * sixteenth) { low = middle } else { high = middle }
    }
    low
}

/// How far distances matter to a brush of this radius: to its own edge, and the half pixel of grace.
fn reach(radius: f64) -> usize {
    radius.ceil() as usize + 1
}

/// Pixels with what does not change from brush to brush.
struct Shaped<'a> {
    bits: &'a [bool],
    px: usize,
    sixteenth: f64,
    is_paper: bool,
    inside: Vec<u16>,
    is: Topology,
}

impl Shaped<'_> {
    /// Whether a round brush of this width paints the same parts and holes, and nearly all of the area.
    fn survives(&self, width: f64) -> bool {
        let radius = width / 2.0;
        let uncored: Vec<bool> = self.inside.iter().map(|d| f64::from(*d) < radius * radius).collect();
        // The brush cannot reach in from beyond the edge to ink; paper goes on there.
        let away = distances(&uncored, self.px, !self.is_paper, reach(radius));
        // Half a pixel of grace: pixels are no geometry.
        let far = (radius + 0.5) * (radius + 0.5);
        let painted: Vec<bool> =
            self.bits.iter().zip(&away).map(|(bit, d)| *bit && f64::from(*d) <= far).collect();
        let at_once = |most: f64| {
            let lost: Vec<bool> =
                self.bits.iter().zip(&painted).map(|(bit, painted)| *bit && !painted).collect();
            regions(&lost, self.px, true).largest() as f64 >= most
        };
        // Both are judged against the ink: a thin slit is a small part of a large sheet.
        let size = |bits: &[bool]| bits.iter().filter(|bit| **bit).count();
        let all = size(self.bits);
        let ink = if self.is_paper { self.bits.len() - all } else { all };
        let lost = all - size(&painted);
        // Of brushes below a pixel the mask is too coarse to show single places.
        let most = PLACE_SHARE * (width * width).max(self.sixteenth * self.sixteenth);
        lost as f64 <= CORNER_SHARE * ink as f64
            && !(lost as f64 >= most && at_once(most))
            && topology_in(&painted, self.px, self.is_paper) == self.is
    }
}

/// Squared distance of every set pixel to the nearest unset one, exact as far as `reach` pixels and larger beyond it.
/// Beyond an edge that is not open all is unset.
fn distances(bits: &[bool], px: usize, open_edge: bool, reach: usize) -> Vec<u16> {
    let far = (reach + 1) as u16;
    let beyond = if open_edge { far } else { 0 };
    let mut grid: Vec<u16> = bits.iter().map(|bit| if *bit { far } else { 0 }).collect();
    for upwards in [false, true] {
        let mut before = vec![beyond; px];
        for step in 0..px {
            let y = if upwards { px - 1 - step } else { step };
            for (here, before) in grid[y * px..(y + 1) * px].iter_mut().zip(&mut before) {
                *here = (*here).min(*before + 1);
                *before = *here;
            }
        }
    }
    // Along the rows the nearest is sought as far as it matters, all steps of one length at once.
    let mut line = vec![beyond * beyond; px + 2 * reach];
    for row in grid.chunks_mut(px) {
        for (own, away) in line[reach..reach + px].iter_mut().zip(row.iter()) {
            *own = away * away;
        }
        for (at, nearest) in row.iter_mut().enumerate() {
            *nearest = line[at + reach];
        }
        for step in 1..=reach {
            let square = (step * step) as u16;
            for (nearest, other) in row.iter_mut().zip(&line[reach - step..]) {
                *nearest = (*nearest).min(other + square);
            }
            for (nearest, other) in row.iter_mut().zip(&line[reach + step..]) {
                *nearest = (*nearest).min(other + square);
            }
        }
    }
    grid
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
    fn widths_are_those_drawn() {
        // A bar of 125 units is two pixels of sixteen; a gap of 94 is one and a half.
        let bars = [form::rect(100.0, 100.0, 225.0, 900.0), form::rect(319.0, 100.0, 719.0, 900.0)];
        let found = widths(&mask(&bars));
        assert!((found.ink - 2.0).abs() < 0.2, "{found:?}");
        assert!((found.gap - 1.5).abs() < 0.2, "{found:?}");
        let edge = widths(&mask(&[form::rect(0.0, 0.0, 900.0, 62.5)]));
        assert!((edge.ink - 1.0).abs() < 0.25, "{edge:?}");
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
}
