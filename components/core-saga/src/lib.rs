//! The brand saga: steps, undo, and next(journal) as a pure function.
