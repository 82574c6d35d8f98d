//! The server in memory has the promises of JetStream: it runs the suites that JetStream runs.

use imprint_conformance::timers::HandClock;
use imprint_conformance::{ledger, queues, sealed, streams, timers, values};
use imprint_ledger::{Sealed, StreamLedger, StreamQueues, StreamTimers, StreamValues};
use imprint_sim::Wire;
use std::time::Duration;

#[tokio::test(start_paused = true)]
async fn streams() {
    streams::suite(&Wire::calm()).await;
}

#[tokio::test(start_paused = true)]
async fn ledger() {
    ledger::suite(&StreamLedger::open(&Wire::calm()).await.unwrap()).await;
}

#[tokio::test(start_paused = true)]
async fn sealed_ledger() {
    sealed::suite(&Sealed::<StreamLedger<Wire>, StreamValues<Wire>>::open(&Wire::calm()).await.unwrap())
        .await;
}

#[tokio::test(start_paused = true)]
async fn queues() {
    let claim = Duration::from_secs(1);
    queues::suite(&StreamQueues::with_claim(&Wire::calm(), claim).await.unwrap(), claim).await;
}

#[tokio::test(start_paused = true)]
async fn values() {
    values::suite(&StreamValues::open(&Wire::calm()).await.unwrap()).await;
}

#[tokio::test(start_paused = true)]
async fn timers() {
    let clock = HandClock::default();
    timers::suite(&StreamTimers::open(&Wire::calm(), clock.clock()).await.unwrap(), &clock).await;
}
