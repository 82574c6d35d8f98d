//! Parts that go over and under each other and cannot be taken apart.

use super::Subject;
use crate::art::{Art, MIDDLE, Pen, Sketch, pt};
use core_vector::combine;
use core_vector::form;
use core_vector::transform::{polar, turn};
use kurbo::{BezPath, Point};

pub(super) fn sketch(pen: &mut Pen, _subject: &Subject) -> Option<Sketch> {
    Some(match pen.idea(4) {
        0 => two_rings(pen),
        1 => three_rings(pen),
        2 => weave(pen),
        _ => links(pen),
    })
}

/// A ring of some shape, as a band that can be widened on both sides.
#[derive(Clone, Copy)]
struct Ring {
    kind: RingKind,
    center: Point,
    radius: f64,
    wide: f64,
    degrees: f64,
    /// The radius of corners; for a pill its half width as a share of its half length.
    corner: f64,
}

#[derive(Clone, Copy)]
enum RingKind {
    Circle,
    Square,
    Hexagon,
    Pill,
}

impl Ring {
    fn band(&self, more: f64) -> BezPath {
        let half = self.wide / 2.0 + more;
        let outer = self.outline(half);
        combine::subtract(&outer, &[self.outline(-half)])
    }

    /// The outline at a distance from the middle line.
    fn outline(&self, by: f64) -> BezPath {
        let c = self.center;
        let corner = (self.corner + by).max(0.0);
        let shape = match self.kind {
            RingKind::Circle => return form::circle(c, self.radius + by),
            RingKind::Square => {
                let h = self.radius + by;
                form::rounded_rect(c.x - h, c.y - h, c.x + h, c.y + h, corner)
            }
            RingKind::Pill => {
                let (h, v) = (self.radius * self.corner + by, self.radius + by);
                form::rounded_rect(c.x - h, c.y - v, c.x + h, c.y + v, h)
            }
            RingKind::Hexagon => {
                form::rounded_polygon(&form::regular(c, self.radius + by * 1.1547, 6, -90.0), corner)
            }
        };
        turn(self.degrees, c) * shape
    }
}

fn kind(pen: &mut Pen) -> RingKind {
    let from: &[RingKind] = if pen.taste.round > 0.6 {
        &[RingKind::Circle, RingKind::Circle, RingKind::Square]
    } else {
        &[RingKind::Square, RingKind::Circle, RingKind::Hexagon, RingKind::Square]
    };
    pen.rng.pick(from).copied().unwrap_or(RingKind::Circle)
}

/// Two bands cross in the region; inside it the first lies over the second.
fn over(first: &Ring, second: &BezPath, region: &BezPath, gap: f64) -> BezPath {
    combine::subtract(second, &[combine::intersect(&first.band(gap), region)])
}

fn two_rings(pen: &mut Pen) -> Sketch {
    let kind = kind(pen);
    let wide = pen.taste.stroke() * pen.between(0.86, 1.26);
    let apart = pen.between(96.0, 158.0);
    let radius = 490.0 - apart - wide / 2.0;
    let degrees = if matches!(kind, RingKind::Square) && pen.chance(0.4) { 45.0 } else { 0.0 };
    let corner = 40.0 + 90.0 * pen.taste.round;
    let (radius, apart) = if degrees == 0.0 { (radius, apart) } else { (radius * 0.8, apart * 1.35) };
    let ring = |x: f64, y: f64| Ring { kind, center: pt(x, y), radius, wide, degrees, corner };
    let offset_y = if matches!(kind, RingKind::Square) && degrees == 0.0 { apart * 0.86 } else { 0.0 };
    let (a, b) = (ring(500.0 - apart, 500.0 - offset_y), ring(500.0 + apart, 500.0 + offset_y));
    // The crossings lie on either side of the line through both middles.
    let along = (b.center - a.center).angle_free();
    let upper = turn(along, MIDDLE) * form::rect(-1500.0, -1500.0, 2500.0, 500.0);
    let lower = turn(along, MIDDLE) * form::rect(-1500.0, 500.0, 2500.0, 2500.0);
    let gap = pen.taste.gap() * 0.95;
    let first = over(&b, &a.band(0.0), &lower, gap);
    let second = over(&a, &b.band(0.0), &upper, gap);
    let tilt = pen.one(0.0, &[-45.0, 45.0, 90.0]) + pen.between(-16.0, 16.0) * pen.taste.energy;
    Sketch::new(Art::with(&[first], &[second]).turned(tilt), "interlock-rings")
}

/// The direction of a vector in degrees, through `libm`.
trait AngleFree {
    fn angle_free(self) -> f64;
}

impl AngleFree for kurbo::Vec2 {
    fn angle_free(self) -> f64 {
        libm::atan2(self.y, self.x).to_degrees()
    }
}

fn three_rings(pen: &mut Pen) -> Sketch {
    let wide = pen.taste.stroke() * pen.between(0.72, 1.06);
    let apart = pen.between(132.0, 186.0);
    let radius = 480.0 - apart - wide / 2.0;
    let start = pen.one(-90.0, &[90.0, 0.0, 180.0]) + pen.between(-28.0, 28.0) * pen.taste.energy;
    let rings: Vec<Ring> = (0..3)
        .map(|at| Ring {
            kind: RingKind::Circle,
            center: polar(MIDDLE, apart, start + 120.0 * f64::from(at)),
            radius,
            wide,
            degrees: 0.0,
            corner: 0.0,
        })
        .collect();
    let gap = pen.taste.gap() * 0.86;
    let mut bands: Vec<BezPath> = rings.iter().map(|ring| ring.band(0.0)).collect();
    for at in 0..3 {
        let next = (at + 1) % 3;
        let along = (rings[next].center - rings[at].center).angle_free();
        let middle = rings[at].center.midpoint(rings[next].center);
        // The side that the third ring lies on holds the inner crossing.
        let inner = turn(along, middle)
            * form::rect(middle.x - 2000.0, middle.y, middle.x + 2000.0, middle.y + 2000.0);
        let outer = turn(along, middle)
            * form::rect(middle.x - 2000.0, middle.y - 2000.0, middle.x + 2000.0, middle.y);
        bands[next] = over(&rings[at], &bands[next], &outer, gap);
        bands[at] = over(&rings[next], &bands[at], &inner, gap);
    }
    let accent = bands.remove(pen.rng.below(3));
    Sketch::new(Art::with(&bands, &[accent]), "interlock-three")
}

/// Bars in two directions, over and under by turns.
fn weave(pen: &mut Pen) -> Sketch {
    let count = pen.count(2, 3);
    let gap = pen.taste.gap() * 0.92;
    let wide = if count == 2 { 178.0 } else { 132.0 } + 26.0 * pen.taste.weight;
    let pitch = if count == 2 { wide + pen.between(110.0, 170.0) } else { wide + gap * 1.25 };
    let reach = 480.0;
    let cap = pen.taste.cap();
    let at = |index: usize| 500.0 + pitch * (index as f64 - (count as f64 - 1.0) / 2.0);
    let inset = if cap == form::Cap::Round { wide / 2.0 } else { 0.0 };
    let (low, high) = (500.0 - reach + inset, 500.0 + reach - inset);
    let level =
        |index: usize, more: f64| form::bar(pt(low, at(index)), pt(high, at(index)), wide + 2.0 * more, cap);
    let upright =
        |index: usize, more: f64| form::bar(pt(at(index), low), pt(at(index), high), wide + 2.0 * more, cap);
    let crossing = |column: usize, row: usize| {
        let half = pitch / 2.0;
        form::rect(at(column) - half, at(row) - half, at(column) + half, at(row) + half)
    };
    let is_over = |column: usize, row: usize| (column + row).is_multiple_of(2);
    let cut = |band: BezPath, cuts: Vec<BezPath>| combine::subtract(&band, &cuts);
    let rows: Vec<BezPath> = (0..count)
        .map(|row| {
            let cuts = (0..count).filter(|column| is_over(*column, row));
            cut(
                level(row, 0.0),
                cuts.map(|column| combine::intersect(&upright(column, gap), &crossing(column, row)))
                    .collect(),
            )
        })
        .collect();
    let columns: Vec<BezPath> = (0..count)
        .map(|column| {
            let cuts = (0..count).filter(|row| !is_over(column, *row));
            cut(
                upright(column, 0.0),
                cuts.map(|row| combine::intersect(&level(row, gap), &crossing(column, row))).collect(),
            )
        })
        .collect();
    let tilt = pen.one(0.0, &[45.0]);
    Sketch::new(Art::with(&rows, &columns).turned(tilt), "interlock-weave")
}

/// Two long links, crossed.
fn links(pen: &mut Pen) -> Sketch {
    let wide = pen.taste.stroke() * pen.between(0.84, 1.14);
    let share = pen.between(0.48, 0.6);
    let radius = 490.0 - wide / 2.0;
    let ring =
        |degrees: f64| Ring { kind: RingKind::Pill, center: MIDDLE, radius, wide, degrees, corner: share };
    let slant = pen.between(40.0, 45.0);
    let (a, b) = (ring(slant), ring(-slant));
    let gap = pen.taste.gap() * 0.92;
    // Crossings by turns: quarters about the middle, every second one with the first link above.
    let wedge = |odd: i32| {
        let quarter = |at: i32| {
            let from = -45.0 + 90.0 * f64::from(at);
            form::sector(MIDDLE, 900.0, from, from + 90.0)
        };
        combine::union(&[quarter(odd), quarter(odd + 2)])
    };
    let first = over(&b, &a.band(0.0), &wedge(0), gap);
    let second = over(&a, &b.band(0.0), &wedge(1), gap);
    let tilt = pen.one(0.0, &[45.0, 90.0]) + pen.between(-12.0, 12.0) * pen.taste.energy;
    Sketch::new(Art::with(&[first], &[second]).turned(tilt), "interlock-links")
}
