//! What a name counts: its words, their letters, how it falls into syllables.
//!
//! Marks that count are marks that another name does not get.

use crate::letters::initials;
use std::ops::RangeInclusive;

/// Letters of the alphabet, for the clock that initials are read from.
const CLOCK: u32 = 26;

/// The leading word of a name, letter by letter, and the lengths of all its words.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rhythm {
    /// The letters of the first word that carries the name.
    pub letters: Vec<char>,
    /// Letters in each word, in reading order.
    pub words: Vec<usize>,
    /// The words themselves.
    spelled: Vec<Vec<char>>,
    /// The first letter of each word.
    pub firsts: Vec<char>,
}

impl Rhythm {
    #[must_use]
    pub(crate) fn of(name: &str) -> Self {
        let plain =
            |word: &str| word.chars().filter(|letter| letter.is_alphanumeric()).collect::<Vec<char>>();
        let words: Vec<Vec<char>> =
            initials(name).into_iter().map(plain).filter(|word| !word.is_empty()).collect();
        Self {
            letters: words.first().cloned().unwrap_or_default(),
            words: words.iter().map(Vec::len).collect(),
            firsts: words.iter().filter_map(|word| word.first().copied()).collect(),
            spelled: words,
        }
    }

    /// The same name led by its first word of so many letters, or by all its words in one; `None` where neither is.
    #[must_use]
    pub(crate) fn led(&self, count: RangeInclusive<usize>) -> Option<Self> {
        let all: Vec<char> = self.spelled.concat();
        let letters = self.spelled.iter().chain([&all]).find(|word| count.contains(&word.len()))?.clone();
        Some(Self { letters, ..self.clone() })
    }

    /// The leading word as it is written; where all words lead as one, all of them.
    #[must_use]
    pub(crate) fn word(&self) -> String {
        let text = |word: &Vec<char>| word.iter().collect::<String>();
        if self.spelled.contains(&self.letters) {
            text(&self.letters)
        } else {
            self.spelled.iter().map(text).collect::<Vec<_>>().join(" ")
        }
    }

    /// Lengths that a mark may be parted by: of the words, or of one word's syllables; at least one.
    #[must_use]
    pub(crate) fn parts(&self) -> Vec<usize> {
        if self.words.len() > 1 {
            return self.words.iter().copied().take(4).collect();
        }
        let parts = syllables(&self.letters);
        if parts.is_empty() { vec![1] } else { parts }
    }

    /// The letter that each part starts with.
    #[must_use]
    pub(crate) fn starts(&self) -> Vec<char> {
        if self.has_words() {
            return self.firsts.iter().copied().take(4).collect();
        }
        let mut at = 0;
        let start = |part: usize| {
            let letter = self.letters.get(at).copied();
            at += part;
            letter
        };
        self.parts().into_iter().filter_map(start).collect()
    }

    /// Whether the parts are words.
    #[must_use]
    pub(crate) fn has_words(&self) -> bool {
        self.words.len() > 1
    }
}

/// Where a letter stands on the clock of the alphabet, in degrees from the top.
#[must_use]
pub(crate) fn clock(letter: char) -> f64 {
    let upper = letter.to_uppercase().next().unwrap_or(letter);
    let at =
        if upper.is_ascii_uppercase() { u32::from(upper) - u32::from('A') } else { u32::from(upper) % CLOCK };
    -90.0 + 360.0 * f64::from(at) / f64::from(CLOCK)
}

/// Letters per syllable: each run of vowels makes one. Scripts without such vowels are one.
fn syllables(letters: &[char]) -> Vec<usize> {
    let is_vowel = |letter: &char| {
        "aeiouyäöüáéíóúàèìòùâêîôûåæøœаеёиоуыэюяαεηιουω"
            .contains(letter.to_lowercase().next().unwrap_or(*letter))
    };
    let mut parts: Vec<usize> = Vec::new();
    let mut open = 0;
    let mut seen = false;
    for (at, letter) in letters.iter().enumerate() {
        let starts = seen && !is_vowel(letter) && letters.get(at + 1).is_some_and(is_vowel);
        if starts {
            parts.push(open);
            (open, seen) = (0, false);
        }
        open += 1;
        seen |= is_vowel(letter);
    }
    if open > 0 {
        parts.push(open);
    }
    parts.truncate(4);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_counted() {
        let cases: &[(&str, &[usize])] = &[
            ("Marigold", &[2, 2, 4]),
            ("Volt", &[4]),
            ("Northwind Coffee", &[9, 6]),
            ("Lindqvist & Partner", &[9, 7]),
            ("!!!", &[1]),
            ("قهوة", &[4]),
        ];
        for (name, expected) in cases {
            assert_eq!(&Rhythm::of(name).parts(), expected, "{name}");
        }
        assert!((clock('A') - clock('a')).abs() < 1e-9 && clock('N') > clock('B'));
    }
}
