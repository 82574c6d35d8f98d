//! The last step: the files that say what the kit is, to people, to programs and to assistants.

use crate::brand::Brand;
use crate::setting::Setting;
use crate::{agents, checked, finder, index};
use core_brand::brief::Order;
use core_brand::check::Severity;
use core_brand::kit::{BrandFile, ConceptFile, DesignFile, FileEntry, ManifestFile, ReportFile};
use core_brand::painting::Missed;
use core_brand::step::{Document, DocumentKind, find};
use core_brand::{Check, Concept, Design, Fault, Studio, Task, VERSION, broken};

/// Working documents that hold checks.
const CHECKS: &str = "checks-";
/// The formats of the files for programs.
const FORMAT: u32 = 1;

/// One task. The files themselves stay where they are: their entries go into the settings.
pub(crate) fn plan(inputs: &[Document]) -> Result<Vec<Task>, Fault> {
    let mut needed = vec![find(inputs, Order::DOCUMENT)?.clone(), find(inputs, Design::DOCUMENT)?.clone()];
    needed.extend(Concept::documents(inputs).into_iter().cloned());
    needed.extend(inputs.iter().filter(|document| holds_checks(document) || is_missed(document)).cloned());
    let entries: Vec<FileEntry> =
        inputs.iter().filter(|document| document.kind == DocumentKind::File).map(FileEntry::of).collect();
    Ok(vec![Task::new("seal", "seal", &entries, needed)?])
}

pub(crate) fn build(task: &Task, studio: &dyn Studio) -> Result<Vec<Document>, Fault> {
    let brand = Brand::read(&task.inputs, studio)?;
    let mut checks = brand.design.checks.clone();
    for concept in brand.concepts() {
        checks.extend(concept.checks.iter().cloned());
    }
    for source in task.inputs.iter().filter(|document| holds_checks(document)) {
        checks.extend(source.json::<Vec<Check>>(studio)?);
    }
    let mut files: Vec<FileEntry> = task.settings()?;
    let (finder, room) = finder::pdf(&Setting::new(&brand, studio)?, &files)?;
    let finder = Document::file(finder::PATH, "application/pdf", finder);
    checks.push(room);
    let said = Document::json_file(BrandFile::PATH, &brand_file(&brand, missed(&task.inputs, studio)?))?;
    let checked = report(checks);
    let report = Document::json_file(ReportFile::PATH, &checked)?;
    licensed(&brand.design, &mut files);
    files.extend([FileEntry::of(&finder), FileEntry::of(&said), FileEntry::of(&report)]);
    let index = Document::file(index::PATH, "text/html", index::html(&brand, &files)?.into_bytes());
    let agents = Document::file(agents::PATH, "text/markdown", agents::write(&brand, &files).into_bytes());
    let page = checked::html(&brand, &checked, &files)?;
    let page = Document::file(checked::PATH, "text/html", page.into_bytes());
    files.extend([FileEntry::of(&index), FileEntry::of(&page), FileEntry::of(&agents)]);
    let manifest = Document::json_file(ManifestFile::PATH, &manifest(files)?)?;
    Ok(vec![said, report, finder, index, page, agents, manifest])
}

fn holds_checks(document: &Document) -> bool {
    document.kind == DocumentKind::Working && document.name.starts_with(CHECKS)
}

fn is_missed(document: &Document) -> bool {
    document.kind == DocumentKind::Working && Missed::is_told(&document.name)
}

/// The painted concepts that were asked for and are not here.
fn missed(inputs: &[Document], studio: &dyn Studio) -> Result<Vec<Missed>, Fault> {
    let told = inputs.iter().filter(|document| is_missed(document));
    let mut missed: Vec<Missed> = told.map(|document| document.json(studio)).collect::<Result<_, _>>()?;
    missed.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(missed)
}

fn brand_file(brand: &Brand, missed: Vec<Missed>) -> BrandFile {
    BrandFile {
        format: FORMAT,
        revision: 1,
        order: brand.order.clone(),
        // Warnings go with the brand; all checks stand in the report.
        design: DesignFile(Design { checks: warnings(&brand.design), ..brand.design.clone() }),
        concepts: brand.concepts().iter().map(ConceptFile::of).collect(),
        missed,
    }
}

fn warnings(design: &Design) -> Vec<Check> {
    let missed = design.checks.iter().filter(|check| check.severity == Severity::Warn && !check.passed);
    missed.cloned().collect()
}

fn report(checks: Vec<Check>) -> ReportFile {
    let failed = |severity: Severity| {
        let count = checks.iter().filter(|check| check.severity == severity && !check.passed).count();
        u32::try_from(count).unwrap_or(u32::MAX)
    };
    ReportFile {
        format: FORMAT,
        version: VERSION.to_owned(),
        gates_failed: failed(Severity::Gate),
        warnings: failed(Severity::Warn),
        checks,
    }
}

fn manifest(mut files: Vec<FileEntry>) -> Result<ManifestFile, Fault> {
    files.sort();
    match files.windows(2).find(|pair| pair[0].path == pair[1].path) {
        Some(pair) => Err(broken!("two files of the kit are called `{}`", pair[0].path)),
        None => {
            let version = VERSION.to_owned();
            Ok(ManifestFile { format: FORMAT, version, revision: 1, previous: None, files })
        }
    }
}

/// Says of fonts whose licence they are under; what Imprint made of a brand is the brand's own.
fn licensed(design: &Design, files: &mut [FileEntry]) {
    let faces = &design.typography;
    for file in files {
        let font = [&faces.display, &faces.text, &faces.strong]
            .into_iter()
            .find(|font| file.path.strip_prefix("fonts/") == Some(font.file.as_str()));
        let text = faces.licenses.iter().find(|line| line.file == file.path);
        file.licence = font.map(|font| font.license.clone()).or(text.map(|line| line.spdx.clone()));
    }
}
