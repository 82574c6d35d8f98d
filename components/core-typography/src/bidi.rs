//! A line of text as runs of one direction and one script, in the order they are seen.

use crate::coverage::is_common;
use harfrust::unicode::script;
use std::ops::Range;
use unicode_bidi::{Direction, ParagraphBidiInfo, get_base_direction_full};

/// Whether the first strong letter runs from right to left.
#[must_use]
pub fn is_right_to_left(text: &str) -> bool {
    get_base_direction_full(text) == Direction::Rtl
}

/// Bytes of one direction and one script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) text: Range<usize>,
    pub(crate) right_to_left: bool,
}

/// The runs of a text taken as one paragraph on one line, leftmost first.
pub(crate) fn visual_runs(text: &str) -> Vec<Run> {
    if text.is_empty() {
        return Vec::new();
    }
    let paragraph = ParagraphBidiInfo::new(text, None);
    let (levels, ranges) = paragraph.visual_runs(0..text.len());
    let mut runs = Vec::new();
    for range in ranges {
        let right_to_left = levels.get(range.start).is_some_and(unicode_bidi::Level::is_rtl);
        let mut parts = by_script(text, range);
        if right_to_left {
            parts.reverse();
        }
        runs.extend(parts.into_iter().map(|text| Run { text, right_to_left }));
    }
    runs
}

/// Splits where the script changes; what belongs to every script stays with what stands before it.
fn by_script(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = range.start;
    let mut current = None;
    for (offset, letter) in text[range.clone()].char_indices() {
        if is_common(letter) {
            continue;
        }
        let own = script(letter.into());
        if current.is_some_and(|current| current != own) {
            parts.push(start..range.start + offset);
            start = range.start + offset;
        }
        current = Some(own);
    }
    parts.push(start..range.end);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_seen_from_the_left() {
        let cases: &[(&str, &[(&str, bool)])] = &[
            ("Nord", &[("Nord", false)]),
            ("Alpha Ωmega", &[("Alpha ", false), ("Ω", false), ("mega", false)]),
            ("שלום", &[("שלום", true)]),
            ("Caffè שלום", &[("Caffè ", false), ("שלום", true)]),
            ("קפה Nord", &[("Nord", false), ("קפה ", true)]),
            ("קפה 24", &[("24", false), ("קפה ", true)]),
            ("שלום سلام", &[("سلام", true), ("שלום ", true)]),
        ];
        for (text, expected) in cases {
            let runs = visual_runs(text);
            let found: Vec<_> = runs.iter().map(|run| (&text[run.text.clone()], run.right_to_left)).collect();
            assert_eq!(found, *expected, "{text}");
        }
        assert_eq!(visual_runs(""), []);
    }

    #[test]
    fn the_first_strong_letter_decides() {
        let cases = [
            ("Nord", false),
            ("", false),
            ("24/7", false),
            ("24 قهوة", true),
            ("קפה Nord", true),
            ("Nord קפה", false),
        ];
        for (text, expected) in cases {
            assert_eq!(is_right_to_left(text), expected, "{text}");
        }
    }
}
