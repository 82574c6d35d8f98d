//! What a call between two components cannot be faster than: a message and its answer on the same server, and a call
//! by a program that keeps its client.

use crate::{ms, spread};
use async_nats::{Client, HeaderMap};
use futures::StreamExt as _;
use std::time::{Duration, Instant};
use tokio::time::timeout;

/// One measure in one round.
const LENGTH: Duration = Duration::from_secs(1);
const SUBJECT: &str = "hop.floor";
/// A call that takes longer has no answer.
const ANSWER_MAX: Duration = Duration::from_secs(2);

pub(super) mod contract {
    // What the macro writes is not ours to tidy.
    wit_bindgen_wrpc::generate!({
        inline: "
            package imprint:hop@0.1.0;
            interface names { initials: func(name: string) -> string; }
            world caller { import names; }
        ",
    });
}

pub(super) struct Floors {
    near: Client,
    far: Client,
    callee: wrpc_transport_nats::Client,
    near_ms: Vec<f64>,
    far_ms: Vec<f64>,
    call_ms: Vec<f64>,
    lost: usize,
}

impl Floors {
    /// Somebody answers beside the one who asks, and somebody in the other region.
    pub(super) async fn start(near: &str, far: &[String]) -> Self {
        answer(near).await;
        answer(&far[1]).await;
        let (near, far) = (connect(near).await, connect(&far[0]).await);
        let callee = wrpc_transport_nats::Client::new(near.clone(), "two.callee", None).await;
        let callee = callee.unwrap_or_else(|why| panic!("{why:#}"));
        Self { near, far, callee, near_ms: Vec::new(), far_ms: Vec::new(), call_ms: Vec::new(), lost: 0 }
    }

    pub(super) async fn run(&mut self) {
        self.near_ms.extend(requests(&self.near).await);
        self.far_ms.extend(requests(&self.far).await);
        let (answered_ms, lost) = calls(&self.callee).await;
        self.call_ms.extend(answered_ms);
        self.lost += lost;
    }

    pub(super) fn print(self) {
        println!("\n| in the same rounds | p50 | p99 | times |\n|---|---|---|---|");
        for (name, all) in [
            ("an empty message and its answer, one server", self.near_ms),
            ("the same between the regions", self.far_ms),
            ("a program that keeps its client calls the callee of two hosts", self.call_ms),
        ] {
            let (count, (middle, slow)) = (all.len(), spread(all));
            println!("| {name} | {middle:.3} ms | {slow:.3} ms | {count} |");
        }
        println!("\nCalls of that program without an answer: {}.", self.lost);
    }
}

async fn connect(url: &str) -> Client {
    async_nats::connect(url).await.unwrap_or_else(|why| panic!("{url}: {why}"))
}

/// Answers over a connection of its own, as long as this process lives.
async fn answer(url: &str) {
    let nats = connect(url).await;
    let mut asked = nats.subscribe(SUBJECT).await.unwrap_or_else(|why| panic!("{why}"));
    nats.flush().await.unwrap_or_else(|why| panic!("{why}"));
    tokio::spawn(async move {
        while let Some(message) = asked.next().await {
            let Some(reply) = message.reply else { continue };
            // Whoever asked hears nothing, and says so.
            let _ = nats.publish(reply, "".into()).await;
        }
    });
}

async fn requests(nats: &Client) -> Vec<f64> {
    let (mut all, begin) = (Vec::new(), Instant::now());
    while begin.elapsed() < LENGTH {
        let began = Instant::now();
        nats.request(SUBJECT, "".into()).await.unwrap_or_else(|why| panic!("{why}"));
        all.push(ms(began.elapsed()));
    }
    all
}

/// How long each call took, and how many had no answer.
async fn calls(callee: &wrpc_transport_nats::Client) -> (Vec<f64>, usize) {
    let (mut all, mut lost, begin) = (Vec::new(), 0, Instant::now());
    while begin.elapsed() < LENGTH {
        let mut headers = HeaderMap::new();
        headers.insert("source-id", "bench");
        let began = Instant::now();
        let call = contract::imprint::hop::names::initials(callee, Some(headers), "Northwind-Coffee");
        match timeout(ANSWER_MAX, call).await {
            Ok(said) => assert_eq!(said.unwrap_or_else(|why| panic!("{why:#}")), "NC"),
            Err(_) => {
                lost += 1;
                continue;
            }
        }
        all.push(ms(began.elapsed()));
    }
    (all, lost)
}
