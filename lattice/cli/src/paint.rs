//! `imprint prompts` and `imprint trace`: what a painter is told, and what becomes of the picture it painted.

use crate::args::{Prompts, Trace};
use crate::engine;
use crate::say::print;
use crate::show::json;
use core_brand::brief::{CONCEPTS_MAX, CONCEPTS_MIN, Order};
use core_brand::fault::Code;
use core_brand::{Check, Design, Drawing, Fault, FillRole, Rgb};
use core_logo::prompt;
use core_trace::{BYTES_MAX, Fill, Traced};
use core_vector::svg::{self, Frame};
use std::fmt::Write;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// The name of the mark's file where none is given.
const OUT: &str = "svg";

pub(crate) fn prompts(asked: &Prompts) -> Result<(), Fault> {
    let count = asked.concepts.unwrap_or(core_brand::brief::CONCEPTS_DEFAULT);
    if !(CONCEPTS_MIN..=CONCEPTS_MAX).contains(&count) {
        let bounds = [("count", count), ("min", CONCEPTS_MIN), ("max", CONCEPTS_MAX)];
        return Err(Fault::new(Code::ConceptsRange, bounds.map(|(name, value)| (name, value.to_string()))));
    }
    let (order, design) = engine::design(&asked.wish)?;
    let prompts = prompt::prompts(&Order { concepts: count, ..order }, &design)?;
    if asked.json {
        return json(&prompts);
    }
    print(&sheet(&prompts, &design));
    Ok(())
}

/// As a person reads it.
fn sheet(prompts: &prompt::Prompts, design: &Design) -> String {
    let mut text = String::new();
    for one in &prompts.requests {
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "{}  {} by {}, seed {}, {} steps, guidance {}",
            one.id, one.width, one.height, one.seed, one.steps, one.guidance
        );
        let _ = writeln!(text, "  {}", one.prompt);
        let _ = writeln!(text, "  not: {}\n", one.negative);
    }
    let logo = &design.palette.logo;
    let _ = writeln!(
        text,
        "The colours meant are {} and {}. `imprint trace` makes a mark of what was painted.",
        logo.mark, logo.accent
    );
    text
}

pub(crate) fn trace(asked: &Trace) -> Result<(), Fault> {
    let traced = core_trace::trace(&read(&asked.picture)?, asked.colors)?;
    let out = asked.out.clone().unwrap_or_else(|| asked.picture.with_extension(OUT));
    if let Traced::Vector { drawing, fills, .. } = &traced {
        let title = asked.picture.file_stem().unwrap_or_default().to_string_lossy();
        let file = written(drawing, fills, &title);
        std::fs::write(&out, file).map_err(|why| fault(Code::PictureUnwritable, &out, &why.to_string()))?;
    }
    if asked.json {
        return json(&traced);
    }
    match &traced {
        Traced::Vector { fills, checks, .. } => print(&made(&out, fills, checks)),
        Traced::Picture { why, .. } => print(&kept(&asked.picture, why)),
    }
    Ok(())
}

/// At most one byte more than is read anyway.
fn read(path: &Path) -> Result<Vec<u8>, Fault> {
    let missing = |why: std::io::Error| fault(Code::PictureMissing, path, &why.to_string());
    let (mut bytes, file) = (Vec::new(), File::open(path).map_err(missing)?);
    file.take(BYTES_MAX as u64 + 1).read_to_end(&mut bytes).map_err(missing)?;
    Ok(bytes)
}

fn fault(code: Code, path: &Path, why: &str) -> Fault {
    Fault::new(code, [("path", path.display().to_string()), ("why", why.to_owned())])
}

/// The mark in the colours of the picture.
fn written(drawing: &Drawing, fills: &[Fill], title: &str) -> String {
    let color =
        |role: FillRole| fills.iter().find(|fill| fill.role == role).map_or(Rgb::BLACK, |fill| fill.rgb);
    svg::render(drawing, &color, &Frame { title, desc: title, margin: 0.0, ground: None })
}

fn made(out: &Path, fills: &[Fill], checks: &[Check]) -> String {
    let mut text = format!("{}: a mark in", out.display());
    for fill in fills {
        let _ = write!(text, " {} ({} %)", fill.rgb, fill.share);
    }
    let missed: Vec<&Check> = checks.iter().filter(|check| !check.passed).collect();
    let _ = writeln!(text, "; {} checks, {} missed", checks.len(), missed.len());
    missed.iter().fold(text, |text, check| text + &line(check))
}

fn kept(picture: &Path, why: &[Check]) -> String {
    let text = format!("{} stays a picture; what does not hold:\n", picture.display());
    why.iter().fold(text, |text, check| text + &line(check))
}

fn line(check: &Check) -> String {
    let (measured, threshold, unit) = (check.measured, check.threshold, &check.unit);
    format!("  {} Measured {measured}, wanted {threshold} {unit}. {}\n", check.message, check.fix)
        .replace(". \n", ".\n")
}
