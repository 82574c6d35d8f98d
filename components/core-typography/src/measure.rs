//! The one source of every figure in `data/families.json`.

use crate::coverage::Coverage;
use crate::cut::{likeness, span_at, stroke_contrast};
use crate::face::{Face, Glyph};
use core_brand::content::sha256_hex;
use core_brand::{Fault, FontKey};
use harfrust::unicode::{Decomposed, decompose};
use kurbo::{BezPath, Rect, Shape, Vec2};
use std::ops::RangeInclusive;

/// The marks that go with any letter.
const MARKS: RangeInclusive<u32> = 0x300..=0x36f;
/// Where the composed letters of the Latin, Greek and Cyrillic scripts lie.
const COMPOSED: [RangeInclusive<u32>; 3] = [0xc0..=0x24f, 0x370..=0x52f, 0x1e00..=0x1fff];
/// An ogonek hangs at the edge of its letter and touches it; in ems.
const MARK_SLACK: f64 = 0.05;

/// What a font file says of itself. Lengths are in thousandths of an em.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    pub sha256: String,
    pub bytes: u64,
    pub x_height: i32,
    pub cap_height: i32,
    pub ascender: i32,
    pub descender: i32,
    pub stem: i32,
    pub width: i32,
    /// Thick against thin in the o, in hundredths: 100 is a line of one thickness.
    pub contrast: i32,
    /// How much ink the two likest of I, l and 1 share, in thousandths: 1000 is the same letter.
    pub likeness: i32,
    /// How the figures stand: one of `FIGURES`.
    pub figures: String,
    /// The characters that are drawn well.
    pub coverage: Coverage,
}

/// All figures of one width, all of one width when asked for, or each of its own.
pub const FIGURES: [&str; 3] = ["tabular", "on-request", "proportional"];

/// Letters that readers take for one another.
const LOOKALIKES: [(char, char); 3] = [('I', 'l'), ('I', '1'), ('l', '1')];

/// Measures a font file.
pub fn measure(key: &FontKey, bytes: &[u8]) -> Result<Measured, Fault> {
    let face = Face::new(key.clone(), bytes.to_vec())?;
    let per_mille = |units: f64| (units * 1000.0 / face.units_per_em()).round() as i32;
    Ok(Measured {
        sha256: sha256_hex(bytes),
        bytes: bytes.len() as u64,
        x_height: per_mille(face.x_height()),
        cap_height: per_mille(face.cap_height()),
        ascender: per_mille(face.ascender()),
        descender: per_mille(face.descender()),
        stem: per_mille(stem(&face)),
        width: per_mille(width(&face)),
        contrast: (contrast(&face) * 100.0).round() as i32,
        likeness: (lookalike(&face) * 1000.0).round() as i32,
        figures: figures(&face).to_owned(),
        coverage: inked(&face),
    })
}

/// The upright of the capital I, halfway up, where no serif reaches.
fn stem(face: &Face) -> f64 {
    face.glyph('I'.into()).map_or(0.0, |glyph| span_at(&face.outline(glyph), face.cap_height() / 2.0))
}

fn contrast(face: &Face) -> f64 {
    drawn(face, 'o').and_then(|outline| stroke_contrast(&outline)).unwrap_or(1.0)
}

fn lookalike(face: &Face) -> f64 {
    let pairs = LOOKALIKES.iter().filter_map(|(one, other)| Some((drawn(face, *one)?, drawn(face, *other)?)));
    pairs.map(|(one, other)| likeness(&one, &other)).fold(0.0, f64::max)
}

fn drawn(face: &Face, letter: char) -> Option<BezPath> {
    face.glyph(letter.into()).map(|glyph| face.outline(glyph))
}

fn figures(face: &Face) -> &'static str {
    let [tabular, asked, proportional] = FIGURES;
    match () {
        () if face.figures_align(false) => tabular,
        () if face.figures_align(true) => asked,
        () => proportional,
    }
}

fn width(face: &Face) -> f64 {
    let advances: Vec<f64> =
        ('a'..='z').filter_map(|letter| face.glyph(letter.into())).map(|glyph| face.advance(glyph)).collect();
    if advances.is_empty() { 0.0 } else { advances.iter().sum::<f64>() / advances.len() as f64 }
}

/// The characters that are drawn well. Fonts map letters to blank glyphs now and then, and hold marks without
/// places to put them; neither counts. A composed letter without a glyph counts where its parts fit.
fn inked(face: &Face) -> Coverage {
    let glyphs = face.letters().into_iter();
    let bare: Coverage = glyphs
        .filter(|(letter, glyph)| !is_private(*letter) && *glyph != 0 && has_ink(face, *glyph))
        .map(|(letter, _)| letter)
        .collect();
    let alone = bare.letters().filter(|letter| !MARKS.contains(letter) || sits_on_q(face, *letter));
    let composed = COMPOSED
        .into_iter()
        .flatten()
        .filter(|letter| !bare.has(*letter) && is_drawn_of_parts(face, &bare, *letter));
    alone.chain(composed).collect()
}

/// What a private code draws is another thing in every font, and the letters of flags are no flags.
fn is_private(letter: u32) -> bool {
    matches!(letter, 0xe000..=0xf8ff | 0xf_0000..=0x10_ffff | 0x1f1e6..=0x1f1ff)
}

fn has_ink(face: &Face, glyph: u32) -> bool {
    !face.outline(glyph).elements().is_empty()
}

/// No composed letter has a q, so that the mark has to find its own place.
fn sits_on_q(face: &Face, mark: u32) -> bool {
    char::from_u32(mark).is_some_and(|mark| marks_fit(face, &format!("q{mark}")))
}

fn is_drawn_of_parts(face: &Face, bare: &Coverage, letter: u32) -> bool {
    // Two codes for one letter are no parts; `Coverage` knows them.
    let is_composed = matches!(decompose(letter), Some(Decomposed::Pair(..)));
    is_composed
        && has_parts(bare, letter)
        && char::from_u32(letter).is_some_and(|letter| marks_fit(face, &letter.to_string()))
}

fn has_parts(bare: &Coverage, letter: u32) -> bool {
    match decompose(letter) {
        Some(Decomposed::Pair(base, mark)) => (bare.has(base) || has_parts(bare, base)) && bare.has(mark),
        Some(Decomposed::Singleton(same)) => bare.has(same) || has_parts(bare, same),
        None => false,
    }
}

/// Whether each mark of one letter stands over or hangs under it, and nowhere else.
fn marks_fit(face: &Face, letter: &str) -> bool {
    let line = face.shape(letter, "");
    let ink = |glyph: &Glyph| face.outline(glyph.id).bounding_box() + Vec2::new(glyph.x, glyph.y);
    let Some((base, marks)) = line.glyphs.split_first() else { return false };
    let slack = face.units_per_em() * MARK_SLACK;
    let base_ink = ink(base).inflate(slack, -slack);
    base.id != 0 && marks.iter().all(|mark| mark.id != 0 && is_apart(base_ink, ink(mark)))
}

fn is_apart(base: Rect, mark: Rect) -> bool {
    let is_between = (base.x0..base.x1).contains(&mark.center().x);
    is_between && (mark.y0 >= base.y1 || mark.y1 <= base.y0)
}
