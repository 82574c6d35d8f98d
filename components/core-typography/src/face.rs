//! One font at hand: lines of glyphs and their outlines, in font units.

use crate::bidi::{Run, is_right_to_left, visual_runs};
use core_brand::fault::Code;
use core_brand::{Fault, FontKey};
use harfrust::{Buffer, Direction, Feature, Language, ShapeOptions, ShaperFont, Tag};
use kurbo::BezPath;
use skrifa::font::metrics::Metrics;
use skrifa::{DrawMemory, Font, GlyphId, PathSink, ScalerFont};
use std::ops::Range;
use std::sync::Arc;

/// A font file, read.
#[derive(Clone)]
pub struct Face {
    key: FontKey,
    bytes: Arc<Vec<u8>>,
    font: Font,
}

/// Glyphs from left to right. Lengths are font units.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub glyphs: Vec<Glyph>,
    pub advance: f64,
    pub right_to_left: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Glyph {
    pub id: u32,
    /// Where its origin lies on the line.
    pub x: f64,
    pub y: f64,
    pub advance: f64,
    /// The bytes of the text that it draws, alone or with the glyphs of the same range.
    pub text: Range<usize>,
}

impl Face {
    pub fn new(key: FontKey, bytes: Vec<u8>) -> Result<Self, Fault> {
        let bytes = Arc::new(bytes);
        let shared: Arc<dyn AsRef<[u8]> + Send + Sync> = bytes.clone();
        let font = Font::new(shared, 0).ok_or_else(|| malformed(&key, "it is not a font file"))?;
        if font.charmap().unicodes().next().is_none() || font.metrics().h_line().is_none() {
            return Err(malformed(&key, "tables are missing"));
        }
        Ok(Self { key, bytes, font })
    }

    #[must_use]
    pub fn key(&self) -> &FontKey {
        &self.key
    }

    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    #[must_use]
    pub fn units_per_em(&self) -> f64 {
        f64::from(self.metrics().units_per_em)
    }

    #[must_use]
    pub fn ascender(&self) -> f64 {
        self.metrics().h_line().map_or(0.0, |line| line.ascender.to_f64())
    }

    /// Negative: below the baseline.
    #[must_use]
    pub fn descender(&self) -> f64 {
        self.metrics().h_line().map_or(0.0, |line| line.descender.to_f64())
    }

    /// The height of the drawn H; fonts state it wrongly too often.
    #[must_use]
    pub fn cap_height(&self) -> f64 {
        let stated = || self.metrics().cap_height.map_or(0.0, |height| height.to_f64());
        self.height('H').unwrap_or_else(stated)
    }

    /// The height of the drawn x.
    #[must_use]
    pub fn x_height(&self) -> f64 {
        let stated = || self.metrics().x_height.map_or(0.0, |height| height.to_f64());
        self.height('x').unwrap_or_else(stated)
    }

    /// Sets a text as one paragraph on one line, with kerning and ligatures.
    #[must_use]
    pub fn shape(&self, text: &str, language: &str) -> Line {
        self.shape_with(text, language, &[])
    }

    /// The same without ligatures and alternates that a text can do without: some fonts make arrows of signs that
    /// follow each other, or jokes.
    #[must_use]
    pub fn shape_plainly(&self, text: &str, language: &str) -> Line {
        let off = [b"liga", b"clig", b"calt"].map(|tag| Feature::new(Tag::new(tag), 0, ..));
        self.shape_with(text, language, &off)
    }

    fn shape_with(&self, text: &str, language: &str, features: &[Feature]) -> Line {
        let shaper = ShaperFont::new(&self.font);
        let mut line = Line { glyphs: Vec::new(), advance: 0.0, right_to_left: is_right_to_left(text) };
        for run in visual_runs(text) {
            self.shape_run(&shaper, text, &run, language, features, &mut line);
        }
        line
    }

    /// The advance of a text at a size.
    #[must_use]
    pub fn width(&self, text: &str, size: f64) -> f64 {
        self.shape(text, "").advance * size / self.units_per_em()
    }

    /// The outline of a glyph, y upwards; empty for a space.
    #[must_use]
    pub fn outline(&self, glyph: u32) -> BezPath {
        let scaler = ScalerFont::unhinted(self.font.clone(), None);
        let mut pen = Pen(BezPath::new());
        let drawn =
            scaler.outline(GlyphId::new(glyph)).map(|outline| outline.draw(DrawMemory::Scratch, &mut pen));
        // Half an outline would be worse than none.
        if matches!(drawn, Some(Ok(_))) { pen.0 } else { BezPath::new() }
    }

    /// The glyph of a character on its own.
    #[must_use]
    pub fn glyph(&self, letter: u32) -> Option<u32> {
        self.font.charmap().map_unicode(letter).map(GlyphId::to_u32).filter(|glyph| *glyph != 0)
    }

    /// All characters with a glyph, ascending.
    pub(crate) fn letters(&self) -> Vec<(u32, u32)> {
        let mut letters: Vec<_> =
            self.font.charmap().unicodes().map(|(letter, glyph)| (letter, glyph.to_u32())).collect();
        letters.sort_unstable();
        letters
    }

    pub(crate) fn advance(&self, glyph: u32) -> f64 {
        f64::from(self.font.glyph_metrics().h_advance(GlyphId::new(glyph)))
    }

    /// Whether all figures are equally wide, as they are or when asked to be.
    pub(crate) fn figures_align(&self, asked: bool) -> bool {
        let tabular = [Feature::new(Tag::new(b"tnum"), 1, ..)];
        let mut buffer = Buffer::new();
        for (at, figure) in ('0'..='9').enumerate() {
            buffer.push(figure.into(), at as u32);
        }
        buffer.guess_segment_properties();
        let features = if asked { &tabular[..] } else { &[] };
        let options = ShapeOptions::new().features(features);
        let is_shaped = harfrust::shape(&ShaperFont::new(&self.font), &mut buffer, options).is_ok();
        let advances = buffer.glyph_positions().iter().map(|position| position.x_advance);
        is_shaped && advances.clone().min() == advances.max()
    }

    fn height(&self, letter: char) -> Option<f64> {
        let outline = self.outline(self.glyph(letter.into())?);
        (!outline.elements().is_empty()).then(|| crate::cut::top(&outline))
    }

    fn metrics(&self) -> &Metrics {
        self.font.metrics()
    }

    fn shape_run(
        &self,
        shaper: &ShaperFont<'_, '_>,
        text: &str,
        run: &Run,
        language: &str,
        features: &[Feature],
        line: &mut Line,
    ) {
        let mut buffer = Buffer::new();
        for (offset, letter) in text[run.text.clone()].char_indices() {
            buffer.push(letter.into(), (run.text.start + offset) as u32);
        }
        // Joining letters look over the edge of their run.
        buffer.set_pre_context(&text[..run.text.start]);
        buffer.set_post_context(&text[run.text.end..]);
        buffer.set_direction(if run.right_to_left { Direction::RightToLeft } else { Direction::LeftToRight });
        buffer.set_language(Language::new(language));
        buffer.guess_segment_properties();
        // The direction is set, so there is no error left to have; a run without glyphs would be seen in the checks.
        if harfrust::shape(shaper, &mut buffer, ShapeOptions::new().features(features)).is_ok() {
            append(&buffer, run.text.end, line);
        }
    }
}

/// Adds shaped glyphs behind those of the line.
fn append(buffer: &Buffer, end: usize, line: &mut Line) {
    let infos = buffer.glyph_infos();
    let mut starts: Vec<usize> = infos.iter().map(|info| info.cluster as usize).collect();
    starts.sort_unstable();
    for (info, position) in infos.iter().zip(buffer.glyph_positions()) {
        let start = info.cluster as usize;
        let next = starts.get(starts.partition_point(|other| *other <= start)).copied().unwrap_or(end);
        line.glyphs.push(Glyph {
            id: info.glyph_id,
            x: line.advance + f64::from(position.x_offset),
            y: f64::from(position.y_offset),
            advance: f64::from(position.x_advance),
            text: start..next,
        });
        line.advance += f64::from(position.x_advance);
    }
}

fn malformed(key: &FontKey, why: &str) -> Fault {
    Fault::new(Code::FontMalformed, [("font", key.to_string()), ("why", why.to_owned())])
}

struct Pen(BezPath);

impl PathSink for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.move_to((f64::from(x), f64::from(y)));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line_to((f64::from(x), f64::from(y)));
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.0.quad_to((f64::from(cx), f64::from(cy)), (f64::from(x), f64::from(y)));
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.0.curve_to(
            (f64::from(ax), f64::from(ay)),
            (f64::from(bx), f64::from(by)),
            (f64::from(x), f64::from(y)),
        );
    }

    fn close(&mut self) {
        self.0.close_path();
    }
}
