//! What the runner measures. The table in lattice/README.md says what it is good for.

use core_brand::Fault;
use core_saga::Priority;
use imprint_ledger::queue::{Claim, Queues, Work};
use imprint_telemetry::meters::SECONDS;
use imprint_telemetry::{Kind, Meter, Tally};
use std::time::Duration;

pub(crate) const ENDED: Meter = Meter {
    name: "imprint_jobs_ended_total",
    help: "Jobs whose end was written, by outcome (completed, failed, cancelled).",
    kind: Kind::Counter,
};
pub(crate) const STEP_SECONDS: Meter = Meter {
    name: "imprint_step_duration_seconds",
    help: "Time that one piece of work took when it was done, by step.",
    kind: Kind::Histogram(SECONDS),
};
pub(crate) const WORK: Meter = Meter {
    name: "imprint_work_total",
    help: "Work of the queues, by step and what became of it (claimed, redelivered, acked, again, buried).",
    kind: Kind::Counter,
};
pub(crate) const RETRIES: Meter = Meter {
    name: "imprint_retries_total",
    help: "Calls made again because the callee was busy or silent, by step.",
    kind: Kind::Counter,
};
pub(crate) const CALLS: Meter = Meter {
    name: "imprint_calls_total",
    help: "Calls of components, by callee and result (ok, fault, silent, refused).",
    kind: Kind::Counter,
};
pub(crate) const BREAKER: Meter = Meter {
    name: "imprint_breaker_state",
    help: "State of the breaker of a callee: 0 closed, 1 half open, 2 open.",
    kind: Kind::Gauge,
};
pub(crate) const WAITS: Meter = Meter {
    name: "imprint_bulkhead_waits_total",
    help: "Calls that found all places of their callee taken, by callee.",
    kind: Kind::Counter,
};
pub(crate) const ARM_REQUESTS: Meter = Meter {
    name: "imprint_arm_requests_total",
    help: "Attempts at work of jobs that a rollout has drawn, by rollout, component, version, arm, home region of the job and result (ok, error).",
    kind: Kind::Counter,
};
pub(crate) const ARM_SECONDS: Meter = Meter {
    name: "imprint_arm_seconds",
    help: "Time of those attempts that were answered well, without the wait for a place.",
    kind: Kind::Histogram(SECONDS),
};
pub(crate) const EXPOSURES: Meter = Meter {
    name: "imprint_exposures_total",
    help: "Notes of who has met a rollout, by result (new, known, lost).",
    kind: Kind::Counter,
};

pub(crate) const SHADOW: Meter = Meter {
    name: "imprint_shadow_total",
    help: "Answers of versions that are only compared, by rollout, component, version, home region of the job and result (same, differs, error, dropped).",
    kind: Kind::Counter,
};

/// Queues that are counted.
pub struct Metered<Q> {
    pub queues: Q,
    pub meters: Tally,
}

/// Work in hands that is counted.
pub struct MeteredClaim<K> {
    claim: K,
    meters: Tally,
}

impl<Q: Queues> Queues for Metered<Q> {
    type Claim = MeteredClaim<Q::Claim>;

    async fn enqueue(&self, work: &Work) -> Result<(), Fault> {
        self.queues.enqueue(work).await
    }

    async fn claim(&self, steps: &[&str], wait: Duration) -> Result<Option<Self::Claim>, Fault> {
        let claim = self.queues.claim(steps, wait).await?;
        Ok(claim.map(|claim| {
            let what = if claim.deliveries() > 1 { "redelivered" } else { "claimed" };
            self.meters.count(&WORK, &[("step", &claim.work().step), ("what", what)]);
            MeteredClaim { claim, meters: self.meters.clone() }
        }))
    }

    async fn depths(&self) -> Result<Vec<(String, Priority, u64)>, Fault> {
        self.queues.depths().await
    }

    async fn dead(&self, limit: usize) -> Result<Vec<imprint_ledger::queue::DeadLetter>, Fault> {
        self.queues.dead(limit).await
    }

    async fn redrive(&self, sequence: u64) -> Result<bool, Fault> {
        self.queues.redrive(sequence).await
    }
}

impl<K: Claim> MeteredClaim<K> {
    fn count(&self, what: &str) {
        self.meters.count(&WORK, &[("step", &self.claim.work().step), ("what", what)]);
    }
}

impl<K: Claim> Claim for MeteredClaim<K> {
    fn work(&self) -> &Work {
        self.claim.work()
    }

    fn deliveries(&self) -> u32 {
        self.claim.deliveries()
    }

    async fn renew(&self) -> Result<(), Fault> {
        self.claim.renew().await
    }

    async fn done(self) -> Result<(), Fault> {
        self.count("acked");
        self.claim.done().await
    }

    async fn again(self, after: Duration) -> Result<(), Fault> {
        self.count("again");
        self.claim.again(after).await
    }

    async fn bury(self, why: &str) -> Result<(), Fault> {
        self.count("buried");
        self.claim.bury(why).await
    }
}
