//! A palette in a terminal.

use crate::show::pen::{Pen, cells, left, right};
use crate::show::roles::{Measured, measured, order_of};
use crate::show::sheet::{MARGIN, Sheet};
use crate::show::vision;
use core_brand::brief::Order;
use core_brand::design::{Palette, Scale, Swatch, Theme};
use core_brand::{Design, Rgb};
use core_color::to_oklch;

/// Cells of a swatch in the list of colours, and in a table.
const SWATCH_CELLS: usize = 4;
const CHIP_CELLS: usize = 2;
/// Everything else in the list of colours, OKLCH included.
const COLORS_CELLS: usize = 54;
/// Cells of one step of a scale.
const STEP_CELLS_MIN: usize = 4;
const STEP_CELLS_MAX: usize = 6;
/// The most colours of a group.
const STRIP_COLORS_MAX: usize = 8;
/// Between columns.
const GAP: usize = 2;

pub(crate) fn palette(order: &Order, design: &Design, pen: &Pen) -> String {
    let mut sheet = Sheet::new(pen);
    sheet.title(order, design);
    colors(&mut sheet, &design.palette);
    scales(&mut sheet, &design.palette.scales);
    themes(&mut sheet, &design.palette.themes);
    visions(&mut sheet, &design.palette);
    print(&mut sheet, &design.palette);
    sheet.findings(design, "palette.");
    sheet.text()
}

/// The widest of some texts.
fn widest<'a>(texts: impl Iterator<Item = &'a str>) -> usize {
    texts.map(cells).max().unwrap_or_default()
}

fn colors(sheet: &mut Sheet<'_>, palette: &Palette) {
    sheet.heading("Colours");
    let ids = widest(palette.swatches.iter().map(|swatch| swatch.id.as_str()));
    let names = widest(palette.swatches.iter().map(|swatch| swatch.name.as_str()));
    let is_narrow = sheet.pen.width < COLORS_CELLS + ids + names;
    for swatch in &palette.swatches {
        let [l, c, h] = swatch.oklch;
        let chip = chip(sheet.pen, swatch.rgb, SWATCH_CELLS);
        let (id, name) = (left(&swatch.id, ids), left(&swatch.name, names));
        let oklch = if is_narrow { String::new() } else { format!("oklch({l:.3} {c:.3} {h:>5.1})  ") };
        let oklch = sheet.pen.faint(&oklch);
        sheet.row(&format!("{chip}{id}  {name}  {}  {oklch}{:>3} %", swatch.rgb, swatch.share));
    }
    if palette.given {
        sheet.remark("primary is the colour that was given, kept exactly.");
    }
    if !sheet.pen.is_plain() {
        sheet.line("");
        let bar = shares(sheet.pen, &palette.swatches, sheet.pen.width - 2 * MARGIN);
        sheet.row(&bar);
    }
}

/// A colour and the gap behind it; nothing where there are no colours.
fn chip(pen: &Pen, rgb: Rgb, width: usize) -> String {
    if pen.is_plain() { String::new() } else { format!("{}{}", pen.fill(rgb, width), " ".repeat(GAP)) }
}

/// A bar in the proportions of a usual layout.
fn shares(pen: &Pen, swatches: &[Swatch], width: usize) -> String {
    let (mut bar, mut before, mut drawn) = (String::new(), 0, 0);
    for swatch in swatches {
        before += usize::from(swatch.share);
        let until = width * before.min(100) / 100;
        bar.push_str(&pen.fill(swatch.rgb, until - drawn));
        drawn = until;
    }
    bar
}

/// A strip for each scale; without colours the lightness of each step.
fn scales(sheet: &mut Sheet<'_>, scales: &[Scale]) {
    let Some(longest) = scales.iter().max_by_key(|scale| scale.steps.len()) else { return };
    let is_plain = sheet.pen.is_plain();
    sheet.heading(if is_plain { "Scales: lightness in OKLCH, percent" } else { "Scales" });
    let ids = widest(scales.iter().map(|scale| scale.id.as_str()));
    let room = sheet.pen.width.saturating_sub(2 * MARGIN + ids + GAP) / longest.steps.len().max(1);
    let width = room.clamp(STEP_CELLS_MIN, STEP_CELLS_MAX);
    let place = |text: &str| if is_plain { right(text, width) } else { left(text, width) };
    let steps: String = longest.steps.iter().map(|step| place(&step.step.to_string())).collect();
    let head = sheet.pen.faint(&format!("{}{steps}", " ".repeat(ids + GAP)));
    sheet.row(&head);
    for scale in scales {
        let pen = sheet.pen;
        let step = |rgb: Rgb| match is_plain {
            true => right(&format!("{:.0}", to_oklch(rgb).l * 100.0), width),
            false => pen.fill(rgb, width),
        };
        let strip: String = scale.steps.iter().map(|one| step(one.rgb)).collect();
        sheet.row(&format!("{}{strip}", left(&scale.id, ids + GAP)));
    }
}

/// Roles down, themes across, as many as there is room for.
fn themes(sheet: &mut Sheet<'_>, themes: &[Theme]) {
    let mut roles: Vec<&str> =
        themes.iter().flat_map(|theme| theme.roles.keys().map(String::as_str)).collect();
    roles.sort_by(|a, b| order_of(a).cmp(&order_of(b)));
    roles.dedup();
    let names = widest(roles.iter().copied()) + GAP;
    let column = theme_cells(sheet.pen) + GAP;
    let across = (sheet.pen.width + GAP).saturating_sub(MARGIN + names) / column;
    sheet.heading("Themes");
    for some in themes.chunks(across.max(1)) {
        let heads: String = some
            .iter()
            .map(|theme| format!("{}{}", left(&theme.id, column - GAP), " ".repeat(GAP)))
            .collect();
        let heads = sheet.pen.faint(&format!("{}{}", " ".repeat(names), heads.trim_end()));
        sheet.row(&heads);
        for role in &roles {
            let line: String = some
                .iter()
                .map(|theme| format!("{}{}", entry(sheet.pen, theme, role), " ".repeat(GAP)))
                .collect();
            sheet.row(&format!("{}{line}", left(role, names)));
        }
        sheet.line("");
    }
    sheet.remark(
        "Contrast by WCAG 2.2 on the worst ground of the theme, of on-colours on their fill. AAA from 7, AA \
         from 4.5, UI from 3: large text and graphics.",
    );
}

/// A chip with its gap, the value, the ratio, the level.
fn theme_cells(pen: &Pen) -> usize {
    let chip = if pen.is_plain() { 0 } else { CHIP_CELLS + 1 };
    chip + "#000000 00.0 AAA".len()
}

fn entry(pen: &Pen, theme: &Theme, role: &str) -> String {
    let Some(rgb) = theme.role(role) else { return " ".repeat(theme_cells(pen)) };
    let chip = if pen.is_plain() { String::new() } else { format!("{} ", pen.fill(rgb, CHIP_CELLS)) };
    let (ratio, level) = match measured(theme, role) {
        Some(Measured { ratio, level }) => (short(ratio), level),
        None => (String::new(), ""),
    };
    let level = if level == "UI" { pen.faint(&left(level, 3)) } else { left(level, 3) };
    format!("{chip}{rgb} {} {level}", right(&ratio, 4))
}

/// Four cells, rounded down: no ratio looks better than it is.
fn short(ratio: f64) -> String {
    if ratio < 10.0 {
        format!("{:.2}", (ratio * 100.0).floor() / 100.0)
    } else {
        format!("{:.1}", (ratio * 10.0).floor() / 10.0)
    }
}

/// Groups of colours as others see them, and which two of them come closest.
fn visions(sheet: &mut Sheet<'_>, palette: &Palette) {
    sheet.heading("Colour vision: which two come closest (dE00)");
    let views = vision::views(palette);
    let groups = widest(views.iter().map(|view| view.group)) + GAP;
    let sights = widest(views.iter().map(|view| view.sight)) + GAP;
    let mut before = "";
    for view in &views {
        let group = if view.group == before { "" } else { view.group };
        before = view.group;
        let close = view.closest.as_ref();
        let close = close.map(|two| format!("{:>5.1} {}, {}", two.apart, two.one, two.other));
        let strip: String = view.colors.iter().map(|(_, rgb)| sheet.pen.fill(*rgb, CHIP_CELLS)).collect();
        // The strips of all groups end where the longest does.
        let gap = CHIP_CELLS * (STRIP_COLORS_MAX.saturating_sub(view.colors.len())) + GAP;
        let gap = if sheet.pen.is_plain() { String::new() } else { " ".repeat(gap) };
        let (group, sight) = (left(group, groups), left(view.sight, sights));
        sheet.row(&format!("{group}{sight}{strip}{gap}{}", close.unwrap_or_default()));
    }
}

/// What the colours take on a press.
fn print(sheet: &mut Sheet<'_>, palette: &Palette) {
    let Some(print) = &palette.print else { return };
    sheet.heading(&format!("Print: {}", print.press));
    let names = widest(palette.swatches.iter().map(|swatch| swatch.id.as_str())).max("small text".len());
    let head = format!("{}   C   M   Y   K   ink   dE00", " ".repeat(names));
    let head = sheet.pen.faint(&head);
    sheet.row(&head);
    let swatches = palette.swatches.iter().filter_map(|swatch| Some((swatch.id.as_str(), swatch.ink?)));
    for (id, ink) in swatches.chain([("small text", print.text)]) {
        let [c, m, y, k] = ink.cmyk;
        let (total, apart) = (ink.total, ink.difference);
        sheet.row(&format!("{}{c:>4}{m:>4}{y:>4}{k:>4}{total:>4} %{apart:>7.1}", left(id, names)));
    }
}
