//! The last page: where everything lies, and what it was made with.

use crate::setting::{GUTTER, Setting};
use core_brand::design::FontChoice;
use core_brand::{Fault, RELEASE_DATE, VERSION};
use core_pdf::{Area, Page, Role};
use std::collections::BTreeMap;

/// Folders with a sentence of their own; others are listed by name.
pub(crate) const FOLDERS: [&str; 9] =
    ["logos", "web", "app", "social", "email", "tokens", "book", "print", "fonts"];
/// A page holds this many rows.
const FOLDERS_MAX: usize = 10;

pub(crate) fn page(setting: &Setting, files: &[String]) -> Result<Page, Fault> {
    let title = setting.say("kit-files", &[])?;
    let intro = setting.say("kit-files-intro", &[])?;
    let (mut page, stage) = setting.chapter(&setting.light, &title, &intro);
    folders(setting, &mut page, stage.columns(0, 5, 9, GUTTER), files)?;
    let right = stage.columns(5, 4, 9, GUTTER);
    let right = Area { x: right.x + 10.0, width: right.width - 10.0, ..right };
    let y = faces(setting, &mut page, right)?;
    let y = licences(setting, &mut page, Area { y: y + 24.0, ..right })?;
    colophon(setting, &mut page, Area { y: y + 24.0, ..right })?;
    Ok(page)
}

fn folders(setting: &Setting, page: &mut Page, area: Area, files: &[String]) -> Result<(), Fault> {
    let head = setting.say("kit-folders", &[])?;
    let mut y = page.text(Role::Heading(2), &setting.fonts, &head, &setting.heading(), area) + 16.0;
    for (folder, count) in counted(files).into_iter().take(FOLDERS_MAX) {
        setting.hairline(page, area.x, y, area.width, &setting.light);
        let name = if folder.is_empty() { "/".to_owned() } else { format!("{folder}/") };
        let left = Area { y: y + 11.0, width: 104.0, ..area };
        page.text(Role::Paragraph, &setting.fonts, &name, &setting.label(), left);
        let key = format!("kit-folder-{}", if folder.is_empty() { "root" } else { &folder });
        let known = folder.is_empty() || FOLDERS.contains(&folder.as_str());
        let about = if known { setting.say(&key, &[])? } else { String::new() };
        let counted = match count {
            0 => String::new(),
            _ => setting.count("kit-file-count", ("count", count as u32), &[])?,
        };
        let about = setting.brand.words.sentences(&[&counted, &about]);
        let right = Area { x: area.x + 112.0, width: area.width - 112.0, y: y + 11.5, ..area };
        let base = page.text(Role::Paragraph, &setting.fonts, &about, &setting.caption(), right);
        y = base.max(y + 18.0) + 13.0;
    }
    Ok(())
}

/// Files by their first folder, with those that the kit step itself adds.
fn counted(files: &[String]) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for file in files {
        let folder = file.split_once('/').map_or("", |(folder, _)| folder);
        *counts.entry(folder.to_owned()).or_default() += 1;
    }
    for own in ["", "book", "fonts", "tokens"] {
        // Their number is not known yet: zero says nothing.
        counts.insert(own.to_owned(), 0);
    }
    let mut counted: Vec<(String, usize)> = counts.into_iter().collect();
    // The logos first, what lies beside the folders last.
    let rank = |folder: &str| match folder {
        "logos" => 0,
        "" => 2,
        _ => 1,
    };
    counted.sort_by_key(|(folder, _)| (rank(folder), folder.clone()));
    counted
}

fn faces(setting: &Setting, page: &mut Page, area: Area) -> Result<f64, Fault> {
    let head = setting.say("kit-faces", &[])?;
    let mut y = page.text(Role::Heading(2), &setting.fonts, &head, &setting.heading(), area) + 16.0;
    let typography = &setting.brand.design.typography;
    let mut shown: Vec<&FontChoice> = Vec::new();
    for choice in [&typography.display, &typography.text, &typography.strong] {
        if !shown.iter().any(|other| other.key == choice.key) {
            shown.push(choice);
        }
    }
    for choice in shown {
        setting.hairline(page, area.x, y, area.width, &setting.light);
        let name = format!("{} {}", choice.key.family, choice.key.weight);
        let base =
            page.text(Role::Paragraph, &setting.fonts, &name, &setting.label(), Area { y: y + 11.0, ..area });
        let license = setting.say("kit-license", &[("license", &choice.license)])?;
        y = setting.write(page, &license, &setting.caption(), Area { y: base + 7.0, ..area }) + 12.0;
    }
    Ok(y)
}

/// Whose the faces are, and the file that says so.
fn licences(setting: &Setting, page: &mut Page, area: Area) -> Result<f64, Fault> {
    let ledger = &setting.brand.design.typography.licenses;
    if ledger.is_empty() {
        return Ok(area.y);
    }
    let head = setting.say("kit-licences", &[])?;
    let mut y = setting.head(page, &head, &setting.heading(), area) + 16.0;
    for line in ledger {
        setting.hairline(page, area.x, y, area.width, &setting.light);
        // A notice in letters that the face lacks stands in its file.
        let notice = Some(&line.notice).filter(|notice| setting.fonts.covers(setting.text, notice));
        let notice = notice.map_or(line.family.as_str(), String::as_str);
        let style = setting.caption().color(setting.light.text).hyphens(false);
        let base = setting.write(page, notice, &style, Area { y: y + 11.0, ..area });
        let file = setting.on_one_line(&line.file, &setting.caption(), area.width);
        y = setting.write(page, &line.file, &file, Area { y: base + 6.5, ..area }) + 12.0;
    }
    Ok(y)
}

fn colophon(setting: &Setting, page: &mut Page, area: Area) -> Result<(), Fault> {
    let head = setting.say("kit-colophon", &[])?;
    let y = page.text(Role::Heading(2), &setting.fonts, &head, &setting.heading(), area) + 16.0;
    setting.hairline(page, area.x, y, area.width, &setting.light);
    let order = &setting.brand.order;
    let date = format!("{}-{:02}-{:02}", RELEASE_DATE.year, RELEASE_DATE.month, RELEASE_DATE.day);
    let lines = [
        setting.say("kit-made-with", &[("version", VERSION), ("date", &date)])?,
        setting.count("kit-made-from", ("concepts", order.concepts), &[("seed", &order.seed.to_string())])?,
        setting.say("kit-made-again", &[])?,
    ];
    let mut at = y + 12.0;
    for line in lines {
        at = page.text(Role::Paragraph, &setting.fonts, &line, &setting.caption(), Area { y: at, ..area })
            + 10.0;
    }
    Ok(())
}
