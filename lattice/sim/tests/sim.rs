//! Many seeds in which nothing may be wrong, and mistakes that must be found.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use imprint_sim::{Plan, Planted, hunt, run, shrink};
use std::time::Instant;

#[test]
fn nothing_is_wrong() {
    let began = Instant::now();
    let (wrong, counts) = hunt(0..2_000, &Plan::default(), 1);
    println!("{:?} {counts:?}", began.elapsed());
    for outcome in wrong {
        let (plan, outcome) = shrink(&outcome, &Plan::default());
        panic!("seed {}: {:#?}\n{plan:?}\n{:#?}", outcome.seed, outcome.wrong, outcome.story);
    }
}

#[test]
fn a_seed_is_a_run() {
    for seed in 0..50 {
        assert_eq!(run(seed, &Plan::default()), run(seed, &Plan::default()));
    }
}

#[test]
fn planted() {
    for planted in Planted::ALL {
        let plan = Plan { planted: Some(planted), ..Plan::default() };
        let (wrong, _) = hunt(0..2_000, &plan, 1);
        println!("{}: {:?}", planted.name(), wrong.iter().map(|outcome| outcome.seed).min());
    }
}
