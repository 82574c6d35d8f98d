//! Timers of every backend; those on JetStream also over killed servers and from several processes.

use async_nats::jetstream;
use imprint_conformance::timers::{HandClock, nothing, suite, take};
use imprint_ledger::timers::{CLAIM_MS, Due};
use imprint_ledger::{Bus, JetStreamTimers, MemoryTimers, Timers};
use imprint_servers::{NatsServer, nats_server};
use std::collections::BTreeSet;
use std::time::Duration;

async fn open(server: &NatsServer, clock: &HandClock) -> JetStreamTimers {
    let bus = Bus::new(async_nats::connect(server.url()).await.expect("works"), "IMPRINT", 1);
    JetStreamTimers::open(&bus, clock.clock()).await.expect("works")
}

#[tokio::test]
async fn memory() {
    let clock = HandClock::default();
    suite(&MemoryTimers::new(clock.clock()), &clock).await;
}

#[tokio::test]
async fn jetstream() {
    let Some(server) = nats_server() else { return };
    let clock = HandClock::default();
    suite(&open(&server, &clock).await, &clock).await;
}

/// Set by one process, due for another, and nothing of it lost on the way: the server is killed before and after.
#[tokio::test(flavor = "multi_thread")]
async fn timers_outlive_servers_and_processes() {
    let Some(mut server) = nats_server() else { return };
    let clock = HandClock::default();
    let first = open(&server, &clock).await;
    let ids: BTreeSet<String> = (0..20).map(|number| format!("t{number}")).collect();
    for id in &ids {
        first.set(id, clock.now_ms() + 1000, id.clone().into_bytes()).await.unwrap();
    }
    tokio::task::block_in_place(|| server.restart());
    clock.pass(1000);
    // Taken, and never said to be done.
    drop(take(&first).await);
    drop(first);
    tokio::task::block_in_place(|| server.restart());
    let second = open(&server, &clock).await;
    let mut seen = BTreeSet::new();
    for _ in 0..19 {
        let due = take(&second).await;
        assert_eq!(due.payload(), due.id().as_bytes());
        seen.insert(due.id().to_owned());
        due.done().await.unwrap();
    }
    nothing(&second).await;
    clock.pass(CLAIM_MS);
    let due = take(&second).await;
    seen.insert(due.id().to_owned());
    due.done().await.unwrap();
    assert_eq!(seen, ids);
    clock.pass(CLAIM_MS);
    nothing(&second).await;
    // What follows a killed server is heard of as well.
    second.set("after", clock.now_ms(), Vec::new()).await.unwrap();
    take(&second).await.done().await.unwrap();
}

/// A server that dies forgets that a message gave way to a newer one, so none may have to.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_done_stays_done_when_the_server_dies() {
    let Some(mut server) = nats_server() else { return };
    let clock = HandClock::default();
    let timers = open(&server, &clock).await;
    for number in 0..20 {
        let id = format!("t{number}");
        timers.set(&id, clock.now_ms() + 1000, Vec::new()).await.unwrap();
        timers.set(&id, clock.now_ms(), Vec::new()).await.unwrap();
    }
    for number in 10..20 {
        timers.cancel(&format!("t{number}")).await.unwrap();
    }
    for _ in 0..10 {
        take(&timers).await.done().await.unwrap();
    }
    tokio::task::block_in_place(|| server.restart());
    let jetstream = jetstream::new(async_nats::connect(server.url()).await.unwrap());
    let mut stream = jetstream.get_stream("IMPRINT_TIMERS").await.unwrap();
    assert_eq!(stream.info().await.unwrap().state.messages, 0);
}

#[tokio::test]
async fn of_two_processes_one_gets_a_timer() {
    let Some(server) = nats_server() else { return };
    let clock = HandClock::default();
    let (one, two) = (open(&server, &clock).await, open(&server, &clock).await);
    for number in 0..40 {
        one.set(&format!("t{number}"), clock.now_ms(), Vec::new()).await.unwrap();
    }
    let drain = async |timers: &JetStreamTimers| {
        let mut taken = Vec::new();
        while let Some(due) = timers.due(Duration::from_secs(2)).await.unwrap() {
            taken.push(due.id().to_owned());
            due.done().await.unwrap();
        }
        taken
    };
    let (first, second) = tokio::join!(drain(&one), drain(&two));
    assert_eq!(first.len() + second.len(), 40, "each once");
    assert_eq!(first.into_iter().chain(second).collect::<BTreeSet<_>>().len(), 40);
}
