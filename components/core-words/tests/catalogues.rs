//! Every catalogue says what the English one says, as its language writes it.

#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

#[path = "../build/audit.rs"]
mod audit;

use audit::Catalogue;
use core_words::{LANGUAGES, PSEUDO, Words};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The catalogues as they lie on the disk.
fn catalogues() -> Vec<Catalogue> {
    let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales");
    let mut found = Vec::new();
    for folder in fs::read_dir(home).unwrap().map(Result::unwrap) {
        let mut files: Vec<_> = fs::read_dir(folder.path())
            .unwrap()
            .map(|file| file.unwrap().path())
            .map(|path| {
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                (name, fs::read_to_string(&path).unwrap())
            })
            .collect();
        files.sort();
        found.push(Catalogue { language: folder.file_name().to_string_lossy().into_owned(), files });
    }
    found
}

#[test]
fn catalogues_have_the_same_sentences_and_values() {
    let catalogues = catalogues();
    let folders: BTreeSet<&str> = catalogues.iter().map(|catalogue| catalogue.language.as_str()).collect();
    assert_eq!(folders, LANGUAGES.iter().copied().collect());
    assert_eq!(audit::audit(&catalogues), Vec::<String>::new());
}

/// The build stops at what this finds; each fault is planted in a copy.
#[test]
fn a_planted_fault_is_named_with_its_language_and_key() {
    // What is replaced in the German texts, by what, and what is said about it.
    let cases: &[(&str, &str, &[&str])] = &[
        ("kit-cover = Titel\n", "", &["de: `kit-cover` is missing"]),
        (
            "kit-cover =",
            "kit-covers =",
            &["de: `kit-cover` is missing", "de: `kit-covers` is not in the en catalogue"],
        ),
        (
            "{ $percent }",
            "{ $share }",
            &[r#"de: `kit-space-rule` uses the values {"share"}, the en one uses {"percent"}"#],
        ),
        (
            "{ $name }: Markenhandbuch",
            "Markenhandbuch",
            &[r#"de: `kit-book-of` uses the values {}, the en one uses {"name"}"#],
        ),
        (
            "kit-cover = Titel\n",
            "kit-cover = Titel\nkit-cover = Titel\n",
            &["de/kit.ftl: `kit-cover` is there twice"],
        ),
        (
            "{ $name }: Markenhandbuch",
            "{ $name : Markenhandbuch",
            &["de/kit.ftl, line 4: ", "de: `kit-book-of` is missing"],
        ),
    ];
    for (old, new, expected) in cases {
        let mut catalogues = catalogues();
        let german = catalogues.iter_mut().find(|catalogue| catalogue.language == "de").unwrap();
        let kit = german.files.iter_mut().find(|(name, _)| name == "kit.ftl").unwrap();
        assert!(kit.1.contains(old), "{old}");
        kit.1 = kit.1.replacen(old, new, 1);
        let found = audit::audit(&catalogues);
        assert_eq!(found.len(), expected.len(), "{found:?}");
        assert!(found.iter().zip(*expected).all(|(found, start)| found.starts_with(start)), "{found:?}");
    }
}

#[test]
fn every_language_of_the_brief_speaks() {
    assert_eq!(core_brand::brief::LANGUAGES, LANGUAGES);
    for language in LANGUAGES {
        assert_eq!(Words::new(language).unwrap().language(), *language);
    }
    assert!(!LANGUAGES.contains(&PSEUDO) && Words::new("tlh").is_err());
}

#[test]
fn a_missing_key_or_value_is_our_fault() {
    let words = Words::new("en").unwrap();
    for fault in [words.say("no-such-key", &[]).unwrap_err(), words.say("kit-book-of", &[]).unwrap_err()] {
        assert!(fault.is(core_brand::fault::Code::Broken));
    }
}

#[test]
fn what_counts_agrees_with_its_number() {
    // Language, and what one, two, five and 22 files are.
    let cases: &[(&str, [&str; 4])] = &[
        ("en", ["1 file.", "2 files.", "5 files.", "22 files."]),
        ("de", ["1 Datei.", "2 Dateien.", "5 Dateien.", "22 Dateien."]),
        ("es", ["1 archivo.", "2 archivos.", "5 archivos.", "22 archivos."]),
        ("fr", ["1 fichier.", "2 fichiers.", "5 fichiers.", "22 fichiers."]),
        ("pt", ["1 arquivo.", "2 arquivos.", "5 arquivos.", "22 arquivos."]),
        ("it", ["1 file.", "2 file.", "5 file.", "22 file."]),
        ("nl", ["1 bestand.", "2 bestanden.", "5 bestanden.", "22 bestanden."]),
        ("pl", ["1 plik.", "2 pliki.", "5 plików.", "22 pliki."]),
        ("tr", ["1 dosya.", "2 dosya.", "5 dosya.", "22 dosya."]),
        ("ja", ["1ファイル。", "2ファイル。", "5ファイル。", "22ファイル。"]),
    ];
    assert_eq!(cases.len(), LANGUAGES.len());
    for (language, expected) in cases {
        let words = Words::new(language).unwrap();
        let said = [1, 2, 5, 22].map(|count| words.count("kit-file-count", ("count", count), &[]).unwrap());
        assert_eq!(said, *expected, "{language}");
    }
}

/// Every sign that a language writes in a way of its own, with what must stand around it.
struct Marks {
    language: &'static str,
    /// Opening and closing quotation marks, with the space inside them.
    quotes: (&'static str, &'static str),
    /// What stands between a number and its per cent sign; `None` where the sign comes first.
    percent: Option<&'static str>,
    /// What stands before a colon, and before `; ? !`
    before: [&'static str; 2],
}

const MARKS: &[Marks] = &[
    Marks { language: "en", quotes: ("\u{201c}", "\u{201d}"), percent: Some(""), before: ["", ""] },
    Marks { language: "de", quotes: ("\u{201e}", "\u{201c}"), percent: Some("\u{a0}"), before: ["", ""] },
    Marks { language: "es", quotes: ("\u{ab}", "\u{bb}"), percent: Some("\u{a0}"), before: ["", ""] },
    Marks {
        language: "fr",
        quotes: ("\u{ab}\u{202f}", "\u{202f}\u{bb}"),
        percent: Some("\u{a0}"),
        before: ["\u{a0}", "\u{202f}"],
    },
    Marks { language: "pt", quotes: ("\u{201c}", "\u{201d}"), percent: Some(""), before: ["", ""] },
    Marks { language: "it", quotes: ("\u{201c}", "\u{201d}"), percent: Some(""), before: ["", ""] },
    Marks { language: "nl", quotes: ("\u{201c}", "\u{201d}"), percent: Some(""), before: ["", ""] },
    Marks { language: "pl", quotes: ("\u{201e}", "\u{201d}"), percent: Some(""), before: ["", ""] },
    Marks { language: "tr", quotes: ("\u{201c}", "\u{201d}"), percent: None, before: ["", ""] },
    Marks { language: "ja", quotes: ("\u{300c}", "\u{300d}"), percent: Some(""), before: ["", ""] },
];

#[test]
fn marks_stand_as_the_language_sets_them() {
    for catalogue in catalogues() {
        let marks = MARKS.iter().find(|marks| marks.language == catalogue.language).unwrap();
        for (file, text) in &catalogue.files {
            for line in text.lines().filter(|line| !line.starts_with('#')) {
                let wrong = faults(marks, line);
                assert!(wrong.is_empty(), "{}/{file}: {wrong:?} in `{line}`", catalogue.language);
            }
        }
    }
}

/// What is not as it should be in a line of a catalogue.
fn faults(marks: &Marks, line: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut quotes = line.replace(marks.quotes.0, "").replace(marks.quotes.1, "");
    if line.matches(marks.quotes.0).count() != line.matches(marks.quotes.1).count() {
        wrong.push("unpaired quotation marks".to_owned());
    }
    quotes.retain(|letter| "\u{201c}\u{201d}\u{201e}\u{ab}\u{bb}\u{300c}\u{300d}\"'".contains(letter));
    if !quotes.is_empty() {
        wrong.push(format!("foreign quotation marks {quotes}"));
    }
    for (at, _) in line.match_indices('%') {
        let (before, after) = (&line[..at], &line[at + 1..]);
        let is_right = match marks.percent {
            Some(space) => before.ends_with(&format!("}}{space}")),
            None => after.starts_with('{'),
        };
        if !is_right {
            wrong.push("a per cent sign out of place".to_owned());
        }
    }
    for (at, mark) in line.match_indices([':', ';', '?', '!']) {
        let before = line[..at].chars().next_back();
        let follows_space = before.is_some_and(char::is_whitespace);
        let is_ratio = mark == ":" && line[at + 1..].starts_with(|next: char| next.is_ascii_digit());
        let is_in_place = match marks.before[usize::from(mark != ":")] {
            "" => !follows_space,
            space => is_ratio || line[..at].ends_with(space),
        };
        if !is_in_place {
            wrong.push(format!("`{mark}` out of place"));
        }
    }
    wrong
}

#[test]
fn the_pseudo_language_shows_what_was_said() {
    let words = Words::new(PSEUDO).unwrap();
    assert_eq!(words.say("kit-book-of", &[("name", "Area")]).unwrap(), "[Area: bránd gúídélínés]");
    assert_eq!(words.count("kit-file-count", ("count", 1), &[]).unwrap(), "[1 fílé.]");
    assert_eq!(words.decimal(1.5, 1), "1.5");
}
