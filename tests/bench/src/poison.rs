//! One piece of work in a thousand that nobody can do: when it is set aside, and what the others notice.
//!
//! The shipped queues over a server that syncs every write, and workers that do nothing but say that it is done. Of ten that
//! cannot be done three cannot be read, four are refused by whoever takes them, and three end the worker each time.

use crate::servers::Server;
use crate::{ms, now_ms, spread};
use core_brand::Fault;
use core_saga::Priority;
use imprint_ledger::queue::{Claim, DECIDE, Queues, Work};
use imprint_ledger::{Bus, JetStreamQueues};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::task::JoinSet;
use tokio::time::{interval, sleep};

/// Pieces of work in a round, unless somebody says another number.
const PIECES: usize = 10_000;
/// One of so many cannot be done.
const POISON: usize = 1000;
/// A piece comes so often.
const EVERY: Duration = Duration::from_millis(4);
const ROUNDS: usize = 4;
const PROCESSES: usize = 2;
const WIDTH: usize = 4;
/// A worker that ended is there again after this long.
const DEAD: Duration = Duration::from_millis(500);
/// Nothing is waited for any longer: six claims of four seconds each end a piece that ends its workers.
const PATIENCE: Duration = Duration::from_secs(120);
const LOOK: Duration = Duration::from_millis(20);
const AGAIN: &str = "/again-";

/// What kinds of work there are; the name of a piece begins with its kind.
const FINE: &str = "fine";
const UNREADABLE: &str = "unreadable";
const REFUSED: &str = "refused";
const DEADLY: &str = "deadly";

#[derive(Default)]
struct Seen {
    /// When each piece was put in.
    begun: BTreeMap<String, (Instant, u64)>,
    /// How long each took that was done.
    done_ms: BTreeMap<String, f64>,
}

struct Room {
    url: String,
    queues: JetStreamQueues,
    nats: async_nats::Client,
    seen: Arc<Mutex<Seen>>,
    workers: JoinSet<()>,
}

pub(crate) fn print(pieces: Option<usize>) {
    let runtime = tokio::runtime::Runtime::new().unwrap_or_else(|why| panic!("{why}"));
    let folder = tempfile::tempdir().unwrap_or_else(|why| panic!("{why}"));
    let server = Server::alone(folder.path());
    runtime.block_on(measure(&server, pieces.unwrap_or(PIECES)));
}

async fn measure(server: &Server, pieces: usize) {
    let mut room = Room::new(server).await;
    let (mut calm, mut poisoned, mut aside) = (Vec::new(), Vec::new(), BTreeMap::<String, Vec<f64>>::new());
    for round in 0..ROUNDS {
        let is_poisoned = round % 2 == 1;
        let took = room.round(round, pieces, is_poisoned.then_some(&mut aside)).await;
        if is_poisoned { &mut poisoned } else { &mut calm }.extend(took);
        eprintln!("round {}", round + 1);
    }
    let (redriven, done, left) = room.redrive().await;
    let ((calm_p50, calm_p99), (p50, p99)) = (spread(calm), spread(poisoned));
    println!(
        "\n| {ROUNDS} rounds of {pieces} pieces of work | none is poison | 1 of {POISON} is | ratio |\n|---|---|---|---|"
    );
    for (name, calm, with) in [("p50", calm_p50, p50), ("p99", calm_p99, p99)] {
        println!(
            "| put in until done, the others, {name} | {calm:.1} ms | {with:.1} ms | {:.2} |",
            with / calm
        );
    }
    println!("\n| set aside | pieces | median | most |\n|---|---|---|---|");
    for (kind, times) in &aside {
        let most = times.iter().copied().fold(0.0, f64::max);
        println!("| {kind} | {} | {:.2} s | {most:.2} s |", times.len(), spread(times.clone()).0);
    }
    println!(
        "\nPut back by hand: {redriven}; done then: {done}. Left, because nobody can read them: {left}."
    );
    room.workers.shutdown().await;
}

impl Room {
    async fn new(server: &Server) -> Self {
        let nats = async_nats::connect(server.url()).await.unwrap_or_else(|why| panic!("{why}"));
        let queues = sure(JetStreamQueues::open(&Bus::new(nats.clone(), "IMPRINT", 1)).await);
        let (seen, mut workers) = (Arc::<Mutex<Seen>>::default(), JoinSet::new());
        for _ in 0..PROCESSES {
            let nats = async_nats::connect(server.url()).await.unwrap_or_else(|why| panic!("{why}"));
            let queues = Arc::new(sure(JetStreamQueues::open(&Bus::new(nats, "IMPRINT", 1)).await));
            for _ in 0..WIDTH {
                workers.spawn(worker(queues.clone(), seen.clone()));
            }
        }
        Self { url: server.url(), queues, nats, seen, workers }
    }

    /// Puts a round in; gives how long its fine pieces took, and tells when the others were set aside.
    async fn round(
        &mut self,
        round: usize,
        pieces: usize,
        aside: Option<&mut BTreeMap<String, Vec<f64>>>,
    ) -> Vec<f64> {
        let (mut turn, mut poison) = (interval(EVERY), 0);
        for number in 0..pieces {
            turn.tick().await;
            let kind = match (&aside, number % POISON == POISON / 2) {
                (Some(_), true) => {
                    poison += 1;
                    [UNREADABLE, REFUSED, DEADLY, REFUSED][poison % 4]
                }
                _ => FINE,
            };
            self.put(kind, &format!("{kind}-{round}-{number}")).await;
        }
        if let Some(aside) = aside {
            self.wait_aside(poison, aside).await;
        }
        let begun = Instant::now();
        let mine = format!("{FINE}-{round}-");
        loop {
            let took: Vec<f64> = lock(&self.seen)
                .done_ms
                .iter()
                .filter(|(id, _)| id.starts_with(&mine))
                .map(|(_, ms)| *ms)
                .collect();
            if took.len() == pieces - poison {
                return took;
            }
            assert!(begun.elapsed() < PATIENCE, "{} of {} pieces are done", took.len(), pieces - poison);
            sleep(LOOK).await;
        }
    }

    async fn put(&self, kind: &str, id: &str) {
        lock(&self.seen).begun.insert(id.to_owned(), (Instant::now(), now_ms()));
        if kind == UNREADABLE {
            let subject = format!("imprint.work.{DECIDE}.{}", Priority::Normal.as_str());
            let put = self.nats.publish(subject, id.to_owned().into()).await;
            return put.unwrap_or_else(|why| panic!("{}: {why}", self.url));
        }
        let work = Work {
            step: DECIDE.to_owned(),
            priority: Priority::Normal,
            tenant: "acme".to_owned(),
            home_region: "us-east-1".to_owned(),
            job_id: id.to_owned(),
            id: id.to_owned(),
            traceparent: String::new(),
        };
        sure(self.queues.enqueue(&work).await);
    }

    /// Waits until so many more are set aside than before, and notes how long each took.
    async fn wait_aside(&self, count: usize, aside: &mut BTreeMap<String, Vec<f64>>) {
        let (begun, mut known) = (Instant::now(), aside.values().map(Vec::len).sum::<usize>());
        let wanted = known + count;
        while known < wanted {
            assert!(begun.elapsed() < PATIENCE, "{known} of {wanted} pieces are set aside");
            sleep(LOOK).await;
            let letters = sure(self.queues.dead(wanted).await);
            for letter in letters.iter().skip(known) {
                // What cannot be read is called after its place; its text stands in the reason.
                let at = letter.why.rfind(UNREADABLE).filter(|_| !letter.is_readable());
                let id = at.map_or(letter.work.id.as_str(), |at| letter.why[at..].trim());
                let put = lock(&self.seen).begun.get(id).copied();
                let (_, put_ms) = put.unwrap_or_else(|| panic!("nobody put {letter:?} in"));
                let took = letter.at_ms.saturating_sub(put_ms) as f64 / 1000.0;
                aside.entry(kind_of(id).to_owned()).or_default().push(took);
            }
            known = letters.len();
        }
    }
    /// Puts all back that can be read, once its cause is mended; gives how many those are, how many were done then, and what is
    /// left.
    async fn redrive(&self) -> (usize, usize, usize) {
        let letters = sure(self.queues.dead(usize::from(u16::MAX)).await);
        let readable: Vec<_> = letters.iter().filter(|letter| letter.is_readable()).collect();
        for letter in &readable {
            assert!(sure(self.queues.redrive(letter.sequence).await), "{letter:?} is gone");
        }
        let (begun, mut done) = (Instant::now(), 0);
        while done < readable.len() {
            assert!(begun.elapsed() < PATIENCE, "{done} of {} are done", readable.len());
            sleep(LOOK).await;
            done = lock(&self.seen).done_ms.keys().filter(|id| id.contains(AGAIN)).count();
        }
        (readable.len(), done, sure(self.queues.dead(usize::from(u16::MAX)).await).len())
    }
}

/// Takes one piece after the other. What was put back by hand can be done.
async fn worker(queues: Arc<JetStreamQueues>, seen: Arc<Mutex<Seen>>) {
    loop {
        let Ok(Some(claim)) = queues.claim(&[DECIDE], Duration::from_secs(1)).await else { continue };
        let id = claim.work().id.clone();
        match kind_of(&id) {
            REFUSED if !id.contains(AGAIN) => sure(claim.bury("nobody can do it").await),
            DEADLY if !id.contains(AGAIN) => {
                // Without a word, as a process that is gone.
                drop(claim);
                sleep(DEAD).await;
            }
            _ => {
                sure(claim.done().await);
                let mut seen = lock(&seen);
                let took = seen.begun.get(&id).map_or(0.0, |(put, _)| ms(put.elapsed()));
                seen.done_ms.insert(id, took);
            }
        }
    }
}

fn kind_of(id: &str) -> &str {
    id.split('-').next().unwrap_or_default()
}

fn lock(held: &Mutex<Seen>) -> MutexGuard<'_, Seen> {
    held.lock().unwrap_or_else(PoisonError::into_inner)
}

fn sure<T>(result: Result<T, Fault>) -> T {
    result.unwrap_or_else(|fault| panic!("{fault}"))
}
