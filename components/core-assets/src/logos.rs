//! The logos as PNG and WebP: the same pictures as the SVG files beside them, at the widths that a kit of this size holds.

use crate::draw::pixels;
use crate::encode::Packer;
use crate::webp::SIDE_MAX;
use core_brand::design::LogoColors;
use core_brand::{Complexity, Concept, Design, Document, Fault, FillRole, Rgb, Studio, Task, broken};
use core_vector::svg::{self, Frame};
use core_vector::{Colorway, Lockup, lockup};
use serde::{Deserialize, Serialize};

pub(crate) const TASK: &str = "render";

/// For a mail or a slide.
const SMALL: u32 = 512;
/// For a website on a dense screen.
const MEDIUM: u32 = 1024;
/// For a full-page picture.
const LARGE: u32 = 2048;

/// The sides that the drawing for small sizes is made for.
const TINY: [u32; 2] = [16, 32];
/// The drawing for small sizes, in the names of files.
const SMALL_DRAWING: &str = "small";
/// The colourways of pictures that are not asked for every day; the SVG files hold the others.
const USUAL: [Colorway; 4] = [Colorway::Color, Colorway::Reversed, Colorway::Black, Colorway::White];

/// The colours of the logos, among the inputs of a task.
const COLORS: &str = "logo-colors.json";

#[derive(Serialize, Deserialize)]
struct Settings {
    folder: String,
    pictures: Vec<Picture>,
}

#[derive(Serialize, Deserialize)]
struct Picture {
    /// `horizontal-color`
    logo: String,
    width: u32,
    /// Whether the same pixels are written as WebP too.
    #[serde(default)]
    webp: bool,
}

/// The pictures of one concept: those in the brand's colours, and those that are the same in any. They are drawn from the
/// outlines, not from the SVG files, whose words are nothing that a picture shows.
pub(crate) fn tasks(concept: &Concept, complexity: Complexity, design: &Design) -> Result<Vec<Task>, Fault> {
    let folder = format!("logos/{}", concept.id);
    let mut pictures: Vec<(Colorway, Picture)> = wanted(complexity, concept.rank)
        .into_iter()
        .map(|(lockup, colorway, width)| {
            let webp = has_webp(complexity, concept.rank, width);
            (colorway, Picture { logo: logo(lockup.id(), colorway), width, webp })
        })
        .collect();
    if concept.small.is_some() && complexity != Complexity::Simple {
        pictures.extend(USUAL.into_iter().flat_map(tiny));
    }
    let outlines = Document::working(&Concept::document(concept.rank), &concept.outlines())?;
    let colors = Document::working(COLORS, &design.palette.logo)?;
    let (plain, colored): (Vec<_>, Vec<_>) =
        pictures.into_iter().partition(|(colorway, _)| colorway.is_plain());
    let task = |end: &str, pictures: Vec<(Colorway, Picture)>, inputs: Vec<Document>| {
        let pictures: Vec<Picture> = pictures.into_iter().map(|(_, picture)| picture).collect();
        let id = format!("{TASK}-{:02}{end}", concept.rank);
        Task::new(id, TASK, &Settings { folder: folder.clone(), pictures }, inputs)
    };
    let mut tasks = vec![task("", colored, vec![outlines.clone(), colors])?];
    if !plain.is_empty() {
        tasks.push(task("-plain", plain, vec![outlines])?);
    }
    Ok(tasks)
}

pub(crate) fn build(task: &Task, studio: &dyn Studio) -> Result<Vec<Document>, Fault> {
    let Settings { folder, pictures } = task.settings()?;
    let logos = Logos::read(task, studio)?;
    let mut documents = Vec::new();
    let mut packer = Packer::default();
    for Picture { logo, width, webp } in &pictures {
        let drawn = pixels(&logos.svg(logo)?, *width)?;
        let file = |kind: &str, bytes: Vec<u8>| {
            let path = format!("{folder}/{kind}/{logo}-{width}.{kind}");
            Document::file(path, &format!("image/{kind}"), bytes).with_pixels(drawn.width, drawn.height)
        };
        documents.push(file("png", drawn.png_after(&mut packer)?.bytes));
        // The name of one thin letter is very high.
        if *webp && drawn.height.max(drawn.width) <= SIDE_MAX {
            documents.push(file("webp", drawn.webp()?));
        }
    }
    Ok(documents)
}

/// WebP is for web pages, which want one size that is sharp on dense screens; a simple kit holds none.
fn has_webp(complexity: Complexity, rank: u32, width: u32) -> bool {
    match complexity {
        Complexity::Simple => false,
        Complexity::Medium => rank == 1 && width == MEDIUM,
        Complexity::Complex => width == MEDIUM,
    }
}

/// What the pictures of a task are drawn from.
struct Logos {
    concept: Concept,
    /// Not needed for black and white.
    colors: Option<LogoColors>,
}

impl Logos {
    fn read(task: &Task, studio: &dyn Studio) -> Result<Self, Fault> {
        let concept = task.inputs.iter().find(|document| document.name != COLORS);
        let concept = concept.ok_or_else(|| broken!("a picture of no concept"))?.json(studio)?;
        let colors = task.inputs.iter().find(|document| document.name == COLORS);
        Ok(Self { concept, colors: colors.map(|colors| colors.json(studio)).transpose()? })
    }

    /// The logo of a name such as `horizontal-color`, as its file draws it.
    fn svg(&self, logo: &str) -> Result<String, Fault> {
        let unknown = || broken!("no logo is called `{logo}`");
        let (kind, way) = logo.rsplit_once('-').ok_or_else(unknown)?;
        let colorway = Colorway::ALL.into_iter().find(|own| own.id() == way).ok_or_else(unknown)?;
        let lockup = Lockup::ALL.into_iter().find(|own| own.id() == kind);
        let drawing = match (lockup, &self.concept.small) {
            (Some(lockup), _) => lockup::compose(&self.concept, lockup),
            (None, Some(small)) if kind == SMALL_DRAWING => small.clone(),
            (None, _) => return Err(unknown()),
        };
        let color = |role: FillRole| match (colorway, &self.colors) {
            (Colorway::White, _) => Rgb::WHITE,
            (_, Some(colors)) => colorway.color(role, colors),
            (_, None) => Rgb::BLACK,
        };
        let frame = Frame { title: "", desc: "", margin: 0.0, ground: None };
        Ok(svg::render(&drawing, &color, &frame))
    }
}

/// Which pictures a kit holds, those of one SVG file together. The recommended concept gets the most.
fn wanted(complexity: Complexity, rank: u32) -> Vec<(Lockup, Colorway, u32)> {
    let mut wanted = Vec::new();
    for lockup in Lockup::ALL {
        for colorway in Colorway::ALL {
            wanted.extend(
                widths(complexity, rank == 1, lockup, colorway)
                    .iter()
                    .map(|width| (lockup, colorway, *width)),
            );
        }
    }
    wanted
}

fn tiny(colorway: Colorway) -> impl Iterator<Item = (Colorway, Picture)> {
    let tiny = move |width| Picture { logo: logo(SMALL_DRAWING, colorway), width, webp: false };
    TINY.into_iter().map(move |width| (colorway, tiny(width)))
}

fn widths(complexity: Complexity, is_first: bool, lockup: Lockup, colorway: Colorway) -> &'static [u32] {
    let is_usual = matches!(lockup, Lockup::Mark | Lockup::Horizontal);
    let is_rare = !USUAL.contains(&colorway);
    match complexity {
        Complexity::Simple if is_usual && colorway == Colorway::Color && is_first => &[SMALL, MEDIUM],
        Complexity::Simple if is_usual && colorway == Colorway::Color => &[SMALL],
        Complexity::Simple => &[],
        Complexity::Medium if is_first => &[SMALL, MEDIUM],
        Complexity::Medium if is_usual && !is_rare => &[SMALL],
        Complexity::Medium => &[],
        Complexity::Complex if is_first && !is_rare => &[SMALL, MEDIUM, LARGE],
        Complexity::Complex if is_first || !is_rare => &[SMALL, MEDIUM],
        Complexity::Complex => &[],
    }
}

fn logo(kind: &str, colorway: Colorway) -> String {
    format!("{kind}-{}", colorway.id())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn larger_kits_hold_more_and_never_less() {
        let [simple, medium, complex] = [Complexity::Simple, Complexity::Medium, Complexity::Complex]
            .map(|complexity| [1, 2].map(|rank| wanted(complexity, rank)));
        let counts = [&simple, &medium, &complex].map(|kit| [kit[0].len(), kit[1].len()]);
        assert_eq!(counts, [[4, 2], [72, 8], [96, 48]]);
        for (less, more) in [(&simple, &medium), (&medium, &complex)] {
            for rank in 0..2 {
                assert!(less[rank].iter().all(|picture| more[rank].contains(picture)));
            }
        }
    }
}
