//! A contact sheet for the eye: every concept of some briefs, large, small, reversed. For developers; it reads the
//! fonts from the cache that the set-up fills.
//!
//! `cargo run -p core-logo --example sheet -- "Northwind Coffee/coffee" "Volt/energy/bold" > sheet.svg`

use core_brand::brief::{Order, RawBrief};
use core_brand::{BlobRef, Concept, Drawing, Fault, FontKey, Studio, broken};
use core_logo::{concept, plan};
use core_vector::{Colorway, Lockup, lockup};
use std::fmt::Write;

struct Disk;

impl Studio for Disk {
    fn blob(&self, _content: &BlobRef) -> Result<Vec<u8>, Fault> {
        Err(broken!("there are no blobs here"))
    }

    fn font(&self, key: &FontKey) -> Result<Vec<u8>, Fault> {
        let family = core_typography::family(&key.family).ok_or_else(|| broken!("no family {key}"))?;
        let file = core_typography::font_file(key).ok_or_else(|| broken!("no font {key}"))?;
        let home = std::env::var("HOME").unwrap_or_default();
        let cache = std::env::var("IMPRINT_CACHE").unwrap_or_else(|_| format!("{home}/.cache/imprint"));
        let path = format!("{cache}/fonts/node_modules/{}/{}", family.package, file.path);
        std::fs::read(&path).map_err(|why| broken!("{path}: {why}"))
    }

    fn picture(&self, _svg: &str, _width: u32) -> Result<Vec<u8>, Fault> {
        Err(broken!("there are no pictures here"))
    }
}

fn main() -> Result<(), Fault> {
    let mut body = String::new();
    let mut y = 0.0;
    for brief in std::env::args().skip(1) {
        y = sheet(&mut body, &brief, y)?;
    }
    println!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="1640" height="{y}"><rect width="1640" height="{y}" fill="white"/>{body}</svg>"#
    );
    Ok(())
}

/// One brief: `name/industry/style/seed/concepts`, the last three optional.
fn sheet(body: &mut String, brief: &str, mut y: f64) -> Result<f64, Fault> {
    let mut parts = brief.split('/').map(str::to_owned);
    let raw = RawBrief {
        company_name: parts.next().unwrap_or_default(),
        industry: parts.next().unwrap_or_default(),
        style: parts.next(),
        ..RawBrief::default()
    };
    let seed = parts.next().and_then(|seed| seed.parse().ok());
    let order = Order::new(&raw, seed, parts.next().and_then(|count| count.parse().ok()).or(Some(10)))?;
    let design = core_design::decide(&order)?;
    let colors = &design.palette.logo;
    for wish in plan::wishes(&order, &design, &Disk)? {
        let began = std::time::Instant::now();
        let concept = concept::draw(&order, &design, &wish, &Disk)?;
        let ms = began.elapsed().as_millis();
        let column = f64::from((wish.rank - 1) % 2);
        let left = column * 820.0;
        let mut put = |drawing: &Drawing, colorway: Colorway, x: f64, dy: f64, width: f64, height: f64| {
            if let Some(ground) = colorway.ground(colors) {
                let (x, y) = (left + x - 8.0, y + dy - 8.0);
                let _ = write!(
                    body,
                    r#"<rect x="{x}" y="{y}" width="{}" height="{}" fill="{ground}"/>"#,
                    width + 16.0,
                    height + 16.0
                );
            }
            let scale = (width / drawing.width).min(height / drawing.height);
            let dx = (width - drawing.width * scale) / 2.0;
            let dy2 = (height - drawing.height * scale) / 2.0;
            let _ = write!(
                body,
                r#"<g transform="translate({} {}) scale({scale})">"#,
                left + x + dx,
                y + dy + dy2
            );
            for shape in &drawing.shapes {
                let _ = write!(
                    body,
                    r#"<path fill="{}" d="{}"/>"#,
                    colorway.color(shape.fill, colors),
                    shape.path
                );
            }
            body.push_str("</g>");
        };
        let horizontal = lockup::compose(&concept, Lockup::Horizontal);
        let stacked = lockup::compose(&concept, Lockup::Stacked);
        put(&concept.mark, Colorway::Color, 10.0, 10.0, 130.0, 130.0);
        put(&horizontal, Colorway::Color, 165.0, 40.0, 230.0, 70.0);
        put(&stacked, Colorway::Reversed, 425.0, 18.0, 130.0, 114.0);
        put(&horizontal, Colorway::Black, 590.0, 12.0, 200.0, 56.0);
        put(&concept.mark, Colorway::Black, 590.0, 80.0, 64.0, 64.0);
        put(&concept.mark, Colorway::Color, 670.0, 84.0, 32.0, 32.0);
        put(&concept.mark, Colorway::Color, 715.0, 84.0, 16.0, 16.0);
        put(&concept.mark, Colorway::White, 750.0, 90.0, 32.0, 32.0);
        label(body, &concept, left + 165.0, y + 128.0, ms);
        if column > 0.0 || wish.rank == order.concepts {
            y += 160.0;
        }
    }
    Ok(y + 14.0)
}

fn label(body: &mut String, concept: &Concept, x: f64, y: f64, ms: u128) {
    let text = format!("{} · {} px · {ms} ms · {}", concept.id, concept.mark_px_min, concept.idea);
    let _ = write!(
        body,
        r##"<text x="{x}" y="{y}" font-size="7" fill="#888">{}</text>"##,
        core_vector::svg::escape(&text)
    );
}
