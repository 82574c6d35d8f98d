//! Content in a JetStream stream: the subject is `imprint.blobs.<tenant>.<brand>.<sha256>.<bytes>.<piece>`.
//!
//! A stream of our own rather than an object store, because an object store names the pieces of a value at random:
//! two who put the same at once leave pieces behind that nobody finds any more. Here everything of a brand lies below
//! one subject, whole or half-written, and one purge removes it.

use crate::recent::Recent;
use crate::space::Space;
use crate::{Blobs, Collect, changed, check_content, check_size, missing, setting};
use async_nats::Subscriber;
use async_nats::jetstream::consumer::pull::OrderedConfig;
use async_nats::jetstream::context::{PublishAckFuture, PublishError, PublishErrorKind};
use async_nats::jetstream::message::PublishMessage;
use async_nats::jetstream::stream::{self, DirectGetErrorKind, LastRawMessageErrorKind, Stream};
use async_nats::jetstream::{self, Context};
use bytes::Bytes;
use core_brand::fault::Code;
use core_brand::{BlobRef, Fault};
use futures::{StreamExt, TryStreamExt};
use std::collections::BTreeMap;
use std::fmt::Display;
use std::sync::Arc;
use std::time::Duration;

/// A server that is silent for so long between two pieces of a list does not finish it.
const LIST_WAIT_MAX: Duration = Duration::from_secs(10);

/// Bytes of a piece: well below the largest message of a server (1 MiB), and as much as travels inside a call.
const PIECE_BYTES: usize = 262_144;

/// Pieces of one value under way at once: 2 MiB, so that large values do not crowd out the others.
const PIECES_AT_ONCE: usize = 8;

/// Messages of a piece that are kept, where several put it at once. With one alone the older ones would give way, and come back
/// when the server dies after the piece was removed.
const SAID_MAX: i64 = 16;

/// Content that the whole lattice sees.
pub struct NatsBlobs {
    nats: async_nats::Client,
    jetstream: Context,
    stream: Stream,
    /// First tokens of all subjects.
    root: String,
    recent: Arc<Recent>,
}

impl NatsBlobs {
    /// Uses (and makes) the stream `<prefix>_BLOBS`. Settings: `prefix`, `IMPRINT` if not given; `replicas`, 1.
    pub async fn open(nats: async_nats::Client, settings: &BTreeMap<String, String>) -> Result<Self, Fault> {
        let prefix = settings.get("prefix").map_or("IMPRINT", String::as_str);
        let replicas = settings.get("replicas").map_or("1", String::as_str);
        let replicas = replicas.parse().map_err(|why| setting("replicas", why))?;
        let root = format!("{}.blobs", prefix.to_lowercase());
        let jetstream = jetstream::new(nats.clone());
        let stream = jetstream.get_or_create_stream(config(prefix, &root, replicas)).await.map_err(silent)?;
        check_config(&stream.cached_info().config, &root)?;
        let gone = nats.subscribe(gone_subject(&root)).await.map_err(silent)?;
        let recent = Arc::new(Recent::default());
        tokio::spawn(forget(gone, Arc::downgrade(&recent)));
        Ok(Self { nats, jetstream, stream, root, recent })
    }

    /// Where the pieces of a content lie.
    fn address(&self, space: &str, content: &BlobRef) -> Result<String, Fault> {
        check_content(content)?;
        Ok(format!("{}.{}.{}", self.of_space(space)?, content.sha256, content.bytes))
    }

    fn of_space(&self, space: &str) -> Result<String, Fault> {
        let Space { tenant, brand } = Space::of(space)?;
        Ok(format!("{}.{tenant}.{brand}", self.root))
    }

    async fn write(&self, address: &str, bytes: &Bytes) -> Result<(), Fault> {
        // The first piece is written last: where it is, all others are.
        let rest = futures::stream::iter(1..pieces(bytes.len() as u64))
            .map(|number| self.write_piece(address, bytes, number))
            .buffer_unordered(PIECES_AT_ONCE);
        rest.try_collect::<()>().await?;
        self.write_piece(address, bytes, 0).await
    }

    /// In the place of the same piece, if it is there already: the new one is young.
    async fn write_piece(&self, address: &str, bytes: &Bytes, number: usize) -> Result<(), Fault> {
        let start = number * PIECE_BYTES;
        let piece = bytes.slice(start..bytes.len().min(start + PIECE_BYTES));
        let subject = format!("{address}.{number}");
        let first = PublishMessage::build().payload(piece.clone()).expected_last_subject_sequence(0);
        let stored = self.jetstream.send_publish(subject.clone(), first).await.map_err(silent)?;
        match stored.await {
            Ok(_) => return Ok(()),
            Err(why) if is_refused(&why) => {}
            Err(why) => return Err(silent(why)),
        }
        let stored: PublishAckFuture =
            self.jetstream.publish(subject.clone(), piece).await.map_err(silent)?;
        let stored = stored.await.map_err(silent)?;
        // Removed for good, which giving way is not.
        self.stream.purge().filter(subject).sequence(stored.sequence).await.map(drop).map_err(silent)
    }

    async fn read(&self, address: &str, content: &BlobRef) -> Result<Bytes, Fault> {
        if content.bytes > core_brand::content::BLOB_BYTES_MAX {
            return Err(missing(content));
        }
        // Nothing else is asked for when the first piece is not there.
        let first = self.piece(format!("{address}.0"), content).await?;
        let rest: Vec<Bytes> = futures::stream::iter(1..pieces(content.bytes))
            .map(|number| self.piece(format!("{address}.{number}"), content))
            .buffered(PIECES_AT_ONCE)
            .try_collect()
            .await?;
        let bytes = if rest.is_empty() { first } else { [vec![first], rest].concat().concat().into() };
        if BlobRef::of(&bytes) == *content { Ok(bytes) } else { Err(changed(format!("`{address}`"))) }
    }

    /// Any copy of the stream may answer. Only the leader knows for sure that something is not there.
    async fn piece(&self, subject: String, content: &BlobRef) -> Result<Bytes, Fault> {
        match self.stream.direct_get_last_for_subject(subject.clone()).await {
            Ok(message) => return Ok(message.payload),
            Err(why) if why.kind() == DirectGetErrorKind::NotFound => {}
            Err(why) => return Err(silent(why)),
        }
        match self.stream.get_last_raw_message_by_subject(&subject).await {
            Ok(message) => Ok(message.payload),
            Err(why) if why.kind() == LastRawMessageErrorKind::NoMessageFound => Err(missing(content)),
            Err(why) => Err(silent(why)),
        }
    }

    /// The content whose first piece is below this subject.
    async fn found(&self, below: &str) -> Result<Vec<BlobRef>, Fault> {
        let subjects = self.stream.info_with_subjects(format!("{below}.0")).await.map_err(silent)?;
        let subjects: Vec<(String, usize)> = subjects.try_collect().await.map_err(silent)?;
        let mut found: Vec<BlobRef> =
            subjects.iter().filter_map(|(subject, _)| content_of(subject)).collect();
        found.sort();
        Ok(found)
    }

    /// Removes what is below this subject, here and in the memory of the others.
    async fn purge(&self, space: &str, below: String) -> Result<(), Fault> {
        self.stream.purge().filter(below).await.map_err(silent)?;
        self.forgotten(space).await
    }

    async fn forgotten(&self, space: &str) -> Result<(), Fault> {
        self.recent.forget(space);
        let word = self.nats.publish(gone_subject(&self.root), space.to_owned().into()).await;
        word.map_err(silent)
    }

    /// All content of a space with its pieces, whole or half-written, without the bytes.
    async fn pieces_of(&self, space: &str) -> Result<BTreeMap<BlobRef, Pieces>, Fault> {
        let below = format!("{}.>", self.of_space(space)?);
        let config = OrderedConfig { filter_subject: below, headers_only: true, ..OrderedConfig::default() };
        let consumer = self.stream.create_consumer(config).await.map_err(silent)?;
        let (begun, mut left) = (consumer.cached_info().created, consumer.cached_info().num_pending);
        let reader = consumer.cached_info().name.clone();
        let mut messages = consumer.messages().await.map_err(silent)?;
        let mut found = BTreeMap::new();
        while left > 0 {
            let next = tokio::time::timeout(LIST_WAIT_MAX, messages.next()).await.map_err(silent)?;
            let message = next.ok_or_else(|| silent("a list ended early"))?.map_err(silent)?;
            let info = message.info().map_err(silent)?;
            left = info.pending;
            let Some(content) = content_of(&message.subject) else { continue };
            let age = Duration::try_from(begun - info.published).unwrap_or_default();
            found.entry(content).or_insert(Pieces { age, last: 0 }).add(age, info.stream_sequence);
        }
        drop(messages);
        // A reader that stays would go by itself, but a server has room for so many.
        let _ = self.stream.delete_consumer(&reader).await;
        Ok(found)
    }

    /// Removes the pieces up to the last one that was seen.
    ///
    /// Every put writes all pieces anew, behind that one: whoever puts the content after it was looked at keeps it. A
    /// put that was under way had written a piece, which was young.
    async fn remove_seen(&self, space: &str, content: &BlobRef, seen: &Pieces) -> Result<(), Fault> {
        let below = format!("{}.>", self.address(space, content)?);
        let gone = self.stream.purge().filter(below).sequence(seen.last + 1).await;
        gone.map(drop).map_err(silent)
    }
}

impl Blobs for NatsBlobs {
    async fn put(&self, space: &str, bytes: Vec<u8>) -> Result<BlobRef, Fault> {
        check_size(&bytes)?;
        let content = BlobRef::of(&bytes);
        let address = self.address(space, &content)?;
        let bytes = Bytes::from(bytes);
        self.write(&address, &bytes).await?;
        self.recent.put(space, &content, bytes);
        Ok(content)
    }

    async fn get(&self, space: &str, content: &BlobRef) -> Result<Vec<u8>, Fault> {
        let address = self.address(space, content)?;
        if let Some(bytes) = self.recent.get(space, content) {
            return Ok(bytes.into());
        }
        let bytes = self.read(&address, content).await?;
        self.recent.put(space, content, bytes.clone());
        Ok(bytes.into())
    }

    async fn exists(&self, space: &str, content: &BlobRef) -> Result<bool, Fault> {
        let found = self.found(&self.address(space, content)?).await?;
        Ok(!found.is_empty())
    }

    async fn delete(&self, space: &str, content: &BlobRef) -> Result<(), Fault> {
        self.purge(space, format!("{}.>", self.address(space, content)?)).await
    }

    async fn list(&self, space: &str) -> Result<Vec<BlobRef>, Fault> {
        self.found(&format!("{}.*.*", self.of_space(space)?)).await
    }

    async fn clear(&self, space: &str) -> Result<u64, Fault> {
        let found = self.list(space).await?;
        self.purge(space, format!("{}.>", self.of_space(space)?)).await?;
        Ok(found.len() as u64)
    }

    async fn collect(&self, space: &str, what: &Collect<'_>) -> Result<Vec<BlobRef>, Fault> {
        let mut found = self.pieces_of(space).await?;
        found.retain(|content, pieces| !what.spares(content) && what.is_old(pieces.age));
        if !what.is_dry && !found.is_empty() {
            for (content, seen) in &found {
                self.remove_seen(space, content, seen).await?;
            }
            self.forgotten(space).await?;
        }
        Ok(found.into_keys().collect())
    }
}

/// The server has answered, and did not store it there.
fn is_refused(why: &PublishError) -> bool {
    let source = std::error::Error::source(why);
    why.kind() == PublishErrorKind::WrongLastSequence
        || source.is_some_and(|source| source.is::<jetstream::Error>())
}

/// What is known of the pieces of one content.
struct Pieces {
    /// Of the youngest.
    age: Duration,
    /// Where the last one lies in the stream.
    last: u64,
}

impl Pieces {
    fn add(&mut self, age: Duration, sequence: u64) {
        self.age = self.age.min(age);
        self.last = self.last.max(sequence);
    }
}

fn config(prefix: &str, root: &str, replicas: usize) -> stream::Config {
    stream::Config {
        name: format!("{prefix}_BLOBS"),
        description: Some("content by its hash".to_owned()),
        subjects: vec![format!("{root}.>")],
        max_messages_per_subject: SAID_MAX,
        allow_direct: true,
        num_replicas: replicas,
        ..stream::Config::default()
    }
}

/// A stream that somebody else made is used as it is, or not at all; it is never changed from here.
fn check_config(found: &stream::Config, root: &str) -> Result<(), Fault> {
    let is_ours = found.subjects == [format!("{root}.>")]
        // Older ones made it with 1.
        && [1, SAID_MAX].contains(&found.max_messages_per_subject)
        && found.allow_direct
        && found.max_age.is_zero();
    if is_ours {
        return Ok(());
    }
    let why = "a stream of this name exists and has other settings".to_owned();
    Err(Fault::new(Code::Storage, [("what", format!("the stream `{}`", found.name)), ("why", why)]))
}

/// At least one: empty content is an empty piece.
fn pieces(bytes: u64) -> usize {
    (bytes as usize).div_ceil(PIECE_BYTES).max(1)
}

fn content_of(subject: &str) -> Option<BlobRef> {
    let mut tokens = subject.rsplit('.').skip(1);
    let bytes = tokens.next()?.parse().ok()?;
    Some(BlobRef { sha256: tokens.next()?.to_owned(), bytes })
}

/// Where the names of cleared spaces are said; outside the subjects of the stream, which would keep them.
fn gone_subject(root: &str) -> String {
    format!("{root}-gone")
}

/// Ends with the store, or with the connection.
async fn forget(mut gone: Subscriber, recent: std::sync::Weak<Recent>) {
    while let Some(word) = gone.next().await {
        let Some(recent) = recent.upgrade() else { return };
        if let Ok(space) = std::str::from_utf8(&word.payload) {
            recent.forget(space);
        }
    }
}

fn silent(why: impl Display) -> Fault {
    Fault::new(Code::Unreachable, [("callee", "the blob store".to_owned()), ("why", why.to_string())])
}
