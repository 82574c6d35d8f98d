//! The ways a mark can be made. Each is one idea, drawn from the name's letters, the trade's motifs and chance.

mod container;
mod echo;
mod emblem;
mod facet;
mod fold;
mod hull;
mod interlock;
mod join;
mod monogram;
mod monoline;
mod motif;
mod negative;
mod opening;
mod orbit;
mod rebus;
mod ribbon;
mod rotation;
mod sign;
mod stamp;
mod stencil;
mod tally;
mod truchet;

use crate::art::{MIDDLE, Pen, Sketch};
use crate::letters::{Letter, Letters};
use core_typography::Face;
use core_vector::{bezier, combine, form, transform};
use kurbo::{BezPath, Point};

/// What a grammar may draw from.
pub(crate) struct Subject<'a> {
    /// As it is set.
    pub name: &'a str,
    /// The display face of the design, in the cut that marks are drawn from.
    pub face: &'a Face,
    pub language: &'a str,
    pub letters: &'a Letters,
    /// Motif ids of the trade, best first.
    pub motifs: &'a [&'static str],
    /// Whether the first of them is what the name itself says.
    pub is_named: bool,
}

/// How often each of a trade's motifs is taken: trades have three or four.
const MOTIF_ORDER: [usize; 7] = [0, 1, 2, 0, 3, 1, 2];
/// The same where the name itself says the first: nobody else has that.
const MOTIF_ORDER_NAMED: [usize; 7] = [0, 0, 1, 0, 2, 0, 1];

impl Subject<'_> {
    fn letter(&self) -> Option<&Letter> {
        self.letters.first.as_ref()
    }

    /// Whether the name has the sign of its trade alone, without a letter of its own, from a hand that knows few forms of
    /// it: where the name itself says it, where such a hand cannot write the name, and else in one name of five, or nearly
    /// all of a trade would show the same.
    fn has_bare_sign(&self, pen: &Pen) -> bool {
        self.is_named || self.letter().and_then(|letter| letter.plain).is_none() || pen.own(4, 5) == 0
    }

    /// The trade's motifs, the first ones more often.
    fn motif(&self, pen: &Pen) -> &'static str {
        // The name decides; the next idea of a grammar takes the next motif.
        let order = if self.is_named { &MOTIF_ORDER_NAMED } else { &MOTIF_ORDER };
        let at = order[(pen.own(1, order.len()) + pen.lead) % order.len()];
        self.motifs.get(at % self.motifs.len().max(1)).copied().unwrap_or("star")
    }
}

/// Draws one try; `None` where the grammar cannot say anything about this name.
pub(crate) type Draw = fn(&mut Pen, &Subject) -> Option<Sketch>;

/// Every grammar by id.
pub(crate) const ALL: &[(&str, Draw)] = &[
    ("monogram", monogram::sketch),
    ("negative", negative::sketch),
    ("container", container::sketch),
    ("rotation", rotation::sketch),
    ("stencil", stencil::sketch),
    ("orbit", orbit::sketch),
    ("truchet", truchet::sketch),
    ("motif", motif::sketch),
    ("ribbon", ribbon::sketch),
    ("interlock", interlock::sketch),
    ("join", join::sketch),
    ("sign", sign::sketch),
    ("monoline", monoline::sketch),
    ("emblem", emblem::sketch),
    ("echo", echo::sketch),
    ("rebus", rebus::sketch),
    ("facet", facet::sketch),
    ("tally", tally::sketch),
];

/// The grammar of an id, and the id as this table writes it.
#[must_use]
pub(crate) fn find(id: &str) -> Option<(&'static str, Draw)> {
    ALL.iter().find(|(known, _)| *known == id).copied()
}

/// Grammars that say nothing without a letter.
#[must_use]
pub(crate) fn needs_letter(id: &str) -> bool {
    matches!(id, "monogram" | "stencil")
}

/// Whether a grammar has anything to say about a name: some need a pair that joins, or a sign.
#[must_use]
pub(crate) fn suits(id: &str, subject: &Subject) -> bool {
    match id {
        "join" => join::suits(subject),
        "sign" => sign::suits(subject),
        _ => subject.letters.first.is_some() || !needs_letter(id),
    }
}

/// What a grammar stands above or below the others, before the brief speaks: a letter with a picture in it is known
/// again, a count of letters is a pattern to everybody but its maker.
#[must_use]
pub(crate) fn standing(id: &str) -> f64 {
    match id {
        "rebus" => 0.12,
        "motif" => 0.05,
        "orbit" | "rotation" => -0.12,
        "truchet" => -0.4,
        "tally" | "interlock" => -0.6,
        _ => 0.0,
    }
}

/// The outline with its holes filled.
fn filled(shape: &BezPath) -> BezPath {
    let outward = bezier::area(shape).signum();
    let contours = bezier::contours(shape).into_iter().map(|contour| bezier::path(&[contour]));
    combine::union(&contours.filter(|path| bezier::area(path) * outward > 0.0).collect::<Vec<_>>())
}

/// Solid shapes that hold something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tile {
    Circle,
    Squircle,
    Square,
    Leaf,
    Shield,
    Hexagon,
    Arch,
    Octagon,
    Drop,
}

impl Tile {
    /// A tile that suits the taste; which of them, the name decides.
    fn choose(pen: &Pen) -> Self {
        let [round, plain, sharp]: [&[Self]; 3] = [
            &[Self::Circle, Self::Squircle, Self::Leaf, Self::Arch, Self::Drop],
            &[
                Self::Circle,
                Self::Square,
                Self::Squircle,
                Self::Leaf,
                Self::Arch,
                Self::Shield,
                Self::Hexagon,
            ],
            &[Self::Square, Self::Hexagon, Self::Octagon, Self::Shield, Self::Leaf],
        ];
        let from = if pen.taste.round > 0.66 {
            round
        } else if pen.taste.round < 0.34 {
            sharp
        } else {
            plain
        };
        from.get((pen.own(2, from.len()) + pen.lead / 4) % from.len()).copied().unwrap_or(Self::Circle)
    }

    /// A drop lying on its side: round but for one corner.
    fn drop(center: Point, radius: f64) -> BezPath {
        let at = [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)];
        let radii = [0.0, radius, radius, radius];
        let corner = |((x, y), round): ((f64, f64), f64)| (center + radius * kurbo::Vec2::new(x, y), round);
        form::rounded_corners(&at.into_iter().zip(radii).map(corner).collect::<Vec<_>>())
    }

    /// Its outline, as slim or as low as the name says; what is as wide as high stays so.
    fn own_outline(self, pen: &Pen) -> BezPath {
        if matches!(self, Self::Circle | Self::Hexagon | Self::Octagon) {
            return self.outline(pen, 0.0);
        }
        let by = pen.own_between(7, 0.8, 1.0);
        let (x, y) = if pen.own(8, 3) == 0 { (1.0, by) } else { (by, 1.0) };
        // Sides change and corners stay round: a corner that is stretched looks like a slip.
        self.boxed(pen, 480.0 * x, 480.0 * y)
            .unwrap_or_else(|| transform::scale_xy(x, y, MIDDLE) * self.outline(pen, 0.0))
    }

    /// Its outline about the middle, smaller by an inset. Where there are corners the taste rounds them.
    fn outline(self, pen: &Pen, inset: f64) -> BezPath {
        let half = 480.0 - inset;
        if let Some(path) = self.boxed(pen, half, half) {
            return path;
        }
        let corner = pen.taste.corner(150.0).max(24.0);
        let regular = |sides, degrees| form::regular(MIDDLE, half * 1.06, sides, degrees);
        match self {
            Self::Squircle => form::squircle(MIDDLE, half),
            Self::Shield => transform::scale(half / 480.0, MIDDLE) * crate::motif::shield(),
            Self::Hexagon => form::rounded_polygon(&regular(6, -90.0), corner),
            Self::Octagon => form::rounded_polygon(&regular(8, 22.5), corner * 0.6),
            Self::Circle | Self::Square | Self::Leaf | Self::Arch | Self::Drop => form::circle(MIDDLE, half),
        }
    }

    /// Those that are a box with some corners rounded, with half of its sides; nothing of any other.
    fn boxed(self, pen: &Pen, half_x: f64, half_y: f64) -> Option<BezPath> {
        let corner = pen.taste.corner(150.0).max(24.0);
        let half = half_x.min(half_y);
        let radii = match self {
            Self::Square => [corner; 4],
            Self::Leaf => [half * 0.98, corner * 0.6, half * 0.98, corner * 0.6],
            Self::Arch => [half, half, corner * 0.5, corner * 0.5],
            Self::Drop => [half * 0.98, half * 0.98, half * 0.98, corner * 0.5],
            Self::Circle | Self::Squircle | Self::Shield | Self::Hexagon | Self::Octagon => return None,
        };
        let at = [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)];
        let corners = at.map(|(x, y)| MIDDLE + kurbo::Vec2::new(half_x * x, half_y * y));
        Some(form::rounded_corners(&corners.into_iter().zip(radii).collect::<Vec<_>>()))
    }
}
