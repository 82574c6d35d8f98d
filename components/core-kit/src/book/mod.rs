//! The brand book: which pages there are, and the PDF they become.

mod color;
mod concepts;
mod cover;
mod files;
mod logo;
mod reasons;
mod reference;
mod space;
mod typeface;

use crate::brand::Brand;
use crate::setting::Setting;
use core_brand::check::{Check, Comparison, Severity};
use core_brand::content::sha256_hex;
use core_brand::{Fault, Studio};
use core_pdf::{Meta, Page, transcript, write};
use std::collections::BTreeSet;

pub(crate) use color::on;
pub(crate) use files::FOLDERS;
pub(crate) use reference::CASES;

pub(crate) const PATH: &str = "book/brand-book.pdf";

/// Fewer pages than this do not answer what people ask a brand book.
const PAGES_MIN: f64 = 8.0;

/// A book that is set: pages and the fonts they are set in.
pub struct Book<'a> {
    setting: Setting<'a>,
    pages: Vec<Page>,
}

impl<'a> Book<'a> {
    /// Sets the book. `files` are the paths of the kit's other files.
    pub fn set(brand: &'a Brand, files: &[String], studio: &dyn Studio) -> Result<Self, Fault> {
        let setting = Setting::new(brand, studio)?;
        let mut pages =
            vec![cover::page(&setting)?, reference::page(&setting, files)?, reasons::idea(&setting)?];
        pages.extend(reasons::page(&setting)?);
        pages.extend([
            logo::page(&setting)?,
            space::page(&setting)?,
            logo::colorways(&setting)?,
            logo::misuse(&setting)?,
        ]);
        pages.extend(concepts::page(&setting)?);
        pages.extend([color::palette(&setting)?, color::scales(&setting)?, color::contrast(&setting)?]);
        pages.extend([
            typeface::specimen(&setting)?,
            typeface::scale(&setting)?,
            files::page(&setting, files)?,
        ]);
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
        let read = self.transcript();
        let palette = &self.setting.brand.design.palette;
        let scales = palette.scales.iter().flat_map(|scale| scale.steps.iter().map(|step| step.rgb));
        let wanted: BTreeSet<_> = palette.swatches.iter().map(|swatch| swatch.rgb).chain(scales).collect();
        let found = wanted.iter().filter(|rgb| read.contains(&rgb.to_string())).count();
        let share = if wanted.is_empty() { 100.0 } else { 100.0 * found as f64 / wanted.len() as f64 };
        let stated = format!("{found} of {} colours of the palette can be read in the book.", wanted.len());
        let length = format!("The book has {pages} pages.");
        vec![
            Check::new("book.pages", Severity::Gate, pages, Comparison::AtLeast, PAGES_MIN, "pages", length),
            Check::new("book.colors-stated", Severity::Gate, share, Comparison::AtLeast, 100.0, "%", stated),
        ]
    }
}
