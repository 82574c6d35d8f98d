//! The kit step: brand book, overview, tokens, fonts, and the files that say what a kit is.
//!
//! Pure: everything comes from the documents of the job and the studio. Same documents, same bytes.
//!
//! **Law.** Every value of the design stands in the tokens as it was decided, every colour of the palette in the
//! book, every file of the kit in the manifest; kept by the checks of each task, tested in `tests/`.
//! **Absent.** Decisions (`core-design`), drawing (`core-logo`), pictures and icons (`core-assets`), how a page
//! becomes PDF (`core-pdf`).

mod agents;
mod book;
mod brand;
mod checked;
mod faces;
mod finder;
mod index;
mod mail;
mod overview;
mod seal;
mod setting;
mod sheet;
mod stationery;
mod tokens;
mod vectors;

use core_brand::brief::{Complexity, Order};
use core_brand::kit::{BrandFile, ManifestFile};
use core_brand::step::{Document, DocumentKind, find};
use core_brand::{Concept, Design, Fault, Step, Studio, Task, broken};

use std::collections::BTreeMap;

pub use book::Book;
pub use brand::Brand;
pub use overview::board;
pub use sheet::sheet;
pub use tokens::token_files;

/// The pixels of the overview, from side to side.
pub const OVERVIEW_WIDTH: u32 = 1600;

/// The document that holds a file to be checked, and the one that says what was found.
pub const CHECKED: &str = "checked";
pub const GRADED: &str = "graded.json";

/// The steps `kit` and `seal`.
#[derive(Clone, Copy, Debug, Default)]
pub struct KitStep;

impl Step for KitStep {
    fn plan(&self, step: &str, inputs: &[Document], studio: &dyn Studio) -> Result<Vec<Task>, Fault> {
        // They come in the order in which their tasks ended, which is not the same twice.
        let mut inputs = inputs.to_vec();
        inputs.sort_by(|one, other| one.name.cmp(&other.name));
        match step {
            "kit" => plan_kit(&inputs, studio),
            "seal" => seal::plan(&inputs),
            other => Err(broken!("the kit compiler has no step `{other}`")),
        }
    }

    fn build(&self, task: &Task, studio: &dyn Studio) -> Result<Vec<Document>, Fault> {
        match task.kind.as_str() {
            "tokens" => build_tokens(task, studio),
            "fonts" => faces::documents(&find(&task.inputs, Design::DOCUMENT)?.json(studio)?, studio),
            "book" => build_book(task, studio),
            "overview" => build_overview(task, studio),
            vectors::COLORED | vectors::PLAIN => vectors::build(task, studio),
            stationery::TASK => stationery::build(task, studio),
            mail::TASK => mail::build(task, studio),
            "seal" => seal::build(task, studio),
            "sheet" => build_sheet(task, studio),
            "check" => build_check(task, studio),
            _ => Err(task.unknown()),
        }
    }
}

fn plan_kit(inputs: &[Document], studio: &dyn Studio) -> Result<Vec<Task>, Fault> {
    let mut drawn = vec![find(inputs, Order::DOCUMENT)?.clone(), find(inputs, Design::DOCUMENT)?.clone()];
    drawn.extend(Concept::documents(inputs).into_iter().cloned());
    let order: Order = drawn[0].json(studio)?;
    let brand = Brand::read(&drawn, studio)?;
    let given = Given::of(&brand)?;
    let about =
        tokens::About { complexity: order.brief.complexity, logos: format!("logos/{}", brand.logo().id) };
    let files: Vec<&str> = inputs
        .iter()
        .filter(|document| document.kind == DocumentKind::File)
        .map(|file| file.name.as_str())
        .collect();
    let mut tasks = vec![
        Task::new("tokens", "tokens", &about, given.tokens)?,
        Task::new("fonts", "fonts", &(), given.faces)?,
        Task::new("book", "book", &files, drawn)?,
        Task::new("overview", "overview", &(), given.seen)?,
    ];
    if order.brief.complexity != Complexity::Simple {
        tasks.extend(vectors::tasks(given.colored.clone(), given.plain)?);
    }
    tasks.extend(mail::task(order.brief.complexity, given.colored.clone())?);
    tasks.extend(stationery::task(&order, given.colored)?);
    Ok(tasks)
}

/// What tasks are given of the brand: no more than they read, so that none is done again for what it does not show.
struct Given {
    tokens: Vec<Document>,
    faces: Vec<Document>,
    /// Every concept in its colours.
    seen: Vec<Document>,
    /// The recommended concept with colours, and without.
    colored: Vec<Document>,
    plain: Vec<Document>,
}

impl Given {
    fn of(brand: &Brand) -> Result<Self, Fault> {
        let (order, design) = (&brand.order, &brand.design);
        let named = Document::working(Order::DOCUMENT, &order.named())?;
        let design_of = |design: &Design| Document::working(Design::DOCUMENT, design);
        let (seen, faces) = (design.seen(), design_of(&design.set())?);
        // Tokens carry the names of colours.
        let tokens = design_of(&Design { palette: design.palette.clone(), ..seen.clone() })?;
        let seen = design_of(&seen)?;
        let outlines: Result<Vec<Document>, Fault> = brand
            .concepts()
            .iter()
            .map(|concept| Document::working(&Concept::document(concept.rank), &concept.outlines()))
            .collect();
        let outlines = outlines?;
        let first = outlines[0].clone();
        Ok(Self {
            tokens: vec![named.clone(), tokens],
            colored: vec![named.clone(), seen.clone(), first.clone()],
            plain: vec![named.clone(), faces.clone(), first],
            seen: [vec![named, seen], outlines].concat(),
            faces: vec![faces],
        })
    }
}

fn build_tokens(task: &Task, studio: &dyn Studio) -> Result<Vec<Document>, Fault> {
    let order: Order = find(&task.inputs, Order::DOCUMENT)?.json(studio)?;
    let design: Design = find(&task.inputs, Design::DOCUMENT)?.json(studio)?;
    tokens::documents(&order.brief.company_name, &design, &task.settings()?)
}

fn build_book(task: &Task, studio: &dyn Studio) -> Result<Vec<Document>, Fault> {
    let brand = Brand::read(&task.inputs, studio)?;
    let files: Vec<String> = task.settings()?;
    let book = Book::set(&brand, &files, studio)?;
    Ok(vec![
        Document::file(book::PATH, "application/pdf", book.pdf()?),
        Document::working("checks-book.json", &book.checks())?,
    ])
}

fn build_overview(task: &Task, studio: &dyn Studio) -> Result<Vec<Document>, Fault> {
    let brand = Brand::read(&task.inputs, studio)?;
    let png = studio.picture(&board(&brand, studio)?, OVERVIEW_WIDTH)?;
    let height = overview::height(OVERVIEW_WIDTH);
    Ok(vec![Document::file(overview::PATH, "image/png", png).with_pixels(OVERVIEW_WIDTH, height)])
}

/// Not part of any kit: asked for by whoever wants to see the concepts side by side.
fn build_sheet(task: &Task, studio: &dyn Studio) -> Result<Vec<Document>, Fault> {
    let brand: BrandFile = find(&task.inputs, BrandFile::PATH)?.json(studio)?;
    let mut files = BTreeMap::new();
    for file in task.inputs.iter().filter(|file| file.media_type == "image/svg+xml") {
        files.insert(file.name.clone(), file.text(studio)?);
    }
    let (svg, height) = sheet::sheet(&brand, &files, studio)?;
    let png = studio.picture(&svg, sheet::WIDTH)?;
    Ok(vec![
        Document::file(sheet::PNG, "image/png", png).with_pixels(sheet::WIDTH, height),
        Document::file(sheet::SVG, "image/svg+xml", svg.into_bytes()),
    ])
}

/// Not part of any kit either: a file that somebody else made, graded against one. Its name is the setting.
fn build_check(task: &Task, studio: &dyn Studio) -> Result<Vec<Document>, Fault> {
    let brand: BrandFile = find(&task.inputs, BrandFile::PATH)?.json(studio)?;
    let name: String = task.settings()?;
    let mut drawings = BTreeMap::new();
    for file in task.inputs.iter().filter(|file| file.media_type == "image/svg+xml") {
        drawings.insert(file.name.clone(), file.text(studio)?);
    }
    let bytes = find(&task.inputs, CHECKED)?.bytes(studio)?;
    let manifest = task.inputs.iter().find(|document| document.name == ManifestFile::PATH);
    let manifest: Option<ManifestFile> = manifest.map(|file| file.json(studio)).transpose()?;
    let own = manifest.map(|manifest| core_check::own(&brand, &manifest, &name, &bytes)).transpose()?;
    let graded = match own.flatten() {
        Some(graded) => graded,
        None => core_check::check(&brand, &drawings, &name, &bytes)?,
    };
    Ok(vec![Document::working(GRADED, &graded)?])
}
