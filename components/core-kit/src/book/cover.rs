//! The cover: the primary colour to the edge, the logo in what reads on it, the mark large behind.

use crate::brand::mix;
use crate::setting::{HEIGHT, MARGIN, Setting, WIDTH};
use core_brand::{Fault, FillRole};
use core_pdf::{Anchor, Area, Page, Part, Role, drawing};

/// The mark behind stands this far from the ground towards the ink.
const TONE: f64 = 0.09;
const TONE_ACCENT: f64 = 0.16;

pub(crate) fn page(setting: &Setting) -> Result<Page, Fault> {
    let brand = setting.brand;
    let ground = brand.swatch("primary")?;
    let ink = brand.design.palette.logo.on_primary;
    let mut page = Page::new(WIDTH, HEIGHT, &setting.say("kit-cover", &[])?);
    page.ground(ground);

    let side = HEIGHT * 1.32;
    let behind = Area::new(WIDTH - side * 0.72, HEIGHT - side * 0.80, side, side);
    let tone = |role: FillRole| mix(ground, ink, if role == FillRole::Accent { TONE_ACCENT } else { TONE });
    page.push(Part::artifact(drawing(&brand.logo().mark, behind, Anchor::CENTER, &tone)?));

    let corner = Area::new(MARGIN, MARGIN, 300.0, 74.0);
    page.push(setting.figure(setting.best(corner), corner, Anchor::TOP_LEFT, &|_| ink)?);

    let words = Area::new(MARGIN, HEIGHT - MARGIN, 420.0, 0.0);
    // An industry in words of a person's own may be in a script that the faces lack.
    let kinds = [brand.design.industry.name.as_str(), brand.design.style.name.as_str()];
    let kinds: Vec<&str> =
        kinds.into_iter().filter(|kind| setting.fonts.covers(setting.text, kind)).collect();
    let kind = kinds.join(" \u{b7} ");
    let small = setting.body().color(ink).size(10.0);
    let title = setting.say("kit-book", &[])?;
    let large = setting.title().size(46.0).leading(1.02).color(ink).tracking(setting.tracking("display"));
    let large = setting.unbroken(&title, &large, words.width);
    let base = HEIGHT - MARGIN;
    let cap = setting.fonts.cap_height(&small);
    let top = base - cap - 26.0 - setting.height(&title, &large, words.width);
    page.text(Role::Heading(1), &setting.fonts, &title, &large, Area { y: top, ..words });
    page.text(Role::Paragraph, &setting.fonts, &kind, &small, Area { y: base - cap, ..words });
    Ok(page)
}
