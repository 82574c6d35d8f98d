//! Who was drawn for a rollout, counted once each.

use crate::executor::store::Store;
use core_saga::{Arm, Exposed};
use futures::StreamExt as _;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::task::JoinHandle;

/// Counts for as long as it lives.
#[derive(Default)]
pub(crate) struct People {
    watches: BTreeMap<String, Watched>,
}

struct Watched {
    drawn: Arc<Mutex<Drawn>>,
    task: JoinHandle<()>,
}

#[derive(Default)]
struct Drawn {
    /// Whether everybody who was there is counted. Before that the numbers are those of no moment.
    is_whole: bool,
    known: BTreeSet<String>,
    /// By region: those with the new version, and all.
    counts: BTreeMap<String, (u64, u64)>,
}

impl Drop for Watched {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Drawn {
    /// What cannot be read is nobody.
    fn count(&mut self, key: String, value: &[u8]) {
        let Some(met) = std::str::from_utf8(value).ok().and_then(Exposed::read) else { return };
        if self.known.insert(key) {
            let (new, all) = self.counts.entry(met.region).or_default();
            *new += u64::from(met.arm == Arm::Canary);
            *all += 1;
        }
    }
}

impl People {
    /// Begins to count, where that has not begun.
    pub(crate) async fn watch(&mut self, store: &Store, rollout: &str) {
        if self.watches.get(rollout).is_some_and(|watched| !watched.task.is_finished()) {
            return;
        }
        let Some((mut watch, is_whole)) = store.watch_exposures(rollout).await else { return };
        let drawn = Arc::new(Mutex::new(Drawn { is_whole, ..Drawn::default() }));
        let counted = Arc::clone(&drawn);
        let task = tokio::spawn(async move {
            while let Some(Ok(entry)) = watch.next().await {
                let mut drawn = counted.lock().unwrap_or_else(PoisonError::into_inner);
                drawn.is_whole |= entry.seen_current;
                drawn.count(entry.key, &entry.value);
            }
        });
        self.watches.insert(rollout.to_owned(), Watched { drawn, task });
    }

    /// Those with the new version, and all. Nothing where nobody writes them down.
    pub(crate) fn drawn(&self, rollout: &str, region: Option<&str>) -> Option<(u64, u64)> {
        let watched = self.watches.get(rollout)?;
        let drawn = watched.drawn.lock().unwrap_or_else(PoisonError::into_inner);
        if !drawn.is_whole {
            return None;
        }
        let is_here = |name: &String| region.is_none_or(|region| region == name);
        let counts = drawn.counts.iter().filter(|(name, _)| is_here(name));
        Some(counts.fold((0, 0), |sum, (_, count)| (sum.0 + count.0, sum.1 + count.1)))
    }

    pub(crate) fn forget(&mut self, rollout: &str) {
        self.watches.remove(rollout);
    }
}
