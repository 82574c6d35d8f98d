//! Every backend runs its suite; folders also survive what only folders meet.

use core_brand::fault::Code;
use imprint_blobs::{Blobs, FolderBlobs, MemoryBlobs};
use imprint_conformance::{blobs, ledger};
use imprint_ledger::{FolderLedger, Ledger, MemoryLedger};
use std::fs::{OpenOptions, read, write};
use std::io::Write;

#[tokio::test]
async fn memory_ledger() {
    ledger::suite(&MemoryLedger::default()).await;
}

#[tokio::test]
async fn folder_ledger() {
    let folder = tempfile::tempdir().unwrap();
    ledger::suite(&FolderLedger::open(folder.path()).unwrap()).await;
}

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
async fn a_folder_ledger_outlives_its_process_and_a_torn_tail() {
    let folder = tempfile::tempdir().unwrap();
    FolderLedger::open(folder.path()).unwrap().append("job", 0, vec![b"one".to_vec()]).await.unwrap();
    let path = folder.path().join("job.journal");
    let whole = read(&path).unwrap();
    FolderLedger::open(folder.path()).unwrap().append("job", 1, vec![b"two".to_vec()]).await.unwrap();
    let both = read(&path).unwrap();
    for cut in whole.len()..both.len() {
        write(&path, &both[..cut]).unwrap();
        let reopened = FolderLedger::open(folder.path()).unwrap();
        assert_eq!(reopened.read("job", 0).await.unwrap(), vec![b"one".to_vec()], "cut at {cut}");
        assert_eq!(reopened.append("job", 1, vec![b"two".to_vec()]).await.unwrap(), 2, "cut at {cut}");
    }
    assert_eq!(read(&path).unwrap(), both);
}

#[tokio::test]
async fn a_changed_folder_ledger_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = FolderLedger::open(folder.path()).unwrap();
    ledger.append("job", 0, vec![b"one".to_vec()]).await.unwrap();
    ledger.append("job", 1, vec![b"two".to_vec()]).await.unwrap();
    let path = folder.path().join("job.journal");
    let mut bytes = read(&path).unwrap();
    let at = bytes.windows(3).position(|window| window == b"one").unwrap();
    bytes[at] = b'O';
    write(&path, bytes).unwrap();
    assert!(ledger.read("job", 0).await.unwrap_err().is(Code::Tampered));
}

#[tokio::test]
async fn a_changed_blob_is_not_given_out() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = FolderBlobs::open(folder.path()).unwrap();
    let content = blobs.put("acme", b"right".to_vec()).await.unwrap();
    let path = folder.path().join("acme").join(&content.sha256[..2]).join(&content.sha256);
    OpenOptions::new().append(true).open(path).unwrap().write_all(b"!").unwrap();
    assert!(blobs.get("acme", &content).await.unwrap_err().is(Code::Storage));
}
