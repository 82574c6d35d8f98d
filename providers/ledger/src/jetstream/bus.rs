//! A connection, and what all backends do with it.

use async_nats::Client;
use async_nats::jetstream::context::{GetStreamErrorKind, PublishErrorKind};
use async_nats::jetstream::message::{PublishMessage, StreamMessage};
use async_nats::jetstream::stream::{Config, DiscardPolicy, RawMessageErrorKind, StorageType, Stream};
use async_nats::jetstream::{self, Context};
use core_brand::Fault;
use core_brand::fault::Code;
use futures::StreamExt;
use serde_json::json;
use std::time::Duration;
use tokio::time::{Instant, sleep, timeout};

/// One request waits this long for its answer.
const REQUEST: Duration = Duration::from_secs(2);
/// A write is tried for this long; a server that restarts is back by then.
const WRITE: Duration = Duration::from_secs(12);
/// Between two tries.
const PAUSE: Duration = Duration::from_millis(100);
/// Messages published twice under one id within this time are stored once.
const DUPLICATES: Duration = Duration::from_secs(120);
/// The server answers a batch up to this size and says that there is more.
const BATCH_BYTES_MAX: usize = 16 << 20;

/// A write that two leaders or two tries had in hand at once: try again.
const CODE_DUPLICATE_IN_FLIGHT: u64 = 10_158;
/// The other code of a wrong last sequence.
const CODE_WRONG_LAST_CONSTANT: u64 = 10_164;
/// The cluster has no leader at this moment.
const CODE_NOT_AVAILABLE: u64 = 10_008;

/// A connection to NATS with JetStream, the names of our streams, and how often they are kept. Cheap to clone.
#[derive(Clone)]
pub struct Bus {
    pub(crate) client: Client,
    pub(crate) context: Context,
    prefix: String,
    replicas: usize,
}

/// Messages of a stream, oldest first, and whether there are more.
pub(crate) struct Batch {
    pub(crate) messages: Vec<StreamMessage>,
    pub(crate) more: bool,
}

/// Why a message was not stored.
pub(crate) enum Refusal {
    /// The subject does not end where the writer thought. Unsure: an earlier try of the same write got no answer.
    Moved {
        unsure: bool,
    },
    Final(Fault),
}

impl Bus {
    /// `prefix` begins the names of streams, `IMPRINT` by default; `replicas` is for streams that are made.
    #[must_use]
    pub fn new(client: Client, prefix: &str, replicas: usize) -> Self {
        let mut context = jetstream::new(client.clone());
        context.set_timeout(REQUEST);
        Self { client, context, prefix: prefix.to_owned(), replicas: replicas.max(1) }
    }

    #[must_use]
    pub fn client(&self) -> &Client {
        &self.client
    }

    pub(crate) fn name(&self, what: &str) -> String {
        format!("{}_{what}", self.prefix)
    }

    /// A bucket that others know by its name, which is `imprint-<what>` under the usual prefix.
    pub(crate) fn bucket(&self, what: &str) -> String {
        format!("{}-{what}", self.prefix.to_ascii_lowercase())
    }

    pub(crate) fn replicas(&self) -> usize {
        self.replicas
    }

    /// Never the same twice.
    pub(crate) fn unique(&self) -> String {
        self.client.new_inbox()
    }

    /// Whether this server keeps journals under our prefix.
    pub async fn has_ledger(&self) -> Result<bool, Fault> {
        match self.context.get_stream(self.name("JOURNAL")).await {
            Ok(_) => Ok(true),
            Err(why) => match why.kind() {
                GetStreamErrorKind::JetStream(error) if error.code() == 404 => Ok(false),
                _ => Err(unreachable(&why)),
            },
        }
    }

    /// The stream of ours for that; made as told when there is none, and kept as it is when there is one.
    pub(crate) async fn stream(&self, what: &str, subjects: &str, special: Config) -> Result<Stream, Fault> {
        self.stream_named(self.name(what), subjects, special).await
    }

    /// The same under a name that others know.
    pub(crate) async fn stream_named(
        &self,
        name: String,
        subjects: &str,
        special: Config,
    ) -> Result<Stream, Fault> {
        let config = Config {
            name,
            subjects: vec![subjects.to_owned()],
            storage: StorageType::File,
            num_replicas: self.replicas,
            duplicate_window: DUPLICATES,
            // Better to refuse new messages than to forget old ones.
            discard: DiscardPolicy::New,
            allow_direct: true,
            ..special
        };
        let name = config.name.clone();
        let wanted = (config.retention, config.subjects.clone());
        let stream = self.try_for(|| self.context.get_or_create_stream(config.clone())).await?;
        let found = &stream.cached_info().config;
        if (found.retention, &found.subjects) != (wanted.0, &wanted.1) {
            let why = "a stream of this name has other subjects or another retention".to_owned();
            return Err(Fault::new(Code::Storage, [("what", format!("stream `{name}`")), ("why", why)]));
        }
        Ok(stream)
    }

    /// Asks again while the server does not answer, up to a bound.
    pub(crate) async fn try_for<T, E, F>(&self, ask: impl Fn() -> F) -> Result<T, Fault>
    where
        E: std::fmt::Display,
        F: IntoFuture<Output = Result<T, E>>,
    {
        let until = Instant::now() + WRITE;
        loop {
            match ask().await {
                Ok(answer) => return Ok(answer),
                Err(why) if Instant::now() >= until => return Err(unreachable(&why)),
                Err(_) => sleep(PAUSE).await,
            }
        }
    }

    /// Stores a message and gives its sequence. Without an answer it is sent again under the same id, so that it is
    /// stored once; only when nothing answers for long is the outcome left open.
    pub(crate) async fn store(&self, subject: &str, message: &PublishMessage) -> Result<u64, Refusal> {
        let until = Instant::now() + WRITE;
        let mut unsure = false;
        loop {
            let why = match self.store_once(subject, message.clone()).await {
                Ok(sequence) => return Ok(sequence),
                Err(why) => why,
            };
            match judge(&why) {
                Verdict::Moved => return Err(Refusal::Moved { unsure }),
                Verdict::Refused(fault) => return Err(Refusal::Final(fault)),
                Verdict::NoAnswer if Instant::now() >= until => {
                    return Err(Refusal::Final(unreachable(&why)));
                }
                Verdict::NoAnswer => unsure = true,
            }
            sleep(PAUSE).await;
        }
    }

    async fn store_once(
        &self,
        subject: &str,
        message: PublishMessage,
    ) -> Result<u64, jetstream::context::PublishError> {
        Ok(self.context.send_publish(subject.to_owned(), message).await?.await?.sequence)
    }

    /// The messages of a subject from this sequence on, in one round trip where the server can.
    pub(crate) async fn batch(
        &self,
        stream: &Stream,
        subject: &str,
        from: u64,
        limit: usize,
    ) -> Result<Batch, Fault> {
        match self.batch_direct(&stream.cached_info().config.name, subject, from, limit).await? {
            Some(batch) => Ok(batch),
            None => self.batch_singly(stream, subject, from, limit).await,
        }
    }

    /// `None` when nobody serves direct gets: the stream was made without them.
    async fn batch_direct(
        &self,
        stream: &str,
        subject: &str,
        from: u64,
        limit: usize,
    ) -> Result<Option<Batch>, Fault> {
        let ask =
            json!({ "next_by_subj": subject, "seq": from, "batch": limit, "max_bytes": BATCH_BYTES_MAX });
        let inbox = self.client.new_inbox();
        let mut answers = self.client.subscribe(inbox.clone()).await.map_err(|why| unreachable(&why))?;
        let address = format!("$JS.API.DIRECT.GET.{stream}");
        let sent = self.client.publish_with_reply(address, inbox, ask.to_string().into()).await;
        sent.map_err(|why| unreachable(&why))?;
        let mut messages = Vec::new();
        loop {
            let answer = timeout(REQUEST, answers.next()).await.map_err(|why| unreachable(&why))?;
            let answer = answer.ok_or_else(|| unreachable(&"the connection closed"))?;
            match answer.status.map(|status| status.as_u16()) {
                None => messages.push(StreamMessage::try_from(answer).map_err(|why| unreachable(&why))?),
                Some(204) => return Ok(Some(Batch { more: pending(&answer) > 0, messages })),
                Some(404) => return Ok(Some(Batch { more: false, messages })),
                Some(503) => return Ok(None),
                Some(code) => return Err(unreachable(&format!("a batch was answered with {code}"))),
            }
        }
    }

    /// One by one, from the leader.
    pub(crate) async fn batch_singly(
        &self,
        stream: &Stream,
        subject: &str,
        from: u64,
        limit: usize,
    ) -> Result<Batch, Fault> {
        let mut messages: Vec<StreamMessage> = Vec::new();
        while messages.len() < limit {
            let next = messages.last().map_or(from, |message| message.sequence + 1);
            match self.next_of(stream, subject, next).await? {
                Some(message) => messages.push(message),
                None => return Ok(Batch { messages, more: false }),
            }
        }
        Ok(Batch { messages, more: true })
    }

    /// The first message of a subject at or after this sequence, as the leader knows it.
    pub(crate) async fn next_of(
        &self,
        stream: &Stream,
        subject: &str,
        from: u64,
    ) -> Result<Option<StreamMessage>, Fault> {
        found(stream.raw_message_builder().sequence(from.max(1)).next_by_subject(subject).send().await)
    }
}

/// What the server said of a write.
enum Verdict {
    Moved,
    NoAnswer,
    Refused(Fault),
}

fn judge(why: &jetstream::context::PublishError) -> Verdict {
    let code = std::error::Error::source(why)
        .and_then(|source| source.downcast_ref::<jetstream::Error>())
        .map(|error| error.error_code().0);
    match (why.kind(), code) {
        (PublishErrorKind::WrongLastSequence, _) | (_, Some(CODE_WRONG_LAST_CONSTANT)) => Verdict::Moved,
        (_, Some(CODE_DUPLICATE_IN_FLIGHT | CODE_NOT_AVAILABLE)) => Verdict::NoAnswer,
        (_, Some(_)) | (PublishErrorKind::MaxPayloadExceeded, _) => Verdict::Refused(storage(why)),
        (_, None) => Verdict::NoAnswer,
    }
}

fn pending(answer: &async_nats::Message) -> u64 {
    let header = answer.headers.as_ref().and_then(|headers| headers.get("Nats-Num-Pending"));
    header.and_then(|value| value.as_str().parse().ok()).unwrap_or_default()
}

/// Nothing there is an answer, not a fault.
pub(crate) fn found(
    answer: Result<StreamMessage, jetstream::stream::RawMessageError>,
) -> Result<Option<StreamMessage>, Fault> {
    match answer {
        Ok(message) => Ok(Some(message)),
        Err(why) if why.kind() == RawMessageErrorKind::NoMessageFound => Ok(None),
        Err(why) => Err(unreachable(&why)),
    }
}

pub(crate) fn unreachable(why: &impl std::fmt::Display) -> Fault {
    Fault::new(Code::Unreachable, [("callee", "nats-server".to_owned()), ("why", why.to_string())])
}

pub(crate) fn storage(why: &impl std::fmt::Display) -> Fault {
    Fault::new(Code::Storage, [("what", "a stream".to_owned()), ("why", why.to_string())])
}
