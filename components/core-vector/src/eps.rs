//! Drawings as Encapsulated PostScript: for sign makers, embroiderers and printers whose tools read nothing newer.
//!
//! Level 2, no fonts, no pictures, nothing but paths and flat fills; a file can stand on any page.

use crate::path;
use core_brand::{Drawing, FillRole, Rgb, VERSION};
use kurbo::{Affine, BezPath, PathEl, Point};
use std::fmt::Write;

/// The longer side on paper, in points: five inches, larger than any preview and smaller than any page.
const SIDE_PT: f64 = 360.0;
/// Titles in comments are cut here: readers take lines of up to 255 bytes.
const TITLE_MAX: usize = 120;

/// How a part is coloured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Paint {
    Rgb(Rgb),
    /// Cyan, magenta, yellow and black in percent.
    Cmyk([u8; 4]),
}

/// Writes a drawing.
#[must_use]
pub fn render(drawing: &Drawing, title: &str, paint: &dyn Fn(FillRole) -> Paint) -> String {
    let scale = SIDE_PT / drawing.width.max(drawing.height).max(1e-9);
    let (width, height) = (drawing.width * scale, drawing.height * scale);
    let mut eps = String::new();
    // Writing to a String cannot fail, here and below.
    let _ = writeln!(
        eps,
        "%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 {} {}\n%%HiResBoundingBox: 0 0 {} {}\n%%Title: {}\n\
         %%Creator: Imprint {VERSION}\n%%LanguageLevel: 2\n%%DocumentData: Clean7Bit\n%%EndComments",
        width.ceil(),
        height.ceil(),
        number(width),
        number(height),
        plain(title)
    );
    // Names of their own, in a dictionary of their own: the page around the file may have the same.
    eps.push_str(
        "8 dict begin gsave\n/m {moveto} bind def /l {lineto} bind def /c {curveto} bind def /z {closepath} bind def\n",
    );
    // Up is up in PostScript.
    let place = Affine::new([scale, 0.0, 0.0, -scale, 0.0, height]);
    for shape in &drawing.shapes {
        let Ok(outline) = path::parse(&shape.path) else { continue };
        color(paint(shape.fill), &mut eps);
        trace(&(place * outline), &mut eps);
        eps.push_str("fill\n");
    }
    eps.push_str("grestore end\n%%EOF\n");
    eps
}

fn color(paint: Paint, eps: &mut String) {
    let _ = match paint {
        Paint::Rgb(Rgb { r, g, b }) => {
            let [r, g, b] = [r, g, b].map(|byte| number4(f64::from(byte) / 255.0));
            writeln!(eps, "{r} {g} {b} setrgbcolor")
        }
        Paint::Cmyk(inks) => {
            let [c, m, y, k] = inks.map(|ink| number4(f64::from(ink) / 100.0));
            writeln!(eps, "{c} {m} {y} {k} setcmykcolor")
        }
    };
}

fn trace(outline: &BezPath, eps: &mut String) {
    eps.push_str("newpath\n");
    let mut at = Point::ZERO;
    for element in outline.elements() {
        match *element {
            PathEl::MoveTo(p) => line(&[p], 'm', eps),
            PathEl::LineTo(p) => line(&[p], 'l', eps),
            PathEl::QuadTo(q, p) => line(&[at.lerp(q, 2.0 / 3.0), p.lerp(q, 2.0 / 3.0), p], 'c', eps),
            PathEl::CurveTo(a, b, p) => line(&[a, b, p], 'c', eps),
            PathEl::ClosePath => eps.push_str("z\n"),
        }
        at = element.end_point().unwrap_or(at);
    }
}

fn line(points: &[Point], act: char, eps: &mut String) {
    for value in points.iter().flat_map(|point| [point.x, point.y]) {
        let _ = write!(eps, "{} ", number(value));
    }
    let _ = writeln!(eps, "{act}");
}

/// Thousandths of a point are finer than any plate.
fn number(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0 + 0.0
}

/// Four decimals are finer than the 255 steps of a channel.
fn number4(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0
}

/// A comment is one line of seven-bit letters; others are left out, and what is left may be nothing.
fn plain(title: &str) -> String {
    title
        .chars()
        .filter(|letter| matches!(letter, ' '..='~') && !matches!(letter, '(' | ')' | '\\'))
        .take(TITLE_MAX)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use core_brand::Shape;

    fn drawing() -> Drawing {
        let shape = |fill, path: &str| Shape { fill, path: path.to_owned() };
        Drawing {
            width: 1000.0,
            height: 500.0,
            shapes: vec![
                shape(FillRole::Mark, "M0 0L500 0L500 500Z"),
                shape(FillRole::Accent, "M600 100C700 100 800 200 800 300L600 300Z"),
            ],
        }
    }

    #[test]
    fn writes_one_page_of_paths() {
        let paint = |role| match role {
            FillRole::Mark => Paint::Rgb(Rgb::new(255, 0, 51)),
            _ => Paint::Cmyk([0, 60, 90, 5]),
        };
        let eps = render(&drawing(), "Caf\u{e9} (Nord)\n%%EOF", &paint);
        let expected = "%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 360 180\n%%HiResBoundingBox: 0 0 360 180\n\
            %%Title: Caf Nord%%EOF\n";
        assert!(eps.starts_with(expected), "{eps}");
        let body = "newpath\n0 180 m\n180 180 l\n180 0 l\nz\nfill\n0 0.6 0.9 0.05 setcmykcolor\nnewpath\n216 144 m\n\
            252 144 288 108 288 72 c\n216 72 l\nz\nfill\ngrestore end\n%%EOF\n";
        assert!(eps.contains("1 0 0.2 setrgbcolor\n") && eps.ends_with(body), "{eps}");
        assert!(eps.is_ascii() && eps.lines().all(|line| line.len() <= 255));
    }

    #[test]
    fn an_empty_drawing_is_an_empty_page() {
        let eps =
            render(&Drawing { width: 0.0, height: 0.0, shapes: Vec::new() }, "", &|_| Paint::Rgb(Rgb::BLACK));
        assert!(eps.contains("%%BoundingBox: 0 0 0 0") && !eps.contains("fill\n"));
    }
}
