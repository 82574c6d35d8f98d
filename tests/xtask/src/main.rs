//! Everything that is done to this repository: set up, test, lint, measure, start a service.
//!
//! One automation language. `cargo xtask test` is what CI runs and what a newcomer runs; it needs stable Rust, a C
//! compiler and npm, and gets the rest.

mod api;
mod apt;
mod browser;
mod consumers;
mod lanes;
mod packages;
mod painter;
mod receivers;
mod remote;
mod service;
mod skips;
mod suites;
mod wash;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask test [LANE ...]     set up, then run these lanes, or those of every run
cargo xtask lanes               list the lanes
cargo xtask setup               fetch fonts and nats-server, build the components
cargo xtask accept              rewrite golden files and measured data from what is there now
cargo xtask remote              write wit/remote from wit/deps
cargo xtask bench [WHAT]        measure, and print the figures for tests/bench/RESULTS.md; `design`, `logo`,
                               `near`: many briefs; `lattice`, `faults`, `noisy`, `soak [MINUTES]`: a platform;
                               `hop [ROUNDS]`: a call near and far; `durable`: what is stored;
                               `memory`, `brands`, `poison`, `timers [COUNT]`: what grows, what nobody can do, what rings
cargo xtask fuzz [COUNT [READER]]
                               throw so many inputs of a new seed at every reader, or at this one
cargo xtask sim --seeds N [--from SEED] [--planted MISTAKE] [--without FAULT,FAULT] [--faults N] [--upgrade]
                                run saga, ledger and runner over faults, and tell what was wrong
cargo xtask faults [--runs N] [--seconds N] [--seed SEED] [--rate N] [--only FAULT,FAULT] [--unsynced] [--forget] [--no-copy] [--tell]
                                do things to a cluster of three servers under load, and look for what was lost
cargo xtask new service NAME    make a service: contract, core, component and tests
";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let root = root();
    let done = match words.as_slice() {
        ["test", wanted @ ..] => lanes::test(&root, wanted),
        ["lanes"] => lanes::list(),
        ["setup"] => lanes::setup(),
        ["accept"] => lanes::accept(&root),
        ["remote"] => remote::write(&root),
        ["bench", what @ ..] => lanes::bench(&root, what),
        ["fuzz", wish @ ..] => lanes::fuzz(&root, wish),
        ["sim", words @ ..] => lanes::sim(&root, words),
        ["faults", words @ ..] => lanes::faults(&root, words),
        ["new", "service", name] => service::new(&root, name),
        _ => {
            eprint!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("xtask: {why}");
            ExitCode::FAILURE
        }
    }
}

/// The checkout this program was built from.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").components().collect()
}
