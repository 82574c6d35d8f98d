//! A painter of the lattice: an order put in and asked after, until there are pictures or a reason against them.
//!
//! Every look puts the order in again under its key, which costs nothing where it is known. So it does not matter which
//! painter hears it: one that was lost has left the order to the next.

use crate::callee::Paintings;
use crate::lattice::bindings::imprint::painter::orders;
use core_brand::fault::Code;
use core_brand::painting::{PaintOrder, Painted};
use core_brand::{Blame, Fault};
use imprint_provider::wire::{answer, types};
use imprint_provider::{Client, Provider};
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// The id of the painter.
pub(crate) const PAINTER: &str = "imprint-painter";
/// One answer. Whoever takes an order first reads what its model needs.
const ANSWER_MAX: Duration = Duration::from_secs(10);
/// How often is looked: a picture takes a second at least where a model paints it.
const LOOK: Duration = Duration::from_millis(250);
/// A painter that moves is back by then; of one that is not there a job is told soon.
const AWAY_MAX: Duration = Duration::from_secs(15);
/// Waiting changes nothing of these.
const FOR_GOOD: [Code; 2] = [Code::PaintNoDevice, Code::PaintLate];

/// A painter, as one job asks it.
pub(crate) struct Painter<'a> {
    provider: &'a Provider,
    client: &'a Client,
    ctx: types::CallContext,
}

/// How long nobody has answered, and how long it can still be waited.
struct Patience {
    ends: Instant,
    silent_since: Option<Instant>,
}

impl<'a> Painter<'a> {
    pub(crate) fn new(provider: &'a Provider, client: &'a Client, ctx: types::CallContext) -> Self {
        Self { provider, client, ctx }
    }

    /// The pictures, or why there are none by then.
    pub(crate) async fn paint(&self, order: &PaintOrder, wait: Duration) -> Result<Paintings, Fault> {
        let mut patience = Patience { ends: Instant::now() + wait, silent_since: None };
        let late = || Fault::new(Code::PaintLate, [("limit_ms", wait.as_millis().to_string())]);
        let mut told = None;
        loop {
            if told.is_none() {
                match self.told(order).await {
                    Ok(order) => told = Some(order),
                    Err(fault) => patience.bear(fault, &late).await?,
                }
            }
            let Some(wit) = &told else { continue };
            match self.look(wit).await {
                Ok((_, Some(orders::State::Done(painted)))) => return Ok(paintings(painted, wit)),
                Ok((_, Some(orders::State::Cancelled))) => {
                    return Err(Fault::new(Code::PaintCancelled, [("step", "some".to_owned())]));
                }
                Ok((_, Some(orders::State::Failed(error)))) => patience.bear(error.into(), &late).await?,
                Ok((id, _)) => {
                    patience.silent_since = None;
                    if patience.is_over() {
                        // Whether it hears that is its own concern.
                        let _ = self
                            .answer(orders::cancel(
                                self.client,
                                self.provider.headers(&self.ctx),
                                &self.ctx,
                                &id,
                            ))
                            .await;
                        return Err(late());
                    }
                    sleep(LOOK).await;
                }
                Err(fault) => patience.bear(fault, &late).await?,
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

    /// Puts the order in and asks how it stands.
    async fn look(&self, order: &orders::Order) -> Result<(String, Option<orders::State>), Fault> {
        let id = self
            .answer(orders::submit(self.client, self.provider.headers(&self.ctx), &self.ctx, order))
            .await?;
        let state =
            self.answer(orders::poll(self.client, self.provider.headers(&self.ctx), &self.ctx, &id)).await?;
        Ok((id, state))
    }
}

impl Patience {
    fn is_over(&self) -> bool {
        Instant::now() >= self.ends
    }

    /// Waits where waiting may help; else gives the fault back.
    async fn bear(&mut self, fault: Fault, late: &impl Fn() -> Fault) -> Result<(), Fault> {
        if fault.blame != Blame::Busy || FOR_GOOD.iter().any(|code| fault.is(*code)) {
            return Err(fault);
        }
        if fault.is(Code::Unreachable) {
            let since = *self.silent_since.get_or_insert_with(Instant::now);
            if since.elapsed() >= AWAY_MAX {
                return Err(Fault::new(Code::PaintAway, [("why", fault.message)]));
            }
        } else {
            self.silent_since = None;
        }
        if self.is_over() {
            return Err(late());
        }
        sleep(LOOK.max(Duration::from_millis(u64::from(fault.retry_after_ms)))).await;
        Ok(())
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
