//! An opening in a line that runs around something: its ends are square to the line or round, and never at a corner.

use crate::art::MIDDLE;
use core_vector::form::{self, Cap};
use core_vector::offset::{self, Corner};
use core_vector::transform::direction;
use core_vector::{bezier, combine};
use kurbo::{BezPath, Line, PathSeg, Point};

/// Between the points that a line is walked along.
const STEP: f64 = 16.0;
/// A line that turns more at once, in degrees, has a corner there.
const CORNER_MIN: f64 = 18.0;
/// Lines are flattened to this before they are walked along.
const TOLERANCE: f64 = 0.6;

/// Where a line opens, seen from the middle, and how wide.
#[derive(Clone, Copy, Debug)]
pub(super) struct Door {
    pub degrees: f64,
    pub length: f64,
    pub cap: Cap,
}

/// The ring of this width with the door in it; `middle` runs along its middle. Closed where no place is smooth enough.
pub(super) fn opened(ring: &BezPath, middle: &BezPath, width: f64, door: Door) -> BezPath {
    let Some(way) = way(middle, width, door) else { return ring.clone() };
    let lines: Vec<PathSeg> = way.windows(2).map(|pair| PathSeg::Line(Line::new(pair[0], pair[1]))).collect();
    let cut = combine::subtract(ring, &[offset::stroke(&lines, 1.5 * width, Corner::Sharp, Cap::Flat)]);
    if door.cap == Cap::Flat {
        return cut;
    }
    let mut parts = vec![cut];
    parts.extend([way.first(), way.last()].into_iter().flatten().map(|end| form::circle(*end, width / 2.0)));
    combine::union(&parts)
}

/// The piece of the line that is taken out: as near as can be to where the door is wanted.
fn way(middle: &BezPath, width: f64, door: Door) -> Option<Vec<Point>> {
    let polygons = bezier::polygons(middle, TOLERANCE);
    let longest = polygons.into_iter().max_by(|a, b| length(a).total_cmp(&length(b)))?;
    let line = walked(&longest);
    let count = line.len();
    let spare = if door.cap == Cap::Round { width } else { 0.0 };
    let half = ((door.length + spare) / STEP / 2.0).round() as usize;
    // The ends need a straight piece of their own.
    let reach = half + (1.6 * width / STEP).ceil() as usize;
    if 2 * reach + 2 >= count {
        return None;
    }
    let wanted = direction(door.degrees);
    let facing = |at: &usize| {
        let from = line[*at] - MIDDLE;
        from.dot(wanted) / from.hypot2().sqrt().max(1.0)
    };
    let first = (0..count).max_by(|a, b| facing(a).total_cmp(&facing(b)))?;
    let at = |index: usize, by: isize| line[(index as isize + by).rem_euclid(count as isize) as usize];
    let is_smooth = |index: &usize| {
        (-(reach as isize)..=reach as isize).all(|by| {
            let (before, after) = (at(*index, by) - at(*index, by - 1), at(*index, by + 1) - at(*index, by));
            libm::atan2(before.cross(after), before.dot(after)).to_degrees().abs() < CORNER_MIN
        })
    };
    let near = (0..count / 2).flat_map(|by| [first + by, first + count - by]).map(|index| index % count);
    let found = near.into_iter().find(is_smooth)?;
    Some((-(half as isize)..=half as isize).map(|by| at(found, by)).collect())
}

fn length(polygon: &[Point]) -> f64 {
    polygon.windows(2).map(|pair| (pair[1] - pair[0]).hypot2().sqrt()).sum()
}

/// Points along a closed polygon, no two further apart than a step; its corners are among them.
fn walked(polygon: &[Point]) -> Vec<Point> {
    let count = polygon.len();
    let mut line = Vec::new();
    for at in 0..count {
        let (from, to) = (polygon[at], polygon[(at + 1) % count]);
        let steps = ((to - from).hypot2().sqrt() / STEP).ceil();
        line.extend((0..steps as usize).map(|step| from.lerp(to, step as f64 / steps)));
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A frame is opened beside its corner and not across it, so what is left has the ends of a bar.
    #[test]
    fn a_door_keeps_away_from_corners() {
        let square = |inset: f64| form::rect(inset, inset, 1000.0 - inset, 1000.0 - inset);
        let ring = combine::subtract(&square(0.0), &[square(80.0)]);
        let door = Door { degrees: 45.0, length: 200.0, cap: Cap::Flat };
        let open = opened(&ring, &square(40.0), 80.0, door);
        assert_eq!(bezier::contours(&open).len(), 1);
        let taken = bezier::area(&ring).abs() - bezier::area(&open).abs();
        assert!((taken - 80.0 * 200.0).abs() < 80.0 * 1.2 * STEP, "{taken}");
        let corner = form::rect(900.0, 900.0, 1000.0, 1000.0);
        let kept = bezier::area(&combine::intersect(&open, &corner)).abs();
        let whole = bezier::area(&combine::intersect(&ring, &corner)).abs();
        assert!((kept - whole).abs() < 1.0, "{kept} of {whole}");
        let small = form::ring(MIDDLE, 90.0, 40.0);
        assert_eq!(opened(&small, &form::circle(MIDDLE, 65.0), 50.0, Door { length: 900.0, ..door }), small);
    }
}
