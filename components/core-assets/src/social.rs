//! Pictures for profiles and posts: formats are data, layouts are few.
//!
//! A wide or tall picture shows the logo inside what every device keeps, and behind it the mark once more, so large
//! that it becomes a pattern and so near to the ground that it does not compete.

use crate::canvas::{ink, reach_from};
use crate::draw::pixels;
use crate::web::Brand;
use core_brand::brief::{Complexity, Order};
use core_brand::check::{Comparison, Severity};
use core_brand::pattern;
use core_brand::templates::{Safe, SocialFormat as Format, SocialLayout as Layout};
use core_brand::{Check, Document, Drawing, Fault, FillRole, Rgb, Studio, Task, broken};
use core_color::contrast;
use core_vector::{Colorway, Lockup, combine, form, lockup, path, transform};
use kurbo::{Affine, Point, Rect};
use serde::Deserialize;
use std::fmt::Write;

pub(crate) const TASK: &str = "social";

const DATA: &str = include_str!("../data/social.json");
/// Pictures of one task: large ones take a while, and tasks run side by side.
const AT_ONCE: usize = 8;
/// The mark as pattern: its side in short sides of the picture, and its air to the logo in the same.
const PATTERN: f64 = 1.7;
const PATTERN_AIR: f64 = 0.14;
/// How far below the middle of a wide picture, or right of the middle of a tall one, the pattern lies.
const PATTERN_OFF: f64 = 0.12;
/// A pattern that could be taken for part of the logo's surface is none: the least contrast that stays.
const ON_PATTERN_MIN: f64 = 3.0;
/// What arithmetic with places loses; no picture shows it.
const ROUNDING_PX: f64 = 1e-6;

/// How near chords follow curves where reach is measured, in parts of a pixel.
const FLAT: f64 = 1.0;

#[derive(Deserialize)]
struct Formats {
    formats: Vec<Format>,
}

/// Tasks of some formats each.
pub(crate) fn tasks(formats: &[Format], inputs: &[Document]) -> Result<Vec<Task>, Fault> {
    let parts = formats.chunks(AT_ONCE).enumerate();
    parts.map(|(at, part)| Task::new(format!("{TASK}-{:02}", at + 1), TASK, &part, inputs.to_vec())).collect()
}

pub(crate) fn build(task: &Task, studio: &dyn Studio) -> Result<Vec<Document>, Fault> {
    let brand = Brand::read(task, studio)?;
    let (mut documents, mut checks) = (Vec::new(), Vec::new());
    for format in task.settings::<Vec<Format>>()? {
        let sheet = Sheet::lay(&format, &brand);
        let picture = pixels(&sheet.svg(), format.width)?;
        let png = picture.png()?;
        let file = Document::file(format!("social/{}.png", format.id), "image/png", png.bytes);
        documents.push(file.with_pixels(png.width, png.height));
        checks.push(check(&format, &sheet));
    }
    documents.push(Document::working(&format!("checks-{}.json", task.id), &checks)?);
    Ok(documents)
}

/// The formats of an order: ours unless the kit is simple, and what its templates say.
pub(crate) fn wanted(order: &Order) -> Result<Vec<Format>, Fault> {
    let is_simple = order.brief.complexity == Complexity::Simple;
    match &order.templates {
        None if is_simple => Ok(Vec::new()),
        None => formats(),
        Some(templates) if is_simple => Ok(templates.social.formats.clone()),
        Some(templates) => templates.social.over(formats()?),
    }
}

fn formats() -> Result<Vec<Format>, Fault> {
    serde_json::from_str::<Formats>(DATA).map(|all| all.formats).map_err(|why| broken!("social.json: {why}"))
}

fn check(format: &Format, sheet: &Sheet) -> Check {
    let id = format!("assets.social.{}.safe", format.id);
    let message = "How far the logo reaches beyond what every device shows.";
    Check::new(id, Severity::Gate, sheet.beyond, Comparison::AtMost, 0.0, "px", message)
}

/// A picture in the making: a ground and paths over it.
struct Sheet {
    width: f64,
    height: f64,
    ground: Rgb,
    fills: Vec<(Rgb, String)>,
    /// How far the logo leaves the safe zone, in pixels.
    beyond: f64,
}

impl Sheet {
    fn lay(format: &Format, brand: &Brand) -> Self {
        let colors = &brand.colors;
        let ground = match format.layout {
            Layout::Avatar | Layout::Tile | Layout::Story => brand.primary,
            Layout::Banner => colors.ground_dark,
            Layout::Post | Layout::Corner => brand.background,
        };
        let (width, height) = (f64::from(format.width), f64::from(format.height));
        let mut sheet = Self { width, height, ground, fills: Vec::new(), beyond: 0.0 };
        let over = match format.layout {
            Layout::Avatar | Layout::Tile | Layout::Story => colors.on_primary,
            Layout::Banner => colors.ink_on_dark,
            Layout::Post | Layout::Corner => colors.ink,
        };
        let color = |role: FillRole| match format.layout {
            Layout::Avatar | Layout::Tile | Layout::Story => over,
            Layout::Banner => Colorway::Reversed.color(role, colors),
            Layout::Post | Layout::Corner => Colorway::Color.color(role, colors),
        };
        let room = sheet.room(format);
        let logo = logo(format.layout, brand, room);
        let lies = sheet.put(&logo, format, room, color);
        if matches!(format.layout, Layout::Banner | Layout::Story) {
            sheet.pattern(&brand.concept.mark, lies, over);
        }
        sheet
    }

    /// The box that the logo may fill.
    fn room(&self, format: &Format) -> Rect {
        let safe = self.safe(format);
        let (width, height) = (safe.width() * format.room, safe.height() * format.room);
        let middle = match format.layout {
            Layout::Corner => Point::new(safe.x1 - width / 2.0, safe.y0 + height / 2.0),
            _ => safe.center(),
        };
        Rect::from_center_size(middle, (width, height))
    }

    fn safe(&self, format: &Format) -> Rect {
        let middle = Point::new(self.width / 2.0, self.height / 2.0);
        match &format.safe {
            Safe::Box([width, height]) => {
                Rect::from_center_size(middle, (f64::from(*width), f64::from(*height)))
            }
            Safe::Named(_) => Rect::from_center_size(middle, (self.width, self.height)),
        }
    }

    /// Behind everything, beside or under the logo, cut by the edge of the picture.
    fn pattern(&mut self, mark: &Drawing, logo: Rect, over: Rgb) {
        let tone = self.ground.mix(over, pattern::TONE);
        if contrast(over, tone) < ON_PATTERN_MIN {
            return;
        }
        let short = self.height.min(self.width);
        let (side, air) = (PATTERN * short, PATTERN_AIR * short);
        let is_wide = self.width > self.height;
        let at = if is_wide {
            Point::new(logo.x1 + air + side / 2.0, self.height * (0.5 + PATTERN_OFF))
        } else {
            Point::new(self.width * (0.5 + PATTERN_OFF), logo.y1 + air + side / 2.0)
        };
        let place = transform::fit(ink(mark), Rect::from_center_size(at, (side, side)));
        let outlines = mark.shapes.iter().filter_map(|shape| path::parse(&shape.path).ok());
        // Cut here, exactly: rasterisers cut curves at the edge of a picture by arithmetic that differs by machine.
        let picture = form::rect(0.0, 0.0, self.width, self.height);
        let cut = outlines.map(|outline| path::write(&combine::intersect(&(place * outline), &picture)));
        let pattern: Vec<(Rgb, String)> = cut.map(|outline| (tone, outline)).collect();
        self.fills.splice(0..0, pattern);
    }

    fn put(&mut self, logo: &Drawing, format: &Format, room: Rect, color: impl Fn(FillRole) -> Rgb) -> Rect {
        let own = ink(logo);
        let place = match format.safe {
            Safe::Named(_) => in_circle(logo, room),
            Safe::Box(_) => transform::fit(own, room),
        };
        let lies = place.transform_rect_bbox(own);
        let safe = self.safe(format);
        let out = [safe.x0 - lies.x0, safe.y0 - lies.y0, lies.x1 - safe.x1, lies.y1 - safe.y1];
        self.beyond = out.into_iter().fold(0.0, f64::max);
        if matches!(format.safe, Safe::Named(_)) {
            self.beyond = (reach_from(logo, place, safe.center(), FLAT) - self.width / 2.0).max(0.0);
        }
        if self.beyond < ROUNDING_PX {
            self.beyond = 0.0;
        }
        self.add(logo, place, color);
        lies
    }

    fn add(&mut self, drawing: &Drawing, place: Affine, color: impl Fn(FillRole) -> Rgb) {
        let shapes = drawing.shapes.iter();
        let outlines = shapes.filter_map(|shape| Some((shape.fill, path::parse(&shape.path).ok()?)));
        self.fills.extend(outlines.map(|(role, outline)| (color(role), path::write(&(place * outline)))));
    }

    fn svg(&self) -> String {
        let (width, height) = (self.width, self.height);
        let mut svg =
            format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\">\n");
        // Writing to a String cannot fail.
        let _ = writeln!(svg, r#"<rect width="{width}" height="{height}" fill="{}"/>"#, self.ground);
        for (color, outline) in &self.fills {
            let _ = writeln!(svg, r#"<path fill="{color}" d="{outline}"/>"#);
        }
        svg.push_str("</svg>\n");
        svg
    }
}

/// The mark for faces, for the rest the lockup that fills its room better.
fn logo(layout: Layout, brand: &Brand, room: Rect) -> Drawing {
    let of = |kind| lockup::compose(&brand.concept, kind);
    match layout {
        Layout::Avatar | Layout::Tile => brand.concept.mark.clone(),
        Layout::Story => of(Lockup::Stacked),
        Layout::Banner | Layout::Post | Layout::Corner => {
            let filled = |logo: &Drawing| {
                let scale = (room.width() / logo.width).min(room.height() / logo.height);
                logo.width * logo.height * scale * scale
            };
            let (beside, under) = (of(Lockup::Horizontal), of(Lockup::Stacked));
            if filled(&under) > filled(&beside) { under } else { beside }
        }
    }
}

/// As large as the circle inside the room lets it be, corners counted.
fn in_circle(drawing: &Drawing, room: Rect) -> Affine {
    let place = transform::fit(ink(drawing), room);
    let far = reach_from(drawing, place, room.center(), FLAT).max(1e-9);
    let shrink = (room.width() / 2.0 * CORNERS / far).min(1.0);
    transform::scale(shrink, room.center()) * place
}

/// A mark may reach this far beyond the circle in its room: the room is a share of the picture's circle.
const CORNERS: f64 = 1.12;

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn formats_are_many_and_sound() {
        let all = formats().unwrap();
        let ids: BTreeSet<&str> = all.iter().map(|format| format.id.as_str()).collect();
        assert!(all.len() >= 24 && ids.len() == all.len());
        for (at, format) in all.iter().enumerate() {
            format.check(&format!("formats[{at}]")).unwrap();
        }
    }
}
