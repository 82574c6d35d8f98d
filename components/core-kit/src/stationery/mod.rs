//! Stationery as sheets for a printer: cards, letterheads, envelopes, each a file with boxes, bleed and marks.
//!
//! Looks are data (`data/print.json`); what is checked is measured on what was set.

mod layout;
mod place;
mod words;

use crate::brand::Brand;
use crate::setting::Setting;
use core_brand::brief::Order;
use core_brand::check::{Check, Comparison, Severity};
use core_brand::templates::print::{PrintSheet, TEXT_PT};
use core_brand::{Document, Fault, Rgb, Studio, Task};
use core_color::{INK_MAX, Press, contrast, press};
use core_pdf::{Align, Area, MM, Meta, Page, Sheet, Use, boxes, print, svg};
use place::{DARK, Measured, page};
use std::cell::Cell;

pub(crate) use words::Words;

pub(crate) const TASK: &str = "print";
/// All sheets on one picture.
pub(crate) const OVERVIEW: &str = "print/overview.png";

/// Solid plates, so that a printer sees whether each has its full ink.
const PLATES: [[u8; 4]; 4] = [[100, 0, 0, 0], [0, 100, 0, 0], [0, 0, 100, 0], [0, 0, 0, 100]];
/// The picture of all sheets: pixels from side to side, points around and between.
const BOARD_PX: u32 = 1600;
const BOARD_PT: f64 = 1000.0;
const BOARD_GAP: f64 = 40.0;
/// A page this high, in parts of the highest, gets a column of its own; columns may be this much longer.
const TALL: f64 = 0.6;
const FULL: f64 = 1.05;
/// The step of the neutral scale that the sheets lie on.
const TABLE: u16 = 100;
/// What rounding may add to a width.
const SLACK: f64 = 0.01;

/// The task of an order; none where its kit holds no sheets.
pub(crate) fn task(order: &Order, inputs: Vec<Document>) -> Result<Option<Task>, Fault> {
    let layouts = layout::wanted(order)?;
    if layouts.is_empty() { Ok(None) } else { Task::new(TASK, TASK, &layouts, inputs).map(Some) }
}

pub(crate) fn build(task: &Task, studio: &dyn Studio) -> Result<Vec<Document>, Fault> {
    let brand = Brand::read(&task.inputs, studio)?;
    let layouts: Vec<PrintSheet> = task.settings()?;
    let setting = Setting::new(&brand, studio)?;
    let words = Words::of(&brand)?;
    let (mut documents, mut checks) = (Vec::new(), Vec::new());
    for layout in &layouts {
        let made = Made::of(&setting, &words, layout)?;
        checks.extend(made.checks(layout));
        documents.push(Document::file(format!("print/{}.pdf", layout.id), "application/pdf", made.pdf));
    }
    let (picture, height) = board(&setting, &words, &layouts)?;
    let png = studio.picture(&picture, BOARD_PX)?;
    documents.push(Document::file(OVERVIEW, "image/png", png).with_pixels(BOARD_PX, height));
    documents.push(Document::working("checks-print.json", &checks)?);
    Ok(documents)
}

/// The name of a sheet; one that a person added has only its id.
pub(crate) fn title(brand: &Brand, id: &str) -> Result<String, Fault> {
    let key = format!("print-sheet-{id}");
    if brand.words.knows(&key) { brand.say(&key) } else { Ok(id.to_owned()) }
}

/// A file with what was measured on it.
struct Made {
    pdf: Vec<u8>,
    measured: Measured,
    /// The most ink of any colour, in percent; none where there is no press.
    ink: Option<f64>,
}

impl Made {
    fn of(setting: &Setting, words: &Words, layout: &PrintSheet) -> Result<Self, Fault> {
        let brand = setting.brand;
        let (title, press) = (title(brand, &layout.id)?, press());
        let mut measured = Measured::NONE;
        let mut sheets = Vec::new();
        for (index, side) in layout.pages.iter().enumerate() {
            let named = format!("{title} {}", index + 1);
            let (page, found) = page(setting, words, layout, side, &named, layout.bleed_mm * MM)?;
            measured = measured.and(&found);
            let note = note(setting, layout, &title, press)?;
            let bleed = layout.bleed_mm * MM;
            sheets.push(Sheet { page, bleed, note, patches: patches(brand, press) });
        }
        let most = Cell::new(0);
        let ink = press.map(|press| {
            let most = &most;
            move |color: Rgb, what: Use| {
                let ink = plates(press, color, what);
                most.set(most.get().max(ink.map(u32::from).iter().sum()));
                ink
            }
        });
        let meta = Meta {
            title: format!("{}: {title}", brand.name()),
            subject: layout.id.clone(),
            author: brand.name().to_owned(),
            language: brand.order.brief.language.clone(),
            id: format!("{}/print/{}", brand.logo().id, layout.id),
        };
        let inks = ink.as_ref().map(|ink| ink as &dyn Fn(Rgb, Use) -> [u8; 4]);
        let pdf = print(&sheets, &setting.fonts, inks, &meta)?;
        Ok(Self { pdf, measured, ink: press.map(|_| f64::from(most.get())) })
    }

    fn checks(&self, layout: &PrintSheet) -> Vec<Check> {
        let Measured { text_pt, safe_mm, logo, clear, spilled } = self.measured;
        let found = boxes(&self.pdf);
        let bleed = found.iter().map(|boxes| boxes.reach() / MM).fold(f64::INFINITY, f64::min);
        let bleed = if found.len() == layout.pages.len() { (bleed * 100.0).round() / 100.0 } else { 0.0 };
        let gate = |id: &str, measured: f64, comparison, threshold, unit: &str, message: &str| {
            Check::new(
                format!("print.{}.{id}", layout.id),
                Severity::Gate,
                measured,
                comparison,
                threshold,
                unit,
                message,
            )
        };
        let (most, least) = (Comparison::AtMost, Comparison::AtLeast);
        let wanted = (layout.bleed_mm * 100.0).round() / 100.0;
        let mut checks = vec![
            gate("bleed", bleed, least, wanted, "mm", "From TrimBox to BleedBox, on every page of the file."),
            gate("text", text_pt, least, TEXT_PT[0], "pt", "The smallest type on the sheet."),
            gate("safe", safe_mm, least, layout.safe_mm, "mm", "From words and logos to the cut."),
            gate(
                "fits",
                f64::from(spilled),
                Comparison::Equal,
                0.0,
                "texts",
                "Texts that leave their boxes.",
            ),
            gate("logo", logo, least, 1.0, "ratio", "Logos in parts of their least printed size."),
            gate(
                "clear",
                clear,
                least,
                1.0,
                "ratio",
                "Free room around logos in parts of their clear space.",
            ),
        ];
        checks.push(match self.ink {
            Some(ink) => {
                gate("ink", ink, most, INK_MAX, "%", "The most ink of a colour, on all four plates.")
            }
            None => Check {
                severity: Severity::Info,
                ..gate("rgb", 1.0, Comparison::Equal, 1.0, "file", "No press is known: the sheet is RGB.")
            },
        });
        checks
    }
}

/// A colour on the plates; lines and small type on the black one alone, or on none.
fn plates(press: &Press, color: Rgb, what: Use) -> [u8; 4] {
    match what {
        _ if color == Rgb::WHITE => [0; 4],
        Use::Fine if contrast(color, Rgb::WHITE) >= DARK => press.text(color).cmyk,
        Use::Area | Use::Fine => press.ink(color).cmyk,
    }
}

/// The plates, then the colours of the brand.
fn patches(brand: &Brand, press: Option<&Press>) -> Vec<[u8; 4]> {
    let swatches = brand.design.palette.swatches.iter().filter(|swatch| swatch.id != "paper");
    let inks = swatches.filter_map(|swatch| press.map(|press| press.ink(swatch.rgb).cmyk));
    PLATES.into_iter().chain(inks).collect()
}

/// What the printer reads below the sheet.
fn note(
    setting: &Setting,
    layout: &PrintSheet,
    title: &str,
    press: Option<&Press>,
) -> Result<core_pdf::Block, Fault> {
    let places = |value: f64| setting.number(value, usize::from(value.fract() != 0.0));
    let [width, height] = layout.size_mm.map(places);
    let bleed = places(layout.bleed_mm);
    let size = [("sheet", title), ("width", &width), ("height", &height), ("bleed", &bleed)];
    let size = setting.say("print-note-size", &size)?;
    let colors = match press {
        Some(press) => setting.say("print-note-cmyk", &[("profile", &press.name)])?,
        None => setting.say("print-note-rgb", &[])?,
    };
    let samples = setting.say("print-note-samples", &[])?;
    let text = setting.brand.words.sentences(&[&size, &colors, &samples]);
    let style = setting.caption().size(TEXT_PT[0]).leading(1.3).align(Align::Left).color(Rgb::BLACK);
    Ok(setting.fonts.set(&text, &style, layout.size_mm[0] * MM - 6.0 * MM))
}

/// The trimmed sheets beside each other on a table, at one scale, and the height of the picture in pixels.
fn board(setting: &Setting, words: &Words, layouts: &[PrintSheet]) -> Result<(String, u32), Fault> {
    // Darker than paper, and a colour that the brand has.
    let table = setting.brand.neutral(TABLE)?;
    let mut pages = Vec::new();
    for layout in layout::shown(layouts) {
        for side in &layout.pages {
            pages.push(page(setting, words, layout, side, "", 0.0)?.0);
        }
    }
    let places = shelves(&pages);
    let scale = BOARD_PT / places.iter().map(Area::right).fold(1.0, f64::max);
    let height = places.iter().map(Area::bottom).fold(1.0, f64::max) * scale;
    // Whole pixels, so that the picture has the height it says.
    let rows = (height * f64::from(BOARD_PX) / BOARD_PT).round();
    let height = rows * BOARD_PT / f64::from(BOARD_PX);
    let title = setting.say("kit-folder-print", &[])?;
    let mut board = Page::new(BOARD_PT, height, &title);
    board.ground(table);
    for (page, place) in pages.iter().zip(places) {
        for part in core_pdf::moved(&page.parts, scale, place.x * scale, place.y * scale) {
            board.push(part);
        }
    }
    Ok((svg(&board, &setting.fonts, &title), rows as u32))
}

/// A place for each page: the tall ones side by side, the others in columns beside them, in rows as wide as the widest.
fn shelves(pages: &[Page]) -> Vec<Area> {
    let tallest = pages.iter().map(|page| page.height).fold(1.0, f64::max);
    let is_tall = |page: &Page| page.height > TALL * tallest;
    let flat = pages.iter().filter(|page| !is_tall(page));
    let wide = flat.map(|page| page.width).fold(0.0, f64::max);
    let mut places = vec![Area::new(0.0, 0.0, 0.0, 0.0); pages.len()];
    let mut x = BOARD_GAP;
    for (place, page) in places.iter_mut().zip(pages).filter(|(_, page)| is_tall(page)) {
        *place = Area::new(x, BOARD_GAP, page.width + BOARD_GAP, page.height + BOARD_GAP);
        x = place.right();
    }
    let (mut row, mut y, mut low) = (x, BOARD_GAP, BOARD_GAP);
    let mut flat: Vec<usize> = (0..pages.len()).filter(|index| !is_tall(&pages[*index])).collect();
    flat.sort_by(|one, other| pages[*other].width.total_cmp(&pages[*one].width));
    for index in flat {
        let Page { width, height, .. } = pages[index];
        if row > x && row + width > x + wide + SLACK {
            (row, y) = (x, low);
        }
        if y > BOARD_GAP && y + height > BOARD_GAP + tallest * FULL {
            x += wide + BOARD_GAP;
            (row, y, low) = (x, BOARD_GAP, BOARD_GAP);
        }
        places[index] = Area::new(row, y, width + BOARD_GAP, height + BOARD_GAP);
        row += width + BOARD_GAP;
        low = low.max(y + height + BOARD_GAP);
    }
    places
}
