//! Where a line may break inside a word: behind a hyphen, between syllables, and between the letters of Japanese,
//! which has no spaces.

use hypher::{Lang, hyphenate_bounded};

/// Closing marks, small kana and signs that belong to what stands before them never begin a line.
const NOT_FIRST: &str = concat!(
    "、。，．・：；！？゛゜ヽヾゝゞ々ー’”）〕］｝〉》」』】〟…‥〜～％‰°′″",
    "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ",
    ")]}!?,.:;%",
);
/// Opening marks and signs that belong to what follows never end one.
const NOT_LAST: &str = "‘“（〔［｛〈《「『【〝([{#＃¥￥$＄€£";
/// Signs that are written twice stay together.
const TWICE: &str = "…‥―—";

/// What stands in the text where a parted word ends its line: readers know that it is not part of the word.
pub(crate) const SOFT: char = '\u{ad}';
/// Shorter words stay whole.
const WORD_MIN: usize = 7;
/// This many letters at least stay on the line, and go to the next.
const LEFT_MIN: usize = 3;
const RIGHT_MIN: usize = 3;

/// The syllables of a word, with the marks around it; the word alone where it has to stay whole.
pub(crate) fn syllables<'a>(word: &'a str, language: &str) -> Vec<&'a str> {
    let end = word.rfind(char::is_alphabetic).map_or(0, |at| at + first_length(&word[at..]));
    // What stands before an apostrophe belongs to the word behind it.
    let elided = word[..end].rfind(['\'', '’']).map(|at| at + first_length(&word[at..]));
    let start = elided.or_else(|| word.find(char::is_alphabetic)).unwrap_or(0);
    let (Some(language), Some(bare)) = (spoken(language), word.get(start..end)) else { return vec![word] };
    if !is_plain(bare, language) {
        return vec![word];
    }
    let mut parts: Vec<&str> = hyphenate_bounded(bare, language, LEFT_MIN, RIGHT_MIN).collect();
    let mut at = start;
    let (count, mut from) = (parts.len(), 0);
    for (index, part) in parts.iter_mut().enumerate() {
        at += part.len();
        let to = if index + 1 == count { word.len() } else { at };
        *part = &word[from..to];
        from = to;
    }
    parts
}

/// The bytes of the first letter.
fn first_length(text: &str) -> usize {
    text.chars().next().map_or(0, char::len_utf8)
}

fn spoken(language: &str) -> Option<Lang> {
    let code: [u8; 2] = language.as_bytes().get(..2)?.try_into().ok()?;
    Lang::from_iso(code)
}

/// Letters only, enough of them, and no capital: a name is not parted. German writes every noun with one.
fn is_plain(word: &str, language: Lang) -> bool {
    let lower = |letter: char| letter.is_alphabetic() && !letter.is_uppercase();
    let mut letters = word.chars();
    let first = letters.next().is_some_and(|letter| lower(letter) || language == Lang::German);
    first && letters.all(lower) && word.chars().count() >= WORD_MIN
}

/// A part of a word that stays on one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Piece<'a> {
    pub(crate) text: &'a str,
    /// Whether a break behind it would part what belongs together: a compound, a word and its ending.
    pub(crate) clings: bool,
}

/// The parts of a word.
pub(crate) fn pieces(word: &str) -> Vec<Piece<'_>> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut first = 0;
    let mut before: Option<char> = None;
    for (at, letter) in word.char_indices() {
        if let Some(before) = before
            && (is_dashed(before, letter, at - first) || is_free(before, letter))
        {
            pieces.push(Piece { text: &word[first..at], clings: clings(before, letter) });
            first = at;
        }
        before = Some(letter);
    }
    pieces.push(Piece { text: &word[first..], clings: false });
    pieces
}

/// The parts of a text that a title keeps whole: words, and in Japanese a word with its ending.
#[must_use]
pub fn phrases(text: &str) -> Vec<String> {
    let mut phrases = Vec::new();
    for word in text.split([' ', '\n']).filter(|word| !word.is_empty()) {
        let mut phrase = String::new();
        for piece in pieces(word) {
            phrase.push_str(piece.text);
            // A hyphen is no end: a title that breaks there looks cut.
            let ends = !piece.clings && phrase.chars().next_back().is_some_and(is_japanese);
            if ends {
                phrases.push(std::mem::take(&mut phrase));
            }
        }
        phrases.extend((!phrase.is_empty()).then_some(phrase));
    }
    phrases
}

/// Whether a letter keeps the closing mark behind it, where a word has to be cut anywhere. One only: a row of marks
/// must be cut too.
pub(crate) fn holds(before: char, letter: char) -> bool {
    NOT_FIRST.contains(letter) && !NOT_FIRST.contains(before)
}

/// Behind a hyphen, a slash or a dash inside a word.
fn is_dashed(before: char, letter: char, length: usize) -> bool {
    let is_dash = matches!(before, '-' | '\u{2013}' | '\u{2014}') && letter.is_alphabetic();
    // The parts of a path, but not of `PDF/UA`.
    (is_dash || (before == '/' && letter.is_lowercase())) && length > 2
}

/// Beside a Japanese letter, where neither side forbids it.
fn is_free(before: char, letter: char) -> bool {
    let is_beside = is_japanese(before) || is_japanese(letter);
    let is_pair = before == letter && TWICE.contains(letter);
    is_beside && !is_pair && !NOT_FIRST.contains(letter) && !NOT_LAST.contains(before)
}

/// Kana that end a word follow it; kanji and katakana hold together among themselves.
fn clings(before: char, letter: char) -> bool {
    match (kind(before), kind(letter)) {
        (Kind::Other, _) | (_, Kind::Other) => false,
        (_, Kind::Hiragana) => true,
        (one, other) => one == other,
    }
}

#[derive(PartialEq)]
enum Kind {
    Hiragana,
    Katakana,
    Kanji,
    Other,
}

fn kind(letter: char) -> Kind {
    match letter {
        '\u{3041}'..='\u{309f}' => Kind::Hiragana,
        '\u{30a0}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' => Kind::Katakana,
        '々' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' => Kind::Kanji,
        _ => Kind::Other,
    }
}

fn is_japanese(letter: char) -> bool {
    kind(letter) != Kind::Other || matches!(letter, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(word: &str) -> Vec<&str> {
        pieces(word).into_iter().map(|piece| piece.text).collect()
    }

    #[test]
    fn cuts_words_where_people_would() {
        let cases: &[(&str, &[&str])] = &[
            ("Baden-Württemberg", &["Baden-", "Württemberg"]),
            ("e-mail", &["e-mail"]),
            ("logos/mark", &["logos/", "mark"]),
            ("PDF/UA-1", &["PDF/UA-1"]),
            ("2020-21", &["2020-21"]),
            ("", &[""]),
        ];
        for (word, expected) in cases {
            assert_eq!(cut(word), *expected);
        }
    }

    #[test]
    fn words_are_parted_between_syllables_and_names_are_not() {
        let cases: &[(&str, &str, &[&str])] = &[
            ("en", "typography,", &["typog", "ra", "phy,"]),
            ("en", "Northwind", &["Northwind"]),
            ("en", "brand.json", &["brand.json"]),
            ("en", "colour", &["colour"]),
            ("de", "„Schriftgröße“", &["„Schrift", "größe“"]),
            ("fr", "l’impression", &["l’impres", "sion"]),
            ("ja", "typography", &["typography"]),
            ("xx", "typography", &["typography"]),
            ("pl", "", &[""]),
            ("it", "2026", &["2026"]),
        ];
        for (language, word, expected) in cases {
            assert_eq!(syllables(word, language), *expected, "{language}");
        }
    }

    #[test]
    fn japanese_breaks_between_letters_and_not_before_closing_or_behind_opening_marks() {
        let cases: &[(&str, &[&str])] = &[
            ("色の名前", &["色", "の", "名", "前"]),
            ("「色」と。", &["「色」", "と。"]),
            ("キャッチ", &["キャッ", "チ"]),
            ("コーヒー", &["コー", "ヒー"]),
            ("人々が", &["人々", "が"]),
            ("Nordの色#2563ebは", &["Nord", "の", "色", "#2563eb", "は"]),
            ("4.5対1（AA）", &["4.5", "対", "1", "（AA）"]),
            ("はい……いいえ", &["は", "い……", "い", "い", "え"]),
            ("100％", &["100％"]),
        ];
        for (word, expected) in cases {
            assert_eq!(cut(word), *expected);
        }
    }

    #[test]
    fn a_phrase_keeps_compounds_and_endings() {
        let cases: &[(&str, &[&str])] = &[
            ("ブランドの色を使う", &["ブランドの", "色を", "使う"]),
            ("書体見本", &["書体見本"]),
            ("Brand book", &["Brand", "book"]),
            ("Baden-Württemberg", &["Baden-Württemberg"]),
        ];
        for (text, expected) in cases {
            assert_eq!(phrases(text), *expected);
        }
    }

    #[test]
    fn no_piece_begins_or_ends_with_a_forbidden_mark() {
        let text = "色は「青」（#2563eb）です。……それは、ちょっと、明るい！％";
        for pair in pieces(text).windows(2) {
            let (last, first) = (pair[0].text.chars().next_back(), pair[1].text.chars().next());
            assert!(!last.is_some_and(|letter| NOT_LAST.contains(letter)), "{pair:?}");
            assert!(!first.is_some_and(|letter| NOT_FIRST.contains(letter)), "{pair:?}");
        }
        assert_eq!(cut(text).concat(), text);
    }
}
