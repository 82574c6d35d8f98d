//! What a grammar hands over: flat outlines in two roles, and the idea in a form that can be said.

use crate::taste::Taste;
use crate::wordmark::Touch;
use core_brand::Rng;
use core_vector::{combine, transform};
use kurbo::{Affine, BezPath, CubicBez, PathSeg, Point};

/// The middle of the square that marks are drawn in.
pub(crate) const MIDDLE: Point = Point::new(500.0, 500.0);

/// Two roles of outlines that do not overlap; the second may be empty.
#[derive(Clone, Debug, Default)]
pub(crate) struct Art {
    pub main: BezPath,
    pub accent: BezPath,
}

impl Art {
    /// One colour, the parts joined.
    #[must_use]
    pub(crate) fn of(parts: &[BezPath]) -> Self {
        Self { main: combine::union(parts), accent: BezPath::new() }
    }

    /// Two colours; the second is cut out of the first by this gap's worth of nothing, as it comes.
    #[must_use]
    pub(crate) fn with(main: &[BezPath], accent: &[BezPath]) -> Self {
        Self { main: combine::union(main), accent: combine::union(accent) }
    }

    /// Both roles as one outline.
    #[must_use]
    pub(crate) fn whole(&self) -> BezPath {
        combine::union(&[self.main.clone(), self.accent.clone()])
    }

    /// All of it in one colour; the air between the parts stays.
    #[must_use]
    pub(crate) fn in_one(self) -> Self {
        let mut main = self.main;
        main.extend(self.accent);
        Self { main, accent: BezPath::new() }
    }

    #[must_use]
    pub(crate) fn moved(&self, by: Affine) -> Self {
        Self { main: by * self.main.clone(), accent: by * self.accent.clone() }
    }

    /// Turned about the middle.
    #[must_use]
    pub(crate) fn turned(&self, degrees: f64) -> Self {
        self.moved(transform::turn(degrees, MIDDLE))
    }
}

/// An idea: which sentence, and what it names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Idea {
    pub key: &'static str,
    pub letters: String,
    pub motif: String,
    /// What it does to the wordmark.
    pub touch: Touch,
    /// Whether any hand would have come to it first.
    pub is_usual: bool,
}

/// A mark before it is fitted and judged.
#[derive(Clone, Debug)]
pub(crate) struct Sketch {
    pub art: Art,
    pub idea: Idea,
}

impl Sketch {
    #[must_use]
    pub(crate) fn new(art: Art, key: &'static str) -> Self {
        let [letters, motif] = [String::new(), String::new()];
        Self { art, idea: Idea { key, letters, motif, touch: Touch::Plain, is_usual: false } }
    }

    #[must_use]
    pub(crate) fn usual(mut self) -> Self {
        self.idea.is_usual = true;
        self
    }

    #[must_use]
    pub(crate) fn touching(mut self, touch: Touch) -> Self {
        self.idea.touch = touch;
        self
    }

    /// The same idea, drawn.
    #[must_use]
    pub(crate) fn drawn(self, art: Art) -> Self {
        Self { art, ..self }
    }

    #[must_use]
    pub(crate) fn letters(mut self, letters: &str) -> Self {
        letters.clone_into(&mut self.idea.letters);
        self
    }

    #[must_use]
    pub(crate) fn motif(mut self, motif: &str) -> Self {
        motif.clone_into(&mut self.idea.motif);
        self
    }
}

/// Steps of a proportion.
const GRID: usize = 12;
/// How far a try goes from the proportion of its name, as a share of all there is.
const SLACK: f64 = 0.08;

/// Chance and taste together: what every drawing hand holds.
pub(crate) struct Pen<'a> {
    pub rng: &'a mut Rng,
    pub taste: Taste,
    /// Which of a grammar's ideas comes first for this name.
    pub lead: usize,
    /// What the name and the seed decide once for all tries of a grammar: of tries, the calmest always wins, and
    /// would win for every name.
    pub own: u64,
}

impl Pen<'_> {
    /// The idea to draw, of so many.
    #[must_use]
    pub(crate) fn idea(&self, of: usize) -> usize {
        self.lead % of
    }

    /// One of so many, as the name decides; `salt` tells one decision from another.
    #[must_use]
    pub(crate) fn own(&self, salt: u64, of: usize) -> usize {
        Rng::new(self.own ^ (salt << 40)).below(of)
    }

    /// A proportion that the name decides, on a grid of twelve steps.
    #[must_use]
    pub(crate) fn own_between(&self, salt: u64, low: f64, high: f64) -> f64 {
        low + (high - low) * self.own(salt, GRID + 1) as f64 / GRID as f64
    }

    /// The same, and a little more or less in each try: where one is refused, the next may pass.
    pub(crate) fn own_about(&mut self, salt: u64, low: f64, high: f64) -> f64 {
        let slack = SLACK * (high - low);
        (self.own_between(salt, low, high) + self.rng.between(-slack, slack)).clamp(low, high)
    }

    pub(crate) fn between(&mut self, low: f64, high: f64) -> f64 {
        self.rng.between(low, high)
    }

    /// A whole number of `low..=high`.
    pub(crate) fn count(&mut self, low: usize, high: usize) -> usize {
        low + self.rng.below(high + 1 - low)
    }

    /// True this often, 0 to 1.
    pub(crate) fn chance(&mut self, share: f64) -> bool {
        self.rng.unit() < share
    }

    /// One of these values.
    pub(crate) fn one<T: Copy>(&mut self, first: T, others: &[T]) -> T {
        let at = self.rng.below(others.len() + 1);
        if at == 0 { first } else { others.get(at - 1).copied().unwrap_or(first) }
    }
}

#[must_use]
pub(crate) fn pt(x: f64, y: f64) -> Point {
    Point::new(x, y)
}

#[must_use]
pub(crate) fn curve(a: (f64, f64), b: (f64, f64), c: (f64, f64), d: (f64, f64)) -> PathSeg {
    PathSeg::Cubic(CubicBez::new(a, b, c, d))
}
