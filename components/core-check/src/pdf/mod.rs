//! PDF to scenes: what each page fills and strokes, in which colours, and which fonts it uses.

mod content;
mod file;
mod object;
mod space;

use crate::limits::PDF_PAGES_MAX;
use crate::refuse;
use crate::scene::{Contents, Scene, Unit, Untold};
use content::Reader;
use core_brand::{Fault, Rgb};
use file::{File, KIND};
use kurbo::Rect;
use object::{Dictionary, Object};
use std::collections::BTreeSet;
use std::rc::Rc;

const MM_A_POINT: f64 = 25.4 / 72.0;
/// Where a page says nothing: US Letter, as viewers have it.
const BOX_DEFAULT: Rect = Rect::new(0.0, 0.0, 612.0, 792.0);

/// `shown` tells the colour that an ink stands for, where it is one of the brand's.
pub(crate) fn read(bytes: &[u8], shown: &Shown) -> Result<Contents, Fault> {
    let file = File::read(bytes)?;
    let (pages, count) = pages(&file);
    if pages.is_empty() {
        return Err(refuse::malformed(KIND, "there is no page in it"));
    }
    let mut contents = Contents::default();
    let mut reader = Reader::new(&file, shown);
    for (number, page) in (1..).zip(&pages) {
        let scene = reader.page(number, page, &mut contents)?;
        contents.scenes.push(scene);
    }
    let (spaces, pictures) = reader.untold();
    contents.untold.extend((!spaces.is_empty()).then_some(Untold::Spaces(spaces)));
    contents.untold.extend((pictures > 0).then_some(Untold::Pictures(pictures)));
    contents.untold.extend((count > pages.len()).then_some(Untold::Pages(pages.len() as u32, count as u32)));
    let strange: Vec<String> = file.strange.borrow().iter().cloned().collect();
    contents.untold.extend((!strange.is_empty()).then_some(Untold::Packed(strange)));
    Ok(contents)
}

/// From an ink to a colour.
pub(crate) type Shown<'a> = dyn Fn([u8; 4]) -> Option<Rgb> + 'a;

/// A page with what it has from the nodes above it.
pub(crate) struct Page {
    pub(crate) dictionary: Rc<Dictionary>,
    pub(crate) resources: Option<Rc<Dictionary>>,
    pub(crate) area: Rect,
}

impl Page {
    /// A scene as large as the page.
    pub(crate) fn scene(&self, number: u32) -> Scene {
        Scene {
            page: Some(number),
            width: self.area.width(),
            height: self.area.height(),
            unit: Unit::Mm(MM_A_POINT),
            paper: Some(Rgb::WHITE),
            ..Scene::default()
        }
    }
}

/// The pages in their order as far as they are read, and how many there are. A tree whose branches grow into each
/// other is walked once.
fn pages(file: &File) -> (Vec<Page>, usize) {
    let root = file.dictionaries().find(|(_, one)| file.get(one, "Type").name() == Some("Catalog"));
    let top = root.and_then(|(_, root)| root.get("Pages").cloned());
    let mut open: Vec<(Object, Option<Rc<Dictionary>>, Option<Rect>)> =
        top.into_iter().map(|top| (top, None, None)).collect();
    let (mut pages, mut count, mut seen) = (Vec::new(), 0, BTreeSet::new());
    while let Some((node, resources, area)) = open.pop() {
        if matches!(node, Object::Reference(number) if !seen.insert(number)) {
            continue;
        }
        let Some(dictionary) = file.dictionary(&node) else { continue };
        let resources = dictionary.get("Resources").and_then(|own| file.dictionary(own)).or(resources);
        let area = area_of(file, &dictionary, &["CropBox", "MediaBox"]).or(area);
        match file.list(dictionary.get("Kids").unwrap_or(&Object::Nothing)) {
            Some(kids) => {
                let below = kids.iter().rev().filter(|kid| matches!(kid, Object::Reference(_)));
                open.extend(below.map(|kid| (kid.clone(), resources.clone(), area)));
            }
            None => {
                count += 1;
                if pages.len() < PDF_PAGES_MAX {
                    // What is cut off is no part of a sheet: marks, colour bars, notes of a printer.
                    let cut = area_of(file, &dictionary, &["TrimBox"]);
                    let area = area.unwrap_or(BOX_DEFAULT);
                    let area = cut.filter(|cut| cut.overlaps(area)).unwrap_or(area);
                    pages.push(Page { dictionary, resources, area });
                }
            }
        }
    }
    (pages, count)
}

/// The first of these boxes that a node says.
fn area_of(file: &File, dictionary: &Dictionary, keys: &[&str]) -> Option<Rect> {
    let of = |key: &str| {
        let list = file.list(dictionary.get(key)?)?;
        let sides: Vec<f64> = list.iter().filter_map(|side| file.resolve(side).number()).collect();
        let [x0, y0, x1, y1] = <[f64; 4]>::try_from(sides).ok()?;
        let area = Rect::new(x0, y0, x1, y1).abs();
        (area.width() > 0.0 && area.height() > 0.0 && area.width() < 1e6 && area.height() < 1e6)
            .then_some(area)
    };
    keys.iter().find_map(|key| of(key))
}
