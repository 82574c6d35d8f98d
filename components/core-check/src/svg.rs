//! SVG to a scene: flat shapes in their places, colours, families.

use crate::css;
use crate::guard;
use crate::limits::{SVG_BYTES_MAX, SVG_NODES_MAX};
use crate::refuse;
use crate::scene::{Colors, Contents, Paint, Place, Scene, Shape, Tint, Unit, Untold};
use crate::style;
use core_brand::{Fault, Rgb};
use kurbo::{BezPath, Point, Rect};
use std::collections::BTreeSet;
use usvg::roxmltree::{self, Document, Node};
use usvg::tiny_skia_path::{self, PathSegment};

const KIND: &str = "SVG";
/// What shows as much of the colour under it counts as mixed.
const OPAQUE: f32 = 0.98;
/// Millimetres of the units in which an SVG can say its size.
const UNITS: &[(&str, f64)] =
    &[("mm", 1.0), ("cm", 10.0), ("in", 25.4), ("pt", 25.4 / 72.0), ("pc", 25.4 / 6.0)];

/// Reads a foreign file.
pub(crate) fn read(text: &str) -> Result<Contents, Fault> {
    let mut contents = Contents::default();
    let plain = without_doctype(text)?;
    let document = parsed(&plain)?;
    let sheet = sheet(&document)?;
    let tree = tree(&document, &sheet)?;
    let mut scene = scene(&tree, &mut contents.colors);
    scene.unit = unit(&document, tree.size().width());
    let pictures = pictures(tree.root());
    declared(&document, &sheet, &mut contents);
    if pictures > 0 {
        contents.untold.push(Untold::Pictures(pictures));
    }
    contents.scenes.push(scene);
    Ok(contents)
}

/// Reads a drawing of a kit: shapes alone.
pub(crate) fn drawing(text: &str) -> Result<Scene, Fault> {
    let document = parsed(text)?;
    let tree = tree(&document, &css::Sheet::default())?;
    Ok(scene(&tree, &mut Colors::default()))
}

/// A document type without declarations says nothing that is needed here; one with declarations can make much of
/// little, and is refused.
fn without_doctype(text: &str) -> Result<String, Fault> {
    let Some(start) = text.find("<!DOCTYPE") else { return Ok(text.to_owned()) };
    let end = text[start..].find('>').map_or(text.len(), |end| start + end + 1);
    if text[start..end].contains('[') {
        return Err(refuse::malformed(
            KIND,
            "it declares entities, which are not read; save it as plain SVG",
        ));
    }
    Ok(format!("{}{}", &text[..start], &text[end..]))
}

fn parsed(text: &str) -> Result<Document<'_>, Fault> {
    if text.len() > SVG_BYTES_MAX {
        return Err(refuse::too_large(text.len() as u64, "bytes of SVG", SVG_BYTES_MAX as u64));
    }
    guard::check_text(text).map_err(|why| refuse::malformed(KIND, &why))?;
    let options =
        roxmltree::ParsingOptions { allow_dtd: false, nodes_limit: SVG_NODES_MAX, ..Default::default() };
    let document = Document::parse_with_options(text, options)
        .map_err(|why| refuse::malformed(KIND, &why.to_string()))?;
    if document.root_element().tag_name().name() != "svg" {
        return Err(refuse::malformed(KIND, "its outermost element is not `svg`"));
    }
    Ok(document)
}

/// All its style elements as one sheet.
fn sheet(document: &Document) -> Result<css::Sheet, Fault> {
    let styles = document.root().descendants().filter(|node| node.tag_name().name() == "style");
    let text: Vec<&str> =
        styles.flat_map(|style| style.children().filter_map(|child| child.text())).collect();
    css::read(&text.join("\n")).map_err(|why| refuse::malformed(KIND, &format!("of its style sheet, {why}")))
}

fn tree(document: &Document, sheet: &css::Sheet) -> Result<usvg::Tree, Fault> {
    guard::check(document, sheet).map_err(|why| refuse::malformed(KIND, &why))?;
    // Nothing is fetched and no picture is opened.
    let options = usvg::Options {
        image_href_resolver: usvg::ImageHrefResolver {
            resolve_data: Box::new(|_, data, _| Some(usvg::ImageKind::PNG(data))),
            resolve_string: Box::new(|_, _| None),
        },
        ..usvg::Options::default()
    };
    usvg::Tree::from_xmltree(document, &options).map_err(|why| refuse::malformed(KIND, &why.to_string()))
}

/// Everything that is painted, in order. Groups are walked without recursion.
fn scene(tree: &usvg::Tree, colors: &mut Colors) -> Scene {
    let (width, height) = (f64::from(tree.size().width()), f64::from(tree.size().height()));
    let mut scene = Scene { width, height, ..Scene::default() };
    let mut open: Vec<(&usvg::Node, f32)> =
        tree.root().children().iter().rev().map(|node| (node, 1.0)).collect();
    while let Some((node, opacity)) = open.pop() {
        match node {
            usvg::Node::Group(group) => {
                let opacity = opacity * group.opacity().get();
                open.extend(group.children().iter().rev().map(|child| (child, opacity)));
            }
            usvg::Node::Path(path) if path.is_visible() => paint(path, opacity, &mut scene, colors),
            _ => {}
        }
    }
    scene
}

fn paint(path: &usvg::Path, opacity: f32, scene: &mut Scene, colors: &mut Colors) {
    let outline = outline(path.data(), path.abs_transform());
    let area = path.abs_bounding_box();
    let area = Rect::new(area.left().into(), area.top().into(), area.right().into(), area.bottom().into());
    let mut see = |paint: &usvg::Paint| {
        let mut add = |color: usvg::Color| {
            let tint = Tint::Screen(Rgb::new(color.red, color.green, color.blue));
            colors.add(tint, || scene.place(area));
        };
        match paint {
            usvg::Paint::Color(color) => add(*color),
            usvg::Paint::LinearGradient(ramp) => ramp.stops().iter().for_each(|stop| add(stop.color())),
            usvg::Paint::RadialGradient(ramp) => ramp.stops().iter().for_each(|stop| add(stop.color())),
            usvg::Paint::Pattern(_) => {}
        }
    };
    let flat = |paint: &usvg::Paint, own: f32| match paint {
        usvg::Paint::Color(color) if own * opacity >= OPAQUE => {
            Paint::Flat(Rgb::new(color.red, color.green, color.blue))
        }
        _ => Paint::Other,
    };
    let fill = path.fill().map(|fill| {
        see(fill.paint());
        flat(fill.paint(), fill.opacity().get())
    });
    if let Some(stroke) = path.stroke() {
        see(stroke.paint());
    }
    scene.push(Shape { outline, fill, id: path.id().to_owned() });
}

fn outline(path: &tiny_skia_path::Path, place: tiny_skia_path::Transform) -> BezPath {
    let at = |point: tiny_skia_path::Point| {
        let (x, y) = (f64::from(point.x), f64::from(point.y));
        let [sx, ky, kx, sy, tx, ty] =
            [place.sx, place.ky, place.kx, place.sy, place.tx, place.ty].map(f64::from);
        Point::new(sx * x + kx * y + tx, ky * x + sy * y + ty)
    };
    let mut outline = BezPath::new();
    for segment in path.segments() {
        match segment {
            PathSegment::MoveTo(p) => outline.move_to(at(p)),
            PathSegment::LineTo(p) => outline.line_to(at(p)),
            PathSegment::QuadTo(c, p) => outline.quad_to(at(c), at(p)),
            PathSegment::CubicTo(a, b, p) => outline.curve_to(at(a), at(b), at(p)),
            PathSegment::Close => outline.close_path(),
        }
    }
    outline
}

fn pictures(root: &usvg::Group) -> u32 {
    let mut open: Vec<&usvg::Group> = vec![root];
    let mut count = 0;
    while let Some(group) = open.pop() {
        for node in group.children() {
            match node {
                usvg::Node::Group(group) => open.push(group),
                usvg::Node::Image(_) => count += 1,
                _ => {}
            }
        }
    }
    count
}

/// How large a unit is: only a width in pixels or in lengths of paper says it.
fn unit(document: &Document, width: f32) -> Unit {
    let root = document.root_element();
    let Some(said) = root.attribute("width").map(str::trim) else { return Unit::Open };
    let number = said.trim_end_matches(|letter: char| letter.is_ascii_alphabetic() || letter == '%');
    let Ok(number) = number.parse::<f64>() else { return Unit::Open };
    match &said[said.trim_end_matches(|letter: char| letter.is_ascii_alphabetic() || letter == '%').len()..] {
        "" | "px" => Unit::Pixel,
        unit => UNITS
            .iter()
            .find(|(name, _)| *name == unit)
            .map_or(Unit::Open, |(_, mm)| Unit::Mm(number * mm / f64::from(width).max(1e-9))),
    }
}

/// What only the text of the file says: families, and the colours of its words.
fn declared(document: &Document, sheet: &css::Sheet, contents: &mut Contents) {
    let mut reader = style::Reader::new(sheet);
    for declaration in &sheet.declarations {
        if declaration.property.starts_with("font") {
            let place = || Place { line: Some(declaration.line), ..Place::default() };
            reader.font(declaration, &mut contents.fonts, place);
        }
    }
    let mut external = BTreeSet::new();
    let mut has_text = false;
    let text = document.input_text();
    let breaks: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).collect();
    for node in document.root().descendants().filter(Node::is_element) {
        let row = || breaks.partition_point(|at| *at < node.range().start) + 1;
        let line = || Place { line: u32::try_from(row()).ok(), ..Place::default() };
        has_text |= node.tag_name().name() == "text";
        for declaration in style::attributes(&node) {
            if declaration.property.starts_with("font") {
                reader.font(&declaration, &mut contents.fonts, line);
            } else if ["text", "tspan", "textPath"].contains(&node.tag_name().name())
                && ["fill", "stroke"].contains(&declaration.property.as_str())
            {
                for rgb in reader.colors(&declaration.value) {
                    contents.colors.add(Tint::Screen(rgb), line);
                }
            }
        }
        let href = node.attributes().find(|attribute| attribute.name() == "href").map(|href| href.value());
        let is_far = |link: &&str| !link.starts_with('#') && !link.starts_with("data:");
        if ["image", "use", "feImage"].contains(&node.tag_name().name()) {
            external.extend(href.filter(is_far).map(|link| link.chars().take(80).collect::<String>()));
        }
    }
    external.extend(sheet.imports.iter().cloned());
    contents.untold.extend((!external.is_empty()).then(|| Untold::External(external.into_iter().collect())));
    contents.untold.extend(has_text.then_some(Untold::Text));
    contents.untold.extend(reader.untold());
}
