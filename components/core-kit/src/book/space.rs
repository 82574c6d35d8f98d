//! Clear space and smallest size, measured on this logo.

use crate::brand::mix;
use crate::setting::{GUTTER, Setting};
use core_brand::{ClearFrom, Concept, Fault, FillRole, Minimum, Rgb};
use core_pdf::{Align, Anchor, Area, Page, Part, Role, drawing, rectangle, rounded};
use core_vector::colorway::Colorway;
use core_vector::lockup::{Lockup, lay};

/// A CSS pixel is three quarters of a point, and 0.2646 mm.
const PX_PT: f64 = 0.75;
const PX_MM: f64 = 0.264_583;
/// The heights of the two upper parts of the page; the last takes what is left.
const SPACE: f64 = 208.0;
const MARK: f64 = 94.0;
/// Between two lockups at their smallest, and the room that their captions need.
const APART: f64 = 16.0;
const CAPTION: (f64, f64) = (74.0, 38.0);
/// Between the words and the highest of them.
const ABOVE: f64 = 14.0;
/// Up to this size the drawing for small sizes is taken.
const SMALL_PX: u32 = 32;
/// The sizes a mark is shown at.
const LADDER: [u32; 6] = [16, 24, 32, 48, 64, 96];

pub(crate) fn page(setting: &Setting) -> Result<Page, Fault> {
    let title = setting.say("kit-space", &[])?;
    let intro = setting.say("kit-space-intro", &[])?;
    let (mut page, stage) = setting.chapter(&setting.light, &title, &intro);
    clear_space(setting, &mut page, Area { height: SPACE, ..stage })?;
    let y = stage.y + SPACE + GUTTER;
    smallest(setting, &mut page, Area { y, height: MARK, ..stage })?;
    let y = y + MARK + GUTTER;
    lockups(setting, &mut page, Area { y, height: stage.bottom() - y, ..stage })?;
    Ok(page)
}

/// The logo in its box, the zone around it, and the unit in the corners.
fn clear_space(setting: &Setting, page: &mut Page, area: Area) -> Result<(), Fault> {
    let concept = setting.brand.logo();
    let logo = lay(concept, Lockup::Horizontal);
    let unit = logo.side * concept.clear_space;
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
    let rule = match concept.clear_from {
        ClearFrom::Share => "kit-space-rule",
        ClearFrom::Letters => "kit-space-letters",
        ClearFrom::Stroke => "kit-space-stroke",
    };
    let rule = setting.say(rule, &[("percent", &share)])?;
    let at = Area { y: tile.bottom() + 14.0, ..area };
    page.text(Role::Paragraph, &setting.fonts, &rule, &setting.body(), at);
    Ok(())
}

/// The mark at true size in pixels, the smallest allowed one named.
fn smallest(setting: &Setting, page: &mut Page, area: Area) -> Result<(), Fault> {
    let head = setting.say("kit-smallest", &[])?;
    let base = page.text(Role::Heading(2), &setting.fonts, &head, &setting.heading(), area);
    let concept = setting.brand.logo();
    let px = concept.mark_px_min.max(1);
    let printed = least(concept, Lockup::Mark).map_or(f64::from(px) * PX_MM, |least| least.mm[0]);
    let mm = setting.number(printed, 1);
    let rule = setting.count("kit-smallest-rule", ("px", px), &[("mm", &mm)])?;
    let words = Area { y: base + 12.0, ..area.columns(0, 3, 9, GUTTER) };
    let base = page.text(Role::Paragraph, &setting.fonts, &rule, &setting.body(), words);
    if concept.small.is_some() {
        let drawn = setting.say("kit-smallest-drawing", &[])?;
        let words = Area { y: base + 9.0, ..words };
        page.text(Role::Paragraph, &setting.fonts, &drawn, &setting.caption(), words);
    }

    let colors = &setting.brand.design.palette.logo;
    let color = |role: FillRole| Colorway::Color.color(role, colors);
    let ladder = area.columns(3, 6, 9, GUTTER);
    let floor = area.y + f64::from(LADDER[LADDER.len() - 1]) * PX_PT;
    // The drawing for small sizes holds where the mark itself no longer does.
    let first = if concept.small.is_some() { LADDER[0] } else { px };
    let mut sizes: Vec<u32> = LADDER.into_iter().filter(|size| *size > first).collect();
    sizes.insert(0, first);
    let alt = setting.count("kit-alt-sizes", ("px", first), &[])?;
    let mut figure = Part::new(Role::Figure(alt), Vec::new());
    let mut labels = Vec::new();
    let widths: f64 = sizes.iter().map(|size| f64::from(*size) * PX_PT).sum();
    let gap = ((ladder.width - widths) / sizes.len().max(2) as f64).min(34.0);
    let mut x = ladder.x + 10.0;
    for size in sizes {
        let side = f64::from(size) * PX_PT;
        let place = Area::new(x, floor - side, side, side);
        let small = concept.small.as_ref().filter(|_| size <= SMALL_PX);
        let mark = small.unwrap_or(&concept.mark);
        figure.nodes.extend(drawing(mark, place, Anchor { x: 0.5, y: 1.0 }, &color)?);
        let style = if size == first { setting.label().size(7.2) } else { setting.caption() };
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

fn least(concept: &Concept, lockup: Lockup) -> Option<&Minimum> {
    concept.minimums.iter().find(|least| least.lockup == lockup.id())
}

/// Every other lockup in true size at its smallest, standing on one line; what the page cannot hold is only named.
fn lockups(setting: &Setting, page: &mut Page, area: Area) -> Result<(), Fault> {
    let concept = setting.brand.logo();
    let shown = [Lockup::Horizontal, Lockup::Stacked, Lockup::Square, Lockup::Badge, Lockup::Wordmark];
    let shown: Vec<(Lockup, &Minimum)> =
        shown.into_iter().filter_map(|lockup| Some((lockup, least(concept, lockup)?))).collect();
    if shown.is_empty() {
        return Ok(());
    }
    let rule = setting.say("kit-smallest-lockups", &[])?;
    let base = page.text(Role::Paragraph, &setting.fonts, &rule, &setting.caption(), area);
    let most = area.bottom() - CAPTION.1 - base - ABOVE;
    let mut widths: Vec<f64> = shown.iter().map(|(_, least)| f64::from(least.px[0]) * PX_PT).collect();
    let room = |widths: &[f64]| {
        widths.iter().map(|width| width.max(CAPTION.0)).sum::<f64>() + APART * (widths.len() - 1) as f64
    };
    for (at, (_, least)) in shown.iter().enumerate() {
        // A lockup that is too high for the page has no picture either.
        if f64::from(least.px[1]) * PX_PT > most {
            widths[at] = 0.0;
        }
    }
    while room(&widths) > area.width {
        match widths.iter_mut().max_by(|a, b| a.total_cmp(b)) {
            Some(widest) if *widest > CAPTION.0 => *widest = 0.0,
            _ => break,
        }
    }
    let heights = shown.iter().zip(&widths).filter(|(_, width)| **width > 0.0);
    let tallest = heights.map(|((_, least), _)| f64::from(least.px[1]) * PX_PT).fold(0.0, f64::max);
    let floor = base + ABOVE + tallest;
    let spare = (area.width - room(&widths)).max(0.0) / shown.len() as f64;
    let colors = &setting.brand.design.palette.logo;
    let color = |role: FillRole| -> Rgb { Colorway::Color.color(role, colors) };
    let mut figure = Part::new(Role::Figure(setting.say("kit-alt-smallest", &[])?), Vec::new());
    let mut captions = Vec::new();
    let mut x = area.x;
    for ((lockup, least), width) in shown.into_iter().zip(widths) {
        let column = width.max(CAPTION.0);
        if width > 0.0 {
            let high = f64::from(least.px[1]) * PX_PT;
            let place = Area::new(x, floor - high, width, high);
            figure.nodes.extend(drawing(setting.lockup(lockup), place, Anchor { x: 0.0, y: 1.0 }, &color)?);
        }
        captions.push((lockup, least, Area::new(x, floor + 11.0, column + spare * 0.8, 0.0)));
        x += column + APART + spare;
    }
    if !figure.nodes.is_empty() {
        page.push(figure);
    }
    for (lockup, least, at) in captions {
        caption(setting, page, lockup, least, at)?;
    }
    Ok(())
}

/// The name of a lockup with its least width and height.
fn caption(
    setting: &Setting,
    page: &mut Page,
    lockup: Lockup,
    least: &Minimum,
    at: Area,
) -> Result<(), Fault> {
    let name = setting.say(&format!("kit-lockup-{}", lockup.id()), &[])?;
    let label = setting.label().size(7.2);
    let label = label.size(setting.fonts.size_for(&name, &label, at.width));
    let base = page.text(Role::Paragraph, &setting.fonts, &name, &label, at);
    let [mm_wide, mm_high] = least.mm.map(|mm| setting.number(mm, 1));
    let px = format!("{} × {} px", least.px[0], least.px[1]);
    let style = setting.caption().size(6.6);
    let base = page.text(Role::Paragraph, &setting.fonts, &px, &style, Area { y: base + 5.0, ..at });
    let mm = format!("{mm_wide} × {mm_high} mm");
    page.text(Role::Paragraph, &setting.fonts, &mm, &style, Area { y: base + 4.0, ..at });
    Ok(())
}
