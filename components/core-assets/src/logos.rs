//! The logos as PNG: the same pictures as the SVG files beside them, at the widths that a kit of this size holds.

use crate::png;
use core_brand::step::find;
use core_brand::{Complexity, Concept, Document, Fault, Studio, Task};
use core_vector::{Colorway, Lockup};
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
}

/// The pictures of one concept.
pub(crate) fn task(concept: &Concept, complexity: Complexity, inputs: &[Document]) -> Result<Task, Fault> {
    let folder = format!("logos/{}", concept.id);
    let mut pictures: Vec<Picture> = wanted(complexity, concept.rank)
        .into_iter()
        .map(|(lockup, colorway, width)| Picture { logo: logo(lockup.id(), colorway), width })
        .collect();
    if concept.small.is_some() && complexity != Complexity::Simple {
        pictures.extend(USUAL.into_iter().flat_map(tiny));
    }
    let mut logos: Vec<&str> = pictures.iter().map(|picture| picture.logo.as_str()).collect();
    logos.dedup();
    let files: Result<Vec<_>, Fault> =
        logos.iter().map(|logo| find(inputs, &svg(&folder, logo)).cloned()).collect();
    Task::new(format!("{TASK}-{:02}", concept.rank), TASK, &Settings { folder, pictures }, files?)
}

pub(crate) fn build(task: &Task, studio: &dyn Studio) -> Result<Vec<Document>, Fault> {
    let Settings { folder, pictures } = task.settings()?;
    let draw = |Picture { logo, width }: &Picture| {
        let png = png(&find(&task.inputs, &svg(&folder, logo))?.text(studio)?, *width)?;
        let path = format!("{folder}/png/{logo}-{width}.png");
        Ok(Document::file(path, "image/png", png.bytes).with_pixels(png.width, png.height))
    };
    pictures.iter().map(draw).collect()
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

fn tiny(colorway: Colorway) -> impl Iterator<Item = Picture> {
    TINY.into_iter().map(move |width| Picture { logo: logo(SMALL_DRAWING, colorway), width })
}

fn widths(complexity: Complexity, is_first: bool, lockup: Lockup, colorway: Colorway) -> &'static [u32] {
    let is_usual = matches!(lockup, Lockup::Mark | Lockup::Horizontal);
    let is_rare = !USUAL.contains(&colorway);
    match complexity {
        Complexity::Simple if is_usual && colorway == Colorway::Color => &[SMALL],
        Complexity::Simple => &[],
        Complexity::Medium if is_first && is_usual && is_rare => &[MEDIUM],
        Complexity::Medium if is_first && is_usual => &[SMALL, MEDIUM],
        Complexity::Medium if is_first && !is_rare => &[MEDIUM],
        Complexity::Medium if is_usual && !is_rare => &[SMALL],
        Complexity::Medium => &[],
        Complexity::Complex if is_first && is_usual => &[SMALL, MEDIUM, LARGE],
        Complexity::Complex if is_first && is_rare => &[MEDIUM],
        Complexity::Complex if is_first => &[MEDIUM, LARGE],
        Complexity::Complex if is_usual && !is_rare => &[SMALL, MEDIUM],
        Complexity::Complex if is_rare => &[],
        Complexity::Complex => &[MEDIUM],
    }
}

fn logo(kind: &str, colorway: Colorway) -> String {
    format!("{kind}-{}", colorway.id())
}

fn svg(folder: &str, logo: &str) -> String {
    format!("{folder}/{logo}.svg")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn larger_kits_hold_more_and_never_less() {
        let [simple, medium, complex] = [Complexity::Simple, Complexity::Medium, Complexity::Complex]
            .map(|complexity| [1, 2].map(|rank| wanted(complexity, rank)));
        let counts = [&simple, &medium, &complex].map(|kit| [kit[0].len(), kit[1].len()]);
        assert_eq!(counts, [[2, 2], [36, 8], [76, 32]]);
        for (less, more) in [(&simple, &medium), (&medium, &complex)] {
            for rank in 0..2 {
                assert!(less[rank].iter().all(|picture| more[rank].contains(picture)));
            }
        }
    }
}
