//! One run on a machine with a GPU that says what works there and how fast it is: lines of `pass`, `fail`, `skip` and `time`.
//!
//! It needs CUDA's libraries, no network, no Rust and no weights. `run.sh` beside the crate starts it with what it needs;
//! `tests/driver.rs` runs all of it with a driver on the CPU.

mod against;
mod pictures;
mod plans;
mod sizes;
mod speed;

use imprint_painter_cuda::find::Places;
use imprint_painter_cuda::gpu::Gpu;
use sizes::Sizes;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

const USAGE: &str =
    "imprint-painter-cuda-check [--part PART]... [--libraries FOLDER]... [--against FOLDER] [--tiny]
  --part PART          versions, pieces, parity or speed; may be said again; all of them where none is said
  --libraries FOLDER   where CUDA's libraries lie; may be said again
  --against FOLDER     what against_torch.py wrote: weights, inputs, answers and times
  --tiny               a toy with the parts of SDXL, for a first look";

#[derive(Clone, Copy, Debug)]
enum Part {
    /// What there is, and how long it takes until it can be used.
    Versions,
    /// Products, convolutions and attention of SDXL's sizes, by themselves.
    Pieces,
    /// What is made, against the reference and against PyTorch.
    Parity,
    /// Whole parts of SDXL and whole pictures: times, ratios to PyTorch, memory.
    Speed,
}

const PARTS: [(&str, Part); 4] = [
    ("versions", Part::Versions),
    ("pieces", Part::Pieces),
    ("parity", Part::Parity),
    ("speed", Part::Speed),
];

/// What is wished for.
#[derive(Default)]
struct Wish {
    parts: Vec<Part>,
    libraries: Vec<PathBuf>,
    against: Option<PathBuf>,
    is_tiny: bool,
}

/// What was found so far.
#[derive(Default)]
pub(crate) struct Report {
    failed: usize,
    passed: usize,
}

impl Report {
    pub(crate) fn say(&mut self, is_fine: bool, what: &str, found: &str) {
        println!("{} {what}: {found}", if is_fine { "pass" } else { "fail" });
        if is_fine {
            self.passed += 1;
        } else {
            self.failed += 1;
        }
    }

    /// An error is a failure with its reason.
    pub(crate) fn try_to<T, E: std::fmt::Display>(&mut self, what: &str, tried: Result<T, E>) -> Option<T> {
        match tried {
            Ok(value) => Some(value),
            Err(why) => {
                self.say(false, what, &why.to_string());
                None
            }
        }
    }
}

/// A measurement, which nobody judges.
pub(crate) fn time(what: &str, found: &str) {
    println!("time {what}: {found}");
}

pub(crate) fn skip(what: &str, why: &str) {
    println!("skip {what}: {why}");
}

/// What is measured, and beside what.
pub(crate) struct Bench {
    /// Products in the ways that are advised, and in the fastest of several.
    pub(crate) gpu: Arc<Gpu>,
    pub(crate) searching: Arc<Gpu>,
    pub(crate) sizes: Sizes,
    pub(crate) against: Option<PathBuf>,
    /// Milliseconds of PyTorch, by what it did.
    pub(crate) told: BTreeMap<String, f64>,
}

fn wish() -> Option<Wish> {
    let mut wish = Wish::default();
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--part" => {
                let name = args.next()?;
                wish.parts.push(PARTS.iter().find(|(own, _)| *own == name)?.1);
            }
            "--libraries" => wish.libraries.push(args.next()?.into()),
            "--against" => wish.against = Some(args.next()?.into()),
            "--tiny" => wish.is_tiny = true,
            _ => return None,
        }
    }
    if wish.parts.is_empty() {
        wish.parts = PARTS.map(|(_, part)| part).to_vec();
    }
    Some(wish)
}

fn main() -> ExitCode {
    let Some(wish) = wish() else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    let mut report = Report::default();
    check(wish, &mut report);
    println!("{} passed, {} failed", report.passed, report.failed);
    if report.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn check(wish: Wish, report: &mut Report) {
    let places = Places::here(&wish.libraries);
    let begun = Instant::now();
    let Some(gpu) = report.try_to("device", Gpu::open(&places, false)) else { return };
    let opened = begun.elapsed();
    let Some(searching) = report.try_to("device, ways searched", Gpu::open(&places, true)) else { return };
    let sizes = if wish.is_tiny { Sizes::toy() } else { Sizes::published() };
    let Some(sizes) = report.try_to("sizes", sizes) else { return };
    let told = wish.against.as_deref().map_or(Ok(BTreeMap::new()), told);
    let Some(told) = report.try_to("times of PyTorch", told) else { return };
    let (gpu, searching) = (Arc::new(gpu), Arc::new(searching));
    let bench = Bench { gpu, searching, sizes, against: wish.against, told };
    for part in wish.parts {
        match part {
            Part::Versions => {
                versions(&bench.gpu, report);
                time("start", &format!("{opened:.1?} until a device is open and its kernels are compiled"));
            }
            Part::Pieces => speed::pieces(&bench, report),
            Part::Parity => {
                plans::check(&bench, report);
                against::check(&bench, report);
            }
            Part::Speed => {
                speed::whole(&bench, report);
                pictures::check(&bench, report);
            }
        }
    }
}

/// The times that `against_torch.py` wrote so far.
fn told(folder: &Path) -> Result<BTreeMap<String, f64>, String> {
    let file = folder.join("times.json");
    if !file.is_file() {
        skip("ratios to PyTorch", &format!("there is no {}", file.display()));
        return Ok(BTreeMap::new());
    }
    let text = std::fs::read_to_string(file).map_err(|why| why.to_string())?;
    serde_json::from_str(&text).map_err(|why| why.to_string())
}

fn versions(gpu: &Gpu, report: &mut Report) {
    let about = gpu.about();
    let bytes = format!("{} bytes of memory, {} free", about.memory_bytes, about.free_bytes);
    report.say(true, "device", &format!("{}, {}, {bytes}", about.name, about.arch));
    let versions = [
        ("driver", about.driver.to_string()),
        ("NVRTC", about.compiler.clone()),
        ("cuBLASLt", about.matrices.to_string()),
    ];
    for ((what, version), path) in versions.iter().zip(&about.libraries) {
        report.say(true, what, &format!("{version}, {path}"));
    }
}
