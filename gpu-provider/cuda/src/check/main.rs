//! One run on a machine with a GPU that says what works there and how fast it is: lines of `pass` and `fail`, and times.
//!
//! It needs CUDA's libraries, no network, no Rust and no weights. `run.sh` beside the crate starts it with what it needs.

mod against;
mod plans;
mod speed;

use imprint_painter_cuda::find::Places;
use imprint_painter_cuda::gpu::Gpu;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

const USAGE: &str = "imprint-painter-cuda-check [--libraries FOLDER]... [--against FOLDER] [--tiny]
  --libraries FOLDER   where CUDA's libraries lie; may be said again
  --against FOLDER     what against_torch.py wrote: weights, inputs, answers and times
  --tiny               only what is quick: no true sizes";

/// What is wished for.
#[derive(Default)]
struct Wish {
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

fn wish() -> Option<Wish> {
    let mut wish = Wish::default();
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--libraries" => wish.libraries.push(args.next()?.into()),
            "--against" => wish.against = Some(args.next()?.into()),
            "--tiny" => wish.is_tiny = true,
            _ => return None,
        }
    }
    Some(wish)
}

fn main() -> ExitCode {
    let Some(wish) = wish() else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    let mut report = Report::default();
    check(&wish, &mut report);
    println!("{} passed, {} failed", report.passed, report.failed);
    if report.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn check(wish: &Wish, report: &mut Report) {
    let places = Places::here(&wish.libraries);
    let Some(gpu) = report.try_to("device", Gpu::open(&places, false)) else { return };
    let about = gpu.about().clone();
    report.say(true, "device", &format!("{about:?}"));
    let gpu = Arc::new(gpu);
    plans::check(&gpu, report);
    let Some(searching) = report.try_to("device, ways searched", Gpu::open(&places, true)) else { return };
    let searching = Arc::new(searching);
    speed::pieces(&gpu, &searching, report);
    if !wish.is_tiny {
        speed::whole(&gpu, &searching, report);
    }
    if let Some(folder) = &wish.against {
        against::check(folder, &searching, report);
    }
}
