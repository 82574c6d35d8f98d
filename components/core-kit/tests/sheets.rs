//! Contact sheets of real briefs are drawn as they were accepted, pixel by pixel: tolerance is 0, because the same brief
//! gives the same bytes. `IMPRINT_ACCEPT=1` accepts what is drawn now.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod fixture;

use core_brand::brief::Order;
use core_brand::kit::{BrandFile, ConceptFile, DesignFile};
use core_brand::{Concept, Design, Document, DocumentKind, Step, Task};
use core_kit::KitStep;
use core_logo::LogoStep;
use core_order::Request;
use fixture::Painter;
use imprint_golden::{Case, cases, check_picture};

/// A larger file would weigh on every clone for ever.
const BYTES_MAX: usize = 300_000;

#[test]
fn sheets_are_as_accepted() {
    for case in cases("tests/golden/sheets") {
        let drawn = sheet(&case);
        let png = &drawn[0];
        assert_eq!((png.name.as_str(), drawn[1].name.as_str()), ("sheet.png", "sheet.svg"));
        let (Ok(bytes), Ok(svg)) = (png.bytes(&Painter::new()), drawn[1].text(&Painter::new())) else {
            panic!("{}: a sheet is at hand", case.name);
        };
        assert!(bytes.len() <= BYTES_MAX, "{}: {} bytes", case.name, bytes.len());
        for element in ["<text", "<image", "<style", "<script", "<use"] {
            assert!(!svg.contains(element), "{}: {element}", case.name);
        }
        check_picture(case.path("sheet.png"), &bytes, env!("CARGO_TARGET_TMPDIR"));
    }
}

/// The documents of the sheet of a request, by the steps of a job.
fn sheet(case: &Case) -> Vec<Document> {
    let studio = Painter::new();
    let request: Request = serde_json::from_str(&case.text("request.json")).unwrap();
    let order: Order = core_order::order(&request).unwrap();
    let design = core_design::decide(&order).unwrap();
    let mut documents = vec![
        Document::working(Order::DOCUMENT, &order).unwrap(),
        Document::working(Design::DOCUMENT, &design).unwrap(),
    ];
    for task in LogoStep.plan("logo", &documents.clone(), &studio).unwrap() {
        documents.extend(LogoStep.build(&task, &studio).unwrap());
    }
    let concept = |rank| -> Concept {
        core_brand::step::find(&documents, &Concept::document(rank)).unwrap().json(&studio).unwrap()
    };
    let concepts = (1..=order.concepts).map(|rank| ConceptFile::of(&concept(rank))).collect();
    let brand =
        BrandFile { format: 1, revision: 1, order, design: DesignFile(design), concepts, missed: Vec::new() };
    documents.retain(|document| document.kind == DocumentKind::File);
    documents.push(Document::working(BrandFile::PATH, &brand).unwrap());
    KitStep.build(&Task::new("sheet", "sheet", &(), documents).unwrap(), &studio).unwrap()
}
