//! Mistakes that others made with this model, planted on purpose: each has to be found by the comparison with diffusers.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod common;

use common::{
    TOLERANCE, bound, clip_config, distances, fixture, floats, given_picture, order_of, parts, strays,
    unet_config, unet_inputs, vae_config,
};
use imprint_painter::{Noise, Order, Sampler};
use imprint_painter_reference::plan::unet::Call;
use imprint_painter_reference::plan::{Activation, Inputs, Op, Plan, Value, clip, unet, vae};
use imprint_painter_reference::schedule::{BetaSchedule, Prediction};
use imprint_painter_reference::{Model, Parts};

#[derive(Clone, Copy, Debug)]
enum Stage {
    FirstEncoder,
    SecondEncoder,
    Unet,
    Decoder,
    Encoder,
}

const END: f32 = 673.0;

/// A stage as it should be: its plan and its inputs.
fn stage(stage: Stage) -> (&'static str, Plan, Inputs<'static>) {
    let ids = |place: usize| -> Vec<f32> {
        floats(&fixture("text")["ids"][place]).into_iter().map(|id| id as f32).collect()
    };
    match stage {
        Stage::FirstEncoder => {
            let plan = clip::plan(&clip_config("quick_gelu"), 1, true).unwrap();
            ("text_encoder", plan, Inputs::from([("ids", ids(0)), ("end", vec![0.0])]))
        }
        Stage::SecondEncoder => {
            let end = ids(1).iter().position(|id| *id == END).unwrap();
            let inputs = Inputs::from([("ids", ids(1)), ("end", vec![end as f32])]);
            ("text_encoder_2", clip::plan(&clip_config("gelu"), 1, true).unwrap(), inputs)
        }
        Stage::Unet => {
            let call = Call { images: 2, height: 8, width: 16, tokens: 77 };
            ("unet", unet::plan(&unet_config(), call, false).unwrap(), unet_inputs())
        }
        Stage::Decoder => {
            let latents = given_picture("vae.latents", 1, 4, 8 * 12);
            ("vae", vae::decoder(&vae_config(), 1, 8, 12).unwrap(), Inputs::from([("latents", latents)]))
        }
        Stage::Encoder => {
            let picture = given_picture("vae.picture", 1, 3, 32 * 48);
            ("vae", vae::encoder(&vae_config(), 1, 32, 48).unwrap(), Inputs::from([("picture", picture)]))
        }
    }
}

fn farthest(model: &'static str, plan: Plan, inputs: &Inputs, of: Stage) -> f64 {
    let found = bound(model, plan).run(inputs).unwrap();
    let (kept, names): (_, &[(&str, &str)]) = match of {
        Stage::FirstEncoder => ("text", &[("hidden", "text_encoder.hidden"), ("pooled", "none")]),
        Stage::SecondEncoder => {
            ("text", &[("hidden", "text_encoder_2.hidden"), ("pooled", "text_encoder_2.pooled")])
        }
        Stage::Unet => ("unet", &[]),
        Stage::Decoder | Stage::Encoder => ("vae", &[("picture", "decoded")]),
    };
    let distances = distances(&found, &fixture(kept), names);
    assert!(!distances.is_empty());
    distances.into_iter().map(|(_, distance)| distance).fold(0.0, f64::max)
}

fn norms(plan: &mut Plan, of_transformers: bool, wrong: f32) {
    for op in &mut plan.ops {
        match op {
            Op::GroupNorm { eps, silu, .. } if *silu != of_transformers => *eps = wrong,
            _ => {}
        }
    }
}

fn activations(plan: &mut Plan, wrong: Activation) {
    for op in &mut plan.ops {
        match op {
            Op::Activate { kind, .. } | Op::Gated { kind, .. } => *kind = wrong,
            _ => {}
        }
    }
}

fn output<'a>(plan: &'a mut Plan, name: &str) -> &'a mut Value {
    &mut plan.outputs.iter_mut().find(|(output, _)| output == name).unwrap().1
}

/// The value that an operation of a kind reads, or makes, as the last one of its kind.
fn last(plan: &Plan, is: fn(&Op) -> bool) -> Value {
    Value(plan.ops.iter().rposition(is).unwrap())
}

fn fill(inputs: &mut Inputs, with: f32) {
    let ids = inputs.get_mut("ids").unwrap();
    let end = ids.iter().position(|id| *id == END).unwrap();
    ids[end + 1..].fill(with);
}

/// Puts other values in the place of those that operations make, in their order: what no operation of a plan can say.
fn instead(
    model: &'static str,
    (plan, inputs): (&mut Plan, &mut Inputs),
    is: fn(&Op) -> bool,
    names: &[&'static str],
    change: fn(&Op, &[f32], &[f32]) -> Vec<f32>,
) {
    let places: Vec<usize> = (0..plan.ops.len()).filter(|at| is(&plan.ops[*at])).collect();
    assert_eq!(places.len(), names.len());
    for (at, name) in places.into_iter().zip(names) {
        let read = plan.ops[at].reads()[0];
        let asked = vec![("read".to_owned(), read), ("made".to_owned(), Value(at))];
        let found = bound(model, Plan { outputs: asked, ..plan.clone() }).run(inputs).unwrap();
        inputs.insert(name, change(&plan.ops[at], &found["read"], &found["made"]));
        plan.ops[at] = Op::Input { name: (*name).to_owned() };
    }
}

fn tanh_gelu(x: f32) -> f32 {
    let x = f64::from(x);
    let inner = (2.0 / std::f64::consts::PI).sqrt() * (x + 0.044_715 * x * x * x);
    (0.5 * x * (1.0 + libm::tanh(inner))) as f32
}

type Plant = fn(&mut Plan, &mut Inputs);

const PLANTED: &[(&str, Stage, Plant)] = &[
    ("the first encoder with the exact GELU", Stage::FirstEncoder, |plan, _| {
        activations(plan, Activation::Gelu);
    }),
    ("the first encoder filled up with 0", Stage::FirstEncoder, |_, inputs| fill(inputs, 0.0)),
    ("the second encoder with the quick GELU", Stage::SecondEncoder, |plan, _| {
        activations(plan, Activation::QuickGelu);
    }),
    ("the second encoder filled up with the end of text", Stage::SecondEncoder, |_, inputs| {
        fill(inputs, END);
    }),
    ("the last layer of the first encoder", Stage::FirstEncoder, |plan, _| {
        let normed = last(plan, |op| matches!(op, Op::LayerNorm { .. }));
        *output(plan, "hidden") = plan.ops[normed.0].reads()[0];
    }),
    ("the second encoder with the GELU by tanh", Stage::SecondEncoder, |plan, inputs| {
        let is = |op: &Op| matches!(op, Op::Activate { .. });
        let change = |_: &Op, read: &[f32], _: &[f32]| read.iter().map(|x| tanh_gelu(*x)).collect();
        instead("text_encoder_2", (plan, inputs), is, &["first", "second", "third"], change);
    }),
    ("sines before cosines", Stage::Unet, |plan, inputs| {
        let is = |op: &Op| matches!(op, Op::Sinusoid { .. });
        let change = |op: &Op, _: &[f32], made: &[f32]| {
            let Op::Sinusoid { size, .. } = op else { panic!("{op:?}") };
            made.chunks(*size).flat_map(|wave| [&wave[size / 2..], &wave[..size / 2]].concat()).collect()
        };
        instead("unet", (plan, inputs), is, &["waves of the time", "waves of the sizes"], change);
    }),
    ("tokens that see the tokens behind them", Stage::FirstEncoder, |plan, _| {
        for op in &mut plan.ops {
            if let Op::Attention { causal, .. } = op {
                *causal = false;
            }
        }
    }),
    ("the last layer instead of the one before", Stage::SecondEncoder, |plan, _| {
        let normed = last(plan, |op| matches!(op, Op::LayerNorm { .. }));
        *output(plan, "hidden") = plan.ops[normed.0].reads()[0];
    }),
    ("the final norm over what the UNet is told", Stage::SecondEncoder, |plan, _| {
        let hidden = *output(plan, "hidden");
        let normed = last(plan, |op| matches!(op, Op::LayerNorm { .. }));
        // The norm reads the layer before, and its picked row no longer matters.
        if let Op::LayerNorm { input, .. } = &mut plan.ops[normed.0] {
            *input = hidden;
        }
        *output(plan, "hidden") = normed;
    }),
    ("the prompt in one vector from the last token", Stage::SecondEncoder, |_, inputs| {
        inputs.insert("end", vec![76.0]);
    }),
    ("the prompt in one vector from the start of text", Stage::SecondEncoder, |_, inputs| {
        inputs.insert("end", vec![0.0]);
    }),
    ("the prompt in one vector without its projection", Stage::SecondEncoder, |plan, _| {
        *output(plan, "pooled") = last(plan, |op| matches!(op, Op::Pick { .. }));
    }),
    ("the prompt in one vector without the final norm", Stage::SecondEncoder, |plan, _| {
        let normed = last(plan, |op| matches!(op, Op::LayerNorm { .. }));
        let before = plan.ops[normed.0].reads()[0];
        let picked = last(plan, |op| matches!(op, Op::Pick { .. }));
        if let Op::Pick { input, .. } = &mut plan.ops[picked.0] {
            *input = before;
        }
    }),
    ("width before height", Stage::Unet, |_, inputs| {
        for pair in inputs.get_mut("sizes").unwrap().chunks_mut(2) {
            pair.swap(0, 1);
        }
    }),
    ("target size before crop", Stage::Unet, |_, inputs| {
        for sizes in inputs.get_mut("sizes").unwrap().chunks_mut(6) {
            sizes[2..].rotate_left(2);
        }
    }),
    ("no sizes", Stage::Unet, |_, inputs| inputs.get_mut("sizes").unwrap().fill(0.0)),
    ("sizes before the pooled prompt", Stage::Unet, |plan, _| {
        for op in &mut plan.ops {
            if let Op::Concat { a, b } = op {
                std::mem::swap(a, b);
                return;
            }
        }
    }),
    ("no pooled prompt", Stage::Unet, |_, inputs| inputs.get_mut("pooled").unwrap().fill(0.0)),
    ("the epsilon of transformers in resnets", Stage::Unet, |plan, _| norms(plan, false, 1e-6)),
    ("the epsilon of resnets in transformers", Stage::Unet, |plan, _| norms(plan, true, 1e-5)),
    ("the quick GELU in the UNet", Stage::Unet, |plan, _| {
        for op in &mut plan.ops {
            if let Op::Gated { kind, .. } = op {
                *kind = Activation::QuickGelu;
            }
        }
    }),
    ("as many heads as a head is wide", Stage::Unet, |plan, _| {
        for (op, shape) in plan.ops.iter_mut().zip(&plan.shapes) {
            if let Op::Attention { heads, .. } = op {
                *heads = shape.channels / *heads;
            }
        }
    }),
    ("skips before what they join", Stage::Unet, |plan, _| {
        for op in plan.ops.iter_mut().skip(20) {
            if let Op::Concat { a, b } = op {
                std::mem::swap(a, b);
            }
        }
    }),
    ("halving without zeros before", Stage::Unet, |plan, _| halving(plan, 0)),
    ("times in whole steps", Stage::Unet, |_, inputs| {
        for time in inputs.get_mut("timestep").unwrap() {
            *time = time.floor();
        }
    }),
    ("the epsilon of the UNet in the decoder", Stage::Decoder, |plan, _| norms(plan, false, 1e-5)),
    ("the epsilon of the UNet in the encoder", Stage::Encoder, |plan, _| norms(plan, false, 1e-5)),
    ("the epsilon of the UNet where the decoder attends", Stage::Decoder, |plan, _| norms(plan, true, 1e-5)),
    ("the epsilon of the UNet where the encoder attends", Stage::Encoder, |plan, _| norms(plan, true, 1e-5)),
    ("halving as in the UNet", Stage::Encoder, |plan, _| halving(plan, 1)),
];

fn halving(plan: &mut Plan, zeros: usize) {
    for op in &mut plan.ops {
        if let Op::Conv { stride: 2, pad, .. } = op {
            *pad = zeros;
        }
    }
}

/// Values that are put in the place of the same values change nothing: what is found are the others.
#[test]
fn what_stands_instead_of_itself_is_not_found() {
    type Is = fn(&Op) -> bool;
    let cases: [(Stage, Is, &[&str]); 2] = [
        (Stage::SecondEncoder, |op| matches!(op, Op::Activate { .. }), &["first", "second", "third"]),
        (Stage::Unet, |op| matches!(op, Op::Sinusoid { .. }), &["time", "sizes of it"]),
    ];
    for (of, is, names) in cases {
        let (model, mut plan, mut inputs) = stage(of);
        instead(model, (&mut plan, &mut inputs), is, names, |_, _, made| made.to_vec());
        assert!(farthest(model, plan, &inputs, of) <= TOLERANCE, "{of:?}");
    }
}

#[test]
fn planted_in_a_stage_it_is_found() {
    for of in [Stage::FirstEncoder, Stage::SecondEncoder, Stage::Unet, Stage::Decoder, Stage::Encoder] {
        let (model, plan, inputs) = stage(of);
        assert!(farthest(model, plan, &inputs, of) <= TOLERANCE, "{of:?} as it should be");
    }
    let missed: Vec<_> = PLANTED
        .iter()
        .filter_map(|(name, of, plant)| {
            let (model, mut plan, mut inputs) = stage(*of);
            plant(&mut plan, &mut inputs);
            let distance = farthest(model, plan, &inputs, *of);
            (distance <= TOLERANCE).then_some((name, distance))
        })
        .collect();
    assert!(missed.is_empty(), "not found: {missed:?}");
}

type PlantInParts = fn(&mut Parts);

const PLANTED_IN_PARTS: &[(&str, PlantInParts)] = &[
    ("the words of no prompt instead of nothing", |parts| parts.zeros_for_empty = false),
    ("the second encoder filled up with the end of text", |parts| {
        parts.vocabulary.bang = parts.vocabulary.end;
    }),
    ("the scale of the older models", |parts| parts.vae.0.scaling_factor = 0.18215),
    ("steps that are not offset", |parts| parts.trained.steps_offset = 0),
    ("betas in a line", |parts| parts.trained.beta_schedule = BetaSchedule::Linear),
    ("an answer taken for a velocity", |parts| parts.trained.prediction_type = Prediction::Velocity),
];

#[test]
fn planted_in_a_model_it_is_found() {
    let case = &fixture("pictures")[0];
    for (name, plant) in PLANTED_IN_PARTS {
        let mut parts = parts();
        plant(&mut parts);
        assert!(strays(&Model::new(parts).unwrap(), &order_of(case), case), "not found: {name}");
    }
}

type PlantInOrder = fn(&mut Order);

#[test]
fn planted_in_an_order_it_is_found() {
    let model = Model::new(parts()).unwrap();
    let case = &fixture("pictures")[0];
    assert!(!strays(&model, &order_of(case), case), "as it should be");
    let planted: &[(&str, PlantInOrder)] = &[
        ("noise of the other generator", |order| order.noise = Noise::Philox),
        ("another seed", |order| order.seed += 1),
        ("no guidance", |order| order.guidance = 1.0),
        ("steps from the last backwards", |order| order.sampler = Sampler::Lightning),
        ("a weight of a word", |order| order.prompt = order.prompt.replace("fox", "(fox:1.2)")),
    ];
    for (name, plant) in planted {
        let mut order = order_of(case);
        plant(&mut order);
        assert!(strays(&model, &order, case), "not found: {name}");
    }
}
