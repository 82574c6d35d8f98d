//! The executor over a real nats-server: killed at everything that it does, twice at once, and with hooks and sources that
//! answer badly or not at all. Time is simulated: a look every two seconds, however long that takes.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]
#![allow(unreachable_pub, reason = "parts of one test program")]

mod crashes;
mod fake;
mod models;
mod outside;
mod publics;
mod refusals;

use core_saga::BUCKETS;
use fake::Fake;
use imprint_control::Control;
use imprint_rollout::Order;
use imprint_rollout::executor::{Asked, Clock, Executor, Operators, Patience, Record, Store, start};
use imprint_servers::{NatsServer, nats_server};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// What one look is apart from the next, on the simulated clock.
const LOOK_MS: u64 = 2000;
/// Requests between two looks.
const REQUESTS: u64 = 1000;
/// A rollout of these tests is over long before.
const ROUNDS_MAX: usize = 120;

/// `canary.yaml` with times that a test can wait for.
const CANARY: &str = r#"
canary:
  stages:
    - { name: initial, traffic: 5%,  duration: 4s, success_criteria: { error_rate: "<0.1%", latency_p99: "<2s" } }
    - { name: expand,  traffic: 25%, duration: 4s, success_criteria: { error_rate: "<0.5%", latency_p99: "<2s" } }
    - { name: full,    traffic: 100%, auto_promote: true }
  rollback:
    trigger: automatic
    conditions: { error_rate: ">1%", latency_p99: ">5s" }
  keep_warm: 6s
"#;

async fn connect(server: &NatsServer) -> async_nats::Client {
    async_nats::connect(server.url()).await.unwrap()
}

/// A server, a lattice that answers, and a clock.
struct Site {
    server: NatsServer,
    fake: Fake,
    now_ms: Arc<AtomicU64>,
}

impl Site {
    async fn start() -> Option<Self> {
        let server = nats_server()?;
        let fake = Fake::start(connect(&server).await).await;
        publics::open(&server).await;
        Some(Self { server, fake, now_ms: Arc::new(AtomicU64::new(1_795_593_600_000)) })
    }

    fn clock(&self) -> Clock {
        let now_ms = Arc::clone(&self.now_ms);
        Arc::new(move || now_ms.load(Ordering::SeqCst))
    }

    fn now_ms(&self) -> u64 {
        self.now_ms.load(Ordering::SeqCst)
    }

    fn pass(&self, ms: u64) {
        self.now_ms.fetch_add(ms, Ordering::SeqCst);
    }

    async fn control(&self) -> Control {
        Control::over(connect(&self.server).await, "default")
    }

    async fn store(&self) -> Store {
        Store::open(&connect(&self.server).await).await.unwrap()
    }

    async fn executor(&self) -> Executor {
        let patience = Patience { hosts: Duration::from_millis(15), meters: Duration::from_millis(15) };
        let executor = Executor::open(self.control().await, self.clock(), patience).await.unwrap();
        executor.telling(Some(Operators { tenant: "ops".into(), user: Some("ann".into()) }))
    }

    fn asked(&self, text: &str) -> Asked {
        let set = [("design".to_owned(), "0.2.0".to_owned())].into();
        Asked { text: text.to_owned(), set, by: "ann".into(), now_ms: self.now_ms(), ..Asked::default() }
    }

    async fn begin(&self, text: &str) -> Record {
        start(&self.control().await, &self.store().await, &self.asked(text)).await.unwrap()
    }

    async fn record(&self, id: &str) -> Record {
        self.store().await.record(id).await.unwrap().unwrap().0
    }

    async fn texts(&self, id: &str) -> Vec<String> {
        self.store().await.history(id).await.unwrap().into_iter().map(|line| line.text).collect()
    }

    /// Looks until something is so.
    async fn until(&self, executor: &mut Executor, id: &str, what: &str, is_so: impl Fn(&Record) -> bool) {
        for _ in 0..ROUNDS_MAX {
            self.pass(LOOK_MS);
            self.fake.serve(REQUESTS);
            executor.round().await.unwrap();
            if is_so(&self.record(id).await) {
                return;
            }
        }
        panic!("{what}: {:?} {:?}", self.record(id).await.said.waits, self.texts(id).await);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_good_version_is_promoted_and_stays() {
    let Some(site) = Site::start().await else { return };
    let id = site.begin(CANARY).await.id;
    assert_eq!(id, "design-0_2_0-1");
    let mut executor = site.executor().await;
    site.until(&mut executor, &id, "promoted", |record| record.is_closed).await;
    let routes = site.fake.routes();
    assert_eq!(routes.versions, [("design".to_owned(), "0.2.0".to_owned())].into());
    assert!(routes.rollouts.is_empty());
    let weights: Vec<Option<u16>> = {
        let world = site.fake.world();
        world.puts.iter().map(|routes| routes.rollouts.get(&id).map(|route| route.split.weight)).collect()
    };
    assert_eq!(weights, [None, Some(500), Some(2500), Some(BUCKETS), None]);
    let effects = site.fake.world().effects.clone();
    let other = |effect: &&String| *effect != "routes";
    let started: Vec<&String> = effects.iter().filter(other).collect();
    // Gateways ask it too, for previews.
    assert_eq!(started, ["put imprint-design-0_2_0", "deploy imprint-design-0_2_0", "link"]);
    // Whoever comes later, and has forgotten the rollout, still says the same.
    site.fake.world().configs.clear();
    site.executor().await.round().await.unwrap();
    assert_eq!(site.fake.routes().versions["design"], "0.2.0");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_version_that_only_fails_is_back_within_ten_seconds_and_stopped_when_no_job_is_left() {
    let Some(site) = Site::start().await else { return };
    let id = site.begin(CANARY).await.id;
    site.fake.world().is_faulty = true;
    let mut executor = site.executor().await;
    let has_traffic = |record: &Record| record.state.weight("all").is_some_and(|weight| weight > 0);
    site.until(&mut executor, &id, "traffic", has_traffic).await;
    let began_ms = site.now_ms();
    site.until(&mut executor, &id, "back", Record::is_back).await;
    let took_ms = site.now_ms() - began_ms;
    assert!(took_ms <= 10_000, "{took_ms} ms");
    assert!(site.fake.routes().rollouts.is_empty(), "no header may reach it any more");
    site.until(&mut executor, &id, "over", |record| record.state.is_over()).await;
    assert!(site.texts(&id).await.iter().any(|text| text.contains("goes back, because bad: error_rate")));
    let is_running = || site.fake.world().apps["imprint-design-0_2_0"].1.is_some();
    site.pass(64 * 60 * 1000);
    executor.round().await.unwrap();
    assert!(is_running(), "a job may still be pinned to it");
    site.until(&mut executor, &id, "closed", |record| record.is_closed).await;
    assert!(!is_running());
    assert!(site.fake.routes().versions.is_empty());
    // The same version may be tried again, under another number.
    site.fake.world().is_faulty = false;
    let again = site.begin(CANARY).await;
    assert_eq!(again.id, "design-0_2_0-2");
    site.until(&mut executor, &again.id, "promoted", |record| record.is_closed).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn people_steer() {
    let Some(site) = Site::start().await else { return };
    let id = site.begin(CANARY).await.id;
    let store = site.store().await;
    let mut executor = site.executor().await;
    let at = |weight: u16| move |record: &Record| record.state.weight("all") == Some(weight);
    site.until(&mut executor, &id, "traffic", at(500)).await;
    // Two people at once, and no order is lost.
    let orders = [Order::Pause, Order::Resume, Order::Promote];
    futures::future::join_all(orders.map(|order| store.order(&id, order, "ann"))).await;
    assert_eq!(store.commands(&id).await.unwrap().len(), 4);
    store.order(&id, Order::Promote, "ann").await.unwrap();
    site.until(&mut executor, &id, "everybody", at(BUCKETS)).await;
    site.until(&mut executor, &id, "warm", |record| record.said.left_ms.is_some()).await;
    store.order(&id, Order::Rollback, "bob").await.unwrap();
    executor.round().await.unwrap();
    assert!(site.fake.routes().rollouts.is_empty(), "one look is enough");
    site.until(&mut executor, &id, "over", |record| record.state.is_over()).await;
    let texts = site.texts(&id).await;
    assert!(texts.contains(&"rollback by bob".to_owned()), "{texts:?}");
}
