//! Lines of one width: straight pieces and the arcs between them, outlined with as few nodes as there are turns.

use core_vector::form::{self, Cap};
use kurbo::{BezPath, Point, Vec2};

/// Mitres reach no further out than this many half widths; sharper corners become round.
const MITRE_MAX: f64 = 2.6;

/// A line through these points, each with the radius of the arc that replaces its corner.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    knees: Vec<(Point, f64)>,
    closed: bool,
}

impl Line {
    /// A line that ends where it starts is closed.
    #[must_use]
    pub(crate) fn new(knees: &[(Point, f64)]) -> Self {
        let closed = match (knees.first(), knees.last()) {
            (Some(first), Some(last)) if knees.len() > 3 => (first.0 - last.0).hypot2() < 1e-6,
            _ => false,
        };
        let count = knees.len() - usize::from(closed);
        Self { knees: knees[..count].to_vec(), closed }
    }

    #[must_use]
    pub(crate) fn is_closed(&self) -> bool {
        self.closed
    }

    #[must_use]
    pub(crate) fn knees(&self) -> &[(Point, f64)] {
        &self.knees
    }

    /// The same line through other knees.
    #[must_use]
    pub(crate) fn with(&self, knees: Vec<(Point, f64)>) -> Self {
        Self { knees, closed: self.closed }
    }

    /// Moved and scaled; radii with it.
    #[must_use]
    pub(crate) fn placed(&self, scale: f64, at: Vec2) -> Self {
        let place =
            |(point, radius): &(Point, f64)| ((scale * point.to_vec2() + at).to_point(), radius * scale);
        Self { knees: self.knees.iter().map(place).collect(), closed: self.closed }
    }

    /// The same line, the other way.
    #[must_use]
    pub(crate) fn turned(&self) -> Self {
        Self { knees: self.knees.iter().rev().copied().collect(), closed: self.closed }
    }

    /// The last point of an open line and the way it is going.
    #[must_use]
    pub(crate) fn exit(&self) -> Option<(Point, Vec2)> {
        let [.., before, last] = self.knees[..] else { return None };
        (!self.closed).then(|| (last.0, unit(last.0 - before.0)))
    }

    /// The same line, going on through these points; its old end becomes a corner of this radius.
    #[must_use]
    pub(crate) fn going_on(&self, radius: f64, further: &[(Point, f64)]) -> Self {
        let mut knees = self.knees.clone();
        if let Some(last) = knees.last_mut() {
            last.1 = radius;
        }
        knees.extend_from_slice(further);
        Self { knees, closed: false }
    }

    /// The same line, its end taken back by this much; `None` where its last straight piece is too short for that.
    #[must_use]
    pub(crate) fn shorter(&self, by: f64) -> Option<Self> {
        let (end, way) = self.exit()?;
        let at = self.knees.len() - 1;
        let straight = (end - self.knees[at - 1].0).hypot2().sqrt() - self.cut(at - 1);
        let mut knees = self.knees.clone();
        knees[at].0 = end - by * way;
        (straight > by).then_some(Self { knees, closed: false })
    }

    /// The same line, each free end further out by this much.
    #[must_use]
    pub(crate) fn longer(&self, by: f64) -> Self {
        let mut all = self.clone();
        if let (false, [first, second, .., before, last]) = (self.closed, &self.knees[..]) {
            let count = all.knees.len();
            all.knees[0].0 -= by * unit(second.0 - first.0);
            all.knees[count - 1].0 += by * unit(last.0 - before.0);
        } else if let (false, [first, last]) = (self.closed, &self.knees[..]) {
            let way = unit(last.0 - first.0);
            all.knees[0].0 -= by * way;
            all.knees[1].0 += by * way;
        }
        all
    }

    /// The parallel line, this far to the left of its way.
    #[must_use]
    pub(crate) fn beside(&self, by: f64) -> Self {
        let knee = |at: usize| {
            let (point, radius) = self.knees[at];
            match (self.heading_in(at), self.heading_out(at)) {
                (Some(u), Some(v)) => {
                    let (a, b) = (left(u), left(v));
                    let turn = if u.cross(v) > 0.0 { 1.0 } else { -1.0 };
                    let straight = u.cross(v).abs() < 1e-6;
                    let out = point + by / (1.0 + a.dot(b)).max(0.08) * (a + b);
                    (out, if straight { 0.0 } else { (radius + turn * by).max(0.0) })
                }
                (Some(way), None) | (None, Some(way)) => (point + by * left(way), 0.0),
                (None, None) => (point, 0.0),
            }
        };
        Self { knees: (0..self.knees.len()).map(knee).collect(), closed: self.closed }
    }

    /// The outline of the line with this width.
    #[must_use]
    pub(crate) fn band(&self, width: f64, cap: Cap) -> BezPath {
        let eased = self.eased(width / 2.0);
        let (one, other) = (eased.beside(width / 2.0), eased.beside(-width / 2.0));
        let mut path = BezPath::new();
        if self.closed {
            one.trace(&mut path, false);
            path.close_path();
            other.trace(&mut path, true);
            path.close_path();
            return path;
        }
        one.trace(&mut path, false);
        self.cap(&mut path, width, cap, true);
        other.trace(&mut path, true);
        self.cap(&mut path, width, cap, false);
        path.close_path();
        path
    }

    /// Corners too sharp for a mitre get the least arc.
    fn eased(&self, half: f64) -> Self {
        let mut all = self.clone();
        for at in 0..all.knees.len() {
            if let (Some(u), Some(v)) = (self.heading_in(at), self.heading_out(at)) {
                let reach = (2.0 / (1.0 + u.dot(v)).max(1e-6)).sqrt();
                if reach > MITRE_MAX && all.knees[at].1 <= 0.0 {
                    all.knees[at].1 = half * 0.3;
                }
            }
        }
        all
    }

    fn cap(&self, path: &mut BezPath, width: f64, cap: Cap, at_end: bool) {
        let Some((first, last)) = self.knees.first().zip(self.knees.last()) else { return };
        let ends = self.heading_in(self.knees.len() - 1).zip(self.heading_out(0));
        if let (Cap::Round, Some((end, start))) = (cap, ends) {
            let (center, way) = if at_end { (last.0, end) } else { (first.0, -start) };
            let side = left(way);
            let degrees = libm::atan2(side.y, side.x).to_degrees();
            form::arc_to(path, center, width / 2.0, degrees, degrees + 180.0);
        }
    }

    /// Draws the line itself, forwards or backwards, its corners as arcs.
    fn trace(&self, path: &mut BezPath, backwards: bool) {
        let count = self.knees.len();
        let order: Vec<usize> = if backwards { (0..count).rev().collect() } else { (0..count).collect() };
        let mut is_first = self.closed || !backwards;
        let mut go = |path: &mut BezPath, to: Point| {
            if is_first {
                path.move_to(to);
            } else {
                path.line_to(to);
            }
            is_first = false;
        };
        for at in order {
            let (point, radius) = self.knees[at];
            let cut = self.cut(at);
            let ways = self.heading_in(at).zip(self.heading_out(at));
            let Some((mut u, mut v)) = ways.filter(|_| cut > 1e-6 && radius > 0.0) else {
                go(path, point);
                continue;
            };
            if backwards {
                (u, v) = (-v, -u);
            }
            go(path, point - cut * u);
            let turn = if u.cross(v) > 0.0 { 1.0 } else { -1.0 };
            // The arc's own radius follows from the room it got.
            let radius = cut / half_turn(u, v);
            let center = point - cut * u - turn * radius * left(u);
            let from = turn * left(u);
            let degrees = libm::atan2(from.y, from.x).to_degrees();
            let turned = 2.0 * libm::atan(half_turn(u, v)).to_degrees();
            form::arc_to(path, center, radius, degrees, degrees + turn * turned);
        }
    }

    /// How far before and after a corner its arc runs: what the radius asks, or the room there is.
    fn cut(&self, at: usize) -> f64 {
        let wanted = |at: usize| match (self.heading_in(at), self.heading_out(at)) {
            (Some(u), Some(v)) => self.knees[at].1 * half_turn(u, v),
            _ => 0.0,
        };
        let count = self.knees.len();
        let own = wanted(at);
        let room = |to: usize| {
            let length = (self.knees[to].0 - self.knees[at].0).hypot2().sqrt();
            own * (length / (own + wanted(to)).max(1e-9)).min(1.0)
        };
        let before = if at > 0 || self.closed { room((at + count - 1) % count) } else { 0.0 };
        let after = if at + 1 < count || self.closed { room((at + 1) % count) } else { 0.0 };
        before.min(after)
    }

    fn heading_in(&self, at: usize) -> Option<Vec2> {
        let count = self.knees.len();
        let before = if at > 0 { at - 1 } else { count - 1 };
        (at > 0 || self.closed).then(|| unit(self.knees[at].0 - self.knees[before].0))
    }

    fn heading_out(&self, at: usize) -> Option<Vec2> {
        let count = self.knees.len();
        (at + 1 < count || self.closed).then(|| unit(self.knees[(at + 1) % count].0 - self.knees[at].0))
    }
}

/// The tangent of half of the angle that a line turns by.
fn half_turn(u: Vec2, v: Vec2) -> f64 {
    let cosine = u.dot(v).clamp(-1.0, 1.0);
    ((1.0 - cosine) / (1.0 + cosine).max(1e-9)).sqrt()
}

fn left(way: Vec2) -> Vec2 {
    Vec2::new(way.y, -way.x)
}

fn unit(way: Vec2) -> Vec2 {
    way / way.hypot2().sqrt().max(1e-9)
}

/// Several lines as one outline.
#[must_use]
pub(crate) fn bands(lines: &[Line], width: f64, cap: Cap) -> BezPath {
    let parts: Vec<BezPath> = lines.iter().map(|line| line.band(width, cap)).collect();
    core_vector::combine::union(&parts)
}

/// A move of lines into the square: `scale` and then an offset so that their box of this size stands in the middle.
#[must_use]
pub(crate) fn centred(lines: &[Line], scale: f64, width: f64, height: f64) -> Vec<Line> {
    let at = crate::art::MIDDLE.to_vec2() - Vec2::new(width, height) * scale / 2.0;
    lines.iter().map(|line| line.placed(scale, at)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::art::pt;
    use core_vector::bezier::{area, bounds, segments};

    #[test]
    fn a_line_has_its_width_everywhere() {
        let l = Line::new(&[(pt(0.0, 0.0), 0.0), (pt(0.0, 100.0), 40.0), (pt(100.0, 100.0), 0.0)]);
        let path = l.band(20.0, Cap::Flat);
        let expected = 20.0 * (60.0 + 60.0 + std::f64::consts::PI * 20.0);
        assert!((area(&path).abs() - expected).abs() < 8.0, "{}", area(&path));
        assert!(segments(&path) <= 8);
        let round = l.band(20.0, Cap::Round);
        assert!((bounds(&round).y0 + 10.0).abs() < 0.1 && (bounds(&round).x1 - 110.0).abs() < 0.1);
    }

    #[test]
    fn a_closed_line_is_a_ring() {
        let corners = [(0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0), (0.0, 0.0)];
        let knees: Vec<_> = corners.iter().map(|(x, y)| (pt(*x, *y), 50.0)).collect();
        let path = Line::new(&knees).band(20.0, Cap::Flat);
        let expected = std::f64::consts::PI * (60.0 * 60.0 - 40.0 * 40.0);
        assert!((area(&path).abs() - expected).abs() < 10.0, "{}", area(&path));
    }
}
