//! SDXL as it is published, or a toy with the same parts.

use crate::plans::Random;
use imprint_painter_cuda::sdxl;
use imprint_painter_reference::config::{ClipConfig, UnetConfig, VaeConfig};
use imprint_painter_reference::plan::unet::Call;
use imprint_painter_reference::plan::{Plan, clip, unet, vae};
use imprint_painter_reference::schedule::Trained;
use imprint_painter_reference::tokens::Vocabulary;
use imprint_painter_reference::weights::Weights;
use imprint_painter_reference::{ModelError, Parts};
use std::collections::BTreeMap;

const UNET: &str = r#"{
    "in_channels": 4, "out_channels": 4, "block_out_channels": [64, 128, 128], "layers_per_block": 2,
    "down_block_types": ["DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"],
    "attention_head_dim": [1, 2, 4], "transformer_layers_per_block": [1, 1, 2], "cross_attention_dim": 64,
    "addition_time_embed_dim": 8, "projection_class_embeddings_input_dim": 80, "use_linear_projection": true,
    "norm_num_groups": 16, "conditioning_embedding_out_channels": [16, 32, 96]
}"#;
const VAE: &str = r#"{
    "block_out_channels": [32, 32, 64, 64], "layers_per_block": 1, "latent_channels": 4, "norm_num_groups": 16,
    "scaling_factor": 0.13025
}"#;
const TEXT: &str = r#"{
    "vocab_size": 600, "hidden_size": 32, "intermediate_size": 64, "num_attention_heads": 2,
    "num_hidden_layers": 3, "max_position_embeddings": 77, "projection_dim": 32, "hidden_act": "quick_gelu"
}"#;
const TOKENS: usize = 77;

pub(crate) struct Sizes {
    unet: UnetConfig,
    vae: VaeConfig,
    texts: [ClipConfig; 2],
    /// Of a picture's side.
    pub(crate) pixels: usize,
    /// Runs of which the middle one counts.
    pub(crate) runs: usize,
    /// Whole pictures: steps, and whether with guidance.
    pub(crate) pictures: &'static [(u32, bool)],
    pub(crate) is_toy: bool,
}

impl Sizes {
    pub(crate) fn published() -> Result<Self, ModelError> {
        let (unet, vae, texts) = (sdxl::unet_config()?, sdxl::vae_config()?, sdxl::text_configs()?);
        let pictures = &[(20, true), (30, true), (50, true), (4, false)];
        Ok(Self { unet, vae, texts, pixels: 1024, runs: 20, pictures, is_toy: false })
    }

    pub(crate) fn toy() -> Result<Self, ModelError> {
        let wrong = |cause| ModelError::Config { path: "a toy".to_owned(), cause };
        let text: ClipConfig = serde_json::from_str(TEXT).map_err(wrong)?;
        let (unet, vae) =
            (serde_json::from_str(UNET).map_err(wrong)?, serde_json::from_str(VAE).map_err(wrong)?);
        let pictures = &[(2, true), (2, false)];
        Ok(Self { unet, vae, texts: [text.clone(), text], pixels: 64, runs: 1, pictures, is_toy: true })
    }

    pub(crate) fn step(&self, images: usize, pixels: usize) -> Result<Plan, ModelError> {
        let side = pixels / self.vae.pixels_each();
        unet::plan(&self.unet, Call { images, height: side, width: side, tokens: TOKENS }, false)
    }

    pub(crate) fn decoder(&self) -> Result<Plan, ModelError> {
        let side = self.pixels / self.vae.pixels_each();
        vae::decoder(&self.vae, 1, side, side)
    }

    pub(crate) fn encoder(&self) -> Result<Plan, ModelError> {
        vae::encoder(&self.vae, 1, self.pixels, self.pixels)
    }

    pub(crate) fn texts(&self) -> Result<[Plan; 2], ModelError> {
        Ok([clip::plan(&self.texts[0], 1, false)?, clip::plan(&self.texts[1], 1, true)?])
    }

    /// A whole model of such weights, and of a vocabulary that has letters alone.
    pub(crate) fn parts(&self) -> Result<Parts, ModelError> {
        let [first, second] = self.texts()?;
        let random = |plans: &[&Plan]| -> Box<dyn Weights> { Box::new(Random::new(plans)) };
        Ok(Parts {
            vocabulary: letters(self.texts[0].vocab_size)?,
            text_encoders: [
                (self.texts[0].clone(), random(&[&first])),
                (self.texts[1].clone(), random(&[&second])),
            ],
            unet: (self.unet.clone(), random(&[&self.step(1, self.pixels)?])),
            vae: (self.vae.clone(), random(&[&self.decoder()?, &self.encoder()?])),
            trained: Trained::default(),
            zeros_for_empty: true,
        })
    }
}

/// Every byte as the letter that stands for it, alone and at the end of a word; the last two tokens are start and end.
fn letters(count: usize) -> Result<Vocabulary, ModelError> {
    let plain = |byte: &u32| matches!(byte, 33..=126 | 161..=172 | 174..=255);
    let others = (0..256_u32).filter(|byte| !plain(byte)).count() as u32;
    let all = (0..256).filter(plain).chain(256..256 + others).filter_map(char::from_u32);
    let names = all.flat_map(|letter| [letter.to_string(), format!("{letter}</w>")]);
    let mut tokens: BTreeMap<String, usize> = names.zip(0..).collect();
    tokens.insert("<|startoftext|>".to_owned(), count - 2);
    tokens.insert("<|endoftext|>".to_owned(), count - 1);
    let wrong = |cause| ModelError::Config { path: "letters".to_owned(), cause };
    Vocabulary::new(&serde_json::to_string(&tokens).map_err(wrong)?, "")
}
