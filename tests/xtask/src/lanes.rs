//! The lanes of `cargo xtask test`.

use crate::{apt, browser, consumers, painter, receivers, skips, suites, wash};
use imprint_supply::{COMPONENTS, LATTICE_COMPONENTS, Places, Voice};
use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

type Done = Result<(), String>;

/// One lane: a name, what it proves, how it is run, and whether it is part of every run.
struct Lane {
    name: &'static str,
    proves: &'static str,
    run: fn(&Path) -> Done,
    always: bool,
}

/// `tests` is all suites in one build: cargo compiles shared crates anew for every other choice of packages. The lanes
/// of one room are for whoever works in it.
const LANES: &[Lane] = &[
    Lane { name: "format", proves: "all sources are formatted", run: format, always: true },
    Lane { name: "lint", proves: "clippy finds nothing", run: lint, always: true },
    Lane { name: "tests", proves: "every suite passes", run: tests, always: true },
    Lane { name: "deny", proves: "dependencies have allowed licences and sources", run: deny, always: true },
    Lane {
        name: "api",
        proves: "every answer is what /openapi.json says",
        run: crate::api::run,
        always: false,
    },
    Lane { name: "core", proves: "the shared logic keeps its laws", run: core, always: false },
    Lane { name: "providers", proves: "every backend keeps its promises", run: providers, always: false },
    Lane { name: "tidy", proves: "the house rules hold", run: tidy, always: false },
    Lane { name: "e2e", proves: "a brief becomes the same kit on every site", run: e2e, always: false },
    Lane {
        name: "wash",
        proves: "real wash deploys, from files and a registry",
        run: with_wash,
        always: false,
    },
];

/// Repeats a run of broken input.
const FUZZ_SEED: &str = "IMPRINT_FUZZ_SEED";
/// The version that CI uses.
const DENY_VERSION: &str = "0.20.2";

pub(crate) fn list() -> Done {
    for lane in LANES {
        let when = if lane.always { "always" } else { "on request" };
        println!("{:<10} {when:<11} {}", lane.name, lane.proves);
    }
    Ok(())
}

/// Sets up, then runs the wanted lanes, or those of every run. Fails at the end, so that one run tells everything.
pub(crate) fn test(root: &Path, wanted: &[&str]) -> Done {
    if let Some(unknown) = wanted.iter().find(|name| !LANES.iter().any(|lane| lane.name == **name)) {
        return Err(format!("there is no lane `{unknown}`; `cargo xtask lanes` lists them"));
    }
    setup()?;
    skips::begin(root)?;
    let mut failed = Vec::new();
    let mut lines = Vec::new();
    let is_wanted = |lane: &&Lane| if wanted.is_empty() { lane.always } else { wanted.contains(&lane.name) };
    for lane in LANES.iter().filter(is_wanted) {
        println!("\n== {}: {}", lane.name, lane.proves);
        let started = Instant::now();
        let done = (lane.run)(root);
        let verdict = if done.is_ok() { "ok" } else { "FAILED" };
        lines.push(format!("{:<10} {verdict:<7} {:>6.1} s", lane.name, started.elapsed().as_secs_f64()));
        if let Err(why) = done {
            failed.push(format!("{}: {why}", lane.name));
        }
    }
    println!("\n{}", lines.join("\n"));
    skips::judge(root)?;
    if failed.is_empty() { Ok(()) } else { Err(failed.join("\n")) }
}

/// Says what it does on standard output, so that a log shows where the time went.
struct Log;

impl Voice for Log {
    fn say(&self, what: &str) {
        println!("{what}");
    }

    fn lets_children_speak(&self) -> bool {
        true
    }

    fn is_stopped(&self) -> bool {
        false
    }
}

pub(crate) fn setup() -> Done {
    let places = Places::find().map_err(|fault| fault.message)?;
    imprint_supply::fonts(&places, &Log).map_err(|fault| fault.message)?;
    imprint_supply::components(&places, &Log).map_err(|fault| fault.message)?;
    imprint_supply::nats_server(&places, &Log).map_err(|fault| fault.message)?;
    consumers::setup(&places)?;
    receivers::setup(&places)?;
    painter::setup(&places)?;
    apt::print_tools();
    browser::setup(&places)
}

pub(crate) fn accept(root: &Path) -> Done {
    setup()?;
    run(cargo(root).args(["build", "--package", "imprint"]))?;
    let packages = ["core-typography", "core-kit", "imprint-tidy", "imprint-e2e"];
    let mut command = cargo(root);
    command.arg("test").env("IMPRINT_ACCEPT", "1");
    for package in packages {
        command.args(["--package", package]);
    }
    run(&mut command)
}

pub(crate) fn bench(root: &Path, what: &[&str]) -> Done {
    setup()?;
    const OF_A_PLATFORM: [&str; 10] =
        ["lattice", "faults", "brands", "hop", "durable", "memory", "noisy", "poison", "soak", "timers"];
    if what.first().is_some_and(|what| OF_A_PLATFORM.contains(what)) {
        let places = Places::find().map_err(|fault| fault.message)?;
        imprint_supply::programs(&places, &Log).map_err(|fault| fault.message)?;
        examples(root, &places)?;
        // In the profile of the programs beside it.
        let profile: &[&str] = if cfg!(debug_assertions) { &[] } else { &["--release"] };
        let bench = ["--package", "imprint-bench", "--"];
        return run(cargo(root).arg("run").args(profile).args(bench).args(what));
    }
    run(cargo(root).args(["run", "--release", "--package", "imprint-bench", "--"]).args(what))
}

/// Inputs for each reader where nobody says how many: a minute or two.
const FUZZ_COUNT: &str = "20000";

/// Throws broken input at what strangers reach, another row of it at each run.
pub(crate) fn fuzz(root: &Path, wish: &[&str]) -> Done {
    let mut command = cargo(root);
    command.args(["test", "--workspace", "--locked"]).args(shells()).args(["--test", "fuzz"]);
    command.args(["--", "--nocapture", "readers"]);
    command.env("IMPRINT_FUZZ", wish.first().unwrap_or(&FUZZ_COUNT));
    if let Some(reader) = wish.get(1) {
        command.env("IMPRINT_FUZZ_ONLY", reader);
    }
    let seed = std::env::var(FUZZ_SEED);
    let seed = seed.unwrap_or_else(|_| RandomState::new().build_hasher().finish().to_string());
    println!("{FUZZ_SEED}={seed}");
    run(command.env(FUZZ_SEED, seed))
}

/// More seeds of the simulation than a run of the tests has time for. The choice of packages is that of `tests`.
pub(crate) fn sim(root: &Path, words: &[&str]) -> Done {
    let mut command = cargo(root);
    command.args(["test", "--workspace", "--locked"]).args(shells()).args(["--test", "sim"]);
    command.args(["--", "--exact", "nothing_is_wrong", "--nocapture"]);
    run(command.env("IMPRINT_SIM", words.join(" ")))
}

/// More and longer faults of a cluster than a run of the tests has time for. The choice of packages is that of `tests`.
pub(crate) fn faults(root: &Path, words: &[&str]) -> Done {
    let mut command = cargo(root);
    command.args(["test", "--workspace", "--locked"]).args(shells()).args(["--test", "cluster"]);
    command.args(["--", "--exact", "nothing_acknowledged_is_lost", "--nocapture"]);
    let words = if words.is_empty() { &["--runs", "20"] } else { words };
    run(command.env("IMPRINT_FAULTS", words.join(" ")))
}

/// Components that only measures use: what the gateway is measured against, and two that call each other.
fn examples(root: &Path, places: &Places) -> Done {
    let mut build = cargo(root);
    build.args(["build", "--locked", "--package", "imprint-gateway"]);
    build.args(["--example", "hello", "--example", "caller", "--example", "callee"]);
    build.args(["--profile", "component", "--target", "wasm32-wasip2"]);
    run(build.arg("--target-dir").arg(places.component_target()))
}

fn format(root: &Path) -> Done {
    run(cargo(root).args(["fmt", "--all", "--check"]))
}

fn lint(root: &Path) -> Done {
    run(cargo(root).args([
        "clippy",
        "--workspace",
        "--all-targets",
        "--locked",
        "--",
        "--deny",
        "warnings",
    ]))?;
    // With all packages together every feature is on; the `imprint` command has these without NATS.
    run(cargo(root).args([
        "clippy",
        "--package",
        "imprint-runner",
        "--lib",
        "--locked",
        "--",
        "--deny",
        "warnings",
    ]))
}

/// Everything but the component shells, which are built to wasm. The command is built in the same breath: the tests
/// start it as a person would.
fn tests(root: &Path) -> Done {
    let shells = shells();
    run(cargo(root).args(["build", "--workspace", "--all-targets", "--locked"]).args(&shells))?;
    let mut command = cargo(root);
    command.args(["test", "--workspace", "--locked", "--lib", "--bins", "--tests"]).args(&shells);
    suites::run(command)
}

fn shells() -> Vec<String> {
    let shells = COMPONENTS.iter().chain(LATTICE_COMPONENTS);
    shells.map(|name| format!("--exclude=imprint-{name}")).collect()
}

/// The pure crates.
fn core(root: &Path) -> Done {
    let mut command = cargo(root);
    command.args(["test", "--workspace", "--locked"]);
    for name in not_core(root)? {
        command.args(["--exclude", &name]);
    }
    run(&mut command)
}

fn providers(root: &Path) -> Done {
    run(cargo(root).args([
        "test",
        "--locked",
        "--package",
        "imprint-conformance",
        "--package",
        "imprint-runner",
        "--package",
        "imprint-provider",
    ]))
}

fn tidy(root: &Path) -> Done {
    let packages = ["imprint-tidy", "imprint-golden", "imprint-xtask", "imprint-artifacts"];
    run(cargo(root).args(["test", "--locked"]).args(packages.map(|name| format!("--package={name}"))))
}

/// The choice of packages is that of `tests`: another one would compile the engine anew.
fn e2e(root: &Path) -> Done {
    let shells = shells();
    run(cargo(root).args(["build", "--workspace", "--all-targets", "--locked"]).args(&shells))?;
    let names = std::fs::read_dir(root.join("tests/e2e/tests")).map_err(|why| why.to_string())?;
    let name =
        |entry: std::fs::DirEntry| entry.path().file_stem().map(|name| name.to_string_lossy().into_owned());
    let names = names.flatten().filter(|entry| is_suite(&entry.path())).filter_map(name);
    let names = names.filter(|name| name != "wash").map(|name| format!("--test={name}"));
    let mut command = cargo(root);
    command.args(["test", "--workspace", "--locked"]).args(&shells).args(names);
    suites::run(command)
}

fn is_suite(path: &Path) -> bool {
    path.extension().is_some_and(|kind| kind == "rs") || path.join("main.rs").is_file()
}

fn with_wash(root: &Path) -> Done {
    let (places, shells) = (Places::find().map_err(|fault| fault.message)?, shells());
    run(cargo(root).args(["build", "--workspace", "--all-targets", "--locked"]).args(&shells))?;
    let mut command = cargo(root);
    wash::tell(&mut command, &places)?;
    command.args(["test", "--workspace", "--locked"]).args(&shells);
    run(command.args(["--features", "imprint-e2e/wash", "--test", "wash", "--", "--nocapture"]))
}

/// Licences, sources and bans. Advisories need a database from the network: `cargo deny check` asks for it.
fn deny(root: &Path) -> Done {
    let tools = root.join("target/tools");
    let program = tools.join("bin/cargo-deny");
    if !program.is_file() {
        println!("Installing cargo-deny {DENY_VERSION} into target/tools (once).");
        let mut install = cargo(root);
        install.args([
            "install",
            "cargo-deny",
            "--version",
            DENY_VERSION,
            "--locked",
            "--no-default-features",
            // It runs for seconds and is built on every fresh machine.
            "--debug",
        ]);
        run(install.arg("--root").arg(&tools).arg("--target-dir").arg(tools.join("build")))?;
    }
    let mut check = Command::new(program);
    run(check.current_dir(root).args(["--all-features", "--locked", "check", "bans", "licenses", "sources"]))
}

/// Workspace packages outside `components/core-*`.
fn not_core(root: &Path) -> Result<Vec<String>, String> {
    let mut command = cargo(root);
    let answer = command.args(["metadata", "--no-deps", "--format-version", "1", "--locked"]).output();
    let answer = answer.map_err(|why| format!("cargo metadata: {why}"))?;
    let metadata: serde_json::Value =
        serde_json::from_slice(&answer.stdout).map_err(|why| format!("cargo metadata: {why}"))?;
    let packages = metadata["packages"].as_array().cloned().unwrap_or_default();
    let names = packages.iter().filter_map(|package| package["name"].as_str());
    let names: Vec<String> = names.filter(|name| !name.starts_with("core-")).map(str::to_owned).collect();
    // An empty list would run everything twice and say nothing.
    if names.len() > COMPONENTS.len() {
        Ok(names)
    } else {
        Err("cargo metadata names no packages".to_owned())
    }
}

fn cargo(root: &Path) -> Command {
    let mut command = imprint_supply::cargo();
    command.current_dir(root).env(skips::VARIABLE, skips::path(root));
    // `setup` has it at hand; without one the tests say what they skip.
    if let Ok(places) = Places::find() {
        browser::tell(&mut command, &places);
        consumers::tell(&mut command, &places);
        receivers::tell(&mut command, &places);
        painter::tell(&mut command, &places);
        if let Ok(server) = imprint_supply::nats_server(&places, &Log) {
            command.env("NATS_SERVER", server);
        }
    }
    command
}

/// Runs a command to its end; tests that cargo ignores count as failed.
fn run(command: &mut Command) -> Done {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let said = words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ");
    let status = command.stdin(Stdio::null()).status().map_err(|why| format!("{said}: {why}"))?;
    if status.success() { Ok(()) } else { Err(format!("`{said}` ended with {status}")) }
}
