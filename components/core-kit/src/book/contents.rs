//! The table of contents: every page by its chapter, each line a link.

use crate::setting::{GUTTER, Setting};
use core_brand::Fault;
use core_pdf::{Align, Area, Node, Page, Part, Role, Target};

/// It stands behind the cover and the quick reference.
const PLACE: usize = 2;
/// Chapters side by side.
const COLUMNS: usize = 3;
/// From line to line, and from a chapter to its first line.
const ROW: f64 = 23.0;
const HEAD: f64 = 30.0;

/// Puts the contents into the book.
pub(crate) fn insert(setting: &Setting, pages: &mut Vec<Page>) -> Result<(), Fault> {
    let title = setting.say("kit-contents", &[])?;
    let intro = setting.say("kit-contents-intro", &[])?;
    let (mut page, stage) = setting.chapter(&setting.light, &title, &intro);
    let mut chapters: Vec<(&str, Vec<Line>)> = Vec::new();
    for (index, other) in pages.iter().enumerate().filter(|(_, page)| !page.chapter.is_empty()) {
        // Whatever stands behind the contents moves by one.
        let line = Line { title: &other.title, page: index + usize::from(index >= PLACE) };
        match chapters.last_mut().filter(|(chapter, _)| *chapter == other.chapter) {
            Some((_, lines)) => lines.push(line),
            None => chapters.push((&other.chapter, vec![line])),
        }
    }
    let rows = chapters.len().div_ceil(COLUMNS).max(1);
    for (index, (chapter, lines)) in chapters.iter().enumerate() {
        column(setting, &mut page, stage.cell(index, COLUMNS, rows, GUTTER + 8.0), chapter, lines)?;
    }
    pages.insert(PLACE, page);
    Ok(())
}

struct Line<'a> {
    title: &'a str,
    page: usize,
}

fn column(
    setting: &Setting,
    page: &mut Page,
    area: Area,
    chapter: &str,
    lines: &[Line],
) -> Result<(), Fault> {
    let style = setting.unbroken(chapter, &setting.heading().size(19.0), area.width);
    setting.head(page, chapter, &style, area);
    let mut contents = Part::new(Role::Contents, Vec::new());
    let mut y = area.y + HEAD + style.size * 0.4;
    for line in lines {
        setting.hairline(page, area.x, y, area.width, &setting.light);
        contents.nodes.push(Node::Part(entry(setting, line, Area { y, height: ROW, ..area })?));
        y += ROW;
    }
    page.push(contents);
    Ok(())
}

/// Title and number of a page, the whole line a link.
fn entry(setting: &Setting, line: &Line, area: Area) -> Result<Part, Fault> {
    let number = (line.page + 1).to_string();
    let alt = setting.say("kit-alt-link", &[("title", line.title), ("page", &number)])?;
    let style = setting.body().size(9.5);
    let style = setting.on_one_line(line.title, &style, area.width - 26.0);
    let y = area.y + (area.height - setting.fonts.cap_height(&style)) / 2.0;
    let at = Area { y, ..area };
    let mut nodes = setting.placed(line.title, &style, Area { width: at.width - 24.0, ..at });
    let figures = setting.body().size(9.5).align(Align::Right).color(setting.light.muted);
    nodes.extend(setting.placed(&number, &figures, at));
    let link = Part::new(Role::Link(Target { page: line.page, alt }), nodes);
    Ok(Part::new(Role::Entry, vec![Node::Part(link)]))
}
