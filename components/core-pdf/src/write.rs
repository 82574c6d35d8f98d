//! The pages as PDF bytes.

use crate::{Area, Fill, Fonts, Line, Node, Page, Part, Role, Target, grid};
use core_brand::{Fault, RELEASE_DATE, Rgb, VERSION, broken};
use krilla::annotation::{Annotation, LinkAnnotation, Target as To};
use krilla::color::{Color, rgb};
use krilla::configure::{Accessibility, Archival, Configuration, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{Path, PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata, PageLayout};
use krilla::outline::{Outline, OutlineNode};
use krilla::page::{NumberingStyle, PageLabel, PageSettings};
use krilla::paint::{Fill as Paint, FillRule};
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, BBox, ContentTag, Identifier, ListNumbering, SpanTag, TableHeaderScope, Tag,
    TagGroup, TagKind, TagTree,
};
use krilla::text::{Font, GlyphId, KrillaGlyph};
use krilla::{Document, SerializeSettings};
use kurbo::{BezPath, PathEl};
use std::collections::VecDeque;
use std::num::NonZeroU16;

/// More pages than any book of ours; bounds the work of one call.
const PAGES_MAX: usize = 200;

/// What stands in the document's properties.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meta {
    pub title: String,
    pub subject: String,
    pub author: String,
    /// A language tag, such as `en`.
    pub language: String,
    /// Distinguishes documents; the same for the same content.
    pub id: String,
}

/// Writes the pages. A page that the validator refuses is our fault, said with its reason.
pub fn write(pages: &[Page], fonts: &Fonts, meta: &Meta) -> Result<Vec<u8>, Fault> {
    let leaves: Vec<Leaf> = pages.iter().map(|page| Leaf { page, cut: None }).collect();
    let screen = |color: Rgb| rgb::Color::new(color.r, color.g, color.b).into();
    let paints = Paints { fill: &|color, _| screen(color), text: &screen };
    bind(&leaves, fonts, meta, configuration()?, &paints)
}

/// A page, and how it is cut where it is for a printer.
pub(crate) struct Leaf<'a> {
    pub(crate) page: &'a Page,
    pub(crate) cut: Option<&'a Cut>,
}

/// What stays, what is printed, and what stands around both.
pub(crate) struct Cut {
    pub(crate) trim: Area,
    pub(crate) bleed: Area,
    pub(crate) marks: Vec<(BezPath, Paint)>,
    pub(crate) note: Part,
}

/// How colours are written: those of areas, told with their smaller side, and those of text.
pub(crate) struct Paints<'a> {
    pub(crate) fill: &'a dyn Fn(Rgb, f64) -> Color,
    pub(crate) text: &'a dyn Fn(Rgb) -> Color,
}

/// Pages to a file, by a standard and in colours of the caller's choice.
pub(crate) fn bind(
    pages: &[Leaf],
    fonts: &Fonts,
    meta: &Meta,
    configuration: Configuration,
    paints: &Paints,
) -> Result<Vec<u8>, Fault> {
    if pages.is_empty() || pages.len() > PAGES_MAX {
        return Err(broken!("a document of {} pages", pages.len()));
    }
    let settings = SerializeSettings { configuration, ..SerializeSettings::default() };
    let mut document = Document::new_with(settings);
    let faces = faces(fonts)?;
    let mut chapters: Vec<Chapter> = Vec::new();
    for (index, Leaf { page, cut }) in pages.iter().enumerate() {
        let mut sheet = document.start_page_with(page_settings(page, *cut)?);
        let mut links = VecDeque::new();
        for (part, target) in page.parts.iter().flat_map(Part::links) {
            links.push_back(sheet.add_tagged_annotation(link(part, target, pages.len())?));
        }
        let mut surface = sheet.surface();
        let mut section = TagGroup::new(Tag::Section);
        let clip = cut.and_then(|cut| rectangle_path(cut.bleed));
        if let Some(clip) = &clip {
            surface.push_clip_path(clip, &FillRule::NonZero);
        }
        let mut writer = Writer { surface: &mut surface, faces: &faces, paints, page: index, links };
        for part in &page.parts {
            writer.part(part, &mut section);
        }
        if clip.is_some() {
            writer.surface.pop();
        }
        if let Some(cut) = cut {
            writer.around(cut);
        }
        surface.finish();
        sheet.finish();
        if page.chapter.is_empty() || chapters.last().is_none_or(|last| last.title != page.chapter) {
            chapters.push(Chapter { title: page.chapter.clone(), first: index, pages: Vec::new() });
        }
        if let Some(chapter) = chapters.last_mut() {
            chapter.pages.push((page.title.clone(), section));
        }
    }
    let mut tree = TagTree::new().with_lang(Some(meta.language.clone()));
    let mut outline = Outline::new();
    for chapter in chapters {
        chapter.hang(&mut tree, &mut outline);
    }
    document.set_tag_tree(tree);
    document.set_outline(outline);
    document.set_metadata(metadata(meta));
    document.finish().map_err(|why| broken!("PDF: {why}"))
}

/// Pages that belong together, or one that stands for itself.
struct Chapter {
    title: String,
    first: usize,
    /// Titles and tags.
    pages: Vec<(String, TagGroup)>,
}

impl Chapter {
    /// Into the tree of tags and into the bookmarks.
    fn hang(self, tree: &mut TagTree, outline: &mut Outline) {
        let top = |page: usize| XyzDestination::new(page, Point::from_xy(0.0, 0.0));
        if self.title.is_empty() {
            for (index, (title, section)) in self.pages.into_iter().enumerate() {
                outline.push_child(OutlineNode::new(title, top(self.first + index)));
                tree.push(section);
            }
            return;
        }
        let mut bookmark = OutlineNode::new(self.title, top(self.first)).with_open(true);
        let mut part = TagGroup::new(Tag::Part);
        for (index, (title, section)) in self.pages.into_iter().enumerate() {
            bookmark.push_child(OutlineNode::new(title, top(self.first + index)));
            part.push(section);
        }
        outline.push_child(bookmark);
        tree.push(part);
    }
}

/// The area of a part as a link.
fn link(part: &Part, target: &Target, pages: usize) -> Result<Annotation, Fault> {
    // The writer itself would end the program.
    if target.page >= pages {
        return Err(broken!("a link to page {} of {pages}", target.page + 1));
    }
    let bounds = part.bounds().and_then(rect).ok_or_else(|| broken!("a link without an area"))?;
    let to = XyzDestination::new(target.page, Point::from_xy(0.0, 0.0));
    let link = LinkAnnotation::new(bounds, To::Destination(to.into()));
    Ok(Annotation::new_link(link, Some(target.alt.clone())))
}

fn rect(bounds: kurbo::Rect) -> Option<Rect> {
    let [left, top, right, bottom] =
        [bounds.x0, bounds.y0, bounds.x1, bounds.y1].map(|value| grid(value) as f32);
    Rect::from_ltrb(left, top, right, bottom)
}

fn page_settings(page: &Page, cut: Option<&Cut>) -> Result<PageSettings, Fault> {
    let label = PageLabel::new(Some(NumberingStyle::Arabic), None, None);
    let settings = PageSettings::from_wh(page.width as f32, page.height as f32)
        .ok_or_else(|| broken!("a page of {} by {}", page.width, page.height))?
        .with_page_label(label);
    let box_of = |area: Area| {
        let [left, top, right, bottom] =
            [area.x, area.y, area.right(), area.bottom()].map(|side| side as f32);
        Rect::from_ltrb(left, top, right, bottom)
    };
    Ok(match cut {
        Some(cut) => settings.with_trim_box(box_of(cut.trim)).with_bleed_box(box_of(cut.bleed)),
        None => settings,
    })
}

fn rectangle_path(area: Area) -> Option<Path> {
    outline(&kurbo::Shape::to_path(&kurbo::Rect::new(area.x, area.y, area.right(), area.bottom()), 1.0))
}

/// Both standards at once: for people who read with their ears, and for readers in thirty years.
fn configuration() -> Result<Configuration, Fault> {
    ConfigurationBuilder::new()
        .with_archival_validator(Archival::A2_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|why| broken!("PDF standards: {why:?}"))
}

fn metadata(meta: &Meta) -> Metadata {
    let date = DateTime::new(RELEASE_DATE.year)
        .month(RELEASE_DATE.month)
        .day(RELEASE_DATE.day)
        .hour(0)
        .minute(0)
        .second(0)
        .utc_offset_hour(0)
        .utc_offset_minute(0);
    Metadata::new()
        .title(meta.title.clone())
        .description(meta.subject.clone())
        .authors(vec![meta.author.clone()])
        .language(meta.language.clone())
        .creator(format!("Imprint {VERSION}"))
        .producer(format!("Imprint {VERSION}"))
        .creation_date(date)
        .document_id(meta.id.clone())
        .page_layout(PageLayout::SinglePage)
}

fn faces(fonts: &Fonts) -> Result<Vec<Font>, Fault> {
    let open = |face: &core_typography::Face| {
        Font::new(face.bytes().to_vec().into(), 0)
            .ok_or_else(|| broken!("a shaped font that the PDF cannot hold"))
    };
    fonts.faces().iter().map(open).collect()
}

struct Writer<'a, 'b> {
    surface: &'a mut Surface<'b>,
    faces: &'a [Font],
    paints: &'a Paints<'a>,
    page: usize,
    /// The links of the page that are still to come.
    links: VecDeque<Identifier>,
}

impl Writer<'_, '_> {
    /// Draws a part and hangs it into the tree below `parent`.
    fn part(&mut self, part: &Part, parent: &mut TagGroup) {
        if part.role == Role::Artifact {
            self.artifact(part);
            return;
        }
        let mut group = TagGroup::new(self.kind(part));
        if matches!(part.role, Role::Link(_))
            && let Some(link) = self.links.pop_front()
        {
            group.push(link);
        }
        let mut rest = part.nodes.as_slice();
        while let Some(first) = rest.first() {
            if let Node::Part(inner) = first {
                self.part(inner, &mut group);
                rest = &rest[1..];
                continue;
            }
            // Shapes or lines in a row are one marked piece.
            let is_text = matches!(first, Node::Line(_));
            let count = rest
                .iter()
                .take_while(|node| matches!(node, Node::Line(_)) == is_text && !node.is_part())
                .count();
            let tag = if is_text { ContentTag::Span(SpanTag::empty()) } else { ContentTag::Other };
            group.push(self.surface.start_tagged(tag));
            for node in &rest[..count] {
                self.ink(node);
            }
            self.surface.end_tagged();
            rest = &rest[count..];
        }
        parent.push(wrapped(&part.role, group));
    }

    /// Marks and words to the printer.
    fn around(&mut self, cut: &Cut) {
        self.artifact(&cut.note);
        self.surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
        for (path, paint) in &cut.marks {
            if let Some(path) = outline(path) {
                self.surface.set_fill(Some(paint.clone()));
                self.surface.draw_path(&path);
            }
        }
        self.surface.end_tagged();
    }

    fn artifact(&mut self, part: &Part) {
        let tag = ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout));
        self.surface.start_tagged(tag);
        for node in &part.nodes {
            self.ink(node);
        }
        self.surface.end_tagged();
    }

    fn kind(&self, part: &Part) -> TagKind {
        match &part.role {
            // An artifact never gets here; as a division it would still read right.
            Role::Artifact => Tag::Div.into(),
            Role::Heading(level) => {
                let level = NonZeroU16::new(u16::from(*level)).unwrap_or(NonZeroU16::MIN);
                Tag::Hn(level, Some(part.plain())).into()
            }
            Role::Paragraph => Tag::P.into(),
            Role::Figure(alt) => Tag::Figure(Some(alt.clone())).with_bbox(self.bounds(part)).into(),
            Role::List => Tag::L(ListNumbering::None).into(),
            Role::Item => Tag::LBody.into(),
            Role::Table => Tag::Table.into(),
            Role::Row => Tag::TR.into(),
            Role::HeadCell => Tag::TH(TableHeaderScope::Column).into(),
            Role::RowHead => Tag::TH(TableHeaderScope::Row).into(),
            Role::Cell => Tag::TD.into(),
            Role::Contents => Tag::TOC.into(),
            Role::Entry => Tag::TOCI.into(),
            Role::Link(_) => Tag::Link.into(),
        }
    }

    fn bounds(&self, part: &Part) -> Option<BBox> {
        Some(BBox::new(self.page, rect(part.bounds()?)?))
    }

    fn ink(&mut self, node: &Node) {
        match node {
            Node::Fill(fill) => self.fill(fill),
            Node::Line(line) => self.line(line),
            // Only an artifact hands its parts here: inside decoration nothing has a role.
            Node::Part(part) => part.nodes.iter().for_each(|inner| self.ink(inner)),
        }
    }

    fn fill(&mut self, fill: &Fill) {
        if let Some(path) = outline(&fill.path) {
            let bounds = fill.path.control_box();
            let color = (self.paints.fill)(fill.color, bounds.width().min(bounds.height()));
            self.surface.set_fill(Some(paint(color)));
            self.surface.draw_path(&path);
        }
    }

    fn line(&mut self, line: &Line) {
        let Some(face) = self.faces.get(Fonts::index(line.font)).or_else(|| self.faces.first()) else {
            return;
        };
        let em = |points: f64| (points / line.size * 100_000.0).round() as f32 / 100_000.0;
        let glyph = |glyph: &crate::Placed| KrillaGlyph {
            glyph_id: GlyphId::new(glyph.id),
            text_range: glyph.text.clone(),
            x_advance: em(glyph.advance),
            x_offset: em(glyph.dx),
            y_offset: em(glyph.dy),
            y_advance: 0.0,
            location: None,
        };
        let glyphs: Vec<KrillaGlyph> = line.glyphs.iter().map(glyph).collect();
        if glyphs.is_empty() {
            return;
        }
        let start = Point::from_xy(grid(line.x) as f32, grid(line.baseline) as f32);
        self.surface.set_fill(Some(paint((self.paints.text)(line.color))));
        self.surface.draw_glyphs(start, &glyphs, face.clone(), &line.text, line.size as f32, false);
    }
}

/// A list item is an item with a body.
fn wrapped(role: &Role, group: TagGroup) -> TagGroup {
    if *role == Role::Item { TagGroup::with_children(Tag::LI, vec![group.into()]) } else { group }
}

fn paint(color: Color) -> Paint {
    Paint { paint: color.into(), ..Paint::default() }
}

fn outline(path: &BezPath) -> Option<Path> {
    let at = |point: kurbo::Point| (grid(point.x) as f32, grid(point.y) as f32);
    let mut builder = PathBuilder::new();
    for element in path.elements() {
        match element {
            PathEl::MoveTo(to) => {
                let (x, y) = at(*to);
                builder.move_to(x, y);
            }
            PathEl::LineTo(to) => {
                let (x, y) = at(*to);
                builder.line_to(x, y);
            }
            PathEl::QuadTo(one, to) => {
                let ((x1, y1), (x, y)) = (at(*one), at(*to));
                builder.quad_to(x1, y1, x, y);
            }
            PathEl::CurveTo(one, two, to) => {
                let ((x1, y1), (x2, y2), (x, y)) = (at(*one), at(*two), at(*to));
                builder.cubic_to(x1, y1, x2, y2, x, y);
            }
            PathEl::ClosePath => builder.close(),
        }
    }
    builder.finish()
}
