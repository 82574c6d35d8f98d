//! Limits of a guest beside those of an order (`imprint_painter::limits`).

/// Tensors, graphs, contexts and errors that one guest holds at once. An inference has at most seven inputs and three
/// outputs; the largest picture has 7 MiB.
pub const HANDLES_MAX: usize = 64;
/// For `Store::set_hostcall_fuel`: what a guest sends in one call. Two prompts of 4 KiB and a few numbers are an order.
pub const CALL_BYTES_MAX: usize = 64 << 10;
/// Names are repeated in errors, where more is of no use.
pub const NAME_CHARS_MAX: usize = 64;
