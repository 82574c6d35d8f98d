//! The sizes of SDXL as it is published, for proofs and for measuring without its weights.

use imprint_painter_reference::ModelError;
use imprint_painter_reference::config::{ClipConfig, UnetConfig, VaeConfig};
use imprint_painter_reference::plan::unet::Call;
use imprint_painter_reference::plan::{Plan, clip, unet, vae};

const UNET: &str = r#"{
    "in_channels": 4, "out_channels": 4, "block_out_channels": [320, 640, 1280], "layers_per_block": 2,
    "down_block_types": ["DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"],
    "attention_head_dim": [5, 10, 20], "transformer_layers_per_block": [1, 2, 10], "cross_attention_dim": 2048,
    "addition_time_embed_dim": 256, "projection_class_embeddings_input_dim": 2816, "use_linear_projection": true,
    "norm_num_groups": 32, "conditioning_embedding_out_channels": [16, 32, 96, 256]
}"#;
const VAE: &str = r#"{
    "block_out_channels": [128, 256, 512, 512], "layers_per_block": 2, "latent_channels": 4, "norm_num_groups": 32,
    "scaling_factor": 0.13025
}"#;
const FIRST: &str = r#"{
    "vocab_size": 49408, "hidden_size": 768, "intermediate_size": 3072, "num_attention_heads": 12,
    "num_hidden_layers": 12, "max_position_embeddings": 77, "projection_dim": 768, "hidden_act": "quick_gelu"
}"#;
const SECOND: &str = r#"{
    "vocab_size": 49408, "hidden_size": 1280, "intermediate_size": 5120, "num_attention_heads": 20,
    "num_hidden_layers": 32, "max_position_embeddings": 77, "projection_dim": 1280, "hidden_act": "gelu"
}"#;

/// Pixels of a side of a latent's pixel.
const PIXELS: usize = 8;
const TOKENS: usize = 77;

fn read<T: for<'a> serde::Deserialize<'a>>(text: &str) -> Result<T, ModelError> {
    serde_json::from_str(text).map_err(|cause| ModelError::Config { path: "SDXL".to_owned(), cause })
}

pub fn unet_config() -> Result<UnetConfig, ModelError> {
    read(UNET)
}

pub fn vae_config() -> Result<VaeConfig, ModelError> {
    read(VAE)
}

/// Of both text encoders.
pub fn text_configs() -> Result<[ClipConfig; 2], ModelError> {
    Ok([read(FIRST)?, read(SECOND)?])
}

/// A step at so many pixels of a side; two images are one with guidance.
pub fn step(images: usize, pixels: usize) -> Result<Plan, ModelError> {
    let side = pixels / PIXELS;
    unet::plan(&unet_config()?, Call { images, height: side, width: side, tokens: TOKENS }, false)
}

pub fn decoder(pixels: usize) -> Result<Plan, ModelError> {
    vae::decoder(&vae_config()?, 1, pixels / PIXELS, pixels / PIXELS)
}

pub fn encoder(pixels: usize) -> Result<Plan, ModelError> {
    vae::encoder(&vae_config()?, 1, pixels, pixels)
}

/// Both text encoders, for so many chunks of a prompt.
pub fn texts(chunks: usize) -> Result<[Plan; 2], ModelError> {
    let [first, second] = text_configs()?;
    Ok([clip::plan(&first, chunks, false)?, clip::plan(&second, chunks, true)?])
}
