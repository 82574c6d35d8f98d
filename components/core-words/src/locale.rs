//! How languages write numbers, lists and one sentence after another.

/// The rules of one language.
pub(crate) struct Locale {
    language: &'static str,
    decimal: char,
    /// Between groups of three digits.
    group: char,
    /// Whole numbers of fewer digits are written in one.
    group_digits_min: usize,
    /// Before and after a number that is a share of a hundred.
    percent: (&'static str, &'static str),
    /// Between the members of a list, and before the last.
    list: (&'static str, &'static str),
    /// Between two sentences.
    joint: &'static str,
}

const NO_BREAK: char = '\u{a0}';
const NARROW: char = '\u{202f}';

const WESTERN: Locale = Locale {
    language: "en",
    decimal: ',',
    group: '.',
    group_digits_min: 4,
    percent: ("", "%"),
    list: (", ", " and "),
    joint: " ",
};

/// The first is also for what is not in the table.
const LOCALES: [Locale; 11] = [
    Locale { decimal: '.', group: ',', ..WESTERN },
    Locale { language: "de", percent: ("", "\u{a0}%"), list: (", ", " und "), ..WESTERN },
    Locale {
        language: "es",
        group: NO_BREAK,
        group_digits_min: 5,
        percent: ("", "\u{a0}%"),
        list: (", ", " y "),
        ..WESTERN
    },
    Locale { language: "fr", group: NARROW, percent: ("", "\u{a0}%"), list: (", ", " et "), ..WESTERN },
    Locale { language: "pt", list: (", ", " e "), ..WESTERN },
    Locale { language: "it", list: (", ", " e "), ..WESTERN },
    Locale { language: "nl", list: (", ", " en "), ..WESTERN },
    Locale { language: "pl", group: NO_BREAK, group_digits_min: 5, list: (", ", " i "), ..WESTERN },
    Locale { language: "tr", percent: ("%", ""), list: (", ", " ve "), ..WESTERN },
    Locale { language: crate::PSEUDO, decimal: '.', group: ',', list: (", ", " ánd "), ..WESTERN },
    Locale { language: "ja", decimal: '.', group: ',', list: ("、", "と"), joint: "", ..WESTERN },
];

impl Locale {
    pub(crate) fn of(language: &str) -> &'static Self {
        LOCALES.iter().find(|locale| locale.language == language).unwrap_or(&LOCALES[0])
    }

    /// A number with a fixed count of places.
    pub(crate) fn decimal(&self, value: f64, places: usize) -> String {
        let text = format!("{:.places$}", value.abs());
        let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
        let is_zero = text.bytes().all(|byte| matches!(byte, b'0' | b'.'));
        let sign = if value < 0.0 && !is_zero { "\u{2212}" } else { "" };
        let mut written = format!("{sign}{}", self.grouped(whole));
        if !part.is_empty() {
            written.push(self.decimal);
            written.push_str(part);
        }
        written
    }

    fn grouped(&self, digits: &str) -> String {
        if digits.len() < self.group_digits_min {
            return digits.to_owned();
        }
        let mut grouped = String::new();
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                grouped.push(self.group);
            }
            grouped.push(digit);
        }
        grouped
    }

    /// A share of a hundred; the number is written already.
    pub(crate) fn percent(&self, number: &str) -> String {
        format!("{}{number}{}", self.percent.0, self.percent.1)
    }

    /// “A”, “A and B”, “A, B and C”.
    pub(crate) fn list(&self, items: &[String]) -> String {
        let Some((last, before)) = items.split_last() else { return String::new() };
        if before.is_empty() {
            return last.clone();
        }
        format!("{}{}{last}", before.join(self.list.0), self.before_last(last))
    }

    /// Spanish says `e` before an i that would swallow its `y`.
    fn before_last(&self, last: &str) -> &'static str {
        let start: String = last.chars().take(3).collect::<String>().to_lowercase();
        let is_hushed = start.starts_with(['i', 'í'])
            || (start.starts_with("hi") && !matches!(start.as_str(), "hia" | "hie"));
        if self.language == "es" && is_hushed { " e " } else { self.list.1 }
    }

    /// Sentences one after another; empty ones are left out.
    pub(crate) fn sentences(&self, parts: &[&str]) -> String {
        let said: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
        said.join(self.joint)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Language, then how it writes 1.5, 12345.6, 1234, −0.25, 12 %, two and three members, two sentences.
    const RULES: &[(&str, [&str; 8])] = &[
        ("en", ["1.5", "12,345.6", "1,234", "\u{2212}0.25", "12%", "A and B", "A, B and C", "S. T."]),
        ("de", ["1,5", "12.345,6", "1.234", "\u{2212}0,25", "12\u{a0}%", "A und B", "A, B und C", "S. T."]),
        ("es", ["1,5", "12\u{a0}345,6", "1234", "\u{2212}0,25", "12\u{a0}%", "A y B", "A, B y C", "S. T."]),
        (
            "fr",
            [
                "1,5",
                "12\u{202f}345,6",
                "1\u{202f}234",
                "\u{2212}0,25",
                "12\u{a0}%",
                "A et B",
                "A, B et C",
                "S. T.",
            ],
        ),
        ("pt", ["1,5", "12.345,6", "1.234", "\u{2212}0,25", "12%", "A e B", "A, B e C", "S. T."]),
        ("it", ["1,5", "12.345,6", "1.234", "\u{2212}0,25", "12%", "A e B", "A, B e C", "S. T."]),
        ("nl", ["1,5", "12.345,6", "1.234", "\u{2212}0,25", "12%", "A en B", "A, B en C", "S. T."]),
        ("pl", ["1,5", "12\u{a0}345,6", "1234", "\u{2212}0,25", "12%", "A i B", "A, B i C", "S. T."]),
        ("tr", ["1,5", "12.345,6", "1.234", "\u{2212}0,25", "%12", "A ve B", "A, B ve C", "S. T."]),
        ("ja", ["1.5", "12,345.6", "1,234", "\u{2212}0.25", "12%", "AとB", "A、BとC", "S.T."]),
    ];

    #[test]
    fn each_language_writes_as_it_does() {
        assert_eq!(RULES.len() + 1, LOCALES.len(), "all but the pseudo-language");
        let items = ["A", "B", "C"].map(str::to_owned);
        for (language, expected) in RULES {
            let locale = Locale::of(language);
            let written = [
                locale.decimal(1.5, 1),
                locale.decimal(12_345.6, 1),
                locale.decimal(1234.0, 0),
                locale.decimal(-0.25, 2),
                locale.percent("12"),
                locale.list(&items[..2]),
                locale.list(&items),
                locale.sentences(&["S.", "", "T."]),
            ];
            assert_eq!(written, *expected, "{language}");
            assert_eq!((locale.list(&items[..1]), locale.list(&[])), ("A".to_owned(), String::new()));
        }
    }

    #[test]
    fn nothing_below_zero_is_still_nothing() {
        assert_eq!(Locale::of("en").decimal(-0.001, 2), "0.00");
        assert_eq!(Locale::of("en").decimal(0.0, 0), "0");
        assert_eq!(Locale::of("tlh").decimal(0.5, 1), "0.5");
    }

    #[test]
    fn spanish_minds_the_sound() {
        let cases = [
            ("íntimo", "A e íntimo"),
            ("hilo", "A e hilo"),
            ("hielo", "A y hielo"),
            ("la hoja", "A y la hoja"),
        ];
        for (last, expected) in cases {
            assert_eq!(Locale::of("es").list(&["A".to_owned(), last.to_owned()]), expected);
        }
    }
}
