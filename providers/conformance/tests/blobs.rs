//! Every blob store runs the suite; folders and streams also survive what only they meet.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use async_nats::jetstream;
use core_brand::BlobRef;
use core_brand::fault::Code;
use imprint_blobs::{Blobs, FolderBlobs, MemoryBlobs, NatsBlobs};
use imprint_conformance::server::NatsServer;
use imprint_conformance::{blobs, nats_server};
use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::io::Write;
use std::sync::Arc;

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
