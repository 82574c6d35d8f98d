//! Ghostscript and Poppler draw our EPS and PDF files, and must show what our own rasteriser shows of the SVG.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod fixture;

use core_assets::png;
use core_brand::{Body, Concept, Document, FillRole, Step};
use core_kit::KitStep;
use core_vector::svg::{self, Frame};
use core_vector::{Colorway, Lockup, lockup};
use fixture::{CASES, Case, Memory};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Pictures are compared at this width.
const WIDTH: u32 = 480;
/// A share of pixels may differ by more than a quarter: three programs soften edges in three ways, and a logo fills its
/// box from edge to edge.
const DIFFERING_MAX: f64 = 0.006;
const EDGE: i32 = 64;

#[test]
fn print_files_show_the_logo() {
    let tools = ["gs", "pdftoppm", "qpdf", "pdfimages"];
    if let Some(missing) =
        tools.into_iter().find(|tool| Command::new(tool).arg("--version").output().is_err())
    {
        skip(&format!("print: no {missing} here"));
        return;
    }
    let studio = Memory::new();
    let folder = tempfile::tempdir().unwrap();
    for case in CASES.iter().filter(|case| ["short", "arabic"].contains(&case.id)) {
        let inputs = case.documents(&studio);
        let plan = KitStep.plan("kit", &inputs, &studio).unwrap();
        let task = plan.iter().find(|task| task.kind == "vectors").unwrap();
        let made = KitStep.build(task, &studio).unwrap();
        let concept = case.concepts(&studio).remove(0);
        for lockup in Lockup::ALL {
            for colorway in [Colorway::Color, Colorway::Black] {
                compare(case, &concept, lockup, colorway, &made, folder.path());
            }
        }
    }
}

fn compare(
    case: &Case,
    concept: &Concept,
    lockup: Lockup,
    colorway: Colorway,
    made: &[Document],
    folder: &Path,
) {
    let drawing = lockup::compose(concept, lockup);
    let colors = case.design().palette.logo;
    let frame = Frame { title: case.name, desc: "", margin: 0.0, ground: Some(core_brand::Rgb::WHITE) };
    let color = |role: FillRole| colorway.color(role, &colors);
    let ours = png(&svg::render(&drawing, &color, &frame), WIDTH).unwrap();
    let ours = image::load_from_memory(&ours.bytes).unwrap().to_luma8();
    for kind in ["eps", "pdf"] {
        let name = format!("{}-{}.{kind}", lockup.id(), colorway.id());
        let document = made.iter().find(|document| document.name.ends_with(&format!("/{name}"))).unwrap();
        let Body::Inline(bytes) = &document.body else { panic!("{name} is not at hand") };
        let file = folder.join(&name);
        std::fs::File::create(&file).unwrap().write_all(bytes).unwrap();
        let theirs = if kind == "eps" { ghostscript(&file) } else { poppler(&file) };
        let theirs = image::open(theirs).unwrap().to_luma8();
        assert!(
            ours.width().abs_diff(theirs.width()) <= 2 && ours.height().abs_diff(theirs.height()) <= 2,
            "{name}"
        );
        let (width, height) = (ours.width().min(theirs.width()), ours.height().min(theirs.height()));
        // Inks are not the colours of a screen; of colour files only what is ink and what is paper is compared.
        let dark = |value: u8| {
            if colorway == Colorway::Color { if value > 245 { 255 } else { 0 } } else { i32::from(value) }
        };
        let differing = (0..width * height).filter(|at| {
            let (x, y) = (at % width, at / width);
            let near = |dx: i32, dy: i32| {
                let x = (x as i32 + dx).clamp(0, width as i32 - 1) as u32;
                let y = (y as i32 + dy).clamp(0, height as i32 - 1) as u32;
                (dark(ours.get_pixel(x, y).0[0]) - dark(theirs.get_pixel(at % width, at / width).0[0])).abs()
                    <= EDGE
            };
            // A softened edge may lie a pixel aside.
            !(-1..=1).any(|dx| (-1..=1).any(|dy| near(dx, dy)))
        });
        let share = differing.count() as f64 / f64::from(width * height);
        assert!(share <= DIFFERING_MAX, "{} {name}: {:.2} % differ", case.id, share * 100.0);
    }
}

fn ghostscript(file: &Path) -> PathBuf {
    let out = file.with_extension("eps.png");
    let text = std::fs::read_to_string(file).unwrap();
    let box_of = text.lines().find_map(|line| line.strip_prefix("%%HiResBoundingBox: 0 0 ")).unwrap();
    let width: f64 = box_of.split(' ').next().unwrap().parse().unwrap();
    let mut gs = Command::new("gs");
    gs.args([
        "-q",
        "-dSAFER",
        "-dBATCH",
        "-dNOPAUSE",
        "-dEPSCrop",
        "-sDEVICE=png16m",
        "-dGraphicsAlphaBits=4",
    ]);
    gs.arg(format!("-r{}", 72.0 * f64::from(WIDTH) / width)).arg("-o").arg(&out).arg(file);
    run(&mut gs);
    out
}

fn poppler(file: &Path) -> PathBuf {
    run(Command::new("qpdf").arg("--check").arg(file));
    // A logo is drawn, not pictured.
    let pictures = Command::new("pdfimages").arg("-list").arg(file).output().unwrap();
    assert_eq!(
        String::from_utf8_lossy(&pictures.stdout).lines().count(),
        2,
        "{} holds pictures",
        file.display()
    );
    let stem = file.with_extension("");
    let mut poppler = Command::new("pdftoppm");
    poppler.args(["-png", "-singlefile", "-scale-to-x", &WIDTH.to_string(), "-scale-to-y", "-1"]);
    run(poppler.arg(file).arg(&stem));
    stem.with_extension("png")
}

fn run(command: &mut Command) {
    let done = command.stdin(Stdio::null()).output().unwrap();
    assert!(done.status.success(), "{command:?}: {}", String::from_utf8_lossy(&done.stderr));
}

/// Tells the lane runner; it fails the run when the lane may not be skipped.
fn skip(lane: &str) {
    if let Some(path) = std::env::var_os("IMPRINT_SKIPS") {
        let mut file = std::fs::OpenOptions::new().create(true).append(true).open(path).unwrap();
        writeln!(file, "{lane}").unwrap();
    }
}
