//! A cluster of three under faults: nothing acknowledged is lost, nothing is there twice.
//!
//! `cargo xtask faults --runs 20 --seconds 60` does the same for longer.

use imprint_cluster::{Ended, Fault, Plan, line, run, table};
use imprint_servers::nats_program;
use std::fmt::Write as _;

/// A run of the tests: two servers killed, and one behind a silent link.
const SECONDS: u64 = 15;
const FAULTS: [Fault; 2] = [Fault::KillTwo, Fault::Silence];

/// What was wrong with a run, and how to see it again.
fn story(ended: &Ended, words: &str) -> String {
    let mut text = format!("seed {}\n", ended.seed);
    for line in ended.story.iter().chain(&ended.wrong).chain(&ended.left) {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "  {line}");
    }
    format!("{text}cargo xtask faults {words} --runs 1 --seed {}", ended.seed)
}

/// `cargo xtask faults` says in `IMPRINT_FAULTS` how many runs and how.
#[tokio::test(flavor = "multi_thread")]
async fn nothing_acknowledged_is_lost() {
    let Some(program) = nats_program() else { return };
    let (mut plan, mut runs) =
        (Plan { seconds: SECONDS, faults: FAULTS.to_vec(), each_alone: false, ..Plan::default() }, 1);
    let text = std::env::var("IMPRINT_FAULTS").unwrap_or_default();
    let mut words = text.split_whitespace();
    if !text.is_empty() {
        plan = Plan::default();
    }
    let mut is_told = false;
    while let Some(word) = words.next() {
        let mut value = || words.next().unwrap_or_else(|| panic!("{word} wants a value"));
        let mut number = || value().parse().unwrap_or_else(|why| panic!("{word}: {why}"));
        match word {
            "--runs" => runs = number(),
            "--seconds" => plan.seconds = number(),
            "--seed" => plan.seed = number(),
            "--rate" => plan.rate = number(),
            "--only" => {
                let names = value().split(',');
                plan.faults = names.map(|name| Fault::parse(name).expect("is a fault")).collect();
            }
            "--unsynced" => plan.is_synced = false,
            "--forget" => plan.forgets = true,
            "--tell" => is_told = true,
            "--no-copy" => plan.has_copy = false,
            other => panic!("`{other}` is not known"),
        }
    }
    let mut ended = Vec::new();
    for seed in plan.seed..plan.seed + runs {
        let one = run(&program, &Plan { seed, ..plan.clone() }).await;
        println!("{}", line(&one));
        if is_told || !one.wrong.is_empty() || !one.left.is_empty() {
            println!("{}", story(&one, &text));
        }
        ended.push(one);
    }
    println!("\n{}", table(&ended));
    // Where files are damaged, the other servers and the second copy give back what one has lost.
    let is_given_back = plan.has_copy && plan.faults.iter().any(|fault| fault.is_damage());
    let is_fine = |one: &Ended| one.left.is_empty() && (is_given_back || one.wrong.is_empty());
    assert!(ended.iter().all(|one| is_fine(one) && one.faults > 0 && one.acknowledged > 0));
}
