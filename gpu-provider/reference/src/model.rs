//! A whole model: its parts, and that they fit together.

use crate::config::{ClipConfig, UnetConfig, VaeConfig};
use crate::plan::unet::{Call, SIZES};
use crate::plan::{Bound, Engine, OnCpu, clip, unet, vae};
use crate::schedule::Trained;
use crate::tokens::{CHUNK_WORDS, Vocabulary};
use crate::weights::Weights;
use crate::{Lora, ModelError};
use std::sync::Arc;

/// What a model is made of. A part's weights are named as in its own folder.
pub struct Parts {
    pub vocabulary: Vocabulary,
    pub text_encoders: [(ClipConfig, Box<dyn Weights>); 2],
    pub unet: (UnetConfig, Box<dyn Weights>),
    pub vae: (VaeConfig, Box<dyn Weights>),
    pub trained: Trained,
    /// Whether an empty negative prompt is nothing, or the words of no prompt.
    pub zeros_for_empty: bool,
}

/// A model that can paint: every part with its weights.
pub struct Model {
    pub(crate) parts: Parts,
    pub(crate) bound: BoundParts,
    engine: Arc<dyn Engine>,
}

/// The parts that a LoRA may change.
#[derive(Clone)]
pub(crate) struct BoundParts {
    pub(crate) text_encoders: [Bound; 2],
    pub(crate) unet: Bound,
    pub(crate) decoder: Bound,
    pub(crate) encoder: Bound,
}

impl Model {
    /// Loads every weight, to be run on the CPU. Parts that do not fit each other are refused before.
    pub fn new(parts: Parts) -> Result<Self, ModelError> {
        Self::on(parts, Arc::new(OnCpu))
    }

    /// The same, to be run elsewhere.
    pub fn on(parts: Parts, engine: Arc<dyn Engine>) -> Result<Self, ModelError> {
        parts.check()?;
        let bound = BoundParts::new(&parts, &[], &*engine)?;
        Ok(Self { parts, bound, engine })
    }

    /// The weights with LoRAs merged into them, made anew from the base.
    pub(crate) fn changed(&self, loras: &[(&Lora, f32)]) -> Result<BoundParts, ModelError> {
        if loras.is_empty() {
            return Ok(self.bound.clone());
        }
        BoundParts::new(&self.parts, loras, &*self.engine)
    }

    /// Where it is run.
    #[must_use]
    pub fn engine(&self) -> &dyn Engine {
        &*self.engine
    }

    /// Pixels of one side of a latent.
    #[must_use]
    pub fn pixels_each(&self) -> usize {
        self.parts.vae.0.pixels_each()
    }
}

impl BoundParts {
    /// Weights do not depend on sizes, so that any size will do for loading them.
    fn new(parts: &Parts, loras: &[(&Lora, f32)], engine: &dyn Engine) -> Result<Self, ModelError> {
        let [first, second] = &parts.text_encoders;
        for (lora, _) in loras {
            lora.check(parts)?;
        }
        let merged = |part: &'static str, weights| crate::lora::Merged { part, base: weights, loras };
        let side = 1 << (parts.unet.0.block_out_channels.len() - 1);
        let call = Call { images: 1, height: side, width: side, tokens: 1 };
        let picture = parts.vae.0.pixels_each();
        Ok(Self {
            text_encoders: [
                Bound::on(engine, clip::plan(&first.0, 1, false)?, &merged("text_encoder", &*first.1))?,
                Bound::on(engine, clip::plan(&second.0, 1, true)?, &merged("text_encoder_2", &*second.1))?,
            ],
            unet: Bound::on(
                engine,
                unet::plan(&parts.unet.0, call, false)?,
                &merged("unet", &*parts.unet.1),
            )?,
            decoder: Bound::on(engine, vae::decoder(&parts.vae.0, 1, 1, 1)?, &*parts.vae.1)?,
            encoder: Bound::on(engine, vae::encoder(&parts.vae.0, 1, picture, picture)?, &*parts.vae.1)?,
        })
    }
}

impl Parts {
    /// Parts of different models do not fit.
    pub(crate) fn check(&self) -> Result<(), ModelError> {
        let [(first, _), (second, _)] = &self.text_encoders;
        for config in [first, second] {
            config.check()?;
            let last = self.vocabulary.last() as usize;
            fits("tokens of the text encoder", config.vocab_size, last + 1, config.vocab_size > last)?;
            let (found, wanted) = (config.max_position_embeddings, CHUNK_WORDS + 2);
            fits("tokens read at once", found, wanted, found == wanted)?;
        }
        let (unet, vae) = (&self.unet.0, &self.vae.0);
        unet.check()?;
        vae.check()?;
        let equal = |what, found, wanted| fits(what, found, wanted, found == wanted);
        equal("channels of the prompt", unet.cross_attention_dim, first.hidden_size + second.hidden_size)?;
        let conditions = second.projection_dim + SIZES * unet.addition_time_embed_dim;
        equal("conditions of the UNet", unet.projection_class_embeddings_input_dim, conditions)?;
        equal("channels that the UNet reads", unet.in_channels, vae.latent_channels)?;
        equal("channels that the UNet writes", unet.out_channels, vae.latent_channels)
    }
}

fn fits(what: &str, found: usize, wanted: usize, is_fine: bool) -> Result<(), ModelError> {
    if is_fine {
        return Ok(());
    }
    Err(ModelError::Unsupported {
        why: format!("{what} are {found}; with the other parts they would be {wanted}"),
    })
}
