//! The initial, made unmistakable by one move: a cut, a full stop, a block with slots, lines that fade.

use super::Subject;
use crate::art::{Art, MIDDLE, Pen, Sketch, pt};
use crate::letters::Letter;
use crate::slab;
use core_vector::form::{self, Cap};
use core_vector::offset::{self, Corner};
use core_vector::transform::{direction, turn};
use core_vector::{bezier, combine};
use kurbo::{Affine, BezPath};

/// Letters that are told apart by their right side, which a letter before them would hide.
const RIGHT: &[char] = &['D', 'G', 'O', 'Q', '0'];
/// A smaller corner in the second colour looks like a mishap.
const CORNER_MIN: f64 = 0.07;

pub(super) fn sketch(pen: &mut Pen, subject: &Subject) -> Option<Sketch> {
    let letter = subject.letter()?;
    match pen.idea(5) {
        0 => Some(cut(pen, letter)),
        1 => Some(full_stop(pen, letter)),
        2 => lines(pen, letter),
        3 => fused(pen, letter, subject.letters.second.as_ref()?),
        _ => block(pen, letter),
    }
}

/// One straight cut; the parts slide along it.
fn cut(pen: &mut Pen, letter: &Letter) -> Sketch {
    let shape = letter.tall(960.0);
    let degrees = pen.one(-32.0, &[-45.0, 32.0, -20.0, 45.0, 60.0]) + pen.between(-6.0, 6.0);
    let slide = pen.taste.gap() * pen.one(0.0, &[0.0, 0.6 + pen.taste.energy]);
    let at = pt(500.0, pen.between(430.0, 590.0));
    let below = turn(degrees, at) * form::rect(-1500.0, at.y, 2500.0, 3000.0);
    let along = slide / 2.0 * direction(degrees);
    let apart = pen.taste.gap() / 2.0 * direction(degrees + 90.0);
    let lower = Affine::translate(along + apart) * combine::intersect(&shape, &below);
    let upper = Affine::translate(-along - apart) * combine::subtract(&shape, &[below]);
    let art = if pen.chance(0.6) { Art::with(&[upper], &[lower]) } else { Art::of(&[upper, lower]) };
    Sketch::new(art, "monogram-cut").letters(&letter.text)
}

/// The initial and a full stop: said and done.
fn full_stop(pen: &mut Pen, letter: &Letter) -> Sketch {
    let shape = letter.path.clone();
    let radius = pen.between(105.0, 135.0);
    let center = pt(letter.width + pen.taste.gap() + radius, 1000.0 - radius);
    let dot = if pen.taste.round > 0.35 {
        form::circle(center, radius)
    } else {
        form::rect(center.x - radius, center.y - radius, center.x + radius, center.y + radius)
    };
    let room = offset::grow(&dot, pen.taste.gap(), Corner::Round);
    // A stop set into the letter's own foot binds the two.
    let (shape, dot) = if pen.chance(0.5) {
        let back = Affine::translate((-(radius * 1.25), 0.0));
        (combine::subtract(&shape, &[back * room]), back * dot)
    } else {
        (shape, dot)
    };
    Sketch::new(Art::with(&[shape], &[dot]), "monogram-stop").letters(&letter.text)
}

/// The lower part dissolves into lines.
fn lines(pen: &mut Pen, letter: &Letter) -> Option<Sketch> {
    let shape = letter.tall(960.0);
    let gap = pen.taste.gap();
    let from_top = pen.chance(0.4);
    let mut cuts = Vec::new();
    let mut y = pen.between(430.0, 520.0);
    let mut bar = pen.between(92.0, 118.0);
    while y + gap < 965.0 {
        cuts.push(form::rect(-600.0, y, 1600.0, y + gap));
        y += gap + bar;
        bar = f64::max(bar * 0.86, 68.0);
        if y > 965.0 - gap - 60.0 {
            break;
        }
    }
    let slope = if pen.taste.energy > 0.6 { pen.one(0.0, &[-14.0, 14.0]) } else { 0.0 };
    let cuts: Vec<BezPath> = cuts.into_iter().map(|cut| turn(slope, MIDDLE) * cut).collect();
    let flip = if from_top { core_vector::transform::mirror_y(500.0) } else { Affine::IDENTITY };
    let cuts: Vec<BezPath> = cuts.into_iter().map(|cut| flip * cut).collect();
    let art = combine::subtract(&shape, &cuts);
    (bezier::contours(&art).len() <= 14)
        .then(|| Sketch::new(Art::of(&[art]), "monogram-lines").letters(&letter.text))
}

/// Two initials in one figure: the second stands before the first, a line of air around it.
fn fused(pen: &mut Pen, first: &Letter, second: &Letter) -> Option<Sketch> {
    if core_typography::is_right_to_left(&first.text) {
        // Joined scripts do not stand letters before each other.
        return None;
    }
    if first.plain.is_some_and(|letter| RIGHT.contains(&letter)) {
        return None;
    }
    let step = pen.between(0.52, 0.66) * first.width;
    let drop = pen.one(0.0, &[260.0, 320.0]);
    let behind = first.path.clone();
    let before = Affine::translate((step, drop)) * second.path.clone();
    let room = offset::grow(&before, pen.taste.gap(), Corner::Sharp);
    let rest = combine::subtract(&behind, &[room]);
    let left = bezier::area(&rest).abs() / bezier::area(&behind).abs().max(1.0);
    // Enough of the first letter must stay to be read.
    (left > 0.42).then(|| {
        let letters = format!("{}{}", first.text, second.text);
        Sketch::new(Art::with(&[rest], &[before]), "monogram-pair").letters(&letters)
    })
}

/// A solid block that a few slots turn into the letter.
fn block(pen: &mut Pen, letter: &Letter) -> Option<Sketch> {
    // The tail of a Q needs more than a slot.
    let plain = letter.plain.filter(|letter| *letter != 'Q')?;
    let body = slab::draw(pen, plain)?;
    if pen.chance(0.35) {
        // One corner in the second colour.
        let gap = pen.taste.gap();
        let at = pen.between(600.0, 680.0);
        let line =
            form::bar(pt(at - 900.0 + 400.0, at + 900.0), pt(at + 900.0, at - 900.0 + 400.0), gap, Cap::Flat);
        let parts = combine::subtract(&body, &[line]);
        let beyond =
            form::polygon(&[pt(at - 500.0, at + 900.0), pt(at + 900.0, at - 500.0), pt(2400.0, 2400.0)]);
        let corner = combine::intersect(&parts, &beyond);
        if bezier::area(&corner).abs() < CORNER_MIN * bezier::area(&body).abs() {
            return None;
        }
        let art = Art::with(&[combine::subtract(&parts, &[beyond])], &[corner]);
        return Some(Sketch::new(art, "monogram-block").letters(&letter.text));
    }
    Some(Sketch::new(Art::of(&[body]), "monogram-block").letters(&letter.text))
}
