//! Each pixel to the ground or one of the fills, without the mixed colours of edges and without crumbs.

use crate::ground::Ground;
use crate::picture::{Color, Picture, distance, dot, less};

/// Around a mixed pixel this far, whole regions say what it is a mixture of.
const REACH: i32 = 3;
/// Darker than the ground is nearer to it than it looks: that is how shadows are.
const SHADE: f32 = 0.55;
/// Smaller regions, as a share of the square around the ink, are crumbs: what drawn marks leave out too.
const CRUMB: f64 = 0.0016;

#[derive(Clone, Debug)]
pub(crate) struct Regions {
    pub width: usize,
    pub height: usize,
    /// 0 is the ground, 1 the first fill.
    pub classes: Vec<u8>,
    /// Classes of fills, the main one first.
    pub order: Vec<u8>,
}

impl Regions {
    /// The class of a pixel; beyond the edge is ground.
    pub(crate) fn class(&self, x: i32, y: i32) -> u8 {
        let is_in = x >= 0 && y >= 0 && x < self.width as i32 && y < self.height as i32;
        if is_in { self.classes[y as usize * self.width + x as usize] } else { 0 }
    }

    /// Sides of pixels that have another class on the other side.
    pub(crate) fn edges(&self) -> usize {
        let mut edges = 0;
        for (x, y) in (0..self.height as i32).flat_map(|y| (0..self.width as i32).map(move |x| (x, y))) {
            let own = self.class(x, y);
            edges += usize::from(self.class(x + 1, y) != own) + usize::from(self.class(x, y + 1) != own);
        }
        edges
    }
}

pub(crate) fn sort(picture: &Picture, ground: &Ground, fills: &[Color]) -> Regions {
    let all: Vec<u8> = (0..=fills.len() as u8).collect();
    let nearest = |at: usize| nearest_class(picture, ground, fills, at, &all);
    let classes = (0..picture.colors.len()).map(nearest).collect();
    let first = Regions { width: picture.width, height: picture.height, classes, order: Vec::new() };
    let unmixed = unmixed(picture, ground, fills, &first);
    swept(Regions { classes: unmixed, ..first })
}

/// The class whose colour is nearest, of these.
fn nearest_class(picture: &Picture, ground: &Ground, fills: &[Color], at: usize, of: &[u8]) -> u8 {
    let color = picture.colors[at];
    let away = |class: &&u8| match usize::from(**class) {
        0 => {
            let mut away = less(color, ground.at(at % picture.width, at / picture.width));
            away[0] *= if away[0] < 0.0 { SHADE } else { 1.0 };
            dot(away, away).sqrt()
        }
        class => distance(color, fills[class - 1]),
    };
    of.iter().min_by(|a, b| away(a).total_cmp(&away(b))).copied().unwrap_or_default()
}

/// Between two fills lie colours that look like a third. Only pixels inside a region are sure; others are asked again,
/// with the classes of the sure ones near by.
fn unmixed(picture: &Picture, ground: &Ground, fills: &[Color], first: &Regions) -> Vec<u8> {
    let around = |x: i32, y: i32, reach: i32| {
        (-reach..=reach).flat_map(move |dy| (-reach..=reach).map(move |dx| (x + dx, y + dy)))
    };
    let place = |at: usize| ((at % first.width) as i32, (at / first.width) as i32);
    let is_sure = |at: usize| {
        let (x, y) = place(at);
        around(x, y, 1).all(|(x, y)| first.classes[picture.near(x, y)] == first.classes[at])
    };
    let sure: Vec<bool> = (0..first.classes.len()).map(is_sure).collect();
    let again = |at: usize| {
        if sure[at] {
            return first.classes[at];
        }
        let (x, y) = place(at);
        let near = around(x, y, REACH).map(|(x, y)| picture.near(x, y)).filter(|near| sure[*near]);
        let mut of: Vec<u8> = near.map(|near| first.classes[near]).collect();
        of.sort_unstable();
        of.dedup();
        if of.is_empty() { first.classes[at] } else { nearest_class(picture, ground, fills, at, &of) }
    };
    (0..first.classes.len()).map(again).collect()
}

/// Crumbs become what is around them.
fn swept(mut regions: Regions) -> Regions {
    let least = crumb(&regions);
    let mut seen = vec![false; regions.classes.len()];
    for start in 0..regions.classes.len() {
        if seen[start] {
            continue;
        }
        let (own, mut found, mut around) = (regions.classes[start], vec![start], [0_usize; 256]);
        seen[start] = true;
        let mut next = 0;
        while let Some(at) = found.get(next).copied() {
            next += 1;
            for near in neighbours(&regions, at) {
                let class = regions.classes[near];
                if class != own {
                    around[usize::from(class)] += 1;
                } else if !seen[near] {
                    seen[near] = true;
                    found.push(near);
                }
            }
        }
        let most = (0..around.len()).max_by_key(|class| around[*class]).unwrap_or_default();
        if found.len() < least && around[most] > 0 {
            for at in found {
                regions.classes[at] = most as u8;
            }
        }
    }
    regions
}

/// Pixels that make more than a crumb.
fn crumb(regions: &Regions) -> usize {
    let ink = (0..regions.classes.len()).filter(|at| regions.classes[*at] > 0);
    let (mut left, mut right, mut top, mut bottom) = (regions.width, 0, regions.height, 0);
    for at in ink {
        let (x, y) = (at % regions.width, at / regions.width);
        (left, right) = (left.min(x), right.max(x + 1));
        (top, bottom) = (top.min(y), bottom.max(y + 1));
    }
    let side = right.saturating_sub(left).max(bottom.saturating_sub(top));
    ((side * side) as f64 * CRUMB) as usize
}

fn neighbours(regions: &Regions, at: usize) -> impl Iterator<Item = usize> + use<> {
    let (width, all) = (regions.width, regions.classes.len());
    let x = at % width;
    let left = (x > 0).then(|| at - 1);
    let right = (x + 1 < width).then(|| at + 1);
    let up = at.checked_sub(width);
    let down = Some(at + width).filter(|down| *down < all);
    [left, right, up, down].into_iter().flatten()
}
