//! A page as an SVG that holds nothing but paths.

use crate::{Fonts, Line, Node, Page, Part, grid};
use core_brand::Rgb;
use kurbo::{Affine, BezPath};
use std::fmt::Write;

/// The page as paths: text as outlines, one path a line. `title` is its accessible name.
#[must_use]
pub fn svg(page: &Page, fonts: &Fonts, title: &str) -> String {
    let mut svg = String::new();
    // Writing to a String cannot fail, here and below.
    let _ = write!(
        svg,
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" role="img"><title>{}</title>"#,
        grid(page.width),
        grid(page.height),
        escape(title)
    );
    for part in &page.parts {
        paint(part, fonts, &mut svg);
    }
    svg.push_str("</svg>\n");
    svg
}

fn paint(part: &Part, fonts: &Fonts, svg: &mut String) {
    for node in &part.nodes {
        match node {
            Node::Part(inner) => paint(inner, fonts, svg),
            Node::Fill(fill) => path(&fill.path, fill.color, svg),
            Node::Line(line) => path(&outline(line, fonts), line.color, svg),
        }
    }
}

fn path(path: &BezPath, color: Rgb, svg: &mut String) {
    if !path.is_empty() {
        let _ = write!(svg, r#"<path fill="{color}" d="{}"/>"#, core_vector::path::write(path));
    }
}

/// The line as one outline.
fn outline(line: &Line, fonts: &Fonts) -> BezPath {
    let mut whole = BezPath::new();
    let Some(face) = fonts.face(line.font) else { return whole };
    let scale = line.size / face.units_per_em();
    let mut pen = line.x;
    for glyph in &line.glyphs {
        let place = Affine::new([scale, 0.0, 0.0, -scale, pen + glyph.dx, line.baseline - glyph.dy]);
        whole.extend(place * face.outline(glyph.id));
        pen += glyph.advance;
    }
    whole
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
