//! The styles of a page: what stands in `style` elements and attributes. Scripts and linked files are not read.

use crate::css;
use crate::refuse;
use crate::scene::{Contents, Untold};
use crate::style;
use core_brand::Fault;
use std::collections::BTreeSet;

const KIND: &str = "HTML";

pub(crate) fn read(text: &str) -> Result<Contents, Fault> {
    let mut contents = Contents::default();
    // Lines of the sheet are those of the page: everything else of it becomes empty lines.
    let sheet = css::read(&styles(text)).map_err(|why| refuse::malformed(KIND, &why))?;
    style::read(&sheet, &mut contents);
    let links: BTreeSet<String> = tags(text, "link").into_iter().filter_map(|tag| sheet_of(tag.1)).collect();
    contents.untold.extend((!links.is_empty()).then(|| Untold::External(links.into_iter().collect())));
    let pictures = tags(text, "img").len() as u32;
    contents.untold.extend((pictures > 0).then_some(Untold::Pictures(pictures)));
    Ok(contents)
}

/// The text of all style elements and attributes as one sheet.
fn styles(text: &str) -> String {
    // Where each begins and ends in the page, and what it is in the sheet.
    let mut pieces: Vec<(usize, usize, String)> = Vec::new();
    let lower = text.to_ascii_lowercase();
    let mut until = 0;
    for (at, tag) in tags(text, "style") {
        // One that is never closed ends with the page.
        let start = (at + tag.len() + 1).min(text.len());
        if start >= until {
            until = lower[start..].find("</style").map_or(text.len(), |end| start + end);
            pieces.push((start, until, text[start..until].to_owned()));
        }
    }
    let mut from = 0;
    while let Some(found) = text[from..].find(" style=") {
        let start = from + found + 7;
        from = start;
        let quote = text[start..].chars().next().filter(|quote| matches!(quote, '"' | '\''));
        let Some(quote) = quote else { continue };
        let value = text[start + 1..].split(quote).next().unwrap_or_default();
        from = start + 1 + value.len();
        if css::read_inline(value).is_ok() {
            pieces.push((start + 1, from, format!("{{{value}}}")));
        }
    }
    pieces.sort();
    let (mut sheet, mut done) = (String::new(), 0);
    for (at, end, piece) in pieces {
        if at >= done {
            sheet.extend(text[done..at].chars().filter(|letter| *letter == '\n'));
            done = end;
            sheet.push_str(&piece);
        }
    }
    sheet
}

/// The openings of elements of a name, each with its place, without its last bracket. None begins inside of another.
fn tags<'a>(text: &'a str, name: &str) -> Vec<(usize, &'a str)> {
    let is_it = |at: usize| {
        let after = text.get(at + 1..at + 1 + name.len()).unwrap_or_default();
        let next = text[at + 1..].chars().nth(name.len()).unwrap_or(' ');
        after.eq_ignore_ascii_case(name) && (next.is_whitespace() || matches!(next, '>' | '/'))
    };
    let (mut found, mut from) = (Vec::new(), 0);
    while let Some(at) = text[from..].find('<').map(|at| from + at) {
        from = at + 1;
        if is_it(at) {
            let tag = text[at..].split('>').next().unwrap_or_default();
            from = at + tag.len();
            found.push((at, tag));
        }
    }
    found
}

fn sheet_of(tag: &str) -> Option<String> {
    let plain = tag.to_ascii_lowercase();
    let link = tag.split_once("href=")?.1.trim_start_matches(['"', '\'']);
    let link = link.split(['"', '\'', ' ', '>']).next()?;
    plain.contains("stylesheet").then(|| link.chars().take(80).collect())
}
