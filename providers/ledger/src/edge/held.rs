//! Jobs that wait at an edge, in a stream of its own server.

use crate::jetstream::Bus;
use crate::jetstream::port::{Post, Refusal, Streams as _, store, unreachable};
use crate::jetstream::tail::{EXPIRES, HEARTBEAT};
use async_nats::jetstream::consumer::{AckPolicy, pull};
use async_nats::jetstream::stream::{Config, RetentionPolicy, Stream};
use bytes::Bytes;
use core_brand::fault::Code;
use core_brand::{Fault, broken};
use std::time::Duration;

/// What comes in while a link is cut. A region works this off within the hour; whoever comes later hears so at once rather
/// than waits.
pub(crate) const HELD_MAX: i64 = 1000;
/// A brief is some kilobytes; those with layouts of their own may be a hundred times that, and the disk of an edge is small.
const HELD_BYTES_MAX: i64 = 128 << 20;
/// Who is refused here comes back after this long; the link may be there again.
const FULL_MS: u32 = 30_000;
/// Longer than one offer to the region takes.
const ACK_WAIT: Duration = Duration::from_secs(30);
/// What the region refuses waits apart, so that those behind it go on.
const REFUSED_MAX: i64 = 256;
/// Who remembers what was handed on.
const CONSUMER: &str = "hand-on";
/// Subjects of the stream: `imprint.edge.<tenant>.<job id>`. Nothing of `imprint.>` crosses the link of an edge.
const SUBJECTS: &str = "imprint.edge.";

pub(super) struct Held {
    bus: Bus,
    stream: Stream,
}

impl Held {
    /// Each job once, and new ones refused rather than old ones forgotten.
    pub(super) async fn open(bus: &Bus) -> Result<Self, Fault> {
        let special = Config {
            retention: RetentionPolicy::WorkQueue,
            max_messages: HELD_MAX,
            max_bytes: HELD_BYTES_MAX,
            max_messages_per_subject: 1,
            discard_new_per_subject: true,
            ..Config::default()
        };
        let stream = bus.stream_named(bus.name("EDGE"), &format!("{SUBJECTS}>"), special).await?;
        Ok(Self { bus: bus.clone(), stream })
    }

    /// Keeps a job. Gives whether it was not kept before, and its first event as it is kept.
    pub(super) async fn keep(&self, tenant: &str, id: &str, first: Bytes) -> Result<(bool, Bytes), Fault> {
        let post = Post::new(first.to_vec());
        let Err(refusal) = store(&self.bus, &subject(tenant, id), &post).await else {
            return Ok((true, first));
        };
        match (self.find(tenant, id).await?, refusal) {
            (Some(first), _) => Ok((false, first)),
            (None, Refusal::Final(fault)) if fault.is(Code::Unreachable) => Err(fault),
            (None, _) => Err(full()),
        }
    }

    /// The first event of a job that is kept here.
    pub(super) async fn find(&self, tenant: &str, id: &str) -> Result<Option<Bytes>, Fault> {
        let last = self.bus.last(&self.stream, &subject(tenant, id)).await?;
        Ok(last.map(|message| message.payload.into()))
    }

    pub(super) async fn count(&self) -> Result<u64, Fault> {
        let info = self.stream.get_info().await.map_err(|why| unreachable(&why))?;
        Ok(info.state.messages)
    }

    /// So that a batch is kept whole or not at all. Two at once may pass this; what is too much is refused by the stream.
    pub(super) async fn has_room(&self, wanted: usize) -> Result<(), Fault> {
        let count = self.count().await? + wanted as u64;
        if count > HELD_MAX.unsigned_abs() { Err(full()) } else { Ok(()) }
    }

    /// What is kept, oldest first, each until it is acknowledged.
    pub(super) async fn messages(&self) -> Result<pull::Stream, Fault> {
        let config = pull::Config {
            durable_name: Some(CONSUMER.to_owned()),
            ack_policy: AckPolicy::Explicit,
            ack_wait: ACK_WAIT,
            max_ack_pending: REFUSED_MAX,
            ..pull::Config::default()
        };
        let asked = || self.stream.get_or_create_consumer(CONSUMER, config.clone());
        let consumer = self.bus.try_for(asked).await?;
        let stream = consumer.stream().heartbeat(HEARTBEAT).expires(EXPIRES).max_messages_per_batch(1);
        stream.messages().await.map_err(|why| unreachable(&why))
    }
}

fn subject(tenant: &str, id: &str) -> String {
    format!("{SUBJECTS}{tenant}.{id}")
}

/// The tenant and the id that a subject names.
pub(super) fn job_of(subject: &str) -> Result<(&str, &str), Fault> {
    let named = subject.strip_prefix(SUBJECTS).and_then(|rest| rest.split_once('.'));
    named.ok_or_else(|| broken!("`{subject}` names no job"))
}

fn full() -> Fault {
    let why = format!("its link is cut, and {HELD_MAX} jobs wait at this edge already; no more are kept");
    let fault = Fault::new(Code::Unreachable, [("callee", "the region".to_owned()), ("why", why)]);
    Fault { retry_after_ms: FULL_MS, ..fault }
}

pub(super) fn silent(why: &impl std::fmt::Display) -> Fault {
    unreachable(why)
}
