//! The mark drawn again for 16 pixels, where it does not hold there itself: placed on the pixels, without parts and
//! holes that vanish, thin ink grown, narrow gaps opened or closed.
//!
//! Many changes are tried, from the least to the most; the first that holds and is still the same mark is taken.

use crate::gate::{Verdict, WIDTH_MIN};
use core_brand::{Drawing, FillRole, Shape};
use core_vector::measure::{self, Topology, Widths};
use core_vector::offset::{self, Corner};
use core_vector::{Mask, bezier, combine, path, raster};
use kurbo::{Affine, BezPath, Rect};

/// The side of the drawing, and what one pixel of sixteen is in it.
const SIDE: f64 = 1000.0;
const PIXEL: f64 = SIDE / 16.0;
/// Less shared ink than this, over all ink, is another mark.
pub const LIKENESS_MIN: f64 = 0.70;
/// Widths that are aimed at: a little above the gate, because offsets of curves are not exact.
const WIDTH_AIM: f64 = 1.12;
/// Shares of the square below which parts and holes are left out, one after the other.
const CRUMBS: [f64; 3] = [0.0, 0.008, 0.02];
/// Where a drawing may stand on the pixels: moved by these shares of one, and smaller by these.
const MOVES: [f64; 3] = [0.0, 0.25, 0.5];
const SCALES: [f64; 4] = [1.0, 0.97, 0.94, 0.9];
/// Ink must stay within the gates of the mark.
const COVERAGE: (f64, f64) = (0.12, 0.80);
const IMBALANCE_MAX: f64 = 0.08;

/// A drawing that holds at 16 pixels.
#[derive(Clone, Debug, PartialEq)]
pub struct Small {
    pub drawing: Drawing,
    pub widths: Widths,
    /// Ink shared with the mark, over all ink.
    pub likeness: f64,
}

/// The two roles as outlines.
#[derive(Clone)]
struct Roles([BezPath; 2]);

const FILLS: [FillRole; 2] = [FillRole::Mark, FillRole::Accent];

/// The small drawing of a mark that does not hold; `None` where no change helps.
#[must_use]
pub(crate) fn draw(mark: &Drawing, verdict: &Verdict) -> Option<Small> {
    let roles = Roles::read(mark)?;
    let own = raster::mask(mark, measure::WIDTHS_PX);
    changes(&roles, verdict).find_map(|change| placed(&change?, &own))
}

/// What is tried, lazily, the smallest change first.
fn changes<'a>(roles: &'a Roles, verdict: &Verdict) -> impl Iterator<Item = Option<Roles>> + 'a {
    let lack = |width: f64| ((WIDTH_AIM - width) * PIXEL / 2.0).max(0.0);
    let (thin, narrow) = (lack(verdict.widths.ink), lack(verdict.widths.gap));
    let swept = CRUMBS.into_iter().map(|least| roles.swept(least));
    let grown = CRUMBS.into_iter().map(move |least| roles.swept(least)?.grown(thin));
    let opened = CRUMBS.into_iter().map(move |least| roles.swept(least)?.shrunk(narrow));
    // Parts that stand too near become one, in one colour.
    let closed = std::iter::once_with(move || {
        roles.joined().grown(PIXEL / 2.0)?.shrunk(PIXEL / 2.0)?.swept(CRUMBS[1])
    });
    let bolder = std::iter::once_with(move || roles.joined().swept(CRUMBS[1])?.grown(thin.max(PIXEL / 4.0)));
    let alone = std::iter::once_with(move || Some(Roles([roles.0[0].clone(), BezPath::new()])));
    let alone_grown = std::iter::once_with(move || {
        Roles([roles.0[0].clone(), BezPath::new()]).swept(CRUMBS[1])?.grown(thin)
    });
    swept.chain(grown).chain(opened).chain(closed).chain(bolder).chain(alone).chain(alone_grown)
}

/// A change brought to full size and onto the pixels, where it holds there and is like the mark.
fn placed(change: &Roles, own: &Mask) -> Option<Small> {
    let bounds = change.bounds()?;
    let longest = bounds.width().max(bounds.height());
    let full = Affine::scale(SIDE / longest) * Affine::translate(-bounds.origin().to_vec2());
    let large = measure::topology(&raster::mask_of(&change.moved(full).0, SIDE, SIDE, measure::LARGE_PX));
    for scale in SCALES {
        let factor = SIDE * scale / longest;
        for (dx, dy) in MOVES.iter().flat_map(|dx| MOVES.map(|dy| (*dx, dy))) {
            let center = Affine::translate((SIDE / 2.0 + dx * PIXEL, SIDE / 2.0 + dy * PIXEL));
            let place = center * Affine::scale(factor) * Affine::translate(-bounds.center().to_vec2());
            let moved = change.moved(place);
            if moved.bounds().is_none_or(|ink| !fits(ink)) {
                continue;
            }
            if let Some(small) = held(&moved, large, own) {
                return Some(small);
            }
        }
    }
    None
}

fn fits(ink: Rect) -> bool {
    ink.x0 >= -0.5 && ink.y0 >= -0.5 && ink.x1 <= SIDE + 0.5 && ink.y1 <= SIDE + 0.5
}

fn held(roles: &Roles, large: Topology, own: &Mask) -> Option<Small> {
    // Counting a few points tells most places apart that hold from those that do not.
    if !measure::keeps_counted(&raster::counted_of(&roles.0, SIDE, SIDE, 16), large) {
        return None;
    }
    let mask = raster::mask_of(&roles.0, SIDE, SIDE, measure::WIDTHS_PX);
    if measure::topology(&mask) != large || !measure::keeps(&mask.reduced(mask.px / 16), large) {
        return None;
    }
    let coverage = measure::coverage(&mask);
    let likeness = measure::overlap(&measure::centred(&mask), &measure::centred(own));
    let is_fine = (COVERAGE.0..=COVERAGE.1).contains(&coverage)
        && measure::imbalance(&mask) <= IMBALANCE_MAX
        && likeness >= LIKENESS_MIN;
    let widths = measure::widths(&mask);
    if !is_fine || widths.ink < WIDTH_MIN || widths.gap < WIDTH_MIN {
        return None;
    }
    let drawing = roles.drawing();
    let is_whole = measure::topology(&raster::mask(&drawing, measure::LARGE_PX)) == large
        && measure::one_color(&drawing).lost == 0;
    is_whole.then_some(Small { drawing, widths, likeness })
}

impl Roles {
    fn read(mark: &Drawing) -> Option<Self> {
        let role = |wanted: FillRole| {
            let shapes = mark.shapes.iter().filter(|shape| shape.fill == wanted);
            let paths: Option<Vec<BezPath>> = shapes.map(|shape| path::parse(&shape.path).ok()).collect();
            paths.map(|paths| paths.iter().flat_map(|path| path.elements().to_vec()).collect::<BezPath>())
        };
        let scale = Affine::scale(SIDE / mark.width.max(mark.height).max(1e-9));
        let roles = Self([scale * role(FillRole::Mark)?, scale * role(FillRole::Accent)?]);
        roles.bounds().is_some().then_some(roles)
    }

    fn bounds(&self) -> Option<Rect> {
        let inked = self.0.iter().filter(|path| !path.elements().is_empty());
        inked.map(bezier::bounds).reduce(|all, one| all.union(one)).filter(|ink| ink.area() > 1.0)
    }

    fn each(&self, change: impl Fn(&BezPath) -> BezPath) -> Option<Self> {
        let changed = |path: &BezPath| if path.elements().is_empty() { BezPath::new() } else { change(path) };
        let roles = Self([changed(&self.0[0]), changed(&self.0[1])]);
        roles.bounds().is_some().then_some(roles)
    }

    fn moved(&self, by: Affine) -> Self {
        Self([by * self.0[0].clone(), by * self.0[1].clone()])
    }

    /// Without parts and holes smaller than this share of the square.
    fn swept(&self, least: f64) -> Option<Self> {
        let is_large = |contour: &Vec<kurbo::PathSeg>| {
            bezier::area(&bezier::path(std::slice::from_ref(contour))).abs() >= least * SIDE * SIDE
        };
        self.each(|path| {
            bezier::path(&bezier::contours(path).into_iter().filter(is_large).collect::<Vec<_>>())
        })
    }

    fn grown(&self, by: f64) -> Option<Self> {
        if by <= 0.0 { None } else { self.each(|path| offset::grow(path, by, Corner::Sharp)) }
    }

    fn shrunk(&self, by: f64) -> Option<Self> {
        if by <= 0.0 { None } else { self.each(|path| offset::shrink(path, by, Corner::Sharp)) }
    }

    /// Both roles in one colour.
    fn joined(&self) -> Self {
        Self([combine::union(&self.0), BezPath::new()])
    }

    fn drawing(&self) -> Drawing {
        let inked = self.0.iter().zip(FILLS).filter(|(path, _)| !path.elements().is_empty());
        let shape =
            |(outline, fill): (&BezPath, FillRole)| Shape { fill, path: path::write(&path::tidied(outline)) };
        Drawing { width: SIDE, height: SIDE, shapes: inked.map(shape).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gate;

    #[test]
    fn marks_that_close_up_get_a_drawing_that_does_not() {
        let cases = [
            ("a narrow gap", "M60 100L480 100L480 900L60 900ZM520 100L940 100L940 900L520 900Z"),
            (
                "a thin line",
                "M60 60L940 60L940 460L60 460ZM60 600L940 600L940 657L60 657ZM60 780L940 780L940 940L60 940Z",
            ),
        ];
        for (what, path) in cases {
            let shapes = vec![Shape { fill: FillRole::Mark, path: path.to_owned() }];
            let mark = Drawing { width: SIDE, height: SIDE, shapes };
            let verdict = gate::judge(&mark)
                .unwrap_or_else(|| panic!("{what}: {:?}", gate::failed(&gate::inspect(&mark))));
            assert!(!verdict.holds(), "{what}: {verdict:?}");
            let small = verdict.small.unwrap();
            assert!(small.likeness >= LIKENESS_MIN && small.drawing != mark, "{what}");
            let again = gate::judge(&small.drawing).unwrap();
            assert!(again.holds(), "{what}: {again:?}");
        }
    }
}
