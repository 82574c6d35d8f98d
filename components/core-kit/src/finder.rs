//! Which file do I use? Asked by task, answered with a path, for the first page and its PDF.

use crate::book::CASES;
use crate::brand::Brand;
use crate::setting::{GUTTER, HEIGHT, MARGIN, RADIUS, Setting, WIDTH, live};
use core_brand::check::{Check, Comparison, Severity};
use core_brand::kit::FileEntry;
use core_brand::{Fault, FillRole, Rgb};
use core_color::contrast;
use core_pdf::{Anchor, Area, Meta, Page, Part, Role, rounded};
use core_vector::Colorway;

pub(crate) const PATH: &str = "index.pdf";

/// What people do, and the file or folder for it; `{logo}` is the folder of the recommended concept.
const TASKS: [(&str, &str); 12] = [
    ("website", "web/head.html"),
    ("app", "app/"),
    ("social", "social/"),
    ("mail", "email/signature.html"),
    ("card", "print/business-card.pdf"),
    ("letter", "print/letterhead.pdf"),
    ("envelope", "print/envelope.pdf"),
    ("printer", "{logo}/eps/"),
    ("office", "{logo}/png/"),
    ("code", "tokens/brand.css"),
    ("fonts", "fonts/"),
    ("book", "book/brand-book.pdf"),
];
/// The formats of a logo, in the order in which they are wanted, and where each lies beside the SVG.
const FORMATS: [(&str, &str); 4] = [("PNG", "png"), ("WebP", "webp"), ("PDF", "pdf"), ("EPS", "eps")];

/// The head, the tiles with the cases, the row of colours: where each begins.
const CASES_TOP: f64 = 108.0;
const COLORS_TOP: f64 = 456.0;
/// The cases take this many of twelve columns, and stand in so many.
const CASES_COLUMNS: usize = 8;
const ACROSS: usize = 3;
const TILE: f64 = 96.0;
/// Smaller than this a path is not read.
const PATH_PT_MIN: f64 = 5.0;

/// The tasks that a kit with these files has an answer to: the key of the task, and the path.
pub(crate) fn tasks(brand: &Brand, files: &[FileEntry]) -> Vec<(String, String)> {
    let folder = format!("logos/{}", brand.logo().id);
    let answers = TASKS.iter().map(|(id, path)| (format!("index-for-{id}"), path.replace("{logo}", &folder)));
    let is_there = |path: &str| {
        files.iter().any(|file| file.path == path || path.ends_with('/') && file.path.starts_with(path))
    };
    answers.filter(|(_, path)| is_there(path)).collect()
}

/// The files of one version of a logo besides its SVG: format and path, the largest of each.
pub(crate) fn formats(stem: &str, files: &[FileEntry]) -> Vec<(&'static str, String)> {
    let (folder, name) = stem.rsplit_once('/').unwrap_or(("", stem));
    let of = |(format, kind): &(&'static str, &'static str)| {
        let start = format!("{folder}/{kind}/{name}");
        let end = format!(".{kind}");
        let fits = |file: &&FileEntry| {
            let rest = file.path.strip_prefix(&start).and_then(|rest| rest.strip_suffix(&end));
            rest.is_some_and(|rest| rest.chars().all(|letter| letter == '-' || letter.is_ascii_digit()))
        };
        let widest = files.iter().filter(fits).max_by_key(|file| file.width);
        widest.map(|file| (*format, file.path.clone()))
    };
    FORMATS.iter().filter_map(of).collect()
}

/// One page as PDF, and the check that everything stands on it.
pub(crate) fn pdf(setting: &Setting, files: &[FileEntry]) -> Result<(Vec<u8>, Check), Fault> {
    let brand = setting.brand;
    let page = page(setting, files)?;
    let lowest = page.parts.iter().filter(|part| part.role != Role::Artifact).filter_map(Part::area);
    let lowest = lowest.map(|area| area.bottom()).fold(0.0, f64::max);
    let check = Check::new(
        "index.pdf.room",
        Severity::Gate,
        HEIGHT - lowest,
        Comparison::AtLeast,
        MARGIN / 2.0,
        "pt",
        "From the lowest line of the index to the end of its page.",
    );
    let title = setting.say("index-title", &[])?;
    let meta = Meta {
        title: format!("{}: {title}", brand.name()),
        subject: title,
        author: brand.name().to_owned(),
        language: brand.order.brief.language.clone(),
        id: format!("{}/index", brand.logo().id),
    };
    Ok((core_pdf::write(&[page], &setting.fonts, &meta)?, check))
}

fn page(setting: &Setting, files: &[FileEntry]) -> Result<Page, Fault> {
    let title = setting.say("index-title", &[])?;
    let mut page = Page::new(WIDTH, HEIGHT, &title);
    page.ground(setting.light.ground);
    let live = live();
    let head = Area { height: 40.0, ..live };
    let left = head.columns(0, CASES_COLUMNS, 12, GUTTER);
    let style = setting.unbroken(&title, &setting.title().size(30.0), left.width);
    let style = style.size(setting.fonts.size_for(&title, &style, left.width));
    page.text(Role::Heading(1), &setting.fonts, &title, &style, Area { y: head.y + 8.0, ..left });
    let right = head.columns(CASES_COLUMNS, 12 - CASES_COLUMNS, 12, GUTTER);
    let color = |role: FillRole| Colorway::Color.color(role, &setting.brand.design.palette.logo);
    let corner = Anchor { x: 1.0, y: 0.5 };
    page.push(setting.figure(setting.best(right), right, corner, &color)?);
    let body = Area { y: CASES_TOP, height: COLORS_TOP - CASES_TOP - 24.0, ..live };
    cases(setting, &mut page, body.columns(0, CASES_COLUMNS, 12, GUTTER), files)?;
    more(setting, &mut page, body.columns(CASES_COLUMNS, 12 - CASES_COLUMNS, 12, GUTTER), files)?;
    colors(setting, &mut page, Area { y: COLORS_TOP, height: HEIGHT - MARGIN - COLORS_TOP, ..live })?;
    Ok(page)
}

/// Each question with its logo on the ground it is for, and the files.
fn cases(setting: &Setting, page: &mut Page, area: Area, files: &[FileEntry]) -> Result<(), Fault> {
    let area = Area { width: area.width - GUTTER, ..area };
    let row = area.height / 2.0;
    let palette = &setting.brand.design.palette;
    let mut shown = 0;
    for (case, lockup, colorway) in CASES {
        let stem = format!("logos/{}/{}-{}", setting.brand.logo().id, lockup.id(), colorway.id());
        let path = format!("{stem}.svg");
        if !files.iter().any(|file| file.path == path) {
            continue;
        }
        let cell = Area { y: area.y + row * (shown / ACROSS) as f64, ..area };
        let cell = cell.columns(shown % ACROSS, 1, ACROSS, GUTTER);
        let tile = Area { height: TILE, ..cell };
        page.push(match colorway {
            Colorway::Reversed => Part::artifact(vec![rounded(tile, RADIUS, palette.logo.ground_dark)]),
            Colorway::White => Part::artifact(vec![rounded(tile, RADIUS, strong(setting.brand)?)]),
            _ => setting.panel(tile),
        });
        let color = |role: FillRole| colorway.color(role, &palette.logo);
        let inner = Area::new(tile.x + 20.0, tile.y + 18.0, tile.width - 40.0, tile.height - 36.0);
        page.push(setting.figure(lockup, inner, Anchor::CENTER, &color)?);
        let question = setting.say(&format!("kit-case-{case}"), &[])?;
        let label = setting.label().size(8.0);
        let at = Area { y: tile.bottom() + 10.0, ..cell };
        let base = page.text(Role::Paragraph, &setting.fonts, &question, &label, at);
        let base = small(setting, page, &path, Area { y: base + 7.0, ..cell });
        let others: Vec<&str> = formats(&stem, files).into_iter().map(|(format, _)| format).collect();
        let kinds = [vec!["SVG"], others].concat().join("  ");
        small(setting, page, &kinds, Area { y: base + 5.0, ..cell });
        shown += 1;
    }
    Ok(())
}

/// A strong colour that white is read on, for the place where a photograph would be.
pub(crate) fn strong(brand: &Brand) -> Result<Rgb, Fault> {
    let primary = brand.swatch("primary")?;
    let dark = brand.design.palette.logo.ground_dark;
    Ok(if contrast(primary, Rgb::WHITE) >= 3.0 { primary } else { dark })
}

/// A line that stays one line.
fn small(setting: &Setting, page: &mut Page, text: &str, area: Area) -> f64 {
    let style = setting.caption().size(6.6);
    let style = style.size(setting.fonts.size_for(text, &style, area.width).max(PATH_PT_MIN));
    page.text(Role::Paragraph, &setting.fonts, text, &style, area)
}

/// Tasks and their files, a row each.
fn more(setting: &Setting, page: &mut Page, area: Area, files: &[FileEntry]) -> Result<(), Fault> {
    let head = setting.say("index-more", &[])?;
    let style = setting.heading().size(12.0);
    let style = style.size(setting.fonts.size_for(&head, &style, area.width));
    let mut y = page.text(Role::Heading(2), &setting.fonts, &head, &style, area) + 9.0;
    let tasks = tasks(setting.brand, files);
    let row = ((area.bottom() - y) / tasks.len().max(1) as f64).min(30.0);
    for (key, path) in tasks {
        setting.hairline(page, area.x, y, area.width, &setting.light);
        let said = setting.say(&key, &[])?;
        let label = setting.label().size(7.6);
        let label = label.size(setting.fonts.size_for(&said, &label, area.width));
        let base = page.text(Role::Paragraph, &setting.fonts, &said, &label, Area { y: y + 5.5, ..area });
        small(setting, page, &path, Area { y: base + 4.5, ..area });
        y += row;
    }
    Ok(())
}

/// Every colour with its value, then the two faces.
fn colors(setting: &Setting, page: &mut Page, area: Area) -> Result<(), Fault> {
    let swatches = &setting.brand.design.palette.swatches;
    let left = area.columns(0, CASES_COLUMNS, 12, GUTTER);
    let left = Area { width: left.width - GUTTER, ..left };
    let head = setting.say("kit-which-color", &[])?;
    let base = page.text(Role::Heading(2), &setting.fonts, &head, &setting.heading().size(12.0), left) + 11.0;
    for (index, swatch) in swatches.iter().enumerate() {
        let cell = Area { y: base, ..left }.columns(index, 1, swatches.len(), 8.0);
        let chip = Area { height: 34.0, ..cell };
        let mut nodes = vec![rounded(chip, RADIUS, swatch.rgb)];
        if contrast(swatch.rgb, Rgb::WHITE) < 1.25 {
            // A pale colour needs an edge to be seen on white.
            let inner = rounded(chip.inset(0.5), RADIUS - 0.5, swatch.rgb);
            nodes = vec![rounded(chip, RADIUS, setting.light.rule), inner];
        }
        page.push(Part::artifact(nodes));
        let hex = swatch.rgb.to_string();
        let at = Area { y: chip.bottom() + 8.0, ..cell };
        let under = page.text(Role::Paragraph, &setting.fonts, &hex, &setting.label().size(8.0), at);
        small(setting, page, &swatch.name, Area { y: under + 5.0, ..cell });
    }
    faces(setting, page, area.columns(CASES_COLUMNS, 12 - CASES_COLUMNS, 12, GUTTER))
}

fn faces(setting: &Setting, page: &mut Page, area: Area) -> Result<(), Fault> {
    let head = setting.say("kit-which-face", &[])?;
    let mut y =
        page.text(Role::Heading(2), &setting.fonts, &head, &setting.heading().size(12.0), area) + 10.0;
    let typography = &setting.brand.design.typography;
    let faces = [
        (setting.display, &typography.display, "kit-face-display"),
        (setting.text, &typography.text, "kit-face-text"),
    ];
    for (font, choice, key) in faces {
        let style = setting.heading().font(font).size(13.0).tracking(0.0);
        let style = style.size(setting.fonts.size_for(&choice.key.family, &style, area.width));
        let base = page.text(Role::Paragraph, &setting.fonts, &choice.key.family, &style, Area { y, ..area });
        let said = setting.say(key, &[("weight", &choice.key.weight.to_string())])?;
        y = small(setting, page, &said, Area { y: base + 6.0, ..area }) + 11.0;
    }
    Ok(())
}
