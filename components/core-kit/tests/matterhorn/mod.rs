//! The conditions of the Matterhorn Protocol that a program can decide about a book, decided without the program that
//! wrote it: objects come from `qpdf --json`, content is read by hand. Beside them, what PDF/A-2a adds.
//!
//! `CONDITIONS` says which. Not among them: what only a person can judge, and what a book never holds (forms, scripts,
//! media, pictures, notes, optional content, embedded files); that it holds none of these is the last condition.

mod content;

use content::{Content, Mark};
use data_encoding::BASE64;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

/// A condition: its number in version 1.1 of the protocol, or only the checkpoint where it has none of its own, or the part
/// of PDF/A; what must hold; and who finds what does not.
pub(crate) struct Condition {
    pub(crate) id: &'static str,
    pub(crate) holds: &'static str,
    check: fn(&Pdf) -> Vec<String>,
}

pub(crate) const CONDITIONS: &[Condition] = &[
    Condition { id: "01-003", holds: "no artifact inside tagged content", check: artifact_in_tagged },
    Condition { id: "01-004", holds: "no tagged content inside an artifact", check: tagged_in_artifact },
    Condition { id: "01-005", holds: "everything painted is tagged or an artifact", check: unmarked },
    Condition { id: "01 tree", holds: "every tagged piece hangs in the tree once", check: in_the_tree },
    Condition { id: "01-007", holds: "nothing is suspect", check: suspects },
    Condition { id: "02-001, 02-003, 02-004", holds: "every tag is a standard one", check: standard_tags },
    Condition { id: "06-001 to 06-003", holds: "XMP says PDF/UA-1, and a title", check: metadata },
    Condition { id: "07-001, 07-002", holds: "the title is shown, not the file name", check: shows_title },
    Condition {
        id: "09-004",
        holds: "tables hold rows, rows hold cells, as many as the first",
        check: tables,
    },
    Condition { id: "09-005", holds: "lists hold items, items hold bodies", check: lists },
    Condition { id: "09-006", holds: "contents hold entries, entries hold links", check: contents },
    Condition { id: "10-001", holds: "every character shown can be read", check: readable },
    Condition { id: "11-001 to 11-006", holds: "the language is known", check: language },
    Condition { id: "13-004", holds: "every figure has a description", check: figures },
    Condition {
        id: "14-002, 14-003, 14-006, 14-007",
        holds: "headings begin at 1 and skip none",
        check: headings,
    },
    Condition { id: "15-003", holds: "every head of a table says what it heads", check: scopes },
    Condition { id: "26-001", holds: "nothing is encrypted", check: encrypted },
    Condition {
        id: "28-002, 28-004, 28-011, 28-012",
        holds: "annotations are links, tagged and described",
        check: links,
    },
    Condition {
        id: "28-008, 28-009",
        holds: "the keys go through a page in the order of its tags",
        check: tabs,
    },
    Condition {
        id: "31-004 to 31-006, 31-009, 31-030",
        holds: "fonts are embedded, and hold every letter shown",
        check: fonts,
    },
    Condition { id: "31-027 to 31-029", holds: "letters map to characters, none of them empty", check: maps },
    Condition {
        id: "PDF/A-2 6.1, 6.2",
        holds: "an id, one intent of colour with its profile",
        check: archive,
    },
    Condition { id: "PDF/A-2 6.5", holds: "links are printed and never hidden", check: printed },
    Condition { id: "PDF/A-2 6.6", holds: "XMP says PDF/A-2a", check: archive_metadata },
    Condition {
        id: "20, 21, 25, 30 and others",
        holds: "no forms, scripts, media, pictures, layers or files",
        check: absent,
    },
];

/// Every condition that does not hold, with what is wrong.
pub(crate) fn faults(pdf: &Pdf) -> Vec<String> {
    CONDITIONS.iter().flat_map(|condition| condition.faults(pdf)).collect()
}

impl Condition {
    pub(crate) fn faults(&self, pdf: &Pdf) -> Vec<String> {
        let found = (self.check)(pdf).into_iter();
        found.map(|what| format!("{} ({}): {what}", self.id, self.holds)).collect()
    }
}

/// The objects of a file.
#[derive(Clone)]
pub(crate) struct Pdf {
    pub(crate) objects: Map<String, Value>,
}

/// An element of the structure with its kind and its children's.
struct Element {
    id: String,
    kind: String,
    parent: String,
    children: Vec<(String, String)>,
    value: Value,
}

impl Pdf {
    /// Nothing where there is no qpdf.
    pub(crate) fn read(file: &Path) -> Option<Self> {
        let args = ["--json=2", "--json-stream-data=inline", "--decode-level=generalized"];
        let read = Command::new("qpdf").args(args).arg(file).output().ok()?;
        let value: Value = serde_json::from_slice(&read.stdout).unwrap();
        Some(Self { objects: value["qpdf"][1].as_object().unwrap().clone() })
    }

    /// The object behind a reference, or the value itself.
    pub(crate) fn get(&self, value: &Value) -> Value {
        let object = value.as_str().and_then(|at| self.objects.get(&format!("obj:{at}")));
        let Some(object) = object else { return value.clone() };
        let inner = object.get("value").or_else(|| object["stream"].get("dict"));
        inner.cloned().unwrap_or_default()
    }

    fn at(&self, value: &Value, path: &[&str]) -> Value {
        path.iter().fold(self.get(value), |value, key| self.get(&value[*key]))
    }

    fn stream(&self, reference: &Value) -> Vec<u8> {
        let object = reference.as_str().and_then(|at| self.objects.get(&format!("obj:{at}")));
        let data = object.and_then(|object| object["stream"]["data"].as_str()).unwrap_or_default();
        BASE64.decode(data.as_bytes()).unwrap()
    }

    pub(crate) fn root(&self) -> Value {
        self.get(&self.objects["trailer"]["value"]["/Root"])
    }

    /// The pages in their order, with their references.
    pub(crate) fn pages(&self) -> Vec<(String, Value)> {
        let kids = self.at(&self.root(), &["/Pages", "/Kids"]);
        let mut pages = Vec::new();
        let mut open: Vec<Value> = kids.as_array().unwrap().iter().rev().cloned().collect();
        while let Some(reference) = open.pop() {
            let page = self.get(&reference);
            match page["/Kids"].as_array() {
                Some(kids) => open.extend(kids.iter().rev().cloned()),
                None => pages.push((reference.as_str().unwrap().to_owned(), page)),
            }
        }
        pages
    }

    fn content(&self, page: &Value) -> Content {
        let parts = page["/Contents"].as_array().cloned().unwrap_or_else(|| vec![page["/Contents"].clone()]);
        let bytes: Vec<u8> =
            parts.iter().flat_map(|part| [self.stream(part), b"\n".to_vec()].concat()).collect();
        Content::read(&bytes)
    }

    /// The elements of the structure in the order of reading.
    fn elements(&self) -> Vec<Element> {
        let mut elements = Vec::new();
        let root = self.at(&self.root(), &["/StructTreeRoot"]);
        let kids = |value: &Value| match &value["/K"] {
            Value::Array(kids) => kids.clone(),
            Value::Null => Vec::new(),
            one => vec![one.clone()],
        };
        let mut open: Vec<(Value, String)> =
            kids(&root).into_iter().rev().map(|kid| (kid, "StructTreeRoot".to_owned())).collect();
        while let Some((reference, parent)) = open.pop() {
            let value = self.get(&reference);
            let Some(kind) = value["/S"].as_str() else { continue };
            let inner = kids(&value);
            let child = |kid: &Value| {
                let kind = self.get(kid)["/S"].as_str().unwrap_or_default().to_owned();
                (kid.as_str().unwrap_or_default().to_owned(), kind)
            };
            let children = inner.iter().map(child).filter(|(_, kind)| !kind.is_empty()).collect();
            open.extend(inner.into_iter().rev().map(|kid| (kid, kind.to_owned())));
            let id = reference.as_str().unwrap_or_default().to_owned();
            elements.push(Element { id, kind: kind.to_owned(), parent, children, value });
        }
        elements
    }

    /// The kinds of all elements in the order of reading.
    pub(crate) fn tags(&self) -> Vec<String> {
        self.elements().into_iter().map(|element| element.kind).collect()
    }

    pub(crate) fn links(&self) -> Vec<Value> {
        annotations(self).into_iter().map(|(_, annotation)| annotation).collect()
    }

    /// The bookmarks from top to bottom, with how deep they stand.
    pub(crate) fn bookmarks(&self) -> Vec<(usize, Value)> {
        let mut found = Vec::new();
        let mut open = vec![(0, self.at(&self.root(), &["/Outlines", "/First"]))];
        while let Some((depth, node)) = open.pop() {
            if node.is_null() {
                continue;
            }
            open.push((depth, self.get(&node["/Next"])));
            open.push((depth + 1, self.get(&node["/First"])));
            found.push((depth, node));
        }
        found
    }

    fn of_type(&self, kind: &str) -> Vec<Value> {
        let values = self
            .objects
            .values()
            .filter_map(|object| object.get("value").or_else(|| object["stream"].get("dict")));
        values.filter(|value| value["/Type"] == kind).cloned().collect()
    }

    fn xmp(&self) -> String {
        String::from_utf8(self.stream(&self.root()["/Metadata"])).unwrap()
    }

    /// The fonts of a page by name.
    fn fonts_of(&self, page: &Value) -> Map<String, Value> {
        self.at(page, &["/Resources", "/Font"]).as_object().cloned().unwrap_or_default()
    }

    /// What a font's characters are read as.
    fn unicode(&self, font: &Value) -> BTreeMap<u16, String> {
        read_map(&String::from_utf8_lossy(&self.stream(&font["/ToUnicode"])))
    }
}

/// The text of a string as qpdf writes it.
pub(crate) fn text(value: &Value) -> Option<&str> {
    value.as_str().and_then(|text| text.strip_prefix("u:"))
}

fn per_page(pdf: &Pdf, find: impl Fn(&Content) -> Option<String>) -> Vec<String> {
    let pages = pdf.pages();
    let one = |(index, (_, page)): (usize, &(String, Value))| {
        find(&pdf.content(page)).map(|what| format!("page {}: {what}", index + 1))
    };
    pages.iter().enumerate().filter_map(one).collect()
}

fn nested(content: &Content, outer: fn(&Mark) -> bool, inner: fn(&Mark) -> bool) -> Option<String> {
    let wrong =
        |marks: &Vec<Mark>| marks.iter().position(outer).is_some_and(|at| marks[at + 1..].iter().any(inner));
    content
        .painted
        .iter()
        .find(|(_, marks)| wrong(marks))
        .map(|(operator, marks)| format!("{operator} in {marks:?}"))
}

fn is_tagged(mark: &Mark) -> bool {
    matches!(mark, Mark::Tagged(_))
}

fn is_artifact(mark: &Mark) -> bool {
    *mark == Mark::Artifact
}

fn artifact_in_tagged(pdf: &Pdf) -> Vec<String> {
    per_page(pdf, |content| nested(content, is_tagged, is_artifact))
}

fn tagged_in_artifact(pdf: &Pdf) -> Vec<String> {
    per_page(pdf, |content| nested(content, is_artifact, is_tagged))
}

fn unmarked(pdf: &Pdf) -> Vec<String> {
    per_page(pdf, |content| {
        let bare = |marks: &[Mark]| !marks.iter().any(|mark| is_tagged(mark) || is_artifact(mark));
        let found = content.painted.iter().find(|(_, marks)| bare(marks));
        let found = found.map(|(operator, _)| format!("{operator} without a mark"));
        found.or_else(|| content.unbalanced.then(|| "marks that do not close".to_owned()))
    })
}

/// Numbers of the content against those of the tree and of the tree's way back.
fn in_the_tree(pdf: &Pdf) -> Vec<String> {
    let mut found = Vec::new();
    let mut hung: BTreeMap<String, BTreeMap<u64, Vec<String>>> = BTreeMap::new();
    for element in pdf.elements() {
        let kids = element.value["/K"].as_array().cloned().unwrap_or_default();
        for kid in kids {
            let (page, number) = match &kid {
                Value::Number(number) => (element.value["/Pg"].as_str(), number.as_u64()),
                Value::Object(kid) => (
                    kid.get("/Pg").and_then(Value::as_str).or(element.value["/Pg"].as_str()),
                    kid.get("/MCID").and_then(Value::as_u64),
                ),
                _ => (None, None),
            };
            if let (Some(page), Some(number)) = (page, number) {
                hung.entry(page.to_owned()).or_default().entry(number).or_default().push(element.id.clone());
            }
        }
    }
    let parents = number_tree(pdf, &pdf.at(&pdf.root(), &["/StructTreeRoot", "/ParentTree"]));
    for (index, (reference, page)) in pdf.pages().into_iter().enumerate() {
        let content = pdf.content(&page);
        let none = BTreeMap::new();
        let tree = hung.get(&reference).unwrap_or(&none);
        let back = page["/StructParents"].as_i64().and_then(|key| parents.get(&key));
        let back =
            back.map(|back| pdf.get(back)).and_then(|back| back.as_array().cloned()).unwrap_or_default();
        let numbers: BTreeSet<u64> = content.numbers.keys().chain(tree.keys()).copied().collect();
        for number in numbers {
            let drawn = content.numbers.get(&number).copied().unwrap_or_default();
            let owners = tree.get(&number).cloned().unwrap_or_default();
            let way_back = back.get(number as usize).and_then(Value::as_str).unwrap_or_default();
            if drawn != 1 || owners.len() != 1 || owners[0] != way_back {
                found.push(format!(
                    "page {} piece {number}: drawn {drawn}, in {owners:?}, back {way_back}",
                    index + 1
                ));
            }
        }
    }
    found
}

fn number_tree(pdf: &Pdf, node: &Value) -> BTreeMap<i64, Value> {
    let mut numbers = BTreeMap::new();
    if let Some(pairs) = pdf.get(&node["/Nums"]).as_array() {
        for pair in pairs.chunks(2) {
            numbers.insert(pair[0].as_i64().unwrap(), pair[1].clone());
        }
    }
    for kid in node["/Kids"].as_array().into_iter().flatten() {
        numbers.extend(number_tree(pdf, &pdf.get(kid)));
    }
    numbers
}

fn fault(is_wrong: bool, what: impl Into<String>) -> Vec<String> {
    if is_wrong { vec![what.into()] } else { Vec::new() }
}

fn suspects(pdf: &Pdf) -> Vec<String> {
    let info = pdf.at(&pdf.root(), &["/MarkInfo"]);
    fault(info["/Marked"] != true || info["/Suspects"] == true, format!("{info}"))
}

const TAGS: [&str; 20] = [
    "/Document",
    "/Part",
    "/Sect",
    "/Div",
    "/H1",
    "/H2",
    "/H3",
    "/P",
    "/Figure",
    "/L",
    "/LI",
    "/LBody",
    "/Table",
    "/TR",
    "/TH",
    "/TD",
    "/TOC",
    "/TOCI",
    "/Link",
    "/Span",
];

fn standard_tags(pdf: &Pdf) -> Vec<String> {
    let root = pdf.at(&pdf.root(), &["/StructTreeRoot"]);
    // Names of the writer's own may lead to standard ones; a standard one means itself.
    let roles = pdf.get(&root["/RoleMap"]).as_object().cloned().unwrap_or_default();
    let wrong = |(name, to): (&String, &Value)| {
        let leads = to.as_str().is_some_and(|to| TAGS.contains(&to));
        (TAGS.contains(&name.as_str()) || !leads).then(|| format!("{name} stands for {to}"))
    };
    let mut found: Vec<String> = roles.iter().filter_map(wrong).collect();
    let unknown = pdf.elements().into_iter().filter(|element| !TAGS.contains(&element.kind.as_str()));
    found.extend(unknown.map(|element| element.kind));
    found
}

fn metadata(pdf: &Pdf) -> Vec<String> {
    let xmp = pdf.xmp();
    let missing = |wanted: &&str| !xmp.contains(*wanted);
    let wanted = ["<pdfuaid:part>1</pdfuaid:part>", "<dc:title>", "pdfuaid"];
    wanted.iter().filter(|wanted| missing(wanted)).map(|wanted| format!("no {wanted}")).collect()
}

fn shows_title(pdf: &Pdf) -> Vec<String> {
    let shown = pdf.at(&pdf.root(), &["/ViewerPreferences", "/DisplayDocTitle"]);
    fault(shown != true, format!("{shown}"))
}

fn holds(pdf: &Pdf, kind: &str, children: &[&str], parents: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for element in pdf.elements().into_iter().filter(|element| element.kind == kind) {
        let wrong = element.children.iter().find(|(_, child)| !children.contains(&child.as_str()));
        found.extend(wrong.map(|(_, child)| format!("{child} in {kind} {}", element.id)));
        if element.children.is_empty() && !children.is_empty() {
            found.push(format!("{kind} {} is empty", element.id));
        }
        if !parents.is_empty() && !parents.contains(&element.parent.as_str()) {
            found.push(format!("{kind} in {}", element.parent));
        }
    }
    found
}

fn tables(pdf: &Pdf) -> Vec<String> {
    let mut found = holds(pdf, "/Table", &["/TR"], &[]);
    found.extend(holds(pdf, "/TR", &["/TH", "/TD"], &["/Table"]));
    found.extend(holds(pdf, "/TH", &[], &["/TR"]));
    found.extend(holds(pdf, "/TD", &[], &["/TR"]));
    for table in pdf.elements().into_iter().filter(|element| element.kind == "/Table") {
        let cells = |row: &(String, String)| {
            pdf.get(&Value::from(row.0.clone()))["/K"].as_array().map_or(0, Vec::len)
        };
        let counts: BTreeSet<usize> = table.children.iter().map(cells).collect();
        if counts.len() != 1 {
            found.push(format!("table {} has rows of {counts:?} cells", table.id));
        }
    }
    found
}

fn lists(pdf: &Pdf) -> Vec<String> {
    let mut found = holds(pdf, "/L", &["/LI"], &[]);
    found.extend(holds(pdf, "/LI", &["/LBody"], &["/L"]));
    found.extend(holds(pdf, "/LBody", &[], &["/LI"]));
    found
}

fn contents(pdf: &Pdf) -> Vec<String> {
    let mut found = holds(pdf, "/TOC", &["/TOCI"], &[]);
    found.extend(holds(pdf, "/TOCI", &["/Link"], &["/TOC"]));
    found
}

/// Every code that is shown has a character.
fn readable(pdf: &Pdf) -> Vec<String> {
    let mut found = BTreeSet::new();
    for (_, page) in pdf.pages() {
        let (content, fonts) = (pdf.content(&page), pdf.fonts_of(&page));
        for (name, texts) in content.shown {
            let font = pdf.get(fonts.get(&name).unwrap_or(&Value::Null));
            let unicode = pdf.unicode(&font);
            for code in texts.iter().flat_map(|text| codes(text)) {
                if unicode.get(&code).is_none_or(String::is_empty) {
                    found.insert(format!("{} {code}", font["/BaseFont"]));
                }
            }
        }
    }
    found.into_iter().collect()
}

fn codes(text: &[u8]) -> Vec<u16> {
    text.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect()
}

fn language(pdf: &Pdf) -> Vec<String> {
    let said = pdf.root()["/Lang"].clone();
    let is_tag = text(&said)
        .is_some_and(|tag| tag.len() >= 2 && tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'));
    fault(!is_tag, format!("{said}"))
}

fn figures(pdf: &Pdf) -> Vec<String> {
    let silent = |element: &Element| text(&element.value["/Alt"]).is_none_or(|alt| alt.trim().is_empty());
    let figures = pdf.elements().into_iter().filter(|element| element.kind == "/Figure");
    figures.filter(silent).map(|element| element.id).collect()
}

fn headings(pdf: &Pdf) -> Vec<String> {
    let mut found = Vec::new();
    let mut last = 0;
    for element in pdf.elements() {
        let Some(level) = element.kind.strip_prefix("/H") else { continue };
        match level.parse::<u8>() {
            Ok(level) => {
                if level > last + 1 {
                    found.push(format!("{} behind level {last}", element.kind));
                }
                last = level;
            }
            Err(_) => found.push(format!("{} among numbered headings", element.kind)),
        }
    }
    found
}

fn scopes(pdf: &Pdf) -> Vec<String> {
    let scope = |element: &Element| {
        let attributes =
            element.value["/A"].as_array().cloned().unwrap_or_else(|| vec![element.value["/A"].clone()]);
        attributes
            .iter()
            .any(|one| matches!(pdf.get(one)["/Scope"].as_str(), Some("/Row" | "/Column" | "/Both")))
    };
    let heads = pdf.elements().into_iter().filter(|element| element.kind == "/TH");
    heads.filter(|element| !scope(element)).map(|element| element.id).collect()
}

fn encrypted(pdf: &Pdf) -> Vec<String> {
    fault(!pdf.objects["trailer"]["value"]["/Encrypt"].is_null(), "encrypted")
}

fn annotations(pdf: &Pdf) -> Vec<(String, Value)> {
    let pages = pdf.pages();
    let of = |page: &Value| pdf.get(&page["/Annots"]).as_array().cloned().unwrap_or_default();
    let all = pages.iter().flat_map(|(_, page)| of(page));
    all.map(|reference| (reference.as_str().unwrap_or_default().to_owned(), pdf.get(&reference))).collect()
}

fn links(pdf: &Pdf) -> Vec<String> {
    let mut held = BTreeSet::new();
    for element in pdf.elements().into_iter().filter(|element| element.kind == "/Link") {
        for kid in element.value["/K"].as_array().into_iter().flatten() {
            held.extend(pdf.get(kid)["/Obj"].as_str().map(str::to_owned));
        }
    }
    let parents = number_tree(pdf, &pdf.at(&pdf.root(), &["/StructTreeRoot", "/ParentTree"]));
    let mut found = Vec::new();
    for (reference, annotation) in annotations(pdf) {
        let is_said = text(&annotation["/Contents"]).is_some_and(|said| !said.trim().is_empty());
        let back = annotation["/StructParent"].as_i64().and_then(|key| parents.get(&key));
        let is_back = back.is_some_and(|back| pdf.get(back)["/S"] == "/Link");
        if annotation["/Subtype"] != "/Link" || !is_said || !held.contains(&reference) || !is_back {
            found.push(format!("{reference}: {annotation}"));
        }
    }
    found
}

fn tabs(pdf: &Pdf) -> Vec<String> {
    let pages = pdf.pages().into_iter().enumerate();
    let wrong = pages.filter(|(_, (_, page))| !page["/Annots"].is_null() && page["/Tabs"] != "/S");
    wrong.map(|(index, _)| format!("page {}", index + 1)).collect()
}

fn fonts(pdf: &Pdf) -> Vec<String> {
    let mut found = Vec::new();
    for font in pdf.of_type("/Font") {
        match font["/Subtype"].as_str() {
            Some("/Type0") => {
                let is_plain = font["/Encoding"] == "/Identity-H";
                found.extend(fault(
                    !is_plain,
                    format!("{} is written in {}", font["/BaseFont"], font["/Encoding"]),
                ));
            }
            Some("/CIDFontType2") => {
                let embedded = !pdf.at(&font, &["/FontDescriptor", "/FontFile2"]).is_null();
                found.extend(fault(
                    !embedded || font["/CIDToGIDMap"].is_null(),
                    format!("{}", font["/BaseFont"]),
                ));
            }
            Some("/CIDFontType0") => {
                let embedded = !pdf.at(&font, &["/FontDescriptor", "/FontFile3"]).is_null();
                found.extend(fault(!embedded, format!("{}", font["/BaseFont"])));
            }
            other => found.push(format!("a font of the kind {other:?}")),
        }
    }
    for (index, (_, page)) in pdf.pages().into_iter().enumerate() {
        let shown = pdf.content(&page).shown;
        // Glyph 0 is the box for what a font lacks.
        let lacks = shown.values().flatten().flat_map(|text| codes(text)).any(|code| code == 0);
        found.extend(fault(lacks, format!("page {} shows a letter that its font lacks", index + 1)));
    }
    found
}

fn maps(pdf: &Pdf) -> Vec<String> {
    let mut found = Vec::new();
    for font in pdf.of_type("/Font").into_iter().filter(|font| font["/Subtype"] == "/Type0") {
        let unicode = pdf.unicode(&font);
        let empty =
            |text: &String| text.chars().any(|letter| matches!(letter, '\0' | '\u{feff}' | '\u{fffe}'));
        if unicode.is_empty() || unicode.values().any(empty) {
            found.push(format!("{}", font["/BaseFont"]));
        }
    }
    found
}

/// A CMap's own lines: `<0012> <0041>` below `beginbfchar`, `<0012> <0014> <0041>` below `beginbfrange`.
fn read_map(cmap: &str) -> BTreeMap<u16, String> {
    let mut map = BTreeMap::new();
    let mut in_range = false;
    for line in cmap.lines() {
        if line.contains("beginbf") {
            in_range = line.contains("beginbfrange");
        }
        let parts: Vec<&str> = line.split('<').skip(1).filter_map(|part| part.split('>').next()).collect();
        let code = |at: usize| parts.get(at).and_then(|hex| u16::from_str_radix(hex, 16).ok());
        let said = |at: usize| {
            let units: Vec<u16> = parts.get(at).map_or(Vec::new(), |hex| {
                hex.as_bytes()
                    .chunks(4)
                    .filter_map(|unit| u16::from_str_radix(std::str::from_utf8(unit).ok()?, 16).ok())
                    .collect()
            });
            String::from_utf16_lossy(&units)
        };
        match (in_range, code(0), code(1)) {
            (true, Some(first), Some(last)) if parts.len() == 3 => {
                let start = said(2).chars().next_back().map_or(0, u32::from);
                for (step, code) in (first..=last).enumerate() {
                    map.insert(
                        code,
                        char::from_u32(start + step as u32).map(String::from).unwrap_or_default(),
                    );
                }
            }
            (false, Some(code), _) if parts.len() == 2 => {
                map.insert(code, said(1));
            }
            _ => {}
        }
    }
    map
}

fn archive(pdf: &Pdf) -> Vec<String> {
    let trailer = &pdf.objects["trailer"]["value"];
    let mut found = fault(trailer["/ID"].as_array().is_none_or(|id| id.len() != 2), "no id");
    let intents = pdf.get(&pdf.root()["/OutputIntents"]).as_array().cloned().unwrap_or_default();
    let profile = intents.first().map(|intent| pdf.at(intent, &["/DestOutputProfile"])["/N"].clone());
    found.extend(fault(
        intents.len() != 1 || profile != Some(Value::from(3)),
        format!("intents: {intents:?}"),
    ));
    let device = ["k", "K"];
    let inks = per_page(pdf, |content| {
        device
            .iter()
            .find(|operator| content.operators.contains_key(**operator))
            .map(|operator| format!("inks by {operator}"))
    });
    found.extend(inks);
    found
}

fn printed(pdf: &Pdf) -> Vec<String> {
    // Bit 3 prints; bits 1, 2, 6 and 9 hide in one way or another.
    let flags = |annotation: &Value| annotation["/F"].as_u64().unwrap_or_default();
    let wrong = |annotation: &Value| flags(annotation) & 0b100 == 0 || flags(annotation) & 0b1_0010_0011 != 0;
    annotations(pdf)
        .into_iter()
        .filter(|(_, annotation)| wrong(annotation))
        .map(|(reference, _)| reference)
        .collect()
}

fn archive_metadata(pdf: &Pdf) -> Vec<String> {
    let xmp = pdf.xmp();
    let wanted = ["<pdfaid:part>2</pdfaid:part>", "<pdfaid:conformance>A</pdfaid:conformance>"];
    wanted.into_iter().filter(|wanted| !xmp.contains(wanted)).map(|wanted| format!("no {wanted}")).collect()
}

fn absent(pdf: &Pdf) -> Vec<String> {
    let root = pdf.root();
    let keys = ["/AcroForm", "/OCProperties", "/AA", "/OpenAction", "/Names", "/AF", "/Collection"];
    let mut found: Vec<String> = keys
        .iter()
        .filter(|key| !root[**key].is_null())
        .map(|key| format!("the document has {key}"))
        .collect();
    found.extend(per_page(pdf, |content| {
        let drawn = ["Do", "sh", "BI"].into_iter().find(|operator| content.operators.contains_key(*operator));
        drawn.map(|operator| format!("drawn by {operator}"))
    }));
    let actions = self::annotations(pdf)
        .into_iter()
        .filter(|(_, one)| !one["/A"].is_null() && pdf.get(&one["/A"])["/S"] != "/GoTo");
    found
        .extend(actions.map(|(reference, _)| format!("{reference} does something else than lead to a page")));
    found
}
