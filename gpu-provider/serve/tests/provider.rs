//! The painter as a process, over a real server: orders put in and asked after, pictures in the store, faults as they are.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod support;
#[path = "support/wire.rs"]
mod wire;

use bindings::exports::imprint::blobs::store;
use bindings::exports::imprint::fonts::library;
use bytes::Bytes;
use core_brand::fault::Code;
use core_brand::{Blame, BlobRef, Fault};
use imprint_painter_serve::home;
use imprint_painter_serve::picture::{ORDER_TEXT, read};
use imprint_provider::wire::{answer, types};
use imprint_servers::{NatsServer, nats_server};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use wire::context;
use wire::imprint::painter::orders;
use wrpc_transport_nats::{Client, NatsContext};

mod bindings {
    // What the macro writes is not ours to tidy.
    wit_bindgen_wrpc::generate!({
        world: "blobs-provider",
        path: "../../wit",
        with: {
            "imprint:platform/types@0.1.0": imprint_provider::wire::types,
            "imprint:blobs/store@0.1.0": generate,
            "imprint:fonts/library@0.1.0": generate,
        },
    });
}

const PROGRAM: &str = env!("CARGO_BIN_EXE_imprint-painter-provider");
/// No step of these tests takes longer on a working machine.
const WAIT_MAX: Duration = Duration::from_secs(60);
/// Of a question that was on its way to a painter that was killed.
const SILENT_MAX: Duration = Duration::from_secs(2);
/// Looks in a row that find nobody who knows an order, as many as the runner takes.
const UNKNOWN_MAX: u32 = 40;

/// A store of one tenant's brands that can be full.
#[derive(Clone, Default)]
struct Store {
    kept: Arc<Mutex<BTreeMap<(String, String), Bytes>>>,
    is_full: Arc<Mutex<bool>>,
}

fn space(ctx: &types::CallContext) -> String {
    format!("{}/{}", ctx.tenant, ctx.idempotency_key.split('/').next().unwrap_or_default())
}

impl store::Handler<NatsContext> for Store {
    async fn get(
        &self,
        _: NatsContext,
        ctx: types::CallContext,
        content: types::BlobRef,
    ) -> anyhow::Result<Result<Bytes, types::Error>> {
        let found = self.kept.lock().unwrap().get(&(space(&ctx), content.sha256.clone())).cloned();
        Ok(found.ok_or_else(|| Fault::new(Code::BlobMissing, [("sha256", content.sha256)]).into()))
    }

    async fn put(
        &self,
        _: NatsContext,
        ctx: types::CallContext,
        bytes: Bytes,
    ) -> anyhow::Result<Result<types::BlobRef, types::Error>> {
        if *self.is_full.lock().unwrap() {
            let args = [("what", "the stream".to_owned()), ("why", "it is full".to_owned())];
            return Ok(Err(Fault::new(Code::Storage, args).into()));
        }
        let content = BlobRef::of(&bytes);
        self.kept.lock().unwrap().insert((space(&ctx), content.sha256.clone()), bytes);
        Ok(Ok(content.into()))
    }
}

impl library::Handler<NatsContext> for Store {
    async fn find(
        &self,
        _: NatsContext,
        _: types::CallContext,
        key: library::FontKey,
    ) -> anyhow::Result<Result<types::BlobRef, types::Error>> {
        Ok(Err(Fault::new(Code::FontMissing, [("font", key.family)]).into()))
    }
}

/// A painter with the tiny model, and a store, over a server of their own.
struct Lattice {
    process: Painter,
    nats: async_nats::Client,
    calls: Client,
    store: Store,
    models: PathBuf,
    server: NatsServer,
    _folder: TempDir,
}

impl Lattice {
    async fn start() -> Option<Self> {
        Self::start_with(&[]).await
    }

    async fn start_with(more: &[&str]) -> Option<Self> {
        let server = nats_server()?;
        let folder = tempfile::tempdir().unwrap();
        let (from, models) = (folder.path().join("tiny"), folder.path().join("models"));
        support::tiny(&from);
        for version in ["tiny@1", "tiny@2"] {
            home::add(&models, &from, version, 64).unwrap();
        }
        let (lora, edges) = (folder.path().join("ink.safetensors"), folder.path().join("edges"));
        support::lora(&lora, 64);
        support::control(&edges, &[16, 32, 96]);
        for (from, name) in [(&lora, "ink@1"), (&edges, "edges@1")] {
            home::add(&models, from, name, 64).unwrap();
        }
        let nats = async_nats::connect(server.url()).await.unwrap();
        let store = Store::default();
        serve(&nats, store.clone()).await;
        let process = Painter::start(&server, &models, "one", more);
        let calls = Client::new(nats.clone(), "test.imprint-painter", None).await.unwrap();
        let lattice = Self { process, nats, calls, store, models, server, _folder: folder };
        let begun = Instant::now();
        while lattice.models().await.is_err() {
            assert!(begun.elapsed() < WAIT_MAX, "the painter does not come up");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Some(lattice)
    }

    async fn models(&self) -> Result<Vec<orders::Model>, Fault> {
        answer("it", WAIT_MAX, orders::models(&self.calls, None, &context("x"))).await
    }

    /// What a host hears that asks whether the provider is well; it is told behind the meters.
    async fn says_it_is(&self, well: bool) {
        let begun = Instant::now();
        loop {
            let answer =
                self.nats.request("wasmbus.rpc.test.imprint-painter.health", "".into()).await.unwrap();
            let answer: serde_json::Value = serde_json::from_slice(&answer.payload).unwrap();
            if answer["healthy"] == well {
                assert_eq!(answer["message"].is_string(), !well, "{answer}");
                return;
            }
            assert!(begun.elapsed() < WAIT_MAX, "{answer}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    async fn submit(&self, key: &str, order: &orders::Order) -> Result<String, Fault> {
        answer("it", WAIT_MAX, orders::submit(&self.calls, None, &context(key), order)).await
    }

    async fn poll(&self, id: &str) -> Option<orders::State> {
        answer("it", WAIT_MAX, orders::poll(&self.calls, None, &context("x"), id)).await.unwrap()
    }

    /// How an order ends, and what was seen on the way.
    async fn ended(&self, id: &str) -> (orders::State, Vec<orders::Progress>) {
        let (begun, mut seen) = (Instant::now(), Vec::new());
        loop {
            match self.poll(id).await.unwrap() {
                orders::State::Waiting(_) => {}
                orders::State::Painting(progress) => seen.push(progress),
                other => return (other, seen),
            }
            assert!(begun.elapsed() < WAIT_MAX, "{id} does not end");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    async fn done(&self, id: &str) -> Vec<orders::Painting> {
        match self.ended(id).await.0 {
            orders::State::Done(paintings) => paintings,
            other => panic!("{other:?}"),
        }
    }

    /// A number that the painter of a host tells; none while it is not there.
    async fn told(&self, host: &str, name: &str, label: &str) -> Option<f64> {
        let told = self.nats.request(format!("imprint.metrics.test.{host}"), "".into()).await.ok()?;
        let told = String::from_utf8(told.payload.to_vec()).unwrap();
        let line = told.lines().find(|line| line.starts_with(name) && line.contains(label))?;
        line.rsplit(' ').next()?.parse().ok()
    }

    /// Waits until it tells such a number.
    async fn tells(&self, host: &str, name: &str, label: &str, wanted: impl Fn(f64) -> bool) {
        let begun = Instant::now();
        while !self.told(host, name, label).await.is_some_and(&wanted) {
            assert!(begun.elapsed() < WAIT_MAX, "{host} does not tell {name} as wanted");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Has it painted as the runner has: an order that nobody knows any more is put in again under its key.
    async fn painted(&self, key: &str, order: &orders::Order) -> Vec<orders::Painting> {
        let (begun, ctx, mut unknown) = (Instant::now(), context(key), 0);
        let mut id: Option<String> = None;
        loop {
            assert!(begun.elapsed() < WAIT_MAX, "{key} does not end");
            let asked: Result<Option<orders::State>, Fault> = async {
                let own = match id.clone() {
                    Some(own) => own,
                    None => answer("it", SILENT_MAX, orders::submit(&self.calls, None, &ctx, order)).await?,
                };
                id = Some(own.clone());
                answer("it", SILENT_MAX, orders::poll(&self.calls, None, &ctx, &own)).await
            }
            .await;
            match asked {
                Ok(Some(orders::State::Done(paintings))) => return paintings,
                Ok(Some(orders::State::Waiting(_) | orders::State::Painting(_))) => unknown = 0,
                Ok(None) => unknown += 1,
                Ok(other) => panic!("{other:?}"),
                Err(why) => assert_eq!(why.blame, Blame::Busy, "{why}"),
            }
            if unknown >= UNKNOWN_MAX {
                (id, unknown) = (None, 0);
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    fn kept(&self, brand: &str, content: &types::BlobRef) -> Bytes {
        self.store.kept.lock().unwrap()[&(format!("acme/{brand}"), content.sha256.clone())].clone()
    }
}

const ALIASES: &str = r#"aliases={"best":[{"to":"tiny@1","weight":5000},{"to":"tiny@2","weight":5000}]}"#;

/// A process that paints the models of a folder.
struct Painter(Child);

impl Painter {
    fn start(server: &NatsServer, models: &Path, host: &str, more: &[&str]) -> Self {
        let process = Command::new(PROGRAM)
            .args(["--nats", &server.url(), "--lattice", "test", "--id", "imprint-painter", "--host", host])
            .args(["--config", &format!("models={}", models.display())])
            .args(["--config", ALIASES, "--config", "memory=200000000"])
            .args(more)
            .stdin(Stdio::null())
            .spawn();
        Self(process.unwrap())
    }

    /// As a machine that loses its power.
    fn kill(&mut self) {
        // It may have ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Drop for Painter {
    fn drop(&mut self) {
        self.kill();
    }
}

async fn serve(nats: &async_nats::Client, store: Store) {
    use futures::StreamExt as _;
    let client = Client::new(nats.clone(), "test.imprint-blobs", Some("blobs".into())).await.unwrap();
    let calls = bindings::serve(&client, store).await.unwrap();
    for (_, _, mut calls) in calls {
        tokio::spawn(async move {
            while let Some(Ok(call)) = calls.next().await {
                tokio::spawn(call);
            }
        });
    }
}

fn order(model: &str) -> orders::Order {
    orders::Order {
        model: model.to_owned(),
        prompt: support::PROMPT.to_owned(),
        negative_prompt: String::new(),
        width: 64,
        height: 64,
        steps: 2,
        guidance: 1.0,
        sampler: orders::Sampler::Euler,
        seed: 7,
        noise: orders::Noise::Philox,
        count: 1,
        loras: Vec::new(),
        source: None,
        controls: Vec::new(),
        priority: orders::Priority::Normal,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_becomes_a_picture_of_its_brand() {
    let Some(lattice) = Lattice::start().await else { return };
    let names: Vec<String> = lattice.models().await.unwrap().into_iter().map(|model| model.name).collect();
    assert_eq!(names, ["procedural@1", "tiny@1", "tiny@2"]);
    let long = orders::Order { steps: 30, ..order("tiny@1") };
    let id = lattice.submit("br_1/paint/1", &long).await.unwrap();
    assert_eq!(lattice.submit("br_1/paint/1", &long).await.unwrap(), id);
    let (state, seen) = lattice.ended(&id).await;
    let orders::State::Done(paintings) = state else { panic!("{state:?}") };
    assert!(seen.windows(2).all(|two| two[0].step <= two[1].step), "{seen:?}");
    let painted = &paintings[0];
    assert_eq!((painted.model.as_str(), painted.seed), ("tiny@1", 7));
    assert!(matches!(painted.backend, orders::Backend::Reference));
    let png = lattice.kept("br_1", &painted.picture);
    assert_eq!(BlobRef::of(&png), painted.picture.clone().into());
    let text = String::from_utf8_lossy(&png).into_owned();
    assert!(
        text.contains(ORDER_TEXT) && text.contains(support::PROMPT),
        "the picture does not say how it was made"
    );
    let picture = read(&png).unwrap();
    assert_eq!((picture.width, picture.height), (64, 64));
    // A preview was kept on the way: one pixel for each of the latent.
    let kept = lattice.store.kept.lock().unwrap().clone();
    let previews = kept.values().filter(|png| read(png).unwrap().width == 16).count();
    assert!(previews >= 1, "no preview among {} pictures", kept.len());
    // What it was painted from is a picture to begin with.
    let file = painted.picture.sha256.clone();
    let source = orders::Source { picture: painted.picture.clone(), strength: 0.5, mask: None };
    let next = orders::Order { source: Some(source.clone()), ..order("tiny@1") };
    let id = lattice.submit("br_1/paint/2", &next).await.unwrap();
    let again = lattice.done(&id).await.remove(0).picture;
    assert_ne!(again.sha256, file);
    let source = orders::Source { mask: Some(again.clone()), ..source };
    let masked = orders::Order { source: Some(source), ..order("tiny@1") };
    let id = lattice.submit("br_1/paint/5", &masked).await.unwrap();
    let masked = lattice.done(&id).await.remove(0).picture;
    let of_mask = format!("\"mask_sha256\":{:?}", again.sha256);
    for (picture, has_mask) in [(&again, false), (&masked, true)] {
        let said = String::from_utf8_lossy(&lattice.kept("br_1", picture)).into_owned();
        assert!(said.contains(&format!("\"source_sha256\":{file:?}")), "the picture does not say its source");
        assert_eq!((said.contains(&of_mask), said.contains("mask_sha256")), (has_mask, has_mask));
    }
    // With a LoRA by its name it is another one, and says so.
    let loras = vec![orders::Lora { name: "ink".to_owned(), scale: 1.0 }];
    let id = lattice.submit("br_1/paint/3", &orders::Order { loras, ..long.clone() }).await.unwrap();
    let inked = lattice.done(&id).await.remove(0).picture;
    assert_ne!(inked.sha256, painted.picture.sha256);
    let said = String::from_utf8_lossy(&lattice.kept("br_1", &inked)).into_owned();
    assert!(said.contains(r#""name":"ink@1""#), "the picture does not say its LoRA");
    // A picture of the brand that the new one follows.
    let edges = orders::Control { model: "edges".to_owned(), picture: painted.picture.clone(), scale: 1.0 };
    let follows = orders::Order { controls: vec![edges], ..long };
    let id = lattice.submit("br_1/paint/4", &follows).await.unwrap();
    let edged = lattice.done(&id).await.remove(0).picture;
    assert!(edged.sha256 != painted.picture.sha256 && edged.sha256 != inked.sha256);
    let said = String::from_utf8_lossy(&lattice.kept("br_1", &edged)).into_owned();
    assert!(said.contains(r#""model":"edges@1""#), "the picture does not say its ControlNet");
    assert!(
        said.contains(&format!("\"picture_sha256\":{file:?}")),
        "the picture does not say what it followed"
    );
    let stolen = lattice.submit("br_2/paint/2", &follows).await.unwrap_err();
    assert!(stolen.is(Code::BlobMissing), "a brand followed the picture of another: {stolen}");
    let elsewhere = lattice.submit("br_2/paint/1", &next).await.unwrap_err();
    assert!(elsewhere.is(Code::BlobMissing), "a brand read the picture of another: {elsewhere}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_model_that_is_added_while_it_runs_is_painted_with() {
    let Some(lattice) = Lattice::start().await else { return };
    let tiny = lattice.models.parent().unwrap().join("tiny");
    home::add(&lattice.models, &tiny, "late@1", 64).unwrap();
    // Nobody asks for it, and rollouts see it.
    lattice.tells("one", "imprint_painter_model", r#"model="late@1""#, |number| number == 1.0).await;
    let id = lattice.submit("br_1/late", &order("late")).await.unwrap();
    assert_eq!(lattice.done(&id).await[0].model, "late@1");
    // A disk that is gone.
    std::fs::rename(&lattice.models, tiny.join("elsewhere")).unwrap();
    lattice.tells("one", "imprint_painter_healthy", "", |number| number == 0.0).await;
    lattice.says_it_is(false).await;
    assert!(lattice.models().await.unwrap().iter().any(|model| model.name == "late@1"));
    std::fs::rename(tiny.join("elsewhere"), &lattice.models).unwrap();
    lattice.tells("one", "imprint_painter_healthy", "", |number| number == 1.0).await;
    lattice.says_it_is(true).await;
}

/// One model for all pictures of a brand, and both for many brands.
#[tokio::test(flavor = "multi_thread")]
async fn an_alias_is_drawn_once_for_a_brand() {
    let Some(lattice) = Lattice::start().await else { return };
    let mut drawn = BTreeMap::new();
    for brand in 0..6 {
        for number in 0..2 {
            let key = format!("br_{brand}/paint/{number}");
            let id = lattice.submit(&key, &orders::Order { seed: number, ..order("best") }).await.unwrap();
            let model = lattice.done(&id).await.remove(0).model;
            assert_eq!(*drawn.entry(brand).or_insert_with(|| model.clone()), model, "brand {brand}");
        }
    }
    assert!(drawn.values().any(|model| model == "tiny@1") && drawn.values().any(|model| model == "tiny@2"));
}

#[tokio::test(flavor = "multi_thread")]
async fn faults_come_back_as_what_they_are() {
    let Some(lattice) = Lattice::start().await else { return };
    let cases: [(Code, orders::Order); 6] = [
        (Code::PaintRange, orders::Order { prompt: "x".repeat(100 << 10), ..order("tiny") }),
        (Code::PaintRange, orders::Order { steps: 0, ..order("tiny") }),
        (Code::PaintRange, orders::Order { width: 100, ..order("tiny") }),
        (Code::PaintModelUnknown, order("sdxl")),
        (Code::PaintName, order("../tiny")),
        (Code::PaintMemory, orders::Order { width: 1536, height: 1536, ..order("tiny") }),
    ];
    for (code, order) in cases {
        let why = lattice.submit("br_1/bad", &order).await.unwrap_err();
        assert!(why.is(code) && why.blame == Blame::Rejected, "{code}: {why}");
    }
    assert!(lattice.poll("paint_nothing").await.is_none());
    // A cancelled client.
    let endless = orders::Order { steps: 150, count: 8, ..order("tiny") };
    let id = lattice.submit("br_1/endless", &endless).await.unwrap();
    let ctx = context("x");
    let cancel = orders::cancel(&lattice.calls, None, &ctx, &id);
    answer("it", WAIT_MAX, cancel).await.unwrap().unwrap();
    assert!(matches!(lattice.ended(&id).await.0, orders::State::Cancelled));
    // A full store.
    *lattice.store.is_full.lock().unwrap() = true;
    let id = lattice.submit("br_1/full", &order("procedural")).await.unwrap();
    let orders::State::Failed(why) = lattice.ended(&id).await.0 else { panic!("it was kept nowhere") };
    assert!(Fault::from(why).is(Code::Storage));
    let metrics = lattice.nats.request("imprint.metrics.test.one", "".into()).await.unwrap();
    let metrics = String::from_utf8(metrics.payload.to_vec()).unwrap();
    for line in [
        r#"imprint_painter_orders_total{service="imprint-painter",instance="one",result="storage.failed"} 1"#,
        r#"imprint_painter_orders_total{service="imprint-painter",instance="one",result="cancelled"} 1"#,
        r#"imprint_painter_memory_bytes{service="imprint-painter",instance="one",kind="budget"} 200000000"#,
        r#"imprint_painter_model{service="imprint-painter",instance="one",model="procedural@1"} 1"#,
        r#"imprint_painter_healthy{service="imprint-painter",instance="one"} 1"#,
        "imprint_painter_wait_seconds_count",
        "imprint_painter_step_seconds_count",
    ] {
        assert!(metrics.contains(line), "{line} is missing in\n{metrics}");
    }
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_stop_waits_for_what_is_painted() {
    let Some(mut lattice) = Lattice::start().await else { return };
    let id = lattice.submit("br_1/last", &orders::Order { steps: 20, ..order("tiny") }).await.unwrap();
    while matches!(lattice.poll(&id).await, Some(orders::State::Waiting(_))) {}
    let process = lattice.process.0.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &process]).status().unwrap().success());
    let begun = Instant::now();
    let status = loop {
        if let Some(status) = lattice.process.0.try_wait().unwrap() {
            break status;
        }
        assert!(begun.elapsed() < WAIT_MAX, "the painter does not stop");
        tokio::time::sleep(Duration::from_millis(20)).await;
    };
    assert!(status.success());
    let kept = lattice.store.kept.lock().unwrap().clone();
    assert!(kept.values().any(|png| read(png).unwrap().width == 64), "the picture in hand was lost");
}

/// Two processes take turns with what they are asked, give back the memory of what nobody uses, and one paints what another
/// had in hand when it was killed.
#[tokio::test(flavor = "multi_thread")]
async fn a_killed_painter_leaves_its_orders_to_the_other() {
    let idle = ["--config", "idle_ms=100"];
    let Some(mut lattice) = Lattice::start_with(&idle).await else { return };
    let mut other = Painter::start(&lattice.server, &lattice.models, "two", &idle);
    let hosts = ["one", "two"];
    const DONE: (&str, &str) = ("imprint_painter_orders_total", r#"result="done""#);
    const TAKEN: (&str, &str) = ("imprint_painter_memory_bytes", r#"kind="taken""#);
    lattice.tells("two", TAKEN.0, TAKEN.1, |_| true).await;
    let mut count = 0;
    while lattice.told("one", DONE.0, DONE.1).await.is_none()
        || lattice.told("two", DONE.0, DONE.1).await.is_none()
    {
        assert!(count < 64, "one of the two is never asked");
        let paintings = lattice.painted(&format!("br_1/paint/{count}"), &order("tiny@1")).await;
        assert_eq!(paintings.len(), 1);
        count += 1;
    }
    // Nobody asks for a while, and the models are gone.
    for host in hosts {
        lattice.tells(host, TAKEN.0, TAKEN.1, |bytes| bytes == 0.0).await;
    }
    assert!(lattice.models().await.unwrap().iter().all(|model| !model.loaded));
    // Who has the long order is killed in the middle of it.
    let long = orders::Order { steps: 60, count: 2, seed: 70, ..order("tiny@1") };
    lattice.submit("br_1/long", &long).await.unwrap();
    let begun = Instant::now();
    let holder = loop {
        assert!(begun.elapsed() < WAIT_MAX, "nobody paints the long order");
        let (one, two) = (
            lattice.told("one", "imprint_painter_painting", "").await,
            lattice.told("two", "imprint_painter_painting", "").await,
        );
        match (one, two) {
            (Some(1.0), _) => break 0,
            (_, Some(1.0)) => break 1,
            _ => tokio::time::sleep(Duration::from_millis(5)).await,
        }
    };
    let before = lattice.told(hosts[1 - holder], DONE.0, DONE.1).await.unwrap();
    if holder == 0 {
        lattice.process.kill();
    } else {
        other.kill();
    }
    let paintings = lattice.painted("br_1/long", &long).await;
    assert_eq!(paintings.iter().map(|one| one.seed).collect::<Vec<_>>(), [70, 71]);
    for one in &paintings {
        assert_eq!(read(&lattice.kept("br_1", &one.picture)).unwrap().width, 64);
    }
    assert_eq!(
        lattice.told(hosts[1 - holder], DONE.0, DONE.1).await,
        Some(before + 1.0),
        "painted once, by the other"
    );
    // Asked for again, it is the same order.
    let again = lattice.painted("br_1/long", &long).await;
    assert_eq!(again[0].picture.sha256, paintings[0].picture.sha256);
    assert_eq!(lattice.told(hosts[1 - holder], DONE.0, DONE.1).await, Some(before + 1.0));
}

#[test]
fn a_painter_that_cannot_be_set_up_says_why() {
    let Some(server) = nats_server() else { return };
    let cases = [
        ("memory=much", "memory"),
        ("memory=0", "it is 1 to"),
        ("order_ms=999999999999", "order_ms"),
        (r#"aliases={"a":[{"to":"b@1","weight":10000}]}"#, "`b@1`, which is no model here"),
        ("aliases=[", "aliases"),
        (r#"aliases={"a":[{"to":"procedural@1","weight":10000}]}"#, "it draws only where it is named"),
        ("bits=4", "neither 16 nor 8"),
        ("search=maybe", "`maybe` is neither true nor false"),
    ];
    for (setting, want) in cases {
        let ended =
            Command::new(PROGRAM).args(["--nats", &server.url(), "--config", setting]).output().unwrap();
        let said = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert!(!ended.status.success() && said.contains(want), "{setting}: {said}");
    }
}
