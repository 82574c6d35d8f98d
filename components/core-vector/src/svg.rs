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

/// Writes a drawing. Paths of one colour that follow each other become one path.
#[must_use]
pub fn render(drawing: &Drawing, color: &dyn Fn(FillRole) -> Rgb, frame: &Frame) -> String {
    let margin = frame.margin;
    let (width, height) = (drawing.width + 2.0 * margin, drawing.height + 2.0 * margin);
    let [x, y, w, h] = [-margin, -margin, width, height].map(on_grid);
    let mut svg = String::new();
    // Writing to a String cannot fail.
    let _ = writeln!(
        svg,
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="{x} {y} {w} {h}" role="img" aria-labelledby="title desc">"#
    );
    let _ = writeln!(svg, r#"<title id="title">{}</title>"#, escape(frame.title));
    let _ = writeln!(svg, r#"<desc id="desc">{}</desc>"#, escape(frame.desc));
    if let Some(ground) = frame.ground {
        let (right, bottom) = (on_grid(x + w), on_grid(y + h));
        let _ = writeln!(
            svg,
            r#"<path fill="{ground}" d="M{x} {y}L{right} {y}L{right} {bottom}L{x} {bottom}Z"/>"#
        );
    }
    for (fill, d) in layers(drawing, color) {
        let _ = writeln!(svg, r#"<path fill="{fill}" d="{d}"/>"#);
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

fn layers(drawing: &Drawing, color: &dyn Fn(FillRole) -> Rgb) -> Vec<(Rgb, String)> {
    let mut layers: Vec<(Rgb, String)> = Vec::new();
    for shape in &drawing.shapes {
        let fill = color(shape.fill);
        match layers.last_mut() {
            Some((last, d)) if *last == fill => d.push_str(&shape.path),
            _ => layers.push((fill, shape.path.clone())),
        }
    }
    layers
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
            aria-labelledby=\"title desc\">\n<title id=\"title\">A &amp; &lt;B&gt;</title>\n<desc id=\"desc\">d</desc>\n\
            <path fill=\"#010203\" d=\"M0 0L10 0L10 10ZM20 0L30 0L30 10Z\"/>\n\
            <path fill=\"#000000\" d=\"M40 0L50 0L50 10Z\"/>\n</svg>\n";
        assert_eq!(render(&drawing, &color, &frame), expected);
        let on_dark = Frame { ground: Some(Rgb::BLACK), ..frame };
        assert!(
            render(&drawing, &color, &on_dark)
                .contains(r##"<path fill="#000000" d="M-5 -5L105 -5L105 55L-5 55Z"/>"##)
        );
    }
}
