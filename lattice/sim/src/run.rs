//! One run: processes that die and come again, owners who want things, and time that passes.

use crate::check::check;
use crate::clock::{self, now_ms, passed_ms};
use crate::plan::{Fault as Wrong, Order, PROCESSES, Plan, RUNNERS, Wish};
use crate::shelf::Shelf;
use crate::toy::Toy;
use crate::wire::Wire;
use crate::world::{Life, World};
use core_brand::envelope::Envelope;
use core_brand::{Document, Fault, broken};
use core_saga::{Event, Pins, Priority, STEPS, Terms};
use imprint_ledger::jobs::{Asker, Desk, Receipt, keep_deadlines};
use imprint_ledger::journal::{Home, Stamp, previous_of};
use imprint_ledger::{Sealed, StreamLedger, StreamQueues, StreamTimers, StreamValues};
use imprint_runner::{ATTEMPTS, Driver, Exposures, Guard, Guards, Limits, Shadows, WAIT_MS_MAX, serve};
use imprint_telemetry::Tally;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::time::sleep;

pub(crate) const TENANT: &str = "acme";
pub(crate) const REGION: &str = "us-east-1";
/// Who asks for jobs: nobody reads that without their keys.
pub(crate) const USER: &str = "ann";
/// The versions of all components, the older first.
pub(crate) const VERSIONS: [&str; 2] = ["0.1.0", "0.2.0"];

/// A job that is not at its end by then is lost: its time is five minutes, clocks jump, and a forgotten job is looked
/// after within half a minute.
const LOST_MS: u64 = 900_000;
/// How often jobs are looked after.
const SWEEP: Duration = Duration::from_secs(15);
/// Where nothing but processes dies, nobody has to look after a job: what is in hands comes back within seconds.
const CALM_MS: u64 = 120_000;
/// Of a thousand jobs, how many are begun by somebody who dies behind the answer.
const UNHEARD: u64 = 50;
/// When a second request comes.
const AGAIN: Duration = Duration::from_secs(3);
/// Between two processes that are replaced by the next version.
const UPGRADE_MS: u64 = 900;
/// A dead process is started again after at most this.
const DEAD_MS_MAX: u64 = 8_000;

type Ledger = Sealed<StreamLedger<Wire>, StreamValues<Wire>>;
type Queues = StreamQueues<Wire>;
type Timers = StreamTimers<Wire>;

/// What a run came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    pub seed: u64,
    /// What must not be, and is.
    pub wrong: Vec<String>,
    /// What went wrong on the way: milliseconds and a line.
    pub story: Vec<(u64, String)>,
    /// The hash of all histories.
    pub history: String,
    pub faults: usize,
    pub asked: u64,
    /// Jobs by how they ended.
    pub ends: BTreeMap<String, u64>,
    /// Virtual milliseconds.
    pub took_ms: u64,
}

/// The run of a seed.
///
/// # Panics
/// Where the system gives no room for a clock.
#[must_use]
pub fn run(seed: u64, plan: &Plan) -> Outcome {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
    let runtime = runtime.expect("a runtime is made");
    runtime.block_on(async {
        clock::begin();
        let world = World::new(seed, plan);
        live(&world).await;
        check(seed, &world).await
    })
}

/// Runs many seeds on some threads and gives those in which something was wrong, and how many requests there were.
#[must_use]
pub fn hunt(
    seeds: std::ops::Range<u64>,
    plan: &Plan,
    found_max: usize,
) -> (Vec<Outcome>, BTreeMap<String, u64>) {
    let std::ops::Range { start, end } = seeds;
    let next = AtomicU64::new(start);
    let found = Mutex::new((Vec::new(), BTreeMap::<String, u64>::new()));
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= end || lock(&found).0.len() >= found_max {
                        return;
                    }
                    let outcome = run(seed, plan);
                    let mut found = lock(&found);
                    let (wrong, counts) = &mut *found;
                    *counts.entry("requests".to_owned()).or_default() += outcome.asked;
                    *counts.entry("faults".to_owned()).or_default() += outcome.faults as u64;
                    for (end, count) in &outcome.ends {
                        *counts.entry(end.clone()).or_default() += count;
                    }
                    if !outcome.wrong.is_empty() {
                        wrong.push(outcome);
                    }
                }
            });
        }
    });
    found.into_inner().unwrap_or_else(PoisonError::into_inner)
}

fn lock<T>(held: &Mutex<T>) -> MutexGuard<'_, T> {
    held.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Everything that happens, up to a rest.
async fn live(world: &Arc<World>) {
    let mut tasks = Vec::new();
    for process in 0..PROCESSES {
        tasks.push(tokio::spawn(lives(world.clone(), process)));
    }
    for order in world.scene.orders.clone() {
        tasks.push(tokio::spawn(owner(world.clone(), order)));
    }
    tasks.push(tokio::spawn(weather(world.clone())));
    let lost_ms = if world.scene.has_sweeper { LOST_MS } else { CALM_MS };
    while passed_ms() < lost_ms {
        sleep(Duration::from_millis(500)).await;
        // Who is late removes what he kept, and is not done when the job is.
        if world.rests() && !world.is_worked_on() {
            break;
        }
    }
    tasks.iter().for_each(tokio::task::JoinHandle::abort);
}

/// What happens to the server and to the clock, at its time.
async fn weather(world: Arc<World>) {
    let scene = &world.scene;
    let mut all: Vec<(u64, Result<u64, i64>)> = Vec::new();
    all.extend(scene.restarts.iter().map(|(at_ms, away_ms)| (*at_ms, Ok(*away_ms))));
    all.extend(scene.jumps.iter().map(|(at_ms, by_ms)| (*at_ms, Err(*by_ms))));
    all.sort_unstable();
    for (at_ms, what) in all {
        sleep(Duration::from_millis(at_ms.saturating_sub(passed_ms()))).await;
        match what {
            Ok(away_ms)
                if world.strikes(Wrong::Restart, || format!("the server is away for {away_ms} ms")) =>
            {
                world.stop_server(away_ms);
            }
            Err(by_ms) if world.strikes(Wrong::Jump, || format!("the wall says {by_ms:+} ms")) => {
                clock::jump(by_ms);
            }
            _ => {}
        }
    }
}

/// A process, life after life.
async fn lives(world: Arc<World>, process: usize) {
    if process >= RUNNERS {
        sleep(Duration::from_millis(world.scene.runners_ms)).await;
    }
    for number in 0.. {
        let life = Arc::new(world.life(process, number));
        let wire = Wire::new(&world, life.clone());
        // One after the other, so that both versions work side by side for a while.
        let at_ms = world.scene.upgrade_ms + UPGRADE_MS * process as u64;
        let upgrade = async {
            match world.plan.upgrade && passed_ms() < at_ms {
                true => sleep(Duration::from_millis(at_ms - passed_ms())).await,
                false => std::future::pending().await,
            }
        };
        let pause_ms = tokio::select! {
            biased;
            () = life.death() => world.held().chance.between(0, DEAD_MS_MAX),
            () = upgrade => {
                world.tell(format!("{} is replaced by the next version", life.name));
                0
            }
            // It could not even begin, and is started again.
            _ = process_of(wire, process) => 1_000,
        };
        sleep(Duration::from_millis(pause_ms)).await;
    }
}

async fn process_of(wire: Wire, process: usize) -> Result<(), Fault> {
    match process < RUNNERS {
        true => ledger(wire).await,
        false => runner(wire).await,
    }
}

async fn desk(wire: &Wire) -> Result<Desk<Ledger, Queues, Timers>, Fault> {
    Ok(Desk {
        ledger: Arc::new(Ledger::open(wire).await?),
        queues: Arc::new(StreamQueues::open(wire).await?),
        timers: Arc::new(StreamTimers::open(wire, Arc::new(now_ms)).await?),
    })
}

/// Keeps deadlines, and looks after what was forgotten.
async fn ledger(wire: Wire) -> Result<(), Fault> {
    let desk = desk(&wire).await?;
    let sweeping = async {
        loop {
            sleep(SWEEP).await;
            if wire.world.scene.has_sweeper {
                for order in &wire.world.scene.orders {
                    // What is wrong now is looked at again.
                    let _ = desk.look_after(&home(&order.id), now_ms()).await;
                }
            }
        }
    };
    tokio::join!(keep_deadlines(desk.clone(), now_ms), sweeping);
    Ok(())
}

impl World {
    /// How many versions of the components there are by now.
    pub(crate) fn versions(&self) -> usize {
        1 + usize::from(self.plan.upgrade && passed_ms() >= self.scene.upgrade_ms)
    }
}

/// Does the work of all queues.
async fn runner(wire: Wire) -> Result<(), Fault> {
    let shelf = Shelf(wire.clone());
    let toy = Toy(shelf.clone());
    let limits =
        Limits { width: 2, call_ms: 30_000, attempts: ATTEMPTS, backoff_ms_max: WAIT_MS_MAX, paint_ms: 0 };
    let driver = Driver {
        ledger: Arc::new(Ledger::open(&wire).await?),
        queues: Arc::new(StreamQueues::open(&wire).await?),
        blobs: Arc::new(shelf),
        callee: Arc::new(Guard::new(toy, Guards::default(), now_ms)),
        limits,
        clock: now_ms,
        meters: Tally::default(),
        exposures: Exposures::default(),
        shadows: Shadows::default(),
    };
    serve(Arc::new(driver), 2, std::future::pending()).await;
    Ok(())
}

/// Begins a job, until that is acknowledged, and then does what else its owner wants.
async fn owner(world: Arc<World>, order: Order) {
    sleep(Duration::from_millis(order.begin_ms)).await;
    let version = VERSIONS[world.versions() - 1];
    world.held().pinned.insert(order.id.clone(), version.to_owned());
    let Ok(first) = first(&order, version) else { return };
    let wire = Wire::new(&world, Arc::new(Life::endless("a gateway")));
    let receipt = begin(&wire, &order, &first).await;
    if receipt.first != first {
        world.wrong(format!("`{}` was begun with another request", order.id));
    }
    world.held().begun.insert(order.id.clone(), first.clone());
    match order.wish {
        Wish::Nothing => {}
        Wish::Cancel(after_ms) | Wish::Erase(after_ms) => {
            sleep(Duration::from_millis(after_ms)).await;
            let is_erase = matches!(order.wish, Wish::Erase(_));
            stop(&wire, &order, is_erase).await;
            let mut held = world.held();
            if is_erase {
                held.erased.push(order.id.clone());
            } else {
                held.cancelled.push(order.id.clone());
            }
        }
        Wish::Again => {
            sleep(AGAIN).await;
            // As if the window of ids had passed; and another gateway, which never heard of the job.
            world.server().forget_ids("IMPRINT_JOURNAL");
            let receipt = begin(&wire, &order, &first).await;
            if receipt.fresh || receipt.first != first {
                world.wrong(format!("`{}` was begun twice", order.id));
            }
        }
    }
    world.held().waiting -= 1;
}

/// Asks until it is answered.
async fn begin(wire: &Wire, order: &Order, first: &[u8]) -> Receipt {
    loop {
        let begun = async {
            let (desk, home) = (desk(wire).await?, home(&order.id));
            let receipt = desk.begin(&home, first.to_vec()).await?;
            // Who answered may die before anybody else hears of the job; then somebody has to look after it.
            let world = &wire.world;
            let dies = world.scene.has_sweeper && world.held().chance.often(UNHEARD);
            if !dies || !world.strikes(Wrong::Crash, || "a gateway, behind its answer".to_owned()) {
                desk.announce("", &home, Priority::Normal, &receipt.first).await;
            }
            Ok::<_, Fault>(receipt)
        };
        if let Ok(receipt) = begun.await {
            return receipt;
        }
        sleep(Duration::from_millis(500)).await;
    }
}

async fn stop(wire: &Wire, order: &Order, is_erase: bool) {
    loop {
        let asked = async {
            let desk = desk(wire).await?;
            match is_erase {
                true => desk.erase(&asker(), &order.id).await,
                false => desk.cancel(&asker(), &order.id).await,
            }
        };
        if matches!(asked.await, Ok(Some(_))) {
            return;
        }
        sleep(Duration::from_millis(500)).await;
    }
}

fn asker() -> Asker {
    Asker { tenant: TENANT.to_owned(), traceparent: String::new(), now_ms: now_ms() }
}

pub(crate) fn home(id: &str) -> Home {
    Home::new(REGION, TENANT, id)
}

/// The first entry of a job.
fn first(order: &Order, version: &str) -> Result<Vec<u8>, Fault> {
    let components = STEPS.iter().map(|row| (row.component.to_owned(), version.to_owned())).collect();
    let pins = Pins {
        steps_version: core_saga::STEPS_VERSION,
        components,
        model_variant: "stable".to_owned(),
        draws: Vec::new(),
    };
    let request = Document::file("request.json", "application/json", b"{}".to_vec());
    let terms = Terms { timeout_ms: order.timeout_ms, ..Terms::default() };
    let stamp = Stamp { now_ms: now_ms(), ..Stamp::default() };
    let event = Event::Requested { request, pins, terms };
    let entry = home(&order.id).entry(0, &previous_of(&[]), &event, stamp)?;
    let envelope = Envelope::from_bytes(&entry).map_err(|why| broken!("{why}"))?;
    Envelope { user: Some(USER.to_owned()), ..envelope }.to_bytes().map_err(|why| broken!("{why}"))
}
