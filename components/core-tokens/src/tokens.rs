//! The values of a design under the names that all formats share.

use core_brand::design::{FontChoice, Scale, Theme};
use core_brand::{Design, Rgb};
use std::collections::BTreeMap;

/// The browser's default size: what one rem is.
const REM_PX: f64 = 16.0;

pub struct Tokens<'a> {
    /// Whose brand it is.
    pub name: &'a str,
    /// Id, name for people, colour.
    pub brand: Vec<(&'a str, &'a str, Rgb)>,
    /// Id, name, Display P3 and its sRGB fallback, of the colours that have more chroma there.
    pub wide: Vec<(&'a str, &'a str, [f64; 3], Rgb)>,
    pub scales: &'a [Scale],
    pub themes: &'a [Theme],
    pub logo: Vec<(&'static str, Rgb)>,
    /// `display`, `text`, `strong`.
    pub fonts: Vec<(&'static str, Font<'a>)>,
    pub sizes: Vec<Size<'a>>,
    /// The folder of the logos in the kit, where there is a kit around the tokens.
    pub logos: Option<&'a str>,
}

pub struct Font<'a> {
    pub family: &'a str,
    /// In the folder of fonts of the kit.
    pub file: &'a str,
    /// What a browser shows until the font is there.
    pub fallback: &'static str,
    pub weight: u16,
    pub italic: bool,
}

pub struct Size<'a> {
    pub role: &'a str,
    pub px: f64,
    pub rem: f64,
    pub line_height: f64,
    /// In em.
    pub tracking: f64,
    /// Which font it is set in.
    pub font: &'static str,
}

impl<'a> Tokens<'a> {
    pub fn of(name: &'a str, design: &'a Design) -> Self {
        let (palette, logo, typography) = (&design.palette, &design.palette.logo, &design.typography);
        let swatches = palette.swatches.iter();
        let wide = palette.swatches.iter().filter(|swatch| swatch.p3_error > 0.0);
        Self {
            name,
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
            logos: None,
        }
    }

    /// With the folder that the logos lie in, `logos/<concept>`.
    #[must_use]
    pub fn with_logos(self, folder: &'a str) -> Self {
        Self { logos: Some(folder), ..self }
    }

    /// Every value by its dotted name, as text: what a reader of a token file should find again.
    #[must_use]
    pub fn facts(&self) -> BTreeMap<String, String> {
        let mut facts = BTreeMap::new();
        let mut put = |key: String, value: String| facts.insert(key, value);
        for (id, _, rgb) in &self.brand {
            put(format!("brand.{id}"), rgb.to_string());
        }
        for scale in self.scales {
            for step in &scale.steps {
                put(format!("scale.{}.{}", scale.id, step.step), step.rgb.to_string());
            }
        }
        for theme in self.themes {
            for (role, rgb) in &theme.roles {
                put(format!("theme.{}.{role}", theme.id), rgb.to_string());
            }
        }
        for (part, rgb) in &self.logo {
            put(format!("logo.{part}"), rgb.to_string());
        }
        for (id, font) in &self.fonts {
            put(format!("font.{id}.family"), font.family.to_owned());
            put(format!("font.{id}.weight"), font.weight.to_string());
            put(format!("font.{id}.style"), font.style().to_owned());
        }
        for size in &self.sizes {
            put(format!("size.{}.px", size.role), size.px.to_string());
            put(format!("size.{}.rem", size.role), size.rem.to_string());
            put(format!("size.{}.line-height", size.role), size.line_height.to_string());
            put(format!("size.{}.tracking", size.role), size.tracking.to_string());
            put(format!("size.{}.font", size.role), size.font.to_owned());
        }
        facts
    }

    /// A theme by id.
    pub(crate) fn theme(&self, id: &str) -> Option<&'a Theme> {
        self.themes.iter().find(|theme| theme.id == id)
    }

    /// The roles that every theme has, in one order.
    pub(crate) fn roles(&self) -> Vec<&'a str> {
        let first = self.themes.first().into_iter().flat_map(|theme| theme.roles.keys());
        first
            .map(String::as_str)
            .filter(|role| self.themes.iter().all(|theme| theme.roles.contains_key(*role)))
            .collect()
    }
}

impl Font<'_> {
    pub(crate) fn style(&self) -> &'static str {
        if self.italic { "italic" } else { "normal" }
    }
}

fn font(choice: &FontChoice) -> Font<'_> {
    let fallback = match choice.class.as_str() {
        "mono" => "monospace",
        "slab" | "old-style" | "transitional" | "didone" => "serif",
        _ => "sans-serif",
    };
    let (weight, italic) = (choice.key.weight, choice.key.italic);
    Font { family: &choice.key.family, file: &choice.file, fallback, weight, italic }
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
#[must_use]
pub fn is_display(role: &str) -> bool {
    matches!(role, "display" | "title" | "heading")
}

/// Numbers are written with at most three decimals.
pub(crate) fn thousandths(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}
