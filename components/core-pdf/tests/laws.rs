//! What every PDF keeps, whatever is set.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use core_brand::content::sha256_hex;
use core_brand::{Drawing, FillRole, FontKey, Rgb, Shape};
use core_pdf::{
    Align, Anchor, Area, FontId, Fonts, MM, Meta, Node, Page, Part, Role, Sheet, Style, Use, boxes, drawing,
    moved, print, rectangle, svg, transcript, write,
};
use core_typography::{Face, family, font_file};
use std::cell::RefCell;
use std::path::PathBuf;

fn face(name: &str, weight: u16) -> Face {
    let key = FontKey { family: name.into(), weight, italic: false };
    let cache = std::env::var_os("IMPRINT_CACHE").map(PathBuf::from);
    let home = std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache/imprint"));
    let folder = cache.or(home).unwrap().join("fonts/node_modules").join(&family(name).unwrap().package);
    Face::new(key.clone(), std::fs::read(folder.join(&font_file(&key).unwrap().path)).unwrap()).unwrap()
}

fn fonts() -> (Fonts, FontId, FontId) {
    let mut fonts = Fonts::new("en");
    let latin = fonts.add(face("Source Serif 4", 400));
    let arabic = fonts.add(face("Vazirmatn", 400));
    (fonts, latin, arabic)
}

fn style(font: FontId) -> Style {
    Style {
        font,
        size: 10.0,
        leading: 1.4,
        tracking: 0.0,
        color: Rgb::BLACK,
        align: Align::Start,
        hyphens: false,
    }
}

fn meta() -> Meta {
    let [title, subject, author] = ["A book", "What it holds", "Northwind"].map(str::to_owned);
    Meta { title, subject, author, language: "en".into(), id: "one".into() }
}

const LONG: &str =
    "A paragraph is broken where the right edge gets most even, and the last line never holds one word.";

#[test]
fn lines_keep_to_the_measure_and_lose_nothing() {
    let (fonts, latin, arabic) = fonts();
    let texts = [
        (latin, LONG),
        (latin, "Donaudampfschifffahrtsgesellschaftskapit\u{e4}nsm\u{fc}tze"),
        (latin, "x"),
        (latin, ""),
        (
            arabic,
            "\u{645}\u{642}\u{647}\u{649} \u{627}\u{644}\u{646}\u{62e}\u{64a}\u{644} \u{645}\u{642}\u{647}\u{649} \u{627}\u{644}\u{646}\u{62e}\u{64a}\u{644}",
        ),
    ];
    for (font, text) in texts {
        for measure in [24.0, 60.0, 130.0, 900.0] {
            for tracking in [-30.0, 0.0, 80.0] {
                let block = fonts.set(text, &style(font).tracking(tracking), measure);
                let joined: String = block.lines.iter().map(|line| line.text.as_str()).collect();
                let letters = |text: &str| text.replace(' ', "");
                assert_eq!(letters(&joined), letters(text), "{measure}");
                for line in &block.lines {
                    assert!(
                        line.width <= measure + 0.1,
                        "`{}` is {} wide of {measure}",
                        line.text,
                        line.width
                    );
                    assert!(line.x >= 0.0 && line.x + line.width <= measure + 0.1);
                }
            }
        }
    }
}

#[test]
fn japanese_lines_break_between_letters_and_keep_their_marks() {
    let mut fonts = Fonts::new("ja");
    let font = fonts.add(face("BIZ UDPGothic", 400));
    let text = "色は「青」（#2563eb）です。コーヒーの香りと、ちょっと明るい朝を思わせる色を選びました。";
    for measure in [60.0, 80.0, 120.0, 200.0] {
        let block = fonts.set(text, &style(font), measure);
        let lines: Vec<&str> = block.lines.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(lines.concat(), text);
        assert!(lines.len() >= 2 && block.width <= measure + 0.1, "{lines:?}");
        for line in &lines {
            assert!(!line.starts_with(['」', '）', '。', '、', 'ー', 'ょ', 'っ']), "{lines:?}");
            assert!(!line.ends_with(['「', '（', '#']), "{lines:?}");
        }
    }
}

#[test]
fn a_line_starts_where_its_script_does() {
    let (fonts, latin, arabic) = fonts();
    let at = |font, text: &str, align| {
        let block = fonts.set(text, &Style { align, ..style(font) }, 200.0);
        let line = &block.lines[0];
        ((line.x * 10.0).round(), ((line.x + line.width) * 10.0).round())
    };
    let name = "\u{645}\u{642}\u{647}\u{649}";
    assert_eq!(at(latin, "Nord", Align::Start).0, 0.0);
    assert_eq!(at(arabic, name, Align::Start).1, 2000.0);
    assert_eq!(at(arabic, name, Align::Left).0, 0.0);
    assert_eq!(at(latin, "Nord", Align::Right).1, 2000.0);
    let (left, right) = at(latin, "Nord", Align::Center);
    assert!((left + right - 2000.0).abs() <= 1.0);
}

#[test]
fn a_size_is_found_for_every_width() {
    let (fonts, latin, _) = fonts();
    for measure in [40.0, 90.0, 300.0] {
        let size = fonts.size_for("Northwind Coffee", &style(latin).size(40.0), measure);
        assert!(fonts.width("Northwind Coffee", &style(latin).size(size)) <= measure);
        assert_eq!(fonts.set("Northwind Coffee", &style(latin).size(size), measure).lines.len(), 1);
    }
    assert_eq!(fonts.size_for("x", &style(latin), 300.0), 10.0);
}

/// Letters that the font lacks, marks, controls and nothing at all: a readable PDF all the same.
#[test]
fn any_text_can_be_written() {
    let (fonts, latin, arabic) = fonts();
    for text in [
        "\u{6f22}\u{5b57} and \u{1f600}",
        "",
        " ",
        "e\u{301}\u{323}",
        "a\u{a0}b",
        "fi ffl \u{fb01}",
        "\u{645}a\u{642} 12",
        "\u{7}\u{0}",
    ] {
        for font in [latin, arabic] {
            let mut page = Page::new(300.0, 100.0, "Any");
            page.text(Role::Heading(1), &fonts, "Any", &style(latin), page.area().inset(10.0));
            page.text(Role::Paragraph, &fonts, text, &style(font), page.area().inset(30.0));
            let pdf = write(&[page], &fonts, &meta()).unwrap();
            assert!(pdf.starts_with(b"%PDF-1.7"), "{text:?}");
        }
    }
    assert!(fonts.covers(latin, "Northwind") && !fonts.covers(latin, "\u{6f22}"));
}

fn sample(fonts: &Fonts, font: FontId) -> Page {
    let leaf = Shape { fill: FillRole::Mark, path: "M0 0C10 0 20 10 20 20L0 20Z".into() };
    let mark = Drawing { width: 20.0, height: 20.0, shapes: vec![leaf] };
    let mut page = Page::new(400.0, 300.0, "Sample");
    page.ground(Rgb::new(250, 250, 240));
    page.text(Role::Heading(1), fonts, "Sample", &style(font).size(24.0), page.area().inset(20.0));
    let nodes = drawing(&mark, Area::new(20.0, 60.0, 40.0, 80.0), Anchor::CENTER, &|_| Rgb::new(200, 30, 60))
        .unwrap();
    page.push(Part::new(Role::Figure("A leaf".into()), nodes));
    let line = |text: &str, y: f64| {
        fonts.set(text, &style(font), 100.0).at(80.0, y).into_iter().map(Node::Line).collect()
    };
    let row = |role: Role, text: &str, y: f64| {
        Node::Part(Part::new(Role::Row, vec![Node::Part(Part::new(role, line(text, y)))]))
    };
    page.push(Part::new(Role::Table, vec![row(Role::HeadCell, "Ratio", 60.0), row(Role::Cell, "4.5", 75.0)]));
    page.push(Part::new(Role::List, vec![Node::Part(Part::new(Role::Item, line("First", 100.0)))]));
    page
}

#[test]
fn a_page_is_read_in_order_and_drawn_as_paths() {
    let (fonts, latin, _) = fonts();
    let page = sample(&fonts, latin);
    let wanted = "page 1: Sample\n  h1: Sample\n  figure (A leaf)\n  table\n    row\n      column: Ratio\n    row\n      cell: 4.5\n  list\n    item: First\n";
    assert_eq!(transcript(std::slice::from_ref(&page)), wanted);
    let drawn = svg(&page, &fonts, "a < b & c");
    assert!(drawn.contains("<title>a &lt; b &amp; c</title>"));
    assert!(drawn.contains("viewBox=\"0 0 400 300\"") && !drawn.contains("<text"));
    assert!(drawn.contains("fill=\"#c81e3c\" d=\"M20 80C40 80 60 100 60 120L20 120Z\""), "{drawn}");
}

#[test]
fn the_same_pages_give_the_same_bytes() {
    let (fonts, latin, _) = fonts();
    let page = sample(&fonts, latin);
    let pdf = write(std::slice::from_ref(&page), &fonts, &meta()).unwrap();
    assert_eq!(pdf, write(std::slice::from_ref(&page), &fonts, &meta()).unwrap());
    let read = String::from_utf8_lossy(&pdf);
    for wanted in
        ["/CIDFontType2", "/ToUnicode", "/S/Figure", "/S/Table", "/S/TH", "/S/LBody", "/S/H1", "(A leaf)"]
    {
        assert!(read.contains(wanted), "{wanted}");
    }
    assert!(!read.contains("/Type3"));
}

/// The bytes of a page without text, kept: another compressor or writer in the build would show here first, and
/// it would show as kits that differ between machines.
#[test]
fn the_bytes_are_kept() {
    let mut page = Page::new(100.0, 50.0, "Plain");
    let boxes = (0..40)
        .map(|index| rectangle(Area::new(f64::from(index), 5.0, 1.5, 7.25), Rgb::new(9, 90, 200)))
        .collect();
    page.push(Part::new(Role::Figure("Bars".into()), boxes));
    let pdf = write(&[page], &Fonts::new("en"), &meta()).unwrap();
    assert_eq!(
        (pdf.len(), sha256_hex(&pdf).as_str()),
        (8180, "cae76966648c408ab6c755846e2cd073ea3634d94bdfb6c2b8e3d4748bb4bb6d")
    );
}

#[test]
fn too_few_and_too_many_pages_are_refused() {
    let fonts = Fonts::new("en");
    assert!(write(&[], &fonts, &meta()).is_err());
    assert!(write(&vec![Page::new(10.0, 10.0, "x"); 201], &fonts, &meta()).is_err());
    assert!(write(&[Page::new(0.0, 10.0, "x")], &fonts, &meta()).is_err());
}

#[test]
fn a_sheet_has_its_boxes_and_asks_for_the_ink_of_each_use() {
    let (fonts, latin, _) = fonts();
    let mut page = Page::new(85.0 * MM, 55.0 * MM, "Card");
    let green = Rgb::new(0, 90, 60);
    page.box_of(page.area().inset(-3.0 * MM), green);
    page.box_of(Area::new(20.0, 20.0, 40.0, 0.3), green);
    page.text(Role::Paragraph, &fonts, "First Last", &style(latin), Area::new(20.0, 40.0, 90.0, 20.0));
    let note = fonts.set("A note", &style(latin), 200.0);
    let sheet = Sheet { page, bleed: 3.0 * MM, note, patches: vec![[100, 0, 0, 0]; 40] };
    let asked = RefCell::new(Vec::new());
    let ink = |color: Rgb, what: Use| {
        asked.borrow_mut().push((color, what));
        [0, 0, 0, 100]
    };
    let pdf = print(std::slice::from_ref(&sheet), &fonts, Some(&ink), &meta()).unwrap();
    let wanted = [(green, Use::Area), (green, Use::Fine), (Rgb::BLACK, Use::Fine), (Rgb::BLACK, Use::Fine)];
    assert_eq!(*asked.borrow(), wanted);
    let found = boxes(&pdf);
    assert_eq!(found.len(), 1);
    assert!((found[0].reach() - 3.0 * MM).abs() < 0.01, "{found:?}");
    let [left, bottom, right, top] = found[0].trim;
    assert!((right - left - 85.0 * MM).abs() < 0.01 && (top - bottom - 55.0 * MM).abs() < 0.01, "{found:?}");
    let read = |pdf: &[u8], what: &str| String::from_utf8_lossy(pdf).contains(what);
    assert!(read(&pdf, "/DeviceCMYK") && read(&pdf, "pdfuaid:part") && !read(&pdf, "/DeviceRGB"));
    let screen = print(&[sheet], &fonts, None, &meta()).unwrap();
    assert!(!read(&screen, "/DeviceCMYK") && boxes(&screen).len() == 1);
    assert!(boxes(&write(&[Page::new(9.0, 9.0, "Plain")], &fonts, &meta()).unwrap()).is_empty());
}

#[test]
fn a_moved_page_is_the_same_page_elsewhere() {
    let (fonts, latin, _) = fonts();
    let mut page = Page::new(100.0, 100.0, "One");
    page.box_of(Area::new(10.0, 10.0, 20.0, 20.0), Rgb::BLACK);
    page.text(Role::Paragraph, &fonts, "Word", &style(latin), Area::new(10.0, 40.0, 90.0, 20.0));
    let parts = moved(&page.parts, 0.5, 7.0, 3.0);
    assert_eq!(parts[0].area(), Some(Area::new(12.0, 8.0, 10.0, 10.0)));
    let (before, after) = (page.parts[1].area().unwrap(), parts[1].area().unwrap());
    assert!((after.width - before.width / 2.0).abs() < 1e-9 && (after.x - 12.0).abs() < 1e-9);
    assert_eq!(parts[1].plain(), "Word");
}
