//! Files that want to harm, each with the refusal that it gets; none where it is simply graded.

use std::fmt::Write;

pub(crate) struct Hostile {
    pub(crate) what: &'static str,
    pub(crate) name: &'static str,
    pub(crate) bytes: Vec<u8>,
    /// The code, and what the sentence says.
    pub(crate) refused: Option<(&'static str, &'static str)>,
}

const MALFORMED: &str = "check.malformed";
const LARGE: &str = "check.too-large";
const FORMAT: &str = "check.format";

pub(crate) fn all() -> Vec<Hostile> {
    let of =
        |name: &'static str| {
            move |(what, bytes, refused): (&'static str, Vec<u8>, Option<(&'static str, &'static str)>)| {
                Hostile { what, name, bytes, refused }
            }
        };
    let mut all: Vec<Hostile> = svgs().into_iter().map(of("a.svg")).collect();
    all.extend(styles().into_iter().map(of("a.css")));
    all.extend(pictures().into_iter().map(of("a.png")));
    all.extend(documents().into_iter().map(of("a.pdf")));
    all.extend(others().into_iter().map(of("a.bin")));
    all
}

type Case = (&'static str, Vec<u8>, Option<(&'static str, &'static str)>);

fn svg(body: &str) -> Vec<u8> {
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\">{body}</svg>").into_bytes()
}

/// Each stands ten times in the next.
fn ladder(rungs: usize, open: &str, link: &str) -> String {
    (0..rungs).fold(String::new(), |mut text, rung| {
        let inside = if rung == 0 {
            "<path d=\"M0 0h1v1z\"/>".to_owned()
        } else {
            link.replace('#', &format!("#r{}", rung - 1)).repeat(10)
        };
        let name = open.split(' ').next().unwrap_or(open);
        write!(text, "<{open} id=\"r{rung}\">{inside}</{name}>").unwrap();
        text
    })
}

fn svgs() -> Vec<Case> {
    let laughs = (1..10).fold("<!ENTITY l0 \"ha\">".to_owned(), |text, at| {
        text + &format!("<!ENTITY l{at} \"{}\">", format!("&l{};", at - 1).repeat(10))
    });
    let laughs =
        format!("<!DOCTYPE svg [{laughs}]><svg xmlns=\"http://www.w3.org/2000/svg\"><desc>&l9;</desc></svg>");
    let far = "<!DOCTYPE svg [<!ENTITY f SYSTEM \"file:///etc/passwd\">]><svg><text>&f;</text></svg>";
    let nested = |count: usize| svg(&format!("{}{}", "<g>".repeat(count), "</g>".repeat(count)));
    let attributes =
        (0..60_000).fold(String::from("<path"), |text, at| text + &format!(" a{at}=\"\"")) + "/>";
    let patterns = (0..500).fold(String::new(), |text, at| {
        text + &format!("<pattern id=\"p{at}\" width=\"1\" height=\"1\"><path d=\"M0 0h9v9z\" fill=\"url(#p{})\"/></pattern>", at + 1)
    });
    let by_class = "<style>.a{fill:url(#p)}</style><pattern id=\"p\" width=\"1\" height=\"1\"><path class=\"a\" \
        d=\"M0 0h9v9z\"/></pattern><path class=\"a\" d=\"M0 0h9v9z\"/>";
    let rules = format!("<style>{}</style>{}", "*{fill:#000}".repeat(30_000), "<g/>".repeat(30_000));
    let longest = format!("<path d=\"M0 0{}\"/>", "L3 4L9 1".repeat(300_000));
    let specks = "<path d=\"M0 0h1v1z\"/>".repeat(30_000);
    let mark = "M43 677L0 531L75 493L382 629L381 679L386 793L703 793L719 812L702 1000L139 1000L153 703L152 646L66 689Z";
    let half_marks = (0..9_000).fold(String::new(), |text, at| {
        text + &format!("<path transform=\"scale({}.1 7)\" d=\"{mark}\"/>", at % 90 + 1)
    });
    vec![
        ("9,000 halves of a mark", svg(&half_marks), None),
        ("billion laughs", laughs.into_bytes(), Some((MALFORMED, "declares entities"))),
        ("an entity from the disk", far.as_bytes().to_vec(), Some((MALFORMED, "declares entities"))),
        ("100,000 nested groups", nested(100_000), Some((MALFORMED, "nodes limit"))),
        ("40,000 nested groups", nested(40_000), Some((MALFORMED, "40001 deep"))),
        ("groups that never close", svg(&"<g>".repeat(40_000)), Some((MALFORMED, "SVG"))),
        ("uses of uses", svg(&ladder(12, "g", "<use href=\"#\"/>")), Some((MALFORMED, "what it repeats"))),
        (
            "masks of masks",
            svg(&ladder(12, "mask", "<path d=\"M0 0h1v1z\" mask=\"url(#)\"/>")),
            Some((MALFORMED, "what it repeats")),
        ),
        (
            "a use of itself",
            svg("<g id=\"a\"><use href=\"#a\"/></g>"),
            Some((MALFORMED, "stands for itself")),
        ),
        ("a chain of patterns", svg(&patterns), Some((MALFORMED, "deep"))),
        ("a pattern of itself by its class", svg(by_class), Some((MALFORMED, "stands for itself"))),
        ("60,000 attributes", svg(&attributes), Some((MALFORMED, "60000 attributes"))),
        ("rules times elements", svg(&rules), Some((MALFORMED, "style sheets are too long"))),
        ("a path of 600,000 lines", svg(&longest), None),
        ("30,000 squares", svg(&specks), None),
        (
            "numbers without end",
            svg("<path d=\"M1e308 1e308L-1e308 NaN Z\" transform=\"scale(1e300)\"/>"),
            None,
        ),
        (
            "an unclosed style",
            svg("<style>a{fill:red</style><path d=\"M0 0h1v1z\"/>"),
            Some((MALFORMED, "never closed")),
        ),
        ("no svg inside", b"<html xmlns=\"x\"/><svg/>".to_vec(), None),
        ("another root", b"<g><svg/></g>".to_vec(), Some((MALFORMED, "outermost"))),
        ("seven megabytes", svg(&" ".repeat(7 << 20)), Some((LARGE, "bytes of SVG"))),
        ("no UTF-8", b"<svg \xff\xfe".to_vec(), Some((MALFORMED, "UTF-8"))),
        ("a script", svg("<script>while(true){}</script>"), None),
    ]
}

fn styles() -> Vec<Case> {
    let text = |text: &str| text.as_bytes().to_vec();
    let loops = "a{--a:var(--b);--b:var(--a);font-family:var(--a)}";
    let doubles = (0..40).fold(String::from("a{font-family:var(--v0);"), |text, at| {
        text + &format!("--v{at}: var(--v{0}) var(--v{0});", at + 1)
    }) + "}";
    let many = (0..5_000)
        .fold(String::new(), |text, at| text + &format!("a{{--a:var(--a) {at};font:1px var(--a)}}"));
    vec![
        (
            "an unclosed block",
            text("a { color: red;\n b { color: blue }"),
            Some((MALFORMED, "opens in line 1 is never closed")),
        ),
        ("one block too few", text("a { }\n }"), Some((MALFORMED, "line 2 closes a block"))),
        ("an unclosed comment", text("a { } /* "), Some((MALFORMED, "comment of line 1"))),
        ("an unclosed string", text("a { b: \"\n }"), Some((MALFORMED, "string of line 1"))),
        ("an unclosed bracket", text("a { b: rgb(1; }"), Some((MALFORMED, "never closed"))),
        ("10,000 nested blocks", text(&"a{".repeat(10_000)), Some((MALFORMED, "deeper than"))),
        ("variables in a circle", text(loops), None),
        ("variables that double", text(&doubles), None),
        ("one variable 5,000 times", text(&many), None),
        (
            "a million brackets",
            text(&format!("a{{color:{}", "(".repeat(1_000_000))),
            Some((MALFORMED, "never closed")),
        ),
        ("a million colours", text(&format!("a{{background:{}}}", "#fff ".repeat(700_000))), None),
        (
            "300,000 declarations",
            text(&format!("a{{{}}}", "b:c;".repeat(300_000))),
            Some((MALFORMED, "declarations")),
        ),
        ("five megabytes", text(&" ".repeat(5 << 20)), Some((LARGE, "bytes of CSS"))),
        ("a name that moves the cursor", text("a{font-family:\"\u{1b}[2J\u{202e}x\"}"), None),
    ]
}

/// A PNG of a few pixels, and what it says of itself.
fn claiming(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = super::png_of("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"8\" height=\"8\"/>");
    bytes[16..20].copy_from_slice(&width.to_be_bytes());
    bytes[20..24].copy_from_slice(&height.to_be_bytes());
    let sum = crc(&bytes[12..29]);
    bytes[29..33].copy_from_slice(&sum.to_be_bytes());
    bytes
}

/// The sum behind each chunk of a PNG, bit by bit.
fn crc(bytes: &[u8]) -> u32 {
    let step = |sum: u32| if sum & 1 == 1 { (sum >> 1) ^ 0xedb8_8320 } else { sum >> 1 };
    !bytes.iter().fold(u32::MAX, |sum, byte| (0..8).fold(sum ^ u32::from(*byte), |sum, _| step(sum)))
}

fn pictures() -> Vec<Case> {
    let whole = claiming(8, 8);
    vec![
        ("4,000 million pixels", claiming(65_535, 65_535), Some((LARGE, "pixels on one side"))),
        ("too many pixels", claiming(8_000, 8_000), Some((LARGE, "64000000 pixels"))),
        ("no pixels", claiming(0, 8), Some((MALFORMED, "PNG"))),
        ("fewer pixels than it says", claiming(900, 900), Some((MALFORMED, "PNG"))),
        ("half a file", whole[..whole.len() / 2].to_vec(), Some((MALFORMED, "PNG"))),
        ("the first line alone", whole[..10].to_vec(), Some((MALFORMED, "first chunk"))),
        ("8 by 8 pixels of nothing", whole, None),
    ]
}

fn pdf(objects: &[&str]) -> Vec<u8> {
    let mut text = String::from("%PDF-1.7\n");
    for (at, object) in (1..).zip(objects) {
        write!(text, "{at} 0 obj\n{object}\nendobj\n").unwrap();
    }
    (text + "trailer << /Root 1 0 R >>\n").into_bytes()
}

/// A page with a stream that is packed.
fn packed(content: &[u8]) -> Vec<u8> {
    let bytes = miniz_oxide::deflate::compress_to_vec_zlib(content, 6);
    let mut file =
        pdf(&["<</Type/Catalog/Pages 2 0 R>>", "<</Kids[3 0 R]>>", "<</Type/Page/Contents 4 0 R>>"]);
    file.extend(format!("4 0 obj <</Filter/FlateDecode/Length {}>> stream\n", bytes.len()).bytes());
    file.extend(bytes);
    file.extend(b"\nendstream endobj");
    file
}

fn documents() -> Vec<Case> {
    const ROOT: &str = "<</Type/Catalog/Pages 2 0 R>>";
    const KIDS: &str = "<</Kids[3 0 R]>>";
    let many = format!("<</Type/Page/Contents[{}]>>", "4 0 R ".repeat(100_000));
    let stream = format!("<</Length 2000>> stream\n{}\nendstream", "0 g 1 1 1 1 re f ".repeat(120));
    let form = "<</Subtype/Form/Resources<</XObject<</A 4 0 R>>>>/Length 70>> stream\n/A Do /A Do /A Do /A Do /A Do /A Do /A Do /A Do /A Do /A Do\nendstream";
    let page = "<</Type/Page/Contents 5 0 R/Resources<</XObject<</A 4 0 R>>>>>>";
    let deep = format!("{}{}", "[".repeat(200_000), "<<".repeat(200_000));
    vec![
        ("nothing but a head", b"%PDF-1.7".to_vec(), Some((MALFORMED, "no object"))),
        ("no page", pdf(&[ROOT, "<<>>"]), None),
        (
            "a tree that grows into itself",
            pdf(&[ROOT, "<</Kids[2 0 R 2 0 R]>>"]),
            Some((MALFORMED, "no page")),
        ),
        (
            "references in a circle",
            pdf(&[ROOT, KIDS, "<</Type/Page/Contents 4 0 R>>", "5 0 R", "4 0 R"]),
            None,
        ),
        (
            "a form that draws itself",
            pdf(&[ROOT, KIDS, page, form, "<<>> stream\n/A Do\nendstream"]),
            Some((LARGE, "drawing commands")),
        ),
        ("one stream 100,000 times", pdf(&[ROOT, KIDS, &many, &stream]), Some((LARGE, "unpacked"))),
        ("a bomb", packed(&vec![b' '; 70 << 20]), Some((LARGE, "unpacked"))),
        (
            "two million commands",
            packed("n ".repeat(2_100_000).as_bytes()),
            Some((LARGE, "drawing commands")),
        ),
        ("states that are never restored", packed("q 1 0 0 1 9 9 cm ".repeat(100_000).as_bytes()), None),
        ("200,000 lists in lists", pdf(&[&deep]), Some((MALFORMED, "no page"))),
        ("lists in lists on a page", packed(deep.as_bytes()), None),
        (
            "a length that lies",
            pdf(&[
                ROOT,
                KIDS,
                "<</Type/Page/Contents 4 0 R>>",
                "<</Length 999999999999>> stream\n1 0 0 rg 0 0 9 9 re f\nendstream",
            ]),
            None,
        ),
        ("a page larger than a country", pdf(&[ROOT, KIDS, "<</Type/Page/MediaBox[0 0 1e30 1e30]>>"]), None),
        ("locked", pdf(&["<</Encrypt 9 0 R>>"]), Some((MALFORMED, "password"))),
        (
            "300,000 objects",
            (0..300_000).fold(b"%PDF-1.7 ".to_vec(), |mut all, at| {
                all.extend(format!("{at} 0 obj<<>>").bytes());
                all
            }),
            Some((LARGE, "objects")),
        ),
    ]
}

fn others() -> Vec<Case> {
    vec![
        ("an empty file", Vec::new(), Some((FORMAT, "empty"))),
        ("a zip", b"PK\x03\x04aaaa".to_vec(), Some((FORMAT, "a zip"))),
        ("a packed SVG", b"\x1f\x8b\x08".to_vec(), Some((FORMAT, "gzip"))),
        ("a JPEG", b"\xff\xd8\xff\xe0".to_vec(), Some((FORMAT, "a JPEG"))),
        ("a text", b"Dear all,".to_vec(), Some((FORMAT, "no kind of file"))),
        ("21 megabytes", vec![b'a'; 21 << 20], Some((LARGE, "bytes"))),
    ]
}
