//! How full the queues are, for whoever scales by them.

use core_saga::Priority;
use imprint_ledger::queue::{DECIDE, Queues};
use imprint_telemetry::{Kind, Meter, Tally};
use std::sync::Arc;
use std::time::Duration;

const DEPTH: Meter = Meter {
    name: "imprint_queue_depth",
    help: "Work that waits or is claimed, by step and priority.",
    kind: Kind::Gauge,
};
const DEAD: Meter = Meter {
    name: "imprint_dead_letters",
    help: "Work that was set aside for a person; counted up to 1000.",
    kind: Kind::Gauge,
};

/// How often queues are measured: often enough for whoever scales by them.
const MEASURE: Duration = Duration::from_secs(5);

/// More dead letters say nothing that so many do not say.
const DEAD_MAX: usize = 1000;

const PRIORITIES: [Priority; 3] = [Priority::High, Priority::Normal, Priority::Low];

/// Measures the queues again and again, until it is dropped.
pub(crate) async fn measure<Q: Queues>(queues: Arc<Q>, meters: Tally) {
    loop {
        // Queues that are away are said by whoever works on them.
        if let Ok(depths) = queues.depths().await {
            tell(&meters, &depths);
        }
        if let Ok(dead) = queues.dead(DEAD_MAX).await {
            meters.set(&DEAD, &[], number(dead.len() as u64));
        }
        tokio::time::sleep(MEASURE).await;
    }
}

/// A queue that is empty says so.
fn tell(meters: &Tally, depths: &[(String, Priority, u64)]) {
    for step in std::iter::once(DECIDE).chain(core_saga::STEPS_PAINTED.iter().map(|row| row.name)) {
        for priority in PRIORITIES {
            let found = depths.iter().find(|(of, with, _)| of == step && *with == priority);
            let depth = number(found.map_or(0, |(_, _, count)| *count));
            meters.set(&DEPTH, &[("step", step), ("priority", priority.as_str())], depth);
        }
    }
}

/// Exact up to 2⁵³, which no queue holds.
fn number(count: u64) -> f64 {
    count as f64
}
