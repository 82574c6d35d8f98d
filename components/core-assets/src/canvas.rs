//! Marks and lockups put on a ground of a given size, as SVG for the rasteriser.

use core_brand::{Drawing, FillRole, Rgb, Shape};
use core_vector::{bezier, path, transform};
use kurbo::{Affine, BezPath, Point, Rect};
use std::fmt::Write;

/// A picture in the making. One unit is one pixel of the nominal size.
#[derive(Clone, Debug)]
pub(crate) struct Canvas {
    width: f64,
    height: f64,
    ground: Option<(Rgb, f64)>,
    shapes: Vec<Shape>,
}

impl Canvas {
    pub(crate) fn new(width: f64, height: f64) -> Self {
        Self { width, height, ground: None, shapes: Vec::new() }
    }

    pub(crate) fn square(side: f64) -> Self {
        Self::new(side, side)
    }

    /// Fills the whole, with corners of this radius.
    pub(crate) fn on(self, ground: Rgb, radius: f64) -> Self {
        Self { ground: Some((ground, radius)), ..self }
    }

    /// Puts the ink of a drawing into the middle, as large as a box of this size holds.
    pub(crate) fn with(self, drawing: &Drawing, width: f64, height: f64) -> Self {
        let middle = Point::new(self.width / 2.0, self.height / 2.0);
        let room = Rect::from_center_size(middle, (width, height));
        self.moved(drawing, |ink| transform::fit(ink, room))
    }

    /// Puts the ink of a drawing into a circle around the middle.
    pub(crate) fn within(self, drawing: &Drawing, radius: f64) -> Self {
        let middle = Point::new(self.width / 2.0, self.height / 2.0);
        let reach = reach(drawing).max(1e-9);
        self.moved(drawing, |ink| {
            let half = ink.width().max(ink.height()) / 2.0 * radius / reach;
            transform::fit(ink, Rect::from_center_size(middle, (2.0 * half, 2.0 * half)))
        })
    }

    /// Only the drawing, for measures.
    pub(crate) fn drawing(&self) -> Drawing {
        Drawing { width: self.width, height: self.height, shapes: self.shapes.clone() }
    }

    pub(crate) fn svg(&self, color: impl Fn(FillRole) -> Rgb) -> String {
        let mut svg = self.open("");
        if let Some((ground, radius)) = self.ground {
            let (width, height) = (self.width, self.height);
            // Writing to a String cannot fail.
            let _ =
                writeln!(svg, r#"<rect width="{width}" height="{height}" rx="{radius}" fill="{ground}"/>"#);
        }
        for shape in &self.shapes {
            let _ = writeln!(svg, r#"<path fill="{}" d="{}"/>"#, color(shape.fill), shape.path);
        }
        svg.push_str("</svg>\n");
        svg
    }

    /// As a file whose colours follow the surroundings: each role has one on light and one on dark.
    pub(crate) fn adaptive_svg(&self, title: &str, colors: impl Fn(FillRole) -> [Rgb; 2]) -> String {
        let roles = [FillRole::Mark, FillRole::Accent].map(|role| (class(role), colors(role)));
        let rules =
            |side: usize| roles.map(|(class, colors)| format!(".{class}{{fill:{}}}", colors[side])).concat();
        let mut svg = self.open(r#" role="img""#);
        let (light, dark) = (rules(0), rules(1));
        let _ = writeln!(svg, "<title>{}</title>", core_vector::svg::escape(title));
        let _ = writeln!(svg, "<style>{light}@media(prefers-color-scheme:dark){{{dark}}}</style>");
        for shape in &self.shapes {
            let _ = writeln!(svg, r#"<path class="{}" d="{}"/>"#, class(shape.fill), shape.path);
        }
        svg.push_str("</svg>\n");
        svg
    }

    fn open(&self, attributes: &str) -> String {
        let (width, height) = (self.width, self.height);
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\"{attributes}>\n")
    }

    fn moved(mut self, drawing: &Drawing, place: impl FnOnce(Rect) -> Affine) -> Self {
        let place = place(ink(drawing));
        let put =
            |(fill, outline): (FillRole, BezPath)| Shape { fill, path: path::write(&(place * outline)) };
        self.shapes.extend(outlines(drawing).map(put));
        self
    }
}

/// The box around everything drawn.
pub(crate) fn ink(drawing: &Drawing) -> Rect {
    let boxes = outlines(drawing).map(|(_, outline)| bezier::bounds(&outline));
    boxes.reduce(|all, one| all.union(one)).unwrap_or(Rect::new(0.0, 0.0, drawing.width, drawing.height))
}

/// How far the ink reaches from the middle of its box.
fn reach(drawing: &Drawing) -> f64 {
    reach_from(drawing, Affine::IDENTITY, ink(drawing).center(), bezier::FLAT)
}

/// How far the ink of a placed drawing reaches from a point; curves are measured as chords this near to them.
pub(crate) fn reach_from(drawing: &Drawing, place: Affine, middle: Point, flat: f64) -> f64 {
    let points =
        outlines(drawing).flat_map(|(_, outline)| bezier::polygons(&(place * outline), flat)).flatten();
    points.map(|point| (point - middle).hypot2().sqrt()).fold(0.0, f64::max)
}

fn outlines(drawing: &Drawing) -> impl Iterator<Item = (FillRole, BezPath)> + '_ {
    drawing
        .shapes
        .iter()
        .filter_map(|shape| path::parse(&shape.path).ok().map(|outline| (shape.fill, outline)))
}

fn class(role: FillRole) -> &'static str {
    match role {
        FillRole::Accent => "accent",
        FillRole::Mark | FillRole::Ink => "mark",
    }
}
