//! What journals, queues, values and timers ask of a server that keeps streams, and how they write to it.
//!
//! `Bus` is JetStream over a connection; `lattice/sim` has a server in memory that loses, repeats and delays. Everything
//! that decides stands behind this border and is the same code over both; `providers/conformance` has the suite that both
//! servers run.

use core_brand::fault::Code;
use core_brand::{Blame, Fault};
use std::collections::BTreeMap;
use std::fmt::Display;
use std::future::Future;
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// What the server knows a message by.
pub const MESSAGE_ID: &str = "Nats-Msg-Id";
/// Messages stored twice under one id within this time are stored once.
pub const DUPLICATES: Duration = Duration::from_secs(120);
/// A write is tried for this long; a server that restarts is back by then.
pub const WRITE: Duration = Duration::from_secs(12);
/// Between two tries.
const PAUSE: Duration = Duration::from_millis(100);

/// How a stream keeps its messages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shape {
    pub name: String,
    /// Of its messages, with `*` and `>`.
    pub subjects: String,
    /// Messages are removed when they are done.
    pub is_work: bool,
    /// Of each subject only so many messages are kept, the newest; all where it is zero. What has to give way is not removed
    /// for good: a server that dies brings it back where those that are newer were removed since.
    pub newest: u32,
    /// Nothing can be deleted or purged.
    pub is_final: bool,
    /// Messages are forgotten after so long; never where it is zero.
    pub max_age: Duration,
    /// A message may replace all others of its subject.
    pub may_roll_up: bool,
}

/// A message to store.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Post {
    pub payload: Vec<u8>,
    pub headers: Vec<(&'static str, String)>,
    /// Within `DUPLICATES` a second message of this id is the first one.
    pub id: Option<String>,
    /// Only behind this message of the subject, 0 being none.
    pub behind: Option<u64>,
}

/// A message that is stored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    pub sequence: u64,
    pub subject: String,
    pub headers: BTreeMap<String, String>,
    pub payload: Vec<u8>,
    /// When it was stored.
    pub at_ms: u64,
}

/// A message of a queue in somebody's hands.
#[derive(Debug)]
pub struct Handed<T> {
    pub sequence: u64,
    pub subject: String,
    pub payload: Vec<u8>,
    /// 1 for the first time.
    pub deliveries: u32,
    /// What the server knows this delivery by.
    pub token: T,
}

/// What is said of a message in hands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// It is done; heard only when the server says so.
    Done,
    /// Still at it.
    Working,
    /// Again, after this time or at once.
    Again(Option<Duration>),
}

/// Messages, oldest first, and whether there are more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Batch {
    pub messages: Vec<Kept>,
    pub more: bool,
}

/// Why one try did not store a message.
#[derive(Debug)]
pub enum Unstored {
    /// The subject does not end where the writer thought.
    Moved,
    /// Nobody knows whether it was stored.
    NoAnswer(Fault),
    Refused(Fault),
}

/// Why a message was not stored.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// The subject does not end where the writer thought. Unsure: an earlier try of the same write got no answer.
    Moved {
        unsure: bool,
    },
    Final(Fault),
}

/// A server that keeps streams. Each call is one try; cheap to clone.
pub trait Streams: Clone + Send + Sync + 'static {
    type Stream: Clone + Send + Sync + 'static;
    /// A queue of a stream, and who reads it.
    type Lane: Clone + Send + Sync + 'static;
    type Token: Send + Sync + 'static;

    /// What our stream for that is called.
    fn name(&self, what: &str) -> String;

    /// The same of a bucket that others know by its name.
    fn bucket(&self, what: &str) -> String;

    /// Never the same twice.
    fn unique(&self) -> String;

    /// The stream of this name; made as told when there is none, and kept as it is when there is one.
    fn open(&self, shape: &Shape) -> impl Future<Output = Result<Self::Stream, Fault>> + Send;

    /// Whether single messages of it can be deleted.
    fn may_delete(&self, stream: &Self::Stream) -> bool;

    /// Stores a message and gives its sequence.
    fn post(&self, subject: &str, post: &Post) -> impl Future<Output = Result<u64, Unstored>> + Send;

    /// The last message of a subject, as the leader knows it.
    fn last(
        &self,
        stream: &Self::Stream,
        subject: &str,
    ) -> impl Future<Output = Result<Option<Kept>, Fault>> + Send;

    /// The first message of a subject at or after this sequence, as the leader knows it.
    fn next(
        &self,
        stream: &Self::Stream,
        subject: &str,
        from: u64,
    ) -> impl Future<Output = Result<Option<Kept>, Fault>> + Send;

    /// The message of this sequence, as the leader knows it.
    fn get(
        &self,
        stream: &Self::Stream,
        sequence: u64,
    ) -> impl Future<Output = Result<Option<Kept>, Fault>> + Send;

    /// The messages of a subject from this sequence on, from whichever server is near; it may be behind.
    fn batch(
        &self,
        stream: &Self::Stream,
        subject: &str,
        from: u64,
        limit: usize,
    ) -> impl Future<Output = Result<Batch, Fault>> + Send;

    /// Deletes the message of this sequence; a fault also when there is none.
    fn delete(&self, stream: &Self::Stream, sequence: u64) -> impl Future<Output = Result<(), Fault>> + Send;

    /// Removes all messages of these subjects, up to and with this sequence where one is named.
    fn purge(
        &self,
        stream: &Self::Stream,
        subjects: &str,
        to: Option<u64>,
    ) -> impl Future<Output = Result<(), Fault>> + Send;

    /// How many messages these subjects have, one by one.
    fn counts(
        &self,
        stream: &Self::Stream,
        subjects: &str,
    ) -> impl Future<Output = Result<Vec<(String, u64)>, Fault>> + Send;

    /// The queue of this name over these subjects; made when there is none. What is in silent hands comes back after `wait`.
    fn lane(
        &self,
        stream: &Self::Stream,
        name: &str,
        subjects: &str,
        wait: Duration,
    ) -> impl Future<Output = Result<Self::Lane, Fault>> + Send;

    /// The first message that one of these queues has; without a time to wait only what is there now.
    fn pull(
        &self,
        lanes: &[Self::Lane],
        wait: Option<Duration>,
    ) -> impl Future<Output = Result<Option<Handed<Self::Token>>, Fault>> + Send;

    /// Says something of a message in hands.
    fn say(&self, token: &Self::Token, word: Word) -> impl Future<Output = Result<(), Fault>> + Send;

    /// Hands over the messages behind `last`, each once and in order, and moves `last` along. Ends when something breaks, or
    /// one is not taken; the next call goes on where this one ended.
    fn follow<F: Future<Output = Result<(), Fault>> + Send>(
        &self,
        stream: &Self::Stream,
        subjects: &str,
        last: &mut u64,
        take: impl FnMut(Kept) -> F + Send,
    ) -> impl Future<Output = Result<(), Fault>> + Send;
}

impl Post {
    #[must_use]
    pub fn new(payload: Vec<u8>) -> Self {
        Self { payload, ..Self::default() }
    }

    #[must_use]
    pub fn id(self, id: &str) -> Self {
        Self { id: Some(id.to_owned()), ..self }
    }

    #[must_use]
    pub fn behind(self, sequence: u64) -> Self {
        Self { behind: Some(sequence), ..self }
    }

    #[must_use]
    pub fn header(mut self, name: &'static str, value: String) -> Self {
        self.headers.push((name, value));
        self
    }
}

impl Kept {
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }
}

/// Stores a message and gives its sequence. Without an answer it is sent again under the same id, so that it is stored
/// once; only when nothing answers for long is the outcome left open.
pub(crate) async fn store<S: Streams>(streams: &S, subject: &str, post: &Post) -> Result<u64, Refusal> {
    let until = Instant::now() + WRITE;
    let mut unsure = false;
    loop {
        match streams.post(subject, post).await {
            Ok(sequence) => return Ok(sequence),
            Err(Unstored::Moved) => return Err(Refusal::Moved { unsure }),
            Err(Unstored::Refused(fault)) => return Err(Refusal::Final(fault)),
            Err(Unstored::NoAnswer(fault)) if Instant::now() >= until => return Err(Refusal::Final(fault)),
            Err(Unstored::NoAnswer(_)) => unsure = true,
        }
        sleep(PAUSE).await;
    }
}

/// Asks again while the server does not answer, up to a bound. A refusal is an answer.
pub(crate) async fn try_for<T, F: Future<Output = Result<T, Fault>>>(
    ask: impl Fn() -> F,
) -> Result<T, Fault> {
    let until = Instant::now() + WRITE;
    loop {
        match ask().await {
            Err(fault) if fault.blame == Blame::Busy && Instant::now() < until => sleep(PAUSE).await,
            answer => return answer,
        }
    }
}

/// Messages of a subject one by one, from the leader.
pub(crate) async fn batch_singly<S: Streams>(
    streams: &S,
    stream: &S::Stream,
    subject: &str,
    from: u64,
    limit: usize,
) -> Result<Batch, Fault> {
    let mut messages: Vec<Kept> = Vec::new();
    while messages.len() < limit {
        let next = messages.last().map_or(from, |message| message.sequence + 1);
        match streams.next(stream, subject, next).await? {
            Some(message) => messages.push(message),
            None => return Ok(Batch { messages, more: false }),
        }
    }
    Ok(Batch { messages, more: true })
}

/// The server does not answer, or not in time.
pub fn unreachable(why: &impl Display) -> Fault {
    Fault::new(Code::Unreachable, [("callee", "nats-server".to_owned()), ("why", why.to_string())])
}

/// The server refuses.
pub fn storage(why: &impl Display) -> Fault {
    Fault::new(Code::Storage, [("what", "a stream".to_owned()), ("why", why.to_string())])
}
