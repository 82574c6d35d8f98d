//! Byte pairs: words become the tokens of a vocabulary.

use crate::ModelError;
use regex::Regex;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use unicode_normalization::UnicodeNormalization as _;

/// The published vocabulary has 49,408.
const TOKENS_MAX: usize = 1 << 20;
/// What the last piece of a word ends with.
const WORD_END: &str = "</w>";
const START: &str = "<|startoftext|>";
const END: &str = "<|endoftext|>";
/// Parts of a word are joined pair by pair, at a cost that grows with the square of its length: longer ones are cut.
const WORD_BYTES_MAX: usize = 256;

/// A vocabulary, and in which order letters are joined.
#[derive(Clone, Debug)]
pub struct Vocabulary {
    tokens: HashMap<String, u32>,
    /// Which pair is joined first.
    ranks: HashMap<(String, String), usize>,
    letters: Vec<char>,
    words: Regex,
    pub start: u32,
    pub end: u32,
    /// `!`, which the second text encoder is filled up with.
    pub bang: u32,
}

/// What is read of `tokenizer.json`.
#[derive(Deserialize)]
struct Whole {
    model: Pairs,
}

#[derive(Deserialize)]
struct Pairs {
    vocab: HashMap<String, u32>,
    merges: Vec<Merge>,
}

/// Newer files have pairs, older ones lines.
#[derive(Deserialize)]
#[serde(untagged)]
enum Merge {
    Pair(String, String),
    Line(String),
}

impl Vocabulary {
    /// From the two files `vocab.json` and `merges.txt`.
    pub fn new(vocabulary: &str, merges: &str) -> Result<Self, ModelError> {
        let tokens =
            serde_json::from_str(vocabulary).map_err(|why| damaged(&format!("vocab.json: {why}")))?;
        let lines = merges.lines().filter(|line| !line.starts_with("#version") && !line.trim().is_empty());
        Self::of(tokens, lines.map(split))
    }

    /// From the one file `tokenizer.json`, in which both lie.
    pub fn from_json(text: &str) -> Result<Self, ModelError> {
        let whole: Whole =
            serde_json::from_str(text).map_err(|why| damaged(&format!("tokenizer.json: {why}")))?;
        let pair = |merge| match merge {
            Merge::Pair(first, second) => Some((first, second)),
            Merge::Line(line) => split(&line),
        };
        Self::of(whole.model.vocab, whole.model.merges.into_iter().map(pair))
    }

    fn of(
        tokens: HashMap<String, u32>,
        merges: impl Iterator<Item = Option<(String, String)>>,
    ) -> Result<Self, ModelError> {
        if tokens.len() > TOKENS_MAX {
            return Err(damaged(&format!("{} tokens; at most {TOKENS_MAX}", tokens.len())));
        }
        let mut ranks = HashMap::new();
        for (rank, pair) in merges.enumerate() {
            let known = pair.filter(|(first, second)| tokens.contains_key(&format!("{first}{second}")));
            let pair = known.ok_or_else(|| damaged(&format!("pair {rank} of the merges")))?;
            ranks.entry(pair).or_insert(rank);
        }
        let letters = byte_letters();
        let id = |token: &str| {
            tokens.get(token).copied().ok_or_else(|| damaged(&format!("there is no token `{token}`")))
        };
        // Every byte alone, inside a word and at its end: so that nothing is unknown.
        for letter in &letters {
            id(&letter.to_string())?;
            id(&format!("{letter}{WORD_END}"))?;
        }
        let (start, end, bang) = (id(START)?, id(END)?, id("!")?);
        let words = r"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+";
        let words = Regex::new(words).map_err(|why| damaged(&why.to_string()))?;
        Ok(Self { tokens, ranks, letters, words, start, end, bang })
    }

    /// The highest token, and so how many rows a table of them has at least.
    #[must_use]
    pub fn last(&self) -> u32 {
        self.tokens.values().copied().max().unwrap_or_default()
    }

    /// Tokens of a text, word by word.
    #[must_use]
    pub fn words(&self, text: &str) -> Vec<Vec<u32>> {
        let lower: String = text.nfc().flat_map(char::to_lowercase).collect();
        let mut known = BTreeMap::new();
        let words = self.words.find_iter(&lower).map(|word| word.as_str());
        words.map(|word| known.entry(word).or_insert_with(|| self.word(word)).clone()).collect()
    }

    /// A text as transformers gives it, without start, end and padding.
    #[must_use]
    pub fn tokens(&self, text: &str) -> Vec<u32> {
        self.words(text).concat()
    }

    fn word(&self, word: &str) -> Vec<u32> {
        let pieces = word.as_bytes().chunks(WORD_BYTES_MAX).enumerate();
        let last = (word.len() - 1) / WORD_BYTES_MAX;
        pieces.flat_map(|(place, bytes)| self.piece(bytes, place == last)).collect()
    }

    fn piece(&self, bytes: &[u8], is_end: bool) -> Vec<u32> {
        let mut parts: Vec<String> =
            bytes.iter().map(|byte| self.letters[usize::from(*byte)].to_string()).collect();
        if let Some(last) = parts.last_mut().filter(|_| is_end) {
            last.push_str(WORD_END);
        }
        while let Some(pair) = self.first_pair(&parts) {
            let mut joined = Vec::with_capacity(parts.len());
            let mut rest = parts.into_iter().peekable();
            while let Some(part) = rest.next() {
                match rest.next_if(|next| part == pair.0 && *next == pair.1) {
                    Some(next) => joined.push(part + &next),
                    None => joined.push(part),
                }
            }
            parts = joined;
        }
        parts.iter().map(|part| self.tokens.get(part).copied().unwrap_or(self.end)).collect()
    }

    fn first_pair(&self, parts: &[String]) -> Option<(String, String)> {
        let pairs = parts.windows(2).map(|pair| (pair[0].clone(), pair[1].clone()));
        let ranked = pairs.filter_map(|pair| self.ranks.get(&pair).map(|rank| (*rank, pair)));
        ranked.min_by_key(|(rank, _)| *rank).map(|(_, pair)| pair)
    }
}

fn split(line: &str) -> Option<(String, String)> {
    let (first, second) = line.split_once(' ').filter(|(_, second)| !second.contains(' '))?;
    Some((first.to_owned(), second.to_owned()))
}

fn damaged(why: &str) -> ModelError {
    ModelError::Vocabulary { why: why.to_owned() }
}

/// The letter that stands for each byte: itself where it can be seen, else one from the end of Latin.
fn byte_letters() -> Vec<char> {
    let is_plain = |byte: u32| matches!(byte, 0x21..=0x7E | 0xA1..=0xAC | 0xAE..=0xFF);
    let mut hidden = 0x100..;
    let letter = |byte: u32| if is_plain(byte) { Some(byte) } else { hidden.next() };
    (0..256).filter_map(letter).filter_map(char::from_u32).collect()
}
