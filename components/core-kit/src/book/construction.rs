//! How the mark is drawn and how the logo is put together, measured on the drawings themselves.

use super::scene::outlined;
use crate::brand::mix;
use crate::setting::{GUTTER, Setting};
use core_brand::{Drawing, Fault, FillRole, Rgb};
use core_pdf::{Align, Anchor, Area, Fill, Node, Page, Part, Role, drawing, rectangle};
use core_vector::colorway::Colorway;
use core_vector::form::{self, Cap};
use core_vector::lockup::{Lockup, lay};
use core_vector::{bezier, optics};
use kurbo::{BezPath, PathSeg, Point};

/// The height of the part with the mark.
const UPPER: f64 = 304.0;
/// The square of the mark is divided into this many fields each way.
const FIELDS: usize = 8;
/// How much of its colour the mark keeps under its outline.
const TINT: f64 = 0.22;
const LINE: f64 = 0.9;
const HAIR: f64 = 0.4;
/// Half the side of a point, and the radius of the end of a handle.
const POINT: f64 = 1.7;
const HANDLE: f64 = 1.1;
/// How far a measuring line reaches over what it measures.
const OVER: f64 = 13.0;
const ROW: f64 = 29.0;

pub(crate) fn page(setting: &Setting) -> Result<Page, Fault> {
    let title = setting.say("kit-construction", &[])?;
    let intro = setting.say("kit-construction-intro", &[])?;
    let (mut page, stage) = setting.chapter(&setting.light, &title, &intro);
    let upper = Area { height: UPPER, ..stage };
    let points = mark(setting, &mut page, upper.columns(0, 5, 9, GUTTER))?;
    let y = upper.bottom() + GUTTER;
    let logo = proportions(setting, &mut page, Area { y, height: stage.bottom() - y, ..stage })?;
    let right = upper.columns(5, 4, 9, GUTTER);
    facts(setting, &mut page, Area { x: right.x + 10.0, width: right.width - 10.0, ..right }, points, &logo)?;
    Ok(page)
}

/// The mark on its square, with the points of its outline; returns how many there are.
fn mark(setting: &Setting, page: &mut Page, tile: Area) -> Result<usize, Fault> {
    page.push(setting.panel(tile));
    let concept = setting.brand.logo();
    let square = tile.inset(28.0).fit(1.0, 1.0, Anchor::CENTER);
    page.push(Part::artifact(fields(setting, square)));
    let colors = &setting.brand.design.palette.logo;
    let color = |role: FillRole| Colorway::Color.color(role, colors);
    let solid = drawing(&concept.mark, square, Anchor::CENTER, &color)?;
    let mut nodes = Vec::new();
    let (mut handles, mut points) = (Vec::new(), Vec::new());
    for node in &solid {
        let Node::Fill(fill) = node else { continue };
        let tint = mix(setting.light.panel, fill.color, TINT);
        nodes.push(Node::Fill(Fill { path: fill.path.clone(), color: tint }));
    }
    for node in &solid {
        let Node::Fill(fill) = node else { continue };
        let lines = outlined(&fill.path, LINE).into_iter();
        nodes.extend(lines.map(|path| Node::Fill(Fill { path, color: fill.color })));
        for contour in bezier::contours(&fill.path) {
            handles.extend(contour.iter().flat_map(|segment| handles_of(segment, setting.light.muted)));
            points.extend(contour.iter().map(|segment| point(segment, setting.light.text)));
        }
    }
    let count = points.len();
    nodes.extend(handles);
    nodes.extend(points);
    let alt = setting.say("kit-alt-construction", &[("name", setting.brand.name())])?;
    page.push(Part::new(Role::Figure(alt), nodes));
    Ok(count)
}

/// The lines of the square, its middle stronger, and the circle in it.
fn fields(setting: &Setting, square: Area) -> Vec<Node> {
    let rule = mix(setting.light.panel, setting.light.text, 0.16);
    let middle = mix(setting.light.panel, setting.light.text, 0.4);
    let step = square.width / FIELDS as f64;
    let mut nodes = Vec::new();
    for index in 0..=FIELDS {
        let color = if index * 2 == FIELDS { middle } else { rule };
        let at = step * index as f64 - HAIR / 2.0;
        nodes.push(rectangle(Area::new(square.x + at, square.y, HAIR, square.height), color));
        nodes.push(rectangle(Area::new(square.x, square.y + at, square.width, HAIR), color));
    }
    let center = Point::new(square.x + square.width / 2.0, square.y + square.height / 2.0);
    let path = form::ring(center, square.width / 2.0, square.width / 2.0 - HAIR);
    nodes.push(Node::Fill(Fill { path, color: middle }));
    nodes
}

fn point(segment: &PathSeg, color: Rgb) -> Node {
    let Point { x, y } = start(segment);
    rectangle(Area::new(x - POINT, y - POINT, 2.0 * POINT, 2.0 * POINT), color)
}

fn start(segment: &PathSeg) -> Point {
    match segment {
        PathSeg::Line(line) => line.p0,
        PathSeg::Quad(quad) => quad.p0,
        PathSeg::Cubic(cubic) => cubic.p0,
    }
}

/// The lines from the ends of a curve to where it is heading.
fn handles_of(segment: &PathSeg, color: Rgb) -> Vec<Node> {
    let PathSeg::Cubic(cubic) = segment else { return Vec::new() };
    let node = |path: BezPath| Node::Fill(Fill { path, color });
    let one =
        |from: Point, to: Point| [node(form::bar(from, to, HAIR, Cap::Flat)), node(form::circle(to, HANDLE))];
    let handles = [(cubic.p0, cubic.p1), (cubic.p3, cubic.p2)];
    handles
        .into_iter()
        .filter(|(from, to)| from.distance(*to) > HANDLE)
        .flat_map(|(a, b)| one(a, b))
        .collect()
}

/// The logo in heights of its mark; nothing where a script has no such measure.
struct Measures {
    letters: Option<f64>,
    gap: f64,
    length: f64,
}

/// The logo on the lines its parts stand on.
fn proportions(setting: &Setting, page: &mut Page, tile: Area) -> Result<Measures, Fault> {
    page.push(setting.panel(tile));
    let concept = setting.brand.logo();
    let laid = lay(concept, Lockup::Horizontal);
    let room =
        Area { x: tile.x + 52.0, y: tile.y + 30.0, width: tile.width - 104.0, height: tile.height - 74.0 };
    let colors = &setting.brand.design.palette.logo;
    let color = |role: FillRole| Colorway::Color.color(role, colors);
    let logo = laid.drawing();
    let nodes = drawing(&logo, room, Anchor::CENTER, &color)?;
    let name = area_of(&logo, &nodes, |fill, _| fill == FillRole::Ink).unwrap_or(room);
    // A name may have an accent of its own: what stands over the letters is no part of the mark.
    let is_apart = |area: Area| {
        let middle = area.x + area.width / 2.0;
        middle < name.x || middle > name.right()
    };
    let mark = area_of(&logo, &nodes, |fill, area| fill != FillRole::Ink && is_apart(area)).unwrap_or(room);
    let letters = (!concept.right_to_left && laid.width > 0.0)
        .then(|| laid.cap * Part::artifact(nodes.clone()).area().map_or(0.0, |area| area.width) / laid.width);
    let base = name.y + concept.baseline * name.height / concept.wordmark.height.max(1e-9);
    let lines = Lines { mark, name, letters: letters.map(|cap| (base - cap, base)) };
    lines.draw(setting, page);
    let alt = setting.say("kit-alt-proportions", &[("name", setting.brand.name())])?;
    page.push(Part::new(Role::Figure(alt), nodes));
    let high = mark.height.max(1e-9);
    let whole = mark.right().max(name.right()) - mark.x.min(name.x);
    Ok(Measures { letters: letters.map(|cap| cap / high), gap: lines.gap().1 / high, length: whole / high })
}

/// The area around the contours that are wanted, by their role and place.
fn area_of(logo: &Drawing, nodes: &[Node], wanted: impl Fn(FillRole, Area) -> bool) -> Option<Area> {
    let mut found: Option<kurbo::Rect> = None;
    for (shape, node) in logo.shapes.iter().zip(nodes) {
        let Node::Fill(fill) = node else { continue };
        for contour in bezier::contours(&fill.path) {
            let bounds = bezier::bounds(&bezier::path(&[contour]));
            let area = Area::new(bounds.x0, bounds.y0, bounds.width(), bounds.height());
            if wanted(shape.fill, area) {
                found = Some(found.map_or(bounds, |all| all.union(bounds)));
            }
        }
    }
    found.map(|all| Area::new(all.x0, all.y0, all.width(), all.height()))
}

struct Lines {
    mark: Area,
    name: Area,
    /// Where the capitals begin and stand.
    letters: Option<(f64, f64)>,
}

impl Lines {
    /// Where the room between mark and name begins, and how wide it is.
    fn gap(&self) -> (f64, f64) {
        let (left, right) =
            if self.mark.x <= self.name.x { (self.mark, self.name) } else { (self.name, self.mark) };
        (left.right(), (right.x - left.right()).max(0.0))
    }

    fn draw(&self, setting: &Setting, page: &mut Page) {
        let color = mix(setting.light.panel, setting.light.text, 0.42);
        let (mark, name) = (self.mark, self.name);
        let left = mark.x.min(name.x) - OVER;
        let right = mark.right().max(name.right()) + OVER;
        let bottom = mark.bottom().max(name.bottom()) + OVER;
        let top = mark.y.min(name.y) - OVER;
        let level = |y: f64| rectangle(Area::new(left, y - HAIR / 2.0, right - left, HAIR), color);
        let upright = |x: f64| rectangle(Area::new(x - HAIR / 2.0, top, HAIR, bottom - top), color);
        let mut nodes = vec![level(mark.y), level(mark.bottom())];
        if let Some((cap, base)) = self.letters {
            nodes.extend([level(cap), level(base)]);
        }
        nodes.extend([mark.x, mark.right(), name.x, name.right()].map(upright));
        page.push(Part::artifact(nodes));
        let high = mark.height.max(1e-9);
        let (gap_x, gap) = self.gap();
        let style = setting.caption().align(Align::Center);
        for (x, width) in [(mark.x, mark.width), (gap_x, gap), (name.x, name.width)] {
            let text = setting.number(width / high, 2);
            let at = Area::new(x + width / 2.0 - 16.0, bottom + 6.0, 32.0, 0.0);
            page.push(Part::artifact(setting.placed(&text, &style, at)));
        }
    }
}

/// The measures as a small table.
fn facts(
    setting: &Setting,
    page: &mut Page,
    area: Area,
    points: usize,
    logo: &Measures,
) -> Result<(), Fault> {
    let ink = optics::ink(&optics::pieces(&setting.brand.logo().mark));
    let shape = ink.map_or(1.0, |ink| ink.width() / ink.height().max(1e-9));
    let mut rows = vec![
        ("kit-construction-points", points.to_string()),
        ("kit-construction-shape", format!("{} : 1", setting.number(shape, 2))),
    ];
    rows.extend(logo.letters.map(|letters| ("kit-construction-letters", setting.number(letters, 2))));
    rows.extend([
        ("kit-construction-gap", setting.number(logo.gap, 2)),
        ("kit-construction-length", setting.number(logo.length, 2)),
    ]);
    let mut table = Part::new(Role::Table, Vec::new());
    let mut y = area.y;
    for (key, value) in rows {
        setting.hairline(page, area.x, y, area.width, &setting.light);
        let label = setting.say(key, &[])?;
        let style = setting.on_one_line(&label, &setting.body().hyphens(false), area.width - 48.0);
        let at = Area { y: y + (ROW - setting.fonts.cap_height(&style)) / 2.0, ..area };
        let head =
            Part::new(Role::RowHead, setting.placed(&label, &style, Area { width: at.width - 46.0, ..at }));
        let figure = setting.label().align(Align::Right);
        let cell = Part::new(Role::Cell, setting.placed(&value, &figure, at));
        table.nodes.push(Node::Part(Part::new(Role::Row, vec![Node::Part(head), Node::Part(cell)])));
        y += ROW;
    }
    page.push(table);
    setting.hairline(page, area.x, y, area.width, &setting.light);
    let note = setting.say("kit-construction-note", &[])?;
    setting.write(page, &note, &setting.caption(), Area { y: y + 14.0, ..area });
    Ok(())
}
