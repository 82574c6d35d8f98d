//! The logo: its lockups, its colourways, and what never to do with it.

use super::scene::inside;
use crate::brand::mix;
use crate::setting::{GUTTER, RADIUS, Setting};
use core_brand::brief::Complexity;
use core_brand::{Fault, FillRole, Rgb};
use core_pdf::{Align, Anchor, Area, Fill, Node, Page, Part, Role, drawing, rectangle, rounded, warped};
use core_vector::colorway::Colorway;
use core_vector::form;
use core_vector::lockup::Lockup;
use kurbo::Affine;

/// The logo and its mark large, the other lockups below.
pub(crate) fn page(setting: &Setting) -> Result<Page, Fault> {
    let title = setting.say("kit-lockups", &[])?;
    let intro = setting.say("kit-logo-intro", &[])?;
    let (mut page, stage) = setting.chapter(&setting.light, &title, &intro);
    let colors = &setting.brand.design.palette.logo;
    let color = |role: FillRole| Colorway::Color.color(role, colors);
    // The two that are used most, large; then the others.
    let upper = Area { height: UPPER, ..stage };
    let y = upper.bottom() + GUTTER;
    let lower = Area { y, height: stage.bottom() - y, ..stage };
    let cells = [
        (Lockup::Horizontal, upper.columns(0, 6, 9, GUTTER)),
        (Lockup::Mark, upper.columns(6, 3, 9, GUTTER)),
        (Lockup::Stacked, lower.columns(0, 1, 4, GUTTER)),
        (Lockup::Square, lower.columns(1, 1, 4, GUTTER)),
        (Lockup::Badge, lower.columns(2, 1, 4, GUTTER)),
        (Lockup::Wordmark, lower.columns(3, 1, 4, GUTTER)),
    ];
    for (lockup, cell) in cells {
        let tile = Area { height: cell.height - 44.0, ..cell };
        page.push(setting.panel(tile));
        page.push(setting.figure(lockup, tile.inset(inset(lockup)), Anchor::CENTER, &color)?);
        caption(setting, &mut page, cell, tile.bottom() + 12.0, &format!("kit-lockup-{}", lockup.id()))?;
    }
    Ok(page)
}

/// The height of the row with the logo itself.
const UPPER: f64 = 272.0;

/// The air around a lockup in its tile, so that all of them look like sizes of one logo.
fn inset(lockup: Lockup) -> f64 {
    match lockup {
        Lockup::Horizontal => 48.0,
        Lockup::Mark => 52.0,
        // It brings some of its own.
        Lockup::Square => 10.0,
        _ => 18.0,
    }
}

/// The colourways on what they are made for.
pub(crate) fn colorways(setting: &Setting) -> Result<Page, Fault> {
    let title = setting.say("kit-colorways", &[])?;
    let intro = setting.say("kit-colorways-intro", &[])?;
    let (mut page, stage) = setting.chapter(&setting.light, &title, &intro);
    let colors = &setting.brand.design.palette.logo;
    for (index, colorway) in Colorway::ALL.into_iter().enumerate() {
        let cell = stage.cell(index, 3, 2, GUTTER);
        let tile = Area { height: cell.height - 44.0, ..cell };
        page.push(ground(setting, colorway, tile));
        let inner = tile.inset(28.0);
        page.push(
            setting
                .figure(setting.best(inner), inner, Anchor::CENTER, &|role| colorway.color(role, colors))?,
        );
        caption(setting, &mut page, cell, tile.bottom() + 12.0, &format!("kit-colorway-{}", colorway.id()))?;
    }
    Ok(page)
}

/// What a colourway is shown on: panel, dark ground, bare paper, and a picture's stand-in.
pub(super) fn ground(setting: &Setting, colorway: Colorway, tile: Area) -> Part {
    let logo = &setting.brand.design.palette.logo;
    let plain = |color: Rgb| Part::artifact(vec![rounded(tile, RADIUS, color)]);
    match colorway {
        Colorway::Color | Colorway::Mono => setting.panel(tile),
        Colorway::Reversed => plain(logo.ground_dark),
        Colorway::Black | Colorway::Grey => {
            let paper = rounded(tile.inset(0.5), RADIUS - 0.5, Rgb::WHITE);
            Part::artifact(vec![rounded(tile, RADIUS, setting.light.rule), paper])
        }
        Colorway::White => {
            // Where white reads on the primary, that is its ground; else a dark grey as in a photograph.
            let primary = setting.brand.design.palette.swatch("primary").map(|swatch| swatch.rgb);
            let reads = |rgb: &Rgb| core_color::contrast(*rgb, Rgb::WHITE) >= 3.0;
            plain(primary.filter(reads).unwrap_or(Rgb::new(34, 34, 34)))
        }
    }
}

/// A name and a sentence under a tile.
fn caption(setting: &Setting, page: &mut Page, cell: Area, y: f64, key: &str) -> Result<(), Fault> {
    let name = setting.say(key, &[])?;
    let base = page.text(Role::Paragraph, &setting.fonts, &name, &setting.label(), Area { y, ..cell });
    let about = setting.say(&format!("{key}-use"), &[])?;
    page.text(Role::Paragraph, &setting.fonts, &about, &setting.caption(), Area { y: base + 7.0, ..cell });
    Ok(())
}

/// Ways to spoil the logo, drawn with the logo itself: six in a short book, nine in a whole one.
pub(crate) fn misuse(setting: &Setting) -> Result<Page, Fault> {
    let title = setting.say("kit-misuse", &[])?;
    let intro = setting.say("kit-misuse-intro", &[])?;
    let (mut page, stage) = setting.chapter(&setting.light, &title, &intro);
    let is_whole = setting.brand.order.brief.complexity != Complexity::Simple;
    let (columns, shown) = if is_whole { (3, 9) } else { (2, 6) };
    for (index, wrong) in Wrong::ALL.into_iter().take(shown).enumerate() {
        let cell = stage.cell(index, columns, 3, GUTTER);
        let tile = Area { height: cell.height - 36.0, ..cell };
        let says = setting.say(&format!("kit-misuse-{}", wrong.id()), &[])?;
        page.push(wrong.tile(setting, tile));
        page.push(Part::new(Role::Figure(says.clone()), wrong.draw(setting, tile)?));
        let cross = Area::new(cell.x, tile.bottom() + 10.0, 7.0, 7.0);
        page.push(Part::artifact(strike(cross, setting.brand.role("light", "danger")?)));
        let words = Area { x: cell.x + 14.0, y: tile.bottom() + 10.5, width: cell.width - 14.0, ..cell };
        let style = setting.caption().color(setting.light.text).hyphens(false);
        setting.write(&mut page, &says, &style, words);
    }
    Ok(page)
}

#[derive(Clone, Copy)]
enum Wrong {
    Stretched,
    Turned,
    Recolored,
    Drowned,
    Crowded,
    Rearranged,
    Shadowed,
    Cropped,
    Retyped,
}

impl Wrong {
    const ALL: [Self; 9] = [
        Self::Stretched,
        Self::Turned,
        Self::Recolored,
        Self::Drowned,
        Self::Crowded,
        Self::Rearranged,
        Self::Shadowed,
        Self::Cropped,
        Self::Retyped,
    ];

    fn id(self) -> &'static str {
        match self {
            Self::Stretched => "stretched",
            Self::Turned => "turned",
            Self::Recolored => "recolored",
            Self::Drowned => "contrast",
            Self::Crowded => "crowded",
            Self::Rearranged => "rearranged",
            Self::Shadowed => "shadow",
            Self::Cropped => "cropped",
            Self::Retyped => "retyped",
        }
    }

    fn tile(self, setting: &Setting, area: Area) -> Part {
        let colors = &setting.brand.design.palette.logo;
        match self {
            // Nearly the colour of the mark: the logo drowns.
            Self::Drowned => Part::artifact(vec![rounded(area, RADIUS, mix(colors.mark, colors.ink, 0.25))]),
            _ => setting.panel(area),
        }
    }

    fn draw(self, setting: &Setting, tile: Area) -> Result<Vec<Node>, Fault> {
        let colors = &setting.brand.design.palette.logo;
        // Narrow tiles leave less air, or the logo would be too small to be spoilt.
        let (side, top) = if tile.width > 200.0 { (52.0, 30.0) } else { (28.0, 26.0) };
        let area = Area {
            x: tile.x + side,
            y: tile.y + top,
            width: tile.width - 2.0 * side,
            height: tile.height - 2.0 * top,
        };
        let middle = (tile.x + tile.width / 2.0, tile.y + tile.height / 2.0);
        let right = |role: FillRole| Colorway::Color.color(role, colors);
        let logo = setting.logo_for(area);
        let normal = |area: Area| drawing(logo, area, Anchor::CENTER, &right);
        match self {
            Self::Stretched => Ok(warped(normal(area)?, [1.12, 0.0, 0.0, 0.55], middle)),
            // Twelve degrees.
            Self::Turned => Ok(warped(normal(area)?, [0.8802, -0.1871, 0.1871, 0.8802], middle)),
            Self::Recolored => {
                let wrong = |role: FillRole| {
                    if role == FillRole::Ink {
                        Rgb::new(0x8a, 0x4f, 0xbf)
                    } else {
                        Rgb::new(0x3d, 0xb8, 0x6b)
                    }
                };
                drawing(logo, area, Anchor::CENTER, &wrong)
            }
            Self::Drowned => normal(area),
            Self::Crowded => {
                let mut nodes = normal(area)?;
                nodes.extend(crowd(setting, &nodes, area));
                Ok(nodes)
            }
            Self::Rearranged => rearranged(setting, tile, &right),
            Self::Shadowed => {
                let lower = Area { x: area.x + 3.0, y: area.y + 3.5, ..area };
                let grey = mix(setting.light.panel, Rgb::BLACK, 0.3);
                let mut nodes = drawing(logo, lower, Anchor::CENTER, &|_| grey)?;
                nodes.extend(normal(area)?);
                Ok(nodes)
            }
            Self::Cropped => Ok(cropped(normal(Area { x: area.x + area.width * 0.3, ..area })?, tile)),
            Self::Retyped => retyped(setting, area, &right),
        }
    }
}

/// Bars of text that press against the logo.
fn crowd(setting: &Setting, logo: &[Node], area: Area) -> Vec<Node> {
    let bounds = Part::new(Role::Paragraph, logo.to_vec()).area().unwrap_or(area);
    let bar = mix(setting.light.panel, setting.light.text, 0.3);
    let line = |y: f64, share: f64| rectangle(Area::new(bounds.x, y, bounds.width * share, 4.0), bar);
    vec![
        line(bounds.y - 13.0, 0.92),
        line(bounds.y - 5.5, 0.71),
        line(bounds.bottom() + 2.0, 1.0),
        line(bounds.bottom() + 9.5, 0.83),
    ]
}

/// What is left of the logo inside the tile.
fn cropped(logo: Vec<Node>, tile: Area) -> Vec<Node> {
    let bounds = Part::artifact(logo.clone()).area().unwrap_or(tile);
    // A short logo would not reach the edge by itself.
    let by = (tile.right() - bounds.x - bounds.width * 0.78).max(0.0);
    let frame = form::rect(tile.x, tile.y, tile.right(), tile.bottom());
    let cut = |node: Node| match node {
        Node::Fill(fill) => {
            let moved = Affine::translate((by, 0.0)) * fill.path;
            Node::Fill(Fill { path: inside(&moved, &frame), ..fill })
        }
        other => other,
    };
    logo.into_iter().map(cut).collect()
}

/// The mark beside the name in the face of running text.
fn retyped(setting: &Setting, area: Area, color: &dyn Fn(FillRole) -> Rgb) -> Result<Vec<Node>, Fault> {
    let side = (area.height * 0.62).min(area.width * 0.24);
    let y = area.y + (area.height - side) / 2.0;
    let mut nodes =
        drawing(&setting.brand.logo().mark, Area::new(area.x, y, side, side), Anchor::CENTER, color)?;
    let name = setting.brand.name();
    let words = Area { x: area.x + side + 9.0, width: area.width - side - 9.0, ..area };
    let style = setting.body().size(side * 0.62).leading(1.15).color(color(FillRole::Ink)).align(Align::Left);
    let style = style.hyphens(false).font(setting.font_for(name, setting.text));
    let style = setting.unbroken(name, &style, words.width);
    let style = setting.fitted(name, &style, Area { height: side, ..words });
    let height = setting.height(name, &style, words.width);
    nodes.extend(setting.placed(name, &style, Area { y: area.y + (area.height - height) / 2.0, ..words }));
    Ok(nodes)
}

/// The mark behind and far too large for the name.
fn rearranged(setting: &Setting, tile: Area, color: &dyn Fn(FillRole) -> Rgb) -> Result<Vec<Node>, Fault> {
    let concept = setting.brand.logo();
    let word = Area {
        x: tile.x + 44.0,
        y: tile.y + tile.height * 0.28,
        width: tile.width * 0.46,
        height: tile.height * 0.2,
    };
    let mark = Area {
        x: tile.x + tile.width * 0.5,
        y: tile.y + tile.height * 0.3,
        width: tile.width * 0.42,
        height: tile.height * 0.58,
    };
    let mut nodes = drawing(&concept.wordmark, word, Anchor::LEFT, color)?;
    nodes.extend(drawing(&concept.mark, mark, Anchor::CENTER, color)?);
    Ok(nodes)
}

/// A cross of two bars.
fn strike(area: Area, color: Rgb) -> Vec<Node> {
    // The sine and cosine of 45 degrees.
    const HALF: f64 = std::f64::consts::FRAC_1_SQRT_2;
    let middle = (area.x + area.width / 2.0, area.y + area.height / 2.0);
    let length = area.width * 1.25;
    let bars = vec![
        rectangle(Area::new(middle.0 - length / 2.0, middle.1 - 0.7, length, 1.4), color),
        rectangle(Area::new(middle.0 - 0.7, middle.1 - length / 2.0, 1.4, length), color),
    ];
    warped(bars, [HALF, HALF, -HALF, HALF], middle)
}
