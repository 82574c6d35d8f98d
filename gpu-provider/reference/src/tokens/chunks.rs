//! A text encoder reads 77 tokens at once. Longer prompts are read in several chunks, side by side.

use super::{Vocabulary, parts};

/// A start, so many tokens, an end.
pub const CHUNK_WORDS: usize = 75;
/// 300 tokens; what is behind them is not read.
pub const CHUNKS_MAX: usize = 4;
/// A word of at most so many tokens is not torn apart by the end of a chunk.
const WHOLE_MAX: usize = 8;

/// What a text encoder reads at once.
#[derive(Clone, Debug, PartialEq)]
pub struct Chunk {
    pub tokens: Vec<u32>,
    pub weights: Vec<f32>,
    /// The place of the end of text.
    pub end: usize,
}

/// The chunks of a prompt, at least `least` of them, padded with `pad`.
#[must_use]
pub fn chunks(vocabulary: &Vocabulary, prompt: &str, pad: u32, least: usize) -> Vec<Chunk> {
    let mut rows: Vec<Vec<(u32, f32)>> = vec![Vec::new()];
    for part in parts(prompt) {
        for word in vocabulary.words(&part.text) {
            let room = rows.last().map_or(0, |row| CHUNK_WORDS - row.len());
            if word.len() > room && word.len() <= WHOLE_MAX {
                rows.push(Vec::new());
            }
            for token in word {
                if rows.last().is_none_or(|row| row.len() == CHUNK_WORDS) {
                    rows.push(Vec::new());
                }
                if let Some(row) = rows.last_mut() {
                    row.push((token, part.weight));
                }
            }
        }
    }
    rows.truncate(CHUNKS_MAX);
    let count = rows.len().max(least.min(CHUNKS_MAX));
    rows.resize(count, Vec::new());
    rows.iter().map(|row| chunk(vocabulary, row, pad)).collect()
}

fn chunk(vocabulary: &Vocabulary, row: &[(u32, f32)], pad: u32) -> Chunk {
    let ends = [(vocabulary.start, 1.0), (vocabulary.end, 1.0)];
    let whole = ends[..1].iter().chain(row).chain(&ends[1..]).copied();
    let whole = whole.chain(std::iter::repeat((pad, 1.0))).take(CHUNK_WORDS + 2);
    let (tokens, weights) = whole.unzip();
    Chunk { tokens, weights, end: row.len() + 1 }
}
