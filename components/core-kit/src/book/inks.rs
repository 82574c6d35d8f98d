//! What each colour takes on the press, and what it loses there.

use crate::setting::{GUTTER, Setting};
use core_brand::design::Ink;
use core_brand::{Fault, Rgb};
use core_pdf::{Align, Area, Node, Page, Part, Role, Style, rounded};

/// In CIEDE2000: hardly to be seen side by side, and seen by everyone.
const CLOSE: f64 = 2.0;
const SHIFTED: f64 = 5.0;
const ROW: f64 = 44.0;
const HEAD: f64 = 22.0;
/// Where the columns begin, in shares of the table.
const COLUMNS: [f64; 6] = [0.0, 0.3, 0.43, 0.6, 0.7, 0.77];

/// Nothing for a palette that knows no press.
pub(crate) fn page(setting: &Setting) -> Result<Option<Page>, Fault> {
    let palette = &setting.brand.design.palette;
    let Some(print) = &palette.print else { return Ok(None) };
    let title = setting.say("kit-inks", &[])?;
    let intro = setting.say("kit-inks-intro", &[("press", &print.press)])?;
    let (mut page, stage) = setting.chapter(&setting.light, &title, &intro);
    let mut rows: Vec<(String, Rgb, Ink)> = palette
        .swatches
        .iter()
        .filter_map(|swatch| Some((swatch.name.clone(), swatch.rgb, swatch.ink?)))
        .collect();
    rows.push((setting.say("kit-inks-text", &[])?, setting.light.text, print.text));
    let y = table(setting, &mut page, stage, &rows)?;
    advice(setting, &mut page, Area { y: y + 26.0, ..stage })?;
    Ok(Some(page))
}

fn table(setting: &Setting, page: &mut Page, area: Area, rows: &[(String, Rgb, Ink)]) -> Result<f64, Fault> {
    let mut table = Part::new(Role::Table, vec![Node::Part(head(setting, area)?)]);
    let mut chips = Vec::new();
    for (index, (name, rgb, ink)) in rows.iter().enumerate() {
        let line = Area { y: area.y + HEAD + ROW * index as f64, height: ROW, ..area };
        setting.hairline(page, line.x, line.y, line.width, &setting.light);
        let chip = Area::new(line.x, line.y + 8.0, ROW - 16.0, ROW - 16.0);
        chips.extend([rounded(chip, 3.0, setting.light.rule), rounded(chip.inset(0.4), 2.6, *rgb)]);
        table.nodes.push(Node::Part(row(setting, line, name, *rgb, ink)?));
    }
    page.push(Part::artifact(chips));
    page.push(table);
    Ok(area.y + HEAD + ROW * rows.len() as f64)
}

/// The area of a column on a line.
fn column(line: Area, index: usize) -> Area {
    let from = COLUMNS[index];
    let to = COLUMNS.get(index + 1).copied().unwrap_or(1.0);
    Area { x: line.x + line.width * from, width: line.width * (to - from) - 8.0, ..line }
}

fn head(setting: &Setting, area: Area) -> Result<Part, Fault> {
    let texts = [
        setting.say("kit-inks-color", &[])?,
        "Hex".to_owned(),
        "C M Y K".to_owned(),
        setting.say("kit-inks-total", &[])?,
        "dE".to_owned(),
        setting.say("kit-inks-paper", &[])?,
    ];
    let mut row = Part::new(Role::Row, Vec::new());
    for (index, text) in texts.iter().enumerate() {
        let at = column(area, index);
        let style = setting.on_one_line(text, &setting.caption().size(6.8), at.width);
        row.nodes.push(Node::Part(Part::new(Role::HeadCell, setting.placed(text, &style, at))));
    }
    Ok(row)
}

fn row(setting: &Setting, line: Area, name: &str, rgb: Rgb, ink: &Ink) -> Result<Part, Fault> {
    let [c, m, y, k] = ink.cmyk;
    let verdict = match ink.difference {
        // Small text is not matched: it is black.
        _ if ink.cmyk[..3] == [0, 0, 0] && k == 100 => "kit-colorway-black",
        apart if apart > SHIFTED => "kit-inks-apart",
        shifted if shifted > CLOSE => "kit-inks-shifted",
        _ => "kit-inks-close",
    };
    let cells = [
        rgb.to_string(),
        format!("{c} {m} {y} {k}"),
        setting.brand.words.percent(&ink.total.to_string()),
        setting.number(ink.difference, 1),
    ];
    let first = column(line, 0);
    let first = Area { x: first.x + ROW - 4.0, width: first.width - ROW + 4.0, ..first };
    let mut row = Part::new(Role::Row, vec![cell(setting, Role::RowHead, name, &setting.label(), first)]);
    for (index, text) in cells.iter().enumerate() {
        let style = setting.on_one_line(text, &setting.body(), column(line, index + 1).width);
        row.nodes.push(cell(setting, Role::Cell, text, &style, column(line, index + 1)));
    }
    let said = setting.say(verdict, &[])?;
    row.nodes.push(cell(setting, Role::Cell, &said, &setting.caption(), column(line, 5)));
    Ok(row)
}

/// A text in the middle of its line's height.
fn cell(setting: &Setting, role: Role, text: &str, style: &Style, area: Area) -> Node {
    let style = setting.fitted(text, &style.align(Align::Left), Area { height: area.height - 10.0, ..area });
    let height = setting.height(text, &style, area.width);
    let y = area.y + (area.height - height) / 2.0;
    Node::Part(Part::new(role, setting.placed(text, &style, Area { y, ..area })))
}

/// Three sentences for whoever orders print, side by side.
fn advice(setting: &Setting, page: &mut Page, area: Area) -> Result<(), Fault> {
    for (index, key) in ["kit-inks-black", "kit-inks-proof", "kit-inks-profile"].into_iter().enumerate() {
        let text = setting.say(key, &[])?;
        setting.write(page, &text, &setting.body(), area.columns(index, 1, 3, GUTTER + 6.0));
    }
    Ok(())
}
