//! Tokens against transformers, weights and chunks by cases.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod common;

use common::{fixture, vocabulary};
use imprint_painter_reference::tokens::{CHUNK_WORDS, CHUNKS_MAX, Vocabulary, WEIGHT_MAX, chunks, parts};

fn ids(value: &serde_json::Value) -> Vec<u32> {
    common::floats(value).iter().map(|id| *id as u32).collect()
}

#[test]
fn tokens_are_those_of_transformers() {
    let (vocabulary, kept) = (vocabulary(), fixture("tokens"));
    let cases = kept["prompts"].as_array().unwrap();
    assert!(cases.len() > 15);
    for case in cases {
        let prompt = case["prompt"].as_str().unwrap();
        assert_eq!(vocabulary.tokens(prompt), ids(&case["ids"]), "{prompt}");
    }
}

/// The first encoder fills up with the end of text, the second one with `!`.
#[test]
fn padding_is_that_of_transformers() {
    let (vocabulary, kept) = (vocabulary(), fixture("tokens"));
    for (name, pad) in [("first", vocabulary.end), ("second", 0)] {
        let chunk = chunks(&vocabulary, "a fox", pad, 1).remove(0);
        assert_eq!(chunk.tokens, ids(&kept["padded"][name]), "{name}");
        assert_eq!(chunk.tokens[chunk.end], vocabulary.end);
    }
}

#[test]
fn a_prompt_cannot_end_a_text() {
    let vocabulary = vocabulary();
    for mark in ["<|endoftext|>", "<|startoftext|>"] {
        let tokens = vocabulary.tokens(mark);
        assert!(!tokens.contains(&vocabulary.end) && !tokens.contains(&vocabulary.start), "{tokens:?}");
    }
}

#[test]
fn brackets_weigh() {
    let cases: &[(&str, &[(&str, f32)])] = &[
        ("", &[]),
        ("a fox", &[("a fox", 1.0)]),
        ("a (fox)", &[("a ", 1.0), ("fox", 1.1)]),
        ("a ((fox))", &[("a ", 1.0), ("fox", 1.21)]),
        ("a (fox:1.5) b", &[("a ", 1.0), ("fox", 1.5), (" b", 1.0)]),
        ("(a (fox:2):0.5)", &[("a ", 0.5), ("fox", 1.0)]),
        ("[fox]", &[("fox", 1.0 / 1.1)]),
        (r"\(fox\) \\", &[(r"(fox) \", 1.0)]),
        ("fox)", &[("fox)", 1.0)]),
        ("(fox", &[("fox", 1.1)]),
        ("(fox]", &[("fox]", 1.1)]),
        ("(fox:nan)", &[("fox:nan", 1.1)]),
        ("(fox:inf)", &[("fox:inf", 1.1)]),
        ("(fox:1e9)", &[("fox", WEIGHT_MAX)]),
        ("(((fox:3e38):9):0)", &[("fox", 0.0)]),
        ("(fox:)", &[("fox:", 1.1)]),
        ("()", &[]),
        ("(:1.5)", &[]),
    ];
    for (prompt, wanted) in cases {
        let found = parts(prompt);
        assert_eq!(found.len(), wanted.len(), "{prompt}: {found:?}");
        for (part, (text, weight)) in found.iter().zip(*wanted) {
            assert_eq!(part.text, *text, "{prompt}");
            assert!((part.weight - weight).abs() < 1e-5, "{prompt}: {part:?}");
        }
    }
}

#[test]
fn long_prompts_are_read_in_chunks() {
    let vocabulary = vocabulary();
    // The prompt, how many chunks, and how many tokens the first one has.
    let fox = vocabulary.tokens("fox").len();
    let whole = CHUNK_WORDS - CHUNK_WORDS % fox;
    let cases = [
        (String::new(), 1, 0),
        ("a ".repeat(CHUNK_WORDS), 1, CHUNK_WORDS),
        ("a ".repeat(CHUNK_WORDS + 1), 2, CHUNK_WORDS),
        ("fox ".repeat(CHUNK_WORDS / fox + 1), 2, whole),
        ("a ".repeat(2000), CHUNKS_MAX, CHUNK_WORDS),
        ("x".repeat(100_000), CHUNKS_MAX, CHUNK_WORDS),
        ("((((".repeat(10_000), 1, 0),
    ];
    for (prompt, count, first) in cases {
        let found = chunks(&vocabulary, &prompt, vocabulary.end, 1);
        let shown: String = prompt.chars().take(20).collect();
        assert_eq!(found.len(), count, "{shown}");
        assert_eq!(found[0].end, first + 1, "{shown}");
        assert!(found.iter().all(|chunk| chunk.tokens.len() == 77 && chunk.weights.len() == 77));
    }
    assert_eq!(chunks(&vocabulary, "a", 0, 3).len(), 3);
    let weighed = chunks(&vocabulary, "a (fox:2)", 0, 1).remove(0);
    assert_eq!(weighed.weights[..4], [1.0, 1.0, 2.0, if fox > 1 { 2.0 } else { 1.0 }]);
}

#[test]
fn one_file_is_as_good_as_two() {
    let text = common::fixture("folder/tokenizer/tokenizer").to_string();
    let (one, two) = (Vocabulary::from_json(&text).unwrap(), vocabulary());
    for case in fixture("tokens")["prompts"].as_array().unwrap() {
        let prompt = case["prompt"].as_str().unwrap();
        assert_eq!(one.tokens(prompt), two.tokens(prompt));
    }
    let lines = text.replace(r#"["a","n"]"#, r#""a n""#);
    assert_ne!(lines, text, "older files have lines");
    assert_eq!(Vocabulary::from_json(&lines).unwrap().tokens("an owl"), two.tokens("an owl"));
    for broken in ["{}", "", r#"{"model":{"vocab":{},"merges":[]}}"#, &text.replace(r#"["a","n"]"#, r#""a""#)]
    {
        assert!(Vocabulary::from_json(broken).is_err());
    }
}

#[test]
fn damaged_vocabularies_are_refused() {
    let (vocab, merges) = common::vocabulary_files();
    let cases = [
        (String::new(), merges.clone()),
        ("[]".to_owned(), merges.clone()),
        (vocab.replace("<|endoftext|>", "end"), merges.clone()),
        (vocab.replace("\"!\"", "\"gone\""), merges.clone()),
        (vocab.clone(), format!("{merges}not there\n")),
        (vocab.clone(), format!("{merges}one\n")),
    ];
    for (place, (vocab, merges)) in cases.iter().enumerate() {
        assert!(Vocabulary::new(vocab, merges).is_err(), "case {place}");
    }
}
