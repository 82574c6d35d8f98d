//! What the painter answers on a lattice.

use crate::gpu::{Bits, Here, Tuning};
use crate::job::{Asked, Files, Kept, State};
use crate::limits::{DRAIN_MS, IDLE_MS, MEMORY_BYTES, ORDER_MS, ORDER_MS_MAX, SILENT_MS};
use crate::meters::HEALTHY;
use crate::queue::Priority;
use crate::registry::{Aliases, Registry};
use crate::studio::{Equipment, Keep, Settings, Studio};
use crate::{home, look_in, picture};
use bindings::exports::imprint::painter::orders;
use core_brand::content::sha256;
use core_brand::fault::sayable;
use core_brand::{BlobRef, Fault, broken};
use imprint_painter as api;
use imprint_provider::wire::{answer, reply, store, types};
use imprint_provider::{Client, Error, Provider};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::runtime::Handle;
use wrpc_transport_nats::NatsContext;

mod bindings {
    // What the macro writes is not ours to tidy.
    wit_bindgen_wrpc::generate!({
        world: "painter-provider",
        path: "../../wit",
        with: {
            "imprint:platform/types@0.1.0": imprint_provider::wire::types,
            "imprint:painter/orders@0.1.0": generate,
        },
    });
}

/// What a process ends with whose device was lost: a failure that passes, as systems have the number. It is not 1, with which
/// a painter ends that could not be set up and would fail again.
pub const LOST: u8 = 75;
/// How often it is looked whether it is well; so long a model that was added may be unknown where nobody asks for it.
const HEALTH: Duration = Duration::from_secs(5);
/// The blob store, where nothing else is said.
const BLOBS: &str = "imprint-blobs";
/// One picture of some megabytes, to a store that may be busy.
const STORE_MAX: Duration = Duration::from_secs(20);
/// A store that is moving is back soon; one that is full stays so.
const STORE_TRIES: u32 = 3;

/// Serves until a stop. The configuration, as the README lists it: `models`, `aliases`, `memory`, `order_ms`, `silent_ms`,
/// `idle_ms`, `previews`, `blobs`, `cuda_libraries`, `bits`, `search`.
///
/// Where the device was lost for good, everything else is as with a stop; why stands in the log, and `lost` is set.
pub async fn run(provider: Provider, lost: Arc<AtomicBool>) -> Result<(), Error> {
    let config = provider.config();
    let blobs = config.get("blobs").map_or(BLOBS, String::as_str).to_owned();
    let client = provider.client(&blobs).await?;
    let lattice = Lattice { provider: provider.clone(), blobs, client, runtime: Handle::current() };
    let folders = config.get("cuda_libraries").map(|text| std::env::split_paths(text).collect::<Vec<_>>());
    let tuning = Tuning { bits: bits(config)?, search: search(config)? };
    // Compiling the kernels takes a second.
    let here = tokio::task::spawn_blocking(move || Here::look(&folders.unwrap_or_default(), tuning)).await;
    let here = here.map_err(|why| wrong("cuda_libraries", why))?;
    let registry = registry(config, &here)?;
    let equipment = Equipment {
        registry,
        backend: Arc::clone(&here.backend),
        keep: Arc::new(lattice.clone()),
        inspectors: Vec::new(),
        meters: provider.meters().clone(),
    };
    let settings = settings(config, &here)?;
    let studio = match folder(config) {
        Some(root) => {
            let look = move |before: &Registry| look_in(&root, before, |cards| here.cards(cards));
            Studio::looking(equipment, settings, Box::new(look))
        }
        None => Studio::new(equipment, settings),
    };
    let calls = bindings::serve(&provider.serving().await?, Room { studio: studio.clone(), lattice }).await;
    let calls = calls.map_err(Error::Rpc)?;
    let (watched, own) = (studio.clone(), provider.clone());
    let watch = tokio::task::spawn_blocking(move || {
        if let Some(why) = watched.lost() {
            tracing::error!(%why, "the device was lost; this process ends with {LOST}, so that a new one opens it anew");
            lost.store(true, Ordering::SeqCst);
            own.stop();
        }
    });
    let health = tokio::spawn(watch_health(studio.clone(), provider.clone()));
    provider.serve(calls).await;
    let drained = tokio::task::spawn_blocking(move || studio.stop(Duration::from_millis(DRAIN_MS))).await;
    if let Err(why) = drained {
        tracing::warn!(%why, "the orders in hand were not waited for");
    }
    // A stopped studio lets it go.
    let _ = watch.await;
    health.abort();
    provider.finish().await;
    Ok(())
}

/// Tells the host and the meters whether it is well, and the log when that changes.
async fn watch_health(studio: Studio, provider: Provider) {
    let mut before = Ok(());
    loop {
        let asked = studio.clone();
        let now = tokio::task::spawn_blocking(move || asked.health()).await;
        let now = now.unwrap_or_else(|why| Err(why.to_string()));
        provider.meters().set(&HEALTHY, &[], f64::from(u8::from(now.is_ok())));
        if now != before {
            match &now {
                Ok(()) => tracing::info!("the painter is well again"),
                Err(why) => tracing::warn!(%why, "the painter is not well"),
            }
        }
        provider.ail(now.clone().err());
        before = now;
        tokio::time::sleep(HEALTH).await;
    }
}

fn wrong(key: &str, why: impl std::fmt::Display) -> Error {
    Error::Config { key: key.to_owned(), why: sayable(why.to_string()) }
}

fn bits(config: &BTreeMap<String, String>) -> Result<Bits, Error> {
    match config.get("bits").map(String::as_str) {
        None | Some("" | "16") => Ok(Bits::Sixteen),
        Some("8") => Ok(Bits::Eight),
        Some(other) => Err(wrong("bits", format!("`{other}` is neither 16 nor 8"))),
    }
}

fn search(config: &BTreeMap<String, String>) -> Result<bool, Error> {
    match config.get("search").map(String::as_str) {
        None | Some("" | "false") => Ok(false),
        Some("true") => Ok(true),
        Some(other) => Err(wrong("search", format!("`{other}` is neither true nor false"))),
    }
}

fn folder(config: &BTreeMap<String, String>) -> Option<PathBuf> {
    config.get("models").filter(|folder| !folder.is_empty()).map(PathBuf::from)
}

fn registry(config: &BTreeMap<String, String>, here: &Here) -> Result<Registry, Error> {
    let folder = folder(config);
    let cards = folder.as_deref().map_or(Ok(Vec::new()), |folder: &Path| home::cards(folder))?;
    let aliases: Aliases = match config.get("aliases").filter(|aliases| !aliases.is_empty()) {
        Some(text) => serde_json::from_str(text).map_err(|why| wrong("aliases", why))?,
        None => Aliases::new(),
    };
    let extras = folder.as_deref().map_or(Ok(Vec::new()), home::extras)?;
    let registry = Registry::new(here.cards(cards), aliases).map_err(|why| wrong("aliases", why))?;
    registry.with_extras(extras).map_err(|why| wrong("models", why))
}

fn settings(config: &BTreeMap<String, String>, here: &Here) -> Result<Settings, Error> {
    let number = |key: &str, usual: u64, most: u64| {
        let text = config.get(key).filter(|text| !text.is_empty());
        let found = text.map_or(Ok(usual), |text| text.parse().map_err(|why| wrong(key, why)))?;
        if (1..=most).contains(&found) { Ok(found) } else { Err(wrong(key, format!("it is 1 to {most}"))) }
    };
    Ok(Settings {
        memory_bytes: number("memory", here.memory_bytes.unwrap_or(MEMORY_BYTES), u64::MAX)?,
        order_ms: number("order_ms", ORDER_MS, ORDER_MS_MAX)?,
        silent_ms: number("silent_ms", SILENT_MS, ORDER_MS_MAX)?,
        idle_ms: number("idle_ms", IDLE_MS, u64::MAX)?,
        previews: config.get("previews").is_none_or(|text| text != "false"),
        ..Settings::default()
    })
}

/// The blob store by its id.
#[derive(Clone)]
struct Lattice {
    provider: Provider,
    blobs: String,
    client: Client,
    runtime: Handle,
}

impl Lattice {
    async fn read(&self, ctx: &types::CallContext, content: types::BlobRef) -> Result<api::Picture, Fault> {
        let call = store::get(&self.client, self.provider.headers(ctx), ctx, &content);
        let bytes = answer(&self.blobs, STORE_MAX, call).await?;
        // Packed pixels take a while.
        let read = tokio::task::spawn_blocking(move || picture::read(&bytes)).await;
        read.map_err(|why| broken!("{why}"))?
    }
}

impl Keep for Lattice {
    fn put(&self, tenant: &str, key: &str, bytes: Vec<u8>) -> Result<BlobRef, Fault> {
        let mut ctx = types::CallContext {
            tenant: tenant.to_owned(),
            traceparent: String::new(),
            now_ms: 0,
            deadline_ms: 0,
            attempt: 1,
            idempotency_key: key.to_owned(),
            locale: String::new(),
        };
        let bytes = bytes.into();
        loop {
            let call = store::put(&self.client, self.provider.headers(&ctx), &ctx, &bytes);
            match self.runtime.block_on(answer(&self.blobs, STORE_MAX, call)) {
                Ok(content) => return Ok(content.into()),
                Err(why) if why.blame != core_brand::Blame::Busy || ctx.attempt >= STORE_TRIES => {
                    return Err(why);
                }
                Err(_) => ctx.attempt += 1,
            }
        }
    }
}

#[derive(Clone)]
struct Room {
    studio: Studio,
    lattice: Lattice,
}

impl Room {
    async fn submit(&self, ctx: &types::CallContext, order: orders::Order) -> Result<String, Fault> {
        let fingerprint = sha256(format!("{order:?}").as_bytes());
        let files = files(&order);
        let asked = Asked {
            tenant: ctx.tenant.clone(),
            key: ctx.idempotency_key.clone(),
            fingerprint,
            priority: match order.priority {
                orders::Priority::Low => Priority::Low,
                orders::Priority::Normal => Priority::Normal,
                orders::Priority::High => Priority::High,
            },
            wait_ms: Some(ctx.deadline_ms).filter(|due| *due > 0).map(|due| due.saturating_sub(ctx.now_ms)),
            order: self.order(ctx, order).await?,
            files,
        };
        let studio = self.studio.clone();
        // What a model needs is read from its files.
        let taken = tokio::task::spawn_blocking(move || studio.submit(asked)).await;
        taken.map_err(|why| broken!("{why}"))?
    }

    /// The order with the pictures it refers to. What is wrong without them is said before they are fetched.
    async fn order(&self, ctx: &types::CallContext, wit: orders::Order) -> Result<api::Order, Fault> {
        let mut order = api::Order {
            model: wit.model,
            prompt: wit.prompt,
            negative_prompt: wit.negative_prompt,
            width: wit.width,
            height: wit.height,
            steps: wit.steps,
            guidance: wit.guidance,
            sampler: sampler(wit.sampler),
            seed: wit.seed,
            noise: match wit.noise {
                orders::Noise::Philox => api::Noise::Philox,
                orders::Noise::Mt19937 => api::Noise::Mt19937,
            },
            count: wit.count,
            loras: wit
                .loras
                .into_iter()
                .map(|lora| api::Lora { name: lora.name, scale: lora.scale })
                .collect(),
            source: None,
            controls: Vec::new(),
        };
        order.check().map_err(|why| crate::fault(&why))?;
        if wit.controls.len() > api::limits::CONTROLS_MAX {
            let (value, allowed) =
                (wit.controls.len().to_string(), format!("at most {}", api::limits::CONTROLS_MAX));
            return Err(crate::fault(&api::PaintError::OutOfRange { field: "controls", value, allowed }));
        }
        for control in wit.controls {
            let picture = self.lattice.read(ctx, control.picture).await?;
            order.controls.push(api::Control { model: control.model, picture, scale: control.scale });
        }
        if let Some(source) = wit.source {
            let picture = self.lattice.read(ctx, source.picture).await?;
            let mask = match source.mask {
                Some(mask) => Some(gray(&self.lattice.read(ctx, mask).await?)),
                None => None,
            };
            order.source = Some(api::Source { picture, strength: source.strength, mask });
        }
        Ok(order)
    }
}

/// The pictures of an order as the store knows them.
fn files(wit: &orders::Order) -> Files {
    let source = wit.source.as_ref();
    Files {
        source: source.map(|source| source.picture.sha256.clone()),
        mask: source.and_then(|source| Some(source.mask.as_ref()?.sha256.clone())),
        controls: wit.controls.iter().map(|control| control.picture.sha256.clone()).collect(),
    }
}

/// One byte a pixel: how white it is.
fn gray(picture: &api::Picture) -> Vec<u8> {
    let one = |rgb: &[u8]| (rgb.iter().map(|value| u16::from(*value)).sum::<u16>() / 3) as u8;
    picture.rgb.chunks_exact(3).map(one).collect()
}

fn sampler(wit: orders::Sampler) -> api::Sampler {
    match wit {
        orders::Sampler::Euler => api::Sampler::Euler,
        orders::Sampler::EulerAncestral => api::Sampler::EulerAncestral,
        orders::Sampler::DpmMultistepKarras => api::Sampler::DpmPlusPlus2mKarras,
        orders::Sampler::Lcm => api::Sampler::Lcm,
        orders::Sampler::Turbo => api::Sampler::Turbo,
        orders::Sampler::Lightning => api::Sampler::Lightning,
    }
}

fn backend(api: api::Backend) -> orders::Backend {
    match api {
        api::Backend::Reference => orders::Backend::Reference,
        api::Backend::Cuda => orders::Backend::Cuda,
        api::Backend::Procedural => orders::Backend::Procedural,
    }
}

impl From<Kept> for orders::Painting {
    fn from(kept: Kept) -> Self {
        Self {
            picture: kept.picture.into(),
            seed: kept.seed,
            model: kept.model,
            backend: backend(kept.backend),
            gpu_ms: kept.gpu_ms,
        }
    }
}

impl From<State> for orders::State {
    fn from(state: State) -> Self {
        match state {
            State::Waiting(before) => Self::Waiting(u32::try_from(before).unwrap_or(u32::MAX)),
            State::Painting(progress, preview) => Self::Painting(orders::Progress {
                image: progress.image,
                step: progress.step,
                steps: progress.steps,
                preview: preview.map(Into::into),
            }),
            State::Done(kept) => Self::Done(kept.into_iter().map(Into::into).collect()),
            State::Cancelled => Self::Cancelled,
            State::Failed(fault) => Self::Failed(fault.into()),
        }
    }
}

/// How an order stands, for an answer of the contract.
struct Standing(Option<State>);

impl From<Standing> for Option<orders::State> {
    fn from(standing: Standing) -> Self {
        standing.0.map(Into::into)
    }
}

/// Every model, for an answer of the contract.
struct Offers(Vec<orders::Model>);

impl From<Offers> for Vec<orders::Model> {
    fn from(offers: Offers) -> Self {
        offers.0
    }
}

impl orders::Handler<NatsContext> for Room {
    async fn models(
        &self,
        _: NatsContext,
        ctx: types::CallContext,
    ) -> anyhow::Result<Result<Vec<orders::Model>, types::Error>> {
        let offer = |(card, loaded): (crate::registry::Card, bool)| orders::Model {
            name: card.name,
            native_px: card.native_px,
            backend: backend(card.backend),
            loaded,
        };
        let studio = self.studio.clone();
        let listed = async {
            let models = tokio::task::spawn_blocking(move || studio.models()).await;
            let models = models.map_err(|why| broken!("{why}"))?;
            Ok(Offers(models.into_iter().map(offer).collect()))
        };
        reply(&ctx, listed).await
    }

    async fn submit(
        &self,
        _: NatsContext,
        ctx: types::CallContext,
        order: orders::Order,
    ) -> anyhow::Result<Result<String, types::Error>> {
        reply(&ctx, self.submit(&ctx, order)).await
    }

    async fn poll(
        &self,
        _: NatsContext,
        ctx: types::CallContext,
        id: String,
    ) -> anyhow::Result<Result<Option<orders::State>, types::Error>> {
        let standing = Standing(self.studio.poll(&ctx.tenant, &id));
        reply(&ctx, async { Ok(standing) }).await
    }

    async fn cancel(
        &self,
        _: NatsContext,
        ctx: types::CallContext,
        id: String,
    ) -> anyhow::Result<Result<Option<orders::State>, types::Error>> {
        let standing = Standing(self.studio.cancel(&ctx.tenant, &id));
        reply(&ctx, async { Ok(standing) }).await
    }
}
