//! A seal: the initial or the trade's sign in a frame with an edge, as on a window, a label or a letterhead.

use super::Subject;
use crate::art::{Art, MIDDLE, Pen, Sketch, pt};
use crate::rhythm::Rhythm;
use core_vector::form::{self, Cap};
use core_vector::offset::{self, Corner};
use core_vector::transform::{fitted, polar, scale_xy};
use core_vector::{bezier, combine};
use kurbo::{BezPath, Rect};

/// Signs of more lines and curves are too busy for a seal.
const SIGN_SEGMENTS_MAX: usize = 60;
const SIGN_PARTS_MAX: usize = 6;
/// How wide a round ray is at most, as a share of its length.
const RAY_SLIM: f64 = 0.6;
/// More fields are too narrow for a chief.
const FIELDS_MAX: usize = 3;

pub(super) fn sketch(pen: &mut Pen, subject: &Subject) -> Option<Sketch> {
    match pen.idea(5) {
        // A name in characters is stamped; a worked edge about one of them says less.
        0 | 3 if super::stamp::suits(subject) => super::stamp::sketch(pen, subject),
        0 => seal(pen, subject),
        1 => rays(pen, subject),
        2 => shield(pen, subject),
        3 => wreath(pen, subject),
        _ => lozenge(pen, subject),
    }
}

/// What stands in the middle, brought into a room, and what to say of it.
fn heart(
    pen: &mut Pen,
    subject: &Subject,
    key: &'static str,
    room: Rect,
    letters: usize,
) -> Option<(BezPath, Sketch)> {
    let said = Sketch::new(Art::default(), key);
    if let Some(letter) = subject.letter().filter(|letter| !letter.is_stem() && pen.own(86, 10) < letters) {
        return Some((letter.within(room), said.letters(&letter.text)));
    }
    let (id, draw) = crate::motif::find(subject.motif(pen))?;
    let shape = draw(pen).whole();
    let parts = bezier::contours(&shape).len();
    let plain = bezier::segments(&shape) <= SIGN_SEGMENTS_MAX && parts <= SIGN_PARTS_MAX;
    plain.then(|| (fitted(&shape, room), Sketch::new(Art::default(), "emblem-sign").motif(id)))
}

/// Letters that the name has, for edges that count them.
fn letters_of(subject: &Subject) -> usize {
    subject.name.chars().filter(|letter| letter.is_alphanumeric()).count()
}

/// A round of scallops or teeth with the initial left out of the middle; some have a line within the edge.
fn seal(pen: &mut Pen, subject: &Subject) -> Option<Sketch> {
    let count = letters_of(subject).clamp(7, 13) + pen.own(80, 4);
    let edge = if pen.taste.is_round() || pen.own(81, 10) < 3 { scallops(count) } else { teeth(count) };
    let gap = pen.taste.gap() * 0.92;
    let kind = [Seal::Plain, Seal::Lined, Seal::Open][pen.own(82, 3)];
    let ring = 492.0 - pen.own_between(83, 98.0, 136.0);
    let has_line = kind == Seal::Lined;
    let share = pen.own_about(84, 1.2, 1.4).min(if has_line { 1.3 } else { 1.4 });
    let side = (if kind == Seal::Plain { ring } else { ring - gap }) * share;
    // A seal is a disc, or as slim as the name says; lines need their width.
    let slim = pen.own_about(85, if has_line { 0.92 } else { 0.76 }, 1.0);
    let oval = scale_xy(slim, 1.0, MIDDLE);
    let edge = oval * edge;
    let room = Rect::from_center_size(MIDDLE, (side * slim, side));
    let (shape, said) = heart(pen, subject, "emblem-seal", room, 8)?;
    let art = match kind {
        Seal::Plain => Art::of(&[combine::subtract(&edge, &[shape])]),
        Seal::Open => Art::with(&[combine::subtract(&edge, &[oval * form::circle(MIDDLE, ring)])], &[shape]),
        Seal::Lined => {
            let whole = combine::subtract(&edge, &[oval * form::ring(MIDDLE, ring, ring - gap), shape]);
            let inner = oval * form::circle(MIDDLE, ring - gap / 2.0);
            Art::with(&[combine::intersect(&whole, &inner)], &[combine::subtract(&whole, &[inner])])
        }
    };
    Some(said.drawn(art))
}

/// What lies within the edge of a seal.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Seal {
    /// A field that the sign is left out of.
    Plain,
    /// The same with a line of air within the edge.
    Lined,
    /// Nothing but the sign.
    Open,
}

/// A disc whose edge swells this often.
fn scallops(count: usize) -> BezPath {
    let step = 360.0 / count as f64;
    // Swells that meet at a blunt angle.
    let swell = 492.0 * libm::sin((step / 2.0).to_radians()) * 1.06;
    let middle = 492.0 - swell;
    let mut parts: Vec<BezPath> =
        (0..count).map(|at| form::circle(polar(MIDDLE, middle, step * at as f64 - 90.0), swell)).collect();
    parts.push(form::circle(MIDDLE, middle));
    combine::union(&parts)
}

fn teeth(count: usize) -> BezPath {
    let rays = (count * 3 / 2).clamp(12, 22);
    form::polygon(&form::star(MIDDLE, 496.0, 496.0 - 58.0, rays, -90.0))
}

/// The initial on a disc, and rays all around it.
fn rays(pen: &mut Pen, subject: &Subject) -> Option<Sketch> {
    let count = letters_of(subject).clamp(8, 11) + pen.own(80, 4);
    let step = 360.0 / count as f64;
    // Shorter rays would be crumbs about the disc.
    let disc = pen.own_about(83, 250.0, 310.0);
    let gap = pen.taste.gap();
    // Rays as wide as the gap between them where they start.
    let short = if count.is_multiple_of(2) { pen.own_between(84, 0.0, 40.0) } else { 0.0 };
    let half = (step / 4.0).max((gap * 0.52 / (disc + gap)).to_degrees());
    // Round ones are no shorter than they are wide, or they would grow into the disc.
    let room = (495.0 - short) / (1.0 + 2.1 * libm::sin(half.to_radians()));
    let disc = if pen.taste.is_round() { disc.min(room - gap) } else { disc };
    let inner = disc + gap;
    let ray = |at: usize| {
        let degrees = step * at as f64 - 90.0;
        let end = 495.0 - if at.is_multiple_of(2) { 0.0 } else { short };
        if pen.taste.is_round() {
            // Thinner than long, or it is a crumb.
            let width = (2.0 * inner * libm::sin(half.to_radians())).min(RAY_SLIM * (495.0 - inner));
            return form::bar(
                polar(MIDDLE, inner + width / 2.0, degrees),
                polar(MIDDLE, end - width / 2.0, degrees),
                width,
                Cap::Round,
            );
        }
        form::polygon(&[
            polar(MIDDLE, inner, degrees - half),
            polar(MIDDLE, end, degrees - half * 1.1),
            polar(MIDDLE, end, degrees + half * 1.1),
            polar(MIDDLE, inner, degrees + half),
        ])
    };
    let all: Vec<BezPath> = (0..count).map(ray).collect();
    let side = disc * 1.3;
    let (shape, said) = heart(pen, subject, "emblem-rays", Rect::from_center_size(MIDDLE, (side, side)), 8)?;
    let body = combine::subtract(&form::circle(MIDDLE, disc), &[shape]);
    Some(said.drawn(Art::with(&[body], &all)))
}

/// A shield with a chief: above a field for each word, as wide as it is long, the initial below.
fn shield(pen: &mut Pen, subject: &Subject) -> Option<Sketch> {
    let rhythm = Rhythm::of(subject.name);
    let gap = pen.taste.gap();
    let outer = crate::motif::shield();
    let bounds = bezier::bounds(&outer);
    let level = bounds.y0 + bounds.height() * pen.own_about(83, 0.24, 0.36);
    let bar = form::rect(-100.0, level, 1100.0, level + gap);
    let parts = if rhythm.has_words() { rhythm.parts() } else { vec![1] };
    let parts = &parts[..parts.len().min(FIELDS_MAX)];
    // No field is so narrow that it is a crumb.
    let share = |letters: usize| (letters as f64).clamp(4.0, 8.0);
    let total: f64 = parts.iter().copied().map(share).sum();
    let mut x = bounds.x0;
    let walls: Vec<BezPath> = parts[1..]
        .iter()
        .zip(parts)
        .map(|(_, before)| {
            x += bounds.width() * share(*before) / total;
            form::rect(x - gap / 2.0, -100.0, x + gap / 2.0, level + gap / 2.0)
        })
        .collect();
    let low = level + gap;
    let height = (bounds.y1 - low) * pen.own_between(84, 0.5, 0.64);
    let room =
        Rect::from_center_size((500.0, low + (bounds.y1 - low) * 0.43), (bounds.width() * 0.6, height));
    let (shape, said) = heart(pen, subject, "emblem-shield", room, 9)?;
    let mut cuts = vec![bar];
    cuts.extend(walls);
    let whole = combine::subtract(&outer, &cuts);
    // The field is solid and the sign left out of it, or it is a line around the sign.
    let field = form::rect(-100.0, low, 1100.0, 1100.0);
    let whole = if pen.own(82, 3) == 0 {
        let within = offset::shrink(&combine::intersect(&outer, &field), 70.0, Corner::Sharp);
        combine::union(&[combine::subtract(&whole, &[within]), shape])
    } else {
        combine::subtract(&whole, &[shape])
    };
    let chief = form::rect(-100.0, -100.0, 1100.0, level + gap / 2.0);
    let art = if pen.chance(0.5) {
        Art::with(
            &[combine::subtract(&whole, std::slice::from_ref(&chief))],
            &[combine::intersect(&whole, &chief)],
        )
    } else {
        Art::of(&[whole])
    };
    let own = scale_xy(pen.own_about(85, 0.8, 1.12), 1.0, MIDDLE);
    Some(said.drawn(art.moved(own)))
}

/// Leaves rise on both sides of the initial.
fn wreath(pen: &mut Pen, subject: &Subject) -> Option<Sketch> {
    let pairs = (letters_of(subject) / 2).clamp(3, 4) + pen.own(80, 2);
    let radius = 405.0;
    let bulge = pen.own_about(83, 0.2, 0.38);
    let (from, to) = (90.0 - 14.0, pen.own_between(84, -66.0, -20.0));
    let step = (from - to) / (pairs as f64 - 0.4);
    let leaf = |at: usize| {
        let degrees = from - step * at as f64;
        let base = polar(MIDDLE, radius + 4.0, degrees);
        let tip = polar(MIDDLE, radius + 74.0, degrees - step * 0.92);
        let root = polar(MIDDLE, radius - 52.0, degrees - step * 0.02);
        let middle = base.midpoint(root);
        form::lens(middle, tip, bulge)
    };
    let right: Vec<BezPath> = (0..pairs).map(leaf).collect();
    let mirror = core_vector::transform::mirror_x(500.0);
    let left: Vec<BezPath> = right.iter().map(|leaf| mirror * leaf.clone()).collect();
    let leaves: Vec<BezPath> = right.into_iter().chain(left).collect();
    let side = 2.0 * (radius - 60.0 - pen.taste.gap()) * 0.86;
    let (shape, said) =
        heart(pen, subject, "emblem-wreath", Rect::from_center_size(MIDDLE, (side, side)), 9)?;
    let art = if pen.chance(0.5) { Art::with(&[shape], &leaves) } else { Art::with(&leaves, &[shape]) };
    Some(said.drawn(art))
}

/// A lozenge in a lozenge, the initial left out of it.
fn lozenge(pen: &mut Pen, subject: &Subject) -> Option<Sketch> {
    let corner = pen.taste.corner(80.0);
    let (frame, gap) = (pen.own_about(83, 62.0, 96.0), pen.taste.gap());
    let wide = pen.own_about(85, 0.76, 1.0);
    let rhomb = |inset: f64| {
        let reach = 500.0 - inset * std::f64::consts::SQRT_2;
        let across = 500.0 * wide - inset * std::f64::consts::SQRT_2;
        let corners = [
            pt(500.0, 500.0 - reach),
            pt(500.0 + across, 500.0),
            pt(500.0, 500.0 + reach),
            pt(500.0 - across, 500.0),
        ];
        form::rounded_polygon(&corners, (corner - inset * 0.4).max(0.0))
    };
    let inner = rhomb(frame + gap);
    let is_open = pen.own(82, 3) > 0;
    // What stands free needs no second edge about it.
    let rim = if is_open { frame + 0.3 * gap } else { frame + gap };
    let side = (500.0 - rim * std::f64::consts::SQRT_2) * wide * 1.1;
    let room = Rect::from_center_size(MIDDLE, (side, side));
    let (shape, said) = heart(pen, subject, "emblem-lozenge", room, 8)?;
    let ring = combine::subtract(&rhomb(0.0), &[rhomb(frame)]);
    let body = if is_open { shape } else { combine::subtract(&inner, &[shape]) };
    let art = if pen.chance(0.5) { Art::with(&[body], &[ring]) } else { Art::of(&[body, ring]) };
    Some(said.drawn(art))
}
