//! What every ledger promises that seals its entries.

use core_brand::Document;
use core_brand::envelope::Envelope;
use core_brand::fault::Code;
use core_saga::{Event, Pins, Terms};
use imprint_ledger::journal::{Home, Stamp, check_chain, entry_of, event_of, previous_of};
use imprint_ledger::{Ledger, read_all};
use std::collections::BTreeMap;

/// What nobody may find in anything that is stored.
pub const SECRET: &str = "Zwickmantel and Daughters";

/// Runs every promise.
pub async fn suite<L: Ledger>(ledger: &L) {
    nothing_readable_is_stored(ledger).await;
    a_batch_is_chained_as_it_is_stored(ledger).await;
    an_entry_opens_only_where_it_stands(ledger).await;
    what_was_never_sealed_is_read(ledger).await;
    what_is_shredded_stays_sealed(ledger).await;
    what_is_to_be_forgotten_stays_sealed(ledger).await;
}

/// The journal of a job.
#[must_use]
pub fn home(name: &str) -> Home {
    Home::new("us-east-1", "sealed", name)
}

/// Events of a job that repeat its brief in every way there is.
#[must_use]
pub fn telling() -> Vec<Event> {
    let pins = Pins {
        steps_version: 1,
        components: BTreeMap::new(),
        model_variant: "stable".to_owned(),
        draws: Vec::new(),
    };
    let request = Document::working("request", &BTreeMap::from([("company_name", SECRET)]));
    let message = format!("{SECRET} cannot be drawn");
    vec![
        Event::Requested { request: request.expect("serialises"), pins, terms: Terms::default() },
        Event::StepFailed { step: "logo".to_owned(), code: "test".to_owned(), message },
    ]
}

/// Writes an event behind all others, and gives all that is stored.
pub async fn write<L: Ledger>(ledger: &L, home: &Home, event: &Event) -> Vec<Vec<u8>> {
    let subject = home.subject();
    let stored = read_all(ledger, &subject).await.expect("reads");
    let place = stored.len() as u64;
    let entry = home.entry(place, &previous_of(&stored), event, Stamp::default()).expect("serialises");
    ledger.append(&subject, place, vec![entry]).await.expect("appends");
    read_all(ledger, &subject).await.expect("reads")
}

/// Whether the secret stands in these bytes, also as the numbers that bytes are in JSON.
#[must_use]
pub fn tells(bytes: &[u8]) -> bool {
    let numbers = SECRET.bytes().map(|byte| byte.to_string()).collect::<Vec<_>>().join(",");
    let has = |text: &[u8]| bytes.windows(text.len()).any(|window| window == text);
    has(SECRET.as_bytes()) || has(numbers.as_bytes())
}

async fn nothing_readable_is_stored<L: Ledger>(ledger: &L) {
    let home = home("readable");
    let mut stored = Vec::new();
    for event in telling() {
        let clear = home.entry(0, "", &event, Stamp::default()).expect("serialises");
        assert!(tells(&clear), "the test would see it");
        stored = write(ledger, &home, &event).await;
    }
    assert!(!stored.iter().any(|bytes| tells(bytes)));
    assert!(stored.iter().all(|bytes| matches!(entry_of(bytes), Ok((_, None)))));
    check_chain(&stored).expect("is verified without a key");
    let opened = ledger.unseal(&home.subject(), 0, &stored).await.expect("opens");
    let events: Vec<_> = opened.iter().map(|bytes| event_of(bytes).expect("reads").1).collect();
    assert_eq!(events, telling());
    let last = ledger.unseal(&home.subject(), 1, &stored[1..]).await.expect("opens a part");
    assert_eq!(last, opened[1..]);
    // The same entry is never stored twice in the same bytes.
    let entry = home.entry(2, &previous_of(&stored), &telling()[1], Stamp::default()).expect("serialises");
    let one = ledger.seal(&home.subject(), 2, entry.clone()).await.expect("seals");
    let two = ledger.seal(&home.subject(), 2, entry.clone()).await.expect("seals");
    assert_ne!(one, two);
    for sealed in [one, two] {
        assert_eq!(ledger.seal(&home.subject(), 2, sealed.clone()).await.expect("is sealed"), sealed);
        let opened = ledger.unseal(&home.subject(), 2, &[sealed]).await.expect("opens");
        assert_eq!(opened, std::slice::from_ref(&entry), "byte for byte");
    }
}

async fn a_batch_is_chained_as_it_is_stored<L: Ledger>(ledger: &L) {
    let home = home("batch");
    let mut entries: Vec<Vec<u8>> = Vec::new();
    for event in telling().into_iter().chain([Event::CancelRequested]) {
        let place = entries.len() as u64;
        entries
            .push(home.entry(place, &previous_of(&entries), &event, Stamp::default()).expect("serialises"));
    }
    assert_eq!(ledger.append(&home.subject(), 0, entries).await.expect("appends"), 3);
    let stored = read_all(ledger, &home.subject()).await.expect("reads");
    check_chain(&stored).expect("is whole");
    assert!(matches!(entry_of(&stored[2]), Ok((_, Some(Event::CancelRequested)))), "says nothing of a brand");
}

async fn an_entry_opens_only_where_it_stands<L: Ledger>(ledger: &L) {
    let (here, there) = (home("here"), home("there"));
    let first = telling().remove(0);
    let stored = write(ledger, &here, &first).await.remove(0);
    write(ledger, &there, &first).await;
    let mut cases = vec![(here.subject(), 1, stored.clone()), (there.subject(), 0, stored.clone())];
    let mut envelope = Envelope::from_bytes(&stored).expect("reads");
    envelope.event_type = "brand.task.built".to_owned();
    cases.push((here.subject(), 0, envelope.to_bytes().expect("serialises")));
    // Any letter of what is sealed: the text is near the middle.
    for at in stored.len() / 2..stored.len() / 2 + 40 {
        let mut flipped = stored.clone();
        flipped[at] = if flipped[at] == b'A' { b'B' } else { b'A' };
        cases.push((here.subject(), 0, flipped));
    }
    for (subject, place, bytes) in cases {
        let fault = ledger.unseal(&subject, place, &[bytes]).await.expect_err("is refused");
        assert!(fault.is(Code::Tampered), "{fault:?}");
    }
    ledger.unseal(&here.subject(), 0, &[stored]).await.expect("opens where it stands");
}

async fn what_was_never_sealed_is_read<L: Ledger>(ledger: &L) {
    let home = home("clear");
    let clear = home.entry(0, &previous_of(&[]), &telling()[0], Stamp::default()).expect("serialises");
    let opened = ledger.unseal(&home.subject(), 0, &[clear.clone(), b"raw".to_vec()]).await.expect("reads");
    assert_eq!(opened, [clear, b"raw".to_vec()]);
}

async fn what_is_shredded_stays_sealed<L: Ledger>(ledger: &L) {
    let home = home("shredded");
    let stored = write(ledger, &home, &telling()[0]).await;
    for _ in 0..2 {
        ledger.shred(&home.subject()).await.expect("shreds");
        assert_eq!(ledger.unseal(&home.subject(), 0, &stored).await.expect("answers"), stored);
    }
    check_chain(&stored).expect("is verified without a key");
    let late = home.entry(1, &previous_of(&stored), &telling()[1], Stamp::default()).expect("serialises");
    let fault = ledger.append(&home.subject(), 1, vec![late]).await.expect_err("is too late");
    assert!(fault.is(Code::Conflict), "{fault:?}");
    write(ledger, &home, &Event::EraseRequested).await;
    let stored = write(ledger, &home, &Event::Erased).await;
    check_chain(&stored).expect("is whole");
    let opened = ledger.unseal(&home.subject(), 0, &stored).await.expect("answers");
    assert_eq!(event_of(&opened[2]).expect("is in clear").1, Event::Erased);
}

async fn what_is_to_be_forgotten_stays_sealed<L: Ledger>(ledger: &L) {
    let home = home("forgotten");
    write(ledger, &home, &telling()[0]).await;
    let stored = write(ledger, &home, &Event::EraseRequested).await;
    let opened = ledger.unseal(&home.subject(), 0, &stored).await.expect("answers");
    assert_eq!(opened, stored, "the key is there, and nobody may use it");
}
