//! Work that waits to be done: one queue per step and priority.
//!
//! The journal is the truth and the queue only a reminder: work may be handed out twice, never lost. Whoever does it looks into
//! the journal first, and what was done already is not done again.

use core_brand::Fault;
use core_saga::Priority;
use serde::{Deserialize, Serialize};
use std::future::Future;
use std::time::Duration;

/// The queue of decisions: look into the journal, and do or hand out what follows.
pub const DECIDE: &str = "decide";

/// Work that nobody renews for this long is handed to somebody else.
pub const CLAIM_MS: u64 = 4000;

/// Work that was handed out this often without an end is set aside for a person.
pub const DELIVERIES_MAX: u32 = 6;

/// Work waiting longer than this is asked for anew: a server that was restarted forgets who waits.
#[cfg(feature = "nats")]
pub(crate) const PULL: Duration = Duration::from_secs(2);

/// Longer names are none of ours.
const STEP_CHARS_MAX: usize = 40;

/// Every so many claims, low priority is asked first, so that it never starves.
const TURNS: u64 = 8;

/// Work of a tenant that holds its share is set back for this long, once.
pub(crate) const SET_BACK: Duration = Duration::from_millis(250);

/// One piece of work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Work {
    /// `decide`, or a step of the saga.
    pub step: String,
    pub priority: Priority,
    pub tenant: String,
    pub home_region: String,
    pub job_id: String,
    /// Enqueued twice within two minutes under one id, it is there once.
    pub id: String,
    pub traceparent: String,
}

/// Work set aside, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeadLetter {
    /// Names the letter in its queue.
    pub sequence: u64,
    pub work: Work,
    pub why: String,
    /// How often it was handed out.
    pub deliveries: u32,
    pub at_ms: u64,
}

impl DeadLetter {
    /// Whether there is work in it that could be done again. What nobody could read is only kept to be looked at.
    #[must_use]
    pub fn is_readable(&self) -> bool {
        !self.work.job_id.is_empty()
    }
}

/// Where work waits.
pub trait Queues: Send + Sync {
    type Claim: Claim;

    /// Puts work at the end of its queue.
    fn enqueue(&self, work: &Work) -> impl Future<Output = Result<(), Fault>> + Send;

    /// The next work of these steps, high priority first, and of one priority that of the first step; waits this long for some.
    fn claim(
        &self,
        steps: &[&str],
        wait: Duration,
    ) -> impl Future<Output = Result<Option<Self::Claim>, Fault>> + Send;

    /// How much waits or is claimed, by step and priority.
    fn depths(&self) -> impl Future<Output = Result<Vec<(String, Priority, u64)>, Fault>> + Send;

    /// What was set aside, oldest first, at most this many.
    fn dead(&self, limit: usize) -> impl Future<Output = Result<Vec<DeadLetter>, Fault>> + Send;

    /// Puts what was set aside back into its queue, once, and only then takes it away. Gives whether it was there.
    fn redrive(&self, sequence: u64) -> impl Future<Output = Result<bool, Fault>> + Send;
}

/// Work in somebody's hands. Dropped without a word, it comes back after `CLAIM_MS`.
pub trait Claim: Send + Sync + 'static {
    fn work(&self) -> &Work;

    /// 1 for the first time it is handed out.
    fn deliveries(&self) -> u32;

    /// Still at it.
    fn renew(&self) -> impl Future<Output = Result<(), Fault>> + Send;

    /// It is done, and must not come back.
    fn done(self) -> impl Future<Output = Result<(), Fault>> + Send;

    /// Later again.
    fn again(self, after: Duration) -> impl Future<Output = Result<(), Fault>> + Send;

    /// Sets it aside for a person.
    fn bury(self, why: &str) -> impl Future<Output = Result<(), Fault>> + Send;
}

/// The order in which queues are asked in this turn.
pub(crate) fn order(turn: u64) -> [Priority; 3] {
    match turn % TURNS {
        7 => [Priority::Low, Priority::High, Priority::Normal],
        _ => [Priority::High, Priority::Normal, Priority::Low],
    }
}

/// Refuses names of steps that are not one token of a subject.
pub(crate) fn check_step(step: &str) -> Result<(), Fault> {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
    match !step.is_empty() && step.len() <= STEP_CHARS_MAX && step.chars().all(is_plain) {
        true => Ok(()),
        false => Err(core_brand::broken!("`{step}` is not the name of a step")),
    }
}

/// What is written on work that was handed out too often.
pub(crate) fn worn_out(deliveries: u32) -> Option<String> {
    let is_over = deliveries > DELIVERIES_MAX;
    is_over.then(|| format!("it was handed out {DELIVERIES_MAX} times and never came to an end"))
}

/// Work set aside gets a new id when it comes back: under the old one it would be taken for a duplicate.
pub(crate) fn redriven(letter: DeadLetter) -> Work {
    Work { id: format!("{}/again-{}", letter.work.id, letter.sequence), ..letter.work }
}
