//! What a whole kit takes: time cold and warm, in wasm and native and by step, the memory of the command, and bytes by step, by
//! folder and packed.

use crate::{KIT_RUNS, median, ms, now_ms};
use core_brand::brief::RawBrief;
use core_order::Request;
use imprint_artifacts::artifacts;
use imprint_embedded::{Kit, Settings, Workshop};
use imprint_harness::Site;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

/// What is measured: a usual brief in all sizes, and one whose fonts are large.
const BRIEFS: &[(&str, &str, &str, &str, &str)] = &[
    ("usual, simple", "Northwind Coffee", "coffee", "simple", "en"),
    ("usual", "Northwind Coffee", "coffee", "medium", "en"),
    ("usual, complex", "Northwind Coffee", "coffee", "complex", "en"),
    ("Japanese", "北風珈琲", "coffee", "medium", "ja"),
];
/// The brief that the tables of folders and pictures are about.
const USUAL: usize = 1;

pub(crate) fn print() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.expect("threads start");
    let kits = runtime.block_on(times());
    runtime.block_on(cold());
    for ((label, ..), kit) in BRIEFS.iter().zip(&kits) {
        stages(label, kit);
    }
    crate::command::peaks();
    folders(&kits[USUAL]);
    pictures(&kits[USUAL]);
}

/// The first run of each brief is not counted: it reads the components from the code cache.
async fn times() -> Vec<Kit> {
    println!("\nWhole kits on {} cores, {KIT_RUNS} runs each, wasm and native in turn, median:\n", cores());
    println!(
        "| brief | files | bytes | packed | wasm | native | wasm / native |\n|---|---|---|---|---|---|---|"
    );
    let mut kits = Vec::new();
    for (label, name, industry, complexity, language) in BRIEFS {
        let request = request(name, industry, complexity, language);
        let mut kit = make(&embedded(&artifacts().compiled), &request).await.0;
        let (mut in_wasm, mut in_native) = (Vec::new(), Vec::new());
        for _ in 0..KIT_RUNS {
            // A site knows the jobs it has done: each run has its own.
            let (made, took_ms) = make(&embedded(&artifacts().compiled), &request).await;
            kit = made;
            in_wasm.push(took_ms);
            in_native.push(make(&Site::native(), &request).await.1);
        }
        let (in_wasm, in_native) = (median(in_wasm), median(in_native));
        println!(
            "| {label} | {} | {} | {} | {in_wasm:.0} ms | {in_native:.0} ms | {:.2} |",
            kit.files.len(),
            bytes(&kit, |_| true),
            packed(&kit),
            in_wasm / in_native
        );
        kits.push(kit);
    }
    kits
}

/// The first kit on a machine: every component is compiled to machine code.
async fn cold() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let (_, name, industry, complexity, language) = BRIEFS[USUAL];
    let started = Instant::now();
    let site = embedded(&folder.path().join("compiled"));
    let (_, made_ms) = make(&site, &request(name, industry, complexity, language)).await;
    println!(
        "\nThe usual kit cold, components compiled anew: {:.0} ms, {made_ms:.0} ms of it the job.",
        ms(started.elapsed())
    );
}

/// The component files in one process, with a clock that runs: it tells how long each call took.
fn embedded(compiled: &Path) -> Site {
    let built = artifacts();
    let open = Workshop::open(&built.components, built.fonts.clone(), compiled, Settings::default(), now_ms);
    Site::Embedded(open.unwrap_or_else(|fault| panic!("{fault}")))
}

fn request(name: &str, industry: &str, complexity: &str, language: &str) -> Request {
    let brief = RawBrief {
        company_name: name.into(),
        industry: industry.into(),
        complexity: Some(complexity.into()),
        language: Some(language.into()),
        ..RawBrief::default()
    };
    Request { format: 1, brief, ..Request::default() }
}

async fn make(site: &Site, request: &Request) -> (Kit, f64) {
    let started = Instant::now();
    let kit = site.make(request).await.unwrap_or_else(|fault| panic!("{fault}"));
    (kit, ms(started.elapsed()))
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

fn bytes(kit: &Kit, wanted: impl Fn(&str) -> bool) -> usize {
    kit.files.iter().filter(|file| wanted(&file.path)).map(|file| file.bytes.len()).sum()
}

/// Each file deflated on its own, as an archive does it; what an archive adds for names is not counted.
fn packed(kit: &Kit) -> usize {
    kit.files
        .iter()
        .map(|file| miniz_oxide::deflate::compress_to_vec(&file.bytes, 6).len().min(file.bytes.len()))
        .sum()
}

/// Of the last run in wasm.
fn stages(label: &str, kit: &Kit) {
    println!("\n| step of the kit \"{label}\" | in calls, summed | files | bytes |\n|---|---|---|---|");
    for step in imprint_embedded::steps() {
        let spent_ms = kit.call_ms.get(step).copied().unwrap_or_default();
        let (files, bytes) = kit.step_files.get(step).copied().unwrap_or_default();
        println!("| `{step}` | {spent_ms} ms | {files} | {bytes} |");
    }
}

fn folders(kit: &Kit) {
    let mut folders: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for file in &kit.files {
        let folder = file.path.split_once('/').map_or("(top)", |(folder, _)| folder);
        let sum = folders.entry(folder).or_default();
        *sum = (sum.0 + 1, sum.1 + file.bytes.len());
    }
    println!("\n| folder of the usual kit | files | bytes |\n|---|---|---|");
    for (folder, (files, bytes)) in folders {
        println!("| {folder} | {files} | {bytes} |");
    }
}

/// The PNG files of a kit against what oxipng makes of them at its default level.
fn pictures(kit: &Kit) {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let (mut ours, mut names) = (0, Vec::new());
    for (index, file) in kit.files.iter().filter(|file| file.path.ends_with(".png")).enumerate() {
        let name = folder.path().join(format!("{index}.png"));
        std::fs::write(&name, &file.bytes).expect("a picture can be written");
        ours += file.bytes.len();
        names.push(name);
    }
    let done = Command::new("oxipng").arg("--quiet").args(&names).status();
    if !done.is_ok_and(|status| status.success()) {
        return println!(
            "\noxipng is not at hand: `cargo install oxipng --version 10.2.1 --locked`, and run this again."
        );
    }
    let size = |name: &Path| std::fs::metadata(name).map_or(0, |about| about.len());
    let theirs: u64 = names.iter().map(|name| size(name)).sum();
    println!(
        "\n{} PNG files: {ours} bytes; oxipng makes {theirs} of them ({:.3}).",
        names.len(),
        ours as f64 / theirs as f64
    );
}
