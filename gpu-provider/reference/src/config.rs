//! Configurations as diffusers writes them; what is not read here is not needed.

use crate::ModelError;
use crate::plan::Activation;
use serde::Deserialize;

/// More levels than any published model has.
const LEVELS_MAX: usize = 8;
/// More layers in a row than any published model has.
const LAYERS_MAX: usize = 64;
/// Wider than any published model.
const CHANNELS_MAX: usize = 16_384;

/// One number for all levels, or one each.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum PerLevel {
    Same(usize),
    Each(Vec<usize>),
}

impl PerLevel {
    #[must_use]
    pub fn at(&self, level: usize) -> usize {
        match self {
            Self::Same(number) => *number,
            Self::Each(numbers) => numbers.get(level).copied().unwrap_or_default(),
        }
    }
}

/// A text encoder.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct ClipConfig {
    pub vocab_size: usize,
    pub hidden_size: usize,
    pub intermediate_size: usize,
    pub num_attention_heads: usize,
    pub num_hidden_layers: usize,
    pub max_position_embeddings: usize,
    pub hidden_act: Activation,
    #[serde(default)]
    pub projection_dim: usize,
    #[serde(default = "clip_eps")]
    pub layer_norm_eps: f32,
}

/// The UNet, and the ControlNet that copies half of it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct UnetConfig {
    pub in_channels: usize,
    #[serde(default = "latent_channels")]
    pub out_channels: usize,
    pub block_out_channels: Vec<usize>,
    pub layers_per_block: usize,
    pub down_block_types: Vec<String>,
    /// The number of heads of each level, whatever its name says.
    pub attention_head_dim: PerLevel,
    pub transformer_layers_per_block: PerLevel,
    pub cross_attention_dim: usize,
    pub addition_time_embed_dim: usize,
    pub projection_class_embeddings_input_dim: usize,
    #[serde(default)]
    pub use_linear_projection: bool,
    pub norm_num_groups: usize,
    #[serde(default = "unet_eps")]
    pub norm_eps: f32,
    /// Only of a ControlNet.
    #[serde(default)]
    pub conditioning_embedding_out_channels: Vec<usize>,
}

/// The variational autoencoder.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct VaeConfig {
    pub block_out_channels: Vec<usize>,
    pub layers_per_block: usize,
    pub latent_channels: usize,
    pub norm_num_groups: usize,
    pub scaling_factor: f32,
}

fn clip_eps() -> f32 {
    1e-5
}

fn unet_eps() -> f32 {
    1e-5
}

fn latent_channels() -> usize {
    4
}

impl ClipConfig {
    pub fn check(&self) -> Result<(), ModelError> {
        bounded("hidden_size", self.hidden_size, CHANNELS_MAX)?;
        bounded("intermediate_size", self.intermediate_size, CHANNELS_MAX * 4)?;
        bounded("num_hidden_layers", self.num_hidden_layers, LAYERS_MAX)?;
        bounded("vocab_size", self.vocab_size, 1 << 20)?;
        bounded("max_position_embeddings", self.max_position_embeddings, CHANNELS_MAX)?;
        // The first encoder says no vector, and its file may say nothing of one.
        bounded("projection_dim", self.projection_dim.max(1), CHANNELS_MAX)?;
        divides("num_attention_heads", self.num_attention_heads, self.hidden_size)
    }
}

impl UnetConfig {
    /// Levels without attention come first in SDXL, but may stand anywhere.
    #[must_use]
    pub fn attends(&self, level: usize) -> bool {
        self.down_block_types.get(level).is_some_and(|kind| kind == "CrossAttnDownBlock2D")
    }

    pub fn check(&self) -> Result<(), ModelError> {
        let levels = self.block_out_channels.len();
        bounded("block_out_channels", levels, LEVELS_MAX)?;
        bounded("layers_per_block", self.layers_per_block, LAYERS_MAX)?;
        bounded("cross_attention_dim", self.cross_attention_dim, CHANNELS_MAX)?;
        bounded("in_channels", self.in_channels, CHANNELS_MAX)?;
        bounded("out_channels", self.out_channels, CHANNELS_MAX)?;
        let conditions = self.projection_class_embeddings_input_dim;
        bounded("projection_class_embeddings_input_dim", conditions, CHANNELS_MAX)?;
        bounded("addition_time_embed_dim", self.addition_time_embed_dim, conditions / 6)?;
        let hints = &self.conditioning_embedding_out_channels;
        if hints.len() > LEVELS_MAX || hints.iter().any(|channels| !(1..=CHANNELS_MAX).contains(channels)) {
            return Err(unsupported(&format!("conditioning_embedding_out_channels = {hints:?}")));
        }
        if !self.use_linear_projection {
            return Err(unsupported("use_linear_projection = false"));
        }
        if self.down_block_types.len() != levels {
            return Err(unsupported("down_block_types and block_out_channels of two lengths"));
        }
        if let Some(kind) = self.down_block_types.iter().find(|kind| !DOWN_BLOCKS.contains(&kind.as_str())) {
            return Err(unsupported(&format!("block `{kind}`")));
        }
        for (level, channels) in self.block_out_channels.iter().enumerate() {
            bounded("block_out_channels", *channels, CHANNELS_MAX)?;
            divides("norm_num_groups", self.norm_num_groups, *channels)?;
            divides("attention_head_dim", self.attention_head_dim.at(level), *channels)?;
            bounded("transformer_layers_per_block", self.transformer_layers_per_block.at(level), LAYERS_MAX)?;
        }
        Ok(())
    }
}

const DOWN_BLOCKS: &[&str] = &["DownBlock2D", "CrossAttnDownBlock2D"];

impl VaeConfig {
    /// Pixels of one side of a latent.
    #[must_use]
    pub fn pixels_each(&self) -> usize {
        1 << self.block_out_channels.len().saturating_sub(1)
    }

    pub fn check(&self) -> Result<(), ModelError> {
        bounded("block_out_channels", self.block_out_channels.len(), LEVELS_MAX)?;
        bounded("layers_per_block", self.layers_per_block, LAYERS_MAX)?;
        bounded("latent_channels", self.latent_channels, CHANNELS_MAX)?;
        for channels in &self.block_out_channels {
            bounded("block_out_channels", *channels, CHANNELS_MAX)?;
            divides("norm_num_groups", self.norm_num_groups, *channels)?;
        }
        if self.scaling_factor.is_finite() && self.scaling_factor > 0.0 {
            return Ok(());
        }
        Err(unsupported(&format!("scaling_factor {}", self.scaling_factor)))
    }
}

fn bounded(name: &str, number: usize, max: usize) -> Result<(), ModelError> {
    if (1..=max).contains(&number) {
        return Ok(());
    }
    Err(unsupported(&format!("{name} is {number}; allowed is 1 to {max}")))
}

fn divides(name: &str, number: usize, whole: usize) -> Result<(), ModelError> {
    if number > 0 && whole.is_multiple_of(number) {
        return Ok(());
    }
    Err(unsupported(&format!("{name} is {number}, which does not divide {whole}")))
}

fn unsupported(why: &str) -> ModelError {
    ModelError::Unsupported { why: why.to_owned() }
}
