//! Two neighbours of the name that share a stroke, drawn as one figure; the name carries them so, too.

use super::{Subject, Tile};
use crate::art::{Art, MIDDLE, Pen, Sketch};
use crate::joint::{self, Joint, Shared};
use crate::wordmark::Touch;
use core_vector::offset::{self, Corner};
use core_vector::transform::fitted;
use core_vector::{bezier, combine};
use kurbo::{Affine, BezPath, Rect};

/// Joints are measured in thousandths of an em.
const EM: f64 = 1000.0;
/// What a plate leaves around its figure.
const RIM: f64 = 62.0;
/// How often the figure is cut from a shape instead of standing free.
const PLATE_SHARE: f64 = 0.35;

/// Two letters that can be one.
struct Found {
    at: usize,
    text: String,
    shared: Shared,
    figure: BezPath,
}

pub(super) fn sketch(pen: &mut Pen, subject: &Subject) -> Option<Sketch> {
    let mut found = found(subject);
    // The rarer a thing to share, the better it is known again; that one leads, and others follow it.
    found.sort_by_key(|found| found.shared);
    let found = found.get(pen.lead % found.len().max(1))?;
    let heavy = offset::grow(&found.figure, pen.between(1.0, 10.0 + 14.0 * pen.taste.weight), Corner::Sharp);
    // Two rounds cut from a solid are a pair of eyes.
    let is_cut = found.shared != Shared::Bowl && pen.chance(PLATE_SHARE);
    let plate = if is_cut { plate(pen, &heavy) } else { None };
    let art = plate.unwrap_or_else(|| Art::of(&[heavy]));
    let key = match found.shared {
        Shared::Diagonal => "join-diagonal",
        Shared::Bowl => "join-bowl",
        Shared::Bar => "join-bar",
        Shared::Stem => "join-stem",
    };
    Some(Sketch::new(art, key).letters(&found.text).touching(Touch::Join(found.at)))
}

/// Whether the name has a pair that joins.
pub(super) fn suits(subject: &Subject) -> bool {
    !found(subject).is_empty()
}

/// The figure cut from a solid shape that is wide enough for it.
fn plate(pen: &mut Pen, figure: &BezPath) -> Option<Art> {
    let tile = Tile::choose(pen).outline(pen, 0.0);
    let most = pen.between(650.0, 700.0);
    let sizes = [most, most - 60.0, most - 120.0];
    let fit = |size: f64| fitted(figure, Rect::from_center_size(MIDDLE, (size, size)));
    let is_inside = |placed: &BezPath| {
        let room = offset::grow(placed, RIM, Corner::Sharp);
        combine::subtract(&room, std::slice::from_ref(&tile)).is_empty()
    };
    let placed = sizes.into_iter().map(fit).find(is_inside)?;
    Some(Art::of(&[combine::subtract(&tile, &[placed])]))
}

/// Every pair of the name that can join, each once.
fn found(subject: &Subject) -> Vec<Found> {
    // A pair from the middle of a later word stands for nothing.
    let leading = subject.name.split_whitespace().next().unwrap_or_default();
    let letters: Vec<(usize, char)> = subject.name.char_indices().take(leading.chars().count()).collect();
    let mut all: Vec<Found> = Vec::new();
    for pair in letters.windows(2) {
        let [(at, left), (_, right)] = *pair else { continue };
        let text = format!("{left}{right}");
        if joint::shared(left, right).is_none() || all.iter().any(|found| found.text == text) {
            continue;
        }
        if let Some((joint, figure)) = figure(subject, left, right) {
            all.push(Found { at, text, shared: joint.shared, figure });
        }
    }
    all
}

/// Both letters, joined.
fn figure(subject: &Subject, left: char, right: char) -> Option<(Joint, BezPath)> {
    let scale = EM / subject.face.units_per_em();
    let glyph = |letter: char| {
        let outline = subject.face.outline(subject.face.glyph(letter.into())?);
        Some(Affine::new([scale, 0.0, 0.0, -scale, 0.0, 0.0]) * outline)
    };
    let advance = subject.face.shape(&left.to_string(), subject.language).advance * scale;
    let (one, other) = (glyph(left)?, Affine::translate((advance, 0.0)) * glyph(right)?);
    let joint = joint::find((left, right), &one, &other)?;
    let other = Affine::translate((joint.by, 0.0)) * other;
    let whole = combine::union(&[one, other, joint.bridge.clone()]);
    (bezier::contours(&whole).len() <= 6).then_some((joint, whole))
}
