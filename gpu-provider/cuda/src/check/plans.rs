//! Operations and tiny models against the reference on the CPU.

use crate::sizes::Sizes;
use crate::{Bench, Report, skip};
use imprint_painter_cuda::engine::OnMachine;
use imprint_painter_cuda::gpu::Gpu;
use imprint_painter_cuda::lower::{Bits, narrow};
use imprint_painter_reference::plan::{Bound, Builder, Inputs, Op, Plan, Value};
use imprint_painter_reference::weights::Weights;
use imprint_painter_reference::{ModelError, Shape, Tensor};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What one operation may differ, relative to its length, and what a tiny model may.
const OPERATION: f64 = 4e-3;
const MODEL: f64 = 3e-2;
/// What a layer in eight bits may: three places behind the point, on both sides of a product.
const EIGHTHS: f64 = 6e-2;
/// What a tiny model of such layers may.
const MODEL_OF_EIGHTHS: f64 = 4e-1;

/// Weights that follow from their names, as bf16 has them, as large as keeps values near one.
pub(crate) struct Random {
    shapes: BTreeMap<String, Vec<usize>>,
}

impl Random {
    pub(crate) fn new(plans: &[&Plan]) -> Self {
        let all = plans.iter().flat_map(|plan| &plan.weights);
        Self { shapes: all.map(|spec| (spec.name.clone(), spec.shape.clone())).collect() }
    }
}

impl Weights for Random {
    fn load(&self, name: &str) -> Result<Tensor, ModelError> {
        let shape = self.sides(name)?;
        let inputs: usize = shape.iter().skip(1).product();
        let is_scale = shape.len() == 1 && name.ends_with("weight");
        let (base, size) = match shape.len() {
            1 if is_scale => (1.0, 0.2),
            1 => (0.0, 0.1),
            _ => (0.0, (3.0 / inputs as f32).sqrt()),
        };
        let data =
            numbers(name, shape.iter().product()).into_iter().map(|value| rounded(base + size * value));
        let data = data.collect();
        Ok(Tensor { shape, data })
    }

    fn sides(&self, name: &str) -> Result<Vec<usize>, ModelError> {
        self.shapes.get(name).cloned().ok_or_else(|| ModelError::NoWeight { name: name.to_owned() })
    }
}

/// Numbers in [-1, 1) that follow from a name.
fn numbers(name: &str, count: usize) -> Vec<f32> {
    let seed = name.bytes().fold(0x9e37_79b9_7f4a_7c15_u64, |seed, byte| {
        (seed ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let mut state = seed | 1;
    let mut one = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 40) as f32 / (1 << 23) as f32 - 1.0
    };
    (0..count).map(|_| one()).collect()
}

fn rounded(value: f32) -> f32 {
    f32::from_bits(u32::from(narrow(value)) << 16)
}

/// What a plan is given: numbers of rows, times and sizes where it asks for those.
pub(crate) fn inputs(plan: &Plan) -> BTreeMap<String, Vec<f32>> {
    let given = plan.ops.iter().zip(&plan.shapes).filter_map(|(op, shape)| {
        let Op::Input { name } = op else { return None };
        let values = match name.as_str() {
            "ids" => (0..shape.len()).map(|at| (at * 37 % 600) as f32).collect(),
            "end" => vec![60.0; shape.len()],
            "timestep" if shape.rows() == 1 && shape.channels == 1 => vec![741.0; shape.len()],
            "sizes" => vec![1024.0; shape.len()],
            _ => numbers(name, shape.len()).into_iter().map(|value| rounded(value * 1.7)).collect(),
        };
        Some((name.clone(), values))
    });
    given.collect()
}

pub(crate) fn by_name(all: &BTreeMap<String, Vec<f32>>) -> Inputs<'_> {
    all.iter().map(|(name, values)| (name.as_str(), values.clone())).collect()
}

/// Relative to the length of what is wanted; values that are no numbers are far away.
pub(crate) fn distance(found: &[f32], wanted: &[f32]) -> f64 {
    let square = |value: f64| value * value;
    let apart: f64 = found.iter().zip(wanted).map(|(a, b)| square(f64::from(*a) - f64::from(*b))).sum();
    let length: f64 = wanted.iter().map(|value| square(f64::from(*value))).sum();
    let apart = (apart / length.max(1e-30)).sqrt();
    if apart.is_nan() || found.len() != wanted.len() { f64::INFINITY } else { apart }
}

fn compare(gpu: &Arc<Gpu>, what: &str, (plan, bits): (Plan, Bits), most: f64, report: &mut Report) {
    let tried = (|| {
        let weights = Random::new(&[&plan]);
        let given = inputs(&plan);
        let wanted = Bound::new(plan.clone(), &weights)?.run_staged(&by_name(&given))?;
        let bound = Bound::on(&OnMachine::new(Arc::clone(gpu)).in_bits(bits), plan, &weights)?;
        let mut worst = (0.0, String::new());
        // Launch by launch, recorded, and once more from the record.
        for run in 0..3 {
            let found = bound.run_staged(&by_name(&given))?;
            for (name, wanted) in &wanted {
                let apart = distance(&found[name], wanted);
                if apart >= worst.0 {
                    worst = (apart, format!("{name}, run {run}"));
                }
            }
        }
        Ok::<_, ModelError>(worst)
    })();
    if let Some((apart, place)) = report.try_to(what, tried) {
        report.say(apart <= most, what, &format!("{apart:.2e} apart at {place}; {most:.0e} is allowed"));
    }
}

fn one(write: impl Fn(&mut Builder) -> Value) -> Plan {
    let mut b = Builder::default();
    let out = write(&mut b);
    b.output("out", out);
    b.finish()
}

fn attention((rows, seen): (usize, usize), (heads, width): (usize, usize), causal: bool) -> Plan {
    one(|b| {
        let q = b.input("q", Shape::tokens(2, rows, heads * width));
        let k = b.input("k", Shape::tokens(2, seen, heads * width));
        let v = b.input("v", Shape::tokens(2, seen, heads * width));
        b.attention(q, k, v, heads, causal)
    })
}

fn picture(side: usize, channels: usize) -> Shape {
    Shape::picture(2, side, side, channels)
}

fn products() -> Vec<(&'static str, Plan)> {
    vec![
        (
            "linear",
            one(|b| {
                let x = b.input("x", Shape::tokens(2, 100, 320));
                b.linear(x, "l", 640)
            }),
        ),
        (
            "linear of odd sizes",
            one(|b| {
                let x = b.input("x", Shape::tokens(2, 9, 33));
                b.linear(x, "l", 17)
            }),
        ),
        (
            "rows in f32",
            one(|b| {
                let x = b.input("ids", Shape::vector(2, 3));
                let x = b.sinusoid(x, 64);
                b.linear(x, "l", 96)
            }),
        ),
        (
            "conv",
            one(|b| {
                let x = b.input("x", picture(16, 64));
                b.conv(x, "c", 3, 96)
            }),
        ),
        (
            "conv and sum",
            one(|b| {
                let x = b.input("x", picture(16, 64));
                let y = b.group_norm(x, "n", (16, 1e-5), true);
                let x = b.conv(y, "c", 3, 64);
                b.add(y, x)
            }),
        ),
        (
            "conv of four",
            one(|b| {
                let x = b.input("x", picture(16, 4));
                b.conv(x, "c", 3, 64)
            }),
        ),
        (
            "conv to four",
            one(|b| {
                let x = b.input("x", picture(16, 64));
                b.conv(x, "c", 3, 4)
            }),
        ),
        (
            "halving",
            one(|b| {
                let x = b.input("x", picture(16, 64));
                b.conv_halving(x, "c", 1, 64)
            }),
        ),
    ]
}

fn others() -> Vec<(&'static str, Plan)> {
    vec![
        (
            "upsample",
            one(|b| {
                let x = b.input("x", picture(16, 64));
                b.upsample(x)
            }),
        ),
        (
            "group norm",
            one(|b| {
                let x = b.input("x", picture(32, 320));
                b.group_norm(x, "n", (32, 1e-5), true)
            }),
        ),
        (
            "layer norm",
            one(|b| {
                let x = b.input("x", Shape::tokens(2, 100, 1280));
                b.layer_norm(x, "n", 1e-5)
            }),
        ),
        ("attention, one kernel", attention((200, 300), (3, 64), false)),
        ("attention of a prompt", attention((200, 77), (3, 64), false)),
        ("attention, causal", attention((77, 77), (3, 64), true)),
        ("attention, three", attention((200, 200), (1, 512), false)),
    ]
}

/// Linear layers of SDXL, and a tiny one.
fn linears(is_toy: bool) -> Vec<(String, Plan)> {
    let sizes =
        [(200, 320, 640), (2048, 1280, 10_240), (2048, 5120, 1280), (8192, 640, 640), (154, 2048, 1280)];
    let linear = |(rows, inputs, outputs): (usize, usize, usize)| {
        let plan = one(|b| {
            let x = b.input("timestep", Shape::tokens(1, rows, inputs));
            b.linear(x, "l", outputs)
        });
        (format!("{rows} x {inputs} -> {outputs} in eight bits"), plan)
    };
    sizes.into_iter().take(if is_toy { 1 } else { sizes.len() }).map(linear).collect()
}

/// Operations, and whole parts of a toy.
pub(crate) fn check(bench: &Bench, report: &mut Report) {
    let gpu = &bench.gpu;
    for (what, plan) in products().into_iter().chain(others()) {
        compare(gpu, what, (plan, Bits::Sixteen), OPERATION, report);
    }
    for (what, plan) in linears(bench.sizes.is_toy) {
        if gpu.has_eighths() {
            compare(gpu, &what, (plan, Bits::Eight), EIGHTHS, report);
        } else {
            skip(&what, "this device has none");
        }
    }
    let parts = Sizes::toy().and_then(|toy| {
        let [first, second] = toy.texts()?;
        let (step, decoder, encoder) = (toy.step(2, toy.pixels)?, toy.decoder()?, toy.encoder()?);
        let parts = [
            ("UNet", step),
            ("decoder", decoder),
            ("encoder", encoder),
            ("text", first),
            ("pooled text", second),
        ];
        Ok(parts.map(|(what, plan)| (format!("tiny {what}"), plan)))
    });
    for (what, plan) in report.try_to("a toy", parts).into_iter().flatten() {
        if Bits::Eight.of(&plan) == Bits::Eight && gpu.has_eighths() {
            let (what, plan) = (format!("{what} in eight bits"), plan.clone());
            compare(gpu, &what, (plan, Bits::Eight), MODEL_OF_EIGHTHS, report);
        }
        compare(gpu, &what, (plan, Bits::Sixteen), MODEL, report);
    }
}
