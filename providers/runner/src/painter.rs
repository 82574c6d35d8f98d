//! A painter of the lattice: an order put in and asked after, until there are pictures or a reason against them.
//!
//! Several painters share what they are asked. An order of which nobody knows any more is put in again under its key: a
//! painter that was lost has left it to the next. One that has no device for an order is no answer of the others: for a while
//! the order is put in again, and whoever has a device takes it.

use crate::arms::PAINTER;
use crate::callee::Paintings;
use crate::lattice::bindings::imprint::painter::orders;
use core_brand::fault::Code;
use core_brand::painting::{PaintOrder, Painted};
use core_brand::{Blame, Fault};
use imprint_provider::wire::{answer, types};
use imprint_provider::{Client, Provider};
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// One answer. Whoever takes an order first reads what its model needs.
const ANSWER_MAX: Duration = Duration::from_secs(10);
/// How often is looked: a picture takes a second at least where a model paints it.
const LOOK: Duration = Duration::from_millis(250);
/// A painter that moves is back by then, and one of eight painters that has a device is asked by then; of what is not there a
/// job is told soon.
const AWAY_MAX: Duration = Duration::from_secs(15);
/// Waiting changes nothing of these.
const FOR_GOOD: [Code; 1] = [Code::PaintLate];

/// After a look at a painter that does not know the order. Several share their questions: another may know it.
const LOOK_ON: Duration = Duration::from_millis(60);
/// So many looks in a row find nobody who knows the order, before it is put in again: of eight painters one that knows it is
/// missed by all of them once in two hundred times. So often is it cancelled, too.
const UNKNOWN_MAX: u32 = 40;

/// A painter, as one job asks it.
pub(crate) struct Painter<'a> {
    provider: &'a Provider,
    client: &'a Client,
    ctx: types::CallContext,
}

/// How far an order is, for who waits for it.
struct Waiting {
    ends: Instant,
    /// Since when nobody has answered, or nobody who has a device.
    silent_since: Option<Instant>,
    /// As the contract has it, once the size of its model is known.
    order: Option<orders::Order>,
    /// Once it was taken.
    id: Option<String>,
    unknown: u32,
}

impl<'a> Painter<'a> {
    pub(crate) fn new(provider: &'a Provider, client: &'a Client, ctx: types::CallContext) -> Self {
        Self { provider, client, ctx }
    }

    /// The pictures, or why there are none by then.
    pub(crate) async fn paint(&self, order: &PaintOrder, wait: Duration) -> Result<Paintings, Fault> {
        let ends = Instant::now() + wait;
        let mut waiting = Waiting { ends, silent_since: None, order: None, id: None, unknown: 0 };
        loop {
            let looked = self.look(order, &mut waiting).await;
            let pause = match looked {
                Ok(Some(painted)) => return Ok(painted),
                Ok(None) => {
                    waiting.silent_since = None;
                    if waiting.unknown > 0 { LOOK_ON } else { LOOK }
                }
                Err(fault) => waiting.bear(fault)?,
            };
            if Instant::now() >= waiting.ends {
                if let Some(id) = &waiting.id {
                    self.cancel(id).await;
                }
                return Err(Fault::new(Code::PaintLate, [("limit_ms", wait.as_millis().to_string())]));
            }
            sleep(pause).await;
        }
    }

    /// One look: the next of what has to be asked; pictures where there are some.
    async fn look(&self, order: &PaintOrder, waiting: &mut Waiting) -> Result<Option<Paintings>, Fault> {
        let headers = || self.provider.headers(&self.ctx);
        let told = match &waiting.order {
            Some(told) => told,
            None => waiting.order.insert(self.told(order).await?),
        };
        let id = match &waiting.id {
            Some(id) => id.clone(),
            None => {
                let id = self.answer(orders::submit(self.client, headers(), &self.ctx, told)).await?;
                waiting.unknown = 0;
                waiting.id.insert(id).clone()
            }
        };
        match self.answer(orders::poll(self.client, headers(), &self.ctx, &id)).await? {
            Some(orders::State::Done(painted)) => return Ok(Some(paintings(painted, told))),
            Some(orders::State::Cancelled) => {
                return Err(Fault::new(Code::PaintCancelled, [("step", "some".to_owned())]));
            }
            Some(orders::State::Failed(error)) => {
                // Put in again, it begins anew where that may help.
                waiting.id = None;
                return Err(error.into());
            }
            Some(orders::State::Waiting(_) | orders::State::Painting(_)) => waiting.unknown = 0,
            None => waiting.unknown += 1,
        }
        if waiting.unknown >= UNKNOWN_MAX {
            waiting.id = None;
        }
        Ok(None)
    }

    /// Tells whoever knows the order that nobody waits for it. Whether it is heard is the painter's own concern.
    async fn cancel(&self, id: &str) {
        for _ in 0..UNKNOWN_MAX {
            let call = orders::cancel(self.client, self.provider.headers(&self.ctx), &self.ctx, id);
            if !matches!(self.answer(call).await, Ok(None)) {
                return;
            }
        }
    }

    async fn answer<T>(
        &self,
        call: impl Future<Output = anyhow::Result<Result<T, types::Error>>>,
    ) -> Result<T, Fault> {
        answer(PAINTER, ANSWER_MAX, call).await
    }

    /// The order as the contract has it, in the size of its model.
    async fn told(&self, order: &PaintOrder) -> Result<orders::Order, Fault> {
        let models =
            self.answer(orders::models(self.client, self.provider.headers(&self.ctx), &self.ctx)).await?;
        let cards = models.iter().map(|model| (model.name.as_str(), model.native_px));
        let [width, height] = order.sides(order.native_px(cards));
        Ok(orders::Order {
            model: order.model.clone(),
            prompt: order.prompt.clone(),
            negative_prompt: order.negative.clone(),
            width,
            height,
            steps: order.steps,
            guidance: order.guidance as f32,
            sampler: sampler(&order.sampler),
            seed: order.seed,
            noise: orders::Noise::Philox,
            count: order.count,
            loras: Vec::new(),
            source: None,
            controls: Vec::new(),
            priority: orders::Priority::Normal,
        })
    }
}

impl Waiting {
    /// How long to wait where waiting may help; else gives the fault back.
    fn bear(&mut self, fault: Fault) -> Result<Duration, Fault> {
        if fault.blame != Blame::Busy || FOR_GOOD.iter().any(|code| fault.is(*code)) {
            return Err(fault);
        }
        let (is_away, has_no_device) = (fault.is(Code::Unreachable), fault.is(Code::PaintNoDevice));
        if !is_away && !has_no_device {
            self.silent_since = None;
        } else if self.silent_since.get_or_insert_with(Instant::now).elapsed() >= AWAY_MAX {
            return Err(if is_away { Fault::new(Code::PaintAway, [("why", fault.message)]) } else { fault });
        }
        // Another one may have a device at once.
        let pause_ms = if has_no_device { 0 } else { fault.retry_after_ms };
        Ok(LOOK.max(Duration::from_millis(u64::from(pause_ms))))
    }
}

/// The names are those of the contract; an order was checked when it was made.
fn sampler(name: &str) -> orders::Sampler {
    match name {
        "euler-ancestral" => orders::Sampler::EulerAncestral,
        "dpm-multistep-karras" => orders::Sampler::DpmMultistepKarras,
        "lcm" => orders::Sampler::Lcm,
        "turbo" => orders::Sampler::Turbo,
        "lightning" => orders::Sampler::Lightning,
        _ => orders::Sampler::Euler,
    }
}

fn paintings(painted: Vec<orders::Painting>, order: &orders::Order) -> Paintings {
    let gpu_ms = painted.iter().map(|one| one.gpu_ms).sum();
    let picture = |one: orders::Painting| Painted {
        content: one.picture.into(),
        width: order.width,
        height: order.height,
        seed: one.seed,
        model: one.model,
        backend: match one.backend {
            orders::Backend::Reference => "reference",
            orders::Backend::Cuda => "cuda",
            orders::Backend::Procedural => core_brand::painting::PROCEDURAL,
        }
        .to_owned(),
    };
    Paintings { pictures: painted.into_iter().map(picture).collect(), gpu_ms }
}
