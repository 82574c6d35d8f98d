//! Text from outside made harmless: one line, no control signs, nothing that turns the direction of what follows.

/// Letters of a value in a sentence; names have 80 at most.
pub(crate) const VALUE_CHARS_MAX: usize = 160;
const ELLIPSIS: char = '\u{2026}';

/// A value as it may stand in a line: what breaks lines becomes a blank, what cannot be seen is left out.
pub(crate) fn line(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars() {
        let letter =
            if letter.is_whitespace() && letter != '\u{a0}' && letter != '\u{202f}' { ' ' } else { letter };
        if is_hidden(letter) || (letter == ' ' && (out.is_empty() || out.ends_with(' '))) {
            continue;
        }
        out.push(letter);
    }
    out.truncate(out.trim_end().len());
    out
}

/// The same, cut where it is too long.
pub(crate) fn value(text: &str) -> String {
    cut(&line(text), VALUE_CHARS_MAX)
}

/// Lines of text, none of them empty.
pub(crate) fn lines(text: &str) -> Vec<String> {
    text.lines().map(line).filter(|line| !line.is_empty()).collect()
}

/// At most so many letters, the last one saying that there were more.
pub(crate) fn cut(text: &str, chars_max: usize) -> String {
    if text.chars().count() <= chars_max {
        return text.to_owned();
    }
    let kept: String = text.chars().take(chars_max.saturating_sub(1)).collect();
    format!("{}{ELLIPSIS}", kept.trim_end())
}

/// Control signs, marks of direction, and letters of no width that make two names look like one.
fn is_hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(letter,
            '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_lines() {
        let cases = [
            ("a\r\nBcc: x@y.z", "a Bcc: x@y.z"),
            ("  a \t b  ", "a b"),
            ("a\u{202e}b\u{0}c\u{feff}", "abc"),
            ("a\u{2028}b\u{85}c", "a b c"),
            ("12\u{a0}% \u{202f}!", "12\u{a0}% \u{202f}!"),
            ("", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(line(text), expected, "{text:?}");
        }
        assert_eq!(cut("abcdef", 4), "abc\u{2026}");
        assert_eq!(cut("日本語", 3), "日本語");
        assert_eq!(lines("a\n\n  b\r\nc"), ["a", "b", "c"]);
    }
}
