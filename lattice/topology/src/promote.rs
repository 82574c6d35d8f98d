//! Which region leads what is kept, and moving that by hand.
//!
//! Each stream, and each of its consumers that is kept in several regions, has one copy that leads. When its region dies, the
//! others choose another by themselves after some seconds; by hand it is moved without that pause.
//!
//! **Law.** Nothing is moved to a region that lacks anything, and nothing at all where one thing could not be: what was
//! acknowledged is never given up for it (`tests/e2e/tests/regions`).

use crate::state::RegionCard;
use crate::wrong::wrong;
use anyhow::{Context as _, Result};
use async_nats::jetstream::stream::ClusterInfo;
use async_nats::jetstream::{self, Context};
use futures::{StreamExt as _, TryStreamExt as _};
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::{Duration, Instant};

/// One question to the servers. Something that has no leader at this moment answers nobody.
const ASK: Duration = Duration::from_secs(2);
/// A copy that was not heard for so long is away; they say something every second.
const SILENT: Duration = Duration::from_secs(5);
/// Leading is handed over within a second, on a busy machine within this.
const MOVE_MAX: Duration = Duration::from_secs(30);
const PAUSE: Duration = Duration::from_millis(100);
/// Each move is a short election; so many at once do not keep the servers from anything else.
const AT_ONCE: usize = 16;

/// Something that is kept, and who has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Leader {
    /// The stream, or the stream and its consumer.
    pub name: String,
    /// The region that leads; nothing while they choose one, or cannot.
    pub region: Option<String>,
    /// The regions whose copies are whole.
    pub whole: Vec<String>,
    /// Those whose copies are away or behind.
    pub behind: Vec<String>,
    #[serde(skip)]
    subject: String,
}

impl Leader {
    fn of(name: String, subject: String, cluster: Option<ClusterInfo>) -> Option<Self> {
        let cluster = cluster.filter(|cluster| !cluster.replicas.is_empty())?;
        let is_whole = |one: &jetstream::stream::PeerInfo| {
            one.current && !one.offline && one.active < SILENT && one.lag.unwrap_or(0) == 0
        };
        let (whole, behind): (Vec<_>, Vec<_>) = cluster.replicas.into_iter().partition(is_whole);
        let names = |all: Vec<jetstream::stream::PeerInfo>| all.into_iter().map(|one| one.name).collect();
        let region = cluster.leader.filter(|name| !name.is_empty());
        let whole: Vec<String> = region.iter().cloned().chain::<Vec<String>>(names(whole)).collect();
        Some(Self { name, region, whole, behind: names(behind), subject })
    }

    /// A stream that nobody leads, so that nobody knows where it lies either.
    fn nobody(name: String) -> Self {
        let subject = String::new();
        Self { name, region: None, whole: Vec::new(), behind: Vec::new(), subject }
    }

    fn is_led_by(&self, region: &str) -> bool {
        self.region.as_deref() == Some(region)
    }

    fn has(&self, region: &str) -> bool {
        self.whole.iter().chain(&self.behind).any(|name| name == region)
    }
}

/// Everything that lies in several regions, by name.
pub async fn leaders(url: &str) -> Result<Vec<Leader>> {
    let context = connect(url).await?;
    let all = tokio::time::timeout(MOVE_MAX, find(&context)).await;
    let Ok(Ok(mut found)) = all else {
        wrong!(
            "nobody can say who leads: most regions are away, or just find together. What they have acknowledged is only there; \
             start one of them again."
        )
    };
    found.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(found)
}

async fn connect(url: &str) -> Result<Context> {
    let nats = async_nats::connect(url).await.with_context(|| format!("nothing answers at {url}"))?;
    let mut context = jetstream::new(nats);
    context.set_timeout(ASK);
    Ok(context)
}

async fn find(context: &Context) -> Result<Vec<Leader>> {
    let mut found = Vec::new();
    let mut streams = context.streams();
    let mut missing: BTreeSet<String> = context.stream_names().try_collect().await?;
    while let Some(info) = streams.next().await {
        let (info, name) = info.map(|info| (info.cluster, info.config.name))?;
        missing.remove(&name);
        found.extend(Leader::of(name.clone(), format!("STREAM.LEADER.STEPDOWN.{name}"), info));
        let stream = context.get_stream_no_info(&name).await?;
        let consumers: Vec<_> = stream.consumers().try_collect().await?;
        for consumer in consumers {
            let subject = format!("CONSUMER.LEADER.STEPDOWN.{name}.{}", consumer.name);
            let of = format!("{name} {}", consumer.name);
            found.extend(Leader::of(of, subject, consumer.cluster));
        }
    }
    // Nobody spoke for these.
    found.extend(missing.into_iter().map(Leader::nobody));
    Ok(found)
}

/// Lets a region lead all that it has. How many leaders moved, and what has no copy there.
pub async fn promote(url: &str, regions: &[RegionCard], region: &str) -> Result<(usize, Vec<String>)> {
    let Some(card) = regions.iter().find(|card| card.name == region) else {
        let names: Vec<&str> = regions.iter().map(|card| card.name.as_str()).collect();
        if names.is_empty() {
            wrong!("this platform has one region, and that leads; `imprint up --regions` starts several.");
        }
        wrong!("`{region}` is no region of this platform; there are {}.", names.join(", "));
    };
    if tokio::time::timeout(ASK, async_nats::connect(&card.nats_url)).await.map_or(true, |all| all.is_err()) {
        wrong!(
            "`{region}` is away: nothing answers at {}. The others lead as long as that is so.",
            card.nats_url
        );
    }
    let is_meant = |one: &Leader| one.region.is_none() || one.has(region);
    let (mut all, others): (Vec<Leader>, Vec<Leader>) = leaders(url).await?.into_iter().partition(is_meant);
    check(&all, region)?;
    let context = connect(url).await?;
    all.retain(|one| !one.is_led_by(region));
    let moves = all.iter().map(|one| hand_over(&context, one, region));
    futures::stream::iter(moves).buffer_unordered(AT_ONCE).try_collect::<Vec<()>>().await?;
    Ok((all.len(), others.into_iter().map(|one| one.name).collect()))
}

/// Refuses what would wait for a copy that is not whole, or lose what only another has.
fn check(all: &[Leader], region: &str) -> Result<()> {
    if let Some(one) = all.iter().find(|one| one.region.is_none()) {
        wrong!("nobody leads `{}` at this moment; try again when the regions have chosen.", one.name);
    }
    let behind: Vec<&str> = (all.iter())
        .filter(|one| one.behind.iter().any(|name| name == region))
        .map(|one| one.name.as_str())
        .collect();
    if let Some(first) = behind.first() {
        wrong!(
            "`{region}` lacks the end of {} of {} (`{first}`): it is away, or takes what it missed. Nothing was moved; try again \
             when `imprint regions show` says that it has all.",
            behind.len(),
            all.len()
        );
    }
    Ok(())
}

/// Asks for it again while another was chosen meanwhile.
async fn hand_over(context: &Context, one: &Leader, region: &str) -> Result<()> {
    let began = Instant::now();
    let wanted = json!({ "placement": { "preferred": region } });
    loop {
        // Who already leads says so as an error, and an answer may be lost: looking tells.
        let _ = context.request::<_, _, Value>(one.subject.clone(), &wanted).await;
        let asked = Instant::now();
        while asked.elapsed() < ASK {
            if leads(context, one).await.as_deref() == Some(region) {
                return Ok(());
            }
            tokio::time::sleep(PAUSE).await;
        }
        if began.elapsed() > MOVE_MAX {
            wrong!(
                "`{}` does not come to `{region}` within {} s; what was moved stays.",
                one.name,
                MOVE_MAX.as_secs()
            );
        }
    }
}

async fn leads(context: &Context, one: &Leader) -> Option<String> {
    let subject = match one.name.split_once(' ') {
        Some((stream, consumer)) => format!("CONSUMER.INFO.{stream}.{consumer}"),
        None => format!("STREAM.INFO.{}", one.name),
    };
    let info: Value = context.request(subject, &json!({})).await.ok()?;
    info["cluster"]["leader"].as_str().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leader(region: Option<&str>, behind: &[&str]) -> Leader {
        let text = |name: &&str| (*name).to_owned();
        Leader {
            name: "S".to_owned(),
            region: region.map(str::to_owned),
            whole: region.iter().map(text).collect(),
            behind: behind.iter().map(text).collect(),
            subject: String::new(),
        }
    }

    #[test]
    fn nothing_moves_to_who_lacks_anything() {
        let cases: [(&[Leader], Option<&str>); 4] = [
            (&[leader(Some("a"), &[]), leader(Some("b"), &["c"])], None),
            (&[leader(Some("b"), &["a"])], Some("lacks the end of 1 of 1")),
            (&[leader(Some("b"), &[]), leader(Some("b"), &["a", "c"])], Some("lacks the end of 1 of 2")),
            (&[leader(None, &[])], Some("nobody leads `S`")),
        ];
        for (all, want) in cases {
            match (check(all, "a"), want) {
                (Ok(()), None) => {}
                (Err(why), Some(want)) => assert!(why.to_string().contains(want), "{why}"),
                (got, want) => panic!("{all:?}: {got:?}, not {want:?}"),
            }
        }
    }
}
