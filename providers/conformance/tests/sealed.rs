//! Ledgers that seal their entries: in memory, and over a real server whose disk is looked at.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use core_brand::fault::Code;
use core_saga::{Event, Outcome, Status};
use imprint_conformance::sealed::{self, home, telling, tells, write};
use imprint_conformance::{ledger, values};
use imprint_ledger::jobs::{Asker, Jobs, Submission};
use imprint_ledger::journal::{Home, Stamp, entry_of, previous_of};
use imprint_ledger::verify::verify;
use imprint_ledger::{
    Bus, JetStreamLedger, JetStreamValues, LatticeLedger, Ledger, MemoryLedger, MemoryValues, Sealed, Values,
    read_all,
};
use imprint_servers::{NatsServer, nats_server};
use std::fs;
use std::path::{Path, PathBuf};

/// The one stream that says what a brand is called; it forgets, and its README says so.
const PUBLIC: &str = "generation-progress-stream";

async fn bus(server: &NatsServer) -> Bus {
    Bus::new(async_nats::connect(server.url()).await.unwrap(), "IMPRINT", 1)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}

/// The files of a server that hold something, without those of the public stream.
fn files_with(server: &NatsServer, is_in: impl Fn(&[u8]) -> bool) -> Vec<PathBuf> {
    let mut files = files(server.folder());
    // A file that goes away while we look holds nothing.
    files.retain(|path| {
        !path.to_string_lossy().contains(PUBLIC) && fs::read(path).is_ok_and(|bytes| is_in(&bytes))
    });
    files
}

#[tokio::test]
async fn memory_sealed() {
    let sealed = Sealed::new(MemoryLedger::default(), MemoryValues::default());
    ledger::suite(&sealed).await;
    sealed::suite(&sealed).await;
}

#[tokio::test]
async fn jetstream_sealed() {
    let Some(server) = nats_server() else { return };
    let bus = bus(&server).await;
    let sealed = LatticeLedger::open(&bus).await.unwrap();
    ledger::suite(&sealed).await;
    sealed::suite(&sealed).await;
    values::suite(&JetStreamValues::keys(&bus).await.unwrap()).await;
    assert_eq!(files_with(&server, tells), Vec::<PathBuf>::new());
}

fn asker() -> Asker {
    Asker { tenant: "sealed".to_owned(), traceparent: String::new(), now_ms: 5 }
}

fn submission() -> Submission {
    let id = format!("br_us-east-1_{:0>26}", 1);
    let home = Home::new("us-east-1", "sealed", &id);
    let first = home.entry(0, &previous_of(&[]), &telling()[0], Stamp::default()).unwrap();
    Submission { id, home_region: "us-east-1".to_owned(), first }
}

/// A whole life of a brand; after it nothing is left that anybody could read.
#[tokio::test(flavor = "multi_thread")]
async fn a_brand_is_forgotten() {
    let Some(mut server) = nats_server() else { return };
    let bus = bus(&server).await;
    let jobs = Jobs::start(&bus, || 5).await.unwrap();
    let one = submission();
    let home = Home::new("us-east-1", "sealed", &one.id);
    assert!(jobs.submit(&asker(), vec![one.clone()]).await.unwrap()[0].fresh);
    let again = jobs.submit(&asker(), vec![one.clone()]).await.unwrap().remove(0);
    assert_eq!((again.fresh, again.first), (false, one.first.clone()), "byte for byte");
    let runner = LatticeLedger::open(&bus).await.unwrap();
    write(&runner, &home, &telling()[1]).await;
    write(&runner, &home, &Event::Ended { outcome: Outcome::Failed }).await;
    let view = jobs.view(&asker(), &one.id).await.unwrap().unwrap();
    assert!(view.request.unwrap().to_string().contains(sealed::SECRET), "its owner reads it");
    let keys = JetStreamValues::keys(&bus).await.unwrap();
    let name = format!("key.sealed.{}", one.id);
    let (_, key) = keys.get(&name).await.unwrap().unwrap();
    let has_key = |bytes: &[u8]| bytes.windows(key.len()).any(|window| window == key);
    assert_eq!(files_with(&server, tells), Vec::<PathBuf>::new());
    assert_eq!(files_with(&server, has_key).len(), 1, "the test would see it");

    jobs.erase(&asker(), &one.id).await.unwrap().unwrap();
    runner.shred(&home.subject()).await.unwrap();
    write(&runner, &home, &Event::Erased).await;
    assert_eq!(files_with(&server, has_key), Vec::<PathBuf>::new(), "overwritten, not only forgotten");
    let fault = jobs.submit(&asker(), vec![one.clone()]).await.unwrap_err();
    assert!(fault.is(Code::BrandErased), "{fault:?}");
    drop(jobs);

    // The same after a start of everything, from what is stored.
    tokio::task::block_in_place(|| server.restart());
    let bus = self::bus(&server).await;
    assert_eq!(files_with(&server, has_key), Vec::<PathBuf>::new());
    let jobs = Jobs::start(&bus, || 5).await.unwrap();
    jobs.ready().await;
    let view = jobs.view(&asker(), &one.id).await.unwrap().unwrap();
    assert_eq!((view.status, view.sequence, view.request), (Status::Erased, 5, None));
    assert!(jobs.submit(&asker(), vec![one]).await.unwrap_err().is(Code::BrandErased));
    let fresh = LatticeLedger::open(&bus).await.unwrap();
    let stored = read_all(&fresh, &home.subject()).await.unwrap();
    let sealed: Vec<bool> = stored.iter().map(|bytes| entry_of(bytes).unwrap().1.is_none()).collect();
    assert_eq!(sealed, [true, true, false, false, false]);
    // Also to somebody who does not know that it was forgotten.
    assert_eq!(fresh.unseal(&home.subject(), 0, &stored[..2]).await.unwrap(), stored[..2]);
    assert!(verify(&fresh, &[home.subject()]).await.unwrap().is_whole());
}

#[tokio::test]
async fn a_key_that_a_kill_left_is_used_and_of_two_one_wins() {
    let Some(server) = nats_server() else { return };
    let bus = bus(&server).await;
    let home = home("killed");
    let subject = home.subject();
    let entry = home.entry(0, &previous_of(&[]), &telling()[0], Stamp::default()).unwrap();
    let killed = LatticeLedger::open(&bus).await.unwrap();
    killed.seal(&home.subject(), 0, entry.clone()).await.unwrap();
    drop(killed);
    let (one, two) = (LatticeLedger::open(&bus).await.unwrap(), LatticeLedger::open(&bus).await.unwrap());
    let appended = tokio::join!(
        one.append(&subject, 0, vec![entry.clone()]),
        two.append(&subject, 0, vec![entry.clone()])
    );
    assert!(appended.0.is_ok() != appended.1.is_ok(), "{appended:?}");
    for ledger in [&one, &two, &LatticeLedger::open(&bus).await.unwrap()] {
        let stored = read_all(ledger, &home.subject()).await.unwrap();
        let opened = ledger.unseal(&home.subject(), 0, &stored).await.unwrap();
        assert_eq!(opened, std::slice::from_ref(&entry));
    }
    // Many who begin at once make one key.
    let other = sealed::home("crowd");
    let crowd = other.subject();
    let entry = other.entry(0, &previous_of(&[]), &telling()[0], Stamp::default()).unwrap();
    let (a, b) = tokio::join!(one.seal(&crowd, 0, entry.clone()), two.seal(&crowd, 0, entry.clone()));
    let fresh = LatticeLedger::open(&bus).await.unwrap();
    for sealed in [a.unwrap(), b.unwrap()] {
        fresh.unseal(&other.subject(), 0, &[sealed]).await.unwrap();
    }
}

#[tokio::test]
async fn a_destruction_that_was_broken_off_is_finished() {
    let Some(server) = nats_server() else { return };
    let bus = bus(&server).await;
    let home = home("broken-off");
    let ledger = LatticeLedger::open(&bus).await.unwrap();
    let stored = write(&ledger, &home, &telling()[0]).await;
    // Overwritten, and then killed before it was said.
    let stream =
        async_nats::jetstream::new(bus.client().clone()).get_stream("KV_IMPRINT_KEYS").await.unwrap();
    let last =
        stream.get_last_raw_message_by_subject("$KV.IMPRINT_KEYS.key.sealed.broken-off").await.unwrap();
    stream.delete_message(last.sequence).await.unwrap();
    let fresh = LatticeLedger::open(&bus).await.unwrap();
    let fault = fresh.unseal(&home.subject(), 0, &stored).await.unwrap_err();
    assert!(fault.is(Code::Storage) && fault.message.contains("key.sealed.broken-off"), "{fault:?}");
    fresh.shred(&home.subject()).await.unwrap();
    assert_eq!(
        LatticeLedger::open(&bus).await.unwrap().unseal(&home.subject(), 0, &stored).await.unwrap(),
        stored
    );
}

#[tokio::test]
async fn another_key_opens_nothing() {
    let Some(server) = nats_server() else { return };
    let bus = bus(&server).await;
    let stored = write(&LatticeLedger::open(&bus).await.unwrap(), &home("mine"), &telling()[0]).await;
    let keys = JetStreamValues::keys(&bus).await.unwrap();
    let wrong = [vec![1], vec![7; 32]].concat();
    keys.put("key.sealed.mine", None, wrong).await.unwrap();
    let fresh = LatticeLedger::open(&bus).await.unwrap();
    let fault = fresh.unseal(&home("mine").subject(), 0, &stored).await.unwrap_err();
    assert!(fault.is(Code::Tampered), "{fault:?}");
}

#[tokio::test]
async fn a_journal_from_before_there_were_keys_goes_on() {
    let Some(server) = nats_server() else { return };
    let bus = bus(&server).await;
    let home = home("old");
    write(&JetStreamLedger::open(&bus).await.unwrap(), &home, &telling()[0]).await;
    let ledger = LatticeLedger::open(&bus).await.unwrap();
    let stored = write(&ledger, &home, &telling()[1]).await;
    assert_eq!(stored.iter().map(|bytes| tells(bytes)).collect::<Vec<_>>(), [true, false]);
    let opened = ledger.unseal(&home.subject(), 0, &stored).await.unwrap();
    let events: Vec<_> = opened.iter().map(|bytes| entry_of(bytes).unwrap().1.unwrap()).collect();
    assert_eq!(events, telling());
    assert!(verify(&ledger, &[home.subject()]).await.unwrap().is_whole());
}
