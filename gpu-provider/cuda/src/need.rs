//! How many bytes of a device a model and an order take, to the byte, before anything is loaded.

use crate::lower::{Layout, Lowered};
use imprint_painter::Order;
use imprint_painter_reference::{ModelError, Parts};

/// Of an order: both text encoders are gone when the UNet begins; the UNet stays while a picture is read or written.
const TEXT_ENCODERS: usize = 2;

/// Bytes on a device.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DeviceNeed {
    pub weights: u64,
    pub work: u64,
}

impl DeviceNeed {
    /// An order with LoRAs has all weights a second time.
    pub fn of(parts: &Parts, order: &Order) -> Result<Self, ModelError> {
        parts.check_fits()?;
        let weights: usize = parts.plans()?.iter().map(|plan| Layout::new(plan).bytes).sum();
        let mut works = Vec::new();
        for plan in parts.plans_of(order)? {
            works.push(Lowered::new(&plan, &Layout::new(&plan), &plan.outputs)?.bytes);
        }
        let texts = works.iter().take(TEXT_ENCODERS).max().copied().unwrap_or_default();
        let unet = works.get(TEXT_ENCODERS).copied().unwrap_or_default();
        let pictures = works.iter().skip(TEXT_ENCODERS + 1).max().copied().unwrap_or_default();
        let copies = if order.loras.is_empty() { 0 } else { weights };
        Ok(Self { weights: weights as u64, work: (texts.max(unet + pictures) + copies) as u64 })
    }
}
