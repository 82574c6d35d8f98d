//! The UNet: what the noise of a latent is, given a prompt, a time and the sizes of the picture.

use super::{Activation, Builder, Plan, Value};
use crate::config::UnetConfig;
use crate::{ModelError, Shape};

/// What every call is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Call {
    pub images: usize,
    /// Of the latent.
    pub height: usize,
    pub width: usize,
    /// Tokens of the prompt, all chunks together.
    pub tokens: usize,
}

/// Six sizes say how a picture was cut from another: original height and width, top and left, target height and width.
pub const SIZES: usize = 6;
/// Entry of a transformer.
const TRANSFORMER_EPS: f32 = 1e-6;
/// Inside a transformer.
const LAYER_EPS: f32 = 1e-5;

/// What all blocks need.
pub(super) struct Context<'a> {
    pub(super) config: &'a UnetConfig,
    pub(super) prompt: Value,
    /// The time and the conditions, after their activation.
    pub(super) time: Value,
}

/// Inputs `sample`, `timestep`, `context`, `pooled`, `sizes`; with `controlled` also `control.0` … and `control.mid`.
/// Output `out`.
pub fn plan(config: &UnetConfig, call: Call, controlled: bool) -> Result<Plan, ModelError> {
    check(config, call)?;
    let mut b = Builder::default();
    let sample = b.input("sample", Shape::picture(call.images, call.height, call.width, config.in_channels));
    let ctx = conditions(&mut b, config, call);
    let x = b.conv(sample, "conv_in", 3, config.block_out_channels[0]);
    b.stage("conv_in", x);
    let mut skips = down(&mut b, &ctx, x);
    let deepest = skips[skips.len() - 1];
    let mut x = middle(&mut b, &ctx, deepest);
    if controlled {
        for (number, skip) in skips.iter_mut().enumerate() {
            let shape = b.shape(*skip);
            let more = b.input(&format!("control.{number}"), shape);
            *skip = b.add(*skip, more);
        }
        let shape = b.shape(x);
        let more = b.input("control.mid", shape);
        x = b.add(x, more);
    }
    let x = up(&mut b, &ctx, x, skips);
    let x = b.group_norm(x, "conv_norm_out", (config.norm_num_groups, config.norm_eps), true);
    let out = b.conv(x, "conv_out", 3, config.out_channels);
    b.output("out", out);
    Ok(b.finish())
}

/// Each level but the last halves the latent, and what was halved is doubled again.
pub(super) fn check(config: &UnetConfig, call: Call) -> Result<(), ModelError> {
    config.check()?;
    let step = 1 << (config.block_out_channels.len() - 1);
    if call.height.is_multiple_of(step) && call.width.is_multiple_of(step) && call.height * call.width > 0 {
        return Ok(());
    }
    let why = format!("a latent of {} x {}; sides are multiples of {step}", call.width, call.height);
    Err(ModelError::Unsupported { why })
}

pub(super) fn conditions<'a>(b: &mut Builder, config: &'a UnetConfig, call: Call) -> Context<'a> {
    let first = config.block_out_channels[0];
    let wide = first * 4;
    let two_layers = |b: &mut Builder, input: Value, name: &str| {
        let x = b.linear(input, &format!("{name}.linear_1"), wide);
        let x = b.activate(x, Activation::Silu);
        let x = b.linear(x, &format!("{name}.linear_2"), wide);
        b.stage(name, x);
        x
    };
    let timestep = b.input("timestep", Shape::vector(call.images, 1));
    let waves = b.sinusoid(timestep, first);
    let time = two_layers(b, waves, "time_embedding");
    let sizes = b.input("sizes", Shape::vector(call.images, SIZES));
    let waves = b.sinusoid(sizes, config.addition_time_embed_dim);
    let pooled_size = config.projection_class_embeddings_input_dim - SIZES * config.addition_time_embed_dim;
    let pooled = b.input("pooled", Shape::vector(call.images, pooled_size));
    let both = b.concat(pooled, waves);
    let more = two_layers(b, both, "add_embedding");
    let time = b.add(time, more);
    let time = b.activate(time, Activation::Silu);
    let prompt = b.input("context", Shape::tokens(call.images, call.tokens, config.cross_attention_dim));
    Context { config, prompt, time }
}

/// All values that the way up reads again, the deepest last.
pub(super) fn down(b: &mut Builder, ctx: &Context, x: Value) -> Vec<Value> {
    let (mut x, mut skips) = (x, vec![x]);
    let levels = ctx.config.block_out_channels.len();
    for (level, channels) in ctx.config.block_out_channels.iter().enumerate() {
        let name = format!("down_blocks.{level}");
        for number in 0..ctx.config.layers_per_block {
            x = resnet(b, ctx, x, &format!("{name}.resnets.{number}"), *channels);
            if ctx.config.attends(level) {
                x = transformer(b, ctx, x, &format!("{name}.attentions.{number}"), level);
            }
            skips.push(x);
        }
        if level + 1 < levels {
            x = b.conv_halving(x, &format!("{name}.downsamplers.0.conv"), 1, *channels);
            skips.push(x);
        }
        b.stage(&name, x);
    }
    skips
}

pub(super) fn middle(b: &mut Builder, ctx: &Context, x: Value) -> Value {
    let level = ctx.config.block_out_channels.len() - 1;
    let channels = ctx.config.block_out_channels[level];
    let x = resnet(b, ctx, x, "mid_block.resnets.0", channels);
    let x = transformer(b, ctx, x, "mid_block.attentions.0", level);
    let x = resnet(b, ctx, x, "mid_block.resnets.1", channels);
    b.stage("mid_block", x);
    x
}

fn up(b: &mut Builder, ctx: &Context, x: Value, mut skips: Vec<Value>) -> Value {
    let mut x = x;
    let levels = ctx.config.block_out_channels.len();
    for (block, level) in (0..levels).rev().enumerate() {
        let (name, channels) = (format!("up_blocks.{block}"), ctx.config.block_out_channels[level]);
        // One layer more than on the way down: the value that was halved has a partner too.
        for number in 0..=ctx.config.layers_per_block {
            if let Some(skip) = skips.pop() {
                x = b.concat(x, skip);
            }
            x = resnet(b, ctx, x, &format!("{name}.resnets.{number}"), channels);
            if ctx.config.attends(level) {
                x = transformer(b, ctx, x, &format!("{name}.attentions.{number}"), level);
            }
        }
        if level > 0 {
            x = b.upsample(x);
            x = b.conv(x, &format!("{name}.upsamplers.0.conv"), 3, channels);
        }
        b.stage(&name, x);
    }
    x
}

fn resnet(b: &mut Builder, ctx: &Context, x: Value, name: &str, channels: usize) -> Value {
    let norm = (ctx.config.norm_num_groups, ctx.config.norm_eps);
    let h = b.group_norm(x, &format!("{name}.norm1"), norm, true);
    let h = b.conv(h, &format!("{name}.conv1"), 3, channels);
    let time = b.linear(ctx.time, &format!("{name}.time_emb_proj"), channels);
    let h = b.add(h, time);
    let h = b.group_norm(h, &format!("{name}.norm2"), norm, true);
    let h = b.conv(h, &format!("{name}.conv2"), 3, channels);
    let x = if b.shape(x).channels == channels {
        x
    } else {
        b.conv(x, &format!("{name}.conv_shortcut"), 1, channels)
    };
    b.add(x, h)
}

fn transformer(b: &mut Builder, ctx: &Context, x: Value, name: &str, level: usize) -> Value {
    let channels = b.shape(x).channels;
    let heads = ctx.config.attention_head_dim.at(level);
    let h = b.group_norm(x, &format!("{name}.norm"), (ctx.config.norm_num_groups, TRANSFORMER_EPS), false);
    let mut h = b.linear(h, &format!("{name}.proj_in"), channels);
    for number in 0..ctx.config.transformer_layers_per_block.at(level) {
        let name = format!("{name}.transformer_blocks.{number}");
        let normed = b.layer_norm(h, &format!("{name}.norm1"), LAYER_EPS);
        let seen = attended(b, normed, normed, &format!("{name}.attn1"), heads);
        h = b.add(seen, h);
        let normed = b.layer_norm(h, &format!("{name}.norm2"), LAYER_EPS);
        let seen = attended(b, normed, ctx.prompt, &format!("{name}.attn2"), heads);
        h = b.add(seen, h);
        let normed = b.layer_norm(h, &format!("{name}.norm3"), LAYER_EPS);
        let wide = b.linear(normed, &format!("{name}.ff.net.0.proj"), channels * 8);
        let wide = b.gated(wide, Activation::Gelu);
        let narrow = b.linear(wide, &format!("{name}.ff.net.2"), channels);
        h = b.add(narrow, h);
    }
    let h = b.linear(h, &format!("{name}.proj_out"), channels);
    b.add(h, x)
}

fn attended(b: &mut Builder, from: Value, to: Value, name: &str, heads: usize) -> Value {
    let channels = b.shape(from).channels;
    let query = b.linear_unbiased(from, &format!("{name}.to_q"), channels);
    let key = b.linear_unbiased(to, &format!("{name}.to_k"), channels);
    let value = b.linear_unbiased(to, &format!("{name}.to_v"), channels);
    let seen = b.attention(query, key, value, heads, false);
    b.linear(seen, &format!("{name}.to_out.0"), channels)
}
