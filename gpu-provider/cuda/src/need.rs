//! How many bytes of a device a model and an order take, to the byte, before anything is loaded.

use crate::lower::{Bits, Layout, Lowered};
use imprint_painter::Order;
use imprint_painter_reference::plan::Plan;
use imprint_painter_reference::{Beside, ModelError, Parts};

/// Of an order: both text encoders are gone when the UNet begins; the UNet stays while a picture is read or written.
const TEXT_ENCODERS: usize = 2;

/// Bytes on a device.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DeviceNeed {
    pub weights: u64,
    pub work: u64,
}

impl DeviceNeed {
    /// An order that names nothing beside its model.
    pub fn of(parts: &Parts, order: &Order, bits: Bits) -> Result<Self, ModelError> {
        Self::beside(parts, order, &Beside::default(), bits)
    }

    /// With LoRAs all weights are there a second time; ControlNets are loaded for the order and stay as long as it.
    pub fn beside(parts: &Parts, order: &Order, beside: &Beside, bits: Bits) -> Result<Self, ModelError> {
        parts.check_fits()?;
        let layout = |plan: &Plan| Layout::new(plan, bits.of(plan));
        let loaded = |plans: &[Plan]| plans.iter().map(|plan| layout(plan).bytes).sum::<usize>();
        let weights = loaded(&parts.plans()?);
        let run = |plans: Vec<Plan>| -> Result<Vec<usize>, ModelError> {
            let bytes = |plan: &Plan| Ok(Lowered::new(plan, &layout(plan), &plan.outputs)?.bytes);
            plans.iter().map(bytes).collect()
        };
        let works = run(parts.plans_of(order)?)?;
        let texts = works.iter().take(TEXT_ENCODERS).max().copied().unwrap_or_default();
        let unet = works.get(TEXT_ENCODERS).copied().unwrap_or_default();
        let pictures = works.iter().skip(TEXT_ENCODERS + 1).max().copied().unwrap_or_default();
        let controls: usize = run(parts.control_plans(order, beside)?)?.iter().sum();
        let named = loaded(&beside.plans_of_any()?);
        let copies = if beside.loras.is_empty() { 0 } else { weights };
        let work = texts.max(unet + controls + pictures) + copies + named;
        Ok(Self { weights: weights as u64, work: work as u64 })
    }
}
