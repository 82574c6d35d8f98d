//! Many seeds in which nothing may be wrong; mistakes that must be found; upgrades in the middle of jobs.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod golden;
mod memory;

use imprint_sim::{Fault, Outcome, Plan, Planted, hunt, run, shrink};
use std::fmt::Write as _;
use std::time::Instant;

/// Seeds of every run of the tests.
const SEEDS: u64 = 10_000;
/// Seeds in which processes are replaced by the next version.
const UPGRADES: u64 = 1_000;
/// Each planted mistake is found within so many seeds.
const PLANTED_SEEDS: u64 = 100;

/// What was wrong with a seed, as short as it gets, and how to see it again.
fn story(outcome: &Outcome, plan: &Plan) -> String {
    let (plan, outcome) = shrink(outcome, plan);
    let mut text = format!("seed {}: {}\n", outcome.seed, outcome.wrong.join("\n  "));
    for (at_ms, line) in &outcome.story {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{:9.3} s  {line}", *at_ms as f64 / 1000.0);
    }
    let mut again = format!("cargo xtask sim --seeds 1 --from {}", outcome.seed);
    if let Some(planted) = plan.planted {
        again += &format!(" --planted {}", planted.name());
    }
    let without: Vec<_> = plan.without.iter().map(|fault| fault.name()).collect();
    if !without.is_empty() {
        again += &format!(" --without {}", without.join(","));
    }
    if let Some(max) = plan.faults_max {
        again += &format!(" --faults {max}");
    }
    if plan.upgrade {
        again += " --upgrade";
    }
    text + &again
}

/// Runs these seeds and says how many a second; stops at the first that is wrong.
fn all_fine(seeds: std::ops::Range<u64>, plan: &Plan) {
    let (count, began) = (seeds.end - seeds.start, Instant::now());
    let (wrong, counts) = hunt(seeds, plan, 1);
    if let Some(outcome) = wrong.first() {
        panic!("{}", story(outcome, plan));
    }
    let seconds = began.elapsed().as_secs_f64();
    println!("{count} seeds in {seconds:.1} s, {:.0} a second: {counts:?}", count as f64 / seconds);
}

/// `cargo xtask sim` says in `IMPRINT_SIM` which seeds and how.
#[test]
fn nothing_is_wrong() {
    let (mut plan, mut seeds, mut from) = (Plan::default(), SEEDS, 0);
    let text = std::env::var("IMPRINT_SIM").unwrap_or_default();
    let mut words = text.split_whitespace();
    while let Some(word) = words.next() {
        let mut value = || words.next().unwrap_or_else(|| panic!("{word} wants a value"));
        match word {
            "--seeds" => seeds = value().parse().unwrap(),
            "--from" => from = value().parse().unwrap(),
            "--faults" => plan.faults_max = Some(value().parse().unwrap()),
            "--planted" => {
                plan.planted = Some(Planted::parse(value()).expect("is a mistake that can be planted"));
            }
            "--without" => {
                plan.without =
                    value().split(',').map(|name| Fault::parse(name).expect("is a fault")).collect();
            }
            "--upgrade" => plan.upgrade = true,
            other => panic!("`{other}` is not known"),
        }
    }
    all_fine(from..from + seeds, &plan);
}

#[test]
fn nothing_is_wrong_where_a_version_replaces_another() {
    all_fine(0..UPGRADES, &Plan { upgrade: true, ..Plan::default() });
}

#[test]
fn a_seed_is_a_run() {
    for seed in 0..50 {
        assert_eq!(run(seed, &Plan::default()), run(seed, &Plan::default()));
    }
}

#[test]
fn planted_mistakes_are_found() {
    for planted in Planted::ALL {
        let plan = Plan { planted: Some(planted), ..Plan::default() };
        let (wrong, _) = hunt(0..PLANTED_SEEDS, &plan, usize::MAX);
        let first = wrong.iter().map(|outcome| outcome.seed).min();
        println!("{}: {} of {PLANTED_SEEDS} seeds, first {first:?}", planted.name(), wrong.len());
        assert!(!wrong.is_empty(), "`{}` is not found", planted.name());
    }
}

#[test]
fn a_story_is_short_and_can_be_seen_again() {
    let plan = Plan { planted: Some(Planted::NoCompare), ..Plan::default() };
    let (wrong, _) = hunt(0..PLANTED_SEEDS, &plan, 1);
    let long = wrong.first().unwrap();
    let (shorter, short) = shrink(long, &plan);
    assert!(short.faults <= long.faults && !short.wrong.is_empty());
    assert_eq!(run(short.seed, &shorter), short);
    let told = story(long, &plan);
    assert!(
        told.contains(&format!("cargo xtask sim --seeds 1 --from {} --planted no-compare", long.seed)),
        "{told}"
    );
}
