//! Text: shaped, broken into lines, placed.

use crate::breaks::{SOFT, holds, pieces, syllables};
use crate::grid;
use core_brand::Rgb;
use core_typography::{Face, is_right_to_left};
use std::collections::BTreeSet;
use std::ops::Range;

/// A paragraph of a book is a few sentences; more words than this are broken greedily, because the good breaker
/// looks at every pair.
const WORDS_MAX: usize = 400;

/// A last line shorter than this share of the measure looks like a mistake.
const LAST_LINE_MIN: f64 = 0.22;

/// A break inside what belongs together costs as much as a line that is a quarter too short; in a title, more than
/// any line could.
const PARTED: f64 = 0.06;
const PARTED_TITLE: f64 = 1.2;

/// A parted word costs as much as a line that is a quarter too short; a second one right below it, twice that.
const HYPHEN: f64 = 0.06;
const LADDER: f64 = 0.12;

/// A face of a book.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FontId(usize);

/// The faces of a book, and the language its text is shaped in.
pub struct Fonts {
    faces: Vec<Face>,
    language: String,
    /// Words that are never parted: a name stays whole.
    whole: BTreeSet<String>,
}

/// How text is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Style {
    pub font: FontId,
    pub size: f64,
    /// From baseline to baseline, in sizes.
    pub leading: f64,
    /// In thousandths of an em.
    pub tracking: f64,
    pub color: Rgb,
    pub align: Align,
    /// Whether words may be parted at the end of a line.
    pub hyphens: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// At the side where the line's script begins.
    Start,
    Left,
    Center,
    Right,
}

/// A line of text with its glyphs in visual order.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub text: String,
    pub font: FontId,
    pub size: f64,
    pub color: Rgb,
    pub x: f64,
    pub baseline: f64,
    /// Without a space at the end.
    pub width: f64,
    pub right_to_left: bool,
    pub glyphs: Vec<Placed>,
}

/// A glyph of a line; lengths in points.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    pub id: u32,
    /// From the pen.
    pub dx: f64,
    pub dy: f64,
    pub advance: f64,
    /// The bytes of the line's text that it shows.
    pub text: Range<usize>,
}

/// Lines one below the other; the top of the capitals of the first is at `y` 0.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    pub lines: Vec<Line>,
    pub width: f64,
    /// From the top of the first line's capitals to the last baseline.
    pub height: f64,
}

impl Style {
    #[must_use]
    pub fn color(self, color: Rgb) -> Self {
        Self { color, ..self }
    }

    #[must_use]
    pub fn size(self, size: f64) -> Self {
        Self { size, ..self }
    }

    #[must_use]
    pub fn font(self, font: FontId) -> Self {
        Self { font, ..self }
    }

    #[must_use]
    pub fn align(self, align: Align) -> Self {
        Self { align, ..self }
    }

    #[must_use]
    pub fn leading(self, leading: f64) -> Self {
        Self { leading, ..self }
    }

    #[must_use]
    pub fn tracking(self, tracking: f64) -> Self {
        Self { tracking, ..self }
    }

    #[must_use]
    pub fn hyphens(self, hyphens: bool) -> Self {
        Self { hyphens, ..self }
    }
}

impl Block {
    /// The lines where they belong: the top of the first capitals at `y`.
    #[must_use]
    pub fn at(self, x: f64, y: f64) -> Vec<Line> {
        let place = |line: Line| Line { x: grid(line.x + x), baseline: grid(line.baseline + y), ..line };
        self.lines.into_iter().map(place).collect()
    }
}

impl Line {
    /// Scaled about the origin, then moved.
    pub(crate) fn moved(&self, scale: f64, x: f64, y: f64) -> Self {
        let glyph = |glyph: &Placed| Placed {
            dx: glyph.dx * scale,
            dy: glyph.dy * scale,
            advance: glyph.advance * scale,
            ..glyph.clone()
        };
        Self {
            size: self.size * scale,
            x: self.x * scale + x,
            baseline: self.baseline * scale + y,
            width: self.width * scale,
            glyphs: self.glyphs.iter().map(glyph).collect(),
            ..self.clone()
        }
    }
}

impl Fonts {
    #[must_use]
    pub fn new(language: &str) -> Self {
        Self { faces: Vec::new(), language: language.to_owned(), whole: BTreeSet::new() }
    }

    /// Never parts the words of this text.
    pub fn keep_whole(&mut self, text: &str) {
        self.whole.extend(text.split_whitespace().map(str::to_owned));
    }

    pub fn add(&mut self, face: Face) -> FontId {
        self.faces.push(face);
        FontId(self.faces.len() - 1)
    }

    pub(crate) fn faces(&self) -> &[Face] {
        &self.faces
    }

    /// An id is only ever made by `add` of the same book; a foreign one is answered by the first face.
    pub(crate) fn face(&self, font: FontId) -> Option<&Face> {
        self.faces.get(font.0).or_else(|| self.faces.first())
    }

    pub(crate) fn index(font: FontId) -> usize {
        font.0
    }

    /// Whether the face has every letter of a text.
    #[must_use]
    pub fn covers(&self, font: FontId, text: &str) -> bool {
        self.face(font)
            .is_some_and(|face| face.shape(text, &self.language).glyphs.iter().all(|glyph| glyph.id != 0))
    }

    /// Height of the capitals in points.
    #[must_use]
    pub fn cap_height(&self, style: &Style) -> f64 {
        self.face(style.font).map_or(0.0, |face| face.cap_height() / face.units_per_em() * style.size)
    }

    /// Width on one line.
    #[must_use]
    pub fn width(&self, text: &str, style: &Style) -> f64 {
        self.line(text, style).width
    }

    /// The size, at most that of the style, at which the text stays on one line of this width.
    #[must_use]
    pub fn size_for(&self, text: &str, style: &Style, measure: f64) -> f64 {
        let width = self.width(text, style);
        // Down to a tenth of a point, so that rounding never pushes the text over the edge.
        if width <= measure { style.size } else { (style.size * measure / width * 10.0).floor() / 10.0 }
    }

    /// Sets a text on lines no wider than the measure.
    #[must_use]
    pub fn set(&self, text: &str, style: &Style, measure: f64) -> Block {
        let cap = self.cap_height(style);
        let step = style.size * style.leading;
        let mut lines: Vec<Line> =
            self.split(text, style, measure).iter().map(|part| self.line(part, style)).collect();
        for (number, line) in lines.iter_mut().enumerate() {
            line.x = offset(style.align, line.right_to_left, measure - line.width);
            line.baseline = cap + step * number as f64;
        }
        let width = lines.iter().map(|line| line.width).fold(0.0, f64::max);
        let height = cap + step * lines.len().saturating_sub(1) as f64;
        Block { lines, width, height }
    }

    /// Shapes one line at the origin.
    #[must_use]
    pub fn line(&self, text: &str, style: &Style) -> Line {
        let mut line = Line {
            text: String::new(),
            font: style.font,
            size: style.size,
            color: style.color,
            x: 0.0,
            baseline: 0.0,
            width: 0.0,
            right_to_left: false,
            glyphs: Vec::new(),
        };
        let Some(face) = self.face(style.font) else { return line };
        // The mark at the end of a parted word is drawn as a hyphen and read as one that is not there.
        let (text, parted) = text.strip_suffix(SOFT).map_or((text, false), |text| (text, true));
        line.text = drawable(face, text, &self.language);
        let mut shaped = face.shape(&line.text, &self.language);
        if parted {
            let hyphened = format!("{}-", line.text);
            shaped = face.shape(&hyphened, &self.language);
            line.text.push(SOFT);
            for glyph in shaped.glyphs.iter_mut().filter(|glyph| glyph.text.end == hyphened.len()) {
                glyph.text.end = line.text.len();
            }
        }
        line.right_to_left = shaped.right_to_left;
        let scale = style.size / face.units_per_em();
        // Letters that join stay joined.
        let tracking = if shaped.right_to_left { 0.0 } else { style.size * style.tracking / 1000.0 };
        let mut pen = 0.0;
        for glyph in shaped.glyphs {
            // A mark stands on its base: it gets no room of its own.
            let extra = if glyph.advance == 0.0 { 0.0 } else { tracking };
            line.glyphs.push(Placed {
                id: glyph.id,
                dx: (glyph.x - pen) * scale,
                dy: glyph.y * scale,
                advance: glyph.advance * scale + extra,
                text: glyph.text,
            });
            pen += glyph.advance;
        }
        line.width = inked(&line, tracking);
        line
    }

    fn split(&self, text: &str, style: &Style, measure: f64) -> Vec<String> {
        let words = self.words(text, style, measure);
        let space = self.width("n n", style) - 2.0 * self.width("n", style);
        let parted = if style.hyphens { PARTED } else { PARTED_TITLE };
        let joints = Joints { space, none: style.size * style.tracking / 1000.0, parted };
        let breaks = if words.len() <= WORDS_MAX {
            balanced(&words, &joints, measure)
        } else {
            greedy(&words, &joints, measure)
        };
        let mut lines = Vec::new();
        let mut first = 0;
        for end in breaks {
            let mut line = String::new();
            for (number, word) in words[first..end].iter().enumerate() {
                if number > 0 && words[first + number - 1].spaced {
                    line.push(' ');
                }
                line.push_str(&word.text);
            }
            // The space between the last word and the next line is real text: readers and searches need it.
            // From right to left it would stand at the left and move the line.
            if end < words.len() && words[end - 1].spaced && !is_right_to_left(&line) {
                line.push(' ');
            }
            if end < words.len() && words[end - 1].hyphen > 0.0 {
                line.push(SOFT);
            }
            lines.push(line);
            first = end;
        }
        lines
    }

    /// The pieces between which a line may break, each no wider than the measure where that is possible.
    fn words(&self, text: &str, style: &Style, measure: f64) -> Vec<Word> {
        let mut words: Vec<Word> = Vec::new();
        let hyphen = self.hyphen(text, style, measure);
        // A no-break space is part of its word.
        for word in text.split([' ', '\n']).filter(|word| !word.is_empty()) {
            for piece in pieces(word) {
                for part in self.pieces_in_measure(piece.text, style, measure) {
                    let syllables = if hyphen > 0.0 { self.syllables(&part) } else { vec![part.as_str()] };
                    for syllable in &syllables {
                        let width = self.width(syllable, style);
                        let text = (*syllable).to_owned();
                        words.push(Word { text, width, spaced: false, clings: piece.clings, hyphen });
                    }
                    // Only between syllables stands a hyphen.
                    if let Some(last) = words.last_mut() {
                        last.hyphen = 0.0;
                    }
                }
            }
            if let Some(last) = words.last_mut() {
                last.spaced = true;
            }
        }
        words
    }

    /// How wide a hyphen is; nothing where words stay whole, and where the text has one line only.
    fn hyphen(&self, text: &str, style: &Style, measure: f64) -> f64 {
        let parts = style.hyphens && text.contains(' ') && self.width(text, style) > measure;
        if parts { self.width("-", style) } else { 0.0 }
    }

    fn syllables<'a>(&self, word: &'a str) -> Vec<&'a str> {
        let bare = word.trim_matches(|letter: char| !letter.is_alphanumeric());
        if self.whole.contains(bare) { vec![word] } else { syllables(word, &self.language) }
    }

    /// A word wider than the measure is cut between letters; everything else stays whole.
    fn pieces_in_measure(&self, word: &str, style: &Style, measure: f64) -> Vec<String> {
        if self.width(word, style) <= measure {
            return vec![word.to_owned()];
        }
        let mut parts = vec![String::new()];
        for cluster in clusters(word) {
            let last = parts.len() - 1;
            let longer = format!("{}{cluster}", parts[last]);
            if parts[last].is_empty() || self.width(&longer, style) <= measure {
                parts[last] = longer;
            } else {
                parts.push(cluster.to_owned());
            }
        }
        parts
    }
}

struct Word {
    text: String,
    width: f64,
    /// Whether a space follows.
    spaced: bool,
    /// Whether it belongs to what follows, so that a break there is worth avoiding.
    clings: bool,
    /// How wide the hyphen is that a break behind it shows.
    hyphen: f64,
}

/// What stands between two pieces of a line: a space, or only the tracking.
struct Joints {
    space: f64,
    none: f64,
    /// What it costs to part what belongs together.
    parted: f64,
}

impl Joints {
    fn after(&self, word: &Word) -> f64 {
        if word.spaced { self.space } else { self.none }
    }
}

/// The ends of the lines, chosen so that the right edge is as even as it can be.
fn balanced(words: &[Word], joints: &Joints, measure: f64) -> Vec<usize> {
    let count = words.len();
    let mut cost = vec![f64::INFINITY; count + 1];
    let mut start = vec![0; count + 1];
    cost[0] = 0.0;
    for end in 1..=count {
        let mut width = 0.0;
        for first in (0..end).rev() {
            width += words[first].width + if first + 1 < end { joints.after(&words[first]) } else { 0.0 };
            let hyphen = words[end - 1].hyphen;
            if width > measure + 0.01 && first + 1 < end {
                break;
            }
            if width + hyphen > measure + 0.01 && hyphen > 0.0 {
                continue;
            }
            let parted = if end < count && words[end - 1].clings { joints.parted } else { 0.0 };
            // The end of a parted word is no line of its own either.
            let alone = first > 0 && words[first..end - 1].iter().all(|word| word.hyphen > 0.0);
            let above = first > 0 && words[first - 1].hyphen > 0.0;
            let hyphened = match (hyphen > 0.0, above) {
                (false, _) => 0.0,
                (true, false) => HYPHEN,
                (true, true) => HYPHEN + LADDER,
            };
            let total =
                cost[first] + parted + hyphened + raggedness(width + hyphen, measure, end == count, alone);
            if total < cost[end] {
                cost[end] = total;
                start[end] = first;
            }
        }
    }
    let mut ends = Vec::new();
    let mut end = count;
    while end > 0 {
        ends.push(end);
        end = start[end];
    }
    ends.reverse();
    ends
}

/// How much a line hurts: the square of what is missing, and more for a last line that is a leftover.
fn raggedness(width: f64, measure: f64, last: bool, alone: bool) -> f64 {
    let missing = ((measure - width) / measure.max(1.0)).max(0.0);
    match last {
        true if alone || width < measure * LAST_LINE_MIN => 0.35,
        true => 0.0,
        // Each line costs a little, so that a paragraph is never longer than it must be.
        false => missing * missing + 0.05,
    }
}

fn greedy(words: &[Word], joints: &Joints, measure: f64) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut width = 0.0;
    for (number, word) in words.iter().enumerate() {
        let joint = if width > 0.0 { joints.after(&words[number - 1]) } else { 0.0 };
        if width > 0.0 && width + joint + word.width > measure {
            ends.push(number);
            width = word.width;
        } else {
            width += joint + word.width;
        }
    }
    if !words.is_empty() {
        ends.push(words.len());
    }
    ends
}

/// Letters with the marks that belong to them, and with one closing mark: it would look lost on the next line.
fn clusters(word: &str) -> Vec<&str> {
    let mut starts = Vec::new();
    let mut before = None;
    for (at, letter) in word.char_indices() {
        let is_held = before.is_some_and(|before| holds(before, letter));
        if !joins(letter) && !is_held {
            starts.push(at);
        }
        before = Some(letter);
    }
    let ends = starts.iter().skip(1).copied().chain([word.len()]);
    let mut clusters: Vec<&str> = starts.iter().zip(ends).map(|(start, end)| &word[*start..end]).collect();
    if clusters.is_empty() && !word.is_empty() {
        clusters.push(word);
    }
    clusters
}

/// Whether a character never starts a cluster: combining marks of the scripts in use and the joiners.
fn joins(letter: char) -> bool {
    matches!(u32::from(letter),
        0x300..=0x36f | 0x483..=0x489 | 0x591..=0x5bd | 0x610..=0x61a | 0x64b..=0x65f | 0x670 | 0x6d6..=0x6dc
        | 0x900..=0x903 | 0x93a..=0x94f | 0x962..=0x963 | 0xe31 | 0xe34..=0xe3a | 0xe47..=0xe4e
        | 0x200c..=0x200d | 0x1ab0..=0x1aff | 0x1dc0..=0x1dff | 0xfe20..=0xfe2f)
}

/// The text with a question mark for every letter that the face does not have or a readable PDF may not hold.
fn drawable(face: &Face, text: &str, language: &str) -> String {
    let text: String = text.chars().map(|letter| if is_speakable(letter) { letter } else { '?' }).collect();
    let glyphs = face.shape(&text, language).glyphs;
    let missing: Vec<Range<usize>> =
        glyphs.into_iter().filter(|glyph| glyph.id == 0).map(|glyph| glyph.text).collect();
    if missing.is_empty() {
        return text;
    }
    let known = |at: usize| !missing.iter().any(|range| range.contains(&at));
    text.char_indices().map(|(at, letter)| if known(at) { letter } else { '?' }).collect()
}

/// Controls and private letters mean nothing to a reader, and byte order marks are not text.
fn is_speakable(letter: char) -> bool {
    let private = matches!(u32::from(letter), 0xe000..=0xf8ff | 0xf_0000..=0x10_ffff);
    !(letter.is_control() || private || matches!(letter, '\u{feff}' | '\u{fffe}'))
}

fn offset(align: Align, right_to_left: bool, free: f64) -> f64 {
    match align {
        Align::Start if right_to_left => free,
        Align::Start | Align::Left => 0.0,
        Align::Center => free / 2.0,
        Align::Right => free,
    }
}

/// The width without the spaces and the tracking behind the last letter.
fn inked(line: &Line, tracking: f64) -> f64 {
    let advance: f64 = line.glyphs.iter().map(|glyph| glyph.advance).sum();
    let is_space = |glyph: &&Placed| line.text[glyph.text.clone()].chars().all(|letter| letter == ' ');
    let trailing: f64 = line.glyphs.iter().rev().take_while(is_space).map(|glyph| glyph.advance).sum();
    (advance - trailing - if line.glyphs.is_empty() { 0.0 } else { tracking }).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const JOINTS: Joints = Joints { space: 2.0, none: 0.0, parted: PARTED };

    fn words(widths: &[f64]) -> Vec<Word> {
        widths
            .iter()
            .map(|width| Word {
                text: String::new(),
                width: *width,
                spaced: true,
                clings: false,
                hyphen: 0.0,
            })
            .collect()
    }

    #[test]
    fn breaks_evenly_and_leaves_no_word_alone() {
        // Greedy would fill the first line with three words and leave one for the last.
        let cases: &[(&[f64], &[usize])] = &[
            (&[], &[]),
            (&[50.0], &[1]),
            (&[30.0, 30.0, 30.0], &[3]),
            (&[30.0, 30.0, 30.0, 30.0], &[2, 4]),
            (&[200.0], &[1]),
            (&[10.0, 200.0, 10.0], &[1, 2, 3]),
        ];
        for (widths, ends) in cases {
            assert_eq!(balanced(&words(widths), &JOINTS, 100.0), *ends, "{widths:?}");
        }
        assert_eq!(greedy(&words(&[30.0, 30.0, 30.0, 30.0]), &JOINTS, 100.0), [3, 4]);
    }

    #[test]
    fn keeps_together_what_clings() {
        let mut twelve = words(&[9.0; 12]);
        assert_eq!(balanced(&twelve, &JOINTS, 100.0), [9, 12]);
        twelve[8].clings = true;
        assert_eq!(balanced(&twelve, &JOINTS, 100.0), [8, 12]);
    }

    #[test]
    fn a_word_is_parted_where_that_evens_the_edge() {
        // Two long words: whole, each would leave half of its line empty.
        let mut parts = words(&[50.0, 40.0, 40.0, 30.0]);
        assert_eq!(balanced(&parts, &JOINTS, 100.0), [2, 4]);
        for (at, hyphen) in [(1, 5.0), (0, 0.0)] {
            parts[at].hyphen = hyphen;
            parts[at].spaced = hyphen == 0.0;
        }
        assert_eq!(balanced(&parts, &JOINTS, 100.0), [2, 4]);
        // No room for the hyphen: the word goes to the next line, and is parted there.
        parts[1].hyphen = 12.0;
        assert_eq!(balanced(&parts, &JOINTS, 100.0), [1, 2, 4]);
    }

    #[test]
    fn marks_stay_with_their_letters() {
        assert_eq!(clusters("e\u{301}a"), ["e\u{301}", "a"]);
        assert_eq!(clusters("\u{301}"), ["\u{301}"]);
        assert_eq!(clusters("ab)!!"), ["a", "b)", "!", "!"]);
    }
}
