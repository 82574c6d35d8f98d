//! A frame and what it holds: the letter itself keeps a place for the sign of the trade, or a heavy frame does.

use super::{Subject, Tile};
use crate::art::{Art, MIDDLE, Pen, Sketch, pt};
use core_vector::form;
use core_vector::transform::{fitted, mirror_x};
use core_vector::{bezier, combine};
use kurbo::{BezPath, Rect};

/// A motif of more parts and holes is too busy to stand inside a letter.
const PARTS_INSIDE_MAX: usize = 5;

pub(super) fn sketch(pen: &mut Pen, subject: &Subject) -> Option<Sketch> {
    match pen.idea(4) {
        0 | 1 => place(pen, subject),
        2 => gate(pen, subject),
        _ => seal(pen, subject),
    }
}

fn figure(pen: &mut Pen, subject: &Subject) -> Option<(BezPath, Sketch)> {
    let (id, draw) = crate::motif::find(subject.motif(pen))?;
    Some((draw(pen).whole(), Sketch::new(Art::default(), "container-motif").motif(id)))
}

/// The initial, drawn wide, and in the place that it leaves the motif.
fn place(pen: &mut Pen, subject: &Subject) -> Option<Sketch> {
    let letter = subject.letter()?;
    let s = pen.taste.stroke() * pen.own_between(10, 1.1, 1.5);
    let (frame, room) = keeper(pen, letter.plain?, s)?;
    let (id, draw) = crate::motif::find(subject.motif(pen))?;
    let figure = draw(pen).whole();
    // What cannot be seen at small sizes does not belong inside.
    if bezier::contours(&figure).len() > PARTS_INSIDE_MAX {
        return None;
    }
    let art = Art::with(&[frame], &[fitted(&figure, room)]);
    Some(Sketch::new(art, "container-place").letters(&letter.text).motif(id))
}

/// A letter that is a frame, and the room it keeps.
fn keeper(pen: &Pen, letter: char, s: f64) -> Option<(BezPath, Rect)> {
    let bend = 480.0 * pen.taste.round;
    let keep = Keep { s, gap: pen.taste.gap(), side: 1000.0 - s, bend };
    Some(match letter {
        'O' | '0' | 'Q' | 'C' => keep.round(letter),
        'D' => keep.bowl(),
        'U' => keep.cup(),
        'L' => keep.foot(),
        'J' => {
            let (frame, room) = keep.foot();
            let mirrored = Rect::new(1000.0 - room.x1, room.y0, 1000.0 - room.x0, room.y1);
            (combine::union(&[mirror_x(500.0) * frame]), mirrored)
        }
        'H' => keep.seat(),
        'V' => keep.fork(),
        _ => return None,
    })
}

/// Lengths of a letter that keeps a place: its stroke, the air, the inner edge of its right stem, its bends.
struct Keep {
    s: f64,
    gap: f64,
    side: f64,
    bend: f64,
}

impl Keep {
    /// The room inside all strokes, drawn in further.
    fn inside(&self, inset: f64) -> Rect {
        let (low, high) = (self.s + self.gap + inset, self.side - self.gap - inset);
        Rect::new(low, low, high, high)
    }

    /// A box with radii clockwise from the upper left, hollowed to a band.
    fn hollow(&self, radii: [f64; 4], right: f64) -> BezPath {
        let shape = |by: f64| {
            let at = [(by, by), (right - by, by), (right - by, 1000.0 - by), (by, 1000.0 - by)];
            let corners =
                at.map(kurbo::Point::from).into_iter().zip(radii.map(|radius| (radius - by).max(0.0)));
            form::rounded_corners(&corners.collect::<Vec<_>>())
        };
        combine::subtract(&shape(0.0), &[shape(self.s)])
    }

    /// O, Q and C about one middle.
    fn round(&self, letter: char) -> (BezPath, Rect) {
        let ring = form::ring(MIDDLE, 500.0, 500.0 - self.s);
        let frame = match letter {
            'Q' => {
                let tail = form::polygon(&[
                    pt(620.0, 740.0),
                    pt(740.0, 620.0),
                    pt(1010.0, 890.0),
                    pt(890.0, 1010.0),
                ]);
                combine::union(&[ring, combine::subtract(&tail, &[form::circle(MIDDLE, 500.0 - self.s)])])
            }
            'C' => combine::subtract(&ring, &[form::rect(500.0, 330.0, 1100.0, 670.0)]),
            _ => ring,
        };
        // The square in the round, and a little air.
        let half = 0.74 * (500.0 - self.s) - 0.5 * self.gap;
        (frame, Rect::from_center_size(MIDDLE, (2.0 * half, 2.0 * half)))
    }

    /// D: a stem and a bowl.
    fn bowl(&self) -> (BezPath, Rect) {
        let room = self.inside(70.0);
        (
            self.hollow([30.0, 480.0, 480.0, 30.0], 900.0),
            Rect::new(room.x0, room.y0, room.x1 - 100.0, room.y1),
        )
    }

    /// U: open above.
    fn cup(&self) -> (BezPath, Rect) {
        let radius = self.bend.max(60.0);
        let tight = self.gap * 0.4 + self.bend * 0.12;
        let open = form::rect(self.s, -10.0, self.side, 500.0);
        let frame = combine::subtract(&self.hollow([0.0, 0.0, radius, radius], 1000.0), &[open]);
        let room = self.inside(tight);
        (frame, Rect::new(room.x0, 0.0, room.x1, room.y1))
    }

    /// L: open above and to the right, its bend as round as the taste.
    fn foot(&self) -> (BezPath, Rect) {
        let radius = self.bend.max(30.0);
        let shape = self.hollow([0.0, 0.0, 0.0, radius], 1000.0);
        let bend = combine::intersect(&shape, &form::rect(0.0, 500.0, 500.0, 1000.0));
        let open = form::rect(self.s, -10.0, 1010.0, self.side);
        let frame = combine::union(&[combine::subtract(&shape, &[open]), bend]);
        // The inner bend needs room of its own.
        let inset = self.gap * 1.2 + 0.24 * (radius - self.s).max(0.0);
        (frame, Rect::new(self.s + inset, 0.0, 960.0, self.side - inset))
    }

    /// H: what stands on its bar.
    fn seat(&self) -> (BezPath, Rect) {
        let bar = 560.0;
        let stems = [form::rect(0.0, 0.0, self.s, 1000.0), form::rect(self.side, 0.0, 1000.0, 1000.0)];
        let [left, right] = stems;
        let frame = combine::union(&[left, right, form::rect(0.0, bar, 1000.0, bar + self.s)]);
        (frame, Rect::new(self.s + self.gap, 0.0, self.side - self.gap, bar - self.gap))
    }

    /// V: what it opens for.
    fn fork(&self) -> (BezPath, Rect) {
        let inner = [
            pt(-80.0 + self.s * 1.1, -1.0),
            pt(1080.0 - self.s * 1.1, -1.0),
            pt(500.0, 1000.0 - self.s * 1.5),
        ];
        let outer = [pt(-80.0, 0.0), pt(1080.0, 0.0), pt(590.0, 1000.0), pt(410.0, 1000.0)];
        let frame = combine::subtract(&form::polygon(&outer), &[form::polygon(&inner)]);
        (frame, Rect::new(310.0, 0.0, 690.0, 380.0))
    }
}

/// A solid arch with the figure standing in its door.
fn gate(pen: &mut Pen, subject: &Subject) -> Option<Sketch> {
    let (shape, said) = figure(pen, subject)?;
    let tile = Tile::choose(pen);
    let body = tile.outline(pen, 0.0);
    let frame = pen.taste.stroke() * pen.own_between(11, 0.62, 0.86);
    let hole = tile.outline(pen, frame);
    let bounds = bezier::bounds(&hole);
    let size = (bounds.width() - 2.0 * pen.taste.gap()) * pen.between(0.86, 0.94);
    let room = Rect::from_center_size(bounds.center(), (size, size));
    let art = Art::with(&[combine::subtract(&body, &[hole])], &[fitted(&shape, room)]).moved(own_shape(pen));
    Some(Sketch { art, idea: said.idea })
}

/// A frame may be as wide as high, or less; what it holds stays as it is to the eye.
fn own_shape(pen: &Pen) -> kurbo::Affine {
    core_vector::transform::scale_xy(pen.own_between(12, 0.8, 1.0), 1.0, MIDDLE)
}

/// A tile parted in two: above the figure, below lines that stand for the ground it works on.
fn seal(pen: &mut Pen, subject: &Subject) -> Option<Sketch> {
    let (shape, said) = figure(pen, subject)?;
    let tile = Tile::choose(pen).outline(pen, 0.0);
    let gap = pen.taste.gap();
    let level = pen.own_between(13, 610.0, 710.0);
    let mut cuts = vec![form::rect(-100.0, level, 1100.0, level + gap)];
    let second = level + gap + pen.between(85.0, 105.0);
    if second + gap < 900.0 {
        cuts.push(form::rect(-100.0, second, 1100.0, second + gap));
    }
    let size = level - 20.0 - 230.0;
    let placed = fitted(&shape, Rect::from_center_size(pt(500.0, (level + 30.0) / 2.0 + 25.0), (size, size)));
    cuts.push(placed);
    let below = form::rect(-100.0, level + gap / 2.0, 1100.0, 1100.0);
    let parts = combine::subtract(&tile, &cuts);
    let art = if pen.chance(0.6) {
        Art::with(
            &[combine::subtract(&parts, std::slice::from_ref(&below))],
            &[combine::intersect(&parts, &below)],
        )
    } else {
        Art::of(&[parts])
    };
    Some(Sketch { art: art.moved(own_shape(pen)), idea: said.idea })
}
