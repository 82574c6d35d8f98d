//! A ControlNet: half a UNet that looks at a second picture and says what to add to the other one.

use super::unet::{self, Call};
use super::{Activation, Builder, Plan, Value};
use crate::config::UnetConfig;
use crate::{ModelError, Shape};

/// Inputs of the UNet and `hint`, a picture with numbers from 0 to 1. Outputs `control.0` … and `control.mid`, as the plan
/// of the UNet reads them, times `scale`.
pub fn plan(config: &UnetConfig, call: Call, scale: f32) -> Result<Plan, ModelError> {
    unet::check(config, call)?;
    let mut b = Builder::default();
    let first = config.block_out_channels[0];
    let sample = b.input("sample", Shape::picture(call.images, call.height, call.width, config.in_channels));
    let ctx = unet::conditions(&mut b, config, call);
    let x = b.conv(sample, "conv_in", 3, first);
    let hint = hint(&mut b, config, call, first)?;
    let x = b.add(x, hint);
    let skips = unet::down(&mut b, &ctx, x);
    let x = unet::middle(&mut b, &ctx, skips[skips.len() - 1]);
    for (number, skip) in skips.into_iter().enumerate() {
        say(&mut b, skip, &format!("controlnet_down_blocks.{number}"), scale, &format!("control.{number}"));
    }
    say(&mut b, x, "controlnet_mid_block", scale, "control.mid");
    Ok(b.finish())
}

fn say(b: &mut Builder, x: Value, name: &str, scale: f32, output: &str) {
    let channels = b.shape(x).channels;
    let x = b.conv(x, name, 1, channels);
    let x = b.scale(x, scale);
    b.output(output, x);
}

/// Shrinks the picture to the size of the latent.
fn hint(b: &mut Builder, config: &UnetConfig, call: Call, channels: usize) -> Result<Value, ModelError> {
    let widths = &config.conditioning_embedding_out_channels;
    let Some(first) = widths.first() else {
        return Err(ModelError::Unsupported { why: "a ControlNet without conditioning channels".to_owned() });
    };
    let pixels = 1 << (widths.len() - 1);
    let shape = Shape::picture(call.images, call.height * pixels, call.width * pixels, 3);
    let x = b.input("hint", shape);
    let x = b.conv(x, "controlnet_cond_embedding.conv_in", 3, *first);
    let mut x = b.activate(x, Activation::Silu);
    for (number, pair) in widths.windows(2).enumerate() {
        let name = |place: usize| format!("controlnet_cond_embedding.blocks.{place}");
        x = b.conv(x, &name(number * 2), 3, pair[0]);
        x = b.activate(x, Activation::Silu);
        x = b.conv_halving(x, &name(number * 2 + 1), 1, pair[1]);
        x = b.activate(x, Activation::Silu);
    }
    Ok(b.conv(x, "controlnet_cond_embedding.conv_out", 3, channels))
}
