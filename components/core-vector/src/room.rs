//! The room a logo needs: clear space and smallest sizes, measured on the logo itself.

use crate::lockup::{self, Lockup, SIDE};
use crate::measure::{self, Topology};
use crate::name::{Letter, Name};
use crate::{Mask, optics, raster};
use core_brand::{ClearFrom, Concept, Drawing, Minimum};
use kurbo::{Affine, BezPath};

/// Clear space in sides of the mark: less crowds, more is never kept.
const CLEAR: (f64, f64) = (0.2, 0.36);
/// Of the height of the capitals beside the mark.
const CLEAR_OF_LETTERS: f64 = 0.5;
/// Heights of the capitals, in pixels, at which a name is tried; smaller ones nobody reads.
const CAPS_PX: [u32; 12] = [6, 7, 8, 9, 10, 11, 12, 14, 16, 18, 20, 24];
/// The height at which every part and hole of a letter is there.
const CAP_EXACT_PX: u32 = 40;
/// Strokes of a name that must be whole, of ten: a word is read as a word, and two letters that are drawn as one
/// run together early.
const WHOLE_OF_TEN: usize = 8;
/// The sides of the masks that the strokes of a mark and of a letter are measured on.
const MARK_PX: u32 = 64;
const LETTER_PX: u32 = 48;
/// The thinnest stroke of a name on a screen, in pixels: less turns grey (practice).
const STROKE_PX_MIN: f64 = 0.7;
/// In print: the thinnest stroke or gap of a mark and of a name, and the height of capitals, in mm (practice of
/// print shops for offset on coated paper, with a little to spare).
const MARK_LINE_MM: f64 = 0.2;
const STROKE_MM: f64 = 0.12;
const CAP_MM: f64 = 1.5;
/// No mark is printed smaller.
const SIDE_MM: f64 = 4.0;
/// Sides at which a whole badge is tried, in pixels.
const BADGES_PX: [u32; 9] = [32, 40, 48, 64, 80, 96, 112, 128, 160];
/// A CSS pixel in mm.
const PX_MM: f64 = 0.264_583;

/// The concept with its clear space and smallest sizes.
#[must_use]
pub fn measured(concept: Concept) -> Concept {
    let (clear_space, clear_from) = clear_space(&concept);
    let minimums = minimums(&concept);
    Concept { clear_space, clear_from, minimums, ..concept }
}

/// The larger of what the letters and what the strokes of the mark ask for, in sides of the mark; the least there
/// may be where both ask for less.
fn clear_space(concept: &Concept) -> (f64, ClearFrom) {
    let of_letters = CLEAR_OF_LETTERS * lockup::lay(concept, Lockup::Horizontal).cap / SIDE;
    let mark = optics::pieces(&concept.mark);
    let of_stroke = optics::stroke(&mark) / concept.mark.width.max(concept.mark.height).max(1e-9);
    let (space, from) = if of_stroke > of_letters && of_stroke <= CLEAR.1 {
        (of_stroke, ClearFrom::Stroke)
    } else {
        (of_letters, ClearFrom::Letters)
    };
    // Two places: the book says it in percent.
    let space = (space * 100.0).round() / 100.0;
    if (CLEAR.0..=CLEAR.1).contains(&space) { (space, from) } else { (CLEAR.0, ClearFrom::Share) }
}

fn minimums(concept: &Concept) -> Vec<Minimum> {
    let (mark, name) = (Least::of_mark(concept), Least::of_name(concept));
    let of = |lockup: Lockup| {
        let laid = lockup::lay(concept, lockup);
        let Least { px, mm } = if laid.side + laid.cap > 0.0 {
            let of_mark = mark.times(laid.width, laid.side);
            of_mark.or(name.times(laid.width, laid.cap))
        } else {
            Least::of_whole(&laid.drawing())
        };
        let tall = laid.height / laid.width.max(1e-9);
        let px = [px, px * tall].map(|px| px.ceil() as u32);
        let mm = [mm, mm * tall].map(|mm| (mm * 2.0).ceil() / 2.0);
        Minimum { lockup: lockup.id().to_owned(), px, mm }
    };
    Lockup::ALL.into_iter().map(of).collect()
}

/// The least of some length: on a screen in pixels, in print in mm.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Least {
    px: f64,
    mm: f64,
}

impl Least {
    const NONE: Self = Self { px: 0.0, mm: 0.0 };

    /// Of the mark's side.
    fn of_mark(concept: &Concept) -> Self {
        let widths = measure::widths(&raster::mask(&concept.mark, MARK_PX));
        let thinnest = widths.ink.min(widths.gap).max(0.25) / 16.0;
        Self { px: f64::from(concept.mark_px_min), mm: (MARK_LINE_MM / thinnest).max(SIDE_MM) }
    }

    /// Of the height of a name's capitals.
    fn of_name(concept: &Concept) -> Self {
        let name = Name::of(concept);
        let letters = name.strokes();
        let finest = letters
            .iter()
            // Points and dashes say nothing about strokes.
            .filter(|letter| letter.ink.height() > 0.5 * name.cap)
            .min_by(|a, b| optics::stroke(&a.pieces).total_cmp(&optics::stroke(&b.pieces)));
        let stroke = finest.map_or(0.1, |letter| thinnest(letter) / name.cap).max(0.01);
        let exact: Vec<Topology> = letters.iter().map(|letter| at(letter, name.cap, CAP_EXACT_PX)).collect();
        let keeps = |px: &u32| {
            let whole =
                letters.iter().zip(&exact).filter(|(letter, exact)| at(letter, name.cap, *px) == **exact);
            whole.count() * 10 >= letters.len() * WHOLE_OF_TEN
        };
        let whole = CAPS_PX.into_iter().find(keeps).unwrap_or(CAPS_PX[CAPS_PX.len() - 1]);
        Self { px: f64::from(whole).max(STROKE_PX_MIN / stroke), mm: (STROKE_MM / stroke).max(CAP_MM) }
    }

    /// Of the width of a drawing that cannot be taken apart.
    fn of_whole(drawing: &Drawing) -> Self {
        let longest = drawing.width.max(drawing.height).max(1e-9);
        let px = measure::smallest_side(drawing, &BADGES_PX).unwrap_or(BADGES_PX[BADGES_PX.len() - 1]);
        let px = f64::from(px) * drawing.width / longest;
        Self { px, mm: px * PX_MM }
    }

    /// The width of a lockup in which the part of this least size is so long.
    fn times(self, width: f64, length: f64) -> Self {
        if length > 0.0 {
            Self { px: self.px * width / length, mm: self.mm * width / length }
        } else {
            Self::NONE
        }
    }

    fn or(self, other: Self) -> Self {
        Self { px: self.px.max(other.px), mm: self.mm.max(other.mm) }
    }
}

/// The thinnest stroke of a letter, by the widest brush that still paints it.
fn thinnest(letter: &Letter) -> f64 {
    measure::widths(&mask(letter, LETTER_PX)).ink / 16.0 * letter.ink.width().max(letter.ink.height())
}

/// Parts and counters of a letter where capitals have this height.
fn at(letter: &Letter, cap: f64, cap_px: u32) -> Topology {
    let side = letter.ink.width().max(letter.ink.height()) / cap * f64::from(cap_px);
    measure::topology(&mask(letter, (side.ceil() as u32).clamp(2, 4 * CAP_EXACT_PX)))
}

fn mask(letter: &Letter, px: u32) -> Mask {
    let place = Affine::translate(-letter.ink.origin().to_vec2());
    let outlines: Vec<BezPath> = letter.pieces.iter().map(|(_, outline)| place * outline.clone()).collect();
    raster::mask_of(&outlines, letter.ink.width(), letter.ink.height(), px)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form;
    use core_brand::FillRole;
    use kurbo::Point;

    fn letter(outline: BezPath) -> Letter {
        let ink = crate::bezier::bounds(&outline);
        Letter { pieces: vec![(FillRole::Ink, outline)], ink }
    }

    #[test]
    fn every_lockup_has_a_least_size_and_a_badge_its_own() {
        let ring = form::ring(Point::new(500.0, 500.0), 500.0, 300.0);
        let shape = core_brand::Shape { fill: FillRole::Mark, path: crate::path::write(&ring) };
        let mut concept = crate::name::tests::concept(&["xxxx xxp"], false);
        concept.mark.shapes.push(shape);
        let plain = measured(concept.clone());
        let ids: Vec<&str> = plain.minimums.iter().map(|least| least.lockup.as_str()).collect();
        assert_eq!(ids, Lockup::ALL.map(Lockup::id));
        let of = |concept: &Concept, lockup: Lockup| {
            concept.minimums.iter().find(|least| least.lockup == lockup.id()).unwrap().px
        };
        assert_eq!(of(&plain, Lockup::Mark), [16, 16]);
        let [wide, high] = of(&plain, Lockup::Square);
        assert!(wide == high && wide > 16);
        assert_eq!(plain.clear_from, ClearFrom::Letters);
        concept.badge = Some(concept.mark.clone());
        assert_eq!(of(&measured(concept), Lockup::Badge), [BADGES_PX[0]; 2]);
    }

    #[test]
    fn a_thin_ring_needs_more_pixels_than_a_bar() {
        let bar = letter(form::rect(0.0, 0.0, 200.0, 700.0));
        let ring = |stroke: f64| letter(form::ring(Point::new(300.0, 350.0), 350.0, 350.0 - stroke));
        let least = |letter: &Letter| {
            let exact = at(letter, 700.0, CAP_EXACT_PX);
            CAPS_PX.into_iter().find(|px| at(letter, 700.0, *px) == exact).unwrap_or(99)
        };
        assert_eq!(least(&bar), CAPS_PX[0]);
        assert!(least(&ring(20.0)) > least(&ring(150.0)));
        assert!((thinnest(&ring(100.0)) - 100.0).abs() < 20.0, "{}", thinnest(&ring(100.0)));
    }
}
