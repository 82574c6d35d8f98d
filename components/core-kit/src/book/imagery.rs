//! How pictures are composed and icons drawn. Shown as figures: a book without photographs promises none.

use super::grounds::version;
use super::icons::{self, Pen};
use super::scene::{inside, step};
use crate::brand::mix;
use crate::setting::{GUTTER, RADIUS, Setting};
use core_brand::{Fault, Rgb};
use core_pdf::{Anchor, Area, Fill, Node, Page, Part, Role, drawing, rectangle, rounded};
use core_vector::form;
use kurbo::{Affine, BezPath, Point};

/// The height of a picture, and of the upper part with its words.
const PICTURE: f64 = 150.0;
const UPPER: f64 = 246.0;
/// The large icon at the left of the others.
const LARGE: f64 = 118.0;

pub(crate) fn page(setting: &Setting) -> Result<Page, Fault> {
    let title = setting.say("kit-imagery", &[])?;
    let intro = setting.say("kit-imagery-intro", &[])?;
    let (mut page, stage) = setting.chapter(&setting.light, &title, &intro);
    let warm = setting.brand.design.traits.get("warm").copied().unwrap_or_default() >= 0.0;
    let pictures = [
        ("kit-image-subject", subject as fn(&Setting, Area) -> Result<Vec<Node>, Fault>),
        ("kit-image-room", room),
        if warm { ("kit-image-warm", evening) } else { ("kit-image-cool", daylight) },
    ];
    for (index, (key, draw)) in pictures.into_iter().enumerate() {
        let cell = Area { height: UPPER, ..stage }.columns(index, 1, 3, GUTTER);
        let frame = Area { height: PICTURE, ..cell };
        let says = setting.say(key, &[])?;
        page.push(Part::new(Role::Figure(says.clone()), draw(setting, frame)?));
        let words = Area { y: frame.bottom() + 13.0, height: UPPER - PICTURE - 20.0, ..cell };
        let style = setting.fitted(&says, &setting.body(), words);
        setting.write(&mut page, &says, &style, words);
    }
    let y = stage.y + UPPER + GUTTER;
    set_of_icons(setting, &mut page, Area { y, height: stage.bottom() - y, ..stage })?;
    Ok(page)
}

/// What of a shape lies in a frame.
fn cut(path: &BezPath, frame: Area, color: Rgb) -> Node {
    let edge = form::rounded_rect(frame.x, frame.y, frame.right(), frame.bottom(), RADIUS);
    Node::Fill(Fill { path: inside(path, &edge), color })
}

/// A thing on a table, where two thirds meet.
fn subject(setting: &Setting, frame: Area) -> Result<Vec<Node>, Fault> {
    let (wall, table) = (step(setting, "primary", 200), step(setting, "primary", 300));
    let edge = frame.y + frame.height * 0.74;
    let middle = Point::new(frame.x + frame.width * 2.0 / 3.0, frame.y + frame.height * 0.5);
    let radius = frame.height * 0.27;
    let mut nodes = vec![rounded(frame, RADIUS, wall)];
    nodes.push(cut(&form::rect(frame.x, edge, frame.right(), frame.bottom()), frame, table));
    let foot = Point::new(middle.x + radius * 0.24, middle.y + radius * 0.98);
    nodes.push(cut(&form::ellipse(foot, radius * 0.95, radius * 0.14), frame, mix(table, Rgb::BLACK, 0.16)));
    nodes.push(cut(&form::circle(middle, radius), frame, setting.brand.swatch("accent")?));
    let light = Point::new(middle.x - radius * 0.2, middle.y - radius * 0.2);
    let lit = inside(&form::circle(middle, radius), &form::circle(light, radius * 0.86));
    let lit_color = mix(setting.brand.swatch("accent")?, Rgb::WHITE, 0.14);
    nodes.push(Node::Fill(Fill { path: lit, color: lit_color }));
    let line = mix(wall, setting.light.text, 0.35);
    for third in [1.0 / 3.0, 2.0 / 3.0] {
        let (x, y) = (frame.x + frame.width * third, frame.y + frame.height * third);
        nodes.push(rectangle(Area::new(x, frame.y, 0.4, frame.height), line));
        nodes.push(rectangle(Area::new(frame.x, y, frame.width, 0.4), line));
    }
    Ok(nodes)
}

/// Things that crowd to one side, and the logo on the quiet one.
fn room(setting: &Setting, frame: Area) -> Result<Vec<Node>, Fault> {
    let ground = setting.brand.design.palette.logo.ground_dark;
    let mut nodes = vec![rounded(frame, RADIUS, ground)];
    let at = |x: f64, y: f64| Point::new(frame.x + frame.width * x, frame.y + frame.height * y);
    let stems = [
        (0.8, 0.6, 0.26, "primary", 800),
        (0.96, 0.3, 0.34, "primary", 600),
        (0.88, 0.96, 0.28, "accent", 500),
    ];
    for (x, y, radius, scale, shade) in stems {
        nodes.push(cut(&form::circle(at(x, y), frame.height * radius), frame, step(setting, scale, shade)));
    }
    let place = Area {
        x: frame.x + 15.0,
        y: frame.y + frame.height * 0.3,
        width: frame.width * 0.42,
        height: frame.height * 0.3,
    };
    let (colorway, _) = version(setting, ground);
    let colors = &setting.brand.design.palette.logo;
    nodes
        .extend(drawing(setting.logo_for(place), place, Anchor::LEFT, &|role| colorway.color(role, colors))?);
    let words = Area { y: place.bottom() + 9.0, height: 2.0, ..place };
    let grey = mix(ground, setting.dark.text, 0.5);
    nodes.push(rectangle(Area { width: words.width * 0.9, ..words }, grey));
    nodes.push(rectangle(Area { y: words.y + 6.0, width: words.width * 0.6, ..words }, grey));
    Ok(nodes)
}

/// A low sun.
fn evening(setting: &Setting, frame: Area) -> Result<Vec<Node>, Fault> {
    let sun = Point::new(frame.x + frame.width * 0.34, frame.y + frame.height * 0.7);
    let mut nodes = rings(setting, frame, sun, "accent");
    let hills = step(setting, "primary", 700);
    let hill = form::ellipse(
        Point::new(frame.x + frame.width * 0.8, frame.bottom() + 18.0),
        frame.width * 0.62,
        62.0,
    );
    nodes.push(cut(&hill, frame, step(setting, "primary", 500)));
    let near = form::ellipse(
        Point::new(frame.x + frame.width * 0.15, frame.bottom() + 26.0),
        frame.width * 0.7,
        50.0,
    );
    nodes.push(cut(&near, frame, hills));
    Ok(nodes)
}

/// Light from above, on few clean things.
fn daylight(setting: &Setting, frame: Area) -> Result<Vec<Node>, Fault> {
    let sun = Point::new(frame.x + frame.width * 0.8, frame.y);
    let mut nodes = rings(setting, frame, sun, "primary");
    let block = |x: f64, width: f64, height: f64| {
        form::rect(
            frame.x + frame.width * x,
            frame.bottom() - frame.height * height,
            frame.x + frame.width * (x + width),
            frame.bottom(),
        )
    };
    nodes.push(cut(&block(0.12, 0.2, 0.5), frame, step(setting, "primary", 700)));
    nodes.push(cut(&block(0.32, 0.09, 0.5), frame, step(setting, "primary", 900)));
    nodes.push(cut(&block(0.5, 0.26, 0.28), frame, setting.brand.swatch("accent")?));
    nodes.push(cut(&block(0.76, 0.08, 0.28), frame, step(setting, "accent", 700)));
    Ok(nodes)
}

/// Light as rings around its source, brightest in the middle.
fn rings(setting: &Setting, frame: Area, source: Point, scale: &str) -> Vec<Node> {
    let mut nodes = vec![rounded(frame, RADIUS, step(setting, scale, 300))];
    for (radius, shade) in [(1.0, 200), (0.68, 100), (0.4, 50)] {
        nodes.push(cut(
            &form::circle(source, frame.width * 0.62 * radius),
            frame,
            step(setting, scale, shade),
        ));
    }
    nodes.push(cut(&form::circle(source, frame.width * 0.13), frame, Rgb::WHITE));
    nodes
}

/// One icon large on its square, the others in rows, the rule beside them.
fn set_of_icons(setting: &Setting, page: &mut Page, area: Area) -> Result<(), Fault> {
    let pen = Pen::of(&setting.brand.design.guidance);
    let left = area.columns(0, 3, 9, GUTTER);
    let head = setting.say("kit-icons", &[])?;
    let base = setting.head(page, &head, &setting.heading(), Area { y: left.y + 6.0, ..left });
    let places = usize::from(pen.width.fract() != 0.0) + usize::from((pen.width * 2.0).fract() != 0.0);
    let key = if pen.is_round { "kit-icons-round" } else { "kit-icons-sharp" };
    let rule = setting.say(key, &[("stroke", &setting.number(pen.width, places))])?;
    setting.write(page, &rule, &setting.body(), Area { y: base + 14.0, width: left.width - 10.0, ..left });

    let tile = area.columns(3, 6, 9, GUTTER);
    page.push(setting.panel(tile));
    let large = Area::new(tile.x + 30.0, tile.y + (tile.height - LARGE) / 2.0, LARGE, LARGE);
    page.push(Part::artifact(squared(setting, large)));
    let mut figure = Part::new(Role::Figure(setting.say("kit-alt-icons", &[])?), Vec::new());
    let others = Area { x: large.right() + 34.0, width: tile.right() - large.right() - 64.0, ..large };
    let ink = setting.light.text;
    for (index, icon) in pen.icons().into_iter().enumerate() {
        let place = match index {
            0 => large,
            other => others.cell(other - 1, 4, 2, 26.0).fit(1.0, 1.0, Anchor::CENTER),
        };
        let scale = place.width / (icons::SIDE * icons::FIELD);
        let to = Affine::new([scale, 0.0, 0.0, scale, place.x, place.y]);
        figure.nodes.extend(icon.into_iter().map(|path| Node::Fill(Fill { path: to * path, color: ink })));
    }
    page.push(figure);
    Ok(())
}

/// The square of 24 fields that icons stand on.
fn squared(setting: &Setting, area: Area) -> Vec<Node> {
    let rule = mix(setting.light.panel, setting.light.text, 0.13);
    let step = area.width / icons::SIDE;
    let lines = (0..=icons::SIDE as u32).flat_map(|index| {
        let at = step * f64::from(index) - 0.15;
        [
            rectangle(Area::new(area.x + at, area.y, 0.3, area.height), rule),
            rectangle(Area::new(area.x, area.y + at, area.width, 0.3), rule),
        ]
    });
    lines.collect()
}
