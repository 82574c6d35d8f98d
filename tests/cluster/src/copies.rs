//! What each server holds, asked of it alone.

use crate::check::Raw;
use crate::servers::{Cluster, NODES};
use async_nats::jetstream;
use async_nats::{Client, ConnectOptions, Message};
use futures::StreamExt as _;
use serde_json::json;
use std::time::{Duration, Instant};
use tokio::time::{sleep, timeout};

pub(crate) const JOURNAL: &str = "IMPRINT_JOURNAL";
pub(crate) const WORK: &str = "IMPRINT_WORK";
pub(crate) const CONTENT: &str = "IMPRINT_BLOBS";
/// Journals, work and content of one server, or why they are not to be had.
pub(crate) type Held = Result<[Vec<Raw>; 3], String>;
/// All that is replicated.
const STREAMS: [&str; 4] = [JOURNAL, WORK, CONTENT, "KV_IMPRINT_KEYS"];
/// Servers that found together again have the same after this, or never.
pub(crate) const SETTLE_MAX: Duration = Duration::from_secs(90);
/// One that has the same also gives it out within this.
const READ_MAX: Duration = Duration::from_secs(30);
const ANSWER: Duration = Duration::from_secs(3);
const PAUSE: Duration = Duration::from_millis(100);
/// Messages of one answer.
const BATCH: usize = 500;
/// And its bytes: a server ends a connection that takes in no more.
const BATCH_BYTES: usize = 8 << 20;

/// A connection to this server and no other.
pub(crate) async fn only(url: &str) -> Result<Client, String> {
    let options = ConnectOptions::new().ignore_discovered_servers().retry_on_initial_connect();
    let options = options.max_reconnects(None).reconnect_delay_callback(|_| PAUSE);
    let client = timeout(SETTLE_MAX, options.connect(url)).await;
    client.map_err(|_| format!("{url} takes no connection"))?.map_err(|why| why.to_string())
}

/// Waits until every stream has a leader and two followers that have all it has. Gives how long that took.
pub(crate) async fn settled(cluster: &Cluster) -> Result<Duration, String> {
    have_the_same(cluster, &STREAMS).await
}

async fn have_the_same(cluster: &Cluster, streams: &[&str]) -> Result<Duration, String> {
    let began = Instant::now();
    let client = only(&cluster.url(0)).await?;
    let mut context = jetstream::new(client);
    context.set_timeout(ANSWER);
    loop {
        let mut waits = Vec::new();
        for stream in streams {
            let found = context.get_stream(*stream).await;
            let about = found.as_ref().ok().and_then(|stream| stream.cached_info().cluster.as_ref());
            let is_whole = about.is_some_and(|about| {
                let is_current = |peer: &jetstream::stream::PeerInfo| {
                    peer.current && !peer.offline && peer.lag.unwrap_or_default() == 0
                };
                about.leader.is_some()
                    && about.replicas.len() == NODES - 1
                    && about.replicas.iter().all(is_current)
            });
            if !is_whole {
                waits.push(format!("{stream}: {about:?}"));
            }
        }
        if waits.is_empty() {
            return Ok(began.elapsed());
        }
        if began.elapsed() > SETTLE_MAX {
            return Err(format!("after {SETTLE_MAX:?} servers differ: {}", waits.join("; ")));
        }
        sleep(PAUSE).await;
    }
}

/// What each server holds of journals, work and content, with no other in reach that could answer in its place. Where they need not be
/// alone, any of them may have answered.
pub(crate) async fn held(cluster: &Cluster, is_alone: bool) -> Result<[Held; NODES], String> {
    let mut clients = Vec::new();
    for node in 0..NODES {
        clients.push(only(&cluster.url(node)).await?);
    }
    let end = Instant::now() + READ_MAX;
    loop {
        let alone = if is_alone { cluster.alone().await } else { Ok(()) };
        let mut read = Vec::new();
        for client in &clients {
            read.push([all(client, JOURNAL).await, all(client, WORK).await, all(client, CONTENT).await]);
        }
        cluster.join();
        alone?;
        // One that has just come back answers a little later.
        if Instant::now() > end || read.iter().flatten().all(Result::is_ok) {
            let mut read = read.into_iter().map(|[journals, work, content]| Ok([journals?, work?, content?]));
            return Ok(std::array::from_fn(|_| {
                read.next().unwrap_or_else(|| Err("was not asked".to_owned()))
            }));
        }
        settled(cluster).await?;
    }
}

/// The journals alone, once three servers have the same of them.
pub(crate) async fn journals(cluster: &Cluster) -> Result<Vec<Raw>, String> {
    have_the_same(cluster, &[JOURNAL]).await?;
    all(&only(&cluster.url(0)).await?, JOURNAL).await
}

/// Every message of a stream.
async fn all(client: &Client, stream: &str) -> Result<Vec<Raw>, String> {
    let mut found: Vec<Raw> = Vec::new();
    loop {
        let next = found.last().map_or(1, |last| last.sequence + 1);
        let inbox = client.new_inbox();
        let mut answers = client.subscribe(inbox.clone()).await.map_err(|why| why.to_string())?;
        let ask =
            json!({ "seq": next, "next_by_subj": ">", "batch": BATCH, "max_bytes": BATCH_BYTES }).to_string();
        let address = format!("$JS.API.DIRECT.GET.{stream}");
        client.publish_with_reply(address, inbox, ask.into()).await.map_err(|why| why.to_string())?;
        loop {
            let answer = timeout(ANSWER, answers.next()).await.map_err(|_| format!("{stream} is silent"))?;
            let answer = answer.ok_or("the connection closed")?;
            match answer.status.map(|status| status.as_u16()) {
                None => found.push(raw(&answer)?),
                Some(204) if header(&answer, "Nats-Num-Pending").as_deref() == Some("0") => return Ok(found),
                Some(204) => break,
                Some(404) => return Ok(found),
                Some(code) => return Err(format!("{stream} answers {code}")),
            }
        }
    }
}

fn raw(answer: &Message) -> Result<Raw, String> {
    let sequence = header(answer, "Nats-Sequence").and_then(|text| text.parse().ok());
    Ok(Raw {
        sequence: sequence.ok_or("a message without its number")?,
        subject: header(answer, "Nats-Subject").ok_or("a message without its subject")?,
        entries: header(answer, "Imprint-Entries").and_then(|text| text.parse().ok()),
        id: header(answer, "Nats-Msg-Id"),
        payload: answer.payload.to_vec(),
    })
}

fn header(answer: &Message, name: &str) -> Option<String> {
    answer.headers.as_ref()?.get(name).map(|value| value.as_str().to_owned())
}
