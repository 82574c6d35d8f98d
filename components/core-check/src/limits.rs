//! What a file may cost. Everything here is decided by whoever sends the file, so everything has a bound.

/// A poster of ten A0 pages as PDF has less; at twice this in memory, a sixth of what a component has.
pub const BYTES_MAX: usize = 20 << 20;

/// A large illustration as SVG. Its tree takes about twenty times as much memory.
pub const SVG_BYTES_MAX: usize = 6 << 20;
/// Elements and texts of an SVG as it is written.
pub const SVG_NODES_MAX: u32 = 50_000;
/// The reader recurses over groups, and the stack of a component is one megabyte.
pub const SVG_DEPTH_MAX: usize = 64;
/// Attributes of one element: each is compared with all others of its element.
pub const SVG_ATTRIBUTES_MAX: usize = 200;
/// Elements after every `use`, pattern and mask stands where it is used: a few lines can ask for thousands of millions.
pub const SVG_EXPANDED_MAX: u64 = 200_000;
/// Rules of an SVG's style sheets times its elements: each is tried on each.
pub const SVG_STYLED_MAX: u64 = 20_000_000;

/// A screenshot of an 8K screen, or an A4 page at 300 dpi and something; at four bytes each a quarter of a
/// component's memory.
pub const PNG_PIXELS_MAX: u64 = 16 << 20;
/// A strip wider than this in one direction is no layout.
pub const PNG_SIDE_MAX: u32 = 16_384;
/// What the decoder may hold beside the pixels: tables, a palette, a profile.
pub const PNG_DECODER_BYTES_MAX: usize = 32 << 20;

/// The style sheet of a large site, unpacked.
pub const CSS_BYTES_MAX: usize = 4 << 20;
/// Blocks inside blocks: CSS nesting and at-rules together need about five.
pub const CSS_DEPTH_MAX: usize = 32;
/// Declarations of a large site are a fifth of it.
pub const CSS_DECLARATIONS_MAX: usize = 200_000;
/// Variables that name variables that name variables.
pub const CSS_VARIABLES_DEPTH_MAX: usize = 8;

/// Objects of a PDF of a thousand pages.
pub const PDF_OBJECTS_MAX: usize = 200_000;
/// Lists in dictionaries in lists: real files need about six.
pub const PDF_DEPTH_MAX: usize = 32;
/// All streams of a file unpacked, together: a packed byte can become a thousand.
pub const PDF_UNPACKED_MAX: usize = 64 << 20;
/// Pages that are read; the rest is said to be unread.
pub const PDF_PAGES_MAX: usize = 200;
/// Forms inside forms: programs that place pictures in pictures need about four.
pub const PDF_FORMS_DEPTH_MAX: usize = 12;
/// Drawing commands of all pages, with those of forms each time that they are drawn.
pub const PDF_COMMANDS_MAX: usize = 2_000_000;
/// Saved states of a page; a file that saves more never restores them.
pub const PDF_SAVED_MAX: usize = 256;

/// Lines and curves of all shapes of a page that are looked at.
pub const SEGMENTS_MAX: usize = 400_000;
/// Closed outlines that a logo is looked for among; a map has more, and no logo is found in one.
pub const CONTOURS_MAX: usize = 20_000;
/// Ways to lay a logo onto a page that are tried in one file before the search says that it gave up.
pub const TRIES_MAX: usize = 30_000;
/// Logos found on one page; a sheet of stickers has fewer.
pub const FOUND_MAX: usize = 48;
/// Findings of one kind that are told one by one; the rest is counted.
pub const TOLD_MAX: usize = 40;
