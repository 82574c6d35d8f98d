//! The whole step on a small brand: which files, how large, what they promise.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod common;

use common::{DOT, Memory, RING, WEDGE, bytes, comb, made, made_with, run};
use core_assets::AssetsStep;
use core_brand::fault::Code;
use core_brand::{Check, Complexity, Document, FillRole, Step};
use core_vector::{Colorway, Lockup};
use serde_json::Value;

type Mark<'a> = &'a [(FillRole, &'a str)];

const MARK: Mark = &[(FillRole::Mark, RING), (FillRole::Accent, DOT)];

fn checks(documents: &[Document]) -> Vec<Check> {
    serde_json::from_slice(&bytes(documents, AssetsStep::CHECKS)).unwrap()
}

#[test]
fn plans_a_task_for_each_concept_and_one_for_the_web() {
    let inputs = made("Nord", Complexity::Medium, 3, MARK);
    let tasks = AssetsStep.plan("assets", &inputs, &Memory).unwrap();
    let ids: Vec<_> = tasks.iter().map(|task| task.id.as_str()).collect();
    assert_eq!(
        ids,
        [
            "render-01",
            "render-01-plain",
            "render-02",
            "render-02-plain",
            "render-03",
            "render-03-plain",
            "app",
            "social-01",
            "social-02",
            "social-03",
            "social-04",
            "web",
        ]
    );
    assert_eq!(tasks, AssetsStep.plan("assets", &inputs, &Memory).unwrap());
    let without: Vec<_> =
        inputs.iter().filter(|document| !document.name.starts_with("concept-")).cloned().collect();
    assert!(AssetsStep.plan("assets", &without, &Memory).unwrap_err().is(Code::DocumentMissing));
}

#[test]
fn a_kit_grows_with_its_complexity() {
    for (complexity, wanted) in
        [(Complexity::Simple, 6), (Complexity::Medium, 80), (Complexity::Complex, 144)]
    {
        let tasks = AssetsStep.plan("assets", &made("Nord", complexity, 2, MARK), &Memory).unwrap();
        let planned = tasks
            .iter()
            .filter_map(|task| task.settings::<Value>().unwrap()["pictures"].as_array().map(Vec::len));
        assert_eq!(planned.sum::<usize>(), wanted, "{complexity:?}");
    }
}

#[test]
fn every_picture_has_the_size_it_says() {
    let documents = run(&made("Nord", Complexity::Medium, 1, MARK));
    let mut seen = Vec::new();
    for document in documents.iter().filter(|document| document.media_type == "image/png") {
        let picture = image::load_from_memory(&bytes(&documents, &document.name)).unwrap();
        let pixels = document.pixels.unwrap();
        assert_eq!((pixels.width, pixels.height), (picture.width(), picture.height()), "{}", document.name);
        let width = document.name.strip_suffix(".png").and_then(|name| name.rsplit_once('-'));
        if let Some(width) = width.and_then(|(_, width)| width.parse::<u32>().ok()) {
            assert_eq!(width, pixels.width, "{}", document.name);
        }
        seen.push(document.name.split('/').next().unwrap().to_owned());
    }
    let of = |folder: &str| seen.iter().filter(|seen| *seen == folder).count();
    assert_eq!([of("logos"), of("web"), of("social"), of("app")], [72, 5, 31, 9]);
}

/// WebP without loss holds the very pixels of the PNG beside it.
#[test]
fn webp_files_show_what_the_png_files_show() {
    let documents = run(&made("Nord", Complexity::Medium, 1, MARK));
    let webp: Vec<_> = documents.iter().filter(|document| document.media_type == "image/webp").collect();
    assert_eq!(webp.len(), Lockup::ALL.len() * Colorway::ALL.len());
    for document in webp {
        let read = image::load_from_memory(&bytes(&documents, &document.name)).unwrap().to_rgba8();
        let pixels = document.pixels.unwrap();
        assert_eq!((pixels.width, pixels.height), (read.width(), read.height()), "{}", document.name);
        let png = bytes(&documents, &document.name.replace("webp", "png"));
        assert!(image::load_from_memory(&png).unwrap().to_rgba8() == read, "{}", document.name);
        assert!(document.content().bytes <= png.len() as u64, "{} is larger than the PNG", document.name);
    }
    let simple = run(&made("Nord", Complexity::Simple, 1, MARK));
    assert!(simple.iter().all(|document| document.media_type != "image/webp"));
}

#[test]
fn the_web_folder_is_whole() {
    let documents = run(&made("Müller & Söhne", Complexity::Simple, 1, MARK));
    let sizes = [
        ("apple-touch-icon.png", 180, 180),
        ("icon-192.png", 192, 192),
        ("icon-512.png", 512, 512),
        ("icon-maskable-512.png", 512, 512),
        ("og.png", 1200, 630),
        ("favicon.ico", 48, 48),
    ];
    for (name, width, height) in sizes {
        let picture = image::load_from_memory(&bytes(&documents, &format!("web/{name}"))).unwrap();
        assert_eq!((picture.width(), picture.height()), (width, height), "{name}");
    }
    let text = |name: &str| String::from_utf8(bytes(&documents, name)).unwrap();
    let manifest: Value = serde_json::from_str(&text("web/site.webmanifest")).unwrap();
    for icon in manifest["icons"].as_array().unwrap() {
        bytes(&documents, &format!("web/{}", icon["src"].as_str().unwrap()));
    }
    assert_eq!((&manifest["name"], &manifest["short_name"]), (&"Müller & Söhne".into(), &"Müller".into()));
    let head = text("web/head.html");
    assert!(head.contains("Müller &amp; Söhne") && head.contains("#1f5f4a"), "{head}");
    for file in head.split('"').filter_map(|value| value.strip_prefix('/')) {
        bytes(&documents, &format!("web/{file}"));
    }
    let icon = text("web/icon.svg");
    assert!(
        icon.contains("prefers-color-scheme:dark") && icon.contains("#7fd1b0") && icon.contains("#1f5f4a"),
        "{icon}"
    );
}

#[test]
fn gates_hold_for_every_mark() {
    let comb = comb();
    let cases: [(&str, Mark, bool); 5] = [
        ("round", MARK, true),
        ("a dot off the middle", &[(FillRole::Mark, WEDGE)], true),
        ("fine lines", &[(FillRole::Mark, &comb)], false),
        ("nothing", &[], true),
        ("a broken path", &[(FillRole::Mark, "M0 0 Q nonsense")], true),
    ];
    for (what, mark, whole) in cases {
        let checks = checks(&run(&made("Nord", Complexity::Simple, 1, mark)));
        assert_eq!(checks.len(), 5);
        for check in &checks {
            let wanted = whole || check.id != "assets.favicon.whole";
            assert_eq!(check.passed, wanted, "{what}: {check:?}");
        }
    }
}

/// The mark is too fine for a tab; its drawing for small sizes is not.
#[test]
fn small_pictures_show_the_drawing_made_for_them() {
    let comb = comb();
    let mark: Mark = &[(FillRole::Mark, &comb)];
    let with = |small| run(&made_with("Nord", Complexity::Medium, 1, mark, small));
    let (without, with) = (with(None), with(Some(DOT)));
    for (documents, whole) in [(&without, false), (&with, true)] {
        let checks = checks(documents);
        let check = checks.iter().find(|check| check.id == "assets.favicon.whole").unwrap();
        assert_eq!(check.passed, whole, "{check:?}");
    }
    for colorway in ["color", "reversed", "black", "white"] {
        for px in [16, 32] {
            let name = format!("logos/1-test/png/small-{colorway}-{px}.png");
            let picture = image::load_from_memory(&bytes(&with, &name)).unwrap();
            assert_eq!((picture.width(), picture.height()), (px, px), "{name}");
            assert!(!without.iter().any(|document| document.name == name));
        }
    }
    let icon = String::from_utf8(bytes(&with, "web/icon.svg")).unwrap();
    assert!(icon.len() < 2_000, "the icon of a tab holds the comb: {} bytes", icon.len());
    // Large icons show the mark itself.
    assert_eq!(bytes(&without, "web/icon-512.png"), bytes(&with, "web/icon-512.png"));
}

#[test]
fn the_maskable_mark_uses_its_circle() {
    for mark in [RING, WEDGE, &comb()] {
        let checks = checks(&run(&made("Nord", Complexity::Simple, 1, &[(FillRole::Mark, mark)])));
        let reach = checks.iter().find(|check| check.id == "assets.icon-maskable.reach").unwrap().measured;
        assert!((0.65..=0.75).contains(&reach), "{reach}");
    }
}

#[test]
fn the_same_inputs_give_the_same_bytes() {
    let inputs = made("Nord", Complexity::Simple, 2, MARK);
    assert_eq!(run(&inputs), run(&inputs));
}

#[test]
fn other_tasks_are_refused() {
    let inputs = made("Nord", Complexity::Simple, 1, MARK);
    let mut task = AssetsStep.plan("assets", &inputs, &Memory).unwrap().remove(0);
    task.kind = "paint".to_owned();
    assert!(AssetsStep.build(&task, &Memory).unwrap_err().is(Code::TaskUnknown));
}

/// The files of both shops, named as their tools expect them.
#[test]
fn apps_get_every_look_and_layer() {
    let documents = run(&made("Nord", Complexity::Medium, 1, MARK));
    let icon: Value =
        serde_json::from_slice(&bytes(&documents, "app/ios/AppIcon.appiconset/Contents.json")).unwrap();
    for image in icon["images"].as_array().unwrap() {
        let path = format!("app/ios/AppIcon.appiconset/{}", image["filename"].as_str().unwrap());
        let picture = image::load_from_memory(&bytes(&documents, &path)).unwrap();
        assert_eq!((picture.width(), picture.color().has_alpha()), (1024, false), "{path}");
    }
    let text = |path: &str| String::from_utf8(bytes(&documents, path)).unwrap();
    let layers = text("app/android/res/mipmap-anydpi-v26/ic_launcher.xml");
    for layer in [
        "@color/ic_launcher_background",
        "@drawable/ic_launcher_foreground",
        "@drawable/ic_launcher_monochrome",
    ] {
        assert!(layers.contains(layer), "{layer}");
    }
    let drawable = text("app/android/res/drawable/ic_launcher_foreground.xml");
    let paths: Vec<&str> =
        drawable.split("pathData=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert_eq!(paths.len(), MARK.len());
    for path in paths {
        let ink = core_vector::bezier::bounds(&core_vector::path::parse(path).unwrap());
        assert!(ink.x0 >= 21.0 && ink.y0 >= 21.0 && ink.x1 <= 87.0 && ink.y1 <= 87.0, "{ink:?}");
    }
    for name in ["checks-app.json", "checks-social-01.json", "checks-social-04.json"] {
        let checks: Vec<Check> = serde_json::from_slice(&bytes(&documents, name)).unwrap();
        assert!(!checks.is_empty() && checks.iter().all(|check| check.passed), "{name}: {checks:?}");
    }
}

#[test]
fn a_simple_kit_has_no_profiles_and_no_apps() {
    let documents = run(&made("Nord", Complexity::Simple, 1, MARK));
    assert!(
        documents
            .iter()
            .all(|document| !document.name.starts_with("social/") && !document.name.starts_with("app/"))
    );
}
