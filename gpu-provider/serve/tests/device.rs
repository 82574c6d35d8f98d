//! A device that is lost in the middle of an order, from the driver's answer to the end of the process. The driver is that of
//! `cuda/tests/twin/driver.cpp`: libraries of CUDA's names that run the kernels on the CPU, and fail when they are told to.
#![cfg(feature = "nats")]
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

#[path = "../../cuda/tests/twin/build.rs"]
mod build;
mod support;

use core_brand::fault::Code;
use core_brand::{BlobRef, Fault};
use imprint_painter::{Backend as Kind, Order};
use imprint_painter_cuda::find::Places;
use imprint_painter_serve::gpu::{Bits, Here};
use imprint_painter_serve::picture::read;
use imprint_painter_serve::queue::Priority;
use imprint_painter_serve::registry::{Aliases, Registry};
use imprint_painter_serve::{Asked, Equipment, Keep, Settings, State, Studio, home, provider};
use imprint_provider::wire::{answer, types};
use imprint_servers::nats_server;
use imprint_telemetry::Tally;
use painter::imprint::painter::orders;
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use support::order;
use tempfile::TempDir;
use wrpc_transport_nats::Client;

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
const WAIT_MAX: Duration = Duration::from_secs(60);
/// How far a picture of a device may be from that of the reference: rounding, in numbers of 255.
const APART_MAX: f64 = 4.0;

/// A device, and a model for it. None where this machine has no compiler of C++.
struct Room {
    folder: TempDir,
}

impl Room {
    fn new() -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        build::driver(folder.path())?;
        support::tiny(&folder.path().join("tiny"));
        home::add(&folder.path().join("models"), &folder.path().join("tiny"), "tiny@1", 64).unwrap();
        Some(Self { folder })
    }

    fn models(&self) -> PathBuf {
        self.folder.path().join("models")
    }

    /// Lets the next launch fail.
    fn fail(&self, how: &str) {
        fs::write(self.folder.path().join("fails"), how).unwrap();
    }

    /// Bytes of the device that are taken.
    fn taken(&self) -> u64 {
        fs::read_to_string(self.folder.path().join("taken")).unwrap().parse().unwrap()
    }

    /// What paints on the device, or on the CPU where no folder has a driver.
    fn studio(&self, folders: &[PathBuf]) -> (Studio, Arc<Shelf>) {
        let here = Here::at(&Places { folders: folders.to_vec(), bare: false }, Bits::Sixteen);
        let cards = here.cards(home::cards(&self.models()).unwrap());
        let shelf = Arc::new(Shelf::default());
        let equipment = Equipment {
            registry: Registry::new(cards, Aliases::new()).unwrap(),
            backend: here.backend,
            keep: Arc::clone(&shelf) as Arc<dyn Keep>,
            inspectors: Vec::new(),
            meters: Tally::default(),
        };
        let memory_bytes = here.memory_bytes.unwrap_or(Settings::default().memory_bytes);
        (Studio::new(equipment, Settings { memory_bytes, ..Settings::default() }), shelf)
    }
}

/// Keeps what it is given.
#[derive(Default)]
struct Shelf(Mutex<BTreeMap<String, Vec<u8>>>);

impl Keep for Shelf {
    fn put(&self, _: &str, _: &str, bytes: Vec<u8>) -> Result<BlobRef, Fault> {
        let content = BlobRef::of(&bytes);
        self.0.lock().unwrap().insert(content.sha256.clone(), bytes);
        Ok(content)
    }
}

fn asked(key: &str) -> Asked {
    let order = Order { steps: 4, ..order("tiny") };
    let fingerprint = core_brand::content::sha256(key.as_bytes());
    Asked {
        tenant: "acme".into(),
        key: key.into(),
        fingerprint,
        priority: Priority::Normal,
        wait_ms: None,
        order,
    }
}

fn ended(studio: &Studio, key: &str) -> State {
    let id = studio.submit(asked(key)).unwrap();
    studio.wait("acme", &id, WAIT_MAX).unwrap()
}

fn pixels((studio, shelf): &(Studio, Arc<Shelf>), key: &str, by: Kind) -> Vec<u8> {
    let state = ended(studio, key);
    let State::Done(kept) = state else { panic!("{key}: {state:?}") };
    assert_eq!(kept[0].backend, by);
    read(&shelf.0.lock().unwrap()[&kept[0].picture.sha256]).unwrap().rgb
}

/// The order that was painted fails, its memory is given back, and the next is painted as if nothing had been; until the
/// device does not answer: then nothing more is begun, and why is said.
#[test]
fn an_order_loses_its_device() {
    let Some(room) = Room::new() else { return };
    let on_cpu = pixels(&room.studio(&[]), "cpu", Kind::Reference);
    let both = room.studio(&[room.folder.path().to_owned()]);
    let studio = &both.0;
    let painted = pixels(&both, "one", Kind::Cuda);
    let apart = painted.iter().zip(&on_cpu).map(|(a, b)| f64::from(a.abs_diff(*b))).sum::<f64>();
    assert!(apart / painted.len() as f64 <= APART_MAX, "{apart}");
    let idle = room.taken();
    room.fail("once");
    let State::Failed(why) = ended(studio, "two") else { panic!("it did not fail") };
    assert!(why.is(Code::PaintDeviceLost) && format!("{why:?}").contains("answered 701"), "{why:?}");
    assert_eq!(room.taken(), idle, "the memory of an order that failed was not given back");
    assert_eq!(pixels(&both, "three", Kind::Cuda), painted);
    room.fail("for good");
    let State::Failed(why) = ended(studio, "four") else { panic!("it did not fail") };
    assert!(why.is(Code::PaintDeviceLost) && format!("{why:?}").contains("answered 719"), "{why:?}");
    assert!(studio.lost().unwrap().contains("`cuMemAlloc` answered 719"));
    assert!(studio.submit(asked("five")).unwrap_err().is(Code::PaintStopping));
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

fn wire(order: &Order) -> orders::Order {
    orders::Order {
        model: order.model.clone(),
        prompt: order.prompt.clone(),
        negative_prompt: String::new(),
        width: order.width,
        height: order.height,
        steps: order.steps,
        guidance: order.guidance,
        sampler: orders::Sampler::Euler,
        seed: order.seed,
        noise: orders::Noise::Philox,
        count: order.count,
        loras: Vec::new(),
        source: None,
        controls: Vec::new(),
        priority: orders::Priority::Normal,
    }
}

/// The process itself: it goes on after a launch that failed, and ends with its own number after a device that is gone.
#[tokio::test(flavor = "multi_thread")]
async fn a_process_whose_device_is_gone_ends_with_its_own_number() {
    let (Some(room), Some(server)) = (Room::new(), nats_server()) else { return };
    let mut process = Command::new(PROGRAM)
        .args(["--nats", &server.url(), "--lattice", "test", "--id", "imprint-painter", "--host", "one"])
        .args(["--config", &format!("models={}", room.models().display())])
        .args(["--config", &format!("cuda_libraries={}", room.folder.path().display())])
        .stdin(Stdio::null())
        .spawn()
        .unwrap();
    let nats = async_nats::connect(server.url()).await.unwrap();
    let calls = Client::new(nats, "test.imprint-painter", None).await.unwrap();
    let begun = Instant::now();
    let models = loop {
        if let Ok(models) = answer("it", WAIT_MAX, orders::models(&calls, None, &context("x"))).await {
            break models;
        }
        assert!(begun.elapsed() < WAIT_MAX, "the painter does not come up");
        tokio::time::sleep(Duration::from_millis(20)).await;
    };
    let tiny = models.iter().find(|model| model.name == "tiny@1").unwrap();
    assert!(matches!(tiny.backend, orders::Backend::Cuda));
    let wanted = wire(&Order { steps: 4, ..order("tiny") });
    for how in ["once", "for good"] {
        room.fail(how);
        let key = format!("br_1/paint/{how}").replace(' ', "-");
        let id = answer("it", WAIT_MAX, orders::submit(&calls, None, &context(&key), &wanted)).await.unwrap();
        if how == "once" {
            failed(&calls, &id).await;
            assert_eq!(process.try_wait().unwrap(), None, "it ended with a device that answers");
        }
    }
    let ended = end(&mut process).await;
    assert_eq!(ended.code(), Some(i32::from(provider::LOST)), "{ended:?}");
}

/// Waits until an order has failed with its device.
async fn failed(calls: &Client, id: &String) {
    let begun = Instant::now();
    loop {
        let state = answer("it", WAIT_MAX, orders::poll(calls, None, &context("x"), id)).await.unwrap();
        match state.unwrap() {
            orders::State::Failed(why) => return assert!(Fault::from(why).is(Code::PaintDeviceLost)),
            orders::State::Waiting(_) | orders::State::Painting(_) => {}
            other => panic!("{other:?}"),
        }
        assert!(begun.elapsed() < WAIT_MAX, "{id} does not end");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

async fn end(process: &mut std::process::Child) -> ExitStatus {
    let begun = Instant::now();
    loop {
        if let Some(ended) = process.try_wait().unwrap() {
            return ended;
        }
        if begun.elapsed() > WAIT_MAX {
            process.kill().unwrap();
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
