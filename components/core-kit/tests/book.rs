//! The book: what is written in it, in which language, and that its PDF is what it says.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod fixture;

use core_kit::{Book, Brand, board};
use core_vector::{Colorway, Lockup};
use core_words::{LANGUAGES, Words};
use fixture::{CASES, Case, Memory};

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
        let plain = text.replace(" | ", " ");
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
        let expected = 13 + usize::from(case.concepts > 1) + 1;
        assert_eq!(book.pages().len(), expected, "{}", case.id);
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
        // A line may end behind a hyphen.
        let text = text.replace("- | ", "-").replace(" | ", " ");
        for key in ["kit-which-file", "kit-reference-intro", "kit-sample-long", "kit-contrast-intro"] {
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
    design.reasons[0].text = format!("About {foreign}.");
    let brand = Brand::new(case.order(), design, case.concepts(&Memory::new())).unwrap();
    let text = Book::set(&brand, &[], &Memory::new()).unwrap().transcript();
    assert!(!text.contains("About") && !text.contains("??"), "{text}");
    assert!(text.contains("  p: modern\n"));
}

#[test]
fn nothing_leaves_the_page() {
    for case in CASES {
        let brand = brand(case);
        let book = Book::set(&brand, &[], &Memory::new()).unwrap();
        for page in book.pages() {
            for line in page.parts.iter().flat_map(lines) {
                let inside = line.x >= 0.0
                    && line.x + line.width <= page.width + 0.1
                    && line.baseline - line.size * 0.5 >= 0.0
                    && line.baseline <= page.height;
                assert!(inside, "{}: `{}` on {}", case.id, line.text, page.title);
            }
        }
    }
}

#[test]
fn no_line_covers_another() {
    for case in CASES {
        let brand = brand(case);
        let book = Book::set(&brand, &[], &Memory::new()).unwrap();
        for page in book.pages() {
            let lines: Vec<_> = page.parts.iter().flat_map(lines).collect();
            for (index, one) in lines.iter().enumerate() {
                for other in &lines[index + 1..] {
                    let apart = one.x + one.width <= other.x + 0.5
                        || other.x + other.width <= one.x + 0.5
                        || one.baseline <= other.baseline - other.size * 0.6
                        || other.baseline <= one.baseline - one.size * 0.6;
                    assert!(apart, "{}: `{}` covers `{}` on {}", case.id, one.text, other.text, page.title);
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
        let pdf = book.pdf().unwrap();
        let read = String::from_utf8_lossy(&pdf);
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
        assert_eq!(pdf, Book::set(&brand, &[], &Memory::new()).unwrap().pdf().unwrap());
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
