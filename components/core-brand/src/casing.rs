//! Small letters as a language has them.

/// Turkish has two letters i: the dotted one stays dotted and the other does not become it.
const DOTLESS: &str = "tr";

/// The text in lower case.
#[must_use]
pub fn lower(text: &str, language: &str) -> String {
    // Elsewhere the Turkish capital would become an i with a loose dot above it.
    let text = text.replace('İ', "i");
    let text = if language == DOTLESS { text.replace('I', "ı") } else { text };
    text.to_lowercase()
}

/// The capital of a letter, where that is one letter.
#[must_use]
pub fn capital(letter: char, language: &str) -> Option<char> {
    if language == DOTLESS && letter == 'i' {
        return Some('İ');
    }
    let mut capital = letter.to_uppercase();
    capital.next().filter(|_| capital.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_keep_their_dots() {
        let cases = [
            ("KAFE IŞIK", "tr", "kafe ışık"),
            ("İSTANBUL", "tr", "istanbul"),
            ("İstanbul Iris", "en", "istanbul iris"),
            ("ΚΑΦΕΣ", "en", "καφες"),
            ("STRAẞE", "de", "straße"),
        ];
        for (text, language, expected) in cases {
            assert_eq!(lower(text, language), expected);
        }
        let capitals =
            [('i', "tr", Some('İ')), ('ı', "tr", Some('I')), ('i', "en", Some('I')), ('ß', "de", None)];
        for (letter, language, expected) in capitals {
            assert_eq!(capital(letter, language), expected);
        }
    }
}
