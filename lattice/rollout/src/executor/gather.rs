//! One look at a lattice: which hosts there are, what runs on them, and what their providers have counted.

use crate::executor::meters::{Told, samples};
use anyhow::Result;
use async_nats::Client;
use futures::StreamExt as _;
use futures::future::join_all;
use imprint_control::{Control, Inventory};
use std::time::Duration;

/// How often hosts are looked for; what is known of them is asked anew at every look.
const HOSTS_MS: u64 = 10_000;
/// Some thousand samples; a larger answer is none of a provider of ours.
const ANSWER_BYTES_MAX: usize = 512 << 10;
/// A host runs a handful of providers.
const ANSWERS_MAX: usize = 64;

/// How long answers are waited for whose number nobody knows.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    pub hosts: Duration,
    pub meters: Duration,
}

impl Default for Patience {
    /// As the host's own `/metrics` waits for its providers.
    fn default() -> Self {
        Self { hosts: Duration::from_millis(600), meters: Duration::from_millis(250) }
    }
}

/// What was seen.
#[derive(Clone, Debug, Default)]
pub struct World {
    pub hosts: Vec<Inventory>,
    pub told: Vec<Told>,
}

/// The hosts that are known.
#[derive(Default)]
pub struct Hosts {
    ids: Vec<String>,
    asked_ms: Option<u64>,
}

impl Hosts {
    /// Nobody who does not answer is in it.
    pub async fn look(&mut self, control: &Control, patience: Patience, now_ms: u64) -> Result<World> {
        let is_old = self.asked_ms.is_none_or(|asked_ms| now_ms.saturating_sub(asked_ms) >= HOSTS_MS);
        if is_old || self.ids.is_empty() {
            self.ids = control.hosts_within(patience.hosts).await?;
            self.asked_ms = Some(now_ms);
        }
        let (hosts, texts) = tokio::join!(
            join_all(self.ids.iter().map(|id| control.inventory(id))),
            join_all(self.ids.iter().map(|id| texts(control, id, patience.meters))),
        );
        let hosts: Vec<Inventory> = hosts.into_iter().filter_map(Result::ok).collect();
        let mut told = Vec::new();
        for (host, text) in
            self.ids.iter().zip(texts).flat_map(|(id, texts)| texts.into_iter().map(move |text| (id, text)))
        {
            let region =
                hosts.iter().find(|known| known.host_id == **host).map(region_of).unwrap_or_default();
            told.push(Told { region, samples: samples(&text) });
        }
        Ok(World { hosts, told })
    }
}

/// Where a host says that it stands.
pub(crate) fn region_of(host: &Inventory) -> String {
    host.labels.get("region").cloned().unwrap_or_default()
}

/// What the providers of a host say; nothing from those that are silent.
async fn texts(control: &Control, host: &str, patience: Duration) -> Vec<String> {
    let mut texts = Vec::new();
    let subject = format!("imprint.metrics.{}.{host}", control.lattice());
    // Whatever has come by then is what there is.
    let _ = tokio::time::timeout(patience, gather(control.nats(), subject, &mut texts)).await;
    texts
}

async fn gather(nats: &Client, subject: String, texts: &mut Vec<String>) -> Option<()> {
    let inbox = nats.new_inbox();
    let mut answers = nats.subscribe(inbox.clone()).await.ok()?;
    nats.publish_with_reply(subject, inbox, "".into()).await.ok()?;
    while let Some(answer) = answers.next().await {
        // Nobody listens: the server says so at once.
        if answer.status.is_some() || texts.len() >= ANSWERS_MAX {
            break;
        }
        let is_fine = answer.payload.len() <= ANSWER_BYTES_MAX;
        texts.extend(is_fine.then(|| String::from_utf8_lossy(&answer.payload).into_owned()));
    }
    Some(())
}
