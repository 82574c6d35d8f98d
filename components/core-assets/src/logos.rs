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
    let wanted = wanted(complexity, concept.rank);
    let mut logos: Vec<String> =
        wanted.iter().map(|(lockup, colorway, _)| logo(*lockup, *colorway)).collect();
    logos.dedup();
    let files: Result<Vec<_>, Fault> =
        logos.iter().map(|logo| find(inputs, &svg(&folder, logo)).cloned()).collect();
    let picture = |(lockup, colorway, width): &(Lockup, Colorway, u32)| Picture {
        logo: logo(*lockup, *colorway),
        width: *width,
    };
    let pictures = wanted.iter().map(picture).collect();
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

fn widths(complexity: Complexity, is_first: bool, lockup: Lockup, colorway: Colorway) -> &'static [u32] {
    let is_usual = matches!(lockup, Lockup::Mark | Lockup::Horizontal);
    match complexity {
        Complexity::Simple if is_usual && colorway == Colorway::Color => &[SMALL],
        Complexity::Simple => &[],
        Complexity::Medium if is_first && is_usual => &[SMALL, MEDIUM],
        Complexity::Medium if is_first => &[MEDIUM],
        Complexity::Medium if is_usual => &[SMALL],
        Complexity::Medium => &[],
        Complexity::Complex if is_first => &[SMALL, MEDIUM, LARGE],
        Complexity::Complex => &[SMALL, MEDIUM],
    }
}

fn logo(lockup: Lockup, colorway: Colorway) -> String {
    format!("{}-{}", lockup.id(), colorway.id())
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
        assert_eq!(counts, [[2, 2], [24, 8], [48, 32]]);
        for (less, more) in [(&simple, &medium), (&medium, &complex)] {
            for rank in 0..2 {
                assert!(less[rank].iter().all(|picture| more[rank].contains(picture)));
            }
        }
    }
}
