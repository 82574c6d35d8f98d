//! Every blob store runs the suite; folders and streams also survive what only they meet.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use async_nats::jetstream;
use core_brand::BlobRef;
use core_brand::fault::Code;
use imprint_blobs::{Blobs, Collect, FolderBlobs, GRACE, MemoryBlobs, NatsBlobs};
use imprint_conformance::blobs;
use imprint_servers::{NatsServer, nats_server};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

#[tokio::test]
async fn memory_blobs() {
    blobs::suite(&MemoryBlobs::default()).await;
}

#[tokio::test]
async fn folder_blobs() {
    let folder = tempfile::tempdir().unwrap();
    blobs::suite(&FolderBlobs::open(folder.path()).unwrap()).await;
}

#[tokio::test]
async fn nats_blobs() {
    let Some(server) = nats_server() else { return };
    blobs::suite(&open(&server).await).await;
    // The same again without what the first one remembers.
    let fresh = open(&server).await;
    for space in ["acme", "acme/br_us-east-1_abc", "largest"] {
        for content in fresh.list(space).await.unwrap() {
            assert_eq!(BlobRef::of(&fresh.get(space, &content).await.unwrap()), content);
        }
    }
}

async fn open(server: &NatsServer) -> NatsBlobs {
    let nats = async_nats::connect(server.url()).await.unwrap();
    NatsBlobs::open(nats, &BTreeMap::new()).await.unwrap()
}

#[tokio::test]
async fn a_changed_blob_is_not_given_out() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = FolderBlobs::open(folder.path()).unwrap();
    let content = blobs.put("acme/b1", b"right".to_vec()).await.unwrap();
    let path = folder.path().join("acme/b1").join(&content.sha256[..2]).join(&content.sha256);
    OpenOptions::new().append(true).open(path).unwrap().write_all(b"!").unwrap();
    assert!(blobs.get("acme/b1", &content).await.unwrap_err().is(Code::Storage));
}

#[tokio::test]
async fn a_changed_piece_is_not_given_out() {
    let Some(server) = nats_server() else { return };
    let writer = open(&server).await;
    let content = writer.put("acme/b1", b"right".to_vec()).await.unwrap();
    let jetstream = jetstream::new(async_nats::connect(server.url()).await.unwrap());
    let subject = format!("imprint.blobs.acme.b1.{}.{}.0", content.sha256, content.bytes);
    jetstream.publish(subject, "wrong".into()).await.unwrap().await.unwrap();
    let why = open(&server).await.get("acme/b1", &content).await.unwrap_err();
    assert!(why.is(Code::Storage), "{why}");
}

/// A server that dies forgets that a message gave way to a newer one, so none may have to.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_removed_stays_away_when_the_server_dies() {
    let Some(mut server) = nats_server() else { return };
    let blobs = open(&server).await;
    let large = vec![7; 600_000];
    for text in [&large[..], b"small", b"kept"] {
        for _ in 0..3 {
            blobs.put("acme/b1", text.to_vec()).await.unwrap();
        }
    }
    for text in [&large[..], b"small"] {
        blobs.delete("acme/b1", &BlobRef::of(text)).await.unwrap();
    }
    tokio::task::block_in_place(|| server.restart());
    let jetstream = jetstream::new(async_nats::connect(server.url()).await.unwrap());
    let mut stream = jetstream.get_stream("IMPRINT_BLOBS").await.unwrap();
    assert_eq!(stream.info().await.unwrap().state.messages, 1);
    assert_eq!(open(&server).await.list("acme/b1").await.unwrap(), [BlobRef::of(b"kept")]);
}

/// Who erases is not who serves: what one clears, no other gives out of its memory.
#[tokio::test]
async fn what_one_clears_all_forget() {
    let Some(server) = nats_server() else { return };
    let (one, other) = (open(&server).await, open(&server).await);
    let content = one.put("acme/b1", b"secret".to_vec()).await.unwrap();
    assert_eq!(other.get("acme/b1", &content).await.unwrap(), b"secret");
    assert_eq!(one.clear("acme/b1").await.unwrap(), 1);
    // The word travels; it is waited for with a bound.
    for _ in 0..200 {
        if other.get("acme/b1", &content).await.is_err_and(|why| why.is(Code::BlobMissing)) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    panic!("cleared content was given out");
}

/// An abandoned put leaves pieces without the first one: nobody sees them, and clearing removes them.
#[tokio::test]
async fn half_written_content_is_missing_and_can_be_cleared() {
    let Some(server) = nats_server() else { return };
    let blobs = open(&server).await;
    let bytes = vec![7; 600_000];
    let content = BlobRef::of(&bytes);
    let jetstream = jetstream::new(async_nats::connect(server.url()).await.unwrap());
    let subject = format!("imprint.blobs.acme.b1.{}.{}.1", content.sha256, content.bytes);
    jetstream.publish(subject, bytes[262_144..524_288].to_vec().into()).await.unwrap().await.unwrap();
    assert!(blobs.get("acme/b1", &content).await.unwrap_err().is(Code::BlobMissing));
    assert_eq!(blobs.list("acme/b1").await.unwrap(), []);
    assert_eq!(blobs.put("acme/b1", bytes.clone()).await.unwrap(), content);
    assert_eq!(open(&server).await.get("acme/b1", &content).await.unwrap(), bytes);
    blobs.clear("acme/b1").await.unwrap();
    let stream = jetstream.get_stream("IMPRINT_BLOBS").await.unwrap();
    assert_eq!(stream.get_info().await.unwrap().state.messages, 0);
}

#[tokio::test]
async fn many_put_the_same_at_once() {
    let Some(server) = nats_server() else { return };
    let blobs = Arc::new(open(&server).await);
    let bytes = vec![3; 1_000_000];
    let puts = (0..8).map(|_| {
        let (blobs, bytes) = (Arc::clone(&blobs), bytes.clone());
        tokio::spawn(async move { blobs.put("acme/b1", bytes).await.unwrap() })
    });
    for put in puts.collect::<Vec<_>>() {
        put.await.unwrap();
    }
    let content = BlobRef::of(&bytes);
    assert_eq!(blobs.list("acme/b1").await.unwrap(), std::slice::from_ref(&content));
    assert_eq!(open(&server).await.get("acme/b1", &content).await.unwrap(), bytes);
}

#[tokio::test]
async fn a_strange_stream_is_not_used() {
    let Some(server) = nats_server() else { return };
    let nats = async_nats::connect(server.url()).await.unwrap();
    let strange = jetstream::stream::Config {
        name: "IMPRINT_BLOBS".to_owned(),
        subjects: vec!["imprint.blobs.>".to_owned()],
        max_age: std::time::Duration::from_secs(60),
        ..Default::default()
    };
    jetstream::new(nats.clone()).create_stream(strange).await.unwrap();
    assert!(NatsBlobs::open(nats, &BTreeMap::new()).await.err().unwrap().is(Code::Storage));
}

fn make_old(path: &Path) {
    let file = OpenOptions::new().write(true).open(path).unwrap();
    file.set_modified(file.metadata().unwrap().modified().unwrap() - GRACE * 2).unwrap();
}

#[tokio::test]
async fn only_old_files_are_collected_and_a_put_makes_them_young() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = FolderBlobs::open(folder.path()).unwrap();
    let shelf =
        |content: &BlobRef| folder.path().join("acme/b1").join(&content.sha256[..2]).join(&content.sha256);
    let old = blobs.put("acme/b1", b"old".to_vec()).await.unwrap();
    let again = blobs.put("acme/b1", b"again".to_vec()).await.unwrap();
    make_old(&shelf(&old));
    make_old(&shelf(&again));
    let [left, under_way] = [".1-0.partial", ".1-1.partial"].map(|name| shelf(&again).with_file_name(name));
    std::fs::write(&left, b"half").unwrap();
    std::fs::write(&under_way, b"half").unwrap();
    make_old(&left);
    blobs.put("acme/b1", b"again".to_vec()).await.unwrap();
    let none = BTreeSet::new();
    let what = Collect { referenced: &none, older_than: GRACE, is_dry: false };
    assert_eq!(blobs.collect("acme/b1", &what).await.unwrap(), [old]);
    assert_eq!(blobs.list("acme/b1").await.unwrap(), [again]);
    assert!(!left.exists() && under_way.exists(), "a killed put's file goes, one under way stays");
}

/// Threads that put what is old and others that collect it: a put that has come back is not undone.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_put_into_a_folder_outlasts_collectors() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = Arc::new(FolderBlobs::open(folder.path()).unwrap());
    let collectors: Vec<_> = (0..2).map(|_| tokio::spawn(collect_often(blobs.clone()))).collect();
    let content = BlobRef::of(b"wanted");
    let path = folder.path().join("acme/b1").join(&content.sha256[..2]).join(&content.sha256);
    for _ in 0..200 {
        blobs.put("acme/b1", b"wanted".to_vec()).await.unwrap();
        assert_eq!(blobs.get("acme/b1", &content).await.unwrap(), b"wanted");
        tokio::task::yield_now().await;
        assert!(blobs.exists("acme/b1", &content).await.unwrap());
        make_old(&path);
    }
    for collector in collectors {
        collector.abort();
    }
}

async fn collect_often<B: Blobs>(blobs: Arc<B>) {
    let none = BTreeSet::new();
    let what = Collect { referenced: &none, older_than: GRACE, is_dry: false };
    loop {
        blobs.collect("acme/b1", &what).await.unwrap();
        tokio::task::yield_now().await;
    }
}

/// Age in a stream is the server's; content grows old by waiting until it is.
#[tokio::test]
async fn a_put_into_a_stream_makes_young_again() {
    let Some(server) = nats_server() else { return };
    let blobs = open(&server).await;
    let bytes = vec![5; 600_000];
    let content = blobs.put("acme/b1", bytes.clone()).await.unwrap();
    let none = BTreeSet::new();
    let old = Collect { referenced: &none, older_than: Duration::from_millis(500), is_dry: true };
    while blobs.collect("acme/b1", &old).await.unwrap().is_empty() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    blobs.put("acme/b1", bytes.clone()).await.unwrap();
    let what = Collect { is_dry: false, older_than: Duration::from_secs(60), ..old };
    assert_eq!(blobs.collect("acme/b1", &what).await.unwrap(), []);
    assert_eq!(open(&server).await.get("acme/b1", &content).await.unwrap(), bytes);
}

/// Half of a value that a killed put left is collected like a whole one, and nobody gives collected content out.
#[tokio::test]
async fn half_written_content_is_collected_and_all_forget() {
    let Some(server) = nats_server() else { return };
    let (one, other) = (open(&server).await, open(&server).await);
    let bytes = vec![7; 600_000];
    let half = BlobRef::of(&bytes);
    let jetstream = jetstream::new(async_nats::connect(server.url()).await.unwrap());
    let subject = format!("imprint.blobs.acme.b1.{}.{}.1", half.sha256, half.bytes);
    jetstream.publish(subject, bytes[262_144..524_288].to_vec().into()).await.unwrap().await.unwrap();
    let whole = one.put("acme/b1", b"whole".to_vec()).await.unwrap();
    other.get("acme/b1", &whole).await.unwrap();
    let none = BTreeSet::new();
    let all = Collect { referenced: &none, older_than: Duration::ZERO, is_dry: false };
    let mut want = vec![half, whole.clone()];
    want.sort();
    assert_eq!(one.collect("acme/b1", &all).await.unwrap(), want);
    let stream = jetstream.get_stream("IMPRINT_BLOBS").await.unwrap();
    assert_eq!(stream.get_info().await.unwrap().state.messages, 0);
    for _ in 0..200 {
        if other.get("acme/b1", &whole).await.is_err_and(|why| why.is(Code::BlobMissing)) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("collected content was given out");
}

/// Many put while many collect: a put that has come back is not undone.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_put_into_a_stream_outlasts_collectors() {
    let Some(server) = nats_server() else { return };
    let blobs = Arc::new(open(&server).await);
    let collector = tokio::spawn({
        let blobs = blobs.clone();
        async move {
            let none = BTreeSet::new();
            let what = Collect { referenced: &none, older_than: Duration::from_millis(300), is_dry: false };
            let mut collected = 0;
            while collected < 3 {
                collected += blobs.collect("acme/b1", &what).await.unwrap().len();
            }
        }
    });
    let bytes = vec![6; 600_000];
    let content = BlobRef::of(&bytes);
    let mut pauses = (0..).map(|number| Duration::from_millis(250 + number * 17 % 100));
    while !collector.is_finished() {
        blobs.put("acme/b1", bytes.clone()).await.unwrap();
        // Read anew, within the grace.
        assert_eq!(open(&server).await.get("acme/b1", &content).await.unwrap(), bytes);
        tokio::time::sleep(pauses.next().unwrap()).await;
    }
    collector.await.unwrap();
}
