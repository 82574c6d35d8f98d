//! Against PyTorch on the same machine: the same weights and inputs, and its answers, inside and at the end.

use crate::plans::{by_name, distance};
use crate::{Bench, Report, skip};
use imprint_painter_cuda::engine::OnMachine;
use imprint_painter_reference::ModelError;
use imprint_painter_reference::plan::{Bound, Op, Plan};
use imprint_painter_reference::safetensors::SafeTensors;
use imprint_painter_reference::weights::Weights;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// What a stage may differ from PyTorch in bf16, relative to its length.
const APART_MAX: f64 = 1e-2;

/// How far a stage is from that of PyTorch in bf16, and how far both are from PyTorch in f32.
struct Apart {
    stage: String,
    from_torch: f64,
    from_exact: f64,
    torch_from_exact: f64,
}

impl Apart {
    fn is_fine(&self) -> bool {
        self.from_torch <= APART_MAX
    }

    fn said(&self) -> String {
        let Self { from_torch, from_exact, torch_from_exact, .. } = self;
        format!(
            "{from_torch:.2e} apart from PyTorch in bf16; {APART_MAX:.0e} is allowed; from PyTorch in f32 {from_exact:.2e}, and PyTorch in bf16 \
             {torch_from_exact:.2e}"
        )
    }
}

fn parts(bench: &Bench) -> Result<Vec<(&'static str, Plan)>, ModelError> {
    let (sizes, [first, second]) = (&bench.sizes, bench.sizes.texts()?);
    let [step, decoder] = [sizes.step(2, sizes.pixels)?, sizes.decoder()?];
    Ok(vec![("text_encoder", first), ("text_encoder_2", second), ("unet", step), ("decoder", decoder)])
}

pub(crate) fn check(bench: &Bench, report: &mut Report) {
    let Some(folder) = &bench.against else { return skip("parity with PyTorch", "no folder of it is named") };
    for (name, plan) in report.try_to("parts", parts(bench)).into_iter().flatten() {
        if !folder.join(format!("{name}.io.safetensors")).is_file() {
            skip(name, &format!("{} has none of it", folder.display()));
            continue;
        }
        for apart in report.try_to(name, parity(folder, name, &plan, bench)).into_iter().flatten() {
            report.say(apart.is_fine(), &format!("{name}, {}", apart.stage), &apart.said());
        }
    }
}

fn parity(folder: &Path, name: &str, plan: &Plan, bench: &Bench) -> Result<Vec<Apart>, ModelError> {
    let weights = SafeTensors::open(&folder.join(format!("{name}.safetensors")))?;
    let kept = SafeTensors::open(&folder.join(format!("{name}.io.safetensors")))?;
    let mut given = BTreeMap::new();
    for op in &plan.ops {
        if let Op::Input { name } = op {
            given.insert(name.clone(), kept.load(name)?.data);
        }
    }
    let bound = Bound::on(&OnMachine::new(Arc::clone(&bench.searching)), plan.clone(), &weights)?;
    let found = bound.run_staged(&by_name(&given))?;
    let apart = |(stage, values): (&String, &Vec<f32>)| {
        let [wanted, exact] = ["wanted", "exact"].map(|of| kept.load(&format!("{of}.{stage}")));
        let (wanted, exact) = (wanted?.data, exact?.data);
        Ok(Apart {
            stage: stage.clone(),
            from_torch: distance(values, &wanted),
            from_exact: distance(values, &exact),
            torch_from_exact: distance(&wanted, &exact),
        })
    };
    found.iter().map(apart).collect()
}
