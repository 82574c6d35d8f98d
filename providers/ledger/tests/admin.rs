//! `imprint-ledger` as a process: what it prints, and how it ends.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use core_saga::{Event, Priority};
use imprint_ledger::copy::{compare, follow};
use imprint_ledger::journal::{Home, Stamp, event_of, previous_of};
use imprint_ledger::queue::{Claim, Queues, Work};
use imprint_ledger::{Bus, FolderLedger, JetStreamLedger, JetStreamQueues, LatticeLedger, Ledger, read_all};
use imprint_servers::{NatsServer, nats_server};
use serde_json::Value;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

const PROGRAM: &str = env!("CARGO_BIN_EXE_imprint-ledger");
const SOON: Duration = Duration::from_secs(5);
const PAUSE: Duration = Duration::from_millis(20);

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
    queues.claim(&[step], SOON).await.unwrap().unwrap().bury("a test").await.unwrap();
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

/// Writes events behind what is there.
async fn write(ledger: &JetStreamLedger, name: &str, events: &[Event]) {
    let home = Home::new("us-east-1", "acme", name);
    let mut stored = read_all(ledger, &home.subject()).await.unwrap();
    for event in events {
        let place = stored.len() as u64;
        let entry = home.entry(place, &previous_of(&stored), event, Stamp::default()).unwrap();
        ledger.append(&home.subject(), place, vec![entry.clone()]).await.unwrap();
        stored.push(entry);
    }
}

/// A server that forgot all journals.
async fn forget(bus: &Bus) -> JetStreamLedger {
    async_nats::jetstream::new(bus.client().clone()).delete_stream("IMPRINT_JOURNAL").await.unwrap();
    JetStreamLedger::open(bus).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_lost_is_brought_back_from_the_copy() {
    let Some(server) = nats_server() else { return };
    let (url, bus) = (server.url(), bus(&server).await);
    let folder = tempfile::tempdir().unwrap();
    let copied = folder.path().join("copy").display().to_string();
    let ask = |words: &str| {
        let said = ask(Some(&url), &words.replace("COPY", &copied));
        (said.code, said.out, said.err)
    };
    let ledger = JetStreamLedger::open(&bus).await.unwrap();
    let all = [Event::CancelRequested, Event::EraseRequested, Event::Erased];
    for name in ["cut", "gone", "other"] {
        write(&ledger, name, &all).await;
    }
    assert_eq!(ask("mend --from COPY").0, Some(2), "there is no copy yet");
    assert_eq!(ask("copy --to COPY").1, "3 journals were looked at, 9 entries were copied.\n");
    assert_eq!(ask("copy --to COPY").1, "3 journals were looked at, 0 entries were copied.\n");
    assert_eq!(ask("verify --copy COPY --servers").0, Some(0));

    let ledger = forget(&bus).await;
    write(&ledger, "cut", &all[..1]).await;
    write(&ledger, "other", &all[1..]).await;
    let (code, out, _) = ask("verify");
    assert!(
        code == Some(0) && out.contains("every chain holds"),
        "a shorter chain is right in itself: {out}"
    );
    let lacks = [
        "acme.brand.cut: ends behind 1, its copy behind 3",
        "acme.brand.gone: ends behind 0, its copy behind 3",
        "acme.brand.other: entry 1 is not that of its copy",
    ];
    for words in ["verify --copy COPY", "copy --to COPY"] {
        let (code, out, _) = ask(words);
        assert!(code == Some(1) && lacks.iter().all(|lack| out.contains(lack)), "{words}: {out}");
    }
    let (code, out, _) = ask("mend --from COPY");
    assert!(
        code == Some(1) && out.contains("5 entries were brought back") && out.contains(lacks[2]),
        "{out}"
    );
    let json: Value = serde_json::from_str(&ask("verify --copy COPY --json").1).unwrap();
    assert_eq!((&json["whole"], json["lacks"].as_array().unwrap().len()), (&false.into(), 1));
    assert_eq!(json["lacks"][0]["sequence"], 1);
    let copy = FolderLedger::open(&folder.path().join("copy")).unwrap();
    for name in ["cut", "gone"] {
        let subject = Home::new("us-east-1", "acme", name).subject();
        let (there, kept) =
            (read_all(&ledger, &subject).await.unwrap(), read_all(&copy, &subject).await.unwrap());
        assert!(there == kept && there.len() == 3, "{name}");
    }
}

/// With both copies a brand is read again after everything was lost, and not when its key is destroyed.
#[tokio::test(flavor = "multi_thread")]
async fn keys_come_back_from_a_copy_of_their_own() {
    let Some(server) = nats_server() else { return };
    let (url, bus) = (server.url(), bus(&server).await);
    let folder = tempfile::tempdir().unwrap();
    let [copied, keys] = ["copy", "keys"].map(|name| folder.path().join(name).display().to_string());
    let ask = |words: &str| {
        let said = ask(Some(&url), &words.replace("COPY", &copied).replace("KEYS", &keys));
        (said.code, said.out, said.err)
    };
    let ledger = LatticeLedger::open(&bus).await.unwrap();
    let homes = ['a', 'b'].map(|letter| {
        Home::new("us-east-1", "acme", &format!("br_us-east-1_{}", letter.to_string().repeat(26)))
    });
    let event = Event::StepFailed { step: "logo".into(), code: "x".into(), message: "a secret".into() };
    for home in &homes {
        let entry = home.entry(0, &previous_of(&[]), &event, Stamp::default()).unwrap();
        ledger.append(&home.subject(), 0, vec![entry]).await.unwrap();
    }
    assert_eq!(ask("keys mend --from KEYS").0, Some(2), "there is no copy yet");
    assert_eq!(ask("keys copy --to KEYS").1, "2 keys were copied, 0 removed; the copy has 2.\n");
    ledger.shred(&homes[1].subject()).await.unwrap();
    assert_eq!(ask("keys copy --to KEYS").1, "0 keys were copied, 1 removed; the copy has 1.\n");
    assert_eq!(ask("copy --to COPY").0, Some(0));

    let jetstream = async_nats::jetstream::new(bus.client().clone());
    for stream in ["IMPRINT_JOURNAL", "KV_IMPRINT_KEYS"] {
        jetstream.delete_stream(stream).await.unwrap();
    }
    let ledger = LatticeLedger::open(&bus).await.unwrap();
    let (code, out, _) = ask("keys copy --to KEYS");
    assert!(code == Some(1) && out.contains("is in the copy only"), "{out}");
    assert_eq!(ask("mend --from COPY").0, Some(0));
    assert_eq!(
        ask("keys mend --from KEYS").1,
        "1 key was brought back; 0 of 1 stay away with their brands.\n"
    );
    let read = async |home: &Home| {
        let stored = read_all(&ledger, &home.subject()).await.unwrap();
        ledger.unseal(&home.subject(), 0, &stored).await.map(|opened| event_of(&opened[0]).unwrap().1)
    };
    assert_eq!(read(&homes[0]).await.unwrap(), event);
    assert!(read(&homes[1]).await.is_err(), "the key of an erased brand is in no copy");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_follows_also_behind_a_server_that_was_killed() {
    let Some(mut server) = nats_server() else { return };
    let bus = bus(&server).await;
    let folder = tempfile::tempdir().unwrap();
    let copied = Arc::new(FolderLedger::open(folder.path()).unwrap());
    let ledger = JetStreamLedger::open(&bus).await.unwrap();
    let (to, of) = (copied.clone(), JetStreamLedger::open(&bus).await.unwrap());
    let task = tokio::spawn(async move {
        loop {
            let Err(_) = follow(&of, &to, |lack| panic!("{lack:?}")).await;
            tokio::time::sleep(PAUSE).await;
        }
    });
    let subject = Home::new("us-east-1", "acme", "followed").subject();
    for turn in 1..=2 {
        write(&ledger, "followed", &[Event::CancelRequested, Event::EraseRequested]).await;
        let end = Instant::now() + Duration::from_secs(30);
        while read_all(&*copied, &subject).await.unwrap().len() < turn * 2 {
            assert!(Instant::now() < end && !task.is_finished(), "turn {turn} is not copied");
            tokio::time::sleep(PAUSE).await;
        }
        server.restart();
    }
    assert!(compare(&ledger, &copied).await.unwrap().lacks.is_empty());
    task.abort();
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
    let claim = queues.claim(&["logo"], SOON).await.unwrap().unwrap();
    assert_eq!(claim.work().job_id, "br_1");
    claim.done().await.unwrap();
    let said = ask(Some(&url), &format!("dead redrive {}", first["id"]));
    assert!(said.code == Some(2) && said.err.contains("There is no letter"), "{said:?}");
    assert_eq!(ask(Some(&url), "dead redrive --all --step logo").out, "1 letter was put back.\n");
    assert_eq!(queues.dead(10).await.unwrap().len(), 1);
    assert_eq!(ask(Some(&url), "dead redrive --all").out, "1 letter was put back.\n");
    for (step, id) in [("logo", "br_3"), ("design", "br_2")] {
        let claim = queues.claim(&[step], SOON).await.unwrap().unwrap();
        assert_eq!(claim.work().job_id, id);
        claim.done().await.unwrap();
        assert!(queues.claim(&[step], Duration::ZERO).await.unwrap().is_none(), "once");
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
    assert!(queues.claim(&["design"], Duration::from_secs(1)).await.unwrap().is_none());
    assert_eq!(ask(Some(&url), "dead redrive --all").out, "0 letters were put back.\n");
    let said = ask(Some(&url), "dead redrive 1");
    assert!(said.code == Some(1) && said.err.contains("no work that could be read"), "{said:?}");
    assert_eq!(queues.dead(10).await.unwrap().len(), 1);
}

/// Processes are replaced one after the other, and older ones get the work that newer ones enqueue.
#[test]
fn work_in_which_the_next_version_says_more_is_read() {
    let work = work("logo", 1);
    let mut newer = serde_json::to_value(&work).unwrap();
    newer["said_later"] = serde_json::json!([1]);
    assert_eq!(serde_json::from_value::<Work>(newer).unwrap(), work);
}
