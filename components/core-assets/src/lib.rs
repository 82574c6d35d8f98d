//! The assets step: pictures of the logos, and everything a website asks for.
//!
//! Pure: SVG text in, bytes out. The rasteriser reads no file and opens no connection.
//!
//! **Law.** Only plain shapes reach the rasteriser: `draw` refuses every element that could fetch, repeat or
//! nest without bound; kept by `tests/hostile.rs`. Same SVG and width, same bytes; kept by `tests/pictures.rs`.
//! **Absent.** Drawing of marks (`core-logo`), composition of lockups (`core-vector`), text of any kind.

mod app;
mod canvas;
mod checks;
mod deflate;
mod draw;
mod encode;
mod favicon;
mod filter;
mod logos;
mod site;
mod social;
mod step;
mod web;
mod webp;

pub use draw::{NODES_MAX, PIXELS_MAX, REACH_MAX, SVG_BYTES_MAX, SVG_DEPTH_MAX, WIDTH_MAX};
pub use encode::Png;
pub use step::AssetsStep;

use core_brand::Fault;

/// Draws an SVG of plain shapes as a PNG of this width; the height follows from the picture's own proportions.
pub fn png(svg: &str, width_px: u32) -> Result<Png, Fault> {
    draw::pixels(svg, width_px)?.png()
}
