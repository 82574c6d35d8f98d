//! Logos for printers and their programs: one page each as PDF, and as EPS in the inks of the press.

use crate::brand::Brand;
use core_brand::check::{Check, Comparison, Severity};
use core_brand::design::LogoColors;
use core_brand::{Concept, Document, Drawing, Fault, FillRole, Rgb, Studio, Task};
use core_color::{Press, press};
use core_pdf::{Anchor, Area, Fonts, Meta, Page, Part, Role};
use core_vector::eps::{self, Paint};
use core_vector::{Colorway, Lockup, lockup};

pub(crate) const COLORED: &str = "vectors";
/// Those that are the same in any colours.
pub(crate) const PLAIN: &str = "vectors-plain";

/// The longer side of a page, in points: five inches, as in the EPS files.
const SIDE_PT: f64 = 360.0;
const BLACK_INK: [u8; 4] = [0, 0, 0, 100];
const NO_INK: [u8; 4] = [0, 0, 0, 0];

/// All versions of the recommended concept.
pub(crate) fn tasks(colored: Vec<Document>, plain: Vec<Document>) -> Result<[Task; 2], Fault> {
    Ok([Task::new(COLORED, COLORED, &(), colored)?, Task::new(PLAIN, PLAIN, &(), plain)?])
}

/// The versions that a task is for.
pub(crate) fn build(task: &Task, studio: &dyn Studio) -> Result<Vec<Document>, Fault> {
    let brand = Brand::read(&task.inputs, studio)?;
    let concept = brand.logo();
    let is_plain = task.kind == PLAIN;
    let colorways: Vec<Colorway> =
        Colorway::ALL.into_iter().filter(|one| one.is_plain() == is_plain).collect();
    let (mut documents, mut curves) = (Vec::new(), 0_usize);
    for lockup in Lockup::ALL {
        let drawing = lockup::compose(concept, lockup);
        for colorway in colorways.iter().copied() {
            let logo = Logo { brand: &brand, concept, lockup, colorway, drawing: &drawing };
            let (eps, pdf) = (logo.eps(), logo.pdf()?);
            curves += usize::from(eps.contains(" c\n") || eps.contains(" l\n"));
            documents.push(Document::file(logo.path("eps"), "application/postscript", eps.into_bytes()));
            documents.push(Document::file(logo.path("pdf"), "application/pdf", pdf));
        }
    }
    let wanted = (Lockup::ALL.len() * colorways.len()) as f64;
    let message = "EPS files of the recommended logo that hold outlines.";
    let check = Check::new(
        format!("logo.{}.eps", task.kind),
        Severity::Gate,
        curves as f64,
        Comparison::Equal,
        wanted,
        "files",
        message,
    );
    documents.push(Document::working(&format!("checks-{}.json", task.id), &[check])?);
    Ok(documents)
}

/// One version of a logo.
struct Logo<'a> {
    brand: &'a Brand,
    concept: &'a Concept,
    lockup: Lockup,
    colorway: Colorway,
    drawing: &'a Drawing,
}

impl Logo<'_> {
    fn path(&self, kind: &str) -> String {
        let (folder, lockup, colorway) = (&self.concept.id, self.lockup.id(), self.colorway.id());
        format!("logos/{folder}/{kind}/{lockup}-{colorway}.{kind}")
    }

    fn colors(&self) -> &LogoColors {
        &self.brand.design.palette.logo
    }

    fn eps(&self) -> String {
        let press = press();
        let paint = |role: FillRole| ink(self.colorway, self.colorway.color(role, self.colors()), press);
        eps::render(self.drawing, self.brand.name(), &paint)
    }

    fn alt(&self) -> Result<String, Fault> {
        self.brand.words.say(&format!("kit-alt-{}", self.lockup.id()), &[("name", self.brand.name())])
    }

    /// A page as large as the logo, read as its name.
    fn pdf(&self) -> Result<Vec<u8>, Fault> {
        let name = self.brand.name();
        let scale = SIDE_PT / self.drawing.width.max(self.drawing.height).max(1e-9);
        let (width, height) = (self.drawing.width * scale, self.drawing.height * scale);
        let mut page = Page::new(width, height, name);
        let color = |role: FillRole| self.colorway.color(role, self.colors());
        let nodes =
            core_pdf::drawing(self.drawing, Area::new(0.0, 0.0, width, height), Anchor::CENTER, &color)?;
        page.push(Part { role: Role::Figure(self.alt()?), nodes });
        let meta = Meta {
            title: name.to_owned(),
            subject: format!("{} {}", self.lockup.id(), self.colorway.id()),
            author: name.to_owned(),
            language: self.brand.order.brief.language.clone(),
            id: format!("{}/{}", self.concept.id, self.path("pdf")),
        };
        // A page of outlines asks for no face.
        core_pdf::write(&[page], &Fonts::new(&meta.language), &meta)
    }
}

/// One ink for one-colour logos; others as the press of the palette prints them.
fn ink(colorway: Colorway, color: Rgb, press: Option<&Press>) -> Paint {
    match (colorway, press) {
        (Colorway::Black, _) => Paint::Cmyk(BLACK_INK),
        (Colorway::White, _) => Paint::Cmyk(NO_INK),
        (_, Some(press)) => Paint::Cmyk(press.ink(color).cmyk),
        (_, None) => Paint::Rgb(color),
    }
}
