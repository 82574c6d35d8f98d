//! A device that is lost in the middle of an order, from the driver's answer to the end of the process. The driver is that of
//! `cuda/tests/twin/driver.cpp`: libraries of CUDA's names that run the kernels on the CPU, and fail when they are told to.
#![cfg(feature = "nats")]
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

#[path = "../../cuda/tests/twin/build.rs"]
mod build;
#[path = "support/studio.rs"]
mod room;
mod support;
#[path = "support/wire.rs"]
mod wire;

use core_brand::Fault;
use core_brand::fault::Code;
use imprint_painter::{Backend as Kind, Order};
use imprint_painter_cuda::find::Places;
use imprint_painter_serve::gpu::{Here, Tuning};
use imprint_painter_serve::picture::read;
use imprint_painter_serve::registry::{Aliases, Registry};
use imprint_painter_serve::{Asked, Settings, State, Studio, home, provider};
use imprint_provider::wire::answer;
use imprint_servers::nats_server;
use room::{Shelf, equipment};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};
use support::order;
use tempfile::TempDir;
use wire::context;
use wire::imprint::painter::orders;
use wrpc_transport_nats::Client;

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
        static DRIVER: OnceLock<Option<TempDir>> = OnceLock::new();
        let built = DRIVER.get_or_init(|| {
            let folder = tempfile::tempdir().unwrap();
            build::driver(folder.path())?;
            Some(folder)
        });
        let folder = tempfile::tempdir().unwrap();
        build::another(built.as_ref()?.path(), folder.path());
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

    /// Refuses the next piece of memory.
    fn fill(&self) {
        fs::write(self.folder.path().join("full"), "").unwrap();
    }

    /// Products that were made in each way until memory was asked for or given back for the last time.
    fn ways(&self) -> Vec<u32> {
        let told = fs::read_to_string(self.folder.path().join("ways")).unwrap();
        told.split(' ').map(|count| count.parse().unwrap()).collect()
    }

    /// Bytes of the device that are taken.
    fn taken(&self) -> u64 {
        fs::read_to_string(self.folder.path().join("taken")).unwrap().parse().unwrap()
    }

    /// What paints on the device, or on the CPU where no folder has a driver.
    fn studio(&self, folders: &[PathBuf]) -> (Studio, Arc<Shelf>) {
        self.tuned(folders, Tuning::default())
    }

    fn tuned(&self, folders: &[PathBuf], tuning: Tuning) -> (Studio, Arc<Shelf>) {
        let here = Here::at(&Places { folders: folders.to_vec(), bare: false }, tuning);
        let cards = here.cards(home::cards(&self.models()).unwrap());
        let shelf = Arc::new(Shelf::default());
        let equipment = equipment(Registry::new(cards, Aliases::new()).unwrap(), here.backend, &shelf);
        let memory_bytes = here.memory_bytes.unwrap_or(Settings::default().memory_bytes);
        (Studio::new(equipment, Settings { memory_bytes, ..Settings::default() }), shelf)
    }
}

/// How an order ends.
fn ended(studio: &Studio, key: &str) -> State {
    room::ended(studio, &studio.submit(asked(key)).unwrap())
}

fn asked(key: &str) -> Asked {
    room::asked(key, Order { steps: 4, ..order("tiny") })
}

fn pixels((studio, shelf): &(Studio, Arc<Shelf>), key: &str, by: Kind) -> Vec<u8> {
    let state = ended(studio, key);
    assert!(matches!(&state, State::Done(kept) if kept[0].backend == by), "{key}: {state:?}");
    read(&shelf.picture(&state)).unwrap().rgb
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

/// A device without room is not lost: the order is told what it is short of, and the next one is painted.
#[test]
fn an_order_for_which_the_device_has_no_room_is_told_so() {
    let Some(room) = Room::new() else { return };
    let both = room.studio(&[room.folder.path().to_owned()]);
    let painted = pixels(&both, "one", Kind::Cuda);
    let idle = room.taken();
    room.fill();
    let State::Failed(why) = ended(&both.0, "two") else { panic!("it did not fail") };
    assert!(why.is(Code::PaintMemory), "{why:?}");
    assert_eq!(room.taken(), idle, "the memory of an order that failed was not given back");
    assert!(!both.0.is_lost());
    assert_eq!(pixels(&both, "three", Kind::Cuda), painted);
}

/// What the library advises, or what is fastest; the picture is the same.
#[test]
fn ways_of_products_are_searched_where_that_is_wished() {
    let mut painted = Vec::new();
    for search in [false, true] {
        let Some(room) = Room::new() else { return };
        let tuning = Tuning { search, ..Tuning::default() };
        let both = room.tuned(&[room.folder.path().to_owned()], tuning);
        painted.push(pixels(&both, "one", Kind::Cuda));
        let ways = room.ways();
        assert!(ways[0] > 0 && (ways[1] > ways[0]) == search, "search={search}: {ways:?}");
    }
    assert_eq!(painted[0], painted[1]);
}

/// What is told of devices is what opens them, with the same settings as a painter has.
#[test]
fn what_is_told_of_devices_is_what_was_opened() {
    let Some(room) = Room::new() else { return };
    let told = |libraries: &Path| {
        let mut program = Command::new(PROGRAM);
        let out = program.arg("devices").env("IMPRINT_CUDA_LIBS", libraries).output().unwrap();
        assert!(out.status.success(), "{out:?}");
        String::from_utf8(out.stdout).unwrap()
    };
    let there = told(room.folder.path());
    let driver = room.folder.path().join("libcuda.so.1").display().to_string();
    for wanted in ["There is a device to paint on: the CPU (sm_90a), ", driver.as_str(), "/dev/nvidia0 "] {
        assert!(there.contains(wanted), "{wanted}: {there}");
    }
    if Here::look(&[], Tuning::default()).kind == Kind::Reference {
        let empty = room.models();
        let none = told(&empty);
        assert!(none.starts_with("There is no device to paint on, so small models"), "{none}");
        let driver = format!("{} not found", empty.join("libcuda.so.1").display());
        assert!(none.contains("there is no driver of NVIDIA") && none.contains(&driver), "{none}");
    }
}

fn asked_over_wire(order: &Order) -> orders::Order {
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
    let wanted = asked_over_wire(&Order { steps: 4, ..order("tiny") });
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
