//! A connection, and what all backends do with it.

use crate::jetstream::port::{
    Batch, DUPLICATES, Handed, Kept, Post, Shape, Streams, Unstored, Word, batch_singly, storage, try_for,
    unreachable,
};
use crate::jetstream::tail::tail;
use async_nats::jetstream::consumer::pull::BatchConfig;
use async_nats::jetstream::consumer::{AckPolicy, PullConsumer, pull};
use async_nats::jetstream::context::{GetStreamErrorKind, PublishErrorKind};
use async_nats::jetstream::message::{PublishMessage, StreamMessage};
use async_nats::jetstream::stream::{
    Config, DiscardPolicy, RawMessageErrorKind, RetentionPolicy, StorageType, Stream,
};
use async_nats::jetstream::{self, AckKind, Context, Message};
use async_nats::{Client, HeaderMap, HeaderValue, Subscriber};
use core_brand::fault::Code;
use core_brand::{Fault, broken};
use futures::{StreamExt, TryStreamExt};
use serde_json::json;
use std::collections::BTreeMap;
use std::time::Duration;
use tokio::time::{Instant, timeout, timeout_at};

/// One request waits this long for its answer.
const REQUEST: Duration = Duration::from_secs(2);
/// So much of one queue may be in hands at once; more means that the hands are too slow, not too few.
const PENDING_MAX: i64 = 1024;
/// So many may wait on one queue at once.
const WAITING_MAX: i64 = 512;
/// An answer that is due at once is waited for this long.
const ANSWER: Duration = Duration::from_secs(2);
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

    /// The stream of this name; made as told when there is none, and kept as it is when there is one.
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
        let stream = self.context.get_or_create_stream(config).await.map_err(|why| unreachable(&why))?;
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
        try_for(|| async { ask().await.map_err(|why| unreachable(&why)) }).await
    }

    async fn store_once(
        &self,
        subject: &str,
        message: PublishMessage,
    ) -> Result<u64, jetstream::context::PublishError> {
        Ok(self.context.send_publish(subject.to_owned(), message).await?.await?.sequence)
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
                None => {
                    messages.push(kept(&StreamMessage::try_from(answer).map_err(|why| unreachable(&why))?));
                }
                Some(204) => return Ok(Some(Batch { more: pending(&answer) > 0, messages })),
                Some(404) => return Ok(Some(Batch { more: false, messages })),
                Some(503) => return Ok(None),
                Some(code) => return Err(unreachable(&format!("a batch was answered with {code}"))),
            }
        }
    }

    async fn first(
        &self,
        answers: &mut Subscriber,
        asked: usize,
        wait: Duration,
    ) -> Result<Option<Message>, Fault> {
        let end = Instant::now() + wait;
        let mut empty = 0;
        while empty < asked {
            let Ok(answer) = timeout_at(end, answers.next()).await else { return Ok(None) };
            let answer = answer.ok_or_else(|| unreachable(&"the connection closed"))?;
            match answer.status.map(|status| status.as_u16()) {
                None => return Ok(Some(Message { message: answer, context: self.context.clone() })),
                Some(100) => {}
                Some(404 | 408) => empty += 1,
                // Somebody removed the consumer, or the server is going.
                Some(code) => return Err(unreachable(&format!("a queue was answered with {code}"))),
            }
        }
        Ok(None)
    }

    /// What still arrives was asked for and is not wanted any more: others may have it at once.
    fn put_back(&self, mut answers: Subscriber) {
        let context = self.context.clone();
        tokio::spawn(async move {
            if answers.drain().await.is_err() {
                return;
            }
            while let Ok(Some(message)) = timeout(ANSWER, answers.next()).await {
                if message.status.is_none() {
                    let message = Message { message, context: context.clone() };
                    // Without a word it comes back a little later.
                    let _ = message.ack_with(AckKind::Nak(None)).await;
                }
            }
        });
    }
}

impl Streams for Bus {
    type Stream = Stream;
    type Lane = PullConsumer;
    type Token = Message;

    fn name(&self, what: &str) -> String {
        format!("{}_{what}", self.prefix)
    }

    /// `imprint-<what>` under the usual prefix.
    fn bucket(&self, what: &str) -> String {
        format!("{}-{what}", self.prefix.to_ascii_lowercase())
    }

    fn unique(&self) -> String {
        self.client.new_inbox()
    }

    async fn open(&self, shape: &Shape) -> Result<Stream, Fault> {
        let special = Config {
            retention: if shape.is_work { RetentionPolicy::WorkQueue } else { RetentionPolicy::Limits },
            max_messages_per_subject: i64::from(shape.newest),
            max_age: shape.max_age,
            deny_delete: shape.is_final,
            deny_purge: shape.is_final,
            allow_rollup: shape.may_roll_up,
            ..Config::default()
        };
        self.stream_named(shape.name.clone(), &shape.subjects, special).await
    }

    fn may_delete(&self, stream: &Stream) -> bool {
        !stream.cached_info().config.deny_delete
    }

    async fn post(&self, subject: &str, post: &Post) -> Result<u64, Unstored> {
        let message = PublishMessage::build().payload(post.payload.clone().into());
        let message =
            post.headers.iter().fold(message, |message, (name, value)| message.header(*name, value.as_str()));
        let message = match &post.id {
            Some(id) => message.message_id(id),
            None => message,
        };
        let message = match post.behind {
            Some(behind) => message.expected_last_subject_sequence(behind),
            None => message,
        };
        self.store_once(subject, message).await.map_err(|why| judge(&why))
    }

    async fn last(&self, stream: &Stream, subject: &str) -> Result<Option<Kept>, Fault> {
        found(stream.get_last_raw_message_by_subject(subject).await)
    }

    async fn next(&self, stream: &Stream, subject: &str, from: u64) -> Result<Option<Kept>, Fault> {
        found(stream.raw_message_builder().sequence(from.max(1)).next_by_subject(subject).send().await)
    }

    async fn get(&self, stream: &Stream, sequence: u64) -> Result<Option<Kept>, Fault> {
        found(stream.get_raw_message(sequence).await)
    }

    /// In one round trip where the server can.
    async fn batch(&self, stream: &Stream, subject: &str, from: u64, limit: usize) -> Result<Batch, Fault> {
        match self.batch_direct(&stream.cached_info().config.name, subject, from, limit).await? {
            Some(batch) => Ok(batch),
            None => batch_singly(self, stream, subject, from, limit).await,
        }
    }

    async fn delete(&self, stream: &Stream, sequence: u64) -> Result<(), Fault> {
        stream.delete_message(sequence).await.map(drop).map_err(|why| storage(&why))
    }

    async fn purge(&self, stream: &Stream, subjects: &str, to: Option<u64>) -> Result<(), Fault> {
        let purge = stream.purge().filter(subjects);
        let purged = match to {
            Some(to) => purge.sequence(to + 1).await,
            None => purge.await,
        };
        purged.map(drop).map_err(|why| unreachable(&why))
    }

    async fn counts(&self, stream: &Stream, subjects: &str) -> Result<Vec<(String, u64)>, Fault> {
        let counts = stream.info_with_subjects(subjects).await.map_err(|why| unreachable(&why))?;
        let counts = counts.map_ok(|(subject, count)| (subject, count as u64));
        counts.try_collect().await.map_err(|why| unreachable(&why))
    }

    async fn lane(
        &self,
        stream: &Stream,
        name: &str,
        subjects: &str,
        wait: Duration,
    ) -> Result<PullConsumer, Fault> {
        let config = pull::Config {
            durable_name: Some(name.to_owned()),
            filter_subject: subjects.to_owned(),
            ack_policy: AckPolicy::Explicit,
            ack_wait: wait,
            max_ack_pending: PENDING_MAX,
            max_waiting: WAITING_MAX,
            ..pull::Config::default()
        };
        stream.get_or_create_consumer(name, config).await.map_err(|why| unreachable(&why))
    }

    async fn pull(
        &self,
        lanes: &[PullConsumer],
        wait: Option<Duration>,
    ) -> Result<Option<Handed<Message>>, Fault> {
        let inbox = async_nats::Subject::from(self.unique());
        let mut answers = self.client.subscribe(inbox.clone()).await.map_err(|why| unreachable(&why))?;
        for lane in lanes {
            let ask =
                BatchConfig { batch: 1, no_wait: wait.is_none(), expires: wait, ..BatchConfig::default() };
            lane.request_batch(ask, inbox.clone()).await.map_err(|why| unreachable(&why))?;
        }
        let patience = wait.map_or(ANSWER, |wait| wait + ANSWER / 4);
        let first = self.first(&mut answers, lanes.len(), patience).await;
        if lanes.len() > 1 || first.is_err() {
            self.put_back(answers);
        }
        first?.map(handed).transpose()
    }

    async fn say(&self, token: &Message, word: Word) -> Result<(), Fault> {
        let said = match word {
            Word::Done => token.double_ack().await,
            Word::Working => token.ack_with(AckKind::Progress).await,
            Word::Again(after) => token.ack_with(AckKind::Nak(after)).await,
        };
        said.map_err(|why| unreachable(&why))
    }

    async fn follow<F: Future<Output = Result<(), Fault>> + Send>(
        &self,
        stream: &Stream,
        subjects: &str,
        last: &mut u64,
        mut take: impl FnMut(Kept) -> F + Send,
    ) -> Result<(), Fault> {
        tail(self, stream, subjects, last, &mut take).await
    }
}

/// A message of a consumer, as it is stored.
pub(crate) fn stored(message: &Message) -> Result<Kept, Fault> {
    let info = message.info().map_err(|why| broken!("a message without its number: {why}"))?;
    Ok(Kept {
        sequence: info.stream_sequence,
        subject: message.subject.to_string(),
        headers: message.headers.as_ref().map(headers).unwrap_or_default(),
        payload: message.payload.to_vec(),
        at_ms: millis(info.published.unix_timestamp_nanos()),
    })
}

fn handed(message: Message) -> Result<Handed<Message>, Fault> {
    let info = message.info().map_err(|why| broken!("a message without its number: {why}"))?;
    Ok(Handed {
        sequence: info.stream_sequence,
        deliveries: u32::try_from(info.delivered).unwrap_or(u32::MAX),
        subject: message.subject.to_string(),
        payload: message.payload.to_vec(),
        token: message,
    })
}

fn kept(message: &StreamMessage) -> Kept {
    Kept {
        sequence: message.sequence,
        subject: message.subject.to_string(),
        headers: headers(&message.headers),
        payload: message.payload.to_vec(),
        at_ms: millis(message.time.unix_timestamp_nanos()),
    }
}

fn millis(nanos: i128) -> u64 {
    u64::try_from(nanos / 1_000_000).unwrap_or_default()
}

fn headers(all: &HeaderMap) -> BTreeMap<String, String> {
    let first = |(name, values): (&async_nats::HeaderName, &Vec<HeaderValue>)| {
        Some((name.to_string(), values.first()?.as_str().to_owned()))
    };
    all.iter().filter_map(first).collect()
}

/// What the server said of a write.
fn judge(why: &jetstream::context::PublishError) -> Unstored {
    let code = std::error::Error::source(why)
        .and_then(|source| source.downcast_ref::<jetstream::Error>())
        .map(|error| error.error_code().0);
    match (why.kind(), code) {
        (PublishErrorKind::WrongLastSequence, _) | (_, Some(CODE_WRONG_LAST_CONSTANT)) => Unstored::Moved,
        (_, Some(CODE_DUPLICATE_IN_FLIGHT | CODE_NOT_AVAILABLE)) => Unstored::NoAnswer(unreachable(why)),
        (_, Some(_)) | (PublishErrorKind::MaxPayloadExceeded, _) => Unstored::Refused(storage(why)),
        (_, None) => Unstored::NoAnswer(unreachable(why)),
    }
}

fn pending(answer: &async_nats::Message) -> u64 {
    let header = answer.headers.as_ref().and_then(|headers| headers.get("Nats-Num-Pending"));
    header.and_then(|value| value.as_str().parse().ok()).unwrap_or_default()
}

/// Nothing there is an answer, not a fault.
fn found(answer: Result<StreamMessage, jetstream::stream::RawMessageError>) -> Result<Option<Kept>, Fault> {
    match answer {
        Ok(message) => Ok(Some(kept(&message))),
        Err(why) if why.kind() == RawMessageErrorKind::NoMessageFound => Ok(None),
        Err(why) => Err(unreachable(&why)),
    }
}
