//! Figures of the courier: messages per second and per core, and how long the first attempt is waited for.
//!
//! `cargo run --release -p imprint-courier --example courier_figures [events [events a second]]`, with a nats-server at hand.
//! Everything is on this machine: the server, a receiver of webhooks over HTTP, the notify logic linked.

use core_saga::rfc3339;
use imprint_courier::{Asking, Native, NoBrands, Office, Post, Settings, Shelves};
use imprint_ledger::{Bus, JetStreamTimers, JetStreamValues};
use imprint_servers::NatsServer;
use imprint_servers::nats_server;
use imprint_telemetry::Tally;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinSet;

const EVENTS: usize = 3000;
/// As many endpoints as a tenant with some programs has.
const ENDPOINTS: usize = 3;
const TENANT: &str = "acme";
/// Events are heard by so many at once, as from the stream.
const HEARERS: usize = 32;
/// A machine that does not get so far is not measured.
const WAIT_MAX: Duration = Duration::from_secs(300);

#[allow(clippy::disallowed_methods, reason = "what is measured is time")]
fn now_ms() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

/// Seconds of processor time of this process.
fn cpu_s() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let ticks = stat.rsplit(") ").next().unwrap_or_default().split(' ').skip(11).take(2);
    ticks.filter_map(|text| text.parse::<f64>().ok()).sum::<f64>() / 100.0
}

/// Milliseconds from what happened to the webhook that told it.
type Waits = Arc<Mutex<Vec<u64>>>;

/// Answers 200 to everything, counts, and notes how old each is.
async fn receiver(waits: Waits) -> (u16, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let count = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&count);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let (counter, waits) = (Arc::clone(&counter), Arc::clone(&waits));
            tokio::spawn(async move {
                let mut bytes = vec![0; 16 << 10];
                // Head and body of these fit one packet of this machine.
                let length = stream.read(&mut bytes).await.unwrap_or_default();
                let text = String::from_utf8_lossy(&bytes[..length]);
                let body = text.split_once("\r\n\r\n").map_or("", |(_, body)| body);
                let body: Value = serde_json::from_str(body).unwrap_or_default();
                if let Some(at_ms) = body["data"]["at_ms"].as_u64() {
                    waits.lock().expect("nobody panics").push(now_ms().saturating_sub(at_ms));
                }
                counter.fetch_add(1, Ordering::SeqCst);
                let _ = stream
                    .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
                    .await;
            });
        }
    });
    (port, count)
}

type LatticeOffice = Office<JetStreamValues, JetStreamTimers, Native, Post, NoBrands>;

/// An office over this server, with endpoints at this port.
async fn open(server: &NatsServer, port: u16) -> Arc<LatticeOffice> {
    let nats = async_nats::connect(server.url()).await.expect("connects");
    let bus = Bus::new(nats, "FIGURES", 1);
    let own = async |name: &str| JetStreamValues::own(&bus, name, Duration::ZERO).await.expect("a bucket");
    let shelves = Shelves { settings: own("S").await, messages: own("M").await, keys: own("K").await };
    let config = BTreeMap::from([("networks".to_owned(), "127.0.0.0/8".to_owned())]);
    let settings = Settings(&config);
    let (terms, post) = (settings.terms().expect("terms"), settings.post().expect("a post"));
    let clock = Arc::new(now_ms);
    let timers = JetStreamTimers::own(&bus, clock.clone(), "C", terms.lease_ms).await.expect("timers");
    let office = Office::new(shelves, timers, Native, post, NoBrands, clock, Tally::default(), terms);
    for _ in 0..ENDPOINTS {
        let wish = json!({ "url": format!("http://127.0.0.1:{port}/") }).to_string();
        office.add_endpoint(TENANT, &wish).await.expect("an endpoint");
    }
    let rules = json!({ "format": 1, "rules": [{ "name": "all", "on": ["brand-kit.compilation.finished"],
        "channels": ["webhook"] }] });
    let asking = Asking { tenant: TENANT.into(), ..Asking::default() };
    office.set(&asking, "rules", &rules.to_string()).await.expect("sets");
    Arc::new(office)
}

/// As fast as they go, or so many a second.
async fn hear(office: &Arc<LatticeOffice>, events: usize, rate: Option<u32>) {
    let mut hearing = JoinSet::new();
    let mut pace = rate.map(|rate| tokio::time::interval(Duration::from_secs(1) / rate));
    for number in 0..events {
        if let Some(pace) = &mut pace {
            pace.tick().await;
        }
        while hearing.len() >= HEARERS {
            hearing.join_next().await;
        }
        let office = Arc::clone(office);
        hearing.spawn(async move {
            let event = json!({ "specversion": "1.0", "id": format!("e{number}"), "tenant": TENANT, "subject": "br_1",
                "type": "com.brandgenerator.events.brand-kit.compilation.finished", "time": rfc3339(now_ms()),
                "data": { "id": "br_1", "at_ms": now_ms(), "files": 42 } });
            office.hear(event.to_string().as_bytes()).await.expect("hears");
        });
    }
    while hearing.join_next().await.is_some() {}
}

#[tokio::main]
async fn main() {
    let Some(server) = nats_server() else { return };
    let events = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(EVENTS);
    let wanted = events * ENDPOINTS;
    let rate = std::env::args().nth(2).and_then(|text| text.parse().ok());
    let waits = Waits::default();
    let (port, count) = receiver(Arc::clone(&waits)).await;
    let office = open(&server, port).await;
    let (began, cpu_began) = (Instant::now(), cpu_s());
    let delivering = tokio::spawn({
        let office = Arc::clone(&office);
        async move { office.deliver().await }
    });
    hear(&office, events, rate).await;
    let heard_s = began.elapsed().as_secs_f64();
    while count.load(Ordering::SeqCst) < wanted {
        assert!(began.elapsed() < WAIT_MAX, "{} of {wanted} came", count.load(Ordering::SeqCst));
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let (all_s, cpu_spent) = (began.elapsed().as_secs_f64(), cpu_s() - cpu_began);
    delivering.abort();
    let messages = wanted as f64;
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    println!("{events} events, {wanted} webhooks, {cores} cores");
    println!("heard       {:>8.0} events/s", events as f64 / heard_s);
    println!("delivered   {:>8.0} messages/s", messages / all_s);
    println!(
        "per core    {:>8.0} messages/s ({cpu_spent:.2} s of processor time in this process)",
        messages / cpu_spent
    );
    let mut waits = std::mem::take(&mut *waits.lock().expect("nobody panics"));
    waits.sort_unstable();
    let at = |percent: usize| waits[(waits.len() - 1) * percent / 100];
    println!("from event to first attempt: median {} ms, p99 {} ms, longest {} ms", at(50), at(99), at(100));
    println!("attempts beyond the first: {}", count.load(Ordering::SeqCst) - wanted);
    for line in office.meters.text(&[]).lines().filter(|line| line.contains("first_attempt_seconds")) {
        println!("{line}");
    }
}
