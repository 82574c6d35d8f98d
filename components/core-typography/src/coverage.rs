//! Which letters a family can draw.

use harfrust::Script;
use harfrust::unicode::{Decomposed, compose, decompose, script};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Characters in ascending ranges; as text `20-7e a0 c0-17f`, in hexadecimal. A letter with marks is among them
/// where the font draws it well, as one glyph or of parts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Coverage {
    ranges: Vec<(u32, u32)>,
}

impl Coverage {
    /// Whether exactly this character is among them.
    #[must_use]
    pub fn has(&self, letter: u32) -> bool {
        let after = self.ranges.partition_point(|(first, _)| *first <= letter);
        after > 0 && self.ranges[after - 1].1 >= letter
    }

    /// The letters of a text that cannot be drawn, each once, in order of appearance.
    #[must_use]
    pub fn missing(&self, text: &str) -> Vec<char> {
        let mut missing = Vec::new();
        let mut base = None;
        for letter in text.chars().filter(|letter| !is_invisible(*letter)) {
            let whole = base.and_then(|base| compose(base, letter.into()));
            let drawn = whole.unwrap_or(letter.into());
            base = Some(drawn);
            if !self.draws(drawn) && !missing.contains(&letter) {
                missing.push(letter);
            }
        }
        missing
    }

    /// The letters that both have.
    #[must_use]
    pub fn shared(&self, other: &Self) -> Self {
        self.letters().filter(|letter| other.has(*letter)).collect()
    }

    /// All letters, ascending.
    pub fn letters(&self) -> impl Iterator<Item = u32> {
        self.ranges.iter().flat_map(|(first, last)| *first..=*last)
    }

    /// The letter itself, or the one that it is another code for (the ohm sign is an omega).
    fn draws(&self, letter: u32) -> bool {
        self.has(letter) || matches!(decompose(letter), Some(Decomposed::Singleton(same)) if self.draws(same))
    }
}

/// Spaces and joiners steer letters and need no ink of their own.
fn is_invisible(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}')
}

/// Whether the letter belongs to every script (digits, punctuation, marks).
pub(crate) fn is_common(letter: char) -> bool {
    matches!(script(letter.into()), Script::COMMON | Script::INHERITED | Script::UNKNOWN)
}

impl FromIterator<u32> for Coverage {
    fn from_iter<I: IntoIterator<Item = u32>>(letters: I) -> Self {
        let mut sorted: Vec<u32> = letters.into_iter().collect();
        sorted.sort_unstable();
        let mut ranges: Vec<(u32, u32)> = Vec::new();
        for letter in sorted {
            match ranges.last_mut() {
                Some((_, last)) if letter <= last.saturating_add(1) => *last = letter,
                _ => ranges.push((letter, letter)),
            }
        }
        Self { ranges }
    }
}

impl fmt::Display for Coverage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (first, last)) in self.ranges.iter().enumerate() {
            let gap = if index == 0 { "" } else { " " };
            if first == last { write!(f, "{gap}{first:x}")? } else { write!(f, "{gap}{first:x}-{last:x}")? }
        }
        Ok(())
    }
}

impl From<Coverage> for String {
    fn from(coverage: Coverage) -> Self {
        coverage.to_string()
    }
}

impl TryFrom<String> for Coverage {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let number =
            |digits: &str| u32::from_str_radix(digits, 16).map_err(|why| format!("`{digits}`: {why}"));
        let mut ranges: Vec<(u32, u32)> = Vec::new();
        for part in text.split_ascii_whitespace() {
            let (first, last) = part.split_once('-').unwrap_or((part, part));
            let range = (number(first)?, number(last)?);
            // The search relies on the order.
            if range.0 > range.1 || ranges.last().is_some_and(|before| before.1 >= range.0) {
                return Err(format!("`{part}` is out of order"));
            }
            ranges.push(range);
        }
        Ok(Self { ranges })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn coverage(text: &str) -> Coverage {
        Coverage::try_from(text.to_owned()).unwrap()
    }

    #[test]
    fn reads_and_writes_ranges() {
        let made: Coverage = [0x61, 0x20, 0x62, 0x21, 0x7f, 0x20].into_iter().collect();
        assert_eq!(made.to_string(), "20-21 61-62 7f");
        assert_eq!(coverage("20-21 61-62 7f"), made);
        assert!(made.has(0x21) && made.has(0x7f) && !made.has(0x22) && !made.has(0x1f));
        assert!(!Coverage::default().has(0));
        for wrong in ["7f-20", "30 20", "20-30 25", "xyz", "-", "20-"] {
            assert!(Coverage::try_from(wrong.to_owned()).is_err(), "{wrong}");
        }
    }

    #[test]
    fn marks_count_with_their_letter() {
        let cases: &[(&str, &str, &str)] = &[
            ("61-7a", "abc", ""),
            ("61-7a", "a b\u{a0}c\u{200d}", ""),
            ("61-7a", "aßcß", "ß"),
            ("61-7a e9", "e\u{301}", ""),
            ("61-7a 301", "e\u{301}", "\u{301}"),
            ("61-7a 301", "é", "é"),
            // No composed letter exists, so that the mark itself counts.
            ("61-7a 303", "q\u{303}", ""),
            ("61-7a", "q\u{303}", "\u{303}"),
            ("61-7a 1ecd 1ed9", "o\u{323}\u{302}", ""),
            ("61-7a 1ecd", "o\u{323}\u{302}", "\u{302}"),
            ("3a9", "\u{2126}", ""),
        ];
        for (ranges, text, missing) in cases {
            assert_eq!(
                coverage(ranges).missing(text).iter().collect::<String>(),
                *missing,
                "{ranges} {text}"
            );
        }
    }
}
