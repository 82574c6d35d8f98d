//! What paints on this machine.

use crate::device::Device;
use crate::home;
use crate::limits::CPU_WEIGHTS_MAX;
use crate::plan::Need;
use crate::procedural;
use crate::registry::{Beside, Card, Extra};
use imprint_painter::{Backend as Kind, Order, PaintError, Picture, Progress};
use imprint_painter_reference::paint::picture;
use imprint_painter_reference::{
    Beside as Outlines, ControlNet, Extras, Lora, Model, ModelError, Parts, folder,
};
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, PoisonError};

/// Loads models, and knows what they need before.
pub trait Backend: Send + Sync {
    /// Bytes of the model and of this order, without loading either. What does not fit together is refused here.
    fn need(&self, card: &Card, order: &Order, beside: &Beside) -> Result<Need, PaintError>;

    fn load(&self, card: &Card) -> Result<Arc<dyn Canvas>, PaintError>;

    /// What a device says of its memory; nothing where there is none. May wait for what the device does.
    fn device_memory(&self) -> Option<DeviceMemory> {
        None
    }

    /// Of a model that is gone nothing is known any more: another may come under its name.
    fn forget(&self, _name: &str) {}

    /// Whether what it paints on still answers, asked after an order lost its device.
    fn answers(&self) -> Result<(), PaintError> {
        Ok(())
    }
}

/// Bytes of a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeviceMemory {
    pub free: u64,
    pub total: u64,
}

/// A loaded model.
pub trait Canvas: Send + Sync {
    /// Loads what an order names beside the model; it is gone with the order.
    fn gather(&self, beside: &Beside) -> Result<Gathered, PaintError>;

    /// Paints the pictures of an order. `follow` hears of each step, and may end it there.
    fn paint(
        &self,
        order: &Order,
        gathered: &Gathered,
        follow: &mut Follow,
    ) -> Result<Vec<Picture>, PaintError>;
}

/// What an order named beside its model, with its numbers.
#[derive(Default)]
pub struct Gathered {
    pub loras: Vec<Lora>,
    pub controls: Vec<ControlNet>,
}

/// Hears of each step, and of how the picture looks so far where that is known.
pub type Follow<'a> = dyn FnMut(Progress, Option<Latent<'_>>) -> ControlFlow<()> + 'a;

/// A picture before it is decoded.
#[derive(Clone, Copy, Debug)]
pub struct Latent<'a> {
    pub values: &'a [f32],
    pub width: u32,
    pub height: u32,
}

/// The exact model on the CPU for small models, and the procedural painter.
#[derive(Default)]
pub struct OnCpu {
    /// What is known of models without their weights.
    parts: Mutex<BTreeMap<String, Arc<Parts>>>,
    /// Why there is no GPU, where somebody looked.
    no_gpu: Option<String>,
}

impl OnCpu {
    /// On a machine where no GPU was found.
    #[must_use]
    pub fn without_gpu(why: String) -> Self {
        Self { no_gpu: Some(why), ..Self::default() }
    }

    pub(crate) fn parts(&self, card: &Card) -> Result<Arc<Parts>, PaintError> {
        let mut known = self.parts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(parts) = known.get(&card.name) {
            return Ok(Arc::clone(parts));
        }
        let parts = Arc::new(folder::open_either(&card.home)?);
        known.insert(card.name.clone(), Arc::clone(&parts));
        Ok(parts)
    }

    fn no_device(&self, card: &Card, weights: u64) -> PaintError {
        let why = match card.backend {
            Kind::Cuda => "this model is for a GPU".to_owned(),
            _ => format!(
                "`{}` has {weights} bytes of weights, and the CPU paints models of up to {CPU_WEIGHTS_MAX}",
                card.name
            ),
        };
        let gpu = self.no_gpu.as_deref().unwrap_or("no GPU was looked for");
        PaintError::NoDevice { looked_for: format!("{why}; {gpu}; {}", Device::here().said()) }
    }
}

impl Backend for OnCpu {
    fn need(&self, card: &Card, order: &Order, beside: &Beside) -> Result<Need, PaintError> {
        match card.backend {
            Kind::Procedural => {
                by_rules(order)?;
                Ok(procedural::need(order))
            }
            Kind::Cuda => Err(self.no_device(card, 0)),
            Kind::Reference => {
                let parts = self.parts(card)?;
                let need = parts.need_beside(order, &outlined(&parts, beside)?)?;
                if need.weights > CPU_WEIGHTS_MAX {
                    return Err(self.no_device(card, need.weights));
                }
                Ok(Need { weights: need.weights, work: need.work })
            }
        }
    }

    fn forget(&self, name: &str) {
        self.parts.lock().unwrap_or_else(PoisonError::into_inner).remove(name);
    }

    fn load(&self, card: &Card) -> Result<Arc<dyn Canvas>, PaintError> {
        match card.backend {
            Kind::Procedural => Ok(Arc::new(Rules)),
            Kind::Cuda => Err(self.no_device(card, 0)),
            Kind::Reference => {
                home::unchanged(&card.name, &card.home)
                    .map_err(|why| PaintError::Unreadable { why: why.message })?;
                Ok(painted_by(Model::new(folder::open_either(&card.home)?)?))
            }
        }
    }
}

/// What rules cannot do; said instead of drawing something else.
fn by_rules(order: &Order) -> Result<(), PaintError> {
    let what = match order {
        Order { source: Some(_), .. } => "the procedural painter begins with no picture",
        Order { loras, controls, .. } if loras.len() + controls.len() > 0 => {
            "the procedural painter has no weights that a LoRA or a ControlNet could change"
        }
        _ => return Ok(()),
    };
    Err(PaintError::Unsupported { what: what.to_owned() })
}

/// What an order names beside its model, read without numbers; what was made for another model is refused by its name.
pub(crate) fn outlined(parts: &Parts, beside: &Beside) -> Result<Outlines, PaintError> {
    let mut outlines = Outlines::default();
    for lora in &beside.loras {
        let outline = folder::outline_lora(&lora.home.join(home::LORA))?;
        let unfit = |why: ModelError| PaintError::Unfit { part: lora.name.clone(), why: why.to_string() };
        outline.check(parts).map_err(unfit)?;
        outlines.loras.push(outline);
    }
    for control in &beside.controls {
        let outline = folder::outline_control(&control.home)?;
        outline.check(&control.name, parts)?;
        outlines.controls.push(outline);
    }
    Ok(outlines)
}

/// A model that is loaded, wherever it is run.
pub(crate) fn painted_by(model: Model) -> Arc<dyn Canvas> {
    Arc::new(Exact(model))
}

struct Exact(Model);

impl Canvas for Exact {
    fn gather(&self, beside: &Beside) -> Result<Gathered, PaintError> {
        for extra in beside.loras.iter().chain(&beside.controls) {
            home::unchanged(&extra.name, &extra.home)
                .map_err(|why| PaintError::Unreadable { why: why.message })?;
        }
        let lora = |extra: &Extra| folder::open_lora(&extra.home.join(home::LORA));
        let control = |extra: &Extra| folder::open_control(&extra.home, self.0.engine());
        Ok(Gathered {
            loras: beside.loras.iter().map(lora).collect::<Result<_, _>>()?,
            controls: beside.controls.iter().map(control).collect::<Result<_, _>>()?,
        })
    }

    fn paint(
        &self,
        order: &Order,
        gathered: &Gathered,
        follow: &mut Follow,
    ) -> Result<Vec<Picture>, PaintError> {
        let each = self.0.pixels_each() as u32;
        let (width, height) = (order.width / each, order.height / each);
        let extras = Extras {
            loras: gathered.loras.iter().zip(&order.loras).map(|(lora, asked)| (lora, asked.scale)).collect(),
            controls: gathered.controls.iter().collect(),
        };
        let painted = self.0.paint(order, &extras, &mut |progress, values| {
            follow(progress, Some(Latent { values, width, height }))
        })?;
        Ok(painted.iter().map(|values| picture(order, values)).collect())
    }
}

/// No model: rules.
struct Rules;

impl Canvas for Rules {
    fn gather(&self, _: &Beside) -> Result<Gathered, PaintError> {
        Ok(Gathered::default())
    }

    fn paint(&self, order: &Order, _: &Gathered, follow: &mut Follow) -> Result<Vec<Picture>, PaintError> {
        let mut pictures = Vec::new();
        for image in 0..order.count {
            pictures.push(procedural::picture(order, order.seed + u64::from(image)));
            if follow(Progress { image, step: 1, steps: 1 }, None).is_break() {
                return Err(PaintError::Cancelled { step: 1 });
            }
        }
        Ok(pictures)
    }
}
