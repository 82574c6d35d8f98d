//! The book: what is written in it, in which language, and that its PDF is what it says.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod fixture;
mod matterhorn;

use core_brand::FontKey;
use core_kit::{Book, Brand, board};
use core_vector::{Colorway, Lockup};
use core_words::{LANGUAGES, Words};
use fixture::{CASES, Case, Memory};
use matterhorn::{CONDITIONS, Pdf, faults, text as said};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

fn brand(case: &Case) -> Brand {
    let studio = Memory::new();
    Brand::new(case.order(), case.design(), case.concepts(&studio)).unwrap()
}

/// The golden is the whole text of one book; `IMPRINT_ACCEPT=1` writes it anew.
#[test]
fn the_text_of_a_book_is_kept() {
    let brand = brand(&CASES[0]);
    let files = ["logos/1-rotation/horizontal-color.svg".to_owned(), "web/favicon.ico".to_owned()];
    let text = Book::set(&brand, &files, &Memory::new()).unwrap().transcript();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/book.txt");
    if std::env::var_os("IMPRINT_ACCEPT").is_some() {
        std::fs::write(path, &text).unwrap();
    }
    let kept = std::fs::read_to_string(path).unwrap_or_default();
    let differs = kept.lines().zip(text.lines()).find(|(old, new)| old != new);
    assert!(kept == text, "the book reads differently: {differs:?}; IMPRINT_ACCEPT=1 accepts it");
}

#[test]
fn every_book_states_its_colours_in_its_language() {
    for case in CASES {
        let brand = brand(case);
        let book = Book::set(&brand, &[], &Memory::new()).unwrap();
        let text = book.transcript();
        let palette = &brand.design.palette;
        for rgb in palette.swatches.iter().map(|swatch| swatch.rgb) {
            assert!(text.contains(&rgb.to_string()), "{}: {rgb}", case.id);
        }
        let words = Words::new(case.language).unwrap();
        for key in ["kit-book", "kit-contrast", "kit-colophon"] {
            assert!(text.contains(&words.say(key, &[]).unwrap()), "{}: {key}", case.id);
        }
        // Every lockup and colourway is shown and named; the drawing for small sizes where there is one.
        let named = Lockup::ALL.map(|lockup| format!("kit-lockup-{}", lockup.id())).into_iter();
        let named = named.chain(Colorway::ALL.map(|colorway| format!("kit-colorway-{}-use", colorway.id())));
        let plain = joined(&text);
        for key in named {
            assert!(plain.contains(&words.say(&key, &[]).unwrap()), "{}: {key}", case.id);
        }
        let drawn = words.say("kit-smallest-drawing", &[]).unwrap();
        assert_eq!(plain.contains(&drawn), brand.logo().small.is_some(), "{}", case.id);
        for least in &brand.logo().minimums {
            let said = format!("{} × {} px", least.px[0], least.px[1]);
            assert!(least.lockup == "mark" || text.contains(&said), "{}: {said}", case.id);
        }
        // A question mark in place of a letter would be one that the face lacks.
        assert!(!text.contains("??"), "{}", case.id);
        let expected = if case.complexity == "simple" { 14 } else { 24 };
        assert_eq!(book.pages().len(), expected, "{}", case.id);
        for check in book.checks() {
            assert!(check.passed, "{}: {check:?}", case.id);
        }
    }
}

/// The faces of the fixtures are Latin; Japanese is set in others.
#[test]
fn every_latin_language_is_drawn_with_all_its_letters() {
    let case = &CASES[0];
    for language in LANGUAGES.iter().filter(|language| **language != "ja") {
        let mut order = case.order();
        (*language).clone_into(&mut order.brief.language);
        let brand = Brand::new(order, case.design(), case.concepts(&Memory::new())).unwrap();
        let text = Book::set(&brand, &[], &Memory::new()).unwrap().transcript();
        let text = joined(&text);
        for key in [
            "kit-which-file",
            "kit-reference-intro",
            "kit-sample-long",
            "kit-contrast-intro",
            "kit-imagery-intro",
        ] {
            let said = brand.words.say(key, &[]).unwrap();
            assert!(text.contains(&said), "{language}: {said}");
        }
    }
}

/// Words of a person that the faces cannot write are left out, not drawn as empty boxes.
#[test]
fn foreign_words_are_left_out() {
    let case = &CASES[0];
    let mut design = case.design();
    let foreign = "\u{5bff}\u{53f8}";
    design.industry.name = foreign.into();
    design.reasons[0].text = format!("Concerning {foreign}.");
    let brand = Brand::new(case.order(), design, case.concepts(&Memory::new())).unwrap();
    let text = Book::set(&brand, &[], &Memory::new()).unwrap().transcript();
    assert!(!text.contains("Concerning") && !text.contains("??"), "{text}");
    assert!(text.contains("  p: modern\n"));
}

/// Every case, and the first in every language its faces have the letters of.
fn everywhere() -> Vec<(String, Brand)> {
    let mut brands: Vec<(String, Brand)> =
        CASES.iter().map(|case| (case.id.to_owned(), brand(case))).collect();
    for language in LANGUAGES.iter().filter(|language| !["en", "ja"].contains(*language)) {
        let case = &CASES[0];
        let mut order = case.order();
        (*language).clone_into(&mut order.brief.language);
        let brand = Brand::new(order, case.design(), case.concepts(&Memory::new())).unwrap();
        brands.push(((*language).to_owned(), brand));
    }
    brands.extend([("one letter", "X"), ("forty", "Wissenschaftliche Buchhandlung Augsburgs")].map(
        |(id, name)| {
            let named = Case { id, name, ..CASES[0] };
            (id.to_owned(), self::brand(&named))
        },
    ));
    brands.push(("japanese".to_owned(), japanese()));
    brands
}

/// A brand in Japanese, in faces that have its letters.
fn japanese() -> Brand {
    let case = Case { id: "japanese", name: "海の音", language: "ja", ..CASES[0] };
    let mut design = case.design();
    let face = |weight: u16| {
        let key = FontKey { family: "BIZ UDPGothic".into(), weight, italic: false };
        core_typography::choice(&key).unwrap()
    };
    let typography = &mut design.typography;
    (typography.display, typography.text, typography.strong) = (face(700), face(400), face(700));
    let concepts = case.concepts_of(&design, &Memory::new());
    Brand::new(case.order(), design, concepts).unwrap()
}

/// Designs of before knew no press, no licences and no reasons.
#[test]
fn an_older_design_fills_a_book_too() {
    let case = Case { concepts: 1, ..CASES[0] };
    let mut design = case.design();
    design.palette.print = None;
    design.reasons.clear();
    design.typography.licenses.clear();
    let brand = Brand::new(case.order(), design, case.concepts(&Memory::new())).unwrap();
    let book = Book::set(&brand, &[], &Memory::new()).unwrap();
    assert_eq!(book.pages().len(), 21);
    assert!(book.checks().iter().all(|check| check.passed) && book.pdf().is_ok());
}

#[test]
fn nothing_leaves_the_page_and_no_line_covers_another() {
    for (id, brand) in everywhere() {
        let book = Book::set(&brand, &[], &Memory::new()).unwrap();
        for page in book.pages() {
            let lines: Vec<_> = page.parts.iter().flat_map(lines).collect();
            for line in &lines {
                let inside = line.x >= 0.0
                    && line.x + line.width <= page.width + 0.1
                    && line.baseline - line.size * 0.5 >= 0.0
                    && line.baseline <= page.height;
                assert!(inside, "{id}: `{}` on {}", line.text, page.title);
            }
            for (index, one) in lines.iter().enumerate() {
                for other in &lines[index + 1..] {
                    let apart = one.x + one.width <= other.x + 0.5
                        || other.x + other.width <= one.x + 0.5
                        || one.baseline <= other.baseline - other.size * 0.6
                        || other.baseline <= one.baseline - one.size * 0.6;
                    assert!(apart, "{id}: `{}` covers `{}` on {}", one.text, other.text, page.title);
                }
            }
        }
    }
}

#[test]
fn the_pdf_is_what_it_says() {
    for case in CASES {
        let brand = brand(case);
        let book = Book::set(&brand, &[], &Memory::new()).unwrap();
        let pdf = &PDFS[case.id];
        let read = String::from_utf8_lossy(pdf);
        assert!(read.starts_with("%PDF-1.7"));
        assert_eq!(
            read.matches("/Type /Page\n").count() + read.matches("/Type/Page/").count(),
            book.pages().len(),
            "{}",
            case.id
        );
        assert!(!read.contains("/Type3"), "{}", case.id);
        for wanted in
            ["/StructTreeRoot", "/Outlines", "/ToUnicode", "pdfuaid:part", "pdfaid:part", "/MarkInfo"]
        {
            assert!(read.contains(wanted), "{}: {wanted}", case.id);
        }
        assert!(read.contains(&format!("/Lang({})", case.language)), "{}", case.id);
        assert!(*pdf == book.pdf().unwrap(), "{}: other bytes the second time", case.id);
    }
}

#[test]
fn the_board_holds_paths_only() {
    for case in CASES {
        let svg = board(&brand(case), &Memory::new()).unwrap();
        assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"));
        let elements: std::collections::BTreeSet<&str> =
            svg.split('<').skip(1).map(|tag| tag.split([' ', '>', '/']).next().unwrap()).collect();
        assert_eq!(elements.into_iter().collect::<Vec<_>>(), ["", "path", "svg", "title"], "{}", case.id);
        for swatch in &case.design().palette.swatches {
            assert!(svg.contains(&format!("fill=\"{}\"", swatch.rgb)), "{}", case.id);
        }
    }
}

fn lines(part: &core_pdf::Part) -> Vec<&core_pdf::Line> {
    part.nodes
        .iter()
        .flat_map(|node| match node {
            core_pdf::Node::Line(line) => vec![line],
            core_pdf::Node::Part(inner) => lines(inner),
            core_pdf::Node::Fill(_) => Vec::new(),
        })
        .collect()
}

/// The text of a book as sentences: lines put together again, parted words made whole.
fn joined(transcript: &str) -> String {
    transcript.replace("\u{ad} | ", "").replace("- | ", "-").replace(" | ", " ")
}

/// The books of all cases as files' bytes: setting one takes a while, and many tests read them.
static PDFS: LazyLock<BTreeMap<&str, Vec<u8>>> = LazyLock::new(|| {
    let pdf = |case: &Case| Book::set(&brand(case), &[], &Memory::new()).unwrap().pdf().unwrap();
    CASES.iter().map(|case| (case.id, pdf(case))).collect()
});

/// A file for programs that read one.
fn written(folder: &Path, case: &Case) -> PathBuf {
    let file = folder.join(format!("{}.pdf", case.id));
    std::fs::write(&file, &PDFS[case.id]).unwrap();
    file
}

/// Whether the programs are there; tells the lane runner of those that are not.
fn are_there(lane: &str, tools: &[&str]) -> bool {
    let missing = tools.iter().find(|tool| Command::new(tool).arg("--version").output().is_err());
    if let (Some(missing), Some(path)) = (missing, std::env::var_os("IMPRINT_SKIPS")) {
        let mut file = std::fs::OpenOptions::new().create(true).append(true).open(path).unwrap();
        writeln!(file, "{lane}: no {missing} here").unwrap();
    }
    missing.is_none()
}

fn output(tool: &str, args: &[&str], file: &Path) -> String {
    let done = Command::new(tool).args(args).arg(file).arg("-").output().unwrap();
    String::from_utf8_lossy(&done.stdout).into_owned()
}

#[test]
fn other_programs_read_a_book() {
    if !are_there("book", &["qpdf", "pdffonts", "pdftotext", "pdfimages"]) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for case in CASES {
        let file = written(folder.path(), case);
        assert!(std::fs::metadata(&file).unwrap().len() <= 2_000_000, "{}", case.id);
        let checked = Command::new("qpdf").arg("--check").arg(&file).output().unwrap();
        assert!(checked.status.success(), "{}: {}", case.id, String::from_utf8_lossy(&checked.stderr));
        let pictures = Command::new("pdfimages").arg("-list").arg(&file).output().unwrap();
        assert_eq!(
            String::from_utf8_lossy(&pictures.stdout).lines().count(),
            2,
            "{} holds pictures",
            case.id
        );
        let fonts = Command::new("pdffonts").arg(&file).output().unwrap();
        let fonts = String::from_utf8_lossy(&fonts.stdout).into_owned();
        let rows: Vec<&str> = fonts.lines().skip(2).collect();
        assert!(!rows.is_empty() && !fonts.contains("Type 3"), "{fonts}");
        for row in rows {
            // Embedded, a subset, and with a way back to characters.
            let words: Vec<&str> = row.split_whitespace().collect();
            assert_eq!(words[words.len() - 5..words.len() - 2], ["yes", "yes", "yes"], "{}: {row}", case.id);
        }
        let text = output("pdftotext", &["-raw"], &file);
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let palette = case.design().palette;
        let scales = palette.scales.iter().flat_map(|scale| scale.steps.iter().map(|step| step.rgb));
        for rgb in palette.swatches.iter().map(|swatch| swatch.rgb).chain(scales) {
            assert!(text.contains(&rgb.to_string()), "{}: {rgb}", case.id);
        }
        for ink in palette.swatches.iter().filter_map(|swatch| swatch.ink) {
            let [c, m, y, k] = ink.cmyk;
            assert!(text.contains(&format!("{c} {m} {y} {k}")), "{}: {ink:?}", case.id);
        }
        // From right to left, other programs put marks of direction between the words.
        let is_said = text.contains(case.name) || case.design().typography.right_to_left;
        assert!(is_said, "{}: {}", case.id, case.name);
    }
}

#[test]
fn a_book_keeps_every_condition_of_the_protocol() {
    if !are_there("book", &["qpdf"]) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for case in CASES {
        let pdf = Pdf::read(&written(folder.path(), case)).unwrap();
        assert_eq!(faults(&pdf), Vec::<String>::new(), "{}", case.id);
    }
    let brand = japanese();
    let file = folder.path().join("japanese.pdf");
    std::fs::write(&file, Book::set(&brand, &[], &Memory::new()).unwrap().pdf().unwrap()).unwrap();
    assert_eq!(faults(&Pdf::read(&file).unwrap()), Vec::<String>::new());
}

/// Spoils a book.
type Plant = fn(&mut Pdf);

/// Each plants a fault into the objects of a book; the condition must find it.
const FAULTS: &[(&str, Plant)] = &[
    ("01 tree", |pdf| edit(pdf, |one| one["/S"] == "/P", |one| one["/K"] = json!([9999]))),
    ("01-007", |pdf| edit(pdf, is_catalog, |one| one["/MarkInfo"]["/Suspects"] = json!(true))),
    ("02-001, 02-003, 02-004", |pdf| edit(pdf, |one| one["/S"] == "/P", |one| one["/S"] = json!("/Passage"))),
    ("07-001, 07-002", |pdf| edit(pdf, is_catalog, |one| one["/ViewerPreferences"] = json!({}))),
    ("09-004", |pdf| edit(pdf, |one| one["/S"] == "/TR", |one| one["/S"] = json!("/P"))),
    ("09-006", |pdf| edit(pdf, |one| one["/S"] == "/TOCI", |one| one["/S"] = json!("/P"))),
    ("11-001 to 11-006", |pdf| edit(pdf, is_catalog, |one| one["/Lang"] = json!("u:"))),
    ("13-004", |pdf| edit(pdf, |one| one["/S"] == "/Figure", |one| one["/Alt"] = json!("u: "))),
    ("14-002, 14-003, 14-006, 14-007", |pdf| {
        edit(pdf, |one| one["/S"] == "/H2", |one| one["/S"] = json!("/H3"));
    }),
    ("15-003", |pdf| edit(pdf, |one| one["/S"] == "/TH", |one| one["/A"] = json!([]))),
    ("26-001", |pdf| pdf.objects["trailer"]["value"]["/Encrypt"] = json!({})),
    ("28-002, 28-004, 28-011, 28-012", |pdf| edit(pdf, is_link, |one| one["/Contents"] = Value::Null)),
    ("28-008, 28-009", |pdf| edit(pdf, |one| !one["/Annots"].is_null(), |one| one["/Tabs"] = json!("/R"))),
    ("31-004 to 31-006, 31-009, 31-030", |pdf| {
        edit(pdf, |one| one["/Type"] == "/FontDescriptor", |one| one["/FontFile2"] = Value::Null);
    }),
    ("31-027 to 31-029", |pdf| {
        edit(pdf, |one| one["/Subtype"] == "/Type0", |one| one["/ToUnicode"] = Value::Null);
    }),
    ("10-001", |pdf| edit(pdf, |one| one["/Subtype"] == "/Type0", |one| one["/ToUnicode"] = Value::Null)),
    ("PDF/A-2 6.1, 6.2", |pdf| edit(pdf, is_catalog, |one| one["/OutputIntents"] = Value::Null)),
    ("PDF/A-2 6.5", |pdf| edit(pdf, is_link, |one| one["/F"] = json!(2))),
    ("20, 21, 25, 30 and others", |pdf| edit(pdf, is_catalog, |one| one["/OpenAction"] = json!({}))),
    ("01-005", |pdf| repaint(pdf, "/Artifact<</Type/Layout>>BDC", "/Span BMC")),
    ("01-003", |pdf| {
        repaint(pdf, "/Span<</MCID 1>>BDC", "/Span<</MCID 1>>BDC /Artifact BMC 0 0 1 1 re f EMC");
    }),
    ("01-004", |pdf| {
        repaint(pdf, "/Artifact<</Type/Layout>>BDC", "/Artifact BMC /P <</MCID 77>> BDC 0 0 1 1 re f EMC");
    }),
    ("06-001 to 06-003", |pdf| repaint(pdf, "<pdfuaid:part>1<", "<pdfuaid:part>7<")),
    ("PDF/A-2 6.6", |pdf| repaint(pdf, "<pdfaid:conformance>A<", "<pdfaid:conformance>B<")),
];

fn is_catalog(one: &Value) -> bool {
    one["/Type"] == "/Catalog"
}

fn is_link(one: &Value) -> bool {
    one["/Subtype"] == "/Link"
}

/// Changes the first object of a kind.
fn edit(pdf: &mut Pdf, is_it: impl Fn(&Value) -> bool, change: impl Fn(&mut Value)) {
    let objects = pdf.objects.iter_mut().filter(|(name, _)| *name != "trailer");
    let one = objects.map(|(_, object)| &mut object["value"]).find(|value| is_it(value));
    change(one.unwrap());
}

/// Changes what a stream says.
fn repaint(pdf: &mut Pdf, from: &str, to: &str) {
    for object in pdf.objects.values_mut() {
        let Some(data) = object["stream"]["data"].as_str() else { continue };
        let bytes = data_encoding::BASE64.decode(data.as_bytes()).unwrap();
        let read = String::from_utf8_lossy(&bytes);
        if read.contains(from) {
            // What is not text in the stream is lost; the fault is not.
            let changed = read.replacen(from, to, 1);
            object["stream"]["data"] = json!(data_encoding::BASE64.encode(changed.as_bytes()));
            return;
        }
    }
    panic!("nothing says `{from}`");
}

#[test]
fn planted_faults_are_found() {
    if !are_there("book", &["qpdf"]) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let pdf = Pdf::read(&written(folder.path(), &CASES[0])).unwrap();
    for (id, plant) in FAULTS {
        let mut faulty = pdf.clone();
        plant(&mut faulty);
        let condition = CONDITIONS.iter().find(|condition| condition.id == *id).unwrap();
        assert!(condition.faults(&pdf).is_empty() && !condition.faults(&faulty).is_empty(), "{id}");
    }
    let planted: BTreeSet<&str> = FAULTS.iter().map(|(id, _)| *id).collect();
    let unplanted: Vec<&str> =
        CONDITIONS.iter().map(|condition| condition.id).filter(|id| !planted.contains(id)).collect();
    // A book has no list.
    assert_eq!(unplanted, ["09-005"]);
}

/// The tags of the file are those of the transcript, so that the golden says what the file holds.
#[test]
fn the_tags_of_the_file_are_those_of_the_golden() {
    if !are_there("book", &["qpdf"]) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let pdf = Pdf::read(&written(folder.path(), &CASES[0])).unwrap();
    let text = Book::set(&brand(&CASES[0]), &[], &Memory::new()).unwrap().transcript();
    let tags: Vec<&str> = text.lines().filter_map(|line| tag(line.trim_start())).collect();
    let own = ["/Document", "/Part", "/Sect"];
    let held: Vec<String> = pdf.tags().into_iter().filter(|tag| !own.contains(&tag.as_str())).collect();
    assert_eq!(held, tags);
}

/// The tag of a line of a transcript; decoration and the lines of pages have none.
fn tag(line: &str) -> Option<&'static str> {
    const NAMES: &[(&str, &str)] = &[
        ("h1", "/H1"),
        ("h2", "/H2"),
        ("p:", "/P"),
        ("figure", "/Figure"),
        ("table", "/Table"),
        ("row of", "/TH"),
        ("row", "/TR"),
        ("column", "/TH"),
        ("cell", "/TD"),
        ("contents", "/TOC"),
        ("entry", "/TOCI"),
        ("link", "/Link"),
    ];
    NAMES.iter().find(|(name, _)| line.starts_with(name)).map(|(_, tag)| *tag)
}

#[test]
fn bookmarks_labels_and_links_lead_where_they_say() {
    if !are_there("book", &["qpdf"]) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for case in CASES {
        let pdf = Pdf::read(&written(folder.path(), case)).unwrap();
        let brand = brand(case);
        let book = Book::set(&brand, &[], &Memory::new()).unwrap();
        let pages: Vec<String> = pdf.pages().into_iter().map(|(reference, _)| reference).collect();
        let leads_to = |target: &Value| {
            let target = pdf.get(target);
            pages.iter().position(|page| target[0].as_str() == Some(page)).unwrap()
        };
        let labels = pdf.get(&pdf.root()["/PageLabels"])["/Nums"].as_array().unwrap().clone();
        assert_eq!(labels.len(), 2, "{}", case.id);
        assert_eq!((&labels[0], &pdf.get(&labels[1])["/S"]), (&json!(0), &json!("/D")));

        // Every page once, under its chapter.
        let mut marked = Vec::new();
        for (depth, node) in pdf.bookmarks() {
            let page = leads_to(&node["/Dest"]);
            let title = said(&node["/Title"]).unwrap().to_owned();
            let wanted = &book.pages()[page];
            if depth == 0 && title == wanted.chapter && !node["/First"].is_null() {
                continue;
            }
            assert_eq!(
                (title.as_str(), depth),
                (wanted.title.as_str(), usize::from(!wanted.chapter.is_empty()))
            );
            marked.push(page);
        }
        assert_eq!(marked, (0..pages.len()).collect::<Vec<_>>(), "{}", case.id);

        let links = pdf.links();
        let wanted = if case.complexity == "simple" { 0 } else { pages.len() - 3 };
        assert_eq!(links.len(), wanted, "{}", case.id);
        for link in links {
            let page = leads_to(&link["/Dest"]);
            let title = &book.pages()[page].title;
            let values = [("title", title.as_str()), ("page", &(page + 1).to_string())];
            assert_eq!(
                said(&link["/Contents"]),
                Some(brand.words.say("kit-alt-link", &values).unwrap().as_str())
            );
        }
    }
}
