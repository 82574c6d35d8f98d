//! Ghostscript and Poppler draw our EPS and PDF files, and must show what our own rasteriser shows of the SVG; they and
//! qpdf measure the sheets of the stationery again.
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
        let tasks = plan.iter().filter(|task| task.kind.starts_with("vectors"));
        let made: Vec<Document> = tasks.flat_map(|task| KitStep.build(task, &studio).unwrap()).collect();
        let concept = case.concepts(&studio).remove(0);
        for lockup in Lockup::ALL {
            for colorway in [Colorway::Color, Colorway::Black] {
                compare(case, &concept, lockup, colorway, &made, folder.path());
            }
        }
    }
}

/// What `report.json` says of the sheets, measured by programs of others.
#[test]
fn sheets_are_what_a_printer_asks_for() {
    let tools = ["gs", "pdffonts", "pdftotext", "pdfimages", "pdfinfo", "qpdf"];
    if let Some(missing) =
        tools.into_iter().find(|tool| Command::new(tool).arg("--version").output().is_err())
    {
        skip(&format!("sheets: no {missing} here"));
        return;
    }
    let studio = Memory::new();
    let folder = tempfile::tempdir().unwrap();
    for case in CASES.iter().filter(|case| ["yellow", "arabic", "long"].contains(&case.id)) {
        let complexity = if case.id == "yellow" { "complex" } else { "medium" };
        let case = &Case { complexity, concepts: 1, ..*case };
        let plan = KitStep.plan("kit", &case.documents(&studio), &studio).unwrap();
        let task = plan.iter().find(|task| task.kind == "print").unwrap();
        let made = KitStep.build(task, &studio).unwrap();
        for document in made.iter().filter(|document| document.media_type == "application/pdf") {
            let Body::Inline(bytes) = &document.body else { panic!("{} is not at hand", document.name) };
            let file = folder.path().join("sheet.pdf");
            std::fs::write(&file, bytes).unwrap();
            let what = format!("{}: {}", case.id, document.name);
            run(Command::new("qpdf").arg("--check").arg(&file));
            boxes(&file, &document.name, &what);
            written(&file, case, &what);
            inks(&file, folder.path(), &what);
        }
    }
}

fn said(command: &mut Command) -> String {
    let done = command.stdin(Stdio::null()).output().unwrap();
    assert!(done.status.success(), "{command:?}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8_lossy(&done.stdout).into_owned()
}

/// Size, bleed, and room for marks, of every page.
fn boxes(file: &Path, name: &str, what: &str) {
    const MM: f64 = 72.0 / 25.4;
    let info = said(Command::new("pdfinfo").args(["-box", "-f", "1", "-l", "9"]).arg(file));
    let read = |kind: &str| -> Vec<[f64; 4]> {
        let lines = info.lines().filter(|line| line.starts_with("Page") && line.contains(kind));
        let numbers = lines.map(|line| line.split(':').nth(1).unwrap().split_whitespace());
        numbers
            .map(|numbers| {
                let numbers: Vec<f64> = numbers.map(|number| number.parse().unwrap()).collect();
                numbers.try_into().unwrap()
            })
            .collect()
    };
    let (media, bleed, trim) = (read("MediaBox"), read("BleedBox"), read("TrimBox"));
    assert!(!trim.is_empty() && trim.len() == bleed.len() && trim.len() == media.len(), "{what}: {info}");
    let sizes = [
        ("business-card.", [85.0, 55.0], 3.0),
        ("letterhead.", [210.0, 297.0], 3.0),
        ("envelope.", [220.0, 110.0], 3.0),
        ("compliments.", [210.0, 99.0], 3.0),
        ("business-card-us.", [88.9, 50.8], 3.175),
        ("letterhead-us.", [215.9, 279.4], 3.175),
        ("envelope-us.", [241.3, 104.775], 3.175),
    ];
    let (_, size, wanted) =
        sizes.into_iter().find(|(start, ..)| name.contains(&format!("/{start}"))).unwrap();
    for ((media, bleed), trim) in media.iter().zip(&bleed).zip(&trim) {
        let measured = [(trim[2] - trim[0]) / MM, (trim[3] - trim[1]) / MM];
        assert!(
            measured.iter().zip(size).all(|(one, other)| (one - other).abs() < 0.02),
            "{what}: {measured:?}"
        );
        for side in 0..4 {
            let reach = (trim[side] - bleed[side]).abs() / MM;
            assert!((reach - wanted).abs() < 0.02, "{what}: bleed {reach}");
            assert!((bleed[side] - media[side]).abs() / MM > 8.0, "{what}: no room for marks");
        }
    }
}

/// Letters are letters of embedded faces, large enough, and say what they should.
fn written(file: &Path, case: &Case, what: &str) {
    let fonts = said(Command::new("pdffonts").arg(file));
    for font in fonts.lines().skip(2) {
        let columns: Vec<&str> = font.split_whitespace().rev().collect();
        assert!(!font.contains("Type 3") && columns[2..5] == ["yes"; 3], "{what}: {font}");
    }
    let text = said(Command::new("pdftotext").arg(file).arg("-"));
    let words = core_words::Words::new(case.language).unwrap();
    let note = words.say("print-note-samples", &[]).unwrap();
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(plain(&text).contains(&plain(&note)) && text.contains("Chemical proof"), "{what}: {text}");
    let open = file.with_extension("qdf");
    run(Command::new("qpdf").args(["--qdf", "--object-streams=disable"]).arg(file).arg(&open));
    let open = String::from_utf8_lossy(&std::fs::read(&open).unwrap()).into_owned();
    let tokens: Vec<&str> = open.split_whitespace().collect();
    let sizes = tokens.iter().zip(tokens.iter().skip(1)).filter(|(_, operator)| **operator == "Tf");
    let sizes: Vec<f64> = sizes.map(|(size, _)| size.parse().unwrap()).collect();
    assert!(!sizes.is_empty() && sizes.iter().all(|size| *size >= 6.0), "{what}: {sizes:?}");
    for color in ["rg", "RG", "g", "G", "/DeviceRGB", "/DeviceGray"] {
        assert!(!tokens.contains(&color), "{what}: {color}");
    }
    assert!(tokens.contains(&"k") && open.contains("/Separation"), "{what} has no inks");
    let pictures = said(Command::new("pdfimages").arg("-list").arg(file));
    assert_eq!(pictures.lines().count(), 2, "{what} holds pictures");
}

/// No more ink within the bleed than dries, as Ghostscript puts it on the plates.
fn inks(file: &Path, folder: &Path, what: &str) {
    const DPI: f64 = 40.0;
    let mut gs = Command::new("gs");
    gs.args(["-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-sDEVICE=pamcmyk32", "-dUseBleedBox"]);
    gs.arg(format!("-r{DPI}")).arg("-o").arg(folder.join("plates-%d.pam")).arg(file);
    run(&mut gs);
    let picture = std::fs::read(folder.join("plates-1.pam")).unwrap();
    let end = b"ENDHDR\n";
    let start = picture.windows(end.len()).position(|part| part == end).unwrap() + end.len();
    let most =
        picture[start..].chunks_exact(4).map(|ink| ink.iter().map(|plate| u32::from(*plate)).sum::<u32>());
    let most = f64::from(most.max().unwrap()) / 2.55;
    // Edges are softened between two inks, so that no pixel has more than either; plates are whole numbers.
    assert!((20.0..=302.0).contains(&most), "{what}: {most:.0} % of ink");
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
