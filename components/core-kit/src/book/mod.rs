//! The brand book: which pages there are, and the PDF they become.

mod access;
mod color;
mod concepts;
mod construction;
mod contents;
mod cover;
mod files;
mod grounds;
mod icons;
mod imagery;
mod inks;
mod logo;
mod places;
mod reasons;
mod reference;
mod scene;
mod space;
mod stationery;
mod typeface;
mod values;

use crate::brand::Brand;
use crate::setting::Setting;
use core_brand::brief::Complexity;
use core_brand::check::{Check, Comparison, Severity};
use core_brand::content::sha256_hex;
use core_brand::{Fault, Studio};
use core_pdf::{Meta, Page, transcript, write};
use std::collections::BTreeSet;

pub(crate) use color::on;
pub(crate) use files::FOLDERS;
pub(crate) use reference::CASES;
pub(crate) use typeface::letters;

pub(crate) const PATH: &str = "book/brand-book.pdf";

/// Fewer pages than this do not answer what people ask a brand book; a simple kit has a short one.
const PAGES_MIN: f64 = 20.0;
const PAGES_MIN_SIMPLE: f64 = 8.0;
/// Longer books are not read.
const PAGES_MAX: f64 = 24.0;

/// A book that is set: pages and the fonts they are set in.
pub struct Book<'a> {
    setting: Setting<'a>,
    pages: Vec<Page>,
}

impl<'a> Book<'a> {
    /// Sets the book. `files` are the paths of the kit's other files.
    pub fn set(brand: &'a Brand, files: &[String], studio: &dyn Studio) -> Result<Self, Fault> {
        let setting = Setting::new(brand, studio)?;
        let is_whole = brand.order.brief.complexity != Complexity::Simple;
        let mut pages = vec![cover::page(&setting)?, reference::page(&setting, files)?];
        for (chapter, made) in chapters(&setting, files, is_whole)? {
            let title = setting.say(chapter, &[])?;
            pages.extend(made.into_iter().map(|page| page.of(&title)));
        }
        if is_whole {
            contents::insert(&setting, &mut pages)?;
        }
        let count = pages.len();
        for (index, page) in pages.iter_mut().enumerate().skip(1) {
            setting.foot(page, index + 1, count)?;
        }
        Ok(Self { setting, pages })
    }

    #[must_use]
    pub fn pages(&self) -> &[Page] {
        &self.pages
    }

    /// Everything that is read, as text.
    #[must_use]
    pub fn transcript(&self) -> String {
        transcript(&self.pages)
    }

    pub fn pdf(&self) -> Result<Vec<u8>, Fault> {
        let brand = self.setting.brand;
        let name = brand.name();
        let title = brand.words.say("kit-book-of", &[("name", name)])?;
        let meta = Meta {
            title,
            subject: brand.logo().idea.clone(),
            author: name.to_owned(),
            language: brand.words.language().to_owned(),
            id: sha256_hex(self.transcript().as_bytes()),
        };
        write(&self.pages, &self.setting.fonts, &meta)
    }

    /// What was measured on the pages themselves.
    #[must_use]
    pub fn checks(&self) -> Vec<Check> {
        let pages = self.pages.len() as f64;
        let is_simple = self.setting.brand.order.brief.complexity == Complexity::Simple;
        let least = if is_simple { PAGES_MIN_SIMPLE } else { PAGES_MIN };
        let read = self.transcript();
        let palette = &self.setting.brand.design.palette;
        let scales = palette.scales.iter().flat_map(|scale| scale.steps.iter().map(|step| step.rgb));
        let wanted: BTreeSet<_> = palette.swatches.iter().map(|swatch| swatch.rgb).chain(scales).collect();
        let found = wanted.iter().filter(|rgb| read.contains(&rgb.to_string())).count();
        let share = if wanted.is_empty() { 100.0 } else { 100.0 * found as f64 / wanted.len() as f64 };
        let stated = format!("{found} of {} colours of the palette can be read in the book.", wanted.len());
        let length = format!("The book has {pages} pages.");
        vec![
            Check::new("book.pages", Severity::Gate, pages, Comparison::AtLeast, least, "pages", &length),
            Check::new("book.length", Severity::Gate, pages, Comparison::AtMost, PAGES_MAX, "pages", &length),
            Check::new("book.colors-stated", Severity::Gate, share, Comparison::AtLeast, 100.0, "%", stated),
        ]
    }
}

/// The pages by chapter, each chapter by the key of its title.
type Chapters = Vec<(&'static str, Vec<Page>)>;

fn chapters(setting: &Setting, files: &[String], is_whole: bool) -> Result<Chapters, Fault> {
    let mut brand = vec![reasons::idea(setting)?];
    brand.extend(reasons::page(setting)?);
    brand.extend(concepts::page(setting)?);
    let mut logo = vec![logo::page(setting)?];
    if is_whole {
        logo.push(construction::page(setting)?);
    }
    logo.extend([space::page(setting)?, logo::colorways(setting)?]);
    if is_whole {
        logo.push(grounds::page(setting)?);
    }
    logo.push(logo::misuse(setting)?);
    let mut color = vec![color::palette(setting)?, color::scales(setting)?, color::contrast(setting)?];
    let faces = vec![typeface::specimen(setting)?, typeface::scale(setting)?];
    let (mut uses, mut record) = (Vec::new(), Vec::new());
    if is_whole {
        color.extend(inks::page(setting)?);
        uses = vec![imagery::page(setting)?, stationery::page(setting)?, places::page(setting)?];
        record = vec![access::page(setting)?, values::page(setting)?];
    }
    record.push(files::page(setting, files)?);
    Ok(vec![
        ("kit-part-brand", brand),
        ("kit-logo", logo),
        ("kit-color", color),
        ("kit-topic-type", faces),
        ("kit-part-use", uses),
        ("kit-part-record", record),
    ])
}
