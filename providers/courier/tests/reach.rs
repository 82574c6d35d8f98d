//! Nothing inside is reached: every trick, with the real client and a listener that counts who comes.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use core_notify::{Attempt, Channel, Key};
use imprint_courier::{Carrier, Letter, Names, Outcome, Parcel, Post, Settings, To, Told};
use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

const TRICKS: &str = include_str!("../../../components/core-notify/tests/tricks.txt");
/// A secret of nobody.
const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/// Counts connections, and answers each with a redirect to itself.
struct Inside {
    port: u16,
    visits: Arc<AtomicUsize>,
}

impl Inside {
    async fn listen(answer: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let visits = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&visits);
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                counter.fetch_add(1, Ordering::SeqCst);
                let mut bytes = [0; 4096];
                // Whatever it says, it gets the same answer.
                let _ = stream.read(&mut bytes).await;
                let _ = stream.write_all(answer.as_bytes()).await;
            }
        });
        Self { port, visits }
    }

    fn visits(&self) -> usize {
        self.visits.load(Ordering::SeqCst)
    }
}

fn post(networks: &str, names: Vec<(&str, Vec<Vec<IpAddr>>)>) -> Post {
    let table: BTreeMap<_, _> = names.into_iter().map(|(name, rows)| (name.to_owned(), rows)).collect();
    let config = BTreeMap::from([("networks".to_owned(), networks.to_owned())]);
    Settings(&config).post_by(Names::Table(Mutex::new(table))).expect("a post")
}

async fn sent(post: &Post, url: &str) -> Told {
    say(post, url, Some("{}".into())).await
}

async fn say(post: &Post, url: &str, payload: Option<String>) -> Told {
    let letter = Letter { payload, ..Letter::default() };
    let to = To::Hook { url: url.into(), keys: vec![Key::read(SECRET).expect("a key")] };
    post.carry(Parcel { id: "m1".into(), channel: Channel::Webhook, at_ms: 1_000_000, letter, to }).await
}

fn is_refused(told: &Told) -> bool {
    told.outcome == Outcome::Tried(Attempt::Refused)
}

/// Every trick, as it is and with the port at which somebody listens inside.
#[tokio::test]
async fn no_trick_reaches_this_machine() {
    let inside = Inside::listen("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;
    let post = post("", Vec::new());
    let mut count = 0;
    for line in TRICKS.lines().filter(|line| !line.is_empty() && !line.starts_with("# ")) {
        let (text, _) = line.rsplit_once("  ").expect("a trick and its reason");
        // Behind the host, where there is a path.
        let ported = match text.split_once("://") {
            Some((scheme, rest)) => {
                format!("{scheme}://{}", rest.replacen('/', &format!(":{}/", inside.port), 1))
            }
            None => text.to_owned(),
        };
        for url in [text.to_owned(), ported, text.replacen("https", "http", 1)] {
            let told = sent(&post, &url).await;
            assert!(is_refused(&told), "{url}: {told:?}");
            count += 1;
        }
    }
    assert!(count >= 180, "{count} tricks");
    assert_eq!(inside.visits(), 0);
}

/// Names that lead inside: at once, beside an address outside, or only at the second look.
#[tokio::test]
async fn no_name_leads_inside() {
    let inside = Inside::listen("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;
    let outside: IpAddr = [93, 184, 216, 34].into();
    let mapped = IpAddr::V6("::ffff:127.0.0.1".parse::<Ipv6Addr>().expect("an address"));
    let inner: Vec<IpAddr> = [
        "127.0.0.1",
        "::1",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "fd00::1",
        "fe80::1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::1",
        "::127.0.0.1",
        "fd00:ec2::254",
        "224.0.0.1",
    ]
    .iter()
    .map(|text| text.parse().expect("an address"))
    .chain([mapped])
    .collect();
    for address in inner {
        for row in [vec![address], vec![outside, address], vec![address, outside]] {
            let post = post("", vec![("evil.example.com", vec![row])]);
            let told = sent(&post, &format!("https://evil.example.com:{}/", inside.port)).await;
            assert!(is_refused(&told), "{address}: {told:?}");
        }
    }
    assert_eq!(inside.visits(), 0);
}

/// A name that is fine at the first attempt and leads inside at the next: each attempt looks, and connects to what it saw.
#[tokio::test]
async fn a_name_that_changes_is_looked_at_each_time() {
    let inside = Inside::listen("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;
    let (fine, inner): (IpAddr, IpAddr) = ([127, 0, 0, 1].into(), [127, 0, 0, 2].into());
    // The network of the test is allowed as far as its first address.
    let post = post("127.0.0.1/32", vec![("turns.example.com", vec![vec![fine], vec![inner]])]);
    let url = format!("http://turns.example.com:{}/", inside.port);
    assert_eq!(sent(&post, &url).await.outcome, Outcome::Tried(answered(200)));
    for _ in 0..3 {
        assert!(is_refused(&sent(&post, &url).await));
    }
    assert_eq!(inside.visits(), 1);
}

/// A redirect is an answer like any other that is not 2xx.
#[tokio::test]
async fn redirects_are_not_followed() {
    let target = Inside::listen("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;
    let answer = format!(
        "HTTP/1.1 307 Temporary Redirect\r\nlocation: http://127.0.0.1:{}/\r\ncontent-length: 0\r\n\r\n",
        target.port
    );
    let first = Inside::listen(Box::leak(answer.into_boxed_str())).await;
    let post = post("127.0.0.0/8", Vec::new());
    let told = sent(&post, &format!("http://127.0.0.1:{}/", first.port)).await;
    assert_eq!(told.outcome, Outcome::Tried(answered(307)));
    assert_eq!((first.visits(), target.visits()), (1, 0));
}

/// Answers that never end, never begin, or are none.
#[tokio::test]
async fn strange_answers_are_no_answers_or_are_cut() {
    let endless = Inside::listen("HTTP/1.1 200 OK\r\ncontent-length: 99999999\r\n\r\nxxxx").await;
    let nonsense = Inside::listen("220 mail.example ESMTP\r\n").await;
    let post = post("127.0.0.0/8", Vec::new());
    let ask = async |port: u16| sent(&post, &format!("http://127.0.0.1:{port}/")).await.outcome;
    assert_eq!(ask(endless.port).await, Outcome::Tried(answered(200)), "the status counts");
    assert_eq!(ask(nonsense.port).await, Outcome::Tried(Attempt::Silent));
    assert_eq!(ask(1).await, Outcome::Tried(Attempt::Silent), "nobody listens");
}

#[tokio::test]
async fn what_is_too_large_or_empty_is_not_sent() {
    let inside = Inside::listen("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;
    let post = post("127.0.0.0/8", Vec::new());
    let url = format!("http://127.0.0.1:{}/", inside.port);
    for payload in [None, Some("x".repeat(core_notify::PAYLOAD_BYTES_MAX + 1))] {
        assert_eq!(say(&post, &url, payload).await.outcome, Outcome::Failed);
    }
    assert_eq!(inside.visits(), 0);
}

fn answered(status: u16) -> Attempt {
    Attempt::Answered { status, retry_after_s: None }
}
