//! The figures of the README: longer runs than the tests have. `cargo run -p imprint-rollout --example figures`; with the
//! word `people`, only who meets a bad version and how evenly people are drawn, in some seconds; with the word `gates`, what
//! never goes on by itself, in two minutes.
#![allow(clippy::unwrap_used, reason = "an example stops where it fails")]
#![allow(unreachable_pub, dead_code, reason = "the world belongs to the tests, which use all of it")]

mod gates;
#[path = "../../tests/it/world.rs"]
mod world;

use imprint_rollout::{BUCKETS, Hold, Order, Phase, bucket};
use std::collections::BTreeSet;
use std::time::Instant;
use world::{Chance, SOUND, Truth, World};

const CANARY: &str = include_str!("../../../../wadm/rollouts/canary.yaml");
const RUNS: u64 = 1000;

fn main() {
    match std::env::args().nth(1).as_deref() {
        Some("people") => {
            bad_answers();
            draws();
        }
        Some("gates") => {
            gates::numbers();
            gates::steering();
            gates::sets();
        }
        _ => {
            sound_versions();
            errors();
            times();
            only_errors();
        }
    }
}

fn started(text: &str, seed: u64) -> World {
    world_of(&format!("{text}set:\n  - {{ component: design, to: 0.2.0 }}\n"), seed)
}

fn world_of(policy: &str, seed: u64) -> World {
    let mut world = World::new(policy, &format!("design-0_2_0.{seed}"));
    world.chance = Some(Chance(seed ^ 0x5eed));
    world.order(Order::Start, "figures");
    world
}

/// The canary file as it stands: half an hour, an hour, and an hour of warmth.
fn sound_versions() {
    println!("A/A: {RUNS} rollouts of wadm/rollouts/canary.yaml, a look every 10 s, 20 requests a second");
    let poor = Truth { errors: 0.0009, median_ms: 250.0, spread: 0.9, ..SOUND };
    let strict = format!("{CANARY}judgement: {{ tolerance: 0% }}\n");
    let cases = [
        ("0.05 % errors, p99 0.96 s", CANARY, SOUND),
        ("0.09 % errors, p99 2.0 s", CANARY, poor),
        ("the same, tolerance 0 %", &strict, poor),
    ];
    for (name, policy, truth) in cases {
        let (mut back, mut promoted, mut looks) = (0, 0, 0u64);
        let began = Instant::now();
        for seed in 0..RUNS {
            let mut world = started(policy, seed);
            (world.old, world.new) = (truth, truth);
            let is_done = |world: &World| world.went_back() || world.state.is_over();
            looks += world.until(2000, is_done).map_or(2000, |ms| ms / 10_000);
            back += u64::from(world.went_back());
            promoted += u64::from(world.state.phase == Phase::Promoted);
        }
        let us = began.elapsed().as_micros() / u128::from(looks.max(1));
        println!(
            "  {name}: {back} went back, {promoted} were promoted, {} looks each, {us} us a look",
            looks / RUNS
        );
    }
}

/// Requests to the new version until it went back.
fn until_back(seed: u64, share: &str, change: &dyn Fn(&mut World)) -> f64 {
    let text =
        CANARY.replace("5%,  duration: 30m", &format!("{share}, duration: 90d")).replace("25%,", "99%,");
    let mut world = started(&text, seed);
    let weight: f64 = share.trim_end_matches('%').parse::<f64>().unwrap() / 100.0;
    // One request to the new version a second.
    world.requests_a_second = 1.0 / weight;
    change(&mut world);
    world.until(5, |world| world.applied_ms.is_some()).unwrap();
    world.until(500, World::went_back).map_or(f64::INFINITY, |ms| ms as f64 / 1000.0)
}

fn table(name: &str, share: &str, change: &dyn Fn(&mut World)) {
    let mut found: Vec<f64> = (0..RUNS).map(|seed| until_back(seed, share, change)).collect();
    found.sort_by(f64::total_cmp);
    let by = |requests: f64| found.iter().filter(|at| **at <= requests).count() as f64 / RUNS as f64 * 100.0;
    let columns: Vec<String> =
        [50.0, 200.0, 500.0, 1000.0, 2000.0].map(|at| format!("{:5.1} %", by(at))).into();
    println!("  {name}, {share:>3}: {}   half by {}", columns.join("  "), found[found.len() / 2]);
}

fn errors() {
    println!("One more error in a hundred, found by 50, 200, 500, 1000, 2000 requests to the new version");
    for base in [0.000_01, 0.0001, 0.001] {
        for share in ["5%", "50%"] {
            let change = |world: &mut World| {
                world.old.errors = base;
                world.new.errors = base + 0.01;
            };
            table(&format!("{:.3} % before", base * 100.0), share, &change);
        }
        println!(
            "      possible at all with 1 % risk, one look, and the old rate known: {:.1} % by 1000",
            best(base * 1000.0, 10.0)
        );
    }
}

/// What the best test of fixed size finds, if `mean` errors are usual and `more` come: Neyman and Pearson's bound.
fn best(mean: f64, more: f64) -> f64 {
    let at_least = |least: u32, mean: f64| {
        let mut chance = libm::exp(-mean);
        let mut below = 0.0;
        for count in 0..least {
            below += chance;
            chance *= mean / f64::from(count + 1);
        }
        1.0 - below
    };
    let least = (0..).find(|least| at_least(*least, mean) <= 0.01).unwrap_or(0);
    at_least(least, mean + more) * 100.0
}

fn times() {
    println!("Twice as slow, found by 50, 200, 500, 1000, 2000 requests to the new version");
    for spread in [0.6, 0.8, 1.2] {
        for share in ["5%", "50%"] {
            let change = |world: &mut World| {
                world.old.spread = spread;
                world.new = Truth { median_ms: world.old.median_ms * 2.0, ..world.old };
            };
            table(&format!("spread {spread}"), share, &change);
        }
    }
}

/// Whom a version that only fails has met until everybody has the old one. People ask at random.
fn bad_answers() {
    const PEOPLE: u64 = 10_000;
    println!("A version that only fails: people who met it, of {PEOPLE}, in 50 rollouts");
    for (share, requests) in [("5%", 20.0), ("5%", 1000.0), ("1%", 20.0), ("1%", 1000.0)] {
        let mut met: Vec<usize> = (0..50)
            .map(|seed| {
                let mut world = started(&CANARY.replace("5%,", &format!("{share},")), seed);
                (world.requests_a_second, world.new.errors) = (requests, 1.0);
                world.until(5, |world| world.applied_ms.is_some()).unwrap();
                let weight = world.state.weight("all").unwrap();
                let took_ms = world.until(400, World::went_back).unwrap();
                let (mut chance, rollout) = (Chance(seed), format!("design-0_2_0.{seed}"));
                let asked = (requests * took_ms as f64 / 1000.0) as u64;
                let person = |_| (chance.next() % PEOPLE).to_string();
                let asked: BTreeSet<String> = (0..asked).map(person).collect();
                asked.iter().filter(|person| bucket(&[&rollout, "acme", person]) < weight).count()
            })
            .collect();
        met.sort_unstable();
        println!("  {share:>3}, {requests:>5} requests a second: half by {}, all by {}", met[25], met[49]);
    }
}

/// How far realised weights lie from what is meant, and how many people an alarm needs.
fn draws() {
    const PEOPLE: u32 = 10_000;
    println!("Realised weights of 200 rollouts, {PEOPLE} people each: outside of the band that holds 99.9 %");
    for weight in [100u16, 500, 2500, 5000] {
        let share = f64::from(weight) / f64::from(BUCKETS);
        let (mean, people) = (share * f64::from(PEOPLE), f64::from(PEOPLE));
        let band = 3.29 * libm::sqrt(people * share * (1.0 - share));
        let is_outside = |rollout: &u32| {
            let is_new = |person: &u32| bucket(&[&rollout.to_string(), "acme", &person.to_string()]) < weight;
            let found = (0..PEOPLE).filter(is_new).count() as f64;
            (found - mean).abs() > band
        };
        let outside = (0..200).filter(is_outside).count();
        println!("  {:>4} %: {outside}", share * 100.0);
    }
    println!(
        "A draw that gives the new version to 2 points more people than is meant: people until the alarm, of 50 rollouts"
    );
    for share in ["5%", "25%", "50%"] {
        let meant: f64 = share.trim_end_matches('%').parse().unwrap();
        let text = CANARY.replace("25%,", "99%,");
        let text = text.replace("5%,  duration: 30m", &format!("{share},  duration: 90d"));
        let mut people: Vec<u64> = (0..50)
            .map(|seed| {
                let mut world = started(&text, seed);
                (world.requests_a_second, world.skew) = (500.0, (meant + 2.0) / meant);
                world.until(5, |world| world.applied_ms.is_some()).unwrap();
                let took_ms = world.until(5000, |world| world.state.hold == Some(Hold::Uneven));
                took_ms.map_or(u64::MAX, |ms| ms / 1000 * 50)
            })
            .collect();
        people.sort_unstable();
        println!("  {share:>3} meant: half by {}, all by {}", people[25], people[49]);
    }
}

fn only_errors() {
    println!("A version that only fails, at 5 %: seconds until everybody has the old one, of 200 runs");
    for requests in [1.0, 5.0, 20.0, 100.0] {
        let mut took: Vec<u64> = (0..200)
            .map(|seed| {
                let mut world = started(CANARY, seed);
                (world.requests_a_second, world.new.errors) = (requests, 1.0);
                world.until(5, |world| world.applied_ms.is_some()).unwrap();
                world.until(400, World::went_back).unwrap_or(u64::MAX) / 1000
            })
            .collect();
        took.sort_unstable();
        println!("  {requests:>5} requests a second: half by {} s, all by {} s", took[100], took[199]);
    }
}
