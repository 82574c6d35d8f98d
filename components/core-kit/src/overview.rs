//! The kit at a glance: one board of tiles, drawn with paths only.

use crate::book::{self, on};
use crate::brand::{Brand, mix};
use crate::setting::{Setting, best};
use core_brand::{Concept, Fault, FillRole, Rgb, Studio};
use core_pdf::{Anchor, Area, Page, Part, Style, drawing, rectangle, svg};
use core_vector::colorway::Colorway;
use core_vector::lockup::{Lockup, compose};

pub(crate) const PATH: &str = "overview.png";

const WIDTH: f64 = 1600.0;
const HEIGHT: f64 = 1100.0;
/// Where the rows and the tiles of the first two end.
const FIRST: f64 = 520.0;
const SECOND: f64 = 864.0;
const MIDDLE: f64 = 960.0;
/// More tiles in a row than this and a logo cannot be told from another.
const OTHERS_MAX: usize = 6;

/// The height in pixels of an overview of this width.
pub(crate) fn height(width: u32) -> u32 {
    (f64::from(width) * HEIGHT / WIDTH).round() as u32
}

/// The board as SVG.
pub fn board(brand: &Brand, studio: &dyn Studio) -> Result<String, Fault> {
    let setting = Setting::new(brand, studio)?;
    let title = setting.say("kit-overview-of", &[("name", brand.name())])?;
    let mut page = Page::new(WIDTH, HEIGHT, &title);
    page.ground(Rgb::WHITE);
    hero(&setting, &mut page)?;
    mark(&setting, &mut page)?;
    specimen(&setting, &mut page)?;
    sample(&setting, &mut page)?;
    palette(&setting, &mut page)?;
    reversed(&setting, &mut page)?;
    others(&setting, &mut page)?;
    Ok(svg(&page, &setting.fonts, &title))
}

/// The recommended logo, with room.
fn hero(setting: &Setting, page: &mut Page) -> Result<(), Fault> {
    let tile = Area::new(0.0, 0.0, MIDDLE, FIRST);
    page.box_of(tile, setting.light.panel);
    let inner = Area::new(128.0, 132.0, MIDDLE - 256.0, FIRST - 264.0);
    let colors = &setting.brand.design.palette.logo;
    let inner = Area { height: inner.height + 28.0, y: inner.y - 14.0, ..inner };
    page.push(
        setting.figure(setting.best(inner), inner, Anchor::CENTER, &|role| {
            Colorway::Color.color(role, colors)
        })?,
    );
    Ok(())
}

/// The mark in what reads on the primary colour.
fn mark(setting: &Setting, page: &mut Page) -> Result<(), Fault> {
    let tile = Area::new(MIDDLE, 0.0, WIDTH - MIDDLE, FIRST);
    page.box_of(tile, setting.brand.swatch("primary")?);
    let ink = setting.brand.design.palette.logo.on_primary;
    let inner = tile.fit(1.0, 1.0, Anchor::CENTER).inset(104.0);
    page.push(setting.figure(Lockup::Mark, inner, Anchor::CENTER, &|_| ink)?);
    Ok(())
}

/// Two letters, large.
fn specimen(setting: &Setting, page: &mut Page) -> Result<(), Fault> {
    let tile = Area::new(0.0, FIRST, 400.0, SECOND - FIRST);
    let ground = setting.brand.swatch("secondary")?;
    let ink = on(setting, ground);
    page.box_of(tile, ground);
    let inner = tile.inset(44.0);
    let letters = book::letters(setting)[0];
    let style = Style { color: ink, ..setting.title().size(260.0).tracking(-20.0) };
    let style = style.size(setting.fonts.size_for(letters, &style, inner.width));
    let cap = setting.fonts.cap_height(&style);
    page.push(Part::artifact(setting.placed(letters, &style, Area { y: inner.bottom() - cap, ..inner })));
    Ok(())
}

/// Both faces at work.
fn sample(setting: &Setting, page: &mut Page) -> Result<(), Fault> {
    let tile = Area::new(400.0, FIRST, MIDDLE - 400.0, SECOND - FIRST);
    let inner = Area::new(tile.x + 48.0, tile.y + 50.0, tile.width - 92.0, tile.height - 96.0);
    let typography = &setting.brand.design.typography;
    let head = setting.say("kit-sample-title", &[])?;
    let large = setting.title().size(50.0).leading(1.08);
    let large = setting.unbroken(&head, &large, inner.width);
    let mut y = inner.y;
    for text in
        [(head, large, 38.0), (setting.say("kit-sample", &[])?, setting.body().size(21.0).leading(1.5), 0.0)]
    {
        let (words, style, after) = text;
        page.push(Part::artifact(setting.placed(&words, &style, Area { y, ..inner })));
        y += setting.height(&words, &style, inner.width) + after;
    }
    let faces = match typography.display.key.family == typography.text.key.family {
        true => typography.text.key.family.clone(),
        false => format!("{} + {}", typography.display.key.family, typography.text.key.family),
    };
    let small = setting.label().size(17.0).color(setting.light.muted);
    let small = small.size(setting.fonts.size_for(&faces, &small, inner.width));
    let at = Area { y: inner.bottom() - setting.fonts.cap_height(&small), ..inner };
    page.push(Part::artifact(setting.placed(&faces, &small, at)));
    Ok(())
}

/// Bars as high as the colours' shares, with their values.
fn palette(setting: &Setting, page: &mut Page) -> Result<(), Fault> {
    const BAR_MIN: f64 = 42.0;
    let tile = Area::new(MIDDLE, FIRST, 300.0, SECOND - FIRST);
    let mut swatches = setting.brand.design.palette.swatches.clone();
    // The most used on top: the paper parts the bars from the primary tile above.
    swatches.sort_by_key(|swatch| std::cmp::Reverse(swatch.share));
    let spare = tile.height - BAR_MIN * swatches.len() as f64;
    let total: f64 = swatches.iter().map(|swatch| f64::from(swatch.share)).sum::<f64>().max(1.0);
    let mut y = tile.y;
    for swatch in &swatches {
        let height = BAR_MIN + spare * f64::from(swatch.share) / total;
        let bar = Area { y, height, ..tile };
        let style = setting.label().size(16.0).color(on(setting, swatch.rgb));
        let at = Area { x: bar.x + 24.0, y: bar.y + 15.0, ..bar };
        // Down to the end, so that no seam shows between bars.
        let mut nodes = vec![rectangle(Area { height: tile.bottom() - y, ..bar }, swatch.rgb)];
        nodes.extend(setting.placed(&swatch.rgb.to_string(), &style, at));
        page.push(Part::artifact(nodes));
        y += height;
    }
    Ok(())
}

/// The logo on the dark ground.
fn reversed(setting: &Setting, page: &mut Page) -> Result<(), Fault> {
    let tile = Area::new(MIDDLE + 300.0, FIRST, WIDTH - MIDDLE - 300.0, SECOND - FIRST);
    let colors = &setting.brand.design.palette.logo;
    page.box_of(tile, colors.ground_dark);
    let color = |role: FillRole| Colorway::Reversed.color(role, colors);
    page.push(setting.figure(Lockup::Stacked, tile.inset(66.0), Anchor::CENTER, &color)?);
    Ok(())
}

/// The other concepts; where there is only one, its other lockups.
fn others(setting: &Setting, page: &mut Page) -> Result<(), Fault> {
    let row = Area::new(0.0, SECOND, WIDTH, HEIGHT - SECOND);
    let colors = &setting.brand.design.palette.logo;
    let color = |role: FillRole| Colorway::Color.color(role, colors);
    let concepts: Vec<&Concept> = setting.brand.concepts().iter().skip(1).take(OTHERS_MAX).collect();
    let logo = setting.brand.logo();
    let shown: Vec<(&Concept, Option<Lockup>)> = match concepts.is_empty() {
        true => [Lockup::Wordmark, Lockup::Square, Lockup::Badge, Lockup::Mark]
            .map(|lockup| (logo, Some(lockup)))
            .to_vec(),
        false => concepts.into_iter().map(|concept| (concept, None)).collect(),
    };
    for (index, (concept, lockup)) in shown.iter().enumerate() {
        let tile = row.columns(index, 1, shown.len(), 0.0);
        let inner = Area { x: tile.x + 40.0, width: tile.width - 80.0, ..tile.inset(56.0) };
        let (horizontal, stacked) = (compose(concept, Lockup::Horizontal), compose(concept, Lockup::Stacked));
        let lockup = lockup.unwrap_or_else(|| best(&horizontal, &stacked, inner));
        let nodes = drawing(&compose(concept, lockup), inner, Anchor::CENTER, &color)?;
        if index > 0 {
            let rule = mix(Rgb::WHITE, setting.light.text, 0.12);
            page.box_of(Area::new(tile.x, tile.y + 40.0, 1.0, tile.height - 80.0), rule);
        }
        page.push(Part::artifact(nodes));
    }
    Ok(())
}
