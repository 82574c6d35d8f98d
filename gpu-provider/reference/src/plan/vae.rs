//! The variational autoencoder: between pictures and latents.

use super::{Builder, Plan, Value};
use crate::config::VaeConfig;
use crate::{ModelError, Shape};

const EPS: f32 = 1e-6;
/// Red, green, blue.
const COLOURS: usize = 3;

/// Input `latents`, already divided by the scaling factor. Output `picture` with numbers around -1 to 1.
pub fn decoder(config: &VaeConfig, images: usize, height: usize, width: usize) -> Result<Plan, ModelError> {
    config.check()?;
    let mut b = Builder::default();
    let latents = b.input("latents", Shape::picture(images, height, width, config.latent_channels));
    let x = b.conv(latents, "post_quant_conv", 1, config.latent_channels);
    let levels = config.block_out_channels.len();
    let mut x = b.conv(x, "decoder.conv_in", 3, config.block_out_channels[levels - 1]);
    b.stage("decoder.conv_in", x);
    x = middle(&mut b, config, x, "decoder.mid_block");
    for (block, channels) in config.block_out_channels.iter().rev().enumerate() {
        let name = format!("decoder.up_blocks.{block}");
        for number in 0..=config.layers_per_block {
            x = resnet(&mut b, config, x, &format!("{name}.resnets.{number}"), *channels);
        }
        if block + 1 < levels {
            x = b.upsample(x);
            x = b.conv(x, &format!("{name}.upsamplers.0.conv"), 3, *channels);
        }
        b.stage(&name, x);
    }
    let x = b.group_norm(x, "decoder.conv_norm_out", (config.norm_num_groups, EPS), true);
    let picture = b.conv(x, "decoder.conv_out", 3, COLOURS);
    b.output("picture", picture);
    Ok(b.finish())
}

/// Input `picture` with numbers from -1 to 1. Output `moments`: means, then logarithms of variances.
pub fn encoder(config: &VaeConfig, images: usize, height: usize, width: usize) -> Result<Plan, ModelError> {
    config.check()?;
    let step = config.pixels_each();
    if !height.is_multiple_of(step) || !width.is_multiple_of(step) {
        let why = format!("a picture of {width} x {height}; sides are multiples of {step}");
        return Err(ModelError::Unsupported { why });
    }
    let mut b = Builder::default();
    let picture = b.input("picture", Shape::picture(images, height, width, COLOURS));
    let levels = config.block_out_channels.len();
    let mut x = b.conv(picture, "encoder.conv_in", 3, config.block_out_channels[0]);
    b.stage("encoder.conv_in", x);
    for (block, channels) in config.block_out_channels.iter().enumerate() {
        let name = format!("encoder.down_blocks.{block}");
        for number in 0..config.layers_per_block {
            x = resnet(&mut b, config, x, &format!("{name}.resnets.{number}"), *channels);
        }
        if block + 1 < levels {
            // Zeros only behind the last pixel, unlike in the UNet.
            x = b.conv_halving(x, &format!("{name}.downsamplers.0.conv"), 0, *channels);
        }
        b.stage(&name, x);
    }
    let x = middle(&mut b, config, x, "encoder.mid_block");
    let x = b.group_norm(x, "encoder.conv_norm_out", (config.norm_num_groups, EPS), true);
    let x = b.conv(x, "encoder.conv_out", 3, 2 * config.latent_channels);
    let moments = b.conv(x, "quant_conv", 1, 2 * config.latent_channels);
    b.output("moments", moments);
    Ok(b.finish())
}

fn middle(b: &mut Builder, config: &VaeConfig, x: Value, name: &str) -> Value {
    let channels = b.shape(x).channels;
    let x = resnet(b, config, x, &format!("{name}.resnets.0"), channels);
    let h = b.group_norm(x, &format!("{name}.attentions.0.group_norm"), (config.norm_num_groups, EPS), false);
    let part = |part: &str| format!("{name}.attentions.0.{part}");
    let query = b.linear(h, &part("to_q"), channels);
    let key = b.linear(h, &part("to_k"), channels);
    let value = b.linear(h, &part("to_v"), channels);
    let seen = b.attention(query, key, value, 1, false);
    let seen = b.linear(seen, &part("to_out.0"), channels);
    let x = b.add(seen, x);
    let x = resnet(b, config, x, &format!("{name}.resnets.1"), channels);
    b.stage(name, x);
    x
}

fn resnet(b: &mut Builder, config: &VaeConfig, x: Value, name: &str, channels: usize) -> Value {
    let norm = (config.norm_num_groups, EPS);
    let h = b.group_norm(x, &format!("{name}.norm1"), norm, true);
    let h = b.conv(h, &format!("{name}.conv1"), 3, channels);
    let h = b.group_norm(h, &format!("{name}.norm2"), norm, true);
    let h = b.conv(h, &format!("{name}.conv2"), 3, channels);
    let x = if b.shape(x).channels == channels {
        x
    } else {
        b.conv(x, &format!("{name}.conv_shortcut"), 1, channels)
    };
    b.add(x, h)
}
