//! Painted concepts: from the pictures of a painter to a concept of the kit, or the reason why there is none.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

#[path = "../../core-logo/tests/disk/mod.rs"]
mod disk;
mod support;

use core_brand::brief::{Order, RawBrief};
use core_brand::check::Severity;
use core_brand::fault::Code;
use core_brand::painting::{Missed, PaintAnswer, PaintOrder, Painted, Paintings};
use core_brand::step::find;
use core_brand::{
    BlobRef, Body, Check, Concept, Design, Document, DocumentKind, Fault, FontKey, Rgb, Step, Studio, Task,
    broken,
};
use core_trace::LogoSteps;
use core_vector::svg::{self, Frame};
use std::collections::BTreeMap;

/// The side of pictures.
const SIDE: u32 = 640;

/// Pictures by content, and the fonts of this machine.
#[derive(Default)]
struct Memory(BTreeMap<String, Vec<u8>>);

impl Studio for Memory {
    fn blob(&self, content: &BlobRef) -> Result<Vec<u8>, Fault> {
        self.0.get(&content.sha256).cloned().ok_or_else(|| broken!("nothing is kept as {}", content.sha256))
    }

    fn font(&self, key: &FontKey) -> Result<Vec<u8>, Fault> {
        disk::Disk.font(key)
    }

    fn picture(&self, _: &str, _: u32) -> Result<Vec<u8>, Fault> {
        Err(broken!("nothing is drawn here"))
    }
}

fn order(painted: Option<Paintings>) -> Order {
    let brief = RawBrief {
        company_name: "Northwind".into(),
        industry: "coffee".into(),
        complexity: Some("simple".into()),
        ..RawBrief::default()
    };
    Order { painted, ..Order::new(&brief, Some(7), Some(1)).unwrap() }
}

fn wish(concepts: u32) -> Option<Paintings> {
    Some(Paintings { model: "tiny@1".to_owned(), concepts, steps: Some(5), sampler: None })
}

/// What was made before the painter is asked.
fn before(order: &Order) -> Vec<Document> {
    let studio = Memory::default();
    let design = core_design::decide(order).unwrap();
    let mut made = vec![
        Document::working(Order::DOCUMENT, order).unwrap(),
        Document::working(Design::DOCUMENT, &design).unwrap(),
    ];
    for task in LogoSteps.plan("logo", &made, &studio).unwrap() {
        made.extend(LogoSteps.build(&task, &studio).unwrap());
    }
    made
}

/// The task with an answer of these pictures beside its order.
fn answered(task: &Task, studio: &mut Memory, pictures: &[Vec<u8>]) -> Task {
    let painted = |(at, png): (u64, &Vec<u8>)| {
        let content = BlobRef::of(png);
        studio.0.insert(content.sha256.clone(), png.clone());
        let (model, backend) = ("tiny@1".to_owned(), "reference".to_owned());
        Painted { content, width: SIDE, height: SIDE, seed: 40 + at, model, backend }
    };
    let answer = PaintAnswer::of(Ok((0..).zip(pictures).map(painted).collect()));
    let document = Document::working(PaintAnswer::DOCUMENT, &answer).unwrap();
    Task { inputs: [task.inputs.clone(), vec![document]].concat(), ..task.clone() }
}

fn missed(documents: &[Document], studio: &Memory) -> Missed {
    let checks: Vec<Check> = find(documents, "checks-paint-01.json").unwrap().json(studio).unwrap();
    assert!(matches!(&checks[..], [check] if check.severity == Severity::Warn && !check.passed));
    assert_eq!(documents.len(), 2, "a missing concept leaves no file");
    find(documents, &Missed::document("paint-01")).unwrap().json(studio).unwrap()
}

#[test]
fn nobody_is_asked_to_paint_where_nothing_was_wished_for() {
    let made = before(&order(None));
    assert_eq!(LogoSteps.plan("paint", &made, &Memory::default()).unwrap(), []);
}

#[test]
fn a_painted_mark_becomes_a_concept_that_says_so_and_all_else_is_missing_with_its_reason() {
    let made = before(&order(wish(2)));
    let mut studio = Memory::default();
    let tasks = LogoSteps.plan("paint", &made, &studio).unwrap();
    assert_eq!(tasks.iter().map(|task| task.id.as_str()).collect::<Vec<_>>(), ["paint-01", "paint-02"]);
    let told: PaintOrder = find(&tasks[0].inputs, PaintOrder::DOCUMENT).unwrap().json(&studio).unwrap();
    assert_eq!((told.model.as_str(), told.steps, told.count), ("tiny@1", 5, 3));
    assert!(told.prompt.contains("logo mark") && !told.prompt.contains("Northwind"), "{}", told.prompt);

    let mark = support::marks().into_iter().next().unwrap();
    let png = support::draw(&mark.svg("#ffffff"), SIDE).png();
    let noise = support::Canvas::of(SIDE as usize, |x, y| {
        [(x * 977.0 % 1.0 * 255.0) as u8, (y * 983.0 % 1.0 * 255.0) as u8, 90, 255]
    })
    .png();
    // The picture that is none is passed over.
    let task = answered(&tasks[0], &mut studio, &[noise.clone(), png.clone()]);
    let documents = LogoSteps.build(&task, &studio).unwrap();
    let concept: Concept = find(&documents, "concept-02.json").unwrap().json(&studio).unwrap();
    let origin = concept.painted.clone().unwrap();
    assert_eq!((concept.id.as_str(), origin.model.as_str(), origin.seed), ("2-painted", "tiny@1", 41));
    assert!(concept.idea.contains("tiny@1") && origin.prompt == told.prompt, "{}", concept.idea);
    assert!(concept.checks.iter().all(|check| check.passed || check.severity != Severity::Gate));
    assert!(concept.checks.iter().any(|check| check.id == "logo.2-painted.l13-likeness"));
    let kept = find(&documents, &origin.picture).unwrap();
    assert_eq!((kept.kind, &kept.body), (DocumentKind::File, &Body::Stored(BlobRef::of(&png))));
    assert!(documents.iter().any(|one| one.name == "logos/2-painted/horizontal-color.svg"));
    assert_eq!(documents, LogoSteps.build(&task, &studio).unwrap(), "the same task makes the same documents");

    // Nothing but noise; a file that is no picture; no answer at all; a painter that says no.
    for pictures in [vec![noise], vec![b"no picture".to_vec()], Vec::new()] {
        let task = answered(&tasks[0], &mut studio, &pictures);
        let missed = missed(&LogoSteps.build(&task, &studio).unwrap(), &studio);
        assert_eq!(missed.why.code, Code::PaintUntraced.as_str());
    }
    let alone = LogoSteps.build(&tasks[0], &studio).unwrap();
    assert_eq!(self::missed(&alone, &studio).why.code, Code::PaintOff.as_str());
    // A mark like one that was drawn is not shown twice.
    let drawn: Concept = find(&made, "concept-01.json").unwrap().json(&studio).unwrap();
    let frame = Frame { title: "", desc: "", margin: drawn.mark.width * 0.3, ground: Some(Rgb::WHITE) };
    let twin = svg::render(&drawn.mark, &|_| Rgb::BLACK, &frame);
    let twin = support::draw(&twin, SIDE).png();
    let task = answered(&tasks[0], &mut studio, &[twin]);
    let missed = missed(&LogoSteps.build(&task, &studio).unwrap(), &studio);
    assert!(missed.why.message.contains("l13-"), "{}", missed.why.message);
}
