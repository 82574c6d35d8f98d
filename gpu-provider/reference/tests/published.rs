//! Tokens of the published vocabulary, where it is at hand; the repository holds nothing of it:
//! `pip install --no-deps --target FOLDER open_clip_torch==3.3.0`, and `IMPRINT_VOCABULARY=FOLDER`.
//! `cargo xtask test` does so.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod common;

use common::{fixture, floats};
use imprint_painter_reference::tokens::{Vocabulary, chunks};
use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;

const FILE: &str = "open_clip/bpe_simple_vocab_16e6.txt.gz";
/// The file has more pairs than the models were trained with.
const PAIRS: usize = 48_894;
const TOKENS: u32 = 49_408;

fn published() -> Option<Vocabulary> {
    let Some(folder) = std::env::var_os("IMPRINT_VOCABULARY") else {
        skip("vocabulary: IMPRINT_VOCABULARY names no folder with it; `cargo xtask test` fetches one");
        return None;
    };
    let text = unpacked(&std::fs::read(Path::new(&folder).join(FILE)).unwrap());
    let pairs: Vec<&str> = text.lines().skip(1).take(PAIRS).collect();
    assert_eq!(pairs.len(), PAIRS);
    let (vocabulary, merges) = files(&pairs);
    Some(Vocabulary::new(&vocabulary, &merges).unwrap())
}

/// `vocab.json` and `merges.txt`, as models have them: bytes inside a word and at its end, what pairs become, and the marks.
fn files(pairs: &[&str]) -> (String, String) {
    let seen = ('!'..='~').chain('¡'..='¬').chain('®'..='ÿ');
    let letters: Vec<String> = seen.chain('\u{100}'..='\u{143}').map(String::from).collect();
    assert_eq!(letters.len(), 256);
    let ends = letters.iter().map(|letter| format!("{letter}</w>"));
    let joined = pairs.iter().map(|pair| pair.replace(' ', ""));
    let marks = ["<|startoftext|>", "<|endoftext|>"].map(str::to_owned);
    let tokens = letters.iter().cloned().chain(ends).chain(joined).chain(marks);
    let tokens: BTreeMap<String, u32> = tokens.zip(0..).collect();
    assert_eq!(tokens.len(), TOKENS as usize);
    (serde_json::to_string(&tokens).unwrap(), format!("#version: 0.2\n{}\n", pairs.join("\n")))
}

/// What gzip has packed: ten bytes without a name, the packed text, its sum and its length.
fn unpacked(packed: &[u8]) -> String {
    let (head, rest) = packed.split_at(10);
    assert_eq!(head[..4], [0x1F, 0x8B, 8, 0], "gzip without a name");
    let (body, end) = rest.split_at(rest.len() - 8);
    let text = miniz_oxide::inflate::decompress_to_vec(body).unwrap();
    assert_eq!(end[4..], (text.len() as u32).to_le_bytes());
    String::from_utf8(text).unwrap()
}

/// Tells the lane runner, too; it fails a run that should have had the vocabulary.
fn skip(line: &str) {
    println!("skipped: {line}");
    if let Some(list) = std::env::var_os("IMPRINT_SKIPS") {
        let mut list = std::fs::OpenOptions::new().create(true).append(true).open(list).unwrap();
        writeln!(list, "{line}").unwrap();
    }
}

#[test]
fn tokens_are_those_that_are_published() {
    let Some(vocabulary) = published() else { return };
    assert_eq!((vocabulary.bang, vocabulary.start, vocabulary.end), (0, TOKENS - 2, TOKENS - 1));
    let kept = fixture("published");
    let cases = kept["prompts"].as_array().unwrap();
    assert!(cases.len() > 15);
    for case in cases {
        let prompt = case["prompt"].as_str().unwrap();
        let wanted: Vec<u32> = floats(&case["ids"]).iter().map(|id| *id as u32).collect();
        assert_eq!(vocabulary.tokens(prompt), wanted, "{prompt}");
    }
    let chunk = chunks(&vocabulary, "A person riding a motorcycle", vocabulary.end, 1).remove(0);
    assert_eq!(chunk.tokens[..8], [49_406, 320, 2533, 6765, 320, 10_297, 49_407, 49_407]);
}
