//! What a website asks for: icons for tabs, home screens and launchers, and the picture of a shared link.

use crate::canvas::Canvas;
use crate::draw::pixels;
use crate::encode::{Picture, ico};
use crate::favicon::{CONTRAST_MIN, Favicon, SIZES, TAB_DARK, TAB_LIGHT};
use crate::step::AssetsStep;
use crate::{checks, site};
use core_brand::brief::Order;
use core_brand::design::LogoColors;
use core_brand::step::find;
use core_brand::{Concept, Design, Document, Drawing, Fault, FillRole, Rgb, Studio, Task, broken};
use core_color::contrast;
use core_vector::{Colorway, Lockup, lockup};

pub(crate) const TASK: &str = "web";

/// The usual sides; every system scales from these.
pub(crate) const APPLE_PX: u32 = 180;
pub(crate) const ICONS_PX: [u32; 2] = [192, 512];
pub(crate) const MASKABLE_PX: u32 = 512;
/// What services that show links ask for.
pub(crate) const LINK_PX: (u32, u32) = (1200, 630);
/// Launchers may cut to a circle of this share of the side (W3C manifest, maskable icons).
pub(crate) const SAFE_ZONE: f64 = 0.8;

/// Shares of the side. A mark on a tile needs air; in the circle it needs more than the limit to look centred.
const ON_TILE: f64 = 0.6;
const TILE_CORNER: f64 = 0.225;
const IN_SAFE_ZONE: f64 = 0.7;
/// Previews crop the sides of a link's picture and shrink the rest.
const LINK_ROOM: (f64, f64) = (760.0, 300.0);

/// Everything the pictures are made from.
pub(crate) struct Brand {
    pub(crate) name: String,
    pub(crate) language: String,
    pub(crate) right_to_left: bool,
    pub(crate) concept: Concept,
    pub(crate) primary: Rgb,
    pub(crate) background: Rgb,
    pub(crate) colors: LogoColors,
}

pub(crate) fn build(task: &Task, studio: &dyn Studio) -> Result<Vec<Document>, Fault> {
    let brand = Brand::read(task, studio)?;
    let concept = &brand.concept;
    let favicon = Favicon::choose(&concept.mark, concept.small.as_ref(), brand.primary, &brand.colors);
    let frames: Result<Vec<_>, Fault> =
        SIZES.iter().map(|px| pixels(&favicon.svg(*px, &brand.colors), *px)).collect();
    let frames = frames?;
    let apple = pixels(&brand.tile(APPLE_PX, 0.0), APPLE_PX)?;
    let maskable = pixels(&brand.maskable(), MASKABLE_PX)?;
    let ico = ico(&frames)?;
    let checks = checks::all(&brand, &favicon, &ico, &apple, &maskable);
    let mut documents = vec![
        Document::file("web/favicon.ico", "image/vnd.microsoft.icon", ico).with_pixels(SIZES[2], SIZES[2]),
        Document::file("web/icon.svg", "image/svg+xml", brand.icon_svg().into_bytes()),
        picture("web/apple-touch-icon.png", &apple)?,
        picture("web/icon-maskable-512.png", &maskable)?,
        picture("web/og.png", &pixels(&brand.link_picture(), LINK_PX.0)?)?,
    ];
    for px in ICONS_PX {
        let icon = pixels(&brand.tile(px, TILE_CORNER), px)?;
        documents.push(picture(&format!("web/icon-{px}.png"), &icon)?);
    }
    documents.extend([
        site::manifest(&brand)?,
        site::head(&brand),
        Document::working(AssetsStep::CHECKS, &checks)?,
    ]);
    Ok(documents)
}

fn picture(path: &str, picture: &Picture) -> Result<Document, Fault> {
    let png = picture.png()?;
    Ok(Document::file(path, "image/png", png.bytes).with_pixels(png.width, png.height))
}

impl Brand {
    pub(crate) fn read(task: &Task, studio: &dyn Studio) -> Result<Self, Fault> {
        let order: Order = find(&task.inputs, Order::DOCUMENT)?.json(studio)?;
        let design: Design = find(&task.inputs, Design::DOCUMENT)?.json(studio)?;
        let concept: Concept = find(&task.inputs, &Concept::document(1))?.json(studio)?;
        let primary =
            design.palette.swatch("primary").ok_or_else(|| broken!("the palette has no primary"))?.rgb;
        let light = design.palette.theme("light").and_then(|theme| theme.role("background"));
        Ok(Self {
            name: order.brief.company_name,
            language: order.brief.language,
            right_to_left: concept.right_to_left,
            concept,
            primary,
            background: light.ok_or_else(|| broken!("the light theme has no background"))?,
            colors: design.palette.logo,
        })
    }

    /// The mark on the primary colour, with corners of this share of the side.
    fn tile(&self, px: u32, corner: f64) -> String {
        let side = f64::from(px);
        let room = side * ON_TILE;
        Canvas::square(side)
            .on(self.primary, side * corner)
            .with(&self.concept.mark, room, room)
            .svg(|_| self.colors.on_primary)
    }

    fn maskable(&self) -> String {
        let side = f64::from(MASKABLE_PX);
        let radius = side / 2.0 * IN_SAFE_ZONE;
        Canvas::square(side)
            .on(self.primary, 0.0)
            .within(&self.concept.mark, radius)
            .svg(|_| self.colors.on_primary)
    }

    /// The mark alone, in colours that read on light and on dark tabs, and as it is drawn for them.
    fn icon_svg(&self) -> String {
        let side = f64::from(ICONS_PX[1]);
        let mark = self.concept.small.as_ref().unwrap_or(&self.concept.mark);
        Canvas::square(side).with(mark, side, side).adaptive_svg(&self.name, |role| {
            let on = |colorway: Colorway, tab, otherwise| {
                let color = colorway.color(role, &self.colors);
                if contrast(color, tab) >= CONTRAST_MIN { color } else { otherwise }
            };
            [on(Colorway::Color, TAB_LIGHT, Rgb::BLACK), on(Colorway::Reversed, TAB_DARK, Rgb::WHITE)]
        })
    }

    /// The lockup that fills the room better, on the dark ground of the brand.
    fn link_picture(&self) -> String {
        let (width, height) = LINK_PX;
        let lockups = [Lockup::Horizontal, Lockup::Stacked].map(|kind| lockup::compose(&self.concept, kind));
        let [beside, under] = lockups;
        let logo = if filled(&under) > filled(&beside) { under } else { beside };
        let color = |role: FillRole| Colorway::Reversed.color(role, &self.colors);
        let canvas = Canvas::new(f64::from(width), f64::from(height)).on(self.colors.ground_dark, 0.0);
        canvas.with(&logo, LINK_ROOM.0, LINK_ROOM.1).svg(color)
    }
}

/// The area that a logo takes of the room on a link's picture.
fn filled(logo: &Drawing) -> f64 {
    let scale = (LINK_ROOM.0 / logo.width).min(LINK_ROOM.1 / logo.height);
    logo.width * logo.height * scale * scale
}
