//! Whole pictures from words, with weights that mean nothing: how long a person waits, and what memory it takes.

use crate::speed::{HOW, ratio};
use crate::{Bench, Report, skip, time};
use imprint_painter::{Order, PaintError, Sampler};
use imprint_painter_cuda::engine::OnMachine;
use imprint_painter_cuda::gpu::Gpu;
use imprint_painter_cuda::lower::Bits;
use imprint_painter_cuda::need::DeviceNeed;
use imprint_painter_reference::{Extras, Model, ModelError};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Pictures of each order at most, of which the fastest counts: the first one chooses ways and records.
const RUNS_MAX: usize = 3;
/// What libraries and records may take beside what was planned.
const SLACK_BYTES: u64 = 256 << 20;

pub(crate) fn check(bench: &Bench, report: &mut Report) {
    for (what, bits) in [("sixteen bits", Bits::Sixteen), ("eight bits", Bits::Eight)] {
        if bits == Bits::Eight && !bench.searching.has_eighths() {
            skip(&format!("pictures in {what}"), "this device has none");
            continue;
        }
        let painted = paint(bench, what, bits, report);
        report.try_to(&format!("pictures in {what}"), painted);
    }
}

fn order(bench: &Bench, (steps, guided): (u32, bool)) -> Order {
    let side = bench.sizes.pixels as u32;
    let (guidance, sampler) = if guided { (5.0, Sampler::Euler) } else { (1.0, Sampler::Lcm) };
    let fox = Order::new("sdxl", "a fox by the river, flat vector drawing");
    Order { width: side, height: side, steps, guidance, sampler, ..fox }
}

fn paint(bench: &Bench, what: &str, bits: Bits, report: &mut Report) -> Result<(), ModelError> {
    let gpu = &bench.searching;
    let need = DeviceNeed::of(&bench.sizes.parts()?, &order(bench, (2, true)), bits)?;
    let (free, begun) = (gpu.free_bytes()?, Instant::now());
    let engine = OnMachine::new(Arc::clone(gpu)).in_bits(bits);
    let model = Model::on(bench.sizes.parts()?, Arc::new(engine))?;
    let loaded = begun.elapsed();
    time(&format!("loading in {what}"), &format!("{loaded:.1?}, making the weights up included"));
    let mut held = |when: &str, left: u64, planned: u64| {
        let (taken, most) = (free.saturating_sub(left), planned + planned / 100 + SLACK_BYTES);
        let said = format!("{taken} bytes, {planned} are planned");
        report.say(taken <= most, &format!("memory in {what}, {when}"), &said);
    };
    held("loaded", gpu.free_bytes()?, need.weights);
    let mut all = Vec::new();
    for (steps, guided) in bench.sizes.pictures.iter().copied() {
        let runs = bench.sizes.runs.min(RUNS_MAX);
        let painted = fastest(gpu, &model, &order(bench, (steps, guided)), runs)?;
        let (whole, first, step) = (painted.whole, painted.first, painted.step);
        let said = format!("{whole:.1?}, the first one {first:.1?}; {step:.2?} from step to step");
        time(&format!("picture of {steps} steps in {what}"), &said);
        all.push((steps, guided, whole.as_secs_f64() * 1e3));
        held(&format!("{steps} steps"), painted.left, need.weights + need.work);
    }
    drop(model);
    held("given back", gpu.free_bytes()?, 0);
    for (steps, guided, ours) in all {
        for how in HOW {
            let Some(theirs) = of_torch(bench, steps, guided, how) else { continue };
            ratio(&format!("picture of {steps} steps in {what}"), ours, (how, theirs), report);
        }
    }
    Ok(())
}

/// What PyTorch takes for the same parts, added up: its own loop around them costs nothing here.
fn of_torch(bench: &Bench, steps: u32, guided: bool, how: &str) -> Option<f64> {
    let told = |name: &str| bench.told.get(&format!("{name}.{how}")).copied();
    let step = told(if guided { "unet" } else { "unet without guidance" })?;
    Some(told("text_encoder")? + told("text_encoder_2")? + f64::from(steps) * step + told("decoder")?)
}

/// Of several pictures of one order.
struct Painted {
    first: Duration,
    whole: Duration,
    /// From one step to the next, in the fastest.
    step: Duration,
    /// The fewest bytes that were free behind a step.
    left: u64,
}

fn fastest(gpu: &Gpu, model: &Model, order: &Order, runs: usize) -> Result<Painted, ModelError> {
    let failed = |why: PaintError| ModelError::Device { why: why.to_string() };
    let most = Duration::MAX;
    let mut found = Painted { first: Duration::ZERO, whole: most, step: most, left: u64::MAX };
    for run in 0..runs {
        let (begun, mut steps) = (Instant::now(), Vec::new());
        let painted = model.paint(order, &Extras::default(), &mut |_, _| {
            steps.push(begun.elapsed());
            // Asking takes time, so the first picture is asked, which is the slowest anyhow.
            if run == 0 {
                found.left = found.left.min(gpu.free_bytes().unwrap_or_default());
            }
            ControlFlow::Continue(())
        });
        let took = begun.elapsed();
        painted.map_err(failed)?;
        if run == 0 {
            found.first = took;
        }
        if let ([first, .., last], true) = (&steps[..], took < found.whole) {
            (found.whole, found.step) = (took, (*last - *first) / (steps.len() as u32 - 1));
        }
    }
    Ok(found)
}
