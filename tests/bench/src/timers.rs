//! Ten thousand timers while those who hear of them die, the server dies, and clocks jump by an hour.
//!
//! Three hear of them, each by a clock of its own, as the ledger's providers do: whoever takes one that is due removes it when
//! what it is for is done. Here that is to write down when.

use crate::servers::Server;
use crate::{now_ms, spread};
use imprint_harness::Chance;
use imprint_ledger::timers::{Due, Timers};
use imprint_ledger::{Bus, JetStreamTimers};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::task::JoinHandle;
use tokio::time::sleep;

/// Unless somebody says another number.
const TIMERS: u64 = 10_000;
const HEARERS: usize = 3;
/// All are due within this time, behind a while in which they are set.
const SPAN_MS: u64 = 60_000;
/// Timers that are set at once.
const WIDTH: u64 = 64;
/// One of those who hear dies so often, and is back after a moment.
const DEATH_EVERY: Duration = Duration::from_millis(1_500);
const DEAD: Duration = Duration::from_millis(300);
/// The server dies so often.
const SERVER_EVERY: u32 = 13;
/// A clock jumps in the second third, and another one near the end.
const HOUR_MS: i64 = 3_600_000;
/// What is not heard by then is lost: a claim lapses after five seconds.
const LOST: Duration = Duration::from_secs(60);
/// A clock that is right is no more than this ahead of what is said here.
const EARLY_MS: i64 = 20;
const LOOK: Duration = Duration::from_millis(20);

/// When each timer was heard: milliseconds behind its time.
type Heard = Arc<Mutex<BTreeMap<String, Vec<i64>>>>;

/// One who hears, by a clock that may be wrong.
struct Hearer {
    clock_off_ms: Arc<AtomicI64>,
    task: JoinHandle<()>,
}

pub(crate) fn print(count: Option<u64>) {
    let runtime = tokio::runtime::Runtime::new().unwrap_or_else(|why| panic!("{why}"));
    let folder = tempfile::tempdir().unwrap_or_else(|why| panic!("{why}"));
    let chance = Chance::of_environment();
    println!("IMPRINT_SEED={}", chance.seed());
    runtime.block_on(measure(Server::alone(folder.path()), chance, count.unwrap_or(TIMERS)));
}

async fn measure(server: Server, mut chance: Chance, count: u64) {
    let url = server.url();
    let (mut server, heard) = (Some(server), Heard::default());
    let begins_ms = set(&url, count).await;
    let mut hearers: Vec<Hearer> =
        (0..HEARERS).map(|_| Hearer::start(&url, &heard, Arc::default())).collect();
    let (mut deaths, mut restarts) = (0, 0);
    let end_ms = begins_ms + SPAN_MS;
    while now_ms() < end_ms {
        sleep(DEATH_EVERY).await;
        let passed_ms = now_ms().saturating_sub(begins_ms);
        let is_within = |from: u64, to: u64| (SPAN_MS * from / 10..SPAN_MS * to / 10).contains(&passed_ms);
        hearers[0].clock_off_ms.store(if is_within(3, 6) { -HOUR_MS } else { 0 }, Ordering::Relaxed);
        hearers[1].clock_off_ms.store(if is_within(9, 10) { HOUR_MS } else { 0 }, Ordering::Relaxed);
        if deaths % SERVER_EVERY == SERVER_EVERY - 1 {
            server = server.map(Server::again);
            restarts += 1;
        }
        if let Some(one) = chance.one(&(0..HEARERS).collect::<Vec<_>>()) {
            let clock_off_ms = hearers[one].clock_off_ms.clone();
            hearers[one].task.abort();
            sleep(DEAD).await;
            hearers[one] = Hearer::start(&url, &heard, clock_off_ms);
            deaths += 1;
        }
    }
    let begun = tokio::time::Instant::now();
    while (lock(&heard).len() as u64) < count && begun.elapsed() < LOST {
        sleep(LOOK).await;
    }
    hearers.iter().for_each(|hearer| hearer.task.abort());
    table(&lock(&heard), count, deaths, restarts);
}

/// Sets all, and gives when the first may be due.
async fn set(url: &str, count: u64) -> u64 {
    let timers = timers(url, Arc::default()).await;
    let begins_ms = now_ms() + count * 4;
    for from in (0..count).step_by(WIDTH as usize) {
        let all = (from..count.min(from + WIDTH)).map(|number| {
            let at_ms = begins_ms + SPAN_MS * number / count;
            let timers = &timers;
            async move { timers.set(&format!("n{number}"), at_ms, at_ms.to_string().into_bytes()).await }
        });
        if let Err(fault) = futures::future::try_join_all(all).await {
            panic!("{fault}");
        }
    }
    assert!(now_ms() < begins_ms, "setting {count} timers took longer than they were to wait");
    begins_ms
}

async fn timers(url: &str, clock_off_ms: Arc<AtomicI64>) -> JetStreamTimers {
    let nats = async_nats::connect(url).await.unwrap_or_else(|why| panic!("{why}"));
    let clock = move || now_ms().saturating_add_signed(clock_off_ms.load(Ordering::Relaxed));
    let timers = JetStreamTimers::open(&Bus::new(nats, "IMPRINT", 1), Arc::new(clock)).await;
    timers.unwrap_or_else(|fault| panic!("{fault}"))
}

impl Hearer {
    fn start(url: &str, heard: &Heard, clock_off_ms: Arc<AtomicI64>) -> Self {
        let (url, heard, clock) = (url.to_owned(), heard.clone(), clock_off_ms.clone());
        let task = tokio::spawn(async move {
            let timers = timers(&url, clock).await;
            loop {
                // A server that is away is asked again.
                let Ok(Some(due)) = timers.due(Duration::from_secs(1)).await else { continue };
                let at_ms = String::from_utf8_lossy(due.payload()).parse::<i64>().unwrap_or_default();
                let late_ms = i64::try_from(now_ms()).unwrap_or(i64::MAX) - at_ms;
                lock(&heard).entry(due.id().to_owned()).or_default().push(late_ms);
                // What is not told to be done comes again.
                let _ = due.done().await;
            }
        });
        Self { clock_off_ms, task }
    }
}

fn table(heard: &BTreeMap<String, Vec<i64>>, count: u64, deaths: u32, restarts: u32) {
    let first: Vec<i64> = heard.values().filter_map(|times| times.first().copied()).collect();
    let early = first.iter().filter(|late_ms| **late_ms < -EARLY_MS).count();
    let late: Vec<f64> = first.iter().filter(|late_ms| **late_ms >= -EARLY_MS).map(|ms| *ms as f64).collect();
    let most = late.iter().copied().fold(0.0, f64::max);
    let (p50, p99) = spread(late);
    let again = heard.values().filter(|times| times.len() > 1).count();
    println!("\n| {count} timers within {} s, {HEARERS} who hear of them | |\n|---|---|", SPAN_MS / 1000);
    println!("| deaths of who hears; of the server | {deaths}; {restarts} |");
    println!("| lost | {} |", count - heard.len() as u64);
    println!("| heard again, because who heard it died first | {again} |");
    println!("| heard early, by a clock that was an hour ahead | {early} |");
    println!("| behind their time, the others: p50, p99, most | {p50:.0} ms, {p99:.0} ms, {most:.0} ms |");
}

fn lock<T>(held: &Mutex<T>) -> MutexGuard<'_, T> {
    held.lock().unwrap_or_else(PoisonError::into_inner)
}
