//! The streams of wadm, made before wadm makes them with a single copy.
//!
//! They cannot be given more copies later: a stream that reads from others, as the one that wadm learns all events from,
//! stops reading when its copies are changed under it (nats-server 2.15).

use anyhow::{Context as _, Result};
use async_nats::jetstream::stream::{Config, RetentionPolicy, Source, SubjectTransform};
use async_nats::jetstream::{self, Context};
use std::time::{Duration, Instant};
use wadm::DEFAULT_EVENTS_TOPIC;
use wadm::scaler::manager::WADM_NOTIFY_PREFIX;

/// Servers that start together have a leader within seconds, on a busy machine within this.
const PATIENCE: Duration = Duration::from_secs(60);
const PAUSE: Duration = Duration::from_millis(500);
/// Of states of applications, as many as wadm would keep.
const STATES_MAX: i64 = 10;

/// Makes what is not there, once there is a server that can.
pub(crate) async fn ensure(nats_url: &str, copies: usize) -> Result<()> {
    let began = Instant::now();
    loop {
        match all(nats_url, copies).await {
            Err(_) if began.elapsed() < PATIENCE => tokio::time::sleep(PAUSE).await,
            ended => return ended,
        }
    }
}

async fn all(nats_url: &str, copies: usize) -> Result<()> {
    let jetstream = jetstream::new(async_nats::connect(nats_url).await?);
    for wanted in wanted() {
        one(&jetstream, Config { num_replicas: copies, ..wanted }).await?;
    }
    Ok(())
}

async fn one(jetstream: &Context, wanted: Config) -> Result<()> {
    let name = wanted.name.clone();
    jetstream.get_or_create_stream(wanted).await.map(drop).with_context(|| format!("the stream `{name}`"))
}

/// As wadm makes them; it takes what has the same subjects, or the same retention.
fn wanted() -> [Config; 6] {
    let one = |name: &str, subject: &str, retention| Config {
        name: name.to_owned(),
        subjects: vec![subject.to_owned()],
        retention,
        max_age: wadm::DEFAULT_EXPIRY_TIME,
        ..Config::default()
    };
    let of_hosts =
        one(wadm::DEFAULT_WASMBUS_EVENT_STREAM_NAME, DEFAULT_EVENTS_TOPIC, RetentionPolicy::Limits);
    let own =
        one(wadm::DEFAULT_WADM_EVENT_STREAM_NAME, wadm::DEFAULT_WADM_EVENTS_TOPIC, RetentionPolicy::Limits);
    let merged = Config {
        name: wadm::DEFAULT_WADM_EVENT_CONSUMER_STREAM_NAME.to_owned(),
        retention: RetentionPolicy::WorkQueue,
        max_age: wadm::DEFAULT_EXPIRY_TIME,
        sources: Some([&of_hosts, &own].map(source).to_vec()),
        ..Config::default()
    };
    let commands =
        one(wadm::DEFAULT_COMMAND_STREAM_NAME, wadm::DEFAULT_COMMANDS_TOPIC, RetentionPolicy::WorkQueue);
    let notes =
        one(wadm::DEFAULT_NOTIFY_STREAM_NAME, &format!("{WADM_NOTIFY_PREFIX}.*"), RetentionPolicy::Interest);
    let states = Config {
        allow_direct: true,
        max_messages_per_subject: STATES_MAX,
        max_age: Duration::ZERO,
        ..one(wadm::DEFAULT_STATUS_STREAM_NAME, wadm::DEFAULT_STATUS_TOPIC, RetentionPolicy::Limits)
    };
    [of_hosts, own, merged, commands, notes, states]
}

/// The events of a stream, under the subject that wadm reads.
fn source(of: &Config) -> Source {
    let destination = wadm::DEFAULT_WADM_EVENT_CONSUMER_TOPIC.replacen('*', "{{wildcard(1)}}", 1);
    let transform =
        |source: &String| SubjectTransform { source: source.clone(), destination: destination.clone() };
    Source {
        name: of.name.clone(),
        subject_transforms: of.subjects.iter().map(transform).collect(),
        ..Source::default()
    }
}
