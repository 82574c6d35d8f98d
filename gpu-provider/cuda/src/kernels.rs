//! The text of all kernels.

/// In the order in which they are compiled as one.
const FILES: &[&str] = &[
    include_str!("kernels/prelude.cu"),
    include_str!("kernels/plain.cu"),
    include_str!("kernels/norm.cu"),
    include_str!("kernels/product.cu"),
    include_str!("kernels/attention.cu"),
    include_str!("kernels/eight.cu"),
];

/// One program with every kernel.
#[must_use]
pub fn source() -> String {
    FILES.join("\n")
}

/// The kernels of the source, by name.
#[must_use]
pub fn names() -> Vec<String> {
    let name = |line: &str| Some(line.strip_prefix("KERNEL ")?.split_once('(')?.0.to_owned());
    source().lines().filter_map(name).collect()
}
