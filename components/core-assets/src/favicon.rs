//! The smallest picture of a brand: chosen by measure among a few ways to show the mark on 16 pixels.

use crate::canvas::Canvas;
use core_brand::design::LogoColors;
use core_brand::{Drawing, FillRole, Rgb};
use core_color::contrast;
use core_vector::measure::{Topology, topology};
use core_vector::{Colorway, raster};

/// The sizes in `favicon.ico`: tab, tab on a dense screen, desktop.
pub(crate) const SIZES: [u32; 3] = [16, 32, 48];
/// What browsers put behind an icon.
pub(crate) const TAB_LIGHT: Rgb = Rgb::WHITE;
pub(crate) const TAB_DARK: Rgb = Rgb::new(0x35, 0x36, 0x3a);
/// WCAG 2.2, 1.4.11: graphics that carry meaning.
pub(crate) const CONTRAST_MIN: f64 = 3.0;

/// Divides by 16, 32 and 48, so that insets end on whole pixels.
const SIDE: f64 = 480.0;
const PIXEL: f64 = SIDE / 16.0;
const CORNER: f64 = 3.5 * PIXEL;
/// Sizes at which tabs and bookmarks show an icon, on usual and dense screens.
const MEASURED_PX: [u32; 6] = [16, 20, 24, 32, 48, 64];
/// Fine enough to show every part of a mark.
const EXACT_PX: u32 = 256;

/// From this size on there is room for the mark itself.
const WHOLE_FROM_PX: u32 = 48;

/// One way to show the mark.
#[derive(Clone, Debug)]
pub(crate) struct Favicon {
    pub(crate) canvas: Canvas,
    /// The same with the mark where the canvas holds its drawing for small sizes.
    large: Option<Canvas>,
    pub(crate) style: Style,
    /// The lesser contrast of the two tabs.
    pub(crate) contrast: f64,
    /// The smallest measured size at which the mark has the parts and holes of the large one.
    pub(crate) whole_px: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// On a tile of the primary colour with this inset in pixels of 16.
    Tile(u8),
    /// Alone, from edge to edge.
    Bare,
}

impl Favicon {
    /// The first way that keeps the mark whole and readable on light and dark tabs. A mark too fine for any is at
    /// least shown large.
    ///
    /// `small` is the drawing of the mark for small sizes, where it has one.
    pub(crate) fn choose(mark: &Drawing, small: Option<&Drawing>, primary: Rgb, colors: &LogoColors) -> Self {
        let styles = [Style::Tile(2), Style::Tile(1), Style::Bare];
        let ways = styles.map(|style| Self::new(style, small.unwrap_or(mark), primary, colors));
        let reads = |way: &&Self| way.contrast >= CONTRAST_MIN;
        let whole = ways.iter().filter(reads).find(|way| way.whole_px <= SIZES[0]);
        let way = whole.or_else(|| ways[1..].iter().find(reads)).unwrap_or(&ways[1]).clone();
        let large = small.map(|_| place(way.style, mark, primary));
        Self { large, ..way }
    }

    /// The picture for a size.
    pub(crate) fn svg(&self, px: u32, colors: &LogoColors) -> String {
        let large = self.large.as_ref().filter(|_| px >= WHOLE_FROM_PX);
        large.unwrap_or(&self.canvas).svg(|role| color(self.style, role, colors))
    }

    fn new(style: Style, mark: &Drawing, primary: Rgb, colors: &LogoColors) -> Self {
        let canvas = place(style, mark, primary);
        let grounds: &[Rgb] = if style == Style::Bare { &[TAB_LIGHT, TAB_DARK] } else { &[primary] };
        let roles = mark.shapes.iter().map(|shape| color(style, shape.fill, colors));
        let contrasts = roles.flat_map(|ink| grounds.iter().map(move |ground| contrast(ink, *ground)));
        let contrast = contrasts.fold(21.0, f64::min);
        let exact = parts(&canvas, EXACT_PX);
        let whole = MEASURED_PX.into_iter().find(|px| parts(&canvas, *px) == exact);
        Self { canvas, large: None, style, contrast, whole_px: whole.unwrap_or(EXACT_PX) }
    }
}

fn place(style: Style, mark: &Drawing, primary: Rgb) -> Canvas {
    match style {
        Style::Tile(inset) => {
            let room = SIDE - 2.0 * PIXEL * f64::from(inset);
            Canvas::square(SIDE).on(primary, CORNER).with(mark, room, room)
        }
        Style::Bare => Canvas::square(SIDE).with(mark, SIDE, SIDE),
    }
}

fn parts(canvas: &Canvas, px: u32) -> Topology {
    topology(&raster::mask(&canvas.drawing(), px))
}

fn color(style: Style, role: FillRole, colors: &LogoColors) -> Rgb {
    match style {
        Style::Tile(_) => colors.on_primary,
        Style::Bare => Colorway::Color.color(role, colors),
    }
}
