//! Tiny models whose weights follow from their names, and the answers of diffusers.
#![allow(dead_code, reason = "each suite uses a part")]

use imprint_painter::{Noise, Order, PaintError, Progress, Sampler};
use imprint_painter_reference::config::{ClipConfig, UnetConfig, VaeConfig};
use imprint_painter_reference::plan::unet::Call;
use imprint_painter_reference::plan::{Bound, Inputs, Outputs, Plan};
use imprint_painter_reference::plan::{clip, control, unet, vae};
use imprint_painter_reference::schedule::Trained;
use imprint_painter_reference::tokens::Vocabulary;
use imprint_painter_reference::weights::Weights;
use imprint_painter_reference::{ControlNet, Extras, Model, ModelError, Parts, Tensor, channels_last};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::ops::ControlFlow;

/// What a stage may differ from diffusers, relative to its length.
pub(crate) const TOLERANCE: f64 = 1e-4;

/// Numbers in [-1, 1) that follow from a name, as in `fixtures/make.py`.
pub(crate) fn ramp(name: &str, count: usize) -> Vec<f64> {
    let seed =
        name.bytes().fold(2_166_136_261_u32, |seed, byte| (seed ^ u32::from(byte)).wrapping_mul(16_777_619));
    let one = |at: usize| {
        let mut h = (at as u32).wrapping_mul(0x9E37_79B9).wrapping_add(seed);
        h ^= h >> 16;
        h = h.wrapping_mul(0x7FEB_352D);
        h ^= h >> 15;
        h = h.wrapping_mul(0x846C_A68B);
        h ^= h >> 16;
        f64::from(h >> 8) / f64::from(1 << 23) - 1.0
    };
    (0..count).map(one).collect()
}

/// An input of unit variance.
pub(crate) fn given(name: &str, count: usize) -> Vec<f32> {
    ramp(name, count).into_iter().map(|value| (value * 3.0_f64.sqrt()) as f32).collect()
}

/// The same as a picture, which the fixtures hold channel by channel.
pub(crate) fn given_picture(name: &str, images: usize, channels: usize, pixels: usize) -> Vec<f32> {
    let planes = given(name, images * channels * pixels);
    planes.chunks(channels * pixels).flat_map(|image| channels_last(image, channels)).collect()
}

/// The weights of one model. Their dimensions come from a plan, since nothing else knows them.
pub(crate) struct Named {
    model: &'static str,
    shapes: BTreeMap<String, Vec<usize>>,
}

impl Named {
    pub(crate) fn new(model: &'static str, plan: &Plan) -> Self {
        let shapes = plan.weights.iter().map(|weight| (weight.name.clone(), weight.shape.clone())).collect();
        Self { model, shapes }
    }
}

const QUIET: &[&str] = &["conv_in.weight", "conv2.weight"];

impl Weights for Named {
    fn load(&self, name: &str) -> Result<Tensor, ModelError> {
        let shape =
            self.shapes.get(name).ok_or_else(|| ModelError::NoWeight { name: name.to_owned() })?.clone();
        let amplitude = if name.contains("embedding.weight") && shape.len() == 2 && !name.contains("add_") {
            0.3
        } else if shape.len() == 1 {
            if name.ends_with("weight") {
                0.2
            } else if name == "conv_in.bias" {
                0.01
            } else {
                0.1
            }
        } else {
            let gain = if QUIET.iter().any(|quiet| name.ends_with(quiet)) { 0.02 } else { 1.0 };
            gain * (3.0 / shape[1..].iter().product::<usize>() as f64).sqrt()
        };
        let base = if shape.len() == 1 && name.ends_with("weight") { 1.0 } else { 0.0 };
        let values = ramp(&format!("{}/{name}", self.model), shape.iter().product());
        Ok(Tensor {
            shape,
            data: values.into_iter().map(|value| (base + amplitude * value) as f32).collect(),
        })
    }
}

pub(crate) fn bound(model: &'static str, plan: Plan) -> Bound {
    let weights = Named::new(model, &plan);
    Bound::new(plan, &weights).unwrap()
}

pub(crate) fn unet_config() -> UnetConfig {
    serde_json::from_value(unet_config_json()).unwrap()
}

pub(crate) fn unet_config_json() -> Value {
    json!({
        "in_channels": 4, "out_channels": 4, "block_out_channels": [32, 64, 64], "layers_per_block": 2,
        "down_block_types": ["DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"],
        "attention_head_dim": [2, 1, 4], "transformer_layers_per_block": [1, 1, 2], "cross_attention_dim": 64,
        "addition_time_embed_dim": 8, "projection_class_embeddings_input_dim": 80, "use_linear_projection": true,
        "norm_num_groups": 16, "conditioning_embedding_out_channels": [16, 32, 96],
    })
}

pub(crate) fn vae_config() -> VaeConfig {
    serde_json::from_value(vae_config_json()).unwrap()
}

pub(crate) fn vae_config_json() -> Value {
    json!({
        "block_out_channels": [16, 32, 32], "layers_per_block": 1, "latent_channels": 4, "norm_num_groups": 16,
        "scaling_factor": 0.13025,
    })
}

pub(crate) fn clip_config(activation: &str) -> ClipConfig {
    serde_json::from_value(clip_config_json(activation)).unwrap()
}

pub(crate) fn clip_config_json(activation: &str) -> Value {
    json!({
        "vocab_size": 674, "hidden_size": 32, "intermediate_size": 48, "num_attention_heads": 4,
        "num_hidden_layers": 3, "max_position_embeddings": 77, "projection_dim": 32, "hidden_act": activation,
    })
}

pub(crate) fn fixture(name: &str) -> Value {
    let path = format!("{}/tests/fixtures/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

pub(crate) fn floats(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|value| value.as_f64().unwrap()).collect()
}

/// How far values are from the kept ones: the larger of the distance of the samples and that of the lengths.
pub(crate) fn distance(found: &[f32], kept: &Value) -> f64 {
    let wanted = floats(&kept["values"]);
    let len: usize = floats(&kept["shape"]).iter().map(|side| *side as usize).product();
    assert_eq!(found.len(), len, "the fixture has {}", kept["shape"]);
    let samples = (0..wanted.len()).map(|place| f64::from(found[place * found.len() / wanted.len()]));
    let norm = |values: &mut dyn Iterator<Item = f64>| values.map(|value| value * value).sum::<f64>().sqrt();
    let apart =
        norm(&mut samples.zip(&wanted).map(|(a, b)| a - b)) / norm(&mut wanted.iter().copied()).max(1e-30);
    let wanted_norm = kept["norm"].as_f64().unwrap();
    let norms =
        (norm(&mut found.iter().map(|value| f64::from(*value))) - wanted_norm).abs() / wanted_norm.max(1e-30);
    // What is not a number is far away.
    if apart.is_nan() || norms.is_nan() { f64::INFINITY } else { apart.max(norms) }
}

/// Every stage that the fixture has, and how far it is.
pub(crate) fn distances(outputs: &Outputs, kept: &Value, names: &[(&str, &str)]) -> Vec<(String, f64)> {
    let rename = |name: &String| {
        names.iter().find(|(ours, _)| ours == name).map_or(name.clone(), |(_, theirs)| (*theirs).to_owned())
    };
    let pairs = outputs.iter().map(|(name, values)| (rename(name), values));
    pairs
        .filter(|(name, _)| kept.get(name).is_some())
        .map(|(name, values)| (name.clone(), distance(values, &kept[&name])))
        .collect()
}

pub(crate) fn unet_inputs() -> Inputs<'static> {
    Inputs::from([
        ("sample", given_picture("unet.sample", 2, 4, 8 * 16)),
        ("timestep", vec![301.0, 17.5]),
        ("context", given("unet.context", 2 * 77 * 64)),
        ("pooled", given("unet.pooled", 2 * 32)),
        ("sizes", vec![64.0, 128.0, 0.0, 8.0, 64.0, 128.0, 512.0, 768.0, 16.0, 0.0, 256.0, 512.0]),
    ])
}

pub(crate) fn vocabulary_files() -> (String, String) {
    let read = |name: &str| {
        std::fs::read_to_string(format!("{}/tests/fixtures/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
    };
    (read("vocab.json"), read("merges.txt"))
}

pub(crate) fn vocabulary() -> Vocabulary {
    let (vocabulary, merges) = vocabulary_files();
    Vocabulary::new(&vocabulary, &merges).unwrap()
}

/// Weights of any model: whatever is asked for is made for the plan that asks.
pub(crate) fn named(model: &'static str, plans: &[Plan]) -> Box<Named> {
    let mut all = Named { model, shapes: BTreeMap::new() };
    for plan in plans {
        all.shapes.extend(Named::new(model, plan).shapes);
    }
    Box::new(all)
}

pub(crate) fn parts() -> Parts {
    let (first, second) = (clip_config("quick_gelu"), clip_config("gelu"));
    let call = Call { images: 1, height: 4, width: 4, tokens: 1 };
    Parts {
        vocabulary: vocabulary(),
        text_encoders: [
            (first.clone(), named("text_encoder", &[clip::plan(&first, 1, true).unwrap()])),
            (second.clone(), named("text_encoder_2", &[clip::plan(&second, 1, true).unwrap()])),
        ],
        unet: (unet_config(), named("unet", &[unet::plan(&unet_config(), call, false).unwrap()])),
        vae: (
            vae_config(),
            named(
                "vae",
                &[
                    vae::decoder(&vae_config(), 1, 1, 1).unwrap(),
                    vae::encoder(&vae_config(), 1, 4, 4).unwrap(),
                ],
            ),
        ),
        trained: Trained::default(),
        zeros_for_empty: true,
    }
}

pub(crate) const PROMPT: &str = "a fox by the river, flat vector drawing";

pub(crate) fn sampler(name: &str) -> Sampler {
    let known = [
        ("euler", Sampler::Euler),
        ("euler-ancestral", Sampler::EulerAncestral),
        ("dpm++2m-karras", Sampler::DpmPlusPlus2mKarras),
        ("lcm", Sampler::Lcm),
        ("turbo", Sampler::Turbo),
        ("lightning", Sampler::Lightning),
    ];
    known.iter().find(|(known, _)| *known == name).unwrap().1
}

/// The order of a case of `pictures.json` or `sources.json`.
pub(crate) fn order_of(case: &Value) -> Order {
    Order {
        negative_prompt: case["negative"].as_str().unwrap().to_owned(),
        width: 128,
        height: 64,
        steps: case["steps"].as_u64().unwrap() as u32,
        guidance: case["guidance"].as_f64().unwrap() as f32,
        sampler: sampler(case["sampler"].as_str().unwrap()),
        seed: case["seed"].as_u64().unwrap(),
        noise: Noise::Mt19937,
        ..Order::new("tiny", PROMPT)
    }
}

/// How far the latents of each step and the picture are from the case.
pub(crate) fn painted(model: &Model, order: &Order, case: &Value) -> Vec<f64> {
    painted_with(model, order, &Extras::default(), case)
}

pub(crate) fn painted_with(model: &Model, order: &Order, extras: &Extras, case: &Value) -> Vec<f64> {
    let mut found = Vec::new();
    let wanted = case["latents"].as_array().unwrap();
    let mut follow = |progress: Progress, latents: &[f32]| {
        found.push(distance(latents, &wanted[progress.step as usize - 1]));
        ControlFlow::Continue(())
    };
    let pictures = model.paint(order, extras, &mut follow).unwrap();
    found.push(distance(&pictures[0], &case["picture"]));
    found
}

/// Whether the latents of some step or the picture are not those of the case; ends at the first that are not.
pub(crate) fn strays(model: &Model, order: &Order, case: &Value) -> bool {
    let wanted = case["latents"].as_array().unwrap();
    let mut follow = |progress: Progress, latents: &[f32]| {
        let is_far = distance(latents, &wanted[progress.step as usize - 1]) > TOLERANCE;
        if is_far { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    match model.paint(order, &Extras::default(), &mut follow) {
        Ok(pictures) => distance(&pictures[0], &case["picture"]) > TOLERANCE,
        Err(ended) => matches!(ended, PaintError::Cancelled { .. }),
    }
}

pub(crate) fn controlnet() -> ControlNet {
    let call = Call { images: 1, height: 4, width: 4, tokens: 1 };
    let plan = control::plan(&unet_config(), call, 1.0).unwrap();
    ControlNet::new(unet_config(), &*named("controlnet", &[plan])).unwrap()
}
