//! Plain measures of outlines.

use kurbo::{Affine, BezPath, Line, Point, Rect, Shape};

/// Lines across two letters that are laid over one another.
const ROWS: u32 = 240;

/// The highest point.
pub(crate) fn top(outline: &BezPath) -> f64 {
    outline.bounding_box().y1
}

/// How wide the ink is at a height, from its leftmost to its rightmost edge.
pub(crate) fn span_at(outline: &BezPath, y: f64) -> f64 {
    let spans = spans(outline, y);
    match (spans.first(), spans.last()) {
        (Some(first), Some(last)) => last.1 - first.0,
        _ => 0.0,
    }
}

/// Thickest part of a round letter against its thinnest: its side halfway up against its foot in the middle.
pub(crate) fn stroke_contrast(round: &BezPath) -> Option<f64> {
    let middle = round.bounding_box().center();
    let turned = Affine::new([0.0, 1.0, 1.0, 0.0, 0.0, 0.0]) * round.clone();
    let first = |outline: &BezPath, at| spans(outline, at).first().map(|(from, to)| to - from);
    let (side, foot) = (first(round, middle.y)?, first(&turned, middle.x)?);
    (side.min(foot) > 0.0).then(|| side.max(foot) / side.min(foot))
}

/// How much of two letters is the same ink when one lies on the other: on one baseline, middle on middle. 1 is the
/// same letter.
pub(crate) fn likeness(one: &BezPath, other: &BezPath) -> f64 {
    let (a, b) = (one.bounding_box(), other.bounding_box());
    let moved = Affine::translate((a.center().x - b.center().x, 0.0)) * other.clone();
    let both = a.union(moved.bounding_box());
    let (mut shared, mut all) = (0.0, 0.0);
    for row in 0..ROWS {
        let y = both.y0 + both.height() * (f64::from(row) + 0.5) / f64::from(ROWS);
        let (ours, theirs) = (spans(one, y), spans(&moved, y));
        let common = overlap(&ours, &theirs);
        shared += common;
        all += ink(&ours) + ink(&theirs) - common;
    }
    if all > 0.0 { shared / all } else { 0.0 }
}

/// Where the ink is at a height, from left to right.
fn spans(outline: &BezPath, y: f64) -> Vec<(f64, f64)> {
    let Rect { x0, x1, .. } = outline.bounding_box();
    let across = Line::new((x0 - 1.0, y), (x1 + 1.0, y));
    let width = x1 - x0 + 2.0;
    let hits = outline.segments().flat_map(|segment| segment.intersect_line(across));
    let mut edges: Vec<f64> = hits.map(|hit| x0 - 1.0 + hit.line_t * width).collect();
    edges.sort_by(f64::total_cmp);
    let mut spans: Vec<(f64, f64)> = Vec::new();
    for pair in edges.windows(2) {
        // Outlines of one letter may lie on one another, so that counting edges would not do.
        if outline.winding(Point::new(f64::midpoint(pair[0], pair[1]), y)) == 0 {
            continue;
        }
        match spans.last_mut() {
            Some(last) if last.1 == pair[0] => last.1 = pair[1],
            _ => spans.push((pair[0], pair[1])),
        }
    }
    spans
}

fn ink(spans: &[(f64, f64)]) -> f64 {
    spans.iter().map(|(from, to)| to - from).sum()
}

fn overlap(ours: &[(f64, f64)], theirs: &[(f64, f64)]) -> f64 {
    let both = |a: &(f64, f64), b: &(f64, f64)| (a.1.min(b.1) - a.0.max(b.0)).max(0.0);
    ours.iter().flat_map(|a| theirs.iter().map(move |b| both(a, b))).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(x: f64, width: f64, height: f64) -> BezPath {
        Rect::new(x, 0.0, x + width, height).to_path(0.1)
    }

    #[test]
    fn letters_are_compared_where_they_lie_on_one_another() {
        let cases = [
            (bar(0.0, 80.0, 700.0), bar(300.0, 80.0, 700.0), 1.0),
            (bar(0.0, 80.0, 700.0), bar(0.0, 80.0, 350.0), 0.5),
            (bar(0.0, 80.0, 700.0), bar(0.0, 40.0, 700.0), 0.5),
        ];
        for (one, other, expected) in cases {
            assert!((likeness(&one, &other) - expected).abs() < 0.01, "{expected}");
        }
        assert_eq!(likeness(&BezPath::new(), &BezPath::new()), 0.0);
    }

    #[test]
    fn ink_is_measured_across_a_hole_and_across_overlaps() {
        let mut ring = bar(0.0, 100.0, 100.0);
        ring.extend(Rect::new(20.0, 10.0, 80.0, 90.0).to_path(0.1).reverse_subpaths());
        assert_eq!(spans(&ring, 50.0), [(0.0, 20.0), (80.0, 100.0)]);
        assert_eq!(span_at(&ring, 50.0), 100.0);
        assert_eq!(stroke_contrast(&ring), Some(2.0));
        let mut cross = bar(0.0, 60.0, 100.0);
        cross.extend(bar(40.0, 60.0, 100.0));
        assert_eq!(ink(&spans(&cross, 50.0)), 100.0);
        assert_eq!(stroke_contrast(&BezPath::new()), None);
    }
}
