//! The contact sheet: every concept as it will be used, side by side, for whoever has to choose.
//!
//! It is drawn from the files of a kit and from nothing else, so it shows what is in them.

mod read;

use core_brand::kit::{BrandFile, ConceptFile};
use core_brand::{Fault, Rgb, Studio};
use core_pdf::{Align, Area, FontId, Fonts, Page, Part, Role, Style, rectangle, svg};
use core_typography::Face;
use core_vector::{Colorway, Lockup};
use core_words::Words;
use read::Logo;
use std::collections::BTreeMap;

pub(crate) const PNG: &str = "sheet.png";
pub(crate) const SVG: &str = "sheet.svg";

/// The pixels of a sheet, from side to side. It is drawn at this width, so that one unit is one pixel.
pub(crate) const WIDTH: u32 = 1680;
const EDGE: f64 = 64.0;
/// Name and origin, above the first concept.
const HEAD: f64 = 136.0;
/// From the hairline above a concept to its pictures.
const AIR: f64 = 36.0;
/// The pictures, and below them the small ones.
const TALL: f64 = 216.0;
const LOW: f64 = 56.0;
const GAP: f64 = 14.0;
const BLOCK: f64 = AIR + TALL + 2.0 * GAP + LOW + AIR;
/// Where the columns start, and how wide they are.
const CAPTION: (f64, f64) = (EDGE, 212.0);
const MARK: (f64, f64) = (312.0, 216.0);
const LOGOS: (f64, f64) = (564.0, 300.0);
const TONES: (f64, f64) = (884.0, 300.0);
const SIZES: (f64, f64) = (1204.0, 412.0);
/// Small tiles in one line: more could not be told apart.
const OTHERS_MAX: usize = 12;
/// The smallest size of all, and how much larger it is shown a second time, pixel by pixel.
const SMALL_PX: u32 = 16;
const ENLARGED: f64 = 6.0;

const TEXT: Rgb = Rgb::new(0x22, 0x22, 0x22);
const GREY: Rgb = Rgb::new(0x76, 0x76, 0x76);
const RULE: Rgb = Rgb::new(0xe6, 0xe6, 0xe6);
/// Just dark enough to be seen as a ground.
const PALE: Rgb = Rgb::new(0xf6, 0xf6, 0xf6);

/// A sheet as SVG, with its height in pixels. `files` are paths in the kit and their SVG.
pub fn sheet(
    brand: &BrandFile,
    files: &BTreeMap<String, String>,
    studio: &dyn Studio,
) -> Result<(String, u32), Fault> {
    let height = HEAD + BLOCK * brand.concepts.len() as f64;
    let mut sheet = Sheet::new(brand, files, height, studio)?;
    sheet.head();
    for (index, concept) in brand.concepts.iter().enumerate() {
        sheet.concept(concept, HEAD + BLOCK * index as f64)?;
    }
    let title = format!("{}: {}", brand.order.brief.company_name, brand.concepts.len());
    Ok((svg(&sheet.page, &sheet.fonts, &title), height as u32))
}

struct Sheet<'a> {
    brand: &'a BrandFile,
    files: &'a BTreeMap<String, String>,
    words: Words,
    fonts: Fonts,
    display: FontId,
    text: FontId,
    strong: FontId,
    page: Page,
}

impl<'a> Sheet<'a> {
    fn new(
        brand: &'a BrandFile,
        files: &'a BTreeMap<String, String>,
        height: f64,
        studio: &dyn Studio,
    ) -> Result<Self, Fault> {
        let (language, faces) = (&brand.order.brief.language, &brand.design.0.typography);
        let mut fonts = Fonts::new(language);
        let mut add = |key: &core_brand::FontKey| -> Result<FontId, Fault> {
            Ok(fonts.add(Face::new(key.clone(), studio.font(key)?)?))
        };
        let (display, text, strong) =
            (add(&faces.display.key)?, add(&faces.text.key)?, add(&faces.strong.key)?);
        let mut page = Page::new(f64::from(WIDTH), height, &brand.order.brief.company_name);
        page.ground(Rgb::WHITE);
        Ok(Self { brand, files, words: Words::new(language)?, fonts, display, text, strong, page })
    }

    fn style(&self, font: FontId, size: f64, color: Rgb) -> Style {
        Style { font, size, leading: 1.45, tracking: 0.0, color, align: Align::Left, hyphens: false }
    }

    /// Whose sheet it is, and what gives it again.
    fn head(&mut self) {
        let (order, design) = (&self.brand.order, &self.brand.design.0);
        let name = &order.brief.company_name;
        let faces = [self.display, self.text, self.strong];
        let face = faces.into_iter().find(|face| self.fonts.covers(*face, name)).unwrap_or(self.display);
        let width = f64::from(WIDTH) - 2.0 * EDGE;
        let title = self.style(face, 30.0, TEXT);
        let title = title.size(self.fonts.size_for(name, &title, width));
        let origin = format!("{}  ·  {}  ·  {}", design.industry.name, design.style.name, order.seed);
        let small = self.style(self.text, 14.0, GREY);
        self.page.text(Role::Heading(1), &self.fonts, name, &title, Area::new(EDGE, 52.0, width, 40.0));
        self.page.text(Role::Paragraph, &self.fonts, &origin, &small, Area::new(EDGE, 96.0, width, 20.0));
    }

    fn concept(&mut self, concept: &ConceptFile, top: f64) -> Result<(), Fault> {
        self.page.box_of(Area::new(EDGE, top, f64::from(WIDTH) - 2.0 * EDGE, 1.0), RULE);
        let top = top + AIR;
        self.caption(concept, top)?;
        let logos = self.logos(concept)?;
        self.large(&logos, top);
        self.tones(&logos, top);
        for (index, ground) in self.grounds().into_iter().enumerate() {
            let width = (SIZES.1 - 2.0 * GAP) / 3.0;
            self.sizes(&logos, Area::new(SIZES.0 + (width + GAP) * index as f64, top, width, TALL), ground);
        }
        self.others(&logos, top + TALL + 2.0 * GAP);
        Ok(())
    }

    /// Which it is, what it says, and how small it may be.
    fn caption(&mut self, concept: &ConceptFile, top: f64) -> Result<(), Fault> {
        let px = concept.mark_px_min.to_string();
        let smallest = self.words.say("kit-sheet-smallest", &[("px", &px)])?;
        let mut y = top + 2.0;
        for (text, style, after) in [
            (&concept.id, self.style(self.strong, 15.0, TEXT), 18.0),
            (&concept.idea, self.style(self.text, 13.0, GREY), 18.0),
            (&smallest, self.style(self.text, 13.0, GREY), 0.0),
        ] {
            let area = Area::new(CAPTION.0, y, CAPTION.1, TALL);
            y = self.page.text(Role::Paragraph, &self.fonts, text, &style, area) + after;
        }
        Ok(())
    }

    /// The files of a concept, by lockup and colourway.
    fn logos(&self, concept: &ConceptFile) -> Result<Logos, Fault> {
        let mut logos = Logos::default();
        let folder = format!("{}/", concept.folder);
        for (path, text) in self.files.iter().filter(|(path, _)| path.starts_with(&folder)) {
            let name = path.trim_start_matches(&folder).trim_end_matches(".svg");
            logos.0.insert(name.to_owned(), Logo::read(path, text)?);
        }
        Ok(logos)
    }

    /// On white: the mark large, and both lockups.
    fn large(&mut self, logos: &Logos, top: f64) {
        let color = Colorway::Color;
        let half = (TALL - GAP) / 2.0;
        self.show(logos.get(Lockup::Mark, color), Area::new(MARK.0, top, MARK.1, TALL).inset(10.0), None);
        let upper = Area::new(LOGOS.0, top, LOGOS.1, half);
        self.show(logos.get(Lockup::Horizontal, color), upper.inset(10.0), None);
        self.show(logos.get(Lockup::Stacked, color), Area { y: top + half + GAP, ..upper }, None);
    }

    /// On the dark ground, and on the brand's colour.
    fn tones(&mut self, logos: &Logos, top: f64) {
        let half = (TALL - GAP) / 2.0;
        let [_, dark, brand] = self.grounds();
        let white = || logos.get(Lockup::Horizontal, Colorway::White);
        let area = Area::new(TONES.0, top, TONES.1, half);
        self.page.box_of(area, dark.under);
        self.show(logos.get(Lockup::Horizontal, dark.colorway).or_else(white), area.inset(28.0), None);
        let area = Area { y: top + half + GAP, ..area };
        self.page.box_of(area, brand.under);
        self.show(white(), area.inset(28.0), brand.one);
    }

    /// Light, dark, and the brand's own.
    fn grounds(&self) -> [Ground; 3] {
        let palette = &self.brand.design.0.palette;
        let colors = &palette.logo;
        let primary = palette.swatch("primary").map_or(colors.mark, |swatch| swatch.rgb);
        [
            Ground { under: PALE, colorway: Colorway::Color, one: None },
            Ground { under: colors.ground_dark, colorway: Colorway::Reversed, one: None },
            Ground { under: primary, colorway: Colorway::White, one: Some(colors.on_primary) },
        ]
    }

    /// The mark at 64, 32 and 16 pixels, each pixel where a screen has one, and the pixels of the last, enlarged.
    fn sizes(&mut self, logos: &Logos, area: Area, ground: Ground) {
        let Ground { under, colorway, one } = ground;
        self.page.box_of(area, under);
        let (left, top) = (area.x + GAP, area.y + GAP);
        for (x, y, px) in [(0.0, 0.0, 64), (68.0, 0.0, 32), (68.0, 48.0, SMALL_PX)] {
            let Some(mark) = logos.mark(colorway, px) else { continue };
            let side = f64::from(px);
            let nodes = mark.placed(Area::new(left + x, top + y, side, side), one);
            self.page.push(Part::artifact(nodes));
        }
        let Some(mark) = logos.mark(colorway, SMALL_PX) else { return };
        let (x, y) = (left + 2.0, area.bottom() - GAP - ENLARGED * f64::from(SMALL_PX));
        let pixels = mark.pixels(SMALL_PX, under, one).into_iter();
        let node = |(column, row, run, color): (f64, f64, f64, Rgb)| {
            rectangle(Area::new(x + column * ENLARGED, y + row * ENLARGED, run * ENLARGED, ENLARGED), color)
        };
        self.page.push(Part::artifact(pixels.map(node).collect()));
    }

    /// Every other lockup in colour, and the first in every other colourway.
    fn others(&mut self, logos: &Logos, top: f64) {
        let shown = [Lockup::Horizontal, Lockup::Stacked, Lockup::Mark];
        let lockups = Lockup::ALL.into_iter().filter(|lockup| !shown.contains(lockup));
        let lockups = lockups.map(|lockup| (lockup, Colorway::Color));
        let colorways = Colorway::ALL.into_iter().filter(|colorway| *colorway != Colorway::Color);
        let lines = [Lockup::Horizontal, Lockup::Mark];
        let colorways = colorways.flat_map(|colorway| lines.map(|lockup| (lockup, colorway)));
        let all: Vec<_> = lockups
            .chain(colorways)
            .filter_map(|(lockup, colorway)| Some((logos.get(lockup, colorway)?, colorway)))
            .take(OTHERS_MAX)
            .collect();
        let row = Area::new(MARK.0, top, SIZES.0 + SIZES.1 - MARK.0, LOW);
        for (index, (logo, colorway)) in all.iter().enumerate() {
            let ground = colorway.ground(&self.brand.design.0.palette.logo);
            let tile = row.columns(index, 1, all.len(), GAP);
            // Edges between pixels would be grey.
            let tile = Area { x: tile.x.round(), width: tile.right().round() - tile.x.round(), ..tile };
            self.page.box_of(tile, ground.unwrap_or(PALE));
            self.show(Some(logo), tile.inset(12.0), None);
        }
    }

    /// A logo as large as an area allows; in one colour where one is given.
    fn show(&mut self, logo: Option<&Logo>, area: Area, one: Option<Rgb>) {
        if let Some(logo) = logo {
            self.page.push(Part::artifact(logo.placed(area, one)));
        }
    }
}

/// What a mark stands on, in which colourway, and the one colour that replaces those of the file.
#[derive(Clone, Copy)]
struct Ground {
    under: Rgb,
    colorway: Colorway,
    one: Option<Rgb>,
}

/// The drawings of one concept, by the names of their files.
#[derive(Default)]
struct Logos(BTreeMap<String, Logo>);

impl Logos {
    fn get(&self, lockup: Lockup, colorway: Colorway) -> Option<&Logo> {
        self.0.get(&format!("{}-{}", lockup.id(), colorway.id()))
    }

    /// The mark that is used at a size. A simple kit has none for dark grounds, and takes the white one.
    fn mark(&self, colorway: Colorway, _px: u32) -> Option<&Logo> {
        self.get(Lockup::Mark, colorway).or_else(|| {
            let white = || self.get(Lockup::Mark, Colorway::White);
            if colorway == Colorway::Reversed { white() } else { None }
        })
    }
}
