//! Drawings as SVG files: paths and flat fills, nothing else.

use crate::path::on_grid;
use core_brand::{Drawing, FillRole, Rgb};
use std::fmt::Write;

/// What stands around a drawing in a file.
#[derive(Clone, Debug)]
pub struct Frame<'a> {
    pub title: &'a str,
    pub desc: &'a str,
    /// Empty room on every side, in units of the drawing.
    pub margin: f64,
    /// A coloured ground; logos have none.
    pub ground: Option<Rgb>,
}

/// Writes a drawing.
#[must_use]
pub fn render(drawing: &Drawing, color: &dyn Fn(FillRole) -> Rgb, frame: &Frame) -> String {
    render_as("logo", drawing, color, frame)
}

/// Writes a drawing whose ids begin with this one, so that several can stand in one page. Each part is one path with
/// an id of its own, also where two have one colour: who opens the file finds mark, accent and name.
#[must_use]
pub fn render_as(id: &str, drawing: &Drawing, color: &dyn Fn(FillRole) -> Rgb, frame: &Frame) -> String {
    let margin = frame.margin;
    let (width, height) = (drawing.width + 2.0 * margin, drawing.height + 2.0 * margin);
    let [x, y, w, h] = [-margin, -margin, width, height].map(on_grid);
    let mut svg = String::new();
    // Writing to a String cannot fail.
    let _ = writeln!(
        svg,
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="{x} {y} {w} {h}" role="img" aria-labelledby="{id}-title {id}-desc">"#
    );
    let _ = writeln!(svg, r#"<title id="{id}-title">{}</title>"#, escape(frame.title));
    let _ = writeln!(svg, r#"<desc id="{id}-desc">{}</desc>"#, escape(frame.desc));
    if let Some(ground) = frame.ground {
        let (right, bottom) = (on_grid(x + w), on_grid(y + h));
        let _ = writeln!(
            svg,
            r#"<path fill="{ground}" d="M{x} {y}L{right} {y}L{right} {bottom}L{x} {bottom}Z"/>"#
        );
    }
    for (role, d) in layers(drawing) {
        let (part, fill) = (part(role), color(role));
        let _ = writeln!(svg, r#"<path id="{id}-{part}" fill="{fill}" d="{d}"/>"#);
    }
    svg.push_str("</svg>\n");
    svg
}

/// Text as XML character data; characters that XML cannot hold are left out.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\u{fffe}' | '\u{ffff}' => {}
            other if other.is_control() => {}
            other => out.push(other),
        }
    }
    out
}

/// One path for each role, in the order in which they appear: parts of a drawing do not overlap.
fn layers(drawing: &Drawing) -> Vec<(FillRole, String)> {
    let mut layers: Vec<(FillRole, String)> = Vec::new();
    for shape in &drawing.shapes {
        match layers.iter_mut().find(|(role, _)| *role == shape.fill) {
            Some((_, d)) => d.push_str(&shape.path),
            None => layers.push((shape.fill, shape.path.clone())),
        }
    }
    layers
}

fn part(role: FillRole) -> &'static str {
    match role {
        FillRole::Mark => "mark",
        FillRole::Accent => "accent",
        FillRole::Ink => "name",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use core_brand::Shape;

    #[test]
    fn writes_a_clean_file() {
        let shape = |fill, path: &str| Shape { fill, path: path.to_owned() };
        let drawing = Drawing {
            width: 100.0,
            height: 50.0,
            shapes: vec![
                shape(FillRole::Mark, "M0 0L10 0L10 10Z"),
                shape(FillRole::Mark, "M20 0L30 0L30 10Z"),
                shape(FillRole::Ink, "M40 0L50 0L50 10Z"),
            ],
        };
        let color = |role| if role == FillRole::Ink { Rgb::BLACK } else { Rgb::new(1, 2, 3) };
        let frame = Frame { title: "A & <B>", desc: "d\u{1}", margin: 5.0, ground: None };
        let expected = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"-5 -5 110 60\" role=\"img\" \
            aria-labelledby=\"x-title x-desc\">\n<title id=\"x-title\">A &amp; &lt;B&gt;</title>\n<desc id=\"x-desc\">d</desc>\n\
            <path id=\"x-mark\" fill=\"#010203\" d=\"M0 0L10 0L10 10ZM20 0L30 0L30 10Z\"/>\n\
            <path id=\"x-name\" fill=\"#000000\" d=\"M40 0L50 0L50 10Z\"/>\n</svg>\n";
        assert_eq!(render_as("x", &drawing, &color, &frame), expected);
        let on_dark = Frame { ground: Some(Rgb::BLACK), ..frame };
        assert!(
            render(&drawing, &color, &on_dark)
                .contains(r##"<path fill="#000000" d="M-5 -5L105 -5L105 55L-5 55Z"/>"##)
        );
    }
}
