//! A logo looks the same in a browser as in our own pictures: a sample of exported files, drawn by both.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use core_brand::step::Body;
use imprint_e2e::skip;
use imprint_harness::Site;
use resvg::tiny_skia::{Color, Pixmap, Transform};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};

/// Set by `cargo xtask test`: the browser, and the folder with what drives it.
const BROWSER: &str = "IMPRINT_BROWSER";
const MODULES: &str = "IMPRINT_BROWSER_MODULES";
const SIDE: u32 = 256;
/// A channel that differs by less is antialiasing: half of what an edge on this ground has.
const CHANNEL_MAX: u8 = 64;
/// Share of pixels that may differ by more: a corner here and there, never a part.
const SHARE_MAX: f64 = 0.0005;
/// Names that show letters of several scripts, and two lines.
const BRIEFS: &[(&str, &str)] = &[
    ("Northwind Coffee", "coffee"),
    ("Łódź & Söhne", "law"),
    ("نور", "restaurant"),
    ("The Most Honourable Guild of Clockmakers", "crafts"),
];
/// One file of so many is drawn: every lockup and colourway comes up, and the browser stays quick.
const EVERY: usize = 3;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_browser_draws_the_same() {
    let (Some(browser), Some(modules)) = (std::env::var_os(BROWSER), std::env::var_os(MODULES)) else {
        skip("browser: no Chromium at hand");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let names = export(folder.path()).await;
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("browser/draw.mjs");
    let mut node = Command::new("node");
    node.arg(script).arg(folder.path()).arg(SIDE.to_string()).env(BROWSER, browser).env(MODULES, modules);
    assert!(node.stdin(Stdio::null()).status().unwrap().success(), "the browser draws");
    let mut worst = (0.0, String::new());
    for name in &names {
        let theirs = std::fs::read(folder.path().join(format!("{name}.rgba"))).unwrap();
        let text = std::fs::read_to_string(folder.path().join(format!("{name}.svg"))).unwrap();
        let share = differing(&ours(&text), &theirs);
        if share > worst.0 {
            worst = (share, name.clone());
        }
    }
    println!("{} files, worst {:.5} of pixels: {}", names.len(), worst.0, worst.1);
    let kept = if worst.0 <= SHARE_MAX { None } else { Some(folder.keep()) };
    assert!(kept.is_none(), "{} differs in {:.5} of its pixels; files are in {kept:?}", worst.1, worst.0);
}

/// Writes the sample; returns the names of the files without their ending.
async fn export(folder: &Path) -> Vec<String> {
    let site = Site::native();
    let mut names = Vec::new();
    for (at, (name, industry)) in BRIEFS.iter().enumerate() {
        let mut request = imprint_harness::request(name, industry);
        request.concepts = Some(4);
        let made = site.make_until("logo", &request).await.unwrap();
        let logos = made.iter().filter_map(|document| match &document.body {
            Body::Inline(bytes) if document.name.starts_with("logos/") => Some((&document.name, bytes)),
            _ => None,
        });
        let logos: BTreeMap<_, _> = logos.filter(|(name, _)| name.ends_with(".svg")).collect();
        for (name, bytes) in logos.into_iter().skip(at % EVERY).step_by(EVERY) {
            let name = format!("{at}-{}", name.trim_end_matches(".svg").replace('/', "-"));
            std::fs::write(folder.join(format!("{name}.svg")), bytes).unwrap();
            names.push(name);
        }
    }
    assert!(names.len() > 60, "{} files are a sample", names.len());
    names
}

/// On the same grey, in the middle of the same square.
fn ours(text: &str) -> Vec<u8> {
    let tree = usvg::Tree::from_str(text, &usvg::Options::default()).unwrap();
    let mut canvas = Pixmap::new(SIDE, SIDE).unwrap();
    canvas.fill(Color::from_rgba8(0x80, 0x80, 0x80, 0xff));
    let (width, height, side) = (tree.size().width(), tree.size().height(), SIDE as f32);
    let scale = side / width.max(height);
    let (left, top) = ((side - width * scale) / 2.0, (side - height * scale) / 2.0);
    resvg::render(&tree, Transform::from_row(scale, 0.0, 0.0, scale, left, top), &mut canvas.as_mut());
    canvas.take()
}

/// The share of pixels of which a channel differs by more than antialiasing does.
fn differing(one: &[u8], other: &[u8]) -> f64 {
    assert_eq!(one.len(), other.len());
    let far = |(a, b): (&u8, &u8)| a.abs_diff(*b) > CHANNEL_MAX;
    let differ = one.chunks(4).zip(other.chunks(4)).filter(|(a, b)| a.iter().zip(*b).any(far)).count();
    differ as f64 / (one.len() / 4) as f64
}
