//! From SVG text to pixels, with a bound on everything that the text decides.

use crate::encode::Picture;
use core_brand::fault::Code;
use core_brand::{Fault, broken};
use resvg::tiny_skia::{Pixmap, Transform};
use usvg::roxmltree::{self, Node};

/// A logo is a few kilobytes, an overview of six concepts some hundred, a contact sheet of twelve in a rough face some
/// thousand.
pub const SVG_BYTES_MAX: usize = 6 << 20;
/// Elements, attributes aside, and the texts between them. Bounds the memory of the tree.
pub const NODES_MAX: u32 = 20_000;
/// The reader recurses over groups, and the stack of a component is one megabyte.
pub const SVG_DEPTH_MAX: usize = 32;
/// The widest picture of a kit is 2048 pixels; twice that serves a poster.
pub const WIDTH_MAX: u32 = 4096;
/// At four bytes each a quarter of the memory of a component, which holds the picture and its packed form.
pub const PIXELS_MAX: u64 = 16 << 20;

/// How far from its corner a drawing may reach, in its own units: a poster has a hundredth of it, and the rasteriser loses
/// count of what is much farther.
pub const REACH_MAX: f32 = 1e6;

/// Everything else either draws nothing here (text), fetches (`image`), repeats (`use`, `pattern`), or costs
/// without bound (`filter`, `mask`).
const ELEMENTS: &[&str] =
    &["svg", "g", "title", "desc", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon"];

/// Draws at a width.
pub(crate) fn pixels(svg: &str, width: u32) -> Result<Picture, Fault> {
    let tree = read(svg)?;
    let size = tree.size();
    let height = height_at(size.width(), size.height(), width)?;
    let mut canvas = Pixmap::new(width, height).ok_or_else(|| broken!("no canvas of {width} by {height}"))?;
    let scale = Transform::from_scale(width as f32 / size.width(), height as f32 / size.height());
    resvg::render(&tree, scale, &mut canvas.as_mut());
    let rgba = canvas
        .pixels()
        .iter()
        .map(|pixel| pixel.demultiply())
        .flat_map(|c| [c.red(), c.green(), c.blue(), c.alpha()]);
    Ok(Picture { width, height, rgba: rgba.collect() })
}

fn read(svg: &str) -> Result<usvg::Tree, Fault> {
    if svg.len() > SVG_BYTES_MAX {
        return Err(refused(format!("{} bytes of SVG are more than {SVG_BYTES_MAX}", svg.len())));
    }
    // Entities are the oldest way to make much of little, and no picture of ours has any.
    let options =
        roxmltree::ParsingOptions { allow_dtd: false, nodes_limit: NODES_MAX, ..Default::default() };
    let document =
        roxmltree::Document::parse_with_options(svg, options).map_err(|why| refused(why.to_string()))?;
    inspect(document.root_element())?;
    let tree = usvg::Tree::from_xmltree(&document, &usvg::Options::default());
    let tree = tree.map_err(|why| refused(why.to_string()))?;
    let reach = tree.root().abs_stroke_bounding_box();
    let sides = [reach.left(), reach.top(), reach.right(), reach.bottom()];
    if sides.iter().any(|side| side.abs() > REACH_MAX) {
        return Err(refused(format!("a shape reaches farther than {REACH_MAX}")));
    }
    Ok(tree)
}

/// Walks without recursion: the depth is what is being checked.
fn inspect(root: Node) -> Result<(), Fault> {
    let mut open = vec![(root, 1)];
    while let Some((node, depth)) = open.pop() {
        let name = node.tag_name().name();
        if !ELEMENTS.contains(&name) {
            return Err(refused(format!("the element `{name}` is not a plain shape")));
        }
        if depth > SVG_DEPTH_MAX {
            return Err(refused(format!("elements lie deeper than {SVG_DEPTH_MAX}")));
        }
        open.extend(node.children().filter(Node::is_element).map(|child| (child, depth + 1)));
    }
    Ok(())
}

fn height_at(width: f32, height: f32, width_px: u32) -> Result<u32, Fault> {
    if !(1..=WIDTH_MAX).contains(&width_px) {
        return Err(refused(format!("a width of {width_px} pixels is outside 1 to {WIDTH_MAX}")));
    }
    let wanted = (f64::from(width_px) * f64::from(height) / f64::from(width)).round().max(1.0);
    if wanted * f64::from(width_px) > PIXELS_MAX as f64 {
        return Err(refused(format!("{width_px} by {wanted} pixels are more than {PIXELS_MAX}")));
    }
    Ok(wanted as u32)
}

fn refused(why: String) -> Fault {
    Fault::new(Code::DocumentMalformed, [("name", "picture.svg".to_owned()), ("why", why)])
}
