//! `imprint check`: a file that somebody else made, graded against a kit in the kit's own component. Whatever the file
//! does to its reader, it does there.

mod text;

use crate::args::Check;
use crate::engine;
use crate::say::{Speaker, print};
use crate::sheet::kit_documents;
use crate::show::json;
use crate::show::pen::Pen;
use core_brand::content::BLOB_BYTES_MAX;
use core_brand::fault::Code;
use core_brand::kit::ManifestFile;
use core_brand::{Body, Document, Fault, Task};
use imprint_embedded::{Settings, Stop, Workshop};
use serde_json::Value;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

const COMPONENT: &str = "kit";
/// It, and what it is linked to.
const COMPONENTS: &[&str] = &[COMPONENT, "assets"];
const TASK: &str = "check";
/// The documents of the task.
const CHECKED: &str = "checked";
const GRADED: &str = "graded.json";

/// Whether the file is clean.
pub(crate) fn run(check: &Check) -> Result<bool, Fault> {
    // Refused here, before anything is built or fetched.
    let bytes = read(&check.file)?;
    let mut documents = kit_documents(&check.kit)?;
    // Tells the kit's own files from others; a kit without one has no files of its own.
    if let Ok(manifest) = std::fs::read(check.kit.join(ManifestFile::PATH)) {
        documents.push(Document::file(ManifestFile::PATH, "application/json", manifest));
    }
    let runtime = engine::runtime()?;
    let speaker = Arc::new(Speaker::new(check.json, Stop::default(), Vec::new()));
    let graded = runtime.block_on(grade(speaker, documents, bytes, &check.file))?;
    if check.json {
        json(&graded)?;
    } else {
        print(&text::report(&graded, &check.file.display().to_string(), &Pen::of_stdout()));
    }
    Ok(graded["findings"].as_array().is_none_or(Vec::is_empty))
}

/// At most what a component can be given; a file that is cut off here is refused there for its size.
fn read(path: &Path) -> Result<Vec<u8>, Fault> {
    let missing = |why: std::io::Error| {
        let args = [("path", path.display().to_string()), ("why", why.to_string())];
        Fault::new(Code::CheckMissing, args)
    };
    let (mut bytes, file) = (Vec::new(), File::open(path).map_err(missing)?);
    file.take(BLOB_BYTES_MAX).read_to_end(&mut bytes).map_err(missing)?;
    Ok(bytes)
}

async fn grade(
    speaker: Arc<Speaker>,
    mut documents: Vec<Document>,
    bytes: Vec<u8>,
    path: &Path,
) -> Result<Value, Fault> {
    let (places, components) = engine::components(speaker, COMPONENTS).await?;
    let workshop = Workshop::open(&components, Vec::new(), &places.compiled(), Settings::default(), || 0)?;
    let body = Body::Stored(workshop.keep(bytes).await?);
    let file = Document::file(CHECKED, "application/octet-stream", Vec::new());
    documents.push(Document { body, ..file });
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let graded = workshop.task(COMPONENT, Task::new(TASK, TASK, &name, documents)?).await;
    engine::read(&workshop, &graded.map_err(|fault| costly(fault, path))?, GRADED).await
}

/// A component that was stopped over a foreign file was stopped by it.
fn costly(fault: Fault, path: &Path) -> Fault {
    if !fault.is(Code::StepTrapped) && !fault.is(Code::StepTimeout) {
        return fault;
    }
    let why = fault.args.iter().find(|(name, _)| name == "why" || name == "limit_ms");
    let why = why.map_or(String::new(), |(_, value)| value.lines().next().unwrap_or_default().to_owned());
    Fault::new(Code::CheckCostly, [("path", path.display().to_string()), ("why", why)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::show::pen::Depth;
    use imprint_golden::{cases, check_text};

    #[test]
    fn reports_are_as_accepted() {
        for case in cases("golden/check") {
            let graded: Value = serde_json::from_str(&case.text("graded.json")).unwrap();
            for (width, name) in [(80, "report.txt"), (120, "report-wide.txt")] {
                let pen = Pen { depth: Depth::Plain, width };
                check_text(case.path(name), &text::report(&graded, "site/card.svg", &pen));
            }
        }
    }

    #[test]
    fn a_stopped_component_is_the_files_fault() {
        let path = Path::new("bomb.svg");
        let args = [("component", "kit".to_owned()), ("why", "out of memory\nat 0x1".to_owned())];
        let fault = costly(Fault::new(Code::StepTrapped, args), path);
        assert_eq!((fault.code.as_str(), fault.blame), ("check.too-costly", core_brand::Blame::Rejected));
        assert!(fault.message.contains("bomb.svg") && fault.message.contains("out of memory."), "{fault}");
        let other = Fault::new(Code::CheckFormat, [("found", "a GIF".to_owned())]);
        assert_eq!(costly(other.clone(), path), other);
    }
}
