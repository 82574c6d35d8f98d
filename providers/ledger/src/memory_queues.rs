//! Queues in memory: for one process and for tests, with the promises of the lattice.

use crate::fair::Shares;
use crate::queue::{
    CLAIM_MS, Claim, DeadLetter, Queues, SET_BACK, Work, check_step, order, redriven, worn_out,
};
use core_brand::Fault;
use core_saga::Priority;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::{Instant, sleep_until};

/// Work enqueued again under its id within this time is the same work.
const DUPLICATES: Duration = Duration::from_secs(120);

/// Queues that live as long as the process. Cheap to clone.
#[derive(Clone)]
pub struct MemoryQueues {
    shared: Arc<Shared>,
}

struct Shared {
    claim: Duration,
    now_ms: fn() -> u64,
    began: Instant,
    held: Mutex<Held>,
    arrived: Notify,
}

#[derive(Default)]
struct Held {
    last: u64,
    turn: u64,
    items: BTreeMap<u64, Item>,
    ids: BTreeMap<String, Instant>,
    dead: BTreeMap<u64, DeadLetter>,
    shares: Shares,
}

struct Item {
    work: Work,
    deliveries: u32,
    was_set_back: bool,
    hidden_until: Option<Instant>,
}

/// What a look into the queues gave.
enum Look {
    Found(MemoryClaim),
    /// Nothing before this moment, unless something arrives.
    Wait(Option<Instant>),
}

impl MemoryQueues {
    /// The clock is only for the dates of letters.
    #[must_use]
    pub fn new(now_ms: fn() -> u64) -> Self {
        Self::with_claim(now_ms, Duration::from_millis(CLAIM_MS))
    }

    /// Queues whose work comes back after another time than usual.
    #[must_use]
    pub fn with_claim(now_ms: fn() -> u64, claim: Duration) -> Self {
        let began = Instant::now();
        let shared = Shared { claim, now_ms, began, held: Mutex::default(), arrived: Notify::new() };
        Self { shared: Arc::new(shared) }
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.shared.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn look(&self, steps: &[&str]) -> Look {
        let now = Instant::now();
        let mut held = self.held();
        let lanes =
            order(held.turn).into_iter().flat_map(|priority| steps.iter().map(move |step| (step, priority)));
        for (step, priority) in lanes {
            while let Some((key, deliveries)) = held.next(step, priority, now) {
                if let Some(why) = worn_out(deliveries) {
                    held.bury(key, &why, (self.shared.now_ms)());
                } else if !held.set_back(key, now, self.now_ms())
                    && let Some(claim) = self.hand_out(&mut held, key, now)
                {
                    return Look::Found(claim);
                }
            }
        }
        let waiting = held.items.values().filter(|item| steps.contains(&item.work.step.as_str()));
        Look::Wait(waiting.filter_map(|item| item.hidden_until).min())
    }

    fn hand_out(&self, held: &mut Held, key: u64, now: Instant) -> Option<MemoryClaim> {
        held.turn += 1;
        let item = held.items.get_mut(&key)?;
        item.deliveries += 1;
        item.hidden_until = Some(now + self.shared.claim);
        let (work, deliveries) = (item.work.clone(), item.deliveries);
        held.shares.take(&work.tenant);
        Some(MemoryClaim { queues: self.clone(), key, work, deliveries })
    }

    /// The clock of the shares.
    fn now_ms(&self) -> u64 {
        u64::try_from(self.shared.began.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}

impl Held {
    /// The oldest work that nobody has, and how often it will have been handed out.
    fn next(&self, step: &str, priority: Priority, now: Instant) -> Option<(u64, u32)> {
        let is_free = |item: &Item| item.hidden_until.is_none_or(|until| until <= now);
        let fits = |item: &Item| item.work.step == step && item.work.priority == priority && is_free(item);
        let (key, item) = self.items.iter().find(|(_, item)| fits(item))?;
        Some((*key, item.deliveries + 1))
    }

    /// Whether this work has to let others pass.
    fn set_back(&mut self, key: u64, now: Instant, now_ms: u64) -> bool {
        let Some(item) = self.items.get_mut(&key) else { return false };
        let is_fresh = item.deliveries == 0 && !item.was_set_back;
        if !is_fresh || !self.shares.is_over(&item.work.tenant, now_ms) {
            return false;
        }
        item.was_set_back = true;
        item.hidden_until = Some(now + SET_BACK);
        true
    }

    fn bury(&mut self, key: u64, why: &str, at_ms: u64) {
        if let Some(item) = self.items.remove(&key) {
            self.last += 1;
            let letter = DeadLetter {
                sequence: self.last,
                work: item.work,
                why: why.to_owned(),
                deliveries: item.deliveries,
                at_ms,
            };
            self.dead.insert(self.last, letter);
        }
    }

    fn enqueue(&mut self, work: &Work, now: Instant) {
        self.ids.retain(|_, since| now.duration_since(*since) < DUPLICATES);
        if self.ids.insert(work.id.clone(), now).is_none() {
            self.last += 1;
            let item = Item { work: work.clone(), deliveries: 0, was_set_back: false, hidden_until: None };
            self.items.insert(self.last, item);
        }
    }
}

impl Queues for MemoryQueues {
    type Claim = MemoryClaim;

    async fn enqueue(&self, work: &Work) -> Result<(), Fault> {
        check_step(&work.step)?;
        self.held().enqueue(work, Instant::now());
        self.shared.arrived.notify_waiters();
        Ok(())
    }

    async fn claim(&self, steps: &[&str], wait: Duration) -> Result<Option<MemoryClaim>, Fault> {
        steps.iter().try_for_each(|step| check_step(step))?;
        let end = Instant::now() + wait;
        loop {
            let arrived = self.shared.arrived.notified();
            tokio::pin!(arrived);
            // From here on no arrival is missed.
            arrived.as_mut().enable();
            let until = match self.look(steps) {
                Look::Found(claim) => return Ok(Some(claim)),
                Look::Wait(until) => until.unwrap_or(end).min(end),
            };
            if Instant::now() >= end {
                return Ok(None);
            }
            tokio::select! {
                () = arrived => {}
                () = sleep_until(until) => {}
            }
        }
    }

    async fn depths(&self) -> Result<Vec<(String, Priority, u64)>, Fault> {
        let mut depths = BTreeMap::new();
        for item in self.held().items.values() {
            *depths.entry((item.work.step.clone(), item.work.priority)).or_default() += 1;
        }
        Ok(depths.into_iter().map(|((step, priority), count)| (step, priority, count)).collect())
    }

    async fn dead(&self, limit: usize) -> Result<Vec<DeadLetter>, Fault> {
        Ok(self.held().dead.values().take(limit).cloned().collect())
    }

    async fn redrive(&self, sequence: u64) -> Result<bool, Fault> {
        let Some(letter) = self.held().dead.get(&sequence).cloned() else { return Ok(false) };
        self.enqueue(&redriven(letter)).await?;
        Ok(self.held().dead.remove(&sequence).is_some())
    }
}

/// Work of a queue in memory, in somebody's hands.
pub struct MemoryClaim {
    queues: MemoryQueues,
    key: u64,
    work: Work,
    deliveries: u32,
}

impl MemoryClaim {
    /// Hides the work until then, unless it was handed out again meanwhile.
    fn hide(&self, until: Instant) {
        let mut held = self.queues.held();
        if let Some(item) = held.items.get_mut(&self.key).filter(|item| item.deliveries == self.deliveries) {
            item.hidden_until = Some(until);
        }
    }
}

impl Claim for MemoryClaim {
    fn work(&self) -> &Work {
        &self.work
    }

    fn deliveries(&self) -> u32 {
        self.deliveries
    }

    async fn renew(&self) -> Result<(), Fault> {
        self.hide(Instant::now() + self.queues.shared.claim);
        Ok(())
    }

    async fn done(self) -> Result<(), Fault> {
        self.queues.held().items.remove(&self.key);
        Ok(())
    }

    async fn again(self, after: Duration) -> Result<(), Fault> {
        self.hide(Instant::now() + after);
        self.queues.shared.arrived.notify_waiters();
        Ok(())
    }

    async fn bury(self, why: &str) -> Result<(), Fault> {
        let at_ms = (self.queues.shared.now_ms)();
        self.queues.held().bury(self.key, why, at_ms);
        Ok(())
    }
}

impl Drop for MemoryClaim {
    fn drop(&mut self) {
        self.queues.held().shares.give_back(&self.work.tenant);
    }
}
