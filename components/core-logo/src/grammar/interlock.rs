//! Links that go over and under each other and cannot be taken apart: one for each word or syllable of the name.

use super::Subject;
use crate::art::{Art, MIDDLE, Pen, Sketch, pt};
use crate::rhythm::Rhythm;
use core_vector::transform::turn;
use core_vector::{combine, form};
use kurbo::{BezPath, Point};

/// More links than this are a chain, not a mark.
const LINKS_MAX: usize = 3;
/// The smallest link, as a share of the largest.
const LEAST: f64 = 0.76;
/// Ways a chain without flat sides may lie.
const TILTS: [f64; 10] = [0.0, -45.0, 45.0, 90.0, -30.0, 30.0, -60.0, 60.0, -15.0, 15.0];
/// Air that stays where the links reach into each other, beside the gap.
const ROOM: f64 = 24.0;

pub(super) fn sketch(pen: &mut Pen, subject: &Subject) -> Option<Sketch> {
    let rhythm = Rhythm::of(subject.name);
    let mut parts = rhythm.parts();
    parts.truncate(LINKS_MAX);
    let told = match (parts.len(), rhythm.has_words()) {
        (1, _) => {
            // One syllable cannot be linked: the name and who it works for.
            parts = vec![4, 3 + rhythm.letters.len() % 3];
            "interlock-rings"
        }
        (_, true) => "interlock-words",
        _ => "interlock-syllables",
    };
    let mut kinds: Vec<Kind> = rhythm.starts().into_iter().map(Kind::of).collect();
    if kinds.len() == 1 {
        kinds.extend(rhythm.letters.last().copied().map(Kind::of));
    }
    Some(Sketch::new(chain(pen, &clean(&kinds, parts.len()), &parts), told))
}

/// Links that cross cleanly: discs with discs or squares, or squares on their corners among themselves. Where edges
/// run along each other the chain is torn.
fn clean(kinds: &[Kind], count: usize) -> Vec<Kind> {
    let of = |at: usize| kinds.get(at % kinds.len().max(1)).copied().unwrap_or(Kind::Circle);
    if (0..count).all(|at| of(at) != Kind::Circle) {
        return vec![Kind::Diamond; count];
    }
    let mut clean: Vec<Kind> = Vec::new();
    for at in 0..count {
        let is_round = of(at) == Kind::Circle || clean.last() == Some(&Kind::Square);
        clean.push(if is_round { Kind::Circle } else { Kind::Square });
    }
    clean
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Circle,
    Square,
    /// A square on its corner.
    Diamond,
}

impl Kind {
    /// Letters with a bowl make round links, straight ones square, slanted ones pointed.
    fn of(letter: char) -> Self {
        match letter.to_uppercase().next().unwrap_or(letter) {
            'B' | 'C' | 'D' | 'G' | 'J' | 'O' | 'P' | 'Q' | 'R' | 'S' | 'U' | '0' | '2' | '3' | '6' | '8'
            | '9' => Self::Circle,
            'E' | 'F' | 'H' | 'I' | 'L' | 'T' | '1' | '5' => Self::Square,
            'A' | 'K' | 'M' | 'N' | 'V' | 'W' | 'X' | 'Y' | 'Z' | '4' | '7' => Self::Diamond,
            other => [Self::Circle, Self::Square, Self::Diamond][u32::from(other) as usize % 3],
        }
    }
}

/// A link of some shape, as a band that can be widened on both sides.
#[derive(Clone, Copy)]
struct Link {
    kind: Kind,
    center: Point,
    radius: f64,
    wide: f64,
    degrees: f64,
    corner: f64,
}

impl Link {
    fn band(&self, more: f64) -> BezPath {
        let half = self.wide / 2.0 + more;
        combine::subtract(&self.outline(half), &[self.outline(-half)])
    }

    /// The outline at a distance from the middle line.
    fn outline(&self, by: f64) -> BezPath {
        let (c, h) = (self.center, self.radius + by);
        let shape = match self.kind {
            Kind::Circle => return form::circle(c, h),
            Kind::Square | Kind::Diamond => {
                form::rounded_rect(c.x - h, c.y - h, c.x + h, c.y + h, (self.corner + by).max(0.0))
            }
        };
        turn(self.degrees, c) * shape
    }
}

/// Links in a row, each as large as its part of the name is long.
fn chain(pen: &mut Pen, kinds: &[Kind], parts: &[usize]) -> Art {
    let longest = parts.iter().copied().max().unwrap_or(1) as f64;
    // Heavier links leave no room between their crossings.
    let wide = pen.taste.stroke() * if parts.len() == 2 { pen.own_between(71, 0.66, 1.0) } else { 0.7 };
    let corner = (40.0 + 110.0 * pen.taste.round) * pen.own_between(73, 0.6, 1.3);
    let close = pen.own_between(72, 0.56, 0.72);
    let largest = if parts.len() == 2 { 300.0 } else { 250.0 };
    let gap = pen.taste.gap() * 0.95;
    let mut links: Vec<Link> = Vec::new();
    let mut x = 0.0;
    for (at, part) in parts.iter().enumerate() {
        let kind = kinds.get(at % kinds.len().max(1)).copied().unwrap_or(Kind::Circle);
        let share = f64::max(*part as f64 / longest, LEAST);
        // A square on its corner reaches further than one on its side.
        let radius = largest * share * if kind == Kind::Diamond { 0.88 } else { 1.0 };
        if let Some(last) = links.last() {
            let both = last.reach() + radius * kind.reach();
            x += both * close.min(1.0 - (wide + gap + kind.drawn_in(corner)) / both);
        }
        let degrees = if kind == Kind::Diamond { 45.0 } else { 0.0 };
        links.push(Link { kind, center: pt(x, 500.0), radius, wide, degrees, corner });
    }
    let mut bands: Vec<BezPath> = links.iter().map(|link| link.band(0.0)).collect();
    for at in 0..links.len() - 1 {
        // Two links cross above and below the line through both middles.
        let upper = form::rect(-2000.0, -2000.0, 4000.0, 500.0);
        let lower = form::rect(-2000.0, 500.0, 4000.0, 4000.0);
        let over = |top: &Link, below: &BezPath, side: &BezPath| {
            combine::subtract(below, &[combine::intersect(&top.band(gap), side)])
        };
        bands[at] = over(&links[at + 1], &bands[at], &lower);
        bands[at + 1] = over(&links[at], &bands[at + 1], &upper);
    }
    let first = bands.remove(0);
    let is_square = links.iter().any(|link| link.kind == Kind::Square);
    let tilts: &[f64] = if is_square { &[0.0, 90.0, -45.0, 45.0, -30.0, 30.0] } else { &TILTS };
    let tilt = tilts.get(pen.own(70, tilts.len())).copied().unwrap_or(0.0);
    Art::with(&bands, &[first]).moved(turn(tilt, MIDDLE))
}

impl Kind {
    /// How far a link of radius 1 reaches to its sides.
    fn reach(self) -> f64 {
        if self == Self::Diamond { std::f64::consts::SQRT_2 } else { 1.0 }
    }

    /// By how much two neighbours of this kind reach less far into each other, because their corners are round.
    fn drawn_in(self, corner: f64) -> f64 {
        let of_corner = 2.0 * corner * (std::f64::consts::SQRT_2 - 1.0);
        if self == Self::Diamond { ROOM + of_corner } else { ROOM }
    }
}

impl Link {
    fn reach(&self) -> f64 {
        self.radius * self.kind.reach()
    }
}
