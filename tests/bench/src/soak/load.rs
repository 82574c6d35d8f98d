//! People who begin brands and read them, and what they saw.

use crate::ms;
use imprint_harness::{Lattice, PATIENCE};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::{Scope, sleep};
use std::time::{Duration, Instant};

/// Each begins a brand, waits for its end, and for so long.
const MAKERS: usize = 2;
const PAUSE: Duration = Duration::from_secs(6);
/// Every so many brands one is whole: all concepts of a brief that nobody made simple.
const WHOLE_EVERY: usize = 10;
/// A read comes so often.
const READ_EVERY: Duration = Duration::from_millis(250);

pub(super) struct Load<'a> {
    lattice: &'a Lattice,
    began: Instant,
    numbers: AtomicUsize,
    seen: Mutex<Seen>,
}

#[derive(Default)]
pub(super) struct Seen {
    pub(super) begun: usize,
    /// When a brand of one concept was begun, and what it took.
    pub(super) ends: Vec<(Duration, f64)>,
    /// Whole brands that were completed.
    pub(super) ends_of_whole: usize,
    /// What did not end as completed, as it was told.
    pub(super) others: Vec<Value>,
    pub(super) reads: Vec<(Duration, f64)>,
    /// Reads that were answered with something else.
    pub(super) unread: usize,
}

impl<'a> Load<'a> {
    pub(super) fn new(lattice: &'a Lattice) -> Self {
        Self { lattice, began: Instant::now(), numbers: AtomicUsize::new(0), seen: Mutex::default() }
    }

    pub(super) fn start<'scope>(&'scope self, scope: &'scope Scope<'scope, '_>, is_over: &'scope AtomicBool) {
        for _ in 0..MAKERS {
            scope.spawn(|| self.make(is_over));
        }
        scope.spawn(|| self.read(is_over));
    }

    pub(super) fn end(self) -> Seen {
        self.seen.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn make(&self, is_over: &AtomicBool) {
        while !is_over.load(Ordering::Relaxed) {
            let number = self.numbers.fetch_add(1, Ordering::Relaxed);
            let is_whole = number.is_multiple_of(WHOLE_EVERY);
            // A seed of its own for each: a brief that was made already is not made again.
            let mut brief = json!({ "company_name": "Northwind Coffee", "industry": "coffee", "seed": number.to_string() });
            if !is_whole {
                brief["complexity"] = json!("simple");
                brief["concepts"] = json!(1);
            }
            let (at, began) = (self.began.elapsed(), Instant::now());
            let id = self.lattice.begin_patiently(&format!("soak-{number}"), &brief);
            self.seen().begun += 1;
            let job = self.lattice.end_patiently(&id, PATIENCE);
            let mut seen = self.seen();
            match job["status"].as_str() {
                Some("completed") if is_whole => seen.ends_of_whole += 1,
                Some("completed") => seen.ends.push((at, ms(began.elapsed()))),
                _ => seen.others.push(job),
            }
            drop(seen);
            sleep(PAUSE);
        }
    }

    fn read(&self, is_over: &AtomicBool) {
        let paths = ["/healthz", "/api/v1/brands?limit=10", "/problems", "/openapi.json"];
        for path in paths.iter().cycle().take_while(|_| !is_over.load(Ordering::Relaxed)) {
            let (at, began) = (self.began.elapsed(), Instant::now());
            let answer = self.lattice.ask("GET", path, &[], b"");
            let mut seen = self.seen();
            match answer.status {
                200 => seen.reads.push((at, ms(began.elapsed()))),
                _ => seen.unread += 1,
            }
            drop(seen);
            sleep(READ_EVERY);
        }
    }
}
