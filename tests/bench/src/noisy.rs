//! One tenant wants too much: what another notices.
//!
//! First it has as many brands in hand as a careful one, so that both processors are busy already; then it wants a hundred
//! times what a tenant may have in hand, and goes on asking when it is refused. The other begins small brands one after
//! another, and reads.

use crate::{ms, spread};
use core_saga::OPEN_MAX;
use imprint_harness::{Answer, Lattice, PATIENCE};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::{scope, sleep};
use std::time::{Duration, Instant};

/// Brands that the noisy one has in hand at first: what workers of two hosts hold at once.
const CAREFUL: usize = 8;
/// And then.
const NOISY: usize = 100 * OPEN_MAX;
/// Each part of the run takes so long, behind a while in which queues fill.
const PART: Duration = Duration::from_secs(180);
const FILL: Duration = Duration::from_secs(20);
/// Nobody makes noise for longer, also where the other could not go on.
const NOISE_MAX: Duration = Duration::from_secs(2 * (PART.as_secs() + FILL.as_secs()) + 300);
/// A part has fewer brands of the other.
const SEEDS: usize = 100_000;
/// The other reads so often, and begins a brand so long behind the end of the last.
const READ_EVERY: Duration = Duration::from_millis(100);
const PAUSE: Duration = Duration::from_millis(500);

/// What the other notices in one part.
struct Noticed {
    brands: Vec<f64>,
    reads: Vec<f64>,
    begins: Vec<f64>,
}

pub(crate) fn print() {
    let runtime = tokio::runtime::Runtime::new().unwrap_or_else(|why| panic!("{why}"));
    let folder = tempfile::tempdir().unwrap_or_else(|why| panic!("{why}"));
    let lattice = runtime.block_on(Lattice::start(folder.path().join("state"), 2));
    let key = lattice.key_for("noisy", true);
    let (wanted, is_over) = (AtomicUsize::new(CAREFUL), AtomicBool::new(false));
    let (careful, noisy, asked) = scope(|scope| {
        let noise = scope.spawn(|| make_noise(&lattice, &key, &wanted, &is_over));
        sleep(FILL);
        let careful = notice(&lattice, 0);
        wanted.store(NOISY, Ordering::Relaxed);
        sleep(FILL);
        let noisy = notice(&lattice, SEEDS);
        is_over.store(true, Ordering::Relaxed);
        (careful, noisy, noise.join().unwrap_or_default())
    });
    println!(
        "\n| what another notices while one tenant wants so many brands at once | {CAREFUL} | {NOISY} | ratio |\n|---|---|---|---|"
    );
    row("a brand of one concept, p50", "p99", &careful.brands, &noisy.brands);
    row("to begin one, p50", "p99", &careful.begins, &noisy.begins);
    row("a read, p50", "p99", &careful.reads, &noisy.reads);
    println!("\nThe noisy one began {} brands and was refused {} times.", asked.0, asked.1);
    runtime.block_on(lattice.stop());
}

fn row(first: &str, second: &str, careful: &[f64], noisy: &[f64]) {
    let (careful_spread, noisy_spread) = (spread(careful.to_vec()), spread(noisy.to_vec()));
    for (name, careful_ms, noisy_ms) in
        [(first, careful_spread.0, noisy_spread.0), (second, careful_spread.1, noisy_spread.1)]
    {
        let ratio = noisy_ms / careful_ms.max(0.001);
        println!(
            "| {name} ({}, {}) | {careful_ms:.0} ms | {noisy_ms:.0} ms | {ratio:.2} |",
            careful.len(),
            noisy.len()
        );
    }
}

/// Keeps as many brands in hand as are wanted. Gives how many were begun, and how often it was refused.
fn make_noise(lattice: &Lattice, key: &str, wanted: &AtomicUsize, is_over: &AtomicBool) -> (usize, usize) {
    let (mut begun, mut refused, mut open) = (0, 0, Vec::new());
    let since = Instant::now();
    while !is_over.load(Ordering::Relaxed) && since.elapsed() < NOISE_MAX {
        if open.len() < wanted.load(Ordering::Relaxed) {
            let number = (begun + refused).to_string();
            let answer = begin(lattice, key, &format!("noise-{number}"), &brief("Loud", &number));
            match answer.status {
                202 => {
                    begun += 1;
                    open.extend(answer.json()["id"].as_str().map(str::to_owned));
                }
                _ => refused += 1,
            }
            continue;
        }
        open.retain(|id| !has_ended(&look(lattice, key, id)));
        sleep(PAUSE);
    }
    (begun, refused)
}

/// The briefs of the other have these seeds: what was made already is not made again.
fn notice(lattice: &Lattice, first: usize) -> Noticed {
    let began = Instant::now();
    let mut noticed = Noticed { brands: Vec::new(), reads: Vec::new(), begins: Vec::new() };
    scope(|scope| {
        let reads = scope.spawn(|| {
            let mut reads = Vec::new();
            while began.elapsed() < PART {
                let asked = Instant::now();
                if lattice.ask("GET", "/api/v1/brands?limit=10", &[], b"").status == 200 {
                    reads.push(ms(asked.elapsed()));
                }
                sleep(READ_EVERY);
            }
            reads
        });
        while began.elapsed() < PART {
            let seed = (first + noticed.brands.len()).to_string();
            let asked = Instant::now();
            let id = lattice.begin_patiently(&format!("quiet-{seed}"), &brief("Quiet", &seed));
            noticed.begins.push(ms(asked.elapsed()));
            assert_eq!(lattice.end_patiently(&id, PATIENCE)["status"], "completed");
            noticed.brands.push(ms(asked.elapsed()));
            sleep(PAUSE);
        }
        noticed.reads = reads.join().unwrap_or_default();
    });
    noticed
}

fn brief(name: &str, seed: &str) -> Value {
    json!({ "company_name": name, "industry": "coffee", "complexity": "simple", "concepts": 1, "seed": seed })
}

fn begin(lattice: &Lattice, key: &str, idempotency_key: &str, brief: &Value) -> Answer {
    let bearer = format!("Bearer {key}");
    let headers = [
        ("authorization", bearer.as_str()),
        ("idempotency-key", idempotency_key),
        ("content-type", "application/json"),
    ];
    lattice.ask_as_nobody("POST", "/api/v1/brands", &headers, brief.to_string().as_bytes())
}

fn look(lattice: &Lattice, key: &str, id: &str) -> Answer {
    let bearer = format!("Bearer {key}");
    lattice.ask_as_nobody("GET", &format!("/api/v1/brands/{id}"), &[("authorization", bearer.as_str())], b"")
}

fn has_ended(job: &Answer) -> bool {
    job.status == 200 && matches!(job.json()["status"].as_str(), Some("completed" | "failed" | "cancelled"))
}
