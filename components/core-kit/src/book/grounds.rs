//! The logo on every colour of the brand, each time in the version that can be seen there.

use crate::setting::{GRAPHIC, GUTTER, RADIUS, Setting};
use core_brand::{Fault, FillRole, Rgb};
use core_color::contrast;
use core_pdf::{Anchor, Area, Page, Part, Role, drawing, rounded};
use core_vector::colorway::Colorway;

const COLUMNS: usize = 3;
const ROWS: usize = 3;
/// Asked in this order: the fullest version that can be seen wins.
const VERSIONS: [Colorway; 4] = [Colorway::Color, Colorway::Reversed, Colorway::White, Colorway::Black];

pub(crate) fn page(setting: &Setting) -> Result<Page, Fault> {
    let title = setting.say("kit-grounds", &[])?;
    let intro = setting.say("kit-grounds-intro", &[])?;
    let (mut page, stage) = setting.chapter(&setting.light, &title, &intro);
    for (index, (name, ground)) in grounds(setting)?.into_iter().take(COLUMNS * ROWS).enumerate() {
        one(setting, &mut page, stage.cell(index, COLUMNS, ROWS, GUTTER), &name, ground)?;
    }
    Ok(page)
}

/// White, the palette, the dark ground, and steps between; each colour once.
fn grounds(setting: &Setting) -> Result<Vec<(String, Rgb)>, Fault> {
    let palette = &setting.brand.design.palette;
    let mut found: Vec<(String, Rgb)> = vec![(setting.say("kit-ground-white", &[])?, Rgb::WHITE)];
    found.extend(palette.swatches.iter().rev().map(|swatch| (swatch.name.clone(), swatch.rgb)));
    found.insert(3.min(found.len()), (setting.say("kit-ground-dark", &[])?, palette.logo.ground_dark));
    for (scale, step) in [("primary", 200), ("neutral", 100), ("neutral", 500), ("accent", 200)] {
        let steps = palette.scales.iter().find(|other| other.id == scale).map(|scale| &scale.steps);
        if let Some(step) = steps.and_then(|steps| steps.iter().find(|other| other.step == step)) {
            let name = setting.say(&format!("kit-swatch-{scale}"), &[])?;
            found.push((format!("{name} {}", step.step), step.rgb));
        }
    }
    let mut once: Vec<(String, Rgb)> = Vec::new();
    for ground in found {
        if once.iter().all(|(_, rgb)| *rgb != ground.1) {
            once.push(ground);
        }
    }
    Ok(once)
}

/// The version for a ground, and the contrast of its palest part there.
pub(crate) fn version(setting: &Setting, ground: Rgb) -> (Colorway, f64) {
    let colors = &setting.brand.design.palette.logo;
    let least = |colorway: &Colorway| {
        let parts = [FillRole::Mark, FillRole::Accent, FillRole::Ink];
        parts.map(|role| contrast(colorway.color(role, colors), ground)).into_iter().fold(f64::MAX, f64::min)
    };
    let measured = VERSIONS.map(|colorway| (colorway, least(&colorway)));
    let seen = measured.iter().find(|(_, least)| *least >= GRAPHIC).copied();
    let best = measured.into_iter().max_by(|one, other| one.1.total_cmp(&other.1));
    seen.or(best).unwrap_or((Colorway::Black, 1.0))
}

fn one(setting: &Setting, page: &mut Page, cell: Area, name: &str, ground: Rgb) -> Result<(), Fault> {
    let tile = Area { height: cell.height - 38.0, ..cell };
    let mut nodes = vec![rounded(tile, RADIUS, ground)];
    if contrast(ground, setting.light.ground) < 1.25 {
        nodes =
            vec![rounded(tile, RADIUS, setting.light.rule), rounded(tile.inset(0.5), RADIUS - 0.5, ground)];
    }
    page.push(Part::artifact(nodes));
    let (colorway, least) = version(setting, ground);
    let said = setting.say(&format!("kit-colorway-{}", colorway.id()), &[])?;
    let alt = setting.say("kit-alt-ground", &[("ground", name), ("version", &said)])?;
    let inner = tile.inset(24.0);
    let colors = &setting.brand.design.palette.logo;
    let nodes =
        drawing(setting.logo_for(inner), inner, Anchor::CENTER, &|role| colorway.color(role, colors))?;
    page.push(Part::new(Role::Figure(alt), nodes));
    let label = setting.on_one_line(name, &setting.label(), cell.width);
    let base = setting.write(page, name, &label, Area { y: tile.bottom() + 11.0, ..cell });
    let values = format!("{ground}  \u{b7}  {said}  \u{b7}  {}:1", setting.number(least, 1));
    let style = setting.on_one_line(&values, &setting.caption(), cell.width);
    setting.write(page, &values, &style, Area { y: base + 6.5, ..cell });
    Ok(())
}
