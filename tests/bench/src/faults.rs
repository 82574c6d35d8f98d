//! How soon work moves when the host that holds it is killed, with a second host beside it.

use crate::median;
use crate::now_ms;
use imprint_harness::{Chance, Lattice, Witness, silence_ms};
use serde_json::json;
use std::thread::sleep;
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;

/// Hosts killed, one after another.
const KILLS: usize = 10;
/// Jobs in flight at each kill: both hosts work on some of them.
const JOBS: usize = 4;
/// A kill comes at a moment of this span after the jobs were begun.
const MOMENT_MS: (u64, u64) = (300, 3000);
/// The runner of a host that does not carry the entrance is killed with it.
const VICTIM: &str = "host-1";
const PATIENCE: Duration = Duration::from_secs(300);

/// The silence of every job after a kill: one list for each kill.
type Silences = Vec<Vec<u64>>;

pub(crate) fn print() {
    let runtime = Runtime::new().unwrap_or_else(|why| panic!("{why}"));
    let folder = tempfile::tempdir().unwrap_or_else(|why| panic!("{why}"));
    let mut chance = Chance::of_environment();
    println!("IMPRINT_SEED={}", chance.seed());
    let lattice = Lattice::command(folder.path().join("state"), 2);
    let witness = runtime.block_on(Witness::connect(&lattice.card().nats_url));
    let mut silences = Silences::new();
    for kill in 0..KILLS {
        wait_until_whole(&lattice, &witness, &runtime);
        let of_kill = one(&lattice, &witness, &runtime, &mut chance, kill);
        eprintln!("{of_kill:?} ms");
        silences.push(of_kill);
    }
    table(&silences);
    runtime.block_on(lattice.stop());
}

/// Both hosts have all components, of which the first has one more: the entrance. Each has a runner.
fn wait_until_whole(lattice: &Lattice, witness: &Witness, runtime: &Runtime) {
    let began = Instant::now();
    let components = |host: &String| runtime.block_on(witness.running(std::slice::from_ref(host), ""));
    loop {
        let counts: Vec<usize> = lattice.card().hosts.iter().map(components).collect();
        if counts[1] > 0 && counts[0] == counts[1] + 1 && lattice.providers("runner").len() == 2 {
            return;
        }
        assert!(began.elapsed() < PATIENCE, "{VICTIM} does not come back: {counts:?}");
        sleep(Duration::from_millis(200));
    }
}

fn one(
    lattice: &Lattice,
    witness: &Witness,
    runtime: &Runtime,
    chance: &mut Chance,
    kill: usize,
) -> Vec<u64> {
    let begin = |job: usize| {
        let seed = (kill * JOBS + job).to_string();
        let brief = json!({ "company_name": "Northwind Coffee", "industry": "coffee", "seed": seed });
        lattice.begin_patiently(&format!("moved-{seed}"), &brief)
    };
    let ids: Vec<String> = (0..JOBS).map(begin).collect();
    sleep(Duration::from_millis(MOMENT_MS.0 + chance.below(MOMENT_MS.1 - MOMENT_MS.0)));
    let killed_ms = now_ms();
    for pid in lattice.providers_of(VICTIM).into_iter().chain(lattice.process(VICTIM)) {
        lattice.signal(pid, "KILL");
    }
    let silence = |id: &String| {
        assert_eq!(lattice.end_patiently(id, PATIENCE)["status"], "completed");
        silence_ms(&runtime.block_on(witness.entries("local", id)), killed_ms)
    };
    ids.iter().filter_map(silence).collect()
}

fn table(silences: &Silences) {
    let longest: Vec<u64> = silences.iter().filter_map(|of_kill| of_kill.iter().max().copied()).collect();
    let all: Vec<u64> = silences.iter().flatten().copied().collect();
    println!("\n| from the kill of a host to the next event | min | median | max |\n|---|---|---|---|");
    for (name, values) in
        [("the job that waited longest, of each kill", longest), ("every job in flight", all)]
    {
        let (min, max) = (values.iter().min(), values.iter().max());
        let [min, max] = [min, max].map(|value| value.copied().unwrap_or_default());
        println!("| {name} ({}) | {min} ms | {} ms | {max} ms |", values.len(), median(values));
    }
}
