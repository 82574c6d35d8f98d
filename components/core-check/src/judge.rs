//! Holds what was read of a file against the brand.

use crate::known::{Known, Template, apart};
use crate::limits::TRIES_MAX;
use crate::logo::{self, Found, Placed, Pose};
use crate::report::{Finding, Graded, LookedAt, Sighting, note, plain};
use crate::scene::{Contents, Paint, Place, Scene, Tint, Unit, Untold, holds};
use core_brand::{Fault, FillRole, Rgb};
use core_color::{contrast, difference};
use core_vector::Colorway;
use core_words::Words;
use kurbo::{Point, Rect};
use std::collections::BTreeSet;

/// CIEDE2000 up to which a colour counts as the brand's: what rounding and one conversion between profiles move a
/// colour by; side by side, two such colours are hardly told apart (practice).
pub const COLOR_OFF_MAX: f64 = 2.0;
/// Up to here the nearest colour is most likely the one that was meant; beyond, another one has to be chosen (heuristic).
pub const COLOR_NEAR: f64 = 8.0;
/// Percent that a plate may be off: programs round inks to whole percents, some twice (practice).
pub const INK_OFF_MAX: u8 = 2;
/// One side of a logo may be longer by so much: coordinates rounded to tenths move a small one by less (heuristic).
pub const STRETCH_MAX: f64 = 1.02;
/// Degrees by which a logo may lean: what is found stands within a tenth of it (heuristic).
pub const TURN_MAX: f64 = 1.0;
/// What is told of a graphic object against its ground by WCAG 2.2.
pub const LOGO_CONTRAST_MIN: f64 = 3.0;
/// A size may fall short by this share: widths are rounded to whole pixels.
pub const SIZE_SLACK: f64 = 0.02;
/// And clear space by this one.
pub const CLEAR_SLACK: f64 = 0.03;

pub(crate) struct Judge<'a> {
    pub(crate) known: &'a Known,
    pub(crate) words: &'a Words,
    pub(crate) graded: Graded,
}

/// What was measured, what is allowed, and in which unit.
pub(crate) type Measure = (f64, f64, &'static str);

impl<'a> Judge<'a> {
    pub(crate) fn new(kind: &'static str, known: &'a Known, words: &'a Words) -> Self {
        let looked_at = LookedAt::default();
        let graded = Graded {
            format: 1,
            kind,
            findings: Vec::new(),
            more: std::collections::BTreeMap::new(),
            looked_at,
            untold: Vec::new(),
        };
        Self { known, words, graded }
    }

    /// Everything that a reader found.
    pub(crate) fn all(&mut self, contents: &Contents) -> Result<(), Fault> {
        let mut untold: BTreeSet<Untold> = contents.untold.iter().cloned().collect();
        self.graded.looked_at.colors += contents.colors.0.len() as u32;
        self.graded.looked_at.fonts += contents.fonts.0.len() as u32;
        self.graded.looked_at.text_pairs += contents.pairs.len() as u32;
        self.graded.looked_at.pages += contents.scenes.len() as u32;
        for (tint, uses) in &contents.colors.0 {
            match tint {
                Tint::Screen(rgb) => self.color(*rgb, uses.count, &uses.first)?,
                Tint::Ink(ink) => self.ink(*ink, uses.count, &uses.first)?,
            }
        }
        for (family, place) in &contents.fonts.0 {
            self.font(&plain(family), place)?;
        }
        let mut left = TRIES_MAX;
        for scene in &contents.scenes {
            let Some(page) = logo::placed(scene) else {
                untold.insert(Untold::Many);
                continue;
            };
            let (found, is_whole) = logo::find(&self.known.templates, &page, &mut left);
            for one in &found {
                self.logo(scene, &page, one)?;
            }
            untold.extend((!is_whole).then_some(Untold::Many));
            untold.extend((!found.is_empty() && scene.unit == Unit::Open).then_some(Untold::Size));
        }
        for pair in &contents.pairs {
            self.contrast(pair)?;
        }
        if !contents.scenes.is_empty() {
            self.of_logos(&mut untold);
        }
        self.untold(&untold)
    }

    pub(crate) fn of_logos(&self, untold: &mut BTreeSet<Untold>) {
        let is_none = self.graded.looked_at.logos.is_empty();
        untold.extend((is_none && !untold.contains(&Untold::Ground)).then_some(Untold::Logo));
        untold.extend(self.known.plain.iter().cloned().map(Untold::PlainLogo));
    }

    pub(crate) fn untold(&mut self, untold: &BTreeSet<Untold>) -> Result<(), Fault> {
        for one in untold {
            self.graded.untold.push(note(self.words, one)?);
        }
        Ok(())
    }

    pub(crate) fn color(&mut self, rgb: Rgb, count: u32, place: &Place) -> Result<(), Fault> {
        // A sheet of styles has no pattern in it: there, a colour near to one is a slip.
        let is_drawn = !["css", "html"].contains(&self.graded.kind);
        let tones = self.known.tones.iter().filter(|_| is_drawn).map(|tone| (&tone.id, tone.rgb));
        let all = self.known.colors.iter().map(|(name, rgb)| (name, *rgb)).chain(tones);
        let near = all.min_by(|a, b| difference(rgb, a.1).total_cmp(&difference(rgb, b.1)));
        let Some((name, near)) = near else { return Ok(()) };
        let off = difference(rgb, near);
        if off <= COLOR_OFF_MAX {
            return Ok(());
        }
        let key = if off <= COLOR_NEAR { "check-color" } else { "check-color-far" };
        let (value, near_hex) = (rgb.to_string(), near.to_string());
        let values = [("value", value.clone()), ("name", name.clone()), ("near", near_hex.clone())];
        let measure = (off, COLOR_OFF_MAX, "dE00");
        self.find("color.foreign", key, value, Some(near_hex), count, place, measure, &values)
    }

    fn ink(&mut self, ink: [u8; 4], count: u32, place: &Place) -> Result<(), Fault> {
        // Black alone, in any strength, is what text is printed with.
        if ink[..3] == [0, 0, 0] || self.known.inks.is_empty() {
            return Ok(());
        }
        let near = self.known.inks.iter().min_by_key(|(_, known, _)| apart(ink, *known));
        let Some((name, near, _)) = near.filter(|(_, known, _)| apart(ink, *known) > INK_OFF_MAX) else {
            return Ok(());
        };
        let text = |ink: [u8; 4]| ink.map(|plate| plate.to_string()).join(" ");
        let values = [("value", text(ink)), ("name", name.clone()), ("near", text(*near))];
        let measure = (f64::from(apart(ink, *near)), f64::from(INK_OFF_MAX), "%");
        let (subject, instead) = (format!("cmyk {}", text(ink)), Some(text(*near)));
        self.find("color.ink", "check-ink", subject, instead, count, place, measure, &values)
    }

    fn font(&mut self, family: &str, place: &Place) -> Result<(), Fault> {
        if self.known.families.iter().any(|known| is_family(family, known)) {
            return Ok(());
        }
        let families = self.words.list(&self.known.families);
        let values = [("value", family.to_owned()), ("families", families.clone())];
        let (subject, instead) = (family.to_owned(), Some(families));
        self.find("font.foreign", "check-font", subject, instead, 1, place, NO_MEASURE, &values)
    }

    fn contrast(&mut self, pair: &crate::scene::Pair) -> Result<(), Fault> {
        let ratio = contrast(pair.text, pair.ground);
        if ratio >= pair.needed {
            return Ok(());
        }
        let values = [("value", pair.text.to_string()), ("ground", pair.ground.to_string())];
        let measure = (ratio, pair.needed, ":1");
        let subject = format!("{} on {}", pair.text, pair.ground);
        self.find("text.contrast", "check-contrast", subject, None, 1, &pair.place, measure, &values)
    }

    fn logo(&mut self, scene: &Scene, page: &[Placed], found: &Found) -> Result<(), Fault> {
        let known = self.known;
        let template = &known.templates[found.template];
        let pose = Pose::of(found.map);
        let own: Vec<&Placed> = found.pairs.iter().map(|(_, on)| &page[*on]).collect();
        let ink = own.iter().map(|one| one.contour.bounds).reduce(|all, one| all.union(one));
        let Some(ink) = ink else { return Ok(()) };
        let place = scene.place(ink);
        self.pose(template, pose, &place)?;
        let colors = colors(scene, page, template, found);
        let shapes: BTreeSet<usize> = own.iter().map(|one| one.shape).collect();
        let paper = scene.paper.filter(|_| !is_alone(scene, &shapes));
        let ground = ground(scene, &shapes, ink).or(paper);
        self.colored(template, &colors, ground, &place)?;
        if !pose.is_mirrored && pose.degrees.abs() <= TURN_MAX {
            self.sized(template, pose.scale * template.width, scene.unit, &place)?;
        }
        let clear = template.clear * pose.scale;
        let near = intruders(scene, &shapes, ink, clear);
        self.clear(template, &near, clear, scene.unit, &place)
    }

    /// Stretched, turned, mirrored.
    pub(crate) fn pose(&mut self, template: &Template, pose: Pose, place: &Place) -> Result<(), Fault> {
        let logo = template.name();
        if pose.is_mirrored {
            let values = [("logo", logo.clone())];
            let subject = logo.clone();
            self.find("logo.mirrored", "check-mirrored", subject, None, 1, place, NO_MEASURE, &values)?;
        } else if pose.degrees.abs() > TURN_MAX {
            let degrees = self.words.decimal(pose.degrees.abs(), 0);
            let values = [("logo", logo.clone()), ("degrees", degrees)];
            let measure = (pose.degrees.abs(), TURN_MAX, "deg");
            self.find("logo.turned", "check-turned", logo.clone(), None, 1, place, measure, &values)?;
        }
        if pose.stretch > STRETCH_MAX {
            let percent = self.words.percent(&self.words.decimal((pose.stretch - 1.0) * 100.0, 0));
            let values = [("logo", logo.clone()), ("percent", percent)];
            let measure = (pose.stretch, STRETCH_MAX, "x");
            self.find("logo.stretched", "check-stretched", logo, None, 1, place, measure, &values)?;
        }
        Ok(())
    }

    /// Recoloured, or hardly seen on what lies under it.
    pub(crate) fn colored(
        &mut self,
        template: &Template,
        colors: &[(FillRole, Paint)],
        ground: Option<Rgb>,
        place: &Place,
    ) -> Result<(), Fault> {
        let logo = &self.known.logo;
        let way = Colorway::ALL.into_iter().find(|way| wears(&|role| way.color(role, logo), colors));
        let way = way.map(Colorway::id);
        // Icons and covers have the whole mark in the one colour that is read on the primary.
        let way = way.or_else(|| wears(&|_| logo.on_primary, colors).then_some(ON_PRIMARY));
        self.graded.looked_at.logos.push(Sighting {
            concept: template.concept.clone(),
            lockup: template.lockup.clone(),
            colorway: way,
            place: place.clone(),
        });
        let logo = template.name();
        if way.is_none() {
            let hexes = colors.iter().map(|(_, paint)| match paint {
                Paint::Flat(rgb) => rgb.to_string(),
                Paint::Other => "*".to_owned(),
            });
            let hexes: BTreeSet<String> = hexes.collect();
            let hexes = self.words.list(&hexes.into_iter().collect::<Vec<_>>());
            let values = [("logo", logo.clone()), ("colors", hexes)];
            let subject = logo.clone();
            self.find("logo.recolored", "check-recolored", subject, None, 1, place, NO_MEASURE, &values)?;
        }
        let ratio = |ground: Rgb| {
            let flat = colors.iter().filter_map(|(_, paint)| match paint {
                Paint::Flat(rgb) => Some(contrast(*rgb, ground)),
                Paint::Other => None,
            });
            flat.fold(f64::INFINITY, f64::min)
        };
        let Some((ground, ratio)) = ground.map(|ground| (ground, ratio(ground))) else { return Ok(()) };
        if ratio >= LOGO_CONTRAST_MIN {
            return Ok(());
        }
        let values = [("logo", logo.clone()), ("ground", ground.to_string())];
        let measure = (ratio, LOGO_CONTRAST_MIN, ":1");
        self.find("logo.faint", "check-faint", logo, None, 1, place, measure, &values)
    }

    /// Smaller than its parts can bear; `wide` is the width of the file's box where it was found.
    pub(crate) fn sized(
        &mut self,
        template: &Template,
        wide: f64,
        unit: Unit,
        place: &Place,
    ) -> Result<(), Fault> {
        let Some(minimum) = &template.minimum else { return Ok(()) };
        let (measured, least, name) = match unit {
            Unit::Open => return Ok(()),
            Unit::Pixel => (wide, f64::from(minimum.px[0]), "px"),
            Unit::Mm(mm) => (wide * mm, minimum.mm[0], "mm"),
        };
        if measured >= least * (1.0 - SIZE_SLACK) {
            return Ok(());
        }
        let logo = template.name();
        let values = [("logo", logo.clone()), ("unit", name.to_owned())];
        self.find("logo.small", "check-small", logo, None, 1, place, (measured, least, name), &values)
    }

    /// Other things inside the clear space, each by how far it stands from the logo.
    pub(crate) fn clear(
        &mut self,
        template: &Template,
        near: &[f64],
        clear: f64,
        unit: Unit,
        place: &Place,
    ) -> Result<(), Fault> {
        let Some(nearest) = near.iter().copied().reduce(f64::min) else { return Ok(()) };
        let (factor, name) = match unit {
            // What a file without a size calls a unit is a pixel where it is shown as it is.
            Unit::Open => (1.0, "px"),
            Unit::Pixel => (1.0, "px"),
            Unit::Mm(mm) => (mm, "mm"),
        };
        let logo = template.name();
        let values = [("logo", logo.clone()), ("unit", name.to_owned())];
        let measure = (nearest * factor, clear * factor, name);
        let count = near.len() as u32;
        self.find("logo.crowded", "check-crowded", logo, None, count, place, measure, &values)
    }

    #[allow(
        clippy::too_many_arguments,
        reason = "one finding has so many parts, and this is where they meet"
    )]
    fn find(
        &mut self,
        id: &'static str,
        key: &str,
        subject: String,
        instead: Option<String>,
        count: u32,
        place: &Place,
        (measured, allowed, unit): Measure,
        values: &[(&str, String)],
    ) -> Result<(), Fault> {
        let hundredth = |value: f64| (value * 100.0).round() / 100.0;
        let [shown, least] =
            [measured, allowed].map(|value| self.words.decimal(hundredth(value), places(value)));
        let mut all: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        all.extend([("measured", shown.as_str()), ("allowed", least.as_str())]);
        let message = self.words.count(key, ("count", count), &all)?;
        let number = |value: f64| (!unit.is_empty() || measured > 0.0).then(|| hundredth(value));
        self.graded.add(Finding {
            id,
            subject,
            instead,
            place: place.clone(),
            count,
            measured: number(measured),
            allowed: number(allowed),
            unit,
            message,
        });
        Ok(())
    }
}

/// How a sighting calls the one colour on the primary, which is no file of a kit but that of its icons.
const ON_PRIMARY: &str = "on-primary";
const NO_MEASURE: Measure = (0.0, 0.0, "");

/// As many places as say something; large numbers need only one.
fn places(value: f64) -> usize {
    let hundredths = (value * 100.0).round() as i64;
    let tenths = (value * 10.0).round() as i64;
    match () {
        () if hundredths % 100 == 0 || (value >= 10.0 && tenths % 10 == 0) => 0,
        () if hundredths % 10 == 0 || value >= 10.0 => 1,
        () => 2,
    }
}

impl Template {
    pub(crate) fn name(&self) -> String {
        format!("{}, {}", self.concept, self.lockup)
    }
}

/// Whether a name in a file means a family: `ABCDEF+AlegreyaSans-Medium` is `Alegreya Sans`.
fn is_family(name: &str, family: &str) -> bool {
    let plain = |text: &str| -> String {
        text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let (name, family) = (plain(name), plain(family));
    // Behind the family comes its weight, if anything.
    name.strip_prefix(&family).is_some_and(|rest| {
        let mut rest = rest;
        while let Some(word) = CUTS.iter().find(|word| rest.starts_with(**word)) {
            rest = &rest[word.len()..];
        }
        rest.chars().all(|letter| letter.is_ascii_digit())
    })
}

/// What the cuts of a family are called behind its name.
const CUTS: &[&str] = &[
    "regular", "italic", "oblique", "bold", "medium", "light", "thin", "black", "heavy", "book", "roman",
    "semi", "demi", "extra", "ultra", "variable", "vf", "display", "text", "wght", "psmt", "mt", "ps",
];

/// The colour of each role: the one that most of its area has.
fn colors(scene: &Scene, page: &[Placed], template: &Template, found: &Found) -> Vec<(FillRole, Paint)> {
    let mut all: std::collections::BTreeMap<(u8, Paint), f64> = std::collections::BTreeMap::new();
    let order = |role: FillRole| match role {
        FillRole::Mark => 0_u8,
        FillRole::Accent => 1,
        FillRole::Ink => 2,
    };
    for (own, on) in &found.pairs {
        let (role, contour) = &template.parts[*own];
        let paint = scene.shapes[page[*on].shape].fill.unwrap_or(Paint::Other);
        *all.entry((order(*role), paint)).or_insert(0.0) += contour.area;
    }
    let roles = [FillRole::Mark, FillRole::Accent, FillRole::Ink];
    let most = |role: FillRole| {
        let own = all.iter().filter(|((of, _), _)| *of == order(role));
        own.max_by(|a, b| a.1.total_cmp(b.1)).map(|((_, paint), _)| (role, *paint))
    };
    roles.into_iter().filter_map(most).collect()
}

fn wears(way: &dyn Fn(FillRole) -> Rgb, colors: &[(FillRole, Paint)]) -> bool {
    colors.iter().all(|(role, paint)| match paint {
        Paint::Flat(rgb) => difference(*rgb, way(*role)) <= COLOR_OFF_MAX,
        Paint::Other => false,
    })
}

/// Whether a page holds nothing but a logo: it will be placed on something, and that is not known.
fn is_alone(scene: &Scene, own: &BTreeSet<usize>) -> bool {
    let painted = scene.shapes.iter().filter(|shape| shape.fill.is_some());
    scene.texts.is_empty() && painted.count() == own.len()
}

/// The colour of the topmost area under a logo that holds all of it.
fn ground(scene: &Scene, own: &BTreeSet<usize>, ink: Rect) -> Option<Rgb> {
    let first = *own.first()?;
    let under = scene.shapes[..first].iter().rev().filter(|shape| shape.fill.is_some());
    let mut holding = under.filter(|shape| holds_all(&shape.outline, ink));
    match holding.next()?.fill? {
        Paint::Flat(rgb) => Some(rgb),
        Paint::Other => None,
    }
}

fn holds_all(outline: &kurbo::BezPath, ink: Rect) -> bool {
    let bounds = kurbo::Shape::bounding_box(outline);
    let inside = bounds.x0 <= ink.x0 && bounds.y0 <= ink.y0 && bounds.x1 >= ink.x1 && bounds.y1 >= ink.y1;
    inside && kurbo::Shape::winding(outline, ink.center()) != 0
}

/// How far each thing that stands inside the clear space is from the logo.
fn intruders(scene: &Scene, own: &BTreeSet<usize>, ink: Rect, clear: f64) -> Vec<f64> {
    if clear <= 0.0 {
        return Vec::new();
    }
    let zone = ink.inflate(clear * (1.0 - CLEAR_SLACK), clear * (1.0 - CLEAR_SLACK));
    let gap = |point: Point| {
        let x = (ink.x0 - point.x).max(point.x - ink.x1).max(0.0);
        let y = (ink.y0 - point.y).max(point.y - ink.y1).max(0.0);
        (x * x + y * y).sqrt()
    };
    let shape = |(at, shape): (usize, &crate::scene::Shape)| -> Option<f64> {
        let bounds = kurbo::Shape::bounding_box(&shape.outline);
        let meets = bounds.x0 < zone.x1 && bounds.x1 > zone.x0 && bounds.y0 < zone.y1 && bounds.y1 > zone.y0;
        if own.contains(&at) || !meets || (shape.fill.is_some() && holds_all(&shape.outline, ink)) {
            return None;
        }
        let polygons = core_vector::bezier::polygons(&shape.outline, clear * 0.02);
        // A bar that crosses the zone may have its corners far away.
        let across = |polygon: &Vec<Point>| {
            let edges = polygon.iter().zip(polygon.iter().cycle().skip(1));
            let steps = edges
                .flat_map(|(a, b)| (0..STEPS).map(move |at| a.lerp(*b, f64::from(at) / f64::from(STEPS))));
            let on_edge = steps.filter(|point| zone.contains(*point)).map(gap).reduce(f64::min);
            on_edge.or_else(|| (shape.fill.is_some() && holds(polygon, ink.center())).then_some(0.0))
        };
        polygons.iter().filter_map(across).reduce(f64::min)
    };
    let texts = scene.texts.iter().map(|text| {
        let x = (ink.x0 - text.x1).max(text.x0 - ink.x1).max(0.0);
        let y = (ink.y0 - text.y1).max(text.y0 - ink.y1).max(0.0);
        (x * x + y * y).sqrt()
    });
    let texts = texts.filter(|gap| *gap < clear * (1.0 - CLEAR_SLACK));
    scene.shapes.iter().enumerate().filter_map(shape).chain(texts).collect()
}

/// Points of an edge that are looked at.
const STEPS: u32 = 8;
