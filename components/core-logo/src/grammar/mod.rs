//! The ways a mark can be made. Each is one idea, drawn from the name's letters, the trade's motifs and chance.

mod container;
mod echo;
mod emblem;
mod facet;
mod interlock;
mod join;
mod monogram;
mod monoline;
mod motif;
mod negative;
mod orbit;
mod rebus;
mod ribbon;
mod rotation;
mod sign;
mod stencil;
mod tally;
mod truchet;

use crate::art::{Pen, Sketch};
use crate::letters::{Letter, Letters};
use core_typography::Face;
use core_vector::form;
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
    /// it: in three names of five, or nearly all of a trade would show the same. Names that such a hand cannot write have it.
    fn has_bare_sign(&self, pen: &Pen) -> bool {
        self.letter().and_then(|letter| letter.plain).is_none() || pen.own(4, 5) < 3
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
        "truchet" => -0.2,
        "interlock" | "tally" => -0.35,
        _ => 0.0,
    }
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

    /// Its outline about the middle, smaller by an inset. Where there are corners the taste rounds them.
    fn outline(self, pen: &Pen, inset: f64) -> BezPath {
        let half = 480.0 - inset;
        let (low, high) = (500.0 - half, 500.0 + half);
        let corner = pen.taste.corner(150.0).max(24.0);
        let scale = half / 480.0;
        let placed = |path: BezPath| core_vector::transform::scale(scale, crate::art::MIDDLE) * path;
        let corners = [(low, low), (high, low), (high, high), (low, high)].map(Point::from);
        match self {
            Self::Circle => form::circle(crate::art::MIDDLE, half),
            Self::Squircle => form::squircle(crate::art::MIDDLE, half),
            Self::Square => form::rounded_rect(low, low, high, high, corner),
            Self::Leaf => {
                let radii = [half * 0.98, corner * 0.6, half * 0.98, corner * 0.6];
                form::rounded_corners(&corners.into_iter().zip(radii).collect::<Vec<_>>())
            }
            Self::Arch => {
                let radii = [half, half, corner * 0.5, corner * 0.5];
                form::rounded_corners(&corners.into_iter().zip(radii).collect::<Vec<_>>())
            }
            Self::Shield => placed(crate::motif::shield()),
            Self::Hexagon => {
                form::rounded_polygon(&form::regular(crate::art::MIDDLE, half * 1.06, 6, -90.0), corner)
            }
            Self::Octagon => {
                form::rounded_polygon(&form::regular(crate::art::MIDDLE, half * 1.06, 8, 22.5), corner * 0.6)
            }
            Self::Drop => {
                let radii = [half * 0.98, half * 0.98, half * 0.98, corner * 0.5];
                form::rounded_corners(&corners.into_iter().zip(radii).collect::<Vec<_>>())
            }
        }
    }
}
