//! Times by the device's own clock: pieces of SDXL, and the whole of it with weights that mean nothing.

use crate::Report;
use crate::plans::{Random, inputs};
use imprint_painter_cuda::gpu::Gpu;
use imprint_painter_cuda::launch::Launch;
use imprint_painter_cuda::lower::{Bits, Layout, Lowered};
use imprint_painter_cuda::machine::{Bases, Machine};
use imprint_painter_cuda::sdxl;
use imprint_painter_reference::plan::{Builder, Plan, Value};
use imprint_painter_reference::{ModelError, Shape};
use std::sync::Arc;

/// Products of bf16 that an H200 was measured to do in a second, in units of 10^12.
const RATE: f64 = 790.0;
/// Runs of which the middle one counts.
const RUNS: usize = 20;

/// Milliseconds of one run of a plan.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Times {
    /// What is done once.
    pub(crate) once: f32,
    /// Launch by launch, and as one graph.
    pub(crate) eager: f32,
    pub(crate) graph: f32,
}

struct Held<'a> {
    gpu: &'a Gpu,
    pieces: Vec<(u64, usize)>,
}

impl Held<'_> {
    fn take(&mut self, bytes: usize) -> Result<u64, ModelError> {
        let at = self.gpu.take(bytes)?;
        self.pieces.push((at, bytes));
        Ok(at)
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        for (at, bytes) in &self.pieces {
            self.gpu.give_back(*at, *bytes);
        }
    }
}

/// Times of a plan with weights that follow from their names.
pub(crate) fn times(gpu: &Gpu, plan: &Plan, bits: Bits) -> Result<Times, ModelError> {
    let layout = Layout::new(plan, bits.of(plan));
    let lowered = Lowered::new(plan, &layout, &plan.outputs)?;
    let mut held = Held { gpu, pieces: Vec::new() };
    let bases = Bases { work: held.take(lowered.bytes)?, weights: held.take(layout.bytes.max(1))? };
    layout
        .load(plan, &Random::new(plan), &mut |at, bytes| Ok(gpu.write(bases.weights + at as u64, bytes)?))?;
    let given = inputs(plan);
    for one in &lowered.inputs {
        let bytes: Vec<u8> = given[&one.slot.name].iter().flat_map(|value| value.to_le_bytes()).collect();
        gpu.write(bases.work + one.slot.at as u64, &bytes)?;
    }
    let launched = |launches: &[Launch]| median(|| gpu.time(&mut || gpu.run(launches, bases)));
    let once = launched(&lowered.steady)?;
    let launches = if lowered.step.is_empty() { &lowered.steady } else { &lowered.step };
    let eager = launched(launches)?;
    let graph = match gpu.record(launches, bases)? {
        Some(recorded) => median(|| gpu.time(&mut || recorded.run()))?,
        None => eager,
    };
    Ok(Times { once, eager, graph })
}

fn median<E>(mut run: impl FnMut() -> Result<f32, E>) -> Result<f32, E> {
    // The first ones load code and choose ways.
    for _ in 0..3 {
        run()?;
    }
    let mut all = (0..RUNS).map(|_| run()).collect::<Result<Vec<f32>, E>>()?;
    all.sort_by(f32::total_cmp);
    Ok(all[RUNS / 2])
}

fn one(write: impl Fn(&mut Builder) -> Value) -> Plan {
    let mut b = Builder::default();
    let out = write(&mut b);
    b.output("out", out);
    b.finish()
}

/// Sizes of which SDXL has most, with their work in units of 10^12.
fn sizes() -> Vec<(String, Plan, f64)> {
    let mut all = Vec::new();
    for (rows, inputs, outputs) in [
        (2048, 1280, 10_240),
        (2048, 1280, 1280),
        (2048, 1280, 3840),
        (2048, 5120, 1280),
        (8192, 640, 640),
        (8192, 640, 5120),
        (8192, 2560, 640),
    ] {
        let plan = one(|b| {
            let x = b.input("sample", Shape::tokens(1, rows, inputs));
            b.linear(x, "l", outputs)
        });
        all.push((
            format!("product {rows} x {inputs} -> {outputs}"),
            plan,
            2e-12 * (rows * inputs * outputs) as f64,
        ));
    }
    for (side, channels) in [(128, 320), (64, 640), (32, 1280)] {
        let plan = one(|b| {
            let x = b.input("sample", Shape::picture(2, side, side, channels));
            b.conv(x, "c", 3, channels)
        });
        let work = 2e-12 * (2 * side * side * 9 * channels * channels) as f64;
        all.push((format!("conv {side} x {side} x {channels}"), plan, work));
    }
    for (rows, seen, heads) in [(4096, 4096, 10), (1024, 1024, 20), (4096, 77, 10), (1024, 77, 20)] {
        let plan = one(|b| {
            let [q, k, v] = [("sample", rows), ("control.k", seen), ("control.v", seen)]
                .map(|(name, rows)| b.input(name, Shape::tokens(2, rows, heads * 64)));
            b.attention(q, k, v, heads, false)
        });
        all.push((
            format!("attention {rows} x {seen}, {heads} heads"),
            plan,
            4e-12 * (2 * heads * rows * seen * 64) as f64,
        ));
    }
    all
}

/// Each with the conversions of its input and output, which the work does not count.
pub(crate) fn pieces(gpu: &Arc<Gpu>, searching: &Arc<Gpu>, report: &mut Report) {
    for (name, plan, work) in sizes() {
        let tried = times(gpu, &plan, Bits::Sixteen)
            .and_then(|first| Ok((first.graph, times(searching, &plan, Bits::Sixteen)?.graph)));
        if let Some((first, best)) = report.try_to(&name, tried) {
            let rate = |ms: f32| work / f64::from(ms) * 1e3;
            let said = format!(
                "{first:.3} ms = {:.0} TFLOP/s as advised, {best:.3} ms = {:.0} TFLOP/s searched",
                rate(first),
                rate(best)
            );
            report.say(true, &name, &said);
        }
    }
}

/// Whole models at their true sizes, with the share of what the device could do.
pub(crate) fn whole(gpu: &Arc<Gpu>, searching: &Arc<Gpu>, report: &mut Report) {
    let texts = sdxl::texts(1)
        .map(|[first, second]| [("first text encoder", first, 0.04), ("second text encoder", second, 0.1)]);
    let mut all = vec![
        ("UNet step 1024 with guidance", sdxl::step(2, 1024), 13.52),
        ("UNet step 1024 without", sdxl::step(1, 1024), 6.76),
        ("UNet step 512 without", sdxl::step(1, 512), 1.59),
        ("decoder 1024", sdxl::decoder(1024), 10.47),
    ];
    if let Some(texts) = report.try_to("text encoders", texts) {
        all.extend(texts.map(|(name, plan, work)| (name, Ok(plan), work)));
    }
    for (name, plan, work) in all {
        let Some(plan) = report.try_to(name, plan) else { continue };
        let mut ways = vec![("as advised", gpu, Bits::Sixteen), ("searched", searching, Bits::Sixteen)];
        if Bits::Eight.of(&plan) == Bits::Eight && searching.has_eighths() {
            ways.push(("searched, linear layers in eight bits", searching, Bits::Eight));
        }
        for (how, gpu, bits) in ways {
            if let Some(times) = report.try_to(name, times(gpu, &plan, bits)) {
                let share = work / RATE * 1e5 / f64::from(times.graph);
                let said = format!(
                    "{how}: {:.2} ms launch by launch, {:.2} ms as a graph, {:.2} ms once; {share:.0} % of {RATE} TFLOP/s",
                    times.eager, times.graph, times.once
                );
                report.say(true, name, &said);
            }
        }
    }
}
