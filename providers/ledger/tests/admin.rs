//! `imprint-ledger` as a process: what it prints, and how it ends.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use core_saga::{Event, Priority};
use imprint_ledger::journal::{Home, Stamp, previous_of};
use imprint_ledger::queue::{Claim, Queues, Work};
use imprint_ledger::{Bus, JetStreamLedger, JetStreamQueues, Ledger};
use imprint_servers::{NatsServer, nats_server};
use serde_json::Value;
use std::process::Command;
use std::time::Duration;

const PROGRAM: &str = env!("CARGO_BIN_EXE_imprint-ledger");
const SOON: Duration = Duration::from_secs(5);

/// How it ended, and what it printed.
#[derive(Debug)]
struct Said {
    code: Option<i32>,
    out: String,
    err: String,
}

fn ask(nats: Option<&str>, words: &str) -> Said {
    let mut command = Command::new(PROGRAM);
    command.args(words.split_whitespace()).env_remove("IMPRINT_NATS_URL");
    if let Some(nats) = nats {
        command.env("IMPRINT_NATS_URL", nats);
    }
    let output = command.output().unwrap();
    let [out, err] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    Said { code: output.status.code(), out, err }
}

async fn bus(server: &NatsServer) -> Bus {
    Bus::new(async_nats::connect(server.url()).await.unwrap(), "IMPRINT", 1)
}

fn work(step: &str, number: usize) -> Work {
    Work {
        step: step.to_owned(),
        priority: Priority::Normal,
        tenant: "acme".to_owned(),
        home_region: "us-east-1".to_owned(),
        job_id: format!("br_{number}"),
        id: format!("br_{number}/{step}"),
        traceparent: String::new(),
    }
}

async fn bury(queues: &JetStreamQueues, step: &str, number: usize) {
    queues.enqueue(&work(step, number)).await.unwrap();
    queues.claim(step, SOON).await.unwrap().unwrap().bury("a test").await.unwrap();
}

#[test]
fn without_a_platform_it_says_what_to_do() {
    let cases = [(None, "verify", "imprint up"), (Some("nats://127.0.0.1:1"), "dead list", "127.0.0.1:1")];
    for (nats, words, told) in cases {
        let said = ask(nats, words);
        assert!(said.code == Some(2) && said.err.contains(told) && said.out.is_empty(), "{said:?}");
    }
    for words in ["dead redrive", "dead redrive 1 --all", "dead redrive 1 --step logo", "verify 1", ""] {
        assert_eq!(ask(None, words).code, Some(2), "{words}");
    }
    let help = ask(None, "dead redrive --help");
    assert!(help.code == Some(0) && help.out.contains("imprint ledger dead redrive"), "{help:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_without_a_ledger_stays_without_one() {
    let Some(server) = nats_server() else { return };
    let said = ask(Some(&server.url()), "verify");
    assert!(said.code == Some(2) && said.err.contains("no ledger `IMPRINT`"), "{said:?}");
    assert!(!bus(&server).await.has_ledger().await.unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forged_entry_is_found() {
    let Some(server) = nats_server() else { return };
    let url = server.url();
    let bus = bus(&server).await;
    let ledger = JetStreamLedger::open(&bus).await.unwrap();
    let mut subjects = Vec::new();
    for name in ["good", "forged", "strange"] {
        let home = Home::new("us-east-1", "acme", name);
        let mut stored: Vec<Vec<u8>> = Vec::new();
        for event in [Event::CancelRequested, Event::EraseRequested, Event::Erased] {
            let place = stored.len() as u64;
            let entry = home.entry(place, &previous_of(&stored), &event, Stamp::default()).unwrap();
            ledger.append(&home.subject(), place, vec![entry.clone()]).await.unwrap();
            stored.push(entry);
        }
        subjects.push(home.subject());
    }
    let said = ask(Some(&url), "verify");
    assert_eq!(
        (said.code, said.out.as_str()),
        (Some(0), "3 journals and 9 entries were read; every chain holds.\n")
    );
    // By hand, behind the back of every ledger: one like ours, one that is nothing at all.
    let home = Home::new("us-east-1", "acme", "forged");
    let entry = home.entry(3, &previous_of(&[]), &Event::Erased, Stamp::default()).unwrap();
    let payload = [(entry.len() as u32).to_be_bytes().to_vec(), entry].concat();
    let mut headers = async_nats::HeaderMap::new();
    headers.insert("Imprint-Entries", "4");
    let jetstream = async_nats::jetstream::new(bus.client().clone());
    jetstream
        .publish_with_headers(subjects[1].clone(), headers, payload.into())
        .await
        .unwrap()
        .await
        .unwrap();
    jetstream.publish(subjects[2].clone(), "nothing".into()).await.unwrap().await.unwrap();
    let said = ask(Some(&url), "verify --json");
    let report: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!((said.code, &report["whole"], &report["journals"]), (Some(1), &false.into(), &3.into()));
    let breaks: Vec<_> =
        report["breaks"].as_array().unwrap().iter().map(|one| (&one["job_id"], &one["sequence"])).collect();
    assert_eq!(breaks, [(&"forged".into(), &4.into()), (&"strange".into(), &4.into())]);
    let said = ask(None, &format!("verify --nats {url}"));
    assert!(said.code == Some(1) && said.out.contains("brand.forged: entry 4"), "{said:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn letters_are_shown_and_put_back() {
    let Some(server) = nats_server() else { return };
    let url = server.url();
    let bus = bus(&server).await;
    JetStreamLedger::open(&bus).await.unwrap();
    let queues = JetStreamQueues::open(&bus).await.unwrap();
    assert_eq!(ask(Some(&url), "dead list").out, "Nothing was set aside.\n");
    for (step, number) in [("logo", 1), ("design", 2), ("logo", 3)] {
        bury(&queues, step, number).await;
    }
    let all: Value = serde_json::from_str(&ask(Some(&url), "dead list --json").out).unwrap();
    assert_eq!(all.as_array().unwrap().len(), 3);
    let first = &all[0];
    assert_eq!(
        [&first["step"], &first["tenant"], &first["job_id"], &first["why"]],
        ["logo", "acme", "br_1", "a test"]
    );
    assert_eq!((&first["deliveries"], &first["readable"]), (&1.into(), &true.into()));
    let shown = ask(Some(&url), "dead list --step design").out;
    assert!(
        shown.contains("br_2") && shown.contains("handed out 1 time: a test") && shown.lines().count() == 1,
        "{shown}"
    );

    let said = ask(Some(&url), &format!("dead redrive {}", first["id"]));
    assert_eq!(said.code, Some(0), "{said:?}");
    let claim = queues.claim("logo", SOON).await.unwrap().unwrap();
    assert_eq!(claim.work().job_id, "br_1");
    claim.done().await.unwrap();
    let said = ask(Some(&url), &format!("dead redrive {}", first["id"]));
    assert!(said.code == Some(2) && said.err.contains("There is no letter"), "{said:?}");
    assert_eq!(ask(Some(&url), "dead redrive --all --step logo").out, "1 letter was put back.\n");
    assert_eq!(queues.dead(10).await.unwrap().len(), 1);
    assert_eq!(ask(Some(&url), "dead redrive --all").out, "1 letter was put back.\n");
    for (step, id) in [("logo", "br_3"), ("design", "br_2")] {
        let claim = queues.claim(step, SOON).await.unwrap().unwrap();
        assert_eq!(claim.work().job_id, id);
        claim.done().await.unwrap();
        assert!(queues.claim(step, Duration::ZERO).await.unwrap().is_none(), "once");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_can_read_is_kept_and_not_put_back() {
    let Some(server) = nats_server() else { return };
    let (url, bus) = (server.url(), bus(&server).await);
    JetStreamLedger::open(&bus).await.unwrap();
    let queues = JetStreamQueues::open(&bus).await.unwrap();
    bus.client().publish("imprint.work.design.low", "no work".into()).await.unwrap();
    bus.client().flush().await.unwrap();
    assert!(queues.claim("design", Duration::from_secs(1)).await.unwrap().is_none());
    assert_eq!(ask(Some(&url), "dead redrive --all").out, "0 letters were put back.\n");
    let said = ask(Some(&url), "dead redrive 1");
    assert!(said.code == Some(1) && said.err.contains("no work that could be read"), "{said:?}");
    assert_eq!(queues.dead(10).await.unwrap().len(), 1);
}
