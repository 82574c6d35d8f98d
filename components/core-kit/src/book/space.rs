//! Clear space and smallest size, measured on this logo.

use crate::brand::mix;
use crate::setting::{GUTTER, Setting};
use core_brand::{Fault, FillRole};
use core_pdf::{Align, Anchor, Area, Page, Part, Role, drawing, rectangle, rounded};
use core_vector::colorway::Colorway;
use core_vector::lockup::{Lockup, compose};

/// A CSS pixel is three quarters of a point, and 0.2646 mm.
const PX_PT: f64 = 0.75;
const PX_MM: f64 = 0.264_583;
/// The sizes a mark is shown at.
const LADDER: [u32; 6] = [16, 24, 32, 48, 64, 96];

pub(crate) fn page(setting: &Setting) -> Result<Page, Fault> {
    let title = setting.say("kit-space", &[])?;
    let intro = setting.say("kit-space-intro", &[])?;
    let (mut page, stage) = setting.chapter(&setting.light, &title, &intro);
    let upper = Area { height: 336.0, ..stage };
    clear_space(setting, &mut page, upper)?;
    let y = upper.bottom() + GUTTER + 10.0;
    smallest(setting, &mut page, Area { y, height: stage.bottom() - y, ..stage })?;
    Ok(page)
}

/// The logo in its box, the zone around it, and the unit in the corners.
fn clear_space(setting: &Setting, page: &mut Page, area: Area) -> Result<(), Fault> {
    let concept = setting.brand.logo();
    let logo = compose(concept, Lockup::Horizontal);
    // In lockups the mark is the unit; the horizontal one is as high as its mark or higher.
    let side = mark_side(&logo, concept.mark.width.max(concept.mark.height));
    let unit = side * concept.clear_space;
    let tile = Area { height: area.height - 34.0, ..area };
    page.push(setting.panel(tile));
    let zone = tile.inset(30.0).fit(logo.width + 2.0 * unit, logo.height + 2.0 * unit, Anchor::CENTER);
    let step = unit * zone.width / (logo.width + 2.0 * unit);
    let tint = mix(setting.light.panel, setting.brand.swatch("primary")?, 0.16);
    let strong = mix(setting.light.panel, setting.brand.swatch("primary")?, 0.34);
    let inner = zone.inset(step);
    page.push(Part::artifact(vec![rectangle(zone, tint), rectangle(inner, setting.light.panel)]));
    let corner = |x: f64, y: f64| Area::new(x, y, step, step);
    let corners = [
        corner(zone.x, zone.y),
        corner(zone.right() - step, zone.y),
        corner(zone.x, zone.bottom() - step),
        corner(zone.right() - step, zone.bottom() - step),
    ];
    let style = setting.label().size((step * 0.42).clamp(4.0, 11.0)).align(Align::Center);
    let cap = setting.fonts.cap_height(&style);
    for corner in corners {
        let mut nodes = vec![rectangle(corner, strong)];
        nodes.extend(setting.placed("x", &style, Area { y: corner.y + (step - cap) / 2.0, ..corner }));
        page.push(Part::artifact(nodes));
    }
    let colors = &setting.brand.design.palette.logo;
    page.push(
        setting
            .figure(Lockup::Horizontal, inner, Anchor::CENTER, &|role| Colorway::Color.color(role, colors))?,
    );
    let share = setting.number(concept.clear_space * 100.0, 0);
    let rule = setting.say("kit-space-rule", &[("percent", &share)])?;
    let at = Area { y: tile.bottom() + 14.0, ..area };
    page.text(Role::Paragraph, &setting.fonts, &rule, &setting.body(), at);
    Ok(())
}

/// The mark's side inside a lockup: lockups scale every mark to one side, which is at most their height.
fn mark_side(logo: &core_brand::Drawing, side: f64) -> f64 {
    if logo.height > 0.0 { logo.height.min(LOCKUP_SIDE) } else { side }
}

/// The side that lockups are composed with.
const LOCKUP_SIDE: f64 = 1000.0;

/// The mark at true size in pixels, the smallest allowed one named.
fn smallest(setting: &Setting, page: &mut Page, area: Area) -> Result<(), Fault> {
    let head = setting.say("kit-smallest", &[])?;
    let base = page.text(Role::Heading(2), &setting.fonts, &head, &setting.heading(), area);
    let concept = setting.brand.logo();
    let px = concept.mark_px_min.max(1);
    let mm = setting.number(f64::from(px) * PX_MM, 1);
    let rule = setting.count("kit-smallest-rule", ("px", px), &[("mm", &mm)])?;
    let words = Area { y: base + 12.0, ..area.columns(0, 3, 9, GUTTER) };
    page.text(Role::Paragraph, &setting.fonts, &rule, &setting.body(), words);

    let colors = &setting.brand.design.palette.logo;
    let color = |role: FillRole| Colorway::Color.color(role, colors);
    let ladder = area.columns(3, 6, 9, GUTTER);
    let floor = area.y + f64::from(LADDER[LADDER.len() - 1]) * PX_PT;
    let mut sizes: Vec<u32> = LADDER.into_iter().filter(|size| *size > px).collect();
    sizes.insert(0, px);
    let alt = setting.count("kit-alt-sizes", ("px", px), &[])?;
    let mut figure = Part::new(Role::Figure(alt), Vec::new());
    let mut labels = Vec::new();
    let widths: f64 = sizes.iter().map(|size| f64::from(*size) * PX_PT).sum();
    let gap = ((ladder.width - widths) / sizes.len().max(2) as f64).min(34.0);
    let mut x = ladder.x + 10.0;
    for size in sizes {
        let side = f64::from(size) * PX_PT;
        let place = Area::new(x, floor - side, side, side);
        figure.nodes.extend(drawing(&concept.mark, place, Anchor { x: 0.5, y: 1.0 }, &color)?);
        let style = if size == px { setting.label().size(7.2) } else { setting.caption() };
        let room = Area::new(x - 14.0, floor + 12.0, side + 28.0, 0.0);
        labels.extend(setting.placed(&format!("{size} px"), &style.align(Align::Center), room));
        x += side + gap;
    }
    page.push(figure);
    page.push(Part::new(Role::Paragraph, labels));
    page.push(Part::artifact(vec![rounded(
        Area::new(ladder.x, floor + 4.0, ladder.width, 0.5),
        0.0,
        setting.light.rule,
    )]));
    Ok(())
}
