//! Type: the faces shown large, and the sizes at true size.

use crate::setting::{GUTTER, Setting};
use core_brand::Fault;
use core_brand::design::{FontChoice, TypeSize};
use core_pdf::{Area, FontId, Page, Part, Role, Style, rounded};
use core_tokens::is_display;

/// A CSS pixel in points.
const PX_PT: f64 = 0.75;

/// The display face on its own colour, the text face at work.
pub(crate) fn specimen(setting: &Setting) -> Result<Page, Fault> {
    let title = setting.say("kit-type", &[])?;
    let typography = &setting.brand.design.typography;
    let (mut page, stage) = setting.chapter(&setting.light, &title, &typography.rule);
    let upper = Area { height: 296.0, ..stage };
    let lower = Area {
        y: upper.bottom() + GUTTER + 6.0,
        height: stage.bottom() - upper.bottom() - GUTTER - 6.0,
        ..stage
    };
    display(setting, &mut page, upper, &typography.display)?;
    text(setting, &mut page, lower, &typography.text, &typography.strong)?;
    Ok(page)
}

fn display(setting: &Setting, page: &mut Page, area: Area, choice: &FontChoice) -> Result<(), Fault> {
    let ground = setting.brand.swatch("primary")?;
    let ink = setting.brand.design.palette.logo.on_primary;
    page.push(Part::artifact(vec![rounded(area, 4.0, ground)]));
    let inner = area.inset(24.0);
    let large = Style { color: ink, ..setting.title().size(190.0).tracking(-20.0) };
    let left = inner.columns(0, 5, 9, GUTTER);
    let [first, lines @ ..] = letters(setting);
    let large = large.size(setting.fonts.size_for(first, &large, left.width));
    let cap = setting.fonts.cap_height(&large);
    page.text(Role::Paragraph, &setting.fonts, first, &large, Area { y: inner.bottom() - cap - 6.0, ..left });
    let right = inner.columns(5, 4, 9, GUTTER);
    let mut y = named(setting, page, right, setting.display, choice, "kit-face-display", ink)? + 10.0;
    let style = setting.heading().size(13.0).leading(1.45).color(ink).tracking(0.0);
    for line in lines {
        y = page.text(Role::Paragraph, &setting.fonts, line, &style, Area { y: y + 12.0, ..right });
    }
    Ok(())
}

fn text(
    setting: &Setting,
    page: &mut Page,
    area: Area,
    choice: &FontChoice,
    strong: &FontChoice,
) -> Result<(), Fault> {
    let ink = setting.light.text;
    let left = area.columns(0, 3, 9, GUTTER);
    setting.hairline(page, area.x, area.y, area.width, &setting.light);
    let top = Area { y: area.y + 14.0, ..left };
    let y = named(setting, page, top, setting.text, choice, "kit-face-text", ink)?;
    let bold = setting.say("kit-face-strong", &[("weight", &strong.key.weight.to_string())])?;
    page.text(Role::Paragraph, &setting.fonts, &bold, &setting.caption(), Area { y: y + 6.0, ..left });
    let right = Area { y: area.y + 14.0, ..area.columns(3, 6, 9, GUTTER) };
    let sample = setting.say("kit-sample-long", &[])?;
    let lead = setting.say("kit-sample", &[])?;
    let style = Style { font: setting.strong, ..setting.lead() };
    let y = page.text(Role::Paragraph, &setting.fonts, &lead, &style, right) + 14.0;
    let columns = Area { y, ..right };
    let y = page.text(Role::Paragraph, &setting.fonts, &sample, &setting.body().size(10.0), columns) + 18.0;
    let style = setting.caption().size(8.0);
    let all = letters(setting)[1..].join(" ");
    page.text(Role::Paragraph, &setting.fonts, &all, &style, Area { y, ..right });
    Ok(())
}

/// Letters that a face is shown by: the first of them large, then in lines.
type Letters = [&'static str; 4];

const FIGURES: &str = "0123456789 &?!";
const LATIN: Letters = ["Aa", "ABCDEFGHIJKLM NOPQRSTUVWXYZ", "abcdefghijklm nopqrstuvwxyz", FIGURES];
const JAPANESE: Letters =
    ["あア", "あいうえお かきくけこ さしすせそ", "アイウエオ 東西南北 春夏秋冬", FIGURES];

/// Those that the language of the brand is written in, where both faces have them.
pub(crate) fn letters(setting: &Setting) -> Letters {
    let has = |font: FontId| JAPANESE.iter().all(|line| setting.fonts.covers(font, line));
    let is_japanese = setting.brand.order.brief.language == "ja";
    if is_japanese && has(setting.display) && has(setting.text) { JAPANESE } else { LATIN }
}

/// The family's name in its own letters, with weight and use; returns the last baseline.
fn named(
    setting: &Setting,
    page: &mut Page,
    area: Area,
    font: FontId,
    choice: &FontChoice,
    key: &str,
    color: core_brand::Rgb,
) -> Result<f64, Fault> {
    let family = &choice.key.family;
    let style = setting.heading().font(font).size(21.0).color(color).tracking(0.0);
    let style = style.size(setting.fonts.size_for(family, &style, area.width));
    let y = page.text(Role::Heading(2), &setting.fonts, family, &style, area) + 10.0;
    let use_for = setting.say(key, &[("weight", &choice.key.weight.to_string())])?;
    Ok(page.text(
        Role::Paragraph,
        &setting.fonts,
        &use_for,
        &setting.caption().color(color),
        Area { y, ..area },
    ))
}

/// Every size of the scale, printed at the size it has on a screen.
pub(crate) fn scale(setting: &Setting) -> Result<Page, Fault> {
    let title = setting.say("kit-sizes", &[])?;
    let typography = &setting.brand.design.typography;
    let ratio = setting.number(typography.ratio, 3);
    let intro = setting.say("kit-sizes-intro", &[("ratio", &ratio)])?;
    let (mut page, stage) = setting.chapter(&setting.light, &title, &intro);
    let total: f64 = typography.sizes.iter().map(weight).sum();
    let mut y = stage.y;
    for size in &typography.sizes {
        let height = stage.height * weight(size) / total.max(1.0);
        row(setting, &mut page, Area { y, height, ..stage }, size)?;
        y += height;
    }
    Ok(page)
}

/// How much of the page a size gets.
fn weight(size: &TypeSize) -> f64 {
    size.size_px * size.line_height + 34.0
}

fn row(setting: &Setting, page: &mut Page, area: Area, size: &TypeSize) -> Result<(), Fault> {
    setting.hairline(page, area.x, area.y, area.width, &setting.light);
    let left = Area { y: area.y + 10.0, ..area.columns(0, 2, 9, GUTTER) };
    let right = area.columns(2, 7, 9, GUTTER);
    let name = setting.say(&format!("kit-size-{}", size.role), &[])?;
    let base = page.text(Role::Heading(2), &setting.fonts, &name, &setting.label(), left);
    let px = setting.number(size.size_px, usize::from(size.size_px.fract() != 0.0));
    let leading = setting.number(size.line_height, 2);
    let about = setting.say(
        "kit-size-values",
        &[("px", &px), ("leading", &leading), ("tracking", &tracking(setting, size)?)],
    )?;
    page.text(Role::Paragraph, &setting.fonts, &about, &setting.caption(), Area { y: base + 6.0, ..left });
    let font = if is_display(&size.role) { setting.display } else { setting.text };
    let style = Style {
        font,
        size: size.size_px * PX_PT,
        leading: size.line_height,
        tracking: f64::from(size.tracking),
        ..setting.body()
    };
    let sample = setting.say(&format!("kit-sample-{}", size.role), &[])?;
    let sets_lines = matches!(size.role.as_str(), "lead" | "body" | "caption");
    let style =
        if sets_lines { style } else { style.size(setting.fonts.size_for(&sample, &style, right.width)) };
    let height = setting.height(&sample, &style, right.width);
    let top = if sets_lines { area.y + 10.0 } else { area.y + (area.height - height) / 2.0 };
    page.text(Role::Paragraph, &setting.fonts, &sample, &style, Area { y: top, ..right });
    Ok(())
}

/// In per cent of an em, with its sign.
fn tracking(setting: &Setting, size: &TypeSize) -> Result<String, Fault> {
    let percent = f64::from(size.tracking) / 10.0;
    let number = setting.number(percent.abs(), usize::from(percent.fract() != 0.0));
    Ok(match size.tracking {
        0 => "0".to_owned(),
        below if below < 0 => format!("\u{2212}{number}"),
        _ => format!("+{number}"),
    })
}
