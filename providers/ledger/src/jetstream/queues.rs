//! Queues on JetStream: a work queue with one durable consumer for each step and priority.

use crate::READ_ENTRIES_MAX;
use crate::fair::Shares;
use crate::jetstream::bus::{Bus, Refusal, found, storage, unreachable};
use crate::queue::{
    CLAIM_MS, Claim, DELIVERIES_MAX, DeadLetter, PULL, Queues, SET_BACK, Work, check_step, order, redriven,
    worn_out,
};
use async_nats::Subscriber;
use async_nats::jetstream::consumer::pull::BatchConfig;
use async_nats::jetstream::consumer::{AckPolicy, PullConsumer, pull};
use async_nats::jetstream::message::{PublishMessage, StreamMessage};
use async_nats::jetstream::stream::{Config, RetentionPolicy, Stream};
use async_nats::jetstream::{self, AckKind};
use core_brand::fault::Code;
use core_brand::{Fault, broken};
use core_saga::Priority;
use futures::{StreamExt, TryStreamExt};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::time::{Instant, timeout, timeout_at};

/// What all subjects of work begin with.
const WORK: &str = "imprint.work";
/// What all subjects of work set aside begin with.
const DEAD: &str = "imprint.dead";
/// So much of one queue may be in hands at once; more means that the hands are too slow, not too few.
const PENDING_MAX: i64 = 1024;
/// So many may wait on one queue at once.
const WAITING_MAX: i64 = 512;
/// An answer that is due at once is waited for this long.
const ANSWER: Duration = Duration::from_secs(2);
/// What cannot be read is kept up to this length, for the person who looks.
const UNREADABLE_CHARS_MAX: usize = 500;

/// Queues that outlive the process and are shared by all who are connected.
pub struct JetStreamQueues {
    bus: Bus,
    work: Stream,
    dead: Stream,
    claim: Duration,
    began: Instant,
    turn: AtomicU64,
    consumers: Mutex<BTreeMap<String, PullConsumer>>,
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

impl JetStreamQueues {
    /// Uses the streams `<prefix>_WORK` and `<prefix>_DEAD`, and makes them when there are none.
    pub async fn open(bus: &Bus) -> Result<Self, Fault> {
        Self::with_claim(bus, Duration::from_millis(CLAIM_MS)).await
    }

    /// Queues whose work comes back after another time than usual.
    pub async fn with_claim(bus: &Bus, claim: Duration) -> Result<Self, Fault> {
        let special = Config { retention: RetentionPolicy::WorkQueue, ..Config::default() };
        let work = bus.stream("WORK", &format!("{WORK}.>"), special).await?;
        let dead = bus.stream("DEAD", &format!("{DEAD}.>"), Config::default()).await?;
        Ok(Self {
            bus: bus.clone(),
            work,
            dead,
            claim,
            began: Instant::now(),
            turn: AtomicU64::default(),
            consumers: Mutex::default(),
            shares: Arc::default(),
        })
    }

    fn consumers(&self) -> MutexGuard<'_, BTreeMap<String, PullConsumer>> {
        self.consumers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The consumer of this queue; made when there is none.
    async fn consumer(&self, step: &str, priority: Priority) -> Result<PullConsumer, Fault> {
        let name = format!("{step}-{}", priority.as_str());
        if let Some(consumer) = self.consumers().get(&name).cloned() {
            return Ok(consumer);
        }
        let config = pull::Config {
            durable_name: Some(name.clone()),
            filter_subject: subject(WORK, step, priority),
            ack_policy: AckPolicy::Explicit,
            ack_wait: self.claim,
            max_ack_pending: PENDING_MAX,
            max_waiting: WAITING_MAX,
            ..pull::Config::default()
        };
        let consumer = self.bus.try_for(|| self.work.get_or_create_consumer(&name, config.clone())).await?;
        self.consumers().insert(name, consumer.clone());
        Ok(consumer)
    }

    /// The next message of these queues: at once in their order, else whichever comes first.
    async fn next(&self, lanes: &[PullConsumer], end: Instant) -> Result<Option<jetstream::Message>, Fault> {
        for lane in lanes {
            let now = BatchConfig { batch: 1, no_wait: true, ..BatchConfig::default() };
            if let Some(message) = self.pull(std::slice::from_ref(lane), &now, ANSWER).await? {
                return Ok(Some(message));
            }
        }
        let wait = end.saturating_duration_since(Instant::now()).min(PULL);
        if wait.is_zero() {
            return Ok(None);
        }
        let later = BatchConfig { batch: 1, expires: Some(wait), ..BatchConfig::default() };
        self.pull(lanes, &later, wait + ANSWER / 4).await
    }

    /// Asks each of these queues for one message and gives the first that comes.
    async fn pull(
        &self,
        lanes: &[PullConsumer],
        ask: &BatchConfig,
        wait: Duration,
    ) -> Result<Option<jetstream::Message>, Fault> {
        let inbox = async_nats::Subject::from(self.bus.unique());
        let mut answers = self.bus.client.subscribe(inbox.clone()).await.map_err(|why| unreachable(&why))?;
        for lane in lanes {
            lane.request_batch(again(ask), inbox.clone()).await.map_err(|why| unreachable(&why))?;
        }
        let first = self.first(&mut answers, lanes.len(), wait).await;
        if lanes.len() > 1 || first.is_err() {
            self.put_back(answers);
        }
        first
    }

    async fn first(
        &self,
        answers: &mut Subscriber,
        asked: usize,
        wait: Duration,
    ) -> Result<Option<jetstream::Message>, Fault> {
        let end = Instant::now() + wait;
        let mut empty = 0;
        while empty < asked {
            let Ok(answer) = timeout_at(end, answers.next()).await else { return Ok(None) };
            let answer = answer.ok_or_else(|| unreachable(&"the connection closed"))?;
            match answer.status.map(|status| status.as_u16()) {
                None => return Ok(Some(self.message(answer))),
                Some(100) => {}
                Some(404 | 408) => empty += 1,
                // Somebody removed the consumer, or the server is going: look anew.
                Some(code) => {
                    self.consumers().clear();
                    return Err(unreachable(&format!("a queue was answered with {code}")));
                }
            }
        }
        Ok(None)
    }

    /// What still arrives was asked for and is not wanted any more: others may have it at once.
    fn put_back(&self, mut answers: Subscriber) {
        let context = self.bus.context.clone();
        tokio::spawn(async move {
            if answers.drain().await.is_err() {
                return;
            }
            while let Ok(Some(message)) = timeout(ANSWER, answers.next()).await {
                if message.status.is_none() {
                    let message = jetstream::Message { message, context: context.clone() };
                    // Without a word it comes back a little later.
                    let _ = message.ack_with(AckKind::Nak(None)).await;
                }
            }
        });
    }

    fn message(&self, message: async_nats::Message) -> jetstream::Message {
        jetstream::Message { message, context: self.bus.context.clone() }
    }

    /// A message as work in hands; `None` when it was set aside or set back.
    async fn open_message(&self, message: jetstream::Message) -> Result<Option<JetStreamClaim>, Fault> {
        let info = message.info().map_err(|why| broken!("a message without its number: {why}"))?;
        let (deliveries, sequence) =
            (u32::try_from(info.delivered).unwrap_or(u32::MAX), info.stream_sequence);
        let work: Work = match serde_json::from_slice(&message.payload) {
            Ok(work) => work,
            Err(why) => {
                self.bury_unreadable(&message, sequence, &why).await?;
                return Ok(None);
            }
        };
        if deliveries <= 1 && self.is_over(&work.tenant) {
            message.ack_with(AckKind::Nak(Some(SET_BACK))).await.map_err(|why| unreachable(&why))?;
            return Ok(None);
        }
        let hold = Hold::take(&self.shares, &work.tenant);
        let claim =
            JetStreamClaim { bus: self.bus.clone(), message, sequence, work, deliveries, _hold: hold };
        match worn_out(deliveries) {
            Some(why) => claim.bury(&why).await.map(|()| None),
            None => Ok(Some(claim)),
        }
    }

    async fn bury_unreadable(
        &self,
        message: &jetstream::Message,
        sequence: u64,
        why: &serde_json::Error,
    ) -> Result<(), Fault> {
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
        message.double_ack().await.map_err(|why| unreachable(&why))
    }

    fn is_over(&self, tenant: &str) -> bool {
        let now_ms = u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.shares.lock().unwrap_or_else(PoisonError::into_inner).is_over(tenant, now_ms)
    }
}

impl Queues for JetStreamQueues {
    type Claim = JetStreamClaim;

    async fn enqueue(&self, work: &Work) -> Result<(), Fault> {
        check_step(&work.step)?;
        let payload = serde_json::to_vec(work).map_err(|why| broken!("work does not serialise: {why}"))?;
        let message = PublishMessage::build().payload(payload.into()).message_id(&work.id);
        put(&self.bus, &subject(WORK, &work.step, work.priority), &message).await
    }

    async fn claim(&self, step: &str, wait: Duration) -> Result<Option<JetStreamClaim>, Fault> {
        check_step(step)?;
        let end = Instant::now() + wait;
        let mut lanes = Vec::new();
        for priority in order(self.turn.fetch_add(1, Ordering::Relaxed)) {
            lanes.push(self.consumer(step, priority).await?);
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
        let info =
            self.work.info_with_subjects(format!("{WORK}.>")).await.map_err(|why| unreachable(&why))?;
        let counts: Vec<(String, usize)> = info.try_collect().await.map_err(|why| unreachable(&why))?;
        let depth = |(subject, count): (String, usize)| {
            let (step, priority) = subject.strip_prefix(WORK)?.strip_prefix('.')?.rsplit_once('.')?;
            Some((step.to_owned(), Priority::parse(priority)?, count as u64))
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
        let Some(message) = found(self.dead.get_raw_message(sequence).await)? else { return Ok(false) };
        let letter = letter_of(&message)?;
        if !letter.is_readable() {
            let why = format!("letter {sequence} holds no work that could be read: {}", letter.why);
            return Err(Fault::new(Code::JobMalformed, [("why", why)]));
        }
        // First into the queue, then out of the letters: a stop between them leaves both, never none, and the id of the
        // second try is that of the first.
        self.enqueue(&redriven(letter)).await?;
        match self.dead.delete_message(sequence).await {
            Ok(_) => Ok(true),
            // Somebody else redrove it at the same moment, under the same id.
            Err(_) if found(self.dead.get_raw_message(sequence).await)?.is_none() => Ok(false),
            Err(why) => Err(storage(&why)),
        }
    }
}

fn subject(root: &str, step: &str, priority: Priority) -> String {
    format!("{root}.{step}.{}", priority.as_str())
}

/// The same request once more; the client's type cannot be cloned.
fn again(ask: &BatchConfig) -> BatchConfig {
    BatchConfig { batch: ask.batch, expires: ask.expires, no_wait: ask.no_wait, ..BatchConfig::default() }
}

async fn put(bus: &Bus, subject: &str, message: &PublishMessage) -> Result<(), Fault> {
    match bus.store(subject, message).await {
        Ok(_) => Ok(()),
        Err(Refusal::Final(fault)) => Err(fault),
        Err(Refusal::Moved { .. }) => Err(broken!("a queue refused a sequence that nobody named")),
    }
}

/// Sets work aside, once however often it is tried.
async fn bury(bus: &Bus, letter: &Letter, sequence: u64) -> Result<(), Fault> {
    let payload = serde_json::to_vec(letter).map_err(|why| broken!("a letter does not serialise: {why}"))?;
    let work = &letter.work;
    let message =
        PublishMessage::build().payload(payload.into()).message_id(format!("{sequence}/{}", work.id));
    put(bus, &subject(DEAD, &work.step, work.priority), &message).await
}

fn letter_of(message: &StreamMessage) -> Result<DeadLetter, Fault> {
    let letter: Letter = serde_json::from_slice(&message.payload)
        .map_err(|why| broken!("letter {} cannot be read: {why}", message.sequence))?;
    let at_ms = u64::try_from(message.time.unix_timestamp_nanos() / 1_000_000).unwrap_or_default();
    let Letter { work, why, deliveries } = letter;
    Ok(DeadLetter { sequence: message.sequence, work, why, deliveries, at_ms })
}

/// Work of a queue on JetStream, in somebody's hands.
pub struct JetStreamClaim {
    bus: Bus,
    message: jetstream::Message,
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

impl Claim for JetStreamClaim {
    fn work(&self) -> &Work {
        &self.work
    }

    fn deliveries(&self) -> u32 {
        self.deliveries
    }

    async fn renew(&self) -> Result<(), Fault> {
        self.message.ack_with(AckKind::Progress).await.map_err(|why| unreachable(&why))
    }

    async fn done(self) -> Result<(), Fault> {
        self.message.double_ack().await.map_err(|why| unreachable(&why))
    }

    async fn again(self, after: Duration) -> Result<(), Fault> {
        self.message.ack_with(AckKind::Nak(Some(after))).await.map_err(|why| unreachable(&why))
    }

    async fn bury(self, why: &str) -> Result<(), Fault> {
        // Set aside by the queue itself, it was handed out once more, to nobody.
        let deliveries = self.deliveries.min(DELIVERIES_MAX);
        let letter = Letter { work: self.work.clone(), why: why.to_owned(), deliveries };
        bury(&self.bus, &letter, self.sequence).await?;
        self.message.double_ack().await.map_err(|why| unreachable(&why))
    }
}
