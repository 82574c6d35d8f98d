//! The backends on JetStream against a real server, which is also killed.

use core_brand::fault::Code;
use imprint_conformance::{ledger, queues, streams, values};
use imprint_ledger::queue::{Claim, Queues, Work};
use imprint_ledger::verify::{Break, verify};
use imprint_ledger::{Bus, JetStreamLedger, JetStreamQueues, JetStreamValues, Ledger, Values, read_all};
use imprint_servers::{NatsServer, nats_server};
use std::sync::Arc;
use std::time::{Duration, Instant};

const SUBJECT: &str = "imprint.v1.us-east-1.suite.brand.kill";

async fn bus(server: &NatsServer) -> Bus {
    Bus::new(async_nats::connect(server.url()).await.expect("works"), "IMPRINT", 1)
}

#[tokio::test]
async fn jetstream_streams() {
    let Some(server) = nats_server() else { return };
    streams::suite(&bus(&server).await).await;
}

#[tokio::test]
async fn jetstream_ledger() {
    let Some(server) = nats_server() else { return };
    ledger::suite(&JetStreamLedger::open(&bus(&server).await).await.unwrap()).await;
}

#[tokio::test]
async fn jetstream_queues() {
    let Some(server) = nats_server() else { return };
    let claim = Duration::from_secs(1);
    queues::suite(&JetStreamQueues::with_claim(&bus(&server).await, claim).await.unwrap(), claim).await;
}

#[tokio::test]
async fn jetstream_values() {
    let Some(server) = nats_server() else { return };
    values::suite(&JetStreamValues::open(&bus(&server).await).await.unwrap()).await;
}

#[tokio::test]
async fn two_processes_fence_each_other() {
    let Some(server) = nats_server() else { return };
    let one = JetStreamLedger::open(&bus(&server).await).await.unwrap();
    let two = JetStreamLedger::open(&bus(&server).await).await.unwrap();
    assert_eq!(one.append(SUBJECT, 0, vec![b"a".to_vec(), b"b".to_vec()]).await.unwrap(), 2);
    // Two never heard of the journal, then knows an old end of it.
    assert!(two.append(SUBJECT, 0, vec![b"x".to_vec()]).await.unwrap_err().is(Code::Conflict));
    assert_eq!(one.append(SUBJECT, 2, vec![b"c".to_vec()]).await.unwrap(), 3);
    assert!(two.append(SUBJECT, 2, vec![b"x".to_vec()]).await.unwrap_err().is(Code::Conflict));
    assert_eq!(two.append(SUBJECT, 3, vec![b"d".to_vec()]).await.unwrap(), 4);
    assert_eq!(one.append(SUBJECT, 4, vec![b"e".to_vec()]).await.unwrap(), 5);
    assert_eq!(read_all(&two, SUBJECT).await.unwrap().concat(), b"abcde");
    assert_eq!(two.read(SUBJECT, 5).await.unwrap(), Vec::<Vec<u8>>::new());
    assert_eq!(two.read(SUBJECT, 3).await.unwrap().concat(), b"de");
}

#[tokio::test]
async fn a_long_journal_is_read_fast() {
    let Some(server) = nats_server() else { return };
    let ledger = JetStreamLedger::open(&bus(&server).await).await.unwrap();
    for end in 0..300 {
        ledger.append(SUBJECT, end, vec![vec![7; 2000]]).await.unwrap();
    }
    let fresh = JetStreamLedger::open(&bus(&server).await).await.unwrap();
    let began = Instant::now();
    assert_eq!(read_all(&fresh, SUBJECT).await.unwrap().len(), 300);
    assert!(began.elapsed() < Duration::from_millis(500), "{:?}", began.elapsed());
}

/// Killed again and again under a writer, the server still has everything it acknowledged, once.
#[tokio::test(flavor = "multi_thread")]
async fn a_killed_server_keeps_what_it_acknowledged() {
    let Some(mut server) = nats_server() else { return };
    let ledger = Arc::new(JetStreamLedger::open(&bus(&server).await).await.unwrap());
    let writer = tokio::spawn({
        let ledger = ledger.clone();
        async move {
            let mut acknowledged = 0_u64;
            let end = Instant::now() + Duration::from_secs(6);
            while Instant::now() < end {
                // Without an answer the write is repeated inside, under the same id; no conflict may come of it.
                let entry = acknowledged.to_string().into_bytes();
                acknowledged = ledger.append(SUBJECT, acknowledged, vec![entry]).await.unwrap();
            }
            acknowledged
        }
    });
    for _ in 0..4 {
        tokio::time::sleep(Duration::from_millis(900)).await;
        tokio::task::block_in_place(|| server.restart());
    }
    let acknowledged = writer.await.unwrap();
    assert!(acknowledged > 20, "{acknowledged}");
    tokio::task::block_in_place(|| server.restart());
    let fresh = JetStreamLedger::open(&bus(&server).await).await.unwrap();
    let stored = read_all(&fresh, SUBJECT).await.unwrap();
    let expected: Vec<_> = (0..acknowledged).map(|number| number.to_string().into_bytes()).collect();
    assert_eq!(stored, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_server_keeps_work_letters_and_values() {
    let Some(mut server) = nats_server() else { return };
    let bus = bus(&server).await;
    let queues = JetStreamQueues::with_claim(&bus, Duration::from_secs(1)).await.unwrap();
    let values = JetStreamValues::open(&bus).await.unwrap();
    let work = |id: &str| Work {
        step: "design".to_owned(),
        priority: core_saga::Priority::High,
        tenant: "acme".to_owned(),
        home_region: "us-east-1".to_owned(),
        job_id: "br_1".to_owned(),
        id: id.to_owned(),
        traceparent: String::new(),
    };
    for id in ["held", "waiting"] {
        queues.enqueue(&work(id)).await.unwrap();
    }
    let held = queues.claim(&["design"], Duration::from_secs(2)).await.unwrap().unwrap();
    assert_eq!(held.work().id, "held");
    let revision = values.put("key", None, b"kept".to_vec()).await.unwrap();
    tokio::task::block_in_place(|| server.restart());
    let mut seen = Vec::new();
    let end = Instant::now() + Duration::from_secs(20);
    while seen.len() < 2 && Instant::now() < end {
        match queues.claim(&["design"], Duration::from_secs(1)).await {
            Ok(Some(claim)) => {
                seen.push(claim.work().id.clone());
                claim.bury("a test").await.unwrap();
            }
            Ok(None) => {}
            Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
        }
    }
    seen.sort();
    assert_eq!(seen, ["held", "waiting"], "what was in hands came back, what waited was there");
    assert_eq!(values.get("key").await.unwrap(), Some((revision, b"kept".to_vec())));
    tokio::task::block_in_place(|| server.restart());
    let reopened = JetStreamQueues::open(&self::bus(&server).await).await.unwrap();
    assert_eq!(reopened.dead(10).await.unwrap().len(), 2);
}

#[tokio::test]
async fn what_cannot_be_read_is_set_aside() {
    let Some(server) = nats_server() else { return };
    let queues = JetStreamQueues::open(&bus(&server).await).await.unwrap();
    let client = async_nats::connect(server.url()).await.unwrap();
    client.publish("imprint.work.design.low", "no work".into()).await.unwrap();
    client.flush().await.unwrap();
    assert!(queues.claim(&["design"], Duration::from_secs(1)).await.unwrap().is_none());
    let letters = queues.dead(10).await.unwrap();
    assert_eq!(letters.len(), 1);
    assert!(letters[0].why.contains("no work"), "{}", letters[0].why);
    assert!(queues.depths().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_stream_that_is_another_is_refused_and_kept() {
    let Some(server) = nats_server() else { return };
    let context = async_nats::jetstream::new(async_nats::connect(server.url()).await.unwrap());
    let foreign = async_nats::jetstream::stream::Config {
        name: "IMPRINT_JOURNAL".to_owned(),
        subjects: vec!["other.>".to_owned()],
        ..Default::default()
    };
    context.create_stream(foreign).await.unwrap();
    let fault = JetStreamLedger::open(&bus(&server).await).await.err().unwrap();
    assert!(fault.is(Code::Storage), "{fault:?}");
    let config = context.get_stream("IMPRINT_JOURNAL").await.unwrap().cached_info().config.clone();
    assert_eq!(config.subjects, ["other.>"]);
}

#[tokio::test]
async fn verifying_finds_what_was_changed() {
    use core_saga::Event;
    use imprint_ledger::journal::{Home, Stamp, previous_of};
    let Some(server) = nats_server() else { return };
    let ledger = JetStreamLedger::open(&bus(&server).await).await.unwrap();
    let mut subjects = Vec::new();
    for (name, is_forged) in [("good", false), ("forged", true)] {
        let home = Home::new("us-east-1", "acme", name);
        let mut stored = Vec::new();
        for sequence in 0..3 {
            let now_ms = if is_forged && sequence == 1 { 6 } else { 5 };
            let previous = previous_of(&stored);
            let stamp = |now_ms| Stamp { now_ms, ..Stamp::default() };
            let entry = home.entry(sequence, &previous, &Event::CancelRequested, stamp(now_ms)).unwrap();
            ledger.append(&home.subject(), sequence, vec![entry]).await.unwrap();
            // The chain goes on over what would have been right.
            stored.push(home.entry(sequence, &previous, &Event::CancelRequested, stamp(5)).unwrap());
        }
        subjects.push(home.subject());
    }
    let forged = subjects[1].clone();
    subjects.sort();
    assert_eq!(ledger.subjects().await.unwrap(), subjects);
    let report = verify(&ledger, &subjects).await.unwrap();
    assert_eq!((report.journals, report.entries), (2, 6));
    assert_eq!(report.breaks, [Break { subject: forged, sequence: 3 }]);
}
