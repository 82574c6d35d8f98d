//! The letters a mark may be made of: outlines of the display face, strong enough to stand alone.

use crate::art::MIDDLE;
use core_brand::FontKey;
use core_brand::casing::capital;
use core_typography::{Face, Line};
use core_vector::offset::{self, Corner};
use core_vector::raster::mask_of;
use core_vector::{bezier, combine, form, measure, transform};
use kurbo::{Affine, BezPath, PathSeg, Rect};

/// The heaviest cut that letters are taken from; heavier ones close their counters at 16 pixels.
const WEIGHT_MAX: u16 = 800;
/// Strokes thinner than this many pixels of sixteen are made heavier.
const STURDY_PX: f64 = 1.45;
/// The most that an outline is grown, in thousandths of the letter's height.
const GROW_MAX: f64 = 34.0;
/// What stands between letters instead of the straight stroke of keyboards.
const APOSTROPHE: char = '’';
/// Words that stand before a name without being it, and between its parts.
const SMALL_WORDS: &[&str] = &[
    "the", "a", "an", "der", "die", "das", "la", "le", "les", "el", "los", "las", "il", "lo", "of", "de",
    "du", "des", "di", "and", "und", "et", "y", "e", "for", "für", "von", "van", "to",
];

/// A letter that is less wide than this, at a height of 1000, is one stroke.
const STEM_MAX: f64 = 330.0;

/// One letter in a box of height 1000 that starts at the origin.
#[derive(Clone, Debug)]
pub(crate) struct Letter {
    /// As the name writes it, marks included.
    pub text: String,
    pub path: BezPath,
    pub width: f64,
    /// The capital Latin letter or digit that this is, where it is one without marks.
    pub plain: Option<char>,
}

/// The initials of a name; empty where it has no letters that can be drawn.
#[derive(Clone, Debug, Default)]
pub(crate) struct Letters {
    pub first: Option<Letter>,
    pub second: Option<Letter>,
}

impl Letters {
    /// The initials of the first two words that carry the name.
    #[must_use]
    pub(crate) fn from_face(face: &Face, name: &str, language: &str) -> Self {
        let mut found = initials(name).into_iter().filter_map(|word| letter(face, word, language));
        Self { first: found.next(), second: found.next() }
    }
}

impl Letter {
    /// One upright and no more: read beside its name, but no figure that is known again alone.
    #[must_use]
    pub(crate) fn is_stem(&self) -> bool {
        self.width < STEM_MAX
    }

    /// Whether a cut leaves it readable: letters of few strokes do, characters of many are torn, and joined scripts
    /// are read by their strokes.
    #[must_use]
    pub(crate) fn takes_cuts(&self) -> bool {
        self.text.chars().all(|letter| {
            matches!(u32::from(letter), 0x0020..=0x052f | 0x0590..=0x05ff | 0x1e00..=0x1fff | 0x2010..=0x2027)
        })
    }

    /// The outline brought into a box, proportions kept, centred.
    #[must_use]
    pub(crate) fn within(&self, room: Rect) -> BezPath {
        transform::fitted(&self.path, room)
    }

    /// The outline about the middle of the square, with this height.
    #[must_use]
    pub(crate) fn tall(&self, height: f64) -> BezPath {
        let place = Affine::translate(MIDDLE.to_vec2())
            * Affine::scale(height / 1000.0)
            * Affine::translate((-self.width / 2.0, -500.0));
        place * self.path.clone()
    }
}

/// The upright cut of the display family that marks are drawn from: bold, or the nearest there is.
#[must_use]
pub(crate) fn mark_cut(display: &FontKey) -> FontKey {
    let cuts = core_typography::family(&display.family).map(|family| &family.fonts);
    let upright = cuts
        .into_iter()
        .flatten()
        .map(|font| &font.key)
        .filter(|key| !key.italic && key.weight <= WEIGHT_MAX);
    upright.max_by_key(|key| key.weight).unwrap_or(display).clone()
}

/// The words that initials are taken from, in reading order; small words only where there is nothing else.
pub(crate) fn initials(name: &str) -> Vec<&str> {
    let words: Vec<&str> = name
        .split(|letter: char| {
            letter.is_whitespace() || matches!(letter, '-' | '/' | '&' | '+' | '.' | '·' | '|')
        })
        .map(|word| word.trim_start_matches(|letter: char| !letter.is_alphanumeric()))
        .map(|word| {
            word.strip_prefix(ARTICLE).filter(|rest| rest.chars().count() >= STEM_LETTERS_MIN).unwrap_or(word)
        })
        .filter(|word| !word.is_empty())
        .collect();
    let large: Vec<&str> =
        words.iter().copied().filter(|word| !SMALL_WORDS.contains(&word.to_lowercase().as_str())).collect();
    if large.is_empty() { words } else { large }
}

/// The Arabic article is written together with its word, and every second name starts with it.
const ARTICLE: &str = "ال";
/// Letters that a word keeps without it, at least.
const STEM_LETTERS_MIN: usize = 3;

fn letter(face: &Face, word: &str, language: &str) -> Option<Letter> {
    let text = first_letter(face, word, language);
    let outline = outline(face, &text, language);
    let bounds = core_vector::bezier::bounds(&outline);
    if bounds.height() < 1.0 || bounds.width() < 1.0 {
        return None;
    }
    let factor = 1000.0 / bounds.height();
    let place = Affine::new([factor, 0.0, 0.0, factor, -bounds.x0 * factor, -bounds.y0 * factor]);
    let path = sturdy(combine::union(&[place * outline]));
    let bounds = core_vector::bezier::bounds(&path);
    let factor = 1000.0 / bounds.height();
    let place = Affine::new([factor, 0.0, 0.0, factor, -bounds.x0 * factor, -bounds.y0 * factor]);
    let plain = plain(&text, language);
    Some(Letter { text, path: place * path, width: bounds.width() * factor, plain })
}

fn plain(text: &str, language: &str) -> Option<char> {
    let mut letters = text.chars();
    let first = letters.next().filter(|_| letters.next().is_none())?;
    capital(first, language).filter(char::is_ascii_alphanumeric)
}

/// The first letter with its marks. Scripts that join letters into syllables give the whole first cluster.
fn first_letter(face: &Face, word: &str, language: &str) -> String {
    let Some(first) = word.chars().next() else { return String::new() };
    let cluster = face
        .shape(word, language)
        .glyphs
        .iter()
        .filter(|glyph| glyph.text.start == 0)
        .map(|glyph| glyph.text.end)
        .max();
    let end = cluster.unwrap_or(first.len_utf8()).clamp(first.len_utf8(), word.len());
    let cluster = word.get(..end).unwrap_or(word);
    if matches!(u32::from(first), 0x0900..=0x109f | 0x1780..=0x17ff) {
        return cluster.to_owned();
    }
    let marks = cluster
        .chars()
        .skip(1)
        .take_while(|letter| !letter.is_alphanumeric() && !letter.is_ascii_punctuation());
    std::iter::once(first).chain(marks).collect()
}

/// The outline of a shaped text, y downwards.
pub(crate) fn outline(face: &Face, text: &str, language: &str) -> BezPath {
    let mut path = BezPath::new();
    for glyph in shaped(face, text, language).glyphs {
        let place = Affine::new([1.0, 0.0, 0.0, -1.0, glyph.x, -glyph.y]);
        path.extend(place * face.outline(glyph.id));
    }
    path
}

/// The name as it is set: an apostrophe of the keyboard between letters becomes the one of type, where the face has it.
#[must_use]
pub(crate) fn typeset(name: &str, face: &Face) -> String {
    if face.glyph(APOSTROPHE.into()).is_none() {
        return name.to_owned();
    }
    let mut before = ' ';
    let set = |letter: char| {
        let own = if letter == '\'' && before.is_alphanumeric() { APOSTROPHE } else { letter };
        before = letter;
        own
    };
    name.chars().map(set).collect()
}

/// The name shaped, every sign as itself: where signs follow each other, fonts are kept from making something else of
/// them (`->` an arrow, `!!!` a joke).
#[must_use]
pub(crate) fn shaped(face: &Face, text: &str, language: &str) -> Line {
    let is_sign = |letter: char| letter.is_ascii_punctuation() && letter != '\'';
    let letters: Vec<char> = text.chars().collect();
    let has_run = letters.windows(2).any(|pair| pair.iter().all(|letter| is_sign(*letter)));
    if has_run || text.contains('(') {
        face.shape_plainly(text, language)
    } else {
        face.shape(text, language)
    }
}

/// A letter and the sign on it: what stands wholly above or below its body. A sign that is one with the letter takes
/// the letter along, and punctuation is all sign.
#[must_use]
pub(crate) fn parted(text: &str, outline: &BezPath) -> (BezPath, BezPath) {
    let whole = combine::union(std::slice::from_ref(outline));
    let piece = |contour: &Vec<PathSeg>| bezier::path(std::slice::from_ref(contour));
    let contours: Vec<BezPath> = bezier::contours(&whole).iter().map(piece).collect();
    let body = contours.iter().max_by(|a, b| bezier::area(a).abs().total_cmp(&bezier::area(b).abs()));
    let Some(body) =
        body.map(bezier::bounds).filter(|_| text.chars().next().is_some_and(char::is_alphabetic))
    else {
        return (BezPath::new(), whole);
    };
    let is_apart = |path: &BezPath| {
        let own = bezier::bounds(path);
        own.y1 <= body.y0 + 1.0 || own.y0 >= body.y1 - 1.0
    };
    let (sign, letter): (Vec<BezPath>, Vec<BezPath>) = contours.into_iter().partition(is_apart);
    let join = |paths: Vec<BezPath>| paths.into_iter().flatten().collect::<BezPath>();
    if sign.is_empty() { (BezPath::new(), whole) } else { (join(letter), join(sign)) }
}

/// Grows thin strokes until the letter holds at 16 pixels, within reason.
pub(crate) fn sturdy(path: BezPath) -> BezPath {
    let placed = transform::fitted(&path, form::square(60.0));
    let found = measure::widths(&mask_of(&[placed], 1000.0, 1000.0, measure::WIDTHS_PX)).ink;
    if found >= STURDY_PX {
        return path;
    }
    let by = ((STURDY_PX - found) * 1000.0 / 16.0 / 2.0).min(GROW_MAX);
    offset::grow(&path, by, Corner::Sharp)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_letters_are_capitals_of_their_language() {
        let cases =
            [("n", "en", Some('N')), ("7", "en", Some('7')), ("i", "tr", None), ("ı", "tr", Some('I'))];
        for (text, language, expected) in cases {
            assert_eq!(plain(text, language), expected, "{text}");
        }
        assert_eq!((plain("É", "fr"), plain("e\u{301}", "fr"), plain("", "fr")), (None, None, None));
    }

    #[test]
    fn names_give_their_initials() {
        let cases: &[(&str, &[&str])] = &[
            ("Northwind Coffee", &["Northwind", "Coffee"]),
            ("The Very Long Company", &["Very", "Long", "Company"]),
            ("Lindqvist & Partner", &["Lindqvist", "Partner"]),
            ("La La", &["La", "La"]),
            ("«Заря»", &["Заря»"]),
            ("7", &["7"]),
            ("!!!", &[]),
            ("Smith-Jones", &["Smith", "Jones"]),
        ];
        for (name, expected) in cases {
            assert_eq!(&initials(name), expected, "{name}");
        }
    }
}
