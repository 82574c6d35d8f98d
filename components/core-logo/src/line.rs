//! Where a long name breaks: once, where both lines come out most alike.

use core_typography::Face;
use std::ops::Range;

/// Names with more characters are set on two lines where they can be broken.
const LINE_CHARS_MAX: usize = 18;
/// The same for ideographs and kana, which stand in squares.
const LINE_SQUARES_MAX: usize = 9;
/// What a bad break costs, as a share of the longest line.
const LONELY_COST: f64 = 0.3;
const INSIDE_COST: f64 = 0.2;
/// Words that lead to the next and do not end a line.
const LEADING: &[&str] = &[
    "&", "+", "and", "und", "et", "y", "e", "i", "en", "och", "og", "ve", "of", "de", "du", "des", "di",
    "da", "do", "del", "della", "von", "van", "der", "den", "the", "le", "la", "les", "el", "los", "las",
    "il", "lo", "a", "an", "für", "for", "to", "at", "by", "in", "dr.", "st.", "und", "и",
];
/// What must not stand at the start of a line: closing marks, small kana, the long-vowel mark.
const NEVER_FIRST: &str =
    "、。，．・：；？！）］｝〕〉》」』】ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ々〻%‰";
/// What must not stand at the end of one.
const NEVER_LAST: &str = "（［｛〔〈《「『【";

/// The bytes of each line.
pub(crate) fn lines(face: &Face, name: &str, language: &str) -> Vec<Range<usize>> {
    let count = name.chars().count();
    let squares = name.chars().filter(|letter| is_square(*letter)).count();
    let most = if 2 * squares > count { LINE_SQUARES_MAX } else { LINE_CHARS_MAX };
    let whole = || std::iter::once(0..name.len()).collect();
    if count <= most {
        return whole();
    }
    let cost = |(first, second, cost): &(Range<usize>, Range<usize>, f64)| {
        let width = |line: &Range<usize>| face.shape(&name[line.clone()], language).advance;
        width(first).max(width(second)) * (1.0 + cost)
    };
    let breaks = breaks(name);
    let best = breaks.into_iter().min_by(|a, b| cost(a).total_cmp(&cost(b)));
    best.map_or_else(whole, |(first, second, _)| vec![first, second])
}

/// Every way to break the name: both lines, and what is bad about it.
fn breaks(name: &str) -> Vec<(Range<usize>, Range<usize>, f64)> {
    let at_spaces = name.match_indices(' ').map(|(at, _)| {
        let word = name[..at].rsplit(' ').next().unwrap_or_default();
        let is_lonely = LEADING.contains(&word.to_lowercase().as_str());
        (0..at, at + 1..name.len(), if is_lonely { LONELY_COST } else { 0.0 })
    });
    let at_hyphens = name
        .match_indices(['-', '/'])
        .filter(|(at, _)| is_inside(name, *at))
        .map(|(at, _)| (0..=at, INSIDE_COST));
    let at_hyphens = at_hyphens.map(|(first, cost)| (0..first.end() + 1, first.end() + 1..name.len(), cost));
    let letters: Vec<(usize, char)> = name.char_indices().collect();
    let between_squares = letters.windows(2).filter_map(|pair| {
        let [(_, before), (at, after)] = *pair else { return None };
        let is_allowed = is_square(before)
            && is_square(after)
            && !NEVER_FIRST.contains(after)
            && !NEVER_LAST.contains(before);
        // Where kanji end and kana start, or the other way, a word mostly ends too.
        let cost = if is_kanji(before) == is_kanji(after) { INSIDE_COST } else { 0.0 };
        let cost =
            if name[..at].ends_with("会社") || name[at..].starts_with("株式会社") { 0.0 } else { cost };
        is_allowed.then_some((0..at, at..name.len(), cost))
    });
    let all = at_spaces.chain(at_hyphens).chain(between_squares);
    all.filter(|(first, second, _)| !first.is_empty() && !second.is_empty()).collect()
}

/// Whether a hyphen stands between letters, three of them on each side at least.
fn is_inside(name: &str, at: usize) -> bool {
    let letters = |part: &str| part.chars().take_while(|letter| letter.is_alphabetic()).count();
    let before: String = name[..at].chars().rev().collect();
    letters(&before) >= 3 && name.get(at + 1..).is_some_and(|after| letters(after) >= 3)
}

fn is_kanji(letter: char) -> bool {
    matches!(u32::from(letter), 0x3005..=0x3007 | 0x3400..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x3ffff)
}

fn is_square(letter: char) -> bool {
    is_kanji(letter) || matches!(u32::from(letter), 0x3001..=0x303f | 0x3040..=0x30ff | 0xff00..=0xffef)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The break that costs least when every character is equally wide.
    fn broken(name: &str) -> Option<(&str, &str)> {
        let cost = |(first, second, cost): &(Range<usize>, Range<usize>, f64)| {
            let width = |line: &Range<usize>| name[line.clone()].chars().count() as f64;
            width(first).max(width(second)) * (1.0 + cost)
        };
        let best = breaks(name).into_iter().min_by(|a, b| cost(a).total_cmp(&cost(b)));
        best.map(|(first, second, _)| (&name[first], &name[second]))
    }

    #[test]
    fn names_break_where_both_lines_are_alike() {
        let cases = [
            ("The Very Long Company Name of Aberdeen", Some(("The Very Long Company", "Name of Aberdeen"))),
            ("Lindqvist & Partner Wirtschaft", Some(("Lindqvist & Partner", "Wirtschaft"))),
            ("Andersen & Company", Some(("Andersen", "& Company"))),
            ("Bank of Newfoundland", Some(("Bank", "of Newfoundland"))),
            ("Donaudampfschifffahrtsgesellschaft", None),
            ("Schwarz-Weissenberg", Some(("Schwarz-", "Weissenberg"))),
            ("株式会社北風珈琲製作所", Some(("株式会社", "北風珈琲製作所"))),
            ("ノースウィンドコーヒー焙煎所", Some(("ノースウィンド", "コーヒー焙煎所"))),
            ("コーヒー", Some(("コー", "ヒー"))),
            (" ", None),
        ];
        for (name, expected) in cases {
            assert_eq!(broken(name), expected, "{name}");
        }
    }

    #[test]
    fn no_line_starts_or_ends_as_it_must_not() {
        for name in ["「北風」コーヒー。", "きょうとっこ", "ヴィーッー"] {
            for (first, second, _) in breaks(name) {
                assert!(!NEVER_FIRST.contains(&name[second][..3]), "{name}");
                let last = name[first].chars().last();
                assert!(last.is_some_and(|last| !NEVER_LAST.contains(last)), "{name}");
            }
        }
    }
}
