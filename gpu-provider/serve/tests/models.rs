//! Models in folders: in every layout, added and removed while orders are painted, and what is none.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

#[path = "support/studio.rs"]
mod room;
mod support;

use core_brand::fault::Code;
use imprint_painter::{Lora, Order};
use imprint_painter_serve::backend::{Backend, OnCpu};
use imprint_painter_serve::home;
use imprint_painter_serve::registry::{Aliases, Beside, Kind as What, Registry};
use imprint_painter_serve::{Equipment, Settings, State, Studio, look_in};
use imprint_telemetry::Tally;
use room::{Shelf, WAIT, asked, ended, equipment};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use support::{order, tiny};

/// A painter on the CPU, with the models that there are now.
fn on_cpu(root: &Path, shelf: &Arc<Shelf>) -> Equipment {
    let registry = Registry::new(home::cards(root).unwrap(), Aliases::new()).unwrap();
    equipment(registry, Arc::new(OnCpu::default()), shelf)
}

/// Paints with a model in its folder of models, and gives the picture as it was kept.
fn painted_by(root: &Path, order: Order) -> Vec<u8> {
    let shelf = Arc::new(Shelf::default());
    let settings = Settings { memory_bytes: 200 << 20, ..Settings::default() };
    let studio = Studio::new(on_cpu(root, &shelf), settings);
    let id = studio.submit(asked("br_1/paint/1", order)).unwrap();
    shelf.picture(&ended(&studio, &id))
}

#[test]
fn a_model_in_a_single_file_paints_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    tiny(&at("parts"));
    // A list has no path with a blank; the file is called otherwise there.
    support::single(&at("whole"), "sd xl.safetensors");
    let lists = ["parts", "whole"]
        .map(|from| home::add(&at(&format!("of {from}")), &at(from), "tiny@1", 64).unwrap());
    assert!(lists.iter().all(|list| list.kind == What::Model));
    let weights = |list: &home::List| {
        let is_weights = |file: &&home::Entry| file.path.ends_with(".safetensors");
        list.files.iter().filter(is_weights).map(|file| file.path.clone()).collect::<Vec<_>>()
    };
    assert_eq!((weights(&lists[0]).len(), weights(&lists[1])), (4, vec![home::CHECKPOINT.to_owned()]));
    let need = |root: &str| {
        let card = home::cards(&at(root)).unwrap().remove(0);
        OnCpu::default().need(&card, &order("tiny"), &Beside::default()).unwrap()
    };
    assert_eq!(need("of whole"), need("of parts"));
    let wanted = Order { seed: 7, guidance: 2.0, ..order("tiny") };
    let painted = ["of parts", "of whole"].map(|root| painted_by(&at(root), wanted.clone()));
    assert!(painted[0] == painted[1], "the two pictures differ");
}

/// Each says what is to be done.
#[test]
fn single_files_that_are_no_models_are_not_added() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("models");
    type Damage = fn(&Path);
    let cases: [(&str, Damage); 4] = [
        ("2 files of weights at its top; leave the one", |from| {
            support::lora(&from.join("b.safetensors"), 64);
        }),
        ("it has no weights: put those", |from| std::fs::remove_file(from.join("a.safetensors")).unwrap()),
        ("no checkpoint of the whole model", |from| support::lora(&from.join("a.safetensors"), 64)),
        ("add that folder", |from| std::fs::remove_file(from.join("model_index.json")).unwrap()),
    ];
    for (number, (told, damage)) in cases.into_iter().enumerate() {
        let from = folder.path().join(format!("{number}"));
        support::single(&from, "a.safetensors");
        damage(&from);
        let why = home::add(&root, &from, "tiny@1", 64).unwrap_err();
        assert!(why.is(Code::PaintModelFolder) && why.message.contains(told), "{told}: {why}");
    }
    let bare = home::add(&root, &folder.path().join("3/a.safetensors"), "tiny@1", 64).unwrap_err();
    assert!(bare.message.contains("add that folder"), "{bare}");
    assert!(home::models(&root).unwrap().is_empty(), "something was added");
}

/// The tiny model in a folder of models that is looked through, but not more often than that, and what it counts.
fn library(folder: &Path, look_ms: u64) -> (Studio, PathBuf, Tally) {
    let (from, root) = (folder.join("tiny"), folder.join("models"));
    tiny(&from);
    home::add(&root, &from, "tiny@1", 64).unwrap();
    let equipment = on_cpu(&root, &Arc::new(Shelf::default()));
    let (meters, looked) = (equipment.meters.clone(), root.clone());
    let look = Box::new(move |before: &Registry| look_in(&looked, before, |cards| cards));
    let settings = Settings { look_ms, memory_bytes: 200 << 20, ..Settings::default() };
    (Studio::looking(equipment, settings, look), root, meters)
}

fn names(studio: &Studio) -> Vec<String> {
    studio.models().into_iter().map(|(card, _)| card.name).collect()
}

#[test]
fn models_come_and_go_while_it_runs() {
    let folder = tempfile::tempdir().unwrap();
    let (studio, root, meters) = library(folder.path(), 0);
    let unknown = studio.submit(asked("new", order("tiny@2"))).unwrap_err();
    assert!(unknown.is(Code::PaintModelUnknown), "{unknown}");
    home::add(&root, &folder.path().join("tiny"), "tiny@2", 64).unwrap();
    support::lora(&folder.path().join("ink.safetensors"), 64);
    home::add(&root, &folder.path().join("ink.safetensors"), "ink@1", 64).unwrap();
    let inked = Order { loras: vec![Lora { name: "ink".to_owned(), scale: 1.0 }], ..order("tiny@2") };
    let id = studio.submit(asked("new", inked)).unwrap();
    assert!(matches!(ended(&studio, &id), State::Done(_)));
    assert_eq!(names(&studio), ["procedural@1", "tiny@1", "tiny@2"]);
    // One that is painted with goes on, and is asked for no more; so does the order that waits behind it.
    let long = Order { steps: 12, seed: 3, ..order("tiny@2") };
    let ids = ["a", "b"].map(|key| studio.submit(asked(key, long.clone())).unwrap());
    while matches!(studio.poll("acme", &ids[0]), Some(State::Waiting(_))) {
        std::thread::yield_now();
    }
    std::fs::remove_dir_all(root.join("tiny@2")).unwrap();
    assert_eq!(names(&studio), ["procedural@1", "tiny@1"]);
    assert!(studio.submit(asked("c", order("tiny@2"))).unwrap_err().is(Code::PaintModelUnknown));
    for (key, id) in ["a", "b"].iter().zip(&ids) {
        assert!(matches!(ended(&studio, id), State::Done(_)), "{key}: {:?}", studio.poll("acme", id));
        assert_eq!(
            &studio.submit(asked(key, long.clone())).unwrap(),
            id,
            "an order is forgotten with its model"
        );
    }
    let told = meters.text(&[]);
    for line in [
        r#"model="tiny@1"} 1"#,
        r#"model="tiny@2"} 0"#,
        r#"imprint_painter_refused_total{code="paint.model.unknown"} 2"#,
    ] {
        assert!(told.contains(line), "{line} is missing in\n{told}");
    }
    // Another one under the name of one that is gone is another one.
    assert_eq!(names(&studio), ["procedural@1", "tiny@1"]);
    support::coarse(&folder.path().join("coarse"));
    home::add(&root, &folder.path().join("coarse"), "tiny@2", 64).unwrap();
    let kept = |id: &str| match ended(&studio, id) {
        State::Done(kept) => kept[0].picture.clone(),
        other => panic!("{id}: {other:?}"),
    };
    let again = studio.submit(asked("d", long)).unwrap();
    assert_ne!(kept(&again), kept(&ids[0]), "the model that is gone paints");
}

#[test]
fn models_that_cannot_be_read_are_no_health() {
    let folder = tempfile::tempdir().unwrap();
    let (studio, root, _) = library(folder.path(), 0);
    assert_eq!(studio.health(), Ok(()));
    let list = root.join("tiny@1").join(home::LIST);
    let text = std::fs::read_to_string(&list).unwrap();
    std::fs::write(&list, "{").unwrap();
    let why = studio.health().unwrap_err();
    assert!(why.contains("models cannot be read") && why.contains("tiny@1"), "{why}");
    std::fs::write(&list, text).unwrap();
    assert_eq!(studio.health(), Ok(()));
    // A disk that is gone: what is known stays, and is well again when it is back.
    let elsewhere = folder.path().join("elsewhere");
    std::fs::rename(&root, &elsewhere).unwrap();
    let why = studio.health().unwrap_err();
    assert!(why.contains(&root.display().to_string()), "{why}");
    assert_eq!(names(&studio), ["procedural@1", "tiny@1"]);
    std::fs::rename(&elsewhere, &root).unwrap();
    assert_eq!(studio.health(), Ok(()));
    studio.stop(WAIT);
    assert!(studio.health().unwrap_err().contains("takes no orders"));
}

#[test]
fn models_are_not_looked_for_all_the_time() {
    let folder = tempfile::tempdir().unwrap();
    let (studio, root, _) = library(folder.path(), 3_600_000);
    // The first look is free, and the second one is an hour away.
    assert!(studio.submit(asked("a", order("other"))).unwrap_err().is(Code::PaintModelUnknown));
    home::add(&root, &folder.path().join("tiny"), "tiny@2", 64).unwrap();
    assert!(studio.submit(asked("a", order("tiny@2"))).unwrap_err().is(Code::PaintModelUnknown));
    assert_eq!(names(&studio), ["procedural@1", "tiny@1"]);
}

#[test]
fn folders_that_are_no_models_are_not_added() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("models");
    let good = folder.path().join("tiny");
    tiny(&good);
    for name in ["tiny", "procedural@1", "a@", "@1", "../up@1", "a b@1"] {
        assert!(home::add(&root, &good, name, 64).unwrap_err().is(Code::PaintModelFolder), "{name}");
    }
    let weights = good.join("unet/diffusion_pytorch_model.safetensors");
    let bytes = std::fs::read(&weights).unwrap();
    std::fs::write(&weights, &bytes[..bytes.len() - 1]).unwrap();
    let why = home::add(&root, &good, "tiny@1", 64).unwrap_err();
    assert!(why.is(Code::PaintModelFolder) && why.message.contains("damaged"), "{why}");
    assert!(home::add(&root, &folder.path().join("nowhere"), "tiny@1", 64).is_err());
    // A LoRA that is torn, two of which none is named, and a ControlNet without one of its weights.
    let loras = folder.path().join("loras");
    std::fs::create_dir(&loras).unwrap();
    support::lora(&loras.join("a.safetensors"), 64);
    std::fs::copy(loras.join("a.safetensors"), loras.join("b.safetensors")).unwrap();
    let several = home::add(&root, &loras, "a@1", 64).unwrap_err();
    assert!(several.is(Code::PaintModelFolder) && several.message.contains("several"), "{several}");
    let torn = std::fs::read(loras.join("a.safetensors")).unwrap();
    std::fs::write(loras.join("a.safetensors"), &torn[..torn.len() - 1]).unwrap();
    assert!(home::add(&root, &loras.join("a.safetensors"), "a@1", 64).is_err());
    let edges = folder.path().join("edges");
    support::control(&edges, &[16, 32, 96]);
    support::lora(&edges.join("diffusion_pytorch_model.safetensors"), 64);
    let missing = home::add(&root, &edges, "edges@1", 64).unwrap_err();
    assert!(missing.message.contains("there is no weight"), "{missing}");
    assert!(home::models(&root).unwrap().is_empty(), "something was added");
}
