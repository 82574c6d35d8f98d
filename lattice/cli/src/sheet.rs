//! `imprint sheet`: all concepts of a brief, or of a kit, on one picture, drawn in the same components as a kit.

mod briefs;
mod place;

use crate::args::{Sheet, Wish};
use crate::engine::{self, Asked};
use crate::explain::kit;
use crate::say::{Speaker, data};
use crate::unlike;
use core_brand::brief::Order;
use core_brand::kit::{BrandFile, ConceptFile, DesignFile};
use core_brand::step::find;
use core_brand::{Concept, Design, Document, DocumentKind, Fault, Task, broken};
use core_order::Request;
use imprint_embedded::{Callee, Settings, Stop, Workshop};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The steps that a sheet needs; a kit needs more.
const STEPS: [&str; 3] = ["create-job", "design", "logo"];
/// Which component draws it, and what its task is called.
const COMPONENT: &str = "kit";
const TASK: &str = "sheet";

/// One sheet to draw.
struct Wanted {
    what: What,
    out: PathBuf,
}

enum What {
    Brief(Box<Asked>),
    /// `brand.json` and the SVG files of a kit.
    Kit(Vec<Document>),
}

pub(crate) fn run(sheet: &Sheet) -> Result<(), Fault> {
    let wanted = wanted(sheet)?;
    for one in &wanted {
        place::check(&one.out)?;
    }
    let runtime = engine::runtime()?;
    let speaker = Arc::new(Speaker::new(sheet.quiet, Stop::default(), Vec::new()));
    runtime.block_on(async {
        let (places, components, fonts) = engine::setup(speaker.clone()).await?;
        for one in wanted {
            // A workshop keeps what was made in it, so each sheet has its own; the compiled code is at hand.
            let settings = Settings { width: engine::threads(), ..Settings::default() };
            let fonts = fonts.clone();
            let workshop = Workshop::open(&components, fonts, &places.compiled(), settings, || 0)?;
            let drawn = draw(&workshop, one.what).await?;
            write(&workshop, &drawn, &one.out).await?;
            data(&one.out.display().to_string());
        }
        Ok(())
    })
}

/// Everything that was asked for, refused here where it cannot be made, before anything is built or fetched.
fn wanted(sheet: &Sheet) -> Result<Vec<Wanted>, Fault> {
    if let Some(path) = &sheet.briefs {
        let folder = sheet.out.clone().unwrap_or_else(|| PathBuf::from("sheets"));
        return briefs::read(path, sheet)?.into_iter().map(|asked| named(asked, &folder)).collect();
    }
    let subject = sheet.name.clone().unwrap_or_default();
    let path = Path::new(&subject);
    if sheet.industry.is_none() && path.join(BrandFile::PATH).is_file() {
        let out = sheet.out.clone().unwrap_or_else(|| PathBuf::from("sheet.png"));
        return Ok(vec![Wanted { what: What::Kit(kit_documents(path)?), out }]);
    }
    let unlike = unlike::silhouettes(&sheet.unlike, &[])?;
    let asked = asked(&wish(sheet, subject), sheet.concepts, &unlike)?;
    let order = core_order::order(&asked.request)?;
    let out = sheet.out.clone().unwrap_or_else(|| PathBuf::from(format!("{}-sheet.png", order.brief.slug())));
    Ok(vec![Wanted { what: What::Brief(Box::new(asked)), out }])
}

/// A sheet of a list: its file is named after the company, and after the line where that name was taken.
fn named((line, asked): (usize, Asked), folder: &Path) -> Result<Wanted, Fault> {
    let order = core_order::order(&asked.request)?;
    let out = folder.join(format!("{line:02}-{}.png", order.brief.slug()));
    Ok(Wanted { what: What::Brief(Box::new(asked)), out })
}

fn wish(sheet: &Sheet, name: String) -> Wish {
    Wish {
        name,
        industry: sheet.industry.clone().unwrap_or_default(),
        style: sheet.style.clone(),
        color: sheet.color.clone(),
        lang: sheet.lang.clone(),
        seed: sheet.seed.clone(),
        distance: sheet.distance.clone(),
        graph: sheet.graph.clone(),
    }
}

fn asked(wish: &Wish, concepts: Option<u32>, unlike: &[String]) -> Result<Asked, Fault> {
    let Asked { request, overlay } = engine::asked(wish)?;
    Ok(Asked { request: Request { concepts, unlike: unlike.to_vec(), ..request }, overlay })
}

/// What a kit says of itself, and its logos.
pub(crate) fn kit_documents(folder: &Path) -> Result<Vec<Document>, Fault> {
    let brand = kit::read(folder)?.brand;
    let mut documents = Vec::new();
    for concept in &brand.concepts {
        for (path, bytes) in kit::drawings(folder, &concept.folder)? {
            documents.push(Document::file(path, "image/svg+xml", bytes));
        }
    }
    documents.push(Document::working(BrandFile::PATH, &brand)?);
    Ok(documents)
}

/// The picture and its SVG.
async fn draw<C: Callee>(workshop: &Workshop<C>, what: What) -> Result<Vec<Document>, Fault> {
    let inputs = match what {
        What::Kit(documents) => documents,
        What::Brief(asked) => brief_documents(workshop, *asked).await?,
    };
    workshop.task(COMPONENT, Task::new(TASK, TASK, &(), inputs)?).await
}

/// What a kit of this brief would say of itself, and its logos.
async fn brief_documents<C: Callee>(workshop: &Workshop<C>, asked: Asked) -> Result<Vec<Document>, Fault> {
    let mut documents = vec![Document::working(Request::DOCUMENT, &asked.request)?];
    if let Some(overlay) = asked.overlay {
        workshop.keep(overlay).await?;
    }
    for step in STEPS {
        documents.extend(workshop.step(step, documents.clone()).await?);
    }
    let brand = brand(workshop, &documents).await?;
    documents.retain(|document| document.kind == DocumentKind::File);
    documents.push(Document::working(BrandFile::PATH, &brand)?);
    Ok(documents)
}

async fn brand<C: Callee>(workshop: &Workshop<C>, documents: &[Document]) -> Result<BrandFile, Fault> {
    let order: Order = engine::read(workshop, documents, Order::DOCUMENT).await?;
    let design: Design = engine::read(workshop, documents, Design::DOCUMENT).await?;
    let mut concepts = Vec::new();
    for document in Concept::documents(documents) {
        let concept: Concept = engine::read(workshop, documents, &document.name).await?;
        concepts.push(ConceptFile::of(&concept));
    }
    Ok(BrandFile { format: 1, revision: 1, order, design: DesignFile(design), concepts, missed: Vec::new() })
}

async fn write<C: Callee>(workshop: &Workshop<C>, drawn: &[Document], out: &Path) -> Result<(), Fault> {
    let kind = if place::is_svg(out) { "sheet.svg" } else { "sheet.png" };
    let bytes = workshop.read(find(drawn, kind)?).await?;
    if bytes.is_empty() {
        return Err(broken!("an empty sheet"));
    }
    place::write(out, &bytes)
}
