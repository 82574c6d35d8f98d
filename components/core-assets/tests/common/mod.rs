//! A small brand without fonts: the marks are plain shapes, the name is a row of bars.
#![allow(dead_code, reason = "each test file is a crate of its own and uses a part")]

use core_assets::AssetsStep;
use core_brand::brief::{Order, RawBrief};
use core_brand::content::BlobRef;
use core_brand::fault::Code;
use core_brand::step::{Body, FontKey};
use core_brand::{Complexity, Concept, Design, Document, Drawing, Fault, FillRole, Rgb, Shape, Step, Studio};
use core_vector::{Colorway, Lockup, lockup, svg};
use serde_json::json;

pub(crate) const RING: &str = "M500 0C776 0 1000 224 1000 500C1000 776 776 1000 500 1000C224 1000 0 776 0 500C0 224 224 0 500 0Z\
    M500 250C362 250 250 362 250 500C250 638 362 750 500 750C638 750 750 638 750 500C750 362 638 250 500 250Z";
pub(crate) const DOT: &str = "M500 400C555 400 600 445 600 500C600 555 555 600 500 600C445 600 400 555 400 500C400 445 445 400 500 400Z";
/// Not in the middle of its square, and wide.
pub(crate) const WEDGE: &str = "M100 600L900 700L100 800Z";
/// Fine lines, which no small picture can hold.
pub(crate) fn comb() -> String {
    let line = |n: u32| format!("M{0} 0L{1} 0L{1} 1000L{0} 1000Z", n * 30, n * 30 + 12);
    (0..33).map(line).collect()
}

/// Content by hash is not needed: every document is inline.
pub(crate) struct Memory;

impl Studio for Memory {
    fn blob(&self, content: &BlobRef) -> Result<Vec<u8>, Fault> {
        Err(Fault::new(Code::BlobMissing, [("sha256", content.sha256.clone())]))
    }
    fn font(&self, key: &FontKey) -> Result<Vec<u8>, Fault> {
        Err(Fault::new(Code::FontMissing, [("font", key.to_string())]))
    }
    fn picture(&self, svg: &str, width: u32) -> Result<Vec<u8>, Fault> {
        core_assets::png(svg, width).map(|png| png.bytes)
    }
}

/// What the steps before have made.
pub(crate) fn made(
    name: &str,
    complexity: Complexity,
    concepts: u32,
    marks: &[(FillRole, &str)],
) -> Vec<Document> {
    made_with(name, complexity, concepts, marks, None)
}

/// The same for marks that have a drawing for small sizes.
pub(crate) fn made_with(
    name: &str,
    complexity: Complexity,
    concepts: u32,
    marks: &[(FillRole, &str)],
    small: Option<&str>,
) -> Vec<Document> {
    let raw = RawBrief { company_name: name.into(), industry: "coffee".into(), ..RawBrief::default() };
    let mut order = Order::new(&raw, Some(7), Some(concepts)).unwrap();
    order.brief.complexity = complexity;
    let design = design();
    let mut documents = vec![
        Document::working(Order::DOCUMENT, &order).unwrap(),
        Document::working(Design::DOCUMENT, &design).unwrap(),
    ];
    for rank in 1..=concepts {
        let mut concept = concept(rank, marks);
        concept.small = small.map(|path| square(&[(FillRole::Mark, path)]));
        let mut drawings = Lockup::ALL.map(|kind| (kind.id(), lockup::compose(&concept, kind))).to_vec();
        drawings.extend(concept.small.clone().map(|small| ("small", small)));
        for (kind, drawing) in &drawings {
            for colorway in Colorway::ALL {
                documents.push(logo(&concept, kind, drawing, colorway, &design));
            }
        }
        documents.push(Document::working(&Concept::document(rank), &concept).unwrap());
    }
    documents
}

/// Everything the step makes of it.
pub(crate) fn run(inputs: &[Document]) -> Vec<Document> {
    let tasks = AssetsStep.plan("assets", inputs, &Memory).unwrap();
    tasks.iter().flat_map(|task| AssetsStep.build(task, &Memory).unwrap()).collect()
}

pub(crate) fn bytes(documents: &[Document], name: &str) -> Vec<u8> {
    let document = documents.iter().find(|document| document.name == name);
    match &document.unwrap_or_else(|| panic!("no {name}")).body {
        Body::Inline(bytes) => bytes.clone(),
        Body::Stored(content) => panic!("{name} is stored as {}", content.sha256),
    }
}

fn square(marks: &[(FillRole, &str)]) -> Drawing {
    let shape = |(fill, path): &(FillRole, &str)| Shape { fill: *fill, path: (*path).to_owned() };
    Drawing { width: 1000.0, height: 1000.0, shapes: marks.iter().map(shape).collect() }
}

fn concept(rank: u32, marks: &[(FillRole, &str)]) -> Concept {
    let bar = |x: i32| Shape {
        fill: FillRole::Ink,
        path: format!("M{x} 0L{} 0L{} 700L{x} 700Z", x + 300, x + 300),
    };
    serde_json::from_value(json!({
        "format": 1, "id": format!("{rank}-test"), "rank": rank, "grammar": "test", "title": "Test", "idea": "A test.",
        "mark": square(marks),
        "wordmark": { "width": 3900.0, "height": 700.0, "shapes": (0..10).map(|n| bar(n * 400)).collect::<Vec<_>>() },
        "baseline": 700.0, "cap_height": 700.0, "clear_space": 0.25, "mark_px_min": 12, "right_to_left": false, "checks": []
    }))
    .unwrap()
}

fn logo(concept: &Concept, kind: &str, drawing: &Drawing, colorway: Colorway, design: &Design) -> Document {
    let frame = svg::Frame { title: "t", desc: "d", margin: 250.0, ground: None };
    let text = svg::render(drawing, &|role| colorway.color(role, &design.palette.logo), &frame);
    let name = format!("logos/{}/{kind}-{}.svg", concept.id, colorway.id());
    Document::file(name, "image/svg+xml", text.into_bytes())
}

fn design() -> Design {
    let font = json!({ "key": { "family": "Inter", "weight": 400, "italic": false }, "class": "sans", "license": "OFL-1.1",
        "file": "a.ttf", "sha256": "", "x_height": 500, "cap_height": 700 });
    let primary = Rgb::new(0x1f, 0x5f, 0x4a);
    serde_json::from_value(json!({
        "format": 1,
        "industry": { "asked": "coffee", "id": "coffee", "name": "coffee", "confidence": 1.0 },
        "style": { "asked": "modern", "id": "modern", "name": "modern", "confidence": 1.0 },
        "traits": {},
        "palette": {
            "swatches": [{ "id": "primary", "name": "Green", "rgb": primary, "oklch": [0.4, 0.1, 160.0], "share": 60 }],
            "scales": [],
            "themes": [{ "id": "light", "roles": { "background": "#fffdf8" } }],
            "contrasts": [],
            "logo": { "mark": primary, "accent": "#c2571a", "ink": "#14211c", "ground_dark": "#10241d",
                "mark_on_dark": "#7fd1b0", "accent_on_dark": "#ff9d5c", "ink_on_dark": "#f4f7f5", "on_primary": "#ffffff" },
            "given": false
        },
        "typography": { "display": font, "text": font, "strong": font, "rule": "", "ratio": 1.25, "sizes": [], "right_to_left": false },
        "guidance": { "grammars": [], "motifs": [], "roundness": 0.5, "weight": 0.5, "energy": 0.5 },
        "reasons": [], "warnings": [], "checks": []
    }))
    .unwrap()
}
