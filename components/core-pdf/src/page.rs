//! A page: parts with a role, holding shapes and lines.

use crate::{Anchor, Area, Block, Fonts, Line, Style, grid};
use core_brand::{Drawing, Fault, FillRole, Rgb};
use kurbo::{Affine, BezPath, Shape};

/// How far the handles of a quarter circle reach, in radii.
const QUARTER: f64 = 0.552_284_75;

/// How far a ground reaches over the page.
const BLEED: f64 = 2.0;

/// One page.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    pub width: f64,
    pub height: f64,
    /// Its name in the bookmarks.
    pub title: String,
    /// The chapter it belongs to; empty for a page that stands for itself.
    pub chapter: String,
    pub parts: Vec<Part>,
}

/// A piece of a page that means something.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    pub role: Role,
    pub nodes: Vec<Node>,
}

/// What a part is to someone who cannot see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// Grounds, rules, running heads: not read.
    Artifact,
    Heading(u8),
    Paragraph,
    /// Read as these words.
    Figure(String),
    List,
    Item,
    Table,
    Row,
    /// Heads a column.
    HeadCell,
    /// Heads a row.
    RowHead,
    Cell,
    /// A table of contents.
    Contents,
    /// A line of it.
    Entry,
    /// Leads to a page.
    Link(Target),
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Counted from 0.
    pub page: usize,
    /// Read in place of what is seen.
    pub alt: String,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    Part(Part),
    Fill(Fill),
    Line(Line),
}

/// A filled path, non-zero.
#[derive(Clone, Debug, PartialEq)]
pub struct Fill {
    pub path: BezPath,
    pub color: Rgb,
}

impl Node {
    pub(crate) fn is_part(&self) -> bool {
        matches!(self, Self::Part(_))
    }
}

impl Page {
    #[must_use]
    pub fn new(width: f64, height: f64, title: &str) -> Self {
        Self { width, height, title: title.to_owned(), chapter: String::new(), parts: Vec::new() }
    }

    /// The page in a chapter.
    #[must_use]
    pub fn of(self, chapter: &str) -> Self {
        Self { chapter: chapter.to_owned(), ..self }
    }

    #[must_use]
    pub fn area(&self) -> Area {
        Area::new(0.0, 0.0, self.width, self.height)
    }

    pub fn push(&mut self, part: Part) {
        if !part.nodes.is_empty() {
            self.parts.push(part);
        }
    }

    /// Fills the whole page.
    pub fn ground(&mut self, color: Rgb) {
        // Over the edge, so that no reader shows a seam of paper.
        self.box_of(self.area().inset(-BLEED), color);
    }

    /// A rectangle that is only decoration.
    pub fn box_of(&mut self, area: Area, color: Rgb) {
        self.push(Part::artifact(vec![rectangle(area, color)]));
    }

    /// Sets a text with the top of its capitals at `y`; returns its last baseline.
    pub fn text(&mut self, role: Role, fonts: &Fonts, text: &str, style: &Style, area: Area) -> f64 {
        let block = fonts.set(text, style, area.width);
        let height = block.height;
        self.push(Part::block(role, block, area.x, area.y));
        area.y + height
    }
}

impl Part {
    #[must_use]
    pub fn new(role: Role, nodes: Vec<Node>) -> Self {
        Self { role, nodes }
    }

    #[must_use]
    pub fn artifact(nodes: Vec<Node>) -> Self {
        Self::new(Role::Artifact, nodes)
    }

    #[must_use]
    pub fn block(role: Role, block: Block, x: f64, y: f64) -> Self {
        Self::new(role, block.at(x, y).into_iter().map(Node::Line).collect())
    }

    fn moved(&self, scale: f64, x: f64, y: f64) -> Self {
        let place = Affine::translate((x, y)) * Affine::scale(scale);
        let one = |node: &Node| match node {
            Node::Part(part) => Node::Part(part.moved(scale, x, y)),
            Node::Fill(fill) => Node::Fill(Fill { path: place * fill.path.clone(), color: fill.color }),
            Node::Line(line) => Node::Line(line.moved(scale, x, y)),
        };
        Self::new(self.role.clone(), self.nodes.iter().map(one).collect())
    }

    /// The text of all its lines.
    #[must_use]
    pub fn plain(&self) -> String {
        let mut text = String::new();
        for node in &self.nodes {
            match node {
                Node::Line(line) => text.push_str(&line.text),
                Node::Part(part) => text.push_str(&part.plain()),
                Node::Fill(_) => {}
            }
        }
        text.trim().to_owned()
    }

    /// The area around everything that is drawn.
    #[must_use]
    pub fn area(&self) -> Option<Area> {
        self.bounds().map(|bounds| Area::new(bounds.x0, bounds.y0, bounds.width(), bounds.height()))
    }

    /// The links in it, in the order of reading.
    pub(crate) fn links(&self) -> Vec<(&Self, &Target)> {
        let mut links = Vec::new();
        if let Role::Link(target) = &self.role {
            links.push((self, target));
        }
        for node in &self.nodes {
            if let Node::Part(part) = node {
                links.extend(part.links());
            }
        }
        links
    }

    pub(crate) fn bounds(&self) -> Option<kurbo::Rect> {
        let boxes = self.nodes.iter().filter_map(|node| match node {
            Node::Fill(fill) if fill.path.is_empty() => None,
            Node::Fill(fill) => Some(fill.path.bounding_box()),
            Node::Line(line) => {
                Some(kurbo::Rect::new(line.x, line.baseline - line.size, line.x + line.width, line.baseline))
            }
            Node::Part(part) => part.bounds(),
        });
        boxes.reduce(|one, other| one.union(other))
    }
}

/// A filled rectangle.
#[must_use]
pub fn rectangle(area: Area, color: Rgb) -> Node {
    rounded(area, 0.0, color)
}

/// A filled rectangle with round corners.
#[must_use]
pub fn rounded(area: Area, radius: f64, color: Rgb) -> Node {
    let (left, top) = (grid(area.x), grid(area.y));
    let (right, bottom) = (grid(area.right()), grid(area.bottom()));
    let radius = grid(radius.min(area.width / 2.0).min(area.height / 2.0));
    let mut path = BezPath::new();
    if radius <= 0.0 {
        path.move_to((left, top));
        for corner in [(right, top), (right, bottom), (left, bottom)] {
            path.line_to(corner);
        }
    } else {
        let reach = grid(radius * (1.0 - QUARTER));
        path.move_to((left + radius, top));
        path.line_to((right - radius, top));
        path.curve_to((right - reach, top), (right, top + reach), (right, top + radius));
        path.line_to((right, bottom - radius));
        path.curve_to((right, bottom - reach), (right - reach, bottom), (right - radius, bottom));
        path.line_to((left + radius, bottom));
        path.curve_to((left + reach, bottom), (left, bottom - reach), (left, bottom - radius));
        path.line_to((left, top + radius));
        path.curve_to((left, top + reach), (left + reach, top), (left + radius, top));
    }
    path.close_path();
    Node::Fill(Fill { path, color })
}

/// A drawing as large as the area allows, each shape in the colour of its role.
pub fn drawing(
    drawing: &Drawing,
    area: Area,
    anchor: Anchor,
    color: &dyn Fn(FillRole) -> Rgb,
) -> Result<Vec<Node>, Fault> {
    let place = area.fit(drawing.width, drawing.height, anchor);
    let scale = if drawing.width > 0.0 { place.width / drawing.width } else { 0.0 };
    let transform = Affine::new([scale, 0.0, 0.0, scale, place.x, place.y]);
    let fill = |shape: &core_brand::Shape| {
        let path = transform * core_vector::path::parse(&shape.path)?;
        Ok(Node::Fill(Fill { path, color: color(shape.fill) }))
    };
    drawing.shapes.iter().map(fill).collect()
}

/// Shapes turned, stretched or slanted about a point: `[a, b, c, d]` maps (x, y) to (a x + c y, b x + d y).
#[must_use]
pub fn warped(nodes: Vec<Node>, [a, b, c, d]: [f64; 4], about: (f64, f64)) -> Vec<Node> {
    let warp = Affine::translate(about)
        * Affine::new([a, b, c, d, 0.0, 0.0])
        * Affine::translate((-about.0, -about.1));
    let one = |node| match node {
        Node::Fill(fill) => Node::Fill(Fill { path: warp * fill.path, ..fill }),
        other => other,
    };
    nodes.into_iter().map(one).collect()
}

/// Parts scaled, then moved: a page on another page.
#[must_use]
pub fn moved(parts: &[Part], scale: f64, x: f64, y: f64) -> Vec<Part> {
    parts.iter().map(|part| part.moved(scale, x, y)).collect()
}

/// The pages as indented text: titles, roles and lines. For people, and for tests that compare.
#[must_use]
pub fn transcript(pages: &[Page]) -> String {
    let mut text = String::new();
    for (number, page) in pages.iter().enumerate() {
        let of = if page.chapter.is_empty() { String::new() } else { format!("{} / ", page.chapter) };
        text.push_str(&format!("page {}: {of}{}\n", number + 1, page.title));
        for part in &page.parts {
            transcribe(part, 1, &mut text);
        }
    }
    text
}

fn transcribe(part: &Part, depth: usize, text: &mut String) {
    let indent = "  ".repeat(depth);
    let name = match &part.role {
        Role::Artifact => "artifact".to_owned(),
        Role::Heading(level) => format!("h{level}"),
        Role::Paragraph => "p".to_owned(),
        Role::Figure(alt) => format!("figure ({alt})"),
        Role::List => "list".to_owned(),
        Role::Item => "item".to_owned(),
        Role::Table => "table".to_owned(),
        Role::Row => "row".to_owned(),
        Role::HeadCell => "column".to_owned(),
        Role::RowHead => "row of".to_owned(),
        Role::Cell => "cell".to_owned(),
        Role::Contents => "contents".to_owned(),
        Role::Entry => "entry".to_owned(),
        Role::Link(target) => format!("link to {} ({})", target.page + 1, target.alt),
    };
    let lines: Vec<&str> = part.nodes.iter().filter_map(line_text).collect();
    let silent = part.role == Role::Artifact && lines.is_empty();
    if !silent {
        let sep = if lines.is_empty() { "" } else { ": " };
        text.push_str(&format!("{indent}{name}{sep}{}\n", lines.join(" | ")));
    }
    for node in &part.nodes {
        if let Node::Part(inner) = node {
            transcribe(inner, depth + 1, text);
        }
    }
}

fn line_text(node: &Node) -> Option<&str> {
    match node {
        Node::Line(line) => Some(line.text.trim_end()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rounded_box_keeps_its_box() {
        for radius in [0.0, 4.0, 500.0] {
            let Node::Fill(fill) = rounded(Area::new(10.0, 20.0, 100.0, 40.0), radius, Rgb::BLACK) else {
                panic!("a box is a fill");
            };
            assert_eq!(fill.path.bounding_box(), kurbo::Rect::new(10.0, 20.0, 110.0, 60.0), "{radius}");
        }
    }

    #[test]
    fn empty_parts_leave_no_trace() {
        let mut page = Page::new(100.0, 50.0, "Cover");
        page.push(Part::artifact(Vec::new()));
        page.ground(Rgb::WHITE);
        assert_eq!(page.parts.len(), 1);
        assert_eq!(transcript(&[page]), "page 1: Cover\n");
    }
}
