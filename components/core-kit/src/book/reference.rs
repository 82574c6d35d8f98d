//! One page that answers what people ask: which file, which colour, which face.

use super::logo::ground;
use crate::setting::Setting;
use core_brand::{Fault, FillRole, Rgb};
use core_pdf::{Anchor, Area, Page, Part, Role, rounded};
use core_vector::colorway::Colorway;
use core_vector::lockup::Lockup;

/// Question, lockup and colourway; the question's key ends in this id.
pub(crate) const CASES: [(&str, Lockup, Colorway); 6] = [
    ("page", Lockup::Horizontal, Colorway::Color),
    ("dark", Lockup::Horizontal, Colorway::Reversed),
    ("narrow", Lockup::Stacked, Colorway::Color),
    ("profile", Lockup::Mark, Colorway::Color),
    ("one-color", Lockup::Horizontal, Colorway::Black),
    ("photo", Lockup::Horizontal, Colorway::White),
];

/// Fewer rows do not become taller than this.
const ROW_MAX: f64 = 84.0;

pub(crate) fn page(setting: &Setting, files: &[String]) -> Result<Page, Fault> {
    let title = setting.say("kit-reference", &[])?;
    let intro = setting.say("kit-reference-intro", &[])?;
    let (mut page, stage) = setting.chapter(&setting.light, &title, &intro);
    let left = stage.columns(0, 6, 9, 14.0);
    let right = stage.columns(6, 3, 9, 14.0);
    which_file(setting, &mut page, Area { width: left.width - 12.0, ..left }, files)?;
    let y = which_color(setting, &mut page, right)?;
    which_face(setting, &mut page, Area { y: y + 30.0, ..right })?;
    Ok(page)
}

fn which_file(setting: &Setting, page: &mut Page, area: Area, files: &[String]) -> Result<(), Fault> {
    let head = setting.say("kit-which-file", &[])?;
    let mut y = page.text(Role::Heading(2), &setting.fonts, &head, &setting.heading(), area) + 16.0;
    let path = |lockup: Lockup, colorway: Colorway| {
        format!("logos/{}/{}-{}.svg", setting.brand.logo().id, lockup.id(), colorway.id())
    };
    // Only files that are there are named; a simple kit has fewer.
    let is_there = |path: &String| files.is_empty() || files.contains(path);
    let cases: Vec<_> =
        CASES.into_iter().filter(|(_, lockup, colorway)| is_there(&path(*lockup, *colorway))).collect();
    let row = ((area.bottom() - y) / cases.len().max(1) as f64).min(ROW_MAX);
    for (case, lockup, colorway) in cases {
        setting.hairline(page, area.x, y, area.width, &setting.light);
        let tile = Area::new(area.x, y + 8.0, 96.0, row - 16.0);
        page.push(ground(setting, colorway, tile));
        let color = |role: FillRole| colorway.color(role, &setting.brand.design.palette.logo);
        page.push(setting.figure(lockup, tile.inset(9.0), Anchor::CENTER, &color)?);
        let words = Area { x: tile.right() + 16.0, width: area.right() - tile.right() - 16.0, ..tile };
        let question = setting.say(&format!("kit-case-{case}"), &[])?;
        let at = Area { y: y + row / 2.0 - 9.0, ..words };
        let base = page.text(Role::Paragraph, &setting.fonts, &question, &setting.label(), at);
        let at = Area { y: base + 7.0, ..words };
        page.text(Role::Paragraph, &setting.fonts, &path(lockup, colorway), &setting.caption(), at);
        y += row;
    }
    Ok(())
}

fn which_color(setting: &Setting, page: &mut Page, area: Area) -> Result<f64, Fault> {
    let head = setting.say("kit-which-color", &[])?;
    let mut y = page.text(Role::Heading(2), &setting.fonts, &head, &setting.heading(), area) + 16.0;
    for swatch in &setting.brand.design.palette.swatches {
        setting.hairline(page, area.x, y, area.width, &setting.light);
        let chip = Area::new(area.x, y + 8.0, 30.0, 30.0);
        let mut nodes = vec![rounded(chip, 3.0, swatch.rgb)];
        if core_color::contrast(swatch.rgb, Rgb::WHITE) < 1.25 {
            // A pale colour needs an edge to be seen on white.
            nodes = vec![rounded(chip, 3.0, setting.light.rule), rounded(chip.inset(0.5), 2.5, swatch.rgb)];
        }
        page.push(Part::artifact(nodes));
        let words = Area { x: chip.right() + 12.0, width: area.width - 42.0, y: y + 14.0, ..chip };
        let base =
            page.text(Role::Paragraph, &setting.fonts, &swatch.rgb.to_string(), &setting.label(), words);
        let name = setting.caption();
        page.text(Role::Paragraph, &setting.fonts, &swatch.name, &name, Area { y: base + 7.0, ..words });
        y += 46.0;
    }
    Ok(y)
}

fn which_face(setting: &Setting, page: &mut Page, area: Area) -> Result<(), Fault> {
    let head = setting.say("kit-which-face", &[])?;
    let mut y = page.text(Role::Heading(2), &setting.fonts, &head, &setting.heading(), area) + 16.0;
    let typography = &setting.brand.design.typography;
    let faces = [
        (setting.display, &typography.display, "kit-face-display"),
        (setting.text, &typography.text, "kit-face-text"),
    ];
    for (font, choice, key) in faces {
        setting.hairline(page, area.x, y, area.width, &setting.light);
        let style = setting.heading().font(font).size(17.0).tracking(0.0);
        let style = style.size(setting.fonts.size_for(&choice.key.family, &style, area.width));
        let at = Area { y: y + 12.0, ..area };
        let base = page.text(Role::Paragraph, &setting.fonts, &choice.key.family, &style, at);
        let use_for = setting.say(key, &[("weight", &choice.key.weight.to_string())])?;
        let at = Area { y: base + 9.0, ..area };
        y = page.text(Role::Paragraph, &setting.fonts, &use_for, &setting.caption(), at) + 12.0;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases_are_distinct() {
        for (id, lockup, colorway) in &CASES {
            let same =
                |(other, l, c): &(&str, Lockup, Colorway)| other == id || (l == lockup && c == colorway);
            assert_eq!(CASES.iter().filter(|case| same(case)).count(), 1, "{id}");
        }
    }
}
