//! Letterhead, business card and envelope, drawn with the real outlines of the logo.

use super::grounds::version;
use super::scene::{Scene, step};
use crate::brand::mix;
use crate::setting::{GUTTER, Setting};
use core_brand::{Fault, Rgb};
use core_pdf::{Anchor, Area, Page, rectangle};
use core_vector::colorway::Colorway;
use core_vector::form::{self, Cap};
use core_vector::lockup::Lockup;
use kurbo::Point;

/// Sheets keep the proportions of their formats: A4, a card of 85 by 55 mm, an envelope of 220 by 110 mm.
const LETTER: (f64, f64) = (210.0, 297.0);
const CARD: (f64, f64) = (85.0, 55.0);
const ENVELOPE: (f64, f64) = (220.0, 110.0);

pub(crate) fn page(setting: &Setting) -> Result<Page, Fault> {
    let title = setting.say("kit-stationery", &[])?;
    let intro = setting.say("kit-stationery-intro", &[])?;
    let (mut page, stage) = setting.chapter(&setting.light, &title, &intro);
    let right = stage.columns(5, 4, 9, GUTTER);
    letter(setting, &mut page, stage.columns(0, 5, 9, GUTTER))?;
    card(setting, &mut page, right.rows(0, 1, 2, GUTTER))?;
    envelope(setting, &mut page, right.rows(1, 1, 2, GUTTER))?;
    Ok(page)
}

/// The colour of lines that stand for words on white.
fn grey(setting: &Setting) -> Rgb {
    mix(Rgb::WHITE, setting.light.text, 0.2)
}

fn letter(setting: &Setting, page: &mut Page, cell: Area) -> Result<(), Fault> {
    let mut scene = Scene::new(setting, cell, step(setting, "primary", 100));
    let sheet = scene.area.inset(24.0).fit(LETTER.0, LETTER.1, Anchor::CENTER);
    scene.sheet(sheet, 1.0, Rgb::WHITE);
    let unit = sheet.width / LETTER.0;
    // 20 mm at the left, the logo in the upper margin.
    let left = sheet.x + 20.0 * unit;
    let head = Area::new(left, sheet.y + 16.0 * unit, 80.0 * unit, 17.0 * unit);
    scene.logo(setting.logo_for(head), head, Anchor::TOP_LEFT, Colorway::Color)?;
    let line = grey(setting);
    let at = |y: f64, width: f64| Area::new(left, sheet.y + y * unit, width * unit, 0.0);
    scene.words(at(56.0, 60.0), 5.0 * unit, &[0.7, 1.0, 0.82], line);
    scene.words(at(98.0, 90.0), 5.0 * unit, &[0.8], setting.light.text);
    scene.words(at(112.0, 165.0), 6.0 * unit, &[1.0, 0.94, 0.98, 0.9, 0.42], line);
    scene.words(at(148.0, 165.0), 6.0 * unit, &[0.96, 1.0, 0.92, 0.97, 0.99, 0.6], line);
    scene.words(at(190.0, 165.0), 6.0 * unit, &[0.95, 0.9, 0.3], line);
    scene.words(at(222.0, 60.0), 6.0 * unit, &[0.6], setting.light.text);
    let foot = at(272.0, 165.0);
    scene.push(rectangle(Area { height: 0.6, ..foot }, setting.brand.swatch("primary")?));
    for column in 0..3 {
        let part = Area { y: foot.y + 5.0 * unit, ..foot }.columns(column, 1, 3, 8.0 * unit);
        scene.words(part, 4.2 * unit, &[0.8, 0.55], line);
    }
    scene.finish(page, "kit-scene-letter")
}

/// Front and back, one over the other.
fn card(setting: &Setting, page: &mut Page, cell: Area) -> Result<(), Fault> {
    let mut scene = Scene::new(setting, cell, step(setting, "neutral", 200));
    let both = scene.area.inset(16.0);
    let size = Area { width: both.width * 0.66, ..both }.fit(CARD.0, CARD.1, Anchor::TOP_LEFT);
    let size = if size.height > both.height * 0.76 {
        Area { height: both.height * 0.76, ..size }.fit(CARD.0, CARD.1, Anchor::TOP_LEFT)
    } else {
        size
    };
    let unit = size.width / CARD.0;
    let ground = setting.brand.swatch("primary")?;
    let back = Area { x: both.right() - size.width, y: both.y, ..size };
    scene.sheet(back, 1.0, ground);
    let at = Area::new(back.right() - 40.0 * unit, back.y + 7.0 * unit, 30.0 * unit, 24.0 * unit);
    scene.plain(
        setting.lockup(Lockup::Mark),
        at,
        Anchor::CENTER,
        setting.brand.design.palette.logo.on_primary,
    )?;
    let front = Area { x: both.x, y: both.bottom() - size.height, ..size };
    scene.sheet(front, 1.0, Rgb::WHITE);
    let head = Area::new(front.x + 7.0 * unit, front.y + 7.0 * unit, 46.0 * unit, 13.0 * unit);
    scene.logo(setting.logo_for(head), head, Anchor::TOP_LEFT, Colorway::Color)?;
    let words = Area::new(front.x + 7.0 * unit, front.y + 29.0 * unit, 60.0 * unit, 0.0);
    let person = setting.say("kit-sample-person", &[])?;
    let style = setting.on_one_line(&person, &setting.label().size(6.4), words.width);
    scene.text(&person, &style, words);
    let post = setting.say("kit-sample-post", &[])?;
    let style = setting.on_one_line(&post, &setting.caption().size(5.4), words.width);
    scene.text(&post, &style, Area { y: words.y + 4.8 * unit + 2.0, ..words });
    let lines = Area { y: front.y + 42.0 * unit, width: 40.0 * unit, ..words };
    scene.words(lines, 3.2 * unit, &[0.7, 0.9], grey(setting));
    scene.finish(page, "kit-scene-card")
}

fn envelope(setting: &Setting, page: &mut Page, cell: Area) -> Result<(), Fault> {
    let mut scene = Scene::new(setting, cell, step(setting, "secondary", 100));
    let sheet = scene.area.inset(20.0).fit(ENVELOPE.0, ENVELOPE.1, Anchor::CENTER);
    let paper = setting.brand.swatch("paper")?;
    scene.sheet(sheet, 1.0, paper);
    let unit = sheet.width / ENVELOPE.0;
    // The flap behind: two lines that meet.
    let line = mix(paper, setting.light.text, 0.12);
    let tip = Point::new(sheet.x + sheet.width / 2.0, sheet.y + 7.0 * unit);
    for corner in [Point::new(sheet.x, sheet.y), Point::new(sheet.right(), sheet.y)] {
        scene.cut(&form::bar(corner, tip, 0.6, Cap::Flat), sheet, line);
    }
    let (colorway, _) = version(setting, paper);
    let head = Area::new(sheet.x + 14.0 * unit, sheet.y + 16.0 * unit, 66.0 * unit, 17.0 * unit);
    scene.logo(setting.logo_for(head), head, Anchor::TOP_LEFT, colorway)?;
    let stamp = Area::new(sheet.right() - 32.0 * unit, sheet.y + 14.0 * unit, 19.0 * unit, 24.0 * unit);
    scene.push(rectangle(stamp, setting.brand.swatch("accent")?));
    let ink = super::color::on(setting, setting.brand.swatch("accent")?);
    scene.plain(setting.lockup(Lockup::Mark), stamp.inset(4.0 * unit), Anchor::CENTER, ink)?;
    let words = Area::new(sheet.x + 112.0 * unit, sheet.y + 60.0 * unit, 74.0 * unit, 0.0);
    scene.words(words, 8.0 * unit, &[0.62, 0.9, 0.76], mix(paper, setting.light.text, 0.3));
    scene.finish(page, "kit-scene-envelope")
}
