//! Times by the device's own clock: pieces of SDXL, and the whole of it with weights that mean nothing.

use crate::plans::{Random, inputs};
use crate::{Bench, Report, time};
use imprint_painter_cuda::gpu::Gpu;
use imprint_painter_cuda::launch::Launch;
use imprint_painter_cuda::lower::{Bits, Layout, Lowered};
use imprint_painter_cuda::machine::{Bases, Machine};
use imprint_painter_reference::plan::{Builder, Plan, Value};
use imprint_painter_reference::{ModelError, Shape};

/// Products of bf16 that an H200 was measured to do in a second, in units of 10^12.
const RATE: f64 = 790.0;
/// PyTorch's time over ours, at least.
const RATIO_MIN: f64 = 1.0;
/// Ways that PyTorch is timed in.
pub(crate) const HOW: [&str; 2] = ["eager", "compiled"];

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

/// Times of a plan with weights that follow from their names, on one device in several ways of products.
fn times(gpus: &[&Gpu], (plan, bits): (&Plan, Bits), runs: usize) -> Result<Vec<Times>, ModelError> {
    let layout = Layout::new(plan, bits.of(plan));
    let lowered = Lowered::new(plan, &layout, &plan.outputs)?;
    let mut held = Held { gpu: gpus[0], pieces: Vec::new() };
    let bases = Bases { work: held.take(lowered.bytes)?, weights: held.take(layout.bytes.max(1))? };
    layout.load(plan, &Random::new(&[plan]), &mut |at, bytes| {
        Ok(gpus[0].write(bases.weights + at as u64, bytes)?)
    })?;
    let given = inputs(plan);
    for one in &lowered.inputs {
        let bytes: Vec<u8> = given[&one.slot.name].iter().flat_map(|value| value.to_le_bytes()).collect();
        gpus[0].write(bases.work + one.slot.at as u64, &bytes)?;
    }
    // What was written is there before another stream reads it.
    gpus[0].read(bases.work, &mut [0])?;
    let launches = if lowered.step.is_empty() { &lowered.steady } else { &lowered.step };
    let of = |gpu: &&Gpu| {
        let launched = |launches: &[Launch]| median(runs, || gpu.time(&mut || gpu.run(launches, bases)));
        let (once, eager) = (launched(&lowered.steady)?, launched(launches)?);
        let graph = match gpu.record(launches, bases)? {
            Some(recorded) => median(runs, || gpu.time(&mut || recorded.run()))?,
            None => eager,
        };
        Ok(Times { once, eager, graph })
    };
    gpus.iter().map(of).collect()
}

fn median<E>(runs: usize, mut run: impl FnMut() -> Result<f32, E>) -> Result<f32, E> {
    // The first ones load code and choose ways.
    for _ in 0..runs / 6 {
        run()?;
    }
    let mut all = (0..runs).map(|_| run()).collect::<Result<Vec<f32>, E>>()?;
    all.sort_by(f32::total_cmp);
    Ok(all[runs / 2])
}

/// What PyTorch takes over what is taken here.
pub(crate) fn ratio(what: &str, ours: f64, (how, theirs): (&str, f64), report: &mut Report) {
    let ratio = theirs / ours;
    let said = format!("{ours:.3} ms, PyTorch {how} {theirs:.3} ms, ratio {ratio:.2}; {RATIO_MIN} is wanted");
    report.say(ratio >= RATIO_MIN, what, &said);
}

fn one(write: impl Fn(&mut Builder) -> Value) -> Plan {
    let mut b = Builder::default();
    let out = write(&mut b);
    b.output("out", out);
    b.finish()
}

/// Sizes of which SDXL has most, or one of each kind for a toy; with their work in units of 10^12.
fn sizes(is_toy: bool) -> Vec<(String, Plan, f64)> {
    let products = [
        (2048, 1280, 10_240),
        (2048, 1280, 1280),
        (2048, 1280, 3840),
        (2048, 5120, 1280),
        (8192, 640, 640),
        (8192, 640, 5120),
        (8192, 2560, 640),
    ];
    let convs = [(128, 320), (64, 640), (32, 1280)];
    let attentions = [(4096, 4096, 10), (1024, 1024, 20), (4096, 77, 10), (1024, 77, 20)];
    let (products, convs, attentions): (&[_], &[_], &[_]) =
        if is_toy { (&[(32, 64, 64)], &[(8, 16)], &[(64, 77, 2)]) } else { (&products, &convs, &attentions) };
    let mut all = Vec::new();
    for (rows, inputs, outputs) in products.iter().copied() {
        let plan = one(|b| {
            let x = b.input("sample", Shape::tokens(1, rows, inputs));
            b.linear(x, "l", outputs)
        });
        let work = 2e-12 * (rows * inputs * outputs) as f64;
        all.push((format!("product {rows} x {inputs} -> {outputs}"), plan, work));
    }
    for (side, channels) in convs.iter().copied() {
        let plan = one(|b| {
            let x = b.input("sample", Shape::picture(2, side, side, channels));
            b.conv(x, "c", 3, channels)
        });
        let work = 2e-12 * (2 * side * side * 9 * channels * channels) as f64;
        all.push((format!("conv {side} x {side} x {channels}"), plan, work));
    }
    for (rows, seen, heads) in attentions.iter().copied() {
        let plan = one(|b| {
            let [q, k, v] = [("sample", rows), ("control.k", seen), ("control.v", seen)]
                .map(|(name, rows)| b.input(name, Shape::tokens(2, rows, heads * 64)));
            b.attention(q, k, v, heads, false)
        });
        let work = 4e-12 * (2 * heads * rows * seen * 64) as f64;
        all.push((format!("attention {rows} x {seen}, {heads} heads"), plan, work));
    }
    all
}

/// Each with the conversions of its input and output, which the work does not count.
pub(crate) fn pieces(bench: &Bench, report: &mut Report) {
    for (name, plan, work) in sizes(bench.sizes.is_toy) {
        let found = times(&[&bench.gpu, &bench.searching], (&plan, Bits::Sixteen), bench.sizes.runs);
        let Some(found) = report.try_to(&name, found) else { continue };
        let rate = |ms: f32| format!("{ms:.3} ms = {:.0} TFLOP/s", work / f64::from(ms) * 1e3);
        let [first, best] = [0, 1].map(|at: usize| found[at].graph);
        time(&name, &format!("{} as advised, {} searched", rate(first), rate(best)));
        if let Some(theirs) = bench.told.get(&name) {
            ratio(&name, f64::from(best), ("eager", *theirs), report);
        }
    }
}

/// Whole parts: as they are called in `against_torch.py`, what they are, and their work in units of 10^12.
type Whole = (&'static str, &'static str, Plan, f64);

fn parts(bench: &Bench) -> Result<Vec<Whole>, ModelError> {
    let (sizes, pixels) = (&bench.sizes, bench.sizes.pixels);
    let [first, second] = sizes.texts()?;
    let mut all = vec![
        ("unet", "UNet step with guidance", sizes.step(2, pixels)?, 13.52),
        ("decoder", "decoder", sizes.decoder()?, 10.47),
        ("text_encoder", "first text encoder", first, 0.04),
        ("text_encoder_2", "second text encoder", second, 0.1),
    ];
    // The same weights again, which a toy need not be slowed down by.
    if !sizes.is_toy {
        all.push(("unet without guidance", "UNet step without guidance", sizes.step(1, pixels)?, 6.76));
        all.push(("unet of half the side", "UNet step of half the side", sizes.step(1, pixels / 2)?, 1.59));
    }
    Ok(all)
}

/// Whole parts at their true sizes: times, their share of what the device could do, and their ratio to PyTorch.
pub(crate) fn whole(bench: &Bench, report: &mut Report) {
    for (key, name, plan, work) in report.try_to("parts", parts(bench)).into_iter().flatten() {
        let (gpu, best) = (&*bench.gpu, &*bench.searching);
        let mut ways = vec![(Bits::Sixteen, vec![("as advised", gpu), ("searched", best)])];
        if Bits::Eight.of(&plan) == Bits::Eight && best.has_eighths() {
            ways.push((Bits::Eight, vec![("searched, linear layers in eight bits", best)]));
        }
        for (bits, ways) in ways {
            let gpus: Vec<&Gpu> = ways.iter().map(|(_, gpu)| *gpu).collect();
            let found = times(&gpus, (&plan, bits), bench.sizes.runs);
            for ((how, _), times) in ways.iter().zip(report.try_to(name, found).into_iter().flatten()) {
                let share = work / RATE * 1e5 / f64::from(times.graph);
                let of_floor = if bench.sizes.is_toy {
                    String::new()
                } else {
                    format!("; {share:.0} % of {RATE} TFLOP/s")
                };
                let said = format!(
                    "{:.2} ms launch by launch, {:.2} ms as a graph, {:.2} ms once{of_floor}",
                    times.eager, times.graph, times.once
                );
                time(&format!("{name}, {how}"), &said);
                for torch in HOW {
                    let Some(theirs) = bench.told.get(&format!("{key}.{torch}")) else { continue };
                    ratio(&format!("{name}, {how}"), f64::from(times.graph), (torch, *theirs), report);
                }
            }
        }
    }
}
