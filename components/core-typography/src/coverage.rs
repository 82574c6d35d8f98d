//! Which letters a family can draw.

use harfrust::Script;
use harfrust::unicode::{Decomposed, compose, decompose, script};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::RangeInclusive;

/// Ideographs lie scattered over this block.
const HAN: RangeInclusive<u32> = 0x4e00..=0x9fff;
/// With more ranges than this in the block, a bit for each of its characters is shorter.
const HAN_RANGES_MAX: usize = 200;

/// Characters in ascending ranges; as text `20-7e a0 c0-17f`, in hexadecimal, and `4e00:f8...` with a bit for each
/// character from there on. A letter with marks is among them
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

    /// The ideographs, four in a digit.
    fn bits(&self) -> String {
        let digit = |at: u32| (at..at + 4).fold(0, |digit, letter| digit * 2 + u32::from(self.has(letter)));
        let digits: String = HAN.step_by(4).filter_map(|at| char::from_digit(digit(at), 16)).collect();
        format!("{:x}:{}", HAN.start(), digits.trim_end_matches('0'))
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
        let scattered = self.ranges.iter().filter(|(first, _)| HAN.contains(first)).count();
        if scattered <= HAN_RANGES_MAX {
            return f.write_str(&words(&self.ranges).join(" "));
        }
        let below: Self = self.letters().filter(|letter| letter < HAN.start()).collect();
        let above: Self = self.letters().filter(|letter| letter > HAN.end()).collect();
        let parts = [words(&below.ranges), vec![self.bits()], words(&above.ranges)];
        f.write_str(&parts.concat().join(" "))
    }
}

fn words(ranges: &[(u32, u32)]) -> Vec<String> {
    let word = |(first, last): &(u32, u32)| match first == last {
        true => format!("{first:x}"),
        false => format!("{first:x}-{last:x}"),
    };
    ranges.iter().map(word).collect()
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
        let mut add = |first: u32, last: u32, part: &str| match ranges.last_mut() {
            // The search relies on the order.
            Some(before) if first > last || before.1 >= first => Err(format!("`{part}` is out of order")),
            None if first > last => Err(format!("`{part}` is out of order")),
            Some(before) if before.1 + 1 == first => {
                before.1 = last;
                Ok(())
            }
            _ => {
                ranges.push((first, last));
                Ok(())
            }
        };
        for part in text.split_ascii_whitespace() {
            let Some((start, digits)) = part.split_once(':') else {
                let (first, last) = part.split_once('-').unwrap_or((part, part));
                add(number(first)?, number(last)?, part)?;
                continue;
            };
            for (at, digit) in (number(start)?..).step_by(4).zip(digits.chars()) {
                let bits =
                    digit.to_digit(16).ok_or_else(|| format!("`{digit}` in `{start}:` is no digit"))?;
                for bit in (0..4).filter(|bit| bits & (8 >> bit) != 0) {
                    add(at + bit, at + bit, start)?;
                }
            }
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
        // Every third ideograph, and what lies around them.
        let scattered: Coverage = (0x4dff..=0x9fff).step_by(3).chain([0x20, 0x4e00, 0xa000]).collect();
        let text = scattered.to_string();
        assert!(text.starts_with("20 4dff 4e00:a49") && text.len() < 5300, "{}", text.len());
        assert_eq!(coverage(&text), scattered);
        assert!(made.has(0x21) && made.has(0x7f) && !made.has(0x22) && !made.has(0x1f));
        assert!(!Coverage::default().has(0));
        for wrong in ["7f-20", "30 20", "20-30 25", "xyz", "-", "20-", "4e00:g", "4e00:8 4e00"] {
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
