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
mod faces;
mod index;
mod overview;
mod seal;
mod setting;
mod sheet;
mod tokens;
mod vectors;

use core_brand::brief::{Complexity, Order};
use core_brand::kit::BrandFile;
use core_brand::step::{Document, DocumentKind, find};
use core_brand::{Design, Fault, Step, Studio, Task, broken};

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
        match step {
            "kit" => plan_kit(inputs, studio),
            "seal" => seal::plan(inputs),
            other => Err(broken!("the kit compiler has no step `{other}`")),
        }
    }

    fn build(&self, task: &Task, studio: &dyn Studio) -> Result<Vec<Document>, Fault> {
        match task.kind.as_str() {
            "tokens" => build_tokens(task, studio),
            "fonts" => faces::documents(&find(&task.inputs, Design::DOCUMENT)?.json(studio)?, studio),
            "book" => build_book(task, studio),
            "overview" => build_overview(task, studio),
            vectors::TASK => vectors::build(task, studio),
            "seal" => seal::build(task, studio),
            "sheet" => build_sheet(task, studio),
            "check" => build_check(task, studio),
            _ => Err(task.unknown()),
        }
    }
}

fn plan_kit(inputs: &[Document], studio: &dyn Studio) -> Result<Vec<Task>, Fault> {
    let decided = vec![find(inputs, Order::DOCUMENT)?.clone(), find(inputs, Design::DOCUMENT)?.clone()];
    let order: Order = find(inputs, Order::DOCUMENT)?.json(studio)?;
    let mut drawn = decided.clone();
    drawn.extend(inputs.iter().filter(|document| brand::is_concept(document)).cloned());
    let mut files: Vec<&str> = inputs
        .iter()
        .filter(|document| document.kind == DocumentKind::File)
        .map(|file| file.name.as_str())
        .collect();
    files.sort_unstable();
    let mut tasks = vec![
        Task::new("tokens", "tokens", &(), decided.clone())?,
        Task::new("fonts", "fonts", &(), decided)?,
        Task::new("book", "book", &files, drawn.clone())?,
        Task::new("overview", "overview", &(), drawn.clone())?,
    ];
    if order.brief.complexity != Complexity::Simple {
        tasks.push(Task::new(vectors::TASK, vectors::TASK, &(), drawn)?);
    }
    Ok(tasks)
}

fn build_tokens(task: &Task, studio: &dyn Studio) -> Result<Vec<Document>, Fault> {
    let order: Order = find(&task.inputs, Order::DOCUMENT)?.json(studio)?;
    let design: Design = find(&task.inputs, Design::DOCUMENT)?.json(studio)?;
    tokens::documents(&order.brief.company_name, &design, order.brief.complexity)
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
    let graded = core_check::check(&brand, &drawings, &name, &bytes)?;
    Ok(vec![Document::working(GRADED, &graded)?])
}
