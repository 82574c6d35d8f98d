//! Colour: the palette with its shares, the scales and themes, and what reads on what.

use crate::setting::{GUTTER, HEIGHT, MARGIN, Scheme, Setting, WIDTH, live};
use core_brand::design::{Contrast, Scale, Swatch, Theme};
use core_brand::{Fault, Rgb};
use core_color::contrast as ratio_of;
use core_pdf::{Align, Area, Page, Part, Role, rectangle, rounded};

/// From these ratios on text is readable by WCAG 2.2: always, and with a margin.
const AA: f64 = 4.5;
const AAA: f64 = 7.0;
/// The bands of the palette page.
const BANDS: f64 = 316.0;
/// A band is at least as wide as its figure.
const BAND_MIN: f64 = 46.0;

/// Bands as wide as the colours' shares, from edge to edge; their values below.
pub(crate) fn palette(setting: &Setting) -> Result<Page, Fault> {
    let title = setting.say("kit-palette", &[])?;
    let mut page = Page::new(WIDTH, HEIGHT, &title);
    let scheme = &setting.light;
    page.ground(scheme.ground);
    let swatches = &setting.brand.design.palette.swatches;
    bands(setting, &mut page, swatches)?;
    let live = live();
    let y = BANDS + 34.0;
    let rail = Area { y, ..live.columns(0, 3, 12, GUTTER) };
    let base = page.text(Role::Heading(1), &setting.fonts, &title, &setting.title(), rail);
    let key = if setting.brand.design.palette.given { "kit-color-intro-given" } else { "kit-color-intro" };
    let intro = setting.say(key, &[])?;
    let below = Area { y: base + 20.0, width: rail.width - 8.0, ..rail };
    let base = page.text(Role::Paragraph, &setting.fonts, &intro, &setting.body(), below);
    if let Some(print) = &setting.brand.design.palette.print {
        let note = setting.say("kit-print", &[("profile", &print.press)])?;
        page.text(
            Role::Paragraph,
            &setting.fonts,
            &note,
            &setting.caption(),
            Area { y: base + 12.0, ..below },
        );
    }
    let values = Area { y, height: HEIGHT - MARGIN - 20.0 - y, ..live.columns(3, 9, 12, GUTTER) };
    for (index, swatch) in swatches.iter().enumerate() {
        swatch_values(setting, &mut page, values.columns(index, 1, swatches.len(), 12.0), swatch)?;
    }
    Ok(page)
}

fn bands(setting: &Setting, page: &mut Page, swatches: &[Swatch]) -> Result<(), Fault> {
    let spare = WIDTH - BAND_MIN * swatches.len() as f64;
    let total: f64 = swatches.iter().map(|swatch| f64::from(swatch.share)).sum::<f64>().max(1.0);
    let mut figure = Part::new(Role::Figure(setting.say("kit-alt-shares", &[])?), Vec::new());
    let mut labels = Vec::new();
    let mut x = 0.0;
    for swatch in swatches {
        let width = BAND_MIN + spare * f64::from(swatch.share) / total;
        let band = Area::new(x, 0.0, width, BANDS);
        figure.nodes.push(rectangle(band, swatch.rgb));
        let style = setting.label().size(10.0).color(on(setting, swatch.rgb));
        let room = Area { x: x + 12.0, y: BANDS - 22.0, width: width - 14.0, ..band };
        let style = style.size(setting.fonts.size_for("100 %", &style, room.width.max(20.0)));
        labels.extend(setting.placed(&setting.brand.words.percent(&swatch.share.to_string()), &style, room));
        x += width;
    }
    page.push(figure);
    page.push(Part::artifact(vec![rectangle(Area::new(0.0, BANDS, WIDTH, 0.5), setting.light.rule)]));
    page.push(Part::new(Role::Paragraph, labels));
    Ok(())
}

fn swatch_values(setting: &Setting, page: &mut Page, area: Area, swatch: &Swatch) -> Result<(), Fault> {
    let role = setting.say(&format!("kit-swatch-{}", swatch.id), &[])?;
    let small = setting.caption();
    setting.hairline(page, area.x, area.y, area.width, &setting.light);
    let mut y =
        page.text(Role::Paragraph, &setting.fonts, &role, &small, Area { y: area.y + 10.0, ..area }) + 9.0;
    let name = setting.heading().size(12.5);
    let name = setting.unbroken(&swatch.name, &name, area.width);
    y = page.text(Role::Heading(2), &setting.fonts, &swatch.name, &name, Area { y, ..area });
    y = y.max(area.y + 52.0) + 14.0;
    let Rgb { r, g, b } = swatch.rgb;
    let [lightness, chroma, hue] = swatch.oklch;
    let mut rows = vec![
        ("Hex".to_owned(), swatch.rgb.to_string()),
        ("RGB".to_owned(), format!("{r} {g} {b}")),
        ("OKLCH".to_owned(), format!("{lightness:.3} {chroma:.3} {hue:.1}")),
    ];
    if let Some(ink) = swatch.ink {
        let difference = setting.number(ink.difference, 1);
        let [c, m, y, k] = ink.cmyk;
        // Few text faces have a Greek capital.
        rows.push((format!("CMYK (dE {difference})"), format!("{c} {m} {y} {k}")));
    }
    for (label, value) in rows {
        let base = page.text(Role::Paragraph, &setting.fonts, &label, &small, Area { y, ..area });
        y = page.text(
            Role::Paragraph,
            &setting.fonts,
            &value,
            &setting.label(),
            Area { y: base + 5.5, ..area },
        ) + 11.0;
    }
    Ok(())
}

/// The scales as rows of steps, the two themes below.
pub(crate) fn scales(setting: &Setting) -> Result<Page, Fault> {
    let title = setting.say("kit-scales", &[])?;
    let intro = setting.say("kit-scales-intro", &[])?;
    let (mut page, stage) = setting.chapter(&setting.light, &title, &intro);
    let palette = &setting.brand.design.palette;
    let mut y = stage.y;
    for scale in &palette.scales {
        y = row(setting, &mut page, Area { y, ..stage }, scale)? + 17.0;
    }
    let rest = Area { y: y + 6.0, height: stage.bottom() - y - 6.0, ..stage };
    for (index, theme) in palette.themes.iter().enumerate() {
        screen(setting, &mut page, rest.columns(index, 1, palette.themes.len().max(1), GUTTER), theme)?;
    }
    Ok(page)
}

fn row(setting: &Setting, page: &mut Page, area: Area, scale: &Scale) -> Result<f64, Fault> {
    let name = setting.say(&format!("kit-swatch-{}", scale.id), &[])?;
    let base = page.text(Role::Heading(2), &setting.fonts, &name, &setting.label(), area);
    let chips = Area { y: base + 7.0, height: 40.0, ..area };
    let count = scale.steps.len().max(1);
    let mut labels = Vec::new();
    let mut fills = Vec::new();
    for (index, step) in scale.steps.iter().enumerate() {
        let chip = chips.columns(index, 1, count, 3.0);
        fills.push(rounded(chip, 2.0, step.rgb));
        let inside = setting.caption().size(6.6).color(on(setting, step.rgb));
        labels.extend(setting.placed(
            &step.step.to_string(),
            &inside,
            Area { x: chip.x + 5.0, y: chip.y + 6.0, ..chip },
        ));
        let hex = setting.caption().size(6.4);
        labels.extend(setting.placed(&step.rgb.to_string(), &hex, Area { y: chip.bottom() + 6.0, ..chip }));
    }
    page.push(Part::artifact(fills));
    page.push(Part::new(Role::Paragraph, labels));
    Ok(chips.bottom() + 11.0)
}

/// A theme as a small screen: grounds, text, buttons, states.
fn screen(setting: &Setting, page: &mut Page, area: Area, theme: &Theme) -> Result<(), Fault> {
    let color = |role: &str| setting.brand.role(&theme.id, role);
    page.push(Part::artifact(vec![
        rounded(area, 5.0, setting.light.rule),
        rounded(area.inset(0.5), 4.5, color("background")?),
    ]));
    let inner = area.inset(18.0);
    let name = setting.say(&format!("kit-theme-{}", theme.id), &[])?;
    let head = setting.heading().color(color("text")?);
    let base = page.text(Role::Heading(2), &setting.fonts, &name, &head, inner);
    let sample = setting.say("kit-sample", &[])?;
    let text = setting.body().size(8.0).color(color("muted")?);
    let base = page.text(Role::Paragraph, &setting.fonts, &sample, &text, Area { y: base + 11.0, ..inner });
    let buttons = Area { y: base + 14.0, height: 20.0, ..inner };
    for (index, role) in ["primary", "secondary", "accent"].into_iter().enumerate() {
        pill(setting, page, buttons.columns(index, 1, 3, 8.0), &theme.id, role)?;
    }
    let states = Area { y: buttons.bottom() + 8.0, ..buttons };
    let has_info = theme.role("info").is_some();
    let roles = &["success", "warning", "danger", "info"][..if has_info { 4 } else { 3 }];
    for (index, role) in roles.iter().enumerate() {
        pill(setting, page, states.columns(index, 1, roles.len(), 6.0), &theme.id, role)?;
    }
    let charts: Vec<Rgb> =
        theme.roles.iter().filter(|(role, _)| is_chart(role)).map(|(_, rgb)| *rgb).collect();
    let row = Area { y: states.bottom() + 8.0, height: 7.0, ..buttons };
    let bars = charts
        .iter()
        .enumerate()
        .map(|(index, rgb)| rounded(row.columns(index, 1, charts.len(), 4.0), 2.0, *rgb));
    page.push(Part::artifact(bars.collect()));
    Ok(())
}

fn pill(setting: &Setting, page: &mut Page, area: Area, theme: &str, role: &str) -> Result<(), Fault> {
    page.push(Part::artifact(vec![rounded(area, 4.0, setting.brand.role(theme, role)?)]));
    let label = setting.say(&format!("kit-role-{role}"), &[])?;
    let style = setting.label().size(7.4).align(Align::Center);
    let style = style.color(setting.brand.role(theme, &format!("on-{role}"))?);
    let style = style.size(setting.fonts.size_for(&label, &style, area.width - 8.0));
    let y = area.y + (area.height - setting.fonts.cap_height(&style)) / 2.0;
    page.text(Role::Paragraph, &setting.fonts, &label, &style, Area { y, ..area });
    Ok(())
}

/// Every promised pair, measured: a table per theme, each cell in its own colours.
pub(crate) fn contrast(setting: &Setting) -> Result<Page, Fault> {
    let title = setting.say("kit-contrast", &[])?;
    let intro = setting.say("kit-contrast-intro", &[])?;
    let (mut page, stage) = setting.chapter(&setting.light, &title, &intro);
    let themes = &setting.brand.design.palette.themes;
    for (index, theme) in themes.iter().enumerate() {
        table(setting, &mut page, stage.columns(index, 1, themes.len().max(1), GUTTER + 6.0), theme)?;
    }
    Ok(page)
}

fn table(setting: &Setting, page: &mut Page, area: Area, theme: &Theme) -> Result<(), Fault> {
    let name = setting.say(&format!("kit-theme-{}", theme.id), &[])?;
    let base = page.text(Role::Heading(2), &setting.fonts, &name, &setting.heading(), area);
    // The series of charts are shown, not listed: eight more rows would be read by nobody.
    let pairs: Vec<&Contrast> = setting
        .brand
        .design
        .palette
        .contrasts
        .iter()
        .filter(|pair| pair.theme == theme.id && !is_chart(&pair.foreground))
        .collect();
    let grounds = distinct(pairs.iter().map(|pair| pair.background.as_str()).filter(|id| !is_fill(id)));
    let fronts =
        distinct(pairs.iter().filter(|pair| !is_fill(&pair.background)).map(|pair| pair.foreground.as_str()));
    let fills: Vec<&&Contrast> = pairs.iter().filter(|pair| is_fill(&pair.background)).collect();
    let rows = fronts.len() + 2 + fills.len().div_ceil(grounds.len().max(1));
    let body = Area { y: base + 14.0, height: area.bottom() - base - 14.0, ..area };
    let height = (body.height / rows.max(1) as f64).min(32.0);
    let mut table = Part::new(Role::Table, Vec::new());
    let line = |index: usize| Area { y: body.y + height * index as f64, height, ..body };
    table.nodes.push(core_pdf::Node::Part(head(setting, line(0), &grounds)?));
    for (index, front) in fronts.iter().enumerate() {
        let mut row = Part::new(Role::Row, vec![cell_name(setting, line(index + 1), front)?]);
        for (column, ground) in grounds.iter().enumerate() {
            let place = value_area(line(index + 1), column, grounds.len());
            let pair = pairs.iter().find(|pair| pair.foreground == *front && pair.background == *ground);
            row.nodes.push(cell(setting, place, theme, pair.copied())?);
        }
        table.nodes.push(core_pdf::Node::Part(row));
    }
    page.push(table);
    on_fills(setting, page, theme, &fills, Area { y: line(fronts.len() + 1).y + 10.0, height, ..body })
}

/// What is written on the coloured fills, as chips.
fn on_fills(
    setting: &Setting,
    page: &mut Page,
    theme: &Theme,
    fills: &[&&Contrast],
    area: Area,
) -> Result<(), Fault> {
    let chip_height = (area.height - 4.0).max(12.0);
    for (index, pair) in fills.iter().enumerate() {
        let y = area.y + (chip_height + 4.0) * (index / 3) as f64;
        let chip = Area { y, height: chip_height, ..area }.columns(index % 3, 1, 3, 4.0);
        let (Some(front), Some(ground)) = (theme.role(&pair.foreground), theme.role(&pair.background)) else {
            continue;
        };
        page.push(Part::artifact(vec![rounded(chip, 3.0, ground)]));
        let label = setting.say(&format!("kit-role-{}", pair.background), &[])?;
        let text = format!("{label}  {}", setting.number(pair.ratio, 1));
        let style = setting.label().size(7.0).color(front).align(Align::Center);
        let style = style.size(setting.fonts.size_for(&text, &style, chip.width - 8.0));
        let y = chip.y + (chip.height - setting.fonts.cap_height(&style)) / 2.0;
        page.text(Role::Paragraph, &setting.fonts, &text, &style, Area { y, ..chip });
    }
    Ok(())
}

fn head(setting: &Setting, line: Area, grounds: &[&str]) -> Result<Part, Fault> {
    let style = setting.caption().size(6.6);
    let mut cells = Vec::new();
    let corner = setting.say("kit-contrast-corner", &[])?;
    let y = line.y + line.height - 10.0;
    cells.push(Part::new(
        Role::HeadCell,
        setting.placed(&corner, &style, Area { y, width: line.width * NAME, ..line }),
    ));
    for (column, ground) in grounds.iter().enumerate() {
        let name = setting.say(&format!("kit-role-{ground}"), &[])?;
        let place = value_area(line, column, grounds.len());
        let style = style.size(setting.fonts.size_for(&name, &style, place.width));
        cells.push(Part::new(Role::HeadCell, setting.placed(&name, &style, Area { y, ..place })));
    }
    Ok(Part::new(Role::Row, cells.into_iter().map(core_pdf::Node::Part).collect()))
}

fn cell_name(setting: &Setting, line: Area, front: &str) -> Result<core_pdf::Node, Fault> {
    let name = setting.say(&format!("kit-role-{front}"), &[])?;
    let style = setting.caption().color(setting.light.text);
    let width = line.width * NAME - 4.0;
    let style = style.size(setting.fonts.size_for(&name, &style, width));
    let y = line.y + (line.height - CELL_GAP - setting.fonts.cap_height(&style)) / 2.0;
    Ok(core_pdf::Node::Part(Part::new(
        Role::RowHead,
        setting.placed(&name, &style, Area { y, width, ..line }),
    )))
}

/// The ratio, written in the pair's own colours; stronger where it is readable with a margin.
fn cell(
    setting: &Setting,
    place: Area,
    theme: &Theme,
    pair: Option<&Contrast>,
) -> Result<core_pdf::Node, Fault> {
    let mut part = Part::new(Role::Cell, Vec::new());
    let colors = pair.and_then(|pair| Some((theme.role(&pair.foreground)?, theme.role(&pair.background)?)));
    let (Some(pair), Some((front, ground))) = (pair, colors) else { return Ok(core_pdf::Node::Part(part)) };
    let box_of = Area { height: place.height - CELL_GAP, ..place };
    part.nodes.push(rounded(box_of, 2.0, edge(setting, ground)));
    part.nodes.push(rounded(box_of.inset(0.4), 1.6, ground));
    let grade = match pair.ratio {
        ratio if ratio >= AAA => "AAA",
        ratio if ratio >= AA => "AA",
        _ => "3:1",
    };
    let inside = Area { x: box_of.x + 6.0, width: box_of.width - 12.0, ..box_of };
    let ratio = setting.number(pair.ratio, 2);
    let style = setting.label().size(8.0).color(front);
    let style = style.size(setting.fonts.size_for(&ratio, &style, inside.width * 0.56));
    let y = box_of.y + (box_of.height - setting.fonts.cap_height(&style)) / 2.0;
    let inside = Area { y, ..inside };
    part.nodes.extend(setting.placed(&ratio, &style, inside));
    let small = setting.caption().size(6.2).color(front).align(Align::Right);
    let small = small.size(setting.fonts.size_for(grade, &small, inside.width * 0.36));
    part.nodes.extend(setting.placed(grade, &small, inside));
    Ok(core_pdf::Node::Part(part))
}

/// Between the cells of a table.
const CELL_GAP: f64 = 2.5;
/// The share of a table's width for the names of its rows.
const NAME: f64 = 0.27;

fn value_area(line: Area, column: usize, of: usize) -> Area {
    let x = line.x + line.width * NAME;
    Area { x, width: line.width * (1.0 - NAME), ..line }.columns(column, 1, of.max(1), CELL_GAP)
}

/// Grounds that hardly differ from the page get an edge.
fn edge(setting: &Setting, ground: Rgb) -> Rgb {
    let Scheme { ground: page, rule, .. } = setting.light;
    if ratio_of(ground, page) < 1.3 { rule } else { ground }
}

fn is_fill(role: &str) -> bool {
    !matches!(role, "background" | "surface" | "surface-raised")
}

fn is_chart(role: &str) -> bool {
    role.starts_with("chart-")
}

fn distinct<'a>(ids: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut found = Vec::new();
    for id in ids {
        if !found.contains(&id) {
            found.push(id);
        }
    }
    found
}

/// What reads on a colour, of the ink and white.
pub(crate) fn on(setting: &Setting, ground: Rgb) -> Rgb {
    let ink = setting.light.text;
    let (dark, light) = (ratio_of(ink, ground), ratio_of(Rgb::WHITE, ground));
    match () {
        () if light >= AA => Rgb::WHITE,
        () if dark >= AA => ink,
        // Between the two only black is left.
        () => Rgb::BLACK,
    }
}
