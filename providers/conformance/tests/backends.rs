//! Every ledger runs its suite; folders also survive what only folders meet.

use core_brand::fault::Code;
use imprint_conformance::{ledger, queues, values};
use imprint_ledger::verify::{Break, verify};
use imprint_ledger::{FolderLedger, Ledger, MemoryLedger, MemoryQueues, MemoryValues};
use std::fs::{read, write};
use std::time::Duration;

#[tokio::test]
async fn memory_ledger() {
    ledger::suite(&MemoryLedger::default()).await;
}

#[tokio::test]
async fn memory_queues() {
    let claim = Duration::from_secs(1);
    queues::suite(&MemoryQueues::with_claim(|| 1, claim), claim).await;
}

#[tokio::test]
async fn memory_values() {
    values::suite(&MemoryValues::default()).await;
}

#[tokio::test]
async fn folder_ledger() {
    let folder = tempfile::tempdir().unwrap();
    ledger::suite(&FolderLedger::open(folder.path()).unwrap()).await;
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
    let subjects = ledger.subjects().unwrap();
    assert_eq!(subjects, ["job"]);
    let report = verify(&ledger, &subjects).await.unwrap();
    assert_eq!(report.breaks, [Break { subject: "job".to_owned(), sequence: 1 }]);
}
