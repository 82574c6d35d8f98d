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
    of_two_writers_one_wins(ledger).await;
    an_empty_append_only_compares(ledger).await;
    journals_are_apart(ledger).await;
    long_journals_are_read_in_turns(ledger).await;
    strange_subjects_and_large_entries_are_refused(ledger).await;
}

/// Backends of a lattice take journals of jobs only.
fn subject(name: &str) -> String {
    format!("imprint.v1.us-east-1.suite.brand.{name}")
}

fn bytes(text: &str) -> Vec<u8> {
    text.as_bytes().to_vec()
}

async fn an_empty_journal_reads_empty<L: Ledger>(ledger: &L) {
    assert!(ledger.read(&subject("empty"), 0).await.expect("reads").is_empty());
}

async fn entries_come_back_in_order<L: Ledger>(ledger: &L) {
    let end = ledger.append(&subject("order"), 0, vec![bytes("a\nb"), bytes("")]).await.expect("appends");
    assert_eq!(end, 2);
    assert_eq!(ledger.append(&subject("order"), 2, vec![vec![0, 255, 10]]).await.expect("appends"), 3);
    let all = ledger.read(&subject("order"), 0).await.expect("reads");
    assert_eq!(all, vec![bytes("a\nb"), bytes(""), vec![0, 255, 10]]);
    assert_eq!(ledger.read(&subject("order"), 2).await.expect("reads"), vec![vec![0, 255, 10]]);
    assert!(ledger.read(&subject("order"), 9).await.expect("reads").is_empty());
}

async fn a_wrong_expectation_changes_nothing<L: Ledger>(ledger: &L) {
    ledger.append(&subject("conflict"), 0, vec![bytes("first")]).await.expect("appends");
    for wrong in [0, 2, u64::MAX] {
        let fault =
            ledger.append(&subject("conflict"), wrong, vec![bytes("second")]).await.expect_err("refused");
        assert!(fault.is(Code::Conflict), "{fault:?}");
        assert_eq!(fault.blame, Blame::Busy);
    }
    assert_eq!(ledger.read(&subject("conflict"), 0).await.expect("reads"), vec![bytes("first")]);
}

async fn a_batch_is_whole<L: Ledger>(ledger: &L) {
    let large = vec![7; ENTRY_BYTES_MAX + 1];
    assert!(ledger.append(&subject("batch"), 0, vec![bytes("small"), large]).await.is_err());
    assert!(ledger.read(&subject("batch"), 0).await.expect("reads").is_empty());
    let largest = vec![7; ENTRY_BYTES_MAX];
    let fault = ledger.append(&subject("batch"), 0, vec![largest.clone(); 2]).await.expect_err("refused");
    assert!(fault.is(Code::BlobTooLarge), "{fault:?}");
    assert_eq!(ledger.append(&subject("batch"), 0, vec![largest]).await.expect("appends"), 1);
}

async fn of_two_writers_one_wins<L: Ledger>(ledger: &L) {
    let name = subject("race");
    for end in 0..20 {
        let write = |who: &'static str| ledger.append(&name, end, vec![bytes(who)]);
        // The same bytes from two writers are still two writes.
        let (one, two) = tokio::join!(write("same"), write("same"));
        assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
        let fault = one.err().or(two.err()).expect("one lost");
        assert!(fault.is(Code::Conflict), "{fault:?}");
    }
    assert_eq!(read_all(ledger, &name).await.expect("reads").len(), 20);
}

async fn an_empty_append_only_compares<L: Ledger>(ledger: &L) {
    assert_eq!(ledger.append(&subject("nothing"), 0, Vec::new()).await.expect("compares"), 0);
    assert!(ledger.append(&subject("nothing"), 1, Vec::new()).await.is_err());
}

async fn journals_are_apart<L: Ledger>(ledger: &L) {
    ledger.append(&subject("one"), 0, vec![bytes("1")]).await.expect("appends");
    ledger.append(&subject("two"), 0, vec![bytes("2")]).await.expect("appends");
    assert_eq!(ledger.read(&subject("one"), 0).await.expect("reads"), vec![bytes("1")]);
}

async fn long_journals_are_read_in_turns<L: Ledger>(ledger: &L) {
    let entries: Vec<_> = (0..READ_ENTRIES_MAX + 7).map(|number| bytes(&number.to_string())).collect();
    ledger.append(&subject("long"), 0, entries.clone()).await.expect("appends");
    assert_eq!(ledger.read(&subject("long"), 0).await.expect("reads").len(), READ_ENTRIES_MAX);
    assert_eq!(read_all(ledger, &subject("long")).await.expect("reads"), entries);
    for part in entries.chunks(300) {
        let end = ledger.read(&subject("parts"), 0).await.expect("reads").len() as u64;
        ledger.append(&subject("parts"), end, part.to_vec()).await.expect("appends");
    }
    for from in [0, 1, 299, 300, 301, 1000, 1006, 3] {
        let read = ledger.read(&subject("parts"), from as u64).await.expect("reads");
        assert_eq!(read, entries[from..entries.len().min(from + READ_ENTRIES_MAX)], "from {from}");
    }
    assert_eq!(read_all(ledger, &subject("parts")).await.expect("reads"), entries);
}

async fn strange_subjects_and_large_entries_are_refused<L: Ledger>(ledger: &L) {
    for subject in ["", "..", "a/b", "a b", "é", ".hidden", "a..b", "a.", "a.*", "a.>"] {
        assert!(ledger.append(subject, 0, vec![bytes("x")]).await.is_err(), "{subject:?}");
        assert!(ledger.read(subject, 0).await.is_err(), "{subject:?}");
    }
}
