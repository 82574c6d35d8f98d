//! The signature of mails: a table with its styles inside, as mail programs keep it, and the same as plain text.
//!
//! Text takes the colour that the reader's program gives it, and the picture brings its own ground, so that both read
//! on light and on dark. Addresses are plain words: every program makes links of them, and nobody forgets to change one.

use crate::brand::Brand;
use crate::setting::Setting;
use crate::stationery::Words;
use core_brand::check::{Check, Comparison, Severity};
use core_brand::{Complexity, Document, Fault, FillRole, Rgb, Studio, Task};
use core_color::contrast;
use core_pdf::{Anchor, Area, Page, Part, drawing, rounded, svg};
use core_vector::svg::escape;
use std::fmt::Write;

pub(crate) const TASK: &str = "email";
pub(crate) const HTML: &str = "email/signature.html";
const TEXT: &str = "email/signature.txt";
const PICTURE: &str = "email/mark.png";

/// The side of the picture as it is shown, in CSS pixels, and how many more pixels it has for dense screens.
const SIDE: u32 = 64;
const DENSE: u32 = 3;
/// The mark on its tile, and the tile's corners, in parts of the side.
const ROOM: f64 = 0.6;
const CORNER: f64 = 0.225;
/// Paper white, and the dark ground of the usual mail programs.
const GROUNDS: [Rgb; 2] = [Rgb::WHITE, Rgb::new(0x1f, 0x1f, 0x1f)];
/// Every answer repeats a signature, so that a thread of ten carries ten of them (practice).
const BYTES_MAX: f64 = 8_000.0;

/// The task of a kit of this size; none where it holds no signature.
pub(crate) fn task(complexity: Complexity, inputs: Vec<Document>) -> Result<Option<Task>, Fault> {
    match complexity {
        Complexity::Simple => Ok(None),
        Complexity::Medium | Complexity::Complex => Task::new(TASK, TASK, &(), inputs).map(Some),
    }
}

pub(crate) fn build(task: &Task, studio: &dyn Studio) -> Result<Vec<Document>, Fault> {
    let brand = Brand::read(&task.inputs, studio)?;
    let words = Words::of(&brand)?;
    let page = html(&brand, &words)?;
    let side = SIDE * DENSE;
    let picture = studio.picture(&tile(&brand, studio)?, side)?;
    let check = Check::new(
        "email.signature.bytes",
        Severity::Gate,
        page.len() as f64,
        Comparison::AtMost,
        BYTES_MAX,
        "bytes",
        "The signature, which every answer repeats.",
    );
    Ok(vec![
        Document::file(HTML, "text/html", page.into_bytes()),
        Document::file(TEXT, "text/plain", plain(&brand, &words)?.into_bytes()),
        Document::file(PICTURE, "image/png", picture).with_pixels(side, side),
        Document::working("checks-email.json", &[check])?,
    ])
}

/// The mark on a tile of the primary colour.
fn tile(brand: &Brand, studio: &dyn Studio) -> Result<String, Fault> {
    let side = f64::from(SIDE);
    let area = Area::new(0.0, 0.0, side, side);
    let ink: Rgb = brand.design.palette.logo.on_primary;
    let mut page = Page::new(side, side, brand.name());
    page.push(Part::artifact(vec![rounded(area, side * CORNER, brand.swatch("primary")?)]));
    let room = area.inset(side * (1.0 - ROOM) / 2.0);
    page.push(Part::artifact(drawing(&brand.logo().mark, room, Anchor::CENTER, &|_: FillRole| ink)?));
    Ok(svg(&page, &Setting::new(brand, studio)?.fonts, brand.name()))
}

/// One table in one cell after another: what the oldest mail programs lay out right.
fn html(brand: &Brand, words: &Words) -> Result<String, Fault> {
    let say = |key: &str| brand.say(key).map(|text| escape(&text));
    let of = |field: &str| words.get(field).map(escape);
    let (name, language) = (escape(brand.name()), &brand.order.brief.language);
    let direction = if brand.logo().right_to_left { "rtl" } else { "ltr" };
    let rule = rule(brand)?;
    let family = family(brand);
    let line = |text: &str, size: u32, weight: u32, above: u32| {
        let height = size + 7;
        format!(
            "<p style=\"margin:{above}px 0 0 0;font-family:{family};font-size:{size}px;line-height:{height}px;font-weight:{weight}\">{text}</p>\n"
        )
    };
    let mut page = format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{}: {name}</title>\n\
         <style>:root{{color-scheme:light dark}}</style>\n</head>\n<body style=\"margin:24px\">\n<!-- {} -->\n",
        say("mail-signature")?,
        say("mail-how")?.replace("--", "\u{2013}"),
    );
    // Writing to a String cannot fail.
    let _ = write!(
        page,
        "<table role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"border-collapse:collapse\">\n<tr>\n\
         <td width=\"{SIDE}\" valign=\"top\" style=\"padding:4px 16px 4px 0\"><img src=\"mark.png\" width=\"{SIDE}\" height=\"{SIDE}\" \
         alt=\"{name}\" style=\"display:block;border:0;width:{SIDE}px;height:{SIDE}px\"></td>\n\
         <td valign=\"top\" style=\"padding:2px 0 2px 16px;border-left:2px solid {rule}\">\n"
    );
    let company = format!("{} \u{b7} <span dir=\"{direction}\">{name}</span>", of("role")?);
    page.push_str(&line(&of("person")?, 16, 700, 0));
    page.push_str(&line(&company, 13, 400, 0));
    page.push_str(&line(&format!("{}<br>{}<br>{}", of("phone")?, of("mail")?, of("web")?), 13, 400, 8));
    page.push_str(&line(&format!("{}, {}", of("street")?, of("city")?), 12, 400, 8));
    page.push_str("</td>\n</tr>\n</table>\n</body>\n</html>\n");
    Ok(page)
}

/// The step of the primary scale that is seen best on light and on dark grounds at once.
fn rule(brand: &Brand) -> Result<Rgb, Fault> {
    let primary = brand.swatch("primary")?;
    let seen =
        |color: &Rgb| GROUNDS.map(|ground| contrast(*color, ground)).into_iter().fold(f64::MAX, f64::min);
    let scales = brand.design.palette.scales.iter().filter(|scale| scale.id == "primary");
    let steps = scales.flat_map(|scale| scale.steps.iter().map(|step| step.rgb));
    Ok(steps.max_by(|one, other| seen(one).total_cmp(&seen(other))).unwrap_or(primary))
}

/// The text face, where the reader has it, then what every system has of its kind.
fn family(brand: &Brand) -> String {
    let choice = &brand.design.typography.text;
    let others = match choice.class.as_str() {
        "mono" => "Consolas,Menlo,monospace",
        "slab" | "old-style" | "transitional" | "didone" => "Georgia,'Times New Roman',serif",
        _ => "'Segoe UI',Helvetica,Arial,sans-serif",
    };
    format!("'{}',{others}", choice.key.family)
}

/// Below the two hyphens and the blank by which mail programs know a signature (RFC 3676).
fn plain(brand: &Brand, words: &Words) -> Result<String, Fault> {
    let of = |field: &str| words.get(field);
    Ok(format!(
        "-- \n{}\n{} \u{b7} {}\n{}\n{}\n{}\n{}, {}\n",
        of("person")?,
        of("role")?,
        brand.name(),
        of("phone")?,
        of("mail")?,
        of("web")?,
        of("street")?,
        of("city")?
    ))
}
