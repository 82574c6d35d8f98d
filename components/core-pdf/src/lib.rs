//! From pages of text and shapes to a PDF that people and screen readers can read.
//!
//! A page is a tree of parts with a role (heading, paragraph, figure, table, link, decoration); the order of the tree is
//! the order of reading and of painting. The same page also becomes an SVG of paths, so that a board and a book are
//! set by the same hand.
//!
//! Pure: no clock, no I/O. Same pages, same bytes, on every machine; positions lie on a grid of a hundredth of a point.
//!
//! **Law.** What `write` returns is PDF/UA-1 and PDF/A-2a by the writer's own validator, what `print` returns is
//! PDF/UA-1 with trim, bleed and inks; kept by both, tested in `tests/laws.rs`.
//! **Absent.** What stands on a page (`core-kit`), shaping (`core-typography`), which ink a colour is (`core-color`).

mod area;
mod breaks;
mod page;
mod press;
mod svg;
mod text;
mod write;

pub use area::{Anchor, Area};
pub use breaks::phrases;
pub use page::{
    Fill, Node, Page, Part, Role, Target, drawing, moved, rectangle, rounded, transcript, warped,
};
pub use press::{Boxes, Inks, MM, Sheet, Use, boxes, print};
pub use svg::svg;
pub use text::{Align, Block, FontId, Fonts, Line, Placed, Style};
pub use write::{Meta, write};

/// Positions are written on this grid, so that a last bit of arithmetic never shows.
pub(crate) fn grid(value: f64) -> f64 {
    (value * 100.0).round() / 100.0 + 0.0
}
