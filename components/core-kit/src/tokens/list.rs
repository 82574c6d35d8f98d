//! The values of a design under the names that all token files share.

use core_brand::design::{FontChoice, Scale, Theme};
use core_brand::{Design, Rgb};
use std::collections::BTreeSet;

/// The browser's default size: what one rem is.
const REM_PX: f64 = 16.0;

pub(crate) struct List<'a> {
    /// Id, name for people, colour.
    pub(crate) brand: Vec<(&'a str, &'a str, Rgb)>,
    /// Id, name, Display P3 and its sRGB fallback, of the colours that have more chroma there.
    pub(crate) wide: Vec<(&'a str, &'a str, [f64; 3], Rgb)>,
    pub(crate) scales: &'a [Scale],
    pub(crate) themes: &'a [Theme],
    pub(crate) logo: Vec<(&'static str, Rgb)>,
    /// `display`, `text`, `strong`.
    pub(crate) fonts: Vec<(&'static str, Font<'a>)>,
    pub(crate) sizes: Vec<Size<'a>>,
}

pub(crate) struct Font<'a> {
    pub(crate) family: &'a str,
    /// What a browser shows until the font is there.
    pub(crate) fallback: &'static str,
    pub(crate) weight: u16,
    pub(crate) italic: bool,
}

pub(crate) struct Size<'a> {
    pub(crate) role: &'a str,
    pub(crate) px: f64,
    pub(crate) rem: f64,
    pub(crate) line_height: f64,
    /// In em.
    pub(crate) tracking: f64,
    /// Which font it is set in.
    pub(crate) font: &'static str,
}

impl<'a> List<'a> {
    pub(crate) fn of(design: &'a Design) -> Self {
        let (palette, logo, typography) = (&design.palette, &design.palette.logo, &design.typography);
        let swatches = palette.swatches.iter();
        let wide = palette.swatches.iter().filter(|swatch| swatch.p3_error > 0.0);
        Self {
            brand: swatches.map(|swatch| (swatch.id.as_str(), swatch.name.as_str(), swatch.rgb)).collect(),
            wide: wide.map(|own| (own.id.as_str(), own.name.as_str(), own.p3, own.rgb)).collect(),
            scales: &palette.scales,
            themes: &palette.themes,
            logo: vec![
                ("mark", logo.mark),
                ("accent", logo.accent),
                ("ink", logo.ink),
                ("ground-dark", logo.ground_dark),
                ("mark-on-dark", logo.mark_on_dark),
                ("accent-on-dark", logo.accent_on_dark),
                ("ink-on-dark", logo.ink_on_dark),
                ("on-primary", logo.on_primary),
            ],
            fonts: vec![
                ("display", font(&typography.display)),
                ("text", font(&typography.text)),
                ("strong", font(&typography.strong)),
            ],
            sizes: typography.sizes.iter().map(size).collect(),
        }
    }

    /// Every colour there is, once.
    pub(crate) fn colors(&self) -> BTreeSet<Rgb> {
        let brand = self.brand.iter().map(|(_, _, rgb)| *rgb);
        let scales = self.scales.iter().flat_map(|scale| scale.steps.iter().map(|step| step.rgb));
        let themes = self.themes.iter().flat_map(|theme| theme.roles.values().copied());
        brand.chain(scales).chain(themes).chain(self.logo.iter().map(|(_, rgb)| *rgb)).collect()
    }
}

fn font(choice: &FontChoice) -> Font<'_> {
    let fallback = match choice.class.as_str() {
        "mono" => "monospace",
        "slab" | "old-style" | "transitional" | "didone" => "serif",
        _ => "sans-serif",
    };
    Font { family: &choice.key.family, fallback, weight: choice.key.weight, italic: choice.key.italic }
}

fn size(size: &core_brand::design::TypeSize) -> Size<'_> {
    let font = if is_display(&size.role) { "display" } else { "text" };
    Size {
        role: &size.role,
        px: thousandths(size.size_px),
        rem: thousandths(size.size_px / REM_PX),
        line_height: thousandths(size.line_height),
        tracking: f64::from(size.tracking) / 1000.0,
        font,
    }
}

/// Whether a size is set in the display face.
pub(crate) fn is_display(role: &str) -> bool {
    matches!(role, "display" | "title" | "heading")
}

/// Numbers are written with at most three decimals.
pub(crate) fn thousandths(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}
