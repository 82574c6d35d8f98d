//! Marks that were painted come back as marks.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod support;

use core_brand::{Drawing, FillRole};
use core_trace::{Traced, trace};
use core_vector::measure;
use core_vector::svg::{Frame, render};
use support::{Canvas, Painted, draw, likeness, marks};

const SIDE: u32 = 1024;

/// How a mark is painted, the least that its silhouette keeps, and how many more lines and curves it may have.
struct Way {
    name: &'static str,
    paint: fn(&Painted) -> Canvas,
    likeness: f64,
    more: usize,
}

const WAYS: &[Way] = &[
    Way { name: "white", paint: |mark| draw(&mark.svg("#ffffff"), SIDE), likeness: 0.97, more: 2 },
    Way { name: "clear", paint: |mark| draw(&mark.svg(""), SIDE), likeness: 0.97, more: 2 },
    Way { name: "off-white", paint: |mark| draw(&mark.svg("#f4efe6"), SIDE), likeness: 0.97, more: 2 },
    Way { name: "small", paint: |mark| draw(&mark.svg("#ffffff"), 512), likeness: 0.95, more: 2 },
    Way { name: "large", paint: |mark| draw(&mark.svg("#ffffff"), 1536), likeness: 0.95, more: 2 },
    Way {
        name: "compressed",
        paint: |mark| draw(&mark.svg("#ffffff"), SIDE).compressed(14.0, 7),
        likeness: 0.95,
        more: 2,
    },
    Way { name: "shaded", paint: shaded, likeness: 0.95, more: 2 },
    Way { name: "shadow", paint: shadow, likeness: 0.93, more: 3 },
    Way { name: "all", paint: |mark| shadow(mark).compressed(12.0, 3), likeness: 0.92, more: 3 },
];

/// Marks that do not hold at 16 pixels themselves, whatever way they are painted, and the gates that keep them
/// pictures.
const KEPT: &[(&str, &[&str])] = &[
    ("cup", &["logo.mark.l05-ink-at-16", "logo.mark.l06-changed-at-16"]),
    ("interlock", &["logo.mark.l06-changed-at-16"]),
];

/// On a ground that darkens to the corners and from left to right.
fn shaded(mark: &Painted) -> Canvas {
    draw(&mark.svg(""), SIDE).over(&vignette())
}

fn shadow(mark: &Painted) -> Canvas {
    let top = draw(&mark.svg(""), SIDE);
    top.over(&top.shadow(0.3).over(&vignette()))
}

fn vignette() -> Canvas {
    Canvas::of(SIDE as usize, |x, y| {
        let away = (x - 0.5) * (x - 0.5) + (y - 0.5) * (y - 0.5);
        let value = 252.0 - 44.0 * away - 14.0 * x;
        [value as u8, (value * 0.985) as u8, (value * 0.96) as u8, 255]
    })
}

fn segments_of(mark: &Painted) -> usize {
    let shape = |flat: &support::Flat| core_brand::Shape { fill: FillRole::Mark, path: flat.path.clone() };
    measure::segments(&Drawing {
        width: 1000.0,
        height: 1000.0,
        shapes: mark.shapes.iter().map(shape).collect(),
    })
}

/// Kept for looking: the picture and what was made of it.
fn keep(name: &str, png: &[u8], drawing: Option<&Drawing>) {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("trace");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(format!("{name}.png")), png).unwrap();
    if let Some(drawing) = drawing {
        let color = |role| match role {
            FillRole::Mark => core_brand::Rgb::new(20, 60, 160),
            FillRole::Accent => core_brand::Rgb::new(230, 120, 30),
            FillRole::Ink => core_brand::Rgb::new(20, 20, 20),
        };
        let frame = Frame { title: name, desc: "", margin: 100.0, ground: None };
        std::fs::write(folder.join(format!("{name}.svg")), render(drawing, &color, &frame)).unwrap();
    }
}

/// The gates that a mark is known to fail.
fn kept(mark: &str) -> Option<&'static [&'static str]> {
    KEPT.iter().find(|(known, _)| *known == mark).map(|(_, gates)| *gates)
}

#[test]
fn painted_marks_come_back() {
    let mut lines = Vec::new();
    let mut failed = Vec::new();
    for (at, way) in WAYS.iter().enumerate() {
        // Every mark on white; of each other way every third, in turn.
        for (_, mark) in marks().into_iter().enumerate().filter(|(mark, _)| at == 0 || (mark + at) % 3 == 0) {
            let png = (way.paint)(&mark).png();
            let name = format!("{}-{}", mark.name, way.name);
            let before = segments_of(&mark);
            let traced = trace(&png, 3).unwrap();
            if at == 0 {
                assert_eq!(trace(&png, 3).unwrap(), traced, "{name}, traced twice");
            }
            match traced {
                Traced::Vector { drawing, fills, .. } => {
                    keep(&name, &png, Some(&drawing));
                    let (like, after) = (likeness(&mark, &drawing), measure::segments(&drawing));
                    lines.push(format!("{name:24} {like:.3} {before:4} {after:4} {}", fills.len()));
                    if kept(&mark.name).is_some()
                        || like < way.likeness
                        || after > before * way.more + 12
                        || fills.len() != mark.shapes.len()
                    {
                        failed.push(lines.last().unwrap().clone());
                    }
                }
                Traced::Picture { why, .. } => {
                    keep(&name, &png, None);
                    let ids: Vec<&str> = why.iter().map(|one| one.id.as_str()).collect();
                    let why: Vec<String> =
                        why.iter().map(|one| format!("{} {}", one.id, one.measured)).collect();
                    lines.push(format!("{name:24} picture: {}", why.join(", ")));
                    if kept(&mark.name).is_none_or(|gates| ids.iter().any(|id| !gates.contains(id))) {
                        failed.push(lines.last().unwrap().clone());
                    }
                }
            }
        }
    }
    println!("{}", lines.join("\n"));
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}
