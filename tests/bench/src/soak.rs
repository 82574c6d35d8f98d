//! The platform for hours: people who begin and read brands, a second host that is killed now and then, and what grows
//! meanwhile in the processes that nobody kills.

mod load;
mod watch;

use crate::median;
use imprint_harness::{Chance, Lattice, Witness};
use load::{Load, Seen};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{scope, sleep};
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;
use watch::{Sample, Watch};

/// Unless somebody says another number.
const MINUTES: u64 = 120;
/// One of the victims dies so often.
const KILL_EVERY: Duration = Duration::from_secs(300);
/// The host that is killed, or one of its providers, or wadm. The first host carries the entrance and is left alone, so that
/// its processes live from the beginning to the end.
const VICTIM: &str = "host-1";
const SAMPLE_EVERY: Duration = Duration::from_secs(10);
/// How often somebody looks whether it is time to stop.
const LOOK: Duration = Duration::from_millis(200);

pub(crate) fn print(minutes: Option<u64>) {
    let time = Duration::from_secs(60 * minutes.unwrap_or(MINUTES));
    let runtime = Runtime::new().unwrap_or_else(|why| panic!("{why}"));
    let folder = tempfile::tempdir().unwrap_or_else(|why| panic!("{why}"));
    let chance = Chance::of_environment();
    println!("IMPRINT_SEED={}", chance.seed());
    let state = folder.path().join("state");
    let lattice = Lattice::command(state.clone(), 2);
    let witness = runtime.block_on(Witness::connect(&lattice.card().nats_url));
    let (load, is_over) = (Load::new(&lattice), AtomicBool::new(false));
    let mut watch = Watch::new(&lattice, &witness, &runtime, state);
    let killed = scope(|scope| {
        load.start(scope, &is_over);
        let killer = scope.spawn(|| kills(&lattice, chance, &is_over));
        let began = Instant::now();
        while began.elapsed() < time {
            watch.look(began.elapsed());
            sleep(SAMPLE_EVERY);
        }
        is_over.store(true, Ordering::Relaxed);
        killer.join().unwrap_or_default()
    });
    let seen = load.end();
    let verdict = runtime.block_on(witness.verify());
    println!("\n| {} minutes | |\n|---|---|", time.as_secs() / 60);
    people(&seen, time);
    println!("| killed | {} |", counted(&killed));
    println!(
        "| journals whole; work set aside | {}; {} |",
        verdict.is_whole(),
        runtime.block_on(witness.dead()).len()
    );
    growth(&watch.samples, time);
    runtime.block_on(lattice.stop());
}

/// Kills until it is over; gives the names.
fn kills(lattice: &Lattice, mut chance: Chance, is_over: &AtomicBool) -> Vec<String> {
    let (mut killed, mut next) = (Vec::new(), Instant::now() + KILL_EVERY);
    while !is_over.load(Ordering::Relaxed) {
        sleep(LOOK);
        if Instant::now() < next {
            continue;
        }
        next += KILL_EVERY;
        let mut victims: Vec<u32> = lattice.providers_of(VICTIM);
        victims.extend(lattice.process(VICTIM));
        victims.extend(lattice.process("wadm"));
        if let Some(pid) = chance.one(&victims) {
            killed.push(watch::name_of(pid));
            lattice.signal(pid, "KILL");
        }
    }
    killed
}

fn people(seen: &Seen, time: Duration) {
    let thirds = |all: &[(Duration, f64)]| {
        let of = |third: u32| {
            let (from, to) = (time * third / 3, time * (third + 1) / 3);
            let inside = all.iter().filter(|(at, _)| *at >= from && *at < to).map(|(_, ms)| *ms);
            let (p50, p99) = crate::spread(inside.collect());
            format!("{p50:.0}, {p99:.0} ms")
        };
        format!("{}; {}", of(0), of(2))
    };
    println!(
        "| brands begun; ended as completed; otherwise | {}; {}; {} |",
        seen.begun,
        seen.ends.len() + seen.ends_of_whole,
        seen.others.len()
    );
    println!("| a brand of one concept, p50 and p99; first third, last third | {} |", thirds(&seen.ends));
    println!("| reads answered with 200; otherwise | {}; {} |", seen.reads.len(), seen.unread);
    println!("| a read, p50 and p99; first third, last third | {} |", thirds(&seen.reads));
    for other in seen.others.iter().take(3) {
        println!("| one that ended otherwise | {other} |");
    }
}

/// `a 2, b 1`.
fn counted(names: &[String]) -> String {
    let mut counts = BTreeMap::<&str, usize>::new();
    for name in names {
        *counts.entry(name).or_default() += 1;
    }
    let said: Vec<String> = counts.iter().map(|(name, count)| format!("{name} {count}")).collect();
    said.join(", ")
}

fn growth(samples: &[Sample], time: Duration) {
    let third = |at: u32| {
        let (from, to) = (time * at / 3, time * (at + 1) / 3);
        samples.iter().filter(move |sample| sample.at >= from && sample.at < to)
    };
    println!(
        "\n| process | memory: first third | last third | slope of the last two | open files, first and last third |\n|---|---|---|---|---|"
    );
    for name in samples.first().iter().flat_map(|sample| sample.processes.keys()) {
        let memory = |at| {
            median_or_0(
                third(at).filter_map(|sample| sample.processes.get(name)).map(|one| one.mib).collect(),
            )
        };
        let files = |at| {
            median_or_0(
                third(at)
                    .filter_map(|sample| sample.processes.get(name))
                    .map(|one| one.files as f64)
                    .collect(),
            )
        };
        let late = samples.iter().filter(|sample| sample.at >= time / 3);
        let points: Vec<(f64, f64)> = late
            .filter_map(|sample| Some((sample.at.as_secs_f64() / 3600.0, sample.processes.get(name)?.mib)))
            .collect();
        println!(
            "| {name} | {:.0} MiB | {:.0} MiB | {:+.1} MiB an hour | {:.0}, {:.0} |",
            memory(0),
            memory(2),
            slope(&points),
            files(0),
            files(2)
        );
    }
    let disk = |sample: &Sample| sample.disk_mib;
    let (first, last) = (samples.first().map_or(0.0, disk), samples.last().map_or(0.0, disk));
    let points: Vec<(f64, f64)> =
        samples.iter().map(|sample| (sample.at.as_secs_f64() / 3600.0, sample.disk_mib)).collect();
    println!("\n| the state folder, at first and at last | {first:.0}, {last:.0} MiB |\n|---|---|");
    println!("| its growth | {:.0} MiB an hour |", slope(&points));
    let waiting: Vec<f64> = samples.iter().map(|sample| sample.waiting as f64).collect();
    let (p50, p99) = crate::spread(waiting.clone());
    println!(
        "| work in queues: p50, p99, at last | {p50:.0}, {p99:.0}, {:.0} |",
        waiting.last().unwrap_or(&0.0)
    );
}

fn median_or_0(values: Vec<f64>) -> f64 {
    if values.is_empty() { 0.0 } else { median(values) }
}

/// The line that misses the points least.
fn slope(points: &[(f64, f64)]) -> f64 {
    let count = points.len().max(1) as f64;
    let (x, y) = points.iter().fold((0.0, 0.0), |(x, y), point| (x + point.0 / count, y + point.1 / count));
    let (over, under) = points.iter().fold((0.0, 0.0), |(over, under), point| {
        (over + (point.0 - x) * (point.1 - y), under + (point.0 - x) * (point.0 - x))
    });
    if under > 0.0 { over / under } else { 0.0 }
}
