//! The letters that a language needs, so that a book can be set in it.
//!
//! Letters are the base letters of the language in both cases, as CLDR 48 lists them; marks are the punctuation of
//! its list. Japanese is hiragana, katakana with its long vowel and iteration marks, the 2965 kanji of level 1 of
//! JIS X 0208, the 30 of the 2136 kanji for common use (jōyō, 2010) that are not among those, and four of our own words.

/// What every language here needs.
const COMMON: &str = concat!(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
    ".,:;!?'\"()[]{}/\\|<>&@#%+-=*_^`~\u{2013}\u{2014}\u{2018}\u{2019}\u{201c}\u{201d}\u{2026}\u{2022}\u{b7}\u{d7}\u{b0}\u{a9}\u{ae}€$£",
);

/// What good setting has beside: a section, two daggers, minutes and seconds. Not every face has them.
const FINE: &str = "§†‡′″";

struct Language {
    id: &'static str,
    letters: &'static str,
    /// The quotes and other marks of its own.
    marks: &'static str,
}

const KANA: &str = concat!(
    "ぁあぃいぅうぇえぉおかがきぎくぐけげこごさざしじすずせぜそぞただちぢっつづてでとどなにぬねのはばぱひびぴふぶぷへべぺほぼぽ",
    "まみむめもゃやゅゆょよらりるれろゎわゐゑをん",
    "ァアィイゥウェエォオカガキギクグケゲコゴサザシジスズセゼソゾタダチヂッツヅテデトドナニヌネノハバパヒビピフブプヘベペホボポ",
    "マミムメモャヤュユョヨラリルレロヮワヰヱヲンヴヵヶ",
    "ーゝゞヽヾ々",
    // Colours have names that are written with kanji of level 2.
    "佇焙琥珀",
);

/// The kanji, in the order of their codes.
const KANJI: &str = include_str!("../data/kanji.txt");

const LANGUAGES: [Language; 10] = [
    Language { id: "en", letters: "éïö", marks: "" },
    Language { id: "de", letters: "äöüßéÄÖÜÉ", marks: "„‚“»«§" },
    Language { id: "es", letters: "áéíñóúüÁÉÍÑÓÚÜ", marks: "¿¡«»ªº" },
    Language {
        id: "fr", letters: "àâæçéèêëîïôœùûüÿÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸ", marks: "«»"
    },
    Language { id: "pt", letters: "áàâãçéêíóòôõúÁÀÂÃÇÉÊÍÓÒÔÕÚ", marks: "«»ªº" },
    Language { id: "it", letters: "àéèìíîòóùúÀÉÈÌÍÎÒÓÙÚ", marks: "«»" },
    Language { id: "nl", letters: "áäéëíïóöúüÁÄÉËÍÏÓÖÚÜ", marks: "" },
    Language { id: "pl", letters: "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ", marks: "„”«»" },
    Language { id: "tr", letters: "âçğıîöşûüÂÇĞİÎÖŞÛÜ", marks: "" },
    Language {
        id: "ja", letters: KANA, marks: "、。・「」『』（）【】〈〉《》〔〕！？：；％／＆〜※"
    },
];

/// The languages whose letters are known, as they stand in a brief.
#[must_use]
pub fn languages() -> [&'static str; 10] {
    LANGUAGES.map(|language| language.id)
}

/// The letters, figures and marks of a language; of an unknown one those that all have.
#[must_use]
pub fn exemplars(language: &str) -> String {
    let own = LANGUAGES.iter().find(|own| own.id == language);
    let (letters, marks) = own.map_or(("", ""), |own| (own.letters, own.marks));
    let kanji = if language == "ja" { KANJI } else { "" };
    [COMMON, letters, marks]
        .into_iter()
        .flat_map(str::chars)
        .chain(kanji.chars())
        .filter(|c| *c != '\n')
        .collect()
}

/// The marks of fine setting, which a face may lack.
#[must_use]
pub fn fine_marks() -> &'static str {
    FINE
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn letters_of_a_language_stand_in_both_cases() {
        for language in languages() {
            let exemplars = exemplars(language);
            let letters: BTreeSet<char> = exemplars.chars().collect();
            assert!(!exemplars.contains('\n'), "{language}");
            for letter in letters.iter().filter(|letter| !"ßªº".contains(**letter)) {
                if let Some(capital) = core_brand::casing::capital(*letter, language) {
                    assert!(
                        letters.contains(&capital) || language == "en",
                        "{language}: {letter} of {capital}"
                    );
                }
            }
        }
        assert_eq!(exemplars("tlh"), COMMON);
    }

    #[test]
    fn the_kanji_are_those_of_level_1_and_of_common_use() {
        let kanji: Vec<char> = KANJI.chars().filter(|letter| *letter != '\n').collect();
        assert_eq!(kanji.len(), 2965 + 30);
        assert!(kanji.is_sorted_by(|a, b| a < b), "one code follows the other");
        assert!(kanji.iter().all(|letter| ('\u{4e00}'..='\u{9fff}').contains(letter)));
        // The first and last of level 1, the first grade of schools, and what was added to the common ones in 2010.
        for letter in "亜腕一右雨円王音下火花貝学気九休玉金空月犬見五口校左三山子四糸字耳七車手十出女小上森人水正生青夕石赤千川先早草足村大男竹中虫町天田土二日入年白八百文木本名目立力林六鬱彙傲憬籠".chars() {
            assert!(kanji.contains(&letter), "{letter}");
        }
        assert!(kanji.iter().all(|letter| !KANA.contains(*letter)));
        assert_eq!(KANA.chars().count(), KANA.chars().collect::<BTreeSet<_>>().len());
    }
}
