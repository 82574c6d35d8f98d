//! Looks at the queues of a lattice and edits its manifest.
//!
//! What was decided stands in a bucket, whose revision is the fence: of two controllers that looked at the same time one is
//! heard. Whether the manifest says what was decided is looked at each time, so an edit that was lost is made at the next.

use crate::depths::depths;
use crate::manifest::{Labels, is_scaled, set_instances, set_version, version};
use crate::{Policy, Seen, State, scale};
use anyhow::{Context as _, Result};
use async_nats::jetstream::kv::{self, UpdateErrorKind};
use imprint_control::Control;
use imprint_rollout::executor::{Hosts, Patience};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::time::Duration;

/// Runners measure their queues as often.
pub const LOOK: Duration = Duration::from_secs(5);
/// Where what was decided is kept.
const BUCKET: &str = "imprint-scaling";

/// Keeps one application at the numbers that its queues ask for.
pub struct Controller {
    control: Control,
    hosts: Hosts,
    app: String,
    policy: Policy,
    store: kv::Store,
}

/// What was decided at the last look that changed anything, and what was seen then.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    pub state: State,
    pub depths: BTreeMap<String, u64>,
    /// The limits of each component, for whoever shows them.
    pub limits: BTreeMap<String, (u32, u32)>,
}

impl Controller {
    pub async fn connect(nats: async_nats::Client, lattice: &str, app: &str, policy: Policy) -> Result<Self> {
        let store = open(&nats).await?;
        let control = Control::over(nats, lattice);
        Ok(Self { control, hosts: Hosts::default(), app: app.to_owned(), policy, store })
    }

    /// One look: what changed, in words.
    pub async fn look(&mut self, now_ms: u64) -> Result<Vec<String>> {
        let world = self.hosts.look(&self.control, Patience::default(), now_ms).await?;
        let (last, revision) = self.last().await?;
        let seen = Seen { now_ms, depths: depths(&world.told) };
        let (state, changes) = scale(&self.policy, &seen, &last.state);
        let limits =
            self.policy.scaling.iter().map(|(name, rule)| (name.clone(), (rule.min, rule.max))).collect();
        let next = Record { state, depths: seen.depths, limits };
        if next != last && !self.keep(&next, revision).await? {
            // Another controller was heard; its numbers are looked at next time.
            return Ok(Vec::new());
        }
        let labels: Vec<Labels> = world.hosts.into_iter().map(|host| host.labels).collect();
        self.edit(&next.state, now_ms, &labels).await?;
        Ok(changes.iter().map(ToString::to_string).collect())
    }

    /// Whether this controller was the one that was heard.
    async fn keep(&self, next: &Record, revision: u64) -> Result<bool> {
        match self.store.update(self.key(), serde_json::to_vec(next)?.into(), revision).await {
            Ok(_) => Ok(true),
            Err(why) if why.kind() == UpdateErrorKind::WrongLastRevision => Ok(false),
            Err(why) => Err(why).context("what was decided cannot be kept"),
        }
    }

    /// Makes the manifest say what was decided.
    async fn edit(&self, state: &State, now_ms: u64, hosts: &[Labels]) -> Result<()> {
        // Without hosts a daemon scaler would be given everything for the first that comes.
        if hosts.is_empty() {
            return Ok(());
        }
        let Some(mut manifest) = self.control.deployed(&self.app).await? else { return Ok(()) };
        let mut is_changed = false;
        for (name, standing) in &state.components {
            is_changed |= set_instances(&mut manifest, name, standing.replicas, hosts);
        }
        if !is_changed {
            return Ok(());
        }
        let before = version(&manifest).to_owned();
        let now = set_version(&mut manifest, now_ms);
        self.control.deploy(&self.app, &now, &manifest.to_string()).await?;
        if is_scaled(&before) && before != now {
            self.control.forget_version(&self.app, &before).await?;
        }
        Ok(())
    }

    async fn last(&self) -> Result<(Record, u64)> {
        let entry = self.store.entry(self.key()).await.context("what was decided cannot be read")?;
        let Some(entry) = entry else { return Ok((Record::default(), 0)) };
        // What an older version kept and this one cannot read is decided anew.
        Ok((serde_json::from_slice(&entry.value).unwrap_or_default(), entry.revision))
    }

    fn key(&self) -> String {
        key(self.control.lattice(), &self.app)
    }
}

/// What was decided for an application, for whoever shows it.
pub async fn record(nats: &async_nats::Client, lattice: &str, app: &str) -> Option<Record> {
    let store = async_nats::jetstream::new(nats.clone()).get_key_value(BUCKET).await.ok()?;
    serde_json::from_slice(&store.get(key(lattice, app)).await.ok()??).ok()
}

fn key(lattice: &str, app: &str) -> String {
    format!("{lattice}.{app}")
}

async fn open(nats: &async_nats::Client) -> Result<kv::Store> {
    let jetstream = async_nats::jetstream::new(nats.clone());
    if let Ok(store) = jetstream.get_key_value(BUCKET).await {
        return Ok(store);
    }
    let config = kv::Config { bucket: BUCKET.to_owned(), ..kv::Config::default() };
    jetstream.create_key_value(config).await.with_context(|| format!("the bucket `{BUCKET}`"))
}
