//! Names as outlines: evenly spaced in whatever family, signs in their colour, joined letters as one.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod disk;

use core_brand::brief::{Order, RawBrief};
use core_brand::{Design, FillRole, FontKey, Studio as _};
use core_logo::wordmark::{EM, Touch, cut, set};
use core_typography::Face;
use core_vector::spacing::VARIATION_AIM;
use core_vector::{bezier, path};
use disk::Disk;

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
    Face::new(file.key.clone(), Disk.font(&file.key).unwrap()).unwrap()
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
            (bezier::contours(&path::parse(&word.drawing.shapes[0].path).unwrap()).len(), word.drawing.width)
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

#[test]
fn signs_that_follow_each_other_stay_what_they_are() {
    let design = design();
    // Fonts that make an arrow, a long dash or a joke of these.
    for (family, weight, name, signs) in [
        ("Familjen Grotesk", 600, "!!!", 3),
        ("Playfair Display", 700, "a->b", 2),
        ("JetBrains Mono", 600, "C++", 2),
    ] {
        let face = face(family, weight);
        let glyphs = face.shape_plainly(name, "en").glyphs;
        assert!(name.chars().zip(&glyphs).all(|(letter, glyph)| face.glyph(letter.into()) == Some(glyph.id)));
        assert_ne!(
            face.shape(name, "en").glyphs,
            glyphs,
            "{name} in {family}: the font changed, find another"
        );
        let word = set(&face, name, "en", &design, &Touch::Plain);
        let contours = bezier::contours(&path::parse(&word.drawing.shapes[0].path).unwrap()).len();
        assert!(contours >= signs && word.missing == 0, "{name}: {contours}");
    }
}
