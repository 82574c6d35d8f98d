//! The kit step: brand book, tokens, and the files that say what a kit is.
