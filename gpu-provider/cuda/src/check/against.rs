//! Against PyTorch on the same machine: the same weights and inputs, its answers and its times.

use crate::Report;
use crate::plans::{by_name, distance};
use crate::speed::times;
use imprint_painter_cuda::engine::OnMachine;
use imprint_painter_cuda::gpu::Gpu;
use imprint_painter_cuda::lower::Bits;
use imprint_painter_cuda::sdxl;
use imprint_painter_reference::ModelError;
use imprint_painter_reference::plan::{Bound, Op, Plan};
use imprint_painter_reference::safetensors::SafeTensors;
use imprint_painter_reference::weights::Weights;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// What a stage may differ from PyTorch in bf16, relative to its length.
const APART_MAX: f64 = 1e-2;
/// PyTorch's time over ours, at least.
const RATIO_MIN: f64 = 1.0;

fn parts() -> Result<Vec<(&'static str, Plan)>, ModelError> {
    let [first, second] = sdxl::texts(1)?;
    Ok(vec![
        ("unet", sdxl::step(2, 1024)?),
        ("decoder", sdxl::decoder(1024)?),
        ("text_encoder", first),
        ("text_encoder_2", second),
    ])
}

pub(crate) fn check(folder: &Path, gpu: &Arc<Gpu>, report: &mut Report) {
    let told = std::fs::read_to_string(folder.join("times.json")).map_err(|why| why.to_string());
    let told = told
        .and_then(|text| serde_json::from_str::<BTreeMap<String, f64>>(&text).map_err(|why| why.to_string()));
    let Some(told) = report.try_to("times of PyTorch", told) else { return };
    let Some(parts) = report.try_to("parts", parts()) else { return };
    for (name, plan) in parts {
        if !folder.join(format!("{name}.safetensors")).is_file() {
            println!("skip {name}: {} has none of it", folder.display());
            continue;
        }
        let found = parity(folder, name, &plan, gpu);
        for (output, apart) in report.try_to(name, found).into_iter().flatten() {
            let said = format!("{apart:.2e} apart from PyTorch; {APART_MAX:.0e} is allowed");
            report.say(apart <= APART_MAX, &format!("{name}, {output}"), &said);
        }
        let Some(ours) = report.try_to(name, times(gpu, &plan, Bits::Sixteen)) else { continue };
        for how in ["eager", "compiled"] {
            let Some(theirs) = told.get(&format!("{name}.{how}")) else { continue };
            let ratio = theirs / f64::from(ours.graph);
            let said = format!("{:.2} ms, PyTorch {how} {theirs:.2} ms, ratio {ratio:.2}", ours.graph);
            report.say(ratio >= RATIO_MIN, name, &said);
        }
    }
}

/// Every output of a part, and how far it is from that of PyTorch.
fn parity(folder: &Path, name: &str, plan: &Plan, gpu: &Arc<Gpu>) -> Result<Vec<(String, f64)>, ModelError> {
    let weights = SafeTensors::open(&folder.join(format!("{name}.safetensors")))?;
    let kept = SafeTensors::open(&folder.join(format!("{name}.io.safetensors")))?;
    let mut given = BTreeMap::new();
    for op in &plan.ops {
        if let Op::Input { name } = op {
            given.insert(name.clone(), kept.load(name)?.data);
        }
    }
    let bound = Bound::on(&OnMachine::new(Arc::clone(gpu)), plan.clone(), &weights)?;
    let found = bound.run(&by_name(&given))?;
    let apart = |(output, values): (&String, &Vec<f32>)| {
        let wanted = kept.load(&format!("wanted.{output}"))?;
        Ok((output.clone(), distance(values, &wanted.data)))
    };
    found.iter().map(apart).collect()
}
