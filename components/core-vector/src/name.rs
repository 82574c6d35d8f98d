//! A wordmark taken apart into lines, words and letters, and its words set on other lines.
//!
//! The outlines say where words end: between them lies clearly more white than between letters.

use crate::bezier;
use crate::optics::{self, Piece};
use core_brand::{Concept, FillRole};
use kurbo::{Affine, Rect};

/// White between two words, in heights of the capitals, at least; and how much more than between letters.
const WORD_GAP_MIN: f64 = 0.3;
const WORD_GAP_RATIO: f64 = 1.9;
/// Between words that stood on two lines, where no gap can be measured.
const SPACE: f64 = 0.45;
/// From baseline to baseline, and between the ink of two lines, in heights of the capitals.
const LEADING: f64 = 1.42;
const LINE_GAP: f64 = 0.24;
/// Two shapes stand on one line where this share of the lower one is beside the other.
const BESIDE: f64 = 0.5;
/// Letters stand on the line within this much of the height of the capitals: round ones hang a little lower.
const OVERSHOOT: f64 = 0.035;

/// A letter, or letters that hold hands: all of its contours.
#[derive(Clone, Debug)]
pub struct Letter {
    pub pieces: Vec<Piece>,
    pub ink: Rect,
}

#[derive(Clone, Debug)]
struct Word {
    letters: Vec<Letter>,
    ink: Rect,
    line: usize,
    baseline: f64,
}

/// A wordmark in its parts.
#[derive(Clone, Debug)]
pub struct Name {
    /// In the order they are read.
    words: Vec<Word>,
    /// How high its letters look: its capitals, or in scripts of one height, or with much above and below them, more.
    pub cap: f64,
    /// On how many lines it was drawn.
    pub lines: usize,
    pub right_to_left: bool,
    space: f64,
}

/// Words on lines, centred under each other; the ink starts at (0, 0).
#[derive(Clone, Debug)]
pub struct Block {
    pub pieces: Vec<Piece>,
    pub width: f64,
    pub height: f64,
    /// How far accents and the like rise above the capitals of the first line.
    pub above: f64,
}

impl Name {
    #[must_use]
    pub fn of(concept: &Concept) -> Self {
        let rows = rows(&optics::pieces(&concept.wordmark));
        let last = rows.len().saturating_sub(1);
        let high = rows.iter().map(|row| optics::height(row)).fold(0.0, f64::max);
        let cap = concept.cap_height.max(high).max(1e-9);
        let mut words = Vec::new();
        for (line, row) in rows.into_iter().enumerate() {
            let letters = letters(row);
            let baseline = if line == last { concept.baseline } else { baseline(&letters, cap) };
            let mut of_line = split(letters, cap, line, baseline);
            if concept.right_to_left {
                of_line.reverse();
            }
            words.extend(of_line);
        }
        let gaps: Vec<f64> = words.windows(2).filter_map(|pair| gap(&pair[0], &pair[1])).collect();
        let space = if gaps.is_empty() { SPACE * cap } else { gaps.iter().sum::<f64>() / gaps.len() as f64 };
        Self { words, cap, lines: last + 1, right_to_left: concept.right_to_left, space }
    }

    /// On how many lines the words can stand.
    #[must_use]
    pub fn lines_max(&self) -> usize {
        self.words.len()
    }

    /// Every closed stroke of every letter with its counters, without what stands apart from it such as dots.
    #[must_use]
    pub fn strokes(&self) -> Vec<Letter> {
        self.words.iter().flat_map(|word| &word.letters).flat_map(strokes).collect()
    }

    /// The words on this many lines, as equal in length as they allow.
    #[must_use]
    pub fn block(&self, lines: usize) -> Block {
        let rows: Vec<Vec<Piece>> =
            self.breaks(lines).into_iter().map(|(from, to)| self.line(&self.words[from..to])).collect();
        let boxes: Vec<Rect> = rows.iter().map(|row| optics::ink(row).unwrap_or_default()).collect();
        let width = boxes.iter().map(Rect::width).fold(0.0, f64::max);
        let top = boxes.first().map_or(0.0, |ink| ink.y0);
        let (mut baseline, mut bottom) = (-top, 0.0_f64);
        let mut pieces = Vec::new();
        for (at, (row, ink)) in rows.into_iter().zip(&boxes).enumerate() {
            if let Some(before) = at.checked_sub(1).and_then(|before| boxes.get(before)) {
                baseline += (before.y1 - ink.y0 + LINE_GAP * self.cap).max(LEADING * self.cap);
            }
            let place = Affine::translate((width / 2.0 - ink.center().x, baseline));
            pieces.extend(row.into_iter().map(|(fill, outline)| (fill, place * outline)));
            bottom = bottom.max(baseline + ink.y1);
        }
        Block { pieces, width, height: bottom, above: (-top - self.cap).max(0.0) }
    }

    /// Where lines start and end so that the longest is as short as can be, and the others are not much shorter.
    fn breaks(&self, lines: usize) -> Vec<(usize, usize)> {
        let count = self.words.len();
        let lines = lines.clamp(1, count.max(1));
        let width = |from: usize, to: usize| -> f64 {
            let words = &self.words[from..to];
            let gaps: f64 = words.windows(2).map(|pair| gap(&pair[0], &pair[1]).unwrap_or(self.space)).sum();
            words.iter().map(|word| word.ink.width()).sum::<f64>() + gaps
        };
        // High powers let the longest line decide and the others only between equals.
        let cost = |from: usize, to: usize| libm::pow(width(from, to) / (self.cap * 10.0), 6.0);
        // best[n]: the cost when the first n words stand on the lines so far, and the breaks for it.
        let mut best: Vec<Option<(f64, Vec<usize>)>> =
            (0..=count).map(|to| Some((cost(0, to), vec![0]))).collect();
        for _ in 1..lines {
            let next = |to: usize| {
                (1..to)
                    .filter_map(|from| {
                        let (before, starts) = best[from].as_ref()?;
                        let starts = starts.iter().copied().chain([from]).collect();
                        Some((before + cost(from, to), starts))
                    })
                    .min_by(|a: &(f64, Vec<usize>), b| a.0.total_cmp(&b.0))
            };
            best = (0..=count).map(next).collect();
        }
        let starts = best.pop().flatten().map_or_else(|| vec![0], |(_, starts)| starts);
        let ends = starts.iter().copied().skip(1).chain([count]);
        starts.iter().copied().zip(ends).collect()
    }

    /// Words one after the other, the baseline at zero; the white between neighbours stays as it was drawn.
    fn line(&self, words: &[Word]) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut at = 0.0;
        for (index, word) in words.iter().enumerate() {
            let before = index.checked_sub(1).and_then(|before| words.get(before));
            let room = before.map_or(0.0, |before| gap(before, word).unwrap_or(self.space));
            let x = if self.right_to_left {
                at -= room + word.ink.width();
                at
            } else {
                at += room + word.ink.width();
                at - word.ink.width()
            };
            let place = Affine::translate((x - word.ink.x0, -word.baseline));
            let outlines = word.letters.iter().flat_map(|letter| &letter.pieces);
            pieces.extend(outlines.map(|(fill, outline)| (*fill, place * outline.clone())));
        }
        pieces
    }
}

/// The white between two words of one line.
fn gap(one: &Word, other: &Word) -> Option<f64> {
    let white = (other.ink.x0 - one.ink.x1).max(one.ink.x0 - other.ink.x1);
    (one.line == other.line).then_some(white.max(0.0))
}

/// The pieces of each line, from the top; what is no ink of its own stands with the line nearest to it.
fn rows(pieces: &[Piece]) -> Vec<Vec<Piece>> {
    let mut rows: Vec<(Rect, Vec<Piece>)> = Vec::new();
    let (ink, others): (Vec<&Piece>, Vec<&Piece>) =
        pieces.iter().partition(|(fill, _)| *fill == FillRole::Ink);
    for piece in ink {
        let bounds = bezier::bounds(&piece.1);
        let beside = rows.iter().position(|(row, _)| {
            let shared = row.y1.min(bounds.y1) - row.y0.max(bounds.y0);
            shared > BESIDE * row.height().min(bounds.height())
        });
        match beside.and_then(|at| rows.get_mut(at)) {
            Some((row, held)) => {
                *row = row.union(bounds);
                held.push(piece.clone());
            }
            None => rows.push((bounds, vec![piece.clone()])),
        }
    }
    for piece in others {
        let at = bezier::bounds(&piece.1).center().y;
        let away = |row: &Rect| (row.center().y - at).abs();
        match rows.iter_mut().min_by(|a, b| away(&a.0).total_cmp(&away(&b.0))) {
            Some((_, held)) => held.push(piece.clone()),
            None => rows.push((bezier::bounds(&piece.1), vec![piece.clone()])),
        }
    }
    rows.sort_by(|a, b| a.0.y0.total_cmp(&b.0.y0));
    rows.into_iter().map(|(_, held)| held).collect()
}

/// The letters of a line from left to right: contours above or inside each other are one letter.
fn letters(row: Vec<Piece>) -> Vec<Letter> {
    let mut contours: Vec<(Rect, Piece)> = Vec::new();
    for (fill, outline) in row {
        for contour in bezier::contours(&outline) {
            let one = bezier::path(std::slice::from_ref(&contour));
            contours.push((bezier::bounds(&one), (fill, one)));
        }
    }
    contours.sort_by(|a, b| a.0.x0.total_cmp(&b.0.x0));
    let mut letters: Vec<Letter> = Vec::new();
    for (ink, (fill, outline)) in contours {
        match letters.last_mut().filter(|letter| ink.x0 <= letter.ink.x1) {
            Some(letter) => {
                letter.ink = letter.ink.union(ink);
                // Holes must stay in the outline that they are holes of.
                match letter.pieces.iter_mut().find(|(same, _)| *same == fill) {
                    Some((_, all)) => all.extend(outline),
                    None => letter.pieces.push((fill, outline)),
                }
            }
            None => letters.push(Letter { pieces: vec![(fill, outline)], ink }),
        }
    }
    letters
}

/// The outer contours of a letter, each with the holes in it.
fn strokes(letter: &Letter) -> Vec<Letter> {
    let mut found: Vec<(f64, Letter)> = Vec::new();
    for (fill, outline) in &letter.pieces {
        let mut contours: Vec<(f64, Letter)> = bezier::contours(outline)
            .iter()
            .map(|contour| bezier::path(std::slice::from_ref(contour)))
            .map(|one| (bezier::area(&one), Letter { ink: bezier::bounds(&one), pieces: vec![(*fill, one)] }))
            .collect();
        contours.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()));
        let way = contours.first().map_or(1.0, |(area, _)| area.signum());
        for (area, contour) in contours {
            let holds = |outer: &&mut (f64, Letter)| {
                outer.0.signum() != area.signum() && outer.1.ink.contains(contour.ink.center())
            };
            match found.iter_mut().find(holds).filter(|_| area.signum() != way) {
                Some((_, outer)) => {
                    if let (Some((_, all)), Some((_, hole))) =
                        (outer.pieces.first_mut(), contour.pieces.first())
                    {
                        all.extend(hole.clone());
                    }
                }
                None => found.push((area, contour)),
            }
        }
    }
    found.into_iter().map(|(_, letter)| letter).collect()
}

fn split(letters: Vec<Letter>, cap: f64, line: usize, baseline: f64) -> Vec<Word> {
    let mut gaps: Vec<f64> = letters.windows(2).map(|pair| pair[1].ink.x0 - pair[0].ink.x1).collect();
    gaps.sort_by(f64::total_cmp);
    let usual = gaps.get(gaps.len() / 2).copied().unwrap_or(0.0);
    let least = (WORD_GAP_MIN * cap).max(WORD_GAP_RATIO * usual);
    let mut words: Vec<Word> = Vec::new();
    for letter in letters {
        match words.last_mut().filter(|word| letter.ink.x0 - word.ink.x1 < least) {
            Some(word) => {
                word.ink = word.ink.union(letter.ink);
                word.letters.push(letter);
            }
            None => words.push(Word { ink: letter.ink, letters: vec![letter], line, baseline }),
        }
    }
    words
}

/// Where most letters of a line end below.
fn baseline(letters: &[Letter], cap: f64) -> f64 {
    let near = |at: f64| {
        letters.iter().map(|letter| letter.ink.y1).filter(move |y| (at - OVERSHOOT * cap..=at).contains(y))
    };
    let ends = letters.iter().map(|letter| letter.ink.y1);
    let most = ends.max_by_key(|at| (near(*at).count(), (*at * 10.0) as i64)).unwrap_or(0.0);
    near(most).fold(most, f64::min)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::{form, path};
    use core_brand::{Drawing, Shape};

    /// Letters as blocks: `x` stands on the line, `p` hangs below it, a blank parts words.
    pub(crate) fn concept(lines: &[&str], right_to_left: bool) -> Concept {
        let mut shapes = Vec::new();
        for (row, line) in lines.iter().enumerate() {
            let top = row as f64 * 150.0;
            let mut all = kurbo::BezPath::new();
            for (at, letter) in line.chars().enumerate().filter(|(_, letter)| *letter != ' ') {
                let (x, deep) = (at as f64 * 80.0, if letter == 'p' { 130.0 } else { 100.0 });
                all.extend(form::rect(x, top, x + 60.0, top + deep));
            }
            shapes.push(Shape { fill: FillRole::Ink, path: path::write(&all) });
        }
        let bounds = shapes.iter().map(|shape| bezier::bounds(&path::parse(&shape.path).unwrap()));
        let ink = bounds.reduce(|all, one| all.union(one)).unwrap();
        Concept {
            format: 1,
            id: "1-test".into(),
            rank: 1,
            grammar: "test".into(),
            title: String::new(),
            idea: String::new(),
            mark: Drawing { width: 1000.0, height: 1000.0, shapes: Vec::new() },
            small: None,
            badge: None,
            wordmark: Drawing { width: ink.x1, height: ink.y1, shapes },
            baseline: (lines.len() - 1) as f64 * 150.0 + 100.0,
            cap_height: 100.0,
            clear_space: 0.25,
            clear_from: core_brand::ClearFrom::default(),
            mark_px_min: 16,
            minimums: Vec::new(),
            right_to_left,
            recipe: None,
            painted: None,
            silhouette: None,
            checks: Vec::new(),
        }
    }

    #[test]
    fn words_are_where_the_white_is() {
        let cases: [(&[&str], usize, usize); 5] = [
            (&["xxxx"], 4, 1),
            (&["xx xxx"], 5, 2),
            (&["xx xx xp", "xpx"], 9, 4),
            (&["x"], 1, 1),
            (&["xxxxxxxx x xxxx"], 13, 3),
        ];
        for (lines, letters, words) in cases {
            let name = Name::of(&concept(lines, false));
            assert_eq!((name.strokes().len(), name.lines_max()), (letters, words), "{lines:?}");
        }
        let empty = Name::of(&concept(&[" "], false));
        assert_eq!(empty.lines_max(), 0);
        assert!(empty.block(2).pieces.is_empty());
    }

    #[test]
    fn words_are_set_anew_on_the_line() {
        let name = Name::of(&concept(&["xxxx xx", "xp xxxx"], false));
        let three = name.block(3);
        assert_eq!(three.pieces.len(), 14 - 2);
        // The two short words share the second line: two, a blank as wide as the others, two.
        assert!((three.width - 380.0).abs() < 1e-6, "{}", three.width);
        // Every letter stands on one of the lines, hanging ones hang.
        let mut ends: Vec<i64> = three.pieces.iter().map(|(_, o)| bezier::bounds(o).y1 as i64).collect();
        ends.sort_unstable();
        ends.dedup();
        assert_eq!(ends.len(), 4, "{ends:?}");
        let one = name.block(1);
        assert!(one.width > 14.0 * 70.0 && (one.height - 130.0).abs() < 1e-6);
        assert!(name.block(40).height > three.height);
    }

    #[test]
    fn lines_read_from_the_right_where_the_script_does() {
        let name = Name::of(&concept(&["xx xxxx"], true));
        let two = name.block(2);
        let first = two.pieces.iter().map(|(_, o)| bezier::bounds(o)).filter(|ink| ink.y0 < 1.0).count();
        assert_eq!(first, 4, "the right word is read first");
    }
}
