//! Orders from arrival to end: turns, cancels, faults of models, stores and painters, and pictures that say what drew them.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

#[path = "support/studio.rs"]
mod room;
mod support;

use core_brand::fault::Code;
use core_brand::{Blame, Fault};
use imprint_painter::{Backend as Kind, Control, Lora, Order, Picture};
use imprint_painter_cuda::find::Places;
use imprint_painter_serve::backend::{Backend, OnCpu};
use imprint_painter_serve::device::Device;
use imprint_painter_serve::gpu::{Here, Tuning};
use imprint_painter_serve::home;
use imprint_painter_serve::inspect::Inspect;
use imprint_painter_serve::picture::{ORDER_TEXT, PROCEDURAL_COMMENT, read};
use imprint_painter_serve::registry::{Aliases, Card, Kind as What, Registry};
use imprint_painter_serve::{Asked, Equipment, Settings, State, Studio};
use imprint_telemetry::Tally;
use room::{
    Puppet, Shelf, Theatre, WAIT, asked, ended, equipment, failed, measured, registry, theatre, told,
};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use support::{order, tiny};

/// The text of a PNG.
fn text(png: &[u8], keyword: &str) -> String {
    let reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().unwrap();
    let found = reader.info().utf8_text.iter().find(|text| text.keyword == keyword);
    found.unwrap().get_text().unwrap()
}

#[test]
fn a_tiny_model_paints_and_the_picture_says_how() {
    let folder = tempfile::tempdir().unwrap();
    let (from, root) = (folder.path().join("tiny"), folder.path().join("models"));
    tiny(&from);
    home::add(&root, &from, "tiny@1", 64).unwrap();
    let shelf = Arc::new(Shelf::default());
    let registry = Registry::new(home::cards(&root).unwrap(), Aliases::new()).unwrap();
    let settings = Settings { memory_bytes: 200 << 20, ..Settings::default() };
    let studio = Studio::new(equipment(registry, Arc::new(OnCpu::default()), &shelf), settings);
    let wanted = Order { count: 2, seed: 7, steps: 6, ..order("tiny") };
    let id = studio.submit(asked("br_1/paint/1", wanted.clone())).unwrap();
    let State::Done(kept) = ended(&studio, &id) else { panic!("{:?}", studio.poll("acme", &id)) };
    assert_eq!(kept.iter().map(|one| one.seed).collect::<Vec<_>>(), [7, 8]);
    assert!(kept.iter().all(|one| one.model == "tiny@1" && one.backend == Kind::Reference));
    let pictures = shelf.kept.lock().unwrap().clone();
    let second: Value = serde_json::from_str(&text(&pictures[&kept[1].picture.sha256], ORDER_TEXT)).unwrap();
    assert_eq!(
        (&second["seed"], &second["model"], &second["steps"]),
        (&"8".into(), &"tiny@1".into(), &6.into())
    );
    assert_eq!(second["prompt"], wanted.prompt);
    // The same order again, alone, with the seed that the picture says: the same bytes but for that.
    let alone = Order { count: 1, seed: 8, ..wanted };
    let id = studio.submit(asked("br_1/paint/2", alone)).unwrap();
    let State::Done(again) = ended(&studio, &id) else { panic!("{:?}", studio.poll("acme", &id)) };
    assert_eq!(again[0].picture, kept[1].picture);
    // Beside two pictures there is a preview of each, at the fifth of six steps.
    assert!(pictures.len() > 2, "{} pictures were kept", pictures.len());
    assert!(studio.models().iter().any(|(card, loaded)| card.name == "tiny@1" && *loaded));
    // Another tenant sees nothing of it.
    assert_eq!(studio.poll("other", &id), None);
    studio.stop(WAIT);
}

#[test]
fn the_procedural_painter_draws_only_where_it_is_named() {
    let shelf = Arc::new(Shelf::default());
    let registry = Registry::new(Vec::new(), Aliases::new()).unwrap();
    let studio = Studio::new(equipment(registry, Arc::new(OnCpu::default()), &shelf), Settings::default());
    for named in ["sdxl", "sdxl@1", "tiny", "procedural@2"] {
        let refused = studio.submit(asked(named, order(named))).unwrap_err();
        assert!(refused.is(Code::PaintModelUnknown), "{named}: {refused}");
    }
    let id = studio.submit(asked("a", Order { count: 2, ..order("procedural") })).unwrap();
    let State::Done(kept) = ended(&studio, &id) else { panic!("{:?}", studio.poll("acme", &id)) };
    for one in &kept {
        assert_eq!((one.backend, one.model.as_str()), (Kind::Procedural, "procedural@1"));
        let png = shelf.kept.lock().unwrap()[&one.picture.sha256].clone();
        assert_eq!(text(&png, "Comment"), PROCEDURAL_COMMENT);
        assert!(text(&png, ORDER_TEXT).contains(r#""backend":"procedural""#));
    }
    assert_ne!(kept[0].picture, kept[1].picture);
    // The same words and seed, the same bytes; those of this version for ever.
    let again = studio.submit(asked("b", order("procedural"))).unwrap();
    let State::Done(again) = ended(&studio, &again) else { panic!("{:?}", studio.poll("acme", &again)) };
    assert_eq!(again[0].picture, kept[0].picture);
}

type Change = fn(&mut Order);

/// The tiny model, a LoRA and a ControlNet for it, and some for others.
fn gallery(folder: &Path) -> Registry {
    let (root, at) = (folder.join("models"), |name: &str| folder.join(name));
    tiny(&at("tiny"));
    support::lora(&at("ink.safetensors"), 64);
    support::lora(&at("wide.safetensors"), 128);
    support::control(&at("edges"), &[16, 32, 96]);
    support::control(&at("coarse"), &[16, 32]);
    let all = [
        ("tiny", "tiny@1", What::Model),
        ("ink.safetensors", "ink@1", What::Lora),
        ("wide.safetensors", "wide@1", What::Lora),
        ("edges", "edges@1", What::Control),
        ("coarse", "coarse@1", What::Control),
    ];
    for (from, name, kind) in all {
        let list = home::add(&root, &at(from), name, 64).unwrap();
        assert_eq!(list.kind, kind, "{name}");
        assert_eq!(home::add(&root, &at(from), name, 64).unwrap(), list, "twice is once");
    }
    let registry = Registry::new(home::cards(&root).unwrap(), Aliases::new()).unwrap();
    registry.with_extras(home::extras(&root).unwrap()).unwrap()
}

fn lora(name: &str, scale: f32) -> Vec<Lora> {
    vec![Lora { name: name.to_owned(), scale }]
}

fn control(name: &str, scale: f32) -> Vec<Control> {
    let rgb = (0..64 * 64 * 3).map(|at| if at % 64 < 20 { 255 } else { 0 }).collect();
    vec![Control { model: name.to_owned(), picture: Picture { width: 64, height: 64, rgb }, scale }]
}

/// What an order names beside its model changes the picture by its weight, stands in the picture, and leaves no trace.
#[test]
fn loras_and_controls_are_named_and_weigh_what_they_weigh() {
    let folder = tempfile::tempdir().unwrap();
    let shelf = Arc::new(Shelf::default());
    let registry = gallery(folder.path());
    let settings = Settings { memory_bytes: 200 << 20, ..Settings::default() };
    let studio = Studio::new(equipment(registry, Arc::new(OnCpu::default()), &shelf), settings);
    let mut number = 0;
    let mut painted = |loras: Vec<Lora>, controls: Vec<Control>| -> (Picture, Value) {
        number += 1;
        let order = Order { seed: 7, loras, controls, ..order("tiny") };
        let id = studio.submit(asked(&format!("br_1/paint/{number}"), order)).unwrap();
        let State::Done(kept) = ended(&studio, &id) else { panic!("{:?}", studio.poll("acme", &id)) };
        let png = shelf.kept.lock().unwrap()[&kept[0].picture.sha256].clone();
        (read(&png).unwrap(), serde_json::from_str(&text(&png, ORDER_TEXT)).unwrap())
    };
    let bare = painted(Vec::new(), Vec::new()).0;
    let (inked, said) = painted(lora("ink", 1.0), Vec::new());
    assert_ne!(inked, bare, "the LoRA does nothing");
    assert_eq!(said["loras"], serde_json::json!([{ "name": "ink@1", "scale": 1.0 }]));
    assert_ne!(painted(lora("ink@1", -0.5), Vec::new()).0, inked, "its weight does nothing");
    let (edged, said) = painted(Vec::new(), control("edges", 1.0));
    assert_ne!(edged, bare, "the ControlNet does nothing");
    assert_eq!(
        said["controls"],
        serde_json::json!([{ "model": "edges@1", "scale": 1.0, "picture_sha256": null }])
    );
    let both = painted(lora("ink", 1.0), control("edges", 1.0)).0;
    assert!(both != inked && both != edged, "one of two does nothing");
    assert_eq!(
        painted(lora("ink", 0.0), control("edges", 0.0)).0,
        bare,
        "a weight of nothing does something"
    );
    assert_eq!(painted(Vec::new(), Vec::new()).0, bare, "something was left behind");
}

/// Before anything is loaded, and with the name that does not fit.
#[test]
fn what_does_not_belong_to_a_model_is_refused_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let registry = gallery(folder.path());
    let (shelf, backend) = (Arc::new(Shelf::default()), Arc::new(OnCpu::default()));
    let card = registry.resolve("tiny", "").unwrap().clone();
    let need = |mut order: Order| {
        let beside = registry.beside(&mut order).unwrap();
        let need = backend.need(&card, &order, &beside).unwrap();
        need.weights + need.work
    };
    let bare = need(order("tiny"));
    let with_lora = need(Order { loras: lora("ink", 1.0), ..order("tiny") });
    let with_control = need(Order { controls: control("edges", 1.0), ..order("tiny") });
    assert!(with_lora > bare && with_control > bare, "{bare}, {with_lora}, {with_control}");
    // Room for an order that names nothing, and for no byte more.
    let settings = Settings { memory_bytes: bare, ..Settings::default() };
    let studio = Studio::new(equipment(registry.clone(), backend.clone(), &shelf), settings);
    let cases: [(Code, &str, Change); 15] = [
        (Code::PaintMemory, "", |order| order.loras = lora("ink", 1.0)),
        (Code::PaintMemory, "", |order| order.controls = control("edges", 1.0)),
        (Code::PaintModelUnknown, "`pencil`", |order| order.loras = lora("pencil", 1.0)),
        (Code::PaintModelUnknown, "`ink@2`", |order| order.loras = lora("ink@2", 1.0)),
        (Code::PaintModelUnknown, "`ink`", |order| order.model = "ink".to_owned()),
        (Code::PaintModelUnknown, "`pencil`", |order| order.controls = control("pencil", 1.0)),
        (Code::PaintModelUnfit, "`wide@1`", |order| order.loras = lora("wide", 1.0)),
        (Code::PaintModelUnfit, "it is a ControlNet", |order| order.loras = lora("edges", 1.0)),
        (Code::PaintModelUnfit, "it is a model", |order| order.controls = control("tiny", 1.0)),
        (Code::PaintModelUnfit, "`coarse@1`", |order| order.controls = control("coarse", 1.0)),
        (Code::PaintRange, "loras.scale", |order| order.loras = lora("ink", 4.5)),
        (Code::PaintRange, "controls.scale", |order| order.controls = control("edges", f32::NAN)),
        (Code::PaintRange, "at most 8", |order| order.loras = vec![lora("ink", 0.1).remove(0); 9]),
        (Code::PaintRange, "at most 3", |order| order.controls = vec![control("edges", 0.1).remove(0); 4]),
        (Code::PaintUnsupported, "no weights", |order| {
            (order.model, order.loras) = ("procedural".to_owned(), lora("ink", 1.0));
        }),
    ];
    for (code, told, change) in cases {
        let mut order = order("tiny");
        change(&mut order);
        let why = studio.submit(asked("bad", order)).unwrap_err();
        assert!(why.is(code) && why.blame == Blame::Rejected, "{code}: {why}");
        assert!(why.message.contains(told), "{told} is not told: {why}");
    }
    assert!(studio.models().iter().all(|(_, loaded)| !loaded));
    // What is another than what was added is not painted with.
    let settings = Settings { memory_bytes: 200 << 20, ..Settings::default() };
    let studio = Studio::new(equipment(registry, backend, &shelf), settings);
    let path = folder.path().join("models/ink@1/lora.safetensors");
    let mut bytes = std::fs::read(&path).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    std::fs::write(&path, bytes).unwrap();
    let id = studio.submit(asked("changed", Order { loras: lora("ink", 1.0), ..order("tiny") })).unwrap();
    let why = failed(&studio, &id);
    assert!(why.is(Code::PaintModelUnreadable) && why.message.contains("lora.safetensors"), "{why}");
}

#[test]
fn what_cannot_be_painted_is_refused_at_once() {
    let shelf = Arc::new(Shelf::default());
    let folder = tempfile::tempdir().unwrap();
    let (from, root) = (folder.path().join("tiny"), folder.path().join("models"));
    tiny(&from);
    home::add(&root, &from, "tiny@1", 64).unwrap();
    let registry = Registry::new(home::cards(&root).unwrap(), Aliases::new()).unwrap();
    let settings = Settings { memory_bytes: 40 << 20, ..Settings::default() };
    let studio = Studio::new(equipment(registry, Arc::new(OnCpu::default()), &shelf), settings);
    let with = |change: Change| {
        let mut order = order("tiny");
        change(&mut order);
        studio.submit(asked("bad", order)).unwrap_err()
    };
    let cases: [(Code, Change); 7] = [
        (Code::PaintRange, |order| order.prompt = "x".repeat(100 << 10)),
        (Code::PaintRange, |order| order.steps = 0),
        (Code::PaintRange, |order| order.width = 65),
        (Code::PaintRange, |order| order.guidance = f32::NAN),
        (Code::PaintName, |order| order.model = "../../etc".to_owned()),
        (Code::PaintModelUnknown, |order| order.loras = vec![Lora { name: "ink".to_owned(), scale: 1.0 }]),
        // Known before anything is loaded, let alone painted.
        (Code::PaintMemory, |order| (order.width, order.height) = (1536, 1536)),
    ];
    for (code, change) in cases {
        let refused = with(change);
        assert!(refused.is(code) && refused.blame == Blame::Rejected, "{code}: {refused}");
        assert!(refused.message.len() < 1000, "{code} says {} bytes", refused.message.len());
    }
    assert!(studio.models().iter().all(|(_, loaded)| !loaded));
}

/// Only a GPU counts, whether its orders end well or not; and only a device has memory.
#[test]
fn time_and_memory_of_a_device_are_counted() {
    let puppet = Arc::new(Puppet::default());
    puppet.allow(1000);
    let card =
        |name: &str, backend| Card { name: name.to_owned(), native_px: 64, backend, home: PathBuf::new() };
    let cards = vec![card("gpu@1", Kind::Cuda), card("cpu@1", Kind::Reference)];
    let registry = Registry::new(cards, Aliases::new()).unwrap();
    let equipment = equipment(registry, Arc::new(Theatre(Arc::clone(&puppet))), &Arc::new(Shelf::default()));
    let meters = equipment.meters.clone();
    let studio = Studio::new(equipment, Settings::default());
    let told = |name: &str| told(&meters, name);
    const SECONDS: &str = "imprint_painter_gpu_seconds_total";
    let paint = |key: &str, model: &str, prompt: &str| {
        let id = studio.submit(asked(key, Order { prompt: prompt.to_owned(), ..order(model) })).unwrap();
        ended(&studio, &id)
    };
    assert!(matches!(paint("a", "cpu", "a fox"), State::Done(_)));
    assert_eq!(told(SECONDS), None);
    let State::Done(kept) = paint("b", "gpu", "slow") else { panic!("it was not painted") };
    let first = told(SECONDS).unwrap();
    assert!(kept[0].gpu_ms >= 20 && first >= kept[0].gpu_ms as f64 / 1000.0, "{first}: {kept:?}");
    assert!(matches!(paint("c", "gpu", "nan"), State::Failed(_)));
    let second = told(SECONDS).unwrap();
    assert!(second > first, "{second}");
    assert!(matches!(paint("d", "cpu", "a fox"), State::Done(_)));
    assert_eq!(told(SECONDS), Some(second));
    for (what, bytes) in [("free", 300.0), ("total", 1000.0)] {
        assert_eq!(told(&format!(r#"imprint_painter_device_bytes{{what="{what}"}}"#)), Some(bytes));
    }
    assert_eq!(told(r#"imprint_painter_orders_total{result="paint.nan"}"#), Some(1.0));
    assert_eq!(OnCpu::default().device_memory(), None);
}

/// A changed file is found when the model is loaded, and a model for which there is no memory or no GPU is not tried.
#[test]
fn models_that_changed_or_are_too_large_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let (from, root) = (folder.path().join("tiny"), folder.path().join("models"));
    tiny(&from);
    let list = home::add(&root, &from, "tiny@1", 64).unwrap();
    assert_eq!(home::add(&root, &from, "tiny@1", 64).unwrap(), list, "twice is once");
    let scheduler = from.join("scheduler/scheduler_config.json");
    let changed = std::fs::read_to_string(&scheduler).unwrap().replace("0.012", "0.013");
    std::fs::write(&scheduler, changed).unwrap();
    assert!(home::add(&root, &from, "tiny@1", 64).unwrap_err().is(Code::PaintModelExists));
    std::fs::copy(&scheduler, root.join("tiny@1/scheduler/scheduler_config.json")).unwrap();
    let registry = Registry::new(home::cards(&root).unwrap(), Aliases::new()).unwrap();
    let shelf = Arc::new(Shelf::default());
    let studio = Studio::new(equipment(registry, Arc::new(OnCpu::default()), &shelf), Settings::default());
    let id = studio.submit(asked("a", order("tiny"))).unwrap();
    let why = failed(&studio, &id);
    assert!(why.is(Code::PaintModelUnreadable) && why.message.contains("scheduler_config.json"), "{why}");
}

/// Without a GPU a large model is not tried, and nothing else is painted in its place.
#[test]
fn a_model_too_large_for_the_cpu_says_what_was_looked_for() {
    let folder = tempfile::tempdir().unwrap();
    let (from, root) = (folder.path().join("large"), folder.path().join("models"));
    tiny(&from);
    let path = from.join("unet/config.json");
    let mut config: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
    config["block_out_channels"] = serde_json::json!([320, 640, 1280]);
    std::fs::write(&path, config.to_string()).unwrap();
    home::add(&root, &from, "large@1", 1024).unwrap();
    // The libraries of this machine are left alone, so that the answer is the same where there is a GPU.
    let empty = folder.path().join("empty");
    let here = Here::at(&Places { folders: vec![empty.clone()], bare: false }, Tuning::default());
    assert_eq!((here.kind, here.memory_bytes), (Kind::Reference, None));
    let registry = Registry::new(here.cards(home::cards(&root).unwrap()), Aliases::new()).unwrap();
    let shelf = Arc::new(Shelf::default());
    let studio = Studio::new(equipment(registry, here.backend, &shelf), Settings::default());
    let why = studio.submit(asked("a", order("large"))).unwrap_err();
    assert!(why.is(Code::PaintNoDevice) && why.blame == Blame::Busy, "{why}");
    let driver = empty.join("libcuda.so.1").display().to_string();
    for looked_for in
        ["driver of NVIDIA", driver.as_str(), "/dev/nvidia0", "libcuda.so.1", "libcublasLt.so", "found"]
    {
        assert!(why.message.contains(looked_for), "{looked_for} is not told: {why}");
    }
    // What is there and what is not, of a system that has one library and one device.
    let places = folder.path().join("usr/lib64");
    std::fs::create_dir_all(&places).unwrap();
    std::fs::create_dir_all(folder.path().join("dev")).unwrap();
    for file in ["usr/lib64/libcublasLt.so.13", "dev/nvidia0"] {
        std::fs::write(folder.path().join(file), "").unwrap();
    }
    let said = Device::look(folder.path(), &[]).said();
    assert!(said.contains("/dev/nvidia0 found, /dev/nvidiactl not found"), "{said}");
    assert!(said.contains("libcublasLt.so.13") && said.contains("libcuda.so.1 not found"), "{said}");
}

#[test]
fn orders_take_turns_and_a_cancelled_one_leaves_at_its_step() {
    let (studio, puppet) = theatre(Settings::default());
    let long = studio.submit(asked("long", Order { steps: 150, seed: 1, ..order("m") })).unwrap();
    puppet.allow(3);
    puppet.wait_taken(3);
    let short = studio.submit(asked("short", Order { steps: 4, seed: 2, ..order("m") })).unwrap();
    let begun = std::time::Instant::now();
    while matches!(studio.poll("acme", &short), Some(State::Waiting(_))) {
        assert!(begun.elapsed() < WAIT, "the short one does not begin");
        std::thread::yield_now();
    }
    // The long one takes steps until the thread of the short one is there; from then on they alternate. A step takes a
    // while, so that a thread that begins late finds some left.
    let mut count = 3;
    while !puppet.taken().contains(&2) {
        count += 1;
        assert!(count < 100, "the short one never takes a step");
        std::thread::sleep(Duration::from_millis(10));
        puppet.allow(1);
        puppet.wait_taken(count);
    }
    puppet.allow(20);
    assert!(matches!(ended(&studio, &short), State::Done(_)));
    let taken = puppet.taken();
    let from = taken.iter().position(|seed| *seed == 2).unwrap();
    let until = taken.iter().rposition(|seed| *seed == 2).unwrap();
    assert!(until - from < 8, "4 steps beside 150 took {}: {taken:?}", until - from);
    // It paints, or is about to take its next turn.
    assert!(matches!(studio.poll("acme", &long), Some(State::Painting(..) | State::Waiting(_))));
    studio.cancel("acme", &long);
    puppet.allow(1);
    assert_eq!(ended(&studio, &long), State::Cancelled);
    assert!(puppet.taken().len() < 120, "it went on after it was cancelled");
    // What has ended stays as it is.
    assert!(matches!(studio.cancel("acme", &short), Some(State::Done(_))));
    assert_eq!(studio.cancel("acme", "paint_nothing"), None);
}

#[test]
fn every_fault_ends_its_order_and_no_other() {
    let (studio, puppet) = theatre(Settings::default());
    puppet.allow(1000);
    let cases = [
        ("panic", Code::Broken),
        ("lost", Code::PaintDeviceLost),
        ("nan", Code::PaintNotANumber),
        ("blank", Code::PaintBlank),
    ];
    for (prompt, code) in cases {
        let wanted = Order { prompt: prompt.to_owned(), ..order("m") };
        let id = studio.submit(asked(prompt, wanted)).unwrap();
        let why = failed(&studio, &id);
        assert!(why.is(code), "{prompt}: {why}");
    }
    let id = studio.submit(asked("broken", order("broken"))).unwrap();
    assert!(failed(&studio, &id).is(Code::PaintModelUnreadable));
    let id = studio.submit(asked("good", order("m"))).unwrap();
    assert!(matches!(ended(&studio, &id), State::Done(_)), "the others harmed it");
}

/// A device that still answers paints the next order; one that does not ends its painter, and leaves to others what waited.
#[test]
fn a_device_that_is_gone_ends_its_painter() {
    // Two fit in the memory.
    let (studio, puppet) = theatre(Settings { memory_bytes: 250, ..Settings::default() });
    let watched = studio.clone();
    let watch = std::thread::spawn(move || watched.lost());
    let with = |key: &str, prompt: &str| {
        studio.submit(asked(key, Order { prompt: prompt.to_owned(), ..order("m") })).unwrap()
    };
    puppet.allow(3);
    let lost = with("lost", "lost");
    assert!(failed(&studio, &lost).is(Code::PaintDeviceLost));
    let good = with("good", "a fox");
    assert!(matches!(ended(&studio, &good), State::Done(_)), "it gave up a device that answers");
    assert!(!watch.is_finished());
    assert_eq!(studio.health(), Ok(()));
    let ids = ["a", "b", "c", "d"].map(|key| with(key, "gone"));
    puppet.allow(10);
    assert!(failed(&studio, &ids[0]).is(Code::PaintDeviceLost));
    for id in &ids {
        let why = failed(&studio, id);
        assert!(why.is(Code::PaintDeviceLost) || why.is(Code::PaintStopping), "{why}");
        assert_eq!(why.blame, Blame::Busy, "{why}");
    }
    assert!(studio.submit(asked("new", order("m"))).unwrap_err().is(Code::PaintStopping));
    assert!(watch.join().unwrap().unwrap().contains("nobody answers"));
    let why = studio.health().unwrap_err();
    assert!(why.contains("the device was lost") && why.contains("nobody answers"), "{why}");
    // One that is stopped lost nothing.
    let (calm, _) = theatre(Settings::default());
    calm.stop(WAIT);
    assert_eq!(calm.lost(), None);
}

#[test]
fn one_key_is_one_order() {
    let (studio, puppet) = theatre(Settings::default());
    puppet.allow(1000);
    let first = studio.submit(asked("k", order("m"))).unwrap();
    assert_eq!(studio.submit(asked("k", order("m"))).unwrap(), first);
    let other = studio.submit(asked("k", Order { seed: 9, ..order("m") })).unwrap_err();
    assert!(other.is(Code::KeyMismatch), "{other}");
    ended(&studio, &first);
    assert_eq!(puppet.taken().len(), 2, "it was painted twice");
    // A failure that passes is tried anew under the same key.
    let lost = Order { prompt: "lost".to_owned(), ..order("m") };
    let id = studio.submit(asked("lost", lost.clone())).unwrap();
    failed(&studio, &id);
    assert_eq!(studio.submit(asked("lost", lost)).unwrap(), id);
    failed(&studio, &id);
    assert_eq!(puppet.taken().len(), 4);
}

#[test]
fn a_full_store_and_a_judge_are_reasons() {
    let puppet = Arc::new(Puppet::default());
    puppet.allow(1000);
    let shelf = Arc::new(Shelf { is_full: true, ..Shelf::default() });
    let backend = Arc::new(Theatre(Arc::clone(&puppet)));
    let studio = Studio::new(equipment(registry(&["m@1"]), backend.clone(), &shelf), Settings::default());
    let id = studio.submit(asked("a", order("m"))).unwrap();
    assert!(failed(&studio, &id).is(Code::Storage));

    struct No;
    impl Inspect for No {
        fn inspect(&self, _: &Order, _: &Picture) -> Result<(), Fault> {
            Err(Fault::new(Code::PaintWithheld, [("why", "somebody would mind".to_owned())]))
        }
    }
    let shelf = Arc::new(Shelf::default());
    let equipment =
        Equipment { inspectors: vec![Box::new(No)], ..equipment(registry(&["m@1"]), backend, &shelf) };
    let studio = Studio::new(equipment, Settings::default());
    let id = studio.submit(asked("a", order("m"))).unwrap();
    assert!(failed(&studio, &id).is(Code::PaintWithheld));
    assert!(shelf.kept.lock().unwrap().is_empty(), "a picture that is withheld was kept");
}

#[test]
fn a_stop_ends_everything_with_a_reason() {
    let (studio, puppet) = theatre(Settings { memory_bytes: 250, ..Settings::default() });
    let ids: Vec<String> = (0..5)
        .map(|number| {
            studio.submit(asked(&format!("{number}"), Order { seed: number, ..order("m") })).unwrap()
        })
        .collect();
    puppet.allow(1);
    puppet.wait_taken(1);
    // Two fit in the memory; the painted ones are cut off, because no step is allowed in time.
    let stopping = studio.clone();
    let stop = std::thread::spawn(move || stopping.stop(Duration::from_millis(50)));
    stop.join().unwrap();
    puppet.allow(100);
    for id in &ids {
        let why = failed(&studio, id);
        assert!(why.is(Code::PaintStopping) && why.blame == Blame::Busy, "{why}");
    }
    assert!(studio.submit(asked("new", order("m"))).unwrap_err().is(Code::PaintStopping));
}

#[test]
fn a_step_that_never_ends_gives_up_its_device_and_nobody_waits_for_it() {
    // One fits in the memory.
    let (studio, puppet) = theatre(Settings { silent_ms: 30, memory_bytes: 170, ..Settings::default() });
    let [painted, waiting] =
        ["a", "b"].map(|key| studio.submit(asked(key, Order { steps: 2, ..order("m") })).unwrap());
    assert_eq!(studio.lost().unwrap(), "a step has not ended within 30 ms");
    let is_ended = || {
        let why = failed(&studio, &painted);
        assert!(why.is(Code::PaintDeviceLost) && why.blame == Blame::Busy, "{why}");
        assert!(failed(&studio, &waiting).is(Code::PaintStopping));
    };
    is_ended();
    // The step ends after all, and changes nothing.
    puppet.allow(1);
    puppet.wait_taken(1);
    studio.stop(Duration::ZERO);
    is_ended();
}

/// Nothing has a turn while a model is loaded, so no step tells that it hangs. Who shares the model is told too.
#[test]
fn a_model_that_is_never_loaded_ends_its_painter() {
    // Both have begun by the time that they are given, also on a busy machine.
    let settings = Settings { order_ms: 1000, silent_ms: 300, ..Settings::default() };
    let (studio, puppet) = theatre(settings);
    let ids = ["a", "b"].map(|key| studio.submit(asked(key, order("stuck"))).unwrap());
    for id in &ids {
        let why = failed(&studio, id);
        assert!(why.is(Code::PaintDeviceLost) && why.blame == Blame::Busy, "{why}");
    }
    assert!(studio.is_lost());
    assert_eq!(studio.lost().unwrap(), "an order has not ended 300 ms after its time");
    assert!(studio.submit(asked("c", order("m"))).unwrap_err().is(Code::PaintStopping));
    // It is loaded after all, and changes nothing.
    puppet.allow(1);
    studio.stop(WAIT);
    assert!(ids.iter().all(|id| failed(&studio, id).is(Code::PaintDeviceLost)));
}

/// Waits until a meter tells this number.
fn tells(meters: &Tally, name: &str, wanted: f64) {
    let begun = std::time::Instant::now();
    while told(meters, name) != Some(wanted) {
        assert!(begun.elapsed() < WAIT, "{name} is {:?}, not {wanted}", told(meters, name));
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// A model is loaded once it is, not while it is loaded and not where that failed; and nothing is taken for one that failed.
#[test]
fn only_what_is_loaded_counts_as_loaded() {
    const TAKEN: &str = r#"imprint_painter_memory_bytes{kind="taken"}"#;
    let (studio, puppet, meters) = measured(&["broken@1", "stuck@1"], Settings::default());
    let loaded = || -> Vec<String> {
        let models = studio.models().into_iter().filter(|(_, is_loaded)| *is_loaded);
        models.map(|(card, _)| card.name).collect()
    };
    let id = studio.submit(asked("a", order("broken"))).unwrap();
    assert!(failed(&studio, &id).is(Code::PaintModelUnreadable));
    assert!(loaded().is_empty());
    tells(&meters, TAKEN, 0.0);
    let id = studio.submit(asked("b", order("stuck"))).unwrap();
    tells(&meters, TAKEN, 164.0);
    assert!(loaded().is_empty(), "it is being loaded");
    puppet.allow(10);
    assert!(matches!(ended(&studio, &id), State::Done(_)));
    assert_eq!(loaded(), ["stuck@1"]);
    tells(&meters, TAKEN, 100.0);
}

/// There is room for one of two models. Each order gets its own, by swapping, and waits as long as the other one is painted.
#[test]
fn models_that_do_not_fit_together_take_turns() {
    const WAITING: &str = "imprint_painter_waiting";
    let (studio, puppet, meters) =
        measured(&["a@1", "b@1"], Settings { memory_bytes: 250, ..Settings::default() });
    let submit = |key: &str, model: &str| studio.submit(asked(key, order(model))).unwrap();
    let ids = [submit("1", "a"), submit("2", "b"), submit("3", "a")];
    tells(&meters, WAITING, 2.0);
    puppet.allow(100);
    for (id, model) in ids.iter().zip(["a@1", "b@1", "a@1"]) {
        let State::Done(kept) = ended(&studio, id) else { panic!("{:?}", studio.poll("acme", id)) };
        assert_eq!(kept[0].model, model);
    }
    assert_eq!(told(&meters, r#"imprint_painter_loads_total{result="loaded"}"#), Some(3.0));
    tells(&meters, WAITING, 0.0);
    let models = studio.models();
    let loaded: Vec<&str> =
        models.iter().filter(|(_, loaded)| *loaded).map(|(card, _)| &*card.name).collect();
    assert_eq!(loaded, ["a@1"]);
}

#[test]
fn nobody_waits_longer_than_who_asked() {
    let (studio, puppet) = theatre(Settings { memory_bytes: 170, ..Settings::default() });
    let before = studio.submit(asked("before", Order { steps: 1, ..order("m") })).unwrap();
    let short = Asked { wait_ms: Some(30), ..asked("short", order("m")) };
    let why = failed(&studio, &studio.submit(short).unwrap());
    assert!(why.is(Code::PaintLate) && why.args == [("limit_ms".to_owned(), "30".to_owned())], "{why}");
    puppet.allow(1);
    assert!(matches!(ended(&studio, &before), State::Done(_)));
}

#[test]
fn who_waits_too_long_is_told() {
    // Two fit in the memory; neither is allowed a step before the third has been told.
    let (studio, puppet) = theatre(Settings { order_ms: 30, memory_bytes: 250, ..Settings::default() });
    let ids =
        ["a", "b", "c"].map(|key| studio.submit(asked(key, Order { steps: 99, ..order("m") })).unwrap());
    assert!(failed(&studio, &ids[2]).is(Code::PaintLate));
    puppet.allow(10);
    for id in &ids {
        assert!(failed(&studio, id).is(Code::PaintLate), "{id}");
    }
}
