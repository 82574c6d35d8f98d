//! `imprint make` with a warm cache: from the start of the process to its end.

use crate::{COMMAND_RUNS, median, ms};
use imprint_artifacts::artifacts;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// What one run took.
struct Run {
    wall_ms: f64,
    peak_kb: u64,
    timings: serde_json::Value,
}

/// Wall time and peak memory of the whole command for a kit of each size.
pub(crate) fn peaks() {
    let program = program();
    println!("\n`imprint make \"Northwind Coffee\" --industry coffee`, warm, {COMMAND_RUNS} runs, median:\n");
    println!("| kit | process start to exit | peak memory |\n|---|---|---|");
    for complexity in ["simple", "medium", "complex"] {
        one(&program, complexity);
        let runs: Vec<Run> = (0..COMMAND_RUNS).map(|_| one(&program, complexity)).collect();
        let wall_ms = median(runs.iter().map(|run| run.wall_ms).collect());
        let peak_mb = median(runs.iter().map(|run| run.peak_kb).collect()) as f64 / 1000.0;
        println!("| {complexity} | {wall_ms:.0} ms | {peak_mb:.0} MB |");
    }
}

/// The command in the profile of this program, built now.
fn program() -> PathBuf {
    let root = &artifacts().root;
    let (profile, folder): (&[&str], _) =
        if cfg!(debug_assertions) { (&[], "debug") } else { (&["--release"], "release") };
    let mut build = Command::new("cargo");
    let built = build.current_dir(root).args(["build", "--package", "imprint"]).args(profile).status();
    assert!(built.is_ok_and(|status| status.success()), "the command does not build");
    root.join("target").join(folder).join("imprint")
}

pub(crate) fn print() {
    let program = program();
    one(&program, "medium"); // Warms the code cache.
    let runs: Vec<Run> = (0..COMMAND_RUNS).map(|_| one(&program, "medium")).collect();
    println!("\n`imprint make \"Northwind Coffee\" --industry coffee`, warm, {COMMAND_RUNS} runs, median:\n");
    println!("| figure | value |\n|---|---|");
    println!(
        "| whole command, process start to exit | {:.0} ms |",
        median(runs.iter().map(|run| run.wall_ms).collect())
    );
    println!(
        "| peak memory | {:.0} MB |",
        median(runs.iter().map(|run| run.peak_kb).collect()) as f64 / 1000.0
    );
    for figure in ["setup_ms", "engine_ms", "job_ms", "write_ms"] {
        println!("| {} | {} ms |", figure.trim_end_matches("_ms"), timing(&runs, &[figure]));
    }
    for step in imprint_embedded::steps() {
        println!("| time in calls of `{step}`, summed | {} ms |", timing(&runs, &["steps_ms", step]));
    }
}

fn timing(runs: &[Run], path: &[&str]) -> u64 {
    let value =
        |run: &Run| path.iter().fold(&run.timings, |value, key| &value[*key]).as_u64().unwrap_or_default();
    median(runs.iter().map(value).collect())
}

fn one(program: &Path, complexity: &str) -> Run {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let mut command = Command::new(program);
    let brief = ["Northwind Coffee", "--industry", "coffee", "--complexity", complexity];
    command.current_dir(folder.path()).arg("make").args(brief).arg("--json");
    let log = std::fs::File::create(folder.path().join("json")).expect("a file can be made");
    let started = Instant::now();
    let mut child = command.stdout(log).stderr(Stdio::null()).spawn().expect("the command starts");
    let mut peak_kb = 0;
    let status = loop {
        peak_kb = peak_kb.max(high_water_kb(child.id()));
        match child.try_wait().expect("the command can be waited for") {
            Some(status) => break status,
            None => std::thread::sleep(Duration::from_millis(2)),
        }
    };
    let wall_ms = ms(started.elapsed());
    assert!(status.success(), "the command fails");
    let text = std::fs::read_to_string(folder.path().join("json")).expect("the command wrote JSON");
    let report: serde_json::Value = serde_json::from_str(&text).expect("the command wrote JSON");
    Run { wall_ms, peak_kb, timings: report["timings"].clone() }
}

/// The most memory the process has held so far, as the kernel counts it.
fn high_water_kb(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or_default()
}
