//! What the shaper and the outlines must do, seen on the pinned fonts.

#![allow(clippy::unwrap_used, reason = "a test stops where something is missing")]

mod common;

use common::face;
use core_brand::fault::Code;
use core_brand::{FontKey, Rng};
use core_typography::{Face, Line, families};
use kurbo::Shape;

fn texts<'a>(line: &Line, text: &'a str) -> Vec<&'a str> {
    line.glyphs.iter().map(|glyph| &text[glyph.text.clone()]).collect()
}

#[test]
fn kerning_pulls_letters_together() {
    for (family, weight) in
        [("Alegreya", 700), ("Archivo", 400), ("Jost", 400), ("Source Serif 4", 400), ("Rubik", 400)]
    {
        let face = face(family, weight);
        let alone = face.width("A", 1000.0) + face.width("V", 1000.0);
        let together = face.width("AV", 1000.0);
        assert!(together < alone - 10.0, "{family}: {together} of {alone}");
    }
}

#[test]
fn ligatures_join_letters() {
    let text = "office";
    let line = face("Alegreya", 400).shape(text, "en");
    assert!(line.glyphs.len() < text.len(), "{:?}", texts(&line, text));
    assert!(texts(&line, text).iter().any(|part| part.len() > 1));
    // Lam and alif are one glyph where the face does not build them of two fitting halves, as Amiri does.
    for family in ["Vazirmatn", "Rubik"] {
        let joined = face(family, 400).shape("لا", "en");
        let inked = joined.glyphs.iter().filter(|glyph| glyph.advance > 0.0).count();
        assert!(inked == 1, "{family}: {joined:?}");
    }
}

#[test]
fn clusters_cover_the_text() {
    for (family, text) in [
        ("Alegreya", "Öffnung"),
        ("Hind", "क्षत्रिय"),
        ("Amiri", "قهوة الشمال"),
        ("Sarabun", "น้ำใจ"),
        ("Alegreya", "e\u{301}ff"),
    ] {
        let line = face(family, 400).shape(text, "en");
        let mut reached: Vec<_> =
            line.glyphs.iter().map(|glyph| (glyph.text.start, glyph.text.end)).collect();
        reached.sort_unstable();
        reached.dedup();
        assert_eq!(reached.first().unwrap().0, 0, "{text}");
        assert_eq!(reached.last().unwrap().1, text.len(), "{text}");
        assert!(reached.windows(2).all(|pair| pair[0].1 == pair[1].0), "{text}: {reached:?}");
        assert!(line.glyphs.iter().all(|glyph| glyph.id != 0), "{text}: a letter without a glyph");
    }
}

#[test]
fn lines_are_in_visual_order() {
    let hebrew = face("Frank Ruhl Libre", 400);
    let cases: &[(&str, bool, &[&str])] = &[
        ("Nord", false, &["N", "o", "r", "d"]),
        ("קפה", true, &["ה", "פ", "ק"]),
        ("קפה 24", true, &["2", "4", " ", "ה", "פ", "ק"]),
        ("No קפה", false, &["N", "o", " ", "ה", "פ", "ק"]),
        ("קפה No", true, &["N", "o", " ", "ה", "פ", "ק"]),
    ];
    for (text, right_to_left, expected) in cases {
        let line = hebrew.shape(text, "en");
        assert_eq!((line.right_to_left, texts(&line, text)), (*right_to_left, expected.to_vec()), "{text}");
        assert!(line.glyphs.is_sorted_by(|a, b| a.x <= b.x), "{text}");
        let sum: f64 = line.glyphs.iter().map(|glyph| glyph.advance).sum();
        assert_eq!(line.advance, sum, "{text}");
    }
}

#[test]
fn arabic_letters_join() {
    // A beh alone, and one with neighbours, are drawn differently.
    let face = face("Vazirmatn", 400);
    let alone = face.shape("ب", "en").glyphs[0].id;
    let joined = face.shape("ببب", "en");
    assert!(joined.glyphs.iter().all(|glyph| glyph.id != alone), "{joined:?}");
}

#[test]
fn marks_sit_on_their_letters() {
    // Without a composed letter the mark is a glyph of its own that takes no room.
    let face = face("Alegreya", 400);
    let (bare, marked) = (face.shape("q", "en"), face.shape("q\u{303}", "en"));
    assert_eq!(bare.advance, marked.advance);
    assert_eq!(marked.glyphs.len(), 2);
    let mark = face.outline(marked.glyphs[1].id).bounding_box();
    let middle = marked.glyphs[1].x + mark.center().x;
    assert!((0.0..bare.advance).contains(&middle), "{middle} of {}", bare.advance);
}

#[test]
fn outlines_are_in_font_units() {
    let face = face("Jost", 400);
    let glyph = face.glyph('H'.into()).unwrap();
    let bounds = face.outline(glyph).bounding_box();
    assert_eq!((bounds.y0, bounds.y1), (0.0, face.cap_height()));
    assert!(face.outline(face.glyph(' '.into()).unwrap()).elements().is_empty());
    assert!(face.outline(u32::MAX).elements().is_empty());
    assert!(
        face.ascender() > face.cap_height() && face.cap_height() > face.x_height() && face.descender() < 0.0
    );
    assert_eq!(face.width("Nord", 16.0), face.shape("Nord", "").advance * 16.0 / face.units_per_em());
}

#[test]
fn broken_fonts_are_refused() {
    let key = FontKey { family: "Jost".into(), weight: 400, italic: false };
    let whole = face("Jost", 400).bytes().to_vec();
    for bytes in [Vec::new(), b"not a font".to_vec(), whole[..100].to_vec(), whole[..1000].to_vec()] {
        let size = bytes.len();
        let fault = Face::new(key.clone(), bytes).map(|_| ()).unwrap_err();
        assert!(fault.is(Code::FontMalformed) && fault.message.contains("Jost 400"), "{size}: {fault}");
    }
}

#[test]
fn no_text_and_no_damage_makes_it_panic() {
    let mut rng = Rng::new(11);
    let mut faces: Vec<Face> =
        ["Rubik", "Hind", "Amiri", "Sarabun", "Unbounded"].map(|name| face(name, 400)).into();
    // A font with scattered damage must not panic either.
    for name in ["Rubik", "Hind", "Jost"] {
        let mut bytes = face(name, 400).bytes().to_vec();
        for _ in 0..200 {
            let at = 300 + rng.below(bytes.len() - 300);
            bytes[at] = rng.below(256) as u8;
        }
        faces.extend(Face::new(FontKey { family: name.into(), weight: 400, italic: false }, bytes));
    }
    let pools: [&[(u32, u32)]; 3] = [
        &[(0, 0x10_ffff)],
        &[(0x20, 0x7e), (0x590, 0x6ff), (0x900, 0x97f), (0xe00, 0xe7f), (0x300, 0x36f), (0x2000, 0x206f)],
        &[
            (0, 0x20),
            (0x85, 0x85),
            (0x2028, 0x2029),
            (0x5d0, 0x5ea),
            (0x61, 0x64),
            (0x30, 0x33),
            (0x202a, 0x202e),
        ],
    ];
    for round in 0..600 {
        let pool = pools[round % pools.len()];
        let mut letter = || {
            let (first, last) = pool[rng.below(pool.len())];
            char::from_u32(first + rng.below((last - first + 1) as usize) as u32)
        };
        let text: String = (0..round % 24).filter_map(|_| letter()).collect();
        let face = &faces[round % faces.len()];
        let line = face.shape(&text, "en");
        assert!(line.advance.is_finite());
        for glyph in &line.glyphs {
            assert!(
                text.is_char_boundary(glyph.text.start) && text.is_char_boundary(glyph.text.end),
                "{text:?}"
            );
            let _ = face.outline(glyph.id);
        }
        let _ = core_typography::check_name(&text);
        assert!(families().iter().all(|family| family.covers(&text) == family.missing(&text).is_empty()));
    }
}
