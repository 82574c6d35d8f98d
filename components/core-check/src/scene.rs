//! What stands on a page, whatever file it came from.

use crate::limits::SEGMENTS_MAX;
use core_brand::Rgb;
use kurbo::{BezPath, Point, Rect};
use serde::Serialize;
use std::collections::BTreeMap;

/// One page, in its own units, y downwards.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scene {
    /// From 1 where a file can have several.
    pub(crate) page: Option<u32>,
    pub(crate) width: f64,
    pub(crate) height: f64,
    pub(crate) unit: Unit,
    /// As they are painted, the lowest first.
    pub(crate) shapes: Vec<Shape>,
    /// Where words begin; their letters are no shapes.
    pub(crate) texts: Vec<Rect>,
    /// What lies under everything, where that is known.
    pub(crate) paper: Option<Rgb>,
    pub(crate) segments: usize,
    /// Whether there was more than is kept.
    pub(crate) is_cut: bool,
}

/// What a unit of a page is, where somebody sees it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum Unit {
    /// It is shown as large as somebody likes.
    #[default]
    Open,
    Pixel,
    /// So many millimetres.
    Mm(f64),
}

#[derive(Clone, Debug)]
pub(crate) struct Shape {
    pub(crate) outline: BezPath,
    pub(crate) fill: Option<Paint>,
    /// Mark, accent or name, where the file of a kit says so.
    pub(crate) id: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Paint {
    Flat(Rgb),
    /// A gradient, a pattern, a colour that is not told, or one that shows what lies under it.
    Other,
}

/// Where something stands.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Place {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// The selector of a rule.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// Left, top, width and height in units of the page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub area: Option<[f64; 4]>,
}

impl Scene {
    /// Keeps a shape, as long as there is room.
    pub(crate) fn push(&mut self, shape: Shape) {
        self.segments += shape.outline.elements().len();
        if self.segments > SEGMENTS_MAX {
            self.is_cut = true;
        } else {
            self.shapes.push(shape);
        }
    }

    pub(crate) fn place(&self, area: Rect) -> Place {
        let tenth = |value: f64| (value * 10.0).round() / 10.0 + 0.0;
        let area = [area.x0, area.y0, area.width(), area.height()].map(tenth);
        Place { page: self.page, area: Some(area), ..Place::default() }
    }
}

/// Colours of a file, each with the places where it stands.
#[derive(Clone, Debug, Default)]
pub(crate) struct Colors(pub(crate) BTreeMap<Tint, Uses>);

/// A colour as a file says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Tint {
    Screen(Rgb),
    /// Cyan, magenta, yellow and black in percent.
    Ink([u8; 4]),
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Uses {
    pub(crate) count: u32,
    pub(crate) first: Place,
}

impl Colors {
    pub(crate) fn add(&mut self, tint: Tint, place: impl FnOnce() -> Place) {
        let uses = self.0.entry(tint).or_insert_with(|| Uses { count: 0, first: place() });
        uses.count = uses.count.saturating_add(1);
    }
}

/// Families of a file, each with the place where it is named first.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fonts(pub(crate) BTreeMap<String, Place>);

impl Fonts {
    /// Nothing can be said of a font without a name.
    pub(crate) fn add(&mut self, family: &str, place: impl FnOnce() -> Place) {
        if !family.is_empty() {
            self.0.entry(family.to_owned()).or_insert_with(place);
        }
    }
}

/// Everything that was read of a file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Contents {
    pub(crate) scenes: Vec<Scene>,
    pub(crate) colors: Colors,
    pub(crate) fonts: Fonts,
    /// Text on a ground: both colours, the ratio that it needs, and where.
    pub(crate) pairs: Vec<Pair>,
    /// What could not be told, with the values of its sentence.
    pub(crate) untold: Vec<Untold>,
}

#[derive(Clone, Debug)]
pub(crate) struct Pair {
    pub(crate) text: Rgb,
    pub(crate) ground: Rgb,
    pub(crate) needed: f64,
    pub(crate) place: Place,
}

/// Something that this reader cannot tell.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Untold {
    /// The file is the kit's own, at this path.
    Own(String),
    /// No logo was found.
    Logo,
    /// A mark like a disc: every disc would be one.
    PlainLogo(String),
    /// How large it is shown.
    Size,
    Pictures(u32),
    /// Percent that is flat.
    Photo(u32),
    /// Ways of writing colours.
    Spaces(Vec<String>),
    /// What would have to be fetched.
    External(Vec<String>),
    /// Text in an SVG has no place here.
    Text,
    Ground,
    Many,
    /// Pages read, of pages there are.
    Pages(u32, u32),
    /// Ways of packing.
    Packed(Vec<String>),
}

/// Whether a polygon holds a point, by the even-odd rule.
pub(crate) fn holds(polygon: &[Point], point: Point) -> bool {
    let next = polygon.iter().cycle().skip(1);
    let crosses = |(a, b): &(&Point, &Point)| {
        (a.y > point.y) != (b.y > point.y) && point.x < a.x + (b.x - a.x) * (point.y - a.y) / (b.y - a.y)
    };
    polygon.iter().zip(next).filter(crosses).count() % 2 == 1
}
