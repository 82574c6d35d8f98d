//! The painter of this crate: models, LoRAs and ControlNets by name.

use crate::paint::picture;
use crate::{ControlNet, Extras, Lora, Model};
use imprint_painter::{Backend, Model as Offer, Order, PaintError, Painter, Painting, Watch};
use std::collections::BTreeMap;

/// Paints on the CPU.
#[derive(Default)]
pub struct Reference {
    /// By `name@version`.
    models: BTreeMap<String, (u32, Model)>,
    loras: BTreeMap<String, Lora>,
    controls: BTreeMap<String, ControlNet>,
}

impl Reference {
    /// Adds a model that was trained at so many pixels.
    pub fn add_model(&mut self, name: &str, native_px: u32, model: Model) {
        self.models.insert(name.to_owned(), (native_px, model));
    }

    pub fn add_lora(&mut self, name: &str, lora: Lora) {
        self.loras.insert(name.to_owned(), lora);
    }

    pub fn add_control(&mut self, name: &str, control: ControlNet) {
        self.controls.insert(name.to_owned(), control);
    }
}

fn known<'a, T>(all: &'a BTreeMap<String, T>, name: &str) -> Result<&'a T, PaintError> {
    all.get(name).ok_or_else(|| PaintError::NoModel { name: name.to_owned() })
}

impl Painter for Reference {
    fn models(&self) -> Vec<Offer> {
        let offer = |(name, (native_px, _)): (&String, &(u32, Model))| Offer {
            name: name.clone(),
            native_px: *native_px,
            backend: Backend::Reference,
        };
        self.models.iter().map(offer).collect()
    }

    fn paint(&self, order: &Order, watch: &mut dyn Watch) -> Result<Vec<Painting>, PaintError> {
        order.check()?;
        let (_, model) = known(&self.models, &order.model)?;
        let mut extras = Extras::default();
        for lora in &order.loras {
            extras.loras.push((known(&self.loras, &lora.name)?, lora.scale));
        }
        for control in &order.controls {
            extras.controls.push(known(&self.controls, &control.model)?);
        }
        let pictures = model.paint(order, &extras, &mut |progress, _| watch.step(progress))?;
        let painting = |(place, values): (usize, Vec<f32>)| Painting {
            picture: picture(order, &values),
            seed: order.seed + place as u64,
            backend: Backend::Reference,
        };
        Ok(pictures.into_iter().enumerate().map(painting).collect())
    }
}
