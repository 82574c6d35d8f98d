//! From a layout to a page: logos, words and grounds in their places, and what is measured on the way.

use super::layout;
use super::words::Words;
use crate::brand::mix;
use crate::setting::{Setting, best};
use core_brand::pattern::{TONE, TONE_ACCENT, TONE_PAPER};
use core_brand::templates::print::{
    At, Color, Fill, Ground, Logo, Piece, PrintSheet, Side, TEXT_PT, Text, Typeface,
};
use core_brand::{Drawing, Fault, FillRole, Rgb};
use core_color::contrast;
use core_pdf::{Align, Anchor, Area, Block, FontId, MM, Node, Page, Part, Role, Style, drawing, rectangle};
use core_vector::{Colorway, Lockup, combine, form, lockup};

/// A pattern that could be taken for part of a logo's surface is none.
const ON_PATTERN_MIN: f64 = 3.0;
/// Type darker than this against paper is printed in black alone.
pub(super) const DARK: f64 = 4.5;
/// What rounding to the grid may add.
const SLACK_PT: f64 = 0.2;
/// A line may be made this much smaller to stay whole; a text in steps of this until it fits.
const SHRUNK: f64 = 0.9;
const STEP_PT: f64 = 0.25;

/// What was measured on a sheet; the worst of all its pages.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Measured {
    pub(super) text_pt: f64,
    /// From words and logos to the cut.
    pub(super) safe_mm: f64,
    /// Logos in parts of their least size.
    pub(super) logo: f64,
    /// Free room around logos in parts of what they ask for.
    pub(super) clear: f64,
    /// Texts that leave their boxes.
    pub(super) spilled: u32,
}

impl Measured {
    pub(super) const NONE: Self = Self { text_pt: 1e3, safe_mm: 1e3, logo: 1e3, clear: 1e3, spilled: 0 };

    pub(super) fn and(self, other: &Self) -> Self {
        Self {
            text_pt: self.text_pt.min(other.text_pt),
            safe_mm: self.safe_mm.min(other.safe_mm),
            logo: self.logo.min(other.logo),
            clear: self.clear.min(other.clear),
            spilled: self.spilled + other.spilled,
        }
    }
}

/// A page in the making.
pub(super) struct Desk<'a> {
    setting: &'a Setting<'a>,
    words: &'a Words,
    ground: Ground,
    side: &'a Side,
    page: Page,
    /// How far grounds and patterns reach over the cut.
    over: f64,
    measured: Measured,
    /// Logos with the room they ask for.
    logos: Vec<(Area, f64)>,
    texts: Vec<Area>,
}

/// A side of a layout as a page, its colours reaching `over` points beyond the cut.
pub(super) fn page<'a>(
    setting: &'a Setting<'a>,
    words: &'a Words,
    layout: &PrintSheet,
    side: &'a Side,
    title: &str,
    over: f64,
) -> Result<(Page, Measured), Fault> {
    let [width, height] = layout.size_mm.map(|side| side * MM);
    let mut desk = Desk {
        setting,
        words,
        ground: side.ground,
        side,
        page: Page::new(width, height, title),
        over,
        measured: Measured::NONE,
        logos: Vec::new(),
        texts: Vec::new(),
    };
    if side.ground != Ground::Paper || over <= 0.0 {
        let ground = desk.ground()?;
        let all = desk.page.area().inset(-over);
        desk.page.box_of(all, ground);
    }
    for piece in &side.parts {
        match piece {
            Piece::Pattern(pattern) => desk.pattern(area(pattern.box_mm))?,
            Piece::Fill(fill) => desk.fill(fill)?,
            Piece::Logo(logo) => desk.logo(logo)?,
            Piece::Text(text) => desk.text(text),
        }
    }
    Ok((desk.page.clone(), desk.measure()))
}

fn area([left, top, width, height]: [f64; 4]) -> Area {
    Area::new(left * MM, top * MM, width * MM, height * MM)
}

impl Desk<'_> {
    fn ground(&self) -> Result<Rgb, Fault> {
        Ok(match self.ground {
            Ground::Paper => Rgb::WHITE,
            Ground::Primary => self.setting.brand.swatch("primary")?,
            Ground::Dark => self.setting.brand.design.palette.logo.ground_dark,
        })
    }

    /// What words are set in: on colours plain paper or plain black, so that small type needs one plate.
    fn ink(&self) -> Rgb {
        let colors = &self.setting.brand.design.palette.logo;
        match self.ground {
            Ground::Paper => self.setting.light.text,
            Ground::Primary => plain(colors.on_primary),
            Ground::Dark => plain(colors.ink_on_dark),
        }
    }

    fn logo_color(&self, role: FillRole) -> Rgb {
        let colors = &self.setting.brand.design.palette.logo;
        match self.ground {
            Ground::Paper => Colorway::Color.color(role, colors),
            Ground::Primary => plain(colors.on_primary),
            Ground::Dark => Colorway::Reversed.color(role, colors),
        }
    }

    /// The mark, cut at the edge of what is printed.
    fn pattern(&mut self, place: Area) -> Result<(), Fault> {
        let ground = self.ground()?;
        let colors = &self.setting.brand.design.palette.logo;
        let (over, tone) = match self.ground {
            Ground::Paper => (self.setting.brand.swatch("primary")?, TONE_PAPER),
            Ground::Primary => (plain(colors.on_primary), TONE),
            Ground::Dark => (plain(colors.ink_on_dark), TONE),
        };
        let accent = tone * TONE_ACCENT / TONE;
        // Never behind a logo.
        let logos = self.side.parts.iter().filter_map(|piece| match piece {
            Piece::Logo(logo) => Some(self.lies(logo)),
            _ => None,
        });
        if logos.into_iter().any(|logo| apart(&logo, &place) <= 0.0) {
            return Ok(());
        }
        if contrast(self.ink(), mix(ground, over, accent)) < ON_PATTERN_MIN {
            return Ok(());
        }
        let color = |role| mix(ground, over, if role == FillRole::Accent { accent } else { tone });
        let mark = &self.setting.brand.logo().mark;
        let edge = self.page.area().inset(-self.over);
        let edge = form::rect(edge.x, edge.y, edge.right(), edge.bottom());
        let cut = |node| match node {
            Node::Fill(fill) => {
                Node::Fill(core_pdf::Fill { path: combine::intersect(&fill.path, &edge), ..fill })
            }
            other => other,
        };
        let nodes = drawing(mark, place, Anchor::CENTER, &color)?;
        self.page.push(Part::artifact(nodes.into_iter().map(cut).collect()));
        Ok(())
    }

    fn fill(&mut self, fill: &Fill) -> Result<(), Fault> {
        let brand = self.setting.brand;
        let color = match fill.color {
            Color::Ink => self.ink(),
            Color::Primary => brand.swatch("primary")?,
            Color::Secondary => brand.swatch("secondary")?,
            Color::Accent => brand.swatch("accent")?,
        };
        self.page.push(Part::artifact(vec![rectangle(area(fill.box_mm), color)]));
        Ok(())
    }

    fn logo(&mut self, logo: &Logo) -> Result<(), Fault> {
        let (chosen, room) = self.choose(logo);
        let anchor = Anchor { x: logo.anchor[0], y: logo.anchor[1] };
        let concept = self.setting.brand.logo();
        let laid = lockup::lay(concept, chosen);
        let place = room.fit(laid.width, laid.height, anchor);
        let least = least_mm(self.setting, chosen);
        self.measured.logo = self.measured.logo.min(place.width / MM / least.max(1e-9));
        // Clear space is told in sides of the mark; a wordmark has none, so its letters stand for it.
        let side = if laid.side > 0.0 { laid.side } else { 2.0 * laid.cap };
        self.logos.push((place, concept.clear_space * side * place.width / laid.width.max(1e-9)));
        let part = self.setting.figure(chosen, room, anchor, &|role| self.logo_color(role))?;
        self.page.push(part);
        Ok(())
    }

    fn lies(&self, logo: &Logo) -> Area {
        let (chosen, room) = self.choose(logo);
        let laid = lockup::lay(self.setting.brand.logo(), chosen);
        room.fit(laid.width, laid.height, Anchor { x: logo.anchor[0], y: logo.anchor[1] })
    }

    /// The lockup that a place asks for, and the box it stands in; where it would be smaller than it may be in every
    /// box, the mark stands alone.
    fn choose(&self, logo: &Logo) -> (Lockup, Area) {
        let room = area(logo.box_mm);
        if let Some(lockup) = layout::lockup(logo.lockup) {
            return (lockup, room);
        }
        let concept = self.setting.brand.logo();
        let of = |kind| lockup::compose(concept, kind);
        for room in [Some(room), logo.wide_mm.map(area)].into_iter().flatten() {
            let first = best(&of(Lockup::Horizontal), &of(Lockup::Stacked), room);
            let holds = |kind: &Lockup| {
                let Drawing { width, height, .. } = of(*kind);
                room.fit(width, height, Anchor::CENTER).width / MM >= least_mm(self.setting, *kind)
            };
            if let Some(found) = [first, Lockup::Horizontal, Lockup::Stacked].into_iter().find(holds) {
                return (found, room);
            }
        }
        (Lockup::Mark, room)
    }

    /// Filled lines, each with a face that has its letters.
    fn lines(&self, text: &Text) -> Vec<(String, FontId)> {
        let setting = self.setting;
        let wanted = match text.face {
            Typeface::Display => setting.display,
            Typeface::Text => setting.text,
            Typeface::Strong => setting.strong,
        };
        text.lines.iter().filter_map(|line| self.words.fill(line, setting, wanted)).collect()
    }

    /// Blocks below each other, and the height of them all.
    fn blocks(&self, text: &Text, size: f64) -> (Vec<(f64, Block)>, f64) {
        let (mut y, mut height, mut blocks) = (0.0, 0.0, Vec::new());
        for (line, font) in self.lines(text) {
            let style = Style {
                font,
                size,
                leading: text.leading,
                tracking: 0.0,
                color: self.ink(),
                align: Align::Left,
                hyphens: false,
            };
            let block = self.setting.fonts.set(&line, &style, area(text.box_mm).width);
            height = y + block.height;
            let next = height + size * text.leading - self.setting.fonts.cap_height(&style);
            blocks.push((y, block));
            y = next;
        }
        (blocks, height)
    }

    /// The size at which a text stays in its box: a little smaller where that keeps its lines whole, else as large as
    /// its broken lines allow.
    fn size(&self, text: &Text) -> f64 {
        let room = area(text.box_mm);
        let whole = self.lines(text).iter().fold(text.size_pt, |size, (line, font)| {
            let style = self.setting.body().font(*font).size(text.size_pt).tracking(0.0);
            size.min(self.setting.fonts.size_for(line, &style, room.width))
        });
        let least = (text.size_pt * SHRUNK).max(TEXT_PT[0]);
        let mut size = if whole >= least { whole } else { text.size_pt };
        while size > TEXT_PT[0] && self.blocks(text, size).1 > room.height {
            size = (size - STEP_PT).max(TEXT_PT[0]);
        }
        size
    }

    fn text(&mut self, text: &Text) {
        let room = area(text.box_mm);
        // Texts that are meant to be of one size stay so when one of them has to be smaller.
        let alike = self.side.parts.iter().filter_map(|piece| match piece {
            Piece::Text(other) if (other.face, other.size_pt) == (text.face, text.size_pt) => Some(other),
            _ => None,
        });
        let size = alike.map(|other| self.size(other)).fold(text.size_pt, f64::min);
        let (blocks, height) = self.blocks(text, size);
        if blocks.is_empty() {
            return;
        }
        let top = if text.at == At::Bottom { room.bottom() - height } else { room.y };
        let width = blocks.iter().map(|(_, block)| block.width).fold(0.0, f64::max);
        self.measured.spilled += u32::from(height > room.height + SLACK_PT || width > room.width + SLACK_PT);
        self.measured.text_pt = self.measured.text_pt.min(size);
        self.texts.push(Area::new(room.x, top, width, height));
        for (y, block) in blocks {
            self.page.push(Part::block(Role::Paragraph, block, room.x, top + y));
        }
    }

    fn measure(mut self) -> Measured {
        let sheet = self.page.area();
        for area in self.texts.iter().chain(self.logos.iter().map(|(area, _)| area)) {
            let sides = [area.x, area.y, sheet.right() - area.right(), sheet.bottom() - area.bottom()];
            let nearest = sides.into_iter().fold(f64::INFINITY, f64::min);
            self.measured.safe_mm = self.measured.safe_mm.min(nearest / MM);
        }
        for (index, (logo, clear)) in self.logos.iter().enumerate() {
            let others = self.logos.iter().enumerate().filter(|(other, _)| *other != index);
            for other in self.texts.iter().chain(others.map(|(_, (area, _))| area)) {
                self.measured.clear = self.measured.clear.min(apart(logo, other) / clear.max(1e-9));
            }
        }
        self.measured
    }
}

/// The least width of a lockup in print; concepts of before do not say.
fn least_mm(setting: &Setting, lockup: Lockup) -> f64 {
    let minimums = &setting.brand.logo().minimums;
    minimums.iter().find(|least| least.lockup == lockup.id()).map_or(0.0, |least| least.mm[0])
}

/// The longer way between two areas along an axis; 0 where they touch.
fn apart(one: &Area, other: &Area) -> f64 {
    let across = (other.x - one.right()).max(one.x - other.right());
    let down = (other.y - one.bottom()).max(one.y - other.bottom());
    across.max(down).max(0.0)
}

/// Paper or black, whichever a colour is nearer to.
fn plain(color: Rgb) -> Rgb {
    if contrast(color, Rgb::WHITE) >= DARK { Rgb::BLACK } else { Rgb::WHITE }
}
