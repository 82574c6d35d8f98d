//! Plain measures of an outline.

use kurbo::{BezPath, Line, Shape};

/// The highest point.
pub(crate) fn top(outline: &BezPath) -> f64 {
    outline.bounding_box().y1
}

/// How wide the ink is at a height, from its leftmost to its rightmost edge.
pub(crate) fn span_at(outline: &BezPath, y: f64) -> f64 {
    let bounds = outline.bounding_box();
    let across = Line::new((bounds.x0 - 1.0, y), (bounds.x1 + 1.0, y));
    let hits = outline.segments().flat_map(|segment| segment.intersect_line(across));
    let (least, most) =
        hits.fold((1.0_f64, 0.0_f64), |(least, most), hit| (least.min(hit.line_t), most.max(hit.line_t)));
    (most - least).max(0.0) * (bounds.width() + 2.0)
}
