//! The platform as people meet it: HTTP from outside, real processes behind it.

use crate::{example, median, ms, spread};
use core_order::Request;
use imprint_harness::{Answer, Lattice, Site, get, request};
use serde_json::json;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Requests one after another, for the median and the slowest hundredth.
const SINGLE: usize = 1000;
/// Requests from many at once.
const TOGETHER: usize = 4000;
const CALLERS: usize = 16;
/// Small jobs, begun at once.
const JOBS: usize = 40;
/// Whole kits, one after another.
const KITS: usize = 5;
const PATIENCE: Duration = Duration::from_secs(300);

pub(crate) fn print() {
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(why) => panic!("{why}"),
    };
    let folder = tempfile::tempdir().unwrap_or_else(|why| panic!("{why}"));
    let lattice = runtime.block_on(Lattice::start(folder.path().join("state"), 1));
    println!("\n| route | p50 | p99 | req/s at {CALLERS} |\n|---|---|---|---|");
    // What the engine costs without us.
    let hello = runtime.block_on(lattice.deploy_beside("hello", &example("hello")));
    measure("a component that only says hello", || get(hello, "/"));
    route(&lattice, "no hop: `GET /healthz`", "/healthz");
    let id = lattice.begin("bench-0", &json!({ "company_name": "Northwind Coffee", "industry": "coffee" }));
    assert_eq!(lattice.end_of(&id, PATIENCE)["status"], "completed");
    route(&lattice, "token and one hop: `GET /api/v1/brands?limit=1`", "/api/v1/brands?limit=1");
    let whole = format!("/api/v1/brands/{id}");
    let bytes = lattice.ask("GET", &whole, &[], b"").body.len();
    route(
        &lattice,
        &format!("the same with a whole kit in the answer ({bytes} bytes): `GET /api/v1/brands/{{id}}`"),
        &whole,
    );
    jobs(&lattice);
    kits(&lattice, &runtime);
    runtime.block_on(lattice.stop());
}

fn route(lattice: &Lattice, name: &str, path: &str) {
    measure(name, || lattice.ask("GET", path, &[], b""));
}

/// Each request opens a connection of its own, as `curl` does.
fn measure(name: &str, ask: impl Fn() -> Answer + Sync) {
    let one = || {
        let began = Instant::now();
        assert_eq!(ask().status, 200);
        ms(began.elapsed())
    };
    let (p50, p99) = spread((0..SINGLE).map(|_| one()).collect());
    let left = AtomicUsize::new(TOGETHER);
    let began = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..CALLERS {
            scope.spawn(|| {
                while left
                    .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1))
                    .is_ok()
                {
                    one();
                }
            });
        }
    });
    let rate = TOGETHER as f64 / began.elapsed().as_secs_f64();
    println!("| {name} | {p50:.2} ms | {p99:.2} ms | {rate:.0} |");
}

fn jobs(lattice: &Lattice) {
    let brief =
        json!({ "company_name": "Acme", "industry": "coffee", "complexity": "simple", "concepts": 1 });
    let mut submits = Vec::new();
    let began = Instant::now();
    let begin = |number: usize| {
        let began = Instant::now();
        let id = lattice.begin(&format!("job-{number}"), &brief);
        submits.push(ms(began.elapsed()));
        id
    };
    let ids: Vec<String> = (0..JOBS).map(begin).collect();
    for id in &ids {
        assert_eq!(lattice.end_of(id, PATIENCE)["status"], "completed");
    }
    let rate = JOBS as f64 / began.elapsed().as_secs_f64();
    let (p50, p99) = spread(submits);
    println!("\n| jobs | |\n|---|---|\n| submit to durable acknowledgement, p50 | {p50:.1} ms |");
    println!("| the same, p99 of {JOBS} | {p99:.1} ms |\n| simple kits a second | {rate:.2} |");
}

fn kits(lattice: &Lattice, runtime: &tokio::runtime::Runtime) {
    // A seed of its own for each: a brief that was made already is not made again.
    let brief = |number: usize| json!({ "company_name": "Northwind Coffee", "industry": "coffee", "seed": number.to_string() });
    let on_lattice = |number: usize| {
        let began = Instant::now();
        let id = lattice.begin(&format!("kit-{number}"), &brief(number));
        assert_eq!(lattice.end_of(&id, PATIENCE)["status"], "completed");
        ms(began.elapsed())
    };
    let _inside = runtime.enter();
    let site = Site::embedded();
    let in_one_process = |number: usize| {
        let asked = Request { seed: Some(number.to_string()), ..request("Northwind Coffee", "coffee") };
        let began = Instant::now();
        if let Err(fault) = runtime.block_on(site.make(&asked)) {
            panic!("{fault}");
        }
        ms(began.elapsed())
    };
    let pairs: Vec<(f64, f64)> =
        (0..KITS).map(|number| (on_lattice(number), in_one_process(number))).collect();
    let lattice = median(pairs.iter().map(|pair| pair.0).collect());
    let embedded = median(pairs.iter().map(|pair| pair.1).collect());
    println!("| whole kit over the lattice, median of {KITS} | {lattice:.0} ms |");
    println!("| the same in one process | {embedded:.0} ms |\n| ratio | {:.2} |", lattice / embedded);
}
