//! A painter in this process: one picture, and the models of a folder.
//!
//! **Law.** A picture drawn by rules is given only where rules were asked for, never where a model was named.
//! **Absent.** A painter for many (`gpu-provider/serve` as a provider of the lattice).

pub use imprint_painter::Sampler;
pub use imprint_painter_serve::home::{List, NATIVE_PX};
pub use imprint_painter_serve::registry::Kind;

use core_brand::fault::Code;
use core_brand::{BlobRef, Fault, broken};
use imprint_painter::{Lora, Order};
use imprint_painter_serve::gpu::{Here, Tuning};
use imprint_painter_serve::queue::Priority;
use imprint_painter_serve::registry::{Aliases, PROCEDURAL, Registry};
use imprint_painter_serve::{Asked, Equipment, Files, Keep, Settings, State, Studio, home};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// What one picture may take of a machine that is used for other things too.
const MEMORY_BYTES: u64 = 4 << 30;
/// How long one picture may take; who waits can interrupt it.
const PICTURE_MS: u64 = 86_400_000;
/// How often it is looked how far the picture is.
const LOOK: Duration = Duration::from_millis(100);
const TENANT: &str = "here";

/// What is wished for.
#[derive(Clone, Debug)]
pub struct Wish {
    /// None with `procedural` false: the only model there is.
    pub model: Option<String>,
    /// Drawn by rules, without a model.
    pub procedural: bool,
    pub prompt: String,
    pub negative: String,
    /// None: what the model was trained at.
    pub size: Option<[u32; 2]>,
    pub seed: u64,
    pub steps: u32,
    pub guidance: f32,
    pub sampler: Sampler,
    /// By name, with its weight.
    pub loras: Vec<(String, f32)>,
}

/// A picture, and what painted it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Painted {
    pub png: Vec<u8>,
    pub seed: u64,
    /// `name@version`.
    pub model: String,
    /// `reference`, `cuda` or `procedural`.
    pub backend: &'static str,
    pub size: [u32; 2],
}

/// Steps and guidance, where nobody wishes others: models that were distilled to few steps have guidance within them.
#[must_use]
pub fn usual(sampler: Sampler) -> (u32, f32) {
    match sampler {
        Sampler::Euler | Sampler::EulerAncestral | Sampler::DpmPlusPlus2mKarras => (30, 5.0),
        Sampler::Lcm | Sampler::Turbo | Sampler::Lightning => (4, 1.0),
    }
}

/// Every model of a folder.
pub fn models(root: &Path) -> Result<Vec<List>, Fault> {
    Ok(home::models(root)?.into_iter().map(|(list, _)| list).collect())
}

/// Adds a model, a ControlNet or a LoRA; which of them it is follows from its files.
pub fn add(root: &Path, from: &Path, name: &str, native_px: u32) -> Result<List, Fault> {
    home::add(root, from, name, native_px)
}

/// Fetches a model over HTTP; `say` hears of the bytes that are there of all.
pub fn pull(root: &Path, base: &str, name: &str, say: &mut dyn FnMut(u64, u64)) -> Result<List, Fault> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
    let runtime = runtime.map_err(|why| broken!("{why}"))?;
    runtime.block_on(imprint_painter_serve::pull::pull(root, base, name, say))
}

/// Paints one picture; `say` hears of the steps that are done of all.
pub fn paint(root: &Path, wish: &Wish, say: &mut dyn FnMut(u32, u32)) -> Result<Painted, Fault> {
    let here = Here::look(&[], Tuning::default());
    let cards = here.cards(home::cards(root)?);
    let model = match (&wish.model, wish.procedural) {
        (_, true) => PROCEDURAL.to_owned(),
        (Some(model), false) if model.split('@').next() != Some(PROCEDURAL) => model.clone(),
        (Some(model), false) => {
            return Err(Fault::new(Code::PaintModelUnknown, [("name", model.clone())]));
        }
        (None, false) => match &cards[..] {
            [only] => only.name.clone(),
            cards => return Err(unnamed(&cards.iter().map(|card| card.name.as_str()).collect::<Vec<_>>())),
        },
    };
    let registry = Registry::new(cards, Aliases::new()).map_err(|why| broken!("{why}"))?;
    let registry = registry.with_extras(home::extras(root)?).map_err(|why| broken!("{why}"))?;
    let native = registry.resolve(&model, "").map_or(NATIVE_PX, |card| card.native_px);
    let size = wish.size.unwrap_or([native; 2]);
    let order = Order {
        negative_prompt: wish.negative.clone(),
        width: size[0],
        height: size[1],
        steps: wish.steps,
        guidance: wish.guidance,
        sampler: wish.sampler,
        seed: wish.seed,
        loras: wish.loras.iter().map(|(name, scale)| Lora { name: name.clone(), scale: *scale }).collect(),
        ..Order::new(&model, &wish.prompt)
    };
    let hands = Arc::new(Hands::default());
    let equipment = Equipment {
        registry,
        backend: Arc::clone(&here.backend),
        keep: Arc::clone(&hands) as Arc<dyn Keep>,
        inspectors: Vec::new(),
        meters: Default::default(),
    };
    let settings = Settings {
        memory_bytes: here.memory_bytes.unwrap_or(MEMORY_BYTES),
        order_ms: PICTURE_MS,
        previews: false,
        ..Settings::default()
    };
    painted(&Studio::new(equipment, settings), &hands, order, size, say)
}

fn painted(
    studio: &Studio,
    hands: &Hands,
    order: Order,
    size: [u32; 2],
    say: &mut dyn FnMut(u32, u32),
) -> Result<Painted, Fault> {
    let asked = Asked {
        tenant: TENANT.to_owned(),
        key: TENANT.to_owned(),
        fingerprint: [0; 32],
        priority: Priority::Normal,
        wait_ms: None,
        order,
        files: Files::default(),
    };
    let id = studio.submit(asked)?;
    loop {
        match studio.wait(TENANT, &id, LOOK) {
            Some(State::Waiting(_)) => {}
            Some(State::Painting(progress, _)) => say(progress.step, progress.steps),
            Some(State::Done(kept)) => {
                let kept = kept.into_iter().next().ok_or_else(|| broken!("no picture was painted"))?;
                let png = hands.take(&kept.picture).ok_or_else(|| broken!("the picture was not kept"))?;
                let backend = kept.backend.word();
                return Ok(Painted { png, seed: kept.seed, model: kept.model, backend, size });
            }
            Some(State::Failed(fault)) => return Err(fault),
            Some(State::Cancelled) | None => return Err(broken!("the order is gone")),
        }
    }
}

fn unnamed(known: &[&str]) -> Fault {
    let known = match known {
        [] => "none is here: `imprint models add` and `imprint models pull` bring one in".to_owned(),
        known => format!("there are several: {}", known.join(", ")),
    };
    Fault::new(Code::PaintModelUnnamed, [("known", known)])
}

/// Pictures until they are taken.
#[derive(Default)]
struct Hands(Mutex<BTreeMap<String, Vec<u8>>>);

impl Hands {
    fn take(&self, picture: &BlobRef) -> Option<Vec<u8>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&picture.sha256)
    }
}

impl Keep for Hands {
    fn put(&self, _: &str, _: &str, bytes: Vec<u8>) -> Result<BlobRef, Fault> {
        let content = BlobRef::of(&bytes);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(content.sha256.clone(), bytes);
        Ok(content)
    }
}
