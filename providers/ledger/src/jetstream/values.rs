//! Values in a key-value bucket.

use crate::conflict;
use crate::jetstream::bus::{Bus, storage, unreachable};
use crate::values::{Values, check_value};
use async_nats::jetstream::kv::{Config, CreateErrorKind, Operation, Store, UpdateErrorKind};
use core_brand::Fault;

/// Values that outlive the process.
pub struct JetStreamValues {
    store: Store,
}

impl JetStreamValues {
    /// Uses the bucket `<prefix>_VALUES`, and makes it when there is none.
    pub async fn open(bus: &Bus) -> Result<Self, Fault> {
        let bucket = bus.name("VALUES");
        if let Ok(store) = bus.context.get_key_value(&bucket).await {
            return Ok(Self { store });
        }
        let config = Config { bucket, history: 1, num_replicas: bus.replicas(), ..Config::default() };
        let store = bus.try_for(|| bus.context.create_key_value(config.clone())).await?;
        Ok(Self { store })
    }

    async fn revision(&self, key: &str) -> Result<u64, Fault> {
        Ok(self.get(key).await?.map_or(0, |(revision, _)| revision))
    }
}

impl Values for JetStreamValues {
    async fn get(&self, key: &str) -> Result<Option<(u64, Vec<u8>)>, Fault> {
        check_value(key, &[])?;
        let entry = self.store.entry(key).await.map_err(|why| unreachable(&why))?;
        let entry = entry.filter(|entry| entry.operation == Operation::Put);
        Ok(entry.map(|entry| (entry.revision, entry.value.to_vec())))
    }

    async fn put(&self, key: &str, expected: Option<u64>, bytes: Vec<u8>) -> Result<u64, Fault> {
        check_value(key, &bytes)?;
        match expected {
            None => self.store.put(key, bytes.into()).await.map_err(|why| unreachable(&why)),
            Some(0) => match self.store.create(key, bytes.into()).await {
                Ok(revision) => Ok(revision),
                Err(why) if why.kind() == CreateErrorKind::AlreadyExists => {
                    Err(conflict(0, self.revision(key).await?))
                }
                Err(why) => Err(unreachable(&why)),
            },
            Some(expected) => match self.store.update(key, bytes.into(), expected).await {
                Ok(revision) => Ok(revision),
                Err(why) if why.kind() == UpdateErrorKind::WrongLastRevision => {
                    Err(conflict(expected, self.revision(key).await?))
                }
                Err(why) => Err(unreachable(&why)),
            },
        }
    }

    async fn delete(&self, key: &str) -> Result<(), Fault> {
        check_value(key, &[])?;
        self.store.delete(key).await.map_err(|why| storage(&why))
    }
}
