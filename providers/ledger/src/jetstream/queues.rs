//! Queues on JetStream: a work queue with one durable consumer for each step and priority.

use crate::READ_ENTRIES_MAX;
use crate::fair::Shares;
use crate::jetstream::port::{Handed, Kept, Post, Refusal, Shape, Streams, Word, store, try_for};
use crate::queue::{
    CLAIM_MS, Claim, DELIVERIES_MAX, DeadLetter, PULL, Queues, SET_BACK, Work, check_step, order, redriven,
    worn_out,
};
use core_brand::fault::Code;
use core_brand::{Fault, broken};
use core_saga::Priority;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// What all subjects of work begin with.
const WORK: &str = "imprint.work";
/// What all subjects of work set aside begin with.
const DEAD: &str = "imprint.dead";
/// What cannot be read is kept up to this length, for the person who looks.
const UNREADABLE_CHARS_MAX: usize = 500;

/// The queues of one step: asked for work one after the other, whether they have any or not.
const FEW_LANES: usize = 3;

/// Queues by their subjects, in the order in which they are asked.
type Lanes<S> = Vec<(String, <S as Streams>::Lane)>;

/// Queues that outlive the process and are shared by all who are connected.
pub struct StreamQueues<S: Streams> {
    bus: S,
    work: S::Stream,
    dead: S::Stream,
    claim: Duration,
    began: Instant,
    turn: AtomicU64,
    lanes: Mutex<BTreeMap<String, S::Lane>>,
    shares: Arc<Mutex<Shares>>,
}

/// How work set aside is stored; its number and its date are those of the message.
#[derive(Serialize, Deserialize)]
struct Letter {
    work: Work,
    why: String,
    /// Letters of earlier versions do not say it.
    #[serde(default)]
    deliveries: u32,
}

impl<S: Streams> StreamQueues<S> {
    /// Uses the streams `<prefix>_WORK` and `<prefix>_DEAD`, and makes them when there are none.
    pub async fn open(bus: &S) -> Result<Self, Fault> {
        Self::with_claim(bus, Duration::from_millis(CLAIM_MS)).await
    }

    /// Queues whose work comes back after another time than usual.
    pub async fn with_claim(bus: &S, claim: Duration) -> Result<Self, Fault> {
        let shape =
            |what, root| Shape { name: bus.name(what), subjects: format!("{root}.>"), ..Shape::default() };
        let (work, dead) = (Shape { is_work: true, ..shape("WORK", WORK) }, shape("DEAD", DEAD));
        let work = try_for(|| bus.open(&work)).await?;
        let dead = try_for(|| bus.open(&dead)).await?;
        Ok(Self {
            bus: bus.clone(),
            work,
            dead,
            claim,
            began: Instant::now(),
            turn: AtomicU64::default(),
            lanes: Mutex::default(),
            shares: Arc::default(),
        })
    }

    fn lanes(&self) -> MutexGuard<'_, BTreeMap<String, S::Lane>> {
        self.lanes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The lane of this queue; made when there is none.
    async fn lane(&self, step: &str, priority: Priority) -> Result<S::Lane, Fault> {
        let name = format!("{step}-{}", priority.as_str());
        if let Some(lane) = self.lanes().get(&name).cloned() {
            return Ok(lane);
        }
        let subjects = subject(WORK, step, priority);
        let lane = try_for(|| self.bus.lane(&self.work, &name, &subjects, self.claim)).await?;
        self.lanes().insert(name, lane.clone());
        Ok(lane)
    }

    /// The next message of these queues: at once in their order, else whichever comes first.
    async fn next(&self, lanes: &Lanes<S>, end: Instant) -> Result<Option<Handed<S::Token>>, Fault> {
        // One question for all, so that not every empty queue has to be asked for work.
        let counts = match lanes.len() > FEW_LANES {
            true => Some(self.bus.counts(&self.work, &format!("{WORK}.>")).await?),
            false => None,
        };
        let may_have = |subject: &String| {
            counts
                .as_ref()
                .is_none_or(|counts| counts.iter().any(|(found, count)| found == subject && *count > 0))
        };
        for (_, lane) in lanes.iter().filter(|(subject, _)| may_have(subject)) {
            if let Some(message) = self.pull(std::slice::from_ref(lane), None).await? {
                return Ok(Some(message));
            }
        }
        let wait = end.saturating_duration_since(Instant::now()).min(PULL);
        if wait.is_zero() {
            return Ok(None);
        }
        let lanes: Vec<S::Lane> = lanes.iter().map(|(_, lane)| lane.clone()).collect();
        self.pull(&lanes, Some(wait)).await
    }

    async fn pull(
        &self,
        lanes: &[S::Lane],
        wait: Option<Duration>,
    ) -> Result<Option<Handed<S::Token>>, Fault> {
        // Somebody may have removed a lane: look anew.
        self.bus.pull(lanes, wait).await.inspect_err(|_| self.lanes().clear())
    }

    /// A message as work in hands; `None` when it was set aside or set back.
    async fn open_message(&self, message: Handed<S::Token>) -> Result<Option<StreamClaim<S>>, Fault> {
        let (deliveries, sequence) = (message.deliveries, message.sequence);
        let work: Work = match serde_json::from_slice(&message.payload) {
            Ok(work) => work,
            Err(why) => {
                self.bury_unreadable(&message, &why).await?;
                return Ok(None);
            }
        };
        if deliveries <= 1 && self.is_over(&work.tenant) {
            self.bus.say(&message.token, Word::Again(Some(SET_BACK))).await?;
            return Ok(None);
        }
        let hold = Hold::take(&self.shares, &work.tenant);
        let claim = StreamClaim {
            bus: self.bus.clone(),
            token: message.token,
            sequence,
            work,
            deliveries,
            _hold: hold,
        };
        match worn_out(deliveries) {
            Some(why) => claim.bury(&why).await.map(|()| None),
            None => Ok(Some(claim)),
        }
    }

    async fn bury_unreadable(
        &self,
        message: &Handed<S::Token>,
        why: &serde_json::Error,
    ) -> Result<(), Fault> {
        let sequence = message.sequence;
        let text: String =
            String::from_utf8_lossy(&message.payload).chars().take(UNREADABLE_CHARS_MAX).collect();
        let mut tokens = message.subject.split('.').skip(2);
        let work = Work {
            step: tokens.next().unwrap_or_default().to_owned(),
            priority: tokens.next().and_then(Priority::parse).unwrap_or_default(),
            tenant: String::new(),
            home_region: String::new(),
            job_id: String::new(),
            id: format!("unreadable-{sequence}"),
            traceparent: String::new(),
        };
        let letter = Letter { work, why: format!("it cannot be read ({why}): {text}"), deliveries: 1 };
        bury(&self.bus, &letter, sequence).await?;
        self.bus.say(&message.token, Word::Done).await
    }

    fn is_over(&self, tenant: &str) -> bool {
        let now_ms = u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.shares.lock().unwrap_or_else(PoisonError::into_inner).is_over(tenant, now_ms)
    }
}

impl<S: Streams> Queues for StreamQueues<S> {
    type Claim = StreamClaim<S>;

    async fn enqueue(&self, work: &Work) -> Result<(), Fault> {
        check_step(&work.step)?;
        let payload = serde_json::to_vec(work).map_err(|why| broken!("work does not serialise: {why}"))?;
        put(&self.bus, &subject(WORK, &work.step, work.priority), &Post::new(payload).id(&work.id)).await
    }

    async fn claim(&self, steps: &[&str], wait: Duration) -> Result<Option<StreamClaim<S>>, Fault> {
        steps.iter().try_for_each(|step| check_step(step))?;
        let end = Instant::now() + wait;
        let mut lanes = Vec::new();
        for priority in order(self.turn.fetch_add(1, Ordering::Relaxed)) {
            for step in steps {
                lanes.push((subject(WORK, step, priority), self.lane(step, priority).await?));
            }
        }
        loop {
            match self.next(&lanes, end).await? {
                Some(message) => {
                    if let Some(claim) = self.open_message(message).await? {
                        return Ok(Some(claim));
                    }
                }
                None if Instant::now() >= end => return Ok(None),
                None => {}
            }
        }
    }

    async fn depths(&self) -> Result<Vec<(String, Priority, u64)>, Fault> {
        let counts = self.bus.counts(&self.work, &format!("{WORK}.>")).await?;
        let depth = |(subject, count): (String, u64)| {
            let (step, priority) = subject.strip_prefix(WORK)?.strip_prefix('.')?.rsplit_once('.')?;
            Some((step.to_owned(), Priority::parse(priority)?, count))
        };
        let mut depths: Vec<_> = counts.into_iter().filter_map(depth).collect();
        depths.sort();
        Ok(depths)
    }

    async fn dead(&self, limit: usize) -> Result<Vec<DeadLetter>, Fault> {
        let mut letters: Vec<DeadLetter> = Vec::new();
        let mut from = 1;
        while letters.len() < limit {
            let wanted = (limit - letters.len()).min(READ_ENTRIES_MAX);
            let batch = self.bus.batch(&self.dead, &format!("{DEAD}.>"), from, wanted).await?;
            for message in batch.messages.iter().take(wanted) {
                from = message.sequence + 1;
                letters.push(letter_of(message)?);
            }
            if !batch.more || batch.messages.is_empty() {
                break;
            }
        }
        Ok(letters)
    }

    async fn redrive(&self, sequence: u64) -> Result<bool, Fault> {
        let Some(message) = self.bus.get(&self.dead, sequence).await? else { return Ok(false) };
        let letter = letter_of(&message)?;
        if !letter.is_readable() {
            let why = format!("letter {sequence} holds no work that could be read: {}", letter.why);
            return Err(Fault::new(Code::JobMalformed, [("why", why)]));
        }
        // First into the queue, then out of the letters: a stop between them leaves both, never none, and the id of the
        // second try is that of the first.
        self.enqueue(&redriven(letter)).await?;
        match self.bus.delete(&self.dead, sequence).await {
            Ok(()) => Ok(true),
            // Somebody else redrove it at the same moment, under the same id.
            Err(_) if self.bus.get(&self.dead, sequence).await?.is_none() => Ok(false),
            Err(fault) => Err(fault),
        }
    }
}

fn subject(root: &str, step: &str, priority: Priority) -> String {
    format!("{root}.{step}.{}", priority.as_str())
}

async fn put<S: Streams>(bus: &S, subject: &str, post: &Post) -> Result<(), Fault> {
    match store(bus, subject, post).await {
        Ok(_) => Ok(()),
        Err(Refusal::Final(fault)) => Err(fault),
        Err(Refusal::Moved { .. }) => Err(broken!("a queue refused a sequence that nobody named")),
    }
}

/// Sets work aside, once however often it is tried.
async fn bury<S: Streams>(bus: &S, letter: &Letter, sequence: u64) -> Result<(), Fault> {
    let payload = serde_json::to_vec(letter).map_err(|why| broken!("a letter does not serialise: {why}"))?;
    let work = &letter.work;
    let post = Post::new(payload).id(&format!("{sequence}/{}", work.id));
    put(bus, &subject(DEAD, &work.step, work.priority), &post).await
}

fn letter_of(message: &Kept) -> Result<DeadLetter, Fault> {
    let letter: Letter = serde_json::from_slice(&message.payload)
        .map_err(|why| broken!("letter {} cannot be read: {why}", message.sequence))?;
    let Letter { work, why, deliveries } = letter;
    Ok(DeadLetter { sequence: message.sequence, work, why, deliveries, at_ms: message.at_ms })
}

/// Work of a queue of streams, in somebody's hands.
pub struct StreamClaim<S: Streams> {
    bus: S,
    token: S::Token,
    /// Of the message in its stream.
    sequence: u64,
    work: Work,
    deliveries: u32,
    _hold: Hold,
}

/// Counts as held by its tenant until it is dropped.
struct Hold {
    shares: Arc<Mutex<Shares>>,
    tenant: String,
}

impl Hold {
    fn take(shares: &Arc<Mutex<Shares>>, tenant: &str) -> Self {
        shares.lock().unwrap_or_else(PoisonError::into_inner).take(tenant);
        Self { shares: shares.clone(), tenant: tenant.to_owned() }
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        self.shares.lock().unwrap_or_else(PoisonError::into_inner).give_back(&self.tenant);
    }
}

impl<S: Streams> Claim for StreamClaim<S> {
    fn work(&self) -> &Work {
        &self.work
    }

    fn deliveries(&self) -> u32 {
        self.deliveries
    }

    async fn renew(&self) -> Result<(), Fault> {
        self.bus.say(&self.token, Word::Working).await
    }

    async fn done(self) -> Result<(), Fault> {
        self.bus.say(&self.token, Word::Done).await
    }

    async fn again(self, after: Duration) -> Result<(), Fault> {
        self.bus.say(&self.token, Word::Again(Some(after))).await
    }

    async fn bury(self, why: &str) -> Result<(), Fault> {
        // Set aside by the queue itself, it was handed out once more, to nobody.
        let deliveries = self.deliveries.min(DELIVERIES_MAX);
        let letter = Letter { work: self.work.clone(), why: why.to_owned(), deliveries };
        bury(&self.bus, &letter, self.sequence).await?;
        self.bus.say(&self.token, Word::Done).await
    }
}
