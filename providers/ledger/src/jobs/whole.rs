//! Of which jobs that have ended the files are kept in memory: of those that ended or were looked at last.
//!
//! Pure. A kit has hundreds of files, and a ledger has all jobs there ever were: without a limit files would be most of its
//! memory, and grow with every brand. Those of other jobs stand in their journals.

use std::collections::BTreeMap;

/// So many files of ended jobs are kept, of some hundreds of bytes each: hundreds of kits.
pub(super) const FILES_MAX: usize = 50_000;

/// Tenant and id.
type Key = (String, String);

#[derive(Default)]
pub(super) struct Whole {
    /// The one that nobody looked at for longest first, with its turn.
    turns: BTreeMap<u64, Key>,
    /// Its turn and its files.
    jobs: BTreeMap<Key, (u64, usize)>,
    files: usize,
    next: u64,
}

impl Whole {
    /// Somebody looks at a job, or it has ended, with so many files. Gives the jobs that are to give theirs away.
    pub(super) fn look(&mut self, key: Key, files: usize) -> Vec<Key> {
        self.forget(&key);
        self.turns.insert(self.next, key.clone());
        self.jobs.insert(key, (self.next, files));
        self.next += 1;
        self.files += files;
        let mut over = Vec::new();
        // The last one stays, however large it is: somebody is looking at it.
        while self.files > FILES_MAX && self.jobs.len() > 1 {
            let Some((_, key)) = self.turns.pop_first() else { break };
            self.files -= self.jobs.remove(&key).map_or(0, |(_, files)| files);
            over.push(key);
        }
        over
    }

    /// The job is open, or has no files any more.
    pub(super) fn forget(&mut self, key: &Key) {
        if let Some((turn, files)) = self.jobs.remove(key) {
            self.turns.remove(&turn);
            self.files -= files;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(id: &str) -> Key {
        ("acme".to_owned(), id.to_owned())
    }

    #[test]
    fn those_that_nobody_looked_at_for_longest_go_first() {
        let mut whole = Whole::default();
        let third = FILES_MAX / 3;
        for id in ["a", "b", "c"] {
            assert_eq!(whole.look(key(id), third), []);
        }
        assert_eq!(whole.look(key("a"), third), [], "looked at again, it counts once");
        assert_eq!(whole.look(key("d"), third), [key("b")]);
        whole.forget(&key("c"));
        assert_eq!(whole.look(key("e"), third), []);
        assert_eq!(whole.look(key("large"), 2 * FILES_MAX), [key("a"), key("d"), key("e")]);
        assert_eq!(whole.look(key("next"), 1), [key("large")]);
        assert_eq!((whole.jobs.len(), whole.turns.len(), whole.files), (1, 1, 1));
    }
}
