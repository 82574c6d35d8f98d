//! What every ledger promises.

use core_brand::Blame;
use core_brand::fault::Code;
use imprint_ledger::{ENTRY_BYTES_MAX, Ledger, READ_ENTRIES_MAX, read_all};

/// Runs every promise.
pub async fn suite<L: Ledger>(ledger: &L) {
    an_empty_journal_reads_empty(ledger).await;
    entries_come_back_in_order(ledger).await;
    a_wrong_expectation_changes_nothing(ledger).await;
    a_batch_is_whole(ledger).await;
    journals_are_apart(ledger).await;
    long_journals_are_read_in_turns(ledger).await;
    strange_subjects_and_large_entries_are_refused(ledger).await;
}

fn bytes(text: &str) -> Vec<u8> {
    text.as_bytes().to_vec()
}

async fn an_empty_journal_reads_empty<L: Ledger>(ledger: &L) {
    assert!(ledger.read("empty", 0).await.expect("reads").is_empty());
}

async fn entries_come_back_in_order<L: Ledger>(ledger: &L) {
    let end = ledger.append("order", 0, vec![bytes("a\nb"), bytes("")]).await.expect("appends");
    assert_eq!(end, 2);
    assert_eq!(ledger.append("order", 2, vec![vec![0, 255, 10]]).await.expect("appends"), 3);
    let all = ledger.read("order", 0).await.expect("reads");
    assert_eq!(all, vec![bytes("a\nb"), bytes(""), vec![0, 255, 10]]);
    assert_eq!(ledger.read("order", 2).await.expect("reads"), vec![vec![0, 255, 10]]);
    assert!(ledger.read("order", 9).await.expect("reads").is_empty());
}

async fn a_wrong_expectation_changes_nothing<L: Ledger>(ledger: &L) {
    ledger.append("conflict", 0, vec![bytes("first")]).await.expect("appends");
    for wrong in [0, 2, u64::MAX] {
        let fault = ledger.append("conflict", wrong, vec![bytes("second")]).await.expect_err("refused");
        assert!(fault.is(Code::Conflict), "{fault:?}");
        assert_eq!(fault.blame, Blame::Busy);
    }
    assert_eq!(ledger.read("conflict", 0).await.expect("reads"), vec![bytes("first")]);
}

async fn a_batch_is_whole<L: Ledger>(ledger: &L) {
    let large = vec![7; ENTRY_BYTES_MAX + 1];
    assert!(ledger.append("batch", 0, vec![bytes("small"), large]).await.is_err());
    assert!(ledger.read("batch", 0).await.expect("reads").is_empty());
}

async fn journals_are_apart<L: Ledger>(ledger: &L) {
    ledger.append("one", 0, vec![bytes("1")]).await.expect("appends");
    ledger.append("two", 0, vec![bytes("2")]).await.expect("appends");
    assert_eq!(ledger.read("one", 0).await.expect("reads"), vec![bytes("1")]);
}

async fn long_journals_are_read_in_turns<L: Ledger>(ledger: &L) {
    let entries: Vec<_> = (0..READ_ENTRIES_MAX + 7).map(|number| bytes(&number.to_string())).collect();
    ledger.append("long", 0, entries.clone()).await.expect("appends");
    assert_eq!(ledger.read("long", 0).await.expect("reads").len(), READ_ENTRIES_MAX);
    assert_eq!(read_all(ledger, "long").await.expect("reads"), entries);
}

async fn strange_subjects_and_large_entries_are_refused<L: Ledger>(ledger: &L) {
    for subject in ["", "..", "a/b", "a b", "é", ".hidden"] {
        assert!(ledger.append(subject, 0, vec![bytes("x")]).await.is_err(), "{subject:?}");
        assert!(ledger.read(subject, 0).await.is_err(), "{subject:?}");
    }
}
