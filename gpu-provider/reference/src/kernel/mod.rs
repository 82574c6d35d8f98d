//! The arithmetic of each operation, in f32, on one thread, in an order that never changes.

mod attention;
mod convolution;
mod matrix;
mod norm;
mod plain;

pub(crate) use attention::{Heads, QUERIES_AT_ONCE, attention};
pub(crate) use convolution::{WINDOWS_AT_ONCE, Window, convolution};
pub(crate) use matrix::{Packed, product};
pub(crate) use norm::{group_norm, layer_norm};
pub(crate) use plain::{activate, add_rows, geglu, joined, sinusoid, upsampled};
