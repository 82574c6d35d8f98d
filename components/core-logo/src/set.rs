//! One line of a name: shaped clusters, moved until the gaps between them look even.

use crate::joint;
use crate::letters::{parted, shaped};
use crate::wordmark::{EM, Touch};
use core_typography::{Face, Glyph};
use core_vector::spacing::{self, Edges, Pair, Rhythm, VARIATION_MAX};
use core_vector::{bezier, combine};
use kurbo::{Affine, BezPath, Rect};
use std::ops::Range;

/// The most that a pair is moved together or apart, in thousandths of an em: enough for an L before a T that the font forgot.
const MOVE_MAX: f64 = 150.0;
/// The same for a letter beside punctuation, where fonts are mostly right.
const MOVE_SIGN_MAX: f64 = 40.0;
/// How near letters may come, as a share of the word's gap, and at least.
const NEAREST_SHARE: f64 = 0.3;
const NEAREST_MIN: f64 = 16.0;
/// How much wider than the gap of letters the gap of words is, in x-heights: about a small i. Spaces of text are too
/// wide for a name that stands large.
const WORD_GAP: f64 = 0.48;
/// The most that a space is made narrower and wider, in thousandths of an em.
const SPACE_LESS_MAX: f64 = 45.0;
const SPACE_MORE_MAX: f64 = 40.0;
/// How a pair that is too near is moved apart, in thousandths of an em, and how often.
const CLEAR_STEP: f64 = 6.0;
const CLEAR_STEPS: u32 = 240;
/// How firmly a word is spaced.
struct Manner {
    /// How much of the way to the even gap a pair goes: the font's designer has a say too.
    strength: f64,
    move_max: f64,
    /// How near the gap of the word comes to its widest one that cannot be closed.
    widest_share: f64,
}

const USUAL: Manner = Manner { strength: 0.85, move_max: MOVE_MAX, widest_share: 0.62 };
/// For what is still uneven then: letters that no font expects beside each other.
const FIRM: Manner = Manner { strength: 1.0, move_max: 4.0 * MOVE_MAX, widest_share: 0.95 };

/// One line, its baseline at zero.
pub(crate) struct Row {
    pub outline: BezPath,
    /// What is in the second colour.
    pub accent: BezPath,
    pub ink: Rect,
}

/// What moves as one: a letter with its marks, a ligature, a syllable.
struct Unit {
    outline: BezPath,
    edges: Edges,
    text: Range<usize>,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Stands apart from its neighbours.
    Letter,
    Sign,
    Space,
    /// Stays where the font puts it.
    Bound,
}

/// Sets one line after another and remembers what was found.
pub(crate) struct Setter<'a> {
    face: &'a Face,
    language: &'a str,
    tracking: f64,
    x_height: f64,
    /// The gaps between letters that were spaced by eye.
    pub rhythm: Rhythm,
    /// Letters and marks without ink of their own.
    pub missing: usize,
}

impl<'a> Setter<'a> {
    /// Tracking in thousandths of an em.
    #[must_use]
    pub(crate) fn new(face: &'a Face, language: &'a str, tracking: f64) -> Self {
        let x_height = x_height(face);
        Self { face, language, tracking, x_height, rhythm: Rhythm::default(), missing: 0 }
    }

    /// Sets a line of the name.
    pub(crate) fn row(&mut self, name: &str, line: Range<usize>, touch: &Touch) -> Row {
        let text = &name[line.clone()];
        let mut units = self.units(text);
        self.missing += missing(self.face, &units, text);
        let (mut joined, mut rhythm) = self.space(&mut units, text, line.start, touch, &USUAL);
        if rhythm.variation() > VARIATION_MAX {
            units = self.units(text);
            (joined, rhythm) = self.space(&mut units, text, line.start, touch, &FIRM);
        }
        self.rhythm.gaps.extend(rhythm.gaps);
        self.rhythm.collisions += rhythm.collisions;
        let at = match touch {
            Touch::Accent(at) if line.contains(at) => Some(at - line.start),
            _ => None,
        };
        let (mut ink, mut accent) = (Vec::new(), Vec::new());
        for unit in &units {
            if at.is_some_and(|at| unit.text.contains(&at)) {
                let (letter, sign) = parted(&text[unit.text.clone()], &unit.outline);
                ink.push(letter);
                accent.push(sign);
            } else {
                ink.push(unit.outline.clone());
            }
        }
        ink.extend(joined);
        let (outline, accent) = (union(&ink), union(&accent));
        let ink = [&outline, &accent].into_iter().filter(|path| !path.is_empty()).map(bezier::bounds);
        let ink = ink.reduce(|all, one| all.union(one)).unwrap_or_default();
        Row { outline, accent, ink }
    }

    /// The shaped clusters from left to right, y downwards, tracked.
    fn units(&self, text: &str) -> Vec<Unit> {
        let scale = EM / self.face.units_per_em();
        let line = shaped(self.face, text, self.language);
        let mut units: Vec<Unit> = Vec::new();
        let mut pushed = 0.0;
        for glyph in &line.glyphs {
            let Glyph { id, x, y, text: range, .. } = glyph;
            if units.last().is_none_or(|unit| unit.text != *range) {
                if !units.is_empty() {
                    pushed += self.tracking;
                }
                let kind = kind(text.get(range.clone()).unwrap_or_default());
                units.push(Unit {
                    outline: BezPath::new(),
                    edges: Edges::default(),
                    text: range.clone(),
                    kind,
                });
            }
            let place = Affine::new([scale, 0.0, 0.0, -scale, x * scale + pushed, -y * scale]);
            if let Some(unit) = units.last_mut() {
                unit.outline.extend(place * self.face.outline(*id));
            }
        }
        for unit in &mut units {
            unit.edges = Edges::of(&unit.outline);
        }
        units
    }

    /// Moves the units until their gaps are even; the bridge of two that become one figure.
    fn space(
        &self,
        units: &mut [Unit],
        text: &str,
        start: usize,
        touch: &Touch,
        manner: &Manner,
    ) -> (Option<BezPath>, Rhythm) {
        let aim = self.aim(units, manner);
        let mut rhythm = Rhythm::default();
        let mut bridge = None;
        let mut before: Option<usize> = None;
        for at in 0..units.len() {
            if units[at].edges.is_empty() {
                continue;
            }
            if let Some(last) = before {
                let (left, right) = (&units[last], &units[at]);
                let joins = *touch == Touch::Join(start + left.text.start) && last + 1 == at;
                let letter = |unit: &Unit| text.get(unit.text.start..)?.chars().next();
                let find = || joint::find((letter(left)?, letter(right)?), &left.outline, &right.outline);
                let joint = joins.then(find).flatten();
                let by = joint.as_ref().map_or_else(
                    || self.correction(left, right, last + 1 < at, aim, manner),
                    |joint| joint.by,
                );
                bridge = bridge.or(joint.map(|joint| joint.bridge));
                // Everything to the right follows.
                for unit in &mut units[at..] {
                    unit.outline.apply_affine(Affine::translate((by, 0.0)));
                    unit.edges = unit.edges.moved(by);
                }
                let (left, right) = (&units[last], &units[at]);
                if !joins && last + 1 == at && left.kind == Kind::Letter && right.kind == Kind::Letter {
                    let found = Rhythm::of([(&left.edges, &right.edges)], self.x_height);
                    rhythm.gaps.extend(found.gaps);
                    rhythm.collisions += found.collisions;
                }
            }
            before = Some(at);
        }
        (bridge, rhythm)
    }

    /// The gap that the word is to have: half its own, half that of the face between two plain uprights.
    fn aim(&self, units: &[Unit], manner: &Manner) -> f64 {
        let own: Vec<f64> = units
            .windows(2)
            .filter(|pair| pair.iter().all(|unit| unit.kind == Kind::Letter))
            .filter_map(|pair| Pair::of(&pair[0].edges, &pair[1].edges, self.x_height))
            .map(|pair| pair.gap(0.0))
            .collect();
        let plain = self.plain_gap();
        let aim = match (middle(own), plain) {
            (Some((own, count)), Some(plain)) if count >= 3 => f64::midpoint(own, plain),
            (own, plain) => plain.or(own.map(|(own, _)| own)).unwrap_or(EM / 8.0),
        };
        // Two letters that cannot come nearer (crossbars, an arm over a high x) loosen the others a little.
        let letters = units.windows(2).filter(|pair| pair.iter().all(|unit| unit.kind == Kind::Letter));
        let widest = letters.filter_map(|pair| self.tightest(&pair[0], &pair[1], aim)).fold(0.0, f64::max);
        aim.max(manner.widest_share * widest)
    }

    /// The smallest gap that two letters can have.
    fn tightest(&self, left: &Unit, right: &Unit, aim: f64) -> Option<f64> {
        let pair = Pair::of(&left.edges, &right.edges, self.x_height)?;
        let by = clear(left, right, aim, pair.move_for(aim, MOVE_MAX));
        Some(pair.gap(by))
    }

    /// The gap of two capital H and of two small n, the mean of both, tracked as the name is.
    fn plain_gap(&self) -> Option<f64> {
        let gap = |text: &str| {
            let units = self.units(text);
            let [left, right] = &units[..] else { return None };
            Some(Pair::of(&left.edges, &right.edges, self.x_height)?.gap(0.0))
        };
        match (gap("HH"), gap("nn")) {
            (Some(large), Some(small)) => Some(f64::midpoint(large, small)),
            (large, small) => large.or(small),
        }
    }

    /// How far the right one of two neighbours moves.
    fn correction(&self, left: &Unit, right: &Unit, has_space: bool, aim: f64, manner: &Manner) -> f64 {
        use Kind::{Bound, Letter};
        if left.kind == Bound || right.kind == Bound {
            return 0.0;
        }
        if has_space {
            let pair = Pair::of(&left.edges, &right.edges, self.x_height);
            let wanted = aim + WORD_GAP * self.x_height;
            return pair
                .map_or(0.0, |pair| pair.move_for(wanted, MOVE_MAX).clamp(-SPACE_LESS_MAX, SPACE_MORE_MAX));
        }
        let both = left.kind == Letter && right.kind == Letter;
        let most = if both { manner.move_max } else { MOVE_SIGN_MAX };
        let pair = Pair::of(&left.edges, &right.edges, self.x_height);
        let wanted = pair.map_or(0.0, |pair| manner.strength * pair.move_for(aim, most));
        clear(left, right, aim, wanted)
    }
}

/// The first move from this one on that leaves two neighbours room.
fn clear(left: &Unit, right: &Unit, aim: f64, wanted: f64) -> f64 {
    let nearest = |by: f64| spacing::nearest(&left.edges, &right.edges, by);
    // What the font's designer let come nearer, as a y under the arm of a T, may stay.
    let room = (NEAREST_SHARE * aim).min(nearest(0.0)).max(NEAREST_MIN);
    let steps = (0..CLEAR_STEPS).map(|step| wanted + CLEAR_STEP * f64::from(step));
    steps.into_iter().find(|by| nearest(*by) >= room).unwrap_or(wanted)
}

/// The middle one of some values, and how many there are.
fn middle(mut values: Vec<f64>) -> Option<(f64, usize)> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).map(|middle| (*middle, values.len()))
}

/// Characters without ink of their own, those on a stand-in glyph among them, and marks left alone on a dotted circle.
fn missing(face: &Face, units: &[Unit], text: &str) -> usize {
    let is_drawn = |at: usize| units.iter().any(|unit| unit.text.contains(&at) && !unit.edges.is_empty());
    let needs_ink = |letter: char| !letter.is_whitespace() && !matches!(letter, '\u{200c}' | '\u{200d}');
    let undrawn = text.char_indices().filter(|(at, letter)| needs_ink(*letter) && !is_drawn(*at)).count();
    let circle = face.glyph(0x25cc).filter(|_| !text.contains('\u{25cc}'));
    let stand_ins = shaped(face, text, "").glyphs;
    undrawn + stand_ins.iter().filter(|glyph| glyph.id == 0 || Some(glyph.id) == circle).count()
}

fn union(paths: &[BezPath]) -> BezPath {
    let mut all = BezPath::new();
    for path in paths {
        all.extend(path.iter());
    }
    combine::union(&[all])
}

/// The x-height in thousandths of an em; half an em where the face has none.
fn x_height(face: &Face) -> f64 {
    let height = face.x_height() * EM / face.units_per_em();
    if height > 0.0 { height } else { EM / 2.0 }
}

/// Whether the letter holds hands with its neighbours, so that spacing would tear them apart.
pub(crate) fn is_joined(letter: char) -> bool {
    matches!(u32::from(letter), 0x0600..=0x08ff | 0x0900..=0x0dff | 0x1800..=0x18af | 0xfb50..=0xfdff | 0xfe70..=0xfeff)
}

/// Whether letters of the script stand one by one: Latin, Greek, Cyrillic, Armenian, Hebrew, Georgian, and digits.
fn stands_apart(letter: char) -> bool {
    let is_script = matches!(u32::from(letter), 0x41..=0x5f4 | 0x10a0..=0x10ff | 0x1c90..=0x1cbf | 0x1d00..=0x1fff | 0x2c60..=0x2c7f | 0xa640..=0xa7ff);
    letter.is_ascii_digit() || letter == '&' || (letter.is_alphabetic() && is_script)
}

fn kind(text: &str) -> Kind {
    match text.chars().next() {
        Some(first) if first.is_whitespace() => Kind::Space,
        Some(first) if stands_apart(first) => Kind::Letter,
        Some(first) if first.is_alphanumeric() || u32::from(first) >= 0x3000 => Kind::Bound,
        Some(first) if is_joined(first) => Kind::Bound,
        _ => Kind::Sign,
    }
}
