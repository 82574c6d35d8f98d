//! What paints on this machine.

use crate::device::Device;
use crate::home;
use crate::limits::CPU_WEIGHTS_MAX;
use crate::plan::Need;
use crate::procedural;
use crate::registry::Card;
use imprint_painter::{Backend as Kind, Order, PaintError, Picture, Progress};
use imprint_painter_reference::paint::picture;
use imprint_painter_reference::{Extras, Model, Parts, folder};
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, PoisonError};

/// Loads models, and knows what they need before.
pub trait Backend: Send + Sync {
    /// Bytes of the model and of this order, without loading either.
    fn need(&self, card: &Card, order: &Order) -> Result<Need, PaintError>;

    fn load(&self, card: &Card) -> Result<Arc<dyn Canvas>, PaintError>;
}

/// A loaded model.
pub trait Canvas: Send + Sync {
    /// Paints the pictures of an order. `follow` hears of each step, and may end it there.
    fn paint(&self, order: &Order, follow: &mut Follow) -> Result<Vec<Picture>, PaintError>;
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
        let parts = Arc::new(folder::open(&card.home)?);
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
    fn need(&self, card: &Card, order: &Order) -> Result<Need, PaintError> {
        nothing_beside(card, order)?;
        match card.backend {
            Kind::Procedural => Ok(procedural::need(order)),
            Kind::Cuda => Err(self.no_device(card, 0)),
            Kind::Reference => {
                let need = self.parts(card)?.need(order)?;
                if need.weights > CPU_WEIGHTS_MAX {
                    return Err(self.no_device(card, need.weights));
                }
                Ok(Need { weights: need.weights, work: need.work })
            }
        }
    }

    fn load(&self, card: &Card) -> Result<Arc<dyn Canvas>, PaintError> {
        match card.backend {
            Kind::Procedural => Ok(Arc::new(Rules)),
            Kind::Cuda => Err(self.no_device(card, 0)),
            Kind::Reference => {
                home::unchanged(card).map_err(|why| PaintError::Unreadable { why: why.message })?;
                Ok(painted_by(Model::new(folder::open(&card.home)?)?))
            }
        }
    }
}

/// What this painter has not; said instead of painting something else.
pub(crate) fn nothing_beside(card: &Card, order: &Order) -> Result<(), PaintError> {
    let unsupported = |what: &str| Err(PaintError::Unsupported { what: what.to_owned() });
    if let Some(lora) = order.loras.first() {
        return Err(PaintError::NoModel { name: lora.name.clone() });
    }
    if let Some(control) = order.controls.first() {
        return Err(PaintError::NoModel { name: control.model.clone() });
    }
    if card.backend == Kind::Procedural && order.source.is_some() {
        return unsupported("the procedural painter begins with no picture");
    }
    Ok(())
}

/// A model that is loaded, wherever it is run.
pub(crate) fn painted_by(model: Model) -> Arc<dyn Canvas> {
    Arc::new(Exact(model))
}

struct Exact(Model);

impl Canvas for Exact {
    fn paint(&self, order: &Order, follow: &mut Follow) -> Result<Vec<Picture>, PaintError> {
        let each = self.0.pixels_each() as u32;
        let (width, height) = (order.width / each, order.height / each);
        let painted = self.0.paint(order, &Extras::default(), &mut |progress, values| {
            follow(progress, Some(Latent { values, width, height }))
        })?;
        Ok(painted.iter().map(|values| picture(order, values)).collect())
    }
}

/// No model: rules.
struct Rules;

impl Canvas for Rules {
    fn paint(&self, order: &Order, follow: &mut Follow) -> Result<Vec<Picture>, PaintError> {
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
