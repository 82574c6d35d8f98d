//! What of a brand a file is held against: colours, inks, families, and the logos of its concepts.

use crate::judge::INK_OFF_MAX;
use crate::outline::Contour;
use crate::report::plain;
use crate::scene::{Paint, Scene, Shape};
use crate::svg;
use core_brand::concept::Minimum;
use core_brand::design::LogoColors;
use core_brand::kit::{BrandFile, ConceptFile};
use core_brand::pattern::{self, Tone};
use core_brand::{Fault, FillRole, Rgb};
use core_color::press;
use core_vector::Colorway;
use kurbo::{BezPath, Rect};
use std::collections::BTreeMap;

/// The files that logos are learned from: their parts have the colours of their roles.
const LEARNED: &str = "-color.svg";

pub(crate) struct Known {
    /// By what they are called in the tokens; the brand's own first.
    pub(crate) colors: Vec<(String, Rgb)>,
    /// Each with the colour that it stands for.
    pub(crate) inks: Vec<(String, [u8; 4], Rgb)>,
    /// The colours of patterns, which are no more than a ground.
    pub(crate) tones: Vec<Tone>,
    pub(crate) families: Vec<String>,
    pub(crate) logo: LogoColors,
    /// Those with most outlines first.
    pub(crate) templates: Vec<Template>,
    /// Concepts whose mark is too plain to be looked for.
    pub(crate) plain: Vec<String>,
}

/// One lockup of one concept.
#[derive(Clone, Debug)]
pub(crate) struct Template {
    pub(crate) concept: String,
    pub(crate) lockup: String,
    pub(crate) parts: Vec<(FillRole, Contour)>,
    pub(crate) outlines: Vec<(FillRole, BezPath)>,
    /// The contour that is looked for first.
    pub(crate) anchor: usize,
    pub(crate) ink: Rect,
    /// The box of the file.
    pub(crate) width: f64,
    /// Clear space on every side, in units of the file.
    pub(crate) clear: f64,
    pub(crate) minimum: Option<Minimum>,
}

impl Known {
    /// Reads a brand and its drawings: paths in the kit, and their SVG.
    pub(crate) fn read(brand: &BrandFile, drawings: &BTreeMap<String, String>) -> Result<Self, Fault> {
        let design = &brand.design.0;
        let (colors, tones) = (colors(brand), pattern::tones(&design.palette));
        let mut known = Self {
            inks: inks(brand, &colors, &tones),
            colors,
            tones,
            families: Vec::new(),
            logo: design.palette.logo.clone(),
            templates: Vec::new(),
            plain: Vec::new(),
        };
        let faces = &design.typography;
        // As the names of files are told, so that they compare.
        for family in [&faces.display, &faces.text, &faces.strong].map(|face| plain(&face.key.family)) {
            if !known.families.contains(&family) {
                known.families.push(family);
            }
        }
        for concept in &brand.concepts {
            known.learn(concept, drawings)?;
        }
        known.templates.sort_by_key(|template| std::cmp::Reverse(template.parts.len()));
        Ok(known)
    }

    /// The colour that an ink stands for; none where it is no ink of the brand.
    pub(crate) fn shown(&self, ink: [u8; 4]) -> Option<Rgb> {
        if ink == [0; 4] {
            return Some(Rgb::WHITE);
        }
        let near = self.inks.iter().min_by_key(|(_, known, _)| apart(ink, *known))?;
        (apart(ink, near.1) <= INK_OFF_MAX).then_some(near.2)
    }

    fn learn(&mut self, concept: &ConceptFile, drawings: &BTreeMap<String, String>) -> Result<(), Fault> {
        let folder = format!("{}/", concept.folder);
        let mut learned: BTreeMap<String, Template> = BTreeMap::new();
        for (path, text) in drawings.iter().filter(|(path, _)| path.starts_with(&folder)) {
            let name = path.rsplit('/').next().unwrap_or(path);
            let Some(lockup) = name.strip_suffix(LEARNED) else { continue };
            let scene = svg::drawing(text)?;
            match template(concept, lockup, &scene, &self.logo) {
                Some(template) => drop(learned.insert(lockup.to_owned(), template)),
                None => self.plain.push(format!("{} {lockup}", concept.id)),
            }
        }
        let sides = sides(&learned);
        for (lockup, side) in sides {
            if let Some(template) = learned.get_mut(&lockup) {
                template.clear = side * concept.clear_space;
            }
        }
        self.templates.extend(learned.into_values());
        Ok(())
    }
}

impl Template {
    /// Where its mark lies, if it has one.
    pub(crate) fn mark(&self) -> Option<Rect> {
        let own = self.parts.iter().filter(|(role, _)| *role != FillRole::Ink);
        own.map(|(_, contour)| contour.bounds).reduce(|all, one| all.union(one))
    }
}

/// How far two inks are apart, on the plate where they differ most.
pub(crate) fn apart(one: [u8; 4], other: [u8; 4]) -> u8 {
    one.iter().zip(other).map(|(a, b)| a.abs_diff(b)).max().unwrap_or(0)
}

/// The colours of the brand by name: swatches, logos, themes, scales, and the two ends of everything.
fn colors(brand: &BrandFile) -> Vec<(String, Rgb)> {
    let palette = &brand.design.0.palette;
    let logo = &palette.logo;
    let mut all: Vec<(String, Rgb)> =
        palette.swatches.iter().map(|swatch| (swatch.id.clone(), swatch.rgb)).collect();
    for way in Colorway::ALL {
        for (role, part) in [(FillRole::Mark, "mark"), (FillRole::Accent, "accent"), (FillRole::Ink, "name")]
        {
            all.push((format!("logo.{}.{part}", way.id()), way.color(role, logo)));
        }
    }
    all.push(("logo.ground".to_owned(), logo.ground_dark));
    all.push(("logo.on-primary".to_owned(), logo.on_primary));
    for theme in &palette.themes {
        all.extend(theme.roles.iter().map(|(role, rgb)| (format!("{}.{role}", theme.id), *rgb)));
    }
    for scale in &palette.scales {
        all.extend(scale.steps.iter().map(|step| (format!("{}-{}", scale.id, step.step), step.rgb)));
    }
    all.push(("white".to_owned(), Rgb::WHITE));
    all.push(("black".to_owned(), Rgb::BLACK));
    let mut seen = std::collections::BTreeSet::new();
    all.retain(|(_, rgb)| seen.insert(*rgb));
    all
}

/// The inks that the kit names, then those of its logos and patterns, as its own sheets are printed; none where it names
/// none.
fn inks(brand: &BrandFile, colors: &[(String, Rgb)], tones: &[Tone]) -> Vec<(String, [u8; 4], Rgb)> {
    let palette = &brand.design.0.palette;
    let of = palette.swatches.iter();
    let of = of.filter_map(|swatch| Some((swatch.id.clone(), swatch.ink?.cmyk, swatch.rgb)));
    let mut all: Vec<(String, [u8; 4], Rgb)> = of.collect();
    all.extend(palette.print.as_ref().map(|print| ("text".to_owned(), print.text.cmyk, Rgb::BLACK)));
    let Some(press) = press().filter(|_| !all.is_empty()) else { return all };
    let printed = colors.iter().filter(|(name, _)| name.starts_with("logo.") || name == "black");
    let printed = printed.map(|(name, rgb)| (name, *rgb));
    let printed = printed.chain(tones.iter().map(|tone| (&tone.id, tone.rgb)));
    all.extend(printed.map(|(name, rgb)| (name.clone(), press.ink(rgb).cmyk, rgb)));
    all
}

/// A lockup to look for; none where it is too plain to be told from other figures.
fn template(concept: &ConceptFile, lockup: &str, scene: &Scene, logo: &LogoColors) -> Option<Template> {
    let mut parts = Vec::new();
    let mut outlines = Vec::new();
    for shape in &scene.shapes {
        let role = role(shape, logo);
        parts.extend(Contour::all(&shape.outline).into_iter().map(|contour| (role, contour)));
        outlines.push((role, shape.outline.clone()));
    }
    let larger = |one: &usize, other: &usize| parts[*one].1.area.total_cmp(&parts[*other].1.area);
    let telling = (0..parts.len()).filter(|at| !parts[*at].1.is_plain()).max_by(larger);
    // Three plain outlines in their places are as telling as one that is not plain.
    let anchor = telling.or_else(|| (0..parts.len()).max_by(larger).filter(|_| parts.len() > 2))?;
    let ink = parts.iter().map(|(_, contour)| contour.bounds).reduce(|all, one| all.union(one))?;
    let minimum = concept.minimums.iter().find(|least| least.lockup == lockup).cloned();
    let of_mark = || Minimum { lockup: lockup.to_owned(), px: [concept.mark_px_min; 2], mm: [0.0; 2] };
    Some(Template {
        concept: concept.id.clone(),
        lockup: lockup.to_owned(),
        parts,
        outlines,
        anchor,
        ink,
        width: scene.width,
        clear: 0.0,
        minimum: minimum.or_else(|| (lockup == "mark").then(of_mark)),
    })
}

/// Files say it in their ids; those of before do not, and there the colour tells.
fn role(shape: &Shape, logo: &LogoColors) -> FillRole {
    let fill = |wanted: Rgb| shape.fill == Some(Paint::Flat(wanted));
    match shape.id.rsplit('-').next() {
        Some("mark") => FillRole::Mark,
        Some("accent") => FillRole::Accent,
        Some("name") => FillRole::Ink,
        _ if fill(logo.mark) => FillRole::Mark,
        _ if fill(logo.accent) => FillRole::Accent,
        _ => FillRole::Ink,
    }
}

/// How long the side of the mark is in each lockup; of a name without a mark, how long it would be beside it.
fn sides(learned: &BTreeMap<String, Template>) -> Vec<(String, f64)> {
    let height = |template: &Template, is_name: bool| -> Option<f64> {
        let of = template.parts.iter().filter(|(role, _)| (*role == FillRole::Ink) == is_name);
        let bounds = of.map(|(_, contour)| contour.bounds).reduce(|all, one| all.union(one))?;
        Some(bounds.height())
    };
    let mark = learned.get("mark").and_then(|mark| Some((mark.width, height(mark, false)?)));
    let side = |template: &Template| Some(mark?.0 * height(template, false)? / mark?.1);
    let beside = learned.get("horizontal").and_then(|both| Some((side(both)?, height(both, true)?)));
    let of = |(lockup, template): (&String, &Template)| {
        let of_name = || Some(beside?.0 * height(template, true)? / beside?.1);
        Some((lockup.clone(), side(template).or_else(of_name)?))
    };
    learned.iter().filter_map(of).collect()
}
