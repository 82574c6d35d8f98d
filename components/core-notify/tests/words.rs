//! Every catalogue says what the English one says, and tenants can say it otherwise, but not wrongly.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use core_brand::brief::LANGUAGES;
use core_brand::fault::Code;
use core_notify::{KINDS, Kind, catalogue, check, sample_matter, write};
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Ids with the values that each uses.
type Messages = BTreeMap<String, BTreeSet<String>>;

fn messages(language: &str) -> Messages {
    let resource = fluent_syntax::parser::parse(catalogue(language).unwrap()).unwrap();
    let mut found = Messages::new();
    for entry in &resource.body {
        let Entry::Message(message) = entry else { continue };
        let mut values = BTreeSet::new();
        in_pattern(message.value.as_ref().unwrap(), &mut values);
        assert!(
            found.insert(message.id.name.to_owned(), values).is_none(),
            "{language}: {}",
            message.id.name
        );
    }
    found
}

fn in_pattern(pattern: &Pattern<&str>, values: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else { continue };
        let (first, variants) = match expression {
            Expression::Inline(inline) => (inline, &[][..]),
            Expression::Select { selector, variants } => (selector, variants.as_slice()),
        };
        if let InlineExpression::VariableReference { id } = first {
            values.insert(id.name.to_owned());
        }
        variants.iter().for_each(|variant| in_pattern(&variant.value, values));
    }
}

/// The version in the golden rises with this table: what tenants wrote for another one has to be checked again.
#[test]
fn every_catalogue_has_the_messages_of_the_version() {
    let english = messages("en");
    let mut table = format!("version {}\n", core_notify::WORDS_VERSION);
    for (id, values) in &english {
        let values: Vec<&str> = values.iter().map(String::as_str).collect();
        table += format!("{id} {}", values.join(" ")).trim_end();
        table.push('\n');
    }
    imprint_golden::check_text("tests/golden/messages.txt", &table);
    for language in LANGUAGES {
        assert_eq!(messages(language), english, "{language}");
    }
}

/// What each language puts into quotes, before a colon and before other marks.
#[test]
fn marks_stand_as_the_language_sets_them() {
    for language in LANGUAGES {
        for line in catalogue(language).unwrap().lines().filter(|line| !line.starts_with('#')) {
            assert!(!line.contains(['"', '\'']), "{language}: a straight mark in `{line}`");
            for (at, mark) in line.match_indices([':', ';', '?', '!']) {
                let before = line[..at].chars().next_back();
                let expected = match (*language, mark) {
                    ("fr", ":") => Some('\u{a0}'),
                    ("fr", _) => Some('\u{202f}'),
                    _ => before.filter(|letter| !letter.is_whitespace()),
                };
                assert_eq!(before, expected, "{language}: `{mark}` in `{line}`");
            }
        }
    }
}

fn spoken() -> Vec<&'static Kind> {
    KINDS.iter().filter(|kind| kind.speech.is_some()).collect()
}

const CHANNELS: [&str; 4] = ["email", "sms", "feed", "push"];

#[test]
fn everything_is_said_in_every_language() {
    for kind in spoken() {
        let matter = sample_matter(&[kind], "TechCorp", &Value::Null, &Value::Null).to_string();
        for (language, channel) in LANGUAGES.iter().flat_map(|one| CHANNELS.map(|channel| (one, channel))) {
            let letter = write(language, channel, &matter).unwrap();
            for text in [Some(letter.subject), Some(letter.text), letter.payload].into_iter().flatten() {
                let has_gap =
                    text.contains("{ ") || text.contains(" }") || text.contains("{$") || text.is_empty();
                assert!(!has_gap, "{language} {channel} {}: {text}", kind.name);
            }
            let html = letter.html.unwrap_or_default();
            assert!(!html.contains("{$") && !html.contains("{ $"), "{language} {}", kind.name);
        }
    }
}

/// What has no accent, and no bracket around it, was never in a catalogue.
#[test]
fn the_pseudo_language_shows_what_was_said() {
    for kind in spoken() {
        let matter = sample_matter(&[kind], "", &Value::Null, &Value::Null).to_string();
        for channel in CHANNELS {
            let letter = write("en-XA", channel, &matter).unwrap();
            let lines = letter.text.lines().filter(|line| !line.starts_with("https://") && *line != "-- ");
            for line in lines.filter(|line| !line.is_empty()) {
                let is_said = line.starts_with('[');
                assert!(is_said, "{channel} {}: `{line}`", kind.name);
            }
        }
    }
}

#[test]
fn tags_are_answered_in_the_nearest_language() {
    let cases =
        [("de-AT", "de"), ("pt_BR", "pt"), ("JA", "ja"), ("", "en"), ("tlh", "en"), ("en-XA", "en-XA")];
    for (tag, expected) in cases {
        assert_eq!(core_notify::language(tag), expected, "{tag}");
    }
}

fn one(language: &str, channel: &str, id: &str, text: &str) -> Value {
    json!({ "format": 1, "messages": { language: { channel: { id: text } } } })
}

#[test]
fn a_tenant_speaks_in_its_own_words() {
    let finished = core_notify::kind("brand-kit.compilation.finished").unwrap();
    let cases = [
        ("email", "finished-title", "{ $brand } steht", "TechCorp steht · TechCorp"),
        ("email", "subject", "[{ $brand }] { $title }", "[TechCorp] Ihr Marken-Kit ist fertig"),
        ("push", "finished-title", "{ $files ->\n    [one] Eins\n   *[other] Viele\n}", "Viele · TechCorp"),
        (
            "feed",
            "finished-title",
            "{ $brand ->\n    [TechCorp] Wir\n   *[other] Jemand\n}",
            "Wir · TechCorp",
        ),
        (
            "sms",
            "sms",
            "{ $title } { $link }",
            "Ihr Marken-Kit ist fertig https://imprint.example/brands/0b7e4c9a5d3f48e2",
        ),
    ];
    for (channel, id, text, expected) in cases {
        let templates = check("templates", &one("de", channel, id, text).to_string()).unwrap();
        // As it is stored, and as it was written.
        for templates in [json!(templates), serde_json::from_str(&templates).unwrap()] {
            let matter = sample_matter(&[finished], "TechCorp", &Value::Null, &templates).to_string();
            assert_eq!(write("de", channel, &matter).unwrap().subject, expected, "{channel} {id}");
            assert_ne!(
                write("fr", channel, &matter).unwrap().subject,
                expected,
                "another language keeps ours"
            );
        }
    }
}

#[test]
fn words_that_cannot_be_said_are_refused() {
    let long = "a".repeat(2001);
    let deep = format!("{}$brand{}", "{ ".repeat(400), " }".repeat(400));
    let cases: &[(&str, &str, &str, &str, &str)] = &[
        (
            "de",
            "email",
            "finished-title",
            "Fertig: { $brnd }",
            "there is no value $brnd; it takes $files, $brand",
        ),
        ("de", "email", "open-brand", "{ $brand }", "it takes no values"),
        ("de", "email", "subject", "Neues", "it has to say $title"),
        ("de", "email", "finished-title", "Fertig: { $brand", "at its end"),
        ("de", "email", "finished-title", "Fertig: $brand }", "at `}`"),
        ("de", "email", "finished-title", "{ $files ->\n [one] a\n }", "de.email.finished-title"),
        ("de", "email", "finished-title", "{ DATETIME($files) }", "it calls DATETIME"),
        ("de", "email", "finished-title", "{ finished-text }", "it names the message `finished-text`"),
        ("de", "email", "finished-title", "{ -brand }", "it names the message `brand`"),
        ("de", "email", "finished-title", "a\n.b = c", "a line begins with a dot"),
        ("de", "email", "finished-title", "", "de.email.finished-title"),
        ("de", "email", "finished-title", "  \n ", "de.email.finished-title"),
        ("de", "email", "finished-title", "{ \"\" }", "it says nothing"),
        ("de", "email", "finished-title", "a\r\nBcc: b", "carriage return"),
        ("de", "email", "finished-title", &long, "2001 bytes; at most 2000"),
        ("de", "email", "finished-title", &deep, "more than 6 deep"),
        ("de", "email", "ready-title", "x", "there is no message `ready-title`"),
        ("de", "sms", "finished-text", "x", "`finished-text` is not said by sms"),
        ("de", "webhook", "finished-title", "x", "is not said by webhook"),
        ("tlh", "email", "finished-title", "x", "there are words in en, de"),
        ("de", "fax", "finished-title", "x", "unknown variant `fax`"),
    ];
    for (language, channel, id, text, says) in cases {
        let fault = check("templates", &one(language, channel, id, text).to_string()).unwrap_err();
        assert!(fault.is(Code::NoticeWords) && fault.message.contains(says), "{text:.40}: {fault}");
    }
    for (text, says) in [
        ("", ""),
        ("[]", "line 1, column"),
        (r#"{"format":2,"messages":{}}"#, "this is 2; Imprint reads 1"),
        (r#"{"format":1,"messages":{},"more":1}"#, "unknown field `more`"),
    ] {
        let answer = check("templates", text).err().map(|fault| fault.message).unwrap_or_default();
        assert!(answer.contains(says), "{text}: {answer}");
    }
}

/// A message that went away with a version, or takes other values, is said in our words.
#[test]
fn words_of_another_version_stand_back() {
    let finished = core_notify::kind("brand-kit.compilation.finished").unwrap();
    for text in ["{ $gone }", "{"] {
        let templates = one("en", "feed", "finished-title", text);
        let matter = sample_matter(&[finished], "TechCorp", &Value::Null, &templates).to_string();
        assert_eq!(write("en", "feed", &matter).unwrap().subject, "Your brand kit is ready · TechCorp");
    }
}
