//! A text message: how many parts a text takes, and a text that takes at most two.
//!
//! A part holds 160 letters of the alphabet of GSM, or 70 of Unicode when one letter is outside of it; of several parts each
//! loses a few for the number that puts them together.

use crate::plain;
use core_brand::Fault;

/// More are paid for one by one, and come one by one.
pub const PARTS_MAX: usize = 2;
/// Units of one part alone, and of one of several.
const GSM: (usize, usize) = (160, 153);
const UNICODE: (usize, usize) = (70, 67);
/// A shorter name tells nobody who is meant.
const NAME_CHARS_MIN: usize = 8;

/// The alphabet of GSM 03.38 beside the letters and digits of ASCII.
const LETTERS: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./:;<=>?¡ÄÖÑÜ§¿äöñüà";
/// What takes two places in it.
const DOUBLE: &str = "\u{c}^{}\\[~]|€";
/// Signs that have a plain sister in the alphabet: one of them would make the message twice as long.
const SISTERS: &[(char, &str)] = &[
    ('\u{2018}', "'"),
    ('\u{2019}', "'"),
    ('\u{201c}', "\""),
    ('\u{201d}', "\""),
    ('\u{201e}', "\""),
    ('\u{ab}', "\""),
    ('\u{bb}', "\""),
    ('\u{2013}', "-"),
    ('\u{2014}', "-"),
    ('\u{2026}', "..."),
    ('\u{a0}', " "),
    ('\u{202f}', " "),
];

/// How many parts a text is sent in.
#[must_use]
pub fn parts(text: &str) -> usize {
    let units = |letter: char| match letter {
        letter if letter.is_ascii_alphanumeric() || LETTERS.contains(letter) => Some(1),
        letter if DOUBLE.contains(letter) => Some(2),
        _ => None,
    };
    let gsm: Option<Vec<usize>> = text.chars().map(units).collect();
    match gsm {
        Some(widths) => packed(&widths, GSM),
        // A letter of two units is not parted either.
        None => packed(&text.chars().map(char::len_utf16).collect::<Vec<_>>(), UNICODE),
    }
}

fn packed(widths: &[usize], (alone, of_several): (usize, usize)) -> usize {
    if widths.iter().sum::<usize>() <= alone {
        return 1;
    }
    let (mut parts, mut room) = (1, of_several);
    for width in widths {
        if *width > room {
            (parts, room) = (parts + 1, of_several);
        }
        room -= width;
    }
    parts
}

/// A text of at most two parts. Where it is longer the name is cut first, then the link is left out, then the end.
pub(crate) fn fitted(
    brand: &str,
    title: &str,
    link: &str,
    say: impl Fn(&str, &str, &str) -> Result<String, Fault>,
) -> Result<String, Fault> {
    let said = |brand: &str, link: &str| say(brand, title, link).map(|text| simple(&text));
    let mut chars = brand.chars().count();
    loop {
        let text = said(&cut(brand, chars), link)?;
        if parts(&text) <= PARTS_MAX {
            return Ok(text);
        }
        if chars <= NAME_CHARS_MIN {
            break;
        }
        chars -= 1;
    }
    let text = said(&cut(brand, NAME_CHARS_MIN), "")?;
    let mut kept = text.chars().count();
    while parts(&cut(&text, kept)) > PARTS_MAX {
        kept -= 1;
    }
    Ok(cut(&text, kept))
}

fn cut(text: &str, chars: usize) -> String {
    simple(&plain::cut(text, chars))
}

/// One line, with plain signs.
fn simple(text: &str) -> String {
    let mut out = String::new();
    for letter in plain::line(text).chars() {
        match SISTERS.iter().find(|(sign, _)| *sign == letter) {
            Some((_, plain)) => out += plain,
            None => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_counted() {
        let cases = [
            ("a".repeat(160), 1),
            ("a".repeat(161), 2),
            ("a".repeat(306), 2),
            ("a".repeat(307), 3),
            ("€".repeat(80), 1),
            ("€".repeat(81), 2),
            // 76 pairs fill a part of 153 but for one place, which no pair takes.
            ("€".repeat(153), 3),
            ("ş".repeat(70), 1),
            ("ş".repeat(71), 2),
            ("ş".repeat(134), 2),
            ("ş".repeat(135), 3),
            ("😀".repeat(35), 1),
            ("😀".repeat(67), 3),
            (String::new(), 1),
        ];
        for (text, expected) in cases {
            assert_eq!(
                parts(&text),
                expected,
                "{} letters of {:?}",
                text.chars().count(),
                text.chars().next()
            );
        }
    }

    #[test]
    fn what_is_too_long_gives_way() {
        let say = |brand: &str, title: &str, link: &str| Ok(format!("{brand}: {title}. {link}"));
        let link = format!("https://example.com/{}", "x".repeat(150));
        let long = "Ein sehr langer Name einer Firma ".repeat(5);
        let text = fitted(&long, "Ihr Marken-Kit ist fertig", &link, say).unwrap();
        assert!(parts(&text) <= 2 && text.ends_with(&link) && text.contains("..."), "{text}");
        let endless = format!("https://example.com/{}", "x".repeat(600));
        let text = fitted(&long, "Ihr Marken-Kit ist fertig", &endless, say).unwrap();
        assert!(parts(&text) <= 2 && text.ends_with("Ihr Marken-Kit ist fertig."), "{text}");
        let text = fitted("a", &"ş".repeat(900), "", say).unwrap();
        assert_eq!(parts(&text), 2);
    }
}
