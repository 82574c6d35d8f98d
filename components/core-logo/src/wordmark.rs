//! The name as outlines: shaped and kerned by its font, then spaced by eye, on one line or two.
//!
//! What the font kerns is where letters start. Neighbours whose optical gap (`core_vector::spacing`) is not that of
//! the word then move towards it, within bounds, and none comes nearer than a hair. Letters that hold hands (Arabic,
//! Devanagari) or stand in squares (kanji) stay where their font puts them; marks move with the letter they are on.

use crate::fit::stepped;
use crate::joint;
use crate::letters::parted;
use crate::line::lines;
use core_brand::check::{Comparison, Severity};
use core_brand::{Check, Design, Drawing, FillRole, FontKey, Shape};
use core_typography::{Face, Glyph};
use core_vector::spacing::{self, Edges, Pair, Rhythm, VARIATION_MAX};
use core_vector::{bezier, combine, path};
use kurbo::{Affine, BezPath, Rect};
use std::ops::Range;

/// Units per em of a wordmark.
const EM: f64 = 1000.0;
/// From one baseline to the next, at least, in em; more where letters rise or hang far.
const LEADING_MIN: f64 = 1.02;
/// Between the ink of two lines, in em.
const LINE_GAP: f64 = 0.16;
/// The height of capitals for scripts that have none, as a share of the ink.
const CAP_OF_INK: f64 = 0.62;
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
/// Height of the capitals beside a mark, as a share of its side: what the lockups set.
const CAP_BESIDE: f64 = 0.46;
/// The thinnest upright beside a light mark, in thousandths of the mark's side, and how much more beside a heavy one.
const STEM_MIN: f64 = 42.0;
const STEM_MORE: f64 = 34.0;
/// Cuts heavier than this close their counters when small.
const WEIGHT_MAX: u16 = 800;

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

/// What a grammar does to the name besides setting it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Touch {
    #[default]
    Plain,
    /// The sign that starts at this byte, or sits on the letter there, in the second colour.
    Accent(usize),
    /// The letter at this byte and the next become one figure.
    Join(usize),
}

/// The name, and where its lines stand.
#[derive(Clone, Debug)]
pub(crate) struct Wordmark {
    pub drawing: Drawing,
    pub baseline: f64,
    pub cap_height: f64,
    pub right_to_left: bool,
    /// Letters and marks that the face could not draw; none for a checked name.
    pub missing: usize,
    /// The gaps between letters that were spaced by eye.
    pub rhythm: Rhythm,
}

impl Wordmark {
    /// The checks of a concept, each with the number of its law among those of logos.
    #[must_use]
    pub(crate) fn checks(&self, id: &str) -> Vec<Check> {
        let check = |what: &str, measured, comparison, threshold, unit: &str, message: &str| {
            Check::new(
                format!("logo.{id}.{what}"),
                Severity::Gate,
                measured,
                comparison,
                threshold,
                unit,
                message,
            )
        };
        let letters = "Letters and marks of the name that the display face could not draw.";
        let spacing =
            "How much the optical gaps between the letters of the name vary, as deviation over mean.";
        let collisions = "Neighbouring letters of the name that touch.";
        let touching = self.rhythm.collisions as f64;
        vec![
            check("l02-letters-missing", self.missing as f64, Comparison::Equal, 0.0, "letters", letters),
            check(
                "l17-spacing",
                self.rhythm.variation(),
                Comparison::AtMost,
                VARIATION_MAX,
                "ratio",
                spacing,
            ),
            check("l17-collisions", touching, Comparison::Equal, 0.0, "pairs", collisions),
        ]
    }
}

/// One line, its baseline at zero.
struct Row {
    outline: BezPath,
    accent: BezPath,
    ink: Rect,
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

/// The cut that a name is set in: that of the design, or the next heavier one that can stand beside its mark.
#[must_use]
pub(crate) fn cut(design: &Design) -> FontKey {
    let display = &design.typography.display.key;
    let wanted = STEM_MIN + STEM_MORE * design.guidance.weight.clamp(0.0, 1.0);
    let Some(family) = core_typography::family(&display.family) else { return display.clone() };
    let heavier = family.uprights().filter(|font| (display.weight..=WEIGHT_MAX).contains(&font.key.weight));
    let stands =
        |stem: i32, cap: i32| f64::from(stem) / f64::from(cap.max(1)) * CAP_BESIDE * 1000.0 >= wanted;
    let mut best = None;
    for font in heavier {
        best = Some(&font.key);
        if stands(font.stem, font.cap_height) {
            break;
        }
    }
    best.unwrap_or(display).clone()
}

/// Sets a name.
#[must_use]
pub(crate) fn set(face: &Face, name: &str, language: &str, design: &Design, touch: &Touch) -> Wordmark {
    let tracking = if name.chars().any(is_joined) { 0.0 } else { tracking(design) * EM };
    let mut setter =
        Setter { face, language, tracking, x_height: x_height(face), rhythm: Rhythm::default(), missing: 0 };
    let lines = lines(face, name, language);
    let rows: Vec<Row> = lines.into_iter().map(|line| setter.row(name, line, touch)).collect();
    let right_to_left = core_typography::is_right_to_left(name);
    let (drawing, baseline) = stack(&rows, right_to_left);
    let ink = rows.iter().map(|row| row.ink.height()).fold(0.0, f64::max);
    let has_capitals =
        name.chars().any(|letter| letter.is_uppercase() || letter.is_lowercase() || letter.is_ascii_digit());
    let cap = if has_capitals { face.cap_height() * EM / face.units_per_em() } else { ink * CAP_OF_INK };
    Wordmark {
        drawing,
        baseline,
        cap_height: path::on_grid(cap.max(1.0)),
        right_to_left,
        missing: setter.missing,
        rhythm: setter.rhythm,
    }
}

/// The x-height in thousandths of an em; half an em where the face has none.
fn x_height(face: &Face) -> f64 {
    let height = face.x_height() * EM / face.units_per_em();
    if height > 0.0 { height } else { EM / 2.0 }
}

/// What the design asks between letters, in em.
fn tracking(design: &Design) -> f64 {
    let sizes = &design.typography.sizes;
    sizes.iter().find(|size| size.role == "display").map_or(0.0, |size| f64::from(size.tracking) / 1000.0)
}

/// Whether the letter holds hands with its neighbours, so that spacing would tear them apart.
fn is_joined(letter: char) -> bool {
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

/// Sets one line after another and remembers what was found.
struct Setter<'a> {
    face: &'a Face,
    language: &'a str,
    tracking: f64,
    x_height: f64,
    rhythm: Rhythm,
    missing: usize,
}

impl Setter<'_> {
    fn row(&mut self, name: &str, line: Range<usize>, touch: &Touch) -> Row {
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
        let line = self.face.shape(text, self.language);
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
    let stand_ins = face.shape(text, "").glyphs;
    undrawn + stand_ins.iter().filter(|glyph| glyph.id == 0 || Some(glyph.id) == circle).count()
}

fn union(paths: &[BezPath]) -> BezPath {
    let mut all = BezPath::new();
    for path in paths {
        all.extend(path.iter());
    }
    combine::union(&[all])
}

/// The rows under each other in a box tight around the ink, and the baseline of the last. A line's second colour
/// follows its first.
fn stack(rows: &[Row], right_to_left: bool) -> (Drawing, f64) {
    let width = rows.iter().map(|row| row.ink.width()).fold(0.0, f64::max);
    let top = rows.first().map_or(0.0, |row| -row.ink.y0);
    let mut baseline = top;
    let mut shapes = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        if let Some(before) = at.checked_sub(1).and_then(|before| rows.get(before)) {
            baseline += (before.ink.y1 - row.ink.y0 + LINE_GAP * EM).max(LEADING_MIN * EM);
        }
        let x = if right_to_left { width - row.ink.width() } else { 0.0 } - row.ink.x0;
        for (fill, outline) in [(FillRole::Ink, &row.outline), (FillRole::Accent, &row.accent)] {
            let placed = Affine::translate((x, baseline)) * outline.clone();
            if fill == FillRole::Ink || !placed.is_empty() {
                shapes.push(Shape { fill, path: path::write(&stepped(&placed)) });
            }
        }
    }
    let height = baseline + rows.last().map_or(0.0, |row| row.ink.y1);
    let drawing = Drawing { width: path::on_grid(width), height: path::on_grid(height), shapes };
    (drawing, path::on_grid(baseline))
}

#[cfg(test)]
mod tests {
    use super::*;
    use core_brand::brief::{Order, RawBrief};
    use core_vector::spacing::VARIATION_AIM;

    const NAMES: &[&str] = &[
        "AVATAR",
        "Tofu",
        "LTYA",
        "WAVE",
        "Volt",
        "Type & Co",
        "Yves",
        "Łódź",
        "Ærø",
        "Ελλάς",
        "Кофе",
        "ΑΥΛΗ",
        "O’Neill",
        "7-Twelve",
        "Twenty-Two",
        "Kayak",
        "Fjord",
        "AWAY",
        "TOTAL",
        "Lyft",
        "Type",
        "Wolf & Ray",
        "Vitality",
        "RAVEN",
        "PLATYPUS",
        "Föhr",
        "Île de Ré",
        "Zürich",
        "Çelik",
        "Háček",
        "MMXXIV",
        "1911",
        "No. 7",
        "Jet Set",
        "Quartz",
        "illi",
        "Wellington",
        "Minimum",
        "Оптика",
        "שלום",
    ];
    const FAMILIES: &[(&str, u16)] = &[
        ("Jost", 600),
        ("Archivo", 700),
        ("Playfair Display", 700),
        ("EB Garamond", 500),
        ("Bodoni Moda", 500),
        ("Anton", 400),
        ("Unbounded", 600),
        ("Nunito", 700),
        ("Zilla Slab", 600),
        ("IBM Plex Mono", 600),
        ("Cinzel", 600),
        ("League Spartan", 700),
        ("Commissioner", 600),
        ("Syne", 700),
    ];

    fn face(family: &str, weight: u16) -> Face {
        let family = core_typography::family(family).unwrap();
        let file = family.upright(weight).unwrap();
        let home = std::env::var("HOME").unwrap_or_default();
        let cache = std::env::var("IMPRINT_CACHE").unwrap_or_else(|_| format!("{home}/.cache/imprint"));
        let path = format!("{cache}/fonts/node_modules/{}/{}", family.package, file.path);
        Face::new(file.key.clone(), std::fs::read(path).unwrap()).unwrap()
    }

    fn design() -> Design {
        let raw = RawBrief { company_name: "Nord".into(), industry: "coffee".into(), ..RawBrief::default() };
        core_design::decide(&Order::new(&raw, Some(1), Some(1)).unwrap()).unwrap()
    }

    #[test]
    fn names_are_spaced_evenly_whatever_the_family() {
        let design = design();
        let (mut set_in_all, mut over_aim) = (0, Vec::new());
        for (family, weight) in FAMILIES {
            let (face, known) = (face(family, *weight), core_typography::family(family).unwrap());
            for name in NAMES.iter().filter(|name| known.covers(name)) {
                let word = set(&face, name, "en", &design, &Touch::Plain);
                let failed: Vec<_> = word.checks("1-x").into_iter().filter(|check| !check.passed).collect();
                assert!(failed.is_empty(), "{name} in {family}: {failed:?}");
                set_in_all += 1;
                if word.rhythm.variation() > VARIATION_AIM {
                    over_aim.push(format!("{name} in {family}: {:.2}", word.rhythm.variation()));
                }
            }
        }
        assert!(
            set_in_all > 400 && over_aim.len() * 12 < set_in_all,
            "{} of {set_in_all}: {over_aim:?}",
            over_aim.len()
        );
    }

    #[test]
    fn scripts_that_join_stay_as_their_font_sets_them() {
        let design = design();
        for (family, weight, name) in
            [("Amiri", 700, "قهوة الشمال"), ("Hind", 600, "हिन्दी"), ("Zen Kaku Gothic New", 700, "株式会社")]
        {
            let face = face(family, weight);
            let word = set(&face, name, "en", &design, &Touch::Plain);
            assert!(word.rhythm.gaps.is_empty() && word.missing == 0, "{name}");
            let line = face.shape(name, "en");
            let advance = line.advance * EM / face.units_per_em();
            assert!(
                (word.drawing.width - advance).abs() < 0.12 * advance,
                "{name}: {} {advance}",
                word.drawing.width
            );
        }
    }

    #[test]
    fn a_sign_is_set_in_the_second_colour_and_the_rest_in_ink() {
        let (face, design) = (face("Archivo", 700), design());
        // The name, the byte of its sign, and contours of the second colour.
        let cases =
            [("Zürich", 1, 2), ("Fjord & Fjell", 6, 0), ("Kite", 1, 1), ("O’Neill", 1, 1), ("Çelik", 0, 0)];
        for (name, at, contours) in cases {
            let plain = set(&face, name, "en", &design, &Touch::Plain);
            let word = set(&face, name, "en", &design, &Touch::Accent(at));
            let fills: Vec<FillRole> = word.drawing.shapes.iter().map(|shape| shape.fill).collect();
            assert_eq!(fills, [FillRole::Ink, FillRole::Accent], "{name}");
            assert_eq!((word.drawing.width, word.baseline), (plain.drawing.width, plain.baseline), "{name}");
            let accent = path::parse(&word.drawing.shapes[1].path).unwrap();
            let found = bezier::contours(&accent).len();
            assert!(if contours == 0 { found > 0 } else { found == contours }, "{name}: {found}");
        }
    }

    #[test]
    fn joined_letters_become_one_outline() {
        let (face, design) = (face("Archivo", 700), design());
        for (name, at) in [("AVATAR", 0), ("Moon", 1), ("Otto", 1), ("HELP", 0), ("TTK", 0)] {
            let outlines = |touch: &Touch| {
                let word = set(&face, name, "en", &design, touch);
                (
                    bezier::contours(&path::parse(&word.drawing.shapes[0].path).unwrap()).len(),
                    word.drawing.width,
                )
            };
            let (plain, joined) = (outlines(&Touch::Plain), outlines(&Touch::Join(at)));
            assert!(joined.0 < plain.0 && joined.1 < plain.1 + 1.0, "{name}: {plain:?} {joined:?}");
        }
    }

    #[test]
    fn a_word_stands_beside_its_mark() {
        let mut design = design();
        design.guidance.weight = 1.0;
        let family = |name: &str, weight| {
            core_typography::choice(&FontKey { family: name.to_owned(), weight, italic: false }).unwrap()
        };
        for (name, weight, expected) in
            [("Cormorant", 400, 700), ("Archivo", 400, 600), ("Archivo", 800, 800), ("Gloock", 400, 400)]
        {
            design.typography.display = family(name, weight);
            assert_eq!(cut(&design).weight, expected, "{name}");
        }
    }
}
