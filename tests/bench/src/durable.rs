//! What it costs that nothing is lost: a submission until it is stored, a job whose steps do nothing, a journal read again.
//!
//! The shipped ledger over servers that sync every write: one alone, and three of one cluster. Both take turns, and memory
//! stands beside them for what is left where nothing is stored.

use crate::servers::{Process, REGIONS, Regions, Server, processor_s, until};
use crate::{median, ms, now_ms, spread};
use core_brand::content::sha256_hex;
use core_brand::{Document, Fault, Task, broken};
use core_saga::{Event, Pins, Terms};
use imprint_blobs::MemoryBlobs;
use imprint_ledger::journal::{Home, Stamp, previous_of};
use imprint_ledger::{Bus, LatticeLedger, Ledger, MemoryLedger, read_all};
use imprint_provider::wire::answer;
use imprint_provider::wire::types::CallContext as WireContext;
use imprint_runner::{CallContext, Callee, Decided, Job, Journal, Limits, Runner, Stop};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::task::JoinSet;
pub(crate) use wire::imprint::ledger::jobs;
use wrpc_transport_nats::Client;

mod wire {
    // What the macro writes is not ours to tidy.
    wit_bindgen_wrpc::generate!({
        inline: "
            package imprint:measure@0.1.0;
            world caller { import imprint:ledger/jobs@0.1.0; }
        ",
        world: "imprint:measure/caller@0.1.0",
        path: "../../wit",
        with: {
            "imprint:platform/types@0.1.0": imprint_provider::wire::types,
            "imprint:ledger/jobs@0.1.0": generate,
        },
    });
}

const ROUNDS: usize = 5;
/// One measure in one round.
const LENGTH: Duration = Duration::from_secs(3);
/// Before so many jobs of one tenant are open, another begins.
const TENANT_JOBS: usize = 500;
/// Many more events than a job has, so that what reading costs once does not count.
const EVENTS: usize = 5000;
/// Entries that are stored in one append.
const APPEND: usize = 50;
/// Jobs that are under way together where it is counted how many a second brings.
const TOGETHER: usize = 32;
/// The first steps of a job: when the next one is asked for, these are stored.
const STEPS: usize = 3;
const LATTICE: &str = "durable";
const LEDGER: &str = "imprint-ledger";
/// A job that nobody works on is not late within this measure.
const NEVER_MS: u64 = 1 << 50;
const ANSWER_MAX: Duration = Duration::from_secs(30);

struct Place {
    name: &'static str,
    ledger: Arc<LatticeLedger>,
    calls: Client,
    long: Home,
    submits_ms: Vec<f64>,
    /// Until three steps are stored, and the whole job.
    jobs_ms: Vec<(f64, f64)>,
    rates: Vec<Rate>,
    together: Vec<Together>,
    names: Names,
    servers: Vec<u32>,
    _provider: Process,
}

/// Names of jobs, each new.
#[derive(Default)]
struct Names(usize);

/// Events a second, by the clock and by the processor time of this process.
struct Rate {
    wall: f64,
    processor: f64,
}

/// Jobs a second, by the clock, by the processor time of this process, and by that of the servers too.
struct Together {
    wall: f64,
    processor: f64,
    with_servers: f64,
}

pub(crate) fn print() {
    let runtime = tokio::runtime::Runtime::new().unwrap_or_else(|why| panic!("{why}"));
    let folder = tempfile::tempdir().unwrap_or_else(|why| panic!("{why}"));
    runtime.block_on(measure(folder.path()));
}

async fn measure(folder: &Path) {
    let (server, regions) =
        (Server::alone(folder), Regions::start(folder, REGIONS.len(), Duration::ZERO).await);
    let three = (regions.urls()[0].clone(), regions.pids());
    let mut places = vec![
        Place::start(folder, "one server", (server.url(), vec![server.pid()]), 1).await,
        Place::start(folder, "three servers, each write in all", three, REGIONS.len()).await,
    ];
    let memory = Arc::new(MemoryLedger::default());
    let home = fill(&*memory, "memory").await;
    let (mut rates, mut together, mut names) = (Vec::new(), Vec::new(), Names::default());
    for round in 0..ROUNDS {
        if round % 2 == 1 {
            places.reverse();
        }
        for place in &mut places {
            place.run().await;
        }
        if round % 2 == 1 {
            places.reverse();
        }
        rates.push(replay(&*memory, &home).await);
        together.push(many(&memory, &mut names, &[]).await);
        eprintln!("round {}", round + 1);
    }
    table(&places);
    replayed(&places, &rates);
    counted(&places, &together);
}

fn table(places: &[Place]) {
    println!("\n| {ROUNDS} rounds | p50 | p99 | times |\n|---|---|---|---|");
    for place in places {
        let row = |name: &str, all: Vec<f64>| {
            let (count, (middle, slow)) = (all.len(), spread(all));
            println!("| {}: {name} | {middle:.1} ms | {slow:.1} ms | {count} |", place.name);
        };
        row("a job submitted until it is stored", place.submits_ms.clone());
        row("three steps that do nothing, stored", place.jobs_ms.iter().map(|job| job.0).collect());
        row("a whole job of such steps", place.jobs_ms.iter().map(|job| job.1).collect());
    }
}

fn replayed(places: &[Place], memory: &[Rate]) {
    println!(
        "\n| a journal of {EVENTS} events, read and folded | events/s | for a second of processor time |\n|---|---|---|"
    );
    let row = |name: &str, rates: &[Rate]| {
        let of = |of: fn(&Rate) -> f64| median(rates.iter().map(of).collect());
        println!("| {name} | {:.0} | {:.0} |", of(|rate| rate.wall), of(|rate| rate.processor));
    };
    for place in places {
        row(place.name, &place.rates);
    }
    row("memory, nothing sealed", memory);
}

fn counted(places: &[Place], memory: &[Together]) {
    println!(
        "\n| whole jobs, {TOGETHER} under way | jobs/s | for a second of the runner's processor time | the servers' counted too |"
    );
    println!("|---|---|---|---|");
    let row = |name: &str, all: &[Together]| {
        let of = |of: fn(&Together) -> f64| median(all.iter().map(of).collect());
        let [wall, processor, with_servers] =
            [of(|one| one.wall), of(|one| one.processor), of(|one| one.with_servers)];
        println!("| {name} | {wall:.0} | {processor:.0} | {with_servers:.0} |");
    };
    for place in places {
        row(place.name, &place.together);
    }
    row("memory, nothing sealed", memory);
}

impl Place {
    async fn start(
        folder: &Path,
        name: &'static str,
        (url, servers): (String, Vec<u32>),
        replicas: usize,
    ) -> Self {
        let copies = replicas.to_string();
        let nats = async_nats::connect(&url).await.unwrap_or_else(|why| panic!("{url}: {why}"));
        let bus = Bus::new(nats.clone(), "IMPRINT", replicas);
        // Servers of a cluster first look for each other.
        until("no ledger", async || LatticeLedger::open(&bus).await.is_ok()).await;
        let ledger = Arc::new(sure(LatticeLedger::open(&bus).await));
        let setting = format!("replicas={copies}");
        let args = ["--nats", &url, "--lattice", LATTICE, "--id", LEDGER, "--config", &setting];
        let log = folder.join(format!("ledger-{copies}.log"));
        let provider = Process::start(&imprint_harness::program("imprint-ledger-provider"), &args, &log);
        let calls = Client::new(nats, format!("{LATTICE}.{LEDGER}"), None).await;
        let calls = calls.unwrap_or_else(|why| panic!("{why:#}"));
        until("no provider", async || {
            answer(LEDGER, LENGTH, jobs::view(&calls, None, &context("nobody"), "br_none")).await.is_ok()
        })
        .await;
        let long = fill(&*ledger, "long").await;
        Self {
            name,
            ledger,
            calls,
            long,
            submits_ms: Vec::new(),
            jobs_ms: Vec::new(),
            rates: Vec::new(),
            together: Vec::new(),
            names: Names::default(),
            servers,
            _provider: provider,
        }
    }

    async fn run(&mut self) {
        let began = Instant::now();
        while began.elapsed() < LENGTH {
            let took = self.submit().await;
            self.submits_ms.push(took);
        }
        let began = Instant::now();
        while began.elapsed() < LENGTH {
            let took = job(&self.ledger, self.names.next()).await;
            self.jobs_ms.push(took);
        }
        self.together.push(many(&self.ledger, &mut self.names, &self.servers).await);
        self.rates.push(replay(&*self.ledger, &self.long).await);
    }

    /// As the gateway does it, behind the gateway.
    async fn submit(&mut self) -> f64 {
        let (tenant, id) = self.names.next();
        let home = Home::new(REGIONS[0], &tenant, &id);
        let terms = Terms { timeout_ms: NEVER_MS, ..Terms::default() };
        let event = Event::Requested { request: request(), pins: pins(), terms };
        let stamp = Stamp { now_ms: now_ms(), ..Stamp::default() };
        let first = sure(home.entry(0, &previous_of(&[]), &event, stamp));
        let submission = jobs::Submission { id, home_region: home.region, first: first.into() };
        let (began, context) = (Instant::now(), context(&tenant));
        let call = jobs::submit(&self.calls, None, &context, std::slice::from_ref(&submission));
        let receipts = sure(answer(LEDGER, ANSWER_MAX, call).await);
        assert!(receipts.iter().all(|receipt| receipt.fresh) && receipts.len() == 1);
        ms(began.elapsed())
    }
}

impl Names {
    fn next(&mut self) -> (String, String) {
        self.0 += 1;
        let (tenant, region) = (format!("t{}", self.0 / TENANT_JOBS), REGIONS[0]);
        (tenant, format!("br_{region}_{:0>26}", self.0))
    }
}

/// As a runner does it, in this process and without queues: every act is stored before the next. Gives how long three steps
/// take, and the whole job.
async fn job<L: Ledger + 'static>(ledger: &Arc<L>, (tenant, id): (String, String)) -> (f64, f64) {
    let steps = Arc::new(Idle::default());
    let limits = Limits { width: 1, call_ms: 10_000, attempts: 1, backoff_ms_max: 1000, paint_ms: 1000 };
    let (ledger, blobs) = (Arc::clone(ledger), Arc::<MemoryBlobs>::default());
    let runner = Runner { ledger, blobs, callee: steps.clone(), limits, clock: now_ms };
    let job = Job {
        id,
        tenant,
        home_region: REGIONS[0].to_owned(),
        locale: "en".to_owned(),
        request: request(),
        components: BTreeMap::new(),
    };
    let began = Instant::now();
    sure(runner.run(&job, &Stop::default(), &|_| {}).await);
    let whole = ms(began.elapsed());
    let planned = steps.planned.lock().unwrap_or_else(PoisonError::into_inner);
    (ms(planned[STEPS].duration_since(began)), whole)
}

/// Jobs for a while, so many of them under way at any moment.
async fn many<L: Ledger + 'static>(ledger: &Arc<L>, names: &mut Names, servers: &[u32]) -> Together {
    let (us, mut count, mut under_way) = ([std::process::id()], 0, JoinSet::new());
    let (began, before) = (Instant::now(), [processor_s(&us), processor_s(servers)]);
    while began.elapsed() < LENGTH || !under_way.is_empty() {
        while under_way.len() < TOGETHER && began.elapsed() < LENGTH {
            let (ledger, name) = (Arc::clone(ledger), names.next());
            under_way.spawn(async move { job(&ledger, name).await });
        }
        match under_way.join_next().await {
            Some(done) => done.map_or_else(|why| panic!("{why}"), |_| count += 1),
            None => break,
        }
    }
    let [own, theirs] = [processor_s(&us) - before[0], processor_s(servers) - before[1]];
    let count = f64::from(count);
    let wall = count / began.elapsed().as_secs_f64();
    Together { wall, processor: count / own, with_servers: count / (own + theirs) }
}

/// Components that do nothing: one task a step, and one small file a task. Remembers when each step was asked for.
#[derive(Default)]
struct Idle {
    planned: Mutex<Vec<Instant>>,
}

impl Callee for Idle {
    async fn decide(&self, _: String, _: CallContext, journal: Vec<String>) -> Result<Decided, Fault> {
        core_saga::next(&journal).map(Decided::from).map_err(|why| broken!("{why}"))
    }

    async fn plan(
        &self,
        _: String,
        _: CallContext,
        step: String,
        _: Vec<Document>,
    ) -> Result<Vec<Task>, Fault> {
        self.planned.lock().unwrap_or_else(PoisonError::into_inner).push(Instant::now());
        Ok(vec![Task::new("only", "idle", &step, Vec::new())?])
    }

    async fn build(&self, _: String, _: CallContext, task: Task) -> Result<Vec<Document>, Fault> {
        let path = format!("{}.txt", task.settings.trim_matches('"'));
        Ok(vec![Document::file(path, "text/plain", b"nothing\n".to_vec())])
    }
}

/// Writes a long journal of one job, a small file an event.
async fn fill<L: Ledger>(ledger: &L, tenant: &str) -> Home {
    let home = Home::new(REGIONS[0], tenant, &format!("br_{}_{:0>26}", REGIONS[0], 0));
    let subject = home.subject();
    let (mut place, mut previous) = (0, previous_of(&[]));
    while place < EVENTS as u64 {
        let (expected, mut entries) = (place, Vec::new());
        for _ in 0..APPEND {
            let event = match place {
                0 => Event::Requested { request: request(), pins: pins(), terms: Terms::default() },
                _ => built(place),
            };
            let stamp = Stamp { now_ms: now_ms(), ..Stamp::default() };
            let entry = sure(home.entry(place, &previous, &event, stamp));
            let entry = sure(ledger.seal(&subject, place, entry).await);
            (place, previous) = (place + 1, sha256_hex(&entry));
            entries.push(entry);
        }
        sure(ledger.append(&subject, expected, entries).await);
    }
    assert_eq!(sure(read_all(ledger, &subject).await).len(), EVENTS);
    home
}

fn built(place: u64) -> Event {
    let path = format!("logos/{place}.svg");
    // As the runner writes it: what was made lies in the blob store.
    let documents = vec![Document::file(path, "image/svg+xml", vec![b'x'; 200]).by_reference()];
    Event::Built { step: "logo".to_owned(), task: place.to_string(), documents }
}

/// As a runner does it that takes up a job: reads, checks the chain, opens what is sealed, and folds.
async fn replay<L: Ledger>(ledger: &L, home: &Home) -> Rate {
    let us = [std::process::id()];
    let (mut count, began, before) = (0, Instant::now(), processor_s(&us));
    while began.elapsed() < LENGTH {
        let journal = sure(Journal::open(ledger, home.clone(), "").await);
        assert!(journal.state().ended.is_none());
        count += journal.sequence();
    }
    let count = count as f64;
    Rate { wall: count / began.elapsed().as_secs_f64(), processor: count / (processor_s(&us) - before) }
}

pub(crate) fn request() -> Document {
    sure(Document::working("request", &"a brief"))
}

pub(crate) fn pins() -> Pins {
    Pins {
        steps_version: core_saga::STEPS_VERSION,
        components: BTreeMap::new(),
        model_variant: "stable".to_owned(),
        draws: Vec::new(),
    }
}

pub(crate) fn context(tenant: &str) -> WireContext {
    WireContext {
        tenant: tenant.to_owned(),
        traceparent: String::new(),
        now_ms: now_ms(),
        deadline_ms: 0,
        attempt: 1,
        idempotency_key: "bench".to_owned(),
        locale: "en".to_owned(),
    }
}

pub(crate) fn sure<T>(result: Result<T, Fault>) -> T {
    result.unwrap_or_else(|fault| panic!("{fault}"))
}
