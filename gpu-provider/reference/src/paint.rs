//! From an order to pictures.

use crate::config::{UnetConfig, VaeConfig};
use crate::model::{BoundParts, Parts};
use crate::noise::NoiseSource;
use crate::plan::unet::{Call, SIZES};
use crate::plan::{Bound, Engine, Inputs, OnCpu, Outputs, Plan, control, unet, vae};
use crate::schedule::Schedule;
use crate::text::{Told, told};
use crate::weights::{Weights, check_sides};
use crate::{Lora, Model, ModelError, channels_last};
use imprint_painter::{Order, PaintError, Picture, Progress, Source};
use std::ops::ControlFlow;

/// What an order names beside its model.
#[derive(Default)]
pub struct Extras<'a> {
    pub loras: Vec<(&'a Lora, f32)>,
    /// In the order of `order.controls`.
    pub controls: Vec<&'a ControlNet>,
}

/// A ControlNet with its weights.
pub struct ControlNet {
    pub(crate) config: UnetConfig,
    pub(crate) bound: Bound,
}

/// Hears of each step and of the latents after it; a preview can be made of them.
pub type Follow<'a> = dyn FnMut(Progress, &[f32]) -> ControlFlow<()> + 'a;

/// What is the same for every picture of an order.
struct Job<'a> {
    order: &'a Order,
    parts: &'a Parts,
    bound: &'a BoundParts,
    unet: Bound,
    controls: Vec<(Bound, Vec<f32>)>,
    prompt: Told,
    negative: Told,
    height: usize,
    width: usize,
}

impl Model {
    /// The pictures of an order, as numbers from 0 to 1.
    pub fn paint(
        &self,
        order: &Order,
        extras: &Extras,
        follow: &mut Follow,
    ) -> Result<Vec<Vec<f32>>, PaintError> {
        order.check()?;
        let bound = self.changed(&extras.loras)?;
        let (prompt, negative) = told(&self.parts, &bound, &order.prompt, &order.negative_prompt)?;
        let (height, width) =
            (order.height as usize / self.pixels_each(), order.width as usize / self.pixels_each());
        let call =
            Call { images: if order.guidance > 1.0 { 2 } else { 1 }, height, width, tokens: prompt.tokens };
        let controlled = !extras.controls.is_empty();
        let unet = bound.unet.with_plan(unet::plan(&self.parts.unet.0, call, controlled)?)?;
        let mut controls = Vec::new();
        for (net, wanted) in extras.controls.iter().zip(&order.controls) {
            check_control(&wanted.model, &net.config, &self.parts)?;
            let plan = control::plan(&net.config, call, wanted.scale)?;
            let hint: Vec<f32> = wanted.picture.rgb.iter().map(|byte| f32::from(*byte) / 255.0).collect();
            controls.push((net.bound.with_plan(plan)?, hint.repeat(call.images)));
        }
        let job =
            Job { order, parts: &self.parts, bound: &bound, unet, controls, prompt, negative, height, width };
        (0..order.count).map(|image| job.picture(image, follow)).collect()
    }
}

impl ControlNet {
    pub fn new(config: UnetConfig, weights: &dyn Weights) -> Result<Self, ModelError> {
        Self::on(config, weights, &OnCpu)
    }

    /// The same, to be run elsewhere.
    pub fn on(config: UnetConfig, weights: &dyn Weights, engine: &dyn Engine) -> Result<Self, ModelError> {
        config.check()?;
        let side = 1 << (config.block_out_channels.len() - 1);
        let call = Call { images: 1, height: side, width: side, tokens: 1 };
        let bound = Bound::on(engine, control::plan(&config, call, 1.0)?, weights)?;
        Ok(Self { config, bound })
    }
}

/// A ControlNet of which the dimensions are known, and no number.
pub struct ControlOutline {
    config: UnetConfig,
}

impl ControlOutline {
    /// Every weight is there, and of its size.
    pub fn new(config: UnetConfig, weights: &dyn Weights) -> Result<Self, ModelError> {
        config.check()?;
        let outline = Self { config };
        for weight in outline.plan_of_any()?.weights {
            check_sides(&weight.name, &weights.sides(&weight.name)?, &weight.shape)?;
        }
        Ok(outline)
    }

    /// It copies half of one UNet, and fits no other.
    pub fn check(&self, name: &str, parts: &Parts) -> Result<(), PaintError> {
        check_control(name, &self.config, parts)
    }

    /// For inputs of any size: weights do not depend on it.
    pub(crate) fn plan_of_any(&self) -> Result<Plan, ModelError> {
        let side = 1 << (self.config.block_out_channels.len() - 1);
        self.plan(Call { images: 1, height: side, width: side, tokens: 1 })
    }

    pub(crate) fn plan(&self, call: Call) -> Result<Plan, ModelError> {
        control::plan(&self.config, call, 1.0)
    }
}

fn check_control(name: &str, own: &UnetConfig, parts: &Parts) -> Result<(), PaintError> {
    let other = &parts.unet.0;
    let halvings = own.conditioning_embedding_out_channels.len().saturating_sub(1);
    let pairs = [
        ("levels", own.block_out_channels == other.block_out_channels),
        ("layers", own.layers_per_block == other.layers_per_block),
        ("channels of the prompt", own.cross_attention_dim == other.cross_attention_dim),
        (
            "conditions",
            own.addition_time_embed_dim == other.addition_time_embed_dim
                && own.projection_class_embeddings_input_dim == other.projection_class_embeddings_input_dim,
        ),
        ("latents", own.in_channels == other.in_channels && 1 << halvings == parts.vae.0.pixels_each()),
    ];
    match pairs.iter().find(|(_, is_same)| !is_same) {
        Some((what, _)) => {
            Err(PaintError::Unfit { part: name.to_owned(), why: format!("it has other {what}") })
        }
        None => Ok(()),
    }
}

/// A picture to begin with, as a latent, and where to paint.
struct Begun {
    latents: Vec<f32>,
    noise: Vec<f32>,
    /// One number a pixel of the latent: 1 is painted anew.
    mask: Option<Vec<f32>>,
}

impl Job<'_> {
    fn picture(&self, image: u32, follow: &mut Follow) -> Result<Vec<f32>, PaintError> {
        let order = self.order;
        let mut noise = NoiseSource::new(order.noise, order.seed + u64::from(image));
        let mut schedule = Schedule::new(order.sampler, &self.parts.trained, order.steps as usize)?;
        let begun = order.source.as_ref().map(|source| self.begun(source, &mut noise)).transpose()?;
        let (first, mut latents) = match (&begun, &order.source) {
            (Some(begun), Some(source)) => self.first_of(source, begun, &schedule),
            _ => (0, self.draw(&mut noise).into_iter().map(|value| value * schedule.begin).collect()),
        };
        let count = schedule.timesteps.len();
        for step in first..count {
            let said = self.said(&schedule.shown(step, &latents), schedule.timesteps[step])?;
            latents = schedule.step(step, &latents, &said, &mut || self.draw(&mut noise));
            if let Some(begun) = &begun {
                self.keep_outside(&mut latents, begun, &schedule, step + 1);
            }
            let progress = Progress { image, step: (step - first + 1) as u32, steps: (count - first) as u32 };
            if follow(progress, &latents).is_break() {
                return Err(PaintError::Cancelled { step: progress.step });
            }
        }
        self.decoded(&latents)
    }

    /// The noise of the latent, with guidance.
    fn said(&self, shown: &[f32], time: f32) -> Result<Vec<f32>, PaintError> {
        let (order, images) = (self.order, if self.order.guidance > 1.0 { 2 } else { 1 });
        // Without guidance there is only the prompt.
        let both = |negative: &[f32], prompt: &[f32]| {
            if images == 2 { [negative, prompt].concat() } else { prompt.to_vec() }
        };
        let sizes = sizes(order);
        let mut inputs = Inputs::from([
            ("sample", shown.repeat(images)),
            ("timestep", vec![time; images]),
            ("context", both(&self.negative.context, &self.prompt.context)),
            ("pooled", both(&self.negative.pooled, &self.prompt.pooled)),
            ("sizes", sizes.repeat(images)),
        ]);
        let more = self.controlled(&mut inputs)?;
        for (name, values) in &more {
            inputs.insert(name, values.clone());
        }
        let said = self.unet.run(&inputs)?.remove("out").unwrap_or_default();
        let said = if images == 2 { guided(&said, order.guidance) } else { said };
        numbers(said, "unet")
    }

    /// What all ControlNets together add.
    fn controlled<'a>(&'a self, inputs: &mut Inputs<'a>) -> Result<Outputs, PaintError> {
        let mut sum = Outputs::new();
        for (net, hint) in &self.controls {
            inputs.insert("hint", hint.clone());
            for (name, values) in net.run(inputs)? {
                let total = sum.entry(name).or_insert_with(|| vec![0.0; values.len()]);
                for (total, value) in total.iter_mut().zip(values) {
                    *total += value;
                }
            }
        }
        Ok(sum)
    }

    /// Noise is drawn channel by channel.
    fn draw(&self, noise: &mut NoiseSource) -> Vec<f32> {
        let channels = self.parts.vae.0.latent_channels;
        channels_last(&noise.normal(channels * self.height * self.width), channels)
    }

    fn begun(&self, source: &Source, noise: &mut NoiseSource) -> Result<Begun, PaintError> {
        let (height, width) = (self.order.height as usize, self.order.width as usize);
        let plan = vae::encoder(&self.parts.vae.0, 1, height, width)?;
        let picture = source.picture.rgb.iter().map(|byte| f32::from(*byte) / 127.5 - 1.0).collect();
        let out =
            self.bound.encoder.with_plan(plan)?.run(&Inputs::from([("picture", picture)]))?.remove("moments");
        let moments = numbers(out.unwrap_or_default(), "encoder")?;
        let latents = sampled(&moments, &self.draw(noise), &self.parts.vae.0);
        let begun = Begun { latents, noise: self.draw(noise), mask: None };
        let Some(mask) = &source.mask else { return Ok(begun) };
        // Elsewhere the masked picture is read too, for models that look at it; the draw for it is part of the seed.
        self.draw(noise);
        let step = self.parts.vae.0.pixels_each();
        let at = |place: usize| mask[(place / self.width * step) * width + place % self.width * step] > 127;
        let mask = (0..self.height * self.width).map(|place| if at(place) { 1.0 } else { 0.0 }).collect();
        Ok(Begun { mask: Some(mask), ..begun })
    }

    /// The step to begin with, and what it begins with.
    fn first_of(&self, source: &Source, begun: &Begun, schedule: &Schedule) -> (usize, Vec<f32>) {
        let count = schedule.timesteps.len();
        let first = count - ((count as f32 * source.strength) as usize).min(count);
        if first == count {
            return (first, begun.latents.clone());
        }
        if source.strength >= 1.0 && begun.mask.is_some() {
            return (first, begun.noise.iter().map(|value| value * schedule.begin).collect());
        }
        (first, schedule.noised(first, &begun.latents, &begun.noise))
    }

    /// What is not to be painted stays the picture, with as much noise as the rest.
    fn keep_outside(&self, latents: &mut [f32], begun: &Begun, schedule: &Schedule, step: usize) {
        let Some(mask) = &begun.mask else { return };
        let is_last = step == schedule.timesteps.len();
        let kept =
            if is_last { begun.latents.clone() } else { schedule.noised(step, &begun.latents, &begun.noise) };
        let channels = self.parts.vae.0.latent_channels;
        for (place, (value, kept)) in latents.iter_mut().zip(kept).enumerate() {
            let share = mask[place / channels];
            *value = (1.0 - share) * kept + share * *value;
        }
    }

    fn decoded(&self, latents: &[f32]) -> Result<Vec<f32>, PaintError> {
        let config = &self.parts.vae.0;
        let plan = vae::decoder(config, 1, self.height, self.width)?;
        let latents = latents.iter().map(|value| value / config.scaling_factor).collect();
        let out =
            self.bound.decoder.with_plan(plan)?.run(&Inputs::from([("latents", latents)]))?.remove("picture");
        let picture = numbers(out.unwrap_or_default(), "decoder")?;
        Ok(picture.into_iter().map(|value| (value / 2.0 + 0.5).clamp(0.0, 1.0)).collect())
    }
}

/// A picture of numbers from 0 to 1 as bytes.
#[must_use]
pub fn picture(order: &Order, values: &[f32]) -> Picture {
    let rgb = values.iter().map(|value| (value * 255.0).round_ties_even() as u8).collect();
    Picture { width: order.width, height: order.height, rgb }
}

/// As if the picture had been made for this size: original size, no crop, target size.
fn sizes(order: &Order) -> [f32; SIZES] {
    let (height, width) = (order.height as f32, order.width as f32);
    [height, width, 0.0, 0.0, height, width]
}

/// Away from the negative prompt, through the prompt.
fn guided(said: &[f32], guidance: f32) -> Vec<f32> {
    let (negative, prompt) = said.split_at(said.len() / 2);
    negative.iter().zip(prompt).map(|(negative, prompt)| negative + guidance * (prompt - negative)).collect()
}

/// One latent of those that a picture may be.
fn sampled(moments: &[f32], noise: &[f32], config: &VaeConfig) -> Vec<f32> {
    /// Beyond them a variance is nothing or everything.
    const LOG_MIN: f32 = -30.0;
    const LOG_MAX: f32 = 20.0;
    let channels = config.latent_channels;
    let both = moments.chunks(2 * channels).flat_map(|row| row[..channels].iter().zip(&row[channels..]));
    let one = |((mean, log), noise): ((&f32, &f32), &f32)| {
        (mean + libm::expf(0.5 * log.clamp(LOG_MIN, LOG_MAX)) * noise) * config.scaling_factor
    };
    both.zip(noise).map(one).collect()
}

fn numbers(values: Vec<f32>, stage: &str) -> Result<Vec<f32>, PaintError> {
    if values.iter().all(|value| value.is_finite()) {
        return Ok(values);
    }
    Err(PaintError::NotANumber { stage: stage.to_owned() })
}
