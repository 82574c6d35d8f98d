//! One graph of two components in four shapes: in one file, on one host, on two hosts, in two regions. Beside them, what a host
//! of our own would change.
//!
//! The same two component files answer in each shape (in the first they are composed into one file), behind the engine's
//! HTTP server. Shapes take turns within each round, and each begins a round once, so that what else the machine does
//! touches all of them.

mod compose;
mod floor;
mod load;
mod own;
mod stage;

use crate::servers::{Regions, Server, processor_s};
use crate::{example, median, spread};
use compose::compose;
use floor::Floors;
use load::Traffic;
use own::Callee;
pub(crate) use own::{COMMAND as OWN_HOST, serve};
use stage::{CALLEE, CALLER, Part, Stage};
use std::path::Path;
use std::time::Duration;
use tokio::runtime::Runtime;

/// Rounds, unless another number is asked for.
const ROUNDS: usize = 10;
/// One shape in one round: so long one request after another, and so long many at once.
const SINGLE: Duration = Duration::from_secs(3);
const TOGETHER: Duration = Duration::from_secs(3);
const CALLERS: usize = 16;
/// What the first requests of a shape have to make is not measured.
const WARM: Duration = Duration::from_secs(1);
/// The lattice of two hosts.
const TWO: &str = "two";
/// What the way between the regions adds to a question and its answer.
const APART: Duration = Duration::from_millis(40);

struct Shape {
    name: &'static str,
    stage: Stage,
    servers: Vec<u32>,
    /// Where the server that is nearest to the caller tells of itself.
    about: u16,
    runs: Vec<Run>,
}

/// A shape in one round.
struct Run {
    single_ms: Vec<f64>,
    asked: usize,
    lost: usize,
    rate: f64,
    hosts_ms: f64,
    servers_ms: f64,
    messages: f64,
    bytes: f64,
}

pub(crate) fn print(rounds: Option<usize>) {
    let runtime = Runtime::new().unwrap_or_else(|why| panic!("{why}"));
    let folder = tempfile::tempdir().unwrap_or_else(|why| panic!("{why}"));
    let (server, regions) = runtime.block_on(servers(folder.path()));
    let mut shapes = runtime.block_on(shapes(folder.path(), &server, &regions));
    let mut floors = runtime.block_on(Floors::start(&server.url(), &regions.urls()));
    for shape in &shapes {
        load::ask(shape.stage.port, WARM, 1);
        load::ask(shape.stage.port, WARM, CALLERS);
    }
    for round in 0..rounds.unwrap_or(ROUNDS) {
        let count = shapes.len();
        for place in 0..count {
            shapes[(round + place) % count].run();
        }
        runtime.block_on(floors.run());
        eprintln!("round {}", round + 1);
    }
    table(&shapes);
    wire(&shapes);
    floors.print();
}

async fn servers(folder: &Path) -> (Server, Regions) {
    (Server::alone(folder), Regions::start(folder, 2, APART).await)
}

async fn shapes(folder: &Path, server: &Server, regions: &Regions) -> Vec<Shape> {
    let (caller, callee) = (example(CALLER), example(CALLEE));
    let both = folder.join("composed.wasm");
    compose(&caller, &callee, &both);
    let near = server.url();
    let far = regions.urls();
    let part = |id, file, host| Part { id, file, host };
    let one = [part(CALLER, &both, 0)];
    let same = [part(CALLER, &caller, 0), part(CALLEE, &callee, 0)];
    let two = [part(CALLER, &caller, 0), part(CALLEE, &callee, 1)];
    let alone = (vec![server.pid()], server.about);
    let all = (regions.pids(), regions.about());
    let planned: [(_, _, &[Part], &[&str], _); 4] = [
        ("composed into one file", "composed", &one, &[&near], alone.clone()),
        ("two files, one host", "same", &same, &[&near], alone.clone()),
        ("two hosts, one server", TWO, &two, &[&near, &near], alone),
        ("two regions, 40 ms apart", "regions", &two, &[&far[0], &far[1]], all),
    ];
    let mut shapes = Vec::new();
    for (name, lattice, parts, urls, (servers, about)) in planned {
        let stage = Stage::start(folder, lattice, urls, parts).await;
        shapes.push(Shape { name, stage, servers, about, runs: Vec::new() });
    }
    let callee = callee.display().to_string();
    let far_callee = format!("{TWO}.{CALLEE}");
    let there = Callee::There { url: &near, component: &far_callee };
    let far_half: Vec<u32> = shapes[2].stage.pids().split_off(1);
    for (name, log, caller, callee, others) in [
        ("our host: composed into one file", "own-composed", &both, Callee::Within, Vec::new()),
        ("our host: two files", "own-two", &caller, Callee::Here(&callee), Vec::new()),
        ("our host, the callee on a host of the engine", "own-far", &caller, there, far_half),
    ] {
        let stage = Stage::own(folder, log, caller, &callee, others).await;
        let (servers, about) = (vec![server.pid()], server.about);
        shapes.push(Shape { name, stage, servers, about, runs: Vec::new() });
    }
    shapes
}

impl Shape {
    fn run(&mut self) {
        let before = Traffic::of(self.about);
        let single = load::ask(self.stage.port, SINGLE, 1);
        let traffic = Traffic::of(self.about).since(&before);
        let hosts = self.stage.pids();
        let processor = || (processor_s(&hosts), processor_s(&self.servers));
        let before = processor();
        let together = load::ask(self.stage.port, TOGETHER, CALLERS);
        let after = processor();
        let count = together.answered_ms.len() as f64;
        let each_ms = |seconds: f64| seconds * 1000.0 / count;
        let asked = single.answered_ms.len() as f64;
        self.runs.push(Run {
            lost: single.lost + together.lost,
            asked: single.answered_ms.len() + together.answered_ms.len() + single.lost + together.lost,
            single_ms: single.answered_ms,
            rate: count / together.took.as_secs_f64(),
            hosts_ms: each_ms(after.0 - before.0),
            servers_ms: each_ms(after.1 - before.1),
            messages: traffic.messages / asked,
            bytes: traffic.bytes / asked,
        });
    }

    fn all_ms(&self) -> Vec<f64> {
        self.runs.iter().flat_map(|run| run.single_ms.iter().copied()).collect()
    }

    fn median_of(&self, of: impl Fn(&Run) -> f64) -> f64 {
        median(self.runs.iter().map(of).collect())
    }

    /// Of each round what it is of the other's in that round: the median, the least, the most.
    fn against(&self, other: &Shape, of: impl Fn(&Run) -> f64) -> (f64, f64, f64) {
        let pairs = self.runs.iter().zip(&other.runs);
        let mut all: Vec<f64> = pairs.map(|(one, other)| of(one) / of(other)).collect();
        all.sort_by(f64::total_cmp);
        (median(all.clone()), all[0], all[all.len() - 1])
    }
}

fn p50(run: &Run) -> f64 {
    median(run.single_ms.clone())
}

/// Everything against the composed shape, which is the first.
fn table(shapes: &[Shape]) {
    println!("\n{} rounds.", shapes[0].runs.len());
    println!("\n| shape | p50 | p99 | requests | p50, of the first | req/s at {CALLERS} | of the first |");
    println!("|---|---|---|---|---|---|---|");
    for shape in shapes {
        let all = shape.all_ms();
        let (count, (middle, slow)) = (all.len(), spread(all));
        let (later, rate) = (shape.against(&shapes[0], p50), shape.median_of(|run| run.rate));
        let less = shape.against(&shapes[0], |run| run.rate);
        println!(
            "| {} | {middle:.2} ms | {slow:.2} ms | {count} | {:.2} ({:.2} to {:.2}) | {rate:.0} | {:.3} ({:.3} to {:.3}) |",
            shape.name, later.0, later.1, later.2, less.0, less.1, less.2
        );
    }
}

/// Messages, processor time, and what was lost.
fn wire(shapes: &[Shape]) {
    println!(
        "\n| shape | messages a request | bytes in them | processor a request: hosts | servers | no answer |"
    );
    println!("|---|---|---|---|---|---|");
    for shape in shapes {
        let of = |of: fn(&Run) -> f64| shape.median_of(of);
        println!(
            "| {} | {:.2} | {:.0} | {:.3} ms | {:.3} ms | {} of {} |",
            shape.name,
            of(|run| run.messages),
            of(|run| run.bytes),
            of(|run| run.hosts_ms),
            of(|run| run.servers_ms),
            shape.runs.iter().map(|run| run.lost).sum::<usize>(),
            shape.runs.iter().map(|run| run.asked).sum::<usize>()
        );
    }
}
