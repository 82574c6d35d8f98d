//! A kit's own files, held against the kit as if somebody else had made them: whoever follows a kit is not told off.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod fixture;

use core_brand::brief::RawBrief;
use core_brand::kit::{BrandFile, ManifestFile};
use core_brand::step::{DocumentKind, find};
use core_brand::{Document, Step, Task};
use core_kit::{CHECKED, GRADED, KitStep};
use core_order::Request;
use fixture::{Painter, STEPS};
use serde_json::Value;

/// Warm and light, cool and dark, nearly black: name, industry, colour, language.
const BRIEFS: [[&str; 4]; 3] = [
    ["Northwind Coffee", "coffee", "", "en"],
    ["Nordlicht", "software", "#2563eb", "de"],
    ["Atelier Noir", "fashion", "#101010", "fr"],
];
/// Files that somebody may take further, and so hold against the kit: by the end of their names.
const KINDS: [&str; 5] = [".html", ".svg", ".png", ".pdf", ".css"];
/// Grey as its system wants it, which colours it itself.
const TINTED: &str = "app/ios/AppIcon.appiconset/icon-tinted.png";
/// Shows logos wrongly, and colours as others see them, on purpose.
const BOOK: &str = "book/brand-book.pdf";

fn kit([name, industry, color, language]: [&str; 4], studio: &Painter) -> Vec<Document> {
    let brief = RawBrief {
        company_name: name.into(),
        industry: industry.into(),
        primary_color: (!color.is_empty()).then(|| color.into()),
        language: Some(language.into()),
        ..RawBrief::default()
    };
    let request = Request { format: 1, brief, concepts: Some(1), ..Request::default() };
    let mut documents = vec![Document::working(Request::DOCUMENT, &request).unwrap()];
    for (name, step) in STEPS {
        for task in step.plan(name, &documents.clone(), studio).unwrap() {
            documents.extend(step.build(&task, studio).unwrap());
        }
    }
    documents.retain(|document| document.kind == DocumentKind::File);
    documents
}

/// What is found in a file of the kit; `is_known` where its manifest is at hand.
fn graded(kit: &[Document], name: &str, bytes: Vec<u8>, is_known: bool, studio: &Painter) -> Value {
    let is_drawing = |file: &&Document| file.name.starts_with("logos/") && file.name.ends_with(".svg");
    let mut inputs: Vec<Document> = kit.iter().filter(is_drawing).cloned().collect();
    inputs.push(find(kit, BrandFile::PATH).unwrap().clone());
    inputs.extend(is_known.then(|| find(kit, ManifestFile::PATH).unwrap().clone()));
    inputs.push(Document::file(CHECKED, "application/octet-stream", bytes));
    let task = Task::new("check", "check", &name, inputs).unwrap();
    let made = KitStep.build(&task, studio).unwrap();
    find(&made, GRADED).unwrap().json(studio).unwrap()
}

fn findings(graded: &Value) -> Vec<String> {
    let line = |one: &Value| format!("{} {} {} {}", one["id"], one["subject"], one["measured"], one["place"]);
    graded["findings"].as_array().unwrap().iter().map(line).collect()
}

#[test]
fn own_files_draw_no_findings() {
    let studio = Painter::new();
    let mut told = Vec::new();
    for brief in BRIEFS {
        let kit = kit(brief, &studio);
        let files = kit.iter().filter(|file| KINDS.iter().any(|end| file.name.ends_with(end)));
        let mut count = 0;
        for file in files.filter(|file| ![BOOK, TINTED].contains(&file.name.as_str())) {
            let graded = graded(&kit, &file.name, file.bytes(&studio).unwrap(), false, &studio);
            told.extend(
                findings(&graded).into_iter().map(|one| format!("{} {}: {one}", brief[0], file.name)),
            );
            count += 1;
        }
        assert!(count > 150, "only {count} files of {} were looked at", brief[0]);
    }
    assert!(told.is_empty(), "{}", told.join("\n"));
}

#[test]
fn the_book_is_known_as_the_kits_own() {
    let studio = Painter::new();
    let kit = kit(BRIEFS[0], &studio);
    let bytes = find(&kit, BOOK).unwrap().bytes(&studio).unwrap();
    let known = graded(&kit, "copy.bin", bytes.clone(), true, &studio);
    assert_eq!(findings(&known), Vec::<String>::new());
    assert!(known["untold"].to_string().contains(BOOK), "{known}");
    // One byte more, and it is a file like any other.
    let changed = graded(&kit, BOOK, [bytes, b"\n".to_vec()].concat(), true, &studio);
    assert!(!findings(&changed).is_empty(), "the book shows no mistakes any more");
    assert!(!changed["untold"].to_string().contains("file.own"), "{changed}");
}
