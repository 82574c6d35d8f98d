//! The painter as a process, over a real server: orders put in and asked after, pictures in the store, faults as they are.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod support;

use bindings::exports::imprint::blobs::store;
use bindings::exports::imprint::fonts::library;
use bytes::Bytes;
use core_brand::fault::Code;
use core_brand::{Blame, BlobRef, Fault};
use imprint_painter_serve::home;
use imprint_painter_serve::picture::{ORDER_TEXT, read};
use imprint_provider::wire::{answer, types};
use imprint_servers::{NatsServer, nats_server};
use painter::imprint::painter::orders;
use std::collections::BTreeMap;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tempfile::TempDir;
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

mod painter {
    // What the macro writes is not ours to tidy.
    wit_bindgen_wrpc::generate!({
        inline: "package imprint:test; world caller { import imprint:painter/orders@0.1.0; }",
        path: "../../wit",
        world: "imprint:test/caller",
        with: {
            "imprint:platform/types@0.1.0": imprint_provider::wire::types,
            "imprint:painter/orders@0.1.0": generate,
        },
    });
}

const PROGRAM: &str = env!("CARGO_BIN_EXE_imprint-painter-provider");
/// No step of these tests takes longer on a working machine.
const WAIT_MAX: Duration = Duration::from_secs(60);

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
    process: Child,
    nats: async_nats::Client,
    calls: Client,
    store: Store,
    _folder: TempDir,
    _server: NatsServer,
}

impl Lattice {
    async fn start() -> Option<Self> {
        let server = nats_server()?;
        let folder = tempfile::tempdir().unwrap();
        let (from, models) = (folder.path().join("tiny"), folder.path().join("models"));
        support::tiny(&from);
        for version in ["tiny@1", "tiny@2"] {
            home::add(&models, &from, version, 64).unwrap();
        }
        let nats = async_nats::connect(server.url()).await.unwrap();
        let store = Store::default();
        serve(&nats, store.clone()).await;
        let aliases = r#"{"best":[{"to":"tiny@1","weight":5000},{"to":"tiny@2","weight":5000}]}"#;
        let process = Command::new(PROGRAM)
            .args(["--nats", &server.url(), "--lattice", "test", "--id", "imprint-painter"])
            .args(["--config", &format!("models={}", models.display())])
            .args(["--config", &format!("aliases={aliases}"), "--config", "memory=200000000"])
            .stdin(Stdio::null())
            .spawn()
            .unwrap();
        let calls = Client::new(nats.clone(), "test.imprint-painter", None).await.unwrap();
        let lattice = Self { process, nats, calls, store, _folder: folder, _server: server };
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

    fn kept(&self, brand: &str, content: &types::BlobRef) -> Bytes {
        self.store.kept.lock().unwrap()[&(format!("acme/{brand}"), content.sha256.clone())].clone()
    }
}

impl Drop for Lattice {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
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

fn context(key: &str) -> types::CallContext {
    types::CallContext {
        tenant: "acme".to_owned(),
        traceparent: String::new(),
        now_ms: 0,
        deadline_ms: 0,
        attempt: 1,
        idempotency_key: key.to_owned(),
        locale: "en".to_owned(),
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
    let source = orders::Source { picture: painted.picture.clone(), strength: 0.5, mask: None };
    let next = orders::Order { source: Some(source), ..order("tiny@1") };
    let id = lattice.submit("br_1/paint/2", &next).await.unwrap();
    assert_ne!(lattice.done(&id).await[0].picture.sha256, painted.picture.sha256);
    let elsewhere = lattice.submit("br_2/paint/1", &next).await.unwrap_err();
    assert!(elsewhere.is(Code::BlobMissing), "a brand read the picture of another: {elsewhere}");
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
    let metrics = lattice.nats.request("imprint.metrics.test.none", "".into()).await.unwrap();
    let metrics = String::from_utf8(metrics.payload.to_vec()).unwrap();
    for line in [
        r#"imprint_painter_orders_total{service="imprint-painter",instance="none",result="storage.failed"} 1"#,
        r#"imprint_painter_orders_total{service="imprint-painter",instance="none",result="cancelled"} 1"#,
        r#"imprint_painter_memory_bytes{service="imprint-painter",instance="none",kind="budget"} 200000000"#,
        r#"imprint_painter_model{service="imprint-painter",instance="none",model="procedural@1"} 1"#,
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
    let process = lattice.process.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &process]).status().unwrap().success());
    let begun = Instant::now();
    let status = loop {
        if let Some(status) = lattice.process.try_wait().unwrap() {
            break status;
        }
        assert!(begun.elapsed() < WAIT_MAX, "the painter does not stop");
        tokio::time::sleep(Duration::from_millis(20)).await;
    };
    assert!(status.success());
    let kept = lattice.store.kept.lock().unwrap().clone();
    assert!(kept.values().any(|png| read(png).unwrap().width == 64), "the picture in hand was lost");
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
    ];
    for (setting, want) in cases {
        let ended =
            Command::new(PROGRAM).args(["--nats", &server.url(), "--config", setting]).output().unwrap();
        let said = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert!(!ended.status.success() && said.contains(want), "{setting}: {said}");
    }
}
