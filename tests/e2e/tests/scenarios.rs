//! Every folder of `suite/` is a request; each is made native and through wasm, and both kits must be the same bytes.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use core_brand::brief::Order;
use core_brand::check::Severity;
use core_brand::content::sha256_hex;
use core_brand::kit::{BrandFile, ManifestFile, ReportFile};
use core_order::Request;
use imprint_embedded::Kit;
use imprint_golden::Case;
use imprint_harness::{Site, hashes, text};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What a scenario expects beyond a whole and true kit.
#[derive(Deserialize)]
struct Expect {
    /// Files the kit must hold.
    #[serde(default)]
    files: Vec<String>,
    /// Warnings by id, exactly these.
    #[serde(default)]
    warnings: Vec<String>,
    /// The industry that answered.
    industry: Option<String>,
    /// The primary colour.
    primary: Option<String>,
    /// What painted the concepts that were painted, by rank.
    #[serde(default)]
    painted: Vec<String>,
    /// At least this many files.
    files_min: usize,
}

fn suite() -> Vec<Case> {
    let cases = imprint_golden::cases(Path::new(env!("CARGO_MANIFEST_DIR")).join("suite"));
    assert!(cases.len() >= 6, "the suite has lost its cases");
    cases
}

fn read<T: serde::de::DeserializeOwned>(case: &Case, file: &str) -> T {
    serde_json::from_str(&case.text(file)).unwrap_or_else(|why| panic!("{}/{file}: {why}", case.name))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn native_and_wasm_make_the_same_bytes() {
    let (native, embedded) = (Site::native(), Site::embedded());
    let mut golden = Vec::new();
    for case in suite() {
        let request: Request = read(&case, "request.json");
        let expect: Expect = read(&case, "expect.json");
        let name = case.name.clone();
        let wasm = embedded.make(&request).await.unwrap_or_else(|fault| panic!("{name}: {fault}"));
        check_kit(&name, &wasm, &expect);
        golden.push((name.clone(), sha256_hex(text(&wasm, ManifestFile::PATH).as_bytes())));
        let native = native.make(&request).await.unwrap_or_else(|fault| panic!("{name}: {fault}"));
        let different = differences(&hashes(&native), &hashes(&wasm));
        if !different.is_empty() {
            let kept = [keep(&name, "native", &native), keep(&name, "wasm", &wasm)]
                .map(|path| path.display().to_string());
            panic!(
                "{name}: {} files differ, the first is {}; see {}",
                different.len(),
                different[0],
                kept.join(" and ")
            );
        }
    }
    // The same bytes on every machine: a kit is known by the hash of its manifest.
    let hashes = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/kits.txt");
    for (name, hash) in golden {
        imprint_golden::check_hash(&hashes, &name, &hash);
    }
}

/// Making the order of `brand.json` again gives the same kit.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn brand_json_remakes_the_kit() {
    let site = Site::embedded();
    let request: Request = read(&suite()[0], "request.json");
    let first = site.make(&request).await.unwrap();
    let order = brand(&first).order;
    let again = Site::embedded().make(&request_of(&order)).await.unwrap();
    assert_eq!(differences(&hashes(&first), &hashes(&again)), Vec::<String>::new());
}

fn request_of(order: &Order) -> Request {
    let brief = serde_json::json!({
        "company_name": order.brief.company_name,
        "industry": order.brief.industry,
        "style": order.brief.style,
        "primary_color": order.brief.primary_color,
        "complexity": order.brief.complexity,
        "language": order.brief.language,
        "distance": order.brief.distance,
    });
    let brief = serde_json::from_value(brief).unwrap();
    Request {
        format: 1,
        brief,
        seed: Some(order.seed.to_string()),
        concepts: Some(order.concepts),
        graph: order.graph.clone(),
        ..Request::default()
    }
}

fn differences(one: &BTreeMap<String, String>, other: &BTreeMap<String, String>) -> Vec<String> {
    let paths: BTreeSet<_> = one.keys().chain(other.keys()).collect();
    paths.into_iter().filter(|path| one.get(*path) != other.get(*path)).cloned().collect()
}

/// Writes a kit down for whoever looks for the difference.
fn keep(name: &str, site: &str, kit: &Kit) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name).join(site);
    for file in &kit.files {
        let path = folder.join(&file.path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, &file.bytes).unwrap();
    }
    folder
}

fn brand(kit: &Kit) -> BrandFile {
    serde_json::from_str(text(kit, BrandFile::PATH)).unwrap()
}

fn check_kit(name: &str, kit: &Kit, expect: &Expect) {
    assert!(kit.files.len() >= expect.files_min, "{name}: {} files", kit.files.len());
    for path in &expect.files {
        assert!(kit.files.iter().any(|file| file.path == *path), "{name} has no {path}");
    }
    check_brand(name, kit, expect);
    check_report(name, kit);
    check_manifest(name, kit);
    check_logos(name, kit);
}

fn check_brand(name: &str, kit: &Kit, expect: &Expect) {
    let brand = brand(kit);
    assert_eq!(brand.format, 1);
    let (painted, drawn): (Vec<_>, Vec<_>) =
        brand.concepts.iter().partition(|concept| concept.painted.is_some());
    assert_eq!(drawn.len(), kit.order.concepts as usize, "{name}");
    let models = painted.iter().filter_map(|concept| Some(concept.painted.as_ref()?.model.clone()));
    assert_eq!(models.collect::<Vec<_>>(), expect.painted, "{name}");
    for painted in painted {
        let origin = painted.painted.as_ref().unwrap();
        assert!(origin.is_procedural() && origin.prompt.contains("logo mark"), "{name}: {origin:?}");
        assert!(painted.idea.contains("no model"), "{name}: {}", painted.idea);
        assert!(kit.files.iter().any(|file| file.path == origin.picture), "{name}: {}", origin.picture);
    }
    let design = &brand.design.0;
    let warnings: Vec<_> = design.warnings.iter().map(|warning| warning.id.clone()).collect();
    assert_eq!(warnings, expect.warnings, "{name}");
    assert!(design.reasons.len() >= 5, "{name}: {} reasons", design.reasons.len());
    if let Some(industry) = &expect.industry {
        assert_eq!(design.industry.id, *industry, "{name}");
    }
    if let Some(primary) = &expect.primary {
        assert_eq!(design.palette.swatch("primary").unwrap().rgb.to_string(), *primary, "{name}");
    }
}

fn check_report(name: &str, kit: &Kit) {
    let report: ReportFile = serde_json::from_str(text(kit, ReportFile::PATH)).unwrap();
    assert!(report.checks.len() >= 20, "{name}: {} checks", report.checks.len());
    let failed: Vec<_> =
        report.checks.iter().filter(|check| check.severity == Severity::Gate && !check.passed).collect();
    assert!(failed.is_empty(), "{name}: {failed:?}");
    assert_eq!(report.gates_failed, 0, "{name}");
}

/// The manifest names every other file with its true hash and size.
fn check_manifest(name: &str, kit: &Kit) {
    let manifest: ManifestFile = serde_json::from_str(text(kit, ManifestFile::PATH)).unwrap();
    let listed: BTreeMap<_, _> = manifest.files.iter().map(|file| (file.path.as_str(), file)).collect();
    let others = kit.files.iter().filter(|file| file.path != ManifestFile::PATH);
    assert_eq!(listed.len(), others.clone().count(), "{name}");
    for file in others {
        let entry =
            listed.get(file.path.as_str()).unwrap_or_else(|| panic!("{name}: {} is not listed", file.path));
        assert_eq!(entry.sha256, sha256_hex(&file.bytes), "{name}: {}", file.path);
        assert_eq!(entry.bytes, file.bytes.len() as u64, "{name}: {}", file.path);
        assert_eq!(entry.media_type, file.media_type, "{name}: {}", file.path);
        if file.media_type == "image/png" {
            assert_eq!(entry.width.zip(entry.height), Some(png_size(&file.bytes)), "{name}: {}", file.path);
        }
    }
}

/// Width and height as the file itself says.
fn png_size(bytes: &[u8]) -> (u32, u32) {
    let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
    assert_eq!(&bytes[1..4], b"PNG");
    (number(16), number(20))
}

/// Logos are clean vectors, and no two concepts are the same.
fn check_logos(name: &str, kit: &Kit) {
    let is_logo = |path: &str| path.starts_with("logos/") && path.ends_with(".svg");
    let logos: Vec<_> = kit.files.iter().filter(|file| is_logo(&file.path)).collect();
    for logo in &logos {
        let svg = std::str::from_utf8(&logo.bytes).unwrap();
        for foreign in ["<text", "<image", "<style", "<script", "<filter", "<foreignObject", "href"] {
            assert!(!svg.contains(foreign), "{name}: {} holds {foreign}", logo.path);
        }
        assert!(svg.contains("viewBox"), "{name}: {}", logo.path);
    }
    let marks = logos.iter().filter(|logo| logo.path.ends_with("/mark-black.svg"));
    let different: BTreeSet<_> = marks.map(|logo| paths_of(&logo.bytes)).collect();
    assert_eq!(different.len(), brand(kit).concepts.len(), "{name}: two concepts have one mark");
}

fn paths_of(svg: &[u8]) -> String {
    let svg = std::str::from_utf8(svg).unwrap();
    svg.split(" d=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect()
}
