//! System figures, printed as the tables of `RESULTS.md`: the whole command, each component native against wasm, sizes.
//!
//! Run with `cargo xtask bench`, and `cargo xtask bench lattice` or `cargo xtask bench faults` for the platform,
//! `cargo xtask bench hop` for a call between two components near and far, `cargo xtask bench durable` for what is stored,
//! `cargo xtask bench design` and `cargo xtask bench logo` for the designs and the logos of many briefs,
//! `cargo xtask bench near` for what marks of different briefs have in common, `cargo xtask bench kit` for whole kits, `cargo xtask bench notify` for notifications,
//! `cargo xtask bench soak` for what grows in hours, `cargo xtask bench memory` for what a server holds of what it stores, `cargo xtask bench brands` for what the ledger holds of brands that are done, `cargo xtask bench poison` for work that nobody can do and `cargo xtask bench timers` for timers, `cargo xtask bench noisy` for one tenant beside others that wants too much. Machines are noisy: medians of several runs, and ratios against a baseline of the same run.

mod brands;
mod command;
mod compare;
mod corpus;
mod design;
mod durable;
mod faults;
mod hop;
mod kit;
mod lattice;
mod logo;
mod memory;
mod noisy;
mod notify;
mod poison;
mod servers;
mod soak;
mod timers;

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Runs of the whole command.
pub(crate) const COMMAND_RUNS: usize = 5;
/// Runs of each task, native and wasm in turn.
pub(crate) const TASK_RUNS: usize = 15;
/// Runs of a whole job, wasm and native in turn.
pub(crate) const KIT_RUNS: usize = 5;

fn main() {
    // The platform has programs of its own to build, so it is measured on request.
    match std::env::args().nth(1).as_deref() {
        Some("lattice") => return lattice::print(),
        Some("faults") => return faults::print(),
        Some("design") => return design::print(),
        Some("kit") => return kit::print(),
        Some("noisy") => return noisy::print(),
        Some("hop") => return hop::print(count()),
        Some(hop::OWN_HOST) => return hop::serve(),
        Some("durable") => return durable::print(),
        Some("notify") => return notify::print(),
        Some("soak") => return soak::print(count()),
        Some("memory") => return memory::print(count()),
        Some("brands") => return brands::print(count()),
        Some("poison") => return poison::print(count()),
        Some("timers") => return timers::print(count()),
        Some("near") => return logo::near(count()),
        Some("logo") => return logo::print(count()),
        _ => {}
    }
    command::print();
    sizes();
    compare::print();
}

/// How many, where the person says it.
fn count<T: FromStr>() -> Option<T> {
    std::env::args().nth(2).and_then(|count| count.parse().ok())
}

/// The component files, fonts not in them.
fn sizes() {
    println!("\n| component | bytes |\n|---|---|");
    for component in &imprint_artifacts::artifacts().components {
        let bytes = std::fs::metadata(&component.path).map(|about| about.len()).unwrap_or_default();
        println!("| {} | {bytes} |", component.name);
    }
}

pub(crate) fn median<T: Copy + PartialOrd>(mut values: Vec<T>) -> T {
    values.sort_by(|a, b| a.partial_cmp(b).unwrap_or(std::cmp::Ordering::Equal));
    values[values.len() / 2]
}

/// The median, and what one of a hundred passes.
pub(crate) fn spread(mut values: Vec<f64>) -> (f64, f64) {
    values.sort_by(f64::total_cmp);
    let at = |share: usize| values.get((values.len() * share / 100).min(values.len().saturating_sub(1)));
    (at(50).copied().unwrap_or_default(), at(99).copied().unwrap_or_default())
}

/// A component that nobody deploys, built by `cargo xtask bench` where it is needed.
pub(crate) fn example(name: &str) -> PathBuf {
    let target =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/components/wasm32-wasip2/component");
    let file = target.join(format!("examples/{name}.wasm"));
    file.canonicalize().unwrap_or_else(|why| panic!("`{}`: {why}", file.display()))
}

/// What the clock says, for journals that tell how long a call took.
#[allow(clippy::disallowed_methods, reason = "for the times in journals; nothing of it enters a kit")]
pub(crate) fn now_ms() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

pub(crate) fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
