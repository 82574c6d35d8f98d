//! How many bytes a model and an order take, known before anything is loaded or painted.
//!
//! **Law.** What is allocated while an order is painted stays within its need; kept by `tests/need.rs`, which counts.

use crate::kernel::{Packed, QUERIES_AT_ONCE, WINDOWS_AT_ONCE};
use crate::plan::unet::{Call, SIZES};
use crate::plan::{Op, Plan, clip, unet, vae};
use crate::tokens::chunks;
use crate::{ControlOutline, LoraOutline, ModelError, Parts, Shape};
use imprint_painter::Order;

/// Bytes of a number.
const NUMBER: usize = size_of::<f32>();
/// Of the largest weight there are, for a moment, the bytes of the file, its numbers, and its panels.
const LOADED_AT_ONCE: usize = 3;
/// Lists of operations, names, tokens, schedules: what grows with no picture.
const BESIDE_BYTES: usize = 4 << 20;

/// Bytes that must be free.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Need {
    /// Of the model, as long as it is loaded.
    pub weights: u64,
    /// Of one order, as long as it is painted.
    pub work: u64,
}

/// What an order names beside its model, without numbers.
#[derive(Default)]
pub struct Beside {
    pub loras: Vec<LoraOutline>,
    /// In the order of `order.controls`.
    pub controls: Vec<ControlOutline>,
}

impl Parts {
    /// Whether the parts fit each other, told from their configurations.
    pub fn check_fits(&self) -> Result<(), ModelError> {
        self.check()
    }

    /// What an order takes that names nothing beside its model.
    pub fn need(&self, order: &Order) -> Result<Need, ModelError> {
        self.need_beside(order, &Beside::default())
    }

    /// What an order takes. With LoRAs the weights are there a second time; what it names is loaded for it alone.
    pub fn need_beside(&self, order: &Order, beside: &Beside) -> Result<Need, ModelError> {
        self.check()?;
        let weights = self.weight_bytes()?;
        let call = self.call(order);
        let (height, width) = (call.height, call.width);
        let [first, second] = &self.text_encoders;
        let tokens = call.tokens / first.0.max_position_embeddings;
        let latent = height * width * self.vae.0.latent_channels;
        let pixels = order.width as usize * order.height as usize * 3;
        let context = call.tokens * self.unet.0.cross_attention_dim;
        let said = call.images * (2 * latent + context + second.0.projection_dim + SIZES + 1);
        let controls = self.controls_len(order, beside)?;
        // The source, its latent, its noise, and the mask.
        let begun = if order.source.is_some() { 2 * pixels + 5 * latent } else { 0 };
        let is_controlled = !beside.controls.is_empty();
        let stages = [
            run_len(&clip::plan(&first.0, tokens, false)?),
            run_len(&clip::plan(&second.0, tokens, true)?) + context,
            run_len(&unet::plan(&self.unet.0, call, is_controlled)?) + said + controls.said,
            controls.run + said,
            run_len(&vae::decoder(&self.vae.0, 1, height, width)?),
            if order.source.is_some() {
                run_len(&vae::encoder(&self.vae.0, 1, order.height as usize, order.width as usize)?)
            } else {
                0
            },
        ];
        let largest = stages.into_iter().max().unwrap_or_default();
        // Both prompts, the latent as each sampler keeps it, every picture as numbers and once more as bytes.
        let kept = 3 * context + 6 * latent + (order.count as usize + 1) * pixels + begun + controls.hints;
        let bytes = 2 * (order.count as usize + beside.controls.len()) * pixels;
        let painting = (largest + kept) * NUMBER + bytes;
        let loading = LOADED_AT_ONCE * self.weight_len_max()?.max(beside.len_max()?) * NUMBER;
        let copies = if beside.loras.is_empty() { 0 } else { weights };
        let work = painting.max(loading) + copies + beside.stored_len()? * NUMBER + BESIDE_BYTES;
        Ok(Need { weights: weights as u64, work: work as u64 })
    }

    /// The plans of ControlNets, as an order runs them.
    pub fn control_plans(&self, order: &Order, beside: &Beside) -> Result<Vec<Plan>, ModelError> {
        beside.controls.iter().map(|control| control.plan(self.call(order))).collect()
    }

    fn controls_len(&self, order: &Order, beside: &Beside) -> Result<ControlsLen, ModelError> {
        let plans = self.control_plans(order, beside)?;
        let pixels = order.width as usize * order.height as usize * 3;
        let hint = self.call(order).images * pixels;
        let outputs = |plan: &Plan| plan.outputs.iter().map(|(_, value)| plan.shapes[value.0].len()).sum();
        let said: usize = plans.iter().map(outputs).max().unwrap_or_default();
        let run = plans.iter().map(run_len).max().unwrap_or_default() + said;
        let any = usize::from(!plans.is_empty());
        Ok(ControlsLen { hints: plans.len() * hint + any * pixels, said: said + any * hint, run })
    }

    /// What the UNet is called for.
    fn call(&self, order: &Order) -> Call {
        let each = self.vae.0.pixels_each() as u32;
        let count = |text: &str| chunks(&self.vocabulary, text, 0, 1).len();
        let rows = count(&order.prompt).max(count(&order.negative_prompt));
        Call {
            images: if order.guidance > 1.0 { 2 } else { 1 },
            height: (order.height / each) as usize,
            width: (order.width / each) as usize,
            tokens: rows * self.text_encoders[0].0.max_position_embeddings,
        }
    }

    /// What is run for an order: both text encoders, the UNet, the decoder, and the encoder where it is needed.
    pub fn plans_of(&self, order: &Order) -> Result<Vec<Plan>, ModelError> {
        let call = self.call(order);
        let [first, second] = &self.text_encoders;
        let chunks = call.tokens / first.0.max_position_embeddings;
        let mut plans = vec![
            clip::plan(&first.0, chunks, false)?,
            clip::plan(&second.0, chunks, true)?,
            unet::plan(&self.unet.0, call, !order.controls.is_empty())?,
            vae::decoder(&self.vae.0, 1, call.height, call.width)?,
        ];
        if order.source.is_some() {
            plans.push(vae::encoder(&self.vae.0, 1, order.height as usize, order.width as usize)?);
        }
        Ok(plans)
    }

    /// Every part, for inputs of any size: weights do not depend on it.
    pub fn plans(&self) -> Result<[Plan; 5], ModelError> {
        let side = 1 << (self.unet.0.block_out_channels.len() - 1);
        let pixels = self.vae.0.pixels_each();
        let [first, second] = &self.text_encoders;
        Ok([
            clip::plan(&first.0, 1, false)?,
            clip::plan(&second.0, 1, true)?,
            unet::plan(&self.unet.0, Call { images: 1, height: side, width: side, tokens: 1 }, false)?,
            vae::decoder(&self.vae.0, 1, 1, 1)?,
            vae::encoder(&self.vae.0, 1, pixels, pixels)?,
        ])
    }

    fn weight_bytes(&self) -> Result<usize, ModelError> {
        let lens = self.plans()?;
        Ok(lens.iter().map(stored_len).sum::<usize>() * NUMBER)
    }

    fn weight_len_max(&self) -> Result<usize, ModelError> {
        Ok(weight_len_max(&self.plans()?))
    }
}

/// Numbers that ControlNets want while a picture is painted.
struct ControlsLen {
    /// What they look at, as long as the order is painted; the first as it came, too.
    hints: usize,
    /// What they say, and what the last one looked at, while the UNet runs.
    said: usize,
    /// The largest one and what was said so far.
    run: usize,
}

impl Beside {
    /// Plans of the ControlNets, for inputs of any size.
    pub fn plans_of_any(&self) -> Result<Vec<Plan>, ModelError> {
        self.controls.iter().map(ControlOutline::plan_of_any).collect()
    }

    fn stored_len(&self) -> Result<usize, ModelError> {
        let loras: usize = self.loras.iter().flat_map(LoraOutline::lens).sum();
        Ok(loras + self.plans_of_any()?.iter().map(stored_len).sum::<usize>())
    }

    /// Numbers of its largest tensor.
    fn len_max(&self) -> Result<usize, ModelError> {
        let loras = self.loras.iter().flat_map(LoraOutline::lens).max().unwrap_or_default();
        Ok(loras.max(weight_len_max(&self.plans_of_any()?)))
    }
}

fn weight_len_max(plans: &[Plan]) -> usize {
    let lens = plans.iter().flat_map(|plan| &plan.weights).map(|weight| weight.shape.iter().product());
    lens.max().unwrap_or_default()
}

/// Numbers of the weights of a plan, as they are kept.
fn stored_len(plan: &Plan) -> usize {
    let tables = plan.tables();
    let len = |(number, shape): (usize, &[usize])| match shape {
        [outputs, inputs, side, _] => Packed::len_of(*outputs, inputs * side * side),
        [outputs, inputs] if !tables.contains(&number) => Packed::len_of(*outputs, *inputs),
        _ => shape.iter().product(),
    };
    plan.weights.iter().map(|weight| weight.shape.as_slice()).enumerate().map(len).sum()
}

/// Numbers that are there at once while a plan runs: its values, what it was given, what it gives, and what its largest
/// operation needs beside.
fn run_len(plan: &Plan) -> usize {
    let scratch = plan.ops.iter().zip(&plan.shapes).map(|(op, to)| scratch_len(op, *to, &plan.shapes)).max();
    let given = plan.ops.iter().zip(&plan.shapes).filter(|(op, _)| op.reads().is_empty());
    let given: usize = given.map(|(_, shape)| shape.len()).sum();
    let outputs: usize = plan.outputs.iter().map(|(_, value)| plan.shapes[value.0].len()).sum();
    plan.live_len_max() + given + outputs + scratch.unwrap_or_default()
}

/// Numbers that an operation needs beside its values.
fn scratch_len(op: &Op, to: Shape, shapes: &[Shape]) -> usize {
    match op {
        Op::Conv { input, side, .. } => {
            WINDOWS_AT_ONCE * (side * side * shapes[input.0].channels + to.channels)
        }
        Op::GroupNorm { silu: true, .. } => to.len(),
        Op::Attention { query, key, value, heads, .. } => {
            let [query, key, value] = [query, key, value].map(|value| shapes[value.0]);
            let (width, value_width, seen) = (query.channels / heads, value.channels / heads, key.rows());
            let blocks = QUERIES_AT_ONCE * (width + seen + value_width);
            Packed::len_of(seen, width) + Packed::len_of(value_width, seen) + blocks
        }
        _ => 0,
    }
}
