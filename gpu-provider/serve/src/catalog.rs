//! The models of a studio, and looking for others that were added since.
//!
//! Nobody waits for the disk but who looks: what is known stays at hand.
//!
//! **Law.** What cannot be read changes nothing, and is told as no health. Tested in `tests/models.rs`.

use crate::home;
use crate::registry::{Card, Registry};
use core_brand::Fault;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Finds the models that there are now; it is given those that were there before.
pub type Look = dyn Fn(&Registry) -> Result<Registry, Fault> + Send + Sync;

pub(crate) struct Catalog {
    known: Mutex<Arc<Registry>>,
    look: Option<Box<Look>>,
    /// When it was looked for the last time, and what went wrong. Held while somebody looks.
    last: Mutex<(Option<Instant>, Result<(), Fault>)>,
    pause: Duration,
}

impl Catalog {
    /// Without a look, models stay those that there were.
    pub(crate) fn new(known: Registry, look: Option<Box<Look>>, pause: Duration) -> Self {
        Self { known: Mutex::new(Arc::new(known)), look, last: Mutex::new((None, Ok(()))), pause }
    }

    pub(crate) fn known(&self) -> Arc<Registry> {
        Arc::clone(&lock(&self.known))
    }

    /// Looks for models that came and went, unless that was done a moment ago; gives what there was before where it did.
    pub(crate) fn look(&self) -> Option<Arc<Registry>> {
        let look = self.look.as_ref()?;
        let mut last = lock(&self.last);
        if last.0.is_some_and(|at| at.elapsed() < self.pause) {
            return None;
        }
        let before = self.known();
        let done = look(&before).map(|found| *lock(&self.known) = Arc::new(found));
        *last = (Some(Instant::now()), done);
        Some(before)
    }

    /// How the last look ended.
    pub(crate) fn is_readable(&self) -> Result<(), Fault> {
        lock(&self.last).1.clone()
    }
}

fn lock<T>(held: &Mutex<T>) -> MutexGuard<'_, T> {
    held.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The models of a folder, painted as `here` says, under the aliases that there were. A folder that is gone with every model
/// that it had cannot be read: it is a disk that is not there.
pub fn look_in(
    root: &Path,
    before: &Registry,
    here: impl FnOnce(Vec<Card>) -> Vec<Card>,
) -> Result<Registry, Fault> {
    if before.has_files()
        && let Err(why) = std::fs::read_dir(root)
    {
        return Err(home::unread(root, &why));
    }
    let (cards, extras) = home::cards_and_extras(root)?;
    before.with_models(here(cards), extras).map_err(|why| home::folder_fault(root, &why))
}
