//! Values in a key-value bucket.

use crate::conflict;
use crate::jetstream::port::{
    Kept, MESSAGE_ID, Post, Refusal, Shape, Streams, storage, store, try_for, unreachable,
};
use crate::values::{Listed, VALUES_MAX, Values, check_value};
use core_brand::Fault;
use std::time::Duration;

/// What stands on a message that is a removal and no value.
const OPERATION: &str = "KV-Operation";
/// A rollout is over long before; whoever meets one that lasts longer may be counted again.
const EXPOSURE_AGE_MAX: Duration = Duration::from_secs(180 * 86_400);
/// Two who destroy at once need two rounds; more means that somebody goes on writing.
const ROUNDS_MAX: usize = 8;

/// Values that outlive the process.
pub struct StreamValues<S: Streams> {
    bus: S,
    stream: S::Stream,
    /// What the subjects of this bucket begin with.
    prefix: String,
}

impl<S: Streams> StreamValues<S> {
    /// Uses the bucket `<prefix>_VALUES`, and makes it when there is none.
    pub async fn open(bus: &S) -> Result<Self, Fault> {
        Self::bucket(bus, bus.name("VALUES"), Duration::ZERO).await
    }

    /// The bucket `<prefix>_KEYS`, for what has to be destroyed one day.
    pub async fn keys(bus: &S) -> Result<Self, Fault> {
        Self::bucket(bus, bus.name("KEYS"), Duration::ZERO).await
    }

    /// The bucket `imprint-exposures` (under the usual prefix), for who has met which rollout.
    pub async fn exposures(bus: &S) -> Result<Self, Fault> {
        Self::bucket(bus, bus.bucket("exposures"), EXPOSURE_AGE_MAX).await
    }

    /// The bucket `<prefix>_<NAME>`, for a provider with things of its own; values are forgotten after `max_age`, or never
    /// where it is zero.
    pub async fn own(bus: &S, name: &str, max_age: Duration) -> Result<Self, Fault> {
        Self::bucket(bus, bus.name(name), max_age).await
    }

    /// A bucket as every client knows it, but for one thing: single messages may be deleted, as only that overwrites them.
    async fn bucket(bus: &S, bucket: String, max_age: Duration) -> Result<Self, Fault> {
        let shape = Shape {
            name: format!("KV_{bucket}"),
            subjects: format!("$KV.{bucket}.>"),
            newest: 1,
            max_age,
            may_roll_up: true,
            ..Shape::default()
        };
        let stream = try_for(|| bus.open(&shape)).await?;
        Ok(Self { bus: bus.clone(), stream, prefix: format!("$KV.{bucket}.") })
    }

    fn subject(&self, key: &str) -> String {
        format!("{}{key}", self.prefix)
    }

    /// The last message of a key as the leader knows it; it may be a removal.
    async fn last(&self, key: &str) -> Result<Option<Kept>, Fault> {
        let subject = self.subject(key);
        try_for(|| self.bus.last(&self.stream, &subject)).await
    }

    fn listed(&self, message: &Kept) -> Option<Listed> {
        let key = message.subject.strip_prefix(&self.prefix)?.to_owned();
        Some(Listed { revision: message.sequence, key, bytes: message.payload.clone() })
    }

    async fn revision(&self, key: &str) -> Result<u64, Fault> {
        Ok(self.last(key).await?.filter(is_value).map_or(0, |message| message.sequence))
    }

    /// Writes over the message of this sequence, 0 being none, or whatever is there. `None` when another is there.
    async fn write(&self, key: &str, behind: Option<u64>, bytes: Vec<u8>) -> Result<Option<u64>, Fault> {
        let (subject, id) = (self.subject(key), self.bus.unique());
        let post = Post { behind, ..Post::new(bytes).id(&id) };
        match store(&self.bus, &subject, &post).await {
            Ok(sequence) => Ok(Some(sequence)),
            Err(Refusal::Final(fault)) => Err(fault),
            Err(Refusal::Moved { unsure: false }) => Ok(None),
            // An earlier try may have been stored without an answer.
            Err(Refusal::Moved { unsure: true }) => {
                let is_ours = |message: &Kept| message.header(MESSAGE_ID) == Some(&id);
                Ok(self.last(key).await?.filter(is_ours).map(|message| message.sequence))
            }
        }
    }
}

impl<S: Streams> Values for StreamValues<S> {
    async fn get(&self, key: &str) -> Result<Option<(u64, Vec<u8>)>, Fault> {
        check_value(key, &[])?;
        let message = self.last(key).await?.filter(is_value);
        Ok(message.map(|message| (message.sequence, message.payload)))
    }

    async fn put(&self, key: &str, expected: Option<u64>, bytes: Vec<u8>) -> Result<u64, Fault> {
        check_value(key, &bytes)?;
        let behind = match expected {
            // A removal is a message too, and no value.
            Some(0) => match self.last(key).await? {
                Some(message) if is_value(&message) => return Err(conflict(0, message.sequence)),
                removal => Some(removal.map_or(0, |message| message.sequence)),
            },
            expected => expected,
        };
        match self.write(key, behind, bytes).await? {
            Some(revision) => Ok(revision),
            None => Err(conflict(expected.unwrap_or_default(), self.revision(key).await?)),
        }
    }

    async fn after(&self, prefix: &str, revision: u64) -> Result<Vec<Listed>, Fault> {
        check_value(prefix, &[])?;
        let subjects = self.subject(&format!("{prefix}.>"));
        let mut from = revision + 1;
        loop {
            let batch = self.bus.batch(&self.stream, &subjects, from, VALUES_MAX).await?;
            let Some(last) = batch.messages.last() else { return Ok(Vec::new()) };
            from = last.sequence + 1;
            let values = batch.messages.iter().filter(|message| is_value(message));
            let values: Vec<_> = values.filter_map(|message| self.listed(message)).collect();
            // A batch of removals is no end.
            if !values.is_empty() || !batch.more {
                return Ok(values);
            }
        }
    }

    async fn delete(&self, key: &str) -> Result<(), Fault> {
        check_value(key, &[])?;
        let post = Post::default().header(OPERATION, "DEL".to_owned()).id(&self.bus.unique());
        match store(&self.bus, &self.subject(key), &post).await {
            Ok(_) => Ok(()),
            Err(Refusal::Final(fault)) => Err(fault),
            Err(Refusal::Moved { .. }) => {
                Err(storage(&"a removal was refused for a sequence that nobody named"))
            }
        }
    }

    async fn destroy(&self, key: &str) -> Result<(), Fault> {
        check_value(key, &[])?;
        for _ in 0..ROUNDS_MAX {
            let behind = match self.last(key).await? {
                Some(message) if is_value(&message) && message.payload.is_empty() => return Ok(()),
                // A bucket that somebody made by hand does not let single messages go: then the value is only replaced.
                Some(message) if !self.bus.may_delete(&self.stream) => message.sequence,
                Some(message) => {
                    // Not a purge: that leaves the bytes in their file, this overwrites them. One that is gone already
                    // is seen in the next round.
                    if let Err(why) = self.bus.delete(&self.stream, message.sequence).await
                        && self.last(key).await?.is_some_and(|last| last.sequence == message.sequence)
                    {
                        return Err(unreachable(&why));
                    }
                    0
                }
                None => 0,
            };
            if self.write(key, Some(behind), Vec::new()).await?.is_some() {
                return Ok(());
            }
        }
        Err(conflict(0, self.revision(key).await?))
    }
}

fn is_value(message: &Kept) -> bool {
    message.header(OPERATION).is_none()
}
