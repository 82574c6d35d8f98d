//! The names that code uses instead of values, with what each means in every theme.

use crate::setting::{GUTTER, Setting};
use core_brand::{Fault, Rgb};
use core_pdf::{Area, Node, Page, Part, Role, Style, rounded};
use core_tokens::{Tokens, formats};
use std::collections::BTreeSet;

/// The roles that are asked for most, in the order of a page: grounds, words, actions, states.
const ROLES: [&str; 14] = [
    "background",
    "surface",
    "border",
    "text",
    "muted",
    "primary",
    "on-primary",
    "secondary",
    "accent",
    "link",
    "focus",
    "success",
    "warning",
    "danger",
];
const ROW: f64 = 23.0;
/// The share of the table for the names.
const NAME: f64 = 0.31;
/// The tools that people know by name; the others are found in the folder.
const TOOLS: [(&str, &str); 10] = [
    ("css", "CSS"),
    ("scss", "Sass"),
    ("less", "Less"),
    ("tailwind-4", "Tailwind 4"),
    ("tailwind-3", "Tailwind 3"),
    ("javascript", "JavaScript"),
    ("dtcg", "Design Tokens"),
    ("compose", "Compose"),
    ("swiftui", "SwiftUI"),
    ("flutter", "Flutter"),
];

pub(crate) fn page(setting: &Setting) -> Result<Page, Fault> {
    let title = setting.say("kit-tokens", &[])?;
    let intro = setting.say("kit-tokens-intro", &[])?;
    let (mut page, stage) = setting.chapter(&setting.light, &title, &intro);
    let y = table(setting, &mut page, stage)?;
    tools(setting, &mut page, Area { y: y + 24.0, height: stage.bottom() - y - 24.0, ..stage })?;
    Ok(page)
}

fn table(setting: &Setting, page: &mut Page, area: Area) -> Result<f64, Fault> {
    let themes = &setting.brand.design.palette.themes;
    let mut table = Part::new(Role::Table, Vec::new());
    let mut head = Part::new(Role::Row, Vec::new());
    let small = setting.caption().size(6.8);
    let name = setting.say("kit-tokens-name", &[])?;
    head.nodes.push(Node::Part(Part::new(Role::HeadCell, setting.placed(&name, &small, first(area)))));
    for (index, theme) in themes.iter().enumerate() {
        let title = setting.say(&format!("kit-theme-{}", theme.id), &[])?;
        let at = place(area, index, themes.len());
        head.nodes.push(Node::Part(Part::new(Role::HeadCell, setting.placed(&title, &small, at))));
    }
    table.nodes.push(Node::Part(head));
    let mut chips = Vec::new();
    let mut y = area.y + 15.0;
    for role in ROLES {
        let line = Area { y, height: ROW, ..area };
        setting.hairline(page, line.x, line.y, line.width, &setting.light);
        let name = format!("--color-{role}");
        let style = setting.on_one_line(&name, &setting.label().size(7.6), area.width * NAME - 8.0);
        let mut row = Part::new(Role::Row, vec![cell(setting, Role::RowHead, &name, &style, first(line))]);
        for (index, theme) in themes.iter().enumerate() {
            let at = place(line, index, themes.len());
            let rgb = theme.role(role);
            chips.extend(rgb.iter().flat_map(|rgb| chip(setting, at, *rgb)));
            let hex = rgb.map(|rgb| rgb.to_string()).unwrap_or_default();
            let words = Area { x: at.x + ROW, width: at.width - ROW, ..at };
            row.nodes.push(cell(setting, Role::Cell, &hex, &setting.body().size(7.6), words));
        }
        table.nodes.push(Node::Part(row));
        y += ROW;
    }
    page.push(Part::artifact(chips));
    page.push(table);
    setting.hairline(page, area.x, y, area.width, &setting.light);
    Ok(y)
}

fn first(line: Area) -> Area {
    Area { width: line.width * NAME - 6.0, ..line }
}

fn place(line: Area, index: usize, of: usize) -> Area {
    let x = line.x + line.width * NAME;
    Area { x, width: line.width * (1.0 - NAME), ..line }.columns(index, 1, of.max(1), GUTTER)
}

fn chip(setting: &Setting, at: Area, rgb: Rgb) -> [Node; 2] {
    let area = Area::new(at.x, at.y + 5.5, ROW - 11.0, ROW - 11.0);
    [rounded(area, 2.0, setting.light.rule), rounded(area.inset(0.4), 1.6, rgb)]
}

fn cell(setting: &Setting, role: Role, text: &str, style: &Style, area: Area) -> Node {
    let y = area.y + (area.height - setting.fonts.cap_height(style)) / 2.0;
    Node::Part(Part::new(role, setting.placed(text, style, Area { y, ..area })))
}

/// Tools and their files, in two columns.
fn tools(setting: &Setting, page: &mut Page, area: Area) -> Result<(), Fault> {
    let head = setting.say("kit-tokens-formats", &[])?;
    let base = setting.head(page, &head, &setting.label().size(10.0), area);
    let brand = setting.brand;
    let tokens = Tokens::of(brand.name(), &brand.design);
    let held: BTreeSet<&str> = formats(brand.order.brief.complexity).map(|format| format.id).collect();
    let mut lines: Vec<(&str, String)> = Vec::new();
    for (id, tool) in TOOLS.into_iter().filter(|(id, _)| held.contains(id)) {
        let format = formats(brand.order.brief.complexity).find(|format| format.id == id);
        let Some(format) = format else { continue };
        if let Some(file) = format.files(&tokens)?.first() {
            lines.push((tool, file.path.clone()));
        }
    }
    let rows = lines.len().div_ceil(2).max(1);
    let step = ((area.bottom() - base - 8.0) / rows as f64).min(16.0);
    for (index, (tool, path)) in lines.iter().enumerate() {
        let column = area.columns(index / rows, 1, 2, GUTTER);
        let y = base + 12.0 + step * (index % rows) as f64;
        let at = Area { y, width: 84.0, ..column };
        setting.write(page, tool, &setting.label().size(7.6), at);
        let style = setting.caption();
        let at = Area { x: column.x + 84.0, y, width: column.width - 84.0, ..column };
        setting.write(page, path, &setting.on_one_line(path, &style, at.width), at);
    }
    Ok(())
}
