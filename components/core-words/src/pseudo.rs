//! A language that nobody speaks, made of the English one: every vowel of a sentence gets an accent and the whole
//! stands in brackets. What a run in it shows without either was never in a catalogue.

use std::borrow::Cow;

/// The letters of the pseudo-language, all of Latin-1, so that every face draws them.
const ACCENTS: [(char, char); 10] = [
    ('a', 'á'),
    ('e', 'é'),
    ('i', 'í'),
    ('o', 'ó'),
    ('u', 'ú'),
    ('A', 'Á'),
    ('E', 'É'),
    ('I', 'Í'),
    ('O', 'Ó'),
    ('U', 'Ú'),
];

/// The text of a pattern; values that are put into it stay as they are.
#[must_use]
pub fn accented(text: &str) -> Cow<'_, str> {
    let accent = |letter: char| {
        ACCENTS.iter().find(|(plain, _)| *plain == letter).map_or(letter, |(_, accented)| *accented)
    };
    text.chars().map(accent).collect::<String>().into()
}

/// A whole sentence of the pseudo-language.
#[must_use]
pub fn bracketed(text: &str) -> String {
    format!("[{text}]")
}
