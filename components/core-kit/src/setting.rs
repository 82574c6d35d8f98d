//! How everything of this kit is set: one grid, one set of styles, the brand's own faces and colours.

use crate::brand::{Brand, mix};
use core_brand::{Drawing, Fault, FillRole, Rgb, Studio};
use core_color::contrast;
use core_pdf::{
    Align, Anchor, Area, FontId, Fonts, Node, Page, Part, Role, Style, drawing, phrases, rounded,
};
use core_typography::Face;
use core_vector::lockup::{Lockup, compose};
use std::collections::BTreeMap;

/// A4, landscape, in points: it prints everywhere and fills a screen.
pub(crate) const WIDTH: f64 = 842.0;
pub(crate) const HEIGHT: f64 = 595.0;
pub(crate) const MARGIN: f64 = 42.0;
pub(crate) const GUTTER: f64 = 14.0;
/// The words stand in the first columns, what is shown in the others.
const COLUMNS: usize = 12;
const RAIL: usize = 3;
/// Room for the foot.
const FOOT: f64 = 34.0;
/// A logo stands out from its ground from here on.
pub(crate) const GRAPHIC: f64 = 3.0;

/// Nothing that has to be read is set smaller.
const SIZE_MIN: f64 = 5.0;
/// The usual height of lower-case letters, in thousandths of an em.
const X_HEIGHT: f64 = 515.0;
/// Below this a tile is not seen on its page.
const PANEL: f64 = 1.08;
/// The corners of tiles.
pub(crate) const RADIUS: f64 = 4.0;

/// The colours of a page.
#[derive(Clone, Copy)]
pub(crate) struct Scheme {
    pub(crate) ground: Rgb,
    /// Tiles on the ground.
    pub(crate) panel: Rgb,
    pub(crate) text: Rgb,
    pub(crate) muted: Rgb,
    /// Hairlines.
    pub(crate) rule: Rgb,
}

pub(crate) struct Setting<'a> {
    pub(crate) brand: &'a Brand,
    pub(crate) fonts: Fonts,
    pub(crate) display: FontId,
    pub(crate) text: FontId,
    pub(crate) strong: FontId,
    pub(crate) light: Scheme,
    pub(crate) dark: Scheme,
    /// The lockups of the recommended concept: putting one together takes longer than setting a page.
    lockups: BTreeMap<Lockup, Drawing>,
    /// What makes small text of this face look as large as that of others.
    text_factor: f64,
}

impl<'a> Setting<'a> {
    pub(crate) fn new(brand: &'a Brand, studio: &dyn Studio) -> Result<Self, Fault> {
        let typography = &brand.design.typography;
        let mut fonts = Fonts::new(brand.words.language());
        let mut add = |key: &core_brand::FontKey| -> Result<FontId, Fault> {
            Ok(fonts.add(Face::new(key.clone(), studio.font(key)?)?))
        };
        let display = add(&typography.display.key)?;
        let text = add(&typography.text.key)?;
        let strong = add(&typography.strong.key)?;
        fonts.keep_whole(brand.name());
        if let Some(print) = &brand.design.palette.print {
            fonts.keep_whole(&print.press);
        }
        let text_factor = (X_HEIGHT / f64::from(typography.text.x_height.max(1))).clamp(0.94, 1.16);
        Ok(Self {
            brand,
            fonts,
            display,
            text,
            strong,
            light: light(brand)?,
            dark: dark(brand)?,
            lockups: Lockup::ALL.into_iter().map(|lockup| (lockup, compose(brand.logo(), lockup))).collect(),
            text_factor,
        })
    }

    pub(crate) fn say(&self, key: &str, values: &[(&str, &str)]) -> Result<String, Fault> {
        self.brand.words.say(key, values)
    }

    /// A sentence that counts.
    pub(crate) fn count(
        &self,
        key: &str,
        count: (&str, u32),
        values: &[(&str, &str)],
    ) -> Result<String, Fault> {
        self.brand.words.count(key, count, values)
    }

    /// A number as the language writes it.
    pub(crate) fn number(&self, value: f64, places: usize) -> String {
        self.brand.words.decimal(value, places)
    }

    // The styles of the book, from the largest down.

    pub(crate) fn title(&self) -> Style {
        self.style(self.display, 25.0, 1.1).tracking(self.tracking("title"))
    }

    pub(crate) fn heading(&self) -> Style {
        self.style(self.display, 15.0, 1.2).tracking(self.tracking("heading"))
    }

    pub(crate) fn lead(&self) -> Style {
        self.style(self.text, 12.5 * self.text_factor, 1.5).hyphens(true)
    }

    pub(crate) fn body(&self) -> Style {
        self.style(self.text, 9.0 * self.text_factor, 1.55).hyphens(true)
    }

    pub(crate) fn label(&self) -> Style {
        self.style(self.strong, 8.5 * self.text_factor, 1.4)
    }

    pub(crate) fn caption(&self) -> Style {
        self.style(self.text, 7.2 * self.text_factor, 1.45).color(self.light.muted).hyphens(true)
    }

    fn style(&self, font: FontId, size: f64, leading: f64) -> Style {
        Style {
            font,
            size,
            leading,
            tracking: 0.0,
            color: self.light.text,
            align: Align::Start,
            hyphens: false,
        }
    }

    /// The tracking that the design gives a size.
    pub(crate) fn tracking(&self, role: &str) -> f64 {
        let sizes = &self.brand.design.typography.sizes;
        sizes.iter().find(|size| size.role == role).map_or(0.0, |size| f64::from(size.tracking))
    }

    /// A font that has every letter of a text: a name may be in a script that only one of the faces has.
    pub(crate) fn font_for(&self, text: &str, wanted: FontId) -> FontId {
        let others = [wanted, self.display, self.text, self.strong];
        others.into_iter().find(|font| self.fonts.covers(*font, text)).unwrap_or(wanted)
    }

    /// A page with its chapter in the rail, and the area beside it.
    pub(crate) fn chapter(&self, scheme: &Scheme, title: &str, intro: &str) -> (Page, Area) {
        let mut page = Page::new(WIDTH, HEIGHT, title);
        page.ground(scheme.ground);
        let live = live();
        let rail = live.columns(0, RAIL, COLUMNS, GUTTER);
        let rail = Area { width: rail.width - 16.0, ..rail };
        let style = self.unbroken(title, &self.title().color(scheme.text), rail.width);
        let bottom = page.text(Role::Heading(1), &self.fonts, title, &style, rail);
        let below = Area { y: bottom + 22.0, ..rail };
        page.text(Role::Paragraph, &self.fonts, intro, &self.body().color(scheme.text), below);
        (page, stage())
    }

    /// The style made so small that no word of the text is cut, and no phrase of one without spaces.
    pub(crate) fn unbroken(&self, text: &str, style: &Style, measure: f64) -> Style {
        let sizes = phrases(text).into_iter().map(|word| self.fonts.size_for(&word, style, measure));
        style.size(sizes.fold(style.size, f64::min))
    }

    /// The line at the foot of a page: not read, since a reader knows the page and the document.
    pub(crate) fn foot(&self, page: &mut Page, number: usize, count: usize) -> Result<(), Fault> {
        let is_dark = page.parts.first().is_some_and(|part| part.nodes == ground_of(page, self.dark.ground));
        let scheme = if is_dark { &self.dark } else { &self.light };
        let live = live();
        let y = HEIGHT - MARGIN + 8.0;
        let style = self.caption().size(6.8).color(scheme.muted);
        let name = self.brand.name();
        let rail = live.columns(0, RAIL, COLUMNS, GUTTER);
        let named = style.font(self.font_for(name, style.font)).align(Align::Left);
        let named =
            named.size(self.fonts.size_for(name, &named, live.columns(0, 6, COLUMNS, GUTTER).width).max(4.5));
        let mut nodes: Vec<Node> = Vec::new();
        let short = self.fonts.width(name, &named) <= rail.width;
        nodes.extend(self.placed(name, &named, Area { y, width: live.width, ..live }));
        if short {
            let title = self.say("kit-book", &[])?;
            nodes.extend(self.placed(&title, &style, Area { y, ..stage() }));
        }
        let number = format!("{number} / {count}");
        nodes.extend(self.placed(&number, &style.align(Align::Right), Area { y, ..live }));
        page.push(Part::artifact(nodes));
        Ok(())
    }

    /// A paragraph with the top of its first capitals at the top of the area; returns its last baseline.
    pub(crate) fn write(&self, page: &mut Page, text: &str, style: &Style, area: Area) -> f64 {
        page.text(Role::Paragraph, &self.fonts, text, style, area)
    }

    /// A heading below that of the page.
    pub(crate) fn head(&self, page: &mut Page, text: &str, style: &Style, area: Area) -> f64 {
        page.text(Role::Heading(2), &self.fonts, text, style, area)
    }

    /// The style made so small that the text is no higher than the area, but never unreadably small.
    pub(crate) fn fitted(&self, text: &str, style: &Style, area: Area) -> Style {
        let mut style = *style;
        while style.size > SIZE_MIN && self.height(text, &style, area.width) > area.height {
            style = style.size(style.size - 0.2);
        }
        style
    }

    /// The style made so small that the text stays on one line.
    pub(crate) fn on_one_line(&self, text: &str, style: &Style, measure: f64) -> Style {
        style.size(self.fonts.size_for(text, style, measure))
    }

    /// A text as nodes, the top of its capitals at the top of the area.
    pub(crate) fn placed(&self, text: &str, style: &Style, area: Area) -> Vec<Node> {
        self.fonts.set(text, style, area.width).at(area.x, area.y).into_iter().map(Node::Line).collect()
    }

    /// The height of a text from the top of its capitals to its last baseline.
    pub(crate) fn height(&self, text: &str, style: &Style, measure: f64) -> f64 {
        self.fonts.set(text, style, measure).height
    }

    /// A figure of a lockup in an area, read by its name.
    pub(crate) fn figure(
        &self,
        lockup: Lockup,
        area: Area,
        anchor: Anchor,
        color: &dyn Fn(FillRole) -> Rgb,
    ) -> Result<Part, Fault> {
        let alt = self.say(&format!("kit-alt-{}", lockup.id()), &[("name", self.brand.name())])?;
        Ok(Part::new(Role::Figure(alt), drawing(self.lockup(lockup), area, anchor, color)?))
    }

    /// The lockup in which the logo gets largest here.
    pub(crate) fn best(&self, area: Area) -> Lockup {
        best(self.lockup(Lockup::Horizontal), self.lockup(Lockup::Stacked), area)
    }

    /// The drawing of a lockup of the recommended concept.
    pub(crate) fn lockup(&self, lockup: Lockup) -> &Drawing {
        // All lockups are there; the mark would stand in for one that is not.
        self.lockups.get(&lockup).unwrap_or(&self.brand.logo().mark)
    }

    /// The drawing of the lockup in which the logo gets largest here.
    pub(crate) fn logo_for(&self, area: Area) -> &Drawing {
        self.lockup(self.best(area))
    }

    /// A tile that logos stand on, with an edge where it is hardly darker than the page.
    pub(crate) fn panel(&self, area: Area) -> Part {
        let Scheme { ground, panel, rule, .. } = self.light;
        if contrast(panel, ground) >= PANEL {
            return Part::artifact(vec![rounded(area, RADIUS, panel)]);
        }
        Part::artifact(vec![rounded(area, RADIUS, rule), rounded(area.inset(0.5), RADIUS - 0.5, panel)])
    }

    pub(crate) fn hairline(&self, page: &mut Page, x: f64, y: f64, width: f64, scheme: &Scheme) {
        page.box_of(Area::new(x, y, width, 0.5), scheme.rule);
    }
}

/// Inside the margins.
pub(crate) fn live() -> Area {
    Area::new(MARGIN, MARGIN, WIDTH - 2.0 * MARGIN, HEIGHT - 2.0 * MARGIN)
}

/// Beside the rail, above the foot.
pub(crate) fn stage() -> Area {
    let live = live();
    Area { height: live.height - FOOT + 14.0, ..live }.columns(RAIL, COLUMNS - RAIL, COLUMNS, GUTTER)
}

/// Both lockups have marks of one size, so the larger scale is the larger mark; the horizontal one is the brand's
/// usual face and wins when it is near.
pub(crate) fn best(horizontal: &Drawing, stacked: &Drawing, area: Area) -> Lockup {
    let scale =
        |drawing: &Drawing| (area.width / drawing.width.max(1.0)).min(area.height / drawing.height.max(1.0));
    if scale(stacked) > 1.25 * scale(horizontal) { Lockup::Stacked } else { Lockup::Horizontal }
}

fn ground_of(page: &Page, color: Rgb) -> Vec<Node> {
    let mut probe = Page::new(page.width, page.height, "");
    probe.ground(color);
    probe.parts.remove(0).nodes
}

fn light(brand: &Brand) -> Result<Scheme, Fault> {
    let ground = Rgb::WHITE;
    let (text, muted) = (brand.role("light", "text")?, brand.role("light", "muted")?);
    // Logos stand on panels, so a panel is only as dark as the palest part of the logo allows.
    let logo = &brand.design.palette.logo;
    let carries = |panel: &Rgb| {
        [logo.mark, logo.accent, logo.ink].iter().all(|part| contrast(*part, *panel) >= GRAPHIC)
    };
    let (paper, surface) = (brand.swatch("paper")?, brand.role("light", "surface")?);
    let panel =
        (0..=10).map(|step| mix(surface, paper, f64::from(step) / 10.0)).find(carries).unwrap_or(paper);
    Ok(Scheme { ground, panel, text, muted, rule: mix(ground, text, 0.16) })
}

fn dark(brand: &Brand) -> Result<Scheme, Fault> {
    let ground = brand.role("dark", "background")?;
    let text = brand.role("dark", "text")?;
    Ok(Scheme {
        ground,
        panel: brand.role("dark", "surface")?,
        text,
        muted: brand.role("dark", "muted")?,
        rule: mix(ground, text, 0.18),
    })
}
