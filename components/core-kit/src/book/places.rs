//! Website, app icon, shop sign and bag, drawn with the real outlines of the logo.

use super::grounds::version;
use super::scene::{Scene, standing, step};
use crate::brand::mix;
use crate::setting::{GUTTER, Setting};
use core_brand::{Drawing, Fault, Rgb};
use core_pdf::{Align, Anchor, Area, Page, drawing, rectangle, rounded};
use core_vector::colorway::Colorway;
use core_vector::form::{self, Cap};
use core_vector::lockup::Lockup;
use kurbo::Point;

/// The height of the upper row.
const UPPER: f64 = 250.0;

pub(crate) fn page(setting: &Setting) -> Result<Page, Fault> {
    let title = setting.say("kit-places", &[])?;
    let intro = setting.say("kit-places-intro", &[])?;
    let (mut page, stage) = setting.chapter(&setting.light, &title, &intro);
    let upper = Area { height: UPPER, ..stage };
    let y = upper.bottom() + GUTTER;
    let lower = Area { y, height: stage.bottom() - y, ..stage };
    site(setting, &mut page, upper.columns(0, 6, 9, GUTTER))?;
    app(setting, &mut page, upper.columns(6, 3, 9, GUTTER))?;
    sign(setting, &mut page, lower.columns(0, 5, 9, GUTTER))?;
    bag(setting, &mut page, lower.columns(5, 4, 9, GUTTER))?;
    Ok(page)
}

/// A window with the head of a page: logo, three words, a button, a headline, the mark cut large.
fn site(setting: &Setting, page: &mut Page, cell: Area) -> Result<(), Fault> {
    let mut scene = Scene::new(setting, cell, step(setting, "neutral", 200));
    let window = scene.area.inset(22.0);
    scene.sheet(window, 5.0, Rgb::WHITE);
    let bar = mix(Rgb::WHITE, setting.light.text, 0.1);
    scene.shape(standing(Area { height: 13.0, ..window }, 5.0), bar);
    for index in 0..3 {
        let center = Point::new(window.x + 9.0 + 7.5 * f64::from(index), window.y + 6.5);
        scene.shape(form::circle(center, 2.0), mix(Rgb::WHITE, setting.light.text, 0.3));
    }
    let view = Area { y: window.y + 13.0, height: window.height - 13.0, ..window };
    navigation(
        setting,
        &mut scene,
        Area { x: view.x + 14.0, width: view.width - 28.0, height: 32.0, ..view },
    )?;
    let hero = Area { y: view.y + 32.0, height: view.height - 32.0, ..view };
    headline(setting, &mut scene, hero)?;
    scene.finish(page, "kit-scene-site")
}

fn navigation(setting: &Setting, scene: &mut Scene, bar: Area) -> Result<(), Fault> {
    let place = Area { y: bar.y + 7.0, height: bar.height - 14.0, width: 118.0, ..bar };
    scene.logo(setting.lockup(Lockup::Horizontal), place, Anchor::LEFT, Colorway::Color)?;
    let mut right = bar.right();
    for key in ["kit-sample-contact", "kit-sample-about", "kit-sample-offer"] {
        let word = setting.say(key, &[])?;
        let style = setting.label().size(6.0);
        let width = setting.fonts.width(&word, &style);
        let y = bar.y + (bar.height - setting.fonts.cap_height(&style)) / 2.0;
        scene.text(&word, &style, Area::new(right - width, y, width + 2.0, 0.0));
        right -= width + 12.0;
    }
    Ok(())
}

fn headline(setting: &Setting, scene: &mut Scene, hero: Area) -> Result<(), Fault> {
    let ground = step(setting, "primary", 100);
    scene.push(rectangle(Area { height: hero.height - 4.0, ..hero }, ground));
    let half =
        Area { x: hero.x + hero.width * 0.56, width: hero.width * 0.44, height: hero.height - 4.0, ..hero };
    let side = half.height * 1.5;
    let large = Area::new(half.x + half.width * 0.16, half.y - side * 0.1, side, side);
    let deep = setting.brand.swatch("primary")?;
    let mark = &setting.brand.logo().mark;
    for node in drawing(mark, large, Anchor::CENTER, &|_| deep)? {
        if let core_pdf::Node::Fill(fill) = node {
            scene.cut(&fill.path, half, fill.color);
        }
    }
    let words = Area { x: hero.x + 14.0, width: hero.width * 0.5 - 14.0, y: hero.y + 26.0, ..hero };
    let said = setting.say("kit-sample-display", &[])?;
    let style = setting.title().size(23.0).leading(1.06);
    let style = setting.unbroken(&said, &style, words.width);
    scene.text(&said, &style, words);
    let y = words.y + setting.height(&said, &style, words.width) + 13.0;
    scene.words(Area { y, ..words }, 7.0, &[0.9, 0.62], mix(ground, setting.light.text, 0.35));
    let more = setting.say("kit-sample-more", &[])?;
    let style =
        setting.label().size(6.4).color(setting.brand.role("light", "on-primary")?).align(Align::Center);
    let width = setting.fonts.width(&more, &style) + 20.0;
    let button = Area::new(words.x, y + 24.0, width, 17.0);
    scene.push(rounded(button, 4.0, setting.brand.role("light", "primary")?));
    let y = button.y + (button.height - setting.fonts.cap_height(&style)) / 2.0;
    scene.text(&more, &style, Area { y, ..button });
    Ok(())
}

/// A telephone with the icon among others.
fn app(setting: &Setting, page: &mut Page, cell: Area) -> Result<(), Fault> {
    let ground = step(setting, "secondary", 200);
    let mut scene = Scene::new(setting, cell, ground);
    let tile = scene.area;
    let width = tile.width * 0.62;
    let top = tile.y + 24.0;
    let body = Area::new(tile.x + (tile.width - width) / 2.0, top, width, tile.bottom() - top);
    scene.shape(standing(Area { x: body.x + 2.0, ..body }, 15.0), mix(ground, Rgb::BLACK, 0.13));
    scene.shape(standing(body, 15.0), Rgb::new(24, 24, 26));
    let screen =
        Area { x: body.x + 4.0, y: body.y + 4.0, width: body.width - 8.0, height: body.height - 4.0 };
    let paper = step(setting, "neutral", 50);
    scene.shape(standing(screen, 11.5), paper);
    let pill = Area::new(screen.x + screen.width * 0.35, screen.y + 6.0, screen.width * 0.3, 5.0);
    scene.push(rounded(pill, 2.5, Rgb::new(24, 24, 26)));
    let icons = Area { x: screen.x + 11.0, y: screen.y + 24.0, width: screen.width - 22.0, height: 0.0 };
    let side = (icons.width - 2.0 * 9.0) / 3.0;
    let other = mix(paper, setting.light.text, 0.1);
    for index in 0..12_u32 {
        let (row, column) = (index / 3, index % 3);
        let place = Area::new(
            icons.x + f64::from(column) * (side + 9.0),
            icons.y + f64::from(row) * (side + 15.0),
            side,
            side,
        );
        if place.bottom() > screen.bottom() - 6.0 {
            break;
        }
        let is_ours = index == 4;
        scene.push(rounded(
            place,
            side * 0.24,
            if is_ours { setting.brand.swatch("primary")? } else { other },
        ));
        if is_ours {
            let concept = setting.brand.logo();
            let ink = setting.brand.design.palette.logo.on_primary;
            scene.plain(
                concept.small.as_ref().unwrap_or(&concept.mark),
                place.inset(side * 0.2),
                Anchor::CENTER,
                ink,
            )?;
        }
        let below = Area::new(place.x + side * 0.2, place.bottom() + 4.5, side * 0.6, 0.0);
        scene.words(below, 6.0, &[1.0], if is_ours { setting.light.text } else { other });
    }
    scene.finish(page, "kit-scene-app")
}

/// A shop front: board, window, door, and a round sign in the street.
fn sign(setting: &Setting, page: &mut Page, cell: Area) -> Result<(), Fault> {
    let wall = step(setting, "neutral", 100);
    let mut scene = Scene::new(setting, cell, wall);
    let tile = scene.area;
    let dark = setting.brand.design.palette.logo.ground_dark;
    let street = tile.bottom() - 10.0;
    let shop = Area::new(tile.x + 22.0, tile.y + 24.0, tile.width * 0.72, street - tile.y - 24.0);
    scene.push(rectangle(shop, mix(wall, setting.light.text, 0.08)));
    let board = Area { height: 58.0, ..shop };
    scene.sheet(Area { x: board.x - 6.0, width: board.width + 12.0, ..board }, 1.0, dark);
    let inner =
        Area { x: board.x + 20.0, y: board.y + 13.0, width: board.width - 40.0, height: board.height - 26.0 };
    scene.logo(setting.lockup(Lockup::Horizontal), inner, Anchor::CENTER, Colorway::Reversed)?;
    let front = Area { y: board.bottom() + 12.0, height: street - board.bottom() - 12.0, ..shop };
    let glass = step(setting, "primary", 100);
    let frame = mix(dark, Rgb::WHITE, 0.06);
    let pane = Area { x: front.x + 12.0, width: front.width * 0.6, height: front.height - 20.0, ..front };
    let door = Area { x: pane.right() + 12.0, width: front.right() - pane.right() - 24.0, ..front };
    for opening in [pane, door] {
        scene.push(rectangle(opening, frame));
        scene.push(rectangle(opening.inset(3.0), glass));
        let light = [
            Point::new(opening.x + opening.width * 0.62, opening.y),
            Point::new(opening.x + opening.width * 0.84, opening.y),
            Point::new(opening.x + opening.width * 0.38, opening.bottom()),
            Point::new(opening.x + opening.width * 0.16, opening.bottom()),
        ];
        scene.cut(&form::polygon(&light), opening.inset(3.0), mix(glass, Rgb::WHITE, 0.55));
    }
    // The mark on the door, as a sticker.
    let mark = setting.lockup(Lockup::Mark);
    let sticker = Area::new(door.x, door.y + 14.0, door.width, 22.0);
    scene.plain(mark, sticker, Anchor::CENTER, setting.light.text)?;
    round_sign(setting, &mut scene, Point::new(shop.right() + 33.0, shop.y + 40.0), mark)?;
    scene.push(rectangle(Area::new(tile.x, street, tile.width, 10.0), mix(wall, setting.light.text, 0.26)));
    scene.finish(page, "kit-scene-sign")
}

/// A disc that hangs from an arm.
fn round_sign(setting: &Setting, scene: &mut Scene, center: Point, mark: &Drawing) -> Result<(), Fault> {
    let iron = Rgb::new(40, 40, 42);
    let arm = Area::new(center.x - 28.0, center.y - 32.0, 40.0, 2.0);
    scene.push(rectangle(arm, iron));
    scene.push(rectangle(Area::new(center.x - 0.8, arm.y, 1.6, 12.0), iron));
    scene.shape(
        form::circle(Point::new(center.x + 2.0, center.y + 2.5), 22.0),
        mix(scene.ground, Rgb::BLACK, 0.13),
    );
    scene.shape(form::circle(center, 22.0), setting.brand.swatch("primary")?);
    let place = Area::new(center.x - 12.5, center.y - 12.5, 25.0, 25.0);
    scene.plain(mark, place, Anchor::CENTER, setting.brand.design.palette.logo.on_primary)
}

/// A cloth bag with two handles.
fn bag(setting: &Setting, page: &mut Page, cell: Area) -> Result<(), Fault> {
    let ground = step(setting, "accent", 100);
    let mut scene = Scene::new(setting, cell, ground);
    let tile = scene.area;
    let paper = setting.brand.swatch("paper")?;
    let (width, height) = (tile.height * 0.66, tile.height * 0.66);
    let body = Area::new(tile.x + (tile.width - width) / 2.0, tile.bottom() - height - 16.0, width, height);
    let cloth = |spread: f64, drop: f64| {
        let lower = body.width * 0.04;
        form::rounded_corners(&[
            (Point::new(body.x + spread, body.y + drop), 2.0),
            (Point::new(body.right() + spread, body.y + drop), 2.0),
            (Point::new(body.right() + lower + spread, body.bottom() + drop), 5.0),
            (Point::new(body.x - lower + spread, body.bottom() + drop), 5.0),
        ])
    };
    let strap = mix(paper, setting.light.text, 0.16);
    let middle = Point::new(body.x + body.width / 2.0, body.y + 3.0);
    let behind = Point::new(middle.x, middle.y - 5.0);
    scene.shape(
        form::arc_band(behind, body.width * 0.21, 5.0, 180.0, 360.0, Cap::Flat),
        mix(strap, Rgb::BLACK, 0.12),
    );
    scene.shape(cloth(3.0, 4.0), mix(ground, Rgb::BLACK, 0.13));
    scene.shape(cloth(0.0, 0.0), paper);
    scene.push(rectangle(Area::new(body.x, body.y + 9.0, body.width, 0.5), strap));
    scene.shape(form::arc_band(middle, body.width * 0.24, 5.0, 180.0, 360.0, Cap::Flat), strap);
    for side in [-1.0, 1.0] {
        let x = middle.x + side * body.width * 0.24 - 2.5;
        scene.push(rectangle(Area::new(x, middle.y - 0.2, 5.0, 17.0), strap));
    }
    let place = Area::new(
        body.x + body.width * 0.18,
        body.y + body.height * 0.3,
        body.width * 0.64,
        body.height * 0.5,
    );
    let (colorway, _) = version(setting, paper);
    scene.logo(setting.logo_for(place), place, Anchor::CENTER, colorway)?;
    scene.finish(page, "kit-scene-bag")
}
