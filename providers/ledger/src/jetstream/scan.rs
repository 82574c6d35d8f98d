//! What each server of a cluster holds of all journals, asked of it alone.
//!
//! Any other read is answered by whichever server is near, or by the leader: a server whose files were damaged is met by
//! chance only, until it leads.

use crate::jetstream::JetStreamLedger;
use crate::jetstream::bus::{Bus, stored};
use crate::jetstream::ledger::{appended, end_of};
use crate::jetstream::port::{Kept, unreachable};
use crate::journal::{SUBJECTS, previous_of};
use crate::verify::{Break, Report};
use async_nats::jetstream::consumer::{AckPolicy, DeliverPolicy, pull};
use async_nats::jetstream::stream::Stream;
use core_brand::Fault;
use core_brand::content::sha256_hex;
use core_brand::envelope::Head;
use futures::StreamExt;
use std::collections::BTreeMap;
use std::time::Duration;
use tokio::time::sleep;

/// A consumer lies on one server of three by chance: so many tries miss none.
const TRIES: usize = 200;
/// Between two tries, where the server that is meant is away.
const PAUSE: Duration = Duration::from_millis(20);
/// Messages of one request.
const MESSAGES_MAX: usize = 500;
/// The servers forget a consumer that nobody uses.
const FORGOTTEN: Duration = Duration::from_secs(10);

/// A journal as one server has it, as far as it was followed.
#[derive(Default)]
struct Fold {
    entries: u64,
    last: Vec<Vec<u8>>,
    broken: Option<u64>,
}

/// Reads every journal from every server of a cluster, and says for each what is not as it was written there or is missing. Empty
/// where one server stands alone.
pub async fn verify_servers(ledger: &JetStreamLedger) -> Result<Vec<(String, Report)>, Fault> {
    let servers = servers(ledger.stream()).await?;
    // Everybody's ends first: what one has then, every other has to have behind it.
    let mut most: BTreeMap<String, u64> = BTreeMap::new();
    for server in &servers {
        let take = |message: Kept| {
            let end = end_of(&message).unwrap_or_default();
            let known = most.entry(message.subject).or_default();
            *known = end.max(*known);
        };
        scan(ledger.bus(), ledger.stream(), server, DeliverPolicy::LastPerSubject, take).await?;
    }
    let mut reports = Vec::new();
    for server in servers {
        let mut folds: BTreeMap<String, Fold> = BTreeMap::new();
        let take = |message: Kept| folds.entry(message.subject.clone()).or_default().take(&message);
        scan(ledger.bus(), ledger.stream(), &server, DeliverPolicy::All, take).await?;
        reports.push((server, report(folds, &most)));
    }
    Ok(reports)
}

fn report(mut folds: BTreeMap<String, Fold>, most: &BTreeMap<String, u64>) -> Report {
    for (subject, end) in most {
        let fold = folds.entry(subject.clone()).or_default();
        if fold.entries < *end && fold.broken.is_none() {
            fold.broken = Some(fold.entries + 1);
        }
    }
    let mut report = Report { journals: folds.len() as u64, ..Report::default() };
    for (subject, fold) in folds {
        report.entries += fold.entries;
        report.breaks.extend(fold.broken.map(|sequence| Break { subject, sequence }));
    }
    report
}

impl Fold {
    fn take(&mut self, message: &Kept) {
        if self.broken.is_some() {
            return;
        }
        self.broken = Some(self.entries + 1);
        let Some((begin, entries)) = appended(message).filter(|(begin, _)| *begin == self.entries) else {
            return;
        };
        let mut previous = previous_of(&self.last);
        for entry in &entries {
            if Head::read(entry).map_or(true, |head| head.previous != previous) {
                return;
            }
            previous = sha256_hex(entry);
        }
        (self.entries, self.broken) = (begin + entries.len() as u64, None);
        self.last = entries;
    }
}

async fn servers(stream: &Stream) -> Result<Vec<String>, Fault> {
    let info = stream.get_info().await.map_err(|why| unreachable(&why))?;
    let Some(cluster) = info.cluster else { return Ok(Vec::new()) };
    let mut servers: Vec<String> =
        cluster.replicas.into_iter().map(|peer| peer.name).chain(cluster.leader).collect();
    servers.sort();
    Ok(if servers.len() > 1 { servers } else { Vec::new() })
}

/// Reads through a consumer that lies on this server, and so reads what this server has.
async fn scan(
    bus: &Bus,
    stream: &Stream,
    server: &str,
    from: DeliverPolicy,
    mut take: impl FnMut(Kept),
) -> Result<(), Fault> {
    let config = pull::Config {
        filter_subject: format!("{SUBJECTS}>"),
        deliver_policy: from,
        ack_policy: AckPolicy::None,
        inactive_threshold: FORGOTTEN,
        num_replicas: 1,
        memory_storage: true,
        ..pull::Config::default()
    };
    for _ in 0..TRIES {
        let consumer = bus.try_for(|| stream.create_consumer(config.clone())).await?;
        let about = consumer.cached_info();
        if about.cluster.as_ref().and_then(|cluster| cluster.leader.as_deref()) != Some(server) {
            // One that stays is forgotten by itself.
            let _ = stream.delete_consumer(&about.name).await;
            sleep(PAUSE).await;
            continue;
        }
        loop {
            let batch = consumer.fetch().max_messages(MESSAGES_MAX).messages().await;
            let mut batch = batch.map_err(|why| unreachable(&why))?;
            let mut count = 0;
            while let Some(message) = batch.next().await {
                take(stored(&message.map_err(|why| unreachable(&why))?)?);
                count += 1;
            }
            if count == 0 {
                return Ok(());
            }
        }
    }
    Err(unreachable(&format!("the server `{server}` does not answer")))
}
