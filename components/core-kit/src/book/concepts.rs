//! All concepts on one page, so that the choice can be seen.

use crate::setting::{GUTTER, Setting, best};
use core_brand::{Concept, Fault, FillRole};
use core_pdf::{Anchor, Area, Page, Part, Role, drawing};
use core_vector::colorway::Colorway;
use core_vector::lockup::{Lockup, compose};

/// Nothing to compare with one concept.
pub(crate) fn page(setting: &Setting) -> Result<Option<Page>, Fault> {
    let concepts = setting.brand.concepts();
    if concepts.len() < 2 {
        return Ok(None);
    }
    let title = setting.say("kit-concepts", &[])?;
    let intro = setting.count("kit-concepts-intro", ("count", concepts.len() as u32), &[])?;
    let (mut page, stage) = setting.chapter(&setting.light, &title, &intro);
    let columns = match concepts.len() {
        2 | 4 => 2,
        3 | 5 | 6 | 9 => 3,
        _ => 4,
    };
    let rows = concepts.len().div_ceil(columns).max(2);
    for (index, concept) in concepts.iter().enumerate() {
        one(setting, &mut page, stage.cell(index, columns, rows, GUTTER), concept)?;
    }
    Ok(Some(page))
}

fn one(setting: &Setting, page: &mut Page, cell: Area, concept: &Concept) -> Result<(), Fault> {
    let words = if cell.height > 180.0 { 84.0 } else { 50.0 };
    let tile = Area { height: cell.height - words, ..cell };
    page.push(setting.panel(tile));
    let inner = tile.inset(24.0);
    let (horizontal, stacked) = (compose(concept, Lockup::Horizontal), compose(concept, Lockup::Stacked));
    let logo = if best(&horizontal, &stacked, inner) == Lockup::Stacked { stacked } else { horizontal };
    let colors = &setting.brand.design.palette.logo;
    let color = |role: FillRole| Colorway::Color.color(role, colors);
    let alt =
        setting.say("kit-alt-concept", &[("rank", &concept.rank.to_string()), ("title", &concept.title)])?;
    page.push(Part::new(Role::Figure(alt), drawing(&logo, inner, Anchor::CENTER, &color)?));

    let head = format!("{}  {}", concept.rank, concept.title);
    let label = setting.label();
    let label = label.size(setting.fonts.size_for(&head, &label, cell.width).max(6.0));
    let at = Area { y: tile.bottom() + 12.0, ..cell };
    let base = page.text(Role::Heading(2), &setting.fonts, &head, &label, at);
    let room = cell.bottom() - base - 12.0;
    let mut style = setting.caption();
    while style.size > 5.5 && setting.height(&concept.idea, &style, cell.width) > room {
        style = style.size(style.size - 0.3);
    }
    if setting.height(&concept.idea, &style, cell.width) <= room {
        let at = Area { y: base + 8.0, ..cell };
        page.text(Role::Paragraph, &setting.fonts, &concept.idea, &style, at);
    }
    Ok(())
}
