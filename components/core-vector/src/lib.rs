//! Paths, drawings, SVG, measures of drawings, and small rasters.
