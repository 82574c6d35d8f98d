//! What the drawn uses of a brand share: surfaces, sheets with a shadow, lines that stand for words.

use crate::brand::mix;
use crate::setting::{RADIUS, Setting};
use core_brand::{Drawing, Fault, FillRole, Rgb};
use core_pdf::{Anchor, Area, Fill, Node, Page, Part, Role, drawing, rectangle, rounded};
use core_vector::colorway::Colorway;
use core_vector::form::Cap;
use core_vector::offset::{Corner, stroke};
use core_vector::{bezier, combine, form};
use kurbo::{Affine, BezPath};

/// How much darker a shadow is than what it falls on.
const SHADE: f64 = 0.13;
/// Room for the words under a scene.
pub(crate) const CAPTION: f64 = 24.0;

/// A scene in the making: everything drawn becomes one figure.
pub(crate) struct Scene<'a> {
    pub(crate) setting: &'a Setting<'a>,
    pub(crate) area: Area,
    pub(crate) ground: Rgb,
    nodes: Vec<Node>,
}

impl<'a> Scene<'a> {
    /// A scene in a cell, with room for its caption.
    pub(crate) fn new(setting: &'a Setting<'a>, cell: Area, ground: Rgb) -> Self {
        let area = Area { height: cell.height - CAPTION, ..cell };
        Self { setting, area, ground, nodes: vec![rounded(area, RADIUS, ground)] }
    }

    /// Hangs the scene into the page, said and captioned by the key of what it shows.
    pub(crate) fn finish(self, page: &mut Page, key: &str) -> Result<(), Fault> {
        let scene = self.setting.say(key, &[])?;
        let name = self.setting.brand.name();
        let alt = self.setting.say("kit-alt-scene", &[("scene", &scene), ("name", name)])?;
        page.push(Part::new(Role::Figure(alt), self.nodes));
        let at = Area { y: self.area.bottom() + 11.0, ..self.area };
        let style = self.setting.on_one_line(&scene, &self.setting.label(), at.width);
        self.setting.write(page, &scene, &style, at);
        Ok(())
    }

    pub(crate) fn push(&mut self, node: Node) {
        self.nodes.push(node);
    }

    pub(crate) fn shape(&mut self, path: BezPath, color: Rgb) {
        self.nodes.push(Node::Fill(Fill { path, color }));
    }

    /// A shape cut off where the area ends.
    pub(crate) fn cut(&mut self, path: &BezPath, area: Area, color: Rgb) {
        let frame = form::rect(area.x, area.y, area.right(), area.bottom());
        self.shape(inside(path, &frame), color);
    }

    /// A sheet that lies on the ground and throws a soft shadow.
    pub(crate) fn sheet(&mut self, area: Area, radius: f64, color: Rgb) {
        let shadow = mix(self.ground, Rgb::BLACK, SHADE);
        let below = Area { x: area.x + 2.0, y: area.y + 3.5, ..area };
        self.nodes.push(rounded(below, radius, shadow));
        self.nodes.push(rounded(area, radius, color));
    }

    /// A drawing in a colourway.
    pub(crate) fn logo(
        &mut self,
        of: &Drawing,
        area: Area,
        anchor: Anchor,
        colorway: Colorway,
    ) -> Result<(), Fault> {
        let colors = &self.setting.brand.design.palette.logo;
        self.nodes.extend(drawing(of, area, anchor, &|role| colorway.color(role, colors))?);
        Ok(())
    }

    /// A drawing in one colour.
    pub(crate) fn plain(
        &mut self,
        of: &Drawing,
        area: Area,
        anchor: Anchor,
        color: Rgb,
    ) -> Result<(), Fault> {
        self.nodes.extend(drawing(of, area, anchor, &|_: FillRole| color)?);
        Ok(())
    }

    /// Lines that stand for words, one for each share of the width.
    pub(crate) fn words(&mut self, area: Area, step: f64, shares: &[f64], color: Rgb) {
        for (index, share) in shares.iter().enumerate() {
            let y = area.y + step * index as f64;
            self.nodes.push(rectangle(Area::new(area.x, y, area.width * share, step * 0.3), color));
        }
    }

    /// Real words.
    pub(crate) fn text(&mut self, text: &str, style: &core_pdf::Style, area: Area) {
        self.nodes.extend(self.setting.placed(text, style, area));
    }
}

/// A step of a scale; older designs may lack one, then the surface of the light theme stands in.
pub(crate) fn step(setting: &Setting, scale: &str, step: u16) -> Rgb {
    let scale = setting.brand.design.palette.scales.iter().find(|other| other.id == scale);
    let found = scale.and_then(|scale| scale.steps.iter().find(|other| other.step == step));
    found.map_or(setting.light.panel, |step| step.rgb)
}

/// A box with round corners above and straight ones below.
pub(crate) fn standing(area: Area, radius: f64) -> BezPath {
    let round = form::rounded_rect(area.x, area.y, area.right(), area.bottom(), radius);
    let foot = form::rect(area.x, area.bottom() - radius, area.right(), area.bottom());
    finely(combine::union(&[larger(&round), larger(&foot)]))
}

/// Outlines are combined on the scale of a drawing, where a letter of a small logo keeps its holes.
const FINE: f64 = 40.0;

fn larger(path: &BezPath) -> BezPath {
    Affine::scale(FINE) * path.clone()
}

fn finely(path: BezPath) -> BezPath {
    Affine::scale(1.0 / FINE) * path
}

/// What of a shape lies in a frame.
pub(crate) fn inside(path: &BezPath, frame: &BezPath) -> BezPath {
    finely(combine::intersect(&larger(path), &larger(frame)))
}

/// The outline of a shape as a line of this width.
pub(crate) fn outlined(path: &BezPath, width: f64) -> Vec<BezPath> {
    let contours = bezier::contours(&larger(path));
    contours.iter().map(|contour| finely(stroke(contour, width * FINE, Corner::Round, Cap::Round))).collect()
}
