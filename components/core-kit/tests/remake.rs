//! What a change of one input leads to: tasks are known by their keys, and a task with a known key makes the same again.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod fixture;

use core_brand::brief::{Order, RawBrief};
use core_brand::templates::Templates;
use core_brand::{Document, DocumentKind};
use core_order::Request;
use fixture::{Memory, STEPS};
use std::collections::{BTreeMap, BTreeSet};

/// Files that say nothing of a colour, or white, black or grey in both palettes, and stand with others that do: made with
/// them, in no time.
const BESIDE: &[&str] = &[
    "app/android/res/drawable/ic_launcher_foreground.xml",
    "app/android/res/drawable/ic_launcher_monochrome.xml",
    "app/android/res/mipmap-anydpi-v26/ic_launcher.xml",
    "app/android/res/mipmap-anydpi-v26/ic_launcher_round.xml",
    "app/ios/AppIcon.appiconset/Contents.json",
    "app/ios/AppIcon.appiconset/icon-tinted.png",
    "email/signature.txt",
    "tokens/brand.d.mts",
    "tokens/brand.resolver.json",
    "web/head.html",
];

/// Pictures that hold words, and one that stands with words that it belongs to.
const WORDED: &[&str] = &["overview.png", "print/overview.png", "email/mark.png"];

/// Pictures of the website, which writes its language: made again, the same.
const TOLD: &str = "web/";
/// A wordmark beside lockups whose mark has colour: its own ink has too little to be told from another.
const WORDMARKS: [&str; 2] = ["/wordmark-reversed", "/wordmark-grey"];

/// What every task of a job made, by its key.
type Past = BTreeMap<String, Vec<Document>>;

struct Made {
    past: Past,
    files: BTreeMap<String, String>,
    /// Tasks with a key that was not known.
    rebuilt: BTreeSet<String>,
    /// Files of these tasks.
    touched: BTreeSet<String>,
}

/// Makes a kit; every task whose key is known is done all the same, and has to make what it made.
fn make(request: &Request, known: &Past, studio: &Memory) -> Made {
    let mut documents = vec![Document::working(Request::DOCUMENT, request).unwrap()];
    let (mut past, mut rebuilt, mut touched) = (Past::new(), BTreeSet::new(), BTreeSet::new());
    for (name, step) in STEPS {
        for task in step.plan(name, &documents.clone(), studio).unwrap() {
            let (key, made) = (task.key(name), step.build(&task, studio).unwrap());
            if let Some(before) = known.get(&key) {
                assert!(*before == made, "{} of {name} has the same key and makes something else", task.id);
            } else {
                let files = made.iter().filter(|document| document.kind == DocumentKind::File);
                touched.extend(files.map(|file| file.name.clone()));
                rebuilt.insert(format!("{name}/{}", task.id));
            }
            documents.extend(made.clone());
            assert!(past.insert(key, made).is_none(), "{} of {name} is no key of its own", task.id);
        }
        // Tasks run beside each other: what was made first is never the same twice.
        if !known.is_empty() {
            documents.reverse();
        }
    }
    let files = documents.iter().filter(|document| document.kind == DocumentKind::File);
    let files = files.map(|file| (file.name.clone(), file.content().sha256)).collect();
    Made { past, files, rebuilt, touched }
}

fn request() -> Request {
    let brief = RawBrief {
        company_name: "Northwind".into(),
        industry: "coffee".into(),
        primary_color: Some("#1f6f5c".into()),
        ..RawBrief::default()
    };
    Request { format: 1, brief, seed: Some("7".into()), concepts: Some(2), ..Request::default() }
}

#[test]
fn a_change_is_made_where_it_is_seen_and_nowhere_else() {
    let studio = Memory::new();
    let first = make(&request(), &Past::new(), &studio);

    // Asked for in full, as the command does that reads a kit.
    let order = core_order::order(&request()).unwrap();
    let again = make(&Request::of(&order), &first.past, &studio);
    assert_eq!((again.rebuilt, again.touched), (BTreeSet::new(), BTreeSet::new()));

    let mut recolored = request();
    recolored.brief.primary_color = Some("#7a1f3d".into());
    let recolored = make(&recolored, &first.past, &studio);
    let is_plain = |path: &str| path.contains("-black") || path.contains("-white");
    let kept = |path: &&String| is_plain(path) || path.starts_with("fonts/");
    let plain: Vec<&String> = first.files.keys().filter(kept).collect();
    assert!(plain.len() > 60, "{} files have no colour", plain.len());
    for path in plain {
        assert!(!recolored.touched.contains(path), "{path} is made again for a colour");
        assert_eq!(first.files[path], recolored.files[path], "{path}");
    }
    for path in ["logos", "web/icon-192.png", "book/brand-book.pdf", "tokens/brand.css"] {
        assert!(recolored.touched.iter().any(|touched| touched.starts_with(path)), "{path}");
    }
    let is_needless = |path: &&String| first.files.get(*path) == recolored.files.get(*path);
    let needless: Vec<&str> = recolored
        .touched
        .iter()
        .filter(is_needless)
        .map(String::as_str)
        .filter(|path| !BESIDE.contains(path) && !WORDMARKS.iter().any(|part| path.contains(part)))
        .collect();
    assert_eq!(needless, Vec::<&str>::new(), "made again for nothing");

    let mut said = request();
    said.brief.language = Some("de".into());
    let said = make(&said, &first.past, &studio);
    let wordless = |path: &&String| path.ends_with(".png") && !WORDED.contains(&path.as_str());
    for path in said.touched.iter().filter(wordless) {
        assert!(path.starts_with(TOLD), "{path} is made again for a language");
        assert_eq!(first.files[path], said.files[path], "{path} has no language");
    }
}

#[test]
fn templates_add_replace_and_leave_out() {
    let templates = br#"{"version": 1, "social": {
        "formats": [
            {"id": "wall", "width": 640, "height": 200, "layout": "banner", "safe": [500, 160], "room": 0.6},
            {"id": "x-post", "width": 320, "height": 320, "layout": "post", "safe": [300, 300], "room": 0.5}
        ],
        "without": ["tiktok-cover"]},
        "print": {"formats": [{"id": "swing-tag", "size_mm": [50, 90], "bleed_mm": 3, "safe_mm": 4, "pages": [
            {"ground": "dark", "parts": [
                {"part": "logo", "lockup": "mark", "box_mm": [15, 12, 20, 20], "anchor": [0.5, 0.5]},
                {"part": "text", "face": "text", "size_pt": 7, "box_mm": [6, 70, 38, 12], "at": "bottom",
                 "lines": ["{name}", "{web}"]}
            ]}]}],
            "without": ["envelope"]}}"#;
    let templates = Templates::read(templates).unwrap();
    let studio = Memory::new();
    let with = |complexity: &str| {
        let mut request = Request { concepts: Some(1), ..request() };
        request.brief.complexity = Some(complexity.into());
        request.templates = Some(templates.clone());
        let mut documents = vec![Document::working(Request::DOCUMENT, &request).unwrap()];
        for (name, step) in &STEPS[..5] {
            for task in step.plan(name, &documents.clone(), &studio).unwrap() {
                documents.extend(step.build(&task, &studio).unwrap());
            }
        }
        documents
    };
    let pixels = |documents: &[Document], id: &str| {
        let file = documents.iter().find(|document| document.name == format!("social/{id}.png"));
        file.map(|file| file.pixels.map(|pixels| (pixels.width, pixels.height)).unwrap())
    };
    let medium = with("medium");
    assert_eq!(pixels(&medium, "wall"), Some((640, 200)));
    assert_eq!(pixels(&medium, "x-post"), Some((320, 320)));
    assert_eq!(pixels(&medium, "tiktok-cover"), None);
    assert_eq!(pixels(&medium, "x-header"), Some((1500, 500)));
    let sheets = |documents: &[Document]| -> Vec<String> {
        let mut names: Vec<String> = documents.iter().map(|document| document.name.clone()).collect();
        names.retain(|name| name.starts_with("print/") && name.ends_with(".pdf"));
        names.sort();
        names
    };
    assert_eq!(sheets(&medium), ["print/business-card.pdf", "print/letterhead.pdf", "print/swing-tag.pdf"]);
    assert_eq!(sheets(&with("simple")), ["print/swing-tag.pdf"]);
    let checks = core_brand::step::find(&medium, "checks-print.json").unwrap();
    let checks: Vec<core_brand::Check> = checks.json(&studio).unwrap();
    let own: Vec<&core_brand::Check> = checks.iter().filter(|check| check.id.contains("swing-tag")).collect();
    assert!(own.len() > 5 && own.iter().all(|check| check.passed), "{own:?}");
    let social =
        |documents: &[Document]| documents.iter().filter(|one| one.name.starts_with("social/")).count();
    assert_eq!(social(&with("simple")), 2, "a simple kit has the pictures that were asked for");
    let order: Order = serde_json::from_slice(
        &core_brand::step::find(&medium, Order::DOCUMENT).unwrap().bytes(&studio).unwrap(),
    )
    .unwrap();
    assert_eq!(order.templates, Some(templates));
}
