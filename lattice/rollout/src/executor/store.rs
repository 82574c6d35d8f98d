//! Records in a key-value bucket: each is written over the revision that it was read with, or not at all.

use crate::executor::record::{Line, Record, Wanted};
use crate::results::Notes;
use crate::seen::{Command, Order};
use anyhow::{Context as _, Result, bail};
use async_nats::Client;
use async_nats::jetstream::kv::{self, CreateErrorKind, UpdateErrorKind, Watch};
use async_nats::jetstream::stream::LastRawMessageErrorKind;
use async_nats::jetstream::{self};
use core_saga::EXPOSURES;
use futures::{StreamExt as _, TryStreamExt as _};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::time::Duration;

/// The bucket of all rollouts of a lattice.
const BUCKET: &str = "imprint-rollouts";
/// The versions that everybody has, for ever after.
const VERSIONS: &str = "versions";
const COMMANDS: &str = ".commands";
const HISTORY: &str = ".history";
/// Commands that nobody has read yet, and some that were: a person types them.
const COMMANDS_MAX: usize = 64;
/// Lines of a history. One with more has been held and resumed for weeks; the oldest go.
const LINES_MAX: usize = 1000;
/// Two who write at once need two tries; more means that somebody goes on writing.
const TRIES: usize = 16;
/// Notes that are there come one after another.
const NOTE_MAX: Duration = Duration::from_secs(10);
/// Three copies outlive one server.
const REPLICAS_MAX: usize = 3;

/// The bucket.
#[derive(Clone)]
pub struct Store {
    kv: kv::Store,
    jetstream: jetstream::Context,
}

/// The versions that everybody has, by component; under a region those of it alone, `` being everywhere.
pub type Versions = BTreeMap<String, BTreeMap<String, Version>>;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Version {
    pub version: String,
    /// The rollout that brought it.
    pub rollout: String,
    pub at_ms: u64,
}

impl Version {
    /// Whether there is one. Of a name for models that was given back only its place is left.
    #[must_use]
    pub fn is_said(&self) -> bool {
        !self.version.is_empty()
    }
}

impl Store {
    /// Uses the bucket, and makes it where there is none, with as many copies as the server allows.
    pub async fn open(nats: &Client) -> Result<Self> {
        let jetstream = jetstream::new(nats.clone());
        if let Ok(kv) = jetstream.get_key_value(BUCKET).await {
            return Ok(Self { kv, jetstream });
        }
        let mut why = None;
        for num_replicas in (1..=REPLICAS_MAX).rev() {
            let config = kv::Config { bucket: BUCKET.to_owned(), num_replicas, ..kv::Config::default() };
            match jetstream.create_key_value(config).await {
                Ok(kv) => return Ok(Self { kv, jetstream }),
                Err(refused) => why = Some(refused),
            }
        }
        Err(why.context("no try was made")?).with_context(|| format!("the bucket `{BUCKET}`"))
    }

    async fn read<T: DeserializeOwned>(&self, key: &str) -> Result<Option<(T, u64)>> {
        let entry = self.kv.entry(key).await.with_context(|| format!("`{key}`"))?;
        let Some(entry) = entry.filter(|entry| entry.operation == kv::Operation::Put) else {
            return Ok(None);
        };
        let value =
            serde_json::from_slice(&entry.value).with_context(|| format!("`{key}` cannot be read"))?;
        Ok(Some((value, entry.revision)))
    }

    /// Writes over a revision, 0 being nothing. Whether it was the newest.
    async fn write(&self, key: &str, value: &impl Serialize, revision: u64) -> Result<bool> {
        let bytes = serde_json::to_vec(value)?;
        if revision == 0 {
            return match self.kv.create(key, bytes.into()).await {
                Ok(_) => Ok(true),
                Err(why) if why.kind() == CreateErrorKind::AlreadyExists => Ok(false),
                Err(why) => Err(why).with_context(|| format!("`{key}`")),
            };
        }
        match self.kv.update(key, bytes.into(), revision).await {
            Ok(_) => Ok(true),
            Err(why) if why.kind() == UpdateErrorKind::WrongLastRevision => Ok(false),
            Err(why) => Err(why).with_context(|| format!("`{key}`")),
        }
    }

    /// The ids of all rollouts, from the subjects that the server holds. A walk over the newest entries would miss one that is
    /// written while it goes.
    pub async fn ids(&self) -> Result<Vec<String>> {
        let before = format!("$KV.{BUCKET}.");
        let subjects = self.kv.stream.info_with_subjects(format!("{before}*")).await?;
        let subjects: Vec<(String, usize)> = subjects.try_collect().await?;
        let keys = subjects.iter().filter_map(|(subject, _)| subject.strip_prefix(&before));
        let mut ids: Vec<String> = keys.filter(|key| *key != VERSIONS).map(str::to_owned).collect();
        ids.sort();
        Ok(ids)
    }

    /// A record and the revision that it is written over with.
    pub async fn record(&self, id: &str) -> Result<Option<(Record, u64)>> {
        self.read(id).await
    }

    /// Every record, oldest first.
    pub async fn records(&self) -> Result<Vec<Record>> {
        let mut records = Vec::new();
        for id in self.ids().await? {
            records.extend(self.record(&id).await?.map(|(record, _)| record));
        }
        records.sort_by(|a, b| (a.began_ms, &a.id).cmp(&(b.began_ms, &b.id)));
        Ok(records)
    }

    /// Whether this one won.
    pub async fn swap(&self, record: &Record, revision: u64) -> Result<bool> {
        self.write(&record.id, record, revision).await
    }

    /// A new rollout, under the first number that is free.
    pub async fn begin(&self, wanted: &Wanted) -> Result<Record> {
        for attempt in 1.. {
            let record = Record::new(wanted, attempt);
            if self.read::<serde_json::Value>(&record.id).await?.is_none()
                && self.write(&record.id, &record, 0).await?
            {
                return Ok(record);
            }
        }
        bail!("no number is free")
    }

    pub async fn commands(&self, id: &str) -> Result<Vec<Command>> {
        Ok(self.read(&format!("{id}{COMMANDS}")).await?.map(|(commands, _)| commands).unwrap_or_default())
    }

    /// Appends what a person orders. Nobody's order is lost to somebody else's.
    pub async fn order(&self, id: &str, order: Order, by: &str) -> Result<u64> {
        let key = format!("{id}{COMMANDS}");
        for _ in 0..TRIES {
            let (mut commands, revision): (Vec<Command>, u64) = self.read(&key).await?.unwrap_or_default();
            let sequence = commands.last().map_or(0, |last| last.sequence) + 1;
            commands.push(Command { sequence, order, by: by.to_owned() });
            let surplus = commands.len().saturating_sub(COMMANDS_MAX);
            commands.drain(..surplus);
            if self.write(&key, &commands, revision).await? {
                return Ok(sequence);
            }
        }
        bail!("others write `{key}` all the time")
    }

    pub async fn history(&self, id: &str) -> Result<Vec<Line>> {
        Ok(self.read(&format!("{id}{HISTORY}")).await?.map(|(lines, _)| lines).unwrap_or_default())
    }

    /// Appends lines that are not there yet.
    pub async fn write_history(&self, id: &str, lines: &[Line]) -> Result<()> {
        let key = format!("{id}{HISTORY}");
        for _ in 0..TRIES {
            let (mut known, revision): (Vec<Line>, u64) = self.read(&key).await?.unwrap_or_default();
            let next = known.last().map_or(0, |last| last.number + 1);
            let before = known.len();
            known.extend(lines.iter().filter(|line| line.number >= next).cloned());
            if known.len() == before {
                return Ok(());
            }
            let surplus = known.len().saturating_sub(LINES_MAX);
            known.drain(..surplus);
            if self.write(&key, &known, revision).await? {
                return Ok(());
            }
        }
        bail!("others write `{key}` all the time")
    }

    pub async fn versions(&self) -> Result<(Versions, u64)> {
        Ok(self.read(VERSIONS).await?.unwrap_or_default())
    }

    /// Whoever was faster has written the same, or something newer.
    pub async fn write_versions(&self, versions: &Versions, revision: u64) -> Result<bool> {
        self.write(VERSIONS, versions, revision).await
    }

    /// Every order of a person, as it comes.
    pub async fn watch_commands(&self) -> Result<Watch> {
        Ok(self.kv.watch(format!("*{COMMANDS}")).await?)
    }

    /// What is noted of a rollout by now.
    pub async fn notes(&self, rollout: &str) -> Result<Notes> {
        let mut notes = Notes::default();
        let Some((mut watch, is_empty)) = self.watch_exposures(rollout).await else { return Ok(notes) };
        if is_empty {
            return Ok(notes);
        }
        loop {
            let entry = tokio::time::timeout(NOTE_MAX, watch.next()).await.ok().flatten();
            let entry = entry.context("the notes of who has met it are silent")??;
            notes.take(&entry.key, &entry.value);
            if entry.seen_current {
                return Ok(notes);
            }
        }
    }

    /// Everybody who was drawn for a rollout, and whoever comes; and whether there is nobody yet. Nothing where nobody was drawn
    /// for anything.
    pub async fn watch_exposures(&self, rollout: &str) -> Option<(Watch, bool)> {
        let bucket = self.jetstream.get_key_value(EXPOSURES).await.ok()?;
        let subject = format!("$KV.{EXPOSURES}.{rollout}.>");
        let is_empty = match bucket.stream.get_last_raw_message_by_subject(&subject).await {
            Ok(_) => false,
            Err(why) if why.kind() == LastRawMessageErrorKind::NoMessageFound => true,
            Err(_) => return None,
        };
        let watch = bucket.watch_with_history(format!("{rollout}.>")).await.ok()?;
        Some((watch, is_empty))
    }
}
