//! Clients that write and read through the shipped ledger and store of content, and remember what they did and what they were told.

use crate::content::{Content, Shelf};
use crate::servers::NODES;
use core_brand::content::sha256_hex;
use core_brand::fault::Code;
use core_brand::{Document, Fault};
use core_saga::{Event, Pins, Priority, Terms};
use imprint_ledger::journal::{Home, Stamp, previous_of};
use imprint_ledger::queue::{DECIDE, Queues as _, Work};
use imprint_ledger::{Bus, JetStreamLedger, JetStreamQueues, LatticeLedger, Ledger as _, read_all};
use imprint_servers::Chance;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};
use tokio::time::{MissedTickBehavior, interval, timeout};

/// A client has so many journals of its own in hand.
const OWN_MAX: u64 = 6;
/// All clients write to these.
const SHARED: u64 = 3;
/// For so long all clients that begin a job begin the same one.
const RACE_MS: u64 = 500;
/// One append has up to so many entries.
const ENTRIES_MAX: u64 = 3;
/// Work without an answer is put into its queue again under its id so often.
const REPEATS: usize = 3;
/// Who begins while no server leads waits for one; it is looked for again and again, each look in its own bounds.
const OPEN_MAX: Duration = Duration::from_secs(60);

/// What a client did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Entries behind `place` others, by their hashes.
    Append {
        subject: String,
        place: usize,
        hashes: Vec<String>,
    },
    /// Work under an id.
    Enqueue {
        id: String,
    },
    /// The hashes of all entries that were shown to a process that had written there itself.
    Read {
        subject: String,
        seen: Vec<String>,
    },
    /// The same to a process that had not.
    Look {
        subject: String,
        seen: Vec<String>,
    },
    /// Content is to be kept.
    Put {
        content: Content,
    },
    Remove {
        content: Content,
    },
    /// The hash of what a process that had just begun was given; nothing, where it was told that there is nothing.
    Fetch {
        content: Content,
        seen: Option<String>,
    },
}

/// What it was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Done,
    /// Not done, and not to be found.
    Refused,
    /// Perhaps done.
    Unknown(String),
}

/// An act and its outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deed {
    pub client: usize,
    pub began_ms: u64,
    pub ended_ms: u64,
    pub act: Act,
    pub outcome: Outcome,
}

/// The end of a journal as a client knows it.
#[derive(Clone)]
struct End {
    place: u64,
    previous: String,
}

pub(crate) struct Client {
    number: usize,
    ledger: LatticeLedger,
    /// It writes nothing, so nothing it reads is its own.
    looker: JetStreamLedger,
    queues: JetStreamQueues,
    shelf: Shelf,
    chance: Chance,
    began: Instant,
    ends: BTreeMap<String, End>,
    acts: u64,
    deeds: Vec<Deed>,
}

impl Client {
    /// Opens the ledger and the store as the providers do, asking for three replicas.
    pub(crate) async fn open(bus: &Bus, number: usize, seed: u64, began: Instant) -> Self {
        let opened = timeout(OPEN_MAX, async {
            loop {
                let opened = (LatticeLedger::open(bus).await, JetStreamQueues::open(bus).await);
                let others = (JetStreamLedger::open(bus).await, Shelf::open(bus.client(), NODES).await);
                if let ((Ok(ledger), Ok(queues)), (Ok(looker), Ok(shelf))) = (opened, others) {
                    return (ledger, queues, looker, shelf);
                }
            }
        });
        let (ledger, queues, looker, shelf) = opened.await.expect("the cluster takes up its work");
        Self {
            number,
            ledger,
            looker,
            queues,
            shelf,
            chance: Chance::new(seed ^ (number as u64 + 1).wrapping_mul(0x9e37_79b9)),
            began,
            ends: BTreeMap::new(),
            acts: 0,
            deeds: Vec::new(),
        }
    }

    /// The clock of all clients.
    pub(crate) fn begin(&mut self, began: Instant) {
        self.began = began;
    }

    /// Acts at this rate for so long, one act after another, and gives what it remembers.
    pub(crate) async fn run(mut self, every: Duration, length: Duration) -> Vec<Deed> {
        let mut ticks = interval(every);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        while self.began.elapsed() < length {
            ticks.tick().await;
            self.acts += 1;
            match self.chance.below(100) {
                0..40 => self.write(self.own()).await,
                40..52 => {
                    let number = self.chance.below(SHARED);
                    self.write_anew(home("shared", number)).await;
                }
                52..57 => self.write_first(home("race", self.now_ms() / RACE_MS)).await,
                57..65 => self.enqueue().await,
                65..74 => drop(self.read(&self.own().subject()).await),
                74..80 => self.look().await,
                _ => self.keep().await,
            }
        }
        self.deeds
    }

    fn now_ms(&self) -> u64 {
        u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// One of the journals that nobody else writes to; each is left behind after a while.
    fn own(&self) -> Home {
        home(&format!("client-{}", self.number), self.acts / 100 * OWN_MAX + self.acts % OWN_MAX)
    }

    async fn write(&mut self, home: Home) {
        let end = match self.ends.get(&home.subject()).cloned() {
            Some(end) => end,
            None => match self.read(&home.subject()).await {
                Some(end) => end,
                None => return,
            },
        };
        self.append(&home, end).await;
    }

    /// Reads first, as whoever shares a journal does.
    async fn write_anew(&mut self, home: Home) {
        if let Some(end) = self.read(&home.subject()).await {
            self.append(&home, end).await;
        }
    }

    /// As whoever begins a job does: without a look.
    async fn write_first(&mut self, home: Home) {
        self.append(&home, end_of(&[])).await;
    }

    async fn append(&mut self, home: &Home, mut end: End) {
        let (subject, place, begin) = (home.subject(), end.place, self.now_ms());
        let mut entries = Vec::new();
        for _ in 0..=self.chance.below(ENTRIES_MAX) {
            // The key of a brand is made on the way, and may not be to be had.
            let Ok(entry) = self.entry(home, &end, entries.len()).await else { return };
            end = End { place: end.place + 1, previous: sha256_hex(&entry) };
            entries.push(entry);
        }
        let hashes = entries.iter().map(|entry| sha256_hex(entry)).collect();
        let told = self.ledger.append(&subject, place, entries).await;
        match &told {
            Ok(_) => drop(self.ends.insert(subject.clone(), end)),
            // It has to look before it writes again.
            Err(_) => drop(self.ends.remove(&subject)),
        }
        let place = usize::try_from(place).unwrap_or(usize::MAX);
        self.remember(begin, Act::Append { subject, place, hashes }, outcome(told.map(drop)));
    }

    async fn entry(&mut self, home: &Home, end: &End, number: usize) -> Result<Vec<u8>, Fault> {
        let event = match end.place {
            0 => requested(&home.job_id)?,
            _ => Event::Built {
                step: "logo".to_owned(),
                task: format!("client-{}-{}-{number}", self.number, self.acts),
                documents: Vec::new(),
            },
        };
        let stamp = Stamp { now_ms: self.now_ms(), ..Stamp::default() };
        let entry = home.entry(end.place, &end.previous, &event, stamp)?;
        self.ledger.seal(&home.subject(), end.place, entry).await
    }

    async fn read(&mut self, subject: &str) -> Option<End> {
        let begin = self.now_ms();
        let stored = read_all(&self.ledger, subject).await;
        self.saw(begin, subject, &stored, |subject, seen| Act::Read { subject, seen });
        let end = end_of(&stored.ok()?);
        self.ends.insert(subject.to_owned(), end.clone());
        Some(end)
    }

    async fn look(&mut self) {
        let subject = home("shared", self.chance.below(SHARED)).subject();
        let begin = self.now_ms();
        let stored = read_all(&self.looker, &subject).await;
        self.saw(begin, &subject, &stored, |subject, seen| Act::Look { subject, seen });
    }

    /// Puts, removes or reads content.
    async fn keep(&mut self) {
        let begin = self.now_ms();
        let (act, outcome) = self.shelf.act((self.number, self.acts, begin), &mut self.chance).await;
        self.remember(begin, act, outcome);
    }

    fn saw(
        &mut self,
        begin: u64,
        subject: &str,
        stored: &Result<Vec<Vec<u8>>, Fault>,
        act: fn(String, Vec<String>) -> Act,
    ) {
        let (seen, outcome) = match stored {
            Ok(stored) => (stored.iter().map(|entry| sha256_hex(entry)).collect(), Outcome::Done),
            Err(fault) => (Vec::new(), Outcome::Unknown(fault.code.to_string())),
        };
        self.remember(begin, act(subject.to_owned(), seen), outcome);
    }

    /// Puts work into a queue, again while nobody answers, and sometimes once more behind the answer.
    async fn enqueue(&mut self) {
        let home = home(&format!("client-{}", self.number), self.acts);
        let id = format!("{}-{}/{DECIDE}/{}", home.tenant, home.job_id, self.acts);
        let work = Work {
            step: DECIDE.to_owned(),
            priority: Priority::Normal,
            tenant: home.tenant,
            home_region: home.region,
            job_id: home.job_id,
            id: id.clone(),
            traceparent: String::new(),
        };
        let mut again = self.chance.below(5) == 0;
        for _ in 0..REPEATS {
            let begin = self.now_ms();
            let told = outcome(self.queues.enqueue(&work).await);
            let is_done = told == Outcome::Done;
            self.remember(begin, Act::Enqueue { id: id.clone() }, told);
            if is_done && !std::mem::take(&mut again) {
                return;
            }
        }
    }

    fn remember(&mut self, began_ms: u64, act: Act, outcome: Outcome) {
        let ended_ms = self.now_ms();
        self.deeds.push(Deed { client: self.number, began_ms, ended_ms, act, outcome });
    }
}

pub(crate) fn outcome(told: Result<(), Fault>) -> Outcome {
    match told {
        Ok(()) => Outcome::Done,
        Err(fault) if fault.is(Code::Conflict) => Outcome::Refused,
        Err(fault) => Outcome::Unknown(fault.code),
    }
}

fn end_of(stored: &[Vec<u8>]) -> End {
    End { place: stored.len() as u64, previous: previous_of(stored) }
}

fn home(tenant: &str, number: u64) -> Home {
    Home::new("us-east-1", tenant, &format!("br_us-east-1_{number:026}"))
}

fn requested(name: &str) -> Result<Event, Fault> {
    let pins = Pins {
        steps_version: 1,
        components: BTreeMap::new(),
        model_variant: "stable".to_owned(),
        draws: Vec::new(),
    };
    let request = Document::working("request", &BTreeMap::from([("company_name", name)]))?;
    Ok(Event::Requested { request, pins, terms: Terms::default() })
}
