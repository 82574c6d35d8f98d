//! The name as outlines: shaped and kerned by its font, then spaced by eye, on one line or two.
//!
//! What the font kerns is where letters start. Neighbours whose optical gap (`core_vector::spacing`) is not that of
//! the word then move towards it, within bounds, and none comes nearer than a hair. Letters that hold hands (Arabic,
//! Devanagari) or stand in squares (kanji) stay where their font puts them; marks move with the letter they are on.

use crate::fit::stepped;
use crate::line::lines;
use crate::set::{Row, Setter, is_joined};
use core_brand::check::{Comparison, Severity};
use core_brand::{Check, Design, Drawing, FillRole, FontKey, Shape};
use core_typography::Face;
use core_vector::path;
use core_vector::spacing::{Rhythm, VARIATION_MAX};
use kurbo::Affine;

/// Units per em of a wordmark.
pub(crate) const EM: f64 = 1000.0;
/// From one baseline to the next, at least, in em; more where letters rise or hang far.
const LEADING_MIN: f64 = 1.02;
/// Between the ink of two lines, in em.
const LINE_GAP: f64 = 0.16;
/// The height of capitals for scripts that have none, as a share of the ink.
const CAP_OF_INK: f64 = 0.62;
/// Height of the capitals beside a mark, as a share of its side: what the lockups set.
const CAP_BESIDE: f64 = 0.46;
/// The thinnest upright beside a light mark, in thousandths of the mark's side, and how much more beside a heavy one.
const STEM_MIN: f64 = 42.0;
const STEM_MORE: f64 = 34.0;
/// Cuts heavier than this close their counters when small.
const WEIGHT_MAX: u16 = 800;

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
    let mut setter = Setter::new(face, language, tracking);
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

/// What the design asks between letters, in em.
fn tracking(design: &Design) -> f64 {
    let sizes = &design.typography.sizes;
    sizes.iter().find(|size| size.role == "display").map_or(0.0, |size| f64::from(size.tracking) / 1000.0)
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
    use core_vector::bezier;
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
