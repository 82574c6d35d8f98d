//! Who puts and who collects, in thousands of orders: what is referred to is never lost, and what is not goes.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use core_brand::BlobRef;
use imprint_blobs::{Blobs, Collect, GRACE, MemoryBlobs};
use std::cell::Cell;
use std::collections::BTreeSet;
use std::time::Duration;

const SPACE: &str = "acme/b1";
const SEEDS: u64 = 2000;
const STEPS: usize = 120;
const GRACE_MS: u64 = GRACE.as_millis() as u64;

/// What both sides keep to: less than this from the put to the reference, and no more from reading to collecting.
const HALF_MS: u64 = GRACE_MS / 2;

thread_local! {
    static NOW_MS: Cell<u64> = const { Cell::new(0) };
}

fn now_ms() -> u64 {
    NOW_MS.get()
}

/// Numbers that are the same for the same seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end
    }
}

/// A worker: has put this at this time, and has not said so yet.
type Worker = Option<(BlobRef, u64)>;

/// A collector: has read these references at this time.
type Collector = Option<(BTreeSet<String>, u64)>;

struct World {
    blobs: MemoryBlobs,
    dice: Dice,
    journal: BTreeSet<String>,
    workers: [Worker; 4],
    collectors: [Collector; 2],
    grace: Duration,
}

impl World {
    fn new(seed: u64, grace: Duration) -> Self {
        NOW_MS.set(0);
        Self {
            blobs: MemoryBlobs::new(now_ms),
            dice: Dice(seed),
            journal: BTreeSet::new(),
            workers: [const { None }; 4],
            collectors: [const { None }; 2],
            grace,
        }
    }

    async fn step(&mut self) {
        NOW_MS.set(now_ms() + self.dice.below(HALF_MS / 3));
        match self.dice.below(6) {
            0..=3 => self.work().await,
            4 => self.collect().await,
            // A step is taken back: what it made is no longer referred to.
            _ => drop(self.journal.pop_first()),
        }
    }

    /// Puts one of three values, which are often there already, or refers to what it has put; or is killed in between.
    async fn work(&mut self) {
        let which = self.dice.below(4) as usize;
        self.workers[which] = match self.workers[which].take() {
            None => {
                let value = vec![self.dice.below(3) as u8; 9];
                Some((self.blobs.put(SPACE, value).await.unwrap(), now_ms()))
            }
            Some((content, at_ms)) => {
                if now_ms() < at_ms + HALF_MS && self.dice.below(4) > 0 {
                    self.journal.insert(content.sha256);
                }
                None
            }
        };
    }

    async fn collect(&mut self) {
        let which = self.dice.below(2) as usize;
        self.collectors[which] = match self.collectors[which].take() {
            None => Some((self.journal.clone(), now_ms())),
            Some((referenced, at_ms)) => {
                if now_ms() <= at_ms + HALF_MS {
                    let what = Collect { referenced: &referenced, older_than: self.grace, is_dry: false };
                    self.blobs.collect(SPACE, &what).await.unwrap();
                }
                None
            }
        };
    }

    async fn kept(&self) -> BTreeSet<String> {
        self.blobs.list(SPACE).await.unwrap().into_iter().map(|content| content.sha256).collect()
    }
}

/// Whether this order loses something that is referred to.
async fn loses(seed: u64, grace: Duration) -> bool {
    let mut world = World::new(seed, grace);
    for _ in 0..STEPS {
        world.step().await;
        if !world.journal.is_subset(&world.kept().await) {
            return true;
        }
    }
    // What nobody refers to goes in the end.
    NOW_MS.set(now_ms() + GRACE_MS);
    let what = Collect { referenced: &world.journal, older_than: grace, is_dry: false };
    world.blobs.collect(SPACE, &what).await.unwrap();
    assert_eq!(world.kept().await, world.journal, "seed {seed}");
    false
}

#[tokio::test]
async fn what_is_referred_to_is_never_lost() {
    for seed in 0..SEEDS {
        assert!(!loses(seed, GRACE).await, "seed {seed}");
    }
}

/// The same orders do lose something where the grace is too short, so they are the right ones to try.
#[tokio::test]
async fn a_shorter_grace_loses_something() {
    for grace in [Duration::ZERO, GRACE / 2] {
        let mut lost = 0;
        for seed in 0..SEEDS {
            lost += usize::from(loses(seed, grace).await);
        }
        assert!(lost > 0, "{grace:?}");
    }
}

#[tokio::test]
async fn a_put_makes_young_again() {
    let blobs = MemoryBlobs::new(now_ms);
    let none = BTreeSet::new();
    let what = Collect { referenced: &none, older_than: GRACE, is_dry: false };
    NOW_MS.set(0);
    let content = blobs.put(SPACE, b"again".to_vec()).await.unwrap();
    NOW_MS.set(GRACE_MS);
    blobs.put(SPACE, b"again".to_vec()).await.unwrap();
    assert_eq!(blobs.collect(SPACE, &what).await.unwrap(), []);
    NOW_MS.set(2 * GRACE_MS - 1);
    assert_eq!(blobs.collect(SPACE, &what).await.unwrap(), []);
    NOW_MS.set(2 * GRACE_MS);
    assert_eq!(blobs.collect(SPACE, &what).await.unwrap(), [content]);
}
