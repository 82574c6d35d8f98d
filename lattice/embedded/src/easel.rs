//! The painter of a job in this process: the models of a folder, and the rules that stand in for none.

use core_brand::content::sha256;
use core_brand::fault::Code;
use core_brand::painting::{PaintOrder, Painted};
use core_brand::{BlobRef, Fault, broken};
use imprint_blobs::Blobs;
use imprint_painter::{Order, Sampler};
use imprint_painter_serve::gpu::{Here, Tuning};
use imprint_painter_serve::queue::Priority;
use imprint_painter_serve::registry::{Aliases, Registry};
use imprint_painter_serve::{Asked, Equipment, Files, Keep, Settings, State, Studio, home, look_in};
use imprint_runner::{CallContext, Paintings};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};
use tokio::runtime::Handle;

/// What pictures may take of a machine that makes kits too.
const MEMORY_BYTES: u64 = 4 << 30;
/// How often it is looked whether somebody still waits.
const LOOK: Duration = Duration::from_millis(100);

/// A painter that is set up when the first picture is asked for.
pub struct Easel<B> {
    blobs: Arc<B>,
    models: OnceLock<PathBuf>,
    studio: Arc<Mutex<Option<Studio>>>,
}

impl<B: Blobs + 'static> Easel<B> {
    /// Pictures are kept among this content.
    pub fn new(blobs: Arc<B>) -> Self {
        Self { blobs, models: OnceLock::new(), studio: Arc::default() }
    }

    /// Where models lie; only the first time counts. Without, there is the procedural painter alone.
    pub fn models_in(&self, root: PathBuf) {
        let _ = self.models.set(root);
    }

    /// Paints, and waits until the deadline of the context. Call inside a tokio runtime.
    pub async fn paint(&self, ctx: CallContext, order: PaintOrder) -> Result<Paintings, Fault> {
        let (slot, models) = (self.studio.clone(), self.models.get().cloned());
        let keep = Shelf { blobs: self.blobs.clone(), runtime: Handle::current() };
        let work = move || {
            let studio = standing(&slot, || set_up(models, Arc::new(keep)))?;
            painted(&studio, &ctx, &order)
        };
        tokio::task::spawn_blocking(work)
            .await
            .unwrap_or_else(|why| Err(broken!("painting ended badly: {why}")))
    }
}

/// The one of this process, set up by the first who needs it. One whose device was lost begins nothing more: the next order
/// gets another, on the device if that can be opened again, or else on the CPU.
fn standing(
    slot: &Mutex<Option<Studio>>,
    set_up: impl FnOnce() -> Result<Studio, Fault>,
) -> Result<Studio, Fault> {
    let mut slot = slot.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(studio) = slot.as_ref().filter(|studio| !studio.is_lost()) {
        return Ok(studio.clone());
    }
    // The memory of the one that was lost is free before another one plans with it.
    *slot = None;
    Ok(slot.insert(set_up()?).clone())
}

fn set_up(models: Option<PathBuf>, keep: Arc<dyn Keep>) -> Result<Studio, Fault> {
    let here = Here::look(&[], Tuning::default());
    let cards = models.as_deref().map_or(Ok(Vec::new()), home::cards)?;
    let registry = Registry::new(here.cards(cards), Aliases::new()).map_err(|why| broken!("{why}"))?;
    let equipment = Equipment {
        registry,
        backend: Arc::clone(&here.backend),
        keep,
        inspectors: Vec::new(),
        meters: Default::default(),
    };
    let memory_bytes = here.memory_bytes.unwrap_or(MEMORY_BYTES);
    let settings = Settings { memory_bytes, previews: false, ..Settings::default() };
    Ok(match models {
        Some(root) => {
            let look = move |before: &Registry| look_in(&root, before, |cards| here.cards(cards));
            Studio::looking(equipment, settings, Box::new(look))
        }
        None => Studio::new(equipment, settings),
    })
}

fn painted(studio: &Studio, ctx: &CallContext, order: &PaintOrder) -> Result<Paintings, Fault> {
    let cards: Vec<(String, u32)> =
        studio.models().into_iter().map(|(card, _)| (card.name, card.native_px)).collect();
    let native_px = order.native_px(cards.iter().map(|(name, native_px)| (name.as_str(), *native_px)));
    let [width, height] = order.sides(native_px);
    let asked = Asked {
        tenant: ctx.tenant.clone(),
        key: ctx.idempotency_key.clone(),
        fingerprint: sha256(format!("{order:?}").as_bytes()),
        priority: Priority::Normal,
        wait_ms: None,
        order: Order {
            negative_prompt: order.negative.clone(),
            width,
            height,
            steps: order.steps,
            guidance: order.guidance as f32,
            // An order was checked when it was made.
            sampler: Sampler::of(&order.sampler).unwrap_or(Sampler::Euler),
            seed: order.seed,
            count: order.count,
            ..Order::new(&order.model, &order.prompt)
        },
        files: Files::default(),
    };
    let id = studio.submit(asked)?;
    let wait = Duration::from_millis(ctx.deadline_ms.saturating_sub(ctx.now_ms));
    let begun = Instant::now();
    loop {
        match studio.wait(&ctx.tenant, &id, LOOK) {
            Some(State::Waiting(_) | State::Painting(..)) if begun.elapsed() < wait => {}
            Some(State::Waiting(_) | State::Painting(..)) => {
                studio.cancel(&ctx.tenant, &id);
                return Err(Fault::new(Code::PaintLate, [("limit_ms", wait.as_millis().to_string())]));
            }
            Some(State::Done(kept)) => {
                let gpu_ms = kept.iter().map(|one| one.gpu_ms).sum();
                let picture = |one: imprint_painter_serve::Kept| Painted {
                    content: one.picture,
                    width,
                    height,
                    seed: one.seed,
                    model: one.model,
                    backend: one.backend.word().to_owned(),
                };
                return Ok(Paintings { pictures: kept.into_iter().map(picture).collect(), gpu_ms });
            }
            Some(State::Failed(fault)) => return Err(fault),
            Some(State::Cancelled) | None => return Err(broken!("the order is gone")),
        }
    }
}

/// Pictures among the content of the job.
struct Shelf<B> {
    blobs: Arc<B>,
    runtime: Handle,
}

impl<B: Blobs + 'static> Keep for Shelf<B> {
    fn put(&self, tenant: &str, _: &str, bytes: Vec<u8>) -> Result<BlobRef, Fault> {
        // All jobs of a tenant share their content here.
        self.runtime.block_on(self.blobs.put(tenant, bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use imprint_painter::{Backend as Kind, PaintError};
    use imprint_painter_serve::backend::{Backend, Canvas};
    use imprint_painter_serve::plan::Need;
    use imprint_painter_serve::registry::{Beside, Card};

    /// Loses its device with the first order, and does not answer after it.
    struct Lost;

    impl Backend for Lost {
        fn need(&self, _: &Card, _: &Order, _: &Beside) -> Result<Need, PaintError> {
            Ok(Need::default())
        }

        fn load(&self, _: &Card) -> Result<Arc<dyn Canvas>, PaintError> {
            Err(PaintError::DeviceLost { why: "it fell off the bus".to_owned() })
        }

        fn answers(&self) -> Result<(), PaintError> {
            Err(PaintError::DeviceLost { why: "nobody answers".to_owned() })
        }
    }

    struct Nowhere;

    impl Keep for Nowhere {
        fn put(&self, _: &str, _: &str, bytes: Vec<u8>) -> Result<BlobRef, Fault> {
            Ok(BlobRef::of(&bytes))
        }
    }

    fn losing() -> Studio {
        let card =
            Card { name: "m@1".to_owned(), native_px: 64, backend: Kind::Reference, home: PathBuf::new() };
        let equipment = Equipment {
            registry: Registry::new(vec![card], Aliases::new()).unwrap(),
            backend: Arc::new(Lost),
            keep: Arc::new(Nowhere),
            inspectors: Vec::new(),
            meters: Default::default(),
        };
        Studio::new(equipment, Settings::default())
    }

    fn end_of(studio: &Studio, model: &str) -> Result<Paintings, Fault> {
        let order = PaintOrder {
            format: 1,
            model: model.to_owned(),
            prompt: "a leaf".to_owned(),
            negative: String::new(),
            width: 64,
            height: 64,
            steps: 1,
            guidance: 1.0,
            sampler: "euler".to_owned(),
            seed: 7,
            count: 1,
        };
        let ctx = CallContext {
            tenant: "acme".to_owned(),
            idempotency_key: format!("br_1/paint/{model}"),
            deadline_ms: 60_000,
            ..CallContext::default()
        };
        painted(studio, &ctx, &order)
    }

    #[test]
    fn one_that_is_lost_is_not_asked_again() {
        let slot = Mutex::new(None);
        let first = standing(&slot, || Ok(losing())).unwrap();
        standing(&slot, || panic!("one that stands is kept")).unwrap();
        assert!(end_of(&first, "m").unwrap_err().is(Code::PaintDeviceLost));
        assert!(first.is_lost() && end_of(&first, "procedural").unwrap_err().is(Code::PaintStopping));
        let next = standing(&slot, || set_up(None, Arc::new(Nowhere))).unwrap();
        assert_eq!(end_of(&next, "procedural").unwrap().pictures.len(), 1);
        standing(&slot, || panic!("the next one stands")).unwrap();
    }
}
