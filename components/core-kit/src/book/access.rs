//! What was done so that everyone can use the brand, what to keep, and what nobody has tried.

use crate::setting::{GUTTER, Setting};
use core_brand::{Fault, Rgb};
use core_color::{Sight, seen, seen_difference};
use core_pdf::{Area, Node, Page, Part, Role, rounded};

/// Text has to reach this by WCAG 2.2.
const TEXT: f64 = 4.5;
/// Statements are set larger than other running text, where they fit.
const LARGER: f64 = 1.12;
/// Between two statements.
const APART: f64 = 15.0;

pub(crate) fn page(setting: &Setting) -> Result<Page, Fault> {
    let title = setting.say("kit-access", &[])?;
    let intro = setting.say("kit-access-intro", &[])?;
    let (mut page, stage) = setting.chapter(&setting.light, &title, &intro);
    let left = stage.columns(0, 5, 9, GUTTER);
    statements(setting, &mut page, Area { width: left.width - 16.0, ..left })?;
    let right = stage.columns(5, 4, 9, GUTTER);
    for (index, sight) in Sight::ALL.into_iter().enumerate() {
        strip(setting, &mut page, right.rows(index, 1, Sight::ALL.len(), GUTTER), sight)?;
    }
    Ok(page)
}

/// Heading and sentence, one under the other.
fn statements(setting: &Setting, page: &mut Page, area: Area) -> Result<(), Fault> {
    let said = [
        ("kit-contrast", contrast(setting)?),
        ("kit-color", setting.say("kit-access-color", &[])?),
        ("kit-topic-type", sizes(setting)?),
        ("kit-logo", setting.say("kit-access-logo", &[("name", setting.brand.name())])?),
        ("kit-book", setting.say("kit-access-book", &[])?),
        ("kit-access-missing", setting.say("kit-access-limits", &[])?),
    ];
    let mut body = setting.body().size(setting.body().size * LARGER);
    let height = |size: f64| {
        let style = setting.body().size(size);
        said.iter().map(|(_, text)| setting.height(text, &style, area.width) + 26.0 + APART).sum::<f64>()
    };
    while body.size > 6.0 && height(body.size) > area.height {
        body = body.size(body.size - 0.2);
    }
    let mut y = area.y;
    for (key, text) in said {
        setting.hairline(page, area.x, y, area.width, &setting.light);
        let head = setting.say(key, &[])?;
        let base = setting.head(page, &head, &setting.label(), Area { y: y + 10.0, ..area });
        // A name in a script that the text face lacks is set in the one that has it.
        let style = body.font(setting.font_for(&text, body.font));
        y = setting.write(page, &text, &style, Area { y: base + 8.0, ..area }) + APART;
    }
    Ok(())
}

/// How many pairs were measured, and the weakest text of them.
fn contrast(setting: &Setting) -> Result<String, Fault> {
    let pairs = &setting.brand.design.palette.contrasts;
    let texts = pairs.iter().filter(|pair| pair.threshold >= TEXT);
    let least = texts.map(|pair| pair.ratio).fold(f64::MAX, f64::min);
    let ratio = setting.number(if least == f64::MAX { 0.0 } else { least }, 2);
    setting.count("kit-access-contrast", ("count", pairs.len() as u32), &[("ratio", &ratio)])
}

fn sizes(setting: &Setting) -> Result<String, Fault> {
    let sizes = &setting.brand.design.typography.sizes;
    let number =
        |value: f64, places: usize| setting.number(value, if value.fract() == 0.0 { 0 } else { places });
    let body = sizes.iter().find(|size| size.role == "body").or(sizes.last());
    let least = sizes.iter().map(|size| size.size_px).fold(f64::MAX, f64::min);
    let (px, leading) = body.map_or((0.0, 0.0), |size| (size.size_px, size.line_height));
    let values = [("px", number(px, 1)), ("leading", number(leading, 2)), ("least", number(least, 1))];
    let values: Vec<(&str, &str)> = values.iter().map(|(key, value)| (*key, value.as_str())).collect();
    setting.say("kit-access-type", &values)
}

/// The palette as a way of seeing shows it, and its two nearest colours.
fn strip(setting: &Setting, page: &mut Page, area: Area, sight: Sight) -> Result<(), Fault> {
    let colors: Vec<Rgb> = setting.brand.design.palette.swatches.iter().map(|swatch| swatch.rgb).collect();
    let name = setting.say(&format!("kit-sight-{}", sight.id()), &[])?;
    let band = Area { height: area.height - 42.0, ..area };
    let edge = rounded(band, 0.0, setting.light.rule);
    let mut nodes: Vec<Node> = vec![edge];
    let inner = band.inset(0.5);
    for (index, rgb) in colors.iter().enumerate() {
        nodes.push(rounded(inner.columns(index, 1, colors.len(), 0.0), 0.0, seen(*rgb, sight)));
    }
    let alt = setting.say("kit-alt-sight", &[("sight", &name)])?;
    page.push(Part::new(Role::Figure(alt), nodes));
    let base = setting.write(page, &name, &setting.label(), Area { y: band.bottom() + 11.0, ..area });
    if let Some(difference) = nearest(&colors, sight) {
        let least = setting.say("kit-sight-least", &[("difference", &setting.number(difference, 0))])?;
        setting.write(page, &least, &setting.caption(), Area { y: base + 6.5, ..area });
    }
    Ok(())
}

/// The smallest CIEDE2000 between two of the colours, rounded down.
fn nearest(colors: &[Rgb], sight: Sight) -> Option<f64> {
    let pairs = colors.iter().enumerate().flat_map(|(index, one)| {
        colors[index + 1..].iter().map(move |other| seen_difference(*one, *other, sight))
    });
    pairs.reduce(f64::min).map(f64::floor)
}
