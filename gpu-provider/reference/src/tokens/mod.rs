//! From a prompt to chunks of tokens with weights.
//!
//! **Law.** Tokens are those of transformers (`tests/tokens.rs`), except that the marks of start and end are plain words
//! when somebody writes them: a prompt cannot end a text.

mod chunks;
mod vocabulary;
mod weighting;

pub use chunks::{CHUNK_WORDS, CHUNKS_MAX, Chunk, chunks};
pub use vocabulary::Vocabulary;
pub use weighting::{Part, WEIGHT_MAX, parts};
