//! Paths, drawings, SVG, EPS, masks and measures: everything that is done to flat shapes.
//!
//! Pure. Curves stay true cubic Béziers from the first primitive to the file: outlines are combined on a fine
//! integer grid, and every edge of the result is traced back to the curve it came from.
//!
//! **Law.** What leaves as a path is `M L C Z`, absolute, at most two decimals; kept by `path::write`, tested in
//! `path` and `combine`.
//! **Absent.** What to draw (`core-logo`), pixels with colour (`core-assets`), pages (`core-pdf`).

pub mod bezier;
pub mod colorway;
pub mod combine;
pub mod eps;
pub mod form;
pub mod lockup;
pub mod measure;
pub mod name;
pub mod offset;
pub mod optics;
pub mod path;
pub mod raster;
pub mod room;
pub mod spacing;
pub mod svg;
pub mod transform;

pub use colorway::Colorway;
pub use lockup::Lockup;
pub use raster::Mask;
