//! A closed outline as a polygon with what it weighs, and where two outlines are one up to an affine map.

use core_vector::bezier;
use kurbo::{Affine, BezPath, PathSeg, Point, Rect};

/// Chords may leave their curve by this share of the outline's size.
const FLAT: f64 = 0.002;
/// Directions in which an outline is measured.
pub(crate) const RAYS: usize = 120;
/// Points of an outline that are laid onto another.
const SAMPLES: usize = 64;
/// Coordinates beyond this are no drawing, and their squares no numbers.
const FAR: f64 = 1e7;
/// Outlines thinner than this share of their length weigh nothing.
const THIN: f64 = 1e-6;

/// A closed outline.
#[derive(Clone, Debug)]
pub(crate) struct Contour {
    pub(crate) points: Vec<Point>,
    /// Points in equal steps along the outline.
    pub(crate) samples: Vec<Point>,
    pub(crate) area: f64,
    pub(crate) center: Point,
    pub(crate) bounds: Rect,
    /// From the outline to the round one of its kind, and back; both are symmetric, so that neither turns.
    round: Affine,
    pub(crate) unround: Affine,
    /// How far the round one reaches in each direction.
    pub(crate) reach: Vec<f64>,
}

impl Contour {
    /// Every outline of a path that has an area.
    pub(crate) fn all(path: &BezPath) -> Vec<Self> {
        bezier::contours(path).iter().filter_map(|segments| Self::of(segments)).collect()
    }

    fn of(segments: &[PathSeg]) -> Option<Self> {
        let path = bezier::path(&[segments.to_vec()]);
        let bounds = path.control_box();
        let size = bounds.width().max(bounds.height());
        let is_near = |value: f64| value.is_finite() && value.abs() < FAR;
        if ![bounds.x0, bounds.y0, bounds.x1, bounds.y1].into_iter().all(is_near) || size <= 0.0 {
            return None;
        }
        let points = bezier::polygons(&path, FLAT * size).into_iter().next()?;
        let (area, center, [xx, xy, yy]) = moments(&points)?;
        if area < THIN * size * size {
            return None;
        }
        // The square root of a symmetric two by two matrix, written out.
        let root = (xx * yy - xy * xy).max(0.0).sqrt();
        let trace = (xx + yy + 2.0 * root).sqrt();
        if root <= THIN * (xx + yy) || trace <= 0.0 {
            return None;
        }
        let spread =
            Affine::new([(xx + root) / trace, xy / trace, xy / trace, (yy + root) / trace, 0.0, 0.0]);
        let unround = Affine::translate(center.to_vec2()) * spread;
        let round = unround.inverse();
        let reach = reach(&points.iter().map(|point| round * *point).collect::<Vec<_>>());
        let bounds = points.iter().fold(Rect::from_points(points[0], points[0]), |all, p| all.union_pt(*p));
        let samples = along(&points, SAMPLES);
        Some(Self { points, samples, area, center, bounds, round, unround, reach })
    }

    /// Whether the outline is so even that its direction cannot be told.
    pub(crate) fn is_even(&self) -> bool {
        let mean = self.reach.iter().sum::<f64>() / RAYS as f64;
        self.reach.iter().all(|reach| (reach - mean).abs() < 0.03 * mean)
    }

    /// Whether it has at most four straight sides: half of all layouts are made of those.
    pub(crate) fn is_plain(&self) -> bool {
        self.is_even() || self.points.len() <= 4
    }

    /// Whether two outlines may be one: reaches that do not depend on direction are alike.
    fn may_be(&self, other: &Self) -> bool {
        let mean = |contour: &Self| contour.reach.iter().sum::<f64>() / RAYS as f64;
        let most = |contour: &Self| contour.reach.iter().fold(0.0, |all: f64, one| all.max(*one));
        (mean(self) - mean(other)).abs() < 0.04 * mean(self)
            && (most(self) - most(other)).abs() < 0.08 * most(self)
    }

    /// The maps that lay this outline onto another, best first; `None` where the two are clearly not one.
    pub(crate) fn onto(&self, other: &Self) -> Option<Vec<Affine>> {
        if !self.may_be(other) {
            return None;
        }
        if self.is_even() {
            return Some(vec![other.unround * self.round]);
        }
        let mean = self.reach.iter().sum::<f64>() / RAYS as f64;
        let mut found: Vec<(f64, Affine)> = Vec::new();
        for is_mirrored in [false, true] {
            let errors: Vec<f64> =
                (0..RAYS).map(|turn| self.apart(other, turn, is_mirrored) / mean).collect();
            for (turn, error) in errors.iter().enumerate() {
                let [before, after] = [errors[(turn + RAYS - 1) % RAYS], errors[(turn + 1) % RAYS]];
                if *error < ALIKE && *error <= before && *error < after {
                    let angle = turn as f64 / RAYS as f64 * std::f64::consts::TAU;
                    let (sin, cos) = (libm::sin(angle), libm::cos(angle));
                    let turned = Affine::new([cos, sin, -sin, cos, 0.0, 0.0]);
                    let flip =
                        if is_mirrored { Affine::scale_non_uniform(1.0, -1.0) } else { Affine::IDENTITY };
                    found.push((*error, other.unround * turned * flip * self.round));
                }
            }
        }
        found.sort_by(|one, other| one.0.total_cmp(&other.0));
        Some(found.into_iter().take(TURNS_MAX).map(|(_, map)| map).collect())
    }

    /// How far the reaches lie apart, in the mean, when this one is turned by so many rays.
    fn apart(&self, other: &Self, turn: usize, is_mirrored: bool) -> f64 {
        let mine = |ray: usize| if is_mirrored { (RAYS - ray) % RAYS } else { ray };
        let each = (0..RAYS).map(|ray| (self.reach[mine(ray)] - other.reach[(ray + turn) % RAYS]).abs());
        each.sum::<f64>() / RAYS as f64
    }

    /// The nearest point of the outline, and the direction across it there.
    fn nearest(&self, point: Point) -> (Point, kurbo::Vec2) {
        let mut best = (f64::INFINITY, point, kurbo::Vec2::ZERO);
        let next = self.points.iter().cycle().skip(1);
        for (from, to) in self.points.iter().zip(next) {
            let way = *to - *from;
            let length = way.hypot2();
            let share = if length > 0.0 { ((point - *from).dot(way) / length).clamp(0.0, 1.0) } else { 0.0 };
            let on = *from + way * share;
            let away = (point - on).hypot2();
            if away < best.0 && length > 0.0 {
                best = (away, on, kurbo::Vec2::new(-way.y, way.x) / length.sqrt());
            }
        }
        (best.1, best.2)
    }
}

/// Reaches are alike up to this much of their mean: a ray may lie half a step beside its like.
const ALIKE: f64 = 0.08;
/// A figure with more axes than this is nearly a disc.
const TURNS_MAX: usize = 16;

/// Area, middle and spread of a polygon.
fn moments(points: &[Point]) -> Option<(f64, Point, [f64; 3])> {
    let origin = *points.first()?;
    let (mut area, mut x, mut y, mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
    let next = points.iter().cycle().skip(1);
    for (a, b) in points.iter().zip(next) {
        let (a, b) = (*a - origin, *b - origin);
        let cross = a.cross(b);
        area += cross / 2.0;
        x += cross * (a.x + b.x) / 6.0;
        y += cross * (a.y + b.y) / 6.0;
        xx += cross * (a.x * a.x + a.x * b.x + b.x * b.x) / 12.0;
        yy += cross * (a.y * a.y + a.y * b.y + b.y * b.y) / 12.0;
        xy += cross * (a.x * b.y + 2.0 * a.x * a.y + 2.0 * b.x * b.y + b.x * a.y) / 24.0;
    }
    if area.abs() <= f64::MIN_POSITIVE {
        return None;
    }
    let (x, y) = (x / area, y / area);
    let spread = [xx / area - x * x, xy / area - x * y, yy / area - y * y];
    let is_sound = spread[0] > 0.0 && spread[2] > 0.0 && spread.iter().all(|value| value.is_finite());
    is_sound.then(|| (area.abs(), Point::new(origin.x + x, origin.y + y), spread))
}

/// The farthest that a polygon reaches from the origin, by direction.
fn reach(points: &[Point]) -> Vec<f64> {
    let rays: Vec<kurbo::Vec2> = (0..RAYS)
        .map(|ray| ray as f64 / RAYS as f64 * std::f64::consts::TAU)
        .map(|angle| kurbo::Vec2::new(libm::cos(angle), libm::sin(angle)))
        .collect();
    let mut reach = vec![0.0_f64; RAYS];
    let next = points.iter().cycle().skip(1);
    for (a, b) in points.iter().zip(next) {
        let (a, b) = (a.to_vec2(), b.to_vec2());
        let (turn, cross) = (a.cross(b), b - a);
        let from = libm::atan2(a.y, a.x) / std::f64::consts::TAU * RAYS as f64;
        let span = libm::atan2(turn, a.dot(b)) / std::f64::consts::TAU * RAYS as f64;
        let (low, high) = if span < 0.0 { (from + span, from) } else { (from, from + span) };
        for step in (low.ceil() as i64)..=(high.floor() as i64) {
            let ray = step.rem_euclid(RAYS as i64) as usize;
            let across = rays[ray].cross(cross);
            if across.abs() > 1e-12 {
                reach[ray] = reach[ray].max(a.cross(cross) / across);
            }
        }
    }
    reach
}

/// So many points in equal steps along a closed polygon.
fn along(points: &[Point], count: usize) -> Vec<Point> {
    let length = |(a, b): (&Point, &Point)| (*b - *a).hypot2().sqrt();
    let pairs = || points.iter().zip(points.iter().cycle().skip(1));
    let step = pairs().map(length).sum::<f64>() / count as f64;
    let (mut found, mut walked) = (Vec::with_capacity(count), 0.0);
    for (a, b) in pairs() {
        let long = length((a, b));
        while found.len() < count && step * found.len() as f64 <= walked + long && long > 0.0 {
            let share = (step * found.len() as f64 - walked) / long;
            found.push(a.lerp(*b, share.clamp(0.0, 1.0)));
        }
        walked += long;
    }
    found
}

/// Rounds of laying outlines onto outlines: each halves what is left several times.
const ROUNDS: usize = 8;
/// How firmly a map keeps to what it was where the outlines do not say, such as the turn of a disc.
const FIRM: f64 = 1e-4;

/// The map nearest to this one that lays the first of each pair onto the second, and how far the outlines then lie
/// apart: the root of the mean square.
pub(crate) fn lay(pairs: &[(&Contour, &Contour)], start: Affine) -> (Affine, f64) {
    let mut map = start;
    for _ in 0..ROUNDS {
        map = closer(pairs, map).unwrap_or(map);
    }
    let (mut sum, mut count) = (0.0, 0_usize);
    for (one, other) in pairs {
        for sample in &one.samples {
            let on = map * *sample;
            sum += (other.nearest(on).0 - on).hypot2();
            count += 1;
        }
    }
    (map, (sum / count.max(1) as f64).sqrt())
}

/// One round: least squares across the outlines, so that points may slide along them.
fn closer(pairs: &[(&Contour, &Contour)], map: Affine) -> Option<Affine> {
    let all = pairs.iter().map(|(one, _)| one.bounds).reduce(|all, one| all.union(one))?;
    let (middle, size) = (all.center(), all.width().max(all.height()));
    let mut sums = [[0.0_f64; 7]; 6];
    let mut add = |row: [f64; 6], value: f64, weight: f64| {
        for (at, one) in row.iter().enumerate() {
            for (to, other) in row.iter().enumerate() {
                sums[at][to] += weight * one * other;
            }
            sums[at][6] += weight * one * value;
        }
    };
    let [a, b, c, d, _, _] = map.as_coeffs();
    // The map around the middle and in its size, so that all six numbers are of one kind.
    let moved = map * middle;
    let now = [a * size, b * size, c * size, d * size, moved.x, moved.y];
    let mut count = 0.0;
    for (one, other) in pairs {
        for sample in &one.samples {
            let (u, v) = ((sample.x - middle.x) / size, (sample.y - middle.y) / size);
            let (on, across) = other.nearest(map * *sample);
            let row = [u * across.x, u * across.y, v * across.x, v * across.y, across.x, across.y];
            add(row, across.x * on.x + across.y * on.y, 1.0);
            count += 1.0;
        }
    }
    for (at, value) in now.iter().enumerate() {
        let mut row = [0.0; 6];
        row[at] = 1.0;
        add(row, *value, FIRM * count);
    }
    let [a, b, c, d, x, y] = solved(sums)?;
    let turned = Affine::new([a / size, b / size, c / size, d / size, 0.0, 0.0]);
    let found = Affine::translate((x, y)) * turned * Affine::translate((-middle.x, -middle.y));
    found.as_coeffs().iter().all(|value| value.is_finite()).then_some(found)
}

/// Six equations, solved by elimination.
fn solved(mut sums: [[f64; 7]; 6]) -> Option<[f64; 6]> {
    for at in 0..6 {
        let best = (at..6).max_by(|a, b| sums[*a][at].abs().total_cmp(&sums[*b][at].abs()))?;
        sums.swap(at, best);
        let lead = sums[at];
        if lead[at].abs() < 1e-12 {
            return None;
        }
        for (row, line) in sums.iter_mut().enumerate() {
            if row != at {
                let share = line[at] / lead[at];
                line.iter_mut().zip(lead).for_each(|(value, other)| *value -= share * other);
            }
        }
    }
    Some(std::array::from_fn(|at| sums[at][6] / sums[at][at]))
}
