//! The kernels' own text on the CPU, operation by operation and model by model, against the reference.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

#[path = "twin/build.rs"]
mod build;
#[path = "../../reference/tests/common/mod.rs"]
mod common;
#[path = "twin/machine.rs"]
mod machine;

use imprint_painter::{Control, Order, Picture, Source};
use imprint_painter_cuda::engine::OnMachine;
use imprint_painter_cuda::kernels;
use imprint_painter_cuda::lower::{Bits, eighths, narrow};
use imprint_painter_cuda::need::DeviceNeed;
use imprint_painter_reference::config::ClipConfig;
use imprint_painter_reference::plan::{
    Activation, Bound, Builder, Inputs, Plan, Value, clip, control, unet, vae,
};
use imprint_painter_reference::schedule::Trained;
use imprint_painter_reference::tokens::Vocabulary;
use imprint_painter_reference::weights::Weights;
use imprint_painter_reference::{
    Beside, ControlNet, ControlOutline, Extras, Model, ModelError, Parts, Shape, Tensor,
};
use machine::{Planted, Twin, whole};
use std::cmp::Ordering;
use std::ops::ControlFlow;
use std::sync::Arc;

/// What one operation may differ, relative to its length: two roundings to eight bits.
const OPERATION: f64 = 4e-3;
/// What a tiny model may: many layers one behind the other, and norms over few numbers.
const MODEL: f64 = 3e-2;
/// What a tiny model may whose linear layers have eight bits.
const OF_EIGHTHS: f64 = 4e-1;
/// What a picture may, after some steps and with weights that were rounded.
const PICTURE: f64 = 4e-2;

/// Weights as bf16 has them.
struct Rounded(common::Named);

impl Weights for Rounded {
    fn load(&self, name: &str) -> Result<Tensor, ModelError> {
        let tensor = self.0.load(name)?;
        Ok(Tensor { data: rounded(tensor.data), ..tensor })
    }
}

fn rounded(values: Vec<f32>) -> Vec<f32> {
    values.into_iter().map(|value| f32::from_bits(u32::from(narrow(value)) << 16)).collect()
}

fn on_twin(plan: &Plan, weights: &dyn Weights, backward: bool) -> Option<Bound> {
    let engine = OnMachine::new(Arc::new(Twin::new(backward)?));
    Some(Bound::on(&engine, plan.clone(), weights).unwrap())
}

fn distance(found: &[f32], wanted: &[f32]) -> f64 {
    assert_eq!(found.len(), wanted.len());
    let square = |value: f64| value * value;
    let apart: f64 = found.iter().zip(wanted).map(|(a, b)| square(f64::from(*a) - f64::from(*b))).sum();
    let length: f64 = wanted.iter().map(|value| square(f64::from(*value))).sum();
    (apart / length.max(1e-30)).sqrt()
}

/// Every output of both, with threads forward and backward.
fn compare(what: &str, plan: &Plan, inputs: &Inputs, most: f64) {
    let twins = || Some([Twin::new(false)?, Twin::new(true)?]);
    let Some(twins) = twins() else { return };
    let apart = apart(plan, inputs, most, twins);
    assert_eq!(apart, None, "{what}");
}

/// The first output that is wrong, and why.
fn apart(plan: &Plan, inputs: &Inputs, most: f64, twins: [Twin; 2]) -> Option<String> {
    let weights = Rounded(common::Named::new("twin", plan));
    let wanted = Bound::new(plan.clone(), &weights).unwrap().run_staged(inputs).unwrap();
    let found = twins.map(|twin| {
        let bound = Bound::on(&OnMachine::new(Arc::new(twin)), plan.clone(), &weights).unwrap();
        bound.run_staged(inputs).unwrap()
    });
    wanted.iter().find_map(|(name, wanted)| {
        let apart = distance(&found[0][name], wanted);
        // What is no number is far away.
        if !matches!(apart.partial_cmp(&most), Some(Ordering::Less | Ordering::Equal)) {
            return Some(format!("`{name}` is {apart:.2e} apart"));
        }
        let same = found[0][name].iter().zip(&found[1][name]).all(|(a, b)| a.to_bits() == b.to_bits());
        (!same).then(|| format!("`{name}` depends on the order of threads"))
    })
}

fn input(b: &mut Builder, name: &str, shape: Shape) -> Value {
    b.input(name, shape)
}

type Write = fn(&mut Builder) -> Value;

/// A plan of one operation, with inputs that follow from their names.
fn operation(what: &str, write: Write) {
    let (plan, given) = planned(write);
    let inputs: Inputs = given.iter().map(|(name, values)| (name.as_str(), values.clone())).collect();
    compare(what, &plan, &inputs, OPERATION);
}

fn planned(write: Write) -> (Plan, Vec<(String, Vec<f32>)>) {
    let mut b = Builder::default();
    let out = write(&mut b);
    b.output("out", out);
    let plan = b.finish();
    let mut given = Vec::new();
    for (op, shape) in plan.ops.iter().zip(&plan.shapes) {
        if let imprint_painter_reference::plan::Op::Input { name } = op {
            let values = match name.as_str() {
                "ids" => (0..shape.len()).map(|at| (at * 5 % 11) as f32).collect(),
                _ => rounded(common::given(name, shape.len())),
            };
            given.push((name.clone(), values));
        }
    }
    (plan, given)
}

/// Numbers by themselves, and numbers that are only moved.
const NUMBERS: &[(&str, Write)] = &[
    ("silu, eight", |b| {
        let x = input(b, "x", Shape::picture(2, 3, 5, 16));
        b.activate(x, Activation::Silu)
    }),
    ("gelu, one", |b| {
        let x = input(b, "x", Shape::picture(2, 3, 5, 3));
        b.activate(x, Activation::Gelu)
    }),
    ("quick gelu", |b| {
        let x = input(b, "x", Shape::tokens(1, 7, 8));
        b.activate(x, Activation::QuickGelu)
    }),
    ("gated, eight", |b| {
        let x = input(b, "x", Shape::tokens(2, 5, 32));
        b.gated(x, Activation::Gelu)
    }),
    ("gated, one", |b| {
        let x = input(b, "x", Shape::tokens(2, 5, 6));
        b.gated(x, Activation::Gelu)
    }),
    ("scale", |b| {
        let x = input(b, "x", Shape::tokens(2, 5, 8));
        b.scale(x, 0.25)
    }),
    ("concat, eight", |b| {
        let (x, y) = (input(b, "x", Shape::picture(2, 3, 2, 8)), input(b, "y", Shape::picture(2, 3, 2, 24)));
        b.concat(x, y)
    }),
    ("concat, one", |b| {
        let (x, y) = (input(b, "x", Shape::picture(2, 3, 2, 3)), input(b, "y", Shape::picture(2, 3, 2, 8)));
        b.concat(x, y)
    }),
    ("add", |b| {
        let (x, y) = (input(b, "x", Shape::tokens(2, 9, 8)), input(b, "y", Shape::tokens(2, 9, 8)));
        b.add(x, y)
    }),
    ("add a row", |b| {
        let (x, y) = (input(b, "x", Shape::tokens(2, 9, 5)), input(b, "y", Shape::vector(2, 5)));
        b.add(x, y)
    }),
    ("add a table", |b| {
        let x = input(b, "x", Shape::tokens(2, 9, 16));
        b.add_table(x, "position_embedding.weight", 9)
    }),
    ("upsample, eight", |b| {
        let x = input(b, "x", Shape::picture(2, 3, 5, 8));
        b.upsample(x)
    }),
    ("upsample, one", |b| {
        let x = input(b, "x", Shape::picture(2, 3, 5, 3));
        b.upsample(x)
    }),
    ("embed", |b| {
        let x = input(b, "ids", Shape::tokens(2, 7, 1));
        b.embed(x, "token_embedding.weight", 11, 12)
    }),
    ("pick", |b| {
        let (x, row) = (input(b, "x", Shape::tokens(3, 12, 9)), input(b, "ids", Shape::vector(3, 1)));
        b.pick(x, row)
    }),
    ("sinusoid", |b| {
        let x = input(b, "ids", Shape::vector(2, 6));
        b.sinusoid(x, 32)
    }),
];

#[test]
fn numbers_by_themselves() {
    for (what, write) in NUMBERS {
        operation(what, *write);
    }
}

/// Norms over few and many.
const NORMS: &[(&str, Write)] = &[
    ("layer, eight", |b| {
        let x = input(b, "x", Shape::tokens(2, 9, 320));
        b.layer_norm(x, "norm", 1e-5)
    }),
    ("layer, one", |b| {
        let x = input(b, "x", Shape::tokens(1, 3, 37));
        b.layer_norm(x, "norm", 1e-5)
    }),
    ("group, eight", |b| {
        let x = input(b, "x", Shape::picture(2, 8, 9, 64));
        b.group_norm(x, "norm", (16, 1e-5), true)
    }),
    ("group, across eights", |b| {
        let x = input(b, "x", Shape::picture(1, 5, 5, 80));
        b.group_norm(x, "norm", (8, 1e-6), false)
    }),
    ("group, one", |b| {
        let x = input(b, "x", Shape::picture(2, 4, 4, 6));
        b.group_norm(x, "norm", (3, 1e-6), true)
    }),
    ("group, many channels", |b| {
        let x = input(b, "x", Shape::picture(1, 3, 3, 2560));
        b.group_norm(x, "norm", (32, 1e-5), true)
    }),
    ("group, many rows", |b| {
        let x = input(b, "x", Shape::picture(2, 64, 33, 8));
        b.group_norm(x, "norm", (2, 1e-5), true)
    }),
];

#[test]
fn norms() {
    for (what, write) in NORMS {
        operation(what, *write);
    }
}

/// Everything that is a product at last.
const PRODUCTS: &[(&str, Write)] = &[
    ("linear", |b| {
        let x = input(b, "x", Shape::tokens(2, 7, 24));
        b.linear(x, "l", 40)
    }),
    ("linear without bias", |b| {
        let x = input(b, "x", Shape::tokens(2, 7, 24));
        b.linear_unbiased(x, "l", 40)
    }),
    ("linear of odd sizes", |b| {
        let x = input(b, "x", Shape::tokens(2, 7, 9));
        b.linear(x, "l", 13)
    }),
    ("linear and sum", |b| {
        let (x, y) = (input(b, "x", Shape::tokens(2, 7, 24)), input(b, "y", Shape::tokens(2, 7, 24)));
        let y = b.activate(y, Activation::Silu);
        let x = b.linear(x, "l", 24);
        b.add(x, y)
    }),
    ("conv and sum", |b| {
        let x = input(b, "x", Shape::picture(2, 4, 5, 16));
        let y = b.activate(x, Activation::Silu);
        let x = b.conv(x, "c", 3, 16);
        b.add(y, x)
    }),
    ("odd conv and sum", |b| {
        let x = input(b, "x", Shape::picture(2, 4, 5, 9));
        let y = b.activate(x, Activation::Silu);
        let x = b.conv(x, "c", 3, 9);
        b.add(y, x)
    }),
    ("rows in f32", |b| {
        let x = input(b, "ids", Shape::vector(2, 3));
        let x = b.sinusoid(x, 16);
        b.linear(x, "l", 21)
    }),
    ("conv", |b| {
        let x = input(b, "x", Shape::picture(2, 6, 5, 8));
        b.conv(x, "c", 3, 24)
    }),
    ("conv of four", |b| {
        let x = input(b, "x", Shape::picture(2, 6, 5, 4));
        b.conv(x, "c", 3, 16)
    }),
    ("conv of a pixel", |b| {
        let x = input(b, "x", Shape::picture(2, 6, 5, 16));
        b.conv(x, "c", 1, 24)
    }),
    ("conv to four", |b| {
        let x = input(b, "x", Shape::picture(2, 6, 5, 40));
        b.conv(x, "c", 3, 4)
    }),
    ("conv of four to four", |b| {
        let x = input(b, "x", Shape::picture(1, 6, 5, 4));
        b.conv(x, "c", 1, 4)
    }),
    ("halving", |b| {
        let x = input(b, "x", Shape::picture(2, 6, 8, 8));
        b.conv_halving(x, "c", 1, 16)
    }),
    ("halving, zeros behind", |b| {
        let x = input(b, "x", Shape::picture(2, 6, 8, 8));
        b.conv_halving(x, "c", 0, 16)
    }),
];

#[test]
fn products() {
    for (what, write) in PRODUCTS {
        operation(what, *write);
    }
}

/// A step's linear layer of one matrix; the input that makes it a step is the matrix.
fn linear_of_a_step(b: &mut Builder) -> Value {
    let x = input(b, "timestep", Shape::tokens(2, 40, 64));
    let x = b.activate(x, Activation::Silu);
    let y = b.linear(x, "l", 48);
    let z = b.linear_unbiased(x, "k", 48);
    b.add(y, z)
}

/// Weights as eight bits have them.
struct Eighths(Rounded);

impl Weights for Eighths {
    fn load(&self, name: &str) -> Result<Tensor, ModelError> {
        let tensor = self.0.load(name)?;
        let data = if tensor.shape.len() == 2 { in_eighths(&tensor.data) } else { tensor.data };
        Ok(Tensor { data, ..tensor })
    }
}

fn in_eighths(values: &[f32]) -> Vec<f32> {
    let (bytes, one) = eighths(values);
    bytes.into_iter().map(|byte| one * whole(byte)).collect()
}

#[test]
fn numbers_of_eight_bits_are_the_nearest_ones() {
    let all: Vec<f32> = (0..=255).map(whole).filter(|value| !value.is_nan()).collect();
    let given: Vec<f32> = common::given("eighths", 4000).into_iter().map(|value| value * 100.0).collect();
    let given: Vec<f32> = given.iter().flat_map(|value| [*value, *value / 4096.0]).chain([448.0]).collect();
    let (found, one) = eighths(&given);
    assert_eq!(one, 1.0);
    for (value, byte) in given.iter().zip(found) {
        let apart = |known: &f32| (known - value).abs();
        let nearest = all.iter().map(apart).fold(f32::INFINITY, f32::min);
        assert!(apart(&whole(byte)) <= nearest, "{value} became {}", whole(byte));
    }
    for (values, one) in [
        ([0.0, 0.0], f32::MIN_POSITIVE),
        ([-449.0, 3.0], 2.0),
        ([896.0, 1.0], 2.0),
        ([0.875, 0.1], 1.0 / 512.0),
    ] {
        assert_eq!(eighths(&values).1, one, "{values:?}");
    }
    assert_eq!(eighths(&[448.0, f32::NAN]).0[1], 0x7f);
}

/// Three places behind the point are left of each number, rounded as they are here, and what is left is multiplied exactly.
#[test]
fn products_of_eight_bits() {
    let (plan, given) = planned(linear_of_a_step);
    let weights = Rounded(common::Named::new("twin", &plan));
    let on = |backward: bool, weights: &dyn Weights| -> Option<Bound> {
        let engine = OnMachine::new(Arc::new(Twin::new(backward)?)).in_bits(Bits::Eight);
        Some(Bound::on(&engine, plan.clone(), weights).unwrap())
    };
    let Some(bound) = on(false, &weights) else { return };
    let inputs = Inputs::from([("timestep", given[0].1.clone())]);
    let wanted = Bound::new(plan.clone(), &weights).unwrap().run(&inputs).unwrap();
    let found = bound.run(&inputs).unwrap();
    let apart = distance(&found["out"], &wanted["out"]);
    assert!((1e-2..6e-2).contains(&apart), "{apart:.2e} apart");
    assert_eq!(on(true, &weights).unwrap().run(&inputs).unwrap(), found, "in the other order of threads");

    let exact = {
        let mut b = Builder::default();
        let x = input(&mut b, "timestep", Shape::tokens(2, 40, 64));
        let out = b.linear(x, "l", 48);
        b.output("out", out);
        b.finish()
    };
    let weights = Rounded(common::Named::new("twin", &exact));
    let engine = OnMachine::new(Arc::new(Twin::new(false).unwrap())).in_bits(Bits::Eight);
    let found = Bound::on(&engine, exact.clone(), &weights).unwrap().run(&inputs).unwrap();
    let inputs = Inputs::from([("timestep", in_eighths(&given[0].1))]);
    let wanted = Bound::new(exact, &Eighths(weights)).unwrap().run(&inputs).unwrap();
    let apart = distance(&found["out"], &wanted["out"]);
    assert!(apart <= OPERATION, "{apart:.2e} apart");
}

/// The same model as with sixteen bits, a little apart; and as many bytes as were planned.
#[test]
fn a_tiny_model_in_eight_bits() {
    let plan = unet::plan(&common::unet_config(), CALL, false).unwrap();
    let weights = Rounded(common::Named::new("twin", &plan));
    let inputs = Inputs::from_iter(unet_inputs(CALL));
    let Some(twin) = Twin::new(false) else { return };
    let engine = OnMachine::new(Arc::new(twin)).in_bits(Bits::Eight);
    let found = Bound::on(&engine, plan.clone(), &weights).unwrap().run(&inputs).unwrap();
    let wanted = Bound::new(plan, &weights).unwrap().run(&inputs).unwrap();
    for (name, wanted) in &wanted {
        let apart = distance(&found[name], wanted);
        assert!((MODEL / 10.0..OF_EIGHTHS).contains(&apart), "`{name}` is {apart:.2e} apart");
    }
    let order =
        Order { width: 64, height: 64, steps: 1, guidance: 1.0, ..Order::new("tiny", common::PROMPT) };
    let twin = Arc::new(Twin::new(false).unwrap());
    let engine = OnMachine::new(Arc::clone(&twin)).in_bits(Bits::Eight);
    let model = Model::on(parts(), Arc::new(engine)).unwrap();
    model.paint(&order, &Extras::default(), &mut |_, _| ControlFlow::Continue(())).unwrap();
    let need = DeviceNeed::of(&parts(), &order, Bits::Eight).unwrap();
    assert_eq!(twin.bytes(), (need.weights as usize, (need.weights + need.work) as usize));
    assert!(need.weights < DeviceNeed::of(&parts(), &order, Bits::Sixteen).unwrap().weights);
}

/// Three inputs: queries, and keys and values of as many tokens.
fn attention(
    b: &mut Builder,
    (rows, seen): (usize, usize),
    (heads, width): (usize, usize),
    causal: bool,
) -> Value {
    let q = input(b, "q", Shape::tokens(2, rows, heads * width));
    let (k, v) = (
        input(b, "k", Shape::tokens(2, seen, heads * width)),
        input(b, "v", Shape::tokens(2, seen, heads * width)),
    );
    b.attention(q, k, v, heads, causal)
}

/// Attention in one kernel, and in three.
const ATTENTIONS: &[(&str, Write)] = &[
    ("one kernel", |b| attention(b, (64, 64), (1, 64), false)),
    ("one kernel, several tiles", |b| attention(b, (70, 200), (2, 64), false)),
    ("one kernel, a prompt", |b| attention(b, (33, 77), (1, 64), false)),
    ("one kernel, few keys", |b| attention(b, (5, 3), (1, 64), false)),
    ("one kernel, causal", |b| attention(b, (77, 77), (1, 64), true)),
    ("one kernel, causal, several blocks", |b| attention(b, (150, 150), (1, 64), true)),
    ("three, even", |b| attention(b, (16, 24), (2, 16), false)),
    ("three, a prompt", |b| attention(b, (16, 77), (4, 8), false)),
    ("three, causal", |b| attention(b, (77, 77), (4, 8), true)),
    ("three, odd", |b| attention(b, (9, 11), (3, 5), false)),
    ("three, wide", |b| attention(b, (40, 40), (1, 512), false)),
];

#[test]
fn attention_of_every_kind() {
    for (what, write) in ATTENTIONS {
        operation(what, *write);
    }
}

fn unet_inputs(call: unet::Call) -> Vec<(&'static str, Vec<f32>)> {
    let config = common::unet_config();
    let pooled = config.projection_class_embeddings_input_dim - 6 * config.addition_time_embed_dim;
    vec![
        ("sample", common::given("sample", call.images * call.height * call.width * 4)),
        ("timestep", vec![741.0; call.images]),
        ("context", common::given("context", call.images * call.tokens * config.cross_attention_dim)),
        ("pooled", common::given("pooled", call.images * pooled)),
        ("sizes", [64.0, 64.0, 0.0, 0.0, 64.0, 64.0].repeat(call.images)),
    ]
}

const CALL: unet::Call = unet::Call { images: 2, height: 8, width: 8, tokens: 13 };

#[test]
fn the_unet_of_a_tiny_model() {
    let plan = unet::plan(&common::unet_config(), CALL, false).unwrap();
    compare("unet", &plan, &Inputs::from_iter(unet_inputs(CALL)), MODEL);
}

#[test]
fn the_controlnet_of_a_tiny_model() {
    let config = common::unet_config();
    let plan = control::plan(&config, CALL, 0.7).unwrap();
    let mut inputs = Inputs::from_iter(unet_inputs(CALL));
    let each = 1 << (config.conditioning_embedding_out_channels.len() - 1);
    inputs.insert("hint", common::given("hint", CALL.images * CALL.height * CALL.width * each * each * 3));
    compare("control", &plan, &inputs, MODEL);
}

#[test]
fn both_directions_of_the_vae() {
    let config = common::vae_config();
    let latents = common::given("latents", 8 * 8 * 4);
    compare(
        "decoder",
        &vae::decoder(&config, 1, 8, 8).unwrap(),
        &Inputs::from([("latents", latents)]),
        MODEL,
    );
    let picture = common::given("picture", 32 * 32 * 3);
    compare(
        "encoder",
        &vae::encoder(&config, 1, 32, 32).unwrap(),
        &Inputs::from([("picture", picture)]),
        MODEL,
    );
}

#[test]
fn both_text_encoders() {
    for (activation, pooled) in [("quick_gelu", false), ("gelu", true)] {
        let plan = clip::plan(&common::clip_config(activation), 2, pooled).unwrap();
        let ids = (0..2 * 77).map(|at| (at * 31 % 674) as f32).collect();
        compare(activation, &plan, &Inputs::from([("ids", ids), ("end", vec![12.0, 76.0])]), MODEL);
    }
}

/// The second step is recorded, the third is run from that; what is done once for a prompt is done again for another.
#[test]
fn steps_after_steps() {
    let call = unet::Call { images: 1, height: 4, width: 4, tokens: 7 };
    let plan = unet::plan(&common::unet_config(), call, false).unwrap();
    let weights = Rounded(common::Named::new("twin", &plan));
    let Some(bound) = on_twin(&plan, &weights, false) else { return };
    for step in 0..4 {
        let mut inputs = Inputs::from_iter(unet_inputs(call));
        inputs.insert("timestep", vec![900.0 - 100.0 * step as f32]);
        if step == 3 {
            inputs.insert("context", common::given("another", inputs["context"].len()));
        }
        let fresh = on_twin(&plan, &weights, false).unwrap().run(&inputs).unwrap();
        assert_eq!(bound.run(&inputs).unwrap(), fresh, "step {step}");
    }
}

#[test]
fn inputs_that_do_not_fit_are_refused() {
    let plan = clip::plan(&common::clip_config("gelu"), 1, true).unwrap();
    let weights = Rounded(common::Named::new("twin", &plan));
    let Some(bound) = on_twin(&plan, &weights, false) else { return };
    let (ids, end) = (vec![1.0; 77], vec![5.0]);
    let cases = [
        ("an unknown token", vec![674.0; 77], end.clone()),
        ("no number", vec![f32::NAN; 77], end.clone()),
        ("too few", vec![1.0; 76], end),
        ("a row behind the last", ids, vec![77.0]),
    ];
    for (what, ids, end) in cases {
        let found = bound.run(&Inputs::from([("ids", ids), ("end", end)]));
        assert!(matches!(found, Err(ModelError::Input { .. })), "{what}: {found:?}");
    }
}

/// A whole tiny model, as `common` has it; the vocabulary lies beside the tests of the reference.
fn parts() -> Parts {
    let file = |name: &str| {
        let path = format!("{}/../reference/tests/fixtures/{name}", env!("CARGO_MANIFEST_DIR"));
        std::fs::read_to_string(path).unwrap()
    };
    let (first, second) = (common::clip_config("quick_gelu"), common::clip_config("gelu"));
    let (unet, vae) = (common::unet_config(), common::vae_config());
    let call = unet::Call { images: 1, height: 4, width: 4, tokens: 1 };
    let text = |config: &ClipConfig| [clip::plan(config, 1, true).unwrap()];
    let both = [vae::decoder(&vae, 1, 1, 1).unwrap(), vae::encoder(&vae, 1, 4, 4).unwrap()];
    Parts {
        vocabulary: Vocabulary::new(&file("vocab.json"), &file("merges.txt")).unwrap(),
        text_encoders: [
            (first.clone(), common::named("text_encoder", &text(&first))),
            (second.clone(), common::named("text_encoder_2", &text(&second))),
        ],
        unet: (unet.clone(), common::named("unet", &[unet::plan(&unet, call, false).unwrap()])),
        vae: (vae, common::named("vae", &both)),
        trained: Trained::default(),
        zeros_for_empty: true,
    }
}

/// From the words to the picture, and as many bytes as were planned: not one more and not one less.
#[test]
fn a_picture_from_words_takes_the_memory_that_was_planned() {
    let Some(twin) = Twin::new(false) else { return };
    let twin = Arc::new(twin);
    let model = Model::on(parts(), Arc::new(OnMachine::new(Arc::clone(&twin)))).unwrap();
    let exact = Model::new(parts()).unwrap();
    let source =
        Picture { width: 64, height: 64, rgb: (0..64 * 64 * 3).map(|at| (at % 251) as u8).collect() };
    let order = Order { width: 64, height: 64, steps: 2, ..Order::new("tiny", common::PROMPT) };
    let begun = Source { picture: source, strength: 0.9, mask: None };
    for order in [order.clone(), Order { source: Some(begun), guidance: 1.0, ..order }] {
        let need = DeviceNeed::of(&parts(), &order, Bits::Sixteen).unwrap();
        assert_eq!(twin.bytes().0 as u64, need.weights);
        let paint =
            |model: &Model| model.paint(&order, &Extras::default(), &mut |_, _| ControlFlow::Continue(()));
        let (found, wanted) = (paint(&model).unwrap(), paint(&exact).unwrap());
        let apart = distance(&found[0], &wanted[0]);
        assert!(apart <= PICTURE, "{apart:.2e} apart");
        assert_eq!(twin.bytes(), (need.weights as usize, (need.weights + need.work) as usize));
        twin.forget_most();
    }
    // A ControlNet is loaded for its order, and counted with it.
    let config = common::unet_config();
    let weights = common::named("controlnet", &[control::plan(&config, CALL, 1.0).unwrap()]);
    let picture = Picture { width: 64, height: 64, rgb: vec![200; 64 * 64 * 3] };
    let controls = vec![Control { model: "edges".to_owned(), picture, scale: 0.7 }];
    let order = Order {
        width: 64,
        height: 64,
        steps: 1,
        guidance: 1.0,
        controls,
        ..Order::new("tiny", common::PROMPT)
    };
    let outlines = vec![ControlOutline::new(config.clone(), &*weights).unwrap()];
    let beside = Beside { controls: outlines, ..Beside::default() };
    let need = DeviceNeed::beside(&parts(), &order, &beside, Bits::Sixteen).unwrap();
    let paint = |model: &Model| {
        let net = ControlNet::on(config.clone(), &*weights, model.engine()).unwrap();
        let extras = Extras { controls: vec![&net], ..Extras::default() };
        model.paint(&order, &extras, &mut |_, _| ControlFlow::Continue(())).unwrap()
    };
    let apart = distance(&paint(&model)[0], &paint(&exact)[0]);
    assert!(apart <= PICTURE, "{apart:.2e} apart");
    assert_eq!(twin.bytes(), (need.weights as usize, (need.weights + need.work) as usize));
}

/// Mistakes in the text of kernels: what is there, what is written instead, and who finds it.
const PLANTED: &[(&str, &str, Write)] = &[
    ("key > row + n / 2 * 8", "key >= row + n / 2 * 8", |b| attention(b, (77, 77), (1, 64), true)),
    (
        "mix_tile(out, scores, values + now);\n        __syncthreads();",
        "mix_tile(out, scores, values + now);",
        |b| attention(b, (64, 300), (1, 64), false),
    ),
    ("bring_wait();\n", "", |b| attention(b, (64, 64), (1, 64), false)),
    ("square / count - apart * apart", "square / count", |b| {
        let x = input(b, "x", Shape::picture(2, 4, 4, 6));
        b.group_norm(x, "norm", (3, 1e-6), true)
    }),
    ("0.70710678118654752f", "0.65f", |b| {
        let x = input(b, "x", Shape::tokens(2, 5, 32));
        b.gated(x, Activation::Gelu)
    }),
    (
        "if (step < side * side && from_y < height && from_x < width)",
        "if (step < side * side && from_y < height && from_x <= width)",
        |b| {
            let x = input(b, "x", Shape::picture(2, 6, 5, 8));
            b.conv(x, "c", 3, 24)
        },
    ),
    ("visible = first + row % rows + 1;", "visible = first + row % rows;", |b| {
        attention(b, (77, 77), (4, 8), true)
    }),
    ("cosf(angle) : sinf(angle)", "sinf(angle) : cosf(angle)", |b| {
        let x = input(b, "ids", Shape::vector(2, 6));
        b.sinusoid(x, 32)
    }),
];

/// A test that finds no mistake would prove nothing. Each mistake is in another kernel, or in another case of one, so that
/// they are built together: those of attention by themselves.
#[test]
fn mistakes_in_kernels_are_found() {
    for group in [&PLANTED[..1], &PLANTED[1..2], &PLANTED[2..]] {
        let source = group.iter().fold(kernels::source(), |source, (from, to, _)| {
            assert_eq!(source.matches(from).count(), 1, "{from}");
            source.replace(from, to)
        });
        let Some(planted) = Planted::new(&source) else { return };
        for (_, mistake, write) in group {
            let (plan, given) = planned(*write);
            let inputs: Inputs = given.iter().map(|(name, values)| (name.as_str(), values.clone())).collect();
            assert!(apart(&plan, &inputs, OPERATION, planted.twins()).is_some(), "nobody saw `{mistake}`");
        }
    }
}
