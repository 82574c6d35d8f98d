//! Contours of regions put together: shapes of different fills share their edges exactly.

use crate::curve;
use crate::ground::Ground;
use crate::outline::{Area, chains};
use crate::picture::{Color, Picture};
use crate::region::Regions;
use core_brand::{Drawing, FillRole};
use core_logo::fit;
use core_vector::{bezier, combine};
use kurbo::{Affine, BezPath};

/// The side that contours have before they are fitted: the grid that outlines are combined on is made for it.
const SIDE: f64 = 1000.0;
/// A second fill is traced this far into the ground, in pixels, and cut by the outline of all ink: one edge, not two.
const INTO_GROUND: i32 = 3;

pub(crate) fn drawing(
    picture: &Picture,
    ground: &Ground,
    fills: &[Color],
    regions: &Regions,
    roles: &[FillRole],
) -> Drawing {
    let scale = Affine::scale(SIDE / picture.width.max(picture.height) as f64);
    let outline = |bits: Vec<bool>| {
        let area = Area { width: regions.width, height: regions.height, bits };
        let contours: Vec<_> = chains(picture, ground, fills, regions, area)
            .iter()
            .filter_map(|chain| curve::contour(chain))
            .collect();
        scale * bezier::path(&contours)
    };
    let mut rest = outline(regions.classes.iter().map(|class| *class > 0).collect());
    let mut shapes: Vec<(FillRole, BezPath)> = Vec::new();
    let mut cut = vec![0];
    for (role, class) in roles.iter().zip(&regions.order).skip(1).rev() {
        let part = outline(grown(regions, *class, &cut));
        shapes.push((*role, combine::intersect(&part, &rest)));
        rest = combine::subtract(&rest, &[part]);
        cut.push(*class);
    }
    shapes.extend(roles.first().map(|role| (*role, rest)));
    shapes.reverse();
    fit::shapes(&shapes)
}

/// The pixels of a class, and those near to them of classes that are cut away from it anyway.
fn grown(regions: &Regions, class: u8, into: &[u8]) -> Vec<bool> {
    let around =
        (-INTO_GROUND..=INTO_GROUND).flat_map(|dy| (-INTO_GROUND..=INTO_GROUND).map(move |dx| (dx, dy)));
    let around: Vec<(i32, i32)> = around.collect();
    let is_in = |at: usize| {
        let (x, y) = ((at % regions.width) as i32, (at / regions.width) as i32);
        let own = regions.classes[at];
        own == class
            || (into.contains(&own) && around.iter().any(|(dx, dy)| regions.class(x + dx, y + dy) == class))
    };
    (0..regions.classes.len()).map(is_in).collect()
}
