//! What a server of streams promises: what all backends over streams rest on.
//!
//! Each promise has a stream of its own, so that they do not meet. Deliveries without end are set aside by the queues
//! (`queues.rs`), not by the server.

use imprint_ledger::jetstream::port::{Handed, Kept, MESSAGE_ID, Post, Shape, Streams, Unstored, Word};
use std::future::ready;
use std::time::Duration;
use tokio::time::{Instant, sleep, timeout};

/// How long a lane leaves work in silent hands.
const HANDS: Duration = Duration::from_secs(1);
/// Long enough for anything that happens at all.
const LONG: Duration = Duration::from_secs(10);

/// Runs every promise.
pub async fn suite<S: Streams>(streams: &S) {
    tokio::join!(
        of_two_writers_behind_one_message_one_wins(streams),
        an_id_is_stored_once(streams),
        messages_are_read_in_their_order(streams),
        only_the_last_is_kept(streams),
        the_newest_are_kept(streams),
        what_is_deleted_is_gone(streams),
        what_is_final_stays(streams),
        what_is_done_does_not_come_back(streams),
        what_is_given_back_comes_back(streams),
        what_is_in_silent_hands_comes_back(streams),
        lanes_are_apart(streams),
        a_follower_hears_each_message_once(streams),
    );
}

fn shape<S: Streams>(streams: &S, name: &str) -> Shape {
    let name_of = streams.name(&format!("SUITE_{}", name.to_ascii_uppercase()));
    Shape { name: name_of, subjects: format!("suite.{name}.>"), ..Shape::default() }
}

async fn open<S: Streams>(streams: &S, shape: &Shape) -> S::Stream {
    streams.open(shape).await.expect("opens")
}

fn post(text: &str) -> Post {
    Post::new(text.as_bytes().to_vec())
}

async fn store<S: Streams>(streams: &S, subject: &str, text: &str) -> u64 {
    streams.post(subject, &post(text)).await.expect("stores")
}

fn texts(messages: &[Kept]) -> Vec<&str> {
    messages.iter().map(|message| std::str::from_utf8(&message.payload).expect("is text")).collect()
}

async fn moved<S: Streams>(streams: &S, subject: &str, post: &Post) {
    let answer = streams.post(subject, post).await;
    assert!(matches!(answer, Err(Unstored::Moved)), "{answer:?}");
}

async fn of_two_writers_behind_one_message_one_wins<S: Streams>(streams: &S) {
    open(streams, &shape(streams, "behind")).await;
    let first = streams.post("suite.behind.a", &post("1").behind(0)).await.expect("is the first");
    moved(streams, "suite.behind.a", &post("x").behind(0)).await;
    moved(streams, "suite.behind.a", &post("x").behind(first + 1)).await;
    // Each subject has an end of its own.
    store(streams, "suite.behind.b", "2").await;
    let (one, two) = (post("3").behind(first), post("4").behind(first));
    let (one, two) = tokio::join!(streams.post("suite.behind.a", &one), streams.post("suite.behind.a", &two));
    assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
    assert!(matches!(one.err().or(two.err()), Some(Unstored::Moved)));
    moved(streams, "suite.behind.c", &post("x").behind(first)).await;
}

async fn an_id_is_stored_once<S: Streams>(streams: &S) {
    let stream = open(streams, &shape(streams, "once")).await;
    let first = streams.post("suite.once.a", &post("1").id("one")).await.expect("stores");
    let again = streams.post("suite.once.a", &post("other").id("one")).await.expect("is known");
    assert_eq!(again, first);
    // Also on another subject.
    assert_eq!(streams.post("suite.once.b", &post("1").id("one")).await.expect("is known"), first);
    // The end of the subject is compared first: whoever sends once more has to look whether it was theirs.
    moved(streams, "suite.once.a", &post("1").id("one").behind(0)).await;
    let other = streams.post("suite.once.a", &post("2").id("two").behind(first)).await.expect("is another");
    assert!(other > first);
    let stored = streams.batch(&stream, "suite.once.a", 1, 10).await.expect("reads").messages;
    assert_eq!(texts(&stored), ["1", "2"]);
    assert_eq!(stored[0].header(MESSAGE_ID), Some("one"));
}

async fn messages_are_read_in_their_order<S: Streams>(streams: &S) {
    let stream = open(streams, &shape(streams, "order")).await;
    let last = |subject: &'static str| streams.last(&stream, subject);
    assert_eq!(last("suite.order.a").await.expect("answers"), None);
    let mut sequences = Vec::new();
    for text in ["1", "2", "3"] {
        let headed = post(text).header("Imprint-Entries", text.to_owned());
        sequences.push(streams.post("suite.order.a", &headed).await.expect("stores"));
        store(streams, "suite.order.b", "other").await;
    }
    let all = streams.batch(&stream, "suite.order.a", 1, 10).await.expect("reads");
    assert_eq!((texts(&all.messages), all.more), (vec!["1", "2", "3"], false));
    assert_eq!(all.messages[1].header("Imprint-Entries"), Some("2"));
    let some = streams.batch(&stream, "suite.order.a", sequences[0] + 1, 1).await.expect("reads");
    assert_eq!((texts(&some.messages), some.more), (vec!["2"], true));
    let next = streams.next(&stream, "suite.order.a", sequences[1] + 1).await.expect("answers");
    assert_eq!(next.map(|message| message.sequence), Some(sequences[2]));
    assert_eq!(streams.next(&stream, "suite.order.a", sequences[2] + 1).await.expect("answers"), None);
    // A server may add headers of its own to what it reads in a batch.
    let same = |one: &Kept, other: &Kept| (one.sequence, &one.payload) == (other.sequence, &other.payload);
    let end = last("suite.order.a").await.expect("answers").expect("is there");
    assert!(same(&end, &all.messages[2]), "{end:?}");
    let first = streams.get(&stream, sequences[0]).await.expect("answers").expect("is there");
    assert!(same(&first, &all.messages[0]), "{first:?}");
    let mut counts = streams.counts(&stream, "suite.order.>").await.expect("counts");
    counts.sort();
    assert_eq!(counts, [("suite.order.a".to_owned(), 3), ("suite.order.b".to_owned(), 3)]);
}

async fn only_the_last_is_kept<S: Streams>(streams: &S) {
    let shape = Shape { newest: 1, ..shape(streams, "last") };
    let stream = open(streams, &shape).await;
    let first = store(streams, "suite.last.a", "1").await;
    store(streams, "suite.last.b", "other").await;
    // What compare-and-swap of values is made of.
    let second = streams.post("suite.last.a", &post("2").behind(first)).await.expect("is behind the first");
    moved(streams, "suite.last.a", &post("3").behind(first)).await;
    let all = streams.batch(&stream, "suite.last.>", 1, 10).await.expect("reads").messages;
    assert_eq!(texts(&all), ["other", "2"]);
    assert_eq!(streams.get(&stream, first).await.expect("answers"), None);
    streams.delete(&stream, second).await.expect("deletes");
    streams.post("suite.last.a", &post("4").behind(0)).await.expect("is the first again");
}

async fn the_newest_are_kept<S: Streams>(streams: &S) {
    let shape = Shape { newest: 2, ..shape(streams, "newest") };
    let stream = open(streams, &shape).await;
    for text in ["1", "2", "3"] {
        store(streams, "suite.newest.a", text).await;
    }
    let all = streams.batch(&stream, "suite.newest.a", 1, 10).await.expect("reads").messages;
    assert_eq!(texts(&all), ["2", "3"]);
}

async fn what_is_deleted_is_gone<S: Streams>(streams: &S) {
    let stream = open(streams, &shape(streams, "gone")).await;
    assert!(streams.may_delete(&stream));
    let first = store(streams, "suite.gone.a", "1").await;
    let second = store(streams, "suite.gone.a", "2").await;
    store(streams, "suite.gone.b", "other").await;
    streams.delete(&stream, first).await.expect("deletes");
    assert!(streams.delete(&stream, first).await.is_err(), "there is no such message");
    let left = streams.batch(&stream, "suite.gone.a", 1, 10).await.expect("reads").messages;
    assert_eq!(texts(&left), ["2"]);
    for _ in 0..2 {
        streams.purge(&stream, "suite.gone.a", None).await.expect("purges");
    }
    assert_eq!(streams.last(&stream, "suite.gone.a").await.expect("answers"), None);
    assert!(streams.last(&stream, "suite.gone.b").await.expect("answers").is_some());
    let third = streams.post("suite.gone.a", &post("3").behind(0)).await.expect("is the first again");
    assert!(third > second, "a sequence never comes twice");
    let fourth = store(streams, "suite.gone.a", "4").await;
    streams.purge(&stream, "suite.gone.a", Some(third)).await.expect("purges");
    let left = streams.batch(&stream, "suite.gone.a", 1, 10).await.expect("reads").messages;
    assert_eq!(texts(&left), ["4"]);
    assert_eq!(
        streams.last(&stream, "suite.gone.a").await.expect("answers").map(|it| it.sequence),
        Some(fourth)
    );
}

async fn what_is_final_stays<S: Streams>(streams: &S) {
    let stream = open(streams, &Shape { is_final: true, ..shape(streams, "final") }).await;
    assert!(!streams.may_delete(&stream));
    let first = store(streams, "suite.final.a", "1").await;
    assert!(streams.delete(&stream, first).await.is_err());
    assert!(streams.get(&stream, first).await.expect("answers").is_some());
}

async fn lane<S: Streams>(streams: &S, name: &str) -> (S::Stream, [S::Lane; 1]) {
    let stream = open(streams, &Shape { is_work: true, ..shape(streams, name) }).await;
    let lane = streams.lane(&stream, "lane", &format!("suite.{name}.a"), HANDS).await.expect("opens");
    (stream, [lane])
}

async fn take<S: Streams>(streams: &S, lanes: &[S::Lane]) -> Handed<S::Token> {
    let end = Instant::now() + LONG;
    while Instant::now() < end {
        if let Some(handed) = streams.pull(lanes, Some(HANDS)).await.expect("answers") {
            return handed;
        }
    }
    panic!("nothing comes");
}

async fn nothing<S: Streams>(streams: &S, lanes: &[S::Lane]) {
    let handed = streams.pull(lanes, None).await.expect("answers");
    assert!(handed.is_none(), "unexpected: {:?}", handed.map(|handed| handed.sequence));
}

async fn what_is_done_does_not_come_back<S: Streams>(streams: &S) {
    let (stream, lanes) = lane(streams, "done").await;
    nothing(streams, &lanes).await;
    for text in ["1", "2"] {
        store(streams, "suite.done.a", text).await;
    }
    for text in ["1", "2"] {
        let handed = take(streams, &lanes).await;
        assert_eq!((handed.payload.as_slice(), handed.deliveries), (text.as_bytes(), 1));
        streams.say(&handed.token, Word::Done).await.expect("is heard");
        assert_eq!(streams.get(&stream, handed.sequence).await.expect("answers"), None, "work done is gone");
    }
    sleep(HANDS + HANDS / 4).await;
    nothing(streams, &lanes).await;
}

async fn what_is_given_back_comes_back<S: Streams>(streams: &S) {
    let (_, lanes) = lane(streams, "back").await;
    store(streams, "suite.back.a", "1").await;
    let handed = take(streams, &lanes).await;
    let began = Instant::now();
    streams.say(&handed.token, Word::Again(Some(HANDS / 2))).await.expect("is said");
    nothing(streams, &lanes).await;
    let handed = take(streams, &lanes).await;
    assert!(began.elapsed() + HANDS / 10 >= HANDS / 2, "came back after {:?}", began.elapsed());
    assert_eq!(handed.deliveries, 2);
    streams.say(&handed.token, Word::Again(None)).await.expect("is said");
    let handed = take(streams, &lanes).await;
    assert_eq!(handed.deliveries, 3);
    streams.say(&handed.token, Word::Done).await.expect("is heard");
}

async fn what_is_in_silent_hands_comes_back<S: Streams>(streams: &S) {
    let (_, lanes) = lane(streams, "silent").await;
    store(streams, "suite.silent.a", "1").await;
    let held = take(streams, &lanes).await;
    for _ in 0..4 {
        sleep(HANDS / 2).await;
        streams.say(&held.token, Word::Working).await.expect("is said");
        nothing(streams, &lanes).await;
    }
    let began = Instant::now();
    let again = take(streams, &lanes).await;
    assert!(began.elapsed() + HANDS / 4 >= HANDS, "came back after {:?}", began.elapsed());
    assert_eq!((again.sequence, again.deliveries), (held.sequence, 2));
    // Whoever held it first may still say that it is done.
    streams.say(&held.token, Word::Done).await.expect("is heard");
    sleep(HANDS + HANDS / 4).await;
    nothing(streams, &lanes).await;
}

async fn lanes_are_apart<S: Streams>(streams: &S) {
    let (stream, lanes) = lane(streams, "apart").await;
    let other = [streams.lane(&stream, "other", "suite.apart.b", HANDS).await.expect("opens")];
    let same = [streams.lane(&stream, "lane", "suite.apart.a", HANDS).await.expect("is there")];
    store(streams, "suite.apart.b", "b").await;
    nothing(streams, &lanes).await;
    store(streams, "suite.apart.a", "a").await;
    let handed = take(streams, &same).await;
    assert_eq!(handed.payload, b"a");
    nothing(streams, &lanes).await;
    streams.say(&handed.token, Word::Done).await.expect("is heard");
    let [lane] = lanes;
    let both = [lane, other[0].clone()];
    let handed = take(streams, &both).await;
    assert_eq!((handed.subject.as_str(), handed.payload.as_slice()), ("suite.apart.b", b"b".as_slice()));
    streams.say(&handed.token, Word::Done).await.expect("is heard");
}

async fn a_follower_hears_each_message_once<S: Streams>(streams: &S) {
    let stream = open(streams, &shape(streams, "follow")).await;
    for text in ["1", "2", "3"] {
        store(streams, "suite.follow.a", text).await;
    }
    let (mut last, mut heard) = (1, Vec::new());
    let writing = async {
        sleep(HANDS / 2).await;
        store(streams, "suite.follow.b", "4").await;
        sleep(HANDS / 2).await;
    };
    let following = streams.follow(&stream, "suite.follow.>", &mut last, |message| {
        heard.push(String::from_utf8(message.payload).expect("is text"));
        ready(Ok(()))
    });
    let (_, ()) = tokio::join!(timeout(HANDS * 2, following), writing);
    assert_eq!(heard, ["2", "3", "4"]);
    assert_eq!(last, 4);
}
