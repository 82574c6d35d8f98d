//! Who was drawn for a rollout, counted once each.

use crate::executor::store::Store;
use async_nats::jetstream::kv::Watch;
use core_saga::{Arm, Exposed};
use futures::StreamExt as _;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// A look waits as long as this for those who were drawn before it: a stage that is judged without them could be passed
/// although its draw is uneven.
const WHOLE_MAX: Duration = Duration::from_secs(2);

/// Counts for as long as it lives.
#[derive(Default)]
pub(crate) struct People {
    watches: BTreeMap<String, Watched>,
}

struct Watched {
    drawn: Arc<Mutex<Drawn>>,
    /// Whether everybody who was there is counted. Before that the numbers are those of no moment.
    whole: watch::Receiver<bool>,
    task: JoinHandle<()>,
}

#[derive(Default)]
struct Drawn {
    known: BTreeSet<String>,
    /// By region: those with the new version, and all.
    counts: BTreeMap<String, (u64, u64)>,
}

impl Drop for Watched {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Watched {
    fn start(mut entries: Watch, is_whole: bool) -> Self {
        let drawn = Arc::<Mutex<Drawn>>::default();
        let (say, whole) = watch::channel(is_whole);
        let counted = Arc::clone(&drawn);
        let task = tokio::spawn(async move {
            while let Some(Ok(entry)) = entries.next().await {
                let seen_current = entry.seen_current;
                counted.lock().unwrap_or_else(PoisonError::into_inner).count(entry.key, &entry.value);
                say.send_if_modified(|is_whole| seen_current && !std::mem::replace(is_whole, true));
            }
        });
        Self { drawn, whole, task }
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
        if self.watches.get(rollout).is_none_or(|watched| watched.task.is_finished()) {
            let Some((entries, is_whole)) = store.watch_exposures(rollout).await else { return };
            self.watches.insert(rollout.to_owned(), Watched::start(entries, is_whole));
        }
        if let Some(watched) = self.watches.get_mut(rollout) {
            let whole = watched.whole.wait_for(|is_whole| *is_whole);
            // Whoever has more than can be read by then is asked again at the next look.
            let _ = tokio::time::timeout(WHOLE_MAX, whole).await;
        }
    }

    /// Those with the new version, and all. Nothing where nobody writes them down.
    pub(crate) fn drawn(&self, rollout: &str, region: Option<&str>) -> Option<(u64, u64)> {
        let watched = self.watches.get(rollout).filter(|watched| *watched.whole.borrow())?;
        let drawn = watched.drawn.lock().unwrap_or_else(PoisonError::into_inner);
        let is_here = |name: &String| region.is_none_or(|region| region == name);
        let counts = drawn.counts.iter().filter(|(name, _)| is_here(name));
        Some(counts.fold((0, 0), |sum, (_, count)| (sum.0 + count.0, sum.1 + count.1)))
    }

    pub(crate) fn forget(&mut self, rollout: &str) {
        self.watches.remove(rollout);
    }
}
